"""Documents that did not change are not read again: what matching and lists need of them is kept in small rows."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from generator.model.catalog import DocumentSummary, document_summary_of
from generator.model.document import Document
from generator.model.problem import Problem, failure
from generator.model.record import Record
from generator.pipeline.parallel import is_lasting, read_packed, unpacked
from generator.pipeline.processes import Workers
from generator.pipeline.progress import Advance
from generator.readers.opening import documents_in
from generator.readers.packing import PackingError, pack, unpack, unpack_documents
from generator.readers.reader import Reading
from generator.storage.cache import Cache, CacheError, digest
from generator.storage.code_version import code_version
from generator.storage.file_signature import file_signature, is_settled
from generator.studies.matching import RecordFacts, facts_of


class DocumentRow(msgspec.Struct, array_like=True):
    """What is known of a document without looking at its text."""

    summary: DocumentSummary
    sha256: str
    layout: str | None
    problems: list[Problem]
    records: list[RecordFacts]
    key: bytes = b""
    """What stands for the document's file and our code; the same for all documents of an archive."""


class _FileRow(msgspec.Struct, array_like=True):
    signature: bytes
    """Nothing where the file was so new that its times may not show the next change."""
    documents: list[DocumentRow]


_encoder = msgspec.msgpack.Encoder()
_rows = msgspec.msgpack.Decoder(_FileRow)


_HELD = 64_000_000
"""Characters of documents whose records stay unpacked, so that the records of one document are unpacked once."""


@dataclass(slots=True)
class Readings:
    """All documents, with their records not yet unpacked."""

    cache: Cache
    documents: list[DocumentRow] = field(default_factory=list)
    """In the order of the files' names."""
    reused: int = 0
    """Files that needed no reading."""
    files: int = 0
    lasting: bool = True
    """Whether each file could be read."""
    unkept: dict[str, Reading] = field(default_factory=dict)
    """Readings that cannot be packed."""
    held: dict[str, Reading] = field(default_factory=dict)
    """Readings with several records, of which not all were asked for yet, those asked for last at the end."""
    waited: dict[str, int] = field(default_factory=dict)
    """How many records of a held reading were not yet asked for."""

    def reading(self, path: str) -> Reading:
        """Return what was read from the document at *path*."""
        if path in self.unkept:
            return self.unkept[path]
        try:
            return unpack(self._kept(path))[0]
        except PackingError as error:
            raise CacheError(str(error)) from error

    def _kept(self, path: str) -> bytes:
        data = self.cache.get("readings", path)
        if data is None:
            raise CacheError(f"nothing is kept of {path}")
        return data

    def document(self, path: str) -> Document:
        """Return the document at *path*."""
        if path in self.unkept:
            return self.unkept[path].document
        try:
            return unpack_documents(self._kept(path))[0]
        except PackingError as error:
            raise CacheError(str(error)) from error

    def record(self, path: str, index: int) -> Record:
        """Return one of the records of the document at *path*; each is asked for once."""
        reading = self.held.pop(path, None)
        if reading is None:
            reading = self.reading(path)
            self.waited[path] = len(reading.records)
        self.waited[path] -= 1
        if self.waited[path] > 0:
            self.held[path] = reading
            while len(self.held) > 1 and sum(len(held.document.text) for held in self.held.values()) > _HELD:
                self.held.pop(next(iter(self.held)))
        return reading.records[index]


def read(seeds: Path, cache: Cache, advance: Advance, executor: Workers | None = None) -> Readings:
    """Read the documents below *seeds* that changed since they were put into *cache*.

    *advance* is told how far it is.  *executor* reads if there is one.
    """
    known = _known(cache)
    found = Readings(cache)
    now = time.time_ns()
    names = documents_in(seeds)
    kept: dict[str, _FileRow] = {}
    keys: dict[str, tuple[bytes, bytes]] = {}
    for name, path in names.items():
        before = known.get(name)
        key, mark, row = _compare_file(path, name, before, now)
        keys[name] = key, mark
        if row is not None:
            kept[name] = row
            if row.signature != mark:
                row.signature = mark
                cache.put("files", name, key, _encoder.encode(row))
    fresh = read_packed(((path, name) for name, path in names.items() if name not in kept), executor)
    for done, name in enumerate(names, start=1):
        row = kept.get(name)
        if row is None:
            row = _cache_readings(name, *keys[name], next(fresh), found)
        else:
            found.reused += 1
        found.documents.extend(row.documents)
        advance(done, len(names))
        cache.commit_sometimes(done)
    found.files = len(names)
    here = {document.summary.path for document in found.documents}
    gone = [
        document.summary.path
        for _, row in known.values()
        for document in row.documents
        if document.summary.path not in here
    ]
    cache.drop("readings", gone)
    cache.drop("files", [name for name in known if name not in names])
    return found


def _known(cache: Cache) -> dict[str, tuple[bytes, _FileRow]]:
    known = {}
    with suppress(msgspec.MsgspecError):
        for name, key, data in cache.rows("files"):
            known[name] = key, _rows.decode(data)
    return known


def _compare_file(
    path: Path, name: str, before: tuple[bytes, _FileRow] | None, now: int
) -> tuple[bytes, bytes, _FileRow | None]:
    """Return a file's key and signature, and what is known of it if it did not change."""
    try:
        status = os.stat(path)  # noqa: PTH116 - there are many files
        if not stat.S_ISREG(status.st_mode):
            return b"", b"", None
        mark = file_signature(status) if is_settled(status, now) else b""
        version = code_version()
        if before is not None and mark and mark == before[1].signature and before[0].startswith(version):
            return before[0], mark, before[1]
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "blake2b").digest()
    except OSError:
        return b"", b"", None
    key = version + digest(name.encode("utf-8", "surrogateescape"), content)
    return key, mark, before[1] if before is not None and before[0] == key else None


def _cache_readings(name: str, key: bytes, mark: bytes, read: bytes | list[Reading], found: Readings) -> _FileRow:
    """Put what was read of a file into the cache; a file that cannot be opened is tried again next time."""
    readings = unpacked(read)
    rows = []
    lasting = bool(key) and is_lasting(read)
    found.lasting = found.lasting and lasting
    for reading in readings:
        reading, noted = _row(reading, key)
        rows.append(noted)
        path = reading.document.path
        try:
            data = read if isinstance(read, bytes) and readings == [reading] else pack([reading])
            found.cache.put("readings", path, key, data)
        except PackingError:
            found.unkept[path] = reading
            lasting = False
    row = _FileRow(mark, rows)
    if lasting:
        with suppress(msgspec.MsgspecError, UnicodeEncodeError):
            found.cache.put("files", name, key, _encoder.encode(row))
    else:
        found.cache.drop("files", [name])
    return row


def _row(reading: Reading, key: bytes) -> tuple[Reading, DocumentRow]:
    """Return what is noted of a reading, and the reading: without records where they cannot be matched."""
    document = reading.document
    try:
        facts = [facts_of(record) for record in reading.records]
    except Exception as error:
        problems = [*reading.problems, failure(document.path, 1, "Matching the trials of this document", error)]
        reading, facts = Reading(Document(document.path, document.text, document.sha256), None, [], problems), []
    return reading, DocumentRow(
        summary=document_summary_of(document),
        sha256=document.sha256,
        layout=reading.layout,
        problems=reading.problems,
        records=facts,
        key=key or digest(os.urandom(16)),
    )


def records_of(documents: list[DocumentRow]) -> Iterator[tuple[DocumentRow, int]]:
    """Yield each record as its document and its place there."""
    for document in documents:
        for index in range(len(document.records)):
            yield document, index
