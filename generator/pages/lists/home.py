"""The home page: what the catalog holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.identity.countries import is_country, stands_for_country
from generator.model.catalog import statement_date
from generator.model.study import Study
from generator.pages.figures.maps import places_of, site_map
from generator.pages.links import Linker
from generator.pages.lists.catalog_figures import catalog_figures
from generator.pages.lists.list import ENTITY_LISTS, listed
from generator.pages.lists.rows import TrialRow, trial_row
from generator.pages.paths import PageAddress, SitePaths
from generator.pages.text.escaping import NOTHING, Markdown, escape, front_matter
from generator.pages.text.wording import count, status

_MOST_ROWS = 6


@dataclass(frozen=True)
class Figure:
    """A number with the list that it counts."""

    number: str
    label: Markdown


@dataclass(frozen=True)
class Doorway:
    """Where one kind of reader may want to begin."""

    who: str
    want: Markdown


@dataclass(frozen=True)
class HomeView:
    """The home page, ready to print."""

    front_title: str
    front_description: str
    title: Markdown
    figures: tuple[Figure, ...]
    recruiting: tuple[TrialRow, ...]
    """Those that newer documents say to be recruiting, the newest first."""
    older: tuple[TrialRow, ...]
    """Those of which the statement is surely older than a year; a script puts more there by the reader's clock."""
    all_recruiting: Markdown
    latest: tuple[TrialRow, ...]
    doorways: tuple[Doorway, ...]
    map: Markdown
    places: Markdown
    charts: tuple[Markdown, ...]
    graph: Markdown
    truth: tuple[Figure, ...]
    news: Markdown
    """The link to what changed; nothing where there is no history."""
    about: Markdown


def home_view(linker: Linker) -> HomeView:
    """Return the home page."""
    outlines = linker.catalog.outlines
    opened, dated = _latest(outlines.values())
    newest = statement_date(outlines[dated[0]]) if dated else None
    fresh = [identifier for identifier in opened if not _is_old(statement_date(outlines[identifier]), newest)]
    older = [identifier for identifier in opened if identifier not in set(fresh)]
    title = linker.settings.title
    return HomeView(
        front_title=front_matter(title),
        front_description=front_matter(
            f"{title}: clinical trials, each value with the document and line it comes from"
        ),
        title=escape(title),
        figures=tuple(_figures(linker)),
        recruiting=tuple(trial_row(outlines[identifier], linker) for identifier in fresh[:_MOST_ROWS]),
        older=tuple(trial_row(outlines[identifier], linker) for identifier in older[:_MOST_ROWS]),
        all_recruiting=_all_recruiting(linker),
        latest=tuple(trial_row(outlines[identifier], linker) for identifier in dated[:_MOST_ROWS]),
        doorways=tuple(_doorways(linker)),
        map=site_map(places_of(outlines, linker), linker, several=True) or NOTHING,
        places=linker.to(SitePaths.places, "All countries, regions and towns"),
        charts=tuple(catalog_figures(linker)),
        graph=linker.to(SitePaths.graph, "Connections: who shares what"),
        truth=tuple(_truth(linker)),
        news=linker.to(SitePaths.changes, "What is new, by week") if linker.settings.history else NOTHING,
        about=linker.to(SitePaths.about, "How this catalog is made"),
    )


def _latest(studies: Iterable[Study]) -> tuple[list[str], list[str]]:
    """Return the ids of those that are open, and of those with a date; the newest first."""
    opened: list[tuple[str, str]] = []
    dated: list[tuple[str, str]] = []
    for study in studies:
        date, identifier = statement_date(study), study.catalog_section.id or ""
        # Digits are turned round so that the newest date and, within it, the first id come first.
        key = (date or "0000").translate(_TURNED) + "~", identifier
        if status(study.protocol_section.status_module.overall_status).group == "open":
            opened.append(key)
        if date:
            dated.append(key)
    return [identifier for _, identifier in sorted(opened)], [identifier for _, identifier in sorted(dated)]


def _is_old(date: str | None, newest: str | None) -> bool:
    """Say whether a statement is older than a year whatever day it is: a year older than the newest document."""
    return date is None or (newest is not None and date[:7] < f"{int(newest[:4]) - 1:04}{newest[4:7]}")


def _all_recruiting(linker: Linker) -> Markdown:
    """Return the link to all trials that are said to be recruiting, with their number, as the search counts them."""
    glances = map(linker.catalog.glance, linker.catalog.outlines)
    number = sum(glance is not None and glance.status == "RECRUITING" for glance in glances)
    if not number:
        return NOTHING
    href = f"{linker.page.href_to(SitePaths.search)}?status=RECRUITING"
    words = "The one trial that is" if number == 1 else f"All {number:,} trials that are"
    return _html_link(href, f"{words} said to be recruiting, with filters")


_TURNED = str.maketrans("0123456789", "9876543210")


def _figures(linker: Linker) -> list[Figure]:
    figures = [_figure(linker, len(linker.catalog.studies), SitePaths.trials, ("trial", "trials"))]
    wanted = (SitePaths.drugs, SitePaths.conditions, SitePaths.sponsors, SitePaths.investigators, SitePaths.sites)
    plans = {plan.address: plan for plan in ENTITY_LISTS}
    for address in wanted:
        plan = plans[address]
        number = len(listed(linker.catalog.entities_of_kind(plan.kind), plan, linker.paths))
        figures.append(
            _figure(linker, number, address, plan.noun if plan.kind != "drug" else ("intervention", "interventions"))
        )
    figures.append(_countries(linker))
    figures.append(_figure(linker, len(linker.catalog.documents), SitePaths.documents, ("document", "documents")))
    return figures


def _countries(linker: Linker) -> Figure:
    """Return the number of countries; what stands in a country's place and is none is counted apart."""
    named = [entity.name for entity in linker.catalog.entities_of_kind("place") if "country" in entity.roles]
    figure = _figure(linker, sum(map(is_country, named)), SitePaths.places, ("country", "countries"))
    unknown = len(named) - sum(map(stands_for_country, named))
    if not unknown:
        return figure
    link = linker.to(SitePaths.flags, f"{count(unknown, 'name')} not recognised")
    return Figure(figure.number, Markdown(f"{figure.label}<br><small>{link}</small>"))


def _figure(linker: Linker, number: int, address: PageAddress, noun: tuple[str, str]) -> Figure:
    return Figure(f"{number:,}", linker.to(address, noun[0] if number == 1 else noun[1]))


def _doorways(linker: Linker) -> list[Doorway]:
    recruiting = _html_link(f"{linker.page.href_to(SitePaths.search)}?status=RECRUITING", "what is recruiting")
    condition = linker.to(SitePaths.conditions, "condition")
    place = linker.to(SitePaths.places, "country or town")
    hospital = linker.to(SitePaths.sites, "hospital")
    investigators = linker.to(SitePaths.investigators, "investigators")
    mend = linker.to(SitePaths.mend, "errors can be mended")
    sponsor = linker.to(SitePaths.sponsors, "sponsor")
    flags = linker.to(SitePaths.flags, "to-do list")
    search = _html_link(linker.page.href_to(SitePaths.search), "search")
    document = linker.to(SitePaths.documents, "document")
    names = linker.to(SitePaths.names_policy, "How names are joined")
    absences = linker.to(SitePaths.absences, "what it means when something is missing")
    graph = linker.to(SitePaths.graph, "go from trial to trial")
    return [
        Doorway(
            "Patients and families",
            Markdown(
                f"See {recruiting}, also near your town, or begin with a {condition} or a {place}. "
                "Take the page to your doctor: nothing here is medical advice."
            ),
        ),
        Doorway(
            "Research nurses and physicians",
            Markdown(
                f"Find your {hospital}: its page says what is open there and whom to call, "
                "with a card to print for each trial."
            ),
        ),
        Doorway(
            "Consortium managers",
            Markdown(
                f"The {flags} has stale statuses, overdue results and contradictions, each with the line to check. "
                f"Or go by {sponsor}."
            ),
        ),
        Doorway(
            "Librarians and reviewers",
            Markdown(
                f"A {search} has an address that can be sent, repeated and cited. Every value leads to its line in a "
                f"{document}. {names} is written down, and so is {absences}."
            ),
        ),
        Doorway(
            "Investigators",
            Markdown(
                f"Look yourself up among the {investigators}: your page says which spellings of your name were joined "
                f"and why; {mend}. Or {graph} over shared drugs, people and hospitals."
            ),
        ),
    ]


def _html_link(href: str, words: str) -> Markdown:
    """Return a link to a page whose address says more than a file: no renderer of Markdown has to check it."""
    return Markdown(f'<a href="{href}">{escape(words)}</a>')


def _truth(linker: Linker) -> list[Figure]:
    totals = linker.catalog.totals()
    return [
        Figure(f"{totals.values:,}", escape("values with their document and line")),
        Figure(f"{totals.inferred:,}", escape("of them inferred: marked so where they stand")),
        Figure(f"{totals.contradictions:,}", escape("places where documents differ")),
        Figure(f"{totals.flags:,}", escape("remarks to read with care")),
        Figure(f"{totals.unread:,}", escape("lines not understood")),
    ]
