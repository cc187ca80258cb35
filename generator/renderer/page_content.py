"""A Markdown page to its HTML: the quick way for the common subset of Markdown, else as MkDocs itself does it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from mkdocs.utils import meta

from generator.renderer.common_markdown import EXTENSIONS, TOC_OPTIONS, Headings, convert
from generator.renderer.page_links import Links, NotingFiles, Resolver, UnknownLinkError

# One line of YAML whose value is its text as it stands.
_TEXT = r'[a-z_]+: "[^"\\\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]*"\n'
_OPTION = r"search:\n  ([a-z_]+): (true|false|[1-9][0-9]{0,3})\n"
_FRONT_MATTER = re.compile(rf"---\n((?:{_TEXT})+)(?:{_OPTION})?---\n\n*")
_WORDS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What was found out of a page beside its HTML."""

    anchors: set[str]
    """Ids that can be linked to."""
    links: dict[str, dict[str, str]]
    """For each file that it links to, the anchors there, with the link as it is written."""


def read_source(data: bytes) -> tuple[str, dict[str, Any]]:
    """Return the Markdown and the front matter of a file's bytes, as MkDocs does."""
    text = data.decode("utf-8-sig")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if simple := _FRONT_MATTER.match(text):
        pairs = (line.split(": ", 1) for line in simple[1].splitlines())
        found: dict[str, Any] = {key: value[1:-1] for key, value in pairs}
        if simple[2]:
            found["search"] = {simple[2]: _WORDS[simple[3]] if simple[3] in _WORDS else int(simple[3])}
        return text[simple.end() :], found
    return meta.get_data(text)


def headings_of(config: MkDocsConfig) -> Headings | None:
    """Return how headings are marked up; None where the configuration goes beyond the common subset."""
    extensions = {name.removeprefix("markdown.extensions.") for name in config.markdown_extensions}
    options = {name.removeprefix("markdown.extensions."): chosen for name, chosen in (config.mdx_configs or {}).items()}
    toc = options.pop("toc", None) or {}
    if extensions != EXTENSIONS or any(options.values()) or not TOC_OPTIONS.issuperset(toc):
        return None
    permalink = toc.get("permalink")
    if permalink is not None and (not isinstance(permalink, str) or not re.fullmatch("[#§¶]", permalink)):
        return None
    depth = re.fullmatch("([1-6])-([1-6])", str(toc.get("toc_depth", "1-6")))
    title = toc.get("permalink_title", "Permanent link")
    if depth is None or not re.fullmatch("[A-Za-z0-9 .,]*", title):
        return None
    return Headings(permalink, title, int(depth[1]), int(depth[2]))


class PageConverter:
    """Fills MkDocs' page objects."""

    def __init__(self, config: MkDocsConfig, files: Files) -> None:
        """Convert with the settings of *config*; links lead to *files*."""
        self._config = config
        self._files = files
        self._headings = headings_of(config)
        self._resolver = Resolver(files)
        self._noting = NotingFiles(files)

    def fill(self, page: Page, data: bytes) -> PageFacts:
        """Set Markdown, front matter, HTML and table of contents of *page* from its file's bytes."""
        page.markdown, page.meta = read_source(data)
        if self._headings is not None:
            links = Links(self._resolver, page.file)
            try:
                converted = convert(page.markdown, self._headings, links.resolve)
            except UnknownLinkError:
                converted = None
            if converted is not None:
                page.content = converted.html
                page.toc = get_toc(converted.toc_tokens)  # type: ignore[arg-type]
                page._title_from_render = converted.title
                return PageFacts(converted.anchors, links.to)
        return self._fill_as_mkdocs(page)

    def _fill_as_mkdocs(self, page: Page) -> PageFacts:
        self._noting.found.clear()
        page.render(self._config, self._noting)
        links: dict[str, dict[str, str]] = {source: {} for source in self._noting.found}
        for file, anchors in (page.links_to_anchors or {}).items():
            links[file.src_uri] = dict(anchors)
        return PageFacts(page.present_anchor_ids or set(), links)
