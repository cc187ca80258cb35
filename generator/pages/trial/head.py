"""The head of a trial's page: status, numbers, what to know before reading on, and the key facts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

from generator.language.formats import format_age, format_number, in_sentence, plural
from generator.language.messages import gettext
from generator.model.catalog import stated_end, statement_date
from generator.model.registry_numbers import recognise
from generator.pages.text.escaping import NOTHING, Markdown, external_link, html_text, join
from generator.pages.text.field_names import field_name
from generator.pages.text.flag_words import flag_basis
from generator.pages.text.phrases import status_chip, timed
from generator.pages.text.prose import Paragraph, parse
from generator.pages.text.wording import phase, status, translated, words
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
    numbers = [gettext("Clinical trial")]
    module = values.protocol.identification_module
    if module.nct_id:
        numbers.append(module.nct_id)
    numbers.extend(item.id for item in module.secondary_id_infos if item.id and recognise(item.id))
    if values.section.provisional:
        numbers.append(gettext("no registry number in these documents"))
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
        before = status(module.last_known_status).label
        chips.append(
            values.value(
                Markdown(gettext("before that: {status}").format(status=values.linker.text(before))),
                f"{STATUS}/lastKnownStatus",
            )
        )
    if as_of:
        chips.append(Markdown(gettext("as of {date}").format(date=timed(as_of))))
    if module.status_verified_date:
        verified = gettext("last verified {date}").format(date=timed(module.status_verified_date))
        chips.append(values.value(Markdown(verified), f"{STATUS}/statusVerifiedDate"))
    if values.provenance.only_line is not None:
        chips.append(values.provenance.named_once())
    if not as_of and not module.status_verified_date:
        chips.append(Markdown(gettext("undated")))
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
            yield external_link(gettext("Record in {registry} ↗").format(registry=known.kind.registry), known.url)


def record_file(values: TrialValues) -> Markdown:
    """Return the link to the trial's JSON."""
    file = values.linker.page.to_file(quote(values.linker.paths.study_file(values.id)))
    called = gettext("This record as JSON")
    return Markdown(f'<a href="{file}">{called}</a>')


def sponsor_names(values: TrialValues) -> Iterable[Markdown]:
    """Yield the sponsors' names, linked."""
    lead = values.protocol.sponsor_collaborators_module.lead_sponsor
    named = [(lead.name, f"{SPONSORS}/leadSponsor/name")] if lead else []
    for index, item in enumerate(values.section.sponsors_without_role):
        named.append((item.name, f"{CATALOG}/sponsorsWithoutRole/{index}/name"))
    for name, pointer in named:
        if name:
            yield values.value(values.name(name, pointer), pointer)


def flag_anchors(numbers: Iterable[int]) -> str:
    """Return the places to which marks of values lead that the flags of these *numbers* are about."""
    return "".join(f'<span id="flag-{number}"></span>' for number in numbers)


def flags(values: TrialValues) -> Iterable[Notice]:
    """Yield what to know of the record, each with its lines; what documents differ in has a section of its own."""
    if values.section.provisional:
        yield Notice(
            "note",
            gettext("A trial without a registry number"),
            values.linker.text(
                gettext(
                    "No document of this catalog gives this trial's number in a registry. "
                    "The page keeps what is said of it until one does."
                )
            ),
        )
    number_of_differences = len(values.section.contradictions)
    if number_of_differences:
        anchors = flag_anchors(
            number for number, flag in enumerate(values.section.flags, start=1) if flag.code == DIFFER
        )
        fields = dict.fromkeys(field_name(item.pointer) for item in values.section.contradictions)
        shown = values.linker.text(", ".join(counted(fields)))
        link = values.linker.trial(values.id, shown, "where-documents-differ")
        yield Notice("warning", gettext("Documents differ"), Markdown(f"{anchors}{link}."))
    for number, flag in enumerate(values.section.flags, start=1):
        if flag.code == DIFFER or flag.code in OF_NO_CONCERN:
            continue
        body = values.linker.text(translated(flag.message)) + values.provenance.mark_sources(flag.sources)
        if flag.basis:
            body = Markdown(f"{body} <small>{values.linker.text(flag_basis(flag))}</small>")
        is_warning = flag.severity == "warning"
        title = gettext("Read with care") if is_warning else gettext("Please note")
        yield Notice("warning" if is_warning else "note", title, body, f"flag-{number}")


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
    return values.value(values.in_language(values.linker.text(sentence)), f"{DESCRIPTION}/briefSummary")


def key_facts(values: TrialValues) -> Iterable[Fact]:
    """Yield the essential: who, whom to call, where, what for, with what; then by whom, how far and when.

    Lists of conditions, interventions and countries may be long, so nobody has to pass them to find whom to call.
    """
    design = values.protocol.design_module
    module = values.protocol.status_module
    conditions = values.protocol.conditions_module.conditions
    yield Fact(gettext("Who may take part"), who(values))
    contact = whom_to_call(values)
    if contact:
        yield Fact(gettext("Whom to call"), contact)
    yield Fact(gettext("Where"), where(values))
    yield Fact(gettext("Conditions"), values.names(conditions, f"{CONDITIONS}/conditions", "condition"))
    interventions = values.protocol.arms_interventions_module.interventions
    tested: dict[Markdown, str] = {}
    for index, item in enumerate(interventions):
        if item.name:
            pointer = f"{ARMS}/interventions/{index}/name"
            tested.setdefault(values.tagged(values.name(item.name, pointer, "drug"), pointer), pointer)
    given = [Markdown(f"{name}{values.provenance.mark(pointer)}") for name, pointer in tested.items()]
    yield Fact(gettext("Interventions"), join(given, LINE) if given else values.absent(f"{ARMS}/interventions"))
    if design.phases or design.study_type != "OBSERVATIONAL":
        yield Fact(
            gettext("Phase"),
            values.value(values.linker.text(phase(design.phases)), f"{DESIGN}/phases")
            if design.phases
            else values.absent(f"{DESIGN}/phases"),
        )
    sponsors = list(sponsor_names(values))
    yield Fact(
        gettext("Sponsor") if len(sponsors) < 2 else gettext("Sponsors"),
        join(sponsors, LINE) if sponsors else values.absent(f"{SPONSORS}/leadSponsor"),
    )
    party = values.section.responsible_party
    if party and not sponsors:
        pointer = f"{CATALOG}/responsibleParty"
        yield Fact(gettext("Responsible party"), values.tagged(values.name(party, pointer), pointer))
    yield Fact(gettext("Participants"), enrolment(values))
    yield Fact(gettext("Kind of study"), values.stated(design.study_type, f"{DESIGN}/studyType", words))
    yield Fact(gettext("Start"), values.dated(module.start_date_struct, f"{STATUS}/startDateStruct"))
    yield Fact(gettext("Completion"), values.dated(module.completion_date_struct, f"{STATUS}/completionDateStruct"))
    results = values.linker.paths.beside(values.id, "results")
    if results:
        yield Fact(gettext("Results"), values.linker.to(results, gettext("Results in tables")))


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
        shown.append(Markdown(gettext("[all contacts](#sites-and-contacts)")))
    elif not found and values.section.contacts_without_site:
        number = len(values.section.contacts_without_site)
        words_ = plural(
            number,
            "{n} contact, at which site is not stated",
            "{n} contacts, at which site is not stated",
        )
        shown.append(Markdown(f"[{words_}](#sites-and-contacts)"))
    return join(shown, LINE)


_MOST_CALLED = 2
"""Contacts that stand in short; the section on sites has all."""


def terms(values: TrialValues) -> Iterable[Fact]:
    """Yield the terms under which the trial is filed."""
    if values.section.mesh_terms:
        yield Fact(gettext("MeSH terms, as printed"), values.stated(values.section.mesh_terms, f"{CATALOG}/meshTerms"))
    yield from derived_terms(values)
    keywords = values.protocol.conditions_module.keywords
    if keywords:
        shown = values.unmarked_names(keywords, f"{CONDITIONS}/keywords", between="; ")
        yield Fact(gettext("Keywords"), Markdown(f"{shown}{values.provenance.mark(f'{CONDITIONS}/keywords')}"))


def derived_terms(values: TrialValues) -> Iterable[Fact]:
    """Yield the MeSH terms that the registry derived."""
    derived = values.study.derived_section
    if derived is None:
        return
    rows = (
        (gettext("MeSH terms of the conditions"), derived.condition_browse_module, "conditionBrowseModule"),
        (gettext("MeSH terms of the interventions"), derived.intervention_browse_module, "interventionBrowseModule"),
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
    number = format_number(info.count)
    if not info.type:
        return values.value(values.linker.text(number), f"{pointer}/count")
    shown = values.linker.text(f"{number} ({in_sentence(words(info.type))})")
    return values.value(shown, f"{pointer}/count", f"{pointer}/type")


def who(values: TrialValues) -> Markdown:
    """Return age, sex and health in one line."""
    module = values.protocol.eligibility_module
    pieces: list[str] = []
    pointers: list[str] = []
    low, high = module.minimum_age, module.maximum_age
    if low or high:
        pieces.append(_ages(values, low and format_age(low), high and format_age(high)))
        pointers += [f"{ELIGIBILITY}/{field}" for field, age in (("minimumAge", low), ("maximumAge", high)) if age]
    if module.sex:
        pieces.append(gettext("all sexes") if module.sex == "ALL" else in_sentence(words(module.sex)))
        pointers.append(f"{ELIGIBILITY}/sex")
    if module.healthy_volunteers is not None:
        pieces.append(
            gettext("healthy volunteers too") if module.healthy_volunteers else gettext("no healthy volunteers")
        )
        pointers.append(f"{ELIGIBILITY}/healthyVolunteers")
    return values.value(values.linker.text(", ".join(pieces)), *pointers) if pieces else values.absent(ELIGIBILITY)


def _ages(values: TrialValues, low: str | None, high: str | None) -> str:
    """Return who is of the right age: upwards without end only where the documents say that there is no limit."""
    if low and high:
        return gettext("{low} to {high}").format(low=low, high=high)
    if high:
        return gettext("up to {age}").format(age=high)
    absence = values.provenance.absence(f"{ELIGIBILITY}/maximumAge")
    if absence is not None and absence.reason == "statedAsNone":
        return gettext("{age} and older").format(age=low)
    return gettext("{age} or more").format(age=low)


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
        number = plural(len(locations), "{n} site", "{n} sites")
        sites = Markdown(f"[{number}](#sites-and-contacts)")
        if with_site:
            # For translators: a number of sites, and a list of countries.
            message = gettext("{sites} in {countries}")
            sites = Markdown(message.format(sites=sites, countries=_countries(values, with_site)))
        pieces.append(sites)
    if only_named:
        named = _countries(values, only_named)
        if locations:
            named = Markdown(gettext("without a site in these documents: {countries}").format(countries=named))
        pieces.append(named)
    return join(pieces, LINE)


def _countries(values: TrialValues, found: dict[str, list[str]]) -> Markdown:
    """Return countries, each linked, with the mark of the first place that names it."""
    shown = []
    for text, pointers in found.items():
        at = next((pointer for pointer in pointers if values.entity_at(pointer)), pointers[0])
        shown.append(values.tagged(values.name(text, at), at))
    marks = values.provenance.mark(*(pointers[0] for pointers in found.values()))
    return Markdown(f"{join(shown)}{marks}")
