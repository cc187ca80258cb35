"""The sections that both extractions of a page print in the same way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from generator.language.messages import gettext_noop
from generator.model import enumerations
from generator.model.document import Document, Line, LineRole
from generator.model.pointers import Json
from generator.model.sentence import Note, sentence
from generator.readers.countries import split_countries
from generator.readers.draft import Draft
from generator.readers.layouts.meddatax.sections import Page, normalised
from generator.readers.layouts.meddatax.tables import (
    CONTACT_ROLES,
    CRITERIA_HEADINGS,
    IDENTIFIER_SOURCES,
    NOT_CARRIED,
    RESULTS_SENTENCES,
)
from generator.readers.reader import ReadError

IDENTIFICATION = "protocolSection.identificationModule"
ELIGIBILITY = "protocolSection.eligibilityModule"
INTERVENTIONS = "protocolSection.armsInterventionsModule.interventions"
SITES = "protocolSection.contactsLocationsModule.locations"
_SEVERAL_ON_ONE_LINE = gettext_noop(
    "The page prints several values on one line without a border between them; this may be more than one."
)

_LONGEST_NAME = 200
"""Characters that ClinicalTrials.gov allows for the name of an intervention; labels of arms are shorter still."""

_COMPARATOR = re.compile(
    r"\b(?:placebos?|sham|saline|vehicle|standard of care|usual care|no intervention)\b", re.IGNORECASE
)
_NUMBER = re.compile(r"NCT ID:\s*(NCT\d{8})")
_UPDATED = re.compile(r"Last Updated:\s*(\d{4}(?:-\d{2}){0,2})")
_DATE = re.compile(r"\d{4}(?:-\d{2}){0,2}")
_PARTICIPANTS = re.compile(r"([\d,]+) participants?")
_AGE = re.compile(r"\d+ (?:Year|Month|Week|Day|Hour|Minute)s?")
_PHASES = re.compile(r"(?:NA|EARLY_PHASE1|PHASE\d)(?:\s*[/,|]\s*(?:NA|EARLY_PHASE1|PHASE\d))*")
_ENUMERATION = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*")
_BULLET = re.compile(r"\s*[*•-]\s")
_BULLETS = frozenset("*•-")
_ROLE = re.compile(r"Role:\s*(\S+)")
_PHONE = re.compile(r"(?=(?:\D*\d){5})([+()\d][+()\d\s./-]*?)(?:\s*ext\.?\s*(\S+))?")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_REFERENCE_TYPE = re.compile(r"Reference Type ([A-Z_]+)")
_PUBMED = re.compile(r"PMID:\s*(\d+)(?:\s*\(View on PubMed\))?")
_IDENTIFIER_TYPE = re.compile(r"Identifier Type:\s*(\S+)")
_IDENTIFIER_SOURCE = re.compile(r"Identifier Source:\s*(\S+)")
_OTHER_TRIAL = re.compile(r"(NCT\d{8})(?:\s+([A-Z_]+))?(?:\s+(\S+))?")


def value_of(path: str, text: str) -> Json:
    """Return *text* as the value of the v2 field at *path*, or None where it does not have the field's shape.

    Enumerations are open: an unknown word in the shape of one is kept.
    """
    key = path.rpartition(".")[2]
    if key == "date":
        return text if _DATE.fullmatch(text) else None
    if key == "count":
        found = _PARTICIPANTS.fullmatch(text)
        return int(found[1].replace(",", "")) if found else None
    if key == "phases":
        return list(re.split(r"\s*[/,|]\s*", text)) if _PHASES.fullmatch(text) else None
    if key in ("minimumAge", "maximumAge"):
        return text if _AGE.fullmatch(text) else None
    if key == "healthyVolunteers":
        return {"Yes": True, "No": False}.get(text)
    return text if _ENUMERATION.fullmatch(text) else None


def paragraphs(document: Document, lines: Sequence[Line]) -> str:
    """Return *lines* as one text: paragraphs apart, items of a list together, as registries write it.

    Where the extraction has kept no blank line at all, each line is a paragraph.
    """
    kept_blank_lines = document.has_blank_lines
    pieces: list[str] = []
    for line in lines:
        text = line.text.rstrip()
        if pieces:
            apart = not kept_blank_lines or document.line(line.number - 1).role is LineRole.BLANK
            both_items = _BULLET.match(text) and _BULLET.match(pieces[-1])
            pieces.append("\n\n" if apart and not both_items else "\n")
        pieces.append(text if _BULLET.match(text) else text.strip())
    return "".join(pieces).strip()


def span(lines: Sequence[Line]) -> tuple[int, int]:
    """Return the first and last line number of *lines*."""
    return lines[0].number, lines[-1].number


def read_head(draft: Draft, page: Page) -> str:
    """Read title, number and date, and return the number.

    Raises ReadError where the page names no number of its own: numbers under related trials are not its own.
    """
    number = None
    for line in page.head:
        text = line.stripped
        if found := _NUMBER.fullmatch(text):
            if draft.offer(f"{IDENTIFICATION}.nctId", found[1], line.number):
                number = found[1]
        elif found := _UPDATED.fullmatch(text):
            draft.offer("protocolSection.statusModule.lastUpdatePostDateStruct.date", found[1], line.number)
        elif draft.value(f"{IDENTIFICATION}.nctId") is None:
            draft.offer(f"{IDENTIFICATION}.briefTitle", text, line.number)
    if number is None:
        raise ReadError(
            1,
            "the page does not say which trial it is about: its title and its line 'NCT ID: …' are missing. "
            "Add a line such as 'NCT ID: NCT01234567' above 'Study Results', or save the page again from its top",
            "no-number",
        )
    return number


def read_results(draft: Draft, page: Page) -> None:
    """Read whether the registry has results."""
    for line in page.results:
        draft.offer("hasResults", RESULTS_SENTENCES[normalised(line.text)], line.number)


def read_text(draft: Draft, path: str, lines: Sequence[Line], note: Note | None = None) -> None:
    """Put the whole section *lines* at *path* as one text."""
    if lines:
        draft.state(path, paragraphs(draft.document, lines), span(lines), note=note)


def read_one_line_lists(draft: Draft, path: str, lines: Sequence[Line]) -> None:
    """Put each line into the list at *path*.  The site joins values by blanks, so borders may be lost."""
    for line in lines:
        several = " " in line.stripped
        note = _SEVERAL_ON_ONE_LINE if several else None
        draft.append(path, line.stripped, line.number, note=note, several=several)


def read_other_names(draft: Draft, lines: Sequence[Line]) -> None:
    """Read the other names of interventions, which the site lists apart from the interventions.

    They are attached to an intervention only where there is just one that is no comparator, as inferred.
    """
    read_one_line_lists(draft, "catalogSection.otherInterventionNames", lines)
    interventions = draft.value(INTERVENTIONS)
    names = [
        (index, str(item.get("name", "")))
        for index, item in enumerate(interventions if isinstance(interventions, list) else [])
        if isinstance(item, dict)
    ]
    tested = [(index, name) for index, name in names if not _COMPARATOR.search(name)]
    if len(tested) != 1:
        return
    [(index, name)] = tested
    note = sentence(
        "The page lists other names apart; “{name}” is the only intervention that is no comparator.", name=name
    )
    for line in lines:
        draft.append(f"{INTERVENTIONS}.{index}.otherNames", line.stripped, line.number, "inferred", note)


def read_criteria(draft: Draft, lines: Sequence[Line]) -> None:
    """Put the criteria, headings included, at ``eligibilityCriteria`` as the registry writes them.

    A bullet alone is no criterion.
    """
    lines = [line for line in lines if line.stripped not in _BULLETS]
    pieces: list[str] = []
    listed: list[Line] = []
    for line in lines:
        if line.stripped in CRITERIA_HEADINGS:
            draft.document.account(line.number, LineRole.HEADING, line.stripped)
            if listed:
                pieces.append(paragraphs(draft.document, listed))
                listed = []
            pieces.append(f"{line.stripped}:")
        else:
            listed.append(line)
    if listed:
        pieces.append(paragraphs(draft.document, listed))
    if any(line.stripped not in CRITERIA_HEADINGS for line in lines):
        draft.state(f"{ELIGIBILITY}.eligibilityCriteria", "\n\n".join(pieces), span(lines))


def read_officials(draft: Draft, lines: Sequence[Line]) -> None:
    """Read name, role and affiliation of each overall official.  A name is a line right above its role."""
    for index, line in enumerate(lines):
        if index + 1 == len(lines) or not (role := _ROLE.fullmatch(lines[index + 1].stripped)):
            continue
        official = draft.item("protocolSection.contactsLocationsModule.overallOfficials")
        draft.state(f"{official}.name", line.stripped, line.number)
        draft.state(f"{official}.role", role[1], lines[index + 1].number)
        following = lines[index + 2 : index + 4]
        if following and not (len(following) == 2 and _ROLE.fullmatch(following[1].stripped)):
            draft.state(f"{official}.affiliation", following[0].stripped, following[0].number)


def read_responsible_party(draft: Draft, lines: Sequence[Line], type_label: str | None) -> None:
    """Read type, name and title of the responsible party; *type_label* is the label of the type, if any."""
    module = "protocolSection.sponsorCollaboratorsModule.responsibleParty"
    people: list[Line] = []
    for line in lines:
        text = line.stripped
        if type_label and text.startswith(type_label) and (word := value_of("type", text[len(type_label) :].strip())):
            draft.offer(f"{module}.type", word, line.number)
        else:
            people.append(line)
    for key, line in zip(
        ("investigatorFullName", "investigatorTitle", "investigatorAffiliation"), people, strict=False
    ):
        draft.state(f"{module}.{key}", line.stripped, line.number)


def read_countries(draft: Draft, lines: Sequence[Line]) -> None:
    """Read the countries, which the site joins by blanks."""
    sites = draft.value(SITES)
    known = frozenset(
        str(site.get("country", "")) for site in (sites if isinstance(sites, list) else []) if isinstance(site, dict)
    )
    for line in lines:
        for country in split_countries(line.stripped, known) or []:
            draft.append("catalogSection.countries", country, line.number)


def read_facility_contacts(draft: Draft, lines: Sequence[Line]) -> None:
    """Read the contacts, and pair them with the sites by position where the counts agree.

    The site prints contacts and sites as two lists.  A contact is a name right above its role; a phone or an
    e-mail may be missing, so that nothing but the count can be relied on.
    """
    starts = [
        index
        for index in range(len(lines) - 1)
        if _ROLE.fullmatch(lines[index + 1].stripped) and not _ROLE.fullmatch(lines[index].stripped)
    ]
    blocks = [lines[start:end] for start, end in pairwise([*starts, len(lines)])]
    words = [_role_word(block) for block in blocks]
    sites = draft.value(SITES)
    count = len(sites) if isinstance(sites, list) else 0
    paired = count > 0 and words.count("primary") == count and words[:1] == ["primary"]
    note = gettext_noop(
        "The page lists its sites and as many first contacts apart, in the same order; "
        "this contact is paired with its site by position."
    )
    site = -1
    for block, word in zip(blocks, words, strict=True):
        site += word == "primary"
        contact = draft.item(f"{SITES}.{site}.contacts" if paired else "catalogSection.contactsWithoutSite")
        how, reason = ("inferred", note) if paired else ("stated", None)
        for key, line, value in _contact_values(block):
            if draft.value(f"{contact}.{key}") is None:
                draft.state(
                    f"{contact}.{key}", value, line.number, "inferred" if how == "inferred" else "stated", reason
                )


def _role_word(block: Sequence[Line]) -> str:
    found = _ROLE.fullmatch(block[1].stripped)
    return found[1] if found else ""


def _contact_values(block: Sequence[Line]) -> list[tuple[str, Line, str]]:
    word = _role_word(block)
    values = [("name", block[0], block[0].stripped), ("role", block[1], CONTACT_ROLES.get(word, word.upper()))]
    for line in block[2:]:
        text = line.stripped
        if _EMAIL.fullmatch(text):
            values.append(("email", line, text))
        elif phone := _PHONE.fullmatch(text):
            values.append(("phone", line, phone[1].strip()))
            if phone[2]:
                values.append(("phoneExt", line, phone[2]))
    return values


def read_references(draft: Draft, lines: Sequence[Line], *, labelled: bool) -> None:
    """Read citations, with their type and PubMed number where the extraction has kept them."""
    reference: str | None = None
    closed = True
    for line in lines:
        text = line.stripped
        if reference and (found := _REFERENCE_TYPE.fullmatch(text)):
            draft.offer(f"{reference}.type", found[1], line.number)
            closed = True
        elif reference and (found := _PUBMED.fullmatch(text)):
            draft.offer(f"{reference}.pmid", found[1], line.number)
            closed = True
        elif closed or not labelled:
            reference = draft.item("protocolSection.referencesModule.references")
            draft.state(f"{reference}.citation", text, line.number)
            closed = False


def read_identifiers(draft: Draft, lines: Sequence[Line]) -> None:
    """Read the registry numbers and the organization's own number, each a number, its type and its source."""
    index = 0
    while index + 2 < len(lines):
        number, kind, source = lines[index : index + 3]
        found_type = _IDENTIFIER_TYPE.fullmatch(kind.stripped)
        found_source = _IDENTIFIER_SOURCE.fullmatch(source.stripped)
        if not found_type or not found_source or found_source[1] not in IDENTIFIER_SOURCES:
            index += 1
            continue
        if found_source[1] == "org_study_id":
            item = f"{IDENTIFICATION}.orgStudyIdInfo"
            if not draft.offer(f"{item}.id", number.stripped, number.number):
                index += 3
                continue
        else:
            item = draft.item(f"{IDENTIFICATION}.secondaryIdInfos")
            draft.state(f"{item}.id", number.stripped, number.number)
        draft.support(f"{item}.id", source.number)
        if found_type[1] == "-":
            draft.absent(
                f"{item}.type",
                "statedAsNone",
                gettext_noop("The page shows a dash for the type of this number."),
                kind.number,
            )
            draft.document.account(kind.number, LineRole.FACT, "stated as none: type of the number")
        else:
            draft.state(f"{item}.type", found_type[1], kind.number)
        index += 3


def read_related_trials(draft: Draft, heading: str, lines: Sequence[Line]) -> None:
    """Read other trials, each a title above its number; they are mentions and never this trial's own."""
    index = 0
    while index < len(lines):
        title = None if _OTHER_TRIAL.fullmatch(lines[index].stripped) else lines[index]
        number = lines[index + 1] if title and index + 1 < len(lines) else lines[index]
        found = _OTHER_TRIAL.fullmatch(number.stripped)
        if not found:
            index += 1
            continue
        mention = draft.item("catalogSection.mentions")
        draft.state(f"{mention}.id", found[1], number.number)
        draft.state(f"{mention}.relation", heading, number.number)
        if title:
            draft.state(f"{mention}.title", title.stripped, title.number)
        if found[2] in enumerations.STATUSES:
            draft.state(f"{mention}.overallStatus", found[2], number.number)
        if found[3] and (phases := value_of("phases", found[3])):
            draft.state(f"{mention}.phases", phases, number.number)
        for line in (title, number):
            if line:
                draft.mentioned(line.number)
        index += 2 if title else 1


def is_sentence(text: str) -> bool:
    """Say whether *text* reads as prose and not as a name: it ends as a sentence, is a list item, or is long."""
    return text.endswith((".", ":", ";")) or bool(_BULLET.match(text)) or len(text) > _LONGEST_NAME


def read_bare_groups(draft: Draft, lines: Sequence[Line]) -> None:
    """Read groups that have no type and no interventions, where names and sentences take turns.

    Nothing marks the borders then, so anything but strict turns stays unread.
    """
    turns = [is_sentence(line.stripped) for line in lines]
    if turns != [False, True] * (len(lines) // 2):
        return
    note = gettext_noop(
        "The page does not label names and descriptions of the groups; a sentence below a name is its description."
    )
    for name, description in zip(lines[::2], lines[1::2], strict=True):
        arm = draft.item("protocolSection.armsInterventionsModule.armGroups")
        draft.state(f"{arm}.label", name.stripped, name.number, "inferred", note)
        draft.state(f"{arm}.description", description.stripped, description.number, "inferred", note)


def explain_absences(draft: Draft, reasons: dict[str, str]) -> None:
    """Say of each field that the layout does not carry why it is missing, where it is."""
    for path, reason in {**NOT_CARRIED, **reasons}.items():
        if draft.value(path) is None:
            draft.absent(path, "lostByLayout", reason)
