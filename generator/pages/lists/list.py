"""The lists: trials, and entities in one of their roles.  Long ones are split over several pages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from generator.model.catalog import Entity, Glance, Kind, Link
from generator.pages.links import Linker
from generator.pages.lists.rows import TrialRow, location_number, trial_row
from generator.pages.paths import PageAddress, SitePaths
from generator.pages.text.escaping import NOTHING, Markdown, escape, front_matter, join
from generator.pages.text.wording import ROLES, count, status


@dataclass(frozen=True)
class Entry:
    """One entity in a list."""

    name: Markdown
    meta: Markdown


@dataclass(frozen=True)
class ListSection:
    """Entries under one heading."""

    title: str
    entries: tuple[Entry, ...] = ()
    rows: tuple[TrialRow, ...] = ()
    pages: tuple[Markdown, ...] = ()
    """Links to the pages that hold the entries, where there are too many for one."""


@dataclass(frozen=True)
class ListView:
    """One page of a list, ready to print."""

    front_title: str
    front_description: str
    title: str
    lead: Markdown
    sections: tuple[ListSection, ...]
    back: Markdown = NOTHING

    @property
    def flat(self) -> bool:
        """True where headings are too few for a table of contents."""
        return len(self.sections) < 2


LinkerOf = Callable[[PageAddress], Linker]
Pages = Iterator[tuple[PageAddress, ListView]]


@dataclass(frozen=True)
class EntityList:
    """One list over entities, as a table says it."""

    address: PageAddress
    title: str
    kind: Kind
    noun: tuple[str, str]
    about: str
    roles: frozenset[str] | None = None
    """Only entities with one of these roles; None for all."""
    show_place: bool = field(default=False)


INVESTIGATOR_ROLES = frozenset({"principalInvestigator", "subInvestigator", "studyChair", "studyDirector"})
SPONSOR_ROLES = frozenset({"leadSponsor", "collaborator", "sponsorWithoutRole", "responsibleParty"})

ENTITY_LISTS = (
    EntityList(
        SitePaths.sponsors,
        "Sponsors",
        "organization",
        ("sponsor", "sponsors"),
        "Who leads, pays for or collaborates on the trials. Where a document names sponsors without saying who leads, "
        "they are listed without a role; responsible parties are called so.",
        SPONSOR_ROLES,
    ),
    EntityList(
        SitePaths.sites,
        "Sites",
        "organization",
        ("site", "sites"),
        "Hospitals and centres at which the trials take place. Hospitals of a group keep pages of their own.",
        frozenset({"site"}),
        show_place=True,
    ),
    EntityList(
        SitePaths.organizations,
        "Organizations",
        "organization",
        ("organization", "organizations"),
        "Every organization that the documents name: sponsors, sites and the affiliations of people.",
        show_place=True,
    ),
    EntityList(
        SitePaths.investigators,
        "Investigators",
        "person",
        ("investigator", "investigators"),
        "Principal investigators, study chairs and directors, and sub-investigators at the sites.",
        INVESTIGATOR_ROLES,
    ),
    EntityList(
        SitePaths.people,
        "People",
        "person",
        ("person", "people"),
        "Every person whom the documents name: investigators, contacts, and authors where they are investigators too.",
    ),
    EntityList(
        SitePaths.drugs,
        "Drugs and interventions",
        "drug",
        ("drug or intervention", "drugs and interventions"),
        "What the trials test, under one name for all its spellings. Placebo and other comparators have no page.",
    ),
    EntityList(
        SitePaths.conditions,
        "Conditions",
        "condition",
        ("condition", "conditions"),
        "The diseases and states that the trials study, as the documents name them.",
    ),
    EntityList(
        SitePaths.places,
        "Places",
        "place",
        ("place", "places"),
        "Countries and towns with a site.",
    ),
)


@lru_cache(maxsize=1 << 16)
def sort_key(text: str) -> str:
    """Return the key by which names are sorted: without accents and case."""
    if text.isascii():
        return text.casefold()
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()


def listed(entities: Iterable[Entity], plan: EntityList, paths: SitePaths) -> list[Entity]:
    """Return the entities that belong to a list, sorted by name."""
    chosen = [
        entity
        for entity in entities
        if paths.entity(entity.kind, entity.id) and (plan.roles is None or plan.roles.intersection(entity.roles))
    ]
    return sorted(chosen, key=lambda entity: (sort_key(entity.name), entity.id))


def entity_list_pages(plan: EntityList, linker_of: LinkerOf) -> Pages:
    """Yield the pages of one list over entities."""
    linker = linker_of(plan.address)
    entities = listed(linker.catalog.entities_of_kind(plan.kind), plan, linker.paths)
    lead = escape(f"{count(len(entities), *plan.noun)[:1].upper()}{count(len(entities), *plan.noun)[1:]}. {plan.about}")
    title, description = front_matter(plan.title), front_matter(plan.about)
    limit = linker.settings.list_limit
    if len(entities) <= limit:
        yield plan.address, ListView(title, description, plan.title, lead, tuple(_sections(entities, plan, linker)))
        return
    parts = _split(entities, limit)
    links = tuple(
        linker.to(linker.paths.part(plan.address, key), f"{key.upper()} ({len(part):,})") for key, part in parts.items()
    )
    yield plan.address, ListView(title, description, plan.title, lead, (ListSection("By first letters", pages=links),))
    for key, part in parts.items():
        address = linker.paths.part(plan.address, key)
        here = linker_of(address)
        name = f"{plan.title}: {key.upper()}"
        back = here.to(plan.address, f"All {plan.noun[1]}")
        section = ListSection(key.upper(), tuple(_entry(entity, plan, here) for entity in part))
        lead_part = escape(f"{len(part):,} of {len(entities):,}.")
        yield address, ListView(front_matter(name), description, name, lead_part, (section,), back)


def _sections(entities: list[Entity], plan: EntityList, linker: Linker) -> Iterator[ListSection]:
    if plan.kind == "place":
        countries = [entity for entity in entities if "country" in entity.roles]
        regions = [entity for entity in entities if "region" in entity.roles and "country" not in entity.roles]
        towns = [entity for entity in entities if not {"country", "region"} & set(entity.roles)]
        for title, group in (("Countries", countries), ("Regions", regions), ("Towns", towns)):
            if group:
                yield ListSection(title, tuple(_entry(entity, plan, linker) for entity in group))
    elif len(entities) > 60:
        letters: dict[str, list[Entity]] = {}
        for entity in entities:
            letters.setdefault(_prefix(entity, 1).upper(), []).append(entity)
        for letter, group in letters.items():
            yield ListSection(letter, tuple(_entry(entity, plan, linker) for entity in group))
    elif entities:
        yield ListSection("", tuple(_entry(entity, plan, linker) for entity in entities))


def _entry(entity: Entity, plan: EntityList, linker: Linker) -> Entry:
    links = linker.catalog.links_of_entity(entity.kind, entity.id)
    studies = {link.study for link in links if plan.roles is None or link.role in plan.roles}
    pieces = [escape(count(len(studies or entity.studies), "trial"))]
    opened: set[str] = set()
    for link in links:
        if link.study in studies and link.study not in opened and _is_open(link, linker):
            opened.add(link.study)
    open_ones = len(opened)
    if open_ones:
        pieces.append(escape(f"{open_ones} recruiting"))
    if plan.show_place and (entity.city or entity.country):
        pieces.append(linker.text(", ".join(part for part in (entity.city, entity.country) if part)))
    if entity.kind in {"organization", "person"} and (plan.roles is None or len(plan.roles) > 1):
        roles = [
            label
            for role, label in ROLES.items()
            if role in entity.roles and (plan.roles is None or role in plan.roles)
        ]
        pieces.append(escape(", ".join(roles)))
    others = [item.text for item in entity.spellings if item.text != entity.name]
    if others and entity.kind in {"drug", "condition"}:
        pieces.append(linker.text("also " + ", ".join(others[:4])))
    if not entity.verified and entity.kind in {"person", "organization"}:
        pieces.append(Markdown('<span class="tag tag--unverified">unverified</span>'))
    return Entry(linker.entity(entity.kind, entity.id), join([piece for piece in pieces if piece], " · "))


def _is_open(link: Link, linker: Linker) -> bool:
    """Say whether the trial recruits; for a site with a status of its own, whether that site does."""
    glance = linker.catalog.glance(link.study)
    if glance is None:
        return False
    code = glance.status_at(location_number(link.pointer)) if link.role == "site" else None
    return status(code or glance.status).group == "open"


_NO_LETTER = re.compile("[^a-z0-9]+")


def _prefix(entity: Entity, length: int) -> str:
    return _NO_LETTER.sub("", sort_key(entity.name))[:length] or "other"


def _split(entities: list[Entity], limit: int) -> dict[str, list[Entity]]:
    """Split by first letter, and by more letters where one letter has too many."""
    parts: dict[str, list[Entity]] = {}

    def divide(group: list[Entity], length: int) -> None:
        buckets: dict[str, list[Entity]] = {}
        for entity in group:
            buckets.setdefault(_prefix(entity, length), []).append(entity)
        for key, bucket in buckets.items():
            # A name shorter than the prefix, or six letters alike, cannot be told apart any further.
            if len(bucket) > limit and length < 6 and len(key) == length:
                divide(bucket, length + 1)
            else:
                parts.setdefault(key, []).extend(bucket)

    divide(entities, 1)
    return dict(sorted(parts.items()))


def trial_list_pages(linker_of: LinkerOf) -> Pages:
    """Yield the pages of the list of trials, grouped by status, the open ones first."""
    address = SitePaths.trials
    linker = linker_of(address)
    outlines = linker.catalog.outlines
    groups: dict[str, list[_Trial]] = {}
    for identifier in outlines:
        glance = linker.catalog.glance(identifier)
        if glance is not None:
            groups.setdefault(status(glance.status).label, []).append((identifier, glance))
    ranked = sorted(groups.items(), key=lambda item: (status(item[1][0][1].status).rank, item[0]))
    total, limit = len(outlines), linker.settings.list_limit
    lead = escape(f"{count(total, 'trial')}, grouped by the recruitment status that their documents give.")
    title, description = front_matter("Trials"), front_matter("All trials of this catalog by recruitment status")
    if total <= limit:
        sections = tuple(
            ListSection(f"{label} ({len(trials)})", rows=tuple(trial_row(outlines[key], linker) for key, _ in trials))
            for label, trials in ranked
        )
        yield address, ListView(title, description, "Trials", lead, sections)
        return
    overview: list[ListSection] = []
    pages: list[tuple[PageAddress, str, list[_Trial]]] = []
    for label, trials in ranked:
        links: list[Markdown] = []
        for key, part in _by_year(trials, limit).items():
            name = f"{label}, {key}" if key else label
            part_address = linker.paths.part(address, name)
            links.append(linker.to(part_address, f"{name} ({len(part):,})"))
            pages.append((part_address, name, part))
        overview.append(ListSection(f"{label} ({len(trials):,})", pages=tuple(links)))
    yield address, ListView(title, description, "Trials", lead, tuple(overview))
    for part_address, name, part in pages:
        here = linker_of(part_address)
        heading = f"Trials: {name}"
        section = ListSection(name, rows=tuple(trial_row(outlines[key], here) for key, _ in part))
        yield (
            part_address,
            ListView(
                front_matter(heading),
                description,
                heading,
                escape(f"{len(part):,} of {total:,} trials."),
                (section,),
                here.to(address, "All trials"),
            ),
        )


_Trial = tuple[str, Glance]


def _by_year(trials: list[_Trial], limit: int) -> dict[str, list[_Trial]]:
    """Split trials of one status by the year of their start, and a full year further by place in it."""
    if len(trials) <= limit:
        return {"": trials}
    years: dict[str, list[_Trial]] = {}
    for trial in trials:
        start = trial[1].start
        year = start[:4] if start and start[:4].isdecimal() else ""
        years.setdefault(f"started in {year}" if year else "start not stated", []).append(trial)
    parts: dict[str, list[_Trial]] = {}
    for key in sorted(years, reverse=True):
        group = years[key]
        pieces = [group[index : index + limit] for index in range(0, len(group), limit)]
        for number, piece in enumerate(pieces, start=1):
            parts[key if len(pieces) == 1 else f"{key}, part {number}"] = piece
    return parts
