"""The entries of Material's search index, page by page, so that those of unchanged pages can be kept.

Material's plugin takes the pages one after another and writes one file.  Here each page's entries are made where the
page is rendered, kept as text, and put together at the end into the very file that the plugin writes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.pages import Page

OUTPUT = "search/search_index.json"
"""The index inside the site."""

_MARKS = re.compile(r"\s?data-search-\w+=\"[^\"]+\"")


def search_plugin(config: MkDocsConfig) -> BasePlugin[Any] | None:
    """Return Material's search plugin where it is switched on."""
    plugin = config.plugins.get("material/search")
    return plugin if plugin is not None and plugin.config.enabled else None


def page_entries(plugin: BasePlugin[Any], page: Page) -> bytes:
    """Return the entries of *page* as JSON without the list's brackets, and take search marks out of its HTML."""
    index: Any = plugin.search_index  # type: ignore[attr-defined]
    index.entries = []
    index.add_entry_from_context(page)
    entries, index.entries = index.entries, []
    page.content = _MARKS.sub("", page.content or "")
    return json.dumps(entries, separators=(",", ":"), default=str)[1:-1].encode()


def whole_index(plugin: BasePlugin[Any], entries: Iterable[bytes]) -> bytes:
    """Return the index file that holds these pages' entries."""
    index: Any = plugin.search_index  # type: ignore[attr-defined]
    index.entries = []
    empty: str = index.generate_search_index(None)
    return empty.removesuffix("]}").encode() + b",".join(filter(None, entries)) + b"]}"
