"""Who can take part: the criteria and the study population."""

from __future__ import annotations

import re

from generator.readers.layouts.clinicaltrials_gov_classic.head import mention_other_trials
from generator.readers.layouts.clinicaltrials_gov_classic.page import Page, Row, heading_of
from generator.readers.layouts.clinicaltrials_gov_classic.tables import Section

_ELIGIBILITY = "protocolSection.eligibilityModule"
_CRITERIA_HEADING = re.compile(r"(?:key |main )?(?:inclusion|exclusion)(?: criteria)?\s*:", re.IGNORECASE)


def starts_criteria(page: Page) -> bool:
    """Say whether the criteria start at the cursor."""
    if page.section is not Section.ELIGIBILITY:
        return page.section is Section.CRITERIA
    if _CRITERIA_HEADING.fullmatch(page.row.text):
        return True
    interventional = page.draft.value("protocolSection.designModule.studyType") == "INTERVENTIONAL"
    asked = page.draft.value(_ELIGIBILITY) is not None
    return interventional and asked and page.heading != "study population"


def read_criteria(page: Page) -> None:
    """Read the criteria at the cursor, up to the site's next sentence, heading or table."""
    page.enter(Section.CRITERIA)
    rows: list[Row] = []
    while page.more() and not page.row.closed and not page.ends_free_text(page.row):
        rows.append(page.row)
        page.position += 1
    page.paragraphs(f"{_ELIGIBILITY}.eligibilityCriteria", rows)
    mention_other_trials(page, rows)


def read_population(page: Page) -> None:
    """Read the study population, which stands under its heading."""
    rows: list[Row] = []
    while page.more() and not (
        page.row.closed
        or page.ends_free_text(page.row)
        or heading_of(page.row)
        or page.label_at(page.row)
        or _CRITERIA_HEADING.fullmatch(page.row.text)
    ):
        rows.append(page.row)
        page.position += 1
    page.paragraphs(f"{_ELIGIBILITY}.studyPopulation", rows)
