"""Pages that people write: those in more folders than the content folder, and what they can be found by."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files, set_exclusions
from mkdocs.utils.meta import get_data

_log = get_plugin_logger("trial-catalog")

_FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(#{1,2}) +(.+?) *#*$", re.MULTILINE)
_MARKUP = re.compile(r"[`*]|\]\([^)]*\)|\[")


@dataclass(frozen=True, slots=True)
class Heading:
    """A page or a part of one that can be looked up."""

    title: str
    url: str
    """Below the site's root, with the anchor of a part."""
    page: str
    """Title of the page that it is a part of; empty for a page itself."""


def root_of(config: MkDocsConfig) -> Path:
    """Return the folder of ``mkdocs.yml``."""
    return Path(config.config_file_path).resolve().parent


def add_page_folders(files: Files, config: MkDocsConfig, folders: Iterable[str]) -> None:
    """Add the files in *folders* beside ``mkdocs.yml`` to *files*: ``docs/a.md`` becomes the page ``docs/a/``.

    What ``exclude_docs`` and ``not_in_nav`` say holds for them, too.  A file of the content folder with the same path
    wins.
    """
    root = root_of(config)
    found = []
    for folder in folders:
        if not (root / folder).is_dir():
            _log.warning(f"page_folders: there is no folder {root / folder}")
        for path in sorted((root / folder).rglob("*")):
            name = path.relative_to(root).as_posix()
            if path.is_file() and files.get_file_from_path(name) is None:
                found.append(File(name, str(root), config.site_dir, config.use_directory_urls))
    set_exclusions(found, config)
    for file in found:
        files.append(file)


def headings_of(
    files: Files, generated: Collection[str], make_slug: Callable[[str, str], str], separator: str = "-"
) -> list[Heading]:
    """Return the pages among *files* that are not *generated*, and their parts, sorted by page.

    A page whose front matter says ``search: exclude: true`` is left out.  *make_slug* makes the anchor of a heading.
    """
    found: list[Heading] = []
    for file in sorted(files.documentation_pages(), key=lambda file: file.url):
        if file.src_uri not in generated and file.abs_src_path:
            found.extend(_headings(file, Path(file.abs_src_path).read_text("utf-8-sig"), make_slug, separator))
    return found


def _headings(file: File, source: str, make_slug: Callable[[str, str], str], separator: str) -> Iterable[Heading]:
    markdown, meta = get_data(source)
    search = meta.get("search")
    if isinstance(search, dict) and search.get("exclude"):
        return
    parts = [(len(marks), _MARKUP.sub("", text)) for marks, text in _HEADING.findall(_FENCE.sub("", markdown))]
    title = str(meta.get("title") or next((text for level, text in parts if level == 1), file.name))
    yield Heading(title, file.url, "")
    for level, text in parts:
        if level > 1:
            yield Heading(text, f"{file.url}#{make_slug(text, separator)}", title)
