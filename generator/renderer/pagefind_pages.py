"""One trial's lean text to its part of the index: which words stand where, and what a hit shows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from generator.exports.search_records import SIGN, TITLE_WEIGHT, LeanText
from generator.renderer.pagefind_files import list_head, number, numbers
from generator.renderer.pagefind_program import WordForms, words_in

META_FIELDS = (
    "acronym",
    "condition",
    "country",
    "names",
    "number",
    "people",
    "phase",
    "sponsor",
    "start",
    "status",
    "title",
    "type",
    "updated",
)
"""What a hit shows, sorted; its words are searched, too."""

_WEIGHT = 24
"""How Pagefind writes the weight 1."""
_FIRST_WEIGHT = 25
"""The weight that holds in a list of places before another is named; no word here has it."""

_ENDS_OPEN = re.compile(r"[\w'\")$*]\Z")
"""Where a text ends so, Pagefind adds a full stop."""
_EMPTY = b"\x80"

_BITS = 24
_POSITION = (1 << _BITS) - 1


@dataclass(frozen=True, slots=True)
class IndexedPage:
    """What the index holds of one page beside its words."""

    word_count: int
    fragment: bytes
    """What the browser loads to show the page as a hit, as JSON."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text in pieces: what stands between blanks."""

    passages: list[tuple[int, list[str], str]]
    """Weight, pieces, and the anchor of the part that begins here or nothing."""
    shown: list[tuple[int, list[str]]]
    """Of what a hit shows: the field's number, and pieces."""

    def __iter__(self) -> Iterator[str]:
        """Yield all pieces."""
        for _, pieces, _ in self.passages:
            yield from pieces
        for _, pieces in self.shown:
            yield from pieces


def pieces_of(text: LeanText) -> Pieces:
    """Return all that is searched of *text* in pieces."""
    passages = [(TITLE_WEIGHT * _WEIGHT, _sentence(text.title), "")]
    passages += ((passage.weight * _WEIGHT, _sentence(passage.text), passage.anchor) for passage in text.passages)
    shown = [(number, text.shown[name].split()) for number, name in enumerate(META_FIELDS) if name in text.shown]
    return Pieces(passages, shown)


def index_page(
    text: LeanText,
    pieces: Pieces,
    url: str,
    page: int,
    forms: Mapping[str, WordForms],
    standing: defaultdict[str, list[tuple[int, bytes]]],
) -> IndexedPage:
    """Return what the index holds of the page at *url*; *forms* knows the words of all its *pieces*.

    For each word, the number of the *page*, and where it stands there with weights, in Pagefind's way of writing, goes
    into *standing*.
    """
    in_text: defaultdict[str, list[int]] = defaultdict(list)
    forms_of: Callable[[str], Any] = forms.__getitem__
    content: list[str] = []
    anchors: list[dict[str, object]] = []
    for whole, words, anchor in pieces.passages:
        if anchor:
            anchors.append({"element": "h2", "id": anchor, "text": SIGN, "location": len(content)})
            content.append(SIGN)
        # Weight and position in one number, which sorts as Pagefind sorts them.
        start = whole << _BITS
        for place, found in enumerate(map(forms_of, words), start + len(content)):
            if found.__class__ is str:
                in_text[found].append(place)
                continue
            for word, share in found:
                in_text[word].append(place - start + ((whole // share or 1) << _BITS))
        content += words
    in_shown = _shown(pieces, forms)
    for word, places in in_text.items():
        if word not in in_shown:
            standing[word].append((page, _single[places[0]] if len(places) == 1 else _places(places) + _EMPTY))
    for word, shown in in_shown.items():
        standing[word].append((page, (_places(in_text[word]) if word in in_text else _EMPTY) + shown))
    count = max(len(content), 1)
    fragment = {
        "url": f"/{url}",
        "content": " ".join(content),
        "word_count": count,
        "filters": {},  # the browser has no use for them
        "meta": dict(sorted(text.shown.items())),
        "anchors": anchors,
    }
    return IndexedPage(count, msgspec.json.encode(fragment))


def pieces_in(fragment: bytes) -> set[str]:
    """Return all pieces of the text that *fragment* was made of, and ``SIGN``."""
    page = _fragment_decoder.decode(fragment)
    return {SIGN, *page.content.split()}.union(*(shown.split() for shown in page.meta.values()))


class _Fragment(msgspec.Struct):
    content: str
    meta: dict[str, str]


_fragment_decoder = msgspec.json.Decoder(_Fragment)


def _sentence(text: str) -> list[str]:
    pieces = text.split()
    if pieces and _ENDS_OPEN.search(pieces[-1]):
        pieces[-1] += "."
    return pieces


def _shown(pieces: Pieces, forms: Mapping[str, WordForms]) -> dict[str, bytes]:
    """Return where words stand in what a hit shows."""
    found: dict[str, list[int]] = {}
    last: dict[str, tuple[int, int]] = {}
    for field, words in pieces.shown:
        for position, piece in enumerate(words):
            for word in words_in(forms[piece]):
                before = last.get(word)
                if before is None:
                    found[word] = [-1 - field, position]
                elif before[0] != field:
                    found[word] += (-1 - field, position)
                else:
                    found[word].append(position - before[1])
                last[word] = field, position
    return {word: numbers(places) for word, places in found.items()}


def _places(places: list[int]) -> bytes:
    """Return weights and positions in Pagefind's way of writing: steps, and weights where they change."""
    places.sort()
    written: list[int] = []
    weight, before = _FIRST_WEIGHT, 0
    for place in places:
        found, position = place >> _BITS, place & _POSITION
        if found != weight:
            written += (-1 - found, position)
            weight = found
        else:
            written.append(position - before)
        before = position
    return list_head(len(written)) + b"".join(map(_written.__getitem__, written))


class _Written(dict[int, bytes]):
    """Whole numbers as they are written."""

    def __missing__(self, value: int) -> bytes:
        self[value] = written = number(value)
        return written


class _Single(dict[int, bytes]):
    """Where a word stands that stands in one place, and in nothing that a hit shows."""

    def __missing__(self, place: int) -> bytes:
        self[place] = written = _places([place]) + _EMPTY
        return written


_single = _Single()
_written = _Written()
"""There are as many as places in the longest text, and weights."""
