"""The table of arms and interventions, or of groups and cohorts."""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.model.document import LineRole
from generator.readers.display_words import known_value
from generator.readers.layouts.clinicaltrials_gov_page.lines import Line, parts_of
from generator.readers.layouts.clinicaltrials_gov_page.page import Found, Page, paragraphs

_MODULE = "protocolSection.armsInterventionsModule"
_OTHER_NAMES = "other names"


@dataclass(slots=True)
class _Block:
    """A line that names an arm or an intervention, and the lines below it that describe it."""

    kind: str
    """``arm`` or ``intervention``."""
    line: Line
    below: list[Line] = field(default_factory=list)


def read_arms(page: Page, _: Found) -> None:
    """Read the table at the cursor.

    An arm begins with its type (``Experimental: …``), an intervention with the words that the page's head has for it.
    ``Other: …`` can be either; where borders and the order of lines leave both possible, nothing is read to the next
    certain arm.  Groups of observational studies have no type: they are read only where borders of cells show them.
    """
    while page.more() and page.is_header(page.line):
        page.known(page.line, LineRole.HEADING, "columns of the table")
        page.position += 1
    lines = page.below()
    pieces = _pieces(lines)
    blocks = _blocks_of_cells(page, pieces) if any(line.closed for line in lines) else _blocks(page, pieces)
    arm = ""
    for block in blocks:
        if block.kind == "arm":
            arm = _state_arm(page, block)
        else:
            _state_intervention(page, block, arm)


def _pieces(lines: list[Line]) -> list[tuple[Line, bool]]:
    """Return the lines of the cells, each with whether a border shows that its cell ends with it."""
    found = []
    for line in lines:
        for index, cell in enumerate(line.cells):
            parts = parts_of(cell) or [""]
            for place, part in enumerate(parts):
                ends = place == len(parts) - 1 and (index < len(line.cells) - 1 or line.closed)
                found.append((Line.of(line.number, part, closed=ends), ends))
    return found


def _arm_type(text: str) -> str | None:
    word, colon, name = text.partition(":")
    return known_value("armGroupType", word) if colon and name.strip() else None


def _blocks(page: Page, pieces: list[tuple[Line, bool]]) -> list[_Block]:
    """Take lines apart by what they begin with, and by the tabs that end the first cells of rows, where there are any.

    Between two tabs stand the second cell of one row and the first cell of the next one.
    """
    kinds = [_kind(page, line) for line, _ in pieces]
    tabs = [index for index, (_, ends) in enumerate(pieces) if ends]
    blocks: list[_Block] = []
    doubtful = True
    """Whether it is not known where the lines at hand belong."""
    named = False
    """Whether the present arm has an intervention already."""
    for index, (line, _) in enumerate(pieces):
        kind = kinds[index]
        if kind == "either" and (blocks or index == 0):
            kind, certain = _decide(kinds, tabs, index, named=named, begun=bool(blocks))
            doubtful = doubtful or not certain
        if kind == "arm":
            doubtful = named = False
        if doubtful or not line.text:
            continue
        if kind and kind != "either":
            named = named or kind == "intervention"
            blocks.append(_Block(kind, line))
        else:
            blocks[-1].below.append(line)
    return blocks


def _kind(page: Page, line: Line) -> str:
    """Return what *line* can begin: ``arm``, ``intervention``, ``either``, or nothing."""
    is_arm = _arm_type(line.bare) is not None
    if line.name in page.interventions:
        return "either" if is_arm else "intervention"
    return "arm" if is_arm else ""


def _decide(kinds: list[str], tabs: list[int], index: int, *, named: bool, begun: bool) -> tuple[str, bool]:
    """Return what a line that can be an arm or an intervention is, and whether that is certain."""
    if not begun:
        return "arm", True
    if tabs:
        after = next((tab for tab in tabs if tab >= index), None)
        if after is None:
            return "intervention", True
        # The row that this tab ends begins with the last line that can be an arm.
        later = any(kinds[place] in ("arm", "either") for place in range(index + 1, after + 1))
        return ("intervention" if later else "arm"), True
    until = next((place for place in range(index + 1, len(kinds)) if kinds[place] == "arm"), len(kinds))
    return "intervention", not (named and any(kinds[index + 1 : until]))


def _blocks_of_cells(page: Page, pieces: list[tuple[Line, bool]]) -> list[_Block]:
    """Take cells apart: an arm in the first cell of a row, its interventions in the second."""
    cells: list[list[Line]] = [[]]
    for line, ends in pieces:
        if line.text:
            cells[-1].append(line)
        if ends:
            cells.append([])
    blocks: list[_Block] = []
    second = False
    for cell in cells:
        begins = [index for index, line in enumerate(cell) if line.name in page.interventions]
        if second and begins[:1] == [0]:
            for index, line in enumerate(cell):
                if index in begins:
                    blocks.append(_Block("intervention", line))
                else:
                    blocks[-1].below.append(line)
            second = False
        elif cell:
            if second and not page.interventions and _arm_type(cell[0].bare) is None:
                continue
            blocks.append(_Block("arm", cell[0], cell[1:]))
            second = True
        else:
            second = False
    return blocks


def _state_arm(page: Page, block: _Block) -> str:
    """State an arm; return its path."""
    text = block.line.bare
    kind = _arm_type(text)
    path = page.draft.item(f"{_MODULE}.armGroups")
    label = text.partition(":")[2].strip() if kind else text
    named = page.field("arm", text, block.line)
    page.statements.state(f"{path}.label", label, named)
    if kind:
        page.statements.state(f"{path}.type", kind, named)
    if block.below:
        page.statements.state(
            f"{path}.description",
            paragraphs(block.below),
            page.field("description", "", block.below[0], block.below[-1]),
        )
    return path


def _state_intervention(page: Page, block: _Block, arm: str) -> None:
    """State that *arm* has an intervention, with the description and the other names that stand below it."""
    path = page.interventions[block.line.name]
    named = page.field("intervention", block.line.bare, block.line)
    label = page.draft.value(f"{arm}.label")
    if arm and isinstance(label, str):
        kind, _, name = block.line.bare.partition(":")
        page.statements.append(f"{arm}.interventionNames", f"{kind.strip()}: {name.strip()}", named)
        page.statements.append(f"{path}.armGroupLabels", label, named)
    described: list[Line] = []
    others: list[Line] | None = None
    for line in block.below:
        if line.name == _OTHER_NAMES:
            page.known(line, LineRole.HEADING, _OTHER_NAMES)
            others = []
        elif others is None:
            described.append(line)
        else:
            others.append(line)
    if described:
        text = described[0].bare if len(described) == 1 else paragraphs(described)
        page.statements.state(f"{path}.description", text, page.field("description", "", described[0], described[-1]))
    for line in others or ():
        page.statements.append(f"{path}.otherNames", line.bare, page.field("other name", line.bare, line))
