"""A document as found, line by line, and what became of each line."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class LineRole(StrEnum):
    """What a line of a document is for its reader."""

    FACT = "fact"
    """It fed at least one value."""
    HEADING = "heading"
    """A label or a section's title that the layout's table knows."""
    BOILERPLATE = "boilerplate"
    """A sentence of the site that the layout's table knows."""
    MENTION = "mention"
    """It names another trial."""
    STRUCTURE = "structure"
    """Part of a structured document, whose reader accounts for elements and not for lines."""
    BLANK = "blank"
    UNREAD = "unread"
    """No rule understood it."""


@dataclass(slots=True)
class Line:
    """One line of a document."""

    number: int
    """Counted from 1."""
    text: str
    """Without its line ending, blanks at both ends kept."""
    role: LineRole = LineRole.UNREAD
    became: list[str] = field(default_factory=list)
    """Pointers of the values that it fed, with the study's id before them: ``NCT06774235#/protocolSection/…``;
    for headings and boilerplate, what they stand for."""

    @property
    def stripped(self) -> str:
        """The text without blanks at its ends."""
        return self.text.strip()


_LINE_ENDING = re.compile(r"\r\n|\n|\r")


class Document:
    """A document, its lines, and what became of them.

    Lines end at LF, CRLF or CR only, as editors count them, so that a line number means the same everywhere.
    """

    path: str
    text: str
    sha256: str
    structured: bool
    """True for JSON, XML and the like: their readers account for every element, so no line is unread by itself."""

    def __init__(self, path: str, text: str, sha256: str = "", *, structured: bool = False) -> None:
        """Take *text*, the whole decoded file at *path* (inside ``seeds/``).

        A reader of a structured layout sets *structured* when it takes the document.
        """
        self.path = path
        self.text = text
        self.sha256 = sha256
        self.structured = structured
        self._lines: list[Line] | None = None
        self._starts: list[int] | None = None

    @property
    def lines(self) -> list[Line]:
        """All lines in order, numbered when first asked for: a large structured document never needs them."""
        if self._lines is None:
            pieces = _LINE_ENDING.split(self.text)
            if pieces[-1] == "":
                pieces.pop()
            filled = LineRole.STRUCTURE if self.structured else LineRole.UNREAD
            self._lines = [
                Line(number, piece, filled if piece.strip() else LineRole.BLANK)
                for number, piece in enumerate(pieces, start=1)
            ]
        return self._lines

    def line_at(self, offset: int) -> int:
        """Return the number of the line that holds the character at *offset* of the text."""
        if self._starts is None:
            self._starts = [match.end() for match in _LINE_ENDING.finditer(self.text)]
        return bisect_right(self._starts, offset) + 1

    def line(self, number: int) -> Line:
        """Return the line with this number, counted from 1."""
        return self.lines[number - 1]

    def filled(self) -> list[Line]:
        """Return the lines that hold more than blanks, in order."""
        return [line for line in self.lines if line.role is not LineRole.BLANK]

    def account(self, numbers: int | Iterable[int], role: LineRole, became: str = "") -> None:
        """Say what the lines with these *numbers* are; a line that fed a fact stays one."""
        for number in (numbers,) if isinstance(numbers, int) else numbers:
            line = self.line(number)
            if line.role is LineRole.BLANK:
                continue
            if line.role is not LineRole.FACT:
                line.role = role
            if became and became not in line.became:
                line.became.append(became)

    def unread(self) -> list[Line]:
        """Return the lines that nothing has accounted for, in order; none in a structured document."""
        if self.structured:
            return []
        return [line for line in self.lines if line.role is LineRole.UNREAD]
