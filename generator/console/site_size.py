"""The size of the built site, and whether a host publishes it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

LARGEST_SITE = 1_000_000_000
"""Bytes that GitHub Pages publishes at most."""
_NEAR = 0.9


@dataclass(frozen=True, slots=True)
class SiteSize:
    """Bytes and files of a site, and bytes by the folder at its top, the heaviest first."""

    files: int
    total: int
    by_folder: dict[str, int]


def measure(site: Path) -> SiteSize:
    """Return the size of everything below *site*."""
    files, by_folder = 0, dict[str, int]()
    for folder, _, names in os.walk(site):
        inside = Path(folder).relative_to(site).parts
        top = inside[0] if inside else "."
        files += len(names)
        by_folder[top] = by_folder.get(top, 0) + sum(Path(folder, name).stat().st_size for name in names)
    heaviest = sorted(by_folder.items(), key=lambda one: (-one[1], one[0]))
    return SiteSize(files, sum(by_folder.values()), dict(heaviest))


def size_warning(size: SiteSize) -> str | None:
    """Return what is heavy where a site comes near to what GitHub Pages publishes; None where all is well."""
    if size.total < LARGEST_SITE * _NEAR:
        return None
    heavy = ", ".join(f"{folder}/ {_megabytes(count)}" for folder, count in list(size.by_folder.items())[:4])
    return (
        f"The site has {_megabytes(size.total)}; GitHub Pages publishes at most {_megabytes(LARGEST_SITE)}. "
        f"Heaviest: {heavy}. The settings entity_pages, record_lines and list_rows make it smaller."
    )


def in_words(size: SiteSize) -> str:
    """Return files and size as a short text."""
    return f"{size.files} files, {_megabytes(size.total)}"


def _megabytes(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB"
