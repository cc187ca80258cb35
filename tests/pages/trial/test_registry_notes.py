"""What the registry notes about a trial stands on its page."""

from __future__ import annotations

from generator.model.study import (
    AnnotationModule,
    AnnotationSection,
    ExpandedAccessInfo,
    ExpandedAccessTypes,
    UnpostedAnnotation,
    UnpostedEvent,
    ViolationAnnotation,
    ViolationEvent,
)
from generator.pages.trial.registry_notes import registry_notes
from tests.pages.trial.pages import study_of, values_of


def test_nothing_is_said_where_nothing_is_noted() -> None:
    assert list(registry_notes(values_of(study_of()))) == []


def test_each_note_is_said() -> None:
    study = study_of()
    study.protocol_section.design_module.patient_registry = True
    study.protocol_section.design_module.expanded_access_types = ExpandedAccessTypes(individual=True, treatment=True)
    study.protocol_section.status_module.expanded_access_info = ExpandedAccessInfo(
        has_expanded_access=True, nct_id="NCT00000002", status_for_nct_id="AVAILABLE"
    )
    study.annotation_section = AnnotationSection(
        annotation_module=AnnotationModule(
            unposted_annotation=UnpostedAnnotation(
                unposted_events=[UnpostedEvent(type="RELEASE", date="2020-01-13"), UnpostedEvent(type="RESET")]
            ),
            violation_annotation=ViolationAnnotation(
                violation_events=[
                    ViolationEvent(type="VIOLATION_IDENTIFIED", description="Too late", issued_date="2021-04-27")
                ]
            ),
        )
    )
    told = {fact.label: str(fact.value) for fact in registry_notes(values_of(study))}
    assert told["Patient registry"] == "Yes"
    assert told["Expanded access for"] == "individual patients and a treatment protocol"
    assert told["Expanded access"] == "Yes, available, NCT00000002"
    assert "submitted on" in told["Results, not posted"]
    assert told["Results, not posted"].endswith("returned by the registry, date not stated")
    assert told["FDAAA"].startswith("notice of noncompliance: Too late (issued ")
