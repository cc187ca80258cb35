"""Anchors that links lead to: those of new pages, and those that unchanged pages link to and that went away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from generator.renderer.page_links import decode_anchors, decode_links
from generator.renderer.page_rendering import SitePage
from generator.renderer.render_cache import RenderCache

_AT_HAND = 1024
"""Pages whose anchors are kept in memory; most links lead to few pages."""


def pages_with_broken_anchors(
    cache: RenderCache, rendered: Iterable[str], lost: Mapping[str, set[str]]
) -> dict[str, dict[str, dict[str, str]]]:
    """Return for each page the links to anchors that are not there, by the file that they lead to.

    Looked at are the pages just *rendered*, and those that link to an anchor that a page *lost*.
    """

    @lru_cache(_AT_HAND)
    def anchors_of(source: str) -> set[str] | None:
        for _, details in cache.details([source]):
            return decode_anchors(details.anchors)
        return None

    suspects = set(rendered)
    if lost:
        for source, details in cache.details():
            links = decode_links(details.links)
            if any(not lost[target].isdisjoint(links[target]) for target in lost.keys() & links.keys()):
                suspects.add(source)
    broken: dict[str, dict[str, dict[str, str]]] = {}
    some = None if len(suspects) > len(cache.pages) // 2 else sorted(suspects)
    for source, details in cache.details(some):
        if source not in suspects:
            continue
        for target, anchors in decode_links(details.links).items():
            if not anchors:
                continue
            there = anchors_of(target)
            if there is None:  # no page
                continue
            missing = {anchor: written for anchor, written in anchors.items() if anchor not in there}
            if missing:
                broken.setdefault(source, {})[target] = missing
    return broken


def warn(broken: Mapping[str, Mapping[str, dict[str, str]]], files: Files, config: MkDocsConfig) -> None:
    """Have MkDocs say of each page which of its links are broken, in its own words."""
    for source in [source for source in files.src_uris if source in broken]:
        page = SitePage.of(files.src_uris[source], config)
        page.links_to_anchors = {}
        for target, anchors in broken[source].items():
            SitePage.of(files.src_uris[target], config).present_anchor_ids = set()
            page.links_to_anchors[files.src_uris[target]] = anchors
        page.validate_anchor_links(files=files, log_level=config.validation.links.anchors)
