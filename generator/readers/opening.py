"""Files to documents: bytes are decoded or refused here, before any reader sees them."""

from __future__ import annotations

import codecs
import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from generator.model.document import Document
from generator.readers.containers import open_container
from generator.readers.reader import ReadError
from generator.readers.saved_html import is_html, page_text

LARGEST_FILE = 512 * 1024 * 1024
"""Bytes of a file, or of one member of an archive, above which it is refused rather than read into memory."""

LONGEST_TEXT_LINE = 1024 * 1024
"""Characters of one line above which a document that is not JSON or XML is no page that anybody saved."""

LARGEST_UNPACKED = 256 * 1024 * 1024
MOST_UNPACKED = 100
"""An archive that unpacks to more bytes than the first, and to more than so many times its own size, is a bomb.

Records and pages pack to a tenth, seldom to a thirtieth."""

LARGEST_PAGE = 16 * 1024 * 1024
"""Characters above which a document that is neither JSON nor XML nor a table is no page, nor many pages."""

NAMES_FOLDER = "names"
"""The folder of curated names inside ``seeds/``, which holds no documents."""

_KNOWN_BINARIES = (
    (b"%PDF-", "a PDF inside an archive", "take it out of the archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office document", "save it as plain text (.txt)"),
    (b"\x89PNG", "a picture", "put the page's text there instead"),
    (b"\xff\xd8\xff", "a picture", "put the page's text there instead"),
    (b"GIF8", "a picture", "put the page's text there instead"),
    (b"\x1f\x8b", "a gzip archive inside an archive", "unpack it first"),
    (b"7z\xbc\xaf", "a 7-Zip archive", "unpack it first"),
)
_BINARY = "this is a binary file, not text; put the document's text there instead"
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_TABLE_START = re.compile(
    r'\ufeff?(?:(?:[^\r\n]{0,2000}[,;\t])?"?(?:TrialID|NCT Number|Trial number)"?(?:[,;\t]|[\r\n])'
    r"|(?:[^,]{0,4000},){50})"
)
"""How a table begins: with a row of names, or, as WHO's full export, with many columns at once."""
_STRUCTURED_START = re.compile(r"\s*[{\[<]")


def document_paths(seeds: Path) -> list[Path]:
    """Return the files below *seeds* that are documents, sorted by their path inside it.

    Hidden files, files named ``README`` and the folder of curated names are none.
    """
    found = []
    for path in seeds.rglob("*"):
        inside = path.relative_to(seeds)
        hidden = any(part.startswith(".") for part in inside.parts)
        about = inside.stem.casefold() == "readme"
        if path.is_file() and not hidden and not about and inside.parts[0] != NAMES_FOLDER:
            found.append(path)
    return sorted(found, key=lambda path: path.relative_to(seeds).as_posix())


def open_file(path: Path, name: str) -> Iterator[Document | tuple[str, ReadError]]:
    """Yield the document in the file at *path*, or each document of the archive that it is.

    *name* is the path inside ``seeds/``; documents of an archive are named ``archive.zip/member``.  What cannot be
    opened is yielded as its name and the ReadError that says why, so that the rest of an archive is still read.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise ReadError(1, _too_large(size), "too-large")
        data = path.read_bytes()
    except OSError as error:
        yield name, ReadError(1, f"the file cannot be opened: {error.strerror}; check its permissions", "unreadable")
        return
    except ReadError as error:
        yield name, error
        return
    yield from open_bytes(data, name)


def open_bytes(data: bytes, name: str) -> Iterator[Document | tuple[str, ReadError]]:
    """Yield what :func:`open_file` yields of a file that holds *data*."""
    contained = open_container(data, name, decode)
    if contained is not None:
        yield from contained
        return
    if data.startswith(b"PK\x03\x04"):
        yield from _open_archive(data, name)
        return
    try:
        yield decode(data, name)
    except ReadError as error:
        yield name, error


def decode(data: bytes, name: str) -> Document:
    """Return *data* as a document.  Raises ReadError for an empty, binary or wrongly encoded file."""
    if not data.strip():
        raise ReadError(1, "the file is empty; save the document again or delete the file", "empty")
    for start, kind, advice in _KNOWN_BINARIES:
        if data.startswith(start):
            raise ReadError(1, f"this is {kind}, which holds no text that can be read; {advice}", "binary")
    encoding = next((encoding for mark, encoding in _BYTE_ORDER_MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        if b"\x00" in data[:8192]:
            raise ReadError(line, _BINARY, "binary") from None
        raise ReadError(
            line,
            f"byte 0x{data[error.start]:02X} is not {encoding.upper()}; the file was probably saved as Windows-1252 or "
            "ISO-8859-1. Save it as UTF-8, for instance with: iconv -f WINDOWS-1252 -t UTF-8",
            "wrong-encoding",
        ) from None
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise ReadError(line, _BINARY, "binary")
    if not text.strip():
        raise ReadError(1, "the file is empty; save the document again or delete the file", "empty")
    if is_html(text):
        _check_size(text)
        text = page_text(text)
    if not _STRUCTURED_START.match(text):
        _check_line_lengths(text)
        _check_size(text)
    return Document(name, text, hashlib.sha256(data).hexdigest())


def _check_size(text: str) -> None:
    if len(text) > LARGEST_PAGE and not _TABLE_START.match(text):
        raise ReadError(
            1,
            f"this text has {len(text):,} characters; no registry's page has more than {LARGEST_PAGE:,}. Put each "
            "trial into a file of its own",
            "too-large",
        )


def _check_line_lengths(text: str) -> None:
    start, number = 0, 1
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if end - start > LONGEST_TEXT_LINE:
            raise ReadError(
                number,
                f"this line has {end - start:,} characters; no registry's page has lines of more than "
                f"{LONGEST_TEXT_LINE:,}. Save the document again, or put each trial into a file of its own",
                "too-large",
            )
        start, number = end + 1, number + 1


def _open_archive(data: bytes, name: str) -> Iterator[Document | tuple[str, ReadError]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked_size = sum(member.file_size for member in archive.infolist())
            if unpacked_size > max(LARGEST_UNPACKED, MOST_UNPACKED * len(data)):
                yield name, ReadError(1, _bomb(unpacked_size, len(data)), "too-large")
                return
            for member in sorted(archive.infolist(), key=lambda member: member.filename):
                if member.is_dir():
                    continue
                inside = f"{name}/{member.filename}"
                try:
                    if member.file_size > LARGEST_FILE:
                        raise ReadError(1, _too_large(member.file_size), "too-large")
                    with archive.open(member) as stream:
                        unpacked = stream.read(LARGEST_FILE + 1)
                    if len(unpacked) > LARGEST_FILE:
                        raise ReadError(1, _too_large(len(unpacked)), "too-large")
                    yield decode(unpacked, inside)
                except ReadError as error:
                    yield inside, error
                except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, zlib.error) as error:
                    yield inside, ReadError(1, f"this member cannot be unpacked ({error}); unpack the archive first")
    except zipfile.BadZipFile as error:
        yield name, ReadError(1, f"this zip archive is damaged ({error}); download or pack it again", "unreadable")


def _bomb(unpacked: int, packed: int) -> str:
    return (
        f"this archive of {packed:,} bytes would unpack to {unpacked:,}; nothing of it is read, because documents of "
        f"trials never pack to a {MOST_UNPACKED}th of their size. Put the documents there instead"
    )


def _too_large(size: int) -> str:
    return (
        f"the file has {size:,} bytes; more than {LARGEST_FILE:,} are not read at once. "
        "Split it, for instance into one file for each trial"
    )
