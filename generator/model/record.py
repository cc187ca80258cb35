"""What one document states about one trial."""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.model.pointers import Json
from generator.model.problem import Problem
from generator.model.study import Study


@dataclass(slots=True)
class Record:
    """One document's statements about one trial, in API v2 names.

    Its ``catalogSection.sources`` says where each value stands.  A source at a pointer covers everything below
    it, so a document that is a v2 record itself needs only one, at the empty pointer.
    """

    study: Study
    original: dict[str, Json] | None = None
    """The record exactly as found, where the document is API v2 JSON: unknown fields survive here."""
    problems: list[Problem] = field(default_factory=list)
    """What its reader could not take as it stands, such as a value of an unexpected type."""
    corrections: list[tuple[str, Json]] = field(default_factory=list)
    """What of *original* does not fit the model: pointer -> what it is read as, None where it is left out.  Each holds
    after those before it."""

    @property
    def id(self) -> str:
        """The registry number, or the slug of a trial without one."""
        return self.study.catalog_section.id or ""
