"""What earlier runs were told: the ETag of each answer, and how far a run came that was interrupted.

A file of lines, each complete in itself: a run that is killed loses at most the line that it was writing.  It is safe
to delete; then everything is asked for again.
"""

from __future__ import annotations

import time
from pathlib import Path
from types import TracebackType
from typing import IO

import msgspec

from generator.storage.output import replace_file

STILL_FRESH = 24 * 3600
"""Seconds after which an interrupted run is begun anew and not continued."""


class Entry(msgspec.Struct, omit_defaults=True):
    """One line."""

    url: str = ""
    etag: str | None = None
    files: str = ""
    """What stood for the files after the answer: see :func:`generator.registries.record_files.state_of`."""
    run: str = ""
    """``begin`` or ``end``, where the line is about a whole run."""
    of: str = ""
    """What that run was to do."""
    at: float = 0.0


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Entry)


class Journal:
    """The journal in a file.  Use it as a context for one run: ``with Journal(file, "update") as journal``."""

    def __init__(self, file: Path | None, task: str) -> None:
        """Open *file*, which need not exist, or, without one, remember nothing; *task* names what the run does."""
        self._file = file
        self._task = task
        self._known: dict[str, Entry] = {}
        self._done: set[str] = set()
        """Addresses that an interrupted run of the same task has asked for."""
        self._stream: IO[bytes] | None = None
        self._is_whole = True
        self._read()

    def __enter__(self) -> Journal:
        if self._file is not None:
            lines = [_encoder.encode(entry) for entry in self._known.values()]
            began = Entry(run="begin", of=self._task, at=time.time())
            continued = [_encoder.encode(self._known[url]) for url in sorted(self._done)]
            replace_file(self._file, b"".join(line + b"\n" for line in [*lines, _encoder.encode(began), *continued]))
            self._stream = self._file.open("ab")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._stream is not None:
            if kind is None and self._is_whole:
                self._append(Entry(run="end"))
            self._stream.close()
            self._stream = None

    def is_done(self, url: str) -> bool:
        """Say whether an interrupted run that this one continues has asked for *url*."""
        return url in self._done

    def etag(self, url: str, files: str) -> str | None:
        """Return the ETag of the last answer from *url*, if the *files* are still as that answer left them."""
        entry = self._known.get(url)
        return entry.etag if entry is not None and entry.files == files else None

    def leave_open(self) -> None:
        """Say that this run did not do all: the next one of the same task goes on from here."""
        self._is_whole = False

    def note(self, url: str, etag: str | None, files: str) -> None:
        """Remember the answer from *url* and what it left the *files* as."""
        self._append(Entry(url=url, etag=etag, files=files))

    def _append(self, entry: Entry) -> None:
        if self._stream is not None:
            self._stream.write(_encoder.encode(entry) + b"\n")
            self._stream.flush()

    def _read(self) -> None:
        if self._file is None or not self._file.is_file():
            return
        continues = False
        for line in self._file.read_bytes().splitlines():
            try:
                entry = _decoder.decode(line)
            except msgspec.MsgspecError:
                continue
            if entry.run:
                self._done.clear()
                continues = entry.run == "begin" and entry.of == self._task and time.time() - entry.at < STILL_FRESH
                continue
            self._known[entry.url] = entry
            if continues:
                self._done.add(entry.url)
