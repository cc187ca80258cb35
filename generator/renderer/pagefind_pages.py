"""One trial's lean text to its part of the index: which words stand where, and what a hit shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import msgspec

from generator.exports.search_records import SIGN, TITLE_WEIGHT, LeanText
from generator.renderer.pagefind_files import numbers
from generator.renderer.pagefind_program import WordForms, WordKey

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


class Occurrences(msgspec.Struct, array_like=True):
    """One word on one page."""

    word: str
    variant: str
    """The word with its accents; empty for the word as it is."""
    places: bytes
    """Where it stands, with weights, in Pagefind's way of writing."""


class IndexedPage(msgspec.Struct, array_like=True):
    """What the index holds of one page."""

    words: list[Occurrences]
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


def index_page(text: LeanText, pieces: Pieces, url: str, forms: Mapping[str, WordForms]) -> IndexedPage:
    """Return what the index holds of the page at *url*; *forms* knows the words of all its *pieces*."""
    in_text: dict[WordKey, list[int]] = {}
    content: list[str] = []
    anchors: list[dict[str, object]] = []
    known = in_text.get
    for whole, words, anchor in pieces.passages:
        if anchor:
            anchors.append({"element": "h2", "id": anchor, "text": SIGN, "location": len(content)})
            content.append(SIGN)
        for position, piece in enumerate(words, len(content)):
            for key, share in forms[piece]:
                # Weight and position in one number, which sorts as Pagefind sorts them.
                place = (whole if share == 1 else (whole // share or 1)) << _BITS | position
                places = known(key)
                if places is None:
                    in_text[key] = [place]
                else:
                    places.append(place)
        content += words
    in_shown = _shown(pieces, forms)
    occurrences = [
        Occurrences(*key, (_single(places[0]) if len(places) == 1 else _places(places)) + in_shown.pop(key, _EMPTY))
        for key, places in in_text.items()
    ]
    occurrences += (Occurrences(*key, _EMPTY + places) for key, places in in_shown.items())
    count = max(len(content), 1)
    fragment = {
        "url": f"/{url}",
        "content": " ".join(content),
        "word_count": count,
        "filters": {},  # the browser has no use for them
        "meta": dict(sorted(text.shown.items())),
        "anchors": anchors,
    }
    return IndexedPage(occurrences, count, msgspec.json.encode(fragment))


def _sentence(text: str) -> list[str]:
    pieces = text.split()
    if pieces and _ENDS_OPEN.search(pieces[-1]):
        pieces[-1] += "."
    return pieces


def _shown(pieces: Pieces, forms: Mapping[str, WordForms]) -> dict[WordKey, bytes]:
    """Return where words stand in what a hit shows."""
    found: dict[WordKey, list[int]] = {}
    last: dict[WordKey, tuple[int, int]] = {}
    for field, words in pieces.shown:
        for position, piece in enumerate(words):
            for key, _ in forms[piece]:
                before = last.get(key)
                if before is None:
                    found[key] = [-1 - field, position]
                elif before[0] != field:
                    found[key] += (-1 - field, position)
                else:
                    found[key].append(position - before[1])
                last[key] = field, position
    return {key: numbers(places) for key, places in found.items()}


@lru_cache(1 << 15)
def _single(place: int) -> bytes:
    return _places([place])


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
    return numbers(written)
