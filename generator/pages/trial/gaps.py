"""What documents tell differently, and what they do not tell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from generator.language.formats import as_label, plural
from generator.language.messages import gettext
from generator.model.sentence import Sentence
from generator.model.source import Absence
from generator.pages.text.differences import differing
from generator.pages.text.escaping import NOTHING, Markdown, escape, join
from generator.pages.text.field_names import field_name, several
from generator.pages.text.wording import translated
from generator.pages.trial import possible_sources
from generator.pages.trial.completeness_words import STATES
from generator.pages.trial.parts import NOT_READ
from generator.pages.trial.pointers import (
    ARMS,
    CONDITIONS,
    CONTACTS,
    DESCRIPTION,
    DESIGN,
    ELIGIBILITY,
    IDENTIFICATION,
    OUTCOMES,
    REFERENCES,
    SHARING,
    SPONSORS,
    STATUS,
)
from generator.pages.trial.values import TrialValues

_SAID = ("statedAsNone", "lostByLayout")
_MOST_MARKS = 4
"""Of a value that is missing at more lines than this, the first lines are named."""
_NUMBERED = re.compile(r"(\D+?) (\d+)(\D.*)?")


@dataclass(frozen=True)
class MissingValue:
    """A value that no document gives, and why."""

    label: str
    reason: Markdown


@dataclass(frozen=True)
class Missing:
    """What is missing, by the three reasons, each told apart."""

    not_stated: tuple[str, ...] = ()
    none: tuple[MissingValue, ...] = ()
    lost: tuple[MissingValue, ...] = ()
    elsewhere: tuple[MissingValue, ...] = ()
    """Perhaps stated where no rule took it apart."""
    remarks: tuple[MissingValue, ...] = ()
    """Not stated, with more to say than that."""
    unsaid: Markdown = NOTHING
    """What is said of all that is not stated."""

    @property
    def any(self) -> bool:
        """True where anything is missing."""
        return bool(self.not_stated or self.none or self.lost or self.elsewhere or self.remarks)


@dataclass(frozen=True)
class CompletenessRow:
    """Items of the WHO Trial Registration Data Set that are in one state."""

    state: str
    items: Markdown


@dataclass(frozen=True)
class Difference:
    """One field of which documents say different things."""

    label: str
    statements: tuple[Markdown, ...]
    """The chosen one first."""
    rule: Markdown


def differences(values: TrialValues) -> Iterable[Difference]:
    """Yield the fields of which documents say different things."""
    for item in values.section.contradictions:
        shown = differing([statement.value for statement in item.statements], values.linker.text)
        statements = tuple(
            text + values.provenance.mark_sources(statement.sources)
            for text, statement in zip(shown, item.statements, strict=True)
        )
        rule = values.linker.text(translated(item.rule)) if item.rule else NOTHING
        yield Difference(as_label(field_name(item.pointer)), statements, rule)


def missing(values: TrialValues) -> Missing:
    """Return what is missing, by reason; what is missing for one and the same reason stands in one entry."""
    pointers = [pointer for pointer, present in expected(values) if not present]
    pointers += [pointer for pointer in values.section.absences if pointer not in pointers]
    not_stated: list[str] = []
    same: dict[tuple[str, Sentence | None], list[tuple[str, Absence]]] = {}
    elsewhere: dict[Markdown, list[str]] = {}
    for pointer in pointers:
        absence = values.provenance.absence(pointer)
        possible = NOTHING if absence else possible_sources.possible_source(values.section, pointer)
        if absence is not None and pointer not in values.section.absences:
            continue  # told with what it is part of
        if possible:
            elsewhere.setdefault(possible, []).append(field_name(pointer))
        elif absence is None:
            if not any(other.startswith(f"{pointer}/") for other in values.section.absences):
                not_stated.append(field_name(pointer))
        elif absence.reason in _SAID or absence.note or absence.sources:
            known = absence.reason if absence.reason in _SAID else ""
            same.setdefault((known, absence.note), []).append((field_name(pointer), absence))
        else:
            not_stated.append(field_name(pointer))
    filed: dict[str, list[MissingValue]] = {}
    for (reason, note), members in same.items():
        sources = [source for _, absence in members for source in absence.sources]
        marks = values.provenance.mark_sources(sources[:_MOST_MARKS])
        if len(sources) > _MOST_MARKS:
            more = plural(len(sources) - _MOST_MARKS, "and {n} more line", "and {n} more lines")
            marks = Markdown(f"{marks} <small>{more}</small>")
        label = ", ".join(counted(label for label, _ in members))
        filed.setdefault(reason, []).append(
            MissingValue(label, values.linker.text(translated(note) if note else "") + marks)
        )
    none, lost, remarks = (tuple(filed.get(reason, ())) for reason in (*_SAID, ""))
    there = tuple(MissingValue(", ".join(counted(labels)), place) for place, labels in elsewhere.items())
    unsaid = Markdown(
        gettext("**Not read from prose** – [the documents](#documents) may tell:")
        if values.unsaid == NOT_READ
        else gettext("**Not stated** in any document of this catalog:")
    )
    return Missing(tuple(not_stated), none, lost, there, remarks, unsaid)


def counted(labels: Iterable[str]) -> list[str]:
    """Return labels with those that differ in one number joined: "site 1: status", "site 2: status" as one."""
    numbers: dict[tuple[str, str], list[int]] = {}
    for label in labels:
        found = _NUMBERED.fullmatch(label)
        key, number = ((found[1], found[3] or ""), int(found[2])) if found else ((label, ""), 0)
        numbers.setdefault(key, []).append(number)
    joined: list[str] = []
    for (before, after), found_numbers in numbers.items():
        runs: list[list[int]] = []
        for number in sorted(set(found_numbers)):
            if runs and number == runs[-1][1] + 1:
                runs[-1][1] = number
            else:
                runs.append([number, number])
        ranges = ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)
        name = several(before) if len(found_numbers) > 1 else before
        joined.append(f"{name} {ranges}{after}" if ranges != "0" else before)
    return joined


def expected(values: TrialValues) -> Iterable[tuple[str, bool]]:
    """Yield what a reader may look for, and whether it is there."""
    protocol = values.protocol
    design = protocol.design_module
    info = design.design_info
    interventional = design.study_type != "OBSERVATIONAL"
    loose_outcomes = bool(values.section.outcomes_without_type)
    yield f"{IDENTIFICATION}/officialTitle", bool(protocol.identification_module.official_title)
    yield f"{IDENTIFICATION}/acronym", bool(protocol.identification_module.acronym)
    yield f"{STATUS}/overallStatus", bool(protocol.status_module.overall_status)
    yield f"{STATUS}/statusVerifiedDate", bool(protocol.status_module.status_verified_date)
    yield f"{STATUS}/startDateStruct", bool(protocol.status_module.start_date_struct)
    yield f"{STATUS}/primaryCompletionDateStruct", bool(protocol.status_module.primary_completion_date_struct)
    yield f"{STATUS}/completionDateStruct", bool(protocol.status_module.completion_date_struct)
    yield f"{DESCRIPTION}/briefSummary", bool(protocol.description_module.brief_summary)
    yield f"{DESCRIPTION}/detailedDescription", bool(protocol.description_module.detailed_description)
    yield f"{CONDITIONS}/conditions", bool(protocol.conditions_module.conditions)
    yield f"{CONDITIONS}/keywords", bool(protocol.conditions_module.keywords)
    yield f"{DESIGN}/studyType", bool(design.study_type)
    if interventional:
        yield f"{DESIGN}/phases", bool(design.phases)
        yield f"{DESIGN}/designInfo/allocation", bool(info and info.allocation)
        yield f"{DESIGN}/designInfo/interventionModel", bool(info and info.intervention_model)
        yield f"{DESIGN}/designInfo/maskingInfo", bool(info and info.masking_info)
    yield f"{DESIGN}/designInfo/primaryPurpose", bool(info and info.primary_purpose) or not interventional
    yield (
        f"{DESIGN}/enrollmentInfo/count",
        bool(design.enrollment_info and design.enrollment_info.count is not None),
    )
    yield f"{DESIGN}/enrollmentInfo/type", bool(design.enrollment_info and design.enrollment_info.type)
    yield f"{ARMS}/armGroups", bool(protocol.arms_interventions_module.arm_groups)
    yield f"{ARMS}/interventions", bool(protocol.arms_interventions_module.interventions)
    yield f"{OUTCOMES}/primaryOutcomes", bool(protocol.outcomes_module.primary_outcomes) or loose_outcomes
    yield f"{OUTCOMES}/secondaryOutcomes", bool(protocol.outcomes_module.secondary_outcomes) or loose_outcomes
    yield f"{ELIGIBILITY}/eligibilityCriteria", bool(protocol.eligibility_module.eligibility_criteria)
    yield f"{ELIGIBILITY}/sex", bool(protocol.eligibility_module.sex)
    yield f"{ELIGIBILITY}/minimumAge", bool(protocol.eligibility_module.minimum_age)
    yield f"{ELIGIBILITY}/maximumAge", bool(protocol.eligibility_module.maximum_age)
    yield f"{ELIGIBILITY}/healthyVolunteers", protocol.eligibility_module.healthy_volunteers is not None
    lead = protocol.sponsor_collaborators_module.lead_sponsor
    yield f"{SPONSORS}/leadSponsor", bool(lead and lead.name)
    yield f"{SPONSORS}/responsibleParty", protocol.sponsor_collaborators_module.responsible_party is not None
    yield f"{CONTACTS}/overallOfficials", bool(protocol.contacts_locations_module.overall_officials)
    yield f"{CONTACTS}/centralContacts", bool(protocol.contacts_locations_module.central_contacts)
    yield f"{CONTACTS}/locations", bool(protocol.contacts_locations_module.locations)
    yield f"{REFERENCES}/references", bool(protocol.references_module.references)
    yield f"{SHARING}/ipdSharing", bool(protocol.ipd_sharing_statement_module.ipd_sharing)


def completeness(values: TrialValues) -> Iterable[CompletenessRow]:
    """Yield the WHO data set's items that are not stated, by their state."""
    states: dict[str, list[Markdown]] = {}
    for item in values.section.completeness:
        states.setdefault(item.state, []).append(escape(f"{item.number} {gettext(item.name)}"))
    for state, label in STATES.items():
        if state in states and state != "stated":
            yield CompletenessRow(f"{gettext(label)} ({len(states[state])})", join(states[state], " · "))
