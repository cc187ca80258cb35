"""The size of the built site, and whether it keeps its budget.

GitHub Pages holds 1 GB.  The budget is what lets 25,000 trials fit: a part for the theme and the search, which every
site has, and 40 KB for each trial with all that belongs to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator.store.trees import Tree, look_at

FIXED_BYTES = 12 * 1024 * 1024
"""Theme, search engine and hand-written pages, which do not grow with the catalog."""
BYTES_PER_TRIAL = 40 * 1024
LARGEST_SITE = 1_000_000_000
"""Bytes that GitHub Pages publishes at most."""


@dataclass(frozen=True, slots=True)
class SiteSize:
    """Bytes and files of a site, and bytes by the folder at its top."""

    files: int
    total: int
    by_folder: dict[str, int]


def measure(site: Path) -> SiteSize:
    """Return the size of everything below *site*."""
    return size_of(look_at(str(site)))


def size_of(site: Tree) -> SiteSize:
    """Return the size of a site that was looked at."""
    heaviest = sorted(site.by_folder.items(), key=lambda one: (-one[1], one[0]))
    return SiteSize(site.files, site.total, dict(heaviest))


def budget_warning(size: SiteSize, trials: int) -> str | None:
    """Return what is over the budget for this number of *trials*, and what is heavy; None where all is well."""
    budget = min(FIXED_BYTES + BYTES_PER_TRIAL * trials, LARGEST_SITE)
    if size.total <= budget:
        return None
    heavy = ", ".join(f"{folder}/ {_megabytes(count)}" for folder, count in list(size.by_folder.items())[:4])
    limit = " GitHub Pages would refuse it." if size.total > LARGEST_SITE else ""
    return (
        f"The site has {_megabytes(size.total)}, more than its budget of {_megabytes(budget)} for {trials} trials."
        f"{limit} Heaviest: {heavy}."
    )


def in_words(size: SiteSize) -> str:
    """Return files and size as a short text."""
    return f"{size.files} files, {_megabytes(size.total)}"


def _megabytes(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB"
