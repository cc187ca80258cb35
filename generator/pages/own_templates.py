"""Templates of a catalog's own, in front of the packaged ones: copied to be changed, and compared after an upgrade.

A copied template bears, in its first line, a digest of what it was copied from.  When a new version changes the
packaged template, the copy is named: it goes on to be used, but may lack what the new one has.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError
from rapidfuzz import process

from generator.folders import OWN_TEMPLATES, TEMPLATES
from generator.model.problem import Problem

_MARK = re.compile(r"\{#- Copied from trial-catalog (\S+), digest ([0-9a-f]{16})\.[^\n]*-#\}\n")
_NAMED = re.compile(r"""\{%-?\s*(?:include|import|from|extends)\s*["']([^"']+)["']""")


@dataclass(frozen=True, slots=True)
class Packaged:
    """A template that comes with the package."""

    name: str
    """Inside its folder, such as ``home.md.j2`` or ``partials/footer.html``."""
    file: Path
    is_theme: bool
    """Whether it is a part of the theme, and not of the pages."""


def packaged_templates() -> dict[str, Packaged]:
    """Return all templates that can be copied, by their names."""
    found = {}
    for folder, is_theme in (("pages", False), ("theme", True)):
        for file in sorted((TEMPLATES / folder).rglob("*")):
            if file.is_file():
                name = file.relative_to(TEMPLATES / folder).as_posix()
                found[name] = Packaged(name, file, is_theme)
    return found


def copied_text(template: Packaged) -> str:
    """Return the text of a copy, with the line that says from what it was copied."""
    text = template.file.read_text(encoding="utf-8")
    mark = f"Copied from trial-catalog {version('trial-catalog')}, digest {_digest(text)}. Keep this line"
    return f"{{#- {mark}: an upgrade then names what it changed. -#}}\n{text}"


def template_problems(catalog: Path, theme_parts: Path | None) -> Iterator[Problem]:
    """Yield what is wrong with the templates of the catalog in the folder *catalog*, and with its *theme_parts*.

    Paths are inside *catalog*; a template that is no Jinja is an error, the rest are warnings.
    """
    packaged = packaged_templates()
    own = catalog / OWN_TEMPLATES
    if own.resolve() != (TEMPLATES / "pages").resolve():
        pages = {name: one.file for name, one in packaged.items() if not one.is_theme}
        yield from _problems(own, OWN_TEMPLATES, pages, are_pages=True)
    if theme_parts is not None and theme_parts.resolve() != (TEMPLATES / "theme").resolve():
        parts = {name: one.file for name, one in packaged.items() if one.is_theme}
        shown = theme_parts.relative_to(catalog).as_posix() if theme_parts.is_relative_to(catalog) else str(theme_parts)
        yield from _problems(theme_parts, shown, parts, are_pages=False)


def _problems(folder: Path, shown: str, packaged: dict[str, Path], *, are_pages: bool) -> Iterator[Problem]:
    texts = {
        file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8", errors="replace")
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.suffix in {".j2", ".html", ".xml"}
    }
    named = {name for text in texts.values() for name in _NAMED.findall(text)}
    for name, text in texts.items():
        path = f"{shown}/{name}"
        if are_pages:
            try:
                Environment(autoescape=False).parse(text)  # noqa: S701 - nothing is printed
            except TemplateSyntaxError as error:
                message = f"this is not a template: {error.message}; correct it, or delete it to use the packaged one"
                yield Problem(path, error.lineno, message, "error", "bad-template")
        if are_pages and name not in packaged and name not in named:
            nearest = process.extractOne(name, list(packaged), score_cutoff=60)
            hint = f"did you mean {nearest[0]}?" if nearest else "trial-catalog eject lists those that there are"
            yield Problem(path, 1, f"no page uses a template of this name; {hint}", "warning", "unused-template")
        copied = _MARK.match(text)
        if copied and name not in packaged:
            message = f"this version has no such template any more (it was copied from {copied[1]}); delete it"
            yield Problem(path, 1, message, "warning", "changed-template")
        elif copied and copied[2] != _digest(packaged[name].read_text(encoding="utf-8")):
            message = (
                f"the packaged template changed since it was copied from {copied[1]}; compare it with `trial-catalog "
                f"eject {name} --print`, take over what you need, and put that output's first line in front"
            )
            yield Problem(path, 1, message, "warning", "changed-template")


def _digest(text: str) -> str:
    return hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()[:16]
