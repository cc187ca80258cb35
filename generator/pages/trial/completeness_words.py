"""How the completeness of a trial's registration is told on its page."""

from __future__ import annotations

from collections.abc import Sequence

from generator.language.formats import format_number
from generator.language.messages import gettext, gettext_noop
from generator.model.catalog_section import CompletenessItem

STATES = {
    "stated": gettext_noop("Stated"),
    "statedAsNone": gettext_noop("None, as stated"),
    "notStated": gettext_noop("Not stated"),
    "lostByLayout": gettext_noop("Not in this copy of the record"),
}
"""State of an item -> its words, a message, in the order of the page."""


def completeness_summary(items: Sequence[CompletenessItem]) -> str:
    """Return how many of the items are there, in a few words; nothing where none was looked for."""
    there = sum(item.state in {"stated", "statedAsNone"} for item in items)
    if not items:
        return ""
    return gettext("{there} of {number}").format(there=format_number(there), number=format_number(len(items)))
