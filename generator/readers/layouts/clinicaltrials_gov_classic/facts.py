"""Values of labels: one function for each kind of label, which says whether it understood the value."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import cast

from generator.language.messages import gettext_noop
from generator.model.document import LineRole
from generator.model.sentence import sentence
from generator.readers.display_words import EnumerationName, known_value, masking, value_of
from generator.readers.draft import Lines
from generator.readers.layouts.clinicaltrials_gov_classic import words
from generator.readers.layouts.clinicaltrials_gov_classic.page import (
    Labelled,
    Page,
    Row,
    heading_of,
    is_sentence,
    take_label,
)
from generator.readers.layouts.clinicaltrials_gov_classic.tables import Kind
from generator.readers.registry_values import date as date_of

STATUS = "protocolSection.statusModule"
IDENTIFICATION = "protocolSection.identificationModule"
_LONGEST_VALUE = 6
"""Words of an enumeration's value: what is longer is text that ran into it."""
_IDENTIFIER_TYPE = re.compile(r"(?P<id>\S(?:.*?\S)??)\s*\(\s*(?P<type>[^():]+?)\s*(?::\s*(?P<domain>.+?)\s*)?\)")


def read_label(page: Page, found: Labelled) -> None:
    """Read the value of the label at the cursor, which may stand on the line after it, and move on."""
    row = page.row
    page.enter(min(section for section in found.label.sections if section >= page.section))
    page.position += 1
    if found.label.kind == "identifiers":
        read_identifiers(page, row, found)
        return
    if found.label.kind == "collaborators" and not found.value:
        read_collaborators(page, row)
        return
    value, lines = found.value, cast("Lines", row.number)
    if not value and not found.piped and found.label.path:
        below = page.rows[page.position] if page.more() else None
        if below is not None and can_be_value(below):
            value, lines = below.text, (row.number, below.number)
            page.position += 1
    if not value:
        page.known(row, LineRole.HEADING, found.name)
        if found.label.path and found.label.kind != "sponsor" and page.draft.value(found.label.path) is None:
            note = gettext_noop("The label stands on the page without a value.")
            page.draft.absent(found.label.path, "statedAsNone", note, row.number)
        return
    if not READ[found.label.kind](page, found, value, lines) and not isinstance(lines, int):
        page.position -= 1


def can_be_value(row: Row) -> bool:
    """Say whether *row* can be the value of the label above it."""
    return not (row.closed or is_sentence(row) or heading_of(row) or take_label(row))


def read_text(page: Page, found: Labelled, value: str, lines: Lines) -> bool:
    """A text, as it stands."""
    page.state(found.label.path, value, lines)
    return True


def read_number(page: Page, found: Labelled, value: str, lines: Lines) -> bool:
    """The registry number."""
    number = re.fullmatch(r"NCT\d{8}", value)
    if number:
        page.state(found.label.path, value, lines)
    return number is not None


def read_status(page: Page, found: Labelled, value: str, lines: Lines) -> bool:
    """A recruitment status, with the reason for stopping in parentheses after it or on the line below."""
    stated = re.fullmatch(r"([^()]+?)(?:\s*\((.+)\))?", value)
    if not stated or not is_short(stated[1]):
        return False
    page.state(found.label.path, value_of("status", stated[1]), lines)
    overall = found.name == "recruitment status"
    if stated[2] and overall:
        page.state(f"{STATUS}.whyStopped", stated[2].strip(), lines)
    elif overall:
        read_reason(page)
    return True


def read_reason(page: Page) -> None:
    """Read the reason for stopping, where it stands alone in parentheses at the cursor."""
    reason = re.fullmatch(r"\((.+)\)(?: \|)?", page.row.text) if page.more() else None
    if reason:
        page.state(f"{STATUS}.whyStopped", reason[1].strip(), page.row.number)
        page.position += 1


def is_short(value: str) -> bool:
    """Say whether *value* can be the value of an enumeration: a word or a few."""
    return ":" not in value and len(value.split()) <= _LONGEST_VALUE


def read_date(page: Page, found: Labelled, value: str, lines: Lines) -> bool:
    """A date without a type."""
    date = date_of(words.without_asides(value))
    if date:
        page.state(found.label.path, date, lines)
    return date is not None


def read_typed_date(page: Page, found: Labelled, value: str, lines: Lines) -> bool:
    """A date whose label says whether it is actual or estimated."""
    date = date_of(words.without_asides(value))
    if date:
        page.state(f"{found.label.path}.date", date, lines)
        if found.qualifier:
            page.state(f"{found.label.path}.type", value_of("dateType", found.qualifier), lines)
    return date is not None


def read_typed_count(page: Page, found: Labelled, value: str, lines: Lines) -> bool:
    """The enrolment, whose label says whether it is actual or estimated."""
    number = words.count(value)
    if number is not None:
        page.state(f"{found.label.path}.count", number, lines)
        if found.qualifier:
            page.state(f"{found.label.path}.type", value_of("dateType", found.qualifier), lines)
    return number is not None


def read_study_type(page: Page, found: Labelled, value: str, lines: Lines) -> bool:
    """The study type; a patient registry is told beside it."""
    if not is_short(value):
        return False
    page.state(found.label.path, value_of("studyType", value), lines)
    if "[patient registry]" in value.casefold():
        page.state("protocolSection.designModule.patientRegistry", True, lines)
    return True


def read_enumeration(page: Page, found: Labelled, value: str, lines: Lines) -> bool:
    """A value of an enumeration."""
    if not is_short(value):
        return False
    page.state(found.label.path, value_of(cast("EnumerationName", found.label.enumeration), value), lines)
    return True


def read_masking(page: Page, found: Labelled, value: str, lines: Lines) -> bool:
    """The masking and who is masked."""
    kind, parties = masking(value)
    if not all(is_short(one.replace("_", " ")) for one in (kind, *parties)):
        return False
    page.state(f"{found.label.path}.masking", kind, lines)
    page.state(f"{found.label.path}.whoMasked", list(parties), lines)
    return True


def read_ages(page: Page, found: Labelled, value: str, lines: Lines) -> bool:
    """Age limits and standard age groups."""
    limits = words.ages(value)
    if limits is None:
        return False
    minimum, maximum, groups = limits
    page.state(f"{found.label.path}.minimumAge", minimum, lines)
    page.state(f"{found.label.path}.maximumAge", maximum, lines)
    page.state(f"{found.label.path}.stdAges", list(groups), lines)
    if words.is_without_highest_age(value):
        page.draft.absent(
            f"{found.label.path}.maximumAge", "statedAsNone", sentence("The page says “{words}”.", words=value), lines
        )
    return True


def read_boolean(page: Page, found: Labelled, value: str, lines: Lines) -> bool:
    """Yes or no."""
    answer = words.yes_or_no(value)
    if answer is not None:
        page.state(found.label.path, answer, lines)
    return answer is not None


def read_one_collaborator(page: Page, found: Labelled, value: str, lines: Lines) -> bool:
    """One collaborator on the line of the label."""
    page.state(f"{page.draft.item(found.label.path)}.name", value, lines)
    return True


def read_collaborators(page: Page, label: Row) -> None:
    """Read the collaborators below their label, one a line."""
    page.known(label, LineRole.HEADING, "collaborators")
    while page.more() and can_be_value(page.row):
        path = page.draft.item("protocolSection.sponsorCollaboratorsModule.collaborators")
        page.state(f"{path}.name", page.row.text, page.row.number)
        page.position += 1


def read_responsible_party(page: Page, found: Labelled, value: str, lines: Lines) -> bool:
    """The responsible party as printed: a sponsor or a person, the page does not say which."""
    if found.name == "responsible party" or page.draft.value(found.label.path) is None:
        page.state(found.label.path, value, lines)
    return True


def read_info_types(page: Page, found: Labelled, value: str, lines: Lines) -> bool:
    """The kinds of documents that are shared; several run into each other without a border."""
    known = known_value("ipdSharingInfoType", value)
    if known:
        page.append(found.label.path, known, lines)
    return known is not None


def read_aside(_page: Page, _found: Labelled, _value: str, _lines: Lines) -> bool:
    """A label that has no value of its own."""
    return False


def read_identifiers(page: Page, label: Row, found: Labelled) -> None:
    """Read the study's own number and the others, one a line; the last one closes the table cell."""
    page.known(label, LineRole.HEADING, found.name)
    listed: list[tuple[str, int]] = []
    if found.value:
        listed.append((found.value, label.number))
    if not (found.value and label.closed):
        while page.more() and not (take_label(page.row) or heading_of(page.row) or is_sentence(page.row)):
            row = page.row
            if row.closed and "|" in row.text.removesuffix("|"):
                break
            page.position += 1
            if row.bare:
                listed.append((row.bare, row.number))
            else:
                page.known(row, LineRole.BOILERPLATE, "border of the table")
            if row.closed:
                break
    state_identifiers(page, listed)


def state_identifiers(page: Page, listed: list[tuple[str, int]]) -> None:
    """State the study's own number and the others, each with the number of its line."""
    for index, (text, number) in enumerate(listed):
        if index == 0 and page.draft.value(f"{IDENTIFICATION}.orgStudyIdInfo.id") is None:
            page.state(f"{IDENTIFICATION}.orgStudyIdInfo.id", text, number)
            continue
        path = page.draft.item(f"{IDENTIFICATION}.secondaryIdInfos")
        typed = _IDENTIFIER_TYPE.fullmatch(text)
        kind = known_value("secondaryIdType", typed["type"]) if typed else None
        if typed and kind:
            page.state(f"{path}.id", typed["id"], number)
            page.state(f"{path}.type", kind, number)
            page.state(f"{path}.domain", typed["domain"], number)
        else:
            page.state(f"{path}.id", text, number)


READ: dict[Kind, Callable[[Page, Labelled, str, Lines], bool]] = {
    "text": read_text,
    "number": read_number,
    "status": read_status,
    "date": read_date,
    "typedDate": read_typed_date,
    "typedCount": read_typed_count,
    "studyType": read_study_type,
    "enumeration": read_enumeration,
    "masking": read_masking,
    "ages": read_ages,
    "boolean": read_boolean,
    "sponsor": read_text,
    "collaborators": read_one_collaborator,
    "responsibleParty": read_responsible_party,
    "infoTypes": read_info_types,
    "aside": read_aside,
}
