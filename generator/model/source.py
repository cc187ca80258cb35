"""Where a value stands, and how it was got."""

from __future__ import annotations

from typing import Literal

from generator.model.sentence import Sentence
from generator.model.structure import FrozenStructure

How = Literal["stated", "inferred", "curated"]
"""``stated``: the document says so.  ``inferred``: it follows by a named rule.  ``curated``: a person wrote it."""


class Source(FrozenStructure, frozen=True):
    """One place in one document that a value comes from."""

    document: str
    """Path of the document inside ``seeds/``, with forward slashes."""
    first_line: int
    """First line, counted from 1."""
    last_line: int
    """Last line, the same as the first where the value stands in one line."""
    how: How = "stated"
    place: str | None = None
    """JSON pointer or XML path inside a structured document."""
    note: Sentence | None = None
    """For inferred values: the rule."""
    several: bool = False
    """True where the document may have several values in the place of this one, and the border between them is lost."""


AbsenceReason = Literal["notStated", "statedAsNone", "lostByLayout"]


class Absence(FrozenStructure, frozen=True):
    """Why a value is missing.  A field without an absence and without a value is simply not stated."""

    reason: AbsenceReason
    note: Sentence | None = None
    """What the document or the layout does."""
    sources: list[Source] = []
