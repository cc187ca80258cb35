"""A document as found, line by line, and what became of each line."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
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


@dataclass(slots=True, init=False)
class Line:
    """One line of a document."""

    number: int
    """Counted from 1."""
    text: str
    """Without its line ending, blanks at both ends kept."""
    role: LineRole
    became: list[str]
    """Pointers of the values that it fed, with the study's id before them: ``NCT06774235#/protocolSection/…``;
    for headings and boilerplate, what they stand for."""
    stripped: str
    """The text without blanks at its ends."""

    def __init__(self, number: int, text: str, role: LineRole = LineRole.UNREAD) -> None:
        """Make a line that nobody has read; one without text is blank, whatever *role* says."""
        self.number = number
        self.text = text
        self.stripped = stripped = text.strip()
        self.role = role if stripped else LineRole.BLANK
        self.became = []


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

    page_starts: tuple[int, ...]
    """The line on which each page begins, where the document has pages of paper; else empty."""

    def __init__(
        self, path: str, text: str, sha256: str = "", *, structured: bool = False, page_starts: tuple[int, ...] = ()
    ) -> None:
        """Take *text*, the whole decoded file at *path* (inside ``seeds/``).

        A reader of a structured layout sets *structured* when it takes the document.
        """
        self.page_starts = page_starts
        self.path = path
        self.text = text
        self.sha256 = sha256
        self.structured = structured
        self.notice = ""
        """What was odd when it was opened, for its readers to know; empty in most."""
        self._lines: list[Line] | None = None
        self._filled: list[Line] | None = None
        self._starts: list[int] | None = None

    @property
    def lines(self) -> list[Line]:
        """All lines in order, numbered when first asked for: a large structured document never needs them."""
        if self._lines is None:
            pieces = _LINE_ENDING.split(self.text) if "\r" in self.text else self.text.split("\n")
            if pieces[-1] == "":
                pieces.pop()
            filled = LineRole.STRUCTURE if self.structured else LineRole.UNREAD
            self._lines = [Line(number, piece, filled) for number, piece in enumerate(pieces, start=1)]
        return self._lines

    @property
    def line_count(self) -> int:
        """The number of lines, also where nobody has asked for them yet."""
        if self._lines is not None:
            return len(self._lines)
        end = 0
        count = 0
        for match in _LINE_ENDING.finditer(self.text):
            end = match.end()
            count += 1
        return count + (end < len(self.text))

    def line_at(self, offset: int) -> int:
        """Return the number of the line that holds the character at *offset* of the text."""
        if self._starts is None:
            self._starts = [match.end() for match in _LINE_ENDING.finditer(self.text)]
        return bisect_right(self._starts, offset) + 1

    def page_of(self, number: int) -> int | None:
        """Return the page on which the line with this number stands; None where the document has no pages."""
        return bisect_right(self.page_starts, number) or None

    def line(self, number: int) -> Line:
        """Return the line with this number, counted from 1."""
        return self.lines[number - 1]

    def filled(self) -> list[Line]:
        """Return the lines that hold more than blanks, in order."""
        if self._filled is None:
            self._filled = [line for line in self.lines if line.stripped]
        return self._filled.copy()

    @property
    def has_blank_lines(self) -> bool:
        """Say whether any line holds nothing."""
        return len(self.filled()) < len(self.lines)

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

    def move(self, moved: dict[str, str]) -> None:
        """Tell the lines where their values are now: *moved* has the new place for the old one, ``""`` for none.

        A line of which no value is left is unread again.
        """
        if not moved or self._lines is None:
            return
        for line in self._lines:
            if any(became in moved for became in line.became):
                line.became = [place for became in line.became if (place := moved.get(became, became))]
                if not line.became:
                    line.role = LineRole.UNREAD

    def unread(self) -> list[Line]:
        """Return the lines that nothing has accounted for, in order; none in a structured document."""
        if self.structured:
            return []
        return [line for line in self.lines if line.role is LineRole.UNREAD]
