from pathlib import Path

import pytest

from generator.model.document import Document
from generator.readers.layouts.eu_ctis_search import CSV_READER, JSON_READER
from generator.readers.reader import Reader, ReadError, Reading
from generator.readers.reading import read_document

FOLDER = Path(__file__).parent / "fixtures" / "eu_ctis_search"


def read(name: str) -> Reading:
    return read_document(Document(name, (FOLDER / name).read_text(encoding="utf-8")))


def test_the_answer_to_a_search_is_read() -> None:
    record = read("answer.json").records[0]
    section = record.study.protocol_section
    assert record.id == "2029-599999-21-00"
    assert section.identification_module.official_title == "A phase II trial of lamps"
    assert section.status_module.overall_status == "ACTIVE_NOT_RECRUITING"
    assert section.design_module.phases == ["PHASE2"]
    assert section.design_module.enrollment_info is not None
    assert section.design_module.enrollment_info.count == 40
    assert section.eligibility_module.std_ages == ["ADULT", "OLDER_ADULT"]
    assert section.eligibility_module.sex == "ALL"
    assert section.sponsor_collaborators_module.lead_sponsor is None
    assert record.study.catalog_section.countries == ["France"]
    assert record.study.catalog_section.documents[0].as_of == "2029-10-09"
    fields = record.study.catalog_section.registry_fields
    assert fields["sponsor"] == "Lamp Hospital, Town"
    assert fields["product"] == "Lampixin, 10 mg, Wickol"
    assert fields["trialCountries"] == "France:5\nLampland:2"


def test_participants_in_the_eea_are_not_those_of_a_trial_that_is_elsewhere_too() -> None:
    record = read("answer.json").records[1]
    assert record.study.protocol_section.design_module.enrollment_info is None
    assert record.study.protocol_section.status_module.overall_status is None
    assert record.study.catalog_section.registry_fields["totalNumberEnrolled"] == "12"


def test_a_part_of_a_list_says_how_much_of_it_there_is() -> None:
    [problem] = read("answer.json").problems
    assert "2 of 460 trials" in problem.message


def test_the_portals_download_is_read() -> None:
    reading = read("download.csv")
    [record] = reading.records
    section = record.study.protocol_section
    assert reading.layout == CSV_READER.layout
    assert section.status_module.overall_status == "RECRUITING"
    assert section.design_module.phases == ["PHASE3"]
    assert section.sponsor_collaborators_module.lead_sponsor is not None
    assert record.study.catalog_section.countries == ["Germany", "Austria"]
    assert record.study.has_results is True
    assert [(problem.line, problem.code) for problem in reading.problems] == [(3, "no-number")]


@pytest.mark.parametrize(
    ("reader", "text"),
    [
        (JSON_READER, '{"data": [{"ctNumber": "lamp", "ctTitle": "x"}]}'),
        (JSON_READER, '{"data": [], "ctNumber": [], "ctTitle": []}'),
        (JSON_READER, '{"data": [{"ctNumber": "2029-599999-21-00", "ctTitle":'),
        (CSV_READER, "Trial number,Title of the trial,Protocol code\nlamp,x,y\n"),
    ],
)
def test_what_names_no_trial_is_refused(reader: Reader, text: str) -> None:
    document = Document("answer", text)
    assert reader.recognises(document)
    with pytest.raises(ReadError):
        reader.read(document)
