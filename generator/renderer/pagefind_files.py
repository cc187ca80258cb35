"""The layout of Pagefind's files: CBOR (RFC 8949) behind a mark, compressed; lists, texts and whole numbers only."""

from __future__ import annotations

import gzip
from functools import lru_cache

from generator.store.compression import gzipped

MARK = b"pagefind_dcd"

Value = int | str | list["Value"]


class UnknownFormatError(Exception):
    """A file is not laid out as this version of Pagefind does it."""


def packed(data: bytes) -> bytes:
    """Return *data* as a file holds it: marked and compressed."""
    return gzipped(MARK + data)


def unpacked(file: bytes) -> bytes:
    """Return what a file holds.  Raises UnknownFormatError where it does not begin with Pagefind's mark."""
    data = gzip.decompress(file)
    if not data.startswith(MARK):
        raise UnknownFormatError("a file does not begin with Pagefind's mark")
    return data[len(MARK) :]


_NUMBER, _NEGATIVE, _TEXT, _LIST = 0, 1, 3, 4


def decode(data: bytes) -> Value:
    """Return the value that *data* holds.  Raises UnknownFormatError where there is another kind of value in it."""
    try:
        value, end = _decode(data, 0)
    except (IndexError, UnicodeDecodeError) as error:
        raise UnknownFormatError(str(error)) from error
    if end != len(data):
        raise UnknownFormatError("there is something behind the value")
    return value


def _decode(data: bytes, start: int) -> tuple[Value, int]:
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
    if kind == _NEGATIVE:
        return -1 - size, start
    if kind == _TEXT:
        return data[start : start + size].decode(), start + size
    if kind == _LIST:
        values: list[Value] = []
        for _ in range(size):
            value, start = _decode(data, start)
            values.append(value)
        return values, start
    raise UnknownFormatError(f"a value of kind {kind}")


@lru_cache(1 << 14)
def number(value: int) -> bytes:
    """Return a whole number as CBOR, in as few bytes as can be."""
    return _head(_NUMBER, value) if value >= 0 else _head(_NEGATIVE, -1 - value)


def text(value: str) -> bytes:
    """Return a text as CBOR."""
    data = value.encode("utf-8", "replace")
    return _head(_TEXT, len(data)) + data


@lru_cache(1 << 10)
def list_head(length: int) -> bytes:
    """Return what stands before the values of a list as CBOR."""
    return _head(_LIST, length)


def numbers(values: list[int]) -> bytes:
    """Return a list of whole numbers as CBOR."""
    return list_head(len(values)) + b"".join(map(number, values))


def encode(value: Value) -> bytes:
    """Return *value* as CBOR."""
    if isinstance(value, int):
        return number(value)
    if isinstance(value, str):
        return text(value)
    return list_head(len(value)) + b"".join(map(encode, value))


def _head(kind: int, size: int) -> bytes:
    if size < 24:
        return bytes([kind << 5 | size])
    for code, width in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if size < 1 << (8 * width):
            return bytes([kind << 5 | code]) + size.to_bytes(width)
    raise UnknownFormatError(f"a number of {size.bit_length()} bits")
