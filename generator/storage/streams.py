"""Large files that are written piece by piece: nobody sees them before they are whole, and none is held in memory."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from generator.storage.output import inside, temporary_path

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class StreamedFile:
    """A file that is whole now."""

    name: str
    digest: bytes
    written: bool
    """False where the same bytes stood there before."""


class StreamedFiles:
    """The files that one exporter writes below a folder."""

    def __init__(self, root: Path) -> None:
        """Prepare to write below *root*."""
        self._root = root
        self._temporary: dict[str, Path] = {}

    def path(self, name: str) -> Path:
        """Return where to write the file *name* for now; nothing stands there yet.

        Raises OutputError for a name outside the folder.
        """
        name = inside(name, self._root)
        target = self._root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(temporary_path(target))
        temporary.unlink(missing_ok=True)
        self._temporary[name] = temporary
        return temporary

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """Open the file *name* to write bytes into it."""
        with self.path(name).open("wb", buffering=_CHUNK) as file:
            yield file

    def finish(self, may_write: Callable[[str], bool] = lambda _: True) -> list[StreamedFile]:
        """Put all files in their places, those with the same bytes as before left alone, and return them.

        Those that *may_write* refuses are not put there.
        """
        found = []
        for name, temporary in self._temporary.items():
            if not may_write(name):
                temporary.unlink()
                continue
            target = self._root / name
            digest = digest_of_file(temporary)
            same = _size(target) == _size(temporary) and digest_of_file(target) == digest
            if same:
                temporary.unlink()
            else:
                temporary.replace(target)
            found.append(StreamedFile(name, digest, written=not same))
        self._temporary.clear()
        return found

    def discard(self) -> None:
        """Take away what is not finished."""
        for temporary in self._temporary.values():
            temporary.unlink(missing_ok=True)
        self._temporary.clear()


def digest_of_file(path: Path | str) -> bytes:
    """Return of a file's bytes what :func:`generator.storage.cache.digest` returns of them, read piece by piece."""
    made = hashlib.blake2b(digest_size=16)
    with open(path, "rb") as file:  # noqa: PTH123 - there are many files
        made.update(os.fstat(file.fileno()).st_size.to_bytes(8, "little"))
        while chunk := file.read(_CHUNK):
            made.update(chunk)
    return made.digest()


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1
