"""The trial page of MedDataX in its compact extraction: values without labels, roles or first paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from generator.language.messages import gettext_noop
from generator.model import enumerations
from generator.model.document import Document, Line
from generator.model.record import Record
from generator.readers.countries import split_place
from generator.readers.draft import Draft
from generator.readers.layouts.meddatax import parts
from generator.readers.layouts.meddatax.compact_groups import take_apart
from generator.readers.layouts.meddatax.sections import cut, heading_marks
from generator.readers.layouts.meddatax.tables import FACT_LABELS
from generator.readers.reader import Reader

LOST = {
    "protocolSection.conditionsModule.conditions": gettext_noop("This copy of the page has lost the conditions."),
    "protocolSection.sponsorCollaboratorsModule.leadSponsor": (
        gettext_noop("This copy of the page has lost which of the sponsors leads the trial.")
    ),
    "protocolSection.sponsorCollaboratorsModule.responsibleParty.type": (
        gettext_noop("This copy of the page has lost the type of the responsible party.")
    ),
    "protocolSection.designModule.designInfo.maskingInfo.whoMasked": (
        gettext_noop("This copy of the page has lost who is masked.")
    ),
    "protocolSection.descriptionModule.briefSummary": (
        gettext_noop(
            "This copy of the page drops the first paragraph of the summary, and with it the whole of a short one."
        )
    ),
    "protocolSection.descriptionModule.detailedDescription": (
        gettext_noop("This copy of the page drops the first paragraph of the description.")
    ),
    "catalogSection.countries": gettext_noop("This copy of the page has lost the list of countries."),
    "catalogSection.otherInterventionNames": gettext_noop(
        "This copy of the page has lost the other names of interventions."
    ),
}
"""Fields that the compact extraction drops, besides what the site never shows."""

FIRST_PARAGRAPH_LOST = gettext_noop("This copy of the page drops the first paragraph; what stands here is the rest.")
FIRST_CRITERIA_LOST = gettext_noop(
    "This copy of the page drops the first inclusion criterion and the first exclusion criterion; "
    "what stands here is the rest."
)

DESIGN = "protocolSection.designModule.designInfo"
DESIGN_ORDER: tuple[tuple[str, tuple[str, ...]], ...] = (
    (f"{DESIGN}.allocation", enumerations.ALLOCATIONS),
    (f"{DESIGN}.interventionModel", enumerations.INTERVENTION_MODELS),
    (f"{DESIGN}.observationalModel", enumerations.OBSERVATIONAL_MODELS),
    (f"{DESIGN}.timePerspective", enumerations.TIME_PERSPECTIVES),
    (f"{DESIGN}.primaryPurpose", enumerations.PRIMARY_PURPOSES),
    (f"{DESIGN}.maskingInfo.masking", enumerations.MASKINGS),
)
"""The values under "Study Design" in the order in which the page prints them, with the words each can be."""

_BASIC = "protocolSection.designModule"
_DATES = ("protocolSection.statusModule.startDateStruct.date", "protocolSection.statusModule.completionDateStruct.date")
_AGES = (f"{parts.ELIGIBILITY}.minimumAge", f"{parts.ELIGIBILITY}.maximumAge")
_AGE_ROLES = {
    "minimumAge": r"(?:[≥>]=?|at least|(?:older|greater|more|higher) than(?: (?:or|to|and|equal))*|over|"
    r"minimum(?: age)?(?: of)?|from)\s*{number}\b{behind}|"
    r"\b{number}\s*{unit}s?(?: of age| old)?,?\s*(?:and|or)\s*(?:older|over|above|more|greater)|"
    r"\b{number}\s*(?:-|–|to|and)\s*\d+\s*{unit}",
    "maximumAge": r"(?:[≤<]=?|at most|(?:younger|less) than(?: (?:or|to|and|equal))*|under|below|up to|"
    r"maximum(?: age)?(?: of)?)\s*{number}\b{behind}|"
    r"\b{number}\s*{unit}s?(?: of age| old)?,?\s*(?:and|or)\s*(?:younger|under|below|less)|"
    r"\b\d+\s*(?:-|–|to|and)\s*{number}\s*{unit}",
}
"""What a text says of an age limit, for each bound; ``{number}`` and ``{unit}`` stand for the limit."""
_BEHIND = r"(?=\s*(?:{unit}|{short}|(?:and|or|to|at|on|who|with|when|by|as|of age)\b|[-–,;:.)\]]|$))"
"""What may stand behind the number: "over 18 kg" and "over 18 months" are other limits than "18 Years"."""
_SHORT_UNITS = {"Year": r"y(?:rs?|o|/o)?\b", "Month": r"m(?:on?|ths?)?\b", "Week": r"w(?:ks?)?\b", "Day": r"d\b"}
_SOMEBODY_ELSE = re.compile(
    r"\b(?:mother|father|parent|guardian|sibling|brother|sister|twin|donor|care ?giver|carer|relative|spouse|partner|"
    r"wife|husband|son|daughter|offspring|famil(?:y|ies)|household|physician|investigator|interviewer)(?:s|'s|’s)?\b",
    re.IGNORECASE,
)
"""A sentence that names another person may give that person's age."""
_OTHER_BOUND = {"minimumAge": "maximumAge", "maximumAge": "minimumAge"}
"""Who is excluded for being younger than an age tells the lowest age, and the other way round."""
_SENTENCE_END = re.compile(r"[.;](?=\s)|\n")
_NEGATION = re.compile(
    r"\b(?:not?|never|without|except|unless|neither|nor|other than|cannot|non)\b|n't\b|exclu|ineligib|contraindicat",
    re.IGNORECASE,
)
"""A sentence with one of these may say the reverse of what its comparison says: it decides nothing."""
_AGE_WORD = re.compile(
    r"\bage[ds]?\b|\bold\b|\bolder\b|\byounger\b|adult|child|\byears?\b|\bmonths?\b|\bweeks?\b|\bdays?\b", re.IGNORECASE
)
_DURATION = re.compile(
    r"\b(?:for|since|within|during|last|past|lasting|after|before|history|duration|diagnos\w*|smok\w*|menopaus\w*)\b[^,;]{0,60}"
    r"(?:at least|more than|less than|over|under|[<>≤≥])",
    re.IGNORECASE,
)
"""A span of time, not an age."""
_RANGE = re.compile(r"\d\s{0,3}(?:-|–|to|and)\s{0,3}\d")
_CRITERIA_HEADING = re.compile(
    r"[\s*#_]{0,9}(?:key\s|main\s|general\s)?(inclusion|exclusion|non-?inclusion)\b(?:\s{1,9}criteri|[\s*#_:]{0,9}$)",
    re.IGNORECASE,
)
_STANDARD_AGES = {"18 Years": r"\badults?\b", "65 Years": r"\b(?:older adults?|elderly)\b"}
"""Lowest ages of the registry's standard groups (StandardAge) -> the words of a text that names the group."""


class MeddataxCompact(Reader):
    """Reads pages whose labels are gone: values are recognised by their shape and order."""

    layout = "meddatax-compact"
    title = gettext_noop("MedDataX page, compact extraction")
    short_title = gettext_noop("MedDataX page")
    rank = 6
    description = (
        "Everything that the page prints is read. The extraction has lost the labels, so what only a label "
        "would tell, such as the roles of organizations, stays unread."
    )

    def recognises(self, document: Document) -> bool:
        """Two or more of the site's headings above their own sentence, and none of its labels."""
        if heading_marks(document) < 2:
            return False
        texts = {line.stripped for line in document.filled()}
        return not any(label in texts for label in FACT_LABELS)

    def read(self, document: Document) -> list[Record]:
        """Return the page's one record.  Raises ReadError where the page does not name its number."""
        page = cut(document)
        draft = Draft(document, self.layout)
        number = parts.read_head(draft, page)
        parts.read_results(draft, page)
        read_basic_information(draft, page.lines("Basic Information"))
        for heading, key in (("Brief Summary", "briefSummary"), ("Detailed Description", "detailedDescription")):
            parts.read_text(
                draft, f"protocolSection.descriptionModule.{key}", page.lines(heading), FIRST_PARAGRAPH_LOST
            )
        parts.read_one_line_lists(draft, "protocolSection.conditionsModule.conditions", page.lines("Conditions"))
        parts.read_one_line_lists(draft, "protocolSection.conditionsModule.keywords", page.lines("Keywords"))
        read_design(draft, page.lines("Study Design"))
        read_groups_and_interventions(draft, page.lines("Study Groups"), page.lines("Interventions"))
        parts.read_other_names(draft, page.lines("Other Intervention Names"))
        read_eligibility(draft, page.lines("Eligibility Criteria"))
        read_sponsors(draft, page.lines("Sponsors"))
        parts.read_responsible_party(draft, page.lines("Responsible Party"), None)
        parts.read_officials(draft, page.lines("Principal Investigators"))
        read_sites(draft, page.lines("Locations"))
        parts.read_countries(draft, page.lines("Countries"))
        parts.read_facility_contacts(draft, page.lines("Facility Contacts"))
        parts.read_references(draft, page.lines("References"), labelled=False)
        parts.read_identifiers(draft, page.lines("Other Identifiers"))
        for heading in ("Related Clinical Trials", "More Related Trials"):
            parts.read_related_trials(draft, heading, page.lines(heading))
        parts.explain_absences(draft, LOST)
        as_of = draft.value("protocolSection.statusModule.lastUpdatePostDateStruct.date")
        return [draft.finish(number, as_of if isinstance(as_of, str) else None)]


def read_basic_information(draft: Draft, lines: Sequence[Line]) -> None:
    """Read status, phase, enrollment, type and the two dates, each by its shape."""
    dates: list[Line] = []
    for line in lines:
        text = line.stripped
        if text in enumerations.STUDY_TYPES:
            draft.offer(f"{_BASIC}.studyType", text, line.number)
        elif phases := parts.value_of("phases", text):
            draft.offer(f"{_BASIC}.phases", phases, line.number)
        elif (count := parts.value_of("count", text)) is not None:
            draft.offer(f"{_BASIC}.enrollmentInfo.count", count, line.number)
        elif parts.value_of("date", text):
            dates.append(line)
        elif status := parts.value_of("status", text):
            draft.offer("protocolSection.statusModule.overallStatus", status, line.number)
    if len(dates) == 2:
        note = gettext_noop(
            "The page prints two dates without labels; in this layout the start stands before the completion."
        )
        for path, line in zip(_DATES, dates, strict=True):
            draft.state(path, line.stripped, line.number, "inferred", note)


def read_design(draft: Draft, lines: Sequence[Line]) -> None:
    """Read the design's values, which the page prints in a fixed order, each of its own set of words.

    The words of several values overlap (``OTHER``, ``NA``): stated is only what every way of giving the lines to
    the values, in order, agrees on.
    """
    observational = draft.value(f"{_BASIC}.studyType") == "OBSERVATIONAL"
    fields = [
        (path, words)
        for path, words in DESIGN_ORDER
        if observational == path.endswith(("observationalModel", "timePerspective"))
    ]
    texts = [line.stripped for line in lines]
    ways = [
        choice
        for choice in combinations(fields, len(texts))
        if all(text in words for text, (_, words) in zip(texts, choice, strict=True))
    ]
    for index, line in enumerate(lines):
        paths = {choice[index][0] for choice in ways}
        if len(paths) == 1:
            draft.state(paths.pop(), line.stripped, line.number)


def read_groups_and_interventions(draft: Draft, groups: Sequence[Line], interventions: Sequence[Line]) -> None:
    """Read arms and interventions where the two sections together allow one reading only."""
    found = take_apart(groups, interventions)
    if found is None:
        if not interventions:
            parts.read_bare_groups(draft, groups)
        return
    module = "protocolSection.armsInterventionsModule"
    paths: list[str] = []
    for block in found.interventions:
        paths.append(draft.item(f"{module}.interventions"))
        name = interventions[block.start]
        draft.state(f"{paths[-1]}.name", name.stripped, name.number)
        parts.read_text(draft, f"{paths[-1]}.description", interventions[block.start + 1 : block.end])
    for arm in found.arms:
        path = draft.item(f"{module}.armGroups")
        label = groups[arm.start]
        draft.state(f"{path}.label", label.stripped, label.number)
        parts.read_text(draft, f"{path}.description", groups[arm.start + 1 : arm.end])
        for number, start, end in arm.blocks:
            draft.append(f"{paths[number]}.armGroupLabels", label.stripped, groups[start].number)
            draft.support(f"{paths[number]}.name", groups[start].number)
            if end > start + 1:
                draft.support(f"{paths[number]}.description", parts.span(groups[start + 1 : end]))


def read_eligibility(draft: Draft, lines: Sequence[Line]) -> None:
    """Read the criteria, and after them the age limits, the sex and the healthy volunteers by their shape."""
    end = len(lines)
    while end and _tail_value(lines[end - 1].stripped):
        end -= 1
    parts.read_criteria(draft, lines[:end])
    if draft.value(f"{parts.ELIGIBILITY}.eligibilityCriteria") is not None:
        draft.absent(f"{parts.ELIGIBILITY}.eligibilityCriteria", "lostByLayout", FIRST_CRITERIA_LOST)
    ages: list[Line] = []
    for line in lines[end:]:
        text = line.stripped
        if text in enumerations.SEXES:
            draft.offer(f"{parts.ELIGIBILITY}.sex", text, line.number)
        elif (volunteers := parts.value_of("healthyVolunteers", text)) is not None:
            note = gettext_noop(
                "The page prints it without a label; of the values at this place only this one is a yes or a no."
            )
            draft.offer(f"{parts.ELIGIBILITY}.healthyVolunteers", volunteers, line.number, "inferred", note)
        else:
            ages.append(line)
    if len(ages) == 2:
        note = gettext_noop(
            "The page prints two ages without labels; in this layout the lowest stands before the highest."
        )
        for path, line in zip(_AGES, ages, strict=True):
            draft.state(path, line.stripped, line.number, "inferred", note)
    elif len(ages) == 1:
        _read_single_age(draft, ages[0])


def _tail_value(text: str) -> bool:
    return (
        text in enumerations.SEXES
        or parts.value_of("minimumAge", text) is not None
        or parts.value_of("healthyVolunteers", text) is not None
    )


def _read_single_age(draft: Draft, line: Line) -> None:
    """Read the only age limit: a lowest or a highest one if the page's own text tells, else neither."""
    number, unit = line.stripped.split()
    unit = unit.rstrip("s")
    behind = _BEHIND.format(unit=unit, short=_SHORT_UNITS.get(unit.capitalize(), unit))
    patterns = {
        key: re.compile(pattern.format(number=number, unit=unit, behind=behind), re.IGNORECASE)
        for key, pattern in _AGE_ROLES.items()
    }
    sentences = [
        (sentence, excluded)
        for sentence, excluded in _sentences_of(draft)
        if _AGE_WORD.search(sentence) and not _DURATION.search(sentence) and not _SOMEBODY_ELSE.search(sentence)
    ]
    found = list(
        dict.fromkeys(
            _OTHER_BOUND[key] if excluded else key
            for sentence, excluded in sentences
            for key, pattern in patterns.items()
            if pattern.search(sentence) and not (excluded and _RANGE.search(sentence))
        )
    )
    group = _STANDARD_AGES.get(line.stripped)
    positive = [sentence for sentence, excluded in _sentences_of(draft) if not excluded]
    if not found and group and any(re.search(group, sentence, re.IGNORECASE) for sentence in positive):
        found = ["minimumAge"]
    if len(found) == 1:
        note = (
            gettext_noop("The page gives one age limit without a label; its own text says that it is the lowest.")
            if found[0] == "minimumAge"
            else gettext_noop("The page gives one age limit without a label; its own text says that it is the highest.")
        )
        draft.state(f"{parts.ELIGIBILITY}.{found[0]}", line.stripped, line.number, "inferred", note)
    else:
        note = gettext_noop("The page gives one age limit and has lost whether it is the lowest or the highest.")
        draft.state("catalogSection.ageLimitWithoutBound", line.stripped, line.number, note=note)
        for path in _AGES:
            draft.absent(path, "lostByLayout", note, line.number)


def _sentences_of(draft: Draft) -> Iterator[tuple[str, bool]]:
    """Yield what the page says in sentences that deny nothing, each with whether it is among the exclusion criteria."""
    for text, excluded in _stated_texts(draft):
        for sentence in _SENTENCE_END.split(text):
            if not _NEGATION.search(sentence):
                yield sentence, excluded


def _stated_texts(draft: Draft) -> Iterator[tuple[str, bool]]:
    """Yield the page's texts, each with whether it says who may not take part."""
    for path in (
        "protocolSection.identificationModule.briefTitle",
        "protocolSection.descriptionModule.briefSummary",
        "protocolSection.descriptionModule.detailedDescription",
        f"{parts.ELIGIBILITY}.eligibilityCriteria",
    ):
        value = draft.value(path)
        if not isinstance(value, str):
            continue
        excluded = False
        for line in value.replace("\\", "").split("\n"):
            if heading := _CRITERIA_HEADING.match(line):
                excluded = heading[1].casefold() != "inclusion"
            yield line, excluded


def read_sponsors(draft: Draft, lines: Sequence[Line]) -> None:
    """Read the sponsors, each a name above its class.  Who leads is lost, so they stand without a role."""
    note = gettext_noop("This copy of the page has lost the role of this sponsor.")
    index = 0
    while index + 1 < len(lines):
        name, kind = lines[index], lines[index + 1]
        if kind.stripped not in enumerations.AGENCY_CLASSES:
            index += 1
            continue
        sponsor = draft.item("catalogSection.sponsorsWithoutRole")
        draft.state(f"{sponsor}.name", name.stripped, name.number, note=note)
        draft.state(f"{sponsor}.class", kind.stripped, kind.number)
        index += 2


def read_sites(draft: Draft, lines: Sequence[Line]) -> None:
    """Read the sites, each a facility above a line ``City, State, Country``; the statuses are lost."""
    facility: Line | None = None
    for line in lines:
        place = split_place(line.stripped)
        if place is None or (facility is None and _is_facility_with_commas(line, lines)):
            facility = line
            continue
        site = draft.item(parts.SITES)
        if facility:
            draft.state(f"{site}.facility", facility.stripped, facility.number)
        for key, value in zip(("city", "state", "country"), place, strict=True):
            if value:
                draft.state(f"{site}.{key}", value, line.number)
        facility = None


def _is_facility_with_commas(line: Line, lines: Sequence[Line]) -> bool:
    """Say whether a line that looks like a place stands where all other sites have their facility.

    In a list that takes strict turns of facility and place, odd lines are facilities whatever commas they hold.
    """
    position = lines.index(line)
    if len(lines) % 2 or position % 2:
        return False
    return all(split_place(place.stripped) for place in lines[1::2])


READER = MeddataxCompact()
