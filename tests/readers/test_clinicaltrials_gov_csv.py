from pathlib import Path

import pytest

from generator.model.document import Document
from generator.model.record import Record
from generator.readers.layouts.clinicaltrials_gov_csv import READER
from generator.readers.reader import ReadError
from generator.readers.reading import read_document

FOLDER = Path(__file__).parent / "fixtures" / "clinicaltrials_gov_csv"


def read(text: str) -> list[Record]:
    document = Document("table.csv", text)
    assert READER.recognises(document)
    return READER.read(document)


def fixture(name: str) -> list[Record]:
    return read((FOLDER / name).read_text(encoding="utf-8"))


def test_todays_download_is_read() -> None:
    record, _ = fixture("today.csv")
    study = record.study
    section = study.protocol_section
    assert record.id == "NCT09990201"
    assert section.identification_module.brief_title == "Lamps Against the Dark"
    assert section.identification_module.acronym == "LAMPS"
    assert section.identification_module.org_study_id_info is not None
    assert section.identification_module.org_study_id_info.id == "LAMP-1"
    assert [(one.id, one.type) for one in section.identification_module.secondary_id_infos] == [
        ("2019-009999-12", "EUDRACT_NUMBER")
    ]
    assert section.status_module.overall_status == "ACTIVE_NOT_RECRUITING"
    assert section.status_module.start_date_struct is not None
    assert section.status_module.start_date_struct.date == "2019-05"
    assert section.status_module.completion_date_struct is None
    assert section.description_module.brief_summary == (
        "A lamp is lit, and people look at it.\nThey say what they see."
    )
    assert section.conditions_module.conditions == ["Fear of the Dark", "Sleep"]
    assert [one.name for one in section.sponsor_collaborators_module.collaborators] == ["Oil Fund", "Wick & Sons"]
    assert section.design_module.phases == ["PHASE1", "PHASE2"]
    design = section.design_module.design_info
    assert design is not None
    assert (design.allocation, design.intervention_model, design.primary_purpose) == (
        "NON_RANDOMIZED",
        "SINGLE_GROUP",
        "ECT",
    )
    assert design.masking_info is not None
    assert design.masking_info.who_masked == ["PARTICIPANT", "CARE_PROVIDER", "OUTCOMES_ASSESSOR"]
    assert section.eligibility_module.std_ages == ["CHILD", "ADULT"]
    assert study.has_results is False


def test_a_border_inside_a_name_does_not_part_it() -> None:
    interventions = fixture("today.csv")[0].study.protocol_section.arms_interventions_module.interventions
    assert [(one.type, one.name) for one in interventions] == [
        ("DRUG", "Lampixin 10|20 mg"),
        ("DEVICE", "Lamp: the small one"),
    ]


def test_a_place_is_parted_only_by_a_known_state() -> None:
    record = fixture("today.csv")[0]
    (location,) = record.study.protocol_section.contacts_locations_module.locations
    assert (location.facility, location.city, location.state, location.zip, location.country) == (
        "Clinic, Building 2",
        "Boulder",
        "Colorado",
        "80301",
        "United States",
    )
    assert record.study.catalog_section.countries == ["United Kingdom"]
    assert "Leeds, LS1 3EX" in record.study.catalog_section.registry_fields["Locations"]


def test_an_outcome_is_shown_as_printed() -> None:
    outcomes = fixture("today.csv")[0].study.protocol_section.outcomes_module.primary_outcomes
    assert [(one.measure, one.time_frame) for one in outcomes] == [
        ("Hours of sleep, by diary, 14 days", None),
        ("Fear", None),
    ]


def test_what_is_not_understood_stays_as_found() -> None:
    record = fixture("today.csv")[1]
    assert record.study.protocol_section.design_module.design_info is None
    fields = record.study.catalog_section.registry_fields
    assert fields["Study Design"] == "Observational Model: |Time Perspective: p"
    assert fields["Funder Type"] == "INDUSTRY"
    enrollment = record.study.protocol_section.design_module.enrollment_info
    assert enrollment is None or enrollment.count is None
    assert record.study.catalog_section.absences["/protocolSection/designModule/enrollmentInfo/count"].reason == (
        "notStated"
    )


def test_each_value_leads_to_its_row_and_column() -> None:
    first, second = fixture("today.csv")
    pointer = "/protocolSection/identificationModule/briefTitle"
    assert [(one.first_line, one.last_line, one.place) for one in first.study.catalog_section.sources[pointer]] == [
        (2, 3, "Study Title")
    ]
    assert second.study.catalog_section.sources[pointer][0].first_line == 4


def test_the_former_download_is_read() -> None:
    (record,) = fixture("former.csv")
    section = record.study.protocol_section
    assert section.status_module.overall_status == "ACTIVE_NOT_RECRUITING"
    assert section.status_module.start_date_struct is not None
    assert section.status_module.start_date_struct.date == "2015-04"
    assert section.design_module.phases == ["NA"]
    assert section.design_module.patient_registry is True
    assert section.design_module.design_info is not None
    assert section.design_module.design_info.observational_model == "CASE_CONTROL"
    assert (section.eligibility_module.minimum_age, section.eligibility_module.maximum_age) == ("18 Years", "65 Years")
    assert record.study.has_results is True
    assert section.sponsor_collaborators_module.lead_sponsor is None
    assert [one.name for one in record.study.catalog_section.sponsors_without_role] == [
        "Harbour Office",
        "Lamp Hospital",
    ]
    assert [one.measure for one in record.study.catalog_section.outcomes_without_type] == ["Songs sung"]
    assert not section.contacts_locations_module.locations
    assert record.study.catalog_section.countries == ["Germany"]
    assert {"Rank", "URL"}.isdisjoint(record.study.catalog_section.registry_fields)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_two_columns_in_any_order_are_enough(delimiter: str) -> None:
    (record,) = read(f"\ufeffStudy Status{delimiter}NCT Number\r\nSUSPENDED{delimiter}NCT09990204\r\n")
    assert record.id == "NCT09990204"
    assert record.study.protocol_section.status_module.overall_status == "SUSPENDED"


def test_a_column_that_is_not_known_is_kept() -> None:
    (record,) = read("NCT Number,Study Title,My notes\nNCT09990204,Lamps,ask Ann\n")
    assert record.study.catalog_section.registry_fields == {"My notes": "ask Ann"}


def test_a_date_that_can_be_two_days_is_kept_as_found() -> None:
    (record,) = read("NCT Number,Start Date\nNCT09990204,01/02/2019\n")
    assert record.study.catalog_section.registry_fields["Start Date"] == "01/02/2019"
    assert record.study.protocol_section.status_module.start_date_struct is None


def test_a_row_that_does_not_fit_is_told_and_the_others_are_read() -> None:
    (record,) = read("NCT Number,Study Title\nNCT09990204,Lamps\nNCT09990205,Lamps, and more\n,No number\n")
    assert [(one.line, one.code) for one in record.problems] == [(3, "broken-row"), (4, "no-number")]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("NCT Number,Study Title\n", 1),
        ('NCT Number,Study Title\nNCT09990204,"Lamps\nNCT09990205,More\n', 2),
        ("NCT Number,Study Title\nLAMP,Lamps\n", 2),
    ],
)
def test_a_table_without_a_trial_is_refused(text: str, line: int) -> None:
    with pytest.raises(ReadError) as raised:
        read(text)
    assert raised.value.line == line


@pytest.mark.parametrize("text", ["NCT Number,Colour\nNCT09990204,red\n", "NCT Number: NCT09990204, Study Title\n", ""])
def test_another_table_is_not_taken(text: str) -> None:
    assert not READER.recognises(Document("table.csv", text))


def test_only_this_reader_takes_it() -> None:
    for name in ("today.csv", "former.csv"):
        reading = read_document(Document(name, (FOLDER / name).read_text(encoding="utf-8")))
        assert reading.layout == READER.layout
        assert not reading.problems
