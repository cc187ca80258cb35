"""Many documents at once: read by the processes of an executor, given back in order."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

import msgspec

from generator.model.document import Document
from generator.model.problem import Problem
from generator.pipeline.processes import DaskExecutor, ExecutorError, WorkerDied, Workers, in_order
from generator.readers.opening import LARGEST_FILE, check_file
from generator.readers.packing import PackingError, pack, unpack
from generator.readers.reader import ReadError, Reading
from generator.readers.reading import read_content, read_file
from generator.storage.code_version import code_version

FEWEST_FILES = 200
"""Files from which on it pays to start processes of this machine: see ``benchmarks/README.md``."""

_DIED = "reader-died"

_FILES = 24
_BYTES = 1024 * 1024
"""Files of a chunk, and their bytes after which no other one joins them."""


class FileToRead(msgspec.Struct, frozen=True):
    """A file that is to be read, wherever that is done."""

    path: str
    name: str
    """The path inside ``seeds/``."""
    data: bytes | None = None
    """What it holds, where the reading process cannot open it."""


class _Chunk(msgspec.Struct, frozen=True):
    version: bytes
    files: list[FileToRead]


Packed = bytes | list[Reading]
"""Readings of a file as they come from another process, or, from this one, as they are."""


def read_packed(files: Iterable[tuple[Path, str]], executor: Workers | None = None) -> Iterator[Packed]:
    """Yield for each of *files*, a path and the name inside ``seeds/``, its readings: several of an archive.

    They come in the order of *files*, and are what :func:`generator.readers.reading.read_file` gives, packed where they
    come from another process.  Where *executor* is one of this machine and the files are few, or there is none, this
    process reads them.  A file that kills the process that reads it becomes a reading with a problem.

    Raises ExecutorError where a cluster's workers cannot do it.
    """
    files = iter(files)
    first = list(islice(files, FEWEST_FILES))
    files = chain(first, files)
    away = isinstance(executor, DaskExecutor)
    if executor is None or (len(first) < FEWEST_FILES and not away):
        for path, name in files:
            yield list(read_file(path, name))
        return
    try:
        for done in in_order(executor, _read_chunk, _chunks(files, away=away)):
            if isinstance(done, WorkerDied):
                yield from _read_one_by_one(executor, done.item)
            else:
                yield from done
    except ImportError as error:
        raise ExecutorError(
            f"a worker does not have what it takes ({error}); install this version of trial-catalog[dask] there"
        ) from error


def read_contents(files: Iterable[tuple[str, bytes]], executor: Workers | None = None) -> Iterator[Packed]:
    """Yield for each of *files*, a name inside ``seeds/`` and what it holds, what :func:`read_packed` yields."""
    files = iter(files)
    first = list(islice(files, FEWEST_FILES))
    contents = (FileToRead("", name, data) for name, data in chain(first, files))
    if executor is None or (len(first) < FEWEST_FILES and not isinstance(executor, DaskExecutor)):
        for file in contents:
            yield list(read_content(file.name, file.data or b""))
        return
    for done in in_order(executor, _read_chunk, _chunked(contents)):
        if isinstance(done, WorkerDied):
            yield from _read_one_by_one(executor, done.item)
        else:
            yield from done


def is_lasting(read: Packed) -> bool:
    """Say whether it would be read like this again: not where it was the process that failed."""
    return isinstance(read, bytes) or all(problem.code != _DIED for one in read for problem in one.problems)


def _read_one_by_one(executor: Workers, chunk: _Chunk) -> Iterator[Packed]:
    """Read the files of a chunk that killed its process: the one that did it kills another, the rest is read."""
    if len(chunk.files) == 1:
        yield [_killed(chunk.files[0])]
        return
    for done in in_order(executor, _read_chunk, (_Chunk(chunk.version, [file]) for file in chunk.files)):
        if isinstance(done, WorkerDied):
            yield [_killed(done.item.files[0])]
        else:
            yield from done


def _killed(file: FileToRead) -> Reading:
    message = (
        "the process that read this document died, again when it read nothing else: the document takes more memory "
        "than there is, or makes a library crash. Split it, or save it again from where it came from"
    )
    return Reading(Document(file.name, ""), problems=[Problem(path=file.name, line=1, message=message, code=_DIED)])


def _chunks(files: Iterable[tuple[Path, str]], *, away: bool) -> Iterator[_Chunk]:
    """Yield *files* in chunks of about the same work; with what they hold where they are read *away* from here."""
    return _chunked(_file_to_read(path, name, away=away) for path, name in files)


def _chunked(files: Iterable[FileToRead]) -> Iterator[_Chunk]:
    version = code_version()
    chunk: list[FileToRead] = []
    size = 0
    for file in files:
        chunk.append(file)
        size += len(file.data) if file.data is not None else _size(Path(file.path))
        if len(chunk) >= _FILES or size >= _BYTES:
            yield _Chunk(version, chunk)
            chunk, size = [], 0
    if chunk:
        yield _Chunk(version, chunk)


def _file_to_read(path: Path, name: str, *, away: bool) -> FileToRead:
    data = None
    if away and _size(path) <= LARGEST_FILE:
        try:
            check_file(path, name)
            data = path.read_bytes()
        except (OSError, ReadError):
            data = None
    return FileToRead(str(path), name, data)


def _size(path: Path) -> int:
    try:
        return os.stat(path).st_size  # noqa: PTH116
    except OSError:
        return 0


def _read_chunk(chunk: _Chunk) -> Sequence[Packed]:
    """Read the files of a chunk; this runs in another process, perhaps on another machine."""
    if chunk.version != code_version():
        raise ExecutorError(
            "a worker has another version of trial-catalog, of a library or of Python; install there what is installed "
            "here, and start the workers again"
        )
    read: list[Packed] = []
    for file in chunk.files:
        if file.data is not None:
            readings = list(read_content(file.name, file.data))
        else:
            readings = list(read_file(Path(file.path), file.name))
        try:
            read.append(pack(readings))
        except PackingError:
            read.append(readings)  # rare, such as a number of a hundred digits: pickled, which takes longer
    return read


def unpacked(read: Packed) -> list[Reading]:
    """Return the readings of a file."""
    return unpack(read) if isinstance(read, bytes) else read
