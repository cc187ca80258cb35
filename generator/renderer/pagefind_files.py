"""Pagefind's files in one order: the program writes facets and their values in another one each time.

What lies in them is CBOR (RFC 8949) behind a mark, compressed: lists, texts and numbers.  Facets and values are
sorted, and the files named anew by their content, as Pagefind names them.
"""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path
from typing import cast

import msgspec

_MARK = b"pagefind_dcd"

Value = int | str | list["Value"]


class UnknownFormatError(Exception):
    """A file is not laid out as this version of Pagefind does it."""


def put_in_order(index: Path) -> None:
    """Give the facets of the index in the folder *index* one order, whatever order Pagefind wrote them in.

    Raises UnknownFormatError where the files are laid out in another way.
    """
    entry_file = index / "pagefind-entry.json"
    entry = msgspec.json.decode(entry_file.read_bytes())
    for language in entry["languages"].values():
        old = index / f"pagefind.{language['hash']}.pf_meta"
        meta = _read(old)
        if len(meta) < 4 or not isinstance(meta[3], list):
            raise UnknownFormatError(f"{old.name} has no list of facets")
        meta[3] = cast("list[Value]", sorted(_ordered_facet(index, _pair(facet)) for facet in meta[3]))
        prefix = language["hash"].rpartition("_")[0]
        data = encode(meta)
        language["hash"] = f"{prefix}_{_digest(data)[:10]}"
        old.unlink()
        _write(index / f"pagefind.{language['hash']}.pf_meta", data)
    entry_file.write_bytes(msgspec.json.encode(entry))


def _ordered_facet(index: Path, facet: list[str]) -> list[str]:
    """Write the file of one facet anew, and return the facet's name with the file's."""
    name, old = facet
    file = index / "filter" / f"{old}.pf_filter"
    content = _read(file)
    if len(content) != 2 or content[0] != name or not isinstance(content[1], list):
        raise UnknownFormatError(f"{file.name} does not hold the facet {name}")
    if not all(isinstance(value, list) and len(value) == 2 and isinstance(value[0], str) for value in content[1]):
        raise UnknownFormatError(f"{file.name} does not hold values with their pages")
    data = encode([name, sorted(content[1], key=lambda value: cast("list[str]", value)[0])])
    new = f"{old.rpartition('_')[0]}_{_digest(data)[:7]}"
    file.unlink()
    _write(index / "filter" / f"{new}.pf_filter", data)
    return [name, new]


def _pair(value: Value) -> list[str]:
    if isinstance(value, list) and len(value) == 2 and all(isinstance(part, str) for part in value):
        return cast("list[str]", value)
    raise UnknownFormatError("a facet is not a name with a file")


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _read(file: Path) -> list[Value]:
    data = gzip.decompress(file.read_bytes())
    if not data.startswith(_MARK):
        raise UnknownFormatError(f"{file.name} does not begin with Pagefind's mark")
    try:
        value, end = decode(data, len(_MARK))
    except (IndexError, UnicodeDecodeError) as error:
        raise UnknownFormatError(f"{file.name}: {error}") from error
    if end != len(data) or not isinstance(value, list):
        raise UnknownFormatError(f"{file.name} is not one list")
    return value


def _write(file: Path, data: bytes) -> None:
    file.write_bytes(gzip.compress(_MARK + data, 9, mtime=0))


_NUMBER, _TEXT, _LIST = 0, 3, 4


def decode(data: bytes, start: int = 0) -> tuple[Value, int]:
    """Return the CBOR value at *start*, and where it ends.  Raises UnknownFormatError for other kinds."""
    kind, size = data[start] >> 5, data[start] & 31
    start += 1
    if 24 <= size <= 27:
        width = 1 << (size - 24)
        size = int.from_bytes(data[start : start + width])
        start += width
    elif size > 27:
        raise UnknownFormatError(f"a length of kind {size}")
    if kind == _NUMBER:
        return size, start
    if kind == _TEXT:
        return data[start : start + size].decode(), start + size
    if kind == _LIST:
        values: list[Value] = []
        for _ in range(size):
            value, start = decode(data, start)
            values.append(value)
        return values, start
    raise UnknownFormatError(f"a value of kind {kind}")


def encode(value: Value) -> bytes:
    """Return *value* as CBOR, each length in as few bytes as can be."""
    parts: list[bytes] = []
    _encode(value, parts)
    return b"".join(parts)


def _encode(value: Value, parts: list[bytes]) -> None:
    if isinstance(value, int):
        parts.append(_head(_NUMBER, value))
    elif isinstance(value, str):
        text = value.encode()
        parts += (_head(_TEXT, len(text)), text)
    else:
        parts.append(_head(_LIST, len(value)))
        for child in value:
            _encode(child, parts)


def _head(kind: int, size: int) -> bytes:
    if size < 24:
        return bytes([kind << 5 | size])
    width = next(width for width in range(4) if size < 1 << (8 << width))
    return bytes([kind << 5 | 24 + width]) + size.to_bytes(1 << width)
