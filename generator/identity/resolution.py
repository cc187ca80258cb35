"""What the resolver of one kind finds, and how entities relate to each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from generator.identity.curated import CuratedName, CuratedNames
from generator.identity.joining import CURATED_NODE, Join, KeyedMention, Meaning
from generator.identity.mentions import RejectedName
from generator.model.catalog import Kind, Mention
from generator.model.problem import Problem
from generator.model.sentence import Sentence, sentence

RelationType = Literal["part_of", "broader", "component", "possibly"]
"""``part_of``: a hospital and its group.  ``broader``: a condition and its class.  ``component``: a combination
and a drug in it.  ``possibly``: the same name without a second fact."""


@dataclass(frozen=True, slots=True, order=True)
class Relation:
    """Two nodes of one kind that are different entities and stand to each other in some way."""

    type: RelationType
    first: str
    second: str
    reason: Sentence


@dataclass(slots=True)
class Resolution:
    """What one resolver found: mentions and joins for :mod:`~generator.identity.joining`, relations for afterwards."""

    kind: Kind
    keyed_mentions: list[KeyedMention] = field(default_factory=list)
    joins: list[Join] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    identifiers: dict[str, dict[str, str]] = field(default_factory=dict)
    """External ids that documents state, by node."""
    meanings: list[dict[str, Meaning]] = field(default_factory=list)
    """For each vocabulary, what the names mean in it, by node."""
    used: set[str] = field(default_factory=set)
    """Names of the curated entries that claim a mention."""
    rejected: list[RejectedName] = field(default_factory=list)
    """Names that turned out to be none."""
    problems: list[Problem] = field(default_factory=list)

    def reject(self, mention: Mention, reason: str) -> bool:
        """Reject *mention* for *reason*, and return False: it names no entity."""
        self.rejected.append(RejectedName(mention.study, mention.pointer, mention.text, reason))
        return False

    def claim(self, curated: CuratedNames, mention: Mention, node: str, text: str | None = None) -> CuratedName | None:
        """Join *node* to the curated entry that claims the name of *mention* (or *text* in its place), if any does."""
        entry = curated.match(mention, text)
        if entry is not None:
            self.used.add(entry.name)
            self.joins.append(Join("curated", CURATED_NODE + entry.name, node, curated_reason(entry)))
        return entry


def curated_reason(entry: CuratedName) -> Sentence:
    """Return why a spelling belongs to a curated entry, as a sentence for a page."""
    return sentence(
        "A curated name says so (seeds/{file}, line {line}): {source}",
        file=entry.path,
        line=str(entry.line),
        source=entry.source,
    )


def quoted_study(study: str) -> str | Sentence:
    """Return how a reason names a study."""
    return study or sentence("a document")
