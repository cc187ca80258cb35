"""What comes with the package: templates, and the pages and assets that a catalog begins with.

They lie beside ``generator/``, in the repository as in an installed package, where ``trial_catalog/`` holds all of them
(``docs/decisions/0060``).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]
"""The folder that holds ``generator/`` and what belongs to it."""

TEMPLATES = HOME / "templates"
"""``pages/`` has the templates of pages, ``theme/`` what overrides the theme, ``starter/`` what a new catalog
has, ``review/`` the page of the preview that asks about names."""

CONTENT = HOME / "content"
"""The hand-written pages and assets of every catalog; files of the same name in its own folder win."""

HAND_WRITTEN = ("about", "assets", "card", "compare", "search")
"""Folders inside the content folder that people write; everything else there is generated."""


def template_folders(catalog: Path) -> tuple[Path, ...]:
    """Return the folders of page templates, the one searched first in front: ``templates/pages`` beside ``mkdocs.yml``.

    *catalog* is the folder of ``mkdocs.yml``.
    """
    packaged, own = TEMPLATES / "pages", catalog / OWN_TEMPLATES
    has_own = own.is_dir() or own.with_name(LANGUAGES).is_dir()
    return (own, packaged) if has_own and own.resolve() != packaged else (packaged,)


def language_folders(templates: Sequence[Path]) -> tuple[Path, ...]:
    """Return the folders of languages that stand beside folders of page *templates*, in the same order."""
    return tuple(folder.with_name(LANGUAGES) for folder in templates)


LANGUAGES = "languages"
"""Beside the page templates: a folder for each language, with our messages and hand-written pages in it."""

OWN_TEMPLATES = "templates/pages"
"""Where a catalog keeps page templates of its own, beside its ``mkdocs.yml``."""
