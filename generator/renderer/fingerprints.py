"""How settings are told apart between runs."""

from __future__ import annotations

from collections import UserDict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from generator.store.shelves import digest


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
