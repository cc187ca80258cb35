"""Tables as text: a row of columns' names, and a row for each trial, with its lines; broken rows are told."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.model.document import Document
from generator.model.problem import Problem
from generator.readers.fields import Field
from generator.readers.reader import ReadError

DELIMITERS = (",", ";", "\t")
_LINE_ENDING = re.compile(r"\r\n|\n|\r")
_LONGEST_HEADER = 16_384
"""Characters of the first row: a line of names is shorter."""


@dataclass(frozen=True, slots=True)
class Row:
    """One trial of a table: its filled cells by the name of their column."""

    line: int
    cells: dict[str, Field]

    def get(self, *names: str) -> Field | None:
        """Return the first filled cell among the columns *names*."""
        return next((self.cells[name] for name in names if name in self.cells), None)


def header(text: str) -> tuple[list[str], str] | None:
    """Return the names in the first filled line of *text*, and what parts them; None where nothing does."""
    line = _LINE_ENDING.split(text[:_LONGEST_HEADER].lstrip("\ufeff \r\n\t"), maxsplit=1)[0]
    best: tuple[list[str], str] | None = None
    for delimiter in DELIMITERS:
        try:
            names = [name.strip() for name in next(csv.reader([line], delimiter=delimiter, strict=True), [])]
        except csv.Error:
            continue
        if len(names) > 1 and (best is None or len(names) > len(best[0])):
            best = names, delimiter
    return best


def rows(document: Document, plain: Callable[[str], str], problems: list[Problem]) -> Iterator[Row]:
    """Yield the rows of *document* below its header, cells under the names that *plain* makes of the columns'.

    A row that does not fit the columns is left out, and told in *problems*.  Raises ReadError where the text is no
    table or its quotes are broken.
    """
    found = header(document.text)
    if found is None:
        raise ReadError(1, "The first row does not name columns; export the table again", "no-columns")
    _, delimiter = found
    lines = _LINE_ENDING.split(document.text.lstrip("\ufeff"))
    skipped = next((index for index, line in enumerate(lines) if line.strip()), 0)
    last_line = max(1, document.line_count)
    reader = csv.reader((f"{line}\n" for line in lines[skipped:]), delimiter=delimiter, strict=True)
    before = 0
    try:
        names = [name.strip() for name in next(reader)]
        before = reader.line_num
        for cells in reader:
            first, last = before + 1 + skipped, min(reader.line_num + skipped, last_line)
            before = reader.line_num
            while len(cells) > len(names) and not cells[-1].strip():
                cells.pop()
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(names):
                message = (
                    f"The row has {len(cells)} cells for {len(names)} columns; it is left out. Correct its quotes, or "
                    "export the table again"
                )
                problems.append(Problem(document.path, first, message, "error", "broken-row"))
                continue
            filled: dict[str, Field] = {}
            for name, cell in zip(names, cells, strict=True):
                if cell.strip():
                    filled.setdefault(plain(name), Field(name, cell.strip(), (first, last), name))
            yield Row(first, filled)
    except csv.Error as error:
        line = min(before + 1 + skipped, last_line)
        message = f"The row cannot be taken apart: {error}; export the table again"
        raise ReadError(line, message, "broken-csv") from error
