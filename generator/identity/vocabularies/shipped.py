"""The vocabularies that come with the package: tables beside this file, cut by ``scripts/cut_vocabularies.py``.

A file has lines with what it is, each after ``#``; an empty line; its names, sorted, each with the number of its
concept and what kind of name it is; an empty line; its concepts, sorted by number, each with its preferred name and
the numbers above it.  Fields stand between tabs.  Names are stored as the keys that the rules compare names by.

Both parts are searched where they lie: to take a table apart would cost more time and memory than all that a catalog
asks of it.
"""

from __future__ import annotations

import lzma
from collections.abc import Container, Iterable
from functools import cached_property, lru_cache
from pathlib import Path
from typing import cast

from generator.identity.vocabularies.vocabulary import About, Concept, NameKind, Vocabulary

FOLDER = Path(__file__).parent

UNII = About(
    name="unii",
    kind="drug",
    title="UNII",
    version="June 2025",
    source="Substance names of the U.S. Food and Drug Administration, precision.fda.gov/uniisearch",
    licence="public domain",
    scheme="unii",
)
MESH = About(
    name="mesh",
    kind="condition",
    title="MeSH",
    version="2026",
    source="Medical Subject Headings, courtesy of the U.S. National Library of Medicine, nlm.nih.gov/mesh",
    licence="free to use and pass on; the source is named",
    scheme="mesh",
)
ABOUT = (UNII, MESH)


def file_of(about: About) -> Path:
    """Return where the table of a shipped vocabulary lies."""
    return FOLDER / f"{about.name}.tsv.xz"


def encode(about: About, names: Iterable[tuple[str, str, NameKind]], concepts: Iterable[Concept]) -> bytes:
    """Return the bytes of a table; *names* are key, identifier and kind."""
    head = (("title", about.title), ("version", about.version), ("source", about.source), ("licence", about.licence))
    parts = (
        [f"# {what}: {text}" for what, text in head],
        sorted("\t".join(name) for name in names),
        sorted(f"{one.identifier}\t{one.name}\t{'|'.join(one.parents)}" for one in concepts),
    )
    # Bytes, not letters, are what a search compares; a tab sorts before all that a key can hold.
    text = "\n\n".join("\n".join(part) for part in parts) + "\n"
    return lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME)


class _Table:
    """A shipped vocabulary."""

    def __init__(self, about: About) -> None:
        self.about = about

    @cached_property
    def _parts(self) -> tuple[bytes, bytes]:
        """Names and concepts, read when something is first asked."""
        _, names, concepts = lzma.decompress(file_of(self.about).read_bytes()).split(b"\n\n")
        return names, concepts.rstrip(b"\n")

    def meanings(self, key: str) -> list[tuple[str, NameKind]]:
        """Return the identifiers of the concepts that a name with this *key* means, and what it is to each."""
        return [
            (identifier, cast("NameKind", kind))
            for _, identifier, kind in (line.split("\t") for line in lines_with(self._parts[0], key))
        ]

    def concept(self, identifier: str) -> Concept | None:
        """Return the concept with this *identifier*, if there is one."""
        for line in lines_with(self._parts[1], identifier):
            number, name, parents = line.split("\t")
            return Concept(number, name, tuple(parents.split("|")) if parents else ())
        return None


def lines_with(lines: bytes, first: str) -> list[str]:
    """Return those of the sorted *lines* whose first field is *first*."""
    wanted = f"{first}\t".encode()
    low, high = 0, len(lines)
    while low < high:
        middle = (low + high) // 2
        start = lines.rfind(b"\n", low, middle) + 1 or low
        end = lines.find(b"\n", middle, high)
        end = high if end < 0 else end
        if lines[start:end] < wanted:
            low = min(end + 1, high)
        else:
            high = start
    found = []
    while lines.startswith(wanted, low):
        end = lines.find(b"\n", low)
        end = len(lines) if end < 0 else end
        found.append(lines[low:end].decode())
        low = end + 1
    return found


def shipped_without(off: Container[str]) -> list[Vocabulary]:
    """Return the shipped vocabularies whose names are not in *off*."""
    return [shipped(about) for about in ABOUT if about.name not in off]


@lru_cache(maxsize=len(ABOUT))
def shipped(about: About) -> Vocabulary:
    """Return a shipped vocabulary, which is read once."""
    return _Table(about)
