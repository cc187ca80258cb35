import json
from pathlib import Path
from typing import Any

import pytest

from generator.model.document import Document
from generator.model.record import Record
from generator.readers.layouts.eu_ctis import READER
from generator.readers.reader import ReadError

FOLDER = Path(__file__).parents[2] / ".." / "shared" / "data" / "ctis"


def part_one() -> dict[str, Any]:
    product = {
        "id": 7,
        "productName": "Lampixin 5 mg",
        "allSubstancesChemicals": True,
        "productDictionaryInfo": {
            "activeSubstanceName": "LAMPIXIN",
            "sponsorProductCode": "LMP-5",
            "pharmForm": "TABLET",
        },
    }
    return {
        "rowSubjectCount": 30,
        "rowCountriesInfo": [{"name": "Japan"}],
        "sponsors": [
            {
                "primary": True,
                "organisation": {"name": "Lamp Pharma", "type": "Pharmaceutical company"},
                "publicContacts": [{"functionalName": "Lamp desk", "functionalEmailAddress": "desk&#64;example.org"}],
                "scientificContacts": [
                    {"functionalName": "Lamp desk", "functionalEmailAddress": "desk&#64;example.org"}
                ],
            },
            {"primary": False, "organisation": {"name": "Wick University", "type": "Educational Institution"}},
        ],
        "products": [product],
        "productRoleGroupInfos": [
            {"productRoleName": "Test", "products": [product]},
            {"productRoleName": "Placebo", "products": [{"productName": "Lampixin Placebo"}]},
        ],
        "medicalConditions": [{"medicalCondition": "Fear of the dark"}],
        "trialDetails": {
            "clinicalTrialIdentifiers": {
                "fullTitle": "A phase 2 trial of lamps",
                "publicTitle": "Lamps",
                "shortTitle": "LAMP-2",
                "fullTitleTranslations": [
                    {"id": 1, "uuid": "x", "attributeTranslation": "Lampes", "languageDescription": "French"}
                ],
                "secondaryIdentifyingNumbers": {
                    "nctNumber": {"id": 3, "number": "NCT09990001"},
                    "additionalRegistries": [{"number": "U9999-9999-9999", "otherRegistryName": "WHO"}],
                },
            },
            "trialInformation": {
                "medicalCondition": {"partIMedicalConditions": [{"medicalCondition": "Fear of the dark"}]},
                "trialObjective": {
                    "mainObjective": "To see",
                    "secondaryObjectives": [
                        {"number": 2, "secondaryObjective": "To dream"},
                        {"number": 1, "secondaryObjective": "To sleep"},
                    ],
                },
                "eligibilityCriteria": {
                    "principalInclusionCriteria": [{"number": 1, "principalInclusionCriteria": "Afraid"}],
                    "principalExclusionCriteria": [
                        {"number": 10, "principalExclusionCriteria": "Blind"},
                        {"number": 2, "principalExclusionCriteria": "Awake"},
                    ],
                },
                "endPoint": {
                    "primaryEndPoints": [{"number": 1, "endPoint": "Hours of sleep", "isPrimary": True}],
                    "secondaryEndPoints": [{"number": 1, "endPoint": "Dreams", "isPrimary": False}],
                },
                "trialDuration": {"estimatedEndDate": "2031-01-02", "estimatedRecruitmentStartDate": "2029-05-01"},
                "sourceOfMonetarySupport": [{"organisationName": "Lamp Pharma"}, {"organisationName": "Oil Fund"}],
                "populationOfTrialSubjects": {
                    "isFemaleSubjects": True,
                    "isMaleSubjects": True,
                    "clinicalTrialGroups": [{"code": "2", "name": "Patients"}],
                },
            },
        },
    }


def parts_two() -> list[dict[str, Any]]:
    return [
        {
            "mscInfo": {"countryName": "Germany"},
            "recruitmentSubjectCount": 12,
            "trialSites": [
                {
                    "organisationAddressInfo": {
                        "organisation": {"name": "Lampenklinik"},
                        "address": {"city": "Kiel", "postcode": "24103", "countryName": "Germany", "oneLine": "Ring 1"},
                    },
                    "personInfo": {
                        "firstName": "Ada",
                        "lastName": "Licht",
                        "telephone": "+49 1",
                        "email": "ada@example.org",
                    },
                }
            ],
        }
    ]


def new_layout(**changes: Any) -> dict[str, Any]:
    return {
        "ctNumber": "2029-599999-12-00",
        "ctStatus": 4,
        "ctPublicStatusCode": 4,
        "startDateEU": "03/04/2029",
        "trialPhase": "Therapeutic exploratory (Phase II)",
        "ageGroup": "18-64 years, 65+ years",
        "gender": "Female, Male",
        "totalNumberEnrolled": "12",
        "resultsFirstReceived": "No",
        "lastUpdated": "05/06/2029",
        "lastPublicationUpdate": "06/06/2029",
        "record_last_import": "2029-07-01",
        "authorizedApplication": {
            "authorizedPartI": part_one(),
            "authorizedPartsII": parts_two(),
            "memberStatesConcerned": [{"mscName": "Germany", "mscId": 5}],
            "eudraCt": {"isTransitioned": True, "eudraCtCode": "2019-009999-12"},
        },
        "documents": [{"title": "Protocol", "uuid": "x", "documentTypeLabel": "Protocol (for publication)"}],
        **changes,
    }


def old_layout(**changes: Any) -> dict[str, Any]:
    return {
        "ctNumber": "2029-599999-12-01",
        "ctStatus": "Authorised, not started",
        "title": "A phase 2 trial of lamps",
        "gender": "Male, Female",
        "totalNumberEnrolled": "12",
        "submissionDate": "2029-01-02",
        "lastUpdated": "2029-06-05",
        "authorizedPartI": part_one() | {"rowSubjectCount": 0},
        "authorizedPartsII": parts_two(),
        "eudraCtInfo": {"eudraCtCode": "2019-009999-12"},
        **changes,
    }


def document(content: Any) -> Document:
    return Document("trial.json", json.dumps(content, indent=1, ensure_ascii=False))


def read(content: Any) -> list[Record]:
    found = document(content)
    assert READER.recognises(found)
    return READER.read(found)


def test_the_layout_of_2024_is_read() -> None:
    (record,) = read(new_layout())
    protocol = record.study.protocol_section
    identification = protocol.identification_module
    assert record.id == "2029-599999-12-00"
    assert identification.nct_id is None
    assert [(one.id, one.type, one.domain) for one in identification.secondary_id_infos] == [
        ("2029-599999-12-00", "CTIS", None),
        ("2019-009999-12", "EUDRACT_NUMBER", None),
        ("NCT09990001", "REGISTRY", "ClinicalTrials.gov"),
        ("U9999-9999-9999", "OTHER", "WHO"),
    ]
    assert (identification.brief_title, identification.official_title) == ("Lamps", "A phase 2 trial of lamps")
    assert identification.org_study_id_info is not None
    assert identification.org_study_id_info.id == "LAMP-2"
    status = protocol.status_module
    assert status.overall_status == "RECRUITING"
    assert status.start_date_struct is not None
    assert (status.start_date_struct.date, status.start_date_struct.type) == ("2029-04-03", None)
    assert status.completion_date_struct is not None
    assert (status.completion_date_struct.date, status.completion_date_struct.type) == ("2031-01-02", "ESTIMATED")
    assert record.study.has_results is False
    sponsors = protocol.sponsor_collaborators_module
    assert sponsors.lead_sponsor is not None
    assert (sponsors.lead_sponsor.name, sponsors.lead_sponsor.class_) == ("Lamp Pharma", "INDUSTRY")
    assert [one.name for one in sponsors.collaborators] == ["Wick University", "Oil Fund"]
    assert protocol.design_module.phases == ["PHASE2"]
    assert protocol.conditions_module.conditions == ["Fear of the dark"]
    assert [(one.type, one.name, one.other_names) for one in protocol.arms_interventions_module.interventions] == [
        ("DRUG", "Lampixin 5 mg", ["LAMPIXIN", "LMP-5"]),
        (None, "Lampixin Placebo", []),
    ]
    assert [one.measure for one in protocol.outcomes_module.primary_outcomes] == ["Hours of sleep"]
    assert [one.measure for one in protocol.outcomes_module.secondary_outcomes] == ["Dreams"]
    eligibility = protocol.eligibility_module
    assert eligibility.eligibility_criteria == (
        "Inclusion Criteria:\n\n1. Afraid\n\nExclusion Criteria:\n\n1. Awake\n2. Blind"
    )
    assert (eligibility.sex, eligibility.std_ages, eligibility.healthy_volunteers) == (
        "ALL",
        ["ADULT", "OLDER_ADULT"],
        False,
    )
    (contact,) = protocol.contacts_locations_module.central_contacts
    assert (contact.name, contact.email) == ("Lamp desk", "desk@example.org")
    (site,) = protocol.contacts_locations_module.locations
    assert (site.facility, site.city, site.zip, site.country) == ("Lampenklinik", "Kiel", "24103", "Germany")
    assert [(one.name, one.role) for one in site.contacts] == [("Ada Licht", "PRINCIPAL_INVESTIGATOR")]
    section = record.study.catalog_section
    assert section.countries == ["Germany", "Japan"]
    assert section.objectives == ["To see", "To sleep", "To dream"]
    assert section.documents[0].as_of == "2029-06-05"


def test_participants_outside_the_eea_are_added_and_the_sum_is_explained() -> None:
    (record,) = read(new_layout())
    info = record.study.protocol_section.design_module.enrollment_info
    assert info is not None
    assert info.count == 42
    inside, outside = record.study.catalog_section.sources["/protocolSection/designModule/enrollmentInfo/count"]
    assert inside.how == outside.how == "inferred"
    (record,) = read(new_layout(totalNumberEnrolled="13"))
    assert record.study.protocol_section.design_module.enrollment_info is None
    assert record.study.catalog_section.registry_fields["totalNumberEnrolled"] == "13"


def test_the_older_layout_is_read() -> None:
    (record,) = read(old_layout())
    protocol = record.study.protocol_section
    assert record.id == "2029-599999-12-01"
    assert protocol.status_module.overall_status == "NOT_YET_RECRUITING"
    assert protocol.status_module.study_first_submit_date == "2029-01-02"
    assert protocol.status_module.start_date_struct is not None
    assert protocol.status_module.start_date_struct.type == "ESTIMATED"
    assert protocol.design_module.enrollment_info is not None
    assert protocol.design_module.enrollment_info.count == 12
    assert [one.id for one in protocol.identification_module.secondary_id_infos][:2] == [
        "2029-599999-12-01",
        "2019-009999-12",
    ]
    assert [one.facility for one in protocol.contacts_locations_module.locations] == ["Lampenklinik"]


@pytest.mark.parametrize(
    ("code", "status"),
    [
        (1, "UNDER_EVALUATION"),
        (2, "NOT_YET_RECRUITING"),
        (3, "RECRUITING"),
        (4, "RECRUITING"),
        (5, "ACTIVE_NOT_RECRUITING"),
        (6, "SUSPENDED"),
        (7, "SUSPENDED"),
        (8, "ENDED"),
        (9, "EXPIRED"),
        (10, "REVOKED"),
        (11, "NOT_AUTHORISED"),
        (12, "CANCELLED"),
        (13, "CTIS_13"),
    ],
)
def test_a_status_code_is_never_taken_for_more_than_it_says(code: int, status: str) -> None:
    (record,) = read(new_layout(ctPublicStatusCode=code, ctStatus=code))
    assert record.study.protocol_section.status_module.overall_status == status


def test_what_has_no_place_is_kept_under_its_pointer_and_once() -> None:
    (record,) = read(new_layout())
    fields = record.study.catalog_section.registry_fields
    prefix = "authorizedApplication/authorizedPartI"
    assert fields["documents/0/title"] == "Protocol"
    assert (
        fields[f"{prefix}/trialDetails/clinicalTrialIdentifiers/fullTitleTranslations/0/attributeTranslation"]
        == "Lampes"
    )
    assert [name for name, value in fields.items() if value == "TABLET"] == [
        f"{prefix}/products/0/productDictionaryInfo/pharmForm"
    ]
    assert not [name for name in fields if name.endswith(("/id", "/uuid", "/mscId")) or name == "record_last_import"]


def test_every_value_leads_to_its_line() -> None:
    content = new_layout()
    found = document(content)
    (record,) = READER.read(found)
    for pointer, sources in record.study.catalog_section.sources.items():
        for source in sources:
            key = [step for step in (source.place or "").split("/") if not step.isdecimal()][-1]
            assert f'"{key}"' in found.line(source.first_line).text, pointer


def test_a_list_of_trials_gives_a_record_each() -> None:
    first, second = read([new_layout(), old_layout()])
    assert (first.id, second.id) == ("2029-599999-12-00", "2029-599999-12-01")
    (source,) = second.study.catalog_section.sources["/protocolSection/statusModule/overallStatus"]
    assert source.place == "/1/ctStatus"


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (json.dumps(new_layout(), indent=1).replace('"ctStatus": 4,', '"ctStatus": 4'), "broken-json", 3),
        (json.dumps(new_layout(ctNumber="NCT09990001"), indent=1), "no-number", 2),
        (json.dumps(new_layout(ctNumber=None), indent=1), "no-number", 2),
        (json.dumps(["ctNumber", new_layout()]), "no-trial", 1),
        ('{"ctNumber": "authorizedPartI", "authorizedPartI": ' + "[" * 50_000, "broken-json", 1),
    ],
)
def test_broken_json_is_an_error_with_a_line(text: str, code: str, line: int) -> None:
    found = Document("trial.json", text)
    assert READER.recognises(found)
    with pytest.raises(ReadError) as error:
        READER.read(found)
    assert error.value.code == code
    assert abs(error.value.line - line) <= 1


@pytest.mark.parametrize("content", [{"protocolSection": {}}, [], {"ctNumber": "2029-599999-12-00"}])
def test_other_json_is_not_taken(content: Any) -> None:
    assert not READER.recognises(document(content))


@pytest.mark.records
@pytest.mark.skipif(not FOLDER.exists(), reason="the real CTIS records are not here")
@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")) if FOLDER.exists() else [], ids=lambda path: path.stem)
def test_real_trials_are_read(path: Path) -> None:
    found = Document(path.name, path.read_text("utf-8"))
    assert READER.recognises(found)
    (record,) = READER.read(found)
    protocol = record.study.protocol_section
    assert record.id == path.stem
    assert protocol.identification_module.official_title
    assert protocol.status_module.overall_status in {"RECRUITING", "NOT_YET_RECRUITING"}
    assert protocol.design_module.phases
    assert protocol.sponsor_collaborators_module.lead_sponsor
    assert protocol.contacts_locations_module.locations
    assert protocol.eligibility_module.sex == "ALL"
    assert protocol.arms_interventions_module.interventions
