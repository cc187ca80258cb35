"""The very lines of a change, where its record is JSON and the reading names only the record as a whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from generator.model.change import Change
from generator.model.pointers import Json, leaves
from generator.model.source import Source
from generator.readers.json_positions import printed_values

Lines = Mapping[str, tuple[int, str]]
"""JSON pointer -> line and value as text, of the values that stand in a line of their own."""


def lines_of(text: str) -> Lines:
    """Return where the values of a JSON document stand that is printed one value a line; nothing for other texts."""
    found = {}
    for pointer, index, raw in printed_values(text.encode("utf-8", "replace").split(b"\n")):
        try:
            value: Json = msgspec.json.decode(raw)
        except msgspec.DecodeError:
            continue
        for _, scalar in leaves(value):
            found[pointer.decode("utf-8", "replace")] = index + 1, str(scalar)
    return found


def with_lines(change: Change, old: Callable[[str], Lines], new: Callable[[str], Lines]) -> Change:
    """Return *change* with its lines; *old* and *new* give the lines of a document's earlier and later version."""
    old_source = _exact(change.old_source, change.pointer, change.old, old)
    new_source = _exact(change.new_source, change.pointer, change.new, new)
    if (old_source, new_source) == (change.old_source, change.new_source):
        return change
    return msgspec.structs.replace(change, old_source=old_source, new_source=new_source)


def _exact(source: Source | None, pointer: str, value: str | None, lines: Callable[[str], Lines]) -> Source | None:
    if source is None or source.place is None or source.first_line == source.last_line or value is None:
        return source
    known = lines(source.document)
    base = f"{source.place}{pointer}"
    for place in (base, f"{base}/date", f"{base}/count", *_first_inside(known, base)):
        line, stated = known.get(place, (0, ""))
        # Another version of the record may have another item at the pointer: only the line of the value itself counts.
        if line and stated and value.startswith(stated):
            return msgspec.structs.replace(source, first_line=line, last_line=line, place=place)
    return source


def _first_inside(known: Lines, base: str) -> list[str]:
    """Return the pointers of the first values of the item at *base*."""
    return [place for place in (f"{base}/{name}" for name in _NAMES) if place in known]


_NAMES = ("facility", "name", "label", "measure", "id", "citation", "url", "term", "city")
