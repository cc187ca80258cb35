"""A document's page: its text line by line, and what each line became."""

from __future__ import annotations

import html
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from generator.language.formats import format_date, plural
from generator.language.messages import gettext
from generator.model.catalog import Catalog, DocumentSummary, document_summary_of
from generator.model.catalog_section import CatalogSection, DocumentReference
from generator.model.document import Document, Line, LineRole
from generator.model.problem import Problem
from generator.model.source import Source
from generator.pages.links import Linker
from generator.pages.text.contacts import (
    NO_CONTACT,
    contacts_stated,
    is_contact_pointer,
    may_hold_a_contact,
    may_name_a_contact,
)
from generator.pages.text.escaping import NOTHING, Markdown, document_text, escape, front_matter, html_text, join, plain
from generator.pages.text.field_names import field_name, section_anchor
from generator.pages.text.phrases import lines_in_words, timed
from generator.pages.text.wording import layout_title, short_layout

_MOST_LABELS = 3
"""A line that fed more fields than this says how many more."""
LONG_RECORD = 600
"""Lines of a record from which on its page shows only those to which others lead."""

_MOST_CITED_LINES = 40
_CONTEXT = 2
_LONG_LINE = 4000
_BEGINNING = 200
"""Characters of a record's line that are shown where only what is cited is."""

_NUMBER_OF: dict[LineRole, Callable[[int], str]] = {
    LineRole.FACT: lambda n: plural(n, "{n} line states a fact", "{n} lines state facts"),
    LineRole.HEADING: lambda n: plural(n, "{n} heading", "{n} headings"),
    LineRole.BOILERPLATE: lambda n: plural(n, "{n} sentence of the site itself", "{n} sentences of the site itself"),
    LineRole.MENTION: lambda n: plural(n, "{n} line names another trial", "{n} lines name other trials"),
    LineRole.STRUCTURE: lambda n: plural(n, "{n} line of a record", "{n} lines of a record"),
    LineRole.UNREAD: lambda n: plural(n, "{n} unread line", "{n} unread lines"),
}
"""Role of lines -> says how many have it."""


@dataclass(frozen=True)
class DocumentView:
    """A document's page, ready to print."""

    front_title: str
    front_description: str
    title: Markdown
    meta: Markdown
    trials: tuple[Markdown, ...]
    tally: tuple[str, ...]
    problems: tuple[Markdown, ...]
    lines: Markdown
    """The text as one block of HTML."""


class DocumentIndex:
    """What the catalog knows about each document."""

    def __init__(self, catalog: Catalog, cited: Mapping[str, Collection[int]] | None = None) -> None:
        """Look into *catalog*; pages lead to the lines *cited* of documents."""
        self._catalog = catalog
        self._cited = cited if cited is not None else {}

    def trials(self, path: str) -> list[tuple[str, DocumentReference]]:
        """Return the trials of which the document states something."""
        return self._catalog.references_to(path)

    def problems(self, path: str) -> list[Problem]:
        """Return the problems of the document."""
        return self._catalog.problems_of(path)

    def cited(self, path: str) -> set[int]:
        """Return the lines of a structured document to which pages lead.

        Names lead to lines as well, but only to those that the trials' values lead to.
        """
        lines = set(self._cited.get(path, ()))
        for identifier, _ in self.trials(path):
            for source in _all_sources(self._catalog.studies[identifier].catalog_section):
                if source.document == path:
                    end = min(source.last_line, source.first_line + _MOST_CITED_LINES)
                    lines.update(range(source.first_line, end + 1))
        return lines

    def contacts(self, path: str) -> Contacts:
        """Return what must not be shown of a document where the settings hide contacts."""
        lines: set[int] = set()
        values: set[str] = set()
        trials = self.trials(path)
        for identifier, _ in trials:
            study = self._catalog.studies[identifier]
            values.update(value for value, _ in contacts_stated(study))
            for pointer, sources in study.catalog_section.sources.items():
                if is_contact_pointer(pointer):
                    for source in sources:
                        if source.document == path and source.last_line - source.first_line < _MOST_CITED_LINES:
                            lines.update(range(source.first_line, source.last_line + 1))
        return Contacts(frozenset(lines), tuple(sorted(values)), understood=bool(trials))


@dataclass(frozen=True)
class Contacts:
    """Where a document has contacts."""

    lines: frozenset[int]
    values: tuple[str, ...]
    """Names, numbers and addresses, which other lines may repeat."""
    understood: bool
    """Whether anything was read; else any line may name a contact."""

    def are_in(self, line: Line, document: Document) -> bool:
        """Say whether *line* names a contact; of a structured document or a registry's own field, whether it could."""
        if not self.understood or line.number in self.lines or any(value in line.text for value in self.values):
            return True
        if document.structured and may_hold_a_contact(line.text):
            return True
        return any(
            is_contact_pointer(became) or ("/registryFields/" in became and may_name_a_contact(became))
            for became in line.became
        )


_NO_CONTACTS = Contacts(frozenset(), (), understood=True)


def _all_sources(section: CatalogSection) -> Iterable[Source]:
    for sources in section.sources.values():
        yield from sources
    for absence in section.absences.values():
        yield from absence.sources
    for flag in section.flags:
        yield from flag.sources
    for contradiction in section.contradictions:
        for statement in contradiction.statements:
            yield from statement.sources


def document_view(document: Document, index: DocumentIndex, linker: Linker) -> DocumentView:
    """Return the page of *document*."""
    about = index.trials(document.path)
    problems = tuple(
        linker.text(gettext("Line {line}: {problem}").format(line=problem.line, problem=problem.message))
        for problem in index.problems(document.path)
    )
    title = title_of_document(document.path, about)
    meta = described(document_summary_of(document), about)
    return DocumentView(
        front_title=front_matter(title if title == document.path else f"{title} ({document.path})"),
        front_description=front_matter(
            gettext("The text of {document}, line by line, and what each line became").format(document=document.path)
        ),
        title=escape(plain(title)),
        meta=meta if title == document.path else join([escape(plain(document.path)), meta], " · "),
        trials=tuple(trial_link(identifier, linker) for identifier, _ in about),
        tally=tuple(_tally(document)),
        problems=problems,
        lines=_text(document, index, linker),
    )


def document_title(layouts: list[str], trials: list[str], as_of: str | None) -> str:
    """Return what a document is called, such as "MedDataX page of NCT06774235, as of 20 November 2025"."""
    if not layouts:
        return ""
    about = trials[0] if len(trials) == 1 else plural(len(trials), "{n} trial", "{n} trials")
    layout = short_layout(layouts[0])
    name = f"{layout[:1].upper()}{layout[1:]}"
    if not as_of:
        return gettext("{document} of {trial}").format(document=name, trial=about)
    dated = gettext("{document} of {trial}, as of {date}")
    return dated.format(document=name, trial=about, date=format_date(as_of))


def title_of_document(path: str, about: list[tuple[str, DocumentReference]]) -> str:
    """Return what a document of the catalog is called; its path where no trial was read from it."""
    layouts = list(dict.fromkeys(reference.layout for _, reference in about))
    dates = [reference.as_of for _, reference in about if reference.as_of]
    return document_title(layouts, [study for study, _ in about], max(dates, default=None)) or path


def trial_link(identifier: str, linker: Linker) -> Markdown:
    """Return the link to a trial, by its id and title."""
    title = linker.catalog.title(identifier) or identifier
    return linker.trial(identifier, title if title == identifier else f"{identifier}: {title}")


def described(
    document: DocumentSummary,
    about: list[tuple[str, DocumentReference]],
    dated: Callable[[str], Markdown] = timed,
) -> Markdown:
    """Return what a document is, as of when and how long; *about* are its trials, *dated* writes the date."""
    pieces: list[Markdown] = []
    layouts = dict.fromkeys(reference.layout for _, reference in about)
    pieces.extend(document_text(layout_title(layout)) for layout in layouts)
    dates = sorted({reference.as_of for _, reference in about if reference.as_of})
    pieces.extend(Markdown(gettext("as of {date}").format(date=dated(day))) for day in dates[-1:])
    pieces.append(escape(plural(document.lines, "{n} line", "{n} lines")))
    if document.unread:
        pieces.append(escape(plural(document.unread, "{n} unread", "{n} unread")))
    return join(pieces, " · ")


def _tally(document: Document) -> list[str]:
    numbers = dict.fromkeys(_NUMBER_OF, 0)
    for line in document.lines:
        if line.role in numbers:
            numbers[line.role] += 1
    return [_NUMBER_OF[role](number) for role, number in numbers.items() if number]


def _text(document: Document, index: DocumentIndex, linker: Linker) -> Markdown:
    """Return the lines as one HTML block without an empty line, which both dialects leave as it is."""
    rows: list[str] = []
    shown = _shown_lines(document, index)
    contacts = _NO_CONTACTS if linker.settings.contacts else index.contacts(document.path)
    hidden: list[int] = []
    last = 0
    for line in document.lines:
        if shown is not None and line.number not in shown:
            hidden.append(line.number)
            continue
        if hidden:
            rows.append(_gap(hidden))
            hidden = []
        rows.append(_line(line, document, linker, contacts, follows=line.number == last + 1))
        last = line.number
    if hidden:
        rows.append(_gap(hidden))
    return Markdown('<ol class="lines">\n' + "\n".join(rows) + "\n</ol>") if rows else NOTHING


def _shown_lines(document: Document, index: DocumentIndex) -> set[int] | None:
    """Return the lines that a page shows; None for all.

    A registry's record can have tens of thousands of lines of brackets: of a long one those are shown to which
    some page leads, with their neighbours.
    """
    if not document.structured or document.line_count <= LONG_RECORD:
        return None
    return {
        number + offset
        for number in index.cited(document.path) | set(range(1, _MOST_CITED_LINES))
        for offset in range(-_CONTEXT, _CONTEXT + 1)
    }


def _gap(numbers: list[int]) -> str:
    words = gettext("{lines} of the record not shown here").format(lines=lines_in_words(numbers[0], numbers[-1]))
    return f'<li class="gap"><em>{html_text(words)}</em></li>'


def _line(line: Line, document: Document, linker: Linker, contacts: Contacts, *, follows: bool) -> str:
    """Return a line as an item of the list, with its number unless it *follows* from the item before.

    Browsers take time that grows with the square of the items that state their numbers.
    """
    text = line.text
    most = _BEGINNING if linker.settings.record_lines == "cited" else _LONG_LINE
    rest = len(text) - most
    if document.structured and rest > 0:
        text = text[:most]
    shown = html_text(text, show_contacts=linker.settings.contacts)
    if document.structured and rest > 0:
        more = plural(rest, "and {n} more character", "and {n} more characters")
        shown += f"</code><em>{html_text(more)}</em><code>"
    if not linker.settings.contacts and line.stripped and contacts.are_in(line, document):
        shown = html_text(gettext(NO_CONTACT))
    stated = "" if follows else f' value="{line.number}"'
    return f'<li id="l{line.number}"{stated} class="{line.role.value}"><code>{shown}</code>{_labels(line, linker)}</li>'


def _labels(line: Line, linker: Linker) -> str:
    if line.role is LineRole.UNREAD:
        words = html_text(gettext("unread"))
        return f"<em>{words}</em>"
    if line.role not in {LineRole.FACT, LineRole.MENTION}:
        return ""
    labels: dict[str, None] = {}
    for became in line.became:
        study, mark, pointer = became.partition("#")
        address = linker.paths.trial(study) if mark else None
        if address is None:
            continue
        href = html.escape(linker.page.href_to(address, section_anchor(pointer)), quote=True)
        labels.setdefault(f'<a href="{href}">{html.escape(field_name(pointer))}</a>')
    shown = list(labels)
    more = len(shown) - _MOST_LABELS
    if more > 0:
        words = html_text(plural(more, "and {n} more", "and {n} more"))
        shown[_MOST_LABELS:] = [f"<em>{words}</em>"]
    return " ".join(shown)
