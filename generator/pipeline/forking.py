"""Work on what the store keeps, in processes that are forked for it: they begin with all that this one has."""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

from generator.storage.cache import Store

Item = TypeVar("Item")
Result = TypeVar("Result")

_GARBAGE = 50_000
"""New objects between two looks for garbage; the work makes many, nearly all gone by themselves."""

_LOOK = 0.2
"""Seconds between two looks whether the main process is still there."""


_working: Callable[[Any], Any] | None = None
"""What a forked process inherits from the one that forked it."""


def can_fork(store: Store) -> bool:
    """Say whether processes can be forked here, and can read what *store* keeps."""
    return store.lasting and "fork" in multiprocessing.get_all_start_methods()


@contextmanager
def forked(work: Callable[[Item], Result], store: Store, processes: int) -> Iterator[Callable[[Item], Future[Result]]]:
    """Give what hands items to *processes* forked ones, each of which does *work* with one item after the other.

    Items and results are pickled; whatever else *work* needs is there.  A future raises BrokenProcessPool where a
    process died: then what has no result is to be done here.
    """
    global _working
    store.commit()
    _working = work
    context = multiprocessing.get_context("fork")
    try:
        with ProcessPoolExecutor(processes, context, begin_forked, (os.getpid(), store)) as pool:
            yield lambda item: pool.submit(_do, item)
    finally:
        _working = None


def _do(item: Any) -> Any:
    if _working is None:
        raise RuntimeError("this process was not forked for this work")
    return _working(item)


def begin_forked(parent: int, store: Store) -> None:
    """Prepare this process, which *parent* forked while it had *store* open; it ends when *parent* does.

    Otherwise what a killed run left behind would hold the store's lock for ever.
    """
    gc.freeze()  # what the main process had is not looked through again and again
    gc.set_threshold(_GARBAGE)
    store.reconnect_in_fork()
    threading.Thread(target=end_with, args=(parent,), daemon=True).start()


def end_with(parent: int) -> None:
    """End this process when *parent*, which forked it, ends, however it ends; to be called in a thread."""
    while os.getppid() == parent:
        time.sleep(_LOOK)
    os._exit(1)
