"""Words with the pages they stand on to the files that the browser loads: few for one search, each small.

Files are cut along the beginnings of words: words that begin alike and fit into one file are one, together with their
neighbours as long as there is room.  So a word typed halfway needs few files, and one trial that changes moves no word
from one file to another but where a beginning becomes too large.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import sub

from generator.renderer.pagefind_files import list_head, number, text
from generator.renderer.pagefind_program import VARIANT

LARGEST = 32_000
"""Bytes of one file before it is compressed to some 40 %; a single word may take more."""


class Posting:
    """The pages on which one way of writing a word stands, in order, as a file holds them."""

    __slots__ = ("lengths", "pages", "rows")

    def __init__(self, pages: bytes = b"", rows: bytes = b"") -> None:
        """Begin with no page, or with what was kept: ``kept_pages`` and ``rows``."""
        numbers = array("I", pages)
        half = len(numbers) // 2
        self.pages = numbers[:half]
        self.lengths = numbers[half:]
        """For each page, the bytes that it takes in ``rows``."""
        self.rows = bytearray(rows)
        """For each page, the step from the one before, and where the word stands."""

    @property
    def kept_pages(self) -> bytes:
        """The pages as they are kept."""
        return (self.pages + self.lengths).tobytes()

    def extend(self, places: Sequence[tuple[int, bytes]]) -> None:
        """Add pages that come after all others, each with where the word stands there."""
        before = self.pages[-1] if self.pages else 0
        pages = [page for page, _ in places]
        steps = map(sub, pages, [before, *pages])
        rows = [STEPS[step] + where for step, (_, where) in zip(steps, places, strict=True)]
        self.rows += b"".join(rows)
        self.pages.extend(pages)
        self.lengths.extend(map(len, rows))

    def put(self, page: int, where: bytes) -> bool:
        """Add a page, or say anew where the word stands there; tell whether that is something else."""
        index = bisect_left(self.pages, page)
        start = sum(self.lengths[:index])
        before = self.pages[index - 1] if index else 0
        row = STEPS[page - before] + where
        if index < len(self.pages) and self.pages[index] == page:
            end = start + self.lengths[index]
            if self.rows[start:end] == row:
                return False
            self.rows[start:end] = row
            self.lengths[index] = len(row)
            return True
        self.rows[start:start] = row
        self.pages.insert(index, page)
        self.lengths.insert(index, len(row))
        self._mend(index + 1, start + len(row), before, page)
        return True

    def drop(self, page: int) -> bool:
        """Take a page away; tell whether it was there."""
        index = bisect_left(self.pages, page)
        if index == len(self.pages) or self.pages[index] != page:
            return False
        start = sum(self.lengths[:index])
        before = self.pages[index - 1] if index else 0
        del self.rows[start : start + self.lengths[index]], self.pages[index], self.lengths[index]
        self._mend(index, start, page, before)
        return True

    def _mend(self, index: int, start: int, was_before: int, is_before: int) -> None:
        """Say anew how far it is to a page, whose row begins at *start*, from the one before."""
        if index < len(self.pages):
            page = self.pages[index]
            old, new = STEPS[page - was_before], STEPS[page - is_before]
            self.rows[start : start + len(old)] = new
            self.lengths[index] += len(new) - len(old)

    def move(self, numbers: Sequence[int]) -> None:
        """Give all pages other *numbers*, which are in the same order, and -1 for those that go."""
        moved = array("i", map(numbers.__getitem__, self.pages))
        if min(moved) < 0:
            where = [(number, where) for number, (_, where) in zip(moved, self, strict=True) if number >= 0]
            self._begin_anew(where)
            return
        by = list(map(sub, moved, self.pages))
        start = before = 0
        changes = set(by) != {by[0]}  # in most words all pages move alike: only the first step is another one
        for index in range(len(by)) if changes else range(1):
            if by[index] != before:
                was, now = (self.pages[index - 1], moved[index - 1]) if index else (0, 0)
                old, new = STEPS[self.pages[index] - was], STEPS[moved[index] - now]
                self.rows[start : start + len(old)] = new
                self.lengths[index] += len(new) - len(old)
                before = by[index]
            start += self.lengths[index]
        self.pages = array("I", moved)

    def add(self, places: Iterable[tuple[int, bytes]]) -> None:
        """Add pages that are not here."""
        self._begin_anew(sorted([*self, *places]))

    def _begin_anew(self, places: Sequence[tuple[int, bytes]]) -> None:
        self.pages, self.lengths, self.rows = array("I"), array("I"), bytearray()
        self.extend(places)

    def __iter__(self) -> Iterator[tuple[int, bytes]]:
        """Yield each page, and where the word stands there."""
        start = before = 0
        for page, length in zip(self.pages, self.lengths, strict=True):
            end = start + length
            yield page, bytes(self.rows[start + len(STEPS[page - before]) : end])
            start, before = end, page


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


def chunk(words: Iterable[tuple[str, int, bytes]]) -> bytes:
    """Return the file that holds these words, sorted, each with the number of its pages and their rows.

    A word and its ways of writing stand one after another.
    """
    entries: list[bytes] = []
    pages_of = {key: (pages, rows) for key, pages, rows in words}
    for word, keys in groupby(pages_of, word_of):
        variants = [key for key in keys if key != word]
        pages, rows = pages_of.get(word, (0, b""))
        entries.append(b"".join((b"\x83", text(word), list_head(pages), rows, list_head(len(variants)))))
        for key in variants:
            pages, rows = pages_of[key]
            entries[-1] += b"".join((b"\x82", text(key[len(word) + 1 :]), list_head(pages), rows))
    return b"\x81" + list_head(len(entries)) + b"".join(entries)


def word_of(key: str) -> str:
    """Return the word of which *key* is one way of writing it."""
    return key.partition(VARIANT)[0]


class _Steps(dict[int, bytes]):
    """What stands before a page's places: the step from the page before."""

    def __missing__(self, step: int) -> bytes:
        self[step] = written = b"\x83" + number(step)
        return written


STEPS = _Steps()
"""As many as there are pages, at most."""
