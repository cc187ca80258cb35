"""The reader of the page."""

from __future__ import annotations

import re
from collections.abc import Callable

from generator.language.messages import gettext_noop
from generator.model.document import Document
from generator.model.record import Record
from generator.readers.layouts.clinicaltrials_gov_page.arms import read_arms
from generator.readers.layouts.clinicaltrials_gov_page.outcomes import read_outcomes
from generator.readers.layouts.clinicaltrials_gov_page.page import Found, Page
from generator.readers.layouts.clinicaltrials_gov_page.places import read_places
from generator.readers.layouts.clinicaltrials_gov_page.tables import MARKS, Shape
from generator.readers.reader import Reader, ReadError, whole_lines


def _marks(headings: tuple[str, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((words, re.compile(rf"^[#*| \t]*{re.escape(words)}[*|: \t]*$", re.MULTILINE)) for words in headings)


_MARKS = _marks(MARKS)
_RESULT_MARKS = _marks(("Participant Flow", "Baseline Characteristics", "Outcome Measures", "Adverse Events"))
"""Headings that the classic page has, too: they count only with the line of the number as today's page has it."""
_NUMBER = re.compile(r"^[#*| \t]*ClinicalTrials\.gov ID\b", re.MULTILINE)
_MARKS_NEEDED = 3
_UPDATED = "protocolSection.statusModule.lastUpdatePostDateStruct.date"
_TABLES: dict[Shape, Callable[[Page, Found], None]] = {
    "arms": read_arms,
    "outcomes": read_outcomes,
    "places": read_places,
}


def _has(text: str, marks: tuple[tuple[str, re.Pattern[str]], ...]) -> bool:
    if sum(words in text for words, _ in marks) < _MARKS_NEEDED:
        return False
    return sum(mark.search(text) is not None for _, mark in marks) >= _MARKS_NEEDED


class ClinicalTrialsGovPage(Reader):
    """Reads today's page of ClinicalTrials.gov."""

    layout = "clinicaltrials-gov-page"
    title = gettext_noop("ClinicalTrials.gov page")
    rank = 3
    description = (
        "Everything on the tabs Study Details and Results Posted is read: saved, copied, or extracted as Markdown. A "
        "group without a type, an outcome, and tables of results are read where tabs or borders part their cells."
    )
    marks = (whole_lines("Study Details"),)

    def recognises(self, document: Document) -> bool:
        """Say whether at least three headings of one of its tabs stand in it, each alone on a line."""
        return _has(document.text, _MARKS) or (
            _has(document.text, _RESULT_MARKS) and _NUMBER.search(document.text) is not None
        )

    def read(self, document: Document) -> list[Record]:
        """Return the page's one record.  Raises ReadError where the page does not say whose it is."""
        page = Page(document, self.layout, _TABLES)
        page.read()
        number = page.statements.number
        if number is None:
            raise ReadError(
                1,
                "This looks like a page of ClinicalTrials.gov, but lacks its line “ClinicalTrials.gov ID NCT…”. "
                "Save the page again with it, or download the record as JSON from the same page",
                "no-number",
            )
        as_of = page.draft.value(_UPDATED)
        return [page.statements.finish(number.identifier, as_of if isinstance(as_of, str) else None)]


READER = ClinicalTrialsGovPage()
