"""Everything that the page of a sponsor, hospital, person, drug, condition or place shows."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from generator.language.formats import format_number, plural
from generator.language.messages import gettext, ngettext, pgettext
from generator.model.catalog import Entity, EntityReference, Spelling
from generator.model.registry_words import ROLES
from generator.pages.entities.neighbours import Neighbours, neighbours
from generator.pages.entities.trials import TrialGroup, shown_links, trial_groups
from generator.pages.error_report import report_link
from generator.pages.figures.maps import Places, place_itself, places_of, site_map
from generator.pages.figures.timeline import start_years, timeline
from generator.pages.history import EventLine, event_lines
from generator.pages.links import Linker
from generator.pages.lists.list import FEWEST_TO_FILTER, sort_key
from generator.pages.paths import SitePaths
from generator.pages.registry_links import external
from generator.pages.text.escaping import NOTHING, Markdown, escape, external_link, front_matter, join, plain
from generator.pages.text.phrases import heading, timed
from generator.pages.text.wording import RULES, kind_name, role_name, rule_words, status, translated
from generator.pages.trial.history import feed_file
from generator.pages.trial.parts import Fact

_MOST_SOURCES = 4
"""More places than this of one spelling are counted, not listed: each trial's page has its own."""

_MOST_TOWNS = 24
"""Towns that are named beside a map."""

_MOST_CHANGES = 8
"""Changes that are shown; the feed has more."""

_FEW_TRIALS = 12
"""More trials than this stand below the pictures, so that the pictures are found."""

_SPONSOR_ROLES = frozenset({"leadSponsor", "collaborator", "sponsorWithoutRole", "responsibleParty"})
_INVESTIGATOR_ROLES = frozenset({"principalInvestigator", "studyChair", "studyDirector", "subInvestigator"})


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
    roles: tuple[str, ...]
    lead: Markdown
    note: Markdown
    facts: tuple[Fact, ...]
    groups: tuple[TrialGroup, ...]
    pictures_first: bool
    """True where the trials are so many that the pictures stand above them."""
    where: Markdown
    """Heading of the map: a hospital's or a person's trials run in other people's towns too."""
    map: Markdown
    towns: tuple[Markdown, ...]
    """What the map shows, as a list."""
    timeline: Markdown
    neighbours: tuple[Neighbours, ...]
    parts: tuple[Markdown, ...]
    narrower: tuple[Markdown, ...]
    """What lies under it: kinds of a condition, drugs of a class."""
    spellings: tuple[SpellingRow, ...]
    found_by: Markdown
    not_same: tuple[Markdown, ...]
    possibly_same: tuple[Markdown, ...]
    related: tuple[Markdown, ...]
    policy: Markdown
    changes: tuple[EventLine, ...]
    """What changed last in its trials."""
    feed: Markdown
    """The link to its feed, as HTML; nothing where there is no history."""
    report_link: Markdown

    @property
    def has_filter(self) -> bool:
        """True where there are so many trials that a choice by status, phase and year helps."""
        return sum(len(group.rows) for group in self.groups) >= FEWEST_TO_FILTER


def entity_view(entity: Entity, linker: Linker) -> EntityView:
    """Return the page of *entity*, as *linker* links it."""
    links = shown_links(entity, linker)
    identifiers = list(dict.fromkeys(item.study for item in links)) or list(entity.studies)
    studies = [key for key in identifiers if key in linker.catalog.outlines]
    roles = dict.fromkeys(item.role for item in links) or dict.fromkeys(entity.roles)
    places = _places(entity, studies, linker)
    several = len(studies) > 1
    is_place = entity.kind == "place"
    is_moving = entity.kind in {"organization", "person"}
    drawn = site_map(places, linker, several=several) if places else None
    return EntityView(
        front_title=front_matter(entity.name),
        front_description=front_matter(
            gettext("{kind}: {name}, in {trials}").format(
                kind=kind_name(entity.kind),
                name=entity.name,
                trials=plural(len(identifiers), "{n} trial", "{n} trials"),
            )
        ),
        title=escape(plain(entity.name)),
        kicker=_kicker(entity),
        roles=() if entity.kind == "place" else tuple(role_name(role) for role in ROLES if role in roles),
        lead=_lead(studies, len(identifiers), linker) + _mostly_written(entity, linker),
        note=linker.text(entity.note) if entity.note and not (drawn and entity.kind == "place") else NOTHING,
        facts=tuple(_facts(entity, linker)),
        groups=tuple(trial_groups(entity, linker)),
        pictures_first=len(studies) > _FEW_TRIALS,
        map=drawn or NOTHING,
        towns=tuple(_towns(places, linker)) if places and len(places.towns) > 1 else (),
        timeline=(timeline(studies, linker) if several else None) or NOTHING,
        neighbours=neighbours(entity, identifiers, linker) if several else (),
        parts=tuple(_reference(item, linker, with_trials=True) for item in _shown(entity.parts, linker)),
        narrower=tuple(_reference(item, linker, with_trials=True) for item in _shown(entity.narrower, linker)),
        spellings=tuple(_spellings(entity, linker)) if len(entity.spellings) > 1 else (),
        found_by=linker.text(", ".join(search_forms(entity))),
        not_same=tuple(_reference(item, linker) for item in _shown(entity.not_same_as, linker)),
        possibly_same=tuple(_reference(item, linker) for item in _shown(entity.possibly_same_as, linker)),
        related=tuple(_reference(item, linker) for item in _shown(entity.related, linker)) if not is_place else (),
        where=heading("Where its trials run") if is_moving else heading("Where"),
        policy=linker.to(linker.paths.names_policy, gettext("How names are joined")),
        changes=event_lines(linker.catalog.events_of_entity(entity.kind, entity.id), linker, _MOST_CHANGES)
        if linker.settings.history
        else (),
        feed=_feed(linker) if linker.settings.history else NOTHING,
        report_link=report_link(linker, f"{kind_name(entity.kind)}: {entity.name}", f"content/{linker.page.file}"),
    )


def _feed(linker: Linker) -> Markdown:
    words = escape(gettext("Feed of its trials"))
    return Markdown(f'<a href="{linker.page.to_file(feed_file(linker.page.url))}">{words}</a>')


def _lead(studies: list[str], trials: int, linker: Linker) -> Markdown:
    """Return in one sentence how much of the catalog the page is about."""
    text = plural(trials, "In {n} trial of this catalog.", "In {n} trials of this catalog.")
    years = sorted(start_years(studies, linker)) if len(studies) > 1 else []
    if len(years) > 1 and years[0] != years[-1]:
        text = gettext("In {trials} of this catalog, started between {first} and {last}.").format(
            trials=plural(trials, "{n} trial", "{n} trials"), first=years[0], last=years[-1]
        )
    return escape(text) + _said_open(studies, linker)


def _mostly_written(entity: Entity, linker: Linker) -> Markdown:
    """Return how documents write the name, where the page has the one that a vocabulary prefers."""
    if entity.mostly_written is None:
        return NOTHING
    sentence = gettext("Documents mostly write “{name}”.").format(name=linker.text(entity.mostly_written))
    return Markdown(f" {sentence}")


def _said_open(studies: list[str], linker: Linker) -> Markdown:
    """Return how many trials are said to recruit, and of when the newest of these statements is."""
    summaries = [summary for study in studies if (summary := linker.catalog.study_summary(study)) is not None]
    opened = [summary for summary in summaries if status(summary.status).group == "open"]
    if not opened:
        return NOTHING
    newest = max((summary.as_of for summary in opened if summary.as_of), default=None)
    if newest:
        if len(studies) == 1:
            sentence = gettext("It is said to be recruiting (newest statement: {date}).")
        else:
            sentence = ngettext(
                "{n} of them is said to be recruiting (newest statement: {date}).",
                "{n} of them are said to be recruiting (newest statement: {date}).",
                len(opened),
            )
    elif len(studies) == 1:
        sentence = gettext("It is said to be recruiting.")
    else:
        sentence = ngettext(
            "{n} of them is said to be recruiting.", "{n} of them are said to be recruiting.", len(opened)
        )
    when = timed(newest) if newest else NOTHING
    return Markdown(f" {sentence.format(n=format_number(len(opened)), date=when)}")


def _places(entity: Entity, studies: list[str], linker: Linker) -> Places | None:
    """Return what the map of the page shows; nothing where it would only repeat the map of the one trial."""
    roles = set(entity.roles)
    if entity.kind == "place":
        within = places_of(studies, linker, within=entity)
        return within if within.towns else place_itself(entity)
    if len(studies) < 2:
        return None
    if entity.kind == "organization" and "site" in roles and not roles & _SPONSOR_ROLES:
        own = places_of(studies, linker, within=entity)
        return own if len(own.towns) > 1 else None
    return places_of(studies, linker)


def _towns(places: Places, linker: Linker) -> list[Markdown]:
    """Return the towns of a map with their numbers of trials, and the countries without a known town."""
    found = [
        _with_trials(linker.entity("place", town.point.id), len(town.trials))
        for town in sorted(places.towns[:_MOST_TOWNS], key=lambda town: (-len(town.trials), sort_key(town.point.name)))
    ]
    more = len(places.towns) - _MOST_TOWNS
    if more > 0:
        found.append(linker.to(SitePaths.places, plural(more, "and {n} more town", "and {n} more towns")))
    return found


def _with_trials(name: Markdown, number: int) -> Markdown:
    trials = escape(plural(number, "{n} trial", "{n} trials"))
    return Markdown(f"{name} ({trials})")


def _kicker(entity: Entity) -> str:
    """Return what the entity is, in a few words."""
    roles = set(entity.roles)
    if entity.kind == "place":
        if "country" in roles:
            return gettext("Country")
        return gettext("Region") if "region" in roles else gettext("Town")
    if entity.kind == "organization":
        if roles & _SPONSOR_ROLES:
            if roles & _SPONSOR_ROLES == {"responsibleParty"}:
                return gettext("Responsible party and site") if "site" in roles else gettext("Responsible party")
            return gettext("Sponsor and site") if "site" in roles else gettext("Sponsor")
        return gettext("Site") if "site" in roles else gettext("Organization")
    if entity.kind == "person" and roles & _INVESTIGATOR_ROLES:
        return gettext("Investigator")
    return kind_name(entity.kind)


def _facts(entity: Entity, linker: Linker) -> list[Fact]:
    facts: list[Fact] = []
    place = ", ".join(part for part in (entity.city, entity.country) if part)
    if place and entity.kind != "place":
        facts.append(Fact(gettext("Where"), linker.text(place)))
    if entity.part_of:
        facts.append(Fact(gettext("Part of"), join([_reference(item, linker) for item in entity.part_of], "; ")))
    if entity.broader:
        facts.append(
            Fact(
                pgettext("a term of a vocabulary", "Broader"),
                join([_reference(item, linker) for item in entity.broader], "; "),
            )
        )
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
        shown = _with_trials(shown, len(trials))
    return Markdown(f"{shown}: {linker.text(translated(item.reason))}") if item.reason else shown


def _spellings(entity: Entity, linker: Linker) -> list[SpellingRow]:
    rows = []
    for item in entity.spellings:
        places = list(dict.fromkeys(linker.source(source) for source in sorted(set(item.sources))))
        more = len(places) - _MOST_SOURCES
        if more > 0:
            places = [*places[:_MOST_SOURCES], escape(plural(more, "and {n} more place", "and {n} more places"))]
        rows.append(
            SpellingRow(
                linker.text(item.text),
                rule_words(item.rule) if item.rule in RULES else item.rule,
                _reason(item, entity, linker),
                join(places, "; "),
            )
        )
    return rows


def _reason(item: Spelling, entity: Entity, linker: Linker) -> Markdown:
    """Return why a spelling is taken for the entity; the numbers in a vocabulary lead to it."""
    if item.rule == "own" or item.reason is None:
        return NOTHING
    text = linker.text(translated(item.reason))
    if item.rule == "vocabulary":
        for scheme, identifier in entity.identifiers.items():
            _, url = external(scheme, identifier)
            if url:
                text = Markdown(text.replace(f"({identifier})", f"({external_link(identifier, url)})"))
    return text


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
