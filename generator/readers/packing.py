"""What was read from documents, packed into bytes: to be kept in a file, or to come from another process."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import Any

import msgspec

from generator.model.document import Document, LineRole
from generator.model.problem import Problem
from generator.model.record import Record
from generator.model.study import Study
from generator.readers.reader import Reading


class PackingError(ValueError):
    """These bytes are no packed readings."""


class _PackedLine(msgspec.Struct, array_like=True):
    role: LineRole
    became: list[str]


class _PackedRecord(msgspec.Struct, array_like=True):
    study: Study
    original: dict[str, Any] | None
    problems: list[Problem]
    corrections: list[tuple[str, Any]]


class _PackedReading(msgspec.Struct, array_like=True):
    path: str
    text: str
    sha256: str
    structured: bool
    lines: list[_PackedLine] | None
    """None where the document's lines were never looked at."""
    layout: str | None
    records: list[_PackedRecord]
    problems: list[Problem]


class _PackedDocument(msgspec.Struct, array_like=True):
    """The beginning of a packed reading; what follows is skipped."""

    path: str
    text: str
    sha256: str
    structured: bool
    lines: list[_PackedLine] | None


_documents = msgspec.msgpack.Decoder(list[_PackedDocument])
_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(list[_PackedReading])


def pack(readings: Iterable[Reading]) -> bytes:
    """Return *readings* as bytes.  Raises PackingError where they hold what bytes cannot."""
    try:
        return zlib.compress(_encoder.encode([_packed(reading) for reading in readings]), 1)
    except (msgspec.MsgspecError, OverflowError, TypeError, UnicodeEncodeError) as error:
        raise PackingError(str(error)) from error


def unpack(data: bytes) -> list[Reading]:
    """Return the readings that were packed into *data*.  Raises PackingError where there are none."""
    try:
        packed = _decoder.decode(zlib.decompress(data))
    except (msgspec.MsgspecError, zlib.error) as error:
        raise PackingError(str(error)) from error
    return [_unpacked(reading) for reading in packed]


def unpack_documents(data: bytes) -> list[Document]:
    """Return the documents of the readings that were packed into *data*, without their records."""
    try:
        return [_document(packed) for packed in _documents.decode(zlib.decompress(data))]
    except (msgspec.MsgspecError, zlib.error) as error:
        raise PackingError(str(error)) from error


def _packed(reading: Reading) -> _PackedReading:
    document = reading.document
    return _PackedReading(
        path=document.path,
        text=document.text,
        sha256=document.sha256,
        structured=document.structured,
        lines=None if document._lines is None else [_PackedLine(line.role, line.became) for line in document._lines],
        layout=reading.layout,
        records=[_PackedRecord(one.study, one.original, one.problems, one.corrections) for one in reading.records],
        problems=reading.problems,
    )


def _document(packed: _PackedReading | _PackedDocument) -> Document:
    document = Document(packed.path, packed.text, packed.sha256, structured=packed.structured)
    if packed.lines is not None:
        for line, state in zip(document.lines, packed.lines, strict=True):
            line.role, line.became = state.role, state.became
    return document


def _unpacked(packed: _PackedReading) -> Reading:
    document = _document(packed)
    records = [Record(record.study, record.original, record.problems, record.corrections) for record in packed.records]
    return Reading(document, packed.layout, records, packed.problems)
