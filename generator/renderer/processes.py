"""Many pages at once: as many processes as there are cores, each with the whole site in its memory by forking.

An executor of the caller's gets the work in chunks that can be sent to other processes, and to other machines.
"""

from __future__ import annotations

import gc
import logging
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Executor, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import cast

from generator.renderer.page_chunks import GARBAGE, PagesDone, PageWork, render_each, render_work
from generator.renderer.page_rendering import PageRenderer, Rendered
from generator.store.forking import end_with

FEWEST = 64
"""Pages from which on it pays to start processes."""

_CHUNK = 32

_CHUNK_AWAY = 128
"""Pages that are sent at once to processes that share nothing with this one."""

_log = logging.getLogger(__name__)

_renderer: PageRenderer | None = None
"""The renderer of a forked process, inherited from the one that forked it."""


@dataclass(frozen=True, slots=True)
class Away:
    """Who else renders pages, and what must be sent along with them."""

    executor: Executor
    work: PageWork


def render_pages(
    renderer: PageRenderer,
    sources: Sequence[str],
    processes: int,
    away: Away | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> Iterator[Rendered]:
    """Render the pages of these Markdown files, in any order.

    Those who are *away* get them, else *processes* of our own; then *meanwhile* is called while they are at work: it
    counts as one of the processes, and when it is done, this process renders with the others.  A page that fails, or
    of which there is something to say, is rendered by this process, which says it.  So are all that are left when a
    process dies.
    """
    left = dict.fromkeys(sources)
    done: Iterator[Rendered] = iter(())
    if len(left) >= FEWEST:
        if away is not None:
            done = _render_away(renderer, list(left), away, meanwhile)
        elif processes > 1 and "fork" in multiprocessing.get_all_start_methods():
            done = _render_in_parallel(renderer, list(left), processes, meanwhile)
    try:
        for rendered in done:
            del left[rendered.source]
            yield rendered
    except BrokenProcessPool:
        _log.info("A process died; this one renders what is left.")
    for source in left:
        yield renderer.render(source)


def _render_away(
    renderer: PageRenderer, sources: Sequence[str], away: Away, meanwhile: Callable[[], None] | None
) -> Iterator[Rendered]:
    # The first page compiles the templates, once for all.
    yield renderer.render(sources[0])
    chunks = [tuple(sources[start : start + _CHUNK_AWAY]) for start in range(1, len(sources), _CHUNK_AWAY)]
    futures = [away.executor.submit(render_work, away.work.of(chunk)) for chunk in chunks]
    try:
        if meanwhile is not None:
            meanwhile()
        for future in as_completed(futures):
            try:
                done = future.result()
            except (Exception, CancelledError) as error:  # whatever befell those who had them: they are done here
                _log.info("Pages that were sent away did not come back: %r", error)
                continue
            renderer.environment.files.add(done.templates)
            yield from done.rendered
    finally:
        for future in futures:
            future.cancel()


def _render_in_parallel(
    renderer: PageRenderer, sources: Sequence[str], processes: int, meanwhile: Callable[[], None] | None
) -> Iterator[Rendered]:
    global _renderer
    _renderer = renderer
    # The first page compiles the templates, once for all processes.
    yield renderer.render(sources[0])
    chunks = [list(sources[start : start + _CHUNK]) for start in range(1, len(sources), _CHUNK)]
    context = multiprocessing.get_context("fork")
    others = processes if meanwhile is None else processes - 1
    try:
        with ProcessPoolExecutor(min(others, len(chunks)), context, _start, (os.getpid(),)) as pool:
            futures = [pool.submit(_render_chunk, chunk) for chunk in chunks]
            if meanwhile is not None:
                meanwhile()
                while futures and futures[-1].cancel():  # nobody has begun with these
                    futures.pop()
                    for source in chunks.pop():
                        yield renderer.render(source)
            for future in as_completed(futures):
                done = future.result()
                renderer.environment.files.add(done.templates)
                yield from done.rendered
    finally:
        _renderer = None


def _start(parent: int) -> None:
    """Leave messages to the main process, which renders those pages again, and end when it does."""
    gc.freeze()  # what the main process had is not looked through again and again
    gc.set_threshold(GARBAGE)
    log = logging.getLogger("mkdocs")
    log.handlers.clear()
    log.propagate = False
    threading.Thread(target=end_with, args=(parent,), daemon=True).start()


def _render_chunk(sources: list[str]) -> PagesDone:
    return render_each(cast("PageRenderer", _renderer), sources)
