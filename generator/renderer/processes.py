"""Many pages at once: as many processes as there are cores, each with the whole site in its memory by forking."""

from __future__ import annotations

import gc
import logging
import multiprocessing
import os
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from typing import cast

from generator.renderer.page_rendering import PageRenderer, Rendered

FEWEST = 64
"""Pages from which on it pays to start processes."""

_CHUNK = 32

_GARBAGE = 20_000
"""New objects between two looks for garbage; a page makes thousands, nearly all gone by themselves."""

_LOOK = 0.2
"""Seconds between two looks whether the main process is still there."""

_renderer: PageRenderer | None = None
"""The renderer of a forked process, inherited from the one that forked it."""

_Chunk = tuple[list[Rendered], list[str], dict[str, bytes]]
"""Pages that were rendered; those that the main process has to see to; the templates read so far."""


def cores() -> int:
    """Return how many processes can run at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def render_pages(renderer: PageRenderer, sources: Sequence[str], processes: int) -> Iterator[Rendered]:
    """Render the pages of these Markdown files, in any order.

    A page that fails, or of which there is something to say, is rendered by this process, which says it.  So are all
    that are left when a process dies.
    """
    left = dict.fromkeys(sources)
    if processes > 1 and len(left) >= FEWEST and "fork" in multiprocessing.get_all_start_methods():
        try:
            for rendered in _render_in_parallel(renderer, list(left), processes):
                del left[rendered.source]
                yield rendered
        except BrokenProcessPool:
            logging.getLogger(__name__).info("A process died; this one renders what is left.")
    for source in left:
        yield renderer.render(source)


def _render_in_parallel(renderer: PageRenderer, sources: Sequence[str], processes: int) -> Iterator[Rendered]:
    global _renderer
    _renderer = renderer
    # The first page compiles the templates, once for all processes.
    yield renderer.render(sources[0])
    chunks = [list(sources[start : start + _CHUNK]) for start in range(1, len(sources), _CHUNK)]
    context = multiprocessing.get_context("fork")
    try:
        with ProcessPoolExecutor(min(processes, len(chunks)), context, _start, (os.getpid(),)) as pool:
            for done in as_completed([pool.submit(_render_chunk, chunk) for chunk in chunks]):
                rendered, _, templates = done.result()
                renderer.environment.files.add(templates)
                yield from rendered
    finally:
        _renderer = None


def _start(parent: int) -> None:
    """Leave messages to the main process, which renders those pages again, and end when it does."""
    gc.freeze()  # what the main process had is not looked through again and again
    gc.set_threshold(_GARBAGE)
    log = logging.getLogger("mkdocs")
    log.handlers.clear()
    log.propagate = False
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK)
    os._exit(1)


def _render_chunk(sources: list[str]) -> _Chunk:
    renderer = cast("PageRenderer", _renderer)
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
    return rendered, troubled, renderer.environment.files.read
