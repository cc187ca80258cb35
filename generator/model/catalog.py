"""The catalog: all studies and entities with their links in both directions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from generator.model.document import Document
from generator.model.pointers import Json
from generator.model.problem import Problem
from generator.model.source import Source
from generator.model.structure import FrozenStructure, Structure
from generator.model.study import Study

Kind = Literal["organization", "person", "drug", "condition", "place"]

Role = Literal[
    "leadSponsor",
    "collaborator",
    "sponsorWithoutRole",
    "responsibleParty",
    "site",
    "affiliation",
    "principalInvestigator",
    "subInvestigator",
    "studyChair",
    "studyDirector",
    "official",
    "centralContact",
    "facilityContact",
    "referenceAuthor",
    "intervention",
    "condition",
    "siteCity",
    "region",
    "country",
]
"""What an entity is to a study."""


class Mention(FrozenStructure, frozen=True):
    """A name as a study's documents write it, and where.  What it refers to is for the identity package."""

    kind: Kind
    text: str
    """As written."""
    role: Role
    study: str
    """Id of the study."""
    pointer: str
    """JSON pointer of the name in the study."""
    sources: tuple[Source, ...] = ()
    city: str | None = None
    state: str | None = None
    country: str | None = None
    affiliation: str | None = None
    email: str | None = None
    """Facts stated beside the name, which can confirm who is meant."""


class Spelling(FrozenStructure, frozen=True):
    """One way in which documents write an entity's name, and why it is taken for this entity."""

    text: str
    rule: str
    """Name of the rule that joined it: ``exact-key``, ``stated-alias``, ``curated``, ``external-id``, ``own``."""
    reason: str = ""
    """The reason as a sentence that can stand on a page."""
    sources: tuple[Source, ...] = ()


class EntityReference(FrozenStructure, frozen=True):
    """Another entity, and how it stands to this one."""

    kind: Kind
    id: str
    reason: str = ""
    """Why, as a sentence that can stand on a page."""


class Entity(Structure):
    """A sponsor, hospital, person, drug, condition or place: what mentions resolve to."""

    kind: Kind
    id: str
    """Its slug: minted once, stored, never recomputed."""
    name: str
    """The best spelling, or the curated canonical name."""
    verified: bool = False
    """True where a curated entry or a second stated fact confirms it; shown on the page."""
    roles: list[Role] = []
    spellings: list[Spelling] = []
    studies: list[str] = []
    """Ids of the studies that mention it, sorted."""
    part_of: list[EntityReference] = []
    parts: list[EntityReference] = []
    """The other direction of ``part_of``."""
    not_same_as: list[EntityReference] = []
    """Near misses that are known to be different."""
    possibly_same_as: list[EntityReference] = []
    """Names that agree without a second fact: shown, never joined."""
    related: list[EntityReference] = []
    """Broader, narrower or otherwise curated relations, with their reason."""
    identifiers: dict[str, str] = {}
    """External ids: ``ror``, ``orcid``, ``mesh`` … -> id."""
    city: str | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    """Of a city, in degrees, WGS 84; ``note`` says where they come from."""
    note: str | None = None
    """A curated remark, with its source, or where the coordinates come from."""


class Link(FrozenStructure, frozen=True):
    """A study mentions an entity in a role."""

    study: str
    kind: Kind
    entity: str
    role: Role
    pointer: str


@dataclass(slots=True)
class Catalog:
    """Everything that pages and exports are written from.  Indexed once, then only read."""

    studies: dict[str, Study] = field(default_factory=dict)
    """By id, sorted."""
    entities: dict[tuple[Kind, str], Entity] = field(default_factory=dict)
    """By kind and id, sorted."""
    originals: dict[str, dict[str, Json]] = field(default_factory=dict)
    """By id: the API v2 record exactly as found, for studies that were read from one."""
    former_ids: dict[str, str] = field(default_factory=dict)
    """Id under which a study once stood alone -> id of the study; addresses of the former lead to the latter."""
    former_entities: dict[tuple[Kind, str], str] = field(default_factory=dict)
    """Kind and slug that an entity once had -> the slug that it has now; addresses of the former lead to the latter."""
    links: list[Link] = field(default_factory=list)
    """Sorted."""
    documents: dict[str, Document] = field(default_factory=dict)
    """By path, with what became of each line."""
    problems: list[Problem] = field(default_factory=list)
    """All problems of reading, merging and names, sorted."""

    def links_of_study(self, study: str) -> list[Link]:
        """Return the links from this study, sorted by kind and entity."""
        return self._by_study().get(study, [])

    def links_of_entity(self, kind: Kind, entity: str) -> list[Link]:
        """Return the links to this entity, sorted by study."""
        return self._by_entity().get((kind, entity), [])

    def entities_of_kind(self, kind: Kind) -> Iterable[Entity]:
        """Yield the entities of one kind, sorted by id."""
        return (entity for key, entity in self.entities.items() if key[0] == kind)

    _study_index: dict[str, list[Link]] | None = None
    _entity_index: dict[tuple[Kind, str], list[Link]] | None = None

    def _by_study(self) -> dict[str, list[Link]]:
        if self._study_index is None:
            self._study_index = {}
            for link in self.links:
                self._study_index.setdefault(link.study, []).append(link)
        return self._study_index

    def _by_entity(self) -> dict[tuple[Kind, str], list[Link]]:
        if self._entity_index is None:
            self._entity_index = {}
            for link in self.links:
                self._entity_index.setdefault((link.kind, link.entity), []).append(link)
        return self._entity_index
