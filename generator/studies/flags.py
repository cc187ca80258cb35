"""What a reader or a maintainer should know about a study: rules that look at one study alone.

Each rule is a generator of flags.  None depends on the day of the build: ages are counted to the date that the
study's newest document gives for itself, so that the same documents always give the same pages; how long ago that
date is, the reader's browser says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from generator.language.messages import gettext_noop
from generator.model import enumerations
from generator.model.catalog_section import Flag
from generator.model.registry_numbers import recognise
from generator.model.sentence import in_turn, sentence
from generator.model.source import Source
from generator.model.study import Study
from generator.studies.merging import in_words

_STATUS = "/protocolSection/statusModule/overallStatus"
_OPEN_STATUSES = ("NOT_YET_RECRUITING", "RECRUITING", "ENROLLING_BY_INVITATION")
_TITLE_PHASE = re.compile(
    r"\bphase\s+(I{1,3}V?|IV|[1-4])(?:\s*[ab])?(?:\s*[/-]\s*(I{1,3}V?|IV|[1-4])(?:\s*[ab])?)?\b", re.IGNORECASE
)
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_TITLED_PERSON = re.compile(
    r"^(?:Dr|Prof|Pr|Professor|Doctor|M[rs]s?)\.?\s+[^\W\d_]+|,\s*(?:MD|M\.D\.|PhD|Ph\.D\.|Pr)\b"
)
_ORGANIZATION_WORD = re.compile(
    r"hosp|clini|universi|cent(?:er|re|ro)|institut|kliniku?m|practice|office|medical|research|llc|inc\b|ltd|gmbh|s\.a|"
    r"associates|group|consult|cabinet|praxis|ordina|foundation|health",
    re.IGNORECASE,
)

_WITH_THE_REGISTRYS_WORDS = frozenset(
    {
        "clinicaltrials-gov-api-v2",
        "clinicaltrials-gov-xml",
        "clinicaltrials-gov-classic",
        "hand-written",
        "meddatax",
        "meddatax-compact",
    }
)
"""Layouts whose values are ClinicalTrials.gov's codes; every other registry has words of its own."""

Rule = Callable[[Study], Iterator[Flag]]


def flags_of(study: Study) -> list[Flag]:
    """Return all flags of *study*, in the order of the rules."""
    return [flag for rule in RULES for flag in rule(study)]


def sources_of(study: Study, pointer: str) -> list[Source]:
    """Return the sources of the value at *pointer*: its own, or of what it is part of."""
    sources = study.catalog_section.sources
    while True:
        if pointer in sources:
            return list(sources[pointer])
        if not pointer:
            return []
        pointer = pointer.rpartition("/")[0]


def status_not_verified(study: Study) -> Iterator[Flag]:
    """Unknown status: past completion, and not verified for two years (ClinicalTrials.gov's own definition)."""
    status = study.protocol_section.status_module
    if status.overall_status != "UNKNOWN":
        return
    said = [sentence("Nobody has confirmed this trial's status for years.")]
    if status.status_verified_date:
        said.append(sentence("It was last verified in {date}.", date=status.status_verified_date))
    if status.last_known_status:
        said.append(sentence("The last known status is {status}.", status=status.last_known_status))
    yield Flag(
        code="status-unknown",
        message=in_turn(*said),
        pointers=[_STATUS],
        sources=sources_of(study, _STATUS),
        basis=gettext_noop(
            "ClinicalTrials.gov marks a status as unknown when the planned completion has passed and the status has "
            "not been verified for two years."
        ),
    )


def planned_date_passed(study: Study) -> Iterator[Flag]:
    """A date given as an estimate that lies before the document's own date, or before the date of verification."""
    status = study.protocol_section.status_module
    known = max((str(date) for date in (_as_of(study), status.status_verified_date) if date), default="")
    for name, text, dated in (
        (
            "startDateStruct",
            gettext_noop("The planned start ({date}) had passed when the document was last updated ({known})."),
            status.start_date_struct,
        ),
        (
            "primaryCompletionDateStruct",
            gettext_noop(
                "The planned primary completion ({date}) had passed when the document was last updated ({known})."
            ),
            status.primary_completion_date_struct,
        ),
        (
            "completionDateStruct",
            gettext_noop("The planned completion ({date}) had passed when the document was last updated ({known})."),
            status.completion_date_struct,
        ),
    ):
        if dated and dated.date and dated.type == "ESTIMATED" and dated.date < known[: len(dated.date)]:
            yield Flag(
                code="planned-date-passed",
                message=sentence(text, date=dated.date, known=known),
                pointers=[f"/protocolSection/statusModule/{name}"],
                sources=sources_of(study, f"/protocolSection/statusModule/{name}/date"),
                basis=gettext_noop(
                    "A date marked as estimated lies before the date that the document gives for itself."
                ),
            )


def recruiting_after_completion(study: Study) -> Iterator[Flag]:
    """An open status although the stated completion lies before the document's own date."""
    status = study.protocol_section.status_module
    completion = status.completion_date_struct
    known = _as_of(study)
    if status.overall_status not in _OPEN_STATUSES or not completion or not completion.date or not known:
        return
    if completion.date < known[: len(completion.date)]:
        yield Flag(
            code="open-after-completion",
            message=sentence(
                "The status is {status}, but the stated completion ({date}) lies before the document's own date "
                "({known}).",
                status=status.overall_status,
                date=completion.date,
                known=known,
            ),
            pointers=[_STATUS],
            sources=[
                *sources_of(study, _STATUS),
                *sources_of(study, "/protocolSection/statusModule/completionDateStruct/date"),
            ],
            basis=gettext_noop("A trial that is complete does not recruit."),
        )


def phase_differs_from_title(study: Study) -> Iterator[Flag]:
    """A title that names a phase which the phase field does not hold."""
    module = study.protocol_section.identification_module
    phases = study.protocol_section.design_module.phases
    for name, title in (("officialTitle", module.official_title), ("briefTitle", module.brief_title)):
        found = _TITLE_PHASE.search(title or "")
        if not found or not phases:
            continue
        named = {f"PHASE{_ROMAN[group.upper()]}" for group in found.groups() if group and group.upper() in _ROMAN}
        if named and not named & set(phases) and not ("EARLY_PHASE1" in phases and "PHASE1" in named):
            yield Flag(
                code="phase-differs-from-title",
                message=sentence(
                    "The field Phase says “{phases}”, the title says “{words}”.", phases=list(phases), words=found[0]
                ),
                pointers=["/protocolSection/designModule/phases"],
                sources=[
                    *sources_of(study, "/protocolSection/designModule/phases/0"),
                    *sources_of(study, f"/protocolSection/identificationModule/{name}"),
                ],
                basis=gettext_noop(
                    "Field and title of one document name different phases. The field counts for lists and search."
                ),
            )
            return


def results_in_reference(study: Study) -> Iterator[Flag]:
    """A record without results, and a paper of the trial itself among its references."""
    references = study.protocol_section.references_module.references
    if study.has_results is not False:
        return
    number = study.protocol_section.identification_module.nct_id or "?"
    for index, reference in enumerate(references):
        stated = reference.type in ("RESULT", "DERIVED")
        names_trial = number in (reference.citation or "")
        if stated or names_trial:
            text = (
                gettext_noop("The registry has no results, but a paper of type {type} stands among the references.")
                if stated
                else gettext_noop(
                    "The registry has no results, but a paper that names this trial's number stands among the "
                    "references."
                )
            )
            yield Flag(
                code="results-published",
                message=sentence(text, type=reference.type or ""),
                severity="note",
                pointers=["/hasResults"],
                sources=[
                    *sources_of(study, "/hasResults"),
                    *sources_of(study, f"/protocolSection/referencesModule/references/{index}/citation"),
                ],
                basis=gettext_noop(
                    "References of the types RESULT and DERIVED report on the trial, as ClinicalTrials.gov defines "
                    "them. Whether a paper holds the trial's results, only the paper tells."
                ),
            )
            return


def results_overdue(study: Study) -> Iterator[Flag]:
    """No results in the registry more than a year after the primary completion that the document states."""
    status = study.protocol_section.status_module
    known = _as_of(study)
    end = status.primary_completion_date_struct or status.completion_date_struct
    name = "primaryCompletionDateStruct" if status.primary_completion_date_struct else "completionDateStruct"
    if study.has_results is not False or status.overall_status != "COMPLETED" or not end or not end.date or not known:
        return
    if _a_year_later(end.date) < known[: len(end.date)]:
        yield Flag(
            code="results-overdue",
            message=sentence(
                "The trial was completed ({date}) more than a year before the document's own date ({known}), and "
                "the registry has no results.",
                date=end.date,
                known=known,
            ),
            severity="note",
            pointers=["/hasResults"],
            sources=[
                *sources_of(study, "/hasResults"),
                *sources_of(study, f"/protocolSection/statusModule/{name}/date"),
            ],
            basis=gettext_noop(
                "WHO's joint statement of 2017 and the rule of the United States (42 CFR 11) expect results within "
                "twelve months of primary completion. Whether the rule binds this trial, no document states."
            ),
        )


def malformed_numbers(study: Study) -> Iterator[Flag]:
    """A number that does not have the form of the registry that it is said to be of."""
    kinds = {"EUDRACT_NUMBER": "eudract", "CTIS": "eu-ct"}
    for index, info in enumerate(study.protocol_section.identification_module.secondary_id_infos):
        wanted = kinds.get(info.type or "")
        if not wanted or not info.id:
            continue
        number = recognise(info.id)
        if number is None or number.kind.name != wanted:
            yield Flag(
                code="malformed-number",
                message=sentence(
                    "“{number}” stands as a number of the type {kind}, but does not have its form.",
                    number=info.id,
                    kind=info.type or "",
                ),
                pointers=[f"/protocolSection/identificationModule/secondaryIdInfos/{index}/id"],
                sources=sources_of(study, f"/protocolSection/identificationModule/secondaryIdInfos/{index}/id"),
                basis=gettext_noop(
                    "The forms of registries' numbers are published by the registries; a wrong one leads nowhere."
                ),
            )


def person_in_facility(study: Study) -> Iterator[Flag]:
    """A person's name with a title where the name of a site belongs."""
    for index, site in enumerate(study.protocol_section.contacts_locations_module.locations):
        name = site.facility or ""
        if _TITLED_PERSON.search(name) and not _ORGANIZATION_WORD.search(name):
            said = [sentence("Where the name of a site belongs stands a person: “{name}”.", name=name)]
            if site.state:
                said.append(sentence("The line below reads “{city}, {state}”.", city=site.city or "", state=site.state))
            yield Flag(
                code="person-as-site",
                message=in_turn(*said),
                pointers=[f"/protocolSection/contactsLocationsModule/locations/{index}"],
                sources=sources_of(study, f"/protocolSection/contactsLocationsModule/locations/{index}/facility"),
                basis=gettext_noop(
                    "The name begins or ends with a person's title and holds no word for an institution."
                ),
            )


def shared_telephone(study: Study) -> Iterator[Flag]:
    """One telephone number for contacts in two towns."""
    towns: dict[str, dict[str, list[str]]] = {}
    for index, site in enumerate(study.protocol_section.contacts_locations_module.locations):
        for position, contact in enumerate(site.contacts):
            digits = re.sub(r"\D", "", f"{contact.phone or ''}{contact.phone_ext or ''}")
            if digits and site.city:
                pointer = f"/protocolSection/contactsLocationsModule/locations/{index}/contacts/{position}/phone"
                towns.setdefault(digits, {}).setdefault(site.city, []).append(pointer)
    for found in towns.values():
        if len(found) > 1:
            yield Flag(
                code="telephone-in-two-towns",
                message=sentence(
                    "One telephone number stands for contacts in {towns}; the documents do not say which of them "
                    "it reaches.",
                    towns=sorted(found),
                ),
                pointers=[pointer for pointers in found.values() for pointer in pointers],
                sources=[
                    source
                    for pointers in found.values()
                    for pointer in pointers
                    for source in sources_of(study, pointer)
                ],
                basis=gettext_noop("A landline reaches one place. Ask the sponsor before you call."),
            )


def sites_without_status(study: Study) -> Iterator[Flag]:
    """Sites listed with an empty status."""
    sites = study.protocol_section.contacts_locations_module.locations
    prefix = "/protocolSection/contactsLocationsModule/locations"
    empty = [
        absence
        for index in range(len(sites))
        if (absence := study.catalog_section.absences.get(f"{prefix}/{index}/status"))
        and absence.reason == "statedAsNone"
    ]
    if empty and len(empty) == len(sites):
        yield Flag(
            code="sites-without-status",
            message=sentence("None of the {count} listed sites has a recruitment status.", count=str(len(sites))),
            severity="note",
            sources=[source for absence in empty[:1] for source in absence.sources],
            basis=gettext_noop("The document prints the label of the status at each site and no value."),
        )


def unlikely_enrollment(study: Study) -> Iterator[Flag]:
    """Enrollment of zero in a trial that was not withdrawn, or of the registry's placeholder."""
    design = study.protocol_section.design_module
    count = design.enrollment_info.count if design.enrollment_info else None
    status = study.protocol_section.status_module.overall_status
    pointer = "/protocolSection/designModule/enrollmentInfo/count"
    if count == 99999999:
        yield Flag(
            code="enrollment-placeholder",
            message=sentence("The enrollment of 99,999,999 is the registry's placeholder for “unknown”."),
            pointers=[pointer],
            sources=sources_of(study, pointer),
            basis=gettext_noop("ClinicalTrials.gov stores 99999999 where no number was given."),
        )
    elif count == 0 and status not in ("WITHDRAWN", None):
        yield Flag(
            code="enrollment-zero",
            message=sentence("Nobody is enrolled, but the status is {status} and not withdrawn.", status=status or ""),
            pointers=[pointer],
            sources=sources_of(study, pointer),
            basis=gettext_noop(
                "ClinicalTrials.gov defines a trial that ends before its first participant as withdrawn."
            ),
        )


def dates_out_of_order(study: Study) -> Iterator[Flag]:
    """A completion before the start."""
    status = study.protocol_section.status_module
    start = status.start_date_struct.date if status.start_date_struct else None
    for name, text, dated in (
        (
            "primaryCompletionDateStruct",
            gettext_noop("The primary completion ({date}) lies before the start ({start})."),
            status.primary_completion_date_struct,
        ),
        (
            "completionDateStruct",
            gettext_noop("The completion ({date}) lies before the start ({start})."),
            status.completion_date_struct,
        ),
    ):
        if start and dated and dated.date and dated.date < start[: len(dated.date)]:
            yield Flag(
                code="dates-out-of-order",
                message=sentence(text, date=dated.date, start=start),
                pointers=[f"/protocolSection/statusModule/{name}"],
                sources=[
                    *sources_of(study, "/protocolSection/statusModule/startDateStruct/date"),
                    *sources_of(study, f"/protocolSection/statusModule/{name}/date"),
                ],
                basis=gettext_noop("A trial cannot end before it starts."),
            )


def unknown_words(study: Study) -> Iterator[Flag]:
    """Values that the registry's lists of words do not hold: they are kept as they are."""
    status, design = study.protocol_section.status_module, study.protocol_section.design_module
    info = design.design_info
    checked: list[tuple[str, str | None, tuple[str, ...]]] = [
        ("statusModule/overallStatus", status.overall_status, enumerations.STATUSES),
        ("designModule/studyType", design.study_type, enumerations.STUDY_TYPES),
        ("eligibilityModule/sex", study.protocol_section.eligibility_module.sex, enumerations.SEXES),
        *((f"designModule/phases/{at}", phase, enumerations.PHASES) for at, phase in enumerate(design.phases)),
    ]
    if info:
        checked += [
            ("designModule/designInfo/allocation", info.allocation, enumerations.ALLOCATIONS),
            ("designModule/designInfo/interventionModel", info.intervention_model, enumerations.INTERVENTION_MODELS),
            ("designModule/designInfo/primaryPurpose", info.primary_purpose, enumerations.PRIMARY_PURPOSES),
        ]
    layouts = {document.path: document.layout for document in study.catalog_section.documents}
    for place, value, known in checked:
        sources = sources_of(study, f"/protocolSection/{place}")
        its_own = not sources or any(layouts.get(source.document) in _WITH_THE_REGISTRYS_WORDS for source in sources)
        if value and value not in known and its_own:
            yield Flag(
                code="unknown-word",
                message=sentence(
                    "“{word}” is not one of the registry's words for this field; it is kept as it stands.", word=value
                ),
                pointers=[f"/protocolSection/{place}"],
                sources=sources,
                basis=gettext_noop("The lists of words are those of ClinicalTrials.gov's API, version 2.0.5."),
            )


def contradictions_between_documents(study: Study) -> Iterator[Flag]:
    """One flag for each value on which documents disagree."""
    for contradiction in study.catalog_section.contradictions:
        name = in_words(contradiction.pointer)
        values = " / ".join(f"“{statement.value[:80]}”" for statement in contradiction.statements)
        yield Flag(
            code="documents-disagree",
            message=sentence(f"Documents disagree on {name}: {values}."),
            pointers=[contradiction.pointer],
            sources=[source for statement in contradiction.statements for source in statement.sources],
            basis=str(contradiction.rule or ""),
        )


RULES: tuple[Rule, ...] = (
    status_not_verified,
    recruiting_after_completion,
    planned_date_passed,
    phase_differs_from_title,
    dates_out_of_order,
    contradictions_between_documents,
    results_in_reference,
    results_overdue,
    malformed_numbers,
    person_in_facility,
    shared_telephone,
    sites_without_status,
    unlikely_enrollment,
    unknown_words,
)
"""All rules, what matters most to a reader first."""


def _a_year_later(date: str) -> str:
    return f"{int(date[:4]) + 1}{date[4:]}"


def _as_of(study: Study) -> str:
    return max((document.as_of or "" for document in study.catalog_section.documents), default="")
