"""The rules of the ladder beyond the seeds, kind by kind."""

from __future__ import annotations

from generator.model.catalog import Entity, Kind
from generator.model.study import BrowseModule, Contact, DerivedSection, Intervention, Mesh
from tests.identity.catalogs import catalog, entity_of, site, study


def names(entities: dict[tuple[Kind, str], Entity], kind: Kind) -> list[str]:
    return sorted(entity.name for key, entity in entities.items() if key[0] == kind)


def test_sponsors_join_by_name_and_sites_by_name_and_city() -> None:
    found = catalog(
        study("A", sponsor="Acme Pharma, Inc.", locations=[site("Clinique Saint-Jean", "Lyon")]),
        study("B", sponsor="ACME PHARMA INC", locations=[site("Clinique Saint Jean", "LYON")]),
        study("C", sponsor="Acme Pharma", locations=[site("Clinique Saint-Jean", "Nice")]),
    )
    assert entity_of(found, "organization", "ACME PHARMA INC").studies == ["A", "B"]
    assert [e.studies for e in found.entities.values() if e.kind == "organization" and e.city == "Lyon"] == [["A", "B"]]
    assert [e.studies for e in found.entities.values() if e.kind == "organization" and e.city == "Nice"] == [["C"]]


def test_generic_sites_never_join_between_trials() -> None:
    found = catalog(
        study("A", locations=[site("University Hospital", "Nice"), site("Research Site", "Paris")]),
        study("B", locations=[site("University Hospital", "Nice"), site("Research Site", "Paris")]),
    )
    hospitals = [entity for entity in found.entities.values() if entity.kind == "organization"]
    assert sorted(entity.studies for entity in hospitals) == [["A"], ["B"]]
    assert not any(entity.verified for entity in hospitals)
    assert {one.text for one in found.set_aside} == {"Research Site"}


def test_a_site_and_a_sponsor_of_one_name_are_shown_to_each_other() -> None:
    found = catalog(
        study("A", sponsor="Mayer Clinic Foundation"),
        study("B", locations=[site("Mayer Clinic Foundation", "Phoenix", country="United States")]),
    )
    one, other = (e for e in found.entities.values() if e.kind == "organization")
    assert [reference.id for reference in one.possibly_same_as] == [other.id]
    assert [reference.id for reference in other.possibly_same_as] == [one.id]


def test_a_short_name_joins_in_its_own_trial_and_not_in_another() -> None:
    found = catalog(
        study("A", sponsor="Pakistan Institute of Medical Sciences (PIMS)", collaborators=["PIMS"]),
        study("B", sponsor="Punjab Institute of Medical Sciences (PIMS)"),
        study("C", sponsor="PIMS"),
    )
    pakistan = entity_of(found, "organization", "Pakistan Institute of Medical Sciences (PIMS)")
    punjab = entity_of(found, "organization", "Punjab Institute of Medical Sciences (PIMS)")
    assert pakistan.id != punjab.id
    assert punjab.studies == ["B"]
    assert "A" in pakistan.studies


def test_departments_are_part_of_the_house_that_their_name_ends_in() -> None:
    found = catalog(
        study("A", sponsor="Zhongnan Hospital of Wuhan University"),
        study("B", sponsor="Department of Anesthesiology, Zhongnan Hospital of Wuhan University"),
    )
    house = entity_of(found, "organization", "Zhongnan Hospital of Wuhan University")
    assert house.studies == ["A"]
    assert len(house.parts) == 1


def test_a_subsidiary_is_part_of_its_owner() -> None:
    found = catalog(
        study("A", sponsor="Merck Sharp & Dohme LLC, a subsidiary of Merck & Co., Inc."),
        study("B", sponsor="Merck & Co., Inc."),
    )
    assert [reference.id for reference in entity_of(found, "organization", "Merck & Co., Inc.").parts] == [
        "merck-sharp-dohme-llc-a-subsidiary-of-merck-co-inc"
    ]


def test_a_sponsor_can_be_a_person() -> None:
    found = catalog(study("A", sponsor="Dr. Cynthia Sukumar"))
    assert entity_of(found, "person", "Dr. Cynthia Sukumar").roles == ["leadSponsor"]


def test_persons_of_one_name_without_a_second_fact_are_possibly_the_same() -> None:
    found = catalog(
        study("A", sponsor="X Pharma", locations=[site("Clinique Alpha", "Lyon", "Jeanne Quillerou")]),
        study("B", sponsor="Y Pharma", locations=[site("Clinique Beta", "Nice", "Quillerou Jeanne, MD")]),
    )
    one, other = (entity for entity in found.entities.values() if entity.kind == "person")
    assert [reference.id for reference in one.possibly_same_as] == [other.id]
    assert [reference.id for reference in other.possibly_same_as] == [one.id]
    assert not one.verified


def test_second_facts_for_persons() -> None:
    facts = {
        "affiliation": (
            study("A", officials=[("Jeanne Quillerou", "STUDY_CHAIR", "Institut Alpha")]),
            study("B", officials=[("Jeanne QUILLEROU, MD", "STUDY_CHAIR", "INSTITUT ALPHA")]),
        ),
        "sponsor": (
            study("A", sponsor="X Pharma", officials=[("Jeanne Quillerou", "STUDY_CHAIR", None)]),
            study("B", sponsor="X Pharma", officials=[("Jeanne Quillerou, PhD", "STUDY_CHAIR", None)]),
        ),
        "drug": (
            study("A", drugs=["XYZ-123"], officials=[("Jeanne Quillerou", "STUDY_CHAIR", None)]),
            study("B", drugs=["XYZ 123"], officials=[("Jeanne Quillerou, PhD", "STUDY_CHAIR", None)]),
        ),
        "e-mail": (
            study("A", contacts=[Contact(name="Jeanne Quillerou", email="j.quillerou@a.example")]),
            study("B", contacts=[Contact(name="Quillerou Jeanne", email="J.Quillerou@A.example")]),
        ),
    }
    for fact, studies in facts.items():
        found = catalog(*studies)
        assert [e.studies for e in found.entities.values() if e.kind == "person"] == [["A", "B"]], fact


def test_a_common_name_needs_more_than_a_city() -> None:
    studies = [
        study(name, locations=[site(f"Hospital {name}{name}", "Beijing", "Wei Zhang", country="China")])
        for name in "AB"
    ]
    found = catalog(*studies)
    assert len([entity for entity in found.entities.values() if entity.kind == "person"]) == 2


def test_different_middle_initials_are_different_names() -> None:
    found = catalog(
        study("A", locations=[site("Clinique Alpha", "Lyon", "Jeanne A. Quillerou")]),
        study("B", locations=[site("Clinique Alpha", "Lyon", "Jeanne B. Quillerou")]),
    )
    people = [entity for entity in found.entities.values() if entity.kind == "person"]
    assert len(people) == 2
    assert not any(entity.possibly_same_as for entity in people)


def test_two_investigators_of_one_author_name_are_not_told_apart() -> None:
    found = catalog(
        study(
            "A",
            officials=[("Jeanne Quillerou", "STUDY_CHAIR", None), ("Jules Quillerou", "STUDY_DIRECTOR", None)],
            references=["Quillerou J. A title. A journal. 2020."],
        )
    )
    assert not [link for link in found.links if link.role == "referenceAuthor"]


def test_other_names_of_an_intervention_are_aliases() -> None:
    found = catalog(
        study("A", drugs=[Intervention(type="DRUG", name="Pembrolizumab", other_names=["Keytruda®", "MK-3475"])]),
        study("B", drugs=["KEYTRUDA 200 mg"]),
    )
    drug = entity_of(found, "drug", "Pembrolizumab")
    assert drug.studies == ["A", "B"]
    assert "gives “MK-3475” as another name" in next(s.reason for s in drug.spellings if s.text == "MK-3475")


def test_an_other_name_that_is_an_intervention_itself_is_no_alias() -> None:
    found = catalog(
        study("A", drugs=[Intervention(type="DRUG", name="Cisplatin", other_names=["Carboplatin"]), "Carboplatin"])
    )
    assert names(found.entities, "drug") == ["Carboplatin", "Cisplatin"]


def test_procedures_and_devices_are_no_drugs() -> None:
    found = catalog(
        study("A", drugs=[Intervention(type="PROCEDURE", name="Biopsy"), Intervention(type="DEVICE", name="X")])
    )
    assert names(found.entities, "drug") == []


def test_an_untyped_name_is_a_drug_when_another_document_types_it() -> None:
    untyped = study("A", drugs=[Intervention(name="Grapefruit")])
    assert names(catalog(untyped).entities, "drug") == []
    found = catalog(untyped, study("B", drugs=["Grapefruit"]))
    assert entity_of(found, "drug", "Grapefruit").studies == ["A", "B"]


def test_a_combination_is_related_to_its_parts_and_not_joined() -> None:
    found = catalog(study("A", drugs=["Lopinavir/Ritonavir"]), study("B", drugs=["Ritonavir"]))
    part = entity_of(found, "drug", "Ritonavir")
    whole = entity_of(found, "drug", "Lopinavir/Ritonavir")
    assert part.studies == ["A", "B"]
    assert part.id in [reference.id for reference in whole.related]
    assert whole.id in [reference.id for reference in part.related]


def test_mesh_terms_confirm_a_condition_and_broaden_it() -> None:
    one = study("A", conditions=["Systemic Lupus Erythematosus"])
    one.derived_section = DerivedSection(
        condition_browse_module=BrowseModule(
            meshes=[Mesh(id="D008180", term="Lupus Erythematosus, Systemic")],
            ancestors=[Mesh(id="D001327", term="Autoimmune Diseases")],
        )
    )
    found = catalog(one, study("B", conditions=["Autoimmune Diseases"]))
    lupus = entity_of(found, "condition", "Systemic Lupus Erythematosus")
    assert lupus.identifiers == {"mesh": "D008180"}
    assert lupus.verified
    assert [reference.id for reference in lupus.related] == ["autoimmune-diseases"]


def test_short_forms_of_conditions_do_not_join_across_trials() -> None:
    found = catalog(study("A", conditions=["Multiple Sclerosis (MS)"]), study("B", conditions=["MS"]))
    one, other = (entity for entity in found.entities.values() if entity.kind == "condition")
    assert [reference.id for reference in one.possibly_same_as] == [other.id]


def test_a_second_document_verifies() -> None:
    found = catalog(study("A", sponsor="X Pharma"))
    assert not entity_of(found, "organization", "X Pharma").verified
    found = catalog(study("A", sponsor="X Pharma"), study("B", sponsor="X Pharma"))
    assert entity_of(found, "organization", "X Pharma").verified
    found = catalog(study("A", sponsor="X Pharma", document="d"), study("B", sponsor="X Pharma", document="d"))
    assert not entity_of(found, "organization", "X Pharma").verified


def test_the_review_list_proposes_and_nothing_joins() -> None:
    found = catalog(
        study("A", sponsor="Massachusetts General Hospital"), study("B", sponsor="Massachussetts General Hospital")
    )
    assert [(one.first, one.second) for one in found.proposals] == [
        ("massachusetts-general-hospital", "massachussetts-general-hospital")
    ]
    assert len(names(found.entities, "organization")) == 2
