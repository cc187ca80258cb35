"""The reader of the page."""

from __future__ import annotations

import re
from collections.abc import Callable

from generator.model.document import Document
from generator.model.record import Record
from generator.readers.layouts.clinicaltrials_gov_page.arms import read_arms
from generator.readers.layouts.clinicaltrials_gov_page.outcomes import read_outcomes
from generator.readers.layouts.clinicaltrials_gov_page.page import Found, Page
from generator.readers.layouts.clinicaltrials_gov_page.places import read_places
from generator.readers.layouts.clinicaltrials_gov_page.tables import MARKS, Shape
from generator.readers.reader import Reader, ReadError, whole_lines

_MARKS = tuple((words, re.compile(rf"^[#*|\s]*{re.escape(words)}[*|:\s]*$", re.MULTILINE)) for words in MARKS)
_MARKS_NEEDED = 3
_UPDATED = "protocolSection.statusModule.lastUpdatePostDateStruct.date"
_TABLES: dict[Shape, Callable[[Page, Found], None]] = {
    "arms": read_arms,
    "outcomes": read_outcomes,
    "places": read_places,
}


class ClinicalTrialsGovPage(Reader):
    """Reads today's page of ClinicalTrials.gov."""

    layout = "clinicaltrials-gov-page"
    title = "ClinicalTrials.gov page"
    rank = 3
    description = (
        "Everything on the tab Study Details is read: saved, copied, or extracted as Markdown. A group "
        "without a type, and an outcome, are read where tabs or borders part their cells."
    )
    marks = (whole_lines("Study Details"),)

    def recognises(self, document: Document) -> bool:
        """Say whether at least three of the page's own headings stand in it, each alone on a line."""
        text = document.text
        if sum(words in text for words in MARKS) < _MARKS_NEEDED:
            return False
        return sum(mark.search(text) is not None for _, mark in _MARKS) >= _MARKS_NEEDED

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
