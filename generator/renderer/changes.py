"""Which pages have to be rendered: those whose own text or file changed, and those whose links led to what is gone."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib import metadata
from pathlib import Path
from platform import python_version
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import StructureItem
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from generator.renderer.fingerprints import fingerprint
from generator.renderer.page_links import decode_links
from generator.renderer.page_rendering import read_with_signature
from generator.renderer.render_cache import PageNote, RenderCache
from generator.renderer.site_scan import belongs
from generator.store.files import file_signature
from generator.store.shelves import digest

LIBRARIES = ("mkdocs", "mkdocs-material", "Markdown", "Jinja2", "MarkupSafe", "PyYAML", "babel")
"""What pages are made with, beside our own code."""

_NOT_SHOWN = frozenset(
    {
        "config_file_path",
        "dev_addr",
        "docs_dir",
        "draft_docs",
        "exclude_docs",
        "not_in_nav",
        "site_dir",
        "strict",
        "watch",
    }
)
"""Settings that say where things are, or which files belong to the site; no page shows them."""


def shared_by_all(config: MkDocsConfig, nav: Navigation) -> bytes:
    """Return a digest of what all pages have in common, but for the templates: settings, navigation, versions.

    Raises UnknownValueError where a setting cannot be compared between runs.
    """
    parts = [own_version()]
    for name, value in config.items():
        if name == "plugins":
            value = {plugin: settings.config for plugin, settings in config.plugins.items()}
        elif name == "theme":
            value = [config.theme.name, {key: _comparable(key, inner) for key, inner in config.theme.items()}]
        if name not in _NOT_SHOWN:
            parts.append(name.encode() + fingerprint(value))
    parts.append(fingerprint([_shown(item) for item in nav.items]))
    return digest(*parts)


@cache
def own_version() -> bytes:
    """Return a digest of our own code and of the versions of the libraries."""
    parts = [python_version().encode()]
    parts += [file.read_bytes() for file in sorted(Path(__file__).parent.glob("*.py"))]
    for library in LIBRARIES:
        try:
            version = metadata.version(library)
        except metadata.PackageNotFoundError:
            version = ""
        parts.append(f"{library} {version}".encode())
    return digest(*parts)


def _comparable(name: str, value: Any) -> Any:
    return str(value) if name == "locale" else value


def _shown(item: StructureItem) -> list[Any]:
    """Return what other pages may show of an item of the navigation."""
    if isinstance(item, Page):
        return ["page", item.title, item.url, item.canonical_url, item.edit_url, item.meta]
    children = [_shown(child) for child in getattr(item, "children", None) or ()]
    return ["section" if item.is_section else "link", item.title, getattr(item, "url", None), children]


def gone_files(levels: Mapping[str, int], files: Files) -> set[str]:
    """Return the files that belonged to the site, by *levels* as they were kept, and no longer do."""
    now = files.src_uris
    return {
        source
        for source, level in levels.items()
        if level > InclusionLevel.DRAFT.value and (source not in now or not belongs(now[source]))
    }


def changed_pages(
    cache: RenderCache, pages: Iterable[str], content: str, site: str, gone: Collection[str]
) -> list[str]:
    """Return which of *pages* have to be rendered again, by their Markdown files in the folder *content*.

    Where a file's signature differs but not its bytes, the notes are brought up to date.
    """
    linking = set(_linking_to(cache, gone)) if gone else set()
    changed: list[str] = []
    for source in pages:
        note = cache.pages.get(source)
        current = None
        if note is not None and note.digest and source not in linking:
            current = _still_holds(note, f"{content}/{source}", f"{site}/{note.output}")
        if current is None:
            changed.append(source)
        elif current is not note:
            cache.keep_page(source, current)
    return changed


def _still_holds(note: PageNote, source: str, output: str) -> PageNote | None:
    """Return the note with signatures as they are now; None where a file is not what the note says."""
    if file_signature(os.stat(source)) != note.signature:  # noqa: PTH116
        signature, data = read_with_signature(source)
        if digest(data) != note.digest:
            return None
        if signature != note.signature:
            note = replace(note, signature=signature)
    try:
        signature = file_signature(os.stat(output))  # noqa: PTH116
        if signature == note.output_signature:
            return note
        if digest(Path(output).read_bytes()) != note.output_digest:
            return None
    except OSError:
        return None
    return replace(note, output_signature=signature)


def _linking_to(cache: RenderCache, gone: Collection[str]) -> Iterator[str]:
    for source, details in cache.details():
        if not decode_links(details.links).keys().isdisjoint(gone):
            yield source


def named_in(nav: Any) -> Iterator[str]:
    """Yield the files and addresses that the setting ``nav`` names."""
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, Mapping):
        for inner in nav.values():
            yield from named_in(inner)
    elif isinstance(nav, Iterable):
        for inner in nav:
            yield from named_in(inner)
