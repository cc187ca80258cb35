"""Records of registries that a table puts in their places: ISRCTN, DRKS, ANZCTR, and WHO's exchange format."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from generator.model.document import Document
from generator.model.pointers import lookup
from generator.model.record import Record
from generator.readers.layouts import anzctr, drks, isrctn, who_exchange
from generator.readers.reader import Reader, ReadError
from generator.readers.reading import read_document

FIXTURES = Path(__file__).parent / "fixtures"
ISRCTN = FIXTURES / "isrctn" / "one.xml"
DRKS = FIXTURES / "drks" / "one.json"
ANZCTR = FIXTURES / "anzctr" / "one.xml"
EXCHANGE = FIXTURES / "who_exchange" / "two.xml"


def records(path: Path) -> list[Record]:
    reading = read_document(Document(path.name, path.read_text(encoding="utf-8")))
    assert not reading.problems
    return reading.records


def value(record: Record, pointer: str) -> Any:
    return lookup(msgspec.to_builtins(record.study), pointer)


STATED: dict[Path, tuple[str, dict[str, object]]] = {
    ISRCTN: (
        "ISRCTN99990011",
        {
            "/protocolSection/identificationModule/briefTitle": "Lamps for night workers",
            "/protocolSection/identificationModule/acronym": "LAMPS",
            "/protocolSection/identificationModule/secondaryIdInfos/*/id": [
                "ISRCTN99990011",
                "2019-009999-12",
                "123456",
                "LAMP-1",
                "CPMS 40000",
            ],
            "/protocolSection/descriptionModule/briefSummary": (
                "Background: it is dark.\n\nWhat does the study involve? A lamp."
            ),
            "/protocolSection/statusModule/studyFirstSubmitDate": "2019-04-03",
            "/protocolSection/statusModule/startDateStruct/date": "2019-05-01",
            "/protocolSection/statusModule/completionDateStruct/date": "2021-06-30",
            "/protocolSection/statusModule/overallStatus": None,
            "/protocolSection/designModule/phases": ["PHASE2", "PHASE3"],
            "/protocolSection/designModule/enrollmentInfo": {"count": 99, "type": "ACTUAL"},
            "/protocolSection/eligibilityModule/minimumAge": "18 Years",
            "/protocolSection/eligibilityModule/sex": "ALL",
            "/protocolSection/eligibilityModule/healthyVolunteers": False,
            "/protocolSection/eligibilityModule/eligibilityCriteria": (
                "Inclusion Criteria:\n\nAfraid of the dark\n\nExclusion Criteria:\n\nOwns a lamp"
            ),
            "/protocolSection/outcomesModule/primaryOutcomes/0/timeFrame": "14 days",
            "/protocolSection/armsInterventionsModule/interventions/0/name": "Lampixin",
            "/protocolSection/armsInterventionsModule/interventions/0/type": "DRUG",
            "/protocolSection/sponsorCollaboratorsModule/leadSponsor/name": "Lamp Hospital Trust",
            "/protocolSection/sponsorCollaboratorsModule/collaborators/0/name": "Oil Fund",
            "/protocolSection/contactsLocationsModule/locations/0/zip": "LS1 3EX",
            "/protocolSection/contactsLocationsModule/centralContacts/0/name": "Dr Ann Wick",
            "/catalogSection/countries": ["England", "Wales"],
            "/catalogSection/documents/0/asOf": "2023-05-04",
        },
    ),
    DRKS: (
        "DRKS00099912",
        {
            "/protocolSection/identificationModule/briefTitle": "Lamps",
            "/protocolSection/identificationModule/acronym": "LAMPE",
            "/protocolSection/descriptionModule/briefSummary": "A lamp.",
            "/protocolSection/statusModule/startDateStruct": {"date": "2023-01-02", "type": "ACTUAL"},
            "/protocolSection/statusModule/completionDateStruct": {"date": "2025-12-31", "type": "ESTIMATED"},
            "/protocolSection/designModule/studyType": "INTERVENTIONAL",
            "/protocolSection/designModule/phases": ["PHASE2"],
            "/protocolSection/designModule/enrollmentInfo": {"count": 58, "type": "ACTUAL"},
            "/protocolSection/designModule/designInfo/allocation": "NON_RANDOMIZED",
            "/protocolSection/designModule/designInfo/primaryPurpose": None,
            "/protocolSection/eligibilityModule/minimumAge": None,
            "/protocolSection/eligibilityModule/maximumAge": "65 Years",
            "/protocolSection/eligibilityModule/sex": "FEMALE",
            "/protocolSection/outcomesModule/primaryOutcomes/0/measure": "Stunden Schlaf",
            "/protocolSection/sponsorCollaboratorsModule/leadSponsor/name": "Lampenklinik",
            "/protocolSection/contactsLocationsModule/centralContacts/*/email": ["anna@example.org"],
            "/catalogSection/countries": ["Germany"],
            "/catalogSection/absences/~1protocolSection~1eligibilityModule~1minimumAge/reason": "statedAsNone",
        },
    ),
    ANZCTR: (
        "ACTRN12699000123456",
        {
            "/protocolSection/identificationModule/briefTitle": "Lamps for night workers",
            "/protocolSection/identificationModule/secondaryIdInfos/*/id": [
                "ACTRN12699000123456",
                "U1111-1300-0001",
                "NCT09990401",
            ],
            "/protocolSection/statusModule/overallStatus": "RECRUITING",
            "/protocolSection/statusModule/startDateStruct/date": "2024-03-05",
            "/protocolSection/statusModule/completionDateStruct": {"date": "2027-06-30", "type": "ESTIMATED"},
            "/protocolSection/designModule/phases": ["PHASE2", "PHASE3"],
            "/protocolSection/designModule/enrollmentInfo/count": 120,
            "/protocolSection/outcomesModule/secondaryOutcomes/0/measure": "Dreams",
            "/protocolSection/eligibilityModule/sex": "ALL",
            "/protocolSection/sponsorCollaboratorsModule/collaborators/*/name": ["Oil Fund"],
            "/protocolSection/armsInterventionsModule/interventions/0/description": "A lamp for a night.",
            "/catalogSection/countries": ["Australia", "New Zealand"],
        },
    ),
    EXCHANGE: (
        "IRCT20990122057183N1",
        {
            "/protocolSection/identificationModule/officialTitle": "A randomized trial of lamps",
            "/protocolSection/identificationModule/secondaryIdInfos/1/domain": "ClinicalTrials.gov",
            "/protocolSection/statusModule/studyFirstSubmitDate": "2023-08-12",
            "/protocolSection/statusModule/startDateStruct": {"date": "2023-05-12", "type": "ACTUAL"},
            "/protocolSection/designModule/phases": ["PHASE2"],
            "/protocolSection/eligibilityModule/minimumAge": "18 Years",
            "/protocolSection/eligibilityModule/maximumAge": None,
            "/protocolSection/outcomesModule/primaryOutcomes/*/measure": [
                "Hours of sleep. Timepoint: 14 days.",
                "Fear",
            ],
            "/protocolSection/contactsLocationsModule/centralContacts/*/name": ["Ann Wick"],
            "/protocolSection/sponsorCollaboratorsModule/collaborators/*/name": ["Oil Fund"],
            "/catalogSection/countries": ["Iran (Islamic Republic of)"],
        },
    ),
}
CASES = [(path, pointer) for path, (_, facts) in STATED.items() for pointer in facts]


@pytest.mark.parametrize(("path", "pointer"), CASES, ids=[f"{path.parent.name}{pointer}" for path, pointer in CASES])
def test_the_record_states(path: Path, pointer: str) -> None:
    record = records(path)[0]
    identifier, facts = STATED[path]
    assert record.id == identifier
    base, star, key = pointer.partition("/*/")
    found = value(record, base)
    if star:
        assert [item.get(key) for item in found] == facts[pointer]
    elif isinstance(facts[pointer], dict):
        assert {name: found[name] for name in facts[pointer]} == facts[pointer]  # type: ignore[attr-defined]
    else:
        assert found == facts[pointer]


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        (ISRCTN, {"trial/participants/targetEnrolment": "120"}),
        (ISRCTN, {"trial/participants/recruitmentStatusOverride": "Stopped"}),
        (ISRCTN, {"trial/trialDesign/studyDesign": "Single-centre randomised trial"}),
        (DRKS, {"trialDescriptions/title": "Lampen", "recruitment/plannedParticipants": "60"}),
        (DRKS, {"studyCharacteristic/purpose": "PROGNOSIS", "recruitment/countries/idCountry/code": "XX"}),
        (ANZCTR, {"interventions/interventioncode": "Treatment: Devices", "stage": "Registered"}),
        (ANZCTR, {"recruitment/anticipatedstartdate": "01/03/2024"}),
        (EXCHANGE, {"main/study_design": "Randomization: randomized", "main/i_freetext": "A lamp for a night."}),
    ],
)
def test_what_has_no_place_is_kept_under_its_own_name(path: Path, kept: dict[str, str]) -> None:
    fields = records(path)[0].study.catalog_section.registry_fields
    assert kept.items() <= fields.items()


def test_what_is_not_understood_is_not_stated() -> None:
    record = records(EXCHANGE)[1]
    assert record.id == "RBR-74547s2"
    assert record.study.protocol_section.design_module.phases in ([], None)
    assert record.study.protocol_section.design_module.enrollment_info is None
    fields = record.study.catalog_section.registry_fields
    assert (fields["main/phase"], fields["main/target_size"]) == ("0", "group A:20;group B:10;")


def test_values_lead_to_their_elements() -> None:
    source = records(ISRCTN)[0].study.catalog_section.sources["/protocolSection/identificationModule/briefTitle"][0]
    assert (source.first_line, source.place) == (7, "/fullTrial/trial/trialDescription/title")
    source = records(DRKS)[0].study.catalog_section.sources["/protocolSection/eligibilityModule/sex"][0]
    assert (source.first_line, source.place) == (13, "/recruitment/gender")


@pytest.mark.parametrize(
    ("reader", "text", "line"),
    [
        (isrctn.READER, '<fullTrial xmlns="http://www.67bricks.com/isrctn">\n<trial>', 2),
        (isrctn.READER, '<allTrials xmlns="http://www.67bricks.com/isrctn"></allTrials>', 1),
        (isrctn.READER, '<!DOCTYPE x [<!ENTITY a "b">]>\n<fullTrial xmlns="http://www.67bricks.com/isrctn"/>', 1),
        (drks.READER, '{"drksId": "NCT09990001", "trialDescriptions": []}', 1),
        (drks.READER, '{"drksId": "DRKS00099912",\n "trialDescriptions": [', 1),
        (anzctr.READER, "<ANZCTR_Trial>\n<stage>x</stage></ANZCTR_Trial>", 1),
        (who_exchange.READER, "<trials><trial>\n<main><trial_id>lamp</trial_id></main></trial></trials>", 1),
        (who_exchange.READER, f"<trials><trial><main><trial_id>{'<a>' * 300}", 1),
    ],
)
def test_a_damaged_record_is_refused(reader: Reader, text: str, line: int) -> None:
    document = Document("record", text)
    assert reader.recognises(document)
    with pytest.raises(ReadError) as raised:
        reader.read(document)
    assert raised.value.line == line
