"""The head of a trial's page, and what leads on from it."""

from __future__ import annotations

from generator.model.catalog import Catalog, Entity, Link
from generator.model.catalog_section import Contradiction, DocumentReference, Flag
from generator.model.sentence import sentence
from generator.model.source import Absence
from generator.model.study import Contact, DateStruct, Intervention, Location, Study
from generator.pages.trial.page import trial_view
from tests.pages.trial.pages import NUMBER, catalog_of, linker_of, study_of


def shared_drug() -> Catalog:
    entity = Entity(kind="drug", id="pill", name="Pill", studies=[NUMBER, "NCT00000002"])
    catalog = catalog_of(study_of(), study_of("NCT00000002", "Another trial"), entities=(entity,))
    pointer = "/protocolSection/armsInterventionsModule/interventions/0/name"
    catalog.links = [Link(study, "drug", "pill", "intervention", pointer) for study in entity.studies]
    return catalog


def labels_of(study: Study) -> list[str]:
    return [fact.label for fact in trial_view(study, linker_of(catalog_of(study))).key_facts]


def test_the_essential_comes_first() -> None:
    study = study_of()
    study.protocol_section.conditions_module.conditions = ["Sepsis"]
    study.protocol_section.arms_interventions_module.interventions = [Intervention(name="Pill")]
    study.protocol_section.eligibility_module.minimum_age = "18 Years"
    locations = study.protocol_section.contacts_locations_module
    locations.locations = [Location(facility="A", country="France")]
    locations.central_contacts = [Contact(name="Call Me", phone="+33 1 23 45 67 89")]
    study.protocol_section.design_module.phases = ["PHASE2"]
    labels = labels_of(study)
    assert labels[:6] == ["Who may take part", "Whom to call", "Where", "Conditions", "Interventions", "Phase"]
    assert labels[6:] == ["Not stated"]


def test_what_is_missing_is_told_in_one_place_by_its_reason() -> None:
    study = study_of()
    pointer = "/protocolSection/designModule/phases"
    study.catalog_section.absences = {pointer: Absence(reason="lostByLayout", note=sentence("The page has no phases."))}
    view = trial_view(study, linker_of(catalog_of(study)))
    told = {fact.label: fact.value for fact in view.key_facts}
    assert told["Not in this copy of the record"] == "Phase"
    assert told["Not stated"].startswith("Who may take part, where, conditions, interventions, sponsor")
    assert view.silent.startswith("The documents say nothing about a summary, dates, who can take part, arms")
    assert not view.eligibility.facts


def test_of_prose_nothing_is_denied() -> None:
    study = study_of()
    study.catalog_section.documents = [DocumentReference(path="one.txt", layout="project-page")]
    view = trial_view(study, linker_of(catalog_of(study)))
    assert [fact.label for fact in view.key_facts] == ["Not read from prose"]
    assert view.silent.startswith("Not read from prose: a summary, dates")
    assert "not stated" not in view.missing.unsaid.lower()


def test_what_a_field_of_the_registry_may_hold_is_not_denied() -> None:
    study = study_of()
    study.catalog_section.registry_fields = {"results_date_completed": "30-11-2020", "phase": "NA"}
    view = trial_view(study, linker_of(catalog_of(study)))
    told = {fact.label: fact.value for fact in view.key_facts}
    assert "[stated, not taken apart](#fields-of-the-registry)" in told["Completion"]
    assert "phase" in told["Not stated"]
    assert '<span id="fields-of-the-registry"></span>' in view.registry_fields


def test_a_telephone_number_can_be_dialled() -> None:
    study = study_of()
    contacts = [Contact(name="Jo", phone="+33 (0)1 23 45 67 89", phone_ext="12"), Contact(name="Al", phone="ward 3")]
    study.protocol_section.contacts_locations_module.central_contacts = contacts
    view = trial_view(study, linker_of(catalog_of(study)))
    shown = next(fact.value for fact in view.key_facts if fact.label == "Whom to call")
    assert '<a href="tel:+33123456789;ext=12">&#43;33 (0)1 23 45 67 89 ext. 12</a>' in shown
    assert shown.count("tel:") == 1


def test_the_registrys_own_record_stands_in_the_head() -> None:
    study = study_of()
    study.protocol_section.identification_module.nct_id = NUMBER
    view = trial_view(study, linker_of(catalog_of(study)))
    assert f"[Record in ClinicalTrials.gov ↗](https://clinicaltrials.gov/study/{NUMBER})" in view.actions


def test_countries_without_a_site_stand_apart_from_those_with_one() -> None:
    study = study_of()
    study.catalog_section.countries = ["Peru", "France"]
    sites = [Location(facility="A", country="France"), Location(facility="B", country="France")]
    study.protocol_section.contacts_locations_module.locations = sites
    view = trial_view(study, linker_of(catalog_of(study)))
    where = next(fact.value for fact in view.key_facts if fact.label == "Where")
    assert where == "[2 sites](#sites-and-contacts) in France<br>without a site in these documents: Peru"


def test_one_intervention_given_twice_is_named_once() -> None:
    study = study_of()
    study.protocol_section.arms_interventions_module.interventions = [Intervention(name="Pill") for _ in range(3)]
    key_facts = trial_view(study, linker_of(catalog_of(study))).key_facts
    assert next(fact.value for fact in key_facts if fact.label == "Interventions") == "Pill"


def test_dates_of_the_head_can_be_read_by_machines() -> None:
    study = study_of()
    study.protocol_section.status_module.start_date_struct = DateStruct(date="2019-07", type="ACTUAL")
    study.protocol_section.status_module.status_verified_date = "2019-07"
    view = trial_view(study, linker_of(catalog_of(study)))
    assert '<time datetime="2019-07">July 2019</time>' in view.chips[-1]
    assert any('<time datetime="2019-07">July 2019</time>' in fact.value for fact in view.key_facts)


def test_remarks_stand_together_and_differences_once() -> None:
    study = study_of()
    count = "/protocolSection/designModule/enrollmentInfo/count"
    sex = "/protocolSection/eligibilityModule/sex"
    study.catalog_section.contradictions = [Contradiction(pointer=pointer) for pointer in (count, sex)]
    study.catalog_section.flags = [
        Flag(code="documents-disagree", message=sentence("They differ."), pointers=[count]),
        Flag(code="documents-disagree", message=sentence("They differ."), pointers=[sex]),
        Flag(
            code="x",
            message=sentence("Since {date}, not “{words}”.", date="2018-06", words="2018-06"),
        ),
        Flag(code="unknown-word", message=sentence("“NOT_A_WORD” is not one of the registry's words.")),
    ]
    flags = trial_view(study, linker_of(catalog_of(study))).flags
    assert [flag.title for flag in flags] == ["Documents differ", "Read with care"]
    assert "[enrolment: number, sex](#where-documents-differ)" in flags[0].body
    assert flags[1].body == "Since June 2018, not “2018-06”."


def test_the_scripts_that_lead_on_know_the_trial() -> None:
    catalog = shared_drug()
    view = trial_view(catalog.studies[NUMBER], linker_of(catalog))
    assert f'data-trial="{NUMBER}"' in view.actions
    assert f'<a href="../../api/v2/studies/{NUMBER}.json">This record as JSON</a>' in view.record_file


def test_a_related_trial_stands_with_its_reason() -> None:
    catalog = shared_drug()
    (other,) = trial_view(catalog.studies[NUMBER], linker_of(catalog)).related
    assert other.title.startswith("[Another trial](nct00000002.md) ")
    assert other.details == ("same drug: Pill",)
