"""Files that hold a document in a wrapping of their own: PDF, Word, Excel and gzip."""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator

from generator.model.document import Document
from generator.readers.reader import ReadError

LARGEST_UNPACKED = 256 * 1024 * 1024
MOST_UNPACKED = 100
"""A file that unpacks to more bytes than the first, and to more than so many times its own size, is a bomb."""

Opened = Document | tuple[str, ReadError]
Decode = Callable[[bytes, str], Document]
"""Makes a document of the bytes of its text, or raises ReadError."""

_OTHERS = (
    ("ppt/", "a PowerPoint presentation", "save its text as a .txt file"),
    ("META-INF/container.xml", "an e-book", "save its text as a .txt file"),
    ("META-INF/manifest.xml", "an OpenDocument file", "save it as plain text (.txt), or a sheet as CSV (UTF-8)"),
    ("content.xml", "an OpenDocument file", "save it as plain text (.txt), or a sheet as CSV (UTF-8)"),
)
"""What a file of another program holds, what it is, and what to do instead."""


def open_container(data: bytes, name: str, decode: Decode) -> Iterator[Opened] | None:
    """Return the documents in *data*, a file known as *name*; None where it is no such file.

    What cannot be opened is given as its name and the ReadError that says why.  *decode* makes the documents.
    """
    if data.startswith(b"%PDF-"):
        return _guarded(_open_pdf, data, name, decode)
    if data.startswith(b"\x1f\x8b"):
        return _guarded(_open_gzip, data, name, decode)
    if data.startswith(b"PK\x03\x04") and (kind := _office_kind(data)) is not None:
        return _guarded(kind, data, name, decode)
    return None


_Open = Callable[[bytes, str, Decode], Iterator[Document]]


def _guarded(opening: _Open, data: bytes, name: str, decode: Decode) -> Iterator[Opened]:
    try:
        yield from opening(data, name, decode)
    except ReadError as error:
        yield name, error


def _office_kind(data: bytes) -> _Open | None:
    """Return what opens an archive that is a file of an office program, None for any other archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {member.filename: member.file_size for member in archive.infolist()}
    except Exception:  # zipfile raises many kinds; what is damaged is told when it is opened as an archive
        return None
    office = "[Content_Types].xml" in names or "mimetype" in names
    if not office:
        return None
    if sum(names.values()) > max(LARGEST_UNPACKED, MOST_UNPACKED * len(data)):
        return _refusing("this file unpacks to far more than any document; nothing of it is read", "too-large")
    if any(name.startswith("word/") for name in names):
        return _open_word
    if any(name.startswith("xl/") for name in names):
        return _open_excel
    for part, kind, advice in _OTHERS:
        if any(name.startswith(part) for name in names):
            return _refusing(f"this is {kind}, which is not read; {advice}", "binary")
    return None


def _refusing(message: str, code: str) -> _Open:
    def refuse(_data: bytes, _name: str, _decode: Decode) -> Iterator[Document]:
        raise ReadError(1, message, code)

    return refuse


def _made(decode: Decode, text: str, name: str, data: bytes) -> Document:
    document = decode(text.encode("utf-8", "replace"), name)
    document.sha256 = hashlib.sha256(data).hexdigest()
    return document


# The libraries are loaded where such a file is opened: that takes longer than a build in which nothing changed.


def _open_pdf(data: bytes, name: str, decode: Decode) -> Iterator[Document]:
    from generator.readers.office import pdf_text

    text, page_starts = pdf_text(data)
    document = _made(decode, text, name, data)
    document.page_starts = page_starts
    yield document


def _open_word(data: bytes, name: str, decode: Decode) -> Iterator[Document]:
    from generator.readers.office import word_text

    yield _made(decode, word_text(data), name, data)


def _open_excel(data: bytes, name: str, decode: Decode) -> Iterator[Document]:
    from generator.readers.office import excel_texts

    sheets = list(excel_texts(data))
    if not sheets:
        raise ReadError(1, "this Excel workbook holds no filled sheet; save the sheet as CSV (UTF-8)", "empty")
    for title, text in sheets:
        inside = name if len(sheets) == 1 else f"{name}/{title.replace('/', '-')}"
        yield _made(decode, text, inside, data)


def _open_gzip(data: bytes, name: str, decode: Decode) -> Iterator[Document]:
    limit = max(LARGEST_UNPACKED, MOST_UNPACKED * len(data))
    unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        unpacked = unpacker.decompress(data, limit + 1)
    except zlib.error as error:
        message = f"this gzip archive is damaged ({error}); download or pack it again"
        raise ReadError(1, message, "unreadable") from error
    if len(unpacked) > limit:
        message = f"this gzip archive unpacks to more than {limit:,} bytes; nothing of it is read"
        raise ReadError(1, message, "too-large")
    if not unpacker.eof:
        raise ReadError(1, "this gzip archive is cut off; download or pack it again", "unreadable")
    yield decode(unpacked, name)
