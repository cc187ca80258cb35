"""How files and settings are told apart: signatures of files, digests of bytes, fingerprints of values."""

from __future__ import annotations

import hashlib
import os
import struct
from collections import UserDict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

_FIELDS = struct.Struct("<QqqQ")

CLOCK_STEP = 100_000_000
"""Nanoseconds within which two changes of a file may bear the same time."""


def digest(*parts: bytes) -> bytes:
    """Return a digest of *parts*; where one ends and the next begins counts."""
    made = hashlib.blake2b(digest_size=16)
    for part in parts:
        made.update(len(part).to_bytes(8, "little"))
        made.update(part)
    return made.digest()


def file_signature(status: os.stat_result) -> bytes:
    """Return what changes when a file is written or replaced: its size, times and place on the disk."""
    return _FIELDS.pack(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def is_settled(status: os.stat_result, now: int) -> bool:
    """Tell whether the file was last changed so long before *now* that a later change shows in its times."""
    return max(status.st_mtime_ns, status.st_ctime_ns) < now - CLOCK_STEP


def fingerprint(value: Any) -> bytes:
    """Return a digest of a setting: the same in each run as long as the setting is the same.

    Raises UnknownValueError for a value that cannot be compared between runs.
    """
    return digest(*_parts(value))


class UnknownValueError(Exception):
    """A value cannot be compared between runs."""


def _parts(value: Any) -> Iterable[bytes]:
    if value is None or isinstance(value, (bool, int, float, str, bytes, date, datetime, PurePath)):
        yield f"{type(value).__name__} {value!r}".encode("utf-8", "surrogatepass")
    elif isinstance(value, (Mapping, UserDict)):
        yield f"mapping {len(value)}".encode()
        for key, inner in value.items():
            yield from _parts(key)
            yield from _parts(inner)
    elif isinstance(value, (list, tuple)):
        yield f"list {len(value)}".encode()
        for inner in value:
            yield from _parts(inner)
    elif isinstance(value, (set, frozenset)):
        yield f"set {len(value)}".encode()
        yield from sorted(fingerprint(inner) for inner in value)
    elif callable(value) and hasattr(value, "__qualname__"):
        yield f"{value.__module__}.{value.__qualname__}".encode()
    else:
        raise UnknownValueError(f"{type(value).__qualname__} {value!r}")
