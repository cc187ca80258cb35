"""Bars for numbers, as a table: read without colour, without style and by ear it still says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.language.formats import format_number
from generator.pages.text.escaping import Markdown, html_text, plain

_SHORT = 10
"""Labels no longer than this need little room."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A number and what it counts."""

    label: str
    number: int
    href: str = ""
    """Where the label leads, as a URL that is safe already."""
    look: str = ""
    """Name of a look from the style sheet."""


def bars(caption: str, rows: Sequence[Bar], remark: str = "") -> Markdown:
    """Return the *rows* as a table with a bar for each number, as a block of HTML."""
    short = " bars--short" if all(len(row.label) <= _SHORT for row in rows) else ""
    most = max((row.number for row in rows), default=1) or 1
    lines = ['<figure class="chart">', f'<table class="bars{short}"><caption>{html_text(caption)}</caption>', "<tbody>"]
    for row in rows:
        label = html_text(plain(row.label))
        if row.href:
            label = f'<a href="{row.href}">{label}</a>'
        look = f' class="{row.look}"' if row.look else ""
        width = max(round(100 * row.number / most), 1) if row.number else 0
        drawn = f'<rect width="{width}" height="10"/>' if width else ""
        lines.append(
            f'<tr><th scope="row"{look}>{label}</th><td>{format_number(row.number)}</td>'
            f'<td><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">{drawn}</svg></td></tr>'
        )
    lines.append("</tbody></table>")
    if remark:
        lines.append(f"<figcaption>{html_text(remark)}</figcaption>")
    return Markdown("\n".join([*lines, "</figure>"]))
