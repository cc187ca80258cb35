"""What every catalog's MkDocs configuration has without saying so: the theme's parts, styles, scripts and navigation.

What ``mkdocs.yml`` says comes first, so that it can be short and still decides.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import yaml
from jinja2 import Environment
from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from pathspec.gitignore import GitIgnoreSpec

from generator.folders import TEMPLATES
from generator.language.messages import gettext, pgettext

THEME = TEMPLATES / "theme"
"""Our parts of the theme.  Those of ``theme.custom_dir`` win over them, and they over the theme's own."""

_NAVIGATION = TEMPLATES / "nav.yml.j2"
_PLAIN = re.compile(r"[^\W\d_][\w ’-]*")

_STYLES = tuple(f"assets/stylesheets/{name}.css" for name in ("theme", "catalog", "trial"))
"""Those of every page; ``main.html`` adds those that one page alone needs."""
_SCRIPT = "assets/javascripts/catalog.js"
"""One for every page: it brings the others in."""

_NO_PAGES = ("/manifest.json", "/slugs.json")
_OUTSIDE_NAVIGATION = (
    *("/about/*", "/card/*", "/compare/*", "/search/*"),
    *("/trials/**", "/drugs/**", "/conditions/**", "/organizations/**", "/people/**", "/places/**"),
    *("/sponsors/**", "/investigators/**", "/sites/**", "/documents/**", "/flags/**", "/graph/**", "/changes/**"),
    *("/data/**", "/desk/**", "/offline/**"),
)
"""Generated pages; the navigation names a few: all of them would make it grow with the square of the trials."""

_ROBOTS = "robots.txt"
"""A template of the theme that leads search engines to the sitemap; a file of that name in the content wins."""

_EXTENSION = "md_in_html"
"""Packaged pages use it."""


def add_defaults(config: MkDocsConfig) -> None:
    """Add to *config* what the catalog's pages need, after what it says itself; may be called again."""
    if str(THEME) not in config.theme.dirs and not _is_ours(config.theme.custom_dir):
        # Another theme than Material's has other parts: of ours it takes only the pages that lead on.
        has_our_parts = any((Path(folder) / "partials" / "nav.html").is_file() for folder in config.theme.dirs)
        first = 1 if config.theme.custom_dir else 0
        config.theme.dirs.insert(first if has_our_parts else len(config.theme.dirs), str(THEME))
    config.theme.static_templates.add(_ROBOTS)
    if config.nav is None:
        config.nav = yaml.safe_load(navigation())["nav"]
    config.extra_css = [*(style for style in _STYLES if style not in config.extra_css), *config.extra_css]
    if _SCRIPT not in map(str, config.extra_javascript):
        script = ExtraScriptValue(_SCRIPT)
        script.type = "module"
        config.extra_javascript = [script, *config.extra_javascript]
    if _EXTENSION not in config.markdown_extensions:
        config.markdown_extensions.append(_EXTENSION)
    config.exclude_docs = _with(config.exclude_docs, _NO_PAGES)
    config.not_in_nav = _with(config.not_in_nav, _OUTSIDE_NAVIGATION)


def navigation() -> str:
    """Return the navigation of a catalog that says none, as YAML with its titles in the site's language."""
    environment = Environment(keep_trailing_newline=True, autoescape=False)  # noqa: S701 - YAML, not HTML
    environment.globals.update(gettext=gettext, pgettext=pgettext)
    environment.filters["in_yaml"] = in_yaml
    return environment.from_string(_NAVIGATION.read_text(encoding="utf-8")).render()


def in_yaml(text: str) -> str:
    """Return *text* as YAML has it in any place: as it stands, or quoted where it could mean something else."""
    return text if _PLAIN.fullmatch(text) and yaml.safe_load(text) == text else json.dumps(text, ensure_ascii=False)


def _is_ours(folder: str | None) -> bool:
    return folder is not None and Path(folder).resolve() == THEME.resolve()


def _with(given: object, lines: tuple[str, ...]) -> GitIgnoreSpec:
    """Return a list of patterns with ours before what was given, whose exceptions so win over them."""
    ours = GitIgnoreSpec.from_lines(lines)
    if not isinstance(given, GitIgnoreSpec):
        return ours
    return GitIgnoreSpec([*(one for one in ours.patterns if one not in given.patterns), *given.patterns])
