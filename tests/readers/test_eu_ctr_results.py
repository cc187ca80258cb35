"""Pages of results of the EU Clinical Trials Register."""

from pathlib import Path
from typing import Any

import pytest

from generator.model.document import Document
from generator.readers.opening import decode
from generator.readers.reading import read_document

COPIED = (Path(__file__).parent / "fixtures" / "eu_ctr_results" / "copied.txt").read_text(encoding="utf-8")


def saved() -> Document:
    """Return the page as it is saved."""
    rows = "".join(
        f"<tr>{''.join(f'<td>{cell}</td>' for cell in line.split(chr(9)))}</tr>"
        if "\t" in line
        else f"</table><h3>{line}</h3><table>"
        for line in COPIED.splitlines()
    )
    return decode(f"<html><body><table>{rows}</table></body></html>".encode(), "saved.html")


@pytest.mark.parametrize("document", [Document("copied.txt", COPIED), saved()], ids=["copied", "saved"])
def test_what_the_labels_name_is_stated(document: Document) -> None:
    reading = read_document(document)
    assert reading.layout == "eu-ctr-results-page"
    (record,) = reading.records
    protocol, section = record.study.protocol_section, record.study.catalog_section
    assert record.id == "2031-009990-12"
    assert protocol.identification_module.org_study_id_info is not None
    assert protocol.identification_module.org_study_id_info.id == "LAMP-7"
    assert [one.id for one in protocol.identification_module.secondary_id_infos] == ["2031-009990-12", "NCT09990017"]
    status = protocol.status_module
    dates = (status.start_date_struct, status.primary_completion_date_struct, status.completion_date_struct)
    assert [one and one.date for one in dates] == ["2031-04-03", "2034-01-02", "2034-03-14"]
    assert section.documents[0].as_of == "2035-06-05"
    assert protocol.design_module.enrollment_info is not None
    assert protocol.design_module.enrollment_info.count == 42
    assert [(arm.label, arm.type, arm.description) for arm in protocol.arms_interventions_module.arm_groups] == [
        ("Bright", "EXPERIMENTAL", "A lamp of 60 candles."),
        ("Dim", None, None),
    ]
    outcomes = protocol.outcomes_module
    assert [(one.measure, one.description, one.time_frame) for one in outcomes.primary_outcomes] == [
        ("Hours of sleep", "By the clock of the tower.", "Four weeks")
    ]
    assert [(one.measure, one.time_frame) for one in outcomes.secondary_outcomes] == [("Fear", "Eight weeks")]


@pytest.mark.parametrize("document", [Document("copied.txt", COPIED), saved()], ids=["copied", "saved"])
def test_tables_of_results_are_read_row_by_row(document: Document) -> None:
    (record,) = read_document(document).records
    results: Any = record.study.results_section
    flow, baseline, events = (
        results.participant_flow_module,
        results.baseline_characteristics_module,
        results.adverse_events_module,
    )
    [period] = flow.periods
    milestones = {one.type: [stats.num_subjects for stats in one.achievements] for one in period.milestones}
    assert milestones == {"STARTED": ["21", "21"], "COMPLETED": ["20", "19"], "NOT COMPLETED": ["1", "2"]}
    reasons = {
        one.type: [(stats.group_id, stats.num_subjects) for stats in one.reasons] for one in period.drop_withdraws
    }
    assert reasons == {"Fell asleep": [("FG000", "1"), ("FG001", "1")], "Lost to follow-up": [("FG001", "1")]}
    assert [(group.title, group.description) for group in baseline.groups] == [
        ("Bright", "Sixty candles."),
        ("Dim", None),
        ("Total", None),
    ]
    age, gender = baseline.measures
    assert (age.title, age.param_type, age.dispersion_type, age.unit_of_measure) == (
        "Age continuous",
        "MEAN",
        "Standard Deviation",
        "years",
    )
    [values] = age.classes[0].categories
    assert [(one.value, one.spread) for one in values.measurements] == [("45.1", "3.2"), ("47", "4")]
    assert [category.title for category in gender.classes[0].categories] == ["Female", "Male"]
    [outcome] = results.outcome_measures_module.outcome_measures
    assert (outcome.type, outcome.title, outcome.unit_of_measure) == ("PRIMARY", "Hours of sleep", "hours")
    assert [count.value for count in outcome.denoms[0].counts] == ["21", "20"]
    [serious] = events.serious_events
    assert (serious.term, serious.organ_system) == ("Glare", "Eye disorders")
    assert [(one.term, one.organ_system, one.stats[0].num_events) for one in events.other_events] == [
        ("Tears", "Eye disorders", 4),
        ("Blinking", "Eye disorders", 1),
    ]
    first = events.event_groups[0]
    assert (first.serious_num_affected, first.serious_num_at_risk, first.other_num_affected) == (1, 21, 3)
    assert first.deaths_num_affected == 0


def test_the_tables_of_two_trials_in_one_document_stay_apart() -> None:
    other = COPIED.replace("2031-009990-12", "2031-009991-34").replace("Hours of sleep", "Hours awake")
    records = read_document(Document("two.txt", COPIED + other)).records
    titles = {
        record.id: [one.title for one in record.study.results_section.outcome_measures_module.outcome_measures]  # type: ignore[union-attr]
        for record in records
    }
    assert titles == {"2031-009990-12": ["Hours of sleep"], "2031-009991-34": ["Hours awake"]}


def test_a_row_with_more_cells_than_groups_ends_its_table() -> None:
    text = COPIED.replace("Female\t11\t10\t21\n", "Female\t11\t10\t21\t5\n")
    (record,) = read_document(Document("copied.txt", text)).records
    results: Any = record.study.results_section
    assert [measure.title for measure in results.baseline_characteristics_module.measures] == [
        "Age continuous",
        "Gender categorical",
    ]
    assert results.baseline_characteristics_module.measures[1].classes == []


def test_what_has_no_place_is_kept_and_analyses_are_unread() -> None:
    document = Document("copied.txt", COPIED)
    (record,) = read_document(document).records
    fields = record.study.catalog_section.registry_fields
    assert fields["Arm type"] == "A candle"
    assert (fields["End point title"], fields["End point timeframe"]) == ("Courage", "Ever")
    assert fields["Trial protocol"] == "DE NO"
    assert [line.text.partition("\t")[0] for line in document.unread()] == [
        "Country: Number of subjects enrolled",
        "Country: Number of subjects enrolled",
        "[1] - One fell asleep.",
        "Statistical analysis title",
        "P-value",
        "occurrences causally related to treatment / all",
    ]
    assert record.study.protocol_section.identification_module.brief_title == (
        "Lamps against the dark in grown lighthouse keepers"
    )


def test_a_page_without_its_number_is_refused() -> None:
    text = COPIED.replace("EudraCT number\t2031-009990-12", "EudraCT number\tnot yet")
    (problem,) = read_document(Document("copied.txt", text)).problems
    assert (problem.line, problem.severity) == (5, "error")


def test_an_extraction_with_a_value_below_each_label_is_read_and_its_tables_are_not() -> None:
    text = (
        "Flag of the European Union EU Clinical Trials Register Help\n\nClinical trials\n\n"
        "The European Union Clinical Trials Register   allows you to search for protocol and results information on:\n"
        "  • interventional clinical trials that were approved in the European Union\n\n"
        "    Clinical Trial Results:\n    Lamps against the dark\n\n    Summary\n    EudraCT number\n"
        "    2031-009990-12\n    Trial protocol\n    DE  \n    Global end of trial date\n    04 Dec 2034\n\n"
        "    End point values\n    Bright\n    Dim\n    Number of subjects analysed\n    21\n    20\n"
    )
    document = Document("extracted.txt", text)
    (record,) = read_document(document).records
    assert record.id == "2031-009990-12"
    protocol = record.study.protocol_section
    assert protocol.identification_module.brief_title == "Lamps against the dark"
    assert protocol.status_module.completion_date_struct is not None
    assert protocol.status_module.completion_date_struct.date == "2034-12-04"
    assert record.study.results_section is None
    assert [line.stripped for line in document.unread()][-2:] == ["21", "20"]
