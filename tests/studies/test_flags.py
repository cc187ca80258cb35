"""Each rule finds what it is for, leads to its lines, and stays silent otherwise."""

from __future__ import annotations

from typing import Any

import pytest

from generator.studies.cross_registration import cross_registration_flags
from generator.studies.flags import RULES, flags_of
from generator.studies.matching import Match
from tests.studies.records import numbered, record


def codes(
    section: dict[str, Any] | None = None, *, has_results: bool | None = None, as_of: str = "2023-01-01", **modules: Any
) -> list[str]:
    found = record(
        "NCT00000102", numbered("NCT00000102", **modules), as_of=as_of, section=section, has_results=has_results
    )
    flags = flags_of(found.study)
    for flag in flags:
        assert flag.basis, flag
        assert flag.sources or flag.code == "sites-without-status", flag
        assert str(flag.message).endswith("."), flag
    return [flag.code for flag in flags]


def site(city: str, phone: str, facility: str = "Clinic") -> dict[str, Any]:
    return {"facility": facility, "city": city, "country": "France", "contacts": [{"name": "A B", "phone": phone}]}


@pytest.mark.parametrize(
    ("expected", "modules"),
    [
        ("status-unknown", {"statusModule": {"overallStatus": "UNKNOWN", "lastKnownStatus": "RECRUITING"}}),
        ("planned-date-passed", {"statusModule": {"startDateStruct": {"date": "2019-12", "type": "ESTIMATED"}}}),
        (
            "open-after-completion",
            {"statusModule": {"overallStatus": "RECRUITING", "completionDateStruct": {"date": "2022-11"}}},
        ),
        (
            "phase-differs-from-title",
            {"identificationModule": {"officialTitle": "A Phase II Study"}, "designModule": {"phases": ["NA"]}},
        ),
        (
            "dates-out-of-order",
            {"statusModule": {"startDateStruct": {"date": "2020-05"}, "completionDateStruct": {"date": "2019"}}},
        ),
        (
            "person-as-site",
            {"contactsLocationsModule": {"locations": [{"facility": "Pr Ada Brenner", "city": "Paris"}]}},
        ),
        (
            "telephone-in-two-towns",
            {"contactsLocationsModule": {"locations": [site("Tours", "+33 1 39"), site("Le Chesnay", "+33139")]}},
        ),
        ("enrollment-placeholder", {"designModule": {"enrollmentInfo": {"count": 99999999}}}),
        (
            "enrollment-zero",
            {"designModule": {"enrollmentInfo": {"count": 0}}, "statusModule": {"overallStatus": "COMPLETED"}},
        ),
        (
            "malformed-number",
            {"identificationModule": {"secondaryIdInfos": [{"id": "2016-48-17", "type": "EUDRACT_NUMBER"}]}},
        ),
        ("unknown-word", {"statusModule": {"overallStatus": "PAUSED_BY_STORM"}}),
    ],
)
def test_a_rule_finds_what_it_is_for(expected: str, modules: dict[str, Any]) -> None:
    assert codes(**modules) == [expected]


@pytest.mark.parametrize(
    "modules",
    [
        {"statusModule": {"overallStatus": "RECRUITING", "completionDateStruct": {"date": "2023"}}},
        {"statusModule": {"startDateStruct": {"date": "2019-12", "type": "ACTUAL"}}},
        {"identificationModule": {"briefTitle": "A Phase 1/2 Study"}, "designModule": {"phases": ["PHASE1", "PHASE2"]}},
        {"identificationModule": {"briefTitle": "A Phase Ib Study"}, "designModule": {"phases": ["PHASE1"]}},
        {"identificationModule": {"briefTitle": "The acute phase of the illness"}, "designModule": {"phases": ["NA"]}},
        {"contactsLocationsModule": {"locations": [{"facility": "Dr. Brenner Memorial Hospital", "city": "Paris"}]}},
        {"contactsLocationsModule": {"locations": [site("Tours", "+33139"), site("Tours", "+33139")]}},
        {"designModule": {"enrollmentInfo": {"count": 0}}, "statusModule": {"overallStatus": "WITHDRAWN"}},
    ],
)
def test_rules_are_silent_otherwise(modules: dict[str, Any]) -> None:
    assert codes(**modules) == []


def test_a_paper_of_the_trial_beside_missing_results() -> None:
    paper = {"citation": "Peel T. Salt. 2022.", "type": "DERIVED"}
    background = {"citation": "Peel T. Noses. 2002.", "type": "BACKGROUND"}
    assert codes(referencesModule={"references": [background, paper]}, has_results=False) == ["results-published"]
    assert codes(referencesModule={"references": [background]}, has_results=False) == []
    assert codes(referencesModule={"references": [paper]}, has_results=True) == []


def test_results_are_overdue_a_year_after_completion_by_the_document_s_own_date() -> None:
    status = {"overallStatus": "COMPLETED", "primaryCompletionDateStruct": {"date": "2021-11"}}
    assert codes(statusModule=status, has_results=False, as_of="2022-12-01") == ["results-overdue"]
    assert codes(statusModule=status, has_results=False, as_of="2022-11-30") == []
    assert codes(statusModule=status, has_results=True, as_of="2022-12-01") == []


def test_a_registry_that_does_not_name_the_other_is_told() -> None:
    home = record("NCT00000102", numbered("NCT00000102", others=("2016-000488-17",)), document="a.txt")
    europe = record("2016-000488-17", numbered("2016-000488-17"), document="b.txt")
    [flag] = cross_registration_flags(Match("NCT00000102", [home, europe]))
    assert str(flag.message) == "The record of 2016-000488-17 does not state the trial's number NCT00000102."
    both = record("2016-000488-17", numbered("2016-000488-17", others=("NCT00000102",)), document="b.txt")
    assert cross_registration_flags(Match("NCT00000102", [home, both])) == []


def test_every_rule_explains_itself() -> None:
    assert all(rule.__doc__ for rule in RULES)
