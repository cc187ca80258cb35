"""Values of several documents: chosen by a stated rule, losers kept, sources kept."""

from __future__ import annotations

from typing import Any, cast

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.catalog_section import DocumentReference
from generator.model.record import Record
from generator.model.source import How, Source
from generator.model.study import Study
from generator.studies.matching import Match
from generator.studies.merging import Merged, merge
from tests.studies.records import numbered, record

NUMBER = "NCT00000102"


def merged(*records: Record) -> Merged:
    return merge(Match(NUMBER, list(records)))


def page(document: str, layout: str, as_of: str | None = None, **modules: Any) -> Record:
    return record(NUMBER, numbered(NUMBER, **modules), document=document, layout=layout, as_of=as_of)


def test_one_record_stays_as_it_is() -> None:
    only = page("a.txt", "meddatax")
    assert merged(only).study is only.study


def test_the_registry_counts_before_the_copy_and_the_loser_stays_visible() -> None:
    registry = page("api.json", "clinicaltrials-gov-api-v2", "2020-01-01", statusModule={"overallStatus": "COMPLETED"})
    copy = page("copy.txt", "meddatax", "2023-01-01", statusModule={"overallStatus": "RECRUITING"})
    result = merged(copy, registry)
    assert result.study.protocol_section.status_module.overall_status == "COMPLETED"
    [contradiction] = result.study.catalog_section.contradictions
    assert contradiction.pointer == "/protocolSection/statusModule/overallStatus"
    assert [(s.value, s.sources[0].document) for s in contradiction.statements] == [
        ("COMPLETED", "api.json"),
        ("RECRUITING", "copy.txt"),
    ]
    assert str(contradiction.rule) == ("Where they differ, the record of a registry counts before another site's copy.")
    [problem] = result.problems
    assert (problem.path, problem.severity, problem.code) == ("api.json", "warning", "documents-disagree")
    assert "copy.txt:" in problem.message


def test_of_two_documents_of_one_kind_the_newer_counts() -> None:
    old = page("old.txt", "meddatax", "2020-01", designModule={"enrollmentInfo": {"count": 15}})
    new = page("new.txt", "meddatax", "2023-08", designModule={"enrollmentInfo": {"count": 18}})
    info = merged(old, new).study.protocol_section.design_module.enrollment_info
    assert info is not None
    assert info.count == 18


def test_an_empty_value_never_replaces_a_filled_one() -> None:
    registry = page("api.json", "clinicaltrials-gov-api-v2")
    copy = page("copy.txt", "meddatax", conditionsModule={"conditions": ["Common Cold"]})
    result = merged(registry, copy).study
    assert result.protocol_section.conditions_module.conditions == ["Common Cold"]
    [source] = result.catalog_section.sources["/protocolSection/conditionsModule/conditions/0"]
    assert source.document == "copy.txt"


def test_the_same_value_keeps_all_its_sources() -> None:
    status = {"overallStatus": "COMPLETED"}
    copy = page("a.txt", "meddatax", statusModule=status)
    result = merged(copy, page("b.txt", "clinicaltrials-gov-classic", statusModule=status)).study
    sources = result.catalog_section.sources["/protocolSection/statusModule/overallStatus"]
    assert [source.document for source in sources] == ["b.txt", "a.txt"]
    assert result.catalog_section.contradictions == []


def test_a_finer_date_wins_over_the_month_that_holds_it() -> None:
    month = page("a.txt", "clinicaltrials-gov-classic", statusModule={"startDateStruct": {"date": "2019-12"}})
    day = page("b.txt", "meddatax", statusModule={"startDateStruct": {"date": "2019-12-05"}})
    result = merged(month, day).study
    assert result.protocol_section.status_module.start_date_struct is not None
    assert result.protocol_section.status_module.start_date_struct.date == "2019-12-05"
    assert result.catalog_section.contradictions == []


def test_sites_meet_by_name_and_complete_one_another() -> None:
    site = {"facility": "Harbour Clinic", "city": "Lindholm", "country": "Sweden"}
    registry = page("api.json", "clinicaltrials-gov-api-v2", contactsLocationsModule={"locations": [site]})
    copy = page(
        "copy.txt",
        "meddatax",
        contactsLocationsModule={
            "locations": [
                {"facility": "Old Ward", "city": "Lindholm", "country": "Sweden"},
                {**site, "contacts": [{"name": "Ada Brenner"}]},
            ]
        },
    )
    result = merged(registry, copy).study
    [found] = result.protocol_section.contacts_locations_module.locations
    assert [contact.name for contact in found.contacts] == ["Ada Brenner"]
    pointer = "/protocolSection/contactsLocationsModule/locations/0"
    assert [s.document for s in result.catalog_section.sources[f"{pointer}/contacts/0/name"]] == ["copy.txt"]
    assert [s.document for s in result.catalog_section.sources[f"{pointer}/city"]] == ["api.json", "copy.txt"]
    [contradiction] = result.catalog_section.contradictions
    assert contradiction.statements[1].value == "also: Old Ward, Lindholm, Sweden"


def test_numbers_and_references_are_united() -> None:
    first = record(NUMBER, numbered(NUMBER, others=("2016-000488-17",)), document="a.txt")
    second = record(NUMBER, numbered(NUMBER, others=("2016-000488-17", "SALT-1")), document="b.txt")
    infos = merged(first, second).study.protocol_section.identification_module.secondary_id_infos
    assert [info.id for info in infos] == ["2016-000488-17", "SALT-1"]


def test_a_sponsor_without_role_goes_when_another_document_states_its_role() -> None:
    compact = record(
        NUMBER,
        numbered(NUMBER),
        document="a.txt",
        layout="meddatax-compact",
        section={"sponsorsWithoutRole": [{"name": "Halo Mineral GmbH"}]},
    )
    registry = page(
        "api.json",
        "clinicaltrials-gov-api-v2",
        sponsorCollaboratorsModule={"leadSponsor": {"name": "Halo Mineral GmbH"}},
    )
    assert merged(compact, registry).study.catalog_section.sponsors_without_role == []


def test_versions_of_a_record_contradict_nothing() -> None:
    old = page("a.txt", "clinicaltrials-gov-classic", statusModule={"lastUpdatePostDateStruct": {"date": "2019-10-25"}})
    new = page("b.txt", "meddatax", statusModule={"lastUpdatePostDateStruct": {"date": "2023-01-01"}})
    result = merged(old, new).study
    assert result.protocol_section.status_module.last_update_post_date_struct is not None
    assert result.protocol_section.status_module.last_update_post_date_struct.date == "2023-01-01"
    assert result.catalog_section.contradictions == []


def test_a_correction_by_hand_reaches_the_registry_record_and_keeps_its_unknown_fields() -> None:
    original: dict[str, Any] = {
        "protocolSection": numbered(NUMBER, statusModule={"overallStatus": "RECRUITING", "newField": {"x": [1]}})
    }
    registry = page("api.json", "clinicaltrials-gov-api-v2", statusModule={"overallStatus": "RECRUITING"})
    registry.original = original
    correction = page("fix.md", "hand-written", statusModule={"overallStatus": "TERMINATED"})
    result = merged(registry, correction)
    assert result.original is not None
    status: Any = result.original["protocolSection"]
    assert status["statusModule"] == {"overallStatus": "TERMINATED", "newField": {"x": [1]}}


@given(st.permutations(range(3)))
def test_the_order_of_records_changes_nothing(order: list[int]) -> None:
    records = [
        page("a.txt", "meddatax", "2020", statusModule={"overallStatus": "RECRUITING"}),
        page("b.txt", "meddatax", "2021", statusModule={"overallStatus": "COMPLETED"}),
        page("c.txt", "project-page", statusModule={"overallStatus": "SUSPENDED"}),
    ]
    assert merged(*(records[index] for index in order)).study == merged(*records).study


def _pair(first: dict[str, Any], second: dict[str, Any]) -> Study:
    """Return the study of a registry's record and of WHO's mirror of it."""
    records = []
    for path, layout, modules in (
        ("a.json", "clinicaltrials-gov-api-v2", first),
        ("b.xml", "who-ictrp-xml", second),
    ):
        values = {"protocolSection": {"identificationModule": {"nctId": "NCT09990005"}, **modules}}
        study = msgspec.convert(values, Study)
        study.catalog_section.id = "NCT09990005"
        study.catalog_section.documents = [DocumentReference(path=path, layout=layout)]
        study.catalog_section.sources = {"": [Source(document=path, first_line=1, last_line=1)]}
        records.append(Record(study))
    return merge(Match("NCT09990005", records)).study


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            {"eligibilityModule": {"eligibilityCriteria": "Inclusion Criteria:\n\n* Aged \\> 18.\n* Tall."}},
            {"eligibilityModule": {"eligibilityCriteria": "Inclusion Criteria:\n\n- Aged > 18.   - Tall."}},
        ),
        (
            {"outcomesModule": {"primaryOutcomes": [{"measure": "Sleep", "timeFrame": "14 days"}]}},
            {"outcomesModule": {"primaryOutcomes": [{"measure": "Sleep"}]}},
        ),
        (
            {"sponsorCollaboratorsModule": {"leadSponsor": {"name": "AB Science"}}},
            {"sponsorCollaboratorsModule": {"leadSponsor": {"name": "ABScience"}}},
        ),
        (
            {"identificationModule": {"nctId": "NCT09990005", "officialTitle": "A trial: drug, or none (phase 2)"}},
            {"identificationModule": {"nctId": "NCT09990005", "officialTitle": "A trial - drug or none, phase 2."}},
        ),
        ({"statusModule": {"overallStatus": "COMPLETED"}}, {"statusModule": {"overallStatus": "NOT_RECRUITING"}}),
        (
            {"statusModule": {"studyFirstSubmitDate": "2020-01"}},
            {"statusModule": {"studyFirstSubmitDate": "2020-01-14"}},
        ),
    ],
)
def test_a_record_and_its_mirror_do_not_contradict_each_other(first: dict[str, Any], second: dict[str, Any]) -> None:
    assert _pair(first, second).catalog_section.contradictions == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"statusModule": {"overallStatus": "RECRUITING"}}, {"statusModule": {"overallStatus": "NOT_RECRUITING"}}),
        (
            {"eligibilityModule": {"eligibilityCriteria": "Inclusion Criteria:\n\n* Aged > 18."}},
            {"eligibilityModule": {"eligibilityCriteria": "Exclusion Criteria:\n\n* Aged > 18."}},
        ),
        (
            {"eligibilityModule": {"eligibilityCriteria": "Inclusion Criteria:\n\n* Aged > 18."}},
            {"eligibilityModule": {"eligibilityCriteria": "Inclusion Criteria:\n\n* Aged < 18."}},
        ),
        (
            {"eligibilityModule": {"eligibilityCriteria": "Inclusion Criteria:\n\n* A score of -2."}},
            {"eligibilityModule": {"eligibilityCriteria": "Inclusion Criteria:\n\n* A score of 2."}},
        ),
        (
            {"identificationModule": {"nctId": "NCT09990005", "officialTitle": "A dose of 1.5 mg"}},
            {"identificationModule": {"nctId": "NCT09990005", "officialTitle": "A dose of 15 mg"}},
        ),
        (
            {"statusModule": {"studyFirstSubmitDate": "2020-01-14"}},
            {"statusModule": {"studyFirstSubmitDate": "2020-01-15"}},
        ),
    ],
)
def test_what_cannot_both_be_true_stays_a_contradiction(first: dict[str, Any], second: dict[str, Any]) -> None:
    assert len(_pair(first, second).catalog_section.contradictions) == 1


def test_what_is_inferred_contradicts_nothing_stated() -> None:
    records = []
    for path, count, how in (("a.txt", 12, "inferred"), ("b.xml", 14, "stated")):
        study = msgspec.convert({"protocolSection": {"designModule": {"enrollmentInfo": {"count": count}}}}, Study)
        study.catalog_section.documents = [DocumentReference(path=path, layout="who-ictrp-xml")]
        source = Source(document=path, first_line=1, last_line=1, how=cast("How", how))
        study.catalog_section.sources = {"/protocolSection/designModule/enrollmentInfo/count": [source]}
        records.append(Record(study))
    study = merge(Match("x", records)).study
    assert study.protocol_section.design_module.enrollment_info is not None
    assert study.protocol_section.design_module.enrollment_info.count == 14
    assert study.catalog_section.contradictions == []
