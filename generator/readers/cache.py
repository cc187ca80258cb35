"""What documents were read as, kept from run to run: a document that did not change is not read again.

What is kept of a file belongs to its bytes, its path and our code; anything else is never used.  The file that holds it
is safe to delete.  Two runs may use it at once: a row is written as a whole or not at all.
"""

from __future__ import annotations

import hashlib
import sqlite3
import sys
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from generator.model.document import Document, LineRole
from generator.model.problem import Problem
from generator.model.record import Record
from generator.model.study import Study
from generator.readers.opening import document_paths
from generator.readers.reader import Reading
from generator.readers.reading import read_file

_PACKAGE = Path(__file__).parents[1]
_CODE = ("readers", "model")
"""The folders whose code decides what a document is read as."""

_AT_ONCE = 200
"""Documents that are kept in one go; what was read of them stays in memory until then."""

_WAIT = 20.0
"""Seconds to wait for another run that is writing; after that, nothing is kept this time."""


_Row = tuple[str, bytes, bytes]
"""Path, key and what was read, packed."""


class _KeptLine(msgspec.Struct, array_like=True):
    role: LineRole
    became: list[str]


class _KeptRecord(msgspec.Struct, array_like=True):
    study: Study
    original: dict[str, Any] | None
    problems: list[Problem]


class _KeptReading(msgspec.Struct, array_like=True):
    path: str
    text: str
    sha256: str
    structured: bool
    lines: list[_KeptLine] | None
    """None where the document's lines were never looked at."""
    layout: str | None
    records: list[_KeptRecord]
    problems: list[Problem]


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(list[_KeptReading])


class ReadingCache:
    """Reads documents, or takes them from the file where an earlier run kept them."""

    def __init__(self, file: Path) -> None:
        """Keep readings in *file*, which need not exist yet."""
        self._file = file
        self.reused = 0
        """Files that needed no reading."""

    def read_seeds(self, seeds: Path) -> Iterator[Reading]:
        """Yield what ``reading.read_seeds`` yields."""
        self.reused = 0
        fresh: list[_Row] = []
        names: set[str] = set()
        with closing(self._connect()) as connection:
            for path in document_paths(seeds):
                name = path.relative_to(seeds).as_posix()
                names.add(name)
                key = _key(path, name)
                kept = _take(connection, name, key) if key else None
                if kept is not None:
                    self.reused += 1
                    yield from (_restored(reading) for reading in kept)
                    continue
                readings = list(read_file(path, name))
                # Kept before anyone changes them; a file that cannot be opened is tried again next time.
                with suppress(msgspec.MsgspecError, OverflowError, TypeError):
                    if key:
                        fresh.append((name, key, _packed(readings)))
                if len(fresh) >= _AT_ONCE:
                    _keep(connection, fresh)
                    fresh.clear()
                yield from readings
            _keep(connection, fresh, [name for name in _names(connection) if name not in names])

    def _connect(self) -> sqlite3.Connection:
        """Open the file; one that cannot be read is made anew, and where none can be made, nothing is kept."""
        for _ in range(2):
            try:
                self._file.parent.mkdir(parents=True, exist_ok=True)
                connection = sqlite3.connect(self._file, timeout=_WAIT, isolation_level=None)
            except (OSError, sqlite3.Error):
                break
            try:
                connection.execute(
                    "CREATE TABLE IF NOT EXISTS readings (path TEXT PRIMARY KEY, key BLOB, data BLOB) WITHOUT ROWID"
                )
                return connection
            except sqlite3.DatabaseError:
                connection.close()
                with suppress(OSError):
                    self._file.unlink()
        connection = sqlite3.connect(":memory:", isolation_level=None)
        connection.execute("CREATE TABLE readings (path TEXT PRIMARY KEY, key BLOB, data BLOB)")
        return connection


def _take(connection: sqlite3.Connection, name: str, key: bytes) -> list[_KeptReading] | None:
    """Return what was kept of a file, if it is the same file and the same code."""
    with suppress(sqlite3.Error, msgspec.MsgspecError, zlib.error):
        row = connection.execute("SELECT data FROM readings WHERE path = ? AND key = ?", (name, key)).fetchone()
        if row is not None:
            return _decoder.decode(zlib.decompress(row[0]))
    return None


def _packed(readings: list[Reading]) -> bytes:
    return zlib.compress(_encoder.encode([_kept(reading) for reading in readings]), 1)


def _names(connection: sqlite3.Connection) -> list[str]:
    """Return the files of which something is kept."""
    with suppress(sqlite3.Error):
        return [name for (name,) in connection.execute("SELECT path FROM readings")]
    return []


def _keep(connection: sqlite3.Connection, fresh: list[_Row], gone: Sequence[str] = ()) -> None:
    """Keep what was read, and forget files that are gone."""
    if fresh or gone:
        with suppress(sqlite3.Error):
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("INSERT OR REPLACE INTO readings VALUES (?, ?, ?)", fresh)
            connection.executemany("DELETE FROM readings WHERE path = ?", [(name,) for name in gone])
            connection.execute("COMMIT")


def _key(path: Path, name: str) -> bytes:
    """Return what stands for a file's bytes, its path and our code; nothing where it cannot be opened."""
    try:
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "blake2b").digest()
    except OSError:
        return b""
    return hashlib.blake2b(b"\0".join((_version(), name.encode(), content)), digest_size=20).digest()


@cache
def _version() -> bytes:
    """Return what stands for the code that reads."""
    made = hashlib.blake2b(f"{sys.version} msgspec {msgspec.__version__}".encode(), digest_size=20)
    for folder in _CODE:
        for file in sorted((_PACKAGE / folder).rglob("*.py")):
            made.update(file.relative_to(_PACKAGE).as_posix().encode())
            made.update(file.read_bytes())
    return made.digest()


def _kept(reading: Reading) -> _KeptReading:
    document = reading.document
    return _KeptReading(
        path=document.path,
        text=document.text,
        sha256=document.sha256,
        structured=document.structured,
        lines=None if document._lines is None else [_KeptLine(line.role, line.became) for line in document._lines],
        layout=reading.layout,
        records=[_KeptRecord(record.study, record.original, record.problems) for record in reading.records],
        problems=reading.problems,
    )


def _restored(kept: _KeptReading) -> Reading:
    document = Document(kept.path, kept.text, kept.sha256, structured=kept.structured)
    if kept.lines is not None:
        for line, state in zip(document.lines, kept.lines, strict=True):
            line.role, line.became = state.role, state.became
    records = [Record(record.study, record.original, record.problems) for record in kept.records]
    return Reading(document, kept.layout, records, kept.problems)
