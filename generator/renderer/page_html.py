"""The Markdown of a generated page to HTML, by comrak.

MkDocs' own Python-Markdown takes most of the time of a large build.  Generated pages are CommonMark with tables and
raw HTML, so a compiled CommonMark library renders them to the same parsed tree (``docs/decisions/0001``).  Around it
stands what MkDocs' Markdown extensions add: ids of headings, the table of contents, links from file to file.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from comrak import ExtensionOptions, RenderOptions, render_markdown
from markdown.extensions.toc import nest_toc_tokens, slugify, strip_tags, unique
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents, get_toc

from generator.renderer.anchors import LINE, Anchors

_log = get_plugin_logger("trial-catalog")

_HEADING = re.compile(r"<h([1-6])>(.*?)</h\1>", re.DOTALL)
"""A heading as comrak writes it; those of raw HTML have attributes of their own."""
_PAGE_LINK = re.compile(r'<a href="([^":#?]*\.md)?([?#][^"]*)?"')
_MARKDOWN_INSIDE = re.compile(r'(<(?:div|details|span|section)\b[^<>]*?) markdown(?:="[^"]*")?(?=[ >])')
"""The mark by which Python-Markdown's ``md_in_html`` knows that an element holds Markdown; CommonMark needs none."""
_ID = re.compile(r'\sid="([^"]+)"')


_EXTENSIONS, _RAW_HTML = ExtensionOptions(), RenderOptions()
_EXTENSIONS.table = True
_RAW_HTML.unsafe_ = True  # what is raw in generated pages is ours: text of documents is escaped there


@dataclass(frozen=True, slots=True)
class HeadingOptions:
    """The options of the ``toc`` extension in ``mkdocs.yml`` that shape headings."""

    permalink: str = ""
    permalink_title: str = "Permanent link"
    levels: range = range(1, 7)
    """Levels that the table of contents lists."""
    make_slug: Callable[[str, str], str] = slugify

    @classmethod
    def of(cls, config: MkDocsConfig) -> HeadingOptions:
        """Take the options from MkDocs' configuration."""
        options: Mapping[str, Any] = config.mdx_configs.get("toc") or {}
        permalink = options.get("permalink", "")
        first, _, last = str(options.get("toc_depth", 6)).rpartition("-")
        return cls(
            permalink="¶" if permalink is True else str(permalink or ""),
            permalink_title=str(options.get("permalink_title", "Permanent link")),
            levels=range(int(first or 1), int(last) + 1),
            make_slug=options.get("slugify", slugify),
        )


@dataclass(slots=True)
class PageHtml:
    """A rendered page, and what MkDocs wants to know of it."""

    html: str
    toc: TableOfContents
    anchors: Anchors
    """Ids that links can lead to."""
    links: dict[str, dict[str, str]] = field(default_factory=dict)
    """Anchors to which the page links: by path of the file in the content folder, each with the link as it is written.
    """
    missing: list[str] = field(default_factory=list)
    """What to say of links to pages that are not there."""

    def tell(self, page: Page, files: Files, config: MkDocsConfig) -> None:
        """Give *page* what MkDocs looks at when all pages are built.

        Missing pages are logged at the level that ``validation.links.not_found`` sets, as MkDocs does.
        """
        page.present_anchor_ids = self.anchors
        found = ((files.get_file_from_path(path), anchors) for path, anchors in self.links.items())
        page.links_to_anchors = {file: anchors for file, anchors in found if file is not None}
        for message in self.missing:
            _log.log(config.validation.links.not_found, message)


def render_page(source: str, page: Page, files: Files, options: HeadingOptions) -> PageHtml:
    """Return the HTML of the Markdown *source* of a generated *page*.

    A link to a page that is not among *files* stays as it is.
    """
    rendered = render_markdown(source, extension_options=_EXTENSIONS, render_options=_RAW_HTML)
    rendered = _MARKDOWN_INSIDE.sub(r"\1", rendered)
    rendered, toc = _mark_headings(rendered, options)
    links: dict[str, dict[str, str]] = {}
    missing: list[str] = []

    def resolve(match: re.Match[str]) -> str:
        path, rest = match[1], match[2] or ""
        target = page.file
        if path:
            found = files.get_file_from_path(
                posixpath.normpath(posixpath.join(posixpath.dirname(page.file.src_uri), unquote(path)))
            )
            if found is None:
                missing.append(
                    f"Doc file '{page.file.src_uri}' contains a link '{html.unescape(path + rest)}', but the target is "
                    "not found among documentation files."
                )
                return match[0]
            target = found
        _, mark, anchor = rest.partition("#")
        if mark:
            anchor = unquote(html.unescape(anchor))
            if not LINE.fullmatch(anchor):  # marks of sources: hundreds on a page, made with the lines' own pages
                links.setdefault(target.src_uri, {})[anchor] = html.unescape((path or "") + rest)
        return f'<a href="{target.url_relative_to(page.file)}{rest}"' if path else match[0]

    rendered = _PAGE_LINK.sub(resolve, rendered)
    anchors = Anchors(html.unescape(found) for found in _ID.findall(rendered))
    return PageHtml(rendered, toc, anchors, links, missing)


def _mark_headings(rendered: str, options: HeadingOptions) -> tuple[str, TableOfContents]:
    """Give the headings their ids, as Python-Markdown's ``toc`` does, and list them."""
    used: set[str] = set()
    tokens: list[dict[str, Any]] = []

    def mark(match: re.Match[str]) -> str:
        level, inner = int(match[1]), match[2]
        name = strip_tags(inner)
        identifier = unique(options.make_slug(html.unescape(name), "-"), used)
        if level in options.levels:
            tokens.append({"level": level, "id": identifier, "name": name, "html": inner, "data-toc-label": ""})
        if options.permalink:
            title = html.escape(options.permalink_title)
            inner += f'<a class="headerlink" href="#{identifier}" title="{title}">{html.escape(options.permalink)}</a>'
        return f'<h{level} id="{identifier}">{inner}</h{level}>'

    return _HEADING.sub(mark, rendered), get_toc(nest_toc_tokens(tokens))
