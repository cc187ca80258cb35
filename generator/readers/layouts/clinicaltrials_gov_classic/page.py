"""The classic page as rows with a cursor, and the draft that its facts go into."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from generator.language.messages import gettext_noop
from generator.model.document import Document, LineRole
from generator.model.pointers import Json, escape
from generator.model.sentence import Note
from generator.model.source import How
from generator.readers.display_words import known_value
from generator.readers.draft import Draft, Lines
from generator.readers.layouts.clinicaltrials_gov_classic import words
from generator.readers.layouts.clinicaltrials_gov_classic.tables import (
    HEADINGS,
    HEADINGS_WITH_COLON,
    LABEL_ENDINGS,
    LABEL_QUALIFIERS,
    LABELS,
    SAFE_HEADINGS,
    SENTENCES,
    STUDY_DESIGN,
    UNTYPED_OUTCOMES,
    Label,
    Section,
)
from generator.readers.registry_values import date as date_of

FREE_TEXT = frozenset({Section.SUMMARY, Section.DESCRIPTION, Section.ARMS, Section.OUTCOMES, Section.CRITERIA})
_REMEMBERED = 64
"""Rows that are not looked at again; reading asks for the same few rows several times."""
_GATES = frozenset({"ages eligible for study", "responsible party", "clinicaltrials.gov identifier"})
_BULLET = re.compile(r"[-*•](?:\s+|$)")


@dataclass(frozen=True, slots=True)
class Row:
    """One filled line of the page."""

    number: int
    text: str

    @property
    def closed(self) -> bool:
        """True where the line ends a table cell."""
        return self.text.endswith("|")

    @property
    def cells(self) -> list[str]:
        """The cells of a table row that stands in one line."""
        return [cell.strip() for cell in self.text.removesuffix("|").split("|")]

    @property
    def bare(self) -> str:
        """The text without the borders of a cell."""
        return self.text.strip("| ")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A row taken apart into label and value."""

    name: str
    label: Label
    qualifier: str
    """``Estimated`` or ``Actual`` where one stands before the label."""
    value: str
    piped: bool
    """True where label and value stand in table cells."""


def take_label(row: Row) -> Labelled | None:
    """Return label and value of a row, or None where it starts with no known label."""
    return _take_label(row.text)


@lru_cache(maxsize=_REMEMBERED)
def _take_label(text: str) -> Labelled | None:
    name, colon, value = text.removeprefix(STUDY_DESIGN).partition(":")
    if not colon:
        return None
    words = name.split()
    qualifier = words[0] if len(words) > 1 and words[0] in LABEL_QUALIFIERS else ""
    name = " ".join(words[1:] if qualifier else words)
    key = name.casefold()
    label = LABELS.get(key)
    if label is None:
        for ending in LABEL_ENDINGS:
            key = name.removesuffix(ending).casefold()
            label = label or LABELS.get(key)
    if label is None:
        return None
    value = value.strip()
    piped = value.startswith("|")
    return Labelled(key, label, qualifier, value.strip("| "), piped)


def has_plain_value(found: Labelled) -> bool:
    """Say whether the value is a date or a number and nothing else, so that no sentence is taken for a label."""
    if found.label.kind == "typedCount":
        return words.count(found.value) is not None
    return found.label.kind == "typedDate" and date_of(words.without_asides(found.value)) is not None


def heading_of(row: Row) -> str | None:
    """Return the heading that the row is, as the table of headings has it."""
    return _heading_of(row.text)


@lru_cache(maxsize=_REMEMBERED)
def _heading_of(text: str) -> str | None:
    heading = " ".join(text.strip("| ").removesuffix(":").split()).casefold()
    return heading if heading in HEADINGS else None


def is_sentence(row: Row) -> bool:
    """Say whether the row is one of the site's own sentences."""
    return _is_sentence(row.text)


@lru_cache(maxsize=_REMEMBERED)
def _is_sentence(text: str) -> bool:
    return SENTENCES.fullmatch(text) is not None


class Page:
    """The rows of one document, where reading stands, and what has been read so far."""

    def __init__(self, document: Document, draft: Draft) -> None:
        """Start before the first row of *document*."""
        self.document = document
        self.draft = draft
        self.rows = [Row(line.number, line.stripped) for line in document.filled()]
        self.position = 0
        self.section = Section.HEAD
        self.heading = ""
        """The last heading that was read."""
        self.outcome_list = UNTYPED_OUTCOMES
        self.tabs_seen = False
        """True once the page's row of tabs has been read: free text may follow."""
        self.interventions: list[str] = []
        """The interventions in order, as the page writes them: ``Drug: Atogepant``."""
        self.location: str | None = None
        """Path of the last site."""
        self.used: set[int] = set()
        """Numbers of the lines that state something."""
        self._stated: dict[str, Lines] = {}

    def more(self) -> bool:
        """Say whether rows are left."""
        return self.position < len(self.rows)

    @property
    def row(self) -> Row:
        """The row at the cursor."""
        return self.rows[self.position]

    def ahead(self, distance: int = 1) -> Row | None:
        """Return the row that stands *distance* rows after the cursor."""
        index = self.position + distance
        return self.rows[index] if index < len(self.rows) else None

    def known(self, row: Row, role: LineRole, meaning: str) -> None:
        """Account for *row* as a heading or a sentence of the site."""
        self.document.account(row.number, role, meaning)

    def state(self, path: str, value: Json, lines: Lines, how: How = "stated", note: Note | None = None) -> None:
        """Put *value* at *path*; where another value stands there already, keep that one and record both."""
        if value is None or value in ("", []):
            return
        self._use(lines)
        if self.draft.offer(path, value, lines, how, note):
            self._stated.setdefault(path, lines)
        else:
            self._contradict(path, value, lines)

    def append(
        self,
        path: str,
        value: str,
        lines: Lines,
        how: How = "stated",
        note: Note | None = None,
        *,
        several: bool = False,
    ) -> None:
        """Add *value* to the list at *path*; with *several*, it may be more than one value."""
        self._use(lines)
        self.draft.append(path, value, lines, how, note, several=several)

    def registry_field(self, name: str, value: str, lines: Lines) -> None:
        """Keep *value* under the page's own *name*: the model has no place for it."""
        self._use(lines)
        self.draft.registry_field(name, value, lines)

    def paragraphs(self, path: str, rows: list[Row], how: How = "stated", note: Note | None = None) -> None:
        """Put the text of *rows* at *path* as Markdown paragraphs and lists."""
        if rows:
            self.state(path, join_paragraphs(row.text for row in rows), span(rows), how, note)

    def ends_free_text(self, row: Row) -> bool:
        """Say whether *row* cannot belong to the free text that the cursor is in."""
        if is_sentence(row) or row.text.startswith("Please refer to this study by its ClinicalTrials.gov identifier"):
            return True
        if self.opens_section(row):
            return True
        return self.label_at(row) is not None

    def opens_section(self, row: Row) -> bool:
        """Say whether *row* is a heading that may stand here: sections never go back."""
        heading = heading_of(row)
        if heading is None or HEADINGS[heading] < self.section:
            return False
        if self.section not in FREE_TEXT or heading in SAFE_HEADINGS:
            return True
        if self.section in (Section.ARMS, Section.OUTCOMES):
            return HEADINGS[heading] is Section.ELIGIBILITY
        return heading in HEADINGS_WITH_COLON and row.text.endswith(":")

    def label_at(self, row: Row) -> Labelled | None:
        """Return the label of *row* if the page can have it here: labels come in the order of the sections."""
        found = take_label(row)
        if found is None or max(found.label.sections) < self.section or self.section is Section.RESULTS:
            return None
        here = self.section in found.label.sections
        if self.section in FREE_TEXT and not found.piped:
            is_type = found.name == "study type" and known_value("studyType", found.value) is not None
            if not is_type and found.name not in _GATES and not (here and has_plain_value(found)):
                return None
        elif not here and self.section is Section.CONTACTS and not found.piped and found.name not in _GATES:
            return None
        return found

    def enter(self, section: Section) -> None:
        """Go on to *section*; the page never goes back."""
        self.section = max(self.section, section)

    def _use(self, lines: Lines) -> None:
        first, last = (lines, lines) if isinstance(lines, int) else lines
        self.used.update(range(first, last + 1))

    def _contradict(self, path: str, value: Json, lines: Lines) -> None:
        pointer = "".join(f"/{escape(step)}" for step in path.split("."))
        item = self.draft.item("catalogSection.contradictions")
        self.draft.state(f"{item}.pointer", pointer, lines)
        self.draft.state(f"{item}.rule", gettext_noop("The page states it twice; what stands first is kept."), lines)
        for said, place in ((self.draft.value(path), self._stated.get(path, lines)), (value, lines)):
            statement = self.draft.item(f"{item}.statements")
            self.draft.state(f"{statement}.value", str(said), place)
            source = self.draft.item(f"{statement}.sources")
            first, last = (place, place) if isinstance(place, int) else place
            self.draft.state(f"{source}.document", self.document.path, place)
            self.draft.state(f"{source}.firstLine", first, place)
            self.draft.state(f"{source}.lastLine", last, place)


def span(rows: list[Row]) -> tuple[int, int]:
    """Return the first and the last line number of *rows*."""
    return rows[0].number, rows[-1].number


def is_bullet(text: str) -> bool:
    """Say whether *text* is an item of a list."""
    return _BULLET.match(text) is not None


def join_paragraphs(texts: Iterable[str]) -> str:
    """Join lines as API v2 writes text: paragraphs apart by a blank line, list items on lines of their own."""
    result = ""
    previous_is_item = False
    for text in texts:
        item = is_bullet(text)
        if item:
            text = f"* {_BULLET.sub('', text, count=1)}"
        if result:
            result += "\n" if item and previous_is_item else "\n\n"
        result += text
        previous_is_item = item
    return result
