"""What differs between two versions of a trial's documents."""

from __future__ import annotations

from typing import Literal

from generator.model.source import Source
from generator.model.structure import FrozenStructure

ChangeKind = Literal[
    "new",
    "gone",
    "status",
    "results",
    "sites",
    "dates",
    "enrollment",
    "eligibility",
    "outcomes",
    "interventions",
    "design",
    "sponsors",
    "contacts",
    "documents",
    "other",
]
"""What a change is about.  ``new``: the trial came into the catalog; ``gone``: its last document went."""

Action = Literal["added", "removed", "changed"]


CONTACT_PARTS = "; "
"""What stands between the name, the number and the address of a contact that came or went."""


class Change(FrozenStructure, frozen=True):
    """One value that changed, in the words of the documents."""

    kind: ChangeKind
    pointer: str
    """Of the value in the later study; of what was removed, in the earlier one."""
    action: Action
    item: str | None = None
    """What the value belongs to, where the field alone does not say it, such as the name of a site."""
    old: str | None = None
    new: str | None = None
    old_source: Source | None = None
    """In the earlier version of the document, which may have another path today."""
    new_source: Source | None = None


class EventRow(FrozenStructure, frozen=True):
    """Enough of an event to list it."""

    time: str
    study: str
    commit: str
    kinds: list[ChangeKind]


class Event(FrozenStructure, frozen=True):
    """All that changed in one trial by one commit."""

    study: str
    commit: str
    time: str
    """Of the commit, in UTC: ``2026-01-31T02:00:00Z``."""
    changes: list[Change] = []

    @property
    def date(self) -> str:
        """The day of the commit."""
        return self.time[:10]

    @property
    def kinds(self) -> list[ChangeKind]:
        """What the event is about, each kind once, in the order of the changes."""
        return list(dict.fromkeys(change.kind for change in self.changes))
