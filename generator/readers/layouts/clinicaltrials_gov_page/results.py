"""The tab “Results Posted”: it has the tables and labels of the classic page, and is read as they are."""

from __future__ import annotations

from generator.model.document import Document
from generator.readers.draft import Draft
from generator.readers.layouts.clinicaltrials_gov_classic.page import Page as ClassicPage
from generator.readers.layouts.clinicaltrials_gov_classic.page import Row
from generator.readers.layouts.clinicaltrials_gov_classic.results import read_results as read_classic_results
from generator.readers.layouts.clinicaltrials_gov_page.lines import Line
from generator.readers.layouts.clinicaltrials_gov_page.tables import SECTIONS

HEADINGS = frozenset({"participant flow", "baseline characteristics", "outcome measures", "adverse events"})
"""Headings of the results, in lower case."""
_GROUPS = "arm/group title"
_ALSO_IN_RESULTS = "more information"
"""A heading that both tabs have."""


def cut_results(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """Return the *lines* of the page without its results, and those of the results.

    Results begin at the first of their headings, if the row of groups comes behind it, and go on to the next heading
    of the other tab.
    """
    start = next((index for index, line in enumerate(lines) if line.name in HEADINGS), len(lines))
    if not any(line.name.startswith(_GROUPS) for line in lines[start:]):
        return lines, []
    other = SECTIONS.keys() - {_ALSO_IN_RESULTS}
    end = next((index for index in range(start, len(lines)) if lines[index].name in other), len(lines))
    return [*lines[:start], *lines[end:]], lines[start:end]


def read_results(document: Document, draft: Draft, lines: list[Line]) -> None:
    """Read *lines*, those of the results, into *draft*; what is not understood stays unread."""
    closed = [document.line(line.number).stripped for line in lines if line.closed]
    markdown = all(text.startswith("|") for text in closed)
    page = ClassicPage(document, draft)
    page.rows = [Row(line.number, _classic_text(document, line, markdown=markdown)) for line in lines]
    read_classic_results(page)


def _classic_text(document: Document, line: Line, *, markdown: bool) -> str:
    """Return *line* with the borders of cells as the classic page has them: behind each cell, none before the first."""
    text = document.line(line.number).text
    if "\t" in text.strip(" "):
        return f"{' | '.join(cell.strip() for cell in text.split(chr(9)))} |"
    if markdown and line.closed:
        return f"{' | '.join(line.cells)} |"
    return text.strip() if "|" in text else line.text
