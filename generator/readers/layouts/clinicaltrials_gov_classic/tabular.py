"""The tabular view of the classic page: a table of all data elements of the record, one after the other."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import cast

from generator.model.document import LineRole
from generator.model.sentence import sentence
from generator.readers.countries import COUNTRIES
from generator.readers.display_words import DISPLAY_WORDS, EnumerationName, known_value, phases, value_of
from generator.readers.layouts.clinicaltrials_gov_classic import words
from generator.readers.layouts.clinicaltrials_gov_classic.arms import OTHER_NAMES, TYPED, add_intervention, is_arm
from generator.readers.layouts.clinicaltrials_gov_classic.facts import READ, state_identifiers
from generator.readers.layouts.clinicaltrials_gov_classic.head import mention_other_trials
from generator.readers.layouts.clinicaltrials_gov_classic.outcomes import OUTCOME
from generator.readers.layouts.clinicaltrials_gov_classic.page import (
    Labelled,
    Page,
    Row,
    is_bullet,
    join_paragraphs,
    take_label,
)
from generator.readers.layouts.clinicaltrials_gov_classic.places import is_person, read_official, state_contact
from generator.readers.layouts.clinicaltrials_gov_classic.tables import LABEL_QUALIFIERS, LABELS
from generator.readers.layouts.clinicaltrials_gov_classic.tabular_elements import (
    ELEMENTS,
    HEADINGS,
    LINKS,
    NO_CHANGES,
    NOT_PROVIDED,
    NOTES,
    SUBMITTED,
    Element,
    Kind,
)
from generator.readers.registry_values import date as date_of

_ICMJE = "ICMJE"
_BULLET = re.compile(r"^[-*•]\s+")
_PMID = re.compile(r"(?:PMID:?\s*|pubmed(?:\.ncbi\.nlm\.nih\.gov)?/)(\d{4,9})", re.IGNORECASE)
_CONTACT = re.compile(
    r"Contact(?: Backup)?:\s*(?P<name>[^\d@+()|:]+?)"
    r"(?:\s+(?P<phone>[+(]?\d[\d\s().+/-]*(?:\s*ext\.?\s*\w+)?))?(?:\s+(?P<email>[^\s@|]+@[^\s@|]+))?"
)
_INTERVENTIONS = re.compile(r"Interventions?:\s*(.*)")
_OFFICIAL = re.compile(r"(Principal Investigator|Sub-Investigator|Study Chair|Study Director)\s*:\s*\|?\s*(.*)")
_LABEL_NAMES = "|".join(
    re.escape(name)
    for name in sorted(
        (
            "Allocation",
            "Intervention Model Description",
            "Intervention Model",
            "Masking Description",
            "Masking",
            "Primary Purpose",
            "Observational Model",
            "Time Perspective",
        ),
        key=len,
        reverse=True,
    )
)
_DESIGN_BORDER = re.compile(rf"(?<!\s)\s+(?=(?:{_LABEL_NAMES}): )")
_ROWS_OF_CELLS: tuple[Kind, ...] = ("contacts", "officials")
"""Kinds of elements whose cell is a table of its own."""

_LONG = ("text", "infoTypes")
"""Kinds of labels whose values may go on in the rows below."""


@dataclass(slots=True)
class Value:
    """An element as it stands on the page."""

    element: Element
    name: str
    qualifier: str
    """``Estimated`` or ``Actual`` where one stands before the name."""
    label: Row
    """The row of the name."""
    rows: list[Row]
    """The value, without the borders of its cell."""

    @property
    def text(self) -> str:
        """The value in one line."""
        return " ".join(row.text for row in self.rows)

    @property
    def lines(self) -> tuple[int, int]:
        """First and last line, the name's included."""
        return self.label.number, self.rows[-1].number if self.rows else self.label.number


def read_table(page: Page) -> None:
    """Read the table from the cursor to the end of the page; what no element takes stays unread."""
    index = -1
    while page.more():
        row = page.row
        found = element_at(row, index)
        if heading(row) or is_note(row):
            page.known(row, LineRole.HEADING if heading(row) else LineRole.BOILERPLATE, row.bare)
            page.position += 1
        elif not row.bare:
            page.known(row, LineRole.BOILERPLATE, "border of the table")
            page.position += 1
        elif found:
            index, value = found
            page.position += 1
            take_value(page, value, index)
            read_value(page, value)
        else:
            page.position += 1


def heading(row: Row) -> bool:
    """Say whether *row* is a heading of the table."""
    return row.bare.casefold() in HEADINGS


def is_note(row: Row) -> bool:
    """Say whether *row* is one of the site's notes."""
    return NOTES.fullmatch(" ".join(row.bare.split())) is not None


def element_at(row: Row, after: int) -> tuple[int, Value] | None:
    """Return the element whose name *row* starts with, and its index: one behind the element *after*.

    A name that nothing marks as one (it is neither alone in its row nor in a cell, and no ``ICMJE`` follows) counts
    only where the page must print it next.
    """
    text = row.text.lstrip("| ")
    passed_always = False
    for index in range(after + 1, len(ELEMENTS)):
        element = ELEMENTS[index]
        for name in element.names:
            found = _value_after(text, name)
            if found is None:
                continue
            qualifier, marked, piped, rest = found
            sure = (marked and element.marked) or piped
            if sure or (not passed_always and (not marked or element.marked)):
                if element.kind not in _ROWS_OF_CELLS:
                    rest = rest.removesuffix("|").rstrip()
                return index, Value(element, name, qualifier, row, [Row(row.number, rest)] if rest else [])
        passed_always = passed_always or element.always
    return None


def _value_after(text: str, name: str) -> tuple[str, bool, bool, str] | None:
    """Return what stands around an element's name: qualifier, whether it is marked, whether in a cell, and the rest."""
    start = text.find(name, 0, len(name) + 12)
    if start < 0:
        return None
    qualifier = text[:start].strip()
    if qualifier and qualifier not in LABEL_QUALIFIERS:
        return None
    rest = text[start + len(name) :]
    if rest and not rest.startswith((" ", "|", "\t", "\u00a0")):
        return None
    rest = rest.strip().removeprefix("*").lstrip()
    marked = rest.startswith(_ICMJE)
    rest = rest.removeprefix(_ICMJE).lstrip()
    piped = rest.startswith("|")
    return qualifier, marked, piped, rest.lstrip("| ")


def take_value(page: Page, value: Value, index: int) -> None:
    """Take the rows of the value off the page: up to the next element, heading or note."""
    closed = value.label.closed and bool(value.rows) and value.element.kind not in _ROWS_OF_CELLS
    while not closed and page.more():
        row = page.row
        if heading(row) or is_note(row) or element_at(row, index):
            break
        page.position += 1
        text = row.text.lstrip("| ")
        if value.element.kind not in _ROWS_OF_CELLS:
            closed = row.closed
            text = text.removesuffix("|").rstrip()
        if text:
            value.rows.append(Row(row.number, text))
        else:
            page.known(row, LineRole.BOILERPLATE, "border of the table")


def read_value(page: Page, value: Value) -> None:
    """Read the value of an element."""
    take_submission_date(page, value)
    if not value.rows or value.text.casefold() in NOT_PROVIDED:
        for number in {value.label.number, *(row.number for row in value.rows)}:
            page.document.account(number, LineRole.HEADING, value.name)
        path = value.element.path
        if path and value.rows and page.draft.value(path) is None:
            page.draft.absent(path, "statedAsNone", sentence("The page says “{words}”.", words=value.text), value.lines)
        return
    if all(row.number != value.label.number for row in value.rows):
        page.known(value.label, LineRole.HEADING, value.name)
    TAKE[value.element.kind](page, value)


def take_submission_date(page: Page, value: Value) -> None:
    """Keep the date on which the registrant gave the element, which stands behind its name or under it."""
    found = SUBMITTED.match(value.rows[0].text) if value.rows else None
    if not found:
        return
    row = value.rows[0]
    page.registry_field(
        f"{' '.join(filter(None, (value.qualifier, value.name)))}, submitted", found["date"].strip(), row.number
    )
    rest = row.text[found.end() :].lstrip("| ")
    value.rows[:1] = [Row(row.number, rest)] if rest else []


def take_date(page: Page, value: Value) -> None:
    """A date without a type."""
    page.state(value.element.path, date_of(words.without_asides(value.text)), value.lines)


def take_typed_date(page: Page, value: Value) -> None:
    """A date whose name says whether it is actual or estimated."""
    text = re.sub(r"\s*\(final data collection.*", "", value.text, flags=re.IGNORECASE)
    date = date_of(text)
    if date:
        page.state(f"{value.element.path}.date", date, value.lines)
        if value.qualifier:
            page.state(f"{value.element.path}.type", value_of("dateType", value.qualifier), value.label.number)


def take_outcomes(page: Page, value: Value) -> None:
    """Outcomes, each with its time frame; one without is not told apart from a description, and stays unread."""
    path = ""
    below: list[Row] = []
    description = ""

    def close() -> None:
        if path and (description or below):
            text = join_paragraphs([*([description] if description else []), *(row.text for row in below)])
            page.state(f"{path}.description", text, (start, below[-1].number if below else start))

    start = 0
    for row in value.rows:
        found = OUTCOME.fullmatch(row.text)
        if found:
            close()
            path, start, below, description = page.draft.item(value.element.path), row.number, [], found["description"]
            page.state(f"{path}.measure", found["measure"], row.number)
            page.state(f"{path}.timeFrame", found["frame"].strip(), row.number)
        elif is_bullet(row.text):
            close()
            path, description, below = "", "", []
        elif path:
            below.append(row)
    close()


def take_untyped(page: Page, value: Value) -> None:
    """What the model has no place for: kept under its own name, such as the outcomes first registered."""
    text = join_paragraphs(row.text for row in value.rows)
    if text.casefold() == "same as current":
        page.known(value.rows[0], LineRole.HEADING, "same as current")
        page.known(value.label, LineRole.HEADING, value.name)
    else:
        page.registry_field(" ".join(filter(None, (value.qualifier, value.name))), text, value.lines)


def take_link(page: Page, value: Value) -> None:
    """The link to older versions, which states nothing."""
    if LINKS.fullmatch(value.text) or value.text.casefold() == NO_CHANGES:
        for number in range(value.label.number, value.rows[-1].number + 1):
            page.document.account(number, LineRole.BOILERPLATE, "link to older versions")


def take_text(page: Page, value: Value) -> None:
    """A text of one paragraph."""
    page.state(value.element.path, value.text, value.lines)


def take_paragraphs(page: Page, value: Value) -> None:
    """A text of paragraphs and lists."""
    page.paragraphs(value.element.path, value.rows)
    mention_other_trials(page, value.rows)


def take_labels(page: Page, value: Value) -> None:
    """Labels of their own with values: the design, the oversight, how data are shared."""
    rows: list[Row] = []
    for row in value.rows:
        rows.extend(Row(row.number, _BULLET.sub("", piece)) for piece in _DESIGN_BORDER.split(row.text))
    position = 0
    while position < len(rows):
        row = rows[position]
        position += 1
        found = _label_in(value, row)
        if found is None:
            continue
        given = [Row(row.number, found.value)] if found.value else []
        while position < len(rows) and _label_in(value, rows[position]) is None and found.label.kind in _LONG:
            given.append(rows[position])
            position += 1
        if not found.value:
            page.known(row, LineRole.HEADING, found.name)
        if found.label.kind == "text":
            page.paragraphs(found.label.path, given)
        else:
            for one in given:
                READ[found.label.kind](page, replace(found, value=one.text), one.text, one.number)


def _label_in(value: Value, row: Row) -> Labelled | None:
    """Return the label that *row* starts with."""
    prefix = value.name if value.name == "Biospecimen" else ""
    name, colon, text = row.text.partition(":")
    key = f"{prefix} {name}".strip().casefold()
    label = LABELS.get(key) if colon else None
    return Labelled(key, label, "", text.strip(), piped=False) if label and label.path else None


def take_phase(page: Page, value: Value) -> None:
    """The phases."""
    found = phases(value.text)
    if set(found) <= set(DISPLAY_WORDS["phase"].values()):
        page.state(value.element.path, list(found), value.lines)


def take_enumeration(page: Page, value: Value) -> None:
    """A value of an enumeration."""
    known = known_value(cast("EnumerationName", value.element.enumeration), value.text)
    page.state(value.element.path, known, value.lines)
    if known and "[patient registry]" in value.text.casefold():
        page.state("protocolSection.designModule.patientRegistry", True, value.lines)


def take_conditions(page: Page, value: Value) -> None:
    """Conditions, one a line."""
    for row in value.rows:
        page.append(value.element.path, _BULLET.sub("", row.text), row.number)


def take_interventions(page: Page, value: Value) -> None:
    """Interventions, each with its type, its description and its other names."""
    path = ""
    description: list[Row] = []
    listing = False
    for row in value.rows:
        text = _BULLET.sub("", row.text)
        other = OTHER_NAMES.fullmatch(text)
        if TYPED.fullmatch(text):
            _close(page, path, description)
            add_intervention(page, text, row.number)
            path, listing = f"{value.element.path}.{len(page.interventions) - 1}", False
            description = []
        elif not path:
            continue
        elif other:
            listing = not other[1]
            if listing:
                page.known(row, LineRole.HEADING, "other names")
            else:
                page.append(f"{path}.otherNames", other[1], row.number)
        elif listing and is_bullet(row.text):
            page.append(f"{path}.otherNames", text, row.number)
        else:
            description.append(row)
    _close(page, path, description)


def _close(page: Page, path: str, description: list[Row]) -> None:
    if path and description:
        page.paragraphs(f"{path}.description", description)


def take_arms(page: Page, value: Value) -> None:
    """Arms with their descriptions and interventions.

    An arm starts with its type; a group or cohort has none, and starts behind the interventions of the one before.
    """
    cohorts = "Group" in value.name
    path = ""
    description: list[Row] = []
    listing = False
    for number, row in enumerate(value.rows):
        text = _BULLET.sub("", row.text)
        given = _INTERVENTIONS.fullmatch(text)
        if given and path:
            listing = True
            if given[1]:
                give(page, path, given[1], row.number)
            else:
                page.known(row, LineRole.HEADING, "interventions")
        elif listing and text in page.interventions:
            give(page, path, text, row.number)
        elif is_arm(text) or (cohorts and (number == 0 or listing)):
            _close(page, path, description)
            description, listing = [], False
            path = page.draft.item(value.element.path)
            kind, colon, label = text.partition(": ")
            typed = known_value("armGroupType", kind) if colon else None
            page.state(f"{path}.label", label if typed else text, row.number)
            page.state(f"{path}.type", typed, row.number)
        elif path and not listing:
            description.append(row)
    _close(page, path, description)


def give(page: Page, arm: str, intervention: str, number: int) -> None:
    """State that the *arm* is given the *intervention*, in both where its name says which one it is."""
    page.append(f"{arm}.interventionNames", intervention, number)
    label = page.draft.value(f"{arm}.label")
    if page.interventions.count(intervention) == 1 and isinstance(label, str):
        path = f"protocolSection.armsInterventionsModule.interventions.{page.interventions.index(intervention)}"
        page.append(f"{path}.armGroupLabels", label, number)


def take_publications(page: Page, value: Value) -> None:
    """Citations, one a line."""
    for row in value.rows:
        text = _BULLET.sub("", row.text)
        path = page.draft.item(value.element.path)
        page.state(f"{path}.citation", text, row.number)
        pmid = _PMID.search(text)
        page.state(f"{path}.pmid", pmid[1] if pmid else None, row.number)
        mention_other_trials(page, [row])


def take_status(page: Page, value: Value) -> None:
    """The status, with the reason for stopping in parentheses behind or below it."""
    found = re.fullmatch(r"([^()]+?)(?:\s*\((.+)\))?", value.text)
    status = known_value("status", found[1]) if found else None
    if found and status:
        page.state(value.element.path, status, value.lines)
        page.state("protocolSection.statusModule.whyStopped", (found[2] or "").strip(), value.lines)


def take_enrollment(page: Page, value: Value) -> None:
    """The enrolment, whose name says whether it is actual or estimated."""
    count = words.count(value.text)
    page.state(f"{value.element.path}.count", count, value.lines)
    if count is not None and value.qualifier:
        page.state(f"{value.element.path}.type", value_of("dateType", value.qualifier), value.label.number)


def take_ages(page: Page, value: Value) -> None:
    """Age limits and standard age groups."""
    limits = words.ages(value.text)
    if limits:
        page.state(f"{value.element.path}.minimumAge", limits[0], value.lines)
        page.state(f"{value.element.path}.maximumAge", limits[1], value.lines)
        page.state(f"{value.element.path}.stdAges", list(limits[2]), value.lines)


def take_boolean(page: Page, value: Value) -> None:
    """Yes or no."""
    page.state(value.element.path, words.yes_or_no(value.text), value.lines)


def take_sex(page: Page, value: Value) -> None:
    """The sex, as a word or as a label with its value, and what belongs to it."""
    sex = known_value("sex", value.text)
    if sex:
        page.state(value.element.path, sex, value.lines)
    else:
        for row in value.rows:
            found = take_label(row)
            if found and found.label.path.startswith("protocolSection.eligibilityModule"):
                READ[found.label.kind](page, found, found.value, row.number)


def take_contacts(page: Page, value: Value) -> None:
    """Whom to ask: name, telephone and address in cells, or one behind the other."""
    for row in value.rows:
        found = _CONTACT.fullmatch(row.bare)
        if row.closed and is_person(row):
            name, *details = (cell for cell in Row(row.number, row.text.partition(":")[2]).cells if cell)
        elif found:
            name, details = found["name"], [found["phone"] or "", found["email"] or ""]
        else:
            continue
        state_contact(page, page.draft.item(value.element.path), row, name, "CONTACT", details)


def take_countries(page: Page, value: Value) -> None:
    """Countries, one a line or joined by commas; some have a comma of their own."""
    for row in value.rows:
        for country in _countries(_BULLET.sub("", row.text)):
            page.append(value.element.path, country, row.number)


def _countries(text: str) -> list[str]:
    """Return the countries in *text*; none where a part of it is no country that is known."""
    parts = text.split(", ")
    found: list[str] = []
    while parts:
        for size in (3, 2, 1):
            if ", ".join(parts[:size]).rstrip(", ") in COUNTRIES:
                found.append(", ".join(parts[:size]).rstrip(", "))
                parts = parts[size:]
                break
        else:
            return []
    return found


def take_number(page: Page, value: Value) -> None:
    """The registry number."""
    if re.fullmatch(r"NCT\d{8}", value.text):
        page.state(value.element.path, value.text, value.lines)


def take_identifiers(page: Page, value: Value) -> None:
    """The sponsor's number for the study, and others, one a line."""
    state_identifiers(page, [(_BULLET.sub("", row.text), row.number) for row in value.rows])


def take_collaborators(page: Page, value: Value) -> None:
    """Collaborators, one a line."""
    known = page.draft.value(value.element.path)
    names = [one.get("name") for one in known if isinstance(one, dict)] if isinstance(known, list) else []
    for row in value.rows:
        name = _BULLET.sub("", row.text)
        if name in names:
            page.draft.support(f"{value.element.path}.{names.index(name)}.name", row.number)
        else:
            page.state(f"{page.draft.item(value.element.path)}.name", name, row.number)


def take_officials(page: Page, value: Value) -> None:
    """Officials in cells; without borders nothing shows where a name ends, and the row stays unread."""
    for row in value.rows:
        found = _OFFICIAL.match(row.text)
        cells = [cell for cell in Row(row.number, found[2]).cells if cell] if found else []
        if found and "|" in row.text:
            read_official(page, row, known_value("role", found[1]), cells)


TAKE: dict[Kind, Callable[[Page, Value], None]] = {
    "date": take_date,
    "typedDate": take_typed_date,
    "outcomes": take_outcomes,
    "untyped": take_untyped,
    "link": take_link,
    "text": take_text,
    "paragraphs": take_paragraphs,
    "labels": take_labels,
    "phase": take_phase,
    "enumeration": take_enumeration,
    "conditions": take_conditions,
    "interventions": take_interventions,
    "arms": take_arms,
    "publications": take_publications,
    "status": take_status,
    "enrollment": take_enrollment,
    "ages": take_ages,
    "boolean": take_boolean,
    "sex": take_sex,
    "contacts": take_contacts,
    "countries": take_countries,
    "number": take_number,
    "identifiers": take_identifiers,
    "collaborators": take_collaborators,
    "officials": take_officials,
}
