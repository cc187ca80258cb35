"""The lines of a page in one form, whether it was copied as text, saved as HTML or extracted as Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.model.document import Document, LineRole
from generator.readers.fields import plain_name

_HEADING = re.compile(r"#{1,6}\s+")
_RULE = re.compile(r"(?=.*?[=-]{3})[\s|:=-]+")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!<>~^|-])")
_BREAK = re.compile(r"<br\s{0,3}/?>", re.IGNORECASE)
_BULLET = re.compile(r"[*•·-]\s+")


@dataclass(frozen=True, slots=True)
class Line:
    """One filled line."""

    number: int
    text: str
    """Without marks of headings, of bold type and of tables, Markdown's escapes resolved; bullets are kept."""
    cells: tuple[str, ...]
    """The cells of the table row that the line is; one for any other line."""
    closed: bool
    """True where a pipe at the end of the line ends a cell of a table; tabs only stand between cells."""

    bare: str
    """The text without a bullet."""
    name: str
    """What a label or heading on the line would be called in the tables."""

    @classmethod
    def of(cls, number: int, text: str, cells: tuple[str, ...] = (), *, closed: bool = False) -> Line:
        """Return the line with this *number* and *text*."""
        bullet = _BULLET.match(text)
        bare = text[bullet.end() :] if bullet else text
        return cls(number, text, cells or (text,), closed, bare, plain_name(bare))


def page_lines(document: Document) -> list[Line]:
    """Return the filled lines of *document*; rules and borders of tables are accounted for and left out."""
    found = []
    for line in document.filled():
        text = line.stripped
        if _RULE.fullmatch(text):
            document.account(line.number, LineRole.HEADING, "rule of a table or heading")
            continue
        if text == "|":
            document.account(line.number, LineRole.HEADING, "empty cell of a table")
        heading = _HEADING.match(text)
        text = _plain(text[heading.end() :] if heading else text)
        piped = "|" in text and (text.startswith("|") or text.endswith("|"))
        inner = text.removeprefix("|").removesuffix("|").strip() if piped else text
        if not inner.strip("|") and text != "|":
            document.account(line.number, LineRole.HEADING, "border of a table")
            continue
        parts = inner.split("|") if piped else inner.split("\t")
        if not piped and line.text.rstrip(" \r").endswith("\t"):
            parts.append("")
        cells = tuple(" ".join(part.split()) for part in parts)
        found.append(Line.of(line.number, " ".join(inner.split()), cells, closed=text.endswith("|")))
    return found


def parts_of(cell: str) -> list[str]:
    """Return the lines of a *cell* in which Markdown writes line breaks as ``<br>``."""
    return [part for piece in _BREAK.split(cell) if (part := piece.strip())]


def _plain(text: str) -> str:
    if text.startswith("**") and text.endswith("**") and len(text) > 4 and "**" not in text[2:-2]:
        text = text[2:-2]
    return _ESCAPE.sub(r"\1", text) if "\\" in text else text
