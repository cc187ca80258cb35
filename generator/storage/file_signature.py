"""What shows that a file is another one than before, without reading it."""

from __future__ import annotations

import os
import struct

_FIELDS = struct.Struct("<QqqQ")

CLOCK_STEP = 100_000_000
"""Nanoseconds within which two changes of a file may bear the same time."""


def file_signature(status: os.stat_result) -> bytes:
    """Return what changes when a file is written or replaced: its size, times and place on the disk."""
    return _FIELDS.pack(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def is_settled(status: os.stat_result, now: int) -> bool:
    """Tell whether the file was last changed so long before *now* that a later change shows in its times."""
    return max(status.st_mtime_ns, status.st_ctime_ns) < now - CLOCK_STEP
