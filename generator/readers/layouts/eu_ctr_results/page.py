"""EU Clinical Trials Register: the page of a trial's results, saved as HTML or copied as text.

It has labels and values in rows of tables, and tables with a column for each group (see ``tables``).  It
rests on the labels that public programs read from the page and on the beginnings of pages; no whole page was at hand.
Dates have the day first.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.language.messages import gettext_noop
from generator.model.document import Line
from generator.model.registry_numbers import recognise
from generator.readers.fields import Field, Rule, Statements, enumerated, plain_name
from generator.readers.labelled import Labelled, LabelledReader, set_of_labels
from generator.readers.layouts.eu_ctr_page.page import SENTENCES_OF_THE_SITE
from generator.readers.layouts.eu_ctr_results.tables import ResultTables
from generator.readers.registry_values import is_stated

_STATUS = "protocolSection.statusModule"
_IDENTIFICATION = "protocolSection.identificationModule"
_ARMS = "protocolSection.armsInterventionsModule"
_OUTCOMES = "protocolSection.outcomesModule"

RULES = {
    "eudract number": Rule("", "number"),
    "sponsor protocol code": Rule(f"{_IDENTIFICATION}.orgStudyIdInfo.id", "line"),
    "full title of the trial": Rule(f"{_IDENTIFICATION}.officialTitle", "line"),
    "isrctn number": Rule("", "numbers"),
    "us nct number": Rule("", "numbers"),
    "who universal trial number (utn)": Rule("", "numbers"),
    "other trial identifiers": Rule("", "numbers"),
    "sponsor organisation name": Rule("protocolSection.sponsorCollaboratorsModule.leadSponsor.name", "line"),
    "first version publication date": Rule(f"{_STATUS}.resultsFirstPostDateStruct.date", "day first date"),
    "actual start date of recruitment": Rule(
        f"{_STATUS}.startDateStruct.date", "day first date", extra=((f"{_STATUS}.startDateStruct.type", "ACTUAL"),)
    ),
    "primary completion date": Rule(f"{_STATUS}.primaryCompletionDateStruct.date", "day first date"),
    "global end of trial date": Rule(f"{_STATUS}.completionDateStruct.date", "day first date"),
    "main objective of the trial": Rule("catalogSection.objectives", "texts"),
    "worldwide total number of subjects": Rule("protocolSection.designModule.enrollmentInfo.count", "count"),
    "independent data monitoring committee (idmc) involvement?": Rule(
        "protocolSection.oversightModule.oversightHasDmc", "yes or no"
    ),
    "arm title": Rule("label", "line"),
    "arm type": Rule("type", "line"),
    "arm description": Rule("description", "text"),
    "end point title": Rule("measure", "line"),
    "end point description": Rule("description", "text"),
    "end point type": Rule("type", "line"),
    "end point timeframe": Rule("timeFrame", "text"),
}
KEPT = set_of_labels(
    """trial protocol; results version number; this version publication date; sponsor organisation address; public
    contact; scientific contact; analysis stage; date of interim/final analysis; is this the analysis of the primary
    completion data?; global end of trial reached?; was the trial ended prematurely?; protection of trial subjects;
    background therapy; evidence for comparator; long term follow-up planned; eea total number of subjects;
    recruitment details; screening details; period 1 title; is this the baseline period?; allocation method;
    blinding used; roles blinded; are arms mutually exclusive; investigational medicinal product name;
    investigational medicinal product code; other name; pharmaceutical forms; routes of administration; dosage and
    administration details; other details; is trial part of an agreed paediatric investigation plan (pip); pip
    number; summary report(s); does article 45 of regulation (ec) no 1901/2006 apply to this trial?; does article 46
    of regulation (ec) no 1901/2006 apply to this trial?; timeframe for reporting adverse events; assessment type;
    dictionary name; dictionary version; long term follow-up rationale; long term follow-up duration; adverse event
    reporting additional description; limitations and caveats"""
)
"""Labels whose values are kept under the labels, in lower case."""
_LISTS = {
    "primary": "primaryOutcomes",
    "secondary": "secondaryOutcomes",
    "other pre-specified": "otherOutcomes",
    "post-hoc": "otherOutcomes",
}
"""Type of an end point -> the list of outcomes that it belongs to."""


class ResultsPage(LabelledReader):
    """The page of a trial's results."""

    layout = "eu-ctr-results-page"
    title = gettext_noop("EU Clinical Trials Register page of results")
    rank = 1
    description = (
        "Identification, dates, sponsor, number of subjects, arms and end points are read, saved or copied; and, where "
        "borders or tabs part their cells, tables of subjects, of values and of adverse events, without analyses."
    )
    start = r"[Cc]linical [Tt]rial [Rr]esults:.{0,500}"
    titled = True
    rules = RULES
    kept = KEPT
    updated = "this version publication date"
    headings = (
        r"Summary|(?:Results|Trial|General|More) information(?: about the trial)?|Trial identification|Notes"
        r"|Additional study identifiers|Sponsors|Paediatric regulatory details|Results analysis stage"
        r"|Population of trial subjects|(?:Number of )?[Ss]ubjects enrolled per (?:country|age group)"
        r"|Subject disposition|Recruitment|Pre-assignment|Period \d{1,2}|Arms|Baseline characteristics"
        r"|End points|(?:Primary|Secondary|Other pre-specified|Post-hoc): .{1,300}|(?:Serious )?[Aa]dverse events"
        r"|Baseline characteristics reporting groups|End points reporting groups|Online references"
    )
    boilerplate = SENTENCES_OF_THE_SITE

    def state(self, statements: Statements, labels: list[Labelled]) -> None:
        """State what stands under *labels*; those of an arm and of an end point follow each other."""
        others: list[Labelled] = []
        endpoint: dict[str, Field] = {}
        arm = ""
        for labelled in labels:
            name, field = plain_name(labelled.name), labelled.as_field()
            if not is_stated(field.text):
                continue
            if name == "arm title":
                arm = statements.add(f"{_ARMS}.armGroups", field, label=field.line)
            elif name in ("arm type", "arm description"):
                value = enumerated("armGroupType", field.line) if name == "arm type" else field.text
                if not arm or not value or not statements.state(f"{arm}.{labelled.rule.path}", value, field):
                    statements.keep(field)
            elif name.startswith("end point "):
                if name == "end point title":
                    _state_endpoint(statements, endpoint)
                    endpoint = {}
                endpoint[labelled.rule.path] = field
            else:
                others.append(labelled)
        _state_endpoint(statements, endpoint)
        super().state(statements, others)
        ResultTables(statements.draft, self._ends_table).read(self._own_lines(statements, labels))

    def _own_lines(self, statements: Statements, labels: list[Labelled]) -> Iterator[Line]:
        """Yield the lines from the first label of a trial to the number of another one."""
        first = labels[0].label.number if labels else 1
        for line in statements.draft.document.lines:
            found = self._label_of(line) if line.number > first and line.stripped else None
            if found is not None and found.rule.kind == "number" and found.value:
                number = recognise(found.value)
                if number is not None and number.number != _number_of(statements):
                    return
            if line.number >= first:
                yield line

    def _ends_table(self, line: Line) -> bool:
        """Say whether a table is at its end: a heading, or a label of the page."""
        return self._headings.fullmatch(line.stripped) is not None or self._label_of(line) is not None


def _number_of(statements: Statements) -> str:
    return statements.number.number if statements.number else ""


def _state_endpoint(statements: Statements, parts: dict[str, Field]) -> None:
    """State an end point; one whose type is not known is kept under the page's labels."""
    name = _LISTS.get(parts["type"].line.casefold()) if "type" in parts else None
    if name is None or "measure" not in parts:
        for field in parts.values():
            statements.keep(field)
        return
    path = statements.draft.item(f"{_OUTCOMES}.{name}")
    for part, field in parts.items():
        if part != "type":
            statements.state(f"{path}.{part}", field.text, field)
        else:
            statements.draft.support(path, field.lines)


READER = ResultsPage()
