"""What the registry notes about a trial beside its design: expanded access, results that are not posted, notices."""

from __future__ import annotations

from collections.abc import Iterable

from generator.model.study import UnpostedEvent, ViolationEvent
from generator.pages.text.escaping import Markdown, join
from generator.pages.text.phrases import timed
from generator.pages.text.wording import words
from generator.pages.trial.parts import Fact
from generator.pages.trial.pointers import DESIGN, STATUS
from generator.pages.trial.values import TrialValues

_ANNOTATIONS = "/annotationSection/annotationModule"
_UNPOSTED = f"{_ANNOTATIONS}/unpostedAnnotation/unpostedEvents"
_VIOLATIONS = f"{_ANNOTATIONS}/violationAnnotation/violationEvents"

_ACCESS = {
    "individual": "individual patients",
    "intermediate": "intermediate-size populations",
    "treatment": "a treatment protocol",
}
"""Kinds of expanded access, as ClinicalTrials.gov explains them."""

_RESULTS = {"RELEASE": "submitted", "RESET": "returned by the registry", "UNRELEASE": "submission withdrawn"}
"""What the events of results that are not posted mean, as ClinicalTrials.gov prints them."""

_NOTICES = {
    "VIOLATION_IDENTIFIED": "notice of noncompliance",
    "CORRECTION_CONFIRMED": "correction confirmed",
    "PENALTY_IMPOSED": "penalty imposed",
    "ISSUES_IN_LETTER_ADDRESSED_CONFIRMED": "issues of the letter addressed",
}
"""What the notices of the FDA under section 801 of the FDA Amendments Act (FDAAA) mean."""


def registry_notes(values: TrialValues) -> Iterable[Fact]:
    """Yield what the registry notes, each with its sources; nothing where it notes nothing."""
    design = values.protocol.design_module
    if design.patient_registry is not None:
        yield Fact("Patient registry", _yes_or_no(values, f"{DESIGN}/patientRegistry", answer=design.patient_registry))
    if types := design.expanded_access_types:
        stated = [field for field in _ACCESS if getattr(types, field)]
        if stated:
            pointers = [f"{DESIGN}/expandedAccessTypes/{field}" for field in stated]
            shown = values.linker.text(" and ".join(_ACCESS[field] for field in stated))
            yield Fact("Expanded access for", values.value(shown, *pointers))
    yield from _expanded_access(values)
    section = values.study.annotation_section
    module = section.annotation_module if section else None
    if module and module.unposted_annotation and module.unposted_annotation.unposted_events:
        events = module.unposted_annotation.unposted_events
        told = [_unposted(values, event, f"{_UNPOSTED}/{index}") for index, event in enumerate(events)]
        yield Fact("Results, not posted", join(told))
    if module and module.violation_annotation and module.violation_annotation.violation_events:
        notices = module.violation_annotation.violation_events
        told = [_notice(values, notice, f"{_VIOLATIONS}/{index}") for index, notice in enumerate(notices)]
        yield Fact("FDAAA", join(told))


def _yes_or_no(values: TrialValues, pointer: str, *, answer: bool) -> Markdown:
    return values.value(Markdown("Yes" if answer else "No"), pointer)


def _expanded_access(values: TrialValues) -> Iterable[Fact]:
    info = values.protocol.status_module.expanded_access_info
    pointer = f"{STATUS}/expandedAccessInfo"
    if info is None or (info.has_expanded_access is None and not info.nct_id):
        return
    parts = [] if info.has_expanded_access is None else [Markdown("Yes" if info.has_expanded_access else "No")]
    pointers = [] if info.has_expanded_access is None else [f"{pointer}/hasExpandedAccess"]
    if info.status_for_nct_id:
        parts.append(values.linker.text(words(info.status_for_nct_id).lower()))
        pointers.append(f"{pointer}/statusForNctId")
    if info.nct_id:
        page = values.linker.paths.trial(info.nct_id)
        number = values.linker.text(info.nct_id)
        parts.append(values.linker.to(page, info.nct_id) if page else number)
        pointers.append(f"{pointer}/nctId")
    yield Fact("Expanded access", values.value(join(parts), *pointers))


def _unposted(values: TrialValues, event: UnpostedEvent, pointer: str) -> Markdown:
    what = values.linker.text(_RESULTS.get(event.type or "", words(event.type or "")))
    if event.date:
        return values.value(Markdown(f"{what} on {timed(event.date)}"), f"{pointer}/type", f"{pointer}/date")
    return values.value(Markdown(f"{what}, date not stated"), f"{pointer}/type")


def _notice(values: TrialValues, notice: ViolationEvent, pointer: str) -> Markdown:
    shown = values.linker.text(_NOTICES.get(notice.type or "", words(notice.type or "")))
    pointers = [f"{pointer}/type"]
    if notice.description:
        shown = Markdown(f"{shown}: {values.linker.text(notice.description)}")
        pointers.append(f"{pointer}/description")
    dates = (("issued", notice.issued_date, "issuedDate"), ("released", notice.release_date, "releaseDate"))
    for label, date, field in dates:
        if date:
            shown = Markdown(f"{shown} ({label} {timed(date)})")
            pointers.append(f"{pointer}/{field}")
    return values.value(shown, *pointers)
