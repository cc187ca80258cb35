"""The tables of results as rows of cells, and what single cells say."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.model.document import LineRole
from generator.readers.layouts.clinicaltrials_gov_classic.page import Page
from generator.readers.layouts.clinicaltrials_gov_xml.conversion import DISPERSIONS

_LONGEST_ROW = 120
"""Lines of a row whose cells hold paragraphs."""

_NUMBER = r"-?(?:\d[\d,]*(?:\.\d+)?|\.\d+)"
_ASIDE = (
    rf"\(\s*(?:(?P<lower>{_NUMBER}|NA) to (?P<upper>{_NUMBER}|NA)|(?P<spread>{_NUMBER}|NA))\s*\)"
    r"|(?:\(\s*|(?<=\s))[\d.]+\s*%\s*\)?"
)
_VALUE = re.compile(rf"(?P<value>{_NUMBER}|NA)\s*(?:{_ASIDE})?(?:\s*\[\d+\])?")
_COUNT = re.compile(r"(?P<count>\d[\d,]*)(?:\s+(?:participants?|[A-Za-z][A-Za-z -]*))?(?:\s*\[\d+\])?")
_AFFECTED = re.compile(r"(?P<affected>\d[\d,]*)\s*/\s*(?P<risk>\d[\d,]*)(?:\s*\([\d.]+%\))?")
_NAMES = (
    "Geometric Least Squares Mean",
    "Least Squares Mean",
    "Geometric Mean",
    "Log Mean",
    "Mean",
    "Median",
    "Number",
    "Count of Participants",
    "Count of Units",
)
_PARAMETER = re.compile(
    rf"(?:Measure Type:\s*)?(?P<parameter>{'|'.join(_NAMES)})(?:\s*\((?P<dispersion>[^()]+)\)|\s*±\s*(?P<plus>.+))?"
)


@dataclass(slots=True)
class TableRow:
    """A row of a table, whatever lines it takes; text outside of tables is a row of one cell."""

    cells: list[str]
    first: int
    last: int

    @property
    def lines(self) -> tuple[int, int]:
        """First and last line."""
        return self.first, self.last

    @property
    def label(self) -> str:
        """The first cell, in one line and without the colon and the footnote mark behind it."""
        return re.sub(r"\s*\[\d+\]$", "", " ".join(self.cells[0].split()).removesuffix(":")).rstrip()

    @property
    def key(self) -> str:
        """The label for comparing."""
        return self.label.casefold()

    @property
    def values(self) -> list[str]:
        """The cells behind the first."""
        return self.cells[1:]

    @property
    def only(self) -> str:
        """The only filled cell; nothing where several are filled."""
        filled = [cell for cell in self.cells if cell]
        return " ".join(filled[0].split()) if len(filled) == 1 else ""

    @property
    def text(self) -> str:
        """What stands behind the label, where that is one cell."""
        filled = [cell for cell in self.values if cell]
        return filled[0] if len(filled) == 1 else ""


def rows_of(page: Page) -> list[TableRow]:
    """Return the rows from the cursor of *page* to its end.

    A line with a border goes on until a line ends with one, as cells hold paragraphs; where none does, it stands alone.
    """
    rows: list[TableRow] = []
    lines = page.rows[page.position :]
    index = 0
    while index < len(lines):
        first = lines[index]
        end = index
        if "|" in first.text and not first.closed:
            for ahead in range(index + 1, min(len(lines), index + _LONGEST_ROW)):
                if lines[ahead].closed:
                    end = ahead
                    break
        text = "\n".join(line.text for line in lines[index : end + 1])
        bordered = "|" in text
        cells = [cell.strip() for cell in text.removesuffix("|").split("|")] if bordered else [text]
        rows.append(TableRow(cells, first.number, lines[end].number))
        index = end + 1
    return rows


def known(page: Page, row: TableRow, meaning: str, role: LineRole = LineRole.HEADING) -> None:
    """Account for *row* as a heading, or as *role* says."""
    page.document.account(range(row.first, row.last + 1), role, meaning)


def measurement(cell: str) -> dict[str, str] | None:
    """Return what a cell of a measured value says: ``45.1 (3.2)``, ``12 (10 to 14)``, ``7 (41.2%)``."""
    found = _VALUE.fullmatch(" ".join(cell.split()))
    if not found:
        return None
    said = {
        "value": found["value"],
        "spread": found["spread"],
        "lowerLimit": found["lower"],
        "upperLimit": found["upper"],
    }
    return {name: value.replace(",", "") for name, value in said.items() if value is not None}


def count(cell: str) -> str | None:
    """Return the number of ``21`` or ``21 participants``."""
    found = _COUNT.fullmatch(" ".join(cell.split()))
    return found["count"].replace(",", "") if found else None


def affected(cell: str) -> tuple[int, int] | None:
    """Return both numbers of ``1/10 (10.00%)``: participants affected and at risk."""
    found = _AFFECTED.fullmatch(" ".join(cell.split()))
    return (int(found["affected"].replace(",", "")), int(found["risk"].replace(",", ""))) if found else None


def parameter(text: str) -> tuple[str, str | None] | None:
    """Return parameter and dispersion of ``Mean (Standard Deviation)``, as API v2 writes them."""
    found = _PARAMETER.fullmatch(" ".join(text.split()))
    if not found:
        return None
    spread = found["dispersion"] or found["plus"]
    dispersion = DISPERSIONS.get(spread.strip().casefold()) if spread else None
    if spread and dispersion is None:
        return None
    return found["parameter"].upper().replace(" ", "_"), dispersion
