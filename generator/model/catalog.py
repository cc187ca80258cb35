"""The catalog: all studies and entities with their links in both directions."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from struct import Struct
from typing import Literal

from generator.model.catalog_section import DocumentReference, Flag, is_prose
from generator.model.change import Event, EventRow
from generator.model.document import Document
from generator.model.kinds import Kind as Kind
from generator.model.kinds import Role as Role
from generator.model.pointers import Json
from generator.model.problem import Problem
from generator.model.sentence import Sentence
from generator.model.source import Source
from generator.model.structure import FrozenStructure, Structure
from generator.model.study import Study

_POINT = Struct("<dd")
_NOWHERE = _POINT.pack(math.nan, math.nan)


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
    """Name of the rule that joined it: ``exact-key``, ``stated-alias``, ``vocabulary``, ``curated``, ``external-id``,
    ``own``."""
    reason: Sentence | None = None
    """Why the rule holds here."""
    sources: tuple[Source, ...] = ()


class EntityReference(FrozenStructure, frozen=True):
    """Another entity, and how it stands to this one."""

    kind: Kind
    id: str
    reason: Sentence | None = None
    """Why."""


CoordinatesFrom = Literal["documents", "gazetteer"]
"""Who says where a place lies."""


class Entity(Structure):
    """A sponsor, hospital, person, drug, condition or place: what mentions resolve to."""

    kind: Kind
    id: str
    """Its slug: minted once, stored, never recomputed."""
    name: str
    """The best spelling, the curated canonical name, or the one that a vocabulary prefers."""
    mostly_written: str | None = None
    """What documents mostly write, where the name is a vocabulary's."""
    verified: bool = False
    """True where a curated entry or a second stated fact confirms it; shown on the page."""
    roles: list[Role] = []
    spellings: list[Spelling] = []
    studies: list[str] = []
    """Ids of the studies that mention it, sorted."""
    part_of: list[EntityReference] = []
    parts: list[EntityReference] = []
    """The other direction of ``part_of``."""
    broader: list[EntityReference] = []
    """What it is one of: a condition above it, the class of a drug."""
    narrower: list[EntityReference] = []
    """The other direction of ``broader``."""
    not_same_as: list[EntityReference] = []
    """Near misses that are known to be different."""
    possibly_same_as: list[EntityReference] = []
    """Names that agree without a second fact: shown, never joined."""
    related: list[EntityReference] = []
    """A combination and its parts, with the reason."""
    identifiers: dict[str, str] = {}
    """External ids: ``ror``, ``orcid``, ``mesh`` … -> id."""
    city: str | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    """Of a city, in degrees, WGS 84."""
    coordinates_from: CoordinatesFrom | None = None
    note: str | None = None
    """A curated remark, with its source, and where the coordinates come from, in sentences for a page."""


class Link(FrozenStructure, frozen=True, array_like=True):
    """A study mentions an entity in a role."""

    study: str
    kind: Kind
    entity: str
    role: Role
    pointer: str


MOST_RELATED_STUDIES = 80
"""An entity with more studies than this is too common for the page of one study to say something of the others."""


class Totals(FrozenStructure, frozen=True):
    """What all studies and documents of a catalog have together."""

    values: int = 0
    """Values with a source."""
    inferred: int = 0
    """Those of them that no document states."""
    contradictions: int = 0
    flags: int = 0
    unread: int = 0
    """Lines that no rule understood."""

    def __add__(self, other: Totals) -> Totals:
        """Return the totals of both."""
        return Totals(
            values=self.values + other.values,
            inferred=self.inferred + other.inferred,
            contradictions=self.contradictions + other.contradictions,
            flags=self.flags + other.flags,
            unread=self.unread + other.unread,
        )


class PartSizes(FrozenStructure, frozen=True):
    """How long those parts of a study are that may have a page of their own."""

    sites: int = 0
    results: bool = False
    fields: int = 0
    """What its registry states under names of its own."""
    publications: int = 0


class StudySummary(FrozenStructure, frozen=True):
    """The few facts of a study that lists and charts need; small enough to keep those of all studies in memory."""

    status: str | None = None
    """Of the whole study, as its documents state it."""
    sites: dict[str, list[int]] = {}
    """Status that sites have of their own -> their numbers, sorted."""
    start: str | None = None
    """Date as stated."""
    end: str | None = None
    """The completion that is stated, or the primary completion."""
    as_of: str | None = None
    """As of when its documents say all this."""
    phases: list[str] = []
    verified: str | None = None
    """When the status was last verified, as stated."""
    results_due: str | None = None
    """Day on which results would be due, if the rule applies; see :mod:`generator.studies.results_due`."""
    missing: list[int] = []
    """Numbers of the items of WHO's data set that no document states."""
    contradictions: int = 0
    flags: int = 0
    points: bytes = b""
    """Where its sites lie, as documents state it: two numbers for each, which are none where nothing is stated."""

    def point_at(self, site: int) -> tuple[float, float] | None:
        """Return latitude and longitude of the site of this number, if they are stated."""
        if not 0 <= site < self.number_of_sites:
            return None
        latitude, longitude = _POINT.unpack_from(self.points, site * _POINT.size)
        return (latitude, longitude) if latitude == latitude and longitude == longitude else None

    @property
    def number_of_sites(self) -> int:
        """How many sites the study has."""
        return len(self.points) // _POINT.size

    def statuses(self) -> dict[int, str]:
        """Return the status that sites have of their own, by their numbers."""
        return {number: code for code, numbers in self.sites.items() for number in numbers}

    def status_at(self, site: int | None) -> str | None:
        """Return the status that the site of this number has of its own, if it states one."""
        return next((code for code, numbers in self.sites.items() if site in numbers), None)


class DocumentSummary(FrozenStructure, frozen=True):
    """What a list says of a document."""

    path: str
    structured: bool = False
    lines: int = 0
    unread: int = 0
    """Lines that nothing has accounted for."""


class Commit(FrozenStructure, frozen=True):
    """A commit of the repository in which the documents lie."""

    id: str
    """Git's name of it, whole."""
    day: str
    """When it was made, in UTC: ``2026-01-31``."""


class MapPoint(FrozenStructure, frozen=True):
    """Where a place lies on a map, and what it is called there."""

    id: str
    name: str
    latitude: float | None = None
    longitude: float | None = None
    coordinates_from: CoordinatesFrom | None = None
    code: str | None = None
    """Of a country, its two letters in ISO 3166."""


def map_point_of(entity: Entity) -> MapPoint:
    """Return where *entity*, a place, lies."""
    return MapPoint(
        id=entity.id,
        name=entity.name,
        latitude=entity.latitude,
        longitude=entity.longitude,
        coordinates_from=entity.coordinates_from,
        code=entity.identifiers.get("iso3166"),
    )


def totals_of(study: Study) -> Totals:
    """Return what *study* has."""
    section = study.catalog_section
    return Totals(
        values=len(section.sources),
        inferred=sum(
            bool(sources) and all(source.how == "inferred" for source in sources)
            for sources in section.sources.values()
        ),
        contradictions=len(section.contradictions),
        flags=len(section.flags),
    )


def part_sizes_of(study: Study) -> PartSizes:
    """Return how long the long parts of *study* are."""
    return PartSizes(
        sites=len(study.protocol_section.contacts_locations_module.locations),
        results=study.results_section is not None,
        fields=len(study.catalog_section.registry_fields),
        publications=len(study.protocol_section.references_module.references),
    )


def study_summary_of(study: Study) -> StudySummary:
    """Return the few facts of *study* that lists and charts need."""
    module = study.protocol_section.status_module
    sites: dict[str, list[int]] = {}
    points = bytearray()
    for number, location in enumerate(study.protocol_section.contacts_locations_module.locations):
        if location.status:
            sites.setdefault(location.status, []).append(number)
        point = location.geo_point
        if point is not None and point.lat is not None and point.lon is not None:
            points += _POINT.pack(point.lat, point.lon)
        else:
            points += _NOWHERE
    start = module.start_date_struct.date if module.start_date_struct else None
    return StudySummary(
        status=module.overall_status,
        sites=sites,
        start=start,
        end=stated_end(study),
        as_of=statement_date(study),
        phases=study.protocol_section.design_module.phases,
        verified=module.status_verified_date,
        missing=_missing(study),
        contradictions=len(study.catalog_section.contradictions),
        flags=len(study.catalog_section.flags),
        points=bytes(points),
    )


def _missing(study: Study) -> list[int]:
    """Return the items of WHO's data set that no document of *study* states; of prose alone nobody can say that."""
    section = study.catalog_section
    return [] if is_prose(section) else [item.number for item in section.completeness if item.state == "notStated"]


def statement_date(study: Study) -> str | None:
    """Return as of when the documents of *study* say what they say.

    It is the newest date that one of them gives for its content, else when the registry last posted a change.
    """
    dates = [document.as_of for document in study.catalog_section.documents if document.as_of]
    update = study.protocol_section.status_module.last_update_post_date_struct
    return max(dates, default=None) or (update.date if update else None)


def stated_end(study: Study) -> str | None:
    """Return the completion that is stated of *study*, else the primary completion."""
    module = study.protocol_section.status_module
    ends = (module.completion_date_struct, module.primary_completion_date_struct)
    return next((end.date for end in ends if end and end.date), None)


def title_of(study: Study) -> str:
    """Return the title that a study goes by in lists."""
    module = study.protocol_section.identification_module
    title = module.brief_title or module.official_title or study.catalog_section.id or "Trial without a title"
    return f"{title} ({module.acronym})" if module.acronym and module.acronym not in title else title


def document_summary_of(document: Document) -> DocumentSummary:
    """Return what a list says of *document*."""
    return DocumentSummary(
        path=document.path, structured=document.structured, lines=document.line_count, unread=len(document.unread())
    )


@dataclass(slots=True)
class Catalog:
    """Everything that pages and exports are written from.  Indexed once, then only read.

    Whoever needs one thing asks for it by its key: in a large catalog, things are in memory only while they are
    looked at, and a page is written again only where something changed that it asked for.
    """

    studies: Mapping[str, Study] = field(default_factory=dict)
    """By id, sorted."""
    entities: Mapping[tuple[Kind, str], Entity] = field(default_factory=dict)
    """By kind and id, sorted."""
    originals: Mapping[str, dict[str, Json]] = field(default_factory=dict)
    """By id: the API v2 record exactly as found, for studies that were read from one."""
    former_ids: dict[str, str] = field(default_factory=dict)
    """Id under which a study once stood alone -> id of the study; addresses of the former lead to the latter."""
    former_entities: dict[tuple[Kind, str], str | None] = field(default_factory=dict)
    """Kind and slug that an entity once had -> the slug that it has now; addresses of the former lead to the latter.

    None where no entity of the catalog has its place.
    """
    links: list[Link] = field(default_factory=list)
    """Sorted."""
    documents: Mapping[str, Document] = field(default_factory=dict)
    """By path, sorted, with what became of each line."""
    problems: list[Problem] = field(default_factory=list)
    """All problems of reading, merging and names, sorted."""
    histories: Mapping[str, list[Event]] = field(default_factory=dict)
    """What changed in each trial, the newest first, by the trial's id, also of trials that went; of those with any."""
    event_rows: list[EventRow] = field(default_factory=list)
    """All that changed, in brief, the newest first."""
    history_gap: str | None = None
    """What of the history is not known, and why; None where nothing is missing or nobody asked for it."""

    commit: Commit | None = None
    """The commit in which the documents are as they were read; None where there is none, or nobody asked for it."""

    def digests(self) -> list[str]:
        """Return what stands for the content of each document, in the order of their paths."""
        return [document.sha256 or document.text for document in self.documents.values()]

    @property
    def outlines(self) -> Mapping[str, Study]:
        """The studies by id, sorted, with all that lists show of them (see :mod:`generator.model.outline`).

        Their long texts, outcomes, references, results and sources may be left out.
        """
        return self.studies

    def name_of(self, kind: Kind, entity: str) -> str | None:
        """Return the name of an entity, if there is one of this id."""
        found = self.entities.get((kind, entity))
        return found.name if found is not None else None

    def map_point(self, place: str) -> MapPoint | None:
        """Return where the place with this id lies, if there is one."""
        found = self.entities.get(("place", place))
        return map_point_of(found) if found is not None else None

    def few_studies(self, kind: Kind, entity: str) -> list[str] | None:
        """Return the ids of the studies that mention an entity, sorted; None if those are too many."""
        found = self.entities.get((kind, entity))
        return None if found is None or len(found.studies) > MOST_RELATED_STUDIES else found.studies

    def part_sizes(self, study: str) -> PartSizes:
        """Return how long the long parts of a study are."""
        return part_sizes_of(self.studies[study])

    def title(self, study: str) -> str | None:
        """Return the title that a study goes by in lists, if there is one of this id."""
        found = self.outlines.get(study)
        return title_of(found) if found is not None else None

    def study_summary(self, study: str) -> StudySummary | None:
        """Return the few facts of a study that lists and charts need, if there is one of this id."""
        found = self.outlines.get(study)
        return study_summary_of(found) if found is not None else None

    def rely_on_outline(self, study: str) -> None:
        """Say that something is shown that was once made from the outline of a study."""

    def flagged(self) -> Iterable[tuple[str, list[Flag]]]:
        """Yield the ids of the studies that have flags, sorted, each with them."""
        for identifier, study in self.outlines.items():
            if study.catalog_section.flags:
                yield identifier, study.catalog_section.flags

    def totals(self) -> Totals:
        """Return what all studies and documents have together."""
        unread = sum(len(document.unread()) for document in self.documents.values())
        return sum(map(totals_of, self.studies.values()), Totals(unread=unread))

    def document_summary(self, document: str) -> DocumentSummary:
        """Return what a list says of the document at this path."""
        return document_summary_of(self.documents[document])

    def references_to(self, document: str) -> list[tuple[str, DocumentReference]]:
        """Return the ids of the studies of which a document states something, sorted, each with its reference."""
        return self._by_document().get(document, [])

    def problems_of(self, document: str) -> list[Problem]:
        """Return the problems of a document, sorted."""
        return self._problems_by_document().get(document, [])

    def links_of_study(self, study: str) -> list[Link]:
        """Return the links from this study, sorted by kind and entity."""
        return self._by_study().get(study, [])

    def links_of_entity(self, kind: Kind, entity: str) -> list[Link]:
        """Return the links to this entity, sorted by study."""
        return self._by_entity().get((kind, entity), [])

    def events_of_study(self, study: str) -> list[Event]:
        """Return what changed in a trial, the newest first."""
        return self.histories.get(study) or []

    def events(self) -> list[EventRow]:
        """Return all that changed, in brief, the newest first."""
        return self.event_rows

    def events_of_entity(self, kind: Kind, entity: str) -> list[EventRow]:
        """Return what changed in the trials that mention an entity, in brief, the newest first."""
        if not self.event_rows:
            return []
        found = self.entities.get((kind, entity))
        studies = set(found.studies) if found is not None else set()
        rows = [row for study in studies for row in self._rows_by_study().get(study, ())]
        return sorted(rows, key=lambda row: (row.time, row.study), reverse=True)

    def gap_of_history(self) -> str | None:
        """Return what of the history is not known, and why."""
        return self.history_gap

    def entities_of_kind(self, kind: Kind) -> Iterable[Entity]:
        """Yield the entities of one kind, sorted by id."""
        return (entity for key, entity in self.entities.items() if key[0] == kind)

    _study_index: dict[str, list[Link]] | None = None
    _entity_index: dict[tuple[Kind, str], list[Link]] | None = None
    _document_index: dict[str, list[tuple[str, DocumentReference]]] | None = None
    _problem_index: dict[str, list[Problem]] | None = None
    _event_index: dict[str, list[EventRow]] | None = None

    def _by_document(self) -> dict[str, list[tuple[str, DocumentReference]]]:
        if self._document_index is None:
            self._document_index = {}
            for identifier, study in self.outlines.items():
                for reference in study.catalog_section.documents:
                    self._document_index.setdefault(reference.path, []).append((identifier, reference))
        return self._document_index

    def _problems_by_document(self) -> dict[str, list[Problem]]:
        if self._problem_index is None:
            self._problem_index = {}
            for problem in self.problems:
                self._problem_index.setdefault(problem.path, []).append(problem)
        return self._problem_index

    def _rows_by_study(self) -> dict[str, list[EventRow]]:
        if self._event_index is None:
            self._event_index = {}
            for row in self.event_rows:
                self._event_index.setdefault(row.study, []).append(row)
        return self._event_index

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
