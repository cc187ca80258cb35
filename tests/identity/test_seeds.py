"""The links that the five seeds must give, and those that they must not."""

from __future__ import annotations

import pytest

from generator.identity.curated import CuratedNames
from generator.identity.identification import Identification, identify
from generator.identity.slugs import SlugLedger
from generator.model.study import Study
from tests.identity.catalogs import entity_of, seed_names, seed_studies


@pytest.fixture(scope="module")
def studies() -> dict[str, Study]:
    return seed_studies()


@pytest.fixture(scope="module")
def found(studies: dict[str, Study]) -> Identification:
    return identify(studies, seed_names(), SlugLedger())


@pytest.fixture(scope="module")
def by_rule() -> Identification:
    """The same without any curated name."""
    return identify(seed_studies(), CuratedNames(), SlugLedger())


def test_curated_names_have_no_problem(found: Identification) -> None:
    assert found.problems == []


def test_gibot_is_one_person_because_the_city_agrees(by_rule: Identification) -> None:
    person = entity_of(by_rule, "person", "Sébastien GIBOT")
    assert person.studies == ["NCT02883803", "NCT06774235"]
    assert person.verified
    reasons = {spelling.text: str(spelling.reason) for spelling in person.spellings}
    assert reasons["Sébastien GIBOT, MD"] == "The same family and given name, and the same city: Nancy, France."


def test_bensoussan_keeps_her_accents(by_rule: Identification) -> None:
    person = entity_of(by_rule, "person", "Daniele BENSOUSSAN")
    assert person.name == "Danièle Bensoussan"
    assert {spelling.text for spelling in person.spellings} == {"Daniele BENSOUSSAN", "Danièle Bensoussan"}


def test_leboyer_is_official_site_contact_and_author(by_rule: Identification) -> None:
    person = entity_of(by_rule, "person", "Marion Leboyer, Pr")
    assert person.name == "Marion Leboyer"
    assert {spelling.text for spelling in person.spellings} == {"Marion Leboyer, Pr", "Pr Marion Leboyer", "Leboyer M"}
    assert person.roles == ["studyChair", "facilityContact", "referenceAuthor"]


def test_klatzmann_is_an_author_by_rule_in_his_own_trial_only(by_rule: Identification, found: Identification) -> None:
    assert entity_of(by_rule, "person", "Klatzmann D").studies == ["NCT02955615"]
    curated = entity_of(found, "person", "David Klatzmann")
    assert curated.studies == ["NCT02955615", "NCT04133233"]
    reasons = {(spelling.text, spelling.rule) for spelling in curated.spellings}
    assert ("Klatzmann D", "curated") in reasons
    assert ("Klatzmann D", "exact-key") in reasons


def test_authors_of_other_trials_are_no_persons(found: Identification) -> None:
    assert not [entity for entity in found.entities.values() if "Benedetti" in entity.name]


@pytest.mark.parametrize("city", ["Dijon", "Nancy", "Strasbourg", "Marseille"])
def test_cities_are_shared(by_rule: Identification, city: str) -> None:
    assert len(entity_of(by_rule, "place", city).studies) == 2


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("Service de Réanimation Médicale, Hôpital Bocage", "Dijon University Hospital"),
        ("Service de Réanimation Médicale, Hôpital Central", "Nancy University Hospital"),
        ("UTCT, Hôpital Brabois", "Central Hospital, Nancy, France"),
        ("Hôpital Hautepierre, Service de réanimation médicale", "Strasbourg University Hospital"),
        ("APHP - Cochin", "AP-HP"),
        ("Aphp - Hegp", "AP-HP"),
        ("APHP - Laroiboisière", "AP-HP"),
        ("APHP - Raymond Poincaré", "AP-HP"),
        ("Hôpital Albert Chenevier", "AP-HP"),
    ],
)
def test_hospitals_are_part_of_their_group(found: Identification, part: str, whole: str) -> None:
    group = entity_of(found, "organization", whole)
    hospital = entity_of(found, "organization", part)
    assert [reference.id for reference in hospital.part_of] == [group.id]
    assert hospital.id in [reference.id for reference in group.parts]


@pytest.mark.parametrize(
    "hospital", ["APHP - Cochin", "Aphp - Hegp", "APHP - Laroiboisière", "APHP - Raymond Poincaré"]
)
def test_the_group_is_known_by_the_acronym_that_a_document_states(by_rule: Identification, hospital: str) -> None:
    group = entity_of(by_rule, "organization", "Assistance Publique - Hôpitaux de Paris")
    part = entity_of(by_rule, "organization", hospital)
    assert [reference.id for reference in part.part_of] == [group.id]
    assert "Assistance Publique Hôpitaux de Paris (AP-HP)" in str(part.part_of[0].reason)


def test_sponsors_are_shared(by_rule: Identification) -> None:
    assert entity_of(by_rule, "organization", "Iltoo Pharma").studies == ["NCT02955615", "NCT04133233"]
    group = entity_of(by_rule, "organization", "Assistance Publique - Hôpitaux de Paris")
    assert group.studies == ["NCT02955615", "NCT04133233"]
    assert group.roles == ["sponsorWithoutRole", "affiliation"]
    limoges = entity_of(by_rule, "organization", "Limoges University Hospital")
    assert limoges.roles == ["leadSponsor", "site"]


def test_interleukin_is_one_drug_under_all_its_names(by_rule: Identification) -> None:
    drug = entity_of(by_rule, "drug", "ILT-101")
    assert drug.studies == ["NCT02955615", "NCT04133233"]
    assert {
        "ILT101",
        "ILT-101",
        "IL-2 (ILT-101)",
        "IL-2",
        "Low dose IL-2",
        "human recombinant interleukin 2 (IL-2)",
    } <= {spelling.text for spelling in drug.spellings}
    assert all(spelling.reason for spelling in drug.spellings)
    aliases = {spelling.text: spelling for spelling in drug.spellings}
    assert aliases["IL-2"].rule == "stated-alias"
    assert [source.document for source in aliases["IL-2 (ILT-101)"].sources] == ["001.txt"]


def test_interferon_is_one_drug_only_because_a_person_says_so(by_rule: Identification, found: Identification) -> None:
    drug = entity_of(found, "drug", "Interferon Gamma 1-b")
    assert drug.studies == ["NCT06774235", "prev-hap", "treat-hap"]
    texts = {spelling.text for spelling in drug.spellings}
    assert {"Imukin", "rHuIFN-γ", "human recombinant Interferon gamma 1b (rHuIFN-γ, Imukin)"} <= texts
    assert entity_of(by_rule, "drug", "Interferon Gamma 1-b").studies == ["NCT06774235"]


def test_the_class_is_not_the_drug(found: Identification) -> None:
    spellings = {one.text.casefold() for one in entity_of(found, "drug", "Interferon Gamma 1-b").spellings}
    assert not spellings & {"interferon gamma", "interferon-gamma"}


def test_marseille_is_not_paris(found: Identification) -> None:
    marseille = entity_of(found, "organization", "APHM")
    paris = entity_of(found, "organization", "AP-HP")
    assert marseille.id != paris.id
    assert [reference.id for reference in marseille.not_same_as] == [paris.id]
    assert [reference.id for reference in paris.not_same_as] == [marseille.id]
    european = entity_of(found, "organization", "Hopital Européen")
    assert european.id != entity_of(found, "organization", "Aphp - Hegp").id


def test_marseille_is_not_paris_by_rule_either(by_rule: Identification) -> None:
    ids = {
        entity_of(by_rule, "organization", name).id
        for name in (
            "APHM",
            "Assistance Publique - Hôpitaux de Paris",
            "Hopital Européen",
            "Aphp - Hegp",
            "APHP - Cochin",
        )
    }
    assert len(ids) == 5


def test_comparators_are_no_drugs_and_albumin_is(found: Identification) -> None:
    drugs = {entity.name.casefold() for entity in found.entities.values() if entity.kind == "drug"}
    assert not [name for name in drugs if "placebo" in name]
    assert {"albumin", "mesenchymal stem cells"} <= drugs
    assert {one.text.casefold() for one in found.comparators} == {"placebo", "placebos"}


def test_each_name_of_a_study_points_to_its_entity(found: Identification, studies: dict[str, Study]) -> None:
    entities = studies["NCT04133233"].catalog_section.entities
    where = "/protocolSection/contactsLocationsModule/locations/0"
    assert entities[f"{where}/facility"] == "person/marion-leboyer"
    assert entities[f"{where}/city"] == "place/creteil"
    assert entities[f"{where}/country"] == "place/france"
    assert entities["/catalogSection/sponsorsWithoutRole/0/name"] == "organization/iltoo-pharma"
    hospital = entity_of(found, "organization", "Hôpital Albert Chenevier")
    assert any(link.entity == hospital.id and link.pointer == f"{where}/city" for link in found.links)
