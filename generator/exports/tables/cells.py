"""How values stand in files of comma-separated values.

A spreadsheet runs a cell that begins like a formula, whoever wrote it.  So such a text gets an apostrophe before it,
and one that begins with apostrophes before such a character gets one more: taking one away gives the text back.
"""

from __future__ import annotations

import json
import re
from typing import Any, cast

from generator.pages.text.contacts import E_MAIL

Cell = str | int | float | bool | None | list[Any]
"""A value; a list is an ``array``."""

_RUNS = re.compile(r"'*[=+\-@\t\r\n]")
_DANGEROUS = frozenset("=+-@\t\r\n'")


def readable(cell: Cell) -> Cell:
    """Return *cell* with its e-mail addresses written for readers, not for programs that collect them."""
    if type(cell) is str and "@" in cell:
        return E_MAIL.sub(r"\1 (at) \2", cell)
    return list(map(readable, cell)) if type(cell) is list else cell


def written(cell: Cell) -> str | int | float | None:
    """Return what the writer of a CSV file is given for *cell*."""
    kind = type(cell)
    if kind is str:
        text = cast("str", cell)
        return f"'{text}" if text and text[0] in _DANGEROUS and _RUNS.match(text) else text
    if kind is bool:
        return "true" if cell else "false"
    return as_json(cell) if isinstance(cell, list) else cell


def as_json(cell: list[Any]) -> str:
    """Return a list as JSON text."""
    return json.dumps(cell, ensure_ascii=False, separators=(",", ":"))
