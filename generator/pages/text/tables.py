"""Tables of numbers, as blocks of HTML that both Markdown dialects leave as they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.pages.text.escaping import Markdown, html_text, one_line

NOT_STATED = None
"""A cell for which the document gives nothing."""


@dataclass(frozen=True)
class Row:
    """One row: what it is about, and a cell for each column."""

    label: str
    cells: tuple[str | None, ...] = ()
    """None where nothing is stated."""
    note: str = ""
    """Small words below the label."""
    heading: bool = False
    """True for a row that names the rows below it."""


@dataclass
class Table:
    """Rows under columns."""

    corner: str
    """What the first column holds."""
    columns: Sequence[str]
    rows: list[Row] = field(default_factory=list)

    def write(self, caption: str, *, show_contacts: bool) -> Markdown:
        """Return the table with its *caption*; it scrolls by itself where it is wider than the page."""

        def shown(text: str) -> str:
            return html_text(one_line(text), show_contacts=show_contacts)

        head = "".join(f'<th scope="col">{shown(column)}</th>' for column in self.columns)
        lines = [
            '<figure class="wide" tabindex="0">',
            f"<table><caption>{shown(caption)}</caption>",
            f'<thead><tr><th scope="col">{shown(self.corner)}</th>{head}</tr></thead>',
            "<tbody>",
        ]
        width = len(self.columns) + 1
        for row in self.rows:
            label = shown(row.label) + (f"<small>{shown(row.note)}</small>" if row.note else "")
            if row.heading:
                lines.append(f'<tr><th scope="rowgroup" colspan="{width}">{label}</th></tr>')
                continue
            cells = "".join("<td>–</td>" if cell is None else f"<td>{shown(cell)}</td>" for cell in row.cells)
            lines.append(f'<tr><th scope="row">{label}</th>{cells}</tr>')
        lines += ["</tbody></table>", "</figure>"]
        return Markdown("\n".join(lines))
