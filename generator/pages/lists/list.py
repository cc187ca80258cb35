"""The lists: trials, and entities in one of their roles.  Long ones are split over several pages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from generator.identity.keys import person_name
from generator.model.catalog import Entity, Glance, Kind, Link, statement_date
from generator.model.registry_words import ROLES
from generator.pages.links import Linker
from generator.pages.lists.rows import TrialRow, location_number, trial_row
from generator.pages.paths import PageAddress, SitePaths, slug
from generator.pages.text.escaping import NOTHING, Markdown, escape, front_matter, join
from generator.pages.text.wording import count, status


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
    def names_to_filter(self) -> bool:
        """True where there are so many names that a field to filter them helps."""
        return sum(len(section.entries) for section in self.sections) > _FEW // 2

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
_AT_SITES = frozenset({"site"})

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
        _AT_SITES,
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
        "What the trials give, under one name for all its spellings. What is only called placebo or usual care has no "
        "page.",
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


_BEFORE_THE_NAME = re.compile(r"^[\W_]+")


@lru_cache(maxsize=1 << 16)
def sort_key(text: str) -> str:
    """Return the key by which names are sorted: without accents, case, and what stands before the first letter."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    folded = text.casefold()
    return _BEFORE_THE_NAME.sub("", folded) or folded


def person_key(name: str) -> str:
    """Return the key by which a person is sorted: the family name first, as in a library, without titles and degrees.

    The family name is the last word, unless another one alone stands in capitals.

    >>> person_key("Sébastien GIBOT"), person_key("Gibot, Sébastien"), person_key("Ann B. Cole, MD")
    ('gibot sebastien', 'gibot sebastien', 'cole ann b.')
    """
    known = person_name(name, single=True)
    words = (known.display if known else name).split()
    capitals = [word for word in words if word.isupper() and len(word.strip(".")) > _LONGEST_INITIALS]
    family = capitals[0] if len(capitals) == 1 else words[-1] if words else name
    return sort_key(" ".join([family, *(word for word in words if word != family)]))


_LONGEST_INITIALS = 2


def _key_of(entity: Entity) -> str:
    return person_key(entity.name) if entity.kind == "person" else sort_key(entity.name)


def listed(entities: Iterable[Entity], plan: EntityList, paths: SitePaths) -> list[Entity]:
    """Return the entities that belong to a list, sorted by name."""
    chosen = [
        entity
        for entity in entities
        if paths.entity(entity.kind, entity.id) and (plan.roles is None or plan.roles.intersection(entity.roles))
    ]
    return sorted(chosen, key=lambda entity: (_key_of(entity), entity.id))


def entity_list_pages(plan: EntityList, linker_of: LinkerOf) -> Pages:
    """Yield the pages of one list over entities.

    A list that is too long for one page begins with what people look for first (the countries; the hospitals by
    country; the names of most trials) and has its parts on pages of their own.
    """
    linker = linker_of(plan.address)
    entities = listed(linker.catalog.entities_of_kind(plan.kind), plan, linker.paths)
    in_words = count(len(entities), *plan.noun)
    lead = escape(f"{in_words[:1].upper()}{in_words[1:]}. {plan.about}")
    title, description = front_matter(plan.title), front_matter(plan.about)
    if len(entities) <= linker.settings.list_limit:
        yield plan.address, ListView(title, description, plan.title, lead, tuple(_sections(entities, plan, linker)))
        return
    first, parts = _parts(entities, plan, linker)
    keys = own_keys(part.key for part in parts)
    parts = [replace(part, key=key) for part, key in zip(parts, keys, strict=True)]
    yield plan.address, ListView(title, description, plan.title, lead, (*first, *_links_to(parts, plan, linker)))
    for part in parts:
        address = linker.paths.part(plan.address, part.key)
        here = linker_of(address)
        name = f"{plan.title}: {part.title}"
        section = ListSection(part.title, tuple(_entry(entity, plan, here) for entity in part.entities))
        lead_part = escape(f"{len(part.entities):,} of {len(entities):,}.")
        back = here.to(plan.address, f"All {plan.noun[1]}")
        yield address, ListView(front_matter(name), description, name, lead_part, (section,), back)


@dataclass(frozen=True)
class _Part:
    """Entities of a long list that have a page of their own."""

    group: str
    """The heading under which its link stands."""
    title: str
    key: str
    """What its address is made from."""
    entities: list[Entity]


_MOST_TRIALS = 24
"""Names of most trials that a long list begins with."""


def _parts(entities: list[Entity], plan: EntityList, linker: Linker) -> tuple[list[ListSection], list[_Part]]:
    """Return the sections with which a long list begins, and the parts that the rest is in."""
    limit = linker.settings.list_limit
    if plan.kind == "place":
        countries = [entity for entity in entities if "country" in entity.roles]
        others = [entity for entity in entities if "country" not in entity.roles]
        first = ListSection("Countries", tuple(_entry(entity, plan, linker) for entity in countries))
        return [first], _by_letters(others, "Towns and regions", limit)
    if plan.roles == _AT_SITES:
        parts: list[_Part] = []
        for country, group in _by_country(entities).items():
            if len(group) > limit:
                parts += _by_letters(group, country, limit, before=f"{country} ")
            else:
                parts.append(_Part("", country, country, group))
        return [], [*(part for part in parts if not part.group), *(part for part in parts if part.group)]
    often = sorted(entities, key=lambda entity: -len(entity.studies))[:_MOST_TRIALS]
    first = ListSection("In most trials", tuple(_entry(entity, plan, linker) for entity in often))
    return [first], _by_letters(entities, "By first letters", limit)


def own_keys(keys: Iterable[str]) -> list[str]:
    """Return *keys* of parts of a list, with a number behind each whose address another one before it has.

    >>> own_keys(["Chad", "Chad?", "Peru"])
    ['Chad', 'Chad? 2', 'Peru']
    """
    taken: set[str] = set()
    found = []
    for key in keys:
        own, number = key, 1
        while slug(own) in taken:
            number += 1
            own = f"{key} {number}"
        taken.add(slug(own))
        found.append(own)
    return found


def _by_letters(entities: list[Entity], group: str, limit: int, *, before: str = "") -> list[_Part]:
    """Return parts by first letters under the heading *group*; *before* stands before the letters in their names."""
    return [
        _Part(group, f"{before}{key.upper()}", f"{before}{key}", part) for key, part in _split(entities, limit).items()
    ]


def _by_country(entities: list[Entity]) -> dict[str, list[Entity]]:
    """Return hospitals by their country, each sorted by town and name; those without a country last."""
    found: dict[str, list[Entity]] = {}
    for entity in sorted(entities, key=lambda entity: (sort_key(entity.city or "~"), _key_of(entity), entity.id)):
        found.setdefault(entity.country or _NO_COUNTRY, []).append(entity)
    return dict(sorted(found.items(), key=lambda item: (item[0] == _NO_COUNTRY, sort_key(item[0]))))


_NO_COUNTRY = "Country not stated"


def _links_to(parts: list[_Part], plan: EntityList, linker: Linker) -> Iterator[ListSection]:
    """Yield sections with links to the pages of the parts, by their group."""
    groups: dict[str, list[Markdown]] = {}
    for part in parts:
        text = f"{part.title} ({len(part.entities):,})"
        groups.setdefault(part.group, []).append(linker.to(linker.paths.part(plan.address, part.key), text))
    for group, links in groups.items():
        yield ListSection(group or "By country", pages=tuple(links))


def _sections(entities: list[Entity], plan: EntityList, linker: Linker) -> Iterator[ListSection]:
    if plan.kind == "place":
        countries = [entity for entity in entities if "country" in entity.roles]
        regions = [entity for entity in entities if "region" in entity.roles and "country" not in entity.roles]
        towns = [entity for entity in entities if not {"country", "region"} & set(entity.roles)]
        groups = {"Countries": countries, "Regions": regions, "Towns": towns}
    elif plan.roles == _AT_SITES:
        groups = _by_country(entities)
    elif len(entities) > _FEW:
        groups = {}
        for entity in entities:
            groups.setdefault(_prefix(entity, 1).upper(), []).append(entity)
    else:
        groups = {"": entities}
    for title, group in groups.items():
        if group:
            yield ListSection(title, tuple(_entry(entity, plan, linker) for entity in group))


_FEW = 60
"""Up to so many names stand under one heading."""


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
        pieces.append(escape(f"{open_ones} said to be recruiting"))
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
    if entity.possibly_same_as:
        pieces.append(Markdown('<span class="tag tag--doubt">may be the same as another name</span>'))
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
    return _NO_LETTER.sub("", _key_of(entity))[:length] or "other"


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
    links: list[Markdown] = []
    pages: list[tuple[PageAddress, str, list[_Trial]]] = []
    named = [
        (f"{label}, {key}" if key else label, part)
        for label, trials in ranked
        for key, part in _by_year(trials, limit).items()
    ]
    for own_key, (name, part) in zip(own_keys(name for name, _ in named), named, strict=True):
        part_address = linker.paths.part(address, own_key)
        links.append(linker.to(part_address, f"{name} ({len(part):,})"))
        pages.append((part_address, name, part))
    newest = sorted(outlines, key=lambda key: (statement_date(outlines[key]) or "", key), reverse=True)[:_NEWEST]
    overview = (
        ListSection("By status", pages=tuple(links)),
        ListSection("With the newest documents", rows=tuple(trial_row(outlines[key], linker) for key in newest)),
    )
    yield address, ListView(title, description, "Trials", lead, overview)
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


_NEWEST = 25
"""Trials that the list of a large catalog begins with."""

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
