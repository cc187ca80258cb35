"""The dates of a trial; tests/browser/test_dates.py sees how they are drawn."""

from __future__ import annotations

import datetime

import pytest

from generator.model.source import Source
from generator.model.study import DateStruct, Study
from generator.pages.trial.timeline import EXPECTED, UNTOLD, day_of, results_expected, timeline
from tests.pages.dialects import read
from tests.pages.trial.pages import study_of, values_of


def dated_study() -> Study:
    study = study_of()
    study.protocol_section.design_module.study_type = "INTERVENTIONAL"
    module = study.protocol_section.status_module
    module.overall_status = "RECRUITING"
    module.study_first_submit_date = "2018-03-02"
    module.start_date_struct = DateStruct(date="2018-07", type="ACTUAL")
    module.primary_completion_date_struct = DateStruct(date="2020-02-29", type="ESTIMATED")
    module.completion_date_struct = DateStruct(date="2021-01-15")
    study.catalog_section.sources = {
        "/protocolSection/statusModule/startDateStruct/date": [Source(document="one.txt", first_line=2, last_line=2)]
    }
    return study


def rows(study: Study) -> list[str]:
    return [line for line in timeline(values_of(study)).block.splitlines() if line.startswith("<li")]


def test_dates_stand_in_their_order_with_words_for_what_is_planned() -> None:
    text = ["".join(read(row).text) for row in rows(dated_study())]
    assert text == [
        "First submitted 2 March 2018",
        "Start July 2018 (actual)2",
        "Primary completion 29 February 2020 (estimated)",
        "Completion 15 January 2021",
        f"Results expected by 28 February 2021 (derived: {EXPECTED})",
    ]


def test_actual_estimated_untold_and_derived_differ_by_more_than_colour() -> None:
    found = rows(dated_study())
    assert [row[: row.index(">") + 1] for row in found] == [
        "<li>",
        "<li>",
        '<li class="estimated">',
        f'<li class="untold" title="{UNTOLD}">',
        '<li class="derived">',
    ]


def test_a_date_leads_to_its_line_and_a_derived_one_to_none() -> None:
    found = rows(dated_study())
    assert 'href="../../documents/one/#l2"' in found[1]
    assert "href" not in found[-1]


def test_a_date_that_is_none_is_told_as_it_stands() -> None:
    study = study_of()
    study.protocol_section.status_module.completion_date_struct = DateStruct(date="<soon>", type="ESTIMATED")
    (row,) = rows(study)
    assert "&lt;soon&gt; <em>(estimated)</em>" in row
    assert "<time" not in row


def test_without_dates_there_is_no_block() -> None:
    assert not timeline(values_of(study_of())).block


@pytest.mark.parametrize(
    ("status", "kind", "posted", "expected"),
    [
        ("COMPLETED", "INTERVENTIONAL", None, "2021-02-28"),
        ("COMPLETED", "OBSERVATIONAL", None, None),
        ("WITHDRAWN", "INTERVENTIONAL", None, None),
        ("COMPLETED", "INTERVENTIONAL", "2020-12-01", None),
    ],
)
def test_results_are_expected_where_the_rule_is_about_the_trial(
    status: str, kind: str, posted: str | None, expected: str | None
) -> None:
    study = dated_study()
    study.protocol_section.design_module.study_type = kind
    study.protocol_section.status_module.overall_status = status
    study.protocol_section.status_module.results_first_submit_date = posted
    assert results_expected(values_of(study)) == expected


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2019-07", datetime.date(2019, 7, 15)),
        ("2019", datetime.date(2019, 7, 1)),
        ("2019-02-28T10:00", datetime.date(2019, 2, 28)),
        ("2019-02-30", None),
        ("2019-13", None),
        ("0000", None),
        ("summer", None),
    ],
)
def test_a_date_is_placed_with_its_precision(value: str, day: datetime.date | None) -> None:
    assert day_of(value) == day
