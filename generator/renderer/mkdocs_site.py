"""Content to site with MkDocs: the pages that a plain ``mkdocs build`` would give, rendered only where they changed."""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Executor
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError

from generator.executors import cores
from generator.garbage import little_garbage
from generator.renderer.fast_site import FastSite, RenderReport, why_not
from generator.renderer.page_chunks import RenderingPlace, load_settings
from generator.renderer.page_rendering import BeyondError
from generator.renderer.preview import PreviewServer
from generator.renderer.render_cache import cache_file, open_cache
from generator.store.databases import is_held, remove, writable

_log = logging.getLogger(__name__)


class RenderError(Exception):
    """The pages could not be rendered; the message says why."""


class Once:
    """Something to be done, once, however often it is called."""

    def __init__(self, work: Callable[[], None] | None) -> None:
        """Wait to do *work*, if there is any."""
        self._work = work
        self._error: Exception | None = None

    def __call__(self) -> None:
        """Do it, unless it was done; what goes wrong is kept for the end."""
        work, self._work = self._work, None
        if work is not None:
            try:
                work()
            except Exception as error:
                self._error = error

    def finish(self) -> None:
        """Do it, unless it was done, and raise what went wrong."""
        self()
        if self._error is not None:
            raise self._error


def render(
    config_file: Path,
    content: Path,
    site: Path,
    *,
    cache: Path | None = None,
    processes: int | None = None,
    kept: Collection[str] = (),
    progress: Callable[[int, int], None] | None = None,
    own_search: bool = False,
    executor: Executor | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> RenderReport:
    """Render *content* into *site* with the configuration in *config_file*; broken links are errors.

    What the last rendering did is kept in the folder *cache* (else ``.cache/render`` beside the site), which is safe
    to delete.  Pages are rendered by as many *processes* as there are cores, unless a number is given.  Files
    and folders in *site* that are named in *kept* are never removed.  *progress* gets the numbers of pages done and to
    do.  With *own_search* the theme's index is left out, which grows to megabytes: the site gets one of ours.  An
    *executor*, where one is given, renders the pages in place of our own processes: its processes must see the same
    files under the same names, and need not share our memory.  *meanwhile* is called once: where other processes render
    the pages, while they do, else afterwards.  Raises RenderError where the configuration is wrong or a page has a link
    that leads nowhere.
    """
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    cache = cache or site.resolve().parent / ".cache" / "render"
    try:
        place = RenderingPlace(config_file.resolve(), content.resolve(), site.resolve(), own_search)
        config = load_settings(place)
        config.plugins.on_startup(command="build", dirty=False)
        try:
            called = Once(meanwhile)
            with little_garbage(frozen=True):
                report = _render(config, cache, processes or cores(), kept, progress, executor, place, called)
                called.finish()
            return report
        finally:
            config.plugins.on_shutdown()
    except (Abort, ConfigurationError) as error:
        raise RenderError(f"MkDocs could not render the pages: {error}") from error


def _render(
    config: MkDocsConfig,
    folder: Path,
    processes: int,
    kept: Collection[str],
    progress: Callable[[int, int], None] | None,
    executor: Executor | None,
    place: RenderingPlace,
    meanwhile: Once,
) -> RenderReport:
    """Render in the fast way where it can be done; a cache that cannot be read is thrown away."""
    reason = why_not(config)
    for _ in range(2 if reason is None else 0):
        try:
            with writable(folder) as kept_in, open_cache(kept_in, Path(config.site_dir)) as cache:
                site = FastSite(
                    config,
                    cache,
                    kept_in / "templates",
                    processes=processes,
                    kept=kept,
                    progress=progress,
                    executor=executor,
                    place=place,
                    meanwhile=meanwhile,
                )
                return site.build()
        except BeyondError as error:
            reason = str(error)
            break
        except sqlite3.DatabaseError as error:
            if is_held(error):
                raise
            reason = str(error)
            remove(cache_file(folder, Path(config.site_dir)))
    _log.info("MkDocs renders all pages: %s", reason)
    build(config)
    return RenderReport()


def serve(
    config_file: Path,
    content: Path,
    site: Path,
    watched: Sequence[Path],
    generate: Callable[[], None],
    address: tuple[str, int],
    *,
    index: Callable[[], None] | None = None,
    kept: Collection[str] = (),
) -> None:
    """Serve a live preview at *address* (host, port) until interrupted.

    When something in *watched* changes, *generate* writes the content anew and the pages are rendered again; then
    *index* writes the search index, which lies in the folders *kept*.
    """

    def rebuild() -> None:
        generate()
        render(config_file, content, site, kept=kept, own_search=index is not None)
        if index is not None:
            index()

    rebuild()
    server = PreviewServer(builder=rebuild, host=address[0], port=address[1], root=str(site))
    for path in watched:
        if path.exists():
            server.watch(str(path))
    try:
        server.serve()  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        server.shutdown()
    finally:
        server.server_close()
