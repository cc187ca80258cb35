"""One trial of an export as named fields, and how lists inside a field are taken apart."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from functools import lru_cache


@dataclass(slots=True)
class Field:
    """One filled field of one trial."""

    name: str
    """As the export writes it."""
    text: str
    """Cleaned: HTML's line breaks and entities are resolved, lines kept."""
    lines: tuple[int, int]
    place: str

    @property
    def one_line(self) -> str:
        """The text in one line."""
        return " ".join(self.text.split())


@dataclass(slots=True)
class Row:
    """One trial of an export."""

    line: int
    fields: dict[str, Field] = field(default_factory=dict)
    """By canonical name, see :func:`canonical_name`."""
    repeated: list[Field] = field(default_factory=list)
    """Fields whose name stood before in the same trial."""

    def add(self, name: str, raw: str, lines: tuple[int, int], place: str) -> None:
        """Add a field; one that is empty or only a mark for empty is no field."""
        text = cleaned(raw)
        if not text:
            return
        filled = Field(name, text, lines, place)
        canonical = canonical_name(name)
        if canonical in self.fields:
            self.repeated.append(filled)
        else:
            self.fields[canonical] = filled


_ALIASES = {
    "trial_id": "trialid",
    "main_id": "trialid",
    "secondary_ids": "secondary_id",
    "secondaryids": "secondary_id",
    "secondaryid": "secondary_id",
    "primary_sponsors": "primary_sponsor",
    "secondary_sponsors": "secondary_sponsor",
    "source_s_of_monetary_support": "source_support",
    "sources_of_support": "source_support",
    "url": "web_address",
    "agemin": "inclusion_agemin",
    "age_min": "inclusion_agemin",
    "age_max": "inclusion_agemax",
    "no_column_name": "last_refreshed_on",
    "agemax": "inclusion_agemax",
    "gender": "inclusion_gender",
    "date_enrolment": "date_enrollement",
    "date_enrollment": "date_enrollement",
    "conditions": "condition",
    "interventions": "intervention",
    "country": "countries",
    "primary_outcomes": "primary_outcome",
    "secondary_outcomes": "secondary_outcome",
    "source_registry": "source_register",
}


@lru_cache(maxsize=512)
def canonical_name(name: str) -> str:
    """Return the one name under which *name* is known: the CSV has blanks where the XML has underscores."""
    plain = re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")
    return _ALIASES.get(plain, plain)


_BREAK = re.compile(r"\n?<br\s{0,3}/?>", re.IGNORECASE)


def cleaned(raw: str) -> str:
    """Resolve HTML's entities once, turn its line breaks into lines, drop blanks at the ends of lines."""
    text = html.unescape(raw).replace("\r\n", "\n").replace("\r", "")
    text = _BREAK.sub("\n", text)
    lines = [line.rstrip() for line in text.split("\n")]
    return "\n".join(lines).strip()


def pieces(text: str) -> list[str]:
    """Split *text* at semicolons outside brackets; each piece in one line."""
    found: list[str] = []
    depth = 0
    start = 0
    for position, character in enumerate(text):
        if character in "([":
            depth += 1
        elif character in ")]":
            depth = max(0, depth - 1)
        elif character == ";" and depth == 0:
            found.append(text[start:position])
            start = position + 1
    found.append(text[start:])
    return [" ".join(piece.split()) for piece in found if piece.strip()]


def unique(items: list[str]) -> list[str]:
    """Return *items* without repetitions, in their order."""
    return list(dict.fromkeys(items))


_NUMBERED = re.compile(r"(?:^|[;\n])\s{0,9}(\d{1,2})[.)]\s{0,9}(?=\S)")


def numbered_items(text: str) -> list[str] | None:
    """Take ``1. A; 2. B`` apart; None where the numbers do not run 1, 2, 3 … from the beginning.

    >>> numbered_items("1. A, B; 2. C")
    ['A, B', 'C']
    """
    marks = list(_NUMBERED.finditer(text))
    if len(marks) < 2 or marks[0].start() != 0 or [int(mark[1]) for mark in marks] != list(range(1, len(marks) + 1)):
        return None
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    items = [" ".join(text[mark.end() : end].split()).rstrip(";") for mark, end in zip(marks, ends, strict=True)]
    return items if all(items) else None


def column_of(text: str) -> list[str]:
    """Split a list with semicolons, empty places kept: they say whose address is missing."""
    return [" ".join(piece.split()) for piece in text.split(";")]
