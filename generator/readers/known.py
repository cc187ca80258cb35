"""The readers that are installed: ours and those of other packages, found in the same way.

A package declares its readers as entry points, a line each::

    [project.entry-points."trial_catalog.readers"]
    my-layout = "my_package.my_module:READER"

The name of an entry point is the layout's name.  A document goes to the one reader that recognises it, so their order
does not count; only readers that say ``last_resort`` wait until no other one recognises it.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import cast

from generator.readers import layouts
from generator.readers.reader import Reader

GROUP = "trial_catalog.readers"
"""The entry points under which readers are declared."""

LOWEST_RANK = 7

_INSTALL = "Install it again, in its checkout for instance with: pip install --no-deps -e ."


class ReaderError(ValueError):
    """A reader cannot be used; the message names it and its package, and says what to do."""


@cache
def all_readers() -> tuple[Reader, ...]:
    """Return all readers that are installed, by layout, those of last resort behind the others.

    Raises ReaderError where one of them cannot be used, or where trial-catalog itself is not wholly installed.
    """
    points = entry_points(group=GROUP)
    _check_own(points)
    return in_order(load(points))


def reader_of(layout: str) -> Reader | None:
    """Return the reader of *layout*, or None where none is installed (any more)."""
    return _by_layout().get(layout)


@cache
def _by_layout() -> dict[str, Reader]:
    return {reader.layout: reader for reader in all_readers()}


def load(points: Iterable[EntryPoint]) -> list[Reader]:
    """Return the readers that *points* name.

    Raises ReaderError for one that cannot be imported, or lacks what the other packages ask of it.
    """
    found: dict[str, Reader] = {}
    for point in points:
        named = f"The reader {point.name!r} of the package {point.dist.name if point.dist else '(unknown)'}"
        try:
            reader: object = point.load()
        except Exception as error:
            told = f"{type(error).__name__}: {error}"
            raise ReaderError(f"{named} cannot be loaded ({told}). Update or uninstall the package") from error
        if missing := _missing(reader, point.name):
            raise ReaderError(f"{named} {missing}. Update or uninstall the package")
        if point.name in found:
            raise ReaderError(f"{named} has the layout of another reader. Uninstall one of the two packages")
        found[point.name] = cast("Reader", reader)
    return list(found.values())


def _missing(reader: object, layout: str) -> str | None:
    """Return what *reader* lacks, as the end of a sentence; None where it lacks nothing."""
    if not isinstance(reader, Reader):
        return "is no object of a class that is made from generator.readers.reader.Reader"
    if getattr(reader, "layout", None) != layout:
        return f"needs layout = {layout!r}, the name of its entry point"
    rank = getattr(reader, "rank", None)
    if not isinstance(rank, int) or rank not in range(LOWEST_RANK + 1):
        return f"needs a rank from 0 to {LOWEST_RANK}, which says how far it is believed"
    if not getattr(reader, "title", ""):
        return "needs a title, which pages print"
    if not getattr(reader, "description", ""):
        return "needs a description, which says what is read and what is not"
    return None


def in_order(readers: Iterable[Reader]) -> tuple[Reader, ...]:
    """Return *readers* by layout; those of last resort come last, by rank."""
    return tuple(sorted(readers, key=lambda one: (one.last_resort, one.rank if one.last_resort else 0, one.layout)))


def _check_own(points: Iterable[EntryPoint]) -> None:
    """Raise ReaderError where the installed metadata are older than this code: a layout of ours is not declared."""
    declared = {point.module for point in points}
    for module in pkgutil.iter_modules(layouts.__path__, f"{layouts.__name__}."):
        if not any(f"{name}.".startswith(f"{module.name}.") for name in declared):
            raise ReaderError(f"trial-catalog was installed before {module.name} was added to it. {_INSTALL}")
