"""Where a value comes from, and the small marks that lead there."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from generator.language.formats import format_list
from generator.language.messages import gettext, gettext_noop, ngettext
from generator.model.catalog_section import CatalogSection, Contradiction
from generator.model.source import Absence, Source
from generator.pages.links import Linker
from generator.pages.paths import PageAddress
from generator.pages.text.escaping import NOTHING, Markdown, html_text
from generator.pages.text.wording import short_layout

_NEIGHBOURS = 2
"""Lines at most this far apart share a mark: a blank line stands between the paragraphs of a document."""

_CLOSE = 12
"""Values of one group in a record share a mark where at most this many lines lie between them."""

_LAYOUT_IN_RECORDS = "clinicaltrials-gov-api-v2"
"""Documents of this layout name no lines: a pointer into the study is one into the record."""
_MOST_LINES = 8
"""A mark names so many places of a document; its page has all of them."""
_ITEM_STEP = re.compile(r"/\d+(?:/|$)")

HOW = {"inferred": gettext_noop("inferred"), "curated": gettext_noop("added by an editor")}
"""How a value was got that no document plainly states -> its label, a message."""


def label_of(how: str) -> Markdown:
    """Return the label of a value that no document plainly states."""
    return Markdown(f'<span class="tag tag--{how}">{html_text(gettext(HOW[how]))}</span>')


@dataclass(frozen=True, order=True)
class Span:
    """Neighbouring lines of one document."""

    document: str
    first: int
    last: int
    whole: bool = False
    """True where a whole record is meant, such as a registry's JSON in one line: no line says more than another."""

    @property
    def label(self) -> str:
        """Return the lines as a reader counts them."""
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


def _only_line(section: CatalogSection) -> Source | None:
    """Return the one line of a record from which all is that documents state of a trial, if there is such a line."""
    found = {source for sources in section.sources.values() for source in sources}
    found |= {source for absence in section.absences.values() for source in absence.sources}
    first = next(iter(found), None)
    if first is None or len(section.documents) != 1:
        return None
    only = (first.document, first.first_line, first.first_line, "stated")
    same = all(
        (source.document, source.first_line, source.last_line, source.how) == only and source.place is not None
        for source in found
    )
    return first if same else None


def record_anchor(number: int) -> str:
    """Return where the entry of a trial's document stands on its page.  No heading has a colon in its address."""
    return f":{number}"


def _in_words(lines: str, document: str | None, number: int | None, *, one: bool) -> str:
    """Return the name of a mark: the *lines*, none for a whole record, and the document.

    One of several documents goes by its *number* in the list of the page, as on the mark.
    """
    if number is not None:
        if not lines:
            return gettext("Source: document {number}").format(number=number)
        message = (
            gettext("Source: line {numbers} of document {number}")
            if one
            else gettext("Source: lines {numbers} of document {number}")
        )
        return message.format(numbers=lines, number=number)
    document = document or gettext("document")
    if not lines:
        return gettext("Source: the {document}").format(document=document)
    message = (
        gettext("Source: line {numbers} of the {document}")
        if one
        else gettext("Source: lines {numbers} of the {document}")
    )
    return message.format(numbers=lines, document=document)


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
        self._names = {document.path: short_layout(document.layout) for document in section.documents}
        self._records = {item.path for item in section.documents if item.layout == _LAYOUT_IN_RECORDS}
        self._unstated = any(source.how != "stated" for found in section.sources.values() for source in found)
        self.only_line = _only_line(section)
        """The line of a record that states all that the page says: then it is named once, and no value has a mark."""
        self._gathered: list[Source] | None = None
        self._marks: dict[tuple[str, ...], Markdown] = {}
        self.sources_page: PageAddress | None = None
        """The page of all sources, where this one shows only the first of a value's: then the others are there."""
        self.left_out: dict[str, list[Source]] = {}
        """All sources of the values of which only the first one is shown, by the values' pointers."""
        self.others = 0
        """How many bytes of this page are marks of documents that state a value after the first one."""
        self._contradictions: dict[str, Contradiction] = {item.pointer: item for item in section.contradictions}
        # Where documents differ a label of its own says so.
        self._flagged = [
            (pointer, number)
            for number, flag in enumerate(section.flags, start=1)
            for pointer in flag.pointers
            if pointer not in self._contradictions
        ]

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
        # "0" is the character after "/": what lies between is below the pointer.
        first, last = bisect_left(self._pointers, f"{pointer}/"), bisect_left(self._pointers, f"{pointer}0")
        for below in self._pointers[first:last]:
            found.extend(self.section.sources[below])
        return found

    def mark(self, *pointers: str) -> Markdown:
        """Return the links to the lines that state the values at *pointers*."""
        if self._gathered is not None:
            return self._mark_value(pointers, self._ungathered(pointers))
        known = self._marks.get(pointers)
        if known is None:
            found = [exact for pointer in pointers for exact in self._exact(pointer)]
            known = self._marks[pointers] = self._mark_value(pointers, found)
        return known

    def _mark_value(self, pointers: tuple[str, ...], sources: list[Source]) -> Markdown:
        """Return the marks of a value; only the first one where the others have a page of their own."""
        documents = sorted({source.document for source in sources}, key=lambda path: self._numbers.get(path, 0))
        more = len(documents) - 1
        if self.sources_page is None or more < 1 or self.only_line is not None:
            marks = self.mark_sources(sources)
            self.others += len(marks) * more // (more + 1) if more > 0 else 0
            return marks
        for pointer in pointers:
            self.left_out.setdefault(pointer, list(self._exact(pointer)))
        first = self.mark_sources(source for source in sources if source.document == documents[0])
        address = self._href(self.sources_page, self.anchor_of(pointers[0]))
        said = html_text(ngettext("{n} more source", "{n} more sources", more).format(n=more))
        return Markdown(f'{first.removesuffix("</sup>")} <a href="{address}" aria-label="{said}">+{more}</a></sup>')

    def anchor_of(self, pointer: str) -> str:
        """Return the place of the value at *pointer* on the page of all sources, which counts them as this one does."""
        return f"s{list(self.left_out).index(pointer)}"

    def _ungathered(self, pointers: Iterable[str]) -> list[Source]:
        """Return the sources of the values at *pointers*; none where they are gathered for a mark of their own."""
        found = [exact for pointer in pointers for exact in self._exact(pointer)]
        if self._gathered is None:
            return found
        if found and all(source.document in self._records and source.place is None for source in found):
            self._gathered.extend(found)
            return []
        return found

    @contextmanager
    def gathering(self, gathered: list[Source]) -> Iterator[None]:
        """Put the sources that are lines of a record into *gathered* instead of marking each value with them.

        In a record values stand side by side, each with its name: one mark leads to a group of them.
        """
        self._gathered = gathered
        try:
            yield
        finally:
            self._gathered = None

    def mark_group(self, sources: list[Source]) -> Markdown:
        """Return links to the lines in which records state a group of values; what stands close shares one."""
        around: list[Source] = []
        for source in sorted(set(sources)):
            last = around[-1] if around else None
            if last and last.document == source.document and source.first_line - last.last_line <= _CLOSE:
                end = max(last.last_line, source.last_line)
                around[-1] = Source(document=source.document, first_line=last.first_line, last_line=end)
            else:
                around.append(source)
        return self.mark_sources(around)

    def _exact(self, pointer: str) -> Iterable[Source]:
        """Yield the sources of the value at *pointer*, those that name a whole record narrowed to the value's lines."""
        for source in self.sources(pointer):
            if source.place is not None and source.document in self._records:
                lines = self._lines_of(source, pointer)
                if lines is not None:
                    yield Source(document=source.document, first_line=lines[0], last_line=lines[1], how=source.how)
                    continue
            yield source

    def _lines_of(self, source: Source, pointer: str) -> tuple[int, int] | None:
        """Return the lines of a value in a record; None where only the record is known to state it."""
        if len(self._numbers) > 1 and _ITEM_STEP.search(pointer):
            return None  # Merging renumbers the items of lists.
        document = self.linker.catalog.documents.get(source.document)
        lines = self.linker.records.of(document, source.first_line, source.last_line) if document else None
        while lines is not None and pointer:
            if pointer in lines:
                return lines[pointer]
            pointer = pointer.rpartition("/")[0]
        return None

    def mark_sources(self, sources: Iterable[Source]) -> Markdown:
        """Return one small mark for each document of *sources*; it leads to the first of the lines, and names all.

        Its text is the lines, which show only where a reader asks for them; its name says them in words.
        """
        if self.only_line is not None:
            return NOTHING
        found: dict[str, list[Span]] = {}
        for span in spans(sources):
            found.setdefault(span.document, []).append(span)
        marks = [self._mark(document, lines) for document, lines in found.items()]
        return Markdown(f"<sup>{' '.join(marks)}</sup>") if marks else NOTHING

    def _mark(self, document: str, lines: list[Span]) -> str:
        """Return the link to *lines* of a document.

        Where a whole record states a value, no line of it says more than another: the mark leads to the record's
        entry among the documents of the trial's page, which leads on.
        """
        number = self._numbers.get(document)
        several = len(self._numbers) > 1
        whole = any(span.whole for span in lines)
        address, anchor = self.linker.paths.line(document, lines[0].first) or (None, "")
        labels = [span.label for span in lines[:_MOST_LINES]]
        more = " …" if len(lines) > _MOST_LINES else ""
        numbers = ", ".join(labels) + more
        if whole:
            label = f"[{number or 1}]"
            if number:
                address, anchor = self.linker.paths.trial(self.section.id or ""), record_anchor(number)
        else:
            label = f"{number}:{numbers}" if several and number else numbers
        words = "" if whole else numbers if more else format_list(labels)
        one = len(lines) == 1 and lines[0].first == lines[0].last
        said = _in_words(words, self._names.get(document), number if several else None, one=one)
        if address is not None:
            for span in lines:
                self.linker.records.cite(span.document, span.first, span.last)
        href = f' href="{self._href(address, anchor)}"' if address else ""
        return f'<a{href} aria-label="{html_text(said)}">{label}</a>'

    def _href(self, address: PageAddress, anchor: str) -> str:
        page = self.linker.page
        return page.href_to(address, anchor) if address.file != page.file else f"#{anchor}"

    def tags(self, *pointers: str) -> Markdown:
        """Return labels for values that are not plainly stated, and for those that something should be known of."""
        return Markdown(self.doubts(*pointers) + self.flag_tags(*pointers))

    def doubts(self, *pointers: str) -> Markdown:
        """Return labels for values that are not plainly stated: inferred, curated, contradicted."""
        ways = HOW if self._unstated else ()
        tags: list[str] = [label_of(how) for how in ways if any(self._is_got(how, pointer) for pointer in pointers)]
        if self._contradictions and any(pointer in self._contradictions for pointer in pointers):
            address = self._on_trial("where-documents-differ")
            label = gettext("documents differ")
            tags.append(f'<span class="tag tag--contradicted"><a href="{address}">{label}</a></span>')
        return Markdown("".join(f" {tag}" for tag in tags))

    def flag_tags(self, *pointers: str) -> Markdown:
        """Return labels that lead to what should be known of the values at *pointers*."""
        tags: list[str] = []
        if self._flagged:
            note = gettext("see note")
            tags.extend(
                f'<span class="tag tag--flag"><a href="{self._on_trial(f"flag-{number}")}">{note}</a></span>'
                for number in self._flags_of(pointers)
            )
        return Markdown("".join(f" {tag}" for tag in tags))

    def _is_got(self, how: str, pointer: str) -> bool:
        """Say whether the value at *pointer* was got in this way, and in no other.

        A value that a document states needs no warning, even where another source infers it.
        """
        sources = self.sources(pointer)
        return bool(sources) and all(source.how == how for source in sources)

    def named_once(self) -> Markdown:
        """Return the words that name the one record from which all is; nothing where values have marks of their own."""
        if self.only_line is None:
            return NOTHING
        return Markdown(
            gettext('all from <a href="{address}">one record</a>').format(address=self._on_trial("documents"))
        )

    def _on_trial(self, anchor: str) -> str:
        """Return the address of a place of the trial's own page, from that page or from one beside it."""
        trial = self.linker.paths.trial(self.section.id or "")
        return self._href(trial, anchor) if trial else f"#{anchor}"

    def _flags_of(self, pointers: Iterable[str]) -> list[int]:
        """Return the numbers of the flags that are about the values at *pointers*, or about a field of them."""
        return sorted(
            {
                number
                for flagged, number in self._flagged
                for pointer in pointers
                if pointer == flagged or pointer.startswith(f"{flagged}/") or flagged.rpartition("/")[0] == pointer
            }
        )

    def contradiction(self, pointer: str) -> Contradiction | None:
        """Return the contradiction about the value at *pointer*, if documents differ on it."""
        return self._contradictions.get(pointer)

    def value(self, shown: Markdown, *pointers: str) -> Markdown:
        """Return *shown*, followed by its labels and its sources."""
        return Markdown(f"{shown}{self.tags(*pointers)}{self.mark(*pointers)}")

    def tagged(self, shown: Markdown, *pointers: str) -> Markdown:
        """Return *shown*, followed by its labels: its sources stand with those of what it is part of."""
        return Markdown(f"{shown}{self.tags(*pointers)}")

    def absence(self, pointer: str) -> Absence | None:
        """Return why the value at *pointer* is missing; None where nothing is known but that it is not stated.

        What a copy of a record does not have as a whole it does not have in its parts.
        """
        found = self.section.absences.get(pointer)
        while found is None and pointer.count("/") > 2:
            pointer = pointer.rpartition("/")[0]
            above = self.section.absences.get(pointer)
            found = above if above is not None and above.reason == "lostByLayout" else None
            if above is not None:
                break
        return found
