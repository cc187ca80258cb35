"""What changed, for machines: ``api/changes.json`` and ``api/changes.csv``, one entry a value, the newest first."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import cast

from generator.exports.studies_json import encode
from generator.exports.tables.cells import Cell, readable, written
from generator.model.catalog import Catalog
from generator.model.change import Change, Event
from generator.model.pointers import Json
from generator.model.source import Source
from generator.pages.history import shown_changes

JSON, CSV = "api/changes.json", "api/changes.csv"

MOST = 5000
"""Events that the files hold, the newest; they say how many there are in all.  Each trial's page has all of its own."""

_COLUMNS = (
    *("study", "time", "commit", "kind", "action", "pointer", "item", "old", "new"),
    *("oldDocument", "oldLine", "newDocument", "newLine"),
)


def changes_files(catalog: Catalog, *, contacts: bool = True) -> Iterator[tuple[str, bytes]]:
    """Yield the files, each as its path inside the content folder and its content.

    With *contacts* false, changes of people and how to reach them are left out.
    """
    rows = catalog.events()
    entries = [
        _entry(event, change)
        for event in _events(catalog)
        for change in shown_changes(event, catalog, contacts=contacts)
    ]
    gap = {"gap": text} if (text := catalog.gap_of_history()) else {}
    changes: list[Json] = [{key: value for key, value in entry.items() if value is not None} for entry in entries]
    yield JSON, encode({"events": len(rows), "eventsHere": min(len(rows), MOST), **gap, "changes": changes})
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows([written(readable(cast("Cell", entry[column]))) for column in _COLUMNS] for entry in entries)
    yield CSV, table.getvalue().encode()


def _events(catalog: Catalog) -> Iterator[Event]:
    for row in catalog.events()[:MOST]:
        for event in catalog.events_of_study(row.study):
            if (event.commit, event.time) == (row.commit, row.time):
                yield event


def _entry(event: Event, change: Change) -> dict[str, Json]:
    old, new = _place(change.old_source), _place(change.new_source)
    return {
        "study": event.study,
        "time": event.time,
        "commit": event.commit,
        "kind": change.kind,
        "action": change.action,
        "pointer": change.pointer or None,
        "item": change.item,
        "old": change.old,
        "new": change.new,
        "oldDocument": old[0],
        "oldLine": old[1],
        "newDocument": new[0],
        "newLine": new[1],
    }


def _place(source: Source | None) -> tuple[str | None, int | None]:
    return (source.document, source.first_line) if source is not None else (None, None)
