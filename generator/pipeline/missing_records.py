"""Trials that the catalog knows without a registry's own record."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.model.registry_numbers import RegistryNumber, recognise
from generator.pipeline.flow import open_cache
from generator.pipeline.processes import open_executor
from generator.pipeline.read import read, records_of
from generator.readers.known import reader_of
from generator.storage.cache import cache_file
from generator.studies.matching import match_facts

RECORD = 2
"""The highest rank of a layout that is a registry's own record: see ``studies.precedence``."""


def was_read(content: Path) -> bool:
    """Say whether a build has left beside *content* what it read, so that to look at it costs little."""
    return cache_file(content.resolve().parent / ".cache" / "content", content).is_file()


def known_from_pages_only(seeds: Path, content: Path) -> list[RegistryNumber]:
    """Return the numbers of the trials in *seeds* of which no document is a registry's own record, sorted.

    What a build left beside *content* is used, so that only new documents are read.
    """
    folder = content.resolve().parent / ".cache" / "content"
    with ExitStack() as open_things:
        if not cache_file(folder, content).is_file():
            folder = Path(open_things.enter_context(TemporaryDirectory(prefix="trial-catalog-")))
        cache = open_things.enter_context(open_cache(folder, content))
        executor = open_things.enter_context(open_executor())
        readings = read(seeds, cache, lambda _done, _all: None, executor)
        places = list(records_of(readings.documents))
        groups, _ = match_facts([document.records[index] for document, index in places])
        found = []
        for group in groups:
            layouts = {places[member][0].layout for member in group.members}
            number = recognise(group.id)
            if number is not None and not any(_is_record(layout) for layout in layouts):
                found.append(number)
        return found


def _is_record(layout: str | None) -> bool:
    reader = reader_of(layout or "")
    return reader is not None and 1 <= reader.rank <= RECORD
