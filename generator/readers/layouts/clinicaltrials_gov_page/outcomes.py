"""Tables of outcome measures: measure, description and time frame in three cells."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.document import LineRole
from generator.readers.fields import plain_name
from generator.readers.layouts.clinicaltrials_gov_page.lines import Line, parts_of
from generator.readers.layouts.clinicaltrials_gov_page.page import Found, Page

_COLUMNS = {"outcome measure": "measure", "measure description": "description", "time frame": "timeFrame"}


def read_outcomes(page: Page, found: Found) -> None:
    """Read the rows at the cursor into the list of the label *found*.

    A row is known by its borders (tabs, pipes).  Where a cell holds several lines, its row runs over them; a row whose
    cells do not come out even stays unread, as do lines without any border.
    """
    path = found.label.rule.path
    columns: list[str] = []
    while page.more() and page.is_header(page.line):
        columns.extend(_COLUMNS.get(plain_name(cell), "") for cell in page.line.cells)
        page.known(page.line, LineRole.HEADING, "columns of the table")
        page.position += 1
    columns = columns or list(_COLUMNS.values())
    lines = page.below()
    if not any(len(line.cells) > 1 or line.closed for line in lines):
        return
    row: list[_Cell] = []
    opens_cell = True
    for line in lines:
        for index, cell in enumerate(line.cells):
            if index > 0 or opens_cell:
                row.append(_Cell(parts_of(cell), line, line))
            else:
                row[-1].parts.extend(parts_of(cell))
                row[-1].last = line
        opens_cell = line.closed
        if len(row) >= len(columns) and (len(row) > len(columns) or opens_cell or len(line.cells) > 1):
            _state(page, path, columns, row)
            row, opens_cell = [], True


@dataclass(slots=True)
class _Cell:
    """A cell of a row, which may run over several lines."""

    parts: list[str]
    first: Line
    last: Line


def _state(page: Page, path: str, columns: list[str], row: list[_Cell]) -> None:
    if len(row) != len(columns) or not row[0].parts:
        return
    item = page.draft.item(path)
    for name, cell in zip(columns, row, strict=True):
        if cell.parts and name:
            page.statements.state(f"{item}.{name}", "\n".join(cell.parts), page.field(name, "", cell.first, cell.last))
