"""What each line of a structured document became, for showing: its reader accounts for elements, not for lines."""

from __future__ import annotations

import json

from generator.model.document import Document, LineRole
from generator.model.pointers import leaves
from generator.model.record import Record
from generator.readers.json_positions import line_spans
from generator.readers.reader import Reading

_MOST_LINES = 40
"""A value of more lines is named on its first."""


def name_lines(reading: Reading) -> None:
    """Tell the lines of a structured document which values they state; nothing where the lines tell it themselves."""
    document = reading.document
    if not document.structured or not reading.records:
        return
    for record in reading.records:
        for pointer, sources in record.study.catalog_section.sources.items():
            for source in sources:
                if source.document != document.path:
                    continue
                if record.original is not None:
                    if pointer == "":
                        _name_values(document, record, source.place)
                    continue
                last = min(source.last_line, source.first_line + _MOST_LINES - 1)
                document.account(range(source.first_line, last + 1), LineRole.FACT, f"{record.id}#{pointer}")


def _name_values(document: Document, record: Record, place: str | None) -> None:
    """Name the lines of each value of a record that is kept as found."""
    if place is None or record.original is None:
        return
    try:
        json.loads(document.text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return
    spans = line_spans(document)
    for pointer, _ in leaves(record.original):
        found = spans.get(f"{place}{pointer}")
        if found is not None:
            document.account(found[0], LineRole.FACT, f"{record.id}#{pointer}")
