"""Where the values of a registry's JSON record stand, found only when a page shows them.

A record in API v2's form has one source, the whole of it.  Where its text is printed with one value a line, as
registries print it, each value has lines of its own; a record in one line, or printed in another way, stays whole.
"""

from __future__ import annotations

import json
import re
from collections import OrderedDict
from collections.abc import Mapping

from generator.model.document import Document
from generator.model.pointers import escape

Lines = Mapping[str, tuple[int, int]]
"""JSON pointer inside the record -> first and last line."""

_LINE = re.compile(r'\s*(?:"(?P<key>[^"\\]*(?:\\.[^"\\]*)*)"\s*:\s*)?(?P<value>\S.*?)?,?\s*')
_MOST_CITED = 40
"""Lines of one mark that its document's page shows for certain."""
_MOST_KEPT = 4
"""Records that are kept: a trial's pages follow each other."""


def printed_lines(texts: list[str], first_line: int) -> dict[str, tuple[int, int]] | None:
    """Return JSON pointer -> first and last line of each value of the record that *texts* print.

    *first_line* is the number of the first text.  None where a line holds more than one value.
    """
    spans: dict[str, tuple[int, int]] = {}
    pointers: list[str] = []
    """Pointer of each open container."""
    starts: list[int] = []
    places: list[int] = []
    """For each open container the index of its next item; -1 for an object."""
    number = first_line - 1
    for text in texts:
        number += 1
        match = _LINE.fullmatch(text)
        if match is None:
            return None
        key, value = match["key"], match["value"]
        if value is None:
            if key is not None:
                return None
            continue
        if value in {"}", "]"}:
            if not pointers or key is not None:
                return None
            places.pop()
            spans[pointers.pop()] = (starts.pop(), number)
            continue
        if not pointers:
            if spans or value not in {"{", "["}:
                return None
            here = ""
        elif places[-1] < 0:
            if key is None:
                return None
            here = f"{pointers[-1]}/{escape(_unquoted(key))}"
        else:
            if key is not None:
                return None
            here = f"{pointers[-1]}/{places[-1]}"
            places[-1] += 1
        if value in {"{", "["}:
            pointers.append(here)
            starts.append(number)
            places.append(-1 if value == "{" else 0)
        elif value[0] in "{[" and value not in {"{}", "[]"}:
            return None
        else:
            spans[here] = (number, number)
    return spans if spans and not pointers else None


def _unquoted(key: str) -> str:
    return str(json.loads(f'"{key}"')) if "\\" in key else key


class RecordLines:
    """Finds the lines of values in records, and remembers which lines of which document pages lead to."""

    def __init__(self) -> None:
        """Begin with no record known."""
        self.cited: dict[str, set[int]] = {}
        """Document -> lines."""
        self._known: OrderedDict[tuple[str, int], Lines | None] = OrderedDict()

    def of(self, document: Document, first: int, last: int) -> Lines | None:
        """Return the lines of the values of the record in these lines; None where it stays whole."""
        key = (document.path, first)
        if key in self._known:
            return self._known[key]
        texts = [line.text for line in document.lines[first - 1 : last]] if last > first else []
        found = self._known[key] = printed_lines(texts, first) if texts else None
        if len(self._known) > _MOST_KEPT:
            self._known.popitem(last=False)
        return found

    def take_cited(self) -> dict[str, set[int]]:
        """Return the lines to which pages lead since this was asked the last time."""
        cited = {document: set(lines) for document, lines in self.cited.items()}
        self.cited.clear()
        return cited

    def cite(self, document: str, first: int, last: int) -> None:
        """Remember that a page leads to these lines."""
        self.cited.setdefault(document, set()).update(range(first, min(last, first + _MOST_CITED) + 1))
