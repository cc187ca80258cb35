"""The registries' codes in plain words.  A code that is not known stays as it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.model import enumerations
from generator.model.catalog import Kind, Role
from generator.readers.known import reader_of

MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Status:
    """A recruitment status as a reader sees it."""

    label: str
    group: str
    """Which of the few looks it has: ``open``, ``soon``, ``running``, ``done``, ``stopped``, ``unknown``."""
    rank: int
    """Its place in lists, the open ones first."""


STATUSES = {
    "RECRUITING": Status("Recruiting", "open", 0),
    "ENROLLING_BY_INVITATION": Status("Enrolling by invitation", "open", 1),
    "AVAILABLE": Status("Available", "open", 2),
    "NOT_YET_RECRUITING": Status("Not yet recruiting", "soon", 3),
    "ACTIVE_NOT_RECRUITING": Status("Active, not recruiting", "running", 4),
    "APPROVED_FOR_MARKETING": Status("Approved for marketing", "done", 5),
    "COMPLETED": Status("Completed", "done", 6),
    "SUSPENDED": Status("Suspended", "stopped", 7),
    "TEMPORARILY_NOT_AVAILABLE": Status("Temporarily not available", "stopped", 8),
    "TERMINATED": Status("Terminated", "stopped", 9),
    "WITHDRAWN": Status("Withdrawn", "stopped", 10),
    "NO_LONGER_AVAILABLE": Status("No longer available", "stopped", 11),
    "WITHHELD": Status("Withheld", "unknown", 12),
    "UNKNOWN": Status("Unknown status", "unknown", 13),
}
NO_STATUS = Status("Status not stated", "unknown", 15)

_WORDS = {
    "NA": "Not applicable",
    "EARLY_PHASE1": "Early phase 1",
    "PHASE1": "Phase 1",
    "PHASE2": "Phase 2",
    "PHASE3": "Phase 3",
    "PHASE4": "Phase 4",
    "RANDOMIZED": "Randomized",
    "NON_RANDOMIZED": "Not randomized",
    "SINGLE_GROUP": "Single group",
    "PARALLEL": "Parallel groups",
    "ALL": "All",
    "ECT": "Educational, counselling or training",
    "OTHER_GOV": "Other government body",
    "FED": "US federal agency",
    "NIH": "US National Institutes of Health",
    "INDIV": "Individual",
    "AMBIG": "Ambiguous",
    "OUTCOMES_ASSESSOR": "Outcomes assessor",
    "CARE_PROVIDER": "Care provider",
    "NONE": "None (open label)",
    "EUDRACT_NUMBER": "EudraCT number",
    "CTIS": "EU CT number (CTIS)",
    "REGISTRY": "Registry number",
    "OTHER_GRANT": "Grant number",
    "SPONSOR_INVESTIGATOR": "Sponsor-investigator",
    "SUB_INVESTIGATOR": "Sub-investigator",
    "NO_INTERVENTION": "No intervention",
    "NON_PROBABILITY_SAMPLE": "Non-probability sample",
    "CASE_CONTROL": "Case-control",
    "CASE_CROSSOVER": "Case-crossover",
    "CROSS_SECTIONAL": "Cross-sectional",
    "CHILD": "Children",
    "ADULT": "Adults",
    "OLDER_ADULT": "Older adults",
}
_CODE = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")
_CODES = frozenset(
    {
        *(code for codes in vars(enumerations).values() if isinstance(codes, tuple) for code in codes),
        *("MEAN", "MEDIAN", "NUMBER", "POSTED", "SUPERIORITY", "EQUIVALENCE", "COHORT", "FULL"),
    }
)
"""Codes of one word.  Other words in capitals may be a registry's own, or short for something: they stay."""
_PHASES = frozenset(enumerations.PHASES)

ROLES: dict[Role, str] = {
    "leadSponsor": "Lead sponsor",
    "collaborator": "Collaborator",
    "sponsorWithoutRole": "Sponsor, role not stated",
    "responsibleParty": "Responsible party",
    "site": "Site",
    "affiliation": "Affiliation of a person",
    "principalInvestigator": "Principal investigator",
    "subInvestigator": "Sub-investigator",
    "studyChair": "Study chair",
    "studyDirector": "Study director",
    "official": "Official, role not stated",
    "centralContact": "Central contact",
    "facilityContact": "Contact at a site",
    "referenceAuthor": "Author of a cited publication",
    "intervention": "Tested in",
    "condition": "Studied in",
    "siteCity": "City of a site",
    "region": "Region of a site",
    "country": "Country of a site",
}
"""What an entity is to a trial, in the order in which its page lists them."""

KINDS: dict[Kind, str] = {
    "organization": "Organization",
    "person": "Person",
    "drug": "Drug or intervention",
    "condition": "Condition",
    "place": "Place",
}

RULES = {
    "exact-key": "same name after cleaning",
    "stated-alias": "a document says so",
    "vocabulary": "a vocabulary says so",
    "curated": "confirmed by an editor",
    "external-id": "same external identifier",
    "own": "",
}


def layout_title(layout: str) -> str:
    """Return what pages call a document of *layout*: its reader's title, or, where none is installed, its own name."""
    reader = reader_of(layout)
    return reader.title if reader else layout


def short_layout(layout: str) -> str:
    """Return what a document of this layout is called in a sentence, such as ``ClinicalTrials.gov record``."""
    reader = reader_of(layout)
    return re.split(r" \(|, ", reader.title, maxsplit=1)[0] if reader else "document"


def words(code: str) -> str:
    """Return a code such as ``NON_RANDOMIZED`` in words; anything else unchanged."""
    known = _WORDS.get(code)
    if known:
        return known
    return code.replace("_", " ").capitalize() if code in _CODES or _CODE.fullmatch(code) else code


def status(code: str | None) -> Status:
    """Return how a status is shown; one that is not known is shown as it is written."""
    if code is None:
        return NO_STATUS
    return STATUSES.get(code) or Status(words(code), "unknown", 14)


def phase(phases: list[str]) -> str:
    """Return phases as one phrase, such as ``Phase 2 / Phase 3``; a registry's own words stand as it writes them."""
    return " / ".join(words(code) if code in _PHASES else f"Other: “{code}”" for code in phases)


def is_phase(code: str) -> bool:
    """Say whether a word for a phase is one of ClinicalTrials.gov's, so that trials of all registries compare."""
    return code in _PHASES


def date(value: str) -> str:
    """Return an ISO date with the precision that it has, such as ``July 2019``; other text unchanged."""
    match = re.fullmatch(r"(\d{4})-(\d{2})(?:-(\d{2}))?(?:T.*)?", value)
    if not match or not 1 <= int(match[2]) <= 12:
        return value
    month = f"{MONTHS[int(match[2]) - 1]} {match[1]}"
    return f"{int(match[3])} {month}" if match[3] else month


def count(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun, such as ``2 trials``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def humanise(key: str) -> str:
    """Return a camelCase name as words: ``whoMasked`` becomes ``who masked``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", key).lower()
