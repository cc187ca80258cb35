"""When to look for garbage: seldom, where much is made that stays, or that goes by itself."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_NEW_OBJECTS = 500_000
"""Between two looks."""


@contextmanager
def seldom_garbage_collection(*, frozen: bool = False) -> Iterator[None]:
    """Look for garbage seldom; if *frozen*, never among what is there now, which all stays."""
    threshold = gc.get_threshold()
    gc.set_threshold(_NEW_OBJECTS, *threshold[1:])
    outermost = gc.get_freeze_count() == 0
    if frozen:
        gc.freeze()
    try:
        yield
    finally:
        gc.set_threshold(*threshold)
        if frozen and outermost:
            gc.unfreeze()
