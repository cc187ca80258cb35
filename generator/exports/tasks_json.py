"""Whose tasks stand where in the to-do list, ``flags/tasks.json``: by it the browser shows those of one sponsor."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from posixpath import dirname
from typing import cast

from generator.exports.studies_json import encode
from generator.model.catalog import Catalog, Kind
from generator.model.pointers import Json
from generator.pages.lists.flags import flag_kinds, sponsors_of
from generator.pages.paths import SitePaths
from generator.pages.text.escaping import one_line
from generator.search.texts import other_spellings

TASKS = f"{dirname(SitePaths.flags.file)}/tasks.json"

_MOST_SPELLINGS = 12


def tasks_data(catalog: Catalog, limit: int) -> bytes:
    """Return the file's content; *limit* is the number of flags that a page of the list holds.

    It holds the number of all flags; the kinds, each with its code and the pages of its own, if it has any, below the
    site's root; and the sponsors, each with name, other spellings and, for each kind in which they have flags, the
    place of the kind followed by the first and last number of each run of flags.
    """
    kinds = flag_kinds(catalog, limit)
    found: dict[tuple[Kind, str], dict[int, list[int]]] = {}
    for place, kind in enumerate(kinds):
        for number, entry in enumerate(kind.entries, start=1):
            for sponsor in sponsors_of(entry, catalog):
                found.setdefault(sponsor, {}).setdefault(place, []).append(number)
    sponsors = sorted((_names(*sponsor, catalog), sponsor) for sponsor in found)
    return encode(
        {
            "flags": sum(len(kind.entries) for kind in kinds),
            "limit": limit,
            "kinds": [[kind.code, [page.url for page in kind.pages]] for kind in kinds],
            "sponsors": cast(
                "Json",
                [
                    [name, others, *([place, *_runs(numbers)] for place, numbers in found[sponsor].items())]
                    for (name, others), sponsor in sponsors
                ],
            ),
        }
    )


def _runs(numbers: list[int]) -> Iterator[int]:
    """Yield the first and last of the numbers that follow one another."""
    for _, run in groupby(enumerate(numbers), key=lambda item: item[1] - item[0]):
        together = [number for _, number in run]
        yield from (together[0], together[-1])


def _names(kind: Kind, identifier: str, catalog: Catalog) -> tuple[str, list[str]]:
    """Return what a sponsor is called, and its other spellings."""
    entity = catalog.entities.get((kind, identifier))
    if entity is None:
        return identifier, []
    return one_line(entity.name), other_spellings(entity)[:_MOST_SPELLINGS]
