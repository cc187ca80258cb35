"""Values of a trial, written with their links, labels and sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property

from generator.language.formats import in_sentence
from generator.language.messages import active_language, gettext
from generator.model.catalog import Kind, Link
from generator.model.catalog_section import CatalogSection, is_prose
from generator.model.source import Source
from generator.model.study import DateStruct, Study
from generator.pages.links import Linker
from generator.pages.provenance import Provenance
from generator.pages.text.escaping import NOTHING, Markdown, join
from generator.pages.text.phrases import timed
from generator.pages.text.prose import prose
from generator.pages.text.wording import translated, words
from generator.pages.trial import possible_sources
from generator.pages.trial.parts import (
    NOT_IN_THIS_COPY,
    NOT_READ,
    NOT_STATED,
    Fact,
    Facts,
    Gap,
    only_gaps,
    with_gaps_last,
)
from generator.readers.known import reader_of

JOINT = "said-of-several-trials-together"
"""Anchor of the section that tells what is said of several trials."""

LINE = "<br>"
"""A new line inside a fact, which stands in a list item."""


class TrialValues:
    """The values of one trial as its page writes them: linked, with their labels and sources, or why there is none."""

    def __init__(self, study: Study, linker: Linker) -> None:
        """Prepare the values of *study* for the page that *linker* writes."""
        self.study = study
        self.section: CatalogSection = study.catalog_section
        self.protocol = study.protocol_section
        self.linker = linker
        self.provenance = Provenance(study.catalog_section, linker)
        self.id = self.section.id or ""
        self.unsaid = NOT_READ if is_prose(self.section) else NOT_STATED
        """Why a value is missing of which nothing is known."""
        self._links: dict[str, list[Link]] = {}
        for item in linker.catalog.links_of_study(self.id):
            self._links.setdefault(item.pointer, []).append(item)

    @cached_property
    def language(self) -> str | None:
        """The language of the trial's documents, where it is known and another one than the site's."""
        readers = [reader_of(document.layout) for document in self.section.documents]
        found = {reader.language if reader else None for reader in readers}
        known = found.pop() if len(found) == 1 else None
        return known if known != active_language().locale.language else None

    def in_language(self, text: Markdown) -> Markdown:
        """Return a line of the documents, marked with their language where the site has another one."""
        return Markdown(f'<span lang="{self.language}">{text}</span>') if self.language and text else text

    def block_in_language(self, text: Markdown) -> Markdown:
        """Return paragraphs of the documents, marked with their language where the site has another one."""
        return (
            Markdown(f'<div lang="{self.language}" markdown>\n\n{text}\n\n</div>') if self.language and text else text
        )

    def value(self, shown: Markdown, *pointers: str) -> Markdown:
        """Return *shown* with its labels and the mark of its sources."""
        return self.provenance.value(shown, *pointers)

    def tagged(self, shown: Markdown, *pointers: str) -> Markdown:
        """Return *shown* with its labels only."""
        return self.provenance.tagged(shown, *pointers)

    def grouped(self, facts: Iterable[Fact]) -> Facts:
        """Return *facts* with one mark for those that stand together in a record."""
        gathered: list[Source] = []
        with self.provenance.gathering(gathered):
            made = tuple(facts)
        if only_gaps(made):
            return Facts(())
        return Facts(with_gaps_last(made), self.provenance.mark_group(gathered))

    @contextmanager
    def gathered(self) -> Iterator[Callable[[], Markdown]]:
        """Let values that stand together in a record go without marks of their own; the call gives one for all."""
        sources: list[Source] = []
        with self.provenance.gathering(sources):
            yield lambda: self.provenance.mark_group(sources)

    def stated(self, value: str | None, pointer: str, say: Callable[[str], str] = str) -> Markdown:
        """Return a stated value with its sources, or why there is none."""
        if value is None or value == "":
            return self.absent(pointer)
        return self.value(self.linker.text(say(value)), pointer)

    def absent(self, *pointers: str) -> Markdown:
        """Return why a value is missing, in a few words."""
        for pointer in pointers:
            absence = self.provenance.absence(pointer)
            if absence is not None and absence.reason == "lostByLayout":
                return Gap(NOT_IN_THIS_COPY)
            if absence is not None and absence.reason == "statedAsNone":
                mark = self.provenance.mark_sources(absence.sources)
                no_limit = pointer.endswith("Age")
                words_ = gettext("no limit, as stated") if no_limit else gettext("none, as stated")
                return Markdown(f'<span class="absent absent--none">{words_}</span>{mark}')
            if absence is not None and absence.note and self.section.joint_statements:
                alone = gettext("not stated for this trial alone")
                return Markdown(f'<span class="absent">{self.linker.trial(self.id, alone, JOINT)}</span>')
        possible = possible_sources.possible_source(self.section, *pointers)
        if possible:
            return Markdown(f'<span class="absent">{possible}</span>')
        return Gap(self.unsaid)

    def name(self, text: str, pointer: str, kind: Kind | None = None) -> Markdown:
        """Return a name, linked to the entity that it refers to."""
        for item in self._links.get(pointer, ()):
            if (kind is None or item.kind == kind) and item.role != "referenceAuthor":
                return self.linker.entity(item.kind, item.entity, text)
        return self.linker.text(text)

    def prose(self, text: str | None) -> Markdown:
        """Return a longer text as blocks."""
        return prose(text, show_contacts=self.linker.settings.contacts) if text else NOTHING

    def lost_remark(self, *pointers: str) -> Markdown:
        """Return what a layout loses of a value that is there."""
        notes = []
        for pointer in pointers:
            absence = self.provenance.absence(pointer)
            if absence is not None and absence.note:
                marks = self.provenance.mark_sources(absence.sources)
                notes.append(self.linker.text(translated(absence.note)) + marks)
        return join(notes, " ")

    def names(self, values: list[str], pointer: str, kind: Kind | None = None) -> Markdown:
        """Return names, each linked, with one mark for all."""
        if not values:
            return self.absent(pointer)
        return Markdown(f"{self.unmarked_names(values, pointer, kind)}{self.provenance.mark(pointer)}")

    def unmarked_names(
        self, values: list[str], pointer: str, kind: Kind | None = None, between: str = ", "
    ) -> Markdown:
        """Return names whose sources stand with those of what they are part of."""
        at = [f"{pointer}/{index}" for index in range(len(values))]
        names = [self.tagged(self.name(text, here, kind), here) for text, here in zip(values, at, strict=True)]
        return join(names, between)

    def entity_at(self, pointer: str) -> str | None:
        """Return the id of the entity that the name at *pointer* refers to, if there is one."""
        return next((item.entity for item in self._links.get(pointer, ())), None)

    def dated(self, value: DateStruct | None, pointer: str, *, marked: bool = True) -> Markdown:
        """Return a date, and whether it is actual or estimated."""
        if value is None or not value.date:
            return self.absent(pointer, f"{pointer}/date")
        shown, pointers = timed(value.date), [f"{pointer}/date"]
        if value.type:
            pointers.append(f"{pointer}/type")
            kind = self.linker.text(in_sentence(words(value.type)))
            # What has come to pass is the rule; what is only planned stands out.
            kind = Markdown(f"<em>({kind})</em>") if value.type == "ESTIMATED" else Markdown(f"({kind})")
            shown = Markdown(f"{shown} {kind}")
        return self.value(shown, *pointers) if marked else self.tagged(shown, *pointers)

    def yes_or_no(self, *pointers: str, answer: bool) -> Markdown:
        """Return the answer to a question, with its sources."""
        return self.value(self.linker.text(gettext("Yes") if answer else gettext("No")), *pointers)

    def text_section(self, text: str | None, pointer: str) -> Markdown:
        """Return a longer text with its source, or why there is none."""
        if not text:
            absent = self.absent(pointer)
            remark = self.lost_remark(pointer)
            return Markdown(f"{absent}{': ' if remark else ''}{remark}")
        body = self.block_in_language(self.prose(text))
        remark = self.lost_remark(pointer)
        note = f'\n\n<span class="lost">{remark}</span>' if remark else ""
        origin = self.origin(pointer)
        return Markdown(f'{body}\n\n<span class="origin">{origin}</span>{note}' if origin or note else body)

    def origin(self, *pointers: str) -> Markdown:
        """Return the sources of a longer text as a line of its own; nothing where the page names them once for all."""
        sources = self.provenance.tags(*pointers) + self.provenance.mark(*pointers)
        return Markdown(gettext("Source")) + sources if sources else NOTHING

    def trial_name(self, study: str) -> str:
        """Return the short name of another trial."""
        other = self.linker.catalog.outlines.get(study)
        if other is None:
            return study
        module = other.protocol_section.identification_module
        return module.acronym or module.brief_title or study

    def kind_of(self, code: str | None, pointer: str) -> tuple[Markdown, ...]:
        """Return the type of a part whose sources stand at its title; nothing where there is no more to say of it."""
        shown = self.tagged(self.linker.text(words(code)), pointer) if code else self.absent(pointer)
        return () if isinstance(shown, Gap) else (shown,)

    def described(self, text: str | None, pointer: str) -> Markdown:
        """Return the text of a part whose sources stand at its title."""
        if not text:
            return NOTHING
        body, tags = self.prose(text), self.provenance.tags(pointer)
        return Markdown(f"{body}\n\n<!-- -->\n\n{tags.strip()}") if tags else body
