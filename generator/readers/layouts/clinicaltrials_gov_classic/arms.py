"""The table of condition, intervention and phase, and the table of arms."""

from __future__ import annotations

import re

from generator.language.messages import gettext_noop
from generator.model.document import LineRole
from generator.readers.display_words import DISPLAY_WORDS, known_value, phases, value_of
from generator.readers.layouts.clinicaltrials_gov_classic.page import (
    Page,
    Row,
    heading_of,
    is_bullet,
    join_paragraphs,
    span,
)
from generator.readers.layouts.clinicaltrials_gov_classic.tables import SAFE_HEADINGS, Section

CONDITIONS = "protocolSection.conditionsModule.conditions"
PHASES = "protocolSection.designModule.phases"
ARMS = "protocolSection.armsInterventionsModule.armGroups"
INTERVENTIONS = "protocolSection.armsInterventionsModule.interventions"

_TYPES = "|".join(re.escape(word) for word in DISPLAY_WORDS["interventionType"])
TYPED = re.compile(rf"(?P<type>{_TYPES}): (?P<name>\S.*)", re.IGNORECASE)
_BORDER = re.compile(rf"(?<!\s)\s+(?=(?:{_TYPES}): \S)", re.IGNORECASE)
_PHASE_END = re.compile(r"(?<!\s)\s+((?:(?:early )?phase [0-4][\s/|]*)+|not applicable|n/a)$", re.IGNORECASE)
_RULE = re.compile(r"(?=.*---)[-|: ]+")
OTHER_NAMES = re.compile(r"Other Names?:\s*(.*)")
_LONGEST_ROW = 80
_LONGEST_CONDITION = 160
_LONGEST_PHASE = 6
"""Words of the phase's cell: what is longer has run into it."""
_ONE_CELL = gettext_noop(
    "The page prints all conditions in one cell without a border between them: this may be more than one."
)


def is_rule(row: Row) -> bool:
    """Say whether *row* is the line under a table's header."""
    return _RULE.fullmatch(row.text) is not None


def read_condition_table(page: Page) -> None:
    """Read the table whose header is at the cursor."""
    header = page.row
    page.known(header, LineRole.HEADING, "condition, intervention, phase")
    page.position += 1
    page.enter(Section.DESCRIPTION)
    page.heading = ""
    if not header.closed:
        read_plain_conditions(page, with_phase=header.text.casefold().endswith("phase"))
        return
    if page.more() and is_rule(page.row):
        page.known(page.row, LineRole.HEADING, "rule of the table")
        page.position += 1
    columns = len(header.cells)
    cells: list[list[Row]] = [[]]
    for row in page.rows[page.position : page.position + _LONGEST_ROW]:
        pieces = row.text.split("|")
        for index, piece in enumerate(pieces):
            if piece.strip():
                cells[-1].append(Row(row.number, piece.strip()))
            if index < len(pieces) - 1:
                cells.append([])
        if len(cells) > columns:
            break
    if len(cells) != columns + 1 or cells[-1] or not cells[0]:
        return
    read_cells(page, cells[0], cells[1] if columns > 1 else [], cells[2] if columns > 2 else [])
    last = max(row.number for cell in cells for row in cell)
    if columns > 1 and not cells[1]:
        page.draft.absent(
            INTERVENTIONS, "statedAsNone", gettext_noop("The column “Intervention/treatment” is empty."), last
        )
    while page.more() and page.row.number <= last:
        page.position += 1
    while page.more() and page.row.text == "|" and columns > 1:
        page.known(page.row, LineRole.BOILERPLATE, "border of the table")
        page.position += 1


def read_cells(page: Page, conditions: list[Row], interventions: list[Row], phase: list[Row]) -> None:
    """Read the cells of the condition table's only row."""
    for row in conditions:
        unclear = len(conditions) == 1 and " " in row.text
        page.append(CONDITIONS, row.text, row.number, note=_ONE_CELL if unclear else None, several=unclear)
    for row in interventions:
        for text in split_interventions(row.text, headings_in_arms(page)):
            add_intervention(page, text, row.number)
    words = " ".join(row.text for row in phase)
    if phase and len(words.split()) <= _LONGEST_PHASE:
        page.state(PHASES, list(phases(words)), span(phase))


def read_plain_conditions(page: Page, *, with_phase: bool) -> None:
    """Read the table as plain text: everything in one line, or one value a line."""
    while page.more():
        row = page.row
        if page.ends_free_text(row) or row.closed:
            break
        found_phase = known_value("phase", row.text) or re.fullmatch(r"(?:phase [0-4][\s/|]*){2,}", row.text.casefold())
        if with_phase and found_phase:
            page.state(PHASES, list(phases(row.text)), row.number)
            page.position += 1
            break
        typed = TYPED.match(row.text) or _BORDER.search(row.text)
        if typed is None:
            if page.interventions or heading_of(row) or len(row.text) > _LONGEST_CONDITION or row.text.endswith("."):
                break
            page.append(CONDITIONS, row.text, row.number)
            page.position += 1
            continue
        text = row.text
        ending = _PHASE_END.search(text) if with_phase else None
        if ending:
            page.state(PHASES, list(phases(ending[1])), row.number)
            text = text[: ending.start()]
        condition, *rest = _BORDER.split(text) if not TYPED.match(text) else ["", text]
        if condition:
            unclear = " " in condition
            page.append(CONDITIONS, condition, row.number, note=_ONE_CELL if unclear else None, several=unclear)
        for item in split_interventions(" ".join(rest), headings_in_arms(page)):
            add_intervention(page, item, row.number)
        page.position += 1
        if ending:
            break


def headings_in_arms(page: Page) -> list[str]:
    """Return the lines further down that may be interventions, longest first: they show where a name ends."""
    found = {row.bare for row in page.rows[page.position :] if TYPED.fullmatch(row.bare)}
    return sorted(found, key=lambda text: (-len(text), text))


def split_interventions(text: str, known: list[str]) -> list[str]:
    """Split ``Drug: A Drug: B``: by the names in the table of arms, else before each word for a type."""
    items: list[str] = []
    rest = text.strip()
    while rest:
        name = next(
            (one for one in known if rest == one or (rest.startswith(one) and _BORDER.match(rest, len(one)))), None
        )
        border = _BORDER.search(rest)
        if name is None:
            name = rest[: border.start()] if border else rest
        items.append(name)
        rest = rest[len(name) :].strip()
    return items


def add_intervention(page: Page, text: str, number: int) -> None:
    """Add the intervention *text*, such as ``Drug: Atogepant``."""
    typed = TYPED.fullmatch(text)
    path = page.draft.item(INTERVENTIONS)
    page.interventions.append(text)
    if typed:
        page.state(f"{path}.type", value_of("interventionType", typed["type"]), number)
        page.state(f"{path}.name", typed["name"], number)
    else:
        page.state(f"{path}.name", text, number)


def is_arms_header(row: Row) -> bool:
    """Say whether *row* is the header of the table of arms."""
    names = " ".join(row.text.replace("|", " ").split()).casefold()
    return re.fullmatch(r"(?:arms?|groups?/cohorts?) (?:assigned )?interventions?(?:/treatment)?", names) is not None


def read_arms_table(page: Page) -> None:
    """Read the table of arms, whose header is at the cursor.

    A cell ends at a border.  Cells of arms and of their interventions take turns; where the second is empty its
    border is missing, too, so each cell is told by its first line.
    """
    header = page.row
    bordered = header.closed
    groups = header.text.casefold().startswith("group")
    page.known(header, LineRole.HEADING, "arms and interventions")
    page.position += 1
    page.enter(Section.ARMS)
    if page.more() and is_rule(page.row):
        page.known(page.row, LineRole.HEADING, "rule of the table")
        page.position += 1
    if not bordered:
        read_plain_arms(page)
        return
    given: list[tuple[str, list[tuple[str, list[Row]]]]] = []
    expects_arm = True
    while page.more() and not ends_arms(page):
        cell, closed = take_cell(page)
        if not closed:
            break
        texts = [row for row in cell if row.text]
        for row in cell:
            if not row.text:
                page.known(row, LineRole.BOILERPLATE, "border of the table")
        if not texts:
            expects_arm = True
        elif given and is_intervention_cell(page, texts[0].text, expects_arm=expects_arm):
            given[-1][1].extend(split_cell(page, texts))
            expects_arm = True
        elif groups or is_arm(texts[0].text) or expects_arm:
            given.append((read_arm(page, texts, typed=not groups), []))
            expects_arm = False
        else:
            break
    attach_interventions(page, given)
    page.enter(Section.OUTCOMES)


def ends_arms(page: Page) -> bool:
    """Say whether the row at the cursor, where a cell could start, is no longer of the table."""
    row = page.row
    return is_bullet(row.text) or page.ends_free_text(row) or heading_of(row) in SAFE_HEADINGS


def take_cell(page: Page) -> tuple[list[Row], bool]:
    """Take the rows of one cell off the page; the second value says whether a border ends it."""
    start = page.position
    cell: list[Row] = []
    for row in page.rows[start : start + _LONGEST_ROW]:
        if page.ends_free_text(row):
            break
        page.position += 1
        text = row.text.removesuffix("|").rstrip() if row.closed else row.text
        cell.append(Row(row.number, text))
        if row.closed:
            return cell, True
    page.position = start
    return [], False


def is_arm(text: str) -> bool:
    """Say whether *text* starts like an arm: ``Experimental: Atogepant``."""
    kind, colon, _ = text.partition(": ")
    return bool(colon) and known_value("armGroupType", kind) is not None


def is_intervention_cell(page: Page, text: str, *, expects_arm: bool) -> bool:
    """Say whether a cell that starts with *text* lists interventions (``Other:`` can be either)."""
    if page.interventions:
        return text in page.interventions and not (expects_arm and is_arm(text))
    return not expects_arm and TYPED.fullmatch(text) is not None


def read_arm(page: Page, rows: list[Row], *, typed: bool) -> str:
    """Read one arm: type and label in the first row, the description in the others."""
    path = page.draft.item(ARMS)
    first = rows[0]
    if typed and is_arm(first.text):
        kind, _, label = first.text.partition(": ")
        page.state(f"{path}.type", value_of("armGroupType", kind), first.number)
        page.state(f"{path}.label", label.strip(), first.number)
    else:
        page.state(f"{path}.label", first.text, first.number)
    page.paragraphs(f"{path}.description", rows[1:])
    return path


def split_cell(page: Page, rows: list[Row]) -> list[tuple[str, list[Row]]]:
    """Split a cell of interventions into each one's heading and rows, the heading's row first."""
    found: list[tuple[str, list[Row]]] = []
    for row in rows:
        starts = row.text in page.interventions or (not page.interventions and TYPED.fullmatch(row.text))
        if starts or not found:
            found.append((row.text, [row]))
        else:
            found[-1][1].append(row)
    return found


def read_plain_arms(page: Page) -> None:
    """Read a table of arms that has lost its borders: every line is told by its first words."""
    given: list[tuple[str, list[tuple[str, list[Row]]]]] = []
    block: list[Row] = []

    def close() -> None:
        if block and block[0].text in page.interventions and given:
            given[-1][1].append((block[0].text, list(block)))
        elif block:
            given.append((read_arm(page, list(block), typed=True), []))
        block.clear()

    while page.more() and not page.ends_free_text(page.row):
        row = page.row
        if (row.text in page.interventions and (given or block)) or is_arm(row.text):
            close()
            block.append(row)
        elif block:
            block.append(row)
        else:
            break
        page.position += 1
    close()
    attach_interventions(page, given)


def attach_interventions(page: Page, given: list[tuple[str, list[tuple[str, list[Row]]]]]) -> None:
    """Attach to each intervention its description, its other names and the arms that it is given in.

    Interventions of one name are told apart by their descriptions, if there are as many as interventions.
    """
    versions: dict[str, list[str]] = {}
    for _, parts in given:
        for heading, rows in parts:
            if heading not in page.interventions and not any(heading == one for one in versions):
                if page.interventions and TYPED.fullmatch(heading) is None:
                    continue
                add_intervention(page, heading, rows[0].number)
            text = join_paragraphs(row.text for row in rows[1:])
            if text not in versions.setdefault(heading, []):
                versions[heading].append(text)
    for arm, parts in given:
        label = page.draft.value(f"{arm}.label")
        for heading, rows in parts:
            places = [index for index, one in enumerate(page.interventions) if one == heading]
            if not places:
                continue
            page.append(f"{arm}.interventionNames", heading, rows[0].number)
            clear = len(places) == len(versions[heading])
            if not clear and len(places) > 1:
                continue
            text = join_paragraphs(row.text for row in rows[1:])
            path = f"{INTERVENTIONS}.{places[versions[heading].index(text)] if clear else places[0]}"
            if isinstance(label, str):
                page.append(f"{path}.armGroupLabels", label, rows[0].number)
            describe(page, path, rows[1:])


def describe(page: Page, path: str, rows: list[Row]) -> None:
    """Put description and other names of the intervention at *path*; both are printed again in every arm."""
    description: list[Row] = []
    names: list[Row] = []
    listing = False
    for row in rows:
        other = OTHER_NAMES.fullmatch(row.text)
        if other:
            listing = not other[1]
            if other[1]:
                names.append(Row(row.number, other[1]))
            else:
                page.known(row, LineRole.HEADING, "other names")
        elif listing:
            names.append(Row(row.number, re.sub(r"^[-*•]\s*", "", row.text)))
        else:
            description.append(row)
    if description:
        text = join_paragraphs(row.text for row in description)
        if page.draft.value(f"{path}.description") in (None, text):
            page.state(f"{path}.description", text, span(description))
    known = page.draft.value(f"{path}.otherNames")
    for row in names:
        if isinstance(known, list) and row.text in known:
            page.draft.support(f"{path}.otherNames.{known.index(row.text)}", row.number)
        else:
            page.append(f"{path}.otherNames", row.text, row.number)
