"""Small sites to render: their files, and both ways to render them."""

from __future__ import annotations

import logging
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from generator.renderer.fast_site import RenderReport
from generator.renderer.mkdocs_site import RenderError, render
from tests.conftest import files_of

PLAIN_THEME = {
    "main.html": """{% import "words.html" as words with context %}
<html><head><title>{{ page.title }} - {{ config.site_name }}</title>
{% if page.previous_page %}
<link rel="prev" href="{{ page.previous_page.url | url }}" title="{{ page.previous_page.title }}">
{% endif %}
{% if page.next_page %}<link rel="next" href="{{ page.next_page.url | url }}">{{ page.next_page.title }}{% endif %}
{% for path in config.extra_css %}<link rel="stylesheet" href="{{ path | url }}">{% endfor %}</head><body>
{% include "nav.html" %}
<ul>{% for item in page.toc %}<li><a href="{{ item.url }}">{{ item.title }}</a></li>{% endfor %}</ul>
{{ words.say("read") }} {{ config.extra.motto }}
{{ page.content }}
{% if page.meta.badge %}{% include "badge.html" ignore missing %}{% endif %}
</body></html>
""",
    "nav.html": """{% macro entry(item) %}
<li{% if item.active %} class="here"{% endif %}>
{%- if item.children %}{{ item.title }}<ul>{% for child in item.children %}{{ entry(child) }}{% endfor %}</ul>
{%- else %}<a href="{{ item.url | url }}">{{ item.title }}</a>
{%- if item.meta and item.meta.badge %} ({{ item.meta.badge }}){% endif %}{% endif %}</li>{% endmacro %}
<nav><a href="{{ nav.homepage.url | url }}">{{ config.site_name }}</a>
<ul>{% for item in nav.items %}{{ entry(item) }}{% endfor %}</ul></nav>
""",
    "words.html": """{% macro say(key) %}{{ {"read": "Read"}[key] }}{% endmacro %}""",
    "404.html": """<p>Not here. <a href="{{ nav.homepage.url | url }}">Home</a></p>""",
    "style.css": "body { color: black }\n",
}
"""A theme of a few lines: rendering takes milliseconds, and uses all that themes use."""

CONFIG: dict[str, Any] = {
    "site_name": "A site",
    "site_url": "https://site.test/below/",
    "docs_dir": "content",
    "site_dir": "site",
    "theme": {"name": None, "custom_dir": "theme", "static_templates": ["404.html"]},
    "plugins": [],
    "nav": [{"Home": "index.md"}, {"More": ["trials/index.md", {"First": "trials/first.md"}]}],
    "not_in_nav": "/trials/**\n/people/**\n",
    "markdown_extensions": ["md_in_html", {"toc": {"permalink": "#", "toc_depth": "2-3"}}],
    "validation": {"links": {"anchors": "warn", "not_found": "warn", "unrecognized_links": "warn"}},
}

PAGES = {
    "index.md": '---\ntitle: "Home"\n---\n\n# Home\n\n[Trials](trials/index.md)\n',
    "trials/index.md": "# Trials\n\n-   [First](first.md)\n-   [Second](second.md#design)\n",
    "trials/first.md": '---\ntitle: "First"\nbadge: "new"\n---\n\n# First\n\n## Design\n\n[Anna](../people/anna.md).\n',
    "trials/second.md": "# Second\n\n## Design\n\nText *by hand*, so Python-Markdown renders it.\n",
    "people/anna.md": "# Anna\n\n[First](../trials/first.md#design)\n",
}


@dataclass
class Site:
    """The sources of a site in a folder, and what becomes of them."""

    folder: Path
    config: dict[str, Any] = field(default_factory=lambda: dict(CONFIG))

    @property
    def content(self) -> Path:
        return self.folder / "content"

    @property
    def site(self) -> Path:
        return self.folder / "site"

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def write_config(self) -> None:
        self.write("mkdocs.yml", yaml.safe_dump(self.config, sort_keys=False))

    def render(self, *, processes: int = 1, cache: Path | None = None, site: Path | None = None) -> RenderReport:
        return render(
            self.folder / "mkdocs.yml",
            self.content,
            site or self.site,
            cache=cache or self.folder / "cache",
            processes=processes,
        )


def plain_site(folder: Path) -> Site:
    """Lay out a small site with the plain theme."""
    site = Site(folder)
    site.write_config()
    for name, text in PLAIN_THEME.items():
        site.write(f"theme/{name}", text)
    for name, text in PAGES.items():
        site.write(f"content/{name}", text)
    return site


class _Messages(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@dataclass(frozen=True)
class Outcome:
    """What a rendering gave: the files, and what MkDocs said."""

    files: dict[str, bytes]
    messages: tuple[str, ...]
    failed: bool


def rendered(site: Site, **options: Any) -> Outcome:
    """Render *site* in our way."""
    failed = False
    with _listening() as messages:
        try:
            site.render(**options)
        except RenderError:
            failed = True
    return Outcome(files_of(options.get("site") or site.site), tuple(sorted(messages.messages)), failed)


def rendered_by_mkdocs(site: Site, into: Path) -> Outcome:
    """Render *site* by MkDocs itself into another folder, from nothing."""
    shutil.rmtree(into, ignore_errors=True)
    failed = False
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    with _listening() as messages:
        config = load_config(
            str(site.folder / "mkdocs.yml"), docs_dir=str(site.content), site_dir=str(into), strict=True
        )
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build(config)
        except Abort:
            failed = True
    return Outcome(files_of(into), tuple(sorted(messages.messages)), failed)


class _listening:  # noqa: N801 - reads as a statement
    def __enter__(self) -> _Messages:
        self._handler = _Messages()
        logging.getLogger("mkdocs").addHandler(self._handler)
        return self._handler

    def __exit__(self, *_: object) -> None:
        logging.getLogger("mkdocs").removeHandler(self._handler)
