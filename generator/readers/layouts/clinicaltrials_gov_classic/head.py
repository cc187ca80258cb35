"""The head of the page: title, status sentences, tabs; and the free texts before and after the condition table."""

from __future__ import annotations

import re

from generator.language.messages import gettext_noop
from generator.model.document import LineRole
from generator.readers.layouts.clinicaltrials_gov_classic.facts import IDENTIFICATION, STATUS, read_reason
from generator.readers.layouts.clinicaltrials_gov_classic.page import Page, Row, span, take_label
from generator.readers.layouts.clinicaltrials_gov_classic.tables import RESULT_TABS, STATUS_SENTENCES, Section
from generator.readers.registry_values import date as date_of

LONGEST_ACRONYM = 14
"""The registry takes acronyms of up to 14 characters."""

MANY_DIGITS = 4
"""So many digits with no more letters are a number that the sponsor gave to the study: ``MK-7123-019``."""

SUMMARY = "protocolSection.descriptionModule.briefSummary"
DESCRIPTION = "protocolSection.descriptionModule.detailedDescription"
_VERIFIED = re.compile(r"Verified (?P<date>[A-Z][a-z]+ (?:19|20)\d\d) by (?P<name>.+?)\.?(?: \|)?")
_TITLE = re.compile(r"(?P<title>\S(?:.*?\S)??)\s*\((?P<acronym>[^()]+)\)")
_NAMED = re.compile(r"(?=[^\s:]{0,40}[A-Z]{2})(?P<name>[^\s:]{2,40}): ")
"""A title that begins with the name of the study: ``e-VITA: European-Japanese Virtual Coach``."""
_SUMMARY_NOTE = gettext_noop(
    "The text stands without its heading between the tabs and the condition, where the site prints the summary."
)
_DESCRIPTION_NOTE = gettext_noop(
    "The text stands without its heading after the condition, where the site prints the detailed description."
)
_ACRONYM_NOTE = gettext_noop("The site prints an acronym in parentheses after the title.")


def read_row(page: Page) -> bool:
    """Read the row at the cursor as one of the head; return False where it is none."""
    row = page.row
    text = row.bare
    sentence = text.casefold()
    verified = _VERIFIED.fullmatch(row.text)
    if sentence in STATUS_SENTENCES:
        page.state(f"{STATUS}.overallStatus", STATUS_SENTENCES[sentence], row.number)
        page.position += 1
        read_reason(page)
    elif verified:
        page.state(f"{STATUS}.statusVerifiedDate", date_of(verified["date"]), row.number)
        page.state("catalogSection.responsibleParty", verified["name"], row.number)
        page.position += 1
    elif (tab := re.sub(r"^[-*•] ", "", sentence)) in RESULT_TABS:
        page.state("hasResults", RESULT_TABS[tab], row.number)
        page.tabs_seen = True
        page.position += 1
    elif not text:
        page.known(row, LineRole.BOILERPLATE, "border of the table")
        page.position += 1
    elif is_title(page, row):
        read_title(page, row)
        page.position += 1
    else:
        return False
    return True


def is_title(page: Page, row: Row) -> bool:
    """Say whether *row* is the title: the first row that is nothing else, before every label."""
    return not (page.used or page.tabs_seen or row.closed or row.text.startswith(("- ", "* ", "• ", "(", "|")))


def read_title(page: Page, row: Row) -> None:
    """Read the title, with the acronym that the site prints in parentheses behind it.

    Registrants write parentheses into titles, too: what cannot be an acronym stays part of the title, and so does what
    stands behind a title that begins with another name and a colon.
    """
    found = _TITLE.fullmatch(row.text)
    named = _NAMED.match(row.text)
    if found and is_acronym(page, found["acronym"]) and (named is None or named["name"] == found["acronym"]):
        page.state(f"{IDENTIFICATION}.briefTitle", found["title"], row.number, "inferred", _ACRONYM_NOTE)
        page.state(f"{IDENTIFICATION}.acronym", found["acronym"], row.number, "inferred", _ACRONYM_NOTE)
    else:
        page.state(f"{IDENTIFICATION}.briefTitle", row.text, row.number)


def is_acronym(page: Page, text: str) -> bool:
    """Say whether *text* can be an acronym: short, no phrase, no number that the sponsor gave to the study."""
    letters, digits = sum(map(str.isalpha, text)), sum(map(str.isdigit, text))
    is_code = digits >= MANY_DIGITS and letters <= MANY_DIGITS
    if len(text) > LONGEST_ACRONYM or " and " in text or is_code:
        return False
    return not any(text != row.bare and len(row.bare) > 3 and row.bare in text for row in study_numbers(page))


def study_numbers(page: Page) -> list[Row]:
    """Return the row of the sponsor's number for the study, further down on the page."""
    for index, row in enumerate(page.rows[:-1]):
        found = take_label(row)
        if found and found.label.kind == "identifiers":
            return [Row(row.number, found.value)] if found.value else [page.rows[index + 1]]
    return []


def read_free_text(page: Page) -> None:
    """Read the text at the cursor: a summary before the condition, a description after it."""
    rows: list[Row] = []
    while page.more() and not page.ends_free_text(page.row) and not is_condition_header(page.row):
        if page.row.closed:
            break
        rows.append(page.row)
        page.position += 1
    labelled = page.heading in ("brief summary", "purpose", "detailed description")
    path, note = (SUMMARY, _SUMMARY_NOTE) if page.section is Section.SUMMARY else (DESCRIPTION, _DESCRIPTION_NOTE)
    if rows:
        page.paragraphs(path, rows, "stated" if labelled else "inferred", None if labelled else note)
        mention_other_trials(page, rows)
    else:
        page.position += 1


def mention_other_trials(page: Page, rows: list[Row]) -> None:
    """Note the numbers of other trials in *rows* as mentions: they are never this trial's own."""
    own = page.draft.value(f"{IDENTIFICATION}.nctId")
    for row in rows:
        for number in dict.fromkeys(re.findall(r"\bNCT\d{8}\b", row.text)):
            if number != own:
                path = page.draft.item("catalogSection.mentions")
                page.draft.state(f"{path}.id", number, row.number)
                page.draft.state(f"{path}.relation", "named in the text", span([row]))


def is_condition_header(row: Row) -> bool:
    """Say whether *row* is the header of the table of condition, intervention and phase."""
    names = " ".join(row.text.replace("|", " ").split()).casefold()
    return re.fullmatch(r"condition(?: or disease)?(?: intervention(?:/treatment)?)?(?: phase)?", names) is not None
