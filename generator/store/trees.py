"""All files below a folder in one look: what shows that one of them is another than before, came or went."""

from __future__ import annotations

import hashlib
import os
from operator import attrgetter

from generator.store.files import file_signature

_name = attrgetter("name")


class Tree:
    """What was seen in a folder and below."""

    __slots__ = ("by_folder", "files", "mark", "newest", "signatures", "total", "whole")

    def __init__(self) -> None:
        """See nothing yet."""
        self.mark = ""
        """Stands for the names and signatures of all files; nothing where there is no such folder."""
        self.files = 0
        self.total = 0
        """Bytes."""
        self.by_folder: dict[str, int] = {}
        """Bytes by the folder at the top; those of files there as ``.``."""
        self.newest = 0
        """When the latest change was, in nanoseconds; of folders, too, where these were looked at."""
        self.whole = True
        """Whether all was seen: what lies behind links to folders is not."""
        self.signatures: dict[str, bytes] = {}
        """By path inside the folder, where they were asked for."""


def look_at(
    folder: str, *, passed_over: frozenset[str] = frozenset(), each: bool = False, folders: bool = False
) -> Tree:
    """Look at all files below *folder*, but for files and folders whose name is *passed_over*.

    Keeps the signature of *each* file if that is wished; takes the times of *folders*, too, if that is wished, which
    show that something came or went.  Raises OSError where something goes away meanwhile.
    """
    seen = Tree()
    if not os.path.isdir(folder):  # noqa: PTH112 - here and below: there are tens of thousands of files
        return seen
    made = hashlib.blake2b(digest_size=16)
    beginning = len(folder) + 1
    left = [(folder, "")]
    while left:
        place, top = left.pop()
        with os.scandir(place) as listing:
            entries = sorted(listing, key=_name)
        if folders:
            status = os.stat(place)  # noqa: PTH116
            seen.newest = max(seen.newest, status.st_mtime_ns, status.st_ctime_ns)
        parts = [os.fsencode(place[beginning:])]
        size = 0
        newest = seen.newest
        for entry in entries:
            name = entry.name
            if name in passed_over:
                continue
            if entry.is_dir(follow_symlinks=False):
                left.append((entry.path, top or name))
                continue
            if entry.is_symlink() and (entry.is_dir() or not entry.is_file()):
                seen.whole = False
                continue
            status = entry.stat()
            newest = max(newest, status.st_mtime_ns, status.st_ctime_ns)
            size += status.st_size
            seen.files += 1
            signature = file_signature(status)
            parts += (os.fsencode(name), b"\0", signature)
            if each:
                seen.signatures[entry.path[beginning:]] = signature
        seen.newest = newest
        if size:
            seen.total += size
            key = top or "."
            seen.by_folder[key] = seen.by_folder.get(key, 0) + size
        made.update(b"".join(parts))
        made.update(b"\n")
    seen.mark = made.hexdigest()
    return seen
