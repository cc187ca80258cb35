"""The trial page of MedDataX with its labels: every label and value a paragraph of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from generator.language.messages import gettext_noop
from generator.model.document import Document, Line, LineRole
from generator.model.record import Record
from generator.model.sentence import sentence
from generator.readers.countries import split_place
from generator.readers.draft import Draft
from generator.readers.layouts.meddatax import parts
from generator.readers.layouts.meddatax.sections import cut, heading_marks
from generator.readers.layouts.meddatax.tables import FACT_LABELS, MASKED_PARTIES
from generator.readers.reader import Reader, line_starts, whole_lines

ARMS = "protocolSection.armsInterventionsModule.armGroups"
MASKING = "protocolSection.designModule.designInfo.maskingInfo"
SPONSORS = "protocolSection.sponsorCollaboratorsModule"

_SINGLE_LABELS = ("Recruitment Status", "Eligible Sex", "Total Enrollment", "Study Classification")
_WORD = r"([A-Z][A-Z0-9_]*)"
_INTERVENTION_TYPE = re.compile(rf"Intervention Type {_WORD}")
_GROUP_TYPE = re.compile(rf"Group Type {_WORD}")
_SPONSOR_ROLE = re.compile(r"Sponsor Role (\w+)")
_SITE_STATUS = re.compile(rf"Site Status(?: {_WORD})?")
_TYPE_LABEL = "Responsibility Role"


class MeddataxLabelled(Reader):
    """Reads pages whose labels survived the extraction."""

    layout = "meddatax"
    title = gettext_noop("MedDataX page")
    rank = 5
    description = "Everything that the page prints is read."
    marks = (
        whole_lines(
            "Basic Information",
            "Clinical Phase",
            "Facility Contacts",
            "More Related Trials",
            "Related Clinical Trials",
            "Study Classification",
            "Study Groups",
            "Study Locations",
            "Study Phase",
            "Study Population",
            "Total Enrollment",
        ),
        line_starts(
            "Accepts Healthy Volunteers",
            "Allocation Method",
            "Blinding Strategy",
            "Eligible Sex",
            "Group Type",
            "Identifier Type",
            "Intervention (?:Model|Type)",
            "Last Updated:",
            "Maximum Eligible Age",
            "Minimum Eligible Age",
            "NCT ID:",
            "Other Intervention Names",
            "Primary Study Purpose",
            "Reference Type",
            "Site Status",
            "Sponsor Role",
        ),
    )

    def recognises(self, document: Document) -> bool:
        """Two or more of the site's headings above their own sentence, and at least one of its labels."""
        if heading_marks(document) < 2:
            return False
        texts = {line.stripped for line in document.filled()}
        return any(label in texts for label in _SINGLE_LABELS)

    def read(self, document: Document) -> list[Record]:
        """Return the page's one record.  Raises ReadError where the page does not name its number."""
        page = cut(document)
        draft = Draft(document, self.layout)
        number = parts.read_head(draft, page)
        parts.read_results(draft, page)
        read_labelled_values(draft, page.lines("Basic Information"))
        parts.read_text(draft, "protocolSection.descriptionModule.briefSummary", page.lines("Brief Summary"))
        parts.read_text(
            draft, "protocolSection.descriptionModule.detailedDescription", page.lines("Detailed Description")
        )
        if "Detailed Description" in page.sections and not page.lines("Detailed Description"):
            draft.absent(
                "protocolSection.descriptionModule.detailedDescription",
                "statedAsNone",
                gettext_noop("The page has the section, and nothing is in it."),
            )
        parts.read_one_line_lists(draft, "protocolSection.conditionsModule.conditions", page.lines("Conditions"))
        parts.read_one_line_lists(draft, "protocolSection.conditionsModule.keywords", page.lines("Keywords"))
        read_labelled_values(draft, page.lines("Study Design"))
        read_interventions(draft, page.lines("Interventions"))
        read_groups(draft, page.lines("Study Groups"))
        parts.read_other_names(draft, page.lines("Other Intervention Names"))
        read_eligibility(draft, page.lines("Eligibility Criteria"))
        read_sponsors(draft, page.lines("Sponsors"))
        parts.read_responsible_party(draft, page.lines("Responsible Party"), _TYPE_LABEL)
        parts.read_officials(draft, page.lines("Principal Investigators"))
        read_sites(draft, page.lines("Locations"))
        parts.read_countries(draft, page.lines("Countries"))
        parts.read_facility_contacts(draft, page.lines("Facility Contacts"))
        parts.read_references(draft, page.lines("References"), labelled=True)
        parts.read_identifiers(draft, page.lines("Other Identifiers"))
        for heading in ("Related Clinical Trials", "More Related Trials"):
            parts.read_related_trials(draft, heading, page.lines(heading))
        parts.explain_absences(draft, {})
        as_of = draft.value("protocolSection.statusModule.lastUpdatePostDateStruct.date")
        return [draft.finish(number, as_of if isinstance(as_of, str) else None)]


def read_labelled_values(draft: Draft, lines: Sequence[Line]) -> None:
    """Read labels with the value on the line below; who is masked stands below the masking without a label."""
    index = 0
    while index < len(lines):
        label = lines[index]
        path = FACT_LABELS.get(label.stripped)
        below = lines[index + 1] if index + 1 < len(lines) else None
        if path is None:
            read_masked_parties(draft, label)
        elif below is None or below.stripped in FACT_LABELS:
            draft.document.account(label.number, LineRole.HEADING, label.stripped)
            draft.absent(
                path,
                "statedAsNone",
                sentence("“{label}” stands on the page without a value.", label=label.stripped),
                label.number,
            )
        else:
            value = parts.value_of(path, below.stripped)
            if value is not None and draft.offer(path, value, below.number):
                draft.document.account(label.number, LineRole.HEADING, label.stripped)
                index += 1
        index += 1


def read_masked_parties(draft: Draft, line: Line) -> None:
    """Read the line that says who is masked: the site's words for the parties, joined by blanks."""
    rest = line.stripped
    parties: list[str] = []
    while rest:
        word = next((word for word in MASKED_PARTIES if re.match(rf"{word}(?:\s|,|$)", rest)), None)
        if word is None:
            return
        parties.append(MASKED_PARTIES[word])
        rest = rest[len(word) :].lstrip(" ,")
    if parties and draft.value(f"{MASKING}.masking") is not None:
        draft.offer(f"{MASKING}.whoMasked", list(parties), line.number)


def read_interventions(draft: Draft, lines: Sequence[Line]) -> None:
    """Read the interventions: a name, a description of any length, and the type at the end of each."""
    block: list[Line] = []
    for line in lines:
        found = _INTERVENTION_TYPE.fullmatch(line.stripped)
        if not found:
            block.append(line)
            continue
        if block:
            intervention = draft.item(parts.INTERVENTIONS)
            draft.state(f"{intervention}.type", found[1], line.number)
            draft.state(f"{intervention}.name", block[0].stripped, block[0].number)
            parts.read_text(draft, f"{intervention}.description", block[1:])
        block = []


def read_groups(draft: Draft, lines: Sequence[Line]) -> None:
    """Read the arms, each with the interventions given in it.

    An arm is a label, a description and "Group Type"; then each of its interventions again, a name, "Intervention
    Type" and the description.  Nothing marks where the last description ends and the next label begins: the
    descriptions are known from the section "Interventions", so the label is what comes after them.
    """
    if not any(_GROUP_TYPE.fullmatch(line.stripped) or _INTERVENTION_TYPE.fullmatch(line.stripped) for line in lines):
        parts.read_bare_groups(draft, lines)
        return
    index = 0
    arm: str | None = None
    while index < len(lines):
        named = index + 1 < len(lines) and _INTERVENTION_TYPE.fullmatch(lines[index + 1].stripped)
        if named and arm is not None:
            index = _read_arm_intervention(draft, arm, lines, index)
            continue
        end = _end_of_arm_head(lines, index)
        if end is None:
            return
        arm = draft.item(ARMS)
        draft.state(f"{arm}.label", lines[index].stripped, lines[index].number)
        kind = _GROUP_TYPE.fullmatch(lines[end - 1].stripped)
        parts.read_text(draft, f"{arm}.description", lines[index + 1 : end - 1 if kind else end])
        if kind:
            draft.state(f"{arm}.type", kind[1], lines[end - 1].number)
        index = end


def _end_of_arm_head(lines: Sequence[Line], start: int) -> int | None:
    """Return where label, description and type of the arm that begins at *start* end; None if nothing tells."""
    for index in range(start, len(lines)):
        if index > start and _GROUP_TYPE.fullmatch(lines[index].stripped):
            return index + 1
        if index > start and _INTERVENTION_TYPE.fullmatch(lines[index].stripped):
            return index - 1 if index - 1 > start else None
    return None


def _read_arm_intervention(draft: Draft, arm: str, lines: Sequence[Line], index: int) -> int:
    """Read one intervention of an arm, which begins at *index*, and return where it ends."""
    name, kind = lines[index], lines[index + 1]
    found = _INTERVENTION_TYPE.fullmatch(kind.stripped)
    word = found[1] if found else ""
    label = str(draft.value(f"{arm}.label"))
    below = lines[index + 2 :]
    best: tuple[int, str] | None = None
    for position, known in enumerate(_items(draft, parts.INTERVENTIONS)):
        if known.get("name") != name.stripped or known.get("type") != word:
            continue
        size = _matching_lines(str(known.get("description") or ""), below)
        if size is not None and (best is None or size > best[0]):
            best = size, f"{parts.INTERVENTIONS}.{position}"
    if best is None:
        return _skip_unknown(lines, index + 2)
    size, intervention = best
    draft.support(f"{intervention}.name", name.number)
    draft.support(f"{intervention}.type", kind.number)
    if size:
        draft.support(f"{intervention}.description", parts.span(below[:size]))
    draft.append(f"{arm}.interventionNames", f"{word.replace('_', ' ').title()}: {name.stripped}", name.number)
    labels = draft.value(f"{intervention}.armGroupLabels")
    if not isinstance(labels, list) or label not in labels:
        draft.append(f"{intervention}.armGroupLabels", label, name.number)
    return index + 2 + size


def _items(draft: Draft, path: str) -> list[dict[str, object]]:
    found = draft.value(path)
    return [dict(item) for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def _matching_lines(description: str, lines: Sequence[Line]) -> int | None:
    """Return how many of *lines* are *description*, or None where they do not begin with it."""
    wanted = [piece.strip() for piece in description.splitlines() if piece.strip()]
    found = [line.stripped for line in lines[: len(wanted)]]
    return len(wanted) if wanted == found else None


def _skip_unknown(lines: Sequence[Line], start: int) -> int:
    """Return where the next arm or intervention begins after a description that is not known; it stays unread."""
    for index in range(start, len(lines) - 1):
        if _INTERVENTION_TYPE.fullmatch(lines[index + 1].stripped):
            return index
    return len(lines)


def read_eligibility(draft: Draft, lines: Sequence[Line]) -> None:
    """Read the criteria, then age, sex and healthy volunteers, each a label with its value below."""
    end = next(
        (
            index
            for index, (label, below) in enumerate(pairwise(lines))
            if (path := FACT_LABELS.get(label.stripped, "")).startswith(parts.ELIGIBILITY)
            and parts.value_of(path, below.stripped) is not None
        ),
        len(lines),
    )
    parts.read_criteria(draft, lines[:end])
    read_labelled_values(draft, lines[end:])


def read_sponsors(draft: Draft, lines: Sequence[Line]) -> None:
    """Read the sponsors: a name, a class, and the role at the end of each."""
    block: list[Line] = []
    for line in lines:
        found = _SPONSOR_ROLE.fullmatch(line.stripped)
        if not found:
            block.append(line)
            continue
        lead = found[1] == "lead" and draft.value(f"{SPONSORS}.leadSponsor") is None
        if block and (lead or found[1] == "collaborator"):
            sponsor = f"{SPONSORS}.leadSponsor" if lead else draft.item(f"{SPONSORS}.collaborators")
            draft.state(f"{sponsor}.name", block[0].stripped, block[0].number)
            draft.support(f"{sponsor}.name", line.number)
            if len(block) > 1 and (word := parts.value_of("class", block[1].stripped)):
                draft.state(f"{sponsor}.class", word, block[1].number)
        block = []


def read_sites(draft: Draft, lines: Sequence[Line]) -> None:
    """Read the sites: a facility, a line ``City, State, Country``, and the status at the end of each."""
    block: list[Line] = []
    for line in lines:
        found = _SITE_STATUS.fullmatch(line.stripped)
        if not found:
            block.append(line)
            continue
        place = split_place(block[-1].stripped) if block else None
        if place and len(block) <= 2:
            site = draft.item(parts.SITES)
            if len(block) == 2:
                draft.state(f"{site}.facility", block[0].stripped, block[0].number)
            for key, value in zip(("city", "state", "country"), place, strict=True):
                if value:
                    draft.state(f"{site}.{key}", value, block[-1].number)
            if found[1]:
                draft.state(f"{site}.status", found[1], line.number)
            else:
                draft.absent(
                    f"{site}.status",
                    "statedAsNone",
                    gettext_noop("“Site Status” stands on the page without a value."),
                    line.number,
                )
                draft.document.account(line.number, LineRole.HEADING, "Site Status, without a value")
        block = []


READER = MeddataxLabelled()
