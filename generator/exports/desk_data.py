"""The manager's desk as data: ``desk/trials.json`` for the page, ``desk/trials.csv`` for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from posixpath import dirname
from typing import cast

from generator.exports.studies_json import encode
from generator.exports.tables.cells import readable, written
from generator.language.messages import gettext
from generator.model.catalog import Catalog, Kind
from generator.model.pointers import Json
from generator.model.registry_words import english_status
from generator.model.study import Study
from generator.pages.lists.desk import DeskTrial, desk_trials
from generator.pages.paths import SitePaths
from generator.pages.text.escaping import one_line
from generator.pages.text.wording import status
from generator.studies.completeness import completeness_of

DESK = f"{dirname(SitePaths.desk.file)}/trials.json"
DESK_TABLE = f"{dirname(SitePaths.desk.file)}/trials.csv"

_HEADINGS = (
    "Number",
    "Title",
    "Sponsors",
    "Status",
    "Documents as of",
    "Status verified",
    "Completion",
    "Results would be due if 42 CFR 11 applies",
    "Values on which documents differ",
    "WHO items not stated",
    "Which WHO items",
    "Page",
)


def desk_files(catalog: Catalog, paths: SitePaths) -> Iterator[tuple[str, bytes]]:
    """Yield both files, each as its path inside the content folder and its content.

    The JSON is for the page, and so in the site's language; the table is English, as all data.  The JSON holds the
    names of WHO's items; the sponsors and the hospitals, each with name, address below the site's root and the places
    of its trials; and the trials, each with id, title, address, status in words and its look, dates (documents as of,
    completion, results due), number of contradictions, and numbers of the items that are missing.
    """
    trials = list(desk_trials(catalog))
    items = [item.name for item in completeness_of(Study())]
    yield DESK, _data(trials, items, catalog, paths)
    yield DESK_TABLE, _table(trials, items, catalog, paths)


def _data(trials: list[DeskTrial], items: list[str], catalog: Catalog, paths: SitePaths) -> bytes:
    sponsors: dict[tuple[Kind, str], list[int]] = {}
    hospitals: dict[tuple[Kind, str], list[int]] = {}
    rows: list[Json] = []
    for place, trial in enumerate(trials):
        for sponsor in trial.sponsors:
            sponsors.setdefault(sponsor, []).append(place)
        for hospital in trial.hospitals:
            hospitals.setdefault(("organization", hospital), []).append(place)
        summary, shown = trial.summary, status(trial.summary.status)
        rows.append(
            [
                trial.id,
                one_line(trial.title),
                _trial_url(trial.id, paths),
                one_line(shown.label),
                shown.group,
                summary.as_of or "",
                summary.end or "",
                summary.results_due or "",
                summary.contradictions,
                list(trial.missing),
            ]
        )
    return encode(
        {
            "items": [gettext(name) for name in items],
            "sponsors": _named(sponsors, catalog, paths),
            "hospitals": _named(hospitals, catalog, paths),
            "trials": rows,
        }
    )


def _named(found: dict[tuple[Kind, str], list[int]], catalog: Catalog, paths: SitePaths) -> Json:
    named: list[tuple[str, str, list[int]]] = []
    for (kind, identifier), places in found.items():
        page = paths.entity(kind, identifier)
        named.append((_name(kind, identifier, catalog), page.url if page else "", places))
    return [[name, url, cast("Json", places)] for name, url, places in sorted(named)]


def _name(kind: Kind, identifier: str, catalog: Catalog) -> str:
    return one_line(catalog.name_of(kind, identifier) or identifier)


def _trial_url(identifier: str, paths: SitePaths) -> str:
    page = paths.trial(identifier)
    return page.url if page else ""


def _table(trials: list[DeskTrial], items: list[str], catalog: Catalog, paths: SitePaths) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_HEADINGS)
    for trial in trials:
        summary = trial.summary
        cells = (
            trial.id,
            one_line(trial.title),
            "; ".join(_name(kind, identifier, catalog) for kind, identifier in trial.sponsors),
            one_line(english_status(summary.status).label),
            summary.as_of,
            summary.verified,
            summary.end,
            summary.results_due,
            summary.contradictions,
            len(trial.missing),
            "; ".join(items[number - 1] for number in trial.missing),
            _trial_url(trial.id, paths),
        )
        writer.writerow([written(readable(cell)) for cell in cells])
    return text.getvalue().encode()
