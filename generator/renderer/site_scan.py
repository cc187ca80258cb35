"""Finds the files of the content folder as MkDocs does, at the cost of one look at each folder."""

from __future__ import annotations

import os
from collections.abc import Mapping

import msgspec
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel, get_files, set_exclusions
from mkdocs.utils import is_markdown_file

from generator.store.shelves import digest

_levels = msgspec.json.Decoder(dict[str, int])


def scan(config: MkDocsConfig, known: Mapping[str, int]) -> Files:
    """Return the files of the content folder in MkDocs' order.

    *known* tells for files found earlier whether they belong to the site: matching patterns takes longer than looking.
    """
    found: list[File] = []
    uris, clash = _uris(config.docs_dir)
    if clash:  # a README beside an index: let MkDocs choose
        return get_files(config)
    for uri in uris:
        file = _ContentFile(uri, config)
        level = known.get(uri)
        if level is not None:
            file.inclusion = InclusionLevel(level)
        found.append(file)
    set_exclusions(found, config)
    return Files(found)


class _ContentFile(File):
    """A file of the content folder, of which there are tens of thousands."""

    def __init__(self, uri: str, config: MkDocsConfig) -> None:
        self.src_uri = uri
        self.src_dir = config.docs_dir
        self.dest_dir = config.site_dir
        self.use_directory_urls = config.use_directory_urls


def _uris(root: str) -> tuple[list[str], bool]:
    uris: list[str] = []
    clash = False
    folders = [(root, "")]
    while folders:
        path, inside = folders.pop()
        names: list[tuple[bool, str]] = []
        inner: list[tuple[str, str]] = []
        stems: set[str] = set()
        with os.scandir(path) as entries:
            for entry in entries:
                name = entry.name
                if entry.is_dir():
                    inner.append((entry.path, f"{inside}{name}/"))
                    continue
                stem, dot, extension = name.rpartition(".")
                stem = stem if dot else name
                names.append((stem not in {"index", "README"}, name))
                if extension == "html" or is_markdown_file(name):
                    stem = "index" if stem == "README" else stem
                    clash = clash or stem in stems
                    stems.add(stem)
        names.sort()
        uris.extend(inside + name for _, name in names)
        folders.extend(sorted(inner, reverse=True))
    return uris, clash


def belongs(file: File) -> bool:
    """Tell whether *file* belongs to the site."""
    level = file.inclusion
    return level is not InclusionLevel.EXCLUDED and level is not InclusionLevel.DRAFT


def patterns_digest(config: MkDocsConfig) -> bytes:
    """Return what stands for the patterns that say which files belong to the site."""
    parts: list[bytes] = []
    for name in ("exclude_docs", "draft_docs", "not_in_nav"):
        for pattern in getattr(config.get(name), "patterns", ()):
            regex = pattern.regex.pattern if pattern.regex is not None else ""
            parts.append(f"{name} {pattern.include} {regex}".encode())
    return digest(*parts)


def encode_levels(files: Files) -> bytes:
    """Return which files belong to the site, as it is kept."""
    return msgspec.json.encode({file.src_uri: file.inclusion.value for file in files})


def decode_levels(data: bytes) -> dict[str, int]:
    """Return what was kept of which files belong to the site."""
    return _levels.decode(data) if data else {}
