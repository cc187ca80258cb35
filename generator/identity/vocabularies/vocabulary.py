"""What every vocabulary is asked: what a name means in it, and what a concept is."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

from generator.model.kinds import Kind

NameKind = Literal["s", "b", "c", "f", "a", "r"]
"""What a name is to its concept: synonym, brand, code, former name, abbreviation, or a name that the vocabulary itself
does not have and records of registries use."""


@dataclass(frozen=True, slots=True)
class About:
    """Where a vocabulary comes from; all of it can stand on a page."""

    name: str
    """By which the setting ``vocabularies`` switches it off."""
    kind: Kind
    title: str
    version: str
    source: str
    """Who publishes it, and where."""
    licence: str
    scheme: str
    """Scheme of its identifiers, as in `Entity.identifiers`."""

    @property
    def label(self) -> str:
        """What a reason calls it: "UNII (June 2025)"."""
        return f"{self.title} ({self.version})" if self.version else self.title


@dataclass(frozen=True, slots=True)
class Concept:
    """One row of a vocabulary."""

    identifier: str
    name: str
    """The preferred name."""
    parents: tuple[str, ...] = ()
    """Of a salt: its substance.  Of a condition: the conditions above it.  Of an organization: what it is part of."""
    city: str | None = None
    country: str | None = None


def shown_name(concept: Concept, kind: Kind) -> str:
    """Return the name of a page: "Leukemia, Myeloid, Acute" is shown as "Acute Myeloid Leukemia"."""
    segments = [segment.strip() for segment in concept.name.split(",")]
    if kind != "condition" or any(" and " in f" {segment} " or not segment for segment in segments):
        return concept.name
    return " ".join(reversed(segments))


class Vocabulary(Protocol):
    """A table of names."""

    @property
    def about(self) -> About:
        """Where it comes from."""

    def meanings(self, key: str) -> list[tuple[str, NameKind]]:
        """Return the identifiers of the concepts that a name with this *key* means, and what it is to each."""

    def concept(self, identifier: str) -> Concept | None:
        """Return the concept with this *identifier*, if there is one."""


class KnownNames:
    """The keys of names that documents state beyond doubt, and those that vocabularies have."""

    def __init__(self, stated: Container[str], kind: Kind, vocabularies: Iterable[Vocabulary]) -> None:
        """Add to what is *stated* the names of one *kind* in *vocabularies*."""
        self._stated = stated
        self._vocabularies = [one for one in vocabularies if one.about.kind == kind]

    def __contains__(self, key: object) -> bool:
        """Say whether the name with this *key* is one."""
        return key in self._stated or any(bool(one.meanings(str(key))) for one in self._vocabularies)
