"""How the completeness of a trial's registration is told on its page."""

from __future__ import annotations

from collections.abc import Sequence

from generator.model.catalog_section import CompletenessItem

STATES = {
    "stated": "Stated",
    "statedAsNone": "Stated as none",
    "notStated": "Not stated",
    "lostByLayout": "Lost by the layout of the document",
}
"""State of an item -> its words, in the order of the page."""

WHO_SECTIONS = {
    1: "identifiers",
    2: "dates",
    3: "identifiers",
    4: "sponsors-and-people",
    5: "sponsors-and-people",
    6: "sponsors-and-people",
    7: "sites-and-contacts",
    8: "sponsors-and-people",
    10: "at-a-glance",
    11: "sites-and-contacts",
    12: "at-a-glance",
    13: "arms-and-interventions",
    14: "who-can-take-part",
    15: "study-design",
    16: "dates",
    17: "at-a-glance",
    18: "at-a-glance",
    19: "what-is-measured",
    20: "what-is-measured",
    22: "dates",
    23: "publications",
    24: "publications",
}
"""Number of an item -> anchor of the section of a trial's page that shows it."""


def completeness_summary(items: Sequence[CompletenessItem]) -> str:
    """Return how many of the items are there, in a few words; nothing where none was looked for."""
    there = sum(item.state in {"stated", "statedAsNone"} for item in items)
    return f"{there} of {len(items)}" if items else ""
