"""In which file of the site the JSON of each study lies: one of its own, or in very large catalogs one with others.

A site of ten thousand trials spends a fifth of its size on their JSON, and a host counts it uncompressed.  Packed, a
study to a line and compressed, it is a quarter of that.
"""

from __future__ import annotations

import zlib

STUDIES = "api/v2/studies"
PACKS = f"{STUDIES}/packs"
ABOUT = "api/v2/packs.json"
"""Says in how many files the studies are packed; 0 where each has one of its own."""

_IN_A_PACK = 24
"""Studies that one file has at most on average: some 80 KB, which a page that shows one of them has to load."""


def packs_for(trials: int) -> int:
    """Return into how many files so many trials are packed: a power of two, so that it seldom changes."""
    return 1 << max(0, (trials - 1) // _IN_A_PACK).bit_length()


def pack_of(identifier: str, packs: int) -> int:
    """Return the number of the file, of so many *packs*, that has the study with this id."""
    return zlib.crc32(identifier.encode("utf-8", "surrogateescape")) % packs


def pack_file(number: int) -> str:
    """Return the path of a file with several studies inside the site."""
    return f"{PACKS}/{number}.ndjson.gz"


def study_file(identifier: str, packs: int = 0) -> str:
    """Return the path of the file that has a study, of so many *packs*; without any a file of its own."""
    return pack_file(pack_of(identifier, packs)) if packs else f"{STUDIES}/{identifier}.json"
