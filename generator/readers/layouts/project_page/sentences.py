"""A page in prose, sentence by sentence, each with its lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter

from generator.model.document import Document
from generator.readers.draft import Lines


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, or a heading or a link, which are not whole sentences."""

    text: str
    first_line: int
    last_line: int
    paragraph: int
    whole: bool
    """Whether it ends like a sentence; a heading or a link does not."""

    @property
    def lines(self) -> Lines:
        """Its first and its last line."""
        return (self.first_line, self.last_line)


_ENDS = re.compile(r"[.!?…]['\"”’)\]]*$")
_BREAK = re.compile(r"(?<=[.!?])(?P<close>['\"”’)\]]*)\s+(?=[“\"'(\[]?[A-ZÀ-Þ0-9])")
_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|vs|cf|al|Dr|Prof|Mr|Mrs|Ms|St|No|Fig|approx|ca|resp|incl)|\b[A-Z])\.$")
_BULLET = re.compile(r"^\s*(?:[-*•·–]\s+|#{1,6}\s+)?")


def sentences_of(document: Document) -> list[Sentence]:
    """Return the sentences of *document* in order, lines that were wrapped by hand joined."""
    found: list[Sentence] = []
    paragraph: list[tuple[int, str]] = []
    number = 0

    def close() -> None:
        nonlocal number
        if paragraph:
            found.extend(_split(paragraph, number))
            number += 1
            paragraph.clear()

    for line in document.lines:
        text = " ".join(line.text.split())
        if not text:
            close()
            continue
        if paragraph:
            before = paragraph[-1][1]
            wrapped = not _ENDS.search(before) and (text[0].islower() or len(before) >= 60)
            if not wrapped or _BULLET.match(line.text).group().strip():  # type: ignore[union-attr]
                close()
        paragraph.append((line.number, text))
    close()
    return found


def _split(paragraph: list[tuple[int, str]], number: int) -> Iterator[Sentence]:
    joined = ""
    starts: list[tuple[int, int]] = []
    for line, text in paragraph:
        joined += " " if joined else ""
        starts.append((len(joined), line))
        joined += text

    def line_of(offset: int) -> int:
        return starts[bisect_right(starts, offset, key=itemgetter(0)) - 1][1]

    def is_abbreviated(offset: int) -> bool:
        return _ABBREVIATION.search(joined[max(offset - 12, 0) : offset]) is not None

    ends = [match for match in _BREAK.finditer(joined) if not is_abbreviated(match.start())]
    for start, stop in zip(
        [0, *(match.end() for match in ends)], [*(match.end() for match in ends), len(joined)], strict=True
    ):
        text = joined[start:stop].rstrip()
        bare = _BULLET.sub("", text) if start == 0 else text
        if bare:
            yield Sentence(
                bare,
                line_of(start),
                line_of(start + len(text) - 1),
                number,
                bool(_ENDS.search(text)) or bool(ends) or len(text.split()) >= 12,
            )
