"""The head of a trial's page: status, numbers, what to know before reading on, and the essential at a glance."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

from generator.model.catalog import stated_end, statement_date
from generator.model.registry_numbers import recognise
from generator.pages.text.escaping import NOTHING, Markdown, external_link, html_text, join
from generator.pages.text.field_names import field_name
from generator.pages.text.flag_words import flag_basis, flag_message
from generator.pages.text.phrases import status_chip, timed
from generator.pages.text.prose import Paragraph, parse
from generator.pages.text.wording import count, phase, status, words
from generator.pages.trial.gaps import counted
from generator.pages.trial.parts import Fact, Notice
from generator.pages.trial.pointers import (
    ARMS,
    CATALOG,
    CONDITIONS,
    CONTACTS,
    DESCRIPTION,
    DESIGN,
    ELIGIBILITY,
    IDENTIFICATION,
    SPONSORS,
    STATUS,
)
from generator.pages.trial.sites import contact
from generator.pages.trial.values import LINE, TrialValues


def description(values: TrialValues) -> str:
    """Return one sentence on the trial for search engines and previews."""
    module = values.protocol.status_module
    pieces = [values.id, status(module.overall_status).label]
    if values.protocol.design_module.phases:
        pieces.append(phase(values.protocol.design_module.phases))
    conditions = values.protocol.conditions_module.conditions[:3]
    if conditions:
        pieces.append(", ".join(conditions))
    lead = values.protocol.sponsor_collaborators_module.lead_sponsor
    if lead and lead.name:
        pieces.append(lead.name)
    return " · ".join(pieces)


def kicker(values: TrialValues) -> Markdown:
    """Return the trial's numbers on one line."""
    numbers = ["Clinical trial"]
    module = values.protocol.identification_module
    if module.nct_id:
        numbers.append(module.nct_id)
    numbers.extend(item.id for item in module.secondary_id_infos if item.id and recognise(item.id))
    if values.section.provisional:
        numbers.append("no registry number in these documents")
    return values.linker.text(" · ".join(dict.fromkeys(numbers)))


def title_pointers(values: TrialValues) -> list[str]:
    """Return the pointers of what the page's title is made of."""
    module = values.protocol.identification_module
    stated = (("briefTitle", module.brief_title), ("officialTitle", module.official_title))
    used = next((name for name, text in stated if text), None)
    return [f"{IDENTIFICATION}/{used}"] if used else []


def chips(values: TrialValues) -> tuple[Markdown, ...]:
    """Return the status, and as of when it is known; a script adds how old that is by the reader's clock."""
    module = values.protocol.status_module
    as_of = statement_date(values.study)
    chip = status_chip(module.overall_status, as_of or module.status_verified_date or "", stated_end(values.study))
    chips = [values.value(chip, f"{STATUS}/overallStatus")]
    if module.last_known_status:
        chips.append(
            values.value(
                Markdown(f"before that: {values.linker.text(status(module.last_known_status).label)}"),
                f"{STATUS}/lastKnownStatus",
            )
        )
    if as_of:
        chips.append(Markdown(f"as of {timed(as_of)}"))
    if module.status_verified_date:
        chips.append(
            values.value(
                Markdown(f"last verified {timed(module.status_verified_date)}"), f"{STATUS}/statusVerifiedDate"
            )
        )
    if values.provenance.only_line is not None:
        chips.append(values.provenance.named_once())
    if not as_of and not module.status_verified_date:
        chips.append(Markdown("undated"))
    return tuple(chips)


def actions(values: TrialValues) -> Markdown:
    """Return the links to the trial in its registries; a script puts what can be done with the page behind them."""
    links = join([*registry_records(values)], " ")
    return Markdown(f'<span class="head-actions" data-trial="{html_text(values.id)}">{links}</span>')


def registry_records(values: TrialValues) -> Iterable[Markdown]:
    """Yield a link to each registry's own record of the trial, of each registry one."""
    module = values.protocol.identification_module
    numbers = [values.id, module.nct_id, *(item.id for item in module.secondary_id_infos)]
    seen: set[str] = set()
    for text in numbers:
        known = recognise(text) if text else None
        if known and known.url and known.kind.registry not in seen:
            seen.add(known.kind.registry)
            yield external_link(f"Record in {known.kind.registry} ↗", known.url)


def record_file(values: TrialValues) -> Markdown:
    """Return the link to the trial's JSON."""
    file = values.linker.page.to_file(quote(values.linker.paths.study_file(values.id)))
    return Markdown(f'<a href="{file}">This record as JSON</a>')


def sponsor_names(values: TrialValues) -> Iterable[Markdown]:
    """Yield the sponsors' names, linked."""
    lead = values.protocol.sponsor_collaborators_module.lead_sponsor
    named = [(lead.name, f"{SPONSORS}/leadSponsor/name")] if lead else []
    for index, item in enumerate(values.section.sponsors_without_role):
        named.append((item.name, f"{CATALOG}/sponsorsWithoutRole/{index}/name"))
    for name, pointer in named:
        if name:
            yield values.value(values.name(name, pointer), pointer)


def remarks(values: TrialValues) -> Iterable[Notice]:
    """Yield what to know of the record, each with its lines; what documents differ in has a section of its own."""
    if values.section.provisional:
        yield Notice(
            "note",
            "A trial without a registry number",
            values.linker.text(
                "No document of this catalog gives this trial's number in a registry. "
                "The page keeps what is said of it until one does."
            ),
        )
    number_of_differences = len(values.section.contradictions)
    if number_of_differences:
        anchors = "".join(
            f'<span id="flag-{number}"></span>'
            for number, flag in enumerate(values.section.flags, start=1)
            if flag.code == DIFFER
        )
        fields = dict.fromkeys(field_name(item.pointer) for item in values.section.contradictions)
        shown = values.linker.text(", ".join(counted(fields)))
        yield Notice("warning", "Documents differ", Markdown(f"{anchors}[{shown}](#where-documents-differ)."))
    for number, flag in enumerate(values.section.flags, start=1):
        if flag.code == DIFFER or flag.code in OF_NO_CONCERN:
            continue
        body = values.linker.text(flag_message(flag)) + values.provenance.mark_sources(flag.sources)
        if flag.basis:
            body = Markdown(f"{body} <small>{values.linker.text(flag_basis(flag))}</small>")
        kind = "warning" if flag.severity == "warning" else "note"
        yield Notice(kind, "Please note" if kind == "note" else "Read with care", body, f"flag-{number}")


DIFFER = "documents-disagree"
"""Code of the flags for values of which documents state different ones."""

OF_NO_CONCERN = frozenset({"unknown-word"})
"""Codes of flags that say something of the catalog's lists of words and nothing of the trial."""

_LONGEST_SENTENCE = 350
_SENTENCE = re.compile(r"(.{40,}?[.!?])(?=\s+[A-ZÀ-Þ(]|$)", re.DOTALL)


def tested(values: TrialValues) -> Markdown:
    """Return in one sentence of the document what the trial is about; nothing where its summary begins with none."""
    blocks = parse(values.protocol.description_module.brief_summary or "")
    paragraph = blocks[0].document_text if blocks and isinstance(blocks[0], Paragraph) else ""
    found = _SENTENCE.match(paragraph)
    sentence = found[1] if found else paragraph
    if not sentence or len(sentence) > _LONGEST_SENTENCE or sentence.endswith(":"):
        return NOTHING
    return values.value(values.linker.text(sentence), f"{DESCRIPTION}/briefSummary")


def glance(values: TrialValues) -> Iterable[Fact]:
    """Yield the essential: what for, with what, who, where, whom to call; then by whom, how far and when."""
    design = values.protocol.design_module
    module = values.protocol.status_module
    conditions = values.protocol.conditions_module.conditions
    yield Fact("Conditions", values.names(conditions, f"{CONDITIONS}/conditions", "condition"))
    interventions = values.protocol.arms_interventions_module.interventions
    tested: dict[Markdown, str] = {}
    for index, item in enumerate(interventions):
        if item.name:
            pointer = f"{ARMS}/interventions/{index}/name"
            tested.setdefault(values.tagged(values.name(item.name, pointer, "drug"), pointer), pointer)
    given = [Markdown(f"{name}{values.provenance.mark(pointer)}") for name, pointer in tested.items()]
    yield Fact("Interventions", join(given, LINE) if given else values.absent(f"{ARMS}/interventions"))
    yield Fact("Who may take part", who(values))
    yield Fact("Where", where(values))
    contact = whom_to_call(values)
    if contact:
        yield Fact("Whom to call", contact)
    if design.phases or design.study_type != "OBSERVATIONAL":
        yield Fact(
            "Phase",
            values.value(values.linker.text(phase(design.phases)), f"{DESIGN}/phases")
            if design.phases
            else values.absent(f"{DESIGN}/phases"),
        )
    sponsors = list(sponsor_names(values))
    yield Fact(
        "Sponsor" if len(sponsors) < 2 else "Sponsors",
        join(sponsors, LINE) if sponsors else values.absent(f"{SPONSORS}/leadSponsor"),
    )
    party = values.section.responsible_party
    if party and not sponsors:
        pointer = f"{CATALOG}/responsibleParty"
        yield Fact("Responsible party", values.tagged(values.name(party, pointer), pointer))
    yield Fact("Participants", enrolment(values))
    yield Fact("Kind of study", values.stated(design.study_type, f"{DESIGN}/studyType", words))
    yield Fact("Start", values.dated(module.start_date_struct, f"{STATUS}/startDateStruct"))
    yield Fact("Completion", values.dated(module.completion_date_struct, f"{STATUS}/completionDateStruct"))
    results = values.linker.paths.beside(values.id, "results")
    if results:
        yield Fact("Results", values.linker.to(results, "Results in tables"))


def whom_to_call(values: TrialValues) -> Markdown:
    """Return the first contacts of the trial: those of the whole trial, else of its open sites, else any."""
    if not values.linker.settings.contacts:
        return NOTHING
    module = values.protocol.contacts_locations_module
    found = [(item, f"{CONTACTS}/centralContacts/{index}", "") for index, item in enumerate(module.central_contacts)]
    if not found:
        places = sorted(enumerate(module.locations), key=lambda place: status(place[1].status).rank)
        found = [
            (item, f"{CONTACTS}/locations/{index}/contacts/{position}", site.facility or site.city or "")
            for index, site in places
            for position, item in enumerate(site.contacts)
            if item.phone or item.email
        ]
    shown = []
    for item, pointer, site in found[:_MOST_CALLED]:
        part = contact(values, item, pointer)
        place = [values.linker.text(site)] if site else []
        shown.append(join([part.title, *place, *part.details], " · "))
    if len(found) > _MOST_CALLED:
        shown.append(Markdown("[all contacts](#sites-and-contacts)"))
    elif not found and values.section.contacts_without_site:
        number = len(values.section.contacts_without_site)
        shown.append(Markdown(f"[{count(number, 'contact')}, at which site is not stated](#sites-and-contacts)"))
    return join(shown, LINE)


_MOST_CALLED = 2
"""Contacts that stand in short; the section on sites has all."""


def terms(values: TrialValues) -> Iterable[Fact]:
    """Yield the terms under which the trial is filed."""
    if values.section.mesh_terms:
        yield Fact("MeSH terms, as printed", values.stated(values.section.mesh_terms, f"{CATALOG}/meshTerms"))
    yield from derived_terms(values)
    keywords = values.protocol.conditions_module.keywords
    if keywords:
        shown = values.unmarked_names(keywords, f"{CONDITIONS}/keywords", between="; ")
        yield Fact("Keywords", Markdown(f"{shown}{values.provenance.mark(f'{CONDITIONS}/keywords')}"))


def derived_terms(values: TrialValues) -> Iterable[Fact]:
    """Yield the MeSH terms that the registry derived."""
    derived = values.study.derived_section
    if derived is None:
        return
    rows = (
        ("MeSH terms of the conditions", derived.condition_browse_module, "conditionBrowseModule"),
        ("MeSH terms of the interventions", derived.intervention_browse_module, "interventionBrowseModule"),
    )
    for label, module, field in rows:
        terms = [mesh.term for mesh in module.meshes if mesh.term] if module else []
        if terms:
            yield Fact(label, values.value(values.linker.text("; ".join(terms)), f"/derivedSection/{field}/meshes"))


def enrolment(values: TrialValues) -> Markdown:
    """Return how many take part."""
    info = values.protocol.design_module.enrollment_info
    pointer = f"{DESIGN}/enrollmentInfo"
    if info is None or info.count is None:
        return values.absent(f"{pointer}/count", pointer)
    how = f" ({words(info.type).lower()})" if info.type else ""
    return (
        values.value(values.linker.text(f"{info.count:,}{how}"), f"{pointer}/count", f"{pointer}/type")
        if info.type
        else values.value(values.linker.text(f"{info.count:,}"), f"{pointer}/count")
    )


def who(values: TrialValues) -> Markdown:
    """Return age, sex and health in one line."""
    module = values.protocol.eligibility_module
    pieces: list[str] = []
    pointers: list[str] = []
    low, high = module.minimum_age, module.maximum_age
    if low or high:
        pieces.append(f"{low} to {high}" if low and high else f"{low} {_above(values)}" if low else f"up to {high}")
        pointers += [f"{ELIGIBILITY}/{field}" for field, age in (("minimumAge", low), ("maximumAge", high)) if age]
    if module.sex:
        pieces.append({"ALL": "all sexes"}.get(module.sex, words(module.sex).lower()))
        pointers.append(f"{ELIGIBILITY}/sex")
    if module.healthy_volunteers is not None:
        pieces.append("healthy volunteers too" if module.healthy_volunteers else "no healthy volunteers")
        pointers.append(f"{ELIGIBILITY}/healthyVolunteers")
    return values.value(values.linker.text(", ".join(pieces)), *pointers) if pieces else values.absent(ELIGIBILITY)


def _above(values: TrialValues) -> str:
    """Return how a lowest age goes on: upwards without end only where the documents say that there is none."""
    absence = values.provenance.absence(f"{ELIGIBILITY}/maximumAge")
    return "and older" if absence is not None and absence.reason == "statedAsNone" else "or more"


def where(values: TrialValues) -> Markdown:
    """Return the number of sites with their countries, and apart from them the countries that are only named."""
    locations = values.protocol.contacts_locations_module.locations
    with_site: dict[str, list[str]] = {}
    for index, item in enumerate(locations):
        if item.country:
            with_site.setdefault(item.country, []).append(f"{CONTACTS}/locations/{index}/country")
    known = {values.entity_at(at) for found in with_site.values() for at in found} - {None}
    only_named: dict[str, list[str]] = {}
    for index, text in enumerate(values.section.countries):
        pointer = f"{CATALOG}/countries/{index}"
        if text in with_site:
            with_site[text].insert(0, pointer)
        elif values.entity_at(pointer) not in known:
            only_named.setdefault(text, []).append(pointer)
    if not with_site and not only_named and not locations:
        return values.absent(f"{CONTACTS}/locations", f"{CATALOG}/countries")
    pieces = []
    if locations:
        sites = Markdown(f"[{count(len(locations), 'site')}](#sites-and-contacts)")
        pieces.append(Markdown(f"{sites} in {_countries(values, with_site)}" if with_site else sites))
    if only_named:
        named = _countries(values, only_named)
        pieces.append(Markdown(f"without a site in these documents: {named}" if locations else named))
    return join(pieces, LINE)


def _countries(values: TrialValues, found: dict[str, list[str]]) -> Markdown:
    """Return countries, each linked, with the mark of the first place that names it."""
    shown = []
    for text, pointers in found.items():
        at = next((pointer for pointer in pointers if values.entity_at(pointer)), pointers[0])
        shown.append(values.tagged(values.name(text, at), at))
    marks = values.provenance.mark(*(pointers[0] for pointers in found.values()))
    return Markdown(f"{join(shown)}{marks}")
