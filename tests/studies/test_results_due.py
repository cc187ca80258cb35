"""When results would be due: only where the documents state all that decides it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.model.study import DateStruct, DesignInfo, Location, Study
from generator.studies.results_due import results_due


def study(completion: str = "2020-02-29") -> Study:
    """Return a trial of which all is stated that the rule asks for."""
    made = Study(has_results=False)
    protocol = made.protocol_section
    protocol.design_module.study_type, protocol.design_module.phases = "INTERVENTIONAL", ["PHASE1", "PHASE2"]
    protocol.oversight_module.is_fda_regulated_drug = True
    protocol.status_module.overall_status = "COMPLETED"
    protocol.status_module.primary_completion_date_struct = DateStruct(date=completion, type="ACTUAL")
    protocol.contacts_locations_module.locations = [Location(country="France"), Location(country="United States")]
    return made


@pytest.mark.parametrize(
    ("completion", "due"),
    [
        ("2020-02-29", "2021-02-28"),
        ("2019-05", "2020-05-31"),
        ("2017-01-18", "2018-01-18"),
        ("2017-01-17", None),
        ("2016-12", None),
        ("2017-01", None),
        ("2017-02", "2018-02-28"),
        ("2019", None),
        ("May 2019", None),
        ("2019-13", None),
    ],
)
def test_a_year_after_the_primary_completion(completion: str, due: str | None) -> None:
    assert results_due(study(completion)) == due


@pytest.mark.parametrize("country", ["USA", "U.S.", "Puerto Rico", "Virgin Islands (U.S.)", "Vereinigte Staaten"])
def test_a_site_in_the_united_states_by_any_name(country: str) -> None:
    one = study()
    one.protocol_section.contacts_locations_module.locations = [Location(country=country)]
    assert results_due(one) == "2021-02-28"


def _posted(one: Study) -> None:
    one.has_results = True


def _unsaid(one: Study) -> None:
    one.has_results = None


def _early(one: Study) -> None:
    one.protocol_section.design_module.phases = ["PHASE1"]


def _no_phase(one: Study) -> None:
    one.protocol_section.design_module.phases = []


def _observational(one: Study) -> None:
    one.protocol_section.design_module.study_type = "OBSERVATIONAL"


def _feasibility(one: Study) -> None:
    one.protocol_section.design_module.design_info = DesignInfo(primary_purpose="DEVICE_FEASIBILITY")


def _planned(one: Study) -> None:
    one.protocol_section.status_module.primary_completion_date_struct = DateStruct(date="2020-02-29", type="ESTIMATED")


def _elsewhere(one: Study) -> None:
    one.protocol_section.contacts_locations_module.locations = [Location(country="France")]


def _not_regulated(one: Study) -> None:
    one.protocol_section.oversight_module.is_fda_regulated_drug = False


def _delayed(one: Study) -> None:
    one.protocol_section.status_module.disp_first_submit_date = "2021-01-04"


def _submitted(one: Study) -> None:
    one.protocol_section.status_module.results_first_submit_date = "2021-01-04"


@pytest.mark.parametrize(
    "change",
    [
        *(_posted, _unsaid, _early, _no_phase, _observational, _feasibility, _planned, _elsewhere, _not_regulated),
        *(_delayed, _submitted),
    ],
)
def test_no_day_where_the_rule_does_not_apply_or_nobody_knows(change: Callable[[Study], None]) -> None:
    one = study()
    assert results_due(one) == "2021-02-28"
    change(one)
    assert results_due(one) is None
