"""Both Markdown dialects that may render our pages, and the text that a reader then sees."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import markdown
import yaml
from markdown_it import MarkdownIt

ROOT = Path(__file__).parents[2]


class _Loader(yaml.SafeLoader):
    pass


_Loader.add_multi_constructor("!", lambda *_: None)


def _extensions() -> tuple[list[str], dict[str, Any]]:
    """Return the extensions of our mkdocs.yml, and those that MkDocs always adds."""
    config = yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506
    names, options = ["toc", "tables", "fenced_code"], {}
    for entry in config["markdown_extensions"]:
        name = entry if isinstance(entry, str) else next(iter(entry))
        if name not in names:
            names.append(name)
        if isinstance(entry, dict):
            options[name] = entry[name]
    options.get("toc", {}).pop("permalink", None)
    return names, options


_NAMES, _OPTIONS = _extensions()
_COMMONMARK = MarkdownIt("commonmark").enable("table")
_PYTHON_MARKDOWN = markdown.Markdown(extensions=_NAMES, extension_configs=_OPTIONS)


def python_markdown(source: str) -> str:
    """Render as MkDocs does."""
    return str(_PYTHON_MARKDOWN.reset().convert(source))


def commonmark(source: str) -> str:
    """Render as CommonMark says."""
    return str(_COMMONMARK.render(source))


DIALECTS = [python_markdown, commonmark]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.extend(attrs)
        if tag == "br":
            self.text.append("\n")

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_comment(self, data: str) -> None:
        if data.strip():
            self.text.append(f"<!--{data}-->")


def read(html: str) -> _Reader:
    """Return what a browser finds in *html*."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


def seen(html: str) -> str:
    """Return the text that a reader sees, blanks collapsed."""
    return re.sub(r"[ \t\n\r]+", " ", "".join(read(html).text)).strip()
