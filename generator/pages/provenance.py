"""Where a value comes from, and the small marks that lead there."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from generator.model.catalog_section import CatalogSection, Contradiction
from generator.model.source import Absence, Source
from generator.pages.escaping import NOTHING, Markdown
from generator.pages.links import Linker

_NEIGHBOURS = 2
"""Lines at most this far apart share a mark: a blank line stands between the paragraphs of a document."""

HOW = {"inferred": "inferred", "curated": "added by a curator"}


@dataclass(frozen=True, order=True)
class Span:
    """Neighbouring lines of one document."""

    document: str
    first: int
    last: int
    whole: bool = False
    """True where a whole record is meant, such as a registry's JSON: no line of it says more than another."""


def spans(sources: Iterable[Source]) -> list[Span]:
    """Return *sources* as few spans, sorted; neighbours are joined."""
    joined: list[Span] = []
    for source in sorted({Span(s.document, s.first_line, s.last_line, s.place == "") for s in sources}):
        before = joined[-1] if joined else None
        near = before is not None and before.document == source.document and not source.whole and not before.whole
        if before is not None and near and source.first - before.last <= _NEIGHBOURS:
            joined[-1] = Span(source.document, before.first, max(before.last, source.last))
        else:
            joined.append(source)
    return joined


class Provenance:
    """Finds the sources of one study's values, and prints them.

    A source at a pointer covers everything below it; a value without sources of its own has those above it.
    """

    def __init__(self, section: CatalogSection, linker: Linker) -> None:
        """Prepare the look-up for one study on the page that *linker* writes."""
        self.section = section
        self.linker = linker
        self._pointers = sorted(section.sources)
        self._known: dict[str, list[Source]] = {}
        self._numbers = {document.path: number for number, document in enumerate(section.documents, start=1)}
        self._contradictions: dict[str, Contradiction] = {item.pointer: item for item in section.contradictions}

    def sources(self, *pointers: str) -> list[Source]:
        """Return the sources at and below each pointer, else the nearest above."""
        if len(pointers) == 1:
            return self._known.get(pointers[0]) or self._look_up(pointers[0])
        return [source for pointer in pointers for source in self.sources(pointer)]

    def _look_up(self, pointer: str) -> list[Source]:
        found = self._at_or_below(pointer)
        step = pointer
        while not found and step:
            step = step.rpartition("/")[0]
            found = list(self.section.sources.get(step, ()))
        self._known[pointer] = found
        return found

    def _at_or_below(self, pointer: str) -> list[Source]:
        found = list(self.section.sources.get(pointer, ()))
        prefix = f"{pointer}/"
        for index in range(bisect_left(self._pointers, prefix), len(self._pointers)):
            if not self._pointers[index].startswith(prefix):
                break
            found.extend(self.section.sources[self._pointers[index]])
        return found

    def mark(self, *pointers: str) -> Markdown:
        """Return the links to the lines that state the values at *pointers*."""
        return self.mark_sources(self.sources(*pointers))

    def mark_sources(self, sources: Iterable[Source]) -> Markdown:
        """Return links to *sources* as a small raised mark."""
        links: list[str] = []
        several = len(self._numbers) > 1
        for span in spans(sources):
            address = self.linker.paths.document(span.document)
            number = self._numbers.get(span.document)
            label = str(span.first) if span.first == span.last else f"{span.first}–{span.last}"
            if span.whole:
                label = f"&#91;{number or 1}&#93;"
            elif several and number:
                label = f"{number}:{label}"
            links.append(f"[{label}]({self.linker.page.link_to(address, f'l{span.first}')})" if address else label)
        return Markdown(f'<sup class="src">{" ".join(links)}</sup>') if links else NOTHING

    def tags(self, *pointers: str) -> Markdown:
        """Return labels for values that are not plainly stated: inferred, curated, contradicted."""
        tags: list[str] = []
        sources = self.sources(*pointers)
        for how, label in HOW.items():
            # A value that a document states needs no warning, even where another source infers it.
            if sources and all(source.how == how for source in sources):
                tags.append(f'<span class="tag tag--{how}">{label}</span>')
        if any(self.contradiction(pointer) for pointer in pointers):
            tags.append('<span class="tag tag--contradicted">[documents differ](#where-documents-differ)</span>')
        return Markdown("".join(f" {tag}" for tag in tags))

    def contradiction(self, pointer: str) -> Contradiction | None:
        """Return the contradiction about the value at *pointer*, if documents differ on it."""
        return self._contradictions.get(pointer)

    def value(self, shown: Markdown, *pointers: str) -> Markdown:
        """Return *shown*, followed by its labels and its sources."""
        return Markdown(f"{shown}{self.tags(*pointers)}{self.mark(*pointers)}")

    def absence(self, pointer: str) -> Absence | None:
        """Return why the value at *pointer* is missing; None where nothing is known but that it is not stated."""
        return self.section.absences.get(pointer)
