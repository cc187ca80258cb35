"""The rules that join names, beyond the seeds, kind by kind."""

from __future__ import annotations

import re

import pytest

from generator.folders import CONTENT
from generator.identity.curated import CuratedNames, parse_curated
from generator.identity.organizations import hospital_of_department
from generator.model.catalog import Entity, Kind
from generator.model.source import Source
from generator.model.study import BrowseModule, Contact, DerivedSection, Intervention, Mesh, Study
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


def test_a_house_without_a_name_is_one_in_its_town_and_none_without_it() -> None:
    found = catalog(
        study("A", sponsor="University Hospital", locations=[site("University Hospital", "Nice")]),
        study("B", sponsor="Department of Pediatrics", locations=[site("University Hospital", "Nice")]),
        study("C", sponsor="University Hospital", locations=[site("University Hospital", "Lyon")]),
    )
    hospitals = [entity for entity in found.entities.values() if entity.kind == "organization"]
    assert sorted((entity.city or "", entity.studies) for entity in hospitals) == [
        ("Lyon", ["C"]),
        ("Nice", ["A", "B"]),
    ]
    assert {one.text for one in found.rejected} == {"University Hospital", "Department of Pediatrics"}


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


@pytest.mark.parametrize(
    ("written", "hospital"),
    [
        (
            "Department of Anesthesiology, Zhongnan Hospital of Wuhan University",
            "Zhongnan Hospital of Wuhan University",
        ),
        ("Universitätsklinikum Essen, Klinik für Neurologie", "Universitätsklinikum Essen"),
        ("Universitätsklinikum Jena Klinik für Innere Medizin II", "Universitätsklinikum Jena"),
        ("Klinik für Neurologie Universitätsklinikum Essen", "Universitätsklinikum Essen"),
        (
            "Abteilung Infektiologie, Klinik für Innere Medizin II, Universitätsklinikum Köln",
            "Universitätsklinikum Köln",
        ),
        ("Klinik für Hals-, Nasen- und Ohrenheilkunde, Uniklinik Köln", "Uniklinik Köln"),
        ("Department of Nephrology, Hospital La Paz, Madrid, Spain", "Hospital La Paz, Madrid, Spain"),
        ("Zhongnan Hospital of Wuhan University", None),
        ("Faculty of Medicine, Cairo University", None),  # a part of it, with a name of its own
        ("Institute of Tropical Medicine, Hospital San Juan", None),
        ("Union Hospital, Tongji Medical College", None),
        ("Department of Surgery, University Hospital", None),  # of any of many
        ("Department of Health, Queensland", None),
        ("Klinik für Dermatologie, Berlin", None),
        ("Department of Biology, Stanford University, Children's Hospital Boston", None),  # of which of the two?
        ("Service de Santé des Armées", None),
    ],
)
def test_a_department_of_a_hospital_names_the_hospital(written: str, hospital: str | None) -> None:
    assert hospital_of_department(written) == hospital


def test_trials_of_a_department_stand_on_the_page_of_its_hospital() -> None:
    found = catalog(
        study("A", sponsor="Zhongnan Hospital of Wuhan University"),
        study("B", sponsor="Department of Anesthesiology, Zhongnan Hospital of Wuhan University"),
        study("C", sponsor="Faculty of Medicine, Cairo University"),
        study("D", sponsor="Cairo University"),
    )
    hospital = entity_of(found, "organization", "Zhongnan Hospital of Wuhan University")
    assert (hospital.name, hospital.studies) == ("Zhongnan Hospital of Wuhan University", ["A", "B"])
    assert [one.id for one in entity_of(found, "organization", "Cairo University").parts] == [
        "faculty-of-medicine-cairo-university"
    ]


def test_two_departments_are_one_hospital_though_no_document_names_it_alone() -> None:
    found = catalog(
        study("A", sponsor="Department of Anesthesiology, Hospital La Paz"),
        study("B", sponsor="Department of Urology, Hospital La Paz"),
    )
    assert entity_of(found, "organization", "Department of Urology, Hospital La Paz").name == "Hospital La Paz"


def test_a_department_with_a_curated_name_stays_one() -> None:
    entries, problems = parse_curated(
        "organization", "- name: Department of Urology, Hospital La Paz\n  source: A test.\n"
    )
    found = catalog(
        study("A", sponsor="Hospital La Paz"),
        study("B", sponsor="Department of Urology, Hospital La Paz"),
        curated=CuratedNames(entries, problems),
    )
    assert entity_of(found, "organization", "Hospital La Paz").studies == ["A"]


def test_a_subsidiary_is_part_of_its_owner() -> None:
    found = catalog(
        study("A", sponsor="Merck Sharp & Dohme LLC, a subsidiary of Merck & Co., Inc."),
        study("B", sponsor="Merck & Co., Inc."),
    )
    assert [reference.id for reference in entity_of(found, "organization", "Merck & Co., Inc.").parts] == [
        "merck-sharp-dohme-llc"
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
    assert "gives “MK-3475” as another name" in next(str(s.reason) for s in drug.spellings if s.text == "MK-3475")


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
    assert [reference.id for reference in lupus.broader] == ["autoimmune-diseases"]


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


SEVERAL = Source(document="p.txt", first_line=3, last_line=3, several=True)


def one_line(identifier: str, condition: str, summary: str | None = None) -> Study:
    """Return a study from a page that prints its conditions on one line without borders."""
    made = study(identifier, conditions=[condition], summary=summary)
    made.catalog_section.sources["/protocolSection/conditionsModule/conditions/0"] = [SEVERAL]
    return made


def test_a_line_that_may_be_several_conditions_is_none_until_something_says_so() -> None:
    line = "Type 2 Diabetes Chronic Kidney Diseases"
    found = catalog(one_line("A", line))
    assert names(found.entities, "condition") == []
    assert [one.reason for one in found.rejected] == ["several"]
    known = catalog(one_line("A", "Chronic Kidney Disease"), study("B", conditions=["Chronic Kidney Diseases"]))
    assert entity_of(known, "condition", "Chronic Kidney Diseases").studies == ["A", "B"]
    said = catalog(one_line("A", "Colitis, Ulcerative", "Patients with active ulcerative colitis take part."))
    assert names(said.entities, "condition") == ["Colitis, Ulcerative"]
    # A border between sentences is no blank between words.
    split = catalog(one_line("A", "Anxiety Depression", "We treat anxiety. Depression is frequent."))
    assert names(split.entities, "condition") == []
    assert names(catalog(one_line("A", "Anxiety")).entities, "condition") == ["Anxiety"]


def test_several_other_names_on_one_line_join_nothing() -> None:
    one = study("A", drugs=["Pembrolizumab"], other_names=["Keytruda MK-3475"])
    one.catalog_section.sources["/catalogSection/otherInterventionNames/0"] = [SEVERAL]
    found = catalog(one)
    assert names(found.entities, "drug") == ["Pembrolizumab"]
    assert [spelling.text for spelling in entity_of(found, "drug", "Pembrolizumab").spellings] == ["Pembrolizumab"]


def test_words_in_parentheses_narrow_a_condition_unless_they_are_its_initials() -> None:
    found = catalog(
        study("A", conditions=["Coronavirus"]),
        study("B", conditions=["Coronavirus (SARS-CoV)"]),
        study("C", conditions=["Acute Coronary Syndrome (ACS)"]),
        study("D", conditions=["Acute Coronary Syndrome"]),
    )
    virus = entity_of(found, "condition", "Coronavirus")
    assert virus.studies == ["A"]
    assert [reference.id for reference in virus.possibly_same_as] == ["coronavirus-sars-cov"]
    assert entity_of(found, "condition", "Acute Coronary Syndrome").studies == ["C", "D"]


def test_an_other_name_that_only_describes_stays_in_its_trial() -> None:
    def trial(identifier: str, name: str) -> Study:
        return study(
            identifier, drugs=[Intervention(type="DRUG", name=name, other_names=["HER2 Monoclonal Antibody", "Anti-X"])]
        )

    found = catalog(trial("A", "Trastuzumab"), trial("B", "Pertuzumab"))
    assert names(found.entities, "drug") == ["Pertuzumab", "Trastuzumab"]
    spelling = next(s for s in entity_of(found, "drug", "Trastuzumab").spellings if s.text.startswith("HER2"))
    assert str(spelling.reason) == "A gives “HER2 Monoclonal Antibody” as another name of “Trastuzumab”."


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("Rituximab (genetical recombination)", "genetical recombination"),
        ("Tdap (Tetanus Toxoid/Acellular Pertussis)", "Acellular Pertussis"),
        ("AAV2CUhCLN2 (3x10^12 particle units)", "3x10^12 particle units"),
        ("Lactobacillus reuteri (108 CFU)", "108 CFU"),
        ("Albumin (solution of MSC)", "MSC"),
        ("DTaP (TRIPACEL in Canada)", "TRIPACEL in Canada"),
    ],
)
def test_what_stands_in_parentheses_and_is_no_other_name(name: str, wrong: str) -> None:
    found = catalog(study("A", drugs=[name]))
    assert wrong not in [s.text for e in found.entities.values() if e.kind == "drug" for s in e.spellings]


def test_a_list_of_other_names_is_taken_apart() -> None:
    found = catalog(
        study("A", drugs=[Intervention(type="DRUG", name="Velcade", other_names=["bortezomib, PS-341"])]),
        study("B", drugs=["Bortezomib"]),
    )
    assert entity_of(found, "drug", "Velcade").studies == ["A", "B"]


def test_imitations_and_parts_of_combinations_are_no_aliases() -> None:
    biosimilar = Intervention(
        type="DRUG", name="Trastuzumab", other_names=["ABP 980", "Trastuzumab Biosimilar ABP 980"]
    )
    combined = Intervention(type="DRUG", name="Pentacel", other_names=["Prevnar", "Pentacel and Prevnar"])
    found = catalog(study("A", drugs=[biosimilar, combined]), study("B", drugs=["ABP 980", "Prevnar"]))
    assert entity_of(found, "drug", "Trastuzumab").studies == ["A"]
    assert entity_of(found, "drug", "Pentacel").studies == ["A"]


def test_a_placebo_of_a_combination_is_no_drug() -> None:
    found = catalog(study("A", drugs=["matching placebo sacubitril/valsartan (LCZ696)", "N-acetylcysteine+Placebo"]))
    assert names(found.entities, "drug") == ["N-acetylcysteine"]


def test_a_text_about_what_is_done_names_no_drug() -> None:
    text = "On the basis of routine treatment, the patients were given lopinavir / ritonavir tablets twice a day."
    found = catalog(study("A", drugs=[text]))
    assert names(found.entities, "drug") == []
    assert [one.reason for one in found.rejected] == ["description"]


def test_a_hyphen_between_two_known_drugs_makes_a_combination() -> None:
    alone = catalog(study("A", drugs=["Lopinavir-Ritonavir"]))
    assert names(alone.entities, "drug") == ["Lopinavir-Ritonavir"]
    found = catalog(
        study("A", drugs=["Lopinavir-Ritonavir"]),
        study("B", drugs=["Lopinavir/Ritonavir"]),
        study("C", drugs=["Lopinavir"]),
    )
    assert names(found.entities, "drug") == ["Lopinavir", "Lopinavir-Ritonavir", "Ritonavir"]
    assert entity_of(found, "drug", "Lopinavir/Ritonavir").studies == ["A", "B"]
    assert entity_of(found, "drug", "Lopinavir").studies == ["A", "B", "C"]


def test_names_without_blanks_and_single_names() -> None:
    found = catalog(
        study("A", sponsor="X Pharma", officials=[("王小明", "STUDY_CHAIR", None)]),
        study("B", sponsor="X Pharma", officials=[("王小明", "STUDY_CHAIR", None)]),
        study("C", sponsor="X Pharma", contacts=[Contact(name="Burenbatu", email="burenbatu@a.example")]),
        study("D", sponsor="X Pharma", contacts=[Contact(name="Burenbatu", email="burenbatu2@b.example")]),
        study("E", contacts=[Contact(name="Centocor", email="trials@a.example"), Contact(name="Meiping Chu")]),
    )
    people = sorted((e.name, tuple(e.studies)) for e in found.entities.values() if e.kind == "person")
    assert people == [
        ("Burenbatu", ("C",)),
        ("Burenbatu", ("D",)),
        ("Meiping Chu", ("E",)),
        ("王小明", ("A", "B")),
    ]


def test_where_each_word_can_be_the_family_name_its_order_counts() -> None:
    def trial(identifier: str, name: str) -> Study:
        return study(identifier, officials=[(name, "STUDY_CHAIR", "Zhongnan Institute")])

    found = catalog(trial("A", "Zhang Wei"), trial("B", "Wei Zhang"), trial("C", "Zhang Wei"))
    assert sorted(e.studies for e in found.entities.values() if e.kind == "person") == [["A", "C"], ["B"]]
    found = catalog(trial("A", "Li Xiaodong"), trial("B", "Xiaodong Li"))
    assert [e.studies for e in found.entities.values() if e.kind == "person"] == [["A", "B"]]


def test_the_order_of_a_university_hospital_needs_a_comma_or_its_city() -> None:
    comma = catalog(study("A", sponsor="University Hospital, Ghent"), study("B", sponsor="Ghent University Hospital"))
    assert [e.studies for e in comma.entities.values() if e.kind == "organization"] == [["A", "B"]]
    sponsor = study("A", sponsor="University Hospital Ghent")
    found = catalog(sponsor, study("B", sponsor="Ghent University Hospital"))
    assert len(names(found.entities, "organization")) == 2
    found = catalog(sponsor, study("B", locations=[site("Ghent University Hospital", "Ghent", country="Belgium")]))
    assert [e.studies for e in found.entities.values() if e.kind == "organization"] == [["A", "B"]]


def test_a_hospital_is_one_under_both_names_of_its_town() -> None:
    found = catalog(
        study("A", locations=[site("Thomayer Hospital", "Prague", country="Czechia")]),
        study("B", locations=[site("Thomayer Hospital", "Praha 4", country="Czech Republic")]),
    )
    assert [e.studies for e in found.entities.values() if e.kind == "organization"] == [["A", "B"]]


def test_other_names_of_an_arm_with_several_drugs_join_none() -> None:
    arm = Intervention(type="DRUG", name="Arm B: ZDV+ABC->ABC", other_names=["ZDV: zidovudine, Retrovir", "Ziagen"])
    found = catalog(study("A", drugs=[arm]), study("B", drugs=["Retrovir", "Ziagen"]))
    assert entity_of(found, "drug", "Arm B: ZDV+ABC->ABC").studies == ["A"]
    assert entity_of(found, "drug", "Retrovir").studies == ["B"]


@pytest.mark.parametrize("text", ["[Redacted]", "Redacted", "NA", "N/A", "Cancelled", "Not provided", "(withheld)"])
def test_what_says_that_there_is_no_name_is_no_entity(text: str) -> None:
    found = catalog(study("A", sponsor=text), study("B", sponsor=text))
    assert names(found.entities, "organization") == []
    assert found.rejected
    assert not found.links


@pytest.mark.parametrize(
    "text",
    [
        "Site Reference ID/Investigator# 123",
        "Selected site",
        "Recruiting Site",
        "Institution 1",
        "Research Facility ID# ORG-000123",
        "not yet selected",
        "Cancelled by sponsor",
        "Various Hospitals",
        "GSK Clinical Trials Call Center",
        "/ID# 254022",
        "Call center: please contact 1-877-CTLILLY, Monday to Friday",
        "For additional information regarding sites for this trial, contact 1-877-555-0100 (1-877-555-0101, Mon - Fri)",
    ],
)
def test_what_a_sponsors_system_writes_for_a_site_is_no_hospital(text: str) -> None:
    for found in (
        catalog(study("A", locations=[site(text, "Paris")]), study("B", locations=[site(text, "Paris")])),
        catalog(study("A", sponsor=text), study("B", sponsor=text)),
    ):
        assert names(found.entities, "organization") == []


def test_the_number_that_a_sponsors_system_adds_is_no_part_of_a_hospitals_name() -> None:
    found = catalog(study("A", locations=[site("Clinique Saint-Jean /ID# 254022", "Lyon")]))
    assert names(found.entities, "organization") == ["Clinique Saint-Jean"]


def test_only_the_name_of_the_page_is_said_to_be_it() -> None:
    found = catalog(study("A", drugs=["Injection of albumin"]), study("B", drugs=["Rituximab"]))
    reasons = {spelling.text: str(spelling.reason) for one in found.entities.values() for spelling in one.spellings}
    assert reasons["Rituximab"] == "The name that this page is under, as documents write it."
    assert "“albumin”, without the words around it" in reasons["Injection of albumin"]


def test_what_the_page_about_names_calls_no_name_has_no_page() -> None:
    said = (CONTENT / "about" / "names.md").read_text(encoding="utf-8")
    [line] = [line for line in said.splitlines() if line.startswith("-   **What names nobody stays text.**")]
    examples = re.findall('"([^"]+)"', line)
    assert len(examples) > 3
    for text in [*examples, "Medical Director"]:
        found = catalog(
            study("A", sponsor=None if "University" in text else text, locations=[site(text, None)], drugs=["Placebo"]),
            study("B", locations=[site(text, None)], officials=[(text, "PRINCIPAL_INVESTIGATOR", None)]),
        )
        assert [entity.name for entity in found.entities.values() if entity.kind != "place"] == [], text
