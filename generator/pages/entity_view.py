"""Everything that the page of a sponsor, hospital, person, drug, condition or place shows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from generator.model.catalog import Entity, EntityReference, Link, Role
from generator.model.pointers import steps
from generator.model.study import Contact, Location, Study
from generator.pages.escaping import NOTHING, Markdown, escape, external_link, front_matter, join, plain
from generator.pages.links import Linker
from generator.pages.list_view import LinkerOf, ListSection, ListView
from generator.pages.paths import CONTACT_ROLES, FOLDERS, PageAddress, SitePaths
from generator.pages.registry_links import external
from generator.pages.rows import TrialRow, location_at, trial_row
from generator.pages.trial_view import Fact, mend_link, status_chip
from generator.pages.wording import KINDS, ROLES, RULES, count, humanise, status

_MOST_SOURCES = 8
"""More places than this of one spelling are counted, not listed: each trial's page has its own."""

_SPONSOR_ROLES: tuple[Role, ...] = ("leadSponsor", "collaborator", "sponsorWithoutRole", "responsibleParty")


@dataclass(frozen=True)
class TrialGroup:
    """The trials in which an entity has one role."""

    title: str
    rows: tuple[TrialRow, ...]
    remark: Markdown = NOTHING
    more: tuple[Markdown, ...] = ()
    """Links to the pages with the other trials, where there are too many for one."""


@dataclass(frozen=True)
class _Plan:
    """The trials of one group, before they are written for a page."""

    title: str
    trials: tuple[tuple[Study, tuple[Link, ...]], ...]
    remark: str = ""
    at: bool = False
    """True where the links are those of hospitals that belong to the entity."""


@dataclass(frozen=True)
class SpellingRow:
    """One way of writing the name, and why it is taken for this entity."""

    text: Markdown
    rule: str
    reason: Markdown
    sources: Markdown


@dataclass(frozen=True)
class EntityView:
    """An entity's page, ready to print."""

    front_title: str
    front_description: str
    title: Markdown
    kicker: str
    verified: bool
    roles: tuple[str, ...]
    lead: Markdown
    note: Markdown
    facts: tuple[Fact, ...]
    groups: tuple[TrialGroup, ...]
    parts: tuple[Markdown, ...]
    spellings: tuple[SpellingRow, ...]
    found_by: Markdown
    not_same: tuple[Markdown, ...]
    possibly_same: tuple[Markdown, ...]
    related: tuple[Markdown, ...]
    policy: Markdown
    mend: Markdown


def entity_view(entity: Entity, linker: Linker) -> EntityView:
    """Return the page of *entity*, as *linker* links it."""
    links = _shown_links(entity, linker)
    trials = len({item.study for item in links} or set(entity.studies))
    open_trials = sum(_is_open(linker, study) for study in {item.study for item in links})
    lead = escape(
        f"In {count(trials, 'trial')} of this catalog"
        + (f", {open_trials} of them recruiting." if open_trials else ".")
    )
    roles = dict.fromkeys(item.role for item in links) or dict.fromkeys(entity.roles)
    return EntityView(
        front_title=front_matter(entity.name),
        front_description=front_matter(f"{KINDS[entity.kind]}: {entity.name}, in {count(trials, 'trial')}"),
        title=escape(plain(entity.name)),
        kicker=_kicker(entity),
        verified=entity.verified,
        roles=tuple(label for role, label in ROLES.items() if role in roles),
        lead=lead,
        note=linker.text(entity.note) if entity.note else NOTHING,
        facts=tuple(_facts(entity, linker)),
        groups=tuple(_groups(entity, linker)),
        parts=tuple(_reference(item, linker, with_trials=True) for item in _shown(entity.parts, linker)),
        spellings=tuple(_spellings(entity, linker)),
        found_by=linker.text(", ".join(search_forms(entity))),
        not_same=tuple(_reference(item, linker) for item in _shown(entity.not_same_as, linker)),
        possibly_same=tuple(_reference(item, linker) for item in _shown(entity.possibly_same_as, linker)),
        related=tuple(_reference(item, linker) for item in _shown(entity.related, linker)),
        policy=linker.to(linker.paths.names_policy, "How names are joined"),
        mend=mend_link(linker, f"{KINDS[entity.kind]}: {entity.name}", f"content/{linker.page.file}"),
    )


def _kicker(entity: Entity) -> str:
    if entity.kind == "place":
        return "Country" if "country" in entity.roles else "Region" if "region" in entity.roles else "Town"
    if entity.kind == "organization":
        roles = set(entity.roles)
        if roles & set(_SPONSOR_ROLES):
            return "Sponsor and site" if "site" in roles else "Sponsor"
        return "Site" if "site" in roles else "Organization"
    if entity.kind == "person" and set(entity.roles) & {
        "principalInvestigator",
        "studyChair",
        "studyDirector",
        "subInvestigator",
    }:
        return "Investigator"
    return KINDS[entity.kind]


def _facts(entity: Entity, linker: Linker) -> list[Fact]:
    facts: list[Fact] = []
    place = ", ".join(part for part in (entity.city, entity.country) if part)
    if place and entity.kind != "place":
        facts.append(Fact("Where", linker.text(place)))
    if entity.part_of:
        facts.append(Fact("Part of", join([_reference(item, linker) for item in entity.part_of], "; ")))
    for scheme, identifier in entity.identifiers.items():
        name, url = external(scheme, identifier)
        facts.append(Fact(name, external_link(identifier, url) if url else linker.text(identifier)))
    return facts


def _shown(references: list[EntityReference], linker: Linker) -> list[EntityReference]:
    """Return the references without people whom the settings hide."""
    return [item for item in references if linker.settings.contacts or linker.paths.entity(item.kind, item.id)]


def _reference(item: EntityReference, linker: Linker, *, with_trials: bool = False) -> Markdown:
    shown = linker.entity(item.kind, item.id)
    if with_trials:
        trials = {link.study for link in linker.catalog.links_of_entity(item.kind, item.id)}
        shown = Markdown(f"{shown} ({count(len(trials), 'trial')})")
    return Markdown(f"{shown}: {linker.text(item.reason)}") if item.reason else shown


def _is_open(linker: Linker, study: str) -> bool:
    found = linker.catalog.studies.get(study)
    return found is not None and status(found.protocol_section.status_module.overall_status).group == "open"


def continued_pages(entity: Entity, linker_of: LinkerOf) -> Iterator[tuple[PageAddress, ListView]]:
    """Yield the pages with the trials for which an entity's own page has no room."""
    address = linker_of(SitePaths.home).paths.entity(entity.kind, entity.id)
    if address is None:
        return
    first = linker_of(address)
    if len(first.catalog.links_of_entity(entity.kind, entity.id)) <= first.settings.list_limit and not entity.parts:
        return
    for group, plan in enumerate(_plans(entity, first), start=1):
        for number, start in enumerate(_later(plan, first), start=2):
            here = linker_of(_continued(entity, group, number, first))
            title = f"{entity.name}: {plan.title}, page {number}"
            rows = _rows(plan, here, start)
            yield (
                here.page,
                ListView(
                    front_matter(title),
                    front_matter(f"More trials of {entity.name}"),
                    title,
                    escape(f"{start + 1:,} to {start + len(rows):,} of {len(plan.trials):,}."),
                    (ListSection("", rows=rows),),
                    here.entity(entity.kind, entity.id),
                ),
            )


def _later(plan: _Plan, linker: Linker) -> range:
    limit = linker.settings.list_limit
    return range(limit, len(plan.trials), limit)


def _continued(entity: Entity, group: int, number: int, linker: Linker) -> PageAddress:
    folder = PageAddress(f"{FOLDERS[entity.kind]}/index.md")
    return linker.paths.part(folder, f"{entity.id} {group} {number}")


def _groups(entity: Entity, linker: Linker) -> Iterator[TrialGroup]:
    for group, plan in enumerate(_plans(entity, linker), start=1):
        more = tuple(
            linker.to(_continued(entity, group, number, linker), f"Page {number}")
            for number, _ in enumerate(_later(plan, linker), start=2)
        )
        yield TrialGroup(plan.title, _rows(plan, linker, 0), escape(plan.remark), more)


def _plans(entity: Entity, linker: Linker) -> list[_Plan]:
    """Return the trials of an entity by its roles, and those at its hospitals apart; the open ones first."""
    by_role: dict[Role, dict[str, list[Link]]] = {}
    links = _shown_links(entity, linker)
    for item in links:
        by_role.setdefault(item.role, {}).setdefault(item.study, []).append(item)
    plans = [
        _Plan(_group_title(entity, role, len(by_role[role])), _in_order(by_role[role], linker))
        for role in [*ROLES, *(role for role in by_role if role not in ROLES)]
        if role in by_role
    ]
    at_parts: dict[str, list[Link]] = {}
    for part in entity.parts if entity.kind == "organization" else ():
        for item in linker.catalog.links_of_entity(part.kind, part.id):
            at_parts.setdefault(item.study, []).append(item)
    if at_parts:
        both = len({item.study for item in links} & set(at_parts))
        remark = "Counted apart from its own trials: these are trials at hospitals that belong to it."
        if both:
            remark += f" {count(both, 'trial is', 'trials are')} in both lists."
        trials = _in_order(at_parts, linker)
        plans.append(_Plan(f"At its hospitals ({len(trials)})", trials, remark, at=True))
    return plans


def _shown_links(entity: Entity, linker: Linker) -> list[Link]:
    links = linker.catalog.links_of_entity(entity.kind, entity.id)
    if linker.settings.contacts:
        return links
    return [item for item in links if item.role not in CONTACT_ROLES]


def _in_order(studies: dict[str, list[Link]], linker: Linker) -> tuple[tuple[Study, tuple[Link, ...]], ...]:
    found = [
        (status(study.protocol_section.status_module.overall_status).rank, identifier, study, tuple(links))
        for identifier, links in studies.items()
        if (study := linker.catalog.studies.get(identifier)) is not None
    ]
    return tuple((study, links) for _, _, study, links in sorted(found, key=lambda entry: entry[:2]))


def _group_title(entity: Entity, role: Role, number: int) -> str:
    label = "Trials with a site here" if entity.kind == "place" else ROLES.get(role, humanise(role).capitalize())
    return f"{label} ({number:,})"


def _rows(plan: _Plan, linker: Linker, start: int) -> tuple[TrialRow, ...]:
    rows = []
    for study, links in plan.trials[start : start + linker.settings.list_limit]:
        if plan.at:
            hospitals = sorted({(item.kind, item.entity) for item in links})
            names = join([linker.entity(kind, entity) for kind, entity in hospitals])
            rows.append(trial_row(study, linker, (Markdown(f"At: {names}"),)))
        else:
            details = dict.fromkeys(_detail(study, item, linker) for item in links)
            rows.append(trial_row(study, linker, tuple(detail for detail in details if detail)))
    return tuple(rows)


def _detail(study: Study, item: Link, linker: Linker) -> Markdown:
    """Return what the entity is in this trial, beyond the role that the group says."""
    path = steps(item.pointer)
    location = location_at(study, item.pointer)
    if item.role == "site" and location is not None:
        return _site_detail(location, linker)
    if item.role == "facilityContact" and location is not None:
        where = ", ".join(part for part in (location.facility, location.city) if part)
        return Markdown(f"at {linker.text(where)}") if where else NOTHING
    if "overallOfficials" in path:
        index = path.index("overallOfficials") + 1
        officials = study.protocol_section.contacts_locations_module.overall_officials
        if len(path) > index and path[index].isdecimal() and int(path[index]) < len(officials):
            official = officials[int(path[index])]
            if item.kind == "organization" and official.name:
                return Markdown(f"of {linker.text(official.name)}")
            if item.kind == "person" and official.affiliation:
                return linker.text(official.affiliation)
    if item.role == "siteCity" and location is not None and location.facility:
        return linker.text(location.facility)
    return NOTHING


def _site_detail(location: Location, linker: Linker) -> Markdown:
    pieces: list[Markdown] = []
    if location.status:
        pieces.append(Markdown(f"This site: {status_chip(location.status)}"))
    if location.facility:
        pieces.append(linker.text(", ".join(part for part in (location.facility, location.city) if part)))
    if linker.settings.contacts:
        pieces.extend(_call(contact, linker) for contact in location.contacts)
    return join(pieces, " · ")


def _call(contact: Contact, linker: Linker) -> Markdown:
    number = " ext. ".join(part for part in (contact.phone, contact.phone_ext) if part)
    shown = [part for part in (contact.name, number, contact.email) if part]
    return join([linker.text(part) for part in shown], ", ")


def _spellings(entity: Entity, linker: Linker) -> list[SpellingRow]:
    rows = []
    for item in entity.spellings:
        places = [linker.source(source) for source in sorted(set(item.sources))]
        more = len(places) - _MOST_SOURCES
        if more > 0:
            places = [*places[:_MOST_SOURCES], escape(f"and {count(more, 'more place')}")]
        rows.append(
            SpellingRow(
                linker.text(item.text), RULES.get(item.rule, item.rule), linker.text(item.reason), join(places, "; ")
            )
        )
    return rows


def search_forms(entity: Entity) -> list[str]:
    """Return other forms under which a reader may type the name: without accents, with letters and digits joined.

    They stand on the page as such, so that every search finds them.
    """
    written = [entity.name, *(item.text for item in entity.spellings)]
    forms: dict[str, None] = {}
    for text in written:
        bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
        for form in (bare, *_code_forms(bare)):
            if form not in written and form.casefold() not in {text.casefold() for text in written}:
                forms.setdefault(form)
    return list(forms)[:12]


_CODE = re.compile(r"([A-Za-z]{2,6})[- ]?(\d{1,5})")


def _code_forms(text: str) -> list[str]:
    match = _CODE.fullmatch(text)
    return [f"{match[1]}{match[2]}", f"{match[1]}-{match[2]}"] if match else []
