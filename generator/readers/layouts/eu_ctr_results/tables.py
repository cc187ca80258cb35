"""EU Clinical Trials Register, page of results: the tables of subjects, of values and of adverse events.

They are rows of cells: a title, and a value for each group.  Which table it is, the first cell of its first row says.
What the rows are called rests on the register's own form for results (EudraCT) and on public programs that read its
pages; no whole page was at hand.  A row that is not understood stays unread.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from generator.model.document import Line, LineRole
from generator.model.pointers import Json
from generator.readers.draft import Draft
from generator.readers.layouts.clinicaltrials_gov_classic.result_rows import affected, measurement

_RESULTS = "resultsSection"
_FLOW = f"{_RESULTS}.participantFlowModule"
_BASELINE = f"{_RESULTS}.baselineCharacteristicsModule"
_OUTCOMES = f"{_RESULTS}.outcomeMeasuresModule.outcomeMeasures"
_EVENTS = f"{_RESULTS}.adverseEventsModule"

_PERIOD = re.compile(r"number of subjects in (period \d{1,2}.{0,80})", re.IGNORECASE)
_FOOTNOTE = re.compile(r"\s?\[\d{1,3}\]$")
_UNITS = re.compile(r"units:?\s*(.{0,200})", re.IGNORECASE)
_PARAMETER = re.compile(
    r"(number|arithmetic mean|geometric least squares mean|least squares mean|geometric mean|log mean|median)"
    r"(?:\s*\((.{1,80})\))?"
)
_PARAMETERS = {"arithmetic mean": "MEAN"}
_DISPERSIONS = {
    "standard deviation": "Standard Deviation",
    "standard error": "Standard Error",
    "full range (min-max)": "Full Range",
    "inter-quartile range (q1-q3)": "Inter-Quartile Range",
    "confidence interval (95%)": "95% Confidence Interval",
    "95% confidence interval": "95% Confidence Interval",
    "not applicable": "",
}
_TYPES = {
    "primary": "PRIMARY",
    "secondary": "SECONDARY",
    "other pre-specified": "OTHER_PRE_SPECIFIED",
    "post-hoc": "POST_HOC",
}
_MILESTONES = {"started": "STARTED", "completed": "COMPLETED", "not completed": "NOT COMPLETED", "joined": "JOINED"}
_SUBJECTS = "Subjects"
_MOST_GROUPS = 60
_NO_VALUE = frozenset({"", "-"})


def cells_of(line: Line) -> list[str]:
    """Return the cells of a row of a table; of other lines, the line as the only one."""
    text = line.stripped
    border = "\t" if "\t" in text else "|"
    cells = [" ".join(cell.split()) for cell in text.rstrip(" ").removesuffix("|").split(border)]
    while len(cells) > 1 and not cells[-1]:
        cells.pop()
    return cells


class ResultTables:
    """The tables of one page while they are read, row by row."""

    def __init__(self, draft: Draft, ends: Callable[[Line], bool]) -> None:
        """State what the tables say in *draft*; a table goes until *ends* says so of a line."""
        self._draft = draft
        self._ends = ends
        self._row: Callable[[str, list[str], int], bool] | None = None
        self._groups: list[str] = []
        """Codes of the groups of the table that is being read."""
        self._path = ""
        self._endpoint: dict[str, tuple[str, int]] = {}
        self._described: dict[str, tuple[str, int]] = {}
        self._group_title = ""
        self._titles: list[tuple[str, int]] = []
        """Rows that name what the next rows are about."""
        self._after_completion = False
        self._event = ""

    def read(self, lines: Iterable[Line]) -> None:
        """Read all tables among *lines*."""
        for line in lines:
            if not line.stripped:
                continue
            cells = cells_of(line)
            name = _FOOTNOTE.sub("", cells[0]).rstrip(": ").casefold()
            if self._remember(name, cells, line.number) or self._begin(name, cells, line.number):
                continue
            if self._row is None or len(cells) > len(self._groups) + 1 or self._ends(line):
                self._row = None
            elif self._row(name, cells, line.number) and line.role is LineRole.UNREAD:
                self._draft.document.account(line.number, LineRole.HEADING, "row of a table of results")

    def _remember(self, name: str, cells: list[str], number: int) -> bool:
        """Note what an end point is called and what a group is; other code states the former."""
        if name == "reporting group title":
            self._row, self._group_title = None, cells[1] if len(cells) > 1 else ""
            self._draft.document.account(number, LineRole.HEADING, "title of a group")
            return True
        if name == "reporting group description":
            if self._group_title and len(cells) > 1 and cells[1] not in _NO_VALUE:
                self._described[self._group_title] = (cells[1], number)
            return True
        if name.startswith("end point ") and name != "end point values":
            self._row = None
            if name == "end point title":
                self._endpoint = {}
            if len(cells) > 1:
                self._endpoint[name.removeprefix("end point ")] = (cells[1], number)
            return True
        return False

    def _begin(self, name: str, cells: list[str], number: int) -> bool:
        """Begin a table whose first row this is."""
        titles = [_FOOTNOTE.sub("", cell) for cell in cells[1:]]
        if not titles or len(titles) > _MOST_GROUPS or not all(titles):
            return False
        period = _PERIOD.fullmatch(name)
        if name == "end point values" and "title" in self._endpoint:
            self._begin_outcome(titles, number)
        elif name == "reporting group values":
            self._begin_groups(_BASELINE, "BG", "groups", titles, number)
            self._row, self._path = self._baseline_row, ""
        elif period is not None:
            self._begin_groups(_FLOW, "FG", "groups", titles, number)
            self._path = self._draft.item(f"{_FLOW}.periods")
            self._draft.state(f"{self._path}.title", period[1].capitalize(), number)
            self._row, self._after_completion = self._flow_row, False
        elif name in ("serious adverse events", "non-serious adverse events"):
            self._begin_groups(_EVENTS, "EG", "eventGroups", titles, number)
            self._row = self._event_row
            self._path, self._event = ("serious" if name.startswith("serious") else "other"), ""
        else:
            return False
        self._titles = []
        self._draft.document.account(number, LineRole.FACT, "groups of a table of results")
        return True

    def _begin_groups(self, module: str, prefix: str, name: str, titles: list[str], number: int) -> None:
        """Find the groups of these *titles* among those of the module, or add them."""
        known = self._draft.value(f"{module}.{name}")
        groups = [group for group in known if isinstance(group, dict)] if isinstance(known, list) else []
        codes = {str(group.get("title")): str(group.get("id")) for group in groups}
        self._groups = []
        for title in titles:
            if title not in codes or codes[title] in self._groups:
                codes[title] = self._add_group(f"{module}.{name}", prefix, title, number)
            self._groups.append(codes[title])

    def _add_group(self, path: str, prefix: str, title: str, number: int) -> str:
        group = self._draft.item(path)
        code = f"{prefix}{int(group.rpartition('.')[2]):03}"
        self._draft.state(f"{group}.id", code, number)
        self._draft.state(f"{group}.title", title, number)
        if title in self._described:
            text, line = self._described[title]
            self._draft.state(f"{group}.description", text, line)
        return code

    def _begin_outcome(self, titles: list[str], number: int) -> None:
        self._path = self._draft.item(_OUTCOMES)
        title, line = self._endpoint["title"]
        self._draft.state(f"{self._path}.title", title, line)
        for part, target in (("description", "description"), ("timeframe", "timeFrame")):
            if part in self._endpoint and self._endpoint[part][0] not in _NO_VALUE:
                self._draft.state(f"{self._path}.{target}", *self._endpoint[part])
        kind = _TYPES.get(self._endpoint["type"][0].casefold()) if "type" in self._endpoint else None
        if kind:
            self._draft.state(f"{self._path}.type", kind, self._endpoint["type"][1])
        self._groups = [self._add_group(f"{self._path}.groups", "OG", title, number) for title in titles]
        self._row = self._outcome_row

    # Rows

    def _counts(self, path: str, cells: list[str], number: int) -> bool:
        values = [_FOOTNOTE.sub("", cell) for cell in cells[1:]]
        if not values or not all(value.isdecimal() for value in values):
            return False
        denominator = self._draft.item(f"{path}.denoms")
        self._draft.state(f"{denominator}.units", _SUBJECTS, number)
        for code, value in zip(self._groups, values, strict=False):
            self._draft.append(f"{denominator}.counts", {"groupId": code, "value": value}, number)
        return True

    def _measure_row(self, path: str, cells: list[str], number: int) -> bool:
        """State a unit, a parameter or a row of values of the measure at *path*."""
        found = _UNITS.fullmatch(cells[0])
        if found is not None and len(cells) == 1:
            return bool(found[1]) and self._draft.offer(f"{path}.unitOfMeasure", found[1], number)
        kind = _parameter(cells[0])
        values = [_measurement(cell) for cell in cells[1:]]
        if kind is None and len(cells) == 1:
            return False
        if len(cells) > 1 and (not any(values) or None in values):
            return False
        if kind is not None:
            parameter, dispersion = kind
            if not self._draft.offer(f"{path}.paramType", parameter, number):
                return False
            if dispersion:
                self._draft.offer(f"{path}.dispersionType", dispersion, number)
            if len(cells) == 1:
                return True
        if self._draft.value(f"{path}.classes") is None:
            self._draft.item(f"{path}.classes")
        category = self._draft.item(f"{path}.classes.0.categories")
        if kind is None:
            self._draft.state(f"{category}.title", cells[0], number)
        for code, value in zip(self._groups, values, strict=False):
            if value:
                self._draft.append(f"{category}.measurements", {"groupId": code, **value}, number)
        return True

    def _outcome_row(self, name: str, cells: list[str], number: int) -> bool:
        if name == "subject group type":
            return True
        if name == "number of subjects analysed":
            return self._counts(self._path, cells, number)
        return self._measure_row(self._path, cells, number)

    def _baseline_row(self, name: str, cells: list[str], number: int) -> bool:
        if name == "number of subjects":
            return self._counts(_BASELINE, cells, number)
        if len(cells) == 1 and not _UNITS.fullmatch(cells[0]) and _parameter(cells[0]) is None:
            self._path = self._draft.item(f"{_BASELINE}.measures")
            self._draft.state(f"{self._path}.title", cells[0], number)
            return True
        return bool(self._path) and self._measure_row(self._path, cells, number)

    def _flow_row(self, name: str, cells: list[str], number: int) -> bool:
        values = [_FOOTNOTE.sub("", cell) for cell in cells[1:]]
        if not values or not all(value.isdecimal() or value in _NO_VALUE for value in values):
            return False
        kind = _MILESTONES.get(name)
        if kind is None and not self._after_completion:
            return False
        self._after_completion = self._after_completion or name == "not completed"
        lists = ("milestones", "achievements") if kind else ("dropWithdraws", "reasons")
        item = self._draft.item(f"{self._path}.{lists[0]}")
        self._draft.state(f"{item}.type", kind or cells[0], number)
        for code, value in zip(self._groups, values, strict=False):
            if value not in _NO_VALUE:
                self._draft.append(f"{item}.{lists[1]}", {"groupId": code, "numSubjects": value}, number)
        return True

    def _event_row(self, name: str, cells: list[str], number: int) -> bool:
        if len(cells) == 1:
            if not name.startswith(("alternative dictionary", "alternative assessment", "total subjects affected")):
                self._titles = [*self._titles, (cells[0], number)][-2:]
                self._event = ""
            return True
        if name == "subjects affected / exposed":
            return self._affected(cells, number)
        if name == "number of deaths (all causes)" and self._path == "serious" and not self._titles:
            return self._deaths(cells, number)
        if name == "occurrences (all)" and self._event:
            return self._occurrences(cells, number)
        return False

    def _affected(self, cells: list[str], number: int) -> bool:
        counts = [affected(cell) for cell in cells[1:]]
        if None in counts:
            return False
        pairs = [(code, pair) for code, pair in zip(self._groups, counts, strict=False) if pair]
        if not self._titles:
            for code, (ill, risk) in pairs:
                group = f"{_EVENTS}.eventGroups.{int(code[2:])}"
                self._draft.offer(f"{group}.{self._path}NumAffected", ill, number)
                self._draft.offer(f"{group}.{self._path}NumAtRisk", risk, number)
            return True
        self._event = self._draft.item(f"{_EVENTS}.{self._path}Events")
        self._draft.state(f"{self._event}.term", *self._titles[-1])
        if len(self._titles) == 2:
            self._draft.state(f"{self._event}.organSystem", *self._titles[0])
            self._titles = self._titles[:1]
        for code, (ill, risk) in pairs:
            stats: dict[str, Json] = {"groupId": code, "numAffected": ill, "numAtRisk": risk}
            self._draft.append(f"{self._event}.stats", stats, number)
        return True

    def _deaths(self, cells: list[str], number: int) -> bool:
        if not all(cell.isdecimal() for cell in cells[1:]):
            return False
        for code, cell in zip(self._groups, cells[1:], strict=False):
            self._draft.offer(f"{_EVENTS}.eventGroups.{int(code[2:])}.deathsNumAffected", int(cell), number)
        return True

    def _occurrences(self, cells: list[str], number: int) -> bool:
        if not all(cell.isdecimal() for cell in cells[1:]):
            return False
        stats = self._draft.value(f"{self._event}.stats")
        for index, cell in enumerate(cells[1 : 1 + (len(stats) if isinstance(stats, list) else 0)]):
            self._draft.offer(f"{self._event}.stats.{index}.numEvents", int(cell), number)
        return True


def _measurement(cell: str) -> dict[str, Json] | None:
    """Return what a cell says: ``7.1 (± 1.2)``, ``7 (2 to 9)``; an empty one says nothing, None is not understood."""
    text = _FOOTNOTE.sub("", cell)
    if text in _NO_VALUE:
        return {}
    found = measurement(re.sub(r"\(\s*±\s*", "(", text))
    return dict(found) if found is not None else None


def _parameter(text: str) -> tuple[str, str] | None:
    """Return parameter and dispersion of ``arithmetic mean (standard deviation)``, as API v2 writes them."""
    found = _PARAMETER.fullmatch(text.casefold())
    if found is None:
        return None
    dispersion = _DISPERSIONS.get(found[2]) if found[2] else ""
    if dispersion is None:
        return None
    return _PARAMETERS.get(found[1], found[1].upper().replace(" ", "_")), dispersion
