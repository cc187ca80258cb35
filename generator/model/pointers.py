"""JSON pointers (RFC 6901) into studies, the names by which values are referred to everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None
"""Whatever JSON can hold."""


def leaves(value: Json, pointer: str = "") -> Iterator[tuple[str, str | int | float | bool | None]]:
    """Yield ``(pointer, scalar)`` for each scalar inside *value*, depth first, in document order."""
    if isinstance(value, dict):
        for key, child in value.items():
            yield from leaves(child, f"{pointer}/{escape(key)}")
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from leaves(child, f"{pointer}/{index}")
    else:
        yield pointer, value


def escape(key: str) -> str:
    """Return *key* as one step of a pointer."""
    return key.replace("~", "~0").replace("/", "~1")


def steps(pointer: str) -> list[str]:
    """Return the keys and indices of *pointer*, unescaped."""
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]


def lookup(value: Json, pointer: str) -> Json:
    """Return what *pointer* points at inside *value*, or None where nothing is."""
    return lookup_steps(value, steps(pointer))


def lookup_steps(value: Json, keys: Iterable[str]) -> Json:
    """Return what stands inside *value* at *keys*, one below the other, or None where nothing is."""
    for step in keys:
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        else:
            return None
    return value
