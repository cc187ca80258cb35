"""The manager's desk: what a trial's sponsor or hospital may have to put right at its registry, in one table.

The table has dates, never ages: the reader's browser says how long ago a date is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.language.formats import format_number, plural
from generator.language.messages import gettext
from generator.model.catalog import Catalog, Kind, StudySummary
from generator.pages.links import Linker
from generator.pages.paths import SitePaths
from generator.pages.text.escaping import NOTHING, Markdown, escape, front_matter, join
from generator.pages.text.phrases import iso_date, status_chip

_SPONSORS = frozenset({"leadSponsor", "sponsorWithoutRole"})
_RESPONSIBLE = frozenset({"responsibleParty"})
_SITES = frozenset({"site"})

_ETHICS, _RESULTS = 21, 23
"""Items of WHO's data set: the first is no field of ClinicalTrials.gov, and the other has a column of its own."""


@dataclass(frozen=True)
class DeskTrial:
    """What the desk knows of one trial."""

    id: str
    title: str
    summary: StudySummary
    missing: tuple[int, ...]
    """Numbers of the items of WHO's data set that no document states and that its registry asks for."""
    sponsors: tuple[tuple[Kind, str], ...]
    """Who sponsors it, else who is its responsible party."""
    hospitals: tuple[str, ...]

    @property
    def order(self) -> tuple[str, str, str]:
        """What the trials are sorted by: those with results due first, then by the age of their documents."""
        return self.summary.results_due or "~", self.summary.as_of or "~", self.id


@dataclass(frozen=True)
class DeskRow:
    """A trial of the table, ready to print."""

    trial: Markdown
    sponsors: Markdown
    status: Markdown
    as_of: Markdown
    due: Markdown
    contradictions: Markdown
    missing: Markdown


@dataclass(frozen=True)
class DeskView:
    """The page, ready to print."""

    front_title: str
    front_description: str
    lead: Markdown
    rows: tuple[DeskRow, ...]
    rest: Markdown
    """What is said where not all trials stand here."""
    to_do: Markdown
    """The sentence that leads to the to-do list."""


def desk_trials(catalog: Catalog) -> Iterator[DeskTrial]:
    """Yield all trials of *catalog*, in the order of their ids."""
    for identifier in catalog.studies:
        summary, title = catalog.study_summary(identifier), catalog.title(identifier)
        if summary is None or title is None:
            continue
        links = catalog.links_of_study(identifier)
        named = [link for link in links if link.role in _SPONSORS] or [
            link for link in links if link.role in _RESPONSIBLE
        ]
        skipped = {_RESULTS, _ETHICS} if identifier.startswith("NCT") else {_RESULTS}
        yield DeskTrial(
            id=identifier,
            title=title,
            summary=summary,
            missing=tuple(number for number in summary.missing if number not in skipped),
            sponsors=tuple(dict.fromkeys((link.kind, link.entity) for link in named)),
            hospitals=tuple(
                dict.fromkeys(link.entity for link in links if link.role in _SITES and link.kind == "organization")
            ),
        )


def desk_view(linker: Linker) -> DeskView:
    """Return the page with the trials that come first; the browser shows the others, and sorts them."""
    trials = sorted(desk_trials(linker.catalog), key=lambda trial: trial.order)
    limit = linker.settings.list_limit
    about = gettext("What a registry's record of a trial may lack: news, results, agreement, items of WHO's data set.")
    scope = gettext("For one sponsor, one hospital, or the whole catalog.")
    rest = ""
    if len(trials) > limit:
        rest = gettext("These are {number} of {trials}. The table for spreadsheets has all.").format(
            number=format_number(limit), trials=plural(len(trials), "{n} trial", "{n} trials")
        )
    return DeskView(
        front_title=front_matter(gettext("Manager’s desk")),
        front_description=front_matter(about),
        lead=escape(f"{about} {scope}"),
        rows=tuple(_row(trial, linker) for trial in trials[:limit]),
        rest=escape(rest),
        to_do=Markdown(
            gettext("What the maintainers of the documents can put right stands in [the to-do list]({flags}).").format(
                flags=linker.page.link_to(SitePaths.flags)
            )
        ),
    )


def _row(trial: DeskTrial, linker: Linker) -> DeskRow:
    summary = trial.summary
    return DeskRow(
        trial=join([linker.trial(trial.id, trial.title), escape(trial.id)], Markdown("<br>")),
        sponsors=join([linker.entity(kind, identifier) for kind, identifier in trial.sponsors]),
        status=status_chip(summary.status, summary.as_of or "", summary.end),
        as_of=iso_date(summary.as_of) if summary.as_of else escape(gettext("undated")),
        due=iso_date(summary.results_due) if summary.results_due else NOTHING,
        contradictions=escape(format_number(summary.contradictions)) if summary.contradictions else NOTHING,
        missing=escape(f"{len(trial.missing)}") if trial.missing else NOTHING,
    )
