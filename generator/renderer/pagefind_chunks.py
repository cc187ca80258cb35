"""Words with the pages they stand on to the files that the browser loads: few for one search, each small.

Files are cut along the beginnings of words: words that begin alike and fit into one file are one, together with their
neighbours as long as there is room.  So a word typed halfway needs few files, and one trial that changes moves no word
from one file to another but where a beginning becomes too large.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from generator.renderer.pagefind_files import list_head, number, text

LARGEST = 32_000
"""Bytes of one file before it is compressed to some 40 %; a single word may take more."""


class Posting(msgspec.Struct, array_like=True):
    """The pages on which one form of a word stands, in order, each with its places."""

    pages: list[int] = []
    places: list[bytes] = []

    def put(self, page: int, places: bytes) -> None:
        """Add a page, or give it other places."""
        if not self.pages or self.pages[-1] < page:
            self.pages.append(page)
            self.places.append(places)
            return
        index = bisect_left(self.pages, page)
        if index < len(self.pages) and self.pages[index] == page:
            self.places[index] = places
        else:
            self.pages.insert(index, page)
            self.places.insert(index, places)

    def drop(self, page: int) -> None:
        """Take a page away, if it is there."""
        index = bisect_left(self.pages, page)
        if index < len(self.pages) and self.pages[index] == page:
            del self.pages[index], self.places[index]


class Word(msgspec.Struct, array_like=True):
    """One word: the pages on which it stands as it is, and with accents."""

    plain: Posting = msgspec.field(default_factory=Posting)
    variants: dict[str, Posting] = {}

    def posting(self, variant: str) -> Posting:
        """Return the pages for one way of writing the word."""
        if not variant:
            return self.plain
        found = self.variants.get(variant)
        if found is None:
            found = self.variants[variant] = Posting()
        return found

    def is_empty(self) -> bool:
        """Tell whether the word stands nowhere; forget ways of writing it that do not."""
        for variant in [variant for variant, posting in self.variants.items() if not posting.pages]:
            del self.variants[variant]
        return not self.plain.pages and not self.variants

    def add(self, other: Word) -> None:
        """Add the pages of *other*, all of which come after those that are here."""
        for variant, found in (("", other.plain), *other.variants.items()):
            posting = self.posting(variant)
            posting.pages += found.pages
            posting.places += found.places


@dataclass(frozen=True, slots=True)
class Cut:
    """What goes into one file.

    A search loads it for a word from *first* to *last* where there is such a file, else for a word that one of the two
    begins with or that begins with it.
    """

    first: str
    last: str
    words: tuple[str, ...]


def cut(sizes: Sequence[tuple[str, int]], beginning: str = "") -> Iterator[Cut]:
    """Yield how to cut sorted words that share a *beginning*, each with its size, into files."""
    if sum(size for _, size in sizes) <= LARGEST:
        yield Cut(beginning, beginning, tuple(word for word, _ in sizes))
        return
    exact: tuple[str, ...] = ()
    room = LARGEST
    size = 0
    if sizes[0][0] == beginning:
        (word, size), sizes = sizes[0], sizes[1:]
        exact = (word,)
    # Who searches for a single letter, or for a word of nearly all trials, wants no longer words.
    if len(beginning) == 1 or size > LARGEST // 4:
        yield Cut(beginning, beginning, exact)
        exact = ()
    first = last = ""
    words, room = exact, LARGEST - (size if exact else 0)
    for longer, group in _by_beginning(sizes, len(beginning) + 1):
        size = sum(size for _, size in group)
        if size > room and words:
            # The mark keeps a word that stands alone from being all that is found for what begins with it.
            yield Cut(first or f"{beginning}\0", last or f"{beginning}\0", words)
            first, words, room = "", (), LARGEST
        if size > LARGEST and len(group) == 1:
            yield Cut(longer, longer, (group[0][0],))
        elif size > LARGEST:
            yield from cut(group, longer)
        else:
            first, last = first or longer, longer
            words += tuple(word for word, _ in group)
            room -= size
    if words:
        yield Cut(first or f"{beginning}\0", last or f"{beginning}\0", words)


def _by_beginning(sizes: Sequence[tuple[str, int]], length: int) -> Iterator[tuple[str, Sequence[tuple[str, int]]]]:
    start = 0
    while start < len(sizes):
        beginning = sizes[start][0][:length]
        end = start + 1
        while end < len(sizes) and sizes[end][0][:length] == beginning:
            end += 1
        yield beginning, sizes[start:end]
        start = end


def entry(word: str, found: Word) -> bytes:
    """Return what a file holds of one word."""
    parts = [b"\x83", text(word)]
    _add(parts, found.plain)
    parts.append(list_head(len(found.variants)))
    for variant, posting in sorted(found.variants.items()):
        parts += (b"\x82", text(variant))
        _add(parts, posting)
    return b"".join(parts)


def chunk(entries: Sequence[bytes]) -> bytes:
    """Return the file that holds these entries of sorted words."""
    return b"\x81" + list_head(len(entries)) + b"".join(entries)


_STEPS = [b"\x83" + number(step) for step in range(256)]


def _add(parts: list[bytes], posting: Posting) -> None:
    parts.append(list_head(len(posting.pages)))
    before = 0
    for page, places in zip(posting.pages, posting.places, strict=True):
        step = page - before
        parts.append(_STEPS[step] if step < 256 else b"\x83" + number(step))
        parts.append(places)
        before = page
