"""How the completeness of a trial's registration is told on its page."""

from __future__ import annotations

from collections.abc import Sequence

from generator.model.catalog_section import CompletenessItem

STATES = {
    "stated": "Stated",
    "statedAsNone": "None, as stated",
    "notStated": "Not stated",
    "lostByLayout": "Not in this copy of the record",
}
"""State of an item -> its words, in the order of the page."""


def completeness_summary(items: Sequence[CompletenessItem]) -> str:
    """Return how many of the items are there, in a few words; nothing where none was looked for."""
    there = sum(item.state in {"stated", "statedAsNone"} for item in items)
    return f"{there} of {len(items)}" if items else ""
