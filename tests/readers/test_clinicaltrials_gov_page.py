import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from generator.model.document import Document, LineRole
from generator.model.pointers import leaves, lookup
from generator.model.record import Record
from generator.readers.layouts.clinicaltrials_gov_page import READER
from generator.readers.opening import decode
from generator.readers.reader import ReadError
from generator.readers.reading import read_document
from tests.readers.printed_page import Form, page_of

FOLDER = Path(__file__).parent
COPIED = (FOLDER / "fixtures" / "clinicaltrials_gov_page" / "copied.txt").read_text(encoding="utf-8")
RECORDS = FOLDER.parents[1] / ".." / "shared" / "data" / "layouts" / "record"


def read(text: str) -> tuple[Document, Record]:
    document = decode(text.encode(), "page.txt")
    reading = read_document(document)
    assert reading.layout == READER.layout, reading.problems
    [record] = reading.records
    return document, record


def value(record: Record, pointer: str) -> Any:
    return lookup(msgspec.to_builtins(record.study), pointer)


@pytest.fixture(scope="module")
def copied() -> tuple[Document, Record]:
    return read(COPIED)


PROTOCOL = {
    "/identificationModule/briefTitle": "Lamps Against the Dark",
    "/identificationModule/orgStudyIdInfo/id": "LAMP-1",
    "/identificationModule/secondaryIdInfos/0/id": "2019-009999-12",
    "/identificationModule/secondaryIdInfos/0/type": "EUDRACT_NUMBER",
    "/identificationModule/secondaryIdInfos/1/type": "NIH",
    "/statusModule/overallStatus": "TERMINATED",
    "/statusModule/whyStopped": "No oil was left",
    "/statusModule/startDateStruct/date": "2019-05",
    "/statusModule/startDateStruct/type": "ACTUAL",
    "/statusModule/primaryCompletionDateStruct/type": "ESTIMATED",
    "/statusModule/studyFirstPostDateStruct/type": "ACTUAL",
    "/statusModule/statusVerifiedDate": "2024-02",
    "/descriptionModule/briefSummary": "A lamp is lit.\n\n* People look at it\n* They say what they see",
    "/descriptionModule/detailedDescription": "Conditions: none is asked for.",
    "/conditionsModule/conditions": ["Fear of the Dark", "Sleep"],
    "/conditionsModule/keywords": ["lamp", "oil"],
    "/designModule/enrollmentInfo": {"count": 1216, "type": "ACTUAL"},
    "/designModule/phases": ["PHASE2", "PHASE3"],
    "/designModule/designInfo/interventionModelDescription": "Two rooms,\none of them dark",
    "/designModule/designInfo/maskingInfo/whoMasked": ["PARTICIPANT", "OUTCOMES_ASSESSOR"],
    "/eligibilityModule/minimumAge": "18 Years",
    "/eligibilityModule/maximumAge": None,
    "/eligibilityModule/stdAges": ["ADULT", "OLDER_ADULT"],
    "/eligibilityModule/healthyVolunteers": True,
    "/contactsLocationsModule/centralContacts/0/phone": "555-010-0001",
    "/contactsLocationsModule/centralContacts/0/phoneExt": "12",
    "/contactsLocationsModule/locations/0/status": "WITHDRAWN",
    "/contactsLocationsModule/locations/0/state": "Colorado",
    "/contactsLocationsModule/locations/0/contacts/0/name": "Site 0202 Bob Oil",
    "/contactsLocationsModule/locations/0/contacts/0/email": "bob@example.org",
    "/contactsLocationsModule/locations/0/contacts/1/role": "PRINCIPAL_INVESTIGATOR",
    "/contactsLocationsModule/locations/1/facility": "Lamp University, New Zealand",
    "/contactsLocationsModule/locations/1/zip": "3204",
    "/contactsLocationsModule/overallOfficials/0/name": "Ann Wick, MD, PhD",
    "/contactsLocationsModule/overallOfficials/0/affiliation": "Lamp Hospital, Town",
    "/outcomesModule/primaryOutcomes/0/description": "By diary,\nin hours.",
    "/outcomesModule/primaryOutcomes/1/measure": "Fear",
    "/outcomesModule/primaryOutcomes/1/timeFrame": "1 day",
    "/outcomesModule/secondaryOutcomes/0": None,
    "/referencesModule/references/0/type": "BACKGROUND",
    "/referencesModule/references/1/type": "DERIVED",
    "/ipdSharingStatementModule/infoTypes": ["STUDY_PROTOCOL", "CSR"],
    "/oversightModule/isFdaRegulatedDrug": False,
}


@pytest.mark.parametrize("pointer", PROTOCOL)
def test_the_copied_page_states(copied: tuple[Document, Record], pointer: str) -> None:
    found = value(copied[1], f"/protocolSection{pointer}")
    expected = PROTOCOL[pointer]
    if isinstance(expected, dict):
        assert {key: found[key] for key in expected} == expected
    else:
        assert found == expected


def test_arms_are_told_from_interventions_of_the_same_name(copied: tuple[Document, Record]) -> None:
    module = copied[1].study.protocol_section.arms_interventions_module
    assert [(one.type, one.label, one.description) for one in module.arm_groups] == [
        ("EXPERIMENTAL", "Lamp", "A lamp\nfor a night."),
        ("OTHER", "Usual care", "No lamp."),
    ]
    assert [one.intervention_names for one in module.arm_groups] == [
        ["Drug: Lampixin", "Other: Usual care"],
        ["Other: Usual care"],
    ]
    assert [(one.name, one.description, one.other_names) for one in module.interventions] == [
        ("Lampixin", "Given at dusk.", ["Wickol"]),
        ("Usual care", None, []),
    ]


def test_without_tabs_a_doubtful_arm_is_left_unread() -> None:
    untabbed = COPIED.replace("for a night.\tDrug", "for a night.\nDrug").replace("No lamp.\tOther", "No lamp.\nOther")
    _, record = read(untabbed)
    module = record.study.protocol_section.arms_interventions_module
    assert [one.label for one in module.arm_groups] == ["Lamp"]
    assert module.arm_groups[0].intervention_names == ["Drug: Lampixin"]


def test_what_no_table_knows_is_unread(copied: tuple[Document, Record]) -> None:
    assert [line.stripped for line in copied[0].unread()] == [
        "A line that no table knows",
        "Dreams",
        "14 days",
    ]
    assert not [line for line in copied[0].lines if line.role is LineRole.STRUCTURE]


def test_head_and_sources(copied: tuple[Document, Record]) -> None:
    study = copied[1].study
    assert study.has_results is False
    assert study.catalog_section.responsible_party == "Ann Wick, Lamp Hospital"
    assert study.catalog_section.documents[0].as_of == "2024-02-03"
    assert study.catalog_section.mesh_terms == "Sleep Wake Disorders"
    lines = COPIED.splitlines()
    sources = study.catalog_section.sources
    for pointer, text in (
        ("/protocolSection/designModule/enrollmentInfo/count", "1,216"),
        ("/protocolSection/statusModule/startDateStruct/date", "2019-05"),
    ):
        assert lines[sources[pointer][0].last_line - 1] == text
    assert sources["/protocolSection/contactsLocationsModule/overallOfficials/0/affiliation"][0].how == "inferred"


def test_a_page_without_its_number_is_refused() -> None:
    with pytest.raises(ReadError, match=r"ClinicalTrials\.gov ID"):
        READER.read(Document("page.txt", COPIED.replace("ClinicalTrials.gov ID NCT09990301\n", "")))


def test_a_page_that_is_cut_off_states_what_is_left() -> None:
    document, record = read(COPIED[: COPIED.index("Primary Outcome Measures")])
    assert value(record, "/protocolSection/designModule/phases") == ["PHASE2", "PHASE3"]
    assert value(record, "/protocolSection/outcomesModule/primaryOutcomes") in (None, [])
    assert not any(line.became for line in document.unread())


def test_other_pages_are_not_taken() -> None:
    for text in ("Study Plan\nWe plan a study with contacts and locations.\n", '{"Study Plan": 1}', ""):
        assert not READER.recognises(Document("page.txt", text))


ORDERLESS = ("armGroupLabels", "interventionNames")
INVENTED = FOLDER / "legacy_xml" / "newer_schema.json"


def plain(text: object) -> str:
    """Return *text* without Markdown's escapes and without what parts its words."""
    return " ".join(str(text).replace("\\", "").split())


def wrong_values(study: dict[str, Any], record: Record) -> list[str]:
    """Return the values that were read of a printed *study* and differ from it."""
    stated = study["protocolSection"]
    found = msgspec.to_builtins(record.study)["protocolSection"]
    inferred = {
        pointer.removeprefix("/protocolSection")
        for pointer, sources in record.study.catalog_section.sources.items()
        if sources[0].how == "inferred"
    }
    wrong = []
    for pointer, one in leaves(found, ""):
        if one in (None, "", [], {}) or pointer in inferred or any(name in pointer for name in ORDERLESS):
            continue
        expected = lookup(stated, pointer)
        if plain(expected) != plain(one) and not pointer.endswith(("/role", "/type")):
            wrong.append(f"{pointer}: {one!r} instead of {expected!r}")
    return wrong


@pytest.mark.parametrize("form", ["text", "html", "markdown"])
def test_every_form_of_a_printed_record_states_the_same(form: Form) -> None:
    study = json.loads(INVENTED.read_text(encoding="utf-8"))
    _, record = read(page_of(study, form))
    assert wrong_values(study, record) == []
    for pointer in ("/statusModule/overallStatus", "/designModule/enrollmentInfo/count", "/eligibilityModule/sex"):
        assert value(record, f"/protocolSection{pointer}") == lookup(study["protocolSection"], pointer)


@pytest.mark.skipif(not RECORDS.is_dir(), reason="the real records are not here")
@pytest.mark.parametrize("form", ["text", "html", "markdown"])
def test_printed_real_records_are_read_without_a_wrong_value(form: Form) -> None:
    for path in sorted(RECORDS.glob("*.json"))[::6]:
        study = json.loads(path.read_text(encoding="utf-8"))
        _, record = read(page_of(study, form))
        assert wrong_values(study, record) == [], path.name
