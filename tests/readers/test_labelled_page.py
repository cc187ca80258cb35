from pathlib import Path

import pytest

from generator.model.document import Document
from generator.model.study import ProtocolSection
from generator.readers.layouts.labelled_page import READER
from generator.readers.opening import decode
from generator.readers.reader import ReadError, Reading
from generator.readers.reading import read_document

COPIED = (Path(__file__).parent / "fixtures" / "labelled_page" / "copied.txt").read_text(encoding="utf-8")


def read(text: str) -> Reading:
    reading = read_document(Document("page.txt", text))
    assert reading.layout == READER.layout, reading.problems
    return reading


def test_what_labels_name_is_stated() -> None:
    record = read(COPIED).records[0]
    section = record.study.protocol_section
    assert record.id == "PACTR202401999999999"
    assert section.identification_module.brief_title == "Lamps against the dark"
    assert section.identification_module.official_title == "A randomised trial of lamps"
    assert [one.id for one in section.identification_module.secondary_id_infos] == [
        "PACTR202401999999999",
        "NCT09990601",
    ]
    assert section.status_module.overall_status == "RECRUITING"
    assert section.status_module.study_first_submit_date == "2024-01-12"
    assert section.design_module.study_type == "INTERVENTIONAL"
    assert section.design_module.phases == ["PHASE2"]
    assert section.design_module.enrollment_info is not None
    assert section.design_module.enrollment_info.count == 120
    assert section.conditions_module.conditions == ["Fear of the dark", "Sleep"]
    assert section.sponsor_collaborators_module.lead_sponsor is not None
    assert section.sponsor_collaborators_module.lead_sponsor.name == "Lamp Hospital"
    assert section.eligibility_module.minimum_age == "18 Years"
    assert section.eligibility_module.eligibility_criteria == (
        "Inclusion Criteria:\n\nAfraid of the dark\nOlder than the lamp\n\nExclusion Criteria:\n\nOwns a lamp"
    )
    assert [one.measure for one in section.outcomes_module.primary_outcomes] == ["Hours of sleep"]
    assert record.study.catalog_section.countries == ["Kenya", "South Africa"]


def test_what_is_not_certain_is_kept_under_its_label() -> None:
    section = read(COPIED).records[0].study.catalog_section
    assert section.registry_fields == {
        "Date of first enrolment": "05/03/2024",
        "Upper age limit": "65",
        "Secondary sponsor": "none named",
    }


def test_the_rest_is_unread_and_the_layout_is_said_to_be_unknown() -> None:
    reading = read(COPIED)
    assert [line.text for line in reading.document.unread()] == [
        "Lamp Registry of Trials",
        "A word that no label names",
        "Regulatory approval number",
        "77",
    ]
    assert "layout of this page is not known" in " ".join(problem.message for problem in reading.problems)
    assert "layout not known" in READER.title


def copied(registry: str) -> ProtocolSection:
    """Return what is read of the page of this *registry*, as it is copied."""
    path = Path(__file__).parent / "fixtures" / "labelled_page" / f"{registry}.txt"
    return read(path.read_text(encoding="utf-8")).records[0].study.protocol_section


def test_a_page_of_ctri_has_rows_inside_its_criteria() -> None:
    page = copied("ctri")
    assert page.eligibility_module.eligibility_criteria == (
        "Inclusion Criteria:\n\nAfraid of the dark\n\nExclusion Criteria:\n\nOwns a lamp"
    )
    assert (page.eligibility_module.minimum_age, page.eligibility_module.maximum_age) == ("18 Years", "65 Years")
    assert page.sponsor_collaborators_module.lead_sponsor is not None
    assert page.sponsor_collaborators_module.lead_sponsor.name == "Lantern Hospital"
    assert [one.id for one in page.identification_module.secondary_id_infos] == ["CTRI/2020/01/099917"]


def test_a_page_of_jrct_may_state_that_there_is_no_limit() -> None:
    page = copied("jrct")
    assert (page.design_module.phases, page.eligibility_module.maximum_age) == (["PHASE2"], None)
    assert page.design_module.enrollment_info is not None
    assert page.design_module.enrollment_info.count == 120


@pytest.mark.parametrize("status", ["Recruiting stopped for now", "Open to some", "Recruiting: no"])
def test_a_status_in_words_that_are_not_known_is_not_stated(status: str) -> None:
    record = read(COPIED.replace("\nRecruiting\n", f"\n{status}\n")).records[0]
    assert record.study.protocol_section.status_module.overall_status is None


def test_a_label_without_a_value_takes_no_other_label() -> None:
    text = COPIED.replace("Primary Sponsor\nLamp Hospital\n", "Primary Sponsor\nAddress:\nLamp Street\n")
    record = read(text).records[0]
    assert record.study.protocol_section.sponsor_collaborators_module.lead_sponsor is None


def test_a_saved_page_with_a_table_is_read() -> None:
    rows = "".join(
        f"<tr><th>{label}</th><td>{value}</td></tr>\n"
        for label, value in {
            "Trial ID": "jRCT2080224823",
            "Scientific Title": "Lamps",
            "Recruitment Status": "completed",
            "Study Type": "Interventional",
            "Phase": "3",
            "Date of First Enrolment": "Oct. 01, 2019",
            "Secondary ID No.": "NCT09990602",
        }.items()
    )
    document = decode(f"<!DOCTYPE html>\n<html><body><table>\n{rows}</table></body></html>".encode(), "page.html")
    record = read_document(document).records[0]
    assert record.id == "jRCT2080224823"
    assert record.study.protocol_section.status_module.overall_status == "COMPLETED"
    assert record.study.protocol_section.status_module.start_date_struct is not None
    assert record.study.protocol_section.status_module.start_date_struct.date == "2019-10-01"


def test_a_page_with_two_numbers_and_no_label_for_them_is_not_taken() -> None:
    text = COPIED.replace("Registration Number: PACTR202401999999999", "PACTR202401999999999")
    assert not READER.recognises(Document("page.txt", text))
    with pytest.raises(ReadError, match="which trial"):
        READER.read(Document("page.txt", text))


def test_a_list_of_many_trials_is_no_page() -> None:
    assert not READER.recognises(Document("page.txt", COPIED + "Sponsor: x\n" * 1_000))


@pytest.mark.parametrize("text", ["Sponsor: us\nPhase: 2\nNCT09990603", '{"Phase": 2}', ""])
def test_too_few_labels_make_no_page(text: str) -> None:
    assert not READER.recognises(Document("page.txt", text))


def saved(pairs: list[tuple[str, str]]) -> bytes:
    """Return a page whose labels and values are elements of their own, as DRKS and ISRCTN have them."""
    rows = "".join(f"<dt>{label}</dt>\n<dd>{value}</dd>\n" for label, value in pairs)
    return f"<!DOCTYPE html>\n<html><body><dl>\n{rows}</dl></body></html>".encode()


def test_a_page_of_drks_is_read() -> None:
    pairs = [("DRKS-ID:", "DRKS00099933"), ("Recruitment Status:", "Recruiting complete, study continuing")]
    pairs += [("Date of registration in DRKS:", "2023-11-07"), ("Study type:", "Interventional"), ("Phase:", "II")]
    pairs += [("Recruitment countries:", "Germany, Austria"), ("Planned study start date:", "2024-01-01")]
    pairs += [("Actual study start date:", "2024-02-01"), ("EudraCT Number:", "2019-009999-12"), ("Name:", "Ann Wick")]
    reading = read_document(decode(saved(pairs), "page.html"))
    [record] = reading.records
    section = record.study.protocol_section
    assert record.id == "DRKS00099933"
    assert section.status_module.overall_status == "ACTIVE_NOT_RECRUITING"
    assert section.status_module.start_date_struct is not None
    assert section.status_module.start_date_struct.date == "2024-02-01"
    assert section.design_module.phases == ["PHASE2"]
    assert record.study.catalog_section.countries == ["Germany", "Austria"]
    assert record.study.catalog_section.registry_fields["Planned study start date"] == "2024-01-01"
    assert [line.text for line in reading.document.unread()] == ["Ann Wick"]


def test_a_page_of_isrctn_is_read() -> None:
    pairs = [("ISRCTN", "ISRCTN99990033"), ("EudraCT/CTIS number", "2019-009999-12"), ("Scientific title", "Lamps")]
    pairs += [("Submission date", "01/04/2019"), ("Overall study status", "Completed"), ("Acronym", "LAMPS")]
    pairs += [("Plain English Summary", "It is dark."), ("Study hypothesis", "Lamps help."), ("Sex", "Both")]
    pairs += [("Primary study design", "Interventional"), ("Target number of participants", "120")]
    pairs += [("Lower age limit", "18 Years"), ("Key exclusion criteria", "Owns a lamp")]
    [record] = read_document(decode(saved(pairs), "page.html")).records
    section = record.study.protocol_section
    assert record.id == "ISRCTN99990033"
    assert section.description_module.brief_summary == "It is dark."
    assert section.status_module.overall_status == "COMPLETED"
    assert section.status_module.study_first_submit_date is None
    assert section.eligibility_module.eligibility_criteria == "Exclusion Criteria:\n\nOwns a lamp"
    fields = record.study.catalog_section.registry_fields
    assert (fields["Study hypothesis"], fields["Submission date"]) == ("Lamps help.", "01/04/2019")
