"""Drugs that the text of an intervention tells to be given, where it is no name itself."""

from __future__ import annotations

import pytest

from generator.model.study import Intervention
from tests.identity.catalogs import catalog, study

KNOWN = study("K", drugs=["Hydroxychloroquine", "Arbidol", "Camrelizumab", "Oxygen", "Sodium"])


def told(text: str, kind: str | None = None) -> list[str]:
    """Return the drugs whose page a trial stands on that gives *text* as its only intervention."""
    found = catalog(KNOWN, study("A", drugs=[Intervention(name=text, type=kind)]))
    return sorted(one.name for one in found.entities.values() if one.kind == "drug" and "A" in one.studies)


@pytest.mark.parametrize(
    ("text", "drugs"),
    [
        ("Hydroxychloroquine 0.1 oral 2/ day", ["Hydroxychloroquine"]),
        ("Conventional treatment and hydroxychloroquine", ["Hydroxychloroquine"]),
        ("Arbidol Tablets 200mg/ time, p.o.tid.", ["Arbidol"]),
        ("Camrelizumab 200 mg single dose, diluted to 100 ml intravenous infusion", ["Camrelizumab"]),
        ("On day 1 patients were given Arbidol tablets and hydroxychloroquine", ["Arbidol", "Hydroxychloroquine"]),
    ],
)
def test_a_text_tells_what_is_given(text: str, drugs: list[str]) -> None:
    assert told(text) == drugs


@pytest.mark.parametrize(
    "text",
    [
        "Arbidol cohort versus without Arbidol cohort",
        "Patients who never received hydroxychloroquine were selected",
        "Withdrawal of hydroxychloroquine was done at day 5",
        "Arbidol or hydroxychloroquine was given",
        "Qing Arbidol Granules were given three times a day",
        "Arbidol Fortis was given in the morning",
        "Nasal high flow oxygen was given",
        "Sodium Aescinate was given for ten days",
    ],
)
def test_a_text_that_denies_compares_or_names_something_longer_tells_nothing(text: str) -> None:
    assert told(text) == []


def test_what_is_typed_as_something_else_than_a_drug_is_not_looked_through() -> None:
    assert told("Counselling on how Arbidol is taken was given", "BEHAVIORAL") == []


def test_the_text_stays_set_aside() -> None:
    found = catalog(KNOWN, study("A", drugs=[Intervention(name="Hydroxychloroquine 0.1 oral 2/ day")]))
    assert [one.text for one in found.rejected] == ["Hydroxychloroquine 0.1 oral 2/ day"]
    assert "Hydroxychloroquine 0.1 oral 2/ day" not in {one.name for one in found.entities.values()}
