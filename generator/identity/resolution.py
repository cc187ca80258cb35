"""What a resolver hands to the ladder, and how entities stand to each other beside being one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from generator.identity.curated import CuratedName, CuratedNames
from generator.identity.ladder import CURATED_NODE, Meaning, Reading, Tie
from generator.identity.mentions import SetAside
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
    """What one resolver found: readings and ties for the ladder, relations for afterwards."""

    kind: Kind
    readings: list[Reading] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    identifiers: dict[str, dict[str, str]] = field(default_factory=dict)
    """External ids that documents state, by node."""
    meanings: list[dict[str, Meaning]] = field(default_factory=list)
    """For each vocabulary, what the names mean in it, by node."""
    used: set[str] = field(default_factory=set)
    """Names of the curated entries that claim a mention."""
    set_aside: list[SetAside] = field(default_factory=list)
    """Names that turned out to be none."""
    problems: list[Problem] = field(default_factory=list)

    def leave(self, mention: Mention, reason: str) -> bool:
        """Set *mention* aside for *reason*, and return False: it gets no reading."""
        self.set_aside.append(SetAside(mention.study, mention.pointer, mention.text, reason))
        return False

    def claim(self, curated: CuratedNames, mention: Mention, node: str, text: str | None = None) -> CuratedName | None:
        """Tie *node* to the curated entry that claims the name of *mention* (or *text* in its place), if any does."""
        entry = curated.match(mention, text)
        if entry is not None:
            self.used.add(entry.name)
            self.ties.append(Tie("curated", CURATED_NODE + entry.name, node, curated_reason(entry)))
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
