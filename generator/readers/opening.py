"""Files to documents: bytes are decoded or refused here, before any reader sees them."""

from __future__ import annotations

import codecs
import hashlib
import io
import os
import re
import stat
import zipfile
from collections.abc import Iterator
from contextlib import suppress
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

VOCABULARIES_FOLDER = "vocabularies"
"""The folder of the owner's vocabularies inside ``seeds/``, which holds no documents either."""

NO_DOCUMENTS = (NAMES_FOLDER, VOCABULARIES_FOLDER)

_KNOWN_BINARIES = (
    (b"%PDF-", "a PDF inside a gzip archive", "unpack it first"),
    (b"\xd0\xcf\x11\xe0", "an old Office document", "save it as plain text (.txt)"),
    (b"\x89PNG", "a picture", "put the page's text there instead"),
    (b"\xff\xd8\xff", "a picture", "put the page's text there instead"),
    (b"GIF8", "a picture", "put the page's text there instead"),
    (b"\x1f\x8b", "a gzip archive inside a gzip archive", "unpack it first"),
    (b"7z\xbc\xaf", "a 7-Zip archive", "unpack it first"),
    (b"Rar!", "a RAR archive", "unpack it first"),
    (b"BZh", "a bzip2 archive", "unpack it first"),
    (b"\xfd7zXZ", "an xz archive", "unpack it first"),
    (b"PK\x03\x04", "an archive inside an archive", "unpack it first"),
    (b"PK\x05\x06", "an archive that holds nothing", "put the documents there instead"),
    (b"{\\rtf", "a rich-text document", "save it as plain text (.txt)"),
)
_BINARY = "this is a binary file, not text; put the document's text there instead"
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""^\s{0,99}<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([\w.:-]{1,40})|<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?([\w.:-]{1,40})""",
    re.IGNORECASE,
)
"""The encoding that XML declares at its beginning, and HTML in its head."""
_ENCODINGS = {
    **dict.fromkeys(("utf-8", "utf8", "us-ascii", "ascii", "unicode"), "utf-8"),
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "latin-1", "windows-1252", "cp1252"), "cp1252"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j", "ms_kanji"), "cp932"),
    **dict.fromkeys(("euc-jp", "x-euc-jp", "eucjp"), "euc_jp"),
    "iso-2022-jp": "iso2022_jp",
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "x-gbk", "cp936", "gb_2312-80"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5"), "big5hkscs"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "cp949", "windows-949"), "cp949"),
    **{name: name for name in ("koi8-r", "koi8-u")},
    **{f"iso-8859-{part}": f"iso-8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 15, 16)},
    **{f"windows-{page}": f"cp{page}" for page in (874, 1250, 1251, 1253, 1254, 1255, 1256, 1257, 1258)},
}
"""Encodings as documents declare them, and the larger ones of the same family that browsers read them with."""
_SINGLE_BYTE = frozenset(name for name in _ENCODINGS.values() if name.startswith(("cp125", "cp874", "iso-", "koi")))

_TABLE_START = re.compile(
    r'\ufeff?(?:(?:[^\r\n]{0,2000}[,;\t])?"?(?:TrialID|NCT Number|Trial number)"?(?:[,;\t]|[\r\n])'
    r"|(?:[^,]{0,4000},){50})"
)
"""How a table begins: with a row of names, or, as WHO's full export, with many columns at once."""
_FAR = 10_000
_STRUCTURED_START = re.compile(r"\s*[{\[<]")
_LONGEST_GAP = 80
_LONG_GAP = re.compile(r"[ \t\u00a0]{81,}")
"""Blanks in a row of which no page has more: readers' expressions may take time with the square of a gap."""


def documents_in(seeds: Path) -> dict[str, Path]:
    """Return the files below *seeds* that are documents, by their name inside it, sorted.

    Hidden files, files named ``README`` and the folders of curated names and of vocabularies are none.  A folder that
    cannot be looked into, and a link to a folder, stand for what may be in them: to open one says what is wrong.
    """
    found: list[Path] = []

    def take(path: Path) -> bool:
        inside = path.relative_to(seeds)
        return is_document(inside.as_posix()) and inside.parts[0] not in NO_DOCUMENTS

    def refused(error: OSError) -> None:
        path = Path(error.filename)
        if path == seeds:
            raise error
        if take(path):
            found.append(path)

    for folder, folders, files in os.walk(seeds, onerror=refused):
        inside = [Path(folder, name) for name in (*files, *(name for name in folders if _is_link(folder, name)))]
        found.extend(path for path in inside if take(path))
    named: dict[str, Path] = {}
    for path in sorted(found, key=lambda path: path.relative_to(seeds).as_posix()):
        name = plain = readable(path.relative_to(seeds).as_posix())
        number = 1
        while name in named:
            number += 1
            name = f"{plain} ({number})"
        named[name] = path
    return named


def is_document(name: str) -> bool:
    """Say whether a file of this *name*, inside ``seeds/`` or an archive, is meant to be a document."""
    parts = name.split("/")
    hidden = any(part.startswith(".") or part == "__MACOSX" for part in parts)
    return not hidden and parts[-1].rpartition(".")[0].casefold() != "readme" and parts[-1].casefold() != "readme"


def _is_link(folder: str, name: str) -> bool:
    return Path(folder, name).is_symlink()


_ODD_CHARACTER = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What cannot be shown, or turns around what stands beside it, or is no character."""


def readable(name: str) -> str:
    """Return a file's *name* so that it can be shown and written everywhere: odd bytes as in an address, ``%FF``."""

    def escaped(match: re.Match[str]) -> str:
        return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "surrogateescape"))

    return _ODD_CHARACTER.sub(escaped, name)


def check_file(path: Path, name: str) -> None:
    """Raise ReadError where the file at *path*, *name* inside ``seeds/``, must not be opened, OSError where it cannot.

    A link that leads outside would publish any file of the machine.
    """
    if path.is_symlink():
        seeds = path.parents[name.count("/")].resolve()
        if not Path(os.path.realpath(path)).is_relative_to(seeds):
            raise ReadError(
                1, "this is a symbolic link that leads outside; put the document itself here", "link-outside"
            )
        if path.is_dir():
            raise ReadError(1, "this is a symbolic link to a folder, which is not followed; remove it", "link")
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise ReadError(1, "this folder cannot be looked into; check its permissions", "unreadable")
    if not stat.S_ISREG(mode):
        raise ReadError(1, "this is no file with content, but a device, a pipe or a socket; remove it", "unreadable")


def open_file(path: Path, name: str) -> Iterator[Document | tuple[str, ReadError]]:
    """Yield the document in the file at *path*, or each document of the archive that it is.

    *name* is the path inside ``seeds/``; documents of an archive are named ``archive.zip/member``.  What cannot be
    opened is yielded as its name and the ReadError that says why, so that the rest of an archive is still read.
    """
    try:
        check_file(path, name)
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
    text = _decoded(data)
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise ReadError(line, _BINARY, "binary")
    if not text.strip():
        raise ReadError(1, "the file is empty; save the document again or delete the file", "empty")
    if is_html(text):
        _check_size(text)
        text = page_text(text)
    if not _STRUCTURED_START.match(text[:_FAR]):
        _check_line_lengths(text)
        _check_size(text)
        text = _LONG_GAP.sub(" " * _LONGEST_GAP, text)
    return Document(name, text, hashlib.sha256(data).hexdigest())


def _decoded(data: bytes) -> str:
    """Return *data* as text, in the encoding that it bears a mark of, or declares, or else UTF-8."""
    marked = next((encoding for mark, encoding in _BYTE_ORDER_MARKS if data.startswith(mark)), None)
    declared = _DECLARED.search(data[:2048])
    name = (declared[1] or declared[2]).decode("ascii").casefold() if declared else ""
    encoding = marked or _ENCODINGS.get(name, "utf-8")
    if name in _SEVEN_BITS and not marked:
        what = f"the file declares the encoding {name.upper()}, which is not read; save it as UTF-8"
        raise ReadError(1, what, "wrong-encoding")
    if not marked and _WIDE.match(data):
        raise ReadError(1, "this is UTF-16 without its mark; save it as UTF-8", "wrong-encoding")
    try:
        if encoding in _SINGLE_BYTE:
            # A file that was saved anew as UTF-8 often keeps its old declaration; the reverse is never valid UTF-8.
            with suppress(UnicodeDecodeError):
                return data.decode("utf-8")
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        if b"\x00" in data[:8192]:
            raise ReadError(line, _BINARY, "binary") from None
        if name and encoding != "utf-8":
            what = f"is not {name.upper()}, which the file declares; save the page again"
        elif name and name not in _ENCODINGS:
            what = f"cannot be read: the file declares the encoding {name[:40]}, which is not known. Save it as UTF-8"
        elif name:
            what = "is not UTF-8, which the file declares; save it again as UTF-8"
        else:
            what = (
                "is not UTF-8; the file was probably saved as Windows-1252 or ISO-8859-1. Save it as UTF-8, for "
                "instance with: iconv -f WINDOWS-1252 -t UTF-8"
            )
        raise ReadError(line, f"byte 0x{data[error.start]:02X} {what}", "wrong-encoding") from None


_SEVEN_BITS = frozenset({"utf-7", "utf7", "unicode-1-1-utf-7", "hz-gb-2312", "iso-2022-kr", "iso-2022-cn"})
"""Encodings whose bytes are all ASCII: what they spell would be taken for the text itself."""
_WIDE = re.compile(rb"(?:[\t\n\r\x20-\x7e]\x00){8}|(?:\x00[\t\n\r\x20-\x7e]){8}")


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
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = [member for member in archive.infolist() if not member.is_dir()]
    except Exception as error:
        message = f"this zip archive is damaged ({error}); download or pack it again"
        yield name, ReadError(1, message, "unreadable")
        return
    with archive:
        unpacked_size = sum(member.file_size for member in members)
        members = [member for member in members if is_document(member.filename)]
        if unpacked_size > max(LARGEST_UNPACKED, MOST_UNPACKED * len(data)):
            yield name, ReadError(1, _bomb(unpacked_size, len(data)), "too-large")
        elif not members:
            yield name, ReadError(1, "this archive holds no documents; put the documents there instead", "empty")
        else:
            yield from _members(archive, members, name)


def _members(
    archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], name: str
) -> Iterator[Document | tuple[str, ReadError]]:
    seen: dict[str, int] = {}
    for member in sorted(members, key=lambda member: member.filename):
        inside = f"{name}/{readable(member.filename)}"
        seen[inside] = times = seen.get(inside, 0) + 1
        if times > 1:
            inside = f"{inside} ({times})"
        try:
            if member.file_size > LARGEST_FILE:
                raise ReadError(1, _too_large(member.file_size), "too-large")
            with archive.open(member) as stream:
                unpacked = stream.read(LARGEST_FILE + 1)
            if len(unpacked) > LARGEST_FILE:
                raise ReadError(1, _too_large(len(unpacked)), "too-large")
            opened = list(open_container(unpacked, inside, decode) or [decode(unpacked, inside)])
        except ReadError as error:
            yield inside, error
        except Exception as error:
            yield inside, ReadError(1, f"this member cannot be unpacked ({error}); unpack the archive first")
        else:
            for document in opened:
                if times > 1 and isinstance(document, Document):
                    document.notice = (
                        "the archive has several members of this name; each is read. Give each its own name"
                    )
                yield document


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
