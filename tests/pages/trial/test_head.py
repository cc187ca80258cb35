"""The head of a trial's page, and what leads on from it."""

from __future__ import annotations

from generator.model.catalog import Catalog, Entity, Link
from generator.model.catalog_section import Flag
from generator.model.study import DateStruct, Intervention, Study
from generator.pages.trial.page import trial_view
from tests.pages.trial.pages import NUMBER, catalog_of, linker_of, study_of


def shared_drug() -> Catalog:
    entity = Entity(kind="drug", id="pill", name="Pill", studies=[NUMBER, "NCT00000002"])
    catalog = catalog_of(study_of(), study_of("NCT00000002", "Another trial"), entities=(entity,))
    pointer = "/protocolSection/armsInterventionsModule/interventions/0/name"
    catalog.links = [Link(study, "drug", "pill", "intervention", pointer) for study in entity.studies]
    return catalog


def labels_of(study: Study) -> list[str]:
    return [fact.label for fact in trial_view(study, linker_of(catalog_of(study))).glance]


def test_the_essential_comes_first() -> None:
    labels = labels_of(study_of())
    assert labels[:6] == ["Conditions", "Interventions", "Who may take part", "Where", "Phase", "Sponsor"]


def test_one_intervention_given_twice_is_named_once() -> None:
    study = study_of()
    study.protocol_section.arms_interventions_module.interventions = [Intervention(name="Pill") for _ in range(3)]
    glance = trial_view(study, linker_of(catalog_of(study))).glance
    assert next(fact.value for fact in glance if fact.label == "Interventions") == "Pill"


def test_dates_of_the_head_can_be_read_by_machines() -> None:
    study = study_of()
    study.protocol_section.status_module.start_date_struct = DateStruct(date="2019-07", type="ACTUAL")
    study.protocol_section.status_module.status_verified_date = "2019-07"
    view = trial_view(study, linker_of(catalog_of(study)))
    assert '<time datetime="2019-07">July 2019</time>' in view.chips[-1]
    assert any('<time datetime="2019-07">July 2019</time>' in fact.value for fact in view.glance)


def test_two_warnings_stand_first_and_the_rest_is_folded() -> None:
    study = study_of()
    study.catalog_section.flags = [Flag(code="x", message=f"Flag {number}.") for number in range(6)]
    view = trial_view(study, linker_of(catalog_of(study)))
    assert [notice.anchor for notice in view.warnings] == ["flag-1", "flag-2"]
    assert [notice.anchor for notice in view.notes] == ["flag-3", "flag-4", "flag-5", "flag-6"]
    assert view.notes_folded


def test_the_scripts_that_lead_on_know_the_trial() -> None:
    catalog = shared_drug()
    view = trial_view(catalog.studies[NUMBER], linker_of(catalog))
    assert f'data-trial="{NUMBER}"' in view.record
    assert f'<a href="../../api/v2/studies/{NUMBER}.json">Record as JSON</a>' in view.record


def test_a_related_trial_stands_with_its_reason() -> None:
    catalog = shared_drug()
    (other,) = trial_view(catalog.studies[NUMBER], linker_of(catalog)).related
    assert other.title.startswith("[Another trial](nct00000002.md) ")
    assert other.details == ("same drug: Pill",)
