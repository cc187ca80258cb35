"""What the registry notes about a trial beside its design: expanded access, results that are not posted, notices."""

from __future__ import annotations

from collections.abc import Iterable

from generator.language.formats import format_list, in_sentence
from generator.language.messages import gettext, gettext_noop
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
    "individual": gettext_noop("individual patients"),
    "intermediate": gettext_noop("intermediate-size populations"),
    "treatment": gettext_noop("a treatment protocol"),
}
"""Kinds of expanded access, as ClinicalTrials.gov explains them."""

_RESULTS = {
    "RELEASE": gettext_noop("submitted"),
    "RESET": gettext_noop("returned by the registry"),
    "UNRELEASE": gettext_noop("submission withdrawn"),
}
"""What the events of results that are not posted mean, as ClinicalTrials.gov prints them."""

_NOTICES = {
    "VIOLATION_IDENTIFIED": gettext_noop("notice of noncompliance"),
    "CORRECTION_CONFIRMED": gettext_noop("correction confirmed"),
    "PENALTY_IMPOSED": gettext_noop("penalty imposed"),
    "ISSUES_IN_LETTER_ADDRESSED_CONFIRMED": gettext_noop("issues of the letter addressed"),
}
"""What the notices of the FDA under section 801 of the FDA Amendments Act (FDAAA) mean."""


def registry_notes(values: TrialValues) -> Iterable[Fact]:
    """Yield what the registry notes, each with its sources; nothing where it notes nothing."""
    design = values.protocol.design_module
    if design.patient_registry is not None:
        yield Fact(
            gettext("Patient registry"), values.yes_or_no(f"{DESIGN}/patientRegistry", answer=design.patient_registry)
        )
    if types := design.expanded_access_types:
        stated = [field for field in _ACCESS if getattr(types, field)]
        if stated:
            pointers = [f"{DESIGN}/expandedAccessTypes/{field}" for field in stated]
            shown = values.linker.text(format_list([gettext(_ACCESS[field]) for field in stated]))
            yield Fact(gettext("Expanded access for"), values.value(shown, *pointers))
    yield from _expanded_access(values)
    section = values.study.annotation_section
    module = section.annotation_module if section else None
    if module and module.unposted_annotation and module.unposted_annotation.unposted_events:
        events = module.unposted_annotation.unposted_events
        told = [_unposted(values, event, f"{_UNPOSTED}/{index}") for index, event in enumerate(events)]
        yield Fact(gettext("Results, not posted"), join(told))
    if module and module.violation_annotation and module.violation_annotation.violation_events:
        notices = module.violation_annotation.violation_events
        told = [_notice(values, notice, f"{_VIOLATIONS}/{index}") for index, notice in enumerate(notices)]
        yield Fact(gettext("FDAAA"), join(told))


def _expanded_access(values: TrialValues) -> Iterable[Fact]:
    info = values.protocol.status_module.expanded_access_info
    pointer = f"{STATUS}/expandedAccessInfo"
    if info is None or (info.has_expanded_access is None and not info.nct_id):
        return
    parts: list[Markdown] = []
    pointers: list[str] = []
    if info.has_expanded_access is not None:
        parts.append(values.linker.text(gettext("Yes") if info.has_expanded_access else gettext("No")))
        pointers.append(f"{pointer}/hasExpandedAccess")
    if info.status_for_nct_id:
        parts.append(values.linker.text(in_sentence(words(info.status_for_nct_id))))
        pointers.append(f"{pointer}/statusForNctId")
    if info.nct_id:
        page = values.linker.paths.trial(info.nct_id)
        number = values.linker.text(info.nct_id)
        parts.append(values.linker.to(page, info.nct_id) if page else number)
        pointers.append(f"{pointer}/nctId")
    yield Fact(gettext("Expanded access"), values.value(join(parts), *pointers))


def _unposted(values: TrialValues, event: UnpostedEvent, pointer: str) -> Markdown:
    known = _RESULTS.get(event.type or "")
    what = values.linker.text(gettext(known) if known else words(event.type or ""))
    if event.date:
        # For translators: what happened to the results, such as "submitted", and when.
        shown = gettext("{event} on {date}").format(event=what, date=timed(event.date))
        return values.value(Markdown(shown), f"{pointer}/type", f"{pointer}/date")
    return values.value(Markdown(gettext("{event}, date not stated").format(event=what)), f"{pointer}/type")


def _notice(values: TrialValues, notice: ViolationEvent, pointer: str) -> Markdown:
    known = _NOTICES.get(notice.type or "")
    shown = values.linker.text(gettext(known) if known else words(notice.type or ""))
    pointers = [f"{pointer}/type"]
    if notice.description:
        shown = Markdown(f"{shown}: {values.linker.text(notice.description)}")
        pointers.append(f"{pointer}/description")
    dates = (
        (gettext("(issued {date})"), notice.issued_date, "issuedDate"),
        (gettext("(released {date})"), notice.release_date, "releaseDate"),
    )
    for message, date, field in dates:
        if date:
            shown = Markdown(f"{shown} {message.format(date=timed(date))}")
            pointers.append(f"{pointer}/{field}")
    return values.value(shown, *pointers)
