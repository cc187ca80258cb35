"""The lists: trials, and entities in one of their roles.  Long ones are split over several pages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from generator.identity.keys import person_name
from generator.language.formats import format_number, plural
from generator.language.messages import gettext, gettext_noop
from generator.model.catalog import Entity, Kind, Link, StudySummary, statement_date
from generator.model.registry_words import ROLES, english_status
from generator.pages.links import Linker
from generator.pages.lists.rows import TrialRow, location_number, trial_row
from generator.pages.paths import PageAddress, SitePaths, slug
from generator.pages.text.escaping import NOTHING, Markdown, escape, front_matter, join
from generator.pages.text.wording import role_name, status


@dataclass(frozen=True)
class Entry:
    """One entity in a list."""

    name: Markdown
    meta: Markdown
    trials: int = 0
    """How many trials name it in a role of the list."""
    recruiting: int = 0
    """How many of them are said to be recruiting."""


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
    def has_filter(self) -> bool:
        """True where there are so many trials that a choice by status, phase and year helps."""
        return sum(len(section.rows) for section in self.sections) >= FEWEST_TO_FILTER

    @property
    def flat(self) -> bool:
        """True where headings are too few for a table of contents."""
        return len(self.sections) < 2


LinkerOf = Callable[[PageAddress], Linker]
Pages = Iterator[tuple[PageAddress, ListView]]


@dataclass(frozen=True)
class EntityList:
    """One list over entities, as a table says it; its texts are messages."""

    address: PageAddress
    title: str
    kind: Kind
    all: str
    """Words of the link that leads back to it from its parts."""
    number: Callable[[int], str]
    """Writes how many entities it has."""
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
        gettext_noop("Sponsors"),
        "organization",
        gettext_noop("All sponsors"),
        lambda n: plural(n, "{n} sponsor.", "{n} sponsors."),
        gettext_noop(
            "Who leads, pays for or collaborates on the trials. Where a document names sponsors without saying who "
            "leads, they are listed without a role; responsible parties are called so."
        ),
        SPONSOR_ROLES,
    ),
    EntityList(
        SitePaths.sites,
        gettext_noop("Sites"),
        "organization",
        gettext_noop("All sites"),
        lambda n: plural(n, "{n} site.", "{n} sites."),
        gettext_noop(
            "Hospitals and centres at which the trials take place. Hospitals of a group keep pages of their own."
        ),
        _AT_SITES,
        show_place=True,
    ),
    EntityList(
        SitePaths.organizations,
        gettext_noop("Organizations"),
        "organization",
        gettext_noop("All organizations"),
        lambda n: plural(n, "{n} organization.", "{n} organizations."),
        gettext_noop("Every organization that the documents name: sponsors, sites and the affiliations of people."),
        show_place=True,
    ),
    EntityList(
        SitePaths.investigators,
        gettext_noop("Investigators"),
        "person",
        gettext_noop("All investigators"),
        lambda n: plural(n, "{n} investigator.", "{n} investigators."),
        gettext_noop("Principal investigators, study chairs and directors, and sub-investigators at the sites."),
        INVESTIGATOR_ROLES,
    ),
    EntityList(
        SitePaths.people,
        gettext_noop("People"),
        "person",
        gettext_noop("All people"),
        lambda n: plural(n, "{n} person.", "{n} people."),
        gettext_noop(
            "Every person whom the documents name: investigators, contacts, and authors where they are "
            "investigators too."
        ),
    ),
    EntityList(
        SitePaths.drugs,
        gettext_noop("Drugs and interventions"),
        "drug",
        gettext_noop("All drugs and interventions"),
        lambda n: plural(n, "{n} drug or intervention.", "{n} drugs and interventions."),
        gettext_noop(
            "What the trials give, under one name for all its spellings. What is only called placebo or usual care has "
            "no page."
        ),
    ),
    EntityList(
        SitePaths.conditions,
        gettext_noop("Conditions"),
        "condition",
        gettext_noop("All conditions"),
        lambda n: plural(n, "{n} condition.", "{n} conditions."),
        gettext_noop("The diseases and states that the trials study, as the documents name them."),
    ),
    EntityList(
        SitePaths.places,
        gettext_noop("Places"),
        "place",
        gettext_noop("All places"),
        lambda n: plural(n, "{n} place.", "{n} places."),
        gettext_noop("Countries and towns with a site."),
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
    title, about = gettext(plan.title), gettext(plan.about)
    lead = escape(f"{plan.number(len(entities))} {about}")
    front_title, description = front_matter(title), front_matter(about)
    if len(entities) <= linker.settings.list_limit:
        yield plan.address, ListView(front_title, description, title, lead, tuple(_sections(entities, plan, linker)))
        return
    first, parts = _parts(entities, plan, linker)
    keys = distinct_keys(part.key for part in parts)
    parts = [replace(part, key=key) for part, key in zip(parts, keys, strict=True)]
    yield plan.address, ListView(front_title, description, title, lead, (*first, *_links_to(parts, plan, linker)))
    for part in parts:
        address = linker.paths.part(plan.address, part.key)
        here = linker_of(address)
        name = gettext("{list}: {part}").format(list=title, part=part.title)
        section = ListSection(part.title, tuple(_entry(entity, plan, here) for entity in part.entities))
        lead_part = escape(
            gettext("{number} of {all}.").format(
                number=format_number(len(part.entities)), all=format_number(len(entities))
            )
        )
        back = here.to(plan.address, gettext(plan.all))
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
        first = ListSection(gettext("Countries"), tuple(_entry(entity, plan, linker) for entity in countries))
        return [first], _by_letters(others, gettext("Towns and regions"), limit)
    if plan.roles == _AT_SITES:
        parts: list[_Part] = []
        for country, group in _by_country(entities).items():
            if len(group) > limit:
                parts += _by_letters(group, _in_words(country), limit, before=country)
            else:
                parts.append(_Part("", _in_words(country), country, group))
        return [], [*(part for part in parts if not part.group), *(part for part in parts if part.group)]
    often = sorted(entities, key=lambda entity: -len(entity.studies))[:_MOST_TRIALS]
    first = ListSection(gettext("In most trials"), tuple(_entry(entity, plan, linker) for entity in often))
    return [first], _by_letters(entities, gettext("By first letters"), limit)


def distinct_keys(keys: Iterable[str]) -> list[str]:
    """Return *keys* of parts of a list, with a number behind each whose address another one before it has.

    >>> distinct_keys(["Chad", "Chad?", "Peru"])
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
    """Return parts by first letters under the heading *group*; the country *before* stands before their letters."""
    shown, written = (f"{_in_words(before)} ", f"{before} ") if before else ("", "")
    return [
        _Part(group, f"{shown}{_letters(key)}", f"{written}{key}", part)
        for key, part in _split(entities, limit).items()
    ]


def _by_country(entities: list[Entity]) -> dict[str, list[Entity]]:
    """Return hospitals by their country, each sorted by town and name; those without a country last."""
    found: dict[str, list[Entity]] = {}
    for entity in sorted(entities, key=lambda entity: (sort_key(entity.city or "~"), _key_of(entity), entity.id)):
        found.setdefault(entity.country or _NO_COUNTRY, []).append(entity)
    return dict(sorted(found.items(), key=lambda item: (item[0] == _NO_COUNTRY, sort_key(item[0]))))


_NO_COUNTRY = gettext_noop("Country not stated")


def _in_words(country: str) -> str:
    return gettext(_NO_COUNTRY) if country == _NO_COUNTRY else country


def _links_to(parts: list[_Part], plan: EntityList, linker: Linker) -> Iterator[ListSection]:
    """Yield sections with links to the pages of the parts, by their group."""
    groups: dict[str, list[Markdown]] = {}
    for part in parts:
        text = f"{part.title} ({format_number(len(part.entities))})"
        groups.setdefault(part.group, []).append(linker.to(linker.paths.part(plan.address, part.key), text))
    for group, links in groups.items():
        yield ListSection(group or gettext("By country"), pages=tuple(links))


def _sections(entities: list[Entity], plan: EntityList, linker: Linker) -> Iterator[ListSection]:
    if plan.kind == "place":
        countries = [entity for entity in entities if "country" in entity.roles]
        regions = [entity for entity in entities if "region" in entity.roles and "country" not in entity.roles]
        towns = [entity for entity in entities if not {"country", "region"} & set(entity.roles)]
        groups = [(gettext("Countries"), countries), (gettext("Regions"), regions), (gettext("Towns"), towns)]
    elif plan.roles == _AT_SITES:
        groups = [(_in_words(country), group) for country, group in _by_country(entities).items()]
    elif len(entities) > _FEW:
        letters: dict[str, list[Entity]] = {}
        for entity in entities:
            letters.setdefault(_prefix(entity, 1), []).append(entity)
        groups = [(_letters(key), group) for key, group in letters.items()]
    else:
        groups = [("", entities)]
    for title, group in groups:
        if group:
            yield ListSection(title, tuple(_entry(entity, plan, linker) for entity in group))


_FEW = 60
"""Up to so many names stand under one heading."""

FEWEST_TO_FILTER = 6
"""As in the script that makes the choices (``figures/main.js``)."""


def _entry(entity: Entity, plan: EntityList, linker: Linker) -> Entry:
    links = linker.catalog.links_of_entity(entity.kind, entity.id)
    studies = {link.study for link in links if plan.roles is None or link.role in plan.roles}
    number = len(studies or entity.studies)
    pieces = [escape(plural(number, "{n} trial", "{n} trials"))]
    opened: set[str] = set()
    for link in links:
        if link.study in studies and link.study not in opened and _is_open(link, linker):
            opened.add(link.study)
    open_ones = len(opened)
    if open_ones:
        pieces.append(escape(plural(open_ones, "{n} said to be recruiting", "{n} said to be recruiting")))
    if plan.show_place and (entity.city or entity.country):
        pieces.append(linker.text(", ".join(part for part in (entity.city, entity.country) if part)))
    if entity.kind in {"organization", "person"} and (plan.roles is None or len(plan.roles) > 1):
        roles = [role for role in ROLES if role in entity.roles and (plan.roles is None or role in plan.roles)]
        pieces.append(join([Markdown(f"<i>{escape(role_name(role))}</i>") for role in roles]))
    others = [item.text for item in entity.spellings if item.text != entity.name]
    if others and entity.kind in {"drug", "condition"}:
        pieces.append(linker.text(gettext("also {names}").format(names=", ".join(others[:4]))))
    if entity.possibly_same_as:
        doubt = escape(gettext("may be the same as another name"))
        pieces.append(Markdown(f'<span class="tag tag--doubt">{doubt}</span>'))
    meta = join([piece for piece in pieces if piece], " · ")
    return Entry(linker.entity(entity.kind, entity.id), meta, number, open_ones)


def _is_open(link: Link, linker: Linker) -> bool:
    """Say whether the trial recruits; for a site with a status of its own, whether that site does."""
    summary = linker.catalog.study_summary(link.study)
    if summary is None:
        return False
    code = summary.status_at(location_number(link.pointer)) if link.role == "site" else None
    return status(code or summary.status).group == "open"


_NO_LETTER = re.compile("[^a-z0-9]+")


def _prefix(entity: Entity, length: int) -> str:
    return _NO_LETTER.sub("", _key_of(entity))[:length] or _NO_LETTERS


_NO_LETTERS = "other"


def _letters(prefix: str) -> str:
    return gettext("OTHER") if prefix == _NO_LETTERS else prefix.upper()


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
        summary = linker.catalog.study_summary(identifier)
        if summary is not None:
            groups.setdefault(english_status(summary.status).label, []).append((identifier, summary))
    ranked = [
        (label, status(trials[0][1].status).label, trials)
        for label, trials in sorted(groups.items(), key=lambda item: (status(item[1][0][1].status).rank, item[0]))
    ]
    total, limit = len(outlines), linker.settings.list_limit
    lead = escape(
        plural(
            total,
            "{n} trial, grouped by the recruitment status that their documents give.",
            "{n} trials, grouped by the recruitment status that their documents give.",
        )
    )
    title, description = gettext("Trials"), front_matter(gettext("All trials of this catalog by recruitment status"))
    if total <= limit:
        sections = tuple(
            ListSection(f"{shown} ({len(trials)})", rows=tuple(trial_row(outlines[key], linker) for key, _ in trials))
            for _, shown, trials in ranked
        )
        yield address, ListView(front_matter(title), description, title, lead, sections)
        return
    links: list[Markdown] = []
    pages: list[tuple[PageAddress, str, list[_Trial]]] = []
    named = [
        (", ".join(filter(None, (label, key))), ", ".join(filter(None, (shown, year))), part)
        for label, shown, trials in ranked
        for key, year, part in _by_year(trials, limit)
    ]
    for own_key, (_, name, part) in zip(distinct_keys(key for key, _, _ in named), named, strict=True):
        part_address = linker.paths.part(address, own_key)
        links.append(linker.to(part_address, f"{name} ({format_number(len(part))})"))
        pages.append((part_address, name, part))
    newest = sorted(outlines, key=lambda key: (statement_date(outlines[key]) or "", key), reverse=True)[:_NEWEST]
    overview = (
        ListSection(gettext("By status"), pages=tuple(links)),
        ListSection(
            gettext("With the newest documents"), rows=tuple(trial_row(outlines[key], linker) for key in newest)
        ),
    )
    yield address, ListView(front_matter(title), description, title, lead, overview)
    all_trials = plural(total, "{n} trial", "{n} trials")
    for part_address, name, part in pages:
        here = linker_of(part_address)
        heading = gettext("Trials: {part}").format(part=name)
        section = ListSection(name, rows=tuple(trial_row(outlines[key], here) for key, _ in part))
        yield (
            part_address,
            ListView(
                front_matter(heading),
                description,
                heading,
                escape(gettext("{number} of {trials}.").format(number=format_number(len(part)), trials=all_trials)),
                (section,),
                here.to(address, gettext("All trials")),
            ),
        )


_NEWEST = 25
"""Trials that the list of a large catalog begins with."""

_Trial = tuple[str, StudySummary]


def _by_year(trials: list[_Trial], limit: int) -> Iterator[tuple[str, str, list[_Trial]]]:
    """Split trials of one status by the year of their start, and a full year further by place in it.

    Yield the key that the address of each part is made from, what it is called, and its trials.
    """
    if len(trials) <= limit:
        yield "", "", trials
        return
    years: dict[str, list[_Trial]] = {}
    for trial in trials:
        start = trial[1].start
        years.setdefault(start[:4] if start and start[:4].isdecimal() else "", []).append(trial)
    for year in sorted(years, reverse=True):
        group = years[year]
        key = f"started in {year}" if year else "start not stated"
        name = gettext("started in {year}").format(year=year) if year else gettext("start not stated")
        if len(group) <= limit:
            yield key, name, group
            continue
        for number, index in enumerate(range(0, len(group), limit), start=1):
            part = gettext("{name}, part {number}").format(name=name, number=number)
            yield f"{key}, part {number}", part, group[index : index + limit]
