"""The results: participant flow, baseline, outcome measures, adverse events, agreements.

The site printed them in two designs.  In the newer one each table starts with a row of the groups' titles; in the one
before 2017 the groups are listed first, under “Reporting Groups”.  Both are read where the borders of the cells are
kept.  Without them nothing shows where the title of one group ends and the next begins: such tables stay unread.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from generator.language.messages import gettext_noop
from generator.model.document import LineRole
from generator.model.pointers import Json
from generator.model.word_tables import listed
from generator.readers.layouts.clinicaltrials_gov_classic import words
from generator.readers.layouts.clinicaltrials_gov_classic.page import Page
from generator.readers.layouts.clinicaltrials_gov_classic.result_rows import (
    TableRow,
    affected,
    count,
    known,
    measurement,
    parameter,
    rows_of,
)
from generator.readers.layouts.clinicaltrials_gov_xml.conversion import SIDES, open_enumeration, restrictive_agreement

_RESULTS = "resultsSection"
_FLOW = f"{_RESULTS}.participantFlowModule"
_BASELINE = f"{_RESULTS}.baselineCharacteristicsModule"
_OUTCOMES = f"{_RESULTS}.outcomeMeasuresModule.outcomeMeasures"
_EVENTS = f"{_RESULTS}.adverseEventsModule"
_MORE = f"{_RESULTS}.moreInfoModule"

NOT_SPECIFIED = frozenset({"[not specified]", "not specified", "no text entered.", "not provided", ""})
_UNITS = re.compile(r"Units? of [Mm]easure:\s*(?P<units>.+)")
_OLD_MEASURE = re.compile(
    r"(?P<title>\S(?:.*?\S)??)\s*\[Units:\s*(?P<units>[^\]]+)\](?:\s*(?P<parameter>[A-Z].*))?", re.DOTALL
)
_OUTCOME_HEADING = re.compile(
    r"\d+\.\s*(?P<type>Primary|Secondary|Other Pre-specified|Post-Hoc) Outcome", re.IGNORECASE
)
_OLD_OUTCOME = re.compile(
    r"\d+\.\s*(?P<type>Primary|Secondary|Other Pre-specified|Post-Hoc):\s+.*", re.IGNORECASE | re.DOTALL
)
_PERIOD = re.compile(r"(?:Period Title|Participant Flow)\s*:\s*(?P<title>.+)", re.IGNORECASE)
_OUTCOME_TYPES = {
    "primary": "PRIMARY",
    "secondary": "SECONDARY",
    "other pre-specified": "OTHER_PRE_SPECIFIED",
    "post-hoc": "POST_HOC",
}
_ANALYSIS = re.compile(r"Statistical Analysis \d+(?: for .+)?", re.IGNORECASE)
_NO_ANALYSIS = re.compile(r"No statistical analysis provided for .+", re.IGNORECASE)
_INTERVAL = re.compile(r"(?P<lower>-?[\d.]+|NA) to (?P<upper>-?[\d.]+|NA)")
_INTERVAL_KIND = re.compile(r"\(?(?P<sides>[12]-Sided)\)?\s*(?P<percent>[\d.]+)\s*%", re.IGNORECASE)
_OLD_INTERVAL = re.compile(r"(?P<percent>[\d.]+)% Confidence Interval", re.IGNORECASE)
_DAGGER = re.compile(r"(?<!\s)\s*†\s*(?P<note>\d+)?\s*(?:\[\d+\])?$")
_SYSTEMATIC = re.compile(
    r"†\s*(?:Indicates )?events were collected by (?P<kind>(?:non-)?systematic) assessment\.?", re.IGNORECASE
)
_VOCABULARY = re.compile(r"(?P<note>\d+)\s*Term from vocabulary,\s*(?P<name>.+)")
_DEFAULTS = {
    "source vocabulary name for table default": "sourceVocabulary",
    "collection approach for table default": "assessmentType",
}
_EMPLOYED = {
    "principal investigators are not employed by the organization conducting the study.": False,
    "principal investigators are not employed by the organization sponsoring the study.": False,
    "all principal investigators are employed by the organization conducting the study.": True,
    "all principal investigators are employed by the organization sponsoring the study.": True,
}
_AGREEMENT = re.compile(
    r"There is(?P<none> NOT)? an agreement between Principal Investigators and the Sponsor\b.*", re.IGNORECASE
)
_EMBARGO = "the only disclosure restriction on the pi is that the sponsor can review results communications"
_CONTACT = {
    "name/title": "title",
    "organization": "organization",
    "phone": "phone",
    "email": "email",
    "e-mail": "email",
}
_WORDS_OF_THE_SITE = frozenset(
    listed(
        """
        hide; show; hide participant flow; hide baseline characteristics; hide outcome measures; hide adverse events;
        hide serious adverse events; hide other adverse events; hide more information; hide limitations and caveats;
        participant flow; baseline characteristics; baseline measures; outcome measures; outcome measure data;
        measured values; adverse events; all-cause mortality; limitations and caveats; more information; certain
        agreements; results point of contact; reporting groups; study results; reason not completed; serious adverse
        events; other (not including serious) adverse events; other adverse events; statistical analysis overview;
        statistical test of hypothesis; method of estimation; participants
        """
    )
)
"""Headings inside the results, in lower case."""


@dataclass(slots=True)
class Table:
    """The table that is being read."""

    prefix: str
    """How API v2 numbers its groups: ``FG`` in the flow, ``BG``, ``OG``, ``EG``."""
    path: str
    """The module, or the outcome measure."""
    titles: list[str] = field(default_factory=list)
    item: str = ""
    """The period or the measure that the next rows belong to."""
    item_class: str = ""
    reasons: bool = False
    old_groups: bool = False
    """Whether the rows list groups, one each."""
    analysis: str = ""
    events: str = ""
    """The list of events that the rows belong to, with the name of its totals."""
    organ_system: tuple[str, int] | None = None
    pending: list[TableRow] = field(default_factory=list)
    """Rows of text that may turn out to be the title of a measure."""
    defaults: dict[str, tuple[str, TableRow]] = field(default_factory=dict)
    """What holds for events without a mark: their field, value and row."""
    terms: list[tuple[str, str, TableRow]] = field(default_factory=list)
    """Events with a mark behind their term: path, the number of the note, row."""

    def group(self, index: int) -> str:
        """Return the number of the group at *index*."""
        return f"{self.prefix}{index:03}"


def read_results(page: Page) -> None:
    """Read the results from the cursor to the end of the page; what is not understood stays unread."""
    page.state(
        "hasResults", True, page.row.number, "inferred", gettext_noop("The page prints the results of the study.")
    )
    rows = rows_of(page)
    page.position = len(page.rows)
    table = Table("FG", _FLOW)
    reader: Callable[[Page, Table, TableRow], bool] = read_flow
    for row in rows:
        section = _section(row)
        if section is not None and section[0] is not reader:
            reader, prefix, path = section
            table = Table(prefix, path)
        if all(not cell for cell in row.cells):
            known(page, row, "border of a table", LineRole.BOILERPLATE)
        elif reader(page, table, row):
            pass
        elif row.only.casefold().removesuffix(":") in _WORDS_OF_THE_SITE:
            known(page, row, row.only)


def _section(row: TableRow) -> tuple[Callable[[Page, Table, TableRow], bool], str, str] | None:
    """Return the part of the results that *row* is the heading of."""
    if row.key == "limitations and caveats" and row.text:
        return read_more, "", _MORE
    match row.only.casefold().removesuffix(":").removeprefix("hide "):
        case "participant flow":
            return read_flow, "FG", _FLOW
        case "baseline characteristics":
            return read_baseline, "BG", _BASELINE
        case "outcome measures":
            return read_outcomes, "OG", ""
        case "adverse events" | "all-cause mortality" | "serious adverse events":
            return read_events, "EG", _EVENTS
        case "limitations and caveats" | "more information" | "certain agreements" | "results point of contact":
            return read_more, "", _MORE
    return None


# Groups


def read_groups(page: Page, table: Table, row: TableRow) -> bool:
    """Read a row that tells of groups, in either design."""
    if row.key == "arm/group title" and row.values:
        titles = [" ".join(title.split()) for title in row.values]
        if not table.titles and all(titles):
            state_titles(page, table, row, titles)
        elif table.titles == titles:
            known(page, row, "groups")
        else:
            return False
        return True
    if row.key == "arm/group description" and table.titles and len(row.values) == len(table.titles):
        for index, text in enumerate(row.values):
            if text.casefold() not in NOT_SPECIFIED:
                page.state(f"{table.path}.{groups_name(table)}.{index}.description", text, row.lines)
        return True
    if row.only.casefold() == "reporting groups":
        table.old_groups = not table.titles
        known(page, row, "reporting groups")
        return True
    if table.old_groups and row.only.casefold() == "description":
        known(page, row, "reporting groups")
        return True
    if table.old_groups and len(row.cells) == 2 and row.cells[0]:
        path = page.draft.item(f"{table.path}.{groups_name(table)}")
        page.state(f"{path}.id", table.group(len(table.titles)), row.lines)
        page.state(f"{path}.title", row.label, row.lines)
        if row.cells[1].casefold() not in NOT_SPECIFIED:
            page.state(f"{path}.description", row.cells[1], row.lines)
        table.titles.append(row.label)
        return True
    if table.titles and not row.cells[0] and [" ".join(cell.split()) for cell in row.values] == table.titles:
        table.old_groups = False
        known(page, row, "groups")
        return True
    if len(row.cells) != 1 or not _PERIOD.fullmatch(row.only):
        table.old_groups = table.old_groups and not row.only
    return False


def groups_name(table: Table) -> str:
    """Return the name of the list of groups in the module."""
    return "eventGroups" if table.prefix == "EG" else "groups"


def state_titles(page: Page, table: Table, row: TableRow, titles: list[str]) -> None:
    """State the groups by their titles."""
    for index, title in enumerate(titles):
        path = page.draft.item(f"{table.path}.{groups_name(table)}")
        page.state(f"{path}.id", table.group(index), row.lines)
        page.state(f"{path}.title", title, row.lines)
    table.titles = titles


def values_of(table: Table, row: TableRow) -> list[str]:
    """Return the cells of *row* if there is one for each group."""
    return row.values if table.titles and len(row.values) == len(table.titles) else []


# Participant flow


def read_flow(page: Page, table: Table, row: TableRow) -> bool:
    """Read a row of the participant flow."""
    details = {"recruitment details": "recruitmentDetails", "pre-assignment details": "preAssignmentDetails"}
    if row.key in details and row.text:
        if row.text.casefold() in NOT_SPECIFIED:
            known(page, row, row.label)
        else:
            page.state(f"{table.path}.{details[row.key]}", row.text, row.lines)
        return True
    period = _PERIOD.fullmatch(row.only)
    if period:
        table.item = page.draft.item(f"{table.path}.periods")
        table.reasons = table.old_groups = False
        page.state(f"{table.item}.title", period["title"].strip(), row.lines)
        return True
    if read_groups(page, table, row):
        return True
    if row.key == "reason not completed":
        table.reasons = True
        known(page, row, "reason not completed")
        return True
    numbers = [count(cell) for cell in values_of(table, row)]
    if not numbers or not table.item or not row.label or None in numbers:
        return False
    completed = row.key in ("started", "completed", "not completed")
    if table.reasons and not completed:
        path, list_name = page.draft.item(f"{table.item}.dropWithdraws"), "reasons"
    else:
        path, list_name = page.draft.item(f"{table.item}.milestones"), "achievements"
    page.state(f"{path}.type", row.label.upper() if completed else row.label, row.lines)
    for index, number in enumerate(numbers):
        page.draft.append(f"{path}.{list_name}", {"groupId": table.group(index), "numSubjects": number}, row.lines)
    table.reasons = table.reasons or row.key == "not completed"
    return True


# Baseline and outcome measures


def read_baseline(page: Page, table: Table, row: TableRow) -> bool:
    """Read a row of the baseline characteristics."""
    if row.key in ("baseline analysis population description", "population description") and row.text:
        state_or_known(page, f"{table.path}.populationDescription", row)
        return True
    return read_groups(page, table, row) or read_overall(page, table, row) or read_measure(page, table, row)


def state_or_known(page: Page, path: str, row: TableRow) -> None:
    """State the text of *row*, unless it says that nothing was given."""
    if row.text.casefold() in NOT_SPECIFIED:
        known(page, row, row.label)
    else:
        page.state(path, row.text, row.lines)


def read_overall(page: Page, table: Table, row: TableRow) -> bool:
    """Read how many were analysed in all."""
    found = re.fullmatch(
        r"overall number of (?:baseline )?(?P<units>[a-z]+?)(?: analyzed)?"
        r"|(?:overall )?participants analyzed(?: \[units: (?P<old>[^\]]+)\])?",
        row.key,
    )
    numbers = [count(cell) for cell in values_of(table, row)]
    if not found or not numbers or None in numbers:
        return False
    path = page.draft.item(f"{table.path}.denoms")
    page.state(f"{path}.units", (found["units"] or found["old"] or "participants").capitalize(), row.lines)
    for index, number in enumerate(numbers):
        page.draft.append(f"{path}.counts", {"groupId": table.group(index), "value": number}, row.lines)
    return True


def read_measure(page: Page, table: Table, row: TableRow) -> bool:
    """Read a row of a measure: its title, what was measured, its unit, or measured values."""
    old = _OLD_MEASURE.fullmatch(row.cells[0])
    if old and (not old["parameter"] or parameter(old["parameter"])):
        start_measure(page, table, " ".join(old["title"].split()), row)
        page.state(f"{table.item}.unitOfMeasure", " ".join(old["units"].split()), row.lines)
        if old["parameter"]:
            state_parameter(page, table, old["parameter"], row)
        if any(row.values):
            return state_values(page, table, row, "", row.values)
        return True
    first, *rest = row.cells
    pieces = [piece.strip() for piece in first.split("\n") if piece.strip()]
    units = _UNITS.fullmatch(pieces[-1]) if pieces else None
    if units or (pieces and parameter(pieces[-1]) and len(row.cells) == 1):
        for piece in pieces:
            unit = _UNITS.fullmatch(piece)
            if unit and table.item:
                page.state(f"{table.item}.unitOfMeasure", unit["units"].strip(), row.lines)
            elif parameter(piece):
                if table.pending and table.prefix == "BG":
                    title = table.pending[-1]
                    start_measure(page, table, title.only, title)
                state_parameter(page, table, piece, row)
            elif table.prefix == "BG":
                start_measure(page, table, piece, row)
        table.pending.clear()
        if not rest or not any(rest):
            return bool(table.item)
        row = TableRow(["", *rest] if len(rest) == len(table.titles) else rest, row.first, row.last)
    if len(row.cells) == 1 or (row.only and row.only == row.label):
        table.pending.append(row)
        return False
    if not table.item:
        return False
    if row.key == "number analyzed":
        return state_number_analysed(page, table, row)
    return state_values(page, table, row, row.label, row.values)


def start_measure(page: Page, table: Table, title: str, row: TableRow) -> None:
    """Open a measure of the baseline; an outcome is its own measure."""
    if table.prefix == "BG":
        table.item = page.draft.item(f"{table.path}.measures")
        page.state(f"{table.item}.title", re.sub(r"\s*\[\d+\]$", "", title), row.lines)
    else:
        table.item = table.path
    table.item_class = ""
    table.pending.clear()


def state_parameter(page: Page, table: Table, text: str, row: TableRow) -> None:
    """State what was measured: ``Mean (Standard Deviation)``."""
    found = parameter(text)
    if found is None:
        return
    if not table.item:
        start_measure(page, table, "", row)
    page.state(f"{table.item}.paramType", found[0], row.lines)
    page.state(f"{table.item}.dispersionType", found[1], row.lines)


def state_number_analysed(page: Page, table: Table, row: TableRow) -> bool:
    """State how many were analysed for the values that follow."""
    numbers = [count(cell) for cell in values_of(table, row)]
    if not numbers or None in numbers:
        return False
    if not table.item_class:
        table.item_class = page.draft.item(f"{table.item}.classes")
    path = page.draft.item(f"{table.item_class}.denoms")
    unit = re.sub(r"[\d,\s]+", " ", row.values[0]).strip() or "participants"
    page.state(f"{path}.units", unit.capitalize(), row.lines)
    for index, number in enumerate(numbers):
        page.draft.append(f"{path}.counts", {"groupId": table.group(index), "value": number}, row.lines)
    return True


def state_values(page: Page, table: Table, row: TableRow, title: str, cells: list[str]) -> bool:
    """State a row of measured values, under *title* where it is one category of several."""
    if not table.titles or len(cells) != len(table.titles):
        return False
    measured = [measurement(cell) for cell in cells]
    if not table.item or any(one is None for one in measured):
        return False
    if not table.item_class:
        table.item_class = page.draft.item(f"{table.item}.classes")
    path = page.draft.item(f"{table.item_class}.categories")
    page.state(f"{path}.title", title, row.lines)
    for index, one in enumerate(measured):
        values: dict[str, Json] = {"groupId": table.group(index)}
        values.update(one or {})
        page.draft.append(f"{path}.measurements", values, row.lines)
    table.pending.clear()
    return True


def read_outcomes(page: Page, table: Table, row: TableRow) -> bool:
    """Read a row of the outcome measures."""
    first = _OUTCOME_HEADING.fullmatch(row.only) or _OLD_OUTCOME.fullmatch(row.only)
    if first:
        table.path = page.draft.item(_OUTCOMES)
        table.titles, table.item, table.item_class, table.analysis = [], table.path, "", ""
        table.old_groups = False
        page.state(f"{table.path}.type", _OUTCOME_TYPES[first["type"].casefold()], row.lines)
        return True
    if not table.path:
        return False
    texts = {
        "title": "title",
        "measure title": "title",
        "description": "description",
        "measure description": "description",
        "time frame": "timeFrame",
        "analysis population description": "populationDescription",
        "population description": "populationDescription",
    }
    if row.key in texts and row.text and not table.analysis:
        state_or_known(page, f"{table.path}.{texts[row.key]}", row)
        return True
    if row.key == "measure type" and row.text.casefold() in _OUTCOME_TYPES:
        page.state(f"{table.path}.type", _OUTCOME_TYPES[row.text.casefold()], row.lines)
        return True
    if _ANALYSIS.fullmatch(row.only):
        table.analysis = page.draft.item(f"{table.path}.analyses")
        known(page, row, "statistical analysis")
        return True
    if _NO_ANALYSIS.fullmatch(row.only):
        known(page, row, "no statistical analysis", LineRole.BOILERPLATE)
        return True
    if table.analysis:
        return read_analysis(page, table, row)
    return read_groups(page, table, row) or read_overall(page, table, row) or read_measure(page, table, row)


def read_analysis(page: Page, table: Table, row: TableRow) -> bool:
    """Read a row of a statistical analysis; a heading of the newer design may stand before the label."""
    cells = [cell for cell in row.cells if cell]
    if len(cells) == 3 and " ".join(cells[0].split()).casefold() in _WORDS_OF_THE_SITE:
        cells = cells[1:]
    if len(cells) != 2:
        return False
    label = re.sub(r"\s*\[\d+\]$", "", " ".join(cells[0].split()).removesuffix(":"))
    key, text = label.casefold(), " ".join(cells[1].split())
    path = table.analysis
    old_interval = _OLD_INTERVAL.fullmatch(label)
    if text.casefold() in NOT_SPECIFIED:
        known(page, row, label)
        return True
    if key in ("comparison group selection", "groups"):
        return state_compared(page, table, text, row)
    if key in ("type of statistical test", "statistical test type"):
        page.state(f"{path}.nonInferiorityType", open_enumeration()(text), row.lines)
    elif key in ("p-value", "p value"):
        page.state(f"{path}.pValue", text, row.lines)
    elif key == "method":
        page.state(f"{path}.statisticalMethod", text, row.lines)
    elif key == "estimation parameter":
        page.state(f"{path}.paramType", text, row.lines)
    elif key == "estimated value":
        page.state(f"{path}.paramValue", text, row.lines)
    elif key == "estimation comments":
        page.state(f"{path}.estimateComment", text, row.lines)
    elif key == "confidence interval" and (kind := _INTERVAL_KIND.match(text)):
        page.state(f"{path}.ciNumSides", SIDES[kind["sides"].casefold()], row.lines)
        page.state(f"{path}.ciPctValue", kind["percent"], row.lines)
        return state_limits(page, path, text[kind.end() :].strip(), row)
    elif old_interval:
        page.state(f"{path}.ciPctValue", old_interval["percent"], row.lines)
        return state_limits(page, path, text, row)
    elif page.draft.value(f"{path}.statisticalMethod") and re.fullmatch(r"-?[\d.]+", text):
        page.state(f"{path}.paramType", label, row.lines)
        page.state(f"{path}.paramValue", text, row.lines)
    else:
        return False
    return True


def state_compared(page: Page, table: Table, text: str, row: TableRow) -> bool:
    """State the groups that are compared, where the text is made up of their titles."""
    if text.casefold() == "all groups":
        chosen = list(range(len(table.titles)))
    else:
        by_title = {title: index for index, title in enumerate(table.titles)}
        parts = re.split(r" vs\. ", text) if " vs. " in text else text.split(", ")
        if not all(part in by_title for part in parts):
            return False
        chosen = [by_title[part] for part in parts]
    page.state(f"{table.analysis}.groupIds", [table.group(index) for index in chosen], row.lines)
    return True


def state_limits(page: Page, path: str, text: str, row: TableRow) -> bool:
    """State both limits of a confidence interval."""
    limits = _INTERVAL.fullmatch(text)
    if limits:
        page.state(f"{path}.ciLowerLimit", limits["lower"], row.lines)
        page.state(f"{path}.ciUpperLimit", limits["upper"], row.lines)
    return limits is not None


# Adverse events


def read_events(page: Page, table: Table, row: TableRow) -> bool:
    """Read a row of the adverse events."""
    heading = row.only.casefold()
    lists = {
        "all-cause mortality": "deaths",
        "serious adverse events": "serious",
        "other (not including serious) adverse events": "other",
        "other adverse events": "other",
    }
    if heading in lists:
        table.events, table.organ_system, table.old_groups = lists[heading], None, False
        known(page, row, row.only)
        return True
    texts = {
        "time frame": "timeFrame",
        "adverse event reporting description": "description",
        "additional description": "description",
        "frequency threshold for reporting other adverse events": "frequencyThreshold",
    }
    if row.key in texts and row.text:
        text = row.text.removesuffix("%").strip() if texts[row.key] == "frequencyThreshold" else row.text
        if row.text.casefold() in NOT_SPECIFIED:
            known(page, row, row.label)
        else:
            page.state(f"{table.path}.{texts[row.key]}", text, row.lines)
        return True
    if row.key in _DEFAULTS and row.text and row.text.casefold() not in NOT_SPECIFIED:
        name = _DEFAULTS[row.key]
        value = open_enumeration()(row.text) if name == "assessmentType" else row.text
        table.defaults[name] = (str(value), row)
        return False
    return read_groups(page, table, row) or read_note(page, table, row) or read_event(page, table, row)


def read_event(page: Page, table: Table, row: TableRow) -> bool:
    """Read an event, an organ system, a total or the heads of the columns."""
    if row.values and not row.cells[0] and all(_is_column(cell) for cell in row.values if cell):
        known(page, row, "heads of columns")
        return True
    if row.only and row.only == row.label and table.events in ("serious", "other"):
        table.organ_system = (row.label, row.first)
        known(page, row, "organ system")
        return True
    groups = len(table.titles)
    if not table.events or not groups or len(row.values) not in (groups, 2 * groups):
        return False
    step = len(row.values) // groups
    numbers = [affected(cell) for cell in row.values[::step]]
    if None in numbers:
        return False
    if row.key in ("total", "total, serious adverse events", "total, other (not including serious) adverse events"):
        for index, one in enumerate(numbers):
            group = f"{table.path}.eventGroups.{index}"
            page.state(f"{group}.{table.events}NumAffected", one and one[0], row.lines)
            page.state(f"{group}.{table.events}NumAtRisk", one and one[1], row.lines)
        return True
    if table.events == "deaths" or not row.label:
        return False
    path = page.draft.item(f"{table.path}.{table.events}Events")
    marked = _DAGGER.search(row.label)
    page.state(f"{path}.term", row.label[: marked.start()] if marked else row.label, row.lines)
    if marked:
        table.terms.append((path, marked["note"] or "", row))
    else:
        for name, (value, stated) in table.defaults.items():
            page.state(f"{path}.{name}", value, stated.lines)
    if table.organ_system:
        page.state(f"{path}.organSystem", *table.organ_system)
    for index, one in enumerate(numbers):
        stats: dict[str, Json] = {"groupId": table.group(index)}
        events = words.count(row.values[index * 2 + 1]) if step == 2 else None
        if events is not None:
            stats["numEvents"] = events
        if one:
            stats["numAffected"], stats["numAtRisk"] = one
        page.draft.append(f"{path}.stats", stats, row.lines)
    return True


def _is_column(cell: str) -> bool:
    return re.sub(r"\s+", " ", cell).casefold() in ("affected / at risk (%)", "# events", "affected / at risk")


def read_note(page: Page, table: Table, row: TableRow) -> bool:
    """Read a note below the events: what their marks mean."""
    systematic = _SYSTEMATIC.fullmatch(row.only)
    vocabulary = _VOCABULARY.fullmatch(row.only)
    if systematic:
        value = "SYSTEMATIC_ASSESSMENT"
        if systematic["kind"].casefold().startswith("non"):
            value = "NON_SYSTEMATIC_ASSESSMENT"
        for path, _, event in table.terms:
            if page.draft.value(f"{path}.assessmentType") is None:
                page.state(f"{path}.assessmentType", value, event.lines)
        known(page, row, "mark of events")
    elif vocabulary:
        for path, note, _ in table.terms:
            if note == vocabulary["note"] and page.draft.value(f"{path}.sourceVocabulary") is None:
                page.state(f"{path}.sourceVocabulary", vocabulary["name"].strip(), row.lines)
        known(page, row, "vocabulary of events")
    return bool(systematic or vocabulary)


# More information


def read_more(page: Page, table: Table, row: TableRow) -> bool:
    """Read a row of the limitations, the agreements or the contact."""
    if row.key == "limitations and caveats" and row.text:
        state_or_known(page, f"{table.path}.limitationsAndCaveats.description", row)
        return True
    sentence = row.only.casefold()
    agreement = f"{table.path}.certainAgreement"
    if sentence in _EMPLOYED:
        page.state(f"{agreement}.piSponsorEmployee", _EMPLOYED[sentence], row.lines)
        return True
    found = _AGREEMENT.fullmatch(row.only)
    if found:
        page.state(f"{agreement}.restrictiveAgreement", found["none"] is None, row.lines)
        return True
    if sentence.startswith(_EMBARGO):
        restriction = restrictive_agreement(row.only)
        kind = restriction.get("restrictionType") if isinstance(restriction, dict) else None
        if kind in ("LTE60", "GT60"):
            page.state(f"{agreement}.restrictionType", kind, row.lines)
            return True
        return False
    name, colon, rest = row.only.partition(":")
    label, text = (row.key, row.text) if row.text else (name.strip().casefold(), rest.strip() if colon else "")
    if label in _CONTACT and text:
        page.state(f"{table.path}.pointOfContact.{_CONTACT[label]}", text, row.lines)
        return True
    return False
