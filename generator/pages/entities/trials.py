"""The trials of an entity by its roles: what is open comes first, and whom to call."""

from __future__ import annotations

from collections.abc import Iterator, Sized
from dataclasses import dataclass
from urllib.parse import quote

from generator.language.formats import format_number, plural
from generator.language.messages import gettext
from generator.model.catalog import Entity, Link, Role
from generator.model.outline import is_inferred_contact
from generator.model.pointers import steps
from generator.model.registry_words import ROLES
from generator.model.study import Contact, Location, Study
from generator.pages.links import Linker
from generator.pages.lists.list import LinkerOf, ListSection, ListView
from generator.pages.lists.rows import TrialRow, location_at, location_number, trial_row_of
from generator.pages.paths import CONTACT_ROLES, FOLDERS, PageAddress, SitePaths
from generator.pages.provenance import label_of
from generator.pages.text.escaping import NOTHING, Markdown, escape, front_matter, join
from generator.pages.text.phrases import status_chip, telephone
from generator.pages.text.wording import camel_case_in_words, role_name, status

_MOST_CONTACTS = 6
"""Contacts of one site that a row names; the trial's page has them all."""

_ROLES_WITH_DETAILS = frozenset({"site", "siteCity", "facilityContact"})

_MODULE = "/protocolSection/contactsLocationsModule"


@dataclass(frozen=True)
class TrialGroup:
    """The trials in which an entity has one role."""

    title: str
    rows: tuple[TrialRow, ...]
    remark: Markdown = NOTHING
    opened: bool = False
    """True for those that are said to recruit: a script folds what was said long ago."""
    more: tuple[Markdown, ...] = ()
    """Links to the pages with the other trials, where there are too many for one."""


@dataclass(frozen=True)
class _Plan:
    """The trials of one group, before they are written for a page."""

    title: str
    trials: tuple[tuple[str, tuple[Link, ...]], ...]
    """Ids, each with the links that lead here."""
    remark: str = ""
    at: bool = False
    """True where the links are those of hospitals that belong to the entity."""
    call: bool = False
    """True where the rows say whom to call."""
    roles: bool = False
    """True where the rows say what the entity is to each trial."""


def shown_links(entity: Entity, linker: Linker) -> list[Link]:
    """Return the links to *entity* that the settings let be shown."""
    links = linker.catalog.links_of_entity(entity.kind, entity.id)
    if linker.settings.contacts:
        return links
    return [item for item in links if item.role not in CONTACT_ROLES]


def is_open(study: Study) -> bool:
    """Say whether a study is said to recruit."""
    return status(study.protocol_section.status_module.overall_status).group == "open"


def trial_groups(entity: Entity, linker: Linker) -> Iterator[TrialGroup]:
    """Yield the trials of *entity* by its roles, as far as its own page has room."""
    for group, plan in enumerate(_plans(entity, linker), start=1):
        more = tuple(
            linker.to(_continued(entity, group, number, linker), gettext("Page {number}").format(number=number))
            for number, _ in enumerate(_later(plan, linker), start=2)
        )
        yield TrialGroup(plan.title, _rows(plan, linker, 0), escape(plan.remark), plan.call, more)


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
            title = gettext("{name}: {part}, page {number}").format(name=entity.name, part=plan.title, number=number)
            rows = _rows(plan, here, start)
            yield (
                here.page,
                ListView(
                    front_matter(title),
                    front_matter(gettext("More trials of {name}").format(name=entity.name)),
                    title,
                    escape(
                        gettext("{first} to {last} of {all}.").format(
                            first=format_number(start + 1),
                            last=format_number(start + len(rows)),
                            all=format_number(len(plan.trials)),
                        )
                    ),
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


def _plans(entity: Entity, linker: Linker) -> list[_Plan]:
    """Return the trials of an entity by its roles, and those at its hospitals apart; the open ones first."""
    by_role: dict[Role, dict[str, list[Link]]] = {}
    links = shown_links(entity, linker)
    for item in links:
        by_role.setdefault(item.role, {}).setdefault(item.study, []).append(item)
    plans = []
    if entity.kind == "organization" and "site" in by_role:
        opened, others = _parted(by_role.pop("site"), linker)
        if opened:
            title = _with_number(gettext("Said to be open here, and whom to call"), opened)
            plans.append(_Plan(title, _in_order(opened, linker), call=True))
        if others:
            by_role["site"] = others
    if entity.kind == "person":
        plans.extend(_of_person(by_role, linker))
        by_role = {}
    named_only = _without_site(by_role)
    for role in [*ROLES, *(role for role in by_role if role not in ROLES)]:
        if by_role.get(role):
            title = _group_title(entity, role, by_role[role], other=bool(plans) and role == "site")
            plans.append(_Plan(title, _in_order(by_role[role], linker)))
    if named_only:
        title = _with_number(gettext("Trials that name this country, without a site here"), named_only)
        plans.append(_Plan(title, _in_order(named_only, linker)))
    at_parts: dict[str, list[Link]] = {}
    for part in entity.parts if entity.kind == "organization" else ():
        for item in linker.catalog.links_of_entity(part.kind, part.id):
            at_parts.setdefault(item.study, []).append(item)
    if at_parts:
        opened, others = _parted(at_parts, linker)
        both = len({item.study for item in links} & set(at_parts))
        remark = gettext("Counted apart from its own trials: these are trials at hospitals that belong to it.")
        if both:
            remark += " " + plural(both, "{n} trial is in both lists.", "{n} trials are in both lists.")
        for title, trials in (
            (gettext("Said to be open at its hospitals, and whom to call"), opened),
            (gettext("At its hospitals, others") if opened else gettext("At its hospitals"), others),
        ):
            if trials:
                plan = _Plan(
                    _with_number(title, trials), _in_order(trials, linker), remark, at=True, call=trials is opened
                )
                # What is open comes first, whatever else the organization is to its trials.
                plans.insert(sum(one.call for one in plans) if plan.call else len(plans), plan)
                remark = ""
    return plans


def _of_person(by_role: dict[Role, dict[str, list[Link]]], linker: Linker) -> Iterator[_Plan]:
    """Yield the trials of a person, each once with all roles, and apart those of which only a paper is theirs."""
    written = by_role.pop("referenceAuthor", {})
    trials: dict[str, list[Link]] = {}
    for role in ROLES:
        for study, links in by_role.get(role, {}).items():
            trials.setdefault(study, []).extend(links)
    if trials:
        yield _Plan(_with_number(gettext("As investigator or contact"), trials), _in_order(trials, linker), roles=True)
    papers = {study: links for study, links in written.items() if study not in trials}
    if papers:
        yield _Plan(_with_number(role_name("referenceAuthor"), papers), _in_order(papers, linker))


def _without_site(by_role: dict[Role, dict[str, list[Link]]]) -> dict[str, list[Link]]:
    """Take out of the trials of a country those whose documents name it, and no site in it."""
    named = {
        study: links
        for study, links in by_role.get("country", {}).items()
        if not any("/locations/" in item.pointer for item in links)
    }
    for study in named:
        del by_role["country"][study]
    return named


def _parted(studies: dict[str, list[Link]], linker: Linker) -> tuple[dict[str, list[Link]], dict[str, list[Link]]]:
    """Part the trials at a site into those that recruit there and the others.

    A site whose own status is not stated counts as open while its trial recruits; its row says so.
    """
    opened: dict[str, list[Link]] = {}
    others: dict[str, list[Link]] = {}
    for identifier, links in studies.items():
        summary = linker.catalog.study_summary(identifier)
        if summary is None:
            continue
        numbers = [location_number(item.pointer) for item in links if item.role == "site"]
        codes = [summary.status_at(number) or summary.status for number in numbers if number is not None]
        here = any(status(code).group == "open" for code in codes)
        (opened if here else others)[identifier] = links
    return opened, others


def _in_order(studies: dict[str, list[Link]], linker: Linker) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    """Return the trials by their status, what was said last first."""
    found = [
        (status(summary.status).rank, summary.as_of or "", identifier)
        for identifier in sorted(studies)
        if (summary := linker.catalog.study_summary(identifier)) is not None
    ]
    found.sort(key=lambda entry: entry[1], reverse=True)
    found.sort(key=lambda entry: entry[0])
    return tuple((identifier, tuple(studies[identifier])) for _, _, identifier in found)


def _group_title(entity: Entity, role: Role, trials: Sized, *, other: bool) -> str:
    if entity.kind == "place":
        return _with_number(gettext("Trials with a site here"), trials)
    if other:
        return _with_number(gettext("Other trials at this site"), trials)
    return _with_number(role_name(role) if role in ROLES else camel_case_in_words(role).capitalize(), trials)


def _with_number(title: str, trials: Sized) -> str:
    return f"{title} ({format_number(len(trials))})"


def _rows(plan: _Plan, linker: Linker, start: int) -> tuple[TrialRow, ...]:
    rows = []
    for identifier, links in plan.trials[start : start + linker.settings.list_limit]:
        details: list[Markdown] = []
        if plan.at:
            hospitals = sorted({(item.kind, item.entity) for item in links})
            at = join([linker.entity(kind, entity) for kind, entity in hospitals])
            details.append(Markdown(gettext("At: {sites}").format(sites=at)))
        if plan.roles:
            here = dict.fromkeys(item.role for item in links)
            details.append(escape(" · ".join(map(role_name, here))))
        if plan.call or (not plan.at and any(map(_says_more, links))):
            study = linker.catalog.outlines[identifier]
            details += dict.fromkeys(_detail(study, item, linker) for item in links)
        if plan.call:
            details += _call_instead(study, links, linker)
            details.append(_card(study, links, linker))
        rows.append(trial_row_of(identifier, linker, tuple(detail for detail in details if detail)))
    return tuple(rows)


def _says_more(item: Link) -> bool:
    """Tell whether there can be something to say of an entity in a trial beyond its role."""
    return item.role in _ROLES_WITH_DETAILS or "/overallOfficials/" in item.pointer


def _detail(study: Study, item: Link, linker: Linker) -> Markdown:
    """Return what the entity is in this trial, beyond the role that the group says."""
    path = steps(item.pointer)
    location = location_at(study, item.pointer)
    if item.role == "site" and location is not None:
        return _site_detail(study, item, location, linker)
    if item.role == "facilityContact" and location is not None:
        where = ", ".join(part for part in (location.facility, location.city) if part)
        if not where:
            return NOTHING
        at = gettext("at {site}").format(site=linker.text(where))
        return Markdown(f"{at}{_inferred(study, item.pointer.rpartition('/')[0])}")
    if "overallOfficials" in path:
        index = path.index("overallOfficials") + 1
        officials = study.protocol_section.contacts_locations_module.overall_officials
        if len(path) > index and path[index].isdecimal() and int(path[index]) < len(officials):
            official = officials[int(path[index])]
            if item.kind == "organization" and official.name:
                return Markdown(gettext("of {person}").format(person=linker.text(official.name)))
            if item.kind == "person" and official.affiliation:
                return linker.text(official.affiliation)
    if item.role == "siteCity" and location is not None and location.facility:
        return _site_of_town(item, location, linker)
    return NOTHING


def _site_of_town(item: Link, location: Location, linker: Linker) -> Markdown:
    """Return a site as its town's page names it: linked, with its own status where one is stated."""
    pointer = f"{item.pointer.rpartition('/')[0]}/facility"
    hospital = next(
        (one for one in linker.catalog.links_of_study(item.study) if one.pointer == pointer and one.role == "site"),
        None,
    )
    words = location.facility or ""
    shown = linker.entity(hospital.kind, hospital.entity, words) if hospital else linker.text(words)
    return Markdown(f"{shown} {status_chip(location.status)}") if location.status else shown


def _site_detail(study: Study, item: Link, location: Location, linker: Linker) -> Markdown:
    """Return a site's status, its name and town where the page's own are others, and whom to call there."""
    pieces: list[Markdown] = []
    if location.status:
        pieces.append(Markdown(gettext("This site: {status}").format(status=status_chip(location.status))))
    here = linker.catalog.entities[item.kind, item.entity]
    is_told = linker.paths.entity(item.kind, item.entity) == linker.page  # a group's page is not its hospital's
    if location.facility and not (is_told and (location.facility, location.city) == (here.name, here.city)):
        pieces.append(linker.text(", ".join(part for part in (location.facility, location.city) if part)))
    if linker.settings.contacts:
        contacts = f"{_MODULE}/locations/{location_number(item.pointer)}/contacts"
        pieces.extend(_calls(study, location.contacts, contacts, linker))
    return join(pieces, " · ")


def _call_instead(study: Study, links: tuple[Link, ...], linker: Linker) -> list[Markdown]:
    """Return what a row still lacks: that a site's own status is not stated, and the contacts of the whole trial."""
    sites = [location for item in links if item.role == "site" and (location := location_at(study, item.pointer))]
    found = []
    if is_open(study) and sites and not any(location.status for location in sites):
        found.append(escape(gettext("The trial recruits; whether this site does is not stated.")))
    contacts = study.protocol_section.contacts_locations_module.central_contacts
    if linker.settings.contacts and is_open(study) and _are_needed(contacts, sites):
        named = join(list(_calls(study, contacts, f"{_MODULE}/centralContacts", linker)), " · ")
        found.append(Markdown(gettext("For the whole trial: {contacts}").format(contacts=named)))
    return found


def _are_needed(contacts: list[Contact], sites: list[Location]) -> bool:
    """Say whether the contacts of the whole trial have a telephone number, or any address, that its sites lack."""
    here = [contact for site in sites for contact in site.contacts]
    if any(contact.phone for contact in contacts):
        return not any(contact.phone for contact in here)
    return bool(contacts) and not any(contact.phone or contact.email for contact in here)


def _calls(study: Study, contacts: list[Contact], pointer: str, linker: Linker) -> Iterator[Markdown]:
    """Yield whom to call, of the contacts at *pointer*; an inferred one says so."""
    for position, contact in enumerate(contacts[:_MOST_CONTACTS]):
        called = _call(contact, linker)
        yield called + _inferred(study, f"{pointer}/{position}")


def _inferred(study: Study, contact: str) -> Markdown:
    """Return the label of a contact that is at *contact* by reasoning only."""
    if not is_inferred_contact(study.catalog_section, contact):
        return NOTHING
    return Markdown(f" {label_of('inferred')}")


def _call(contact: Contact, linker: Linker) -> Markdown:
    number = " ext. ".join(part for part in (contact.phone, contact.phone_ext) if part)
    shown = [linker.text(contact.name)] if contact.name else []
    shown += [telephone(number)] if number else []
    shown += [linker.text(contact.email)] if contact.email else []
    return join(shown, ", ")


def _card(study: Study, links: tuple[Link, ...], linker: Linker) -> Markdown:
    """Return the link to the pocket card with this site's contact, where the trial takes or will take people."""
    identifier = study.catalog_section.id or ""
    if status(study.protocol_section.status_module.overall_status).group not in {"open", "soon"}:
        return NOTHING
    href = f"{linker.page.href_to(SitePaths.card)}?trial={quote(identifier)}"
    site = next((item.entity for item in links if item.role == "site"), None)
    if site:
        href += f"&amp;site={quote(site)}"
    words = escape(gettext("Pocket card"))
    return Markdown(f'<a href="{href}">{words}</a>')
