"""EU CTIS: what a search hands out, the public API's answer as JSON and the portal's download as CSV.

Both have one trial for each item and the same twenty-odd fields, under the names that public programs read.  Dates
have the day first.  The number of participants is that in the EEA, so it is the trial's own only where the trial takes
place nowhere else.  Products and co-sponsors are joined with commas, which stand in names as well: they stay as found.
"""

from __future__ import annotations

import re

from generator.language.messages import gettext_noop
from generator.model.document import Document
from generator.model.problem import Problem
from generator.model.record import Record
from generator.model.registry_numbers import recognise
from generator.readers.countries import COUNTRIES
from generator.readers.delimited import header, rows
from generator.readers.fields import Field, Rule, Statements, plain_name
from generator.readers.layouts.eu_ctis import STATUS_CODES, STATUS_WORDS
from generator.readers.reader import Reader, ReadError
from generator.readers.registry_values import date, is_stated
from generator.readers.trees import Node, json_tree

_DESIGN = "protocolSection.designModule"
_ENROLLMENT = f"{_DESIGN}.enrollmentInfo.count"
_NAMES = {
    "trial number": "ctnumber",
    "title of the trial": "cttitle",
    "protocol code": "shorttitle",
    "overall trial status": "ctstatus",
    "location(s) and recruitment status": "trialcountries",
    "trial phase": "trialphase",
    "age group": "agegroup",
    "number of participants enrolled": "totalnumberenrolled",
    "trial region": "trialregion",
    "medical conditions": "conditions",
    "sponsor/co-sponsors": "sponsor",
    "start date": "startdateeu",
    "last updated": "lastupdated",
    "trial results": "resultsfirstreceived",
    "primary endpoint": "primaryendpoint",
    "primary end point": "primaryendpoint",
}
"""Column of the download, in lower case -> key of the API, in lower case."""
_RULES = {
    "cttitle": Rule("protocolSection.identificationModule.officialTitle", "line"),
    "shorttitle": Rule("protocolSection.identificationModule.orgStudyIdInfo.id", "line"),
    "conditions": Rule("protocolSection.conditionsModule.conditions", "texts"),
    "trialphase": Rule(f"{_DESIGN}.phases", "phases"),
    "gender": Rule("protocolSection.eligibilityModule.sex", "sex"),
    "startdateeu": Rule("protocolSection.statusModule.startDateStruct.date", "day first date"),
    "lastpublicationupdate": Rule("protocolSection.statusModule.lastUpdatePostDateStruct.date", "day first date"),
    "resultsfirstreceived": Rule("hasResults", "yes or no"),
    "primaryendpoint": Rule("protocolSection.outcomesModule.primaryOutcomes", "measures"),
}
_AGES = {"0-17 years": "CHILD", "18-64 years": "ADULT", "65+ years": "OLDER_ADULT"}
_ONLY_IN_THE_EEA = frozenset({"1", "eea only", "in eea only"})
_COUNTRY = re.compile(r"(?:^|,\s?|\n)([^,:\n]{2,60}):")
_NOT_STATED = frozenset({"n/a", "na", "-"})


def record_of(document: Document, layout: str, fields: dict[str, list[Field]]) -> Record:
    """Return the record of one trial from its *fields* by their plain names.  Raises ReadError without a number."""
    named = fields.pop("ctnumber", [])
    number = recognise(named[0].line) if named else None
    if number is None or number.kind.name != "eu-ct":
        line = named[0].lines if named else 1
        message = "A trial has no EU CT number such as 2024-516780-93-00, so it is not known whose data these are"
        raise ReadError(line if isinstance(line, int) else line[0], message, "no-number")
    statements = Statements(document, layout, _RULES)
    statements.identify(number, named[0])
    note = gettext_noop("The register holds clinical trials in the sense of Regulation (EU) 536/2014 only.")
    statements.state(f"{_DESIGN}.studyType", "INTERVENTIONAL", named[0], note)
    region = fields["trialregion"][0].line.casefold() if "trialregion" in fields else ""
    for name, found in fields.items():
        for field in found:
            if is_stated(field.text) and field.line.casefold() not in _NOT_STATED:
                _read(statements, name, field, region)
    updated = fields.get("lastupdated")
    return statements.finish(number.identifier, date(updated[0].line, day_first=True) if updated else None)


def _read(statements: Statements, name: str, field: Field, region: str) -> None:
    """Read one field; what is not certain is kept."""
    if name == "ctstatus":
        code = STATUS_CODES.get(int(field.line)) if re.fullmatch(r"\d{1,3}", field.line) else None
        value = code or STATUS_WORDS.get(field.line.casefold())
        understood = value is not None and statements.state("protocolSection.statusModule.overallStatus", value, field)
    elif name == "trialcountries":
        countries = [country.strip() for country in _COUNTRY.findall(field.text)]
        for country in countries:
            if country in COUNTRIES:
                statements.append("catalogSection.countries", country, field)
        understood = False  # the state of recruitment in each country stays as found
    elif name == "agegroup":
        groups = [_AGES.get(group.strip().casefold(), "") for group in field.line.split(",")]
        ordered = [group for group in _AGES.values() if group in groups]
        understood = all(groups) and statements.state("protocolSection.eligibilityModule.stdAges", ordered, field)
    elif name == "totalnumberenrolled":
        understood = region in _ONLY_IN_THE_EEA and statements.apply(Rule(_ENROLLMENT, "count"), field)
    elif name == "sponsor":
        alone = "," not in field.line and ";" not in field.line
        path = "protocolSection.sponsorCollaboratorsModule.leadSponsor.name"
        understood = alone and statements.state(path, field.line, field)
    else:
        rule = _RULES.get(name)
        understood = rule is not None and statements.apply(rule, field)
    if not understood:
        statements.keep(field)


class SearchAnswer(Reader):
    """Reads the API's answer to a search."""

    layout = "eu-ctis-search-json"
    title = gettext_noop("EU CTIS search answer (JSON)")
    short_title = gettext_noop("EU CTIS search answer")
    rank = 2
    description = (
        "Every field is read; the number of participants only for trials in the EEA alone, products and "
        "co-sponsors as found."
    )

    def recognises(self, document: Document) -> bool:
        """Say whether the JSON has the answer's keys, and not those of a whole record."""
        text = document.text
        start = text[:200].lstrip("\ufeff \t\r\n")[:1]
        return start in {"{", "["} and '"ctNumber"' in text and '"ctTitle"' in text and '"authorizedPartI"' not in text

    def read(self, document: Document) -> list[Record]:
        """Return one record a trial; says how many of how many there are, where the answer has further pages.

        Raises ReadError where the JSON is broken or a trial has no number.
        """
        document.structured = True
        root = json_tree(document)
        trials = root.all("data") or ([root] if root.all("ctNumber") else root.children)
        trials = [trial for trial in trials if trial.children]
        if not trials:
            raise ReadError(1, "The answer holds no trial", "no-trial")
        records = [record_of(document, self.layout, _fields(trial)) for trial in trials]
        total = root.value("pagination/totalRecords")
        if total.isdecimal() and len(total) < 10 and int(total) > len(records):
            message = f"This answer has {len(records)} of {int(total):,} trials; save the other pages as well"
            records[0].problems.append(Problem(document.path, 1, message, "warning", "partial-list"))
        return records


def _fields(trial: Node) -> dict[str, list[Field]]:
    found: dict[str, list[Field]] = {}
    for path, node in trial.leaves():
        found.setdefault(path.casefold(), []).append(Field(path, node.text, node.lines, node.place))
    return found


class PortalCsv(Reader):
    """Reads the portal's download."""

    layout = "eu-ctis-csv"
    title = gettext_noop("EU CTIS download (CSV)")
    short_title = gettext_noop("EU CTIS download")
    rank = 2
    description = (
        "Every column is read; the number of participants only for trials in the EEA alone, products and "
        "co-sponsors as found."
    )

    def recognises(self, document: Document) -> bool:
        """Say whether the first row names the trial's number and another column of the download."""
        found = header(document.text)
        names = {plain_name(name) for name in found[0]} if found else set()
        return "trial number" in names and len(names & set(_NAMES)) >= 3

    def read(self, document: Document) -> list[Record]:
        """Return one record a row; a row without a number, or that does not fit the columns, is told.

        Raises ReadError where quotes are broken or no row can be read.
        """
        document.structured = True
        problems: list[Problem] = []
        records = []
        for row in rows(document, plain_name, problems):
            try:
                fields = {_NAMES.get(name, name): [field] for name, field in row.cells.items()}
                records.append(record_of(document, self.layout, fields))
            except ReadError as error:
                message = f"{error.message}; the row is left out"
                problems.append(Problem(document.path, row.line, message, "error", error.code))
        if not records:
            line, message = (problems[0].line, problems[0].message) if problems else (1, "The download holds no trial")
            raise ReadError(line, message, "no-trial")
        records[0].problems.extend(problems)
        return records


JSON_READER = SearchAnswer()
CSV_READER = PortalCsv()
