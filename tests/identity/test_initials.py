"""Initials against full names: a question where the two share a trial or a town, and never a join."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.identity.curated import load_curated
from generator.identity.decisions import decide
from generator.identity.identification import Identification
from generator.identity.review import questions
from tests.identity.catalogs import catalog, entity_of, site, study


def asked(found: Identification) -> dict[frozenset[str], str]:
    """Return the pairs of persons that are asked about, each with the reason."""
    return {frozenset((one.first.name, one.second.name)): str(one.why) for one in questions(found, ["person"])}


def in_one_trial(*names: str) -> Identification:
    return catalog(study("T1", officials=[(name, "PRINCIPAL_INVESTIGATOR", None) for name in names]))


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("J. Smith", "John Smith"),
        ("Smith J", "John Smith"),
        ("J. P. Smith", "John Paul Smith"),
        ("J. Smith", "John Paul Smith"),
        ("J. P. Smith", "John Smith"),
        ("J. van der Berg", "Jan van der Berg, MD"),
    ],
)
def test_initials_and_a_full_name_in_one_trial_are_a_question(short: str, full: str) -> None:
    found = in_one_trial(short, full)
    [why] = asked(found).values()
    assert why.endswith("both are named in T1.")
    assert sum(kind == "person" for kind, _ in found.entities) == 2


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("J. Smith", "Mary Smith"),
        ("J. R. Smith", "John Paul Smith"),
        ("J. Smithe", "John Smith"),
        ("J. Smith", "J Smith"),
        ("K. M. Lo", "Kim Berg"),
    ],
)
def test_other_initials_or_another_family_are_none(short: str, full: str) -> None:
    assert asked(in_one_trial(short, full)) == {}


def test_a_town_is_enough_and_another_town_is_not() -> None:
    found = catalog(
        study("T1", locations=[site("Hospital One", "Nancy", "J. Smith")]),
        study("T2", locations=[site("Hospital Two", "Nancy", "John Smith")]),
        study("T3", locations=[site("Hospital Three", "Lille", "James Smith")]),
    )
    assert asked(found) == {
        frozenset(("J. Smith", "John Smith")): "“J. Smith” can be short for “John Smith”; both are named in Nancy."
    }


def test_likeness_alone_is_no_question() -> None:
    long = "Konstantinopoulos"
    found = catalog(
        study("T1", locations=[site("Hospital One", "Nancy", f"A. {long}")]),
        study("T2", locations=[site("Hospital Two", "Lille", f"Anastasios {long}")]),
        *(
            study(f"S{number}", locations=[site(f"Hospital {name}", "Lyon", f"{name} Martin")])
            for number, name in enumerate(("Paul", "Luc", "Anne", "Marie", "Hugo", "Zoe", "Remi"))
        ),
    )
    assert {one.kind for one in found.proposals} == {"person"}
    assert not any("Konst" in name for pair in asked(found) for name in pair)


def test_a_decision_ends_the_question(tmp_path: Path) -> None:
    trial = study("T1", officials=[(name, "PRINCIPAL_INVESTIGATOR", None) for name in ("J. Smith", "John Smith")])
    [question] = questions(catalog(trial), ["person"])
    decide(tmp_path, question.first, question.second, "different", "Two people.")
    assert asked(catalog(trial, curated=load_curated(tmp_path))) == {}


def test_who_is_written_in_full_anywhere_is_not_short() -> None:
    chair = ("Antoine Paul Guillon", "STUDY_CHAIR", None)
    head = ("Antoine Guillon", "PRINCIPAL_INVESTIGATOR", None)
    found = catalog(
        study("T1", sponsor="Acme", officials=[head], references=["Guillon A. A paper. 2020."]),
        study("T2", sponsor="Acme", officials=[head, chair]),
    )
    assert "Guillon A" in [one.text for one in entity_of(found, "person", "Antoine Guillon").spellings]
    assert not any("can be short" in why for why in asked(found).values())
