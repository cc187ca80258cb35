"""The ids of a page that links can lead to.  MkDocs keeps those of all pages, to check the links at the end."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable

LINE = re.compile(r"l([1-9]\d{0,8})")
"""The id of a line on the page of a document."""


class Anchors(set[str]):
    """A set of ids in which those of lines take four bytes each: documents have many thousands of lines."""

    def __init__(self, found: Iterable[str]) -> None:
        """Take the ids of a page."""
        lines: list[int] = []
        names: list[str] = []
        for name in found:
            line = LINE.fullmatch(name)
            if line:
                lines.append(int(line[1]))
            else:
                names.append(name)
        super().__init__(names)
        self._lines = array("I", sorted(lines))

    def __contains__(self, name: object) -> bool:
        """Say whether the page has this id."""
        if super().__contains__(name):
            return True
        line = LINE.fullmatch(name) if isinstance(name, str) else None
        if line is None:
            return False
        place = bisect_left(self._lines, int(line[1]))
        return place < len(self._lines) and self._lines[place] == int(line[1])
