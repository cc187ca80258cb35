"""What a page has read of the catalog: a page is made again only where something of that changed.

Whatever a view asks for is noted under a short key, which says what was read of what.  The letter before the colon is
the facet: a page that only links to an entity depends on its name and address, not on all that is known of it.
"""

from __future__ import annotations

from collections.abc import ItemsView, Iterable, Iterator, Mapping, ValuesView
from typing import Any, Generic, TypeVar

from generator.model.catalog import (
    Catalog,
    Commit,
    DocumentSummary,
    Entity,
    Kind,
    Link,
    MapPoint,
    PartSizes,
    StudySummary,
    Totals,
)
from generator.model.catalog_section import DocumentReference, Flag
from generator.model.change import Event, EventRow
from generator.model.pointers import Json
from generator.model.problem import Problem
from generator.model.study import Study
from generator.pages.paths import PageAddress, SitePaths

STUDY, OUTLINE, STUDY_LINKS, STUDY_ADDRESS = "study", "outline", "links", "address"
TITLE, STUDY_SUMMARY = "title", "study summary"
ENTITY, NAME, ENTITY_LINKS, FEW_STUDIES, MAP_POINT = "entity", "name", "mentioned", "few", "point"
DOCUMENT, DOCUMENT_SUMMARY, ABOUT, CITED, DOCUMENT_ADDRESS = "document", "document summary", "about", "cited", "file"
EXPORTED = "exported"
HISTORY, ENTITY_HISTORY, EVENTS = "history", "happened", "events"
EXISTS = "exists"
ALL = "all"
"""Facet of what is about all things of a sort: the name behind the colon says of which."""

Name = TypeVar("Name")
Value = TypeVar("Value")


Key = tuple[str, object]
"""A facet and the name of a thing; of an entity, its kind and id."""


def key_of(facet: str, name: str) -> str:
    """Return a key as text."""
    return f"{facet}:{name}"


def entity_name(kind: Kind, entity: str) -> str:
    """Return the name of an entity in keys."""
    return f"{kind}/{entity}"


class Reads:
    """The keys of what was read."""

    __slots__ = ("keys",)

    def __init__(self) -> None:
        """Begin with nothing read."""
        self.keys: set[Key] = set()

    def texts(self) -> Iterator[str]:
        """Yield the keys as text."""
        for facet, name in self.keys:
            yield f"{facet}:{name[0]}/{name[1]}" if isinstance(name, tuple) else f"{facet}:{name}"


class TracedMapping(Mapping[Name, Value], Generic[Name, Value]):
    """A mapping that notes what is read of it."""

    def __init__(self, inner: Mapping[Name, Value], reads: Reads, *facets: str) -> None:
        """Note in *reads* that one value of *inner* is read, under each of *facets*."""
        self._inner = inner
        self._reads = reads
        self._facets = facets
        self._existence = f"{EXISTS} {facets[0]}"

    def __getitem__(self, name: Name) -> Value:
        """Return the value of this name."""
        for facet in self._facets:
            self._reads.keys.add((facet, name))
        return self._inner[name]

    def get(self, name: Name, default: object = None) -> Any:
        """Return the value of this name, else *default*."""
        for facet in self._facets:
            self._reads.keys.add((facet, name))
        return self._inner.get(name, default)

    def __contains__(self, name: object) -> bool:
        """Tell whether there is a value of this name."""
        self._reads.keys.add((self._existence, name))
        return name in self._inner

    def __iter__(self) -> Iterator[Name]:
        """Yield the names."""
        self._reads.keys.add((ALL, f"names of {self._facets[0]}"))
        return iter(self._inner)

    def __len__(self) -> int:
        """Return the number of values."""
        self._reads.keys.add((ALL, f"names of {self._facets[0]}"))
        return len(self._inner)

    def values(self) -> ValuesView[Value]:
        """Return all values."""
        self._note_all()
        return self._inner.values()

    def items(self) -> ItemsView[Name, Value]:
        """Return all names with their values."""
        self._note_all()
        return self._inner.items()

    def _note_all(self) -> None:
        for facet in self._facets:
            self._reads.keys.add((ALL, facet))


class TracedCatalog(Catalog):
    """A catalog that notes what is read of it."""

    __slots__ = ("_catalog", "_traced_outlines", "reads")

    def __init__(self, catalog: Catalog, reads: Reads) -> None:
        """Note in *reads* what is read of *catalog*."""
        # The other fields are not begun: who looks at one past the properties below would not be noted, and fails.
        self.studies = TracedMapping(catalog.studies, reads, STUDY, STUDY_LINKS)
        self.entities = TracedMapping(catalog.entities, reads, ENTITY)
        self.originals = TracedMapping(catalog.originals, reads, STUDY)
        self.documents = TracedMapping(catalog.documents, reads, DOCUMENT)
        self.reads = reads
        self._catalog = catalog
        self._traced_outlines = TracedMapping(catalog.outlines, reads, OUTLINE)

    def _read(self, facet: str, name: object) -> None:
        self.reads.keys.add((facet, name))

    @property
    def links(self) -> list[Link]:  # type: ignore[override]
        """All links, sorted."""
        self._read(ALL, "links")
        return self._catalog.links

    @property
    def problems(self) -> list[Problem]:  # type: ignore[override]
        """All problems, sorted."""
        self._read(ALL, "problems")
        return self._catalog.problems

    @property
    def commit(self) -> Commit | None:  # type: ignore[override]
        """The commit in which the documents are as they were read."""
        self._read(ALL, "commit")
        return self._catalog.commit

    @property
    def former_ids(self) -> dict[str, str]:  # type: ignore[override]
        """Former ids of studies."""
        self._read(ALL, "former_ids")
        return self._catalog.former_ids

    @property
    def former_entities(self) -> dict[tuple[Kind, str], str | None]:  # type: ignore[override]
        """Former slugs of entities."""
        self._read(ALL, "former_entities")
        return self._catalog.former_entities

    @property
    def outlines(self) -> Mapping[str, Study]:
        """The studies by id, sorted, with all that lists show of them."""
        return self._traced_outlines

    def name_of(self, kind: Kind, entity: str) -> str | None:
        """Return the name of an entity, if there is one of this id."""
        self._read(NAME, (kind, entity))
        return self._catalog.name_of(kind, entity)

    def map_point(self, place: str) -> MapPoint | None:
        """Return where a place lies."""
        self._read(MAP_POINT, place)
        return self._catalog.map_point(place)

    def few_studies(self, kind: Kind, entity: str) -> list[str] | None:
        """Return the ids of the studies that mention an entity; None where they are many."""
        self._read(FEW_STUDIES, (kind, entity))
        return self._catalog.few_studies(kind, entity)

    def part_sizes(self, study: str) -> PartSizes:
        """Return how long the long parts of a study are."""
        self._read(STUDY, study)
        return self._catalog.part_sizes(study)

    def title(self, study: str) -> str | None:
        """Return the title of a study."""
        self._read(TITLE, study)
        return self._catalog.title(study)

    def study_summary(self, study: str) -> StudySummary | None:
        """Return the few facts of a study that lists and charts need."""
        self._read(STUDY_SUMMARY, study)
        return self._catalog.study_summary(study)

    def rely_on_outline(self, study: str) -> None:
        """Take note that the outline of a study is shown."""
        self._read(OUTLINE, study)

    def flagged(self) -> Iterable[tuple[str, list[Flag]]]:
        """Yield the studies that have flags."""
        self._read(ALL, "flags")
        return self._catalog.flagged()

    def totals(self) -> Totals:
        """Return what all studies and documents have together."""
        self._read(ALL, "totals")
        return self._catalog.totals()

    def digests(self) -> list[str]:
        """Return what stands for the content of each document."""
        self._read(ALL, DOCUMENT)
        return self._catalog.digests()

    def document_summary(self, document: str) -> DocumentSummary:
        """Return what a list says of the document at this path."""
        self._read(DOCUMENT_SUMMARY, document)
        return self._catalog.document_summary(document)

    def references_to(self, document: str) -> list[tuple[str, DocumentReference]]:
        """Return the studies of which a document states something."""
        self._read(ABOUT, document)
        return self._catalog.references_to(document)

    def problems_of(self, document: str) -> list[Problem]:
        """Return the problems of a document."""
        self._read(ABOUT, document)
        return self._catalog.problems_of(document)

    def links_of_study(self, study: str) -> list[Link]:
        """Return the links from this study."""
        self._read(STUDY_LINKS, study)
        return self._catalog.links_of_study(study)

    def links_of_entity(self, kind: Kind, entity: str) -> list[Link]:
        """Return the links to this entity."""
        self._read(ENTITY_LINKS, (kind, entity))
        return self._catalog.links_of_entity(kind, entity)

    def events_of_study(self, study: str) -> list[Event]:
        """Return what changed in a trial."""
        self._read(HISTORY, study)
        return self._catalog.events_of_study(study)

    def events(self) -> list[EventRow]:
        """Return all that changed, in brief."""
        self._read(ALL, EVENTS)
        return self._catalog.events()

    def events_of_entity(self, kind: Kind, entity: str) -> list[EventRow]:
        """Return what changed in the trials that mention an entity, in brief."""
        self._read(ENTITY_HISTORY, (kind, entity))
        return self._catalog.events_of_entity(kind, entity)

    def gap_of_history(self) -> str | None:
        """Return what of the history is not known, and why."""
        self._read(ALL, EVENTS)
        return self._catalog.gap_of_history()

    def entities_of_kind(self, kind: Kind) -> Iterable[Entity]:
        """Yield the entities of one kind."""
        self._read(ALL, kind)
        return self._catalog.entities_of_kind(kind)

    def original(self, study: str) -> dict[str, Json] | None:
        """Return the record of a study as found."""
        return self.originals.get(study)


class TracedPaths(SitePaths):
    """Addresses that note which of them are asked for."""

    def __init__(self, paths: SitePaths, reads: Reads) -> None:
        """Note in *reads* what is asked of *paths*."""
        self._paths = paths
        self._reads = reads

    def _read(self, facet: str, name: object) -> None:
        self._reads.keys.add((facet, name))

    def retired(self) -> list[tuple[Kind, str, PageAddress]]:
        """See :meth:`SitePaths.retired`."""
        self._read(ALL, "moved")
        return self._paths.retired()

    def moved(self) -> list[tuple[str, PageAddress, PageAddress]]:
        """Return the former ids, their addresses, and the pages to which those lead now."""
        self._read(ALL, "moved")
        return self._paths.moved()

    def trial(self, study: str) -> PageAddress | None:
        """Return the page of the trial with this id, if the catalog has it."""
        self._read(STUDY_ADDRESS, study)
        return self._paths.trial(study)

    def beside(self, study: str, part: str) -> PageAddress | None:
        """Return the page of a part of a trial."""
        self._read(STUDY_ADDRESS, study)
        return self._paths.beside(study, part)

    def part_of_trial(self, study: str, part: str) -> PageAddress:
        """Return where the page of a part of a trial is, or would be."""
        self._read(STUDY_ADDRESS, study)
        return self._paths.part_of_trial(study, part)

    def study_file(self, study: str) -> str:
        """Return the path inside the site of the file with the JSON of the trial with this id."""
        self._read(STUDY_ADDRESS, study)
        return self._paths.study_file(study)

    def entity(self, kind: Kind, identifier: str) -> PageAddress | None:
        """Return the page of an entity; None where it has none."""
        self._read(NAME, (kind, identifier))
        return self._paths.entity(kind, identifier)

    def document(self, path: str) -> PageAddress | None:
        """Return the page of a document; None where it has none of its own."""
        self._read(DOCUMENT_ADDRESS, path)
        return self._paths.document(path)

    def line(self, document: str, line: int | None = None) -> tuple[PageAddress, str] | None:
        """Return where a line of a document stands, or the document itself: a page, and a place on it."""
        self._read(DOCUMENT_ADDRESS, document)
        return self._paths.line(document, line)
