"""The plain words that a trial written by hand can use for the common fields, and what they stand for.

``Lead sponsor:``, ``lead-sponsor:`` and ``lead_sponsor:`` are one word.  Fields of API v2 keep their own names.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from generator.model.word_tables import by_word, listed
from generator.readers.fields import count_of, enumerated
from generator.readers.registry_values import RECRUITMENT_STATUSES, STUDY_TYPES, age, date, phases, sex

_P = "protocolSection"

Value = str | int


@dataclass(frozen=True, slots=True)
class PlainField:
    """What a plain word stands for."""

    path: str
    """The field; in a list of things, the field of each."""
    understand: Callable[[str], list[Value] | None] = lambda text: [text]
    """Returns the values that a text states; None where it states none that is known."""
    expects: str = "a text"
    """What may stand there, for messages."""
    several: bool = False
    """Whether a list may be given, of which each item is one value."""
    things: str | None = None
    """The list of things of which each value makes one."""
    beside: tuple[tuple[str, str], ...] = ()
    """What each thing says besides, which the word implies."""
    is_date: bool = False


def _one(understand: Callable[[str], Value | None]) -> Callable[[str], list[Value] | None]:
    def values(text: str) -> list[Value] | None:
        value = understand(text)
        return None if value is None else [value]

    return values


def _status(text: str) -> str | None:
    return enumerated("status", text) or RECRUITMENT_STATUSES.get(text.casefold())


def _study_type(text: str) -> str | None:
    return enumerated("studyType", text) or STUDY_TYPES.get(text.casefold())


def _phases(text: str) -> list[Value] | None:
    single = enumerated("phase", text)
    found = [single] if single else phases(text)
    return list(found) if found else None


_CONTACTS = f"{_P}.contactsLocationsModule.centralContacts"
_MEASURE = "an outcome that is measured"
_AGE = "an age with its unit, such as 18 years"
_DAY = "a date such as 2019, 2019-07 or 31 July 2019"

_FIELDS: tuple[tuple[tuple[str, ...], PlainField], ...] = (
    (("title", "name", "study title", "trial title"), PlainField(f"{_P}.identificationModule.briefTitle")),
    (("scientific title", "full title"), PlainField(f"{_P}.identificationModule.officialTitle")),
    (("summary", "abstract"), PlainField(f"{_P}.descriptionModule.briefSummary")),
    (
        ("sponsor", "lead sponsor", "primary sponsor"),
        PlainField(
            f"{_P}.sponsorCollaboratorsModule.leadSponsor.name", expects="the name of one organization or person"
        ),
    ),
    (
        ("collaborator", "partner", "partners"),
        PlainField("name", several=True, things=f"{_P}.sponsorCollaboratorsModule.collaborators"),
    ),
    (
        ("status", "recruitment status", "recruitment", "overall status"),
        PlainField(
            f"{_P}.statusModule.overallStatus",
            _one(_status),
            "a status such as recruiting, not yet recruiting, active not recruiting, completed or terminated",
        ),
    ),
    (
        ("study type", "trial type"),
        PlainField(f"{_P}.designModule.studyType", _one(_study_type), "interventional or observational"),
    ),
    (
        ("phase", "trial phase", "study phase"),
        PlainField(f"{_P}.designModule.phases", _phases, "a phase such as 2, II, 2/3 or not applicable"),
    ),
    (("condition", "disease", "diseases", "indication"), PlainField(f"{_P}.conditionsModule.conditions", several=True)),
    (("keyword", "tag"), PlainField(f"{_P}.conditionsModule.keywords", several=True)),
    (
        ("drug", "drugs", "medicine", "medicines"),
        PlainField(
            "name", several=True, things=f"{_P}.armsInterventionsModule.interventions", beside=(("type", "DRUG"),)
        ),
    ),
    (
        ("intervention", "treatment", "treatments"),
        PlainField("name", several=True, things=f"{_P}.armsInterventionsModule.interventions"),
    ),
    (
        ("participants", "patients", "enrollment", "enrolment", "sample size", "number of participants"),
        PlainField(f"{_P}.designModule.enrollmentInfo.count", _one(count_of), "a whole number"),
    ),
    (
        ("start", "start date", "begin", "began"),
        PlainField(f"{_P}.statusModule.startDateStruct.date", _one(date), _DAY, is_date=True),
    ),
    (
        ("end", "end date", "completion", "completion date", "study completion"),
        PlainField(f"{_P}.statusModule.completionDateStruct.date", _one(date), _DAY, is_date=True),
    ),
    (
        ("primary completion", "primary completion date"),
        PlainField(f"{_P}.statusModule.primaryCompletionDateStruct.date", _one(date), _DAY, is_date=True),
    ),
    (("gender", "sexes"), PlainField(f"{_P}.eligibilityModule.sex", _one(sex), "all, female or male")),
    (("min age", "age from", "youngest"), PlainField(f"{_P}.eligibilityModule.minimumAge", _one(age), _AGE)),
    (("max age", "age to", "oldest"), PlainField(f"{_P}.eligibilityModule.maximumAge", _one(age), _AGE)),
    (("eligibility", "criteria"), PlainField(f"{_P}.eligibilityModule.eligibilityCriteria")),
    (
        ("primary outcome", "primary endpoint", "primary end point"),
        PlainField("measure", several=True, things=f"{_P}.outcomesModule.primaryOutcomes", expects=_MEASURE),
    ),
    (
        ("secondary outcome", "secondary endpoint", "secondary endpoints"),
        PlainField("measure", several=True, things=f"{_P}.outcomesModule.secondaryOutcomes", expects=_MEASURE),
    ),
    (
        ("investigator", "principal investigator", "principal investigators"),
        PlainField(
            "name",
            several=True,
            things=f"{_P}.contactsLocationsModule.overallOfficials",
            beside=(("role", "PRINCIPAL_INVESTIGATOR"),),
        ),
    ),
    (
        ("site", "sites", "hospital", "hospitals"),
        PlainField("facility", several=True, things=f"{_P}.contactsLocationsModule.locations"),
    ),
    (("country",), PlainField("catalogSection.countries", several=True)),
    (("contact", "contact name"), PlainField(f"{_CONTACTS}.name")),
    (("contact email", "email", "e mail"), PlainField(f"{_CONTACTS}.email")),
    (("contact phone", "phone", "telephone"), PlainField(f"{_CONTACTS}.phone")),
    (("website", "web page", "link"), PlainField("url", several=True, things=f"{_P}.referencesModule.seeAlsoLinks")),
)

PLAIN_WORDS = {word: meaning for words, meaning in _FIELDS for word in words}
"""Plain word -> what it stands for."""

CONTACTS = _CONTACTS
"""The list whose one item a contact's name, e-mail address and telephone number make up."""

NUMBER_WORDS = by_word({"nctId": "nct; nct id; nct number", "id": "registry number; registration number; trial number"})
"""Plain words for the keys that say which trial it is."""

OF_ANYTHING = frozenset(
    listed(
        """
        title; name; summary; abstract; keyword; tag; status; start; end; start date; end date; contact; contact name;
        contact email; email; e mail; phone; telephone; website; web page; link; country; partner; partners;
        collaborator; site; sites; begin; began
        """
    )
)
"""Words that stand above other texts, too: alone they do not make a trial."""


def plain(key: str) -> str:
    """Return a key as the tables of this module have it."""
    return re.sub(r"[\s_-]+", " ", key).strip().casefold()
