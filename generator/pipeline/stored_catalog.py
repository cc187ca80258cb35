"""A catalog whose studies and documents are unpacked when somebody looks at them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Generic, TypeVar

from generator.identity.identification import Identification, entities_at_names
from generator.model.catalog import Catalog, DocumentSummary, PartSizes, StudySummary, Totals
from generator.model.catalog_section import DocumentReference, Flag
from generator.model.problem import Problem
from generator.model.study import Study
from generator.pipeline.history import History
from generator.pipeline.merge import Studies
from generator.pipeline.read import DocumentRow, Readings
from generator.readers.reading import sorted_problems

_FEW = 16
"""Whole studies, records and documents that stay unpacked: the pages of one trial follow each other."""

_MANY = 12_000
"""Outlines that stay unpacked, at some 11 KB each, where one process makes all lists: it comes back to each of them."""

OUTLINES_IN_MEMORY = 500
"""The same where several processes share the memory: to unpack one takes less time than to write a row of it."""

Value = TypeVar("Value")


class Unpacking(Mapping[str, Value], Generic[Value]):
    """Values by name, in a given order, made when they are asked for; the last ones are remembered."""

    def __init__(self, names: Mapping[str, object], make: Callable[[str], Value], remembered: int) -> None:
        """Hold a value for each of *names*; *make* makes it."""
        self._names = names
        self._make = make
        self._most = remembered
        self._remembered: OrderedDict[str, Value] = OrderedDict()

    def __getitem__(self, name: str) -> Value:
        """Return the value of this name."""
        found = self._remembered.get(name)
        if found is not None:
            return found
        if name not in self._names:
            raise KeyError(name)
        made = self._remembered[name] = self._make(name)
        if len(self._remembered) > self._most:
            self._remembered.popitem(last=False)
        return made

    def remember(self, most: int) -> None:
        """Remember no more than the last *most* values from now on."""
        self._most = most
        while len(self._remembered) > most:
            self._remembered.popitem(last=False)

    def __contains__(self, name: object) -> bool:
        """Tell whether there is a value of this name."""
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        """Yield the names in order."""
        return iter(self._names)

    def __len__(self) -> int:
        """Return the number of values."""
        return len(self._names)


class StoredCatalog(Catalog):
    """A catalog whose studies and documents lie packed in the cache."""

    __slots__ = ("_outlines", "_references", "_whole", "by_path", "history", "packed", "readings")

    def __init__(
        self, readings: Readings, studies: Studies, identification: Identification, history: History | None = None
    ) -> None:
        """Hold what *readings*, *studies* and *identification* know, and the *history* where somebody asked for it."""
        self.readings = readings
        self.packed = studies
        self.by_path: dict[str, DocumentRow] = {
            row.summary.path: row for row in sorted(readings.documents, key=lambda row: row.summary.path)
        }
        self._references: dict[str, list[tuple[str, DocumentReference]]] | None = None
        self._outlines = Unpacking(studies.rows, studies.outline, _MANY)
        self._whole = Unpacking(studies.rows, self._study, _FEW)
        originals = {identifier: None for identifier, row in studies.rows.items() if row.original}
        super().__init__(
            studies=self._whole,
            entities=identification.entities,
            originals=Unpacking[dict[str, Any]](originals, studies.original, 1),
            former_ids=studies.former_ids,
            former_entities=identification.slugs.former(identification.entities),
            links=identification.links,
            documents=Unpacking(self.by_path, readings.document, _FEW),
            problems=sorted_problems(self._all_problems(identification)),
        )
        self.history = history
        if history is not None:
            self.histories = Unpacking(history.digests, history.events, _FEW)
            self.event_rows = history.rows
            self.history_gap = history.missing

    @property
    def outlines(self) -> Mapping[str, Study]:
        """The studies by id, sorted, with all that lists show of them."""
        return self._outlines

    def remember_outlines(self, most: int) -> None:
        """Let no more than *most* outlines stay unpacked from now on."""
        self._outlines.remember(most)

    def digests(self) -> list[str]:
        """Return what stands for the content of each document, in the order of their paths."""
        return [row.sha256 or self.documents[path].text for path, row in self.by_path.items()]

    def part_sizes(self, study: str) -> PartSizes:
        """Return how long the long parts of a study are."""
        return self.packed.rows[study].part_sizes

    def title(self, study: str) -> str | None:
        """Return the title that a study goes by in lists, if there is one of this id."""
        row = self.packed.rows.get(study)
        return row.title if row is not None else None

    def study_summary(self, study: str) -> StudySummary | None:
        """Return the few facts of a study that lists and charts need, if there is one of this id."""
        row = self.packed.rows.get(study)
        return row.summary if row is not None else None

    def flagged(self) -> Iterator[tuple[str, list[Flag]]]:
        """Yield the ids of the studies that have flags, sorted, each with them."""
        for identifier, row in self.packed.rows.items():
            if row.flags:
                yield identifier, self._outlines[identifier].catalog_section.flags

    def totals(self) -> Totals:
        """Return what all studies and documents have together."""
        unread = sum(row.summary.unread for row in self.by_path.values())
        return sum((row.totals for row in self.packed.rows.values()), Totals(unread=unread))

    def document_summary(self, document: str) -> DocumentSummary:
        """Return what a list says of the document at this path."""
        return self.by_path[document].summary

    def references_to(self, document: str) -> list[tuple[str, DocumentReference]]:
        """Return the ids of the studies of which a document states something, sorted, each with its reference."""
        if self._references is None:
            self._references = {}
            for identifier, row in self.packed.rows.items():
                for reference in row.references:
                    self._references.setdefault(reference.path, []).append((identifier, reference))
        return self._references.get(document, [])

    def _study(self, identifier: str) -> Study:
        study = self.packed.study(identifier)
        pointers = entities_at_names(self.links_of_study(identifier))
        study.catalog_section.entities = pointers.get(identifier, {})
        return study

    def _all_problems(self, identification: Identification) -> Iterator[Problem]:
        for document in self.by_path.values():
            yield from document.problems
        yield from self.packed.problems
        for row in self.packed.rows.values():
            yield from row.problems
        yield from identification.problems
