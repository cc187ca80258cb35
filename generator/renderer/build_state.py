"""What MkDocs' dirty build may leave as it is: pages whose source, and what all pages share, did not change.

``mkdocs build --dirty`` renders the pages that are older than their source.  That is not enough to be right: a changed
theme or setting changes every page, a file can change within one tick of the clock, and pages of documents that went
away stay.  So the last build leaves a note, and the next one compares: where something that all pages share is another,
everything is rendered; else each page whose source is another is made old, for MkDocs to find.
"""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.metadata import distributions
from pathlib import Path

import msgspec
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.utils import clean_directory

from generator.language.messages import active_language
from generator.renderer.own_pages import root_of
from generator.renderer.site_defaults import THEME
from generator.settings import PLUGIN
from generator.storage.cache import Cache, CacheError
from generator.storage.code_version import code_version
from generator.storage.file_signature import file_signature

_ADDRESS = re.compile(r" at 0x[0-9a-f]+")
_NOT_ABOUT_PAGES = frozenset({"config_file_path", "dev_addr", "strict", "watch"})
_READS_OTHER_FILES = frozenset({"pymdownx.snippets", "markdown_include.include"})
"""Markdown extensions that put other files into pages."""


class Source(msgspec.Struct, array_like=True):
    """A file of the site as the last build found it."""

    signature: bytes
    output: str
    """Its file in the site."""


class BuildState(msgspec.Struct):
    """What the last build was made from."""

    shared: bytes
    """Digest of what all pages share."""
    sources: dict[str, Source]
    """By path in the content folder, or beside ``mkdocs.yml``."""


_decoder = msgspec.msgpack.Decoder(BuildState)


@dataclass(slots=True)
class Plan:
    """What a build has to do."""

    everything: bool
    stale: list[File] = field(default_factory=list)
    """Files whose outputs must be made again; not filled in where *everything* must."""
    gone: list[str] = field(default_factory=list)
    """Files of the site whose sources went away."""

    @property
    def nothing(self) -> bool:
        """Whether the site is as it should be."""
        return not (self.everything or self.stale or self.gone)


def reason_for_everything(config: MkDocsConfig) -> str | None:
    """Return what in the configuration lets a page depend on more than its own source, if anything does."""
    others = [name for name in config.plugins if name != PLUGIN]
    if others:
        return f"the plugins {', '.join(others)}"
    if config.hooks:
        return "hooks"
    reading = sorted(_READS_OTHER_FILES.intersection(config.markdown_extensions))
    if reading:
        return f"the Markdown extensions {', '.join(reading)}"
    if not _names_its_titles(config.nav):
        return "entries of the navigation without a title"
    return None


def plan_build(config: MkDocsConfig, files: Iterable[File], state: BuildState | None, by_hand: Iterable[str]) -> Plan:
    """Return what has to be rendered of *files* to bring the site that *state* describes up to date.

    *by_hand* are the paths of pages that people write: their links are checked again where the set of pages changed.
    """
    site = Path(config.site_dir)
    if state is None or reason_for_everything(config) or not site.is_dir() or state.shared != shared_by_all(config):
        return Plan(everything=True)
    now = sources_of(config, files)
    plan = Plan(everything=False)
    others = now.keys() != state.sources.keys()
    rechecked = set(by_hand) if others else set()
    for file in files:
        source = now.get(file.src_uri)
        if source is None:
            continue
        before = state.sources.get(file.src_uri)
        if before != source or file.src_uri in rechecked or not Path(file.abs_dest_path).exists():
            plan.stale.append(file)
    outputs = {source.output for source in now.values()}
    plan.gone = sorted({source.output for source in state.sources.values()} - outputs)
    return plan


def make_old(plan: Plan, site: Path) -> None:
    """Prepare *site* for MkDocs' dirty build: what it must render is made older than any source, the rest removed."""
    if plan.everything:
        clean_directory(str(site))
        return
    for file in plan.stale:
        if Path(file.abs_dest_path).exists():
            os.utime(file.abs_dest_path, (0, 0))
    for name in plan.gone:
        path = site / name
        path.unlink(missing_ok=True)
        while (path := path.parent) != site and path.is_dir() and not any(path.iterdir()):
            path.rmdir()


def sources_of(config: MkDocsConfig, files: Iterable[File]) -> dict[str, Source]:
    """Return the files among *files* that belong in the site, as they are now, but not those of the theme."""
    ours = {Path(config.docs_dir).resolve(), root_of(config)}
    is_ours = {folder: Path(folder).resolve() in ours for folder in {file.src_dir for file in files} if folder}
    found = {}
    for file in files:
        path = file.abs_src_path
        if path is not None and is_ours.get(file.src_dir or "") and not file.inclusion.is_excluded():  # type: ignore[no-untyped-call]
            found[file.src_uri] = Source(file_signature(Path(path).stat()), file.dest_uri)
    return found


def shared_by_all(config: MkDocsConfig) -> bytes:
    """Return a digest of what all pages share: settings, theme, messages, versions of all that is installed."""
    digest = hashlib.blake2b(code_version() + active_language().version, digest_size=16)
    theme = config.theme
    parts: dict[str, object] = {
        **config,
        "theme": [theme.name, theme.dirs, sorted(theme.static_templates), sorted(theme.items(), key=str)],
        "plugins": {name: sorted(plugin.config.items()) for name, plugin in config.plugins.items()},
    }
    for name in sorted(parts.keys() - _NOT_ABOUT_PAGES):
        digest.update(f"{name}={_ADDRESS.sub('', repr(parts[name]))}\n".encode())
    for installed in sorted(f"{one.name} {one.version}" for one in distributions()):
        digest.update(installed.encode())
    for folder in filter(None, (config.theme.custom_dir, str(THEME))):
        for file in sorted(Path(folder).rglob("*")):
            if file.is_file():
                digest.update(file.as_posix().encode())
                digest.update(hashlib.blake2b(file.read_bytes()).digest())
    return digest.digest()


_KIND = "sites"


def read_state(cache: Cache, site: Path) -> BuildState | None:
    """Return the note of the last build of *site*; None where it did not end, or left none that can be read."""
    try:
        data = cache.get(_KIND, str(site.resolve()))
        return _decoder.decode(data) if data is not None else None
    except (CacheError, sqlite3.DatabaseError, msgspec.MsgspecError):
        return None


def write_state(cache: Cache, site: Path, state: BuildState | None) -> None:
    """Keep the note of a build that ended; None where one begins, so that it has none until it ends."""
    if state is None:
        cache.drop(_KIND, [str(site.resolve())])
    else:
        cache.put(_KIND, str(site.resolve()), b"", msgspec.msgpack.encode(state))
    cache.commit()


def _names_its_titles(nav: object) -> bool:
    """Tell whether each entry of the navigation has its title in the configuration."""
    if isinstance(nav, list):
        return all(isinstance(entry, dict) and all(map(_names_its_titles, entry.values())) for entry in nav)
    return isinstance(nav, str)
