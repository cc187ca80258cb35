"""Pages of ISRCTN and of DRKS, saved and copied: labels name what is taken, and nothing is taken that none names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator.model.document import Document
from generator.model.study import ProtocolSection
from generator.readers.opening import decode
from generator.readers.reading import read_document

FIXTURES = Path(__file__).parent / "fixtures"
HEAD = "ISRCTN99990017 https://doi.org/10.1186/ISRCTN99990017\n"


def read(name: str, **changes: str) -> Any:
    """Return the one record of a fixture, in which texts were exchanged."""
    text = (FIXTURES / name).read_text(encoding="utf-8")
    for old, new in changes.items():
        text = text.replace(old.replace("_", " "), new)
    return only_record(decode(text.encode(), Path(name).name), name.partition("_page")[0])


def only_record(document: Document, registry: str) -> Any:
    reading = read_document(document)
    assert reading.layout == f"{registry}-page", reading.problems
    (record,) = reading.records
    return record


def isrctn(text: str) -> Any:
    return only_record(Document("page.txt", HEAD + text), "isrctn")


def numbers(protocol: ProtocolSection) -> list[str | None]:
    return [one.id for one in protocol.identification_module.secondary_id_infos]


def test_a_saved_page_of_isrctn_is_read_whole() -> None:
    record = read("isrctn_page/saved.html")
    protocol, section = record.study.protocol_section, record.study.catalog_section
    assert record.id == "ISRCTN99990017"
    assert record.problems == [] == section.unread
    assert protocol.identification_module.brief_title == "Lamps for night workers"
    assert numbers(protocol) == ["ISRCTN99990017", "2019-009999-12", "LAMP-7"], "“Nil known” is no number"
    status = protocol.status_module
    assert (status.overall_status, status.study_first_submit_date) == ("COMPLETED", "2020-02-14")
    assert (status.start_date_struct.date, status.completion_date_struct.date) == ("2020-03-01", "2022-12-31")
    size = protocol.design_module.enrollment_info
    assert (size.count, size.type) == (99, "ACTUAL")
    assert protocol.sponsor_collaborators_module.lead_sponsor.name == "Lamp Hospital Trust"
    assert [one.name for one in protocol.sponsor_collaborators_module.collaborators] == ["Oil Fund"]
    [intervention] = protocol.arms_interventions_module.interventions
    assert (intervention.type, intervention.description) == (
        "DEVICE",
        "A lamp or none, by lot.\nEach for four weeks.",
    )
    places = protocol.contacts_locations_module
    assert [(one.facility, one.country) for one in places.locations] == [
        ("Lantern Hospital", "England"),
        ("Wick Clinic", "Ireland"),
    ]
    [contact] = places.central_contacts
    assert (contact.name, contact.phone, contact.email) == ("Dr Ann Wick", "+44 20 7946 0958", "ann@example.org")
    assert section.documents[0].as_of == "2023-03-03"
    assert section.registry_fields["Recruitment status"] == "No longer recruiting"


def test_a_copied_page_of_isrctn_has_labels_and_values_in_one_line_at_its_head() -> None:
    protocol = read("isrctn_page/copied.txt").study.protocol_section
    assert numbers(protocol) == ["ISRCTN09990017", "LAMP-7"]
    assert protocol.sponsor_collaborators_module.lead_sponsor.name == "Lantern Hospital"
    assert [one.measure for one in protocol.outcomes_module.secondary_outcomes] == ["Fear, by a scale", "Courage"]
    assert protocol.description_module.brief_summary == (
        "Background and study aims\nPeople sleep badly in the dark. Lamps may help.\n"
        "Who can participate?\nAdults with fear of the dark"
    )


def test_an_extraction_of_isrctn_has_tables_and_items_of_lists() -> None:
    record = read("isrctn_page/extracted.txt")
    protocol, section = record.study.protocol_section, record.study.catalog_section
    assert protocol.identification_module.brief_title == "Lamps for night workers: a trial"
    assert numbers(protocol) == ["ISRCTN99990018", "2019-009999-12", "20011", "CPMS 44839"]
    assert protocol.status_module.study_first_submit_date == "2019-10-01"
    assert section.documents[0].as_of == "2023-10-16"
    assert section.countries == ["England", "Ireland"]
    assert protocol.description_module.brief_summary.endswith("Who can participate?\n- Night workers\n- Their children")
    assert section.registry_fields["Condition category"] == "Mental and Behavioural Disorders"
    assert "Prospectively registered" not in section.registry_fields.values(), "whether the box was ticked is lost"
    assert [one.text for one in section.unread] == ["Dr Ann Wick"]


@pytest.mark.parametrize(
    ("recruitment", "study", "status", "how"),
    [
        ("Recruiting", "Ongoing", "RECRUITING", "stated"),
        ("No longer recruiting", "Ongoing", "ACTIVE_NOT_RECRUITING", "inferred"),
        ("No longer recruiting", "Stopped", None, None),
        ("Recruiting", "Completed", "COMPLETED", "stated"),
    ],
)
def test_the_state_is_stated_only_where_two_fields_leave_no_doubt(
    recruitment: str, study: str, status: str | None, how: str | None
) -> None:
    record = isrctn(f"Recruitment status\n{recruitment}\nOverall study status\n{study}\nAcronym\nL\n")
    assert record.study.protocol_section.status_module.overall_status == status
    sources = record.study.catalog_section.sources.get("/protocolSection/statusModule/overallStatus", [])
    assert [source.how for source in sources] == ([how] if how else [])


def test_a_telephone_belongs_to_the_contact_whose_name_stands_above_it_and_to_no_other() -> None:
    record = isrctn("Type\nPublic\nContact name\nDr Ann Wick\nEmail\na@b.example\nType\nScientific\nPhone\n123\n")
    [contact] = record.study.protocol_section.contacts_locations_module.central_contacts
    assert (contact.name, contact.email, contact.phone) == ("Dr Ann Wick", "a@b.example", None)
    assert record.study.catalog_section.registry_fields["Phone"] == "123"


def test_an_address_without_a_country_at_its_end_is_no_centre() -> None:
    record = isrctn("Acronym\nL\nStudy participating centre\nLantern Hospital\nHigh Street\nAtlantis\n")
    assert record.study.protocol_section.contacts_locations_module.locations == []
    fields = record.study.catalog_section.registry_fields
    assert fields["Study participating centre"] == "Lantern Hospital\nHigh Street\nAtlantis"


def test_a_number_of_another_trial_begins_no_other_trial() -> None:
    record = isrctn("Acronym\nL\nSecondary identifying numbers\nISRCTN99990033\nSponsor type\nOther\n")
    assert numbers(record.study.protocol_section) == ["ISRCTN99990017", "ISRCTN99990033"]


def test_two_pages_in_one_document_are_two_trials() -> None:
    second = HEAD.replace("90017", "90033")
    reading = read_document(Document("two.txt", f"{HEAD}Acronym\nONE\n{second}Acronym\nTWO\n"))
    found = {record.id: record.study.protocol_section.identification_module.acronym for record in reading.records}
    assert found == {"ISRCTN99990017": "ONE", "ISRCTN99990033": "TWO"}


def test_a_saved_page_of_drks_is_read() -> None:
    record = read("drks_page/saved.html")
    protocol, section = record.study.protocol_section, record.study.catalog_section
    assert record.id == "DRKS00999017"
    assert protocol.identification_module.brief_title == "Lamps against the dark"
    assert numbers(protocol) == ["DRKS00999017", "2019-009999-12", "NCT99990017"]
    assert protocol.status_module.overall_status == "ACTIVE_NOT_RECRUITING"
    start, end = protocol.status_module.start_date_struct, protocol.status_module.completion_date_struct
    assert (start.date, start.type, end.date, end.type) == ("2024-02-01", "ACTUAL", "2026-12-31", "ESTIMATED")
    info = protocol.design_module.design_info
    assert (info.allocation, info.intervention_model, info.primary_purpose) == ("RANDOMIZED", "PARALLEL", "TREATMENT")
    arms = protocol.arms_interventions_module.arm_groups
    assert [(arm.label, arm.description) for arm in arms] == [("Arm 1", "A lamp each night"), ("Arm 2", "No lamp")]
    assert protocol.eligibility_module.eligibility_criteria == (
        "Inclusion Criteria:\n\nAfraid of the dark\n\nExclusion Criteria:\n\nOwns a lamp"
    )
    assert protocol.sponsor_collaborators_module.lead_sponsor.name == "Lantern Hospital"
    assert protocol.contacts_locations_module.central_contacts == [], "nothing says which line is a name"
    assert protocol.description_module.detailed_description is None, "“No Entry” is no description"
    assert section.countries == ["Germany", "Austria"]
    assert section.registry_fields["Planned study start date"] == "2024-01-15"
    unread = "\n".join(one.text for one in section.unread)
    assert "Ann Wick" in unread
    assert "No Entry" not in unread


def test_a_copied_page_of_drks_has_words_between_label_and_value() -> None:
    protocol = read("drks_page/copied.txt").study.protocol_section
    assert protocol.conditions_module.conditions == ["Fear of the dark"]
    assert (protocol.identification_module.acronym, protocol.status_module.overall_status) == ("LAMP", "RECRUITING")


def test_a_title_is_told_from_links_around_it_and_not_from_another_sentence() -> None:
    for above, title in (
        ("Back\nLamps against the dark of night\nPrint this page\n", "Lamps against the dark of night"),
        ("Lamps against the dark of night\nA word about cookies on this page\n", None),
    ):
        page = only_record(Document("page.txt", f"{above}DRKS-ID: DRKS00999033\nPhase: II\n"), "drks")
        assert page.study.protocol_section.identification_module.brief_title == title


def test_a_country_that_nobody_knows_is_kept_under_its_label() -> None:
    record = read("drks_page/saved.html", Austria="Atlantis")
    assert record.study.catalog_section.countries == []
    assert record.study.catalog_section.registry_fields["Recruitment countries"] == "Germany\nAtlantis"


def test_the_page_of_drks_before_2022_is_read() -> None:
    text = (
        "DRKS-ID: DRKS00999033\nTrial Description\nTitle\nLamps\nTrial Acronym\n[---]*\n"
        "Brief Summary in Lay Language\nstart of 1:1-Block public summary\nIt is dark.\n"
        "Characteristics\nStudy Type: Non-interventional\nGender: Female\nMinimum Age: 18 Years\n"
        "Primary Sponsor\nLantern Hospital\nHigh Street 1\n"
    )
    protocol = only_record(Document("old.txt", text), "drks").study.protocol_section
    assert protocol.identification_module.brief_title == "Lamps"
    assert protocol.identification_module.acronym is None
    assert (protocol.design_module.study_type, protocol.eligibility_module.sex) == ("OBSERVATIONAL", "FEMALE")
    assert protocol.sponsor_collaborators_module.lead_sponsor.name == "Lantern Hospital"
