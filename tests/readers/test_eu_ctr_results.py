"""Pages of results of the EU Clinical Trials Register."""

from pathlib import Path

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


def test_what_has_no_place_is_kept_and_tables_are_unread() -> None:
    document = Document("copied.txt", COPIED)
    (record,) = read_document(document).records
    fields = record.study.catalog_section.registry_fields
    assert fields["Arm type"] == "A candle"
    assert (fields["End point title"], fields["End point timeframe"]) == ("Courage", "Ever")
    assert fields["Trial protocol"] == "DE NO"
    assert [line.text.partition("\t")[0] for line in document.unread()] == [
        "Lamps against the dark in grown lighthouse keepers",
        "Country: Number of subjects enrolled",
        "Country: Number of subjects enrolled",
        "End point values",
        "Number of subjects analysed",
    ]


def test_a_page_without_its_number_is_refused() -> None:
    text = COPIED.replace("EudraCT number\t2031-009990-12", "EudraCT number\tnot yet")
    (problem,) = read_document(Document("copied.txt", text)).problems
    assert (problem.line, problem.severity) == (5, "error")
