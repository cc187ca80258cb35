"""Pages rendered by processes that share no memory with the main one, only its files: the work that is sent to them.

What is sent says where configuration, content and site lie; what comes back are the notes on the pages written.  A
process finds out the site's structure once for all chunks of one rendering.  Where it comes to another one than the
main process (other settings in its environment, other versions), it renders nothing: the main process does it then.
"""

from __future__ import annotations

import gc
import logging
import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from generator.renderer.changes import shared_by_all
from generator.renderer.fingerprints import UnknownValueError
from generator.renderer.page_rendering import PageRenderer, Rendered
from generator.renderer.site_scan import decode_levels
from generator.renderer.site_structure import SiteStructure

GARBAGE = 20_000
"""New objects between two looks for garbage; a page makes thousands, nearly all gone by themselves."""

VARIABLES = ("SITE_URL", "SOURCE_DATE_EPOCH", "NO_MKDOCS_2_WARNING")
"""Variables of the environment that the settings and MkDocs read."""


@dataclass(frozen=True, slots=True)
class RenderingPlace:
    """Where a site is rendered: all that another process must be told of it."""

    config_file: Path
    content: Path
    site: Path
    own_search: bool
    """Whether the theme's own index is left out."""


@dataclass(frozen=True, slots=True)
class PageWork:
    """Some pages to render, and where."""

    rendering: str
    """Tells one rendering from all others."""
    place: RenderingPlace
    compiled: Path
    """Folder for compiled templates."""
    shared: bytes
    """Digest of what all pages have in common, by the one who sends the work."""
    variables: Mapping[str, str]
    levels: Path
    """File that tells which files belong to the site."""
    sources: tuple[str, ...] = ()

    def of(self, sources: tuple[str, ...]) -> PageWork:
        """Return the work on these Markdown files."""
        return replace(self, sources=sources)


@dataclass(frozen=True, slots=True)
class PagesDone:
    """What came of some pages."""

    rendered: list[Rendered]
    troubled: list[str]
    """Pages that failed, or of which there is something to say: the main process has to see to them."""
    templates: dict[str, bytes]
    """The templates read so far, with their digests."""


def variables() -> dict[str, str]:
    """Return the variables of the environment that others need."""
    return {name: os.environ[name] for name in VARIABLES if name in os.environ}


def load_settings(place: RenderingPlace) -> MkDocsConfig:
    """Return MkDocs' configuration of a site; plugins that it names are not started yet."""
    config = load_config(
        str(place.config_file),
        docs_dir=str(place.content.resolve()),
        site_dir=str(place.site.resolve()),
        strict=True,
    )
    if place.own_search and (plugin := config.plugins.get("material/search")) is not None:
        plugin.config.enabled = False
    return config


def render_each(renderer: PageRenderer, sources: Sequence[str]) -> PagesDone:
    """Render the pages that these Markdown files hold; what there is to say of them is not said here."""
    rendered: list[Rendered] = []
    troubled: list[str] = []
    for source in sources:
        try:
            page = renderer.render(source)
        except Exception:
            troubled.append(source)
            continue
        if page.lasting:
            rendered.append(page)
        else:
            troubled.append(source)
    return PagesDone(rendered, troubled, dict(renderer.environment.files.read))


_at_work = threading.Lock()
"""MkDocs is made for one thread."""
_latest: dict[str, SiteStructure | None] = {}
"""The structure of the site of the last rendering that this process worked for; None where it is another one."""


def render_work(work: PageWork) -> PagesDone:
    """Render the pages of *work* into the site; to be called in any process, or thread, that sees the same files."""
    with _at_work, _quietly():
        if work.rendering not in _latest:
            _latest.clear()
            _latest[work.rendering] = _structure(work)
        structure = _latest[work.rendering]
        if structure is None:
            return PagesDone([], list(work.sources), {})
        return render_each(structure.renderer, work.sources)


def _structure(work: PageWork) -> SiteStructure | None:
    for name in VARIABLES:
        if work.variables.get(name) is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = work.variables[name]
    config = load_settings(work.place)
    config.plugins.on_startup(command="build", dirty=False)
    structure = SiteStructure(config, work.compiled, decode_levels(work.levels.read_bytes()))
    try:
        return structure if shared_by_all(structure.config, structure.nav) == work.shared else None
    except UnknownValueError:
        return None


@contextmanager
def _quietly() -> Iterator[None]:
    """Leave messages to the main process, which renders those pages again."""
    log = logging.getLogger("mkdocs")
    handlers, propagate, threshold = log.handlers[:], log.propagate, gc.get_threshold()
    log.handlers.clear()
    log.propagate = False
    gc.set_threshold(GARBAGE)
    try:
        yield
    finally:
        log.handlers[:] = handlers
        log.propagate = propagate
        gc.set_threshold(*threshold)
