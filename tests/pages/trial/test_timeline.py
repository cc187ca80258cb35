"""The dates of a trial on one scale."""

from __future__ import annotations

import datetime

import pytest

from generator.model.source import Source
from generator.model.study import DateStruct, Study
from generator.pages.trial.timeline import EXPECTED, UNTOLD, Scale, day_of, results_expected, timeline
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
    return [
        line for line in timeline(values_of(study)).block.splitlines() if line.startswith("<li") and "scale" not in line
    ]


def test_dates_stand_in_their_order_with_words_for_what_is_planned() -> None:
    text = ["".join(read(row).text) for row in rows(dated_study())]
    assert text == [
        "First submitted 2 March 2018",
        "Start July 2018 (actual)2",
        "Primary completion 29 February 2020 (estimated)",
        f"Completion 15 January 2021 ({UNTOLD})",
        f"Results expected by 28 February 2021 (derived: {EXPECTED})",
    ]


def test_actual_estimated_untold_and_derived_differ_by_more_than_colour() -> None:
    found = rows(dated_study())
    assert [row[: row.index(">") + 1] for row in found] == [
        "<li>",
        "<li>",
        '<li class="estimated">',
        '<li class="untold">',
        '<li class="derived">',
    ]
    assert [("circle" in row, "<rect" in row, "<line" in row) for row in found] == [
        (True, False, False),
        (True, False, False),
        (True, False, True),
        (True, False, True),
        (False, True, False),
    ]


def test_a_date_leads_to_its_line_and_a_derived_one_to_none() -> None:
    found = rows(dated_study())
    assert 'href="../../documents/one/#l2"' in found[1]
    assert "href" not in found[-1]


def test_the_drawing_is_not_read_out_and_holds_no_inline_style() -> None:
    block = timeline(values_of(dated_study())).block
    attributes = read(block).attributes
    assert "style" not in {name for name, _ in attributes}
    assert block.count("<svg") == block.count('<svg aria-hidden="true"') + block.count(
        '<li class="scale" aria-hidden="true"'
    )


def test_it_is_small() -> None:
    study = dated_study()
    study.catalog_section.sources = {}
    assert len(timeline(values_of(study)).block) <= 1_700


def test_a_date_that_is_none_is_told_and_not_drawn() -> None:
    study = study_of()
    study.protocol_section.status_module.completion_date_struct = DateStruct(date="<soon>", type="ESTIMATED")
    (row,) = rows(study)
    assert "&lt;soon&gt; <em>(estimated)</em>" in row
    assert "<svg" not in row


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


def test_the_scale_spans_whole_years_with_few_ticks() -> None:
    scale = Scale.over([datetime.date(1999, 5, 1), datetime.date(2031, 1, 1)])
    assert scale == Scale(1999, 2032)
    assert scale.at(datetime.date(1999, 1, 1)) == "0%"
    assert scale.drawn().count("<line") <= 6
    assert Scale.over([datetime.date(9999, 6, 1)]) is not None
