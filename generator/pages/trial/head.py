"""The head of a trial's page: status, numbers, what to know before reading on, and the essential at a glance."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from generator.model.registry_numbers import recognise
from generator.pages.text.escaping import Markdown, html_text, join
from generator.pages.text.phrases import status_chip, timed
from generator.pages.text.wording import count, phase, status, words
from generator.pages.trial.parts import Fact, Notice
from generator.pages.trial.pointers import ARMS, CATALOG, CONDITIONS, CONTACTS, DESIGN, ELIGIBILITY, SPONSORS, STATUS
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
        numbers.append("no registry number yet")
    return values.linker.text(" · ".join(dict.fromkeys(numbers)))


def chips(values: TrialValues) -> tuple[Markdown, ...]:
    """Return the status, and as of when it is known."""
    module = values.protocol.status_module
    chips = [values.value(status_chip(module.overall_status), f"{STATUS}/overallStatus")]
    if module.last_known_status:
        chips.append(
            values.value(
                Markdown(f"before that: {values.linker.text(status(module.last_known_status).label)}"),
                f"{STATUS}/lastKnownStatus",
            )
        )
    as_of = [document.as_of for document in values.section.documents if document.as_of]
    newest = max(as_of, default=None)
    if newest:
        chips.append(Markdown(f"as of {timed(newest)}"))
    if module.status_verified_date:
        chips.append(
            values.value(
                Markdown(f"last verified {timed(module.status_verified_date)}"), f"{STATUS}/statusVerifiedDate"
            )
        )
    if values.provenance.only_line is not None:
        chips.append(values.provenance.named_once())
    if not newest and not module.status_verified_date:
        chips.append(Markdown("the documents do not say as of when"))
    return tuple(chips)


def record(values: TrialValues) -> Markdown:
    """Return the link to the trial's JSON; a script puts the card, the comparison and the graph before it."""
    file = values.linker.page.to_file(quote(values.linker.paths.study_file(values.id)))
    link = f'<a href="{file}">Record as JSON</a>'
    return Markdown(f'<span class="head-actions" data-trial="{html_text(values.id)}">{link}</span>')


def sponsor_names(values: TrialValues) -> Iterable[Markdown]:
    """Yield the sponsors' names, linked; their sources stand in the section on sponsors."""
    lead = values.protocol.sponsor_collaborators_module.lead_sponsor
    named = [(lead.name, f"{SPONSORS}/leadSponsor/name")] if lead else []
    for index, item in enumerate(values.section.sponsors_without_role):
        named.append((item.name, f"{CATALOG}/sponsorsWithoutRole/{index}/name"))
    for name, pointer in named:
        if name:
            yield values.tagged(values.name(name, pointer), pointer)


def notices(values: TrialValues) -> Iterable[Notice]:
    """Yield what to know before reading on."""
    if values.section.provisional:
        yield Notice(
            "note",
            "A trial without a registry number",
            values.linker.text(
                "No document of this catalog gives this trial's number in a registry. "
                "The page keeps what is said of it until one does."
            ),
        )
    for number, flag in enumerate(values.section.flags, start=1):
        body = values.linker.text(flag.message) + values.provenance.mark_sources(flag.sources)
        if flag.basis:
            body = Markdown(f"{body} <small>{values.linker.text(flag.basis)}</small>")
        kind = "warning" if flag.severity == "warning" else "note"
        yield Notice(kind, "Please note" if kind == "note" else "Read with care", body, f"flag-{number}")


def glance(values: TrialValues) -> Iterable[Fact]:
    """Yield the essential: what for, with what, who, where; then by whom, how far and when."""
    design = values.protocol.design_module
    module = values.protocol.status_module
    conditions = values.protocol.conditions_module.conditions
    yield Fact("Conditions", values.names(conditions, f"{CONDITIONS}/conditions", "condition"))
    interventions = values.protocol.arms_interventions_module.interventions
    tested = [
        values.name(item.name, f"{ARMS}/interventions/{index}/name", "drug")
        for index, item in enumerate(interventions)
        if item.name
    ]
    tested = list(dict.fromkeys(tested))
    yield Fact("Interventions", join(tested, LINE) if tested else values.absent(f"{ARMS}/interventions"))
    yield Fact("Who may take part", who(values))
    yield Fact("Where", where(values))
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
    yield Fact("Start", values.dated(module.start_date_struct, f"{STATUS}/startDateStruct", marked=False))
    pointer = f"{STATUS}/completionDateStruct"
    yield Fact("Completion", values.dated(module.completion_date_struct, pointer, marked=False))
    results = values.linker.paths.beside(values.id, "results")
    if results:
        yield Fact("Results", values.linker.to(results, "Results in tables"))
    if values.section.mesh_terms:
        yield Fact("MeSH terms, as printed", values.stated(values.section.mesh_terms, f"{CATALOG}/meshTerms"))
    yield from derived_terms(values)
    keywords = values.protocol.conditions_module.keywords
    if keywords:
        yield Fact("Keywords", values.names(keywords, f"{CONDITIONS}/keywords"))


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
            yield Fact(label, values.value(values.linker.text(", ".join(terms)), f"/derivedSection/{field}/meshes"))


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
        pieces.append(f"{low} to {high}" if low and high else f"{low} and older" if low else f"up to {high}")
        pointers += [f"{ELIGIBILITY}/{field}" for field, age in (("minimumAge", low), ("maximumAge", high)) if age]
    if module.sex:
        pieces.append({"ALL": "all sexes"}.get(module.sex, words(module.sex).lower()))
        pointers.append(f"{ELIGIBILITY}/sex")
    if module.healthy_volunteers is not None:
        pieces.append("healthy volunteers too" if module.healthy_volunteers else "no healthy volunteers")
        pointers.append(f"{ELIGIBILITY}/healthyVolunteers")
    return values.tagged(values.linker.text(", ".join(pieces)), *pointers) if pieces else values.absent(ELIGIBILITY)


def where(values: TrialValues) -> Markdown:
    """Return the countries, and the number of sites."""
    locations = values.protocol.contacts_locations_module.locations
    countries: dict[str, list[str]] = {}
    for index, item in enumerate(locations):
        if item.country:
            countries.setdefault(item.country, []).append(f"{CONTACTS}/locations/{index}/country")
    for index, text in enumerate(values.section.countries):
        countries.setdefault(text, []).insert(0, f"{CATALOG}/countries/{index}")
    shown = [
        values.name(text, next((p for p in pointers if p in values._links), pointers[0]))
        for text, pointers in countries.items()
    ]
    if not shown:
        return values.absent(f"{CONTACTS}/locations", f"{CATALOG}/countries")
    where = join(shown)
    if locations:
        anchor = "#sites-and-contacts"
        where = Markdown(f"[{count(len(locations), 'site')}]({anchor}) in {where}")
    return where
