"""The home page: what the catalog holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from generator.identity.countries import is_country, stands_for_country
from generator.language.formats import format_number, plural
from generator.language.messages import gettext, ngettext
from generator.model.catalog import statement_date
from generator.model.study import Study
from generator.pages.figures.maps import places_of, site_map
from generator.pages.links import Linker
from generator.pages.lists.catalog_figures import catalog_figures
from generator.pages.lists.list import ENTITY_LISTS, listed
from generator.pages.lists.rows import TrialRow, trial_row
from generator.pages.paths import PageAddress, SitePaths
from generator.pages.text.escaping import NOTHING, Markdown, escape, front_matter
from generator.pages.text.wording import status

_MOST_ROWS = 6


@dataclass(frozen=True)
class Figure:
    """A number with the list that it counts."""

    number: str
    label: Markdown


@dataclass(frozen=True)
class StartingPoint:
    """Where one kind of reader may want to begin."""

    reader: str
    task: Markdown


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
    starting_points: tuple[StartingPoint, ...]
    map: Markdown
    places: Markdown
    charts: tuple[Markdown, ...]
    graph: Markdown
    sourcing: tuple[Figure, ...]
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
            gettext("{title}: clinical trials, each value with the document and line it comes from").format(title=title)
        ),
        title=escape(title),
        figures=tuple(_figures(linker)),
        recruiting=tuple(trial_row(outlines[identifier], linker) for identifier in fresh[:_MOST_ROWS]),
        older=tuple(trial_row(outlines[identifier], linker) for identifier in older[:_MOST_ROWS]),
        all_recruiting=_all_recruiting(linker),
        latest=tuple(trial_row(outlines[identifier], linker) for identifier in dated[:_MOST_ROWS]),
        starting_points=tuple(_starting_points(linker)),
        map=site_map(places_of(outlines, linker), linker, several=True) or NOTHING,
        places=linker.to(SitePaths.places, gettext("All countries, regions and towns")),
        charts=tuple(catalog_figures(linker)),
        graph=linker.to(SitePaths.graph, gettext("Connections: who shares what")),
        sourcing=tuple(_sourcing(linker)),
        news=linker.to(SitePaths.changes, gettext("What is new, by week")) if linker.settings.history else NOTHING,
        about=linker.to(SitePaths.about, gettext("How this catalog is made")),
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
    summaries = map(linker.catalog.study_summary, linker.catalog.outlines)
    number = sum(summary is not None and summary.status == "RECRUITING" for summary in summaries)
    if not number:
        return NOTHING
    href = f"{linker.page.href_to(SitePaths.search)}?status=RECRUITING"
    words = plural(
        number,
        "The one trial that is said to be recruiting, with filters",
        "All {n} trials that are said to be recruiting, with filters",
    )
    return Markdown(f'<a href="{href}">{escape(words)}</a>')


_TURNED = str.maketrans("0123456789", "9876543210")


def _figures(linker: Linker) -> list[Figure]:
    number = len(linker.catalog.studies)
    figures = [_figure(linker, number, SitePaths.trials, ngettext("trial", "trials", number))]
    plans = {plan.address: plan for plan in ENTITY_LISTS}
    for address, noun in _COUNTED.items():
        plan = plans[address]
        number = len(listed(linker.catalog.entities_of_kind(plan.kind), plan, linker.paths))
        figures.append(_figure(linker, number, address, noun(number)))
    figures.append(_countries(linker))
    number = len(linker.catalog.documents)
    figures.append(_figure(linker, number, SitePaths.documents, ngettext("document", "documents", number)))
    return figures


_COUNTED: dict[PageAddress, Callable[[int], str]] = {
    SitePaths.drugs: lambda number: ngettext("intervention", "interventions", number),
    SitePaths.conditions: lambda number: ngettext("condition", "conditions", number),
    SitePaths.sponsors: lambda number: ngettext("sponsor", "sponsors", number),
    SitePaths.investigators: lambda number: ngettext("investigator", "investigators", number),
    SitePaths.sites: lambda number: ngettext("site", "sites", number),
}
"""Lists of names that are counted here, and what stands below their numbers."""


def _countries(linker: Linker) -> Figure:
    """Return the number of countries; what stands in a country's place and is none is counted apart."""
    named = [entity.name for entity in linker.catalog.entities_of_kind("place") if "country" in entity.roles]
    number = sum(map(is_country, named))
    figure = _figure(linker, number, SitePaths.places, ngettext("country", "countries", number))
    unknown = len(named) - sum(map(stands_for_country, named))
    if not unknown:
        return figure
    link = linker.to(SitePaths.flags, plural(unknown, "{n} name not recognised", "{n} names not recognised"))
    return Figure(figure.number, Markdown(f"{figure.label}<br><small>{link}</small>"))


def _figure(linker: Linker, number: int, address: PageAddress, noun: str) -> Figure:
    return Figure(format_number(number), linker.to(address, noun))


def _starting_points(linker: Linker) -> list[StartingPoint]:
    page = linker.page
    search = page.href_to(SitePaths.search)
    return [
        StartingPoint(
            gettext("Patients and families"),
            Markdown(
                gettext(
                    'See <a href="{recruiting}">what is recruiting</a>, also near your town, or begin with a '
                    "[condition]({conditions}) or a [country or town]({places}). Take the page to your doctor: nothing "
                    "here is medical advice."
                ).format(
                    recruiting=f"{search}?status=RECRUITING",
                    conditions=page.link_to(SitePaths.conditions),
                    places=page.link_to(SitePaths.places),
                )
            ),
        ),
        StartingPoint(
            gettext("Research nurses and physicians"),
            Markdown(
                gettext(
                    "Find your [hospital]({sites}): its page says what is open there and whom to call, with a card to "
                    "print for each trial."
                ).format(sites=page.link_to(SitePaths.sites))
            ),
        ),
        StartingPoint(
            gettext("Consortium managers"),
            Markdown(
                gettext(
                    "The [to-do list]({flags}) has stale statuses, overdue results and contradictions, each with the "
                    "line to check. Or go by [sponsor]({sponsors})."
                ).format(flags=page.link_to(SitePaths.flags), sponsors=page.link_to(SitePaths.sponsors))
            ),
        ),
        StartingPoint(
            gettext("Librarians and reviewers"),
            Markdown(
                gettext(
                    'A <a href="{search}">search</a> has an address that can be sent, repeated and cited. Every value '
                    "leads to its line in a [document]({documents}). [How names are joined]({names}) is written down, "
                    "and so is [what it means when something is missing]({absences})."
                ).format(
                    search=search,
                    documents=page.link_to(SitePaths.documents),
                    names=page.link_to(SitePaths.names_policy),
                    absences=page.link_to(SitePaths.absences),
                )
            ),
        ),
        StartingPoint(
            gettext("Investigators"),
            Markdown(
                gettext(
                    "Look yourself up among the [investigators]({investigators}): your page says which spellings of "
                    "your name were joined and why; [errors can be mended]({report}). Or [go from trial to trial]"
                    "({graph}) over shared drugs, people and hospitals."
                ).format(
                    investigators=page.link_to(SitePaths.investigators),
                    report=page.link_to(SitePaths.report_error),
                    graph=page.link_to(SitePaths.graph),
                )
            ),
        ),
    ]


def _sourcing(linker: Linker) -> list[Figure]:
    totals = linker.catalog.totals()
    return [
        Figure(format_number(totals.values), escape(gettext("values with their document and line"))),
        Figure(format_number(totals.inferred), escape(gettext("of them inferred: marked so where they stand"))),
        Figure(format_number(totals.contradictions), escape(gettext("places where documents differ"))),
        Figure(format_number(totals.flags), escape(gettext("flags to read with care"))),
        Figure(format_number(totals.unread), escape(gettext("lines not understood"))),
    ]
