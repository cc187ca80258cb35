"""The reader: walks down the page and hands each row to the part that it belongs to."""

from __future__ import annotations

import re

from generator.language.messages import gettext_noop
from generator.model.document import Document, LineRole
from generator.model.record import Record
from generator.readers.draft import Draft
from generator.readers.layouts.clinicaltrials_gov_classic import (
    arms,
    eligibility,
    head,
    information,
    outcomes,
    places,
    results,
    tabular,
)
from generator.readers.layouts.clinicaltrials_gov_classic.facts import IDENTIFICATION, STATUS, read_label
from generator.readers.layouts.clinicaltrials_gov_classic.page import Page, heading_of, is_sentence
from generator.readers.layouts.clinicaltrials_gov_classic.tables import (
    HEADINGS,
    MARKS,
    MARKS_NEEDED,
    OUTCOME_LISTS,
    TRACKING,
    Section,
)
from generator.readers.reader import Reader, ReadError, fields, line_starts, whole_lines

_STRUCTURED = re.compile(r"\s*[{<]")
"""How JSON and XML begin, and no page's text: looking for the marks in them takes longer than reading them."""
_REFERS = "Please refer to this study by its ClinicalTrials.gov identifier (NCT number):"
_SPONSORS = "protocolSection.sponsorCollaboratorsModule"
_LAST_TAB = "how to read a study record"


class ClassicReader(Reader):
    """Reads the classic page of ClinicalTrials.gov."""

    layout = "clinicaltrials-gov-classic"
    title = gettext_noop("ClinicalTrials.gov page, classic layout")
    short_title = gettext_noop("ClinicalTrials.gov page")
    rank = 3
    description = "Everything that the page prints is read, results included; saved or copied, with tables or without."
    marks = (
        whole_lines(
            "Brief Summary",
            "Brief Title",
            "Collaborators?",
            "Conditions?",
            "Condition or disease",
            "Detailed Description",
            "Eligibility(?: Criteria)?",
            "Exclusion Criteria",
            "Inclusion Criteria",
            "Interventions?",
            "Keywords",
            "Layout table.*",
            "Locations?",
            "MeSH [Tt]erms?",
            "Official Title",
            "Outcome Measures?",
            "Participant Flow",
            "Primary Outcomes?(?: Measures?)?",
            "Principal Investigators?",
            "Recruitment Status",
            "Responsible Party",
            "Secondary Outcomes?(?: Measures?)?",
            "Sponsors?",
            "Sponsors? and Collaborators?",
            "Study Completion Date",
            "Study Design",
            "Study Results",
            "Study Start Date",
            "Study Type",
            "Tabular View",
            "Time Frame",
            "Tracking Information",
        ),
        line_starts("Exclusion Criteria", "Inclusion Criteria"),
        fields(
            "Completion Date",
            "Enrollment",
            "First Posted",
            "Identifier",
            "Last Update Posted",
            "Maximum Age",
            "Minimum Age",
            "Phase",
            "Recruitment Status",
            "Sponsor",
            "Start Date",
            "Study Type",
        ),
        r"\[\s*Time Frame\s*:",
    )

    def recognises(self, document: Document) -> bool:
        """Three or more of the page's own labels and sentences, each at the start of a line."""
        text = document.text
        if _STRUCTURED.match(text):
            return False
        return sum(words in text and mark.search(text) is not None for words, mark in MARKS) >= MARKS_NEEDED

    def read(self, document: Document) -> list[Record]:
        """Return the page's one record.  Raises ReadError where the page names no registry number."""
        draft = Draft(document, self.layout)
        page = Page(document, draft)
        while page.more():
            read_row(page)
        number = draft.value(f"{IDENTIFICATION}.nctId")
        if not isinstance(number, str):
            first = page.rows[0].number if page.rows else 1
            raise ReadError(
                first,
                "This looks like a page of ClinicalTrials.gov, but names no NCT number. Save the page again with its "
                "line “ClinicalTrials.gov Identifier: NCT…”, or add that line under the title.",
                "no-identifier",
            )
        explain_absences(page)
        as_of = draft.value(f"{STATUS}.lastUpdatePostDateStruct.date")
        return [draft.finish(number, as_of if isinstance(as_of, str) else None)]


def read_row(page: Page) -> None:
    """Read the row at the cursor, and as many after it as belong to it; what no part takes stays unread."""
    row = page.row
    if page.section is Section.RESULTS:
        page.position += 1
    elif row.text.startswith(_REFERS):
        read_reference_sentence(page)
    elif is_sentence(row):
        page.known(row, LineRole.BOILERPLATE, "sentence of the site")
        page.tabs_seen = page.tabs_seen or row.text.casefold().endswith(_LAST_TAB)
        advance_after_sentence(page)
        page.position += 1
    elif head.is_condition_header(row) and page.section <= Section.DESCRIPTION:
        arms.read_condition_table(page)
    elif arms.is_arms_header(row) and page.section <= Section.OUTCOMES:
        arms.read_arms_table(page)
    elif page.section >= Section.CRITERIA and information.read_block(page):
        pass
    elif page.opens_section(row):
        read_heading(page)
    elif found := page.label_at(row):
        read_label(page, found)
    elif page.section is Section.HEAD and head.read_row(page):
        pass
    else:
        read_part(page)


def read_part(page: Page) -> None:
    """Read what has no label: free text, lists and tables, by the section that they stand in."""
    row = page.row
    before = page.position
    if arms.is_rule(row):
        page.known(row, LineRole.HEADING, "rule of a table")
    elif not row.bare:
        page.known(row, LineRole.BOILERPLATE, "border of a table")
    elif places.is_person(row) and page.section >= Section.ELIGIBILITY:
        places.read_person(page)
    elif page.section is Section.HEAD and page.tabs_seen and not row.closed:
        page.enter(Section.SUMMARY)
        head.read_free_text(page)
    elif page.section in (Section.SUMMARY, Section.DESCRIPTION) and not row.closed:
        head.read_free_text(page)
    elif outcomes.starts_outcome(row) and Section.DESIGN <= page.section <= Section.OUTCOMES:
        page.enter(Section.OUTCOMES)
        outcomes.read_outcomes(page)
    elif page.section is Section.ELIGIBILITY and page.heading == "study population" and not row.closed:
        eligibility.read_population(page)
    elif eligibility.starts_criteria(page) and not row.closed:
        eligibility.read_criteria(page)
    elif page.section is Section.CONTACTS and row.closed:
        places.read_sites(page)
    elif page.section is Section.INFORMATION:
        information.read_trailing_terms(page)
    if page.position == before:
        page.position += 1


def read_heading(page: Page) -> None:
    """Account for the heading at the cursor and open its section."""
    heading = heading_of(page.row) or ""
    page.enter(HEADINGS[heading])
    page.heading = heading
    page.outcome_list = OUTCOME_LISTS.get(heading, page.outcome_list)
    if page.section is not Section.RESULTS:
        page.known(page.row, LineRole.HEADING, heading)
        page.position += 1
    elif heading == TRACKING:
        tabular.read_table(page)
    else:
        results.read_results(page)


def advance_after_sentence(page: Page) -> None:
    """Go on to the section that the sentence at the cursor stands in."""
    text = page.row.text
    if text.startswith("Choosing to participate"):
        page.enter(Section.ELIGIBILITY)
    elif text.startswith("To learn more about this study"):
        page.enter(Section.CONTACTS)


def read_reference_sentence(page: Page) -> None:
    """Read the sentence that says under which number to refer to the study."""
    row = page.row
    number = row.text.removeprefix(_REFERS).strip("| ")
    if len(number) == 11 and number.startswith("NCT") and number[3:].isdecimal():
        page.state(f"{IDENTIFICATION}.nctId", number, row.number)
    elif not number:
        page.known(row, LineRole.BOILERPLATE, "sentence of the site")
    page.enter(Section.CONTACTS)
    page.position += 1


def explain_absences(page: Page) -> None:
    """Say what this layout has lost."""
    outcomes.explain_types(page)
    if page.section is Section.RESULTS:
        return
    sponsor = gettext_noop("The page as saved does not say who the sponsor is.")
    if page.draft.value("catalogSection.responsibleParty") is not None:
        sponsor = gettext_noop("The page as saved names a responsible party, and does not say who the sponsor is.")
        page.draft.absent(
            f"{_SPONSORS}.responsibleParty.type",
            "lostByLayout",
            gettext_noop(
                "The page names the responsible party without saying whether it is the sponsor or an investigator."
            ),
        )
    if page.draft.value(f"{_SPONSORS}.leadSponsor") is None:
        page.draft.absent(f"{_SPONSORS}.leadSponsor", "lostByLayout", sponsor)
    if page.draft.value(head.SUMMARY) is None:
        note = gettext_noop("The page as saved has no summary, although the site prints one for every study.")
        page.draft.absent(head.SUMMARY, "lostByLayout", note)
