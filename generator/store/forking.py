"""What a process does first that was forked to work on what the store keeps."""

from __future__ import annotations

import gc
import os
import threading
import time

from generator.store.shelves import Store

_GARBAGE = 50_000
"""New objects between two looks for garbage; the work makes many, nearly all gone by themselves."""

_LOOK = 0.2
"""Seconds between two looks whether the main process is still there."""


def begin_forked(parent: int, store: Store) -> None:
    """Prepare this process, which *parent* forked while it had *store* open; it ends when *parent* does.

    Otherwise what a killed run left behind would hold the store's lock for ever.
    """
    gc.freeze()  # what the main process had is not looked through again and again
    gc.set_threshold(_GARBAGE)
    store.in_forked_process()
    threading.Thread(target=end_with, args=(parent,), daemon=True).start()


def end_with(parent: int) -> None:
    """End this process when *parent*, which forked it, ends, however it ends; to be called in a thread."""
    while os.getppid() == parent:
        time.sleep(_LOOK)
    os._exit(1)
