"""What comes with the package: templates, and the pages and assets that a catalog begins with."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def _packaged(name: str) -> Path:
    """Return a folder that comes with the package: inside it where it is installed, beside it in the repository."""
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


TEMPLATES = _packaged("templates")
"""The templates of pages, and what the theme's are overridden with."""

CONTENT = _packaged("content")
"""The hand-written pages and assets of every catalog; files of the same name in its own folder win."""

HAND_WRITTEN = ("about", "assets", "card", "compare", "search")
"""Folders inside the content folder that people write; everything else there is generated."""
