"""The two formats of an export, taken apart into trials."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

from lxml import etree

from generator.language.messages import gettext_noop
from generator.model.document import Document
from generator.model.problem import Problem, Severity, failure
from generator.model.record import Record
from generator.model.registry_numbers import recognise
from generator.readers.layouts.who_ictrp.mapping import Mapping
from generator.readers.layouts.who_ictrp.rows import Row, canonical_name
from generator.readers.reader import Reader, ReadError, line_starts
from generator.readers.xml import BrokenXmlError, elements, last_line, lines_of, root_name

ROOT = "Trials_downloaded_from_ICTRP"
"""The last line that libxml2 counts in its own field."""


class XmlExport(Reader):
    """The export as XML."""

    layout = "who-ictrp-xml"
    title = gettext_noop("WHO ICTRP export (XML)")
    short_title = gettext_noop("WHO ICTRP export")
    rank = 4
    description = "Every field is read, trials of all registries in one file."
    marks = (line_starts("Main ID:", "TrialID"),)

    def recognises(self, document: Document) -> bool:
        """Say whether the root element is the export's."""
        return root_name(document.text) == ROOT

    def read(self, document: Document) -> list[Record]:
        """Return one record a trial.

        Raises ReadError where the XML is broken, declares a document type, or holds no trial.
        """
        document.structured = True
        problems: list[Problem] = []
        return _records(document, self.layout, self._rows(document, problems), problems)

    def _rows(self, document: Document, problems: list[Problem]) -> Iterator[Row]:
        count, last = 0, ""
        try:
            for element in elements(document, "Trial"):
                count += 1
                row = Row(lines_of(element, document)[0])
                nested = next((child for child in element if len(child)), None)
                if nested is not None:
                    holds = "an entity" if isinstance(nested[0], etree._Entity) else nested[0].tag
                    message = f"{nested.tag} holds {holds} where only text is expected; this trial is left out"
                    problems.append(Problem(document.path, row.line, message, "error", "broken-row"))
                    continue
                for child in element:
                    if isinstance(child.tag, str):
                        place = f"/{ROOT}/Trial[{count}]/{child.tag}"
                        row.add(child.tag, child.text or "", lines_of(child, document), place)
                last = row.fields["trialid"].one_line if "trialid" in row.fields else ""
                yield row
        except BrokenXmlError as error:
            if count == 0:
                raise
            problems.append(_ends_early(document, error.line, count, last, error.reason))
        if count == 0:
            raise ReadError(1, "The export holds no trial", "no-trial")


def _records(document: Document, layout: str, rows: Iterator[Row], problems: list[Problem]) -> list[Record]:
    """Return a record of each row; a row of which none can be made is left out, and said so.

    Raises ReadError where none is left.
    """
    records: list[Record] = []
    for row in rows:
        if "trialid" not in row.fields:
            message = "The row has no TrialID, so it is not known whose data these are; it is left out"
            problems.append(Problem(document.path, row.line, message, "error", "no-number"))
            continue
        try:
            records.append(Mapping(document, layout, row, []).record())
        except ReadError as error:
            problems.append(Problem(document.path, error.line, f"{error.message}; it is left out", "error", error.code))
        except Exception as error:
            problems.append(failure(document.path, row.line, "Reading this row", error))
    if not records:
        first = problems[0] if problems else Problem(document.path, 1, "The export holds no trial", code="no-trial")
        raise ReadError(first.line, first.message, first.code)
    records[0].problems.extend(problems)
    return records


def _ends_early(document: Document, line: int, count: int, last: str, reason: str) -> Problem:
    """Return what is said of an export whose XML breaks off behind whole trials."""
    content = document.text
    cut = content.rfind("<Trial>") > content.rfind("</Trial>")
    number = re.search(r"<TrialID>\s{0,99}([^<]{1,60})", content[content.rfind("<Trial>") :]) if cut else None
    left_out = number[1].strip() if number else "whose number is cut off, too"
    if content.rstrip().endswith(f"</{ROOT}>"):
        message = f"The XML is broken here ({reason}): the trials from here on are left out, {count} before it are read"
    else:
        message = (
            f"The export ends early, after its trial number {count}{f' ({last})' if last else ''}: WHO's portal breaks "
            "off long answers. Download it in parts"
        )
        if cut:
            message += f". A trial that is cut in its middle ({left_out}) is left out"
    severity: Severity = "error" if cut else "warning"
    return Problem(document.path, line, message, severity, "ends-early")


_CSV_MARKS = frozenset(
    {"public_title", "scientific_title", "source_register", "recruitment_status", "date_registration", "web_address"}
)
"""Columns of which an export has at least three, beside the trial's number."""


class CsvExport(Reader):
    """The export as CSV."""

    layout = "who-ictrp-csv"
    title = gettext_noop("WHO ICTRP export (CSV)")
    short_title = gettext_noop("WHO ICTRP export")
    rank = 4
    description = "Every field is read, trials of all registries in one table."
    columns: tuple[str, ...] = ()
    """Names of the columns, for an export without a row for them."""

    def recognises(self, document: Document) -> bool:
        """Say whether the first row names the export's columns."""
        head = document.text[:8192].lstrip("\ufeff").lstrip("\r\n")
        line = re.split(r"\r\n|\n|\r", head, maxsplit=1)[0]
        return _delimiter(line) is not None

    def read(self, document: Document) -> list[Record]:
        """Return one record a row; a row that does not fit the columns is left out, and said so.

        Raises ReadError where quotes are broken or no row can be read.
        """
        document.structured = True
        problems: list[Problem] = []
        return _records(document, self.layout, self._rows(document, problems), problems)

    def _rows(self, document: Document, problems: list[Problem]) -> Iterator[Row]:
        lines = re.split(r"\r\n|\n|\r", document.text.lstrip("\ufeff"))
        end = last_line(document)
        skipped = next((number for number, line in enumerate(lines) if line.strip()), 0)
        delimiter = "," if self.columns else _delimiter(lines[skipped]) if lines else None
        if delimiter is None:
            raise ReadError(1, "The first row does not name the columns of WHO's export", "no-columns")
        names = list(self.columns)
        if not names:
            names = [name.strip() for name in next(csv.reader(lines[skipped : skipped + 1], delimiter=delimiter))]
            skipped += 1
        for first, last, cells in _split(lines[skipped:], delimiter, len(names)):
            first, last = first + skipped, min(last + skipped, end)
            if cells is None:
                message = "The row cannot be taken apart, its quotes do not match; it is left out: correct them"
                problems.append(Problem(document.path, min(first, end), message, "error", "broken-csv"))
                continue
            while len(cells) > len(names) and not cells[-1].strip():
                cells.pop()
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) > len(names):
                message = f"The row has {len(cells)} cells for {len(names)} columns; it is left out: correct its quotes"
                problems.append(Problem(document.path, first, message, "error", "broken-row"))
                continue
            row = Row(first)
            for name, cell in zip(names, cells, strict=False):
                row.add(name, cell, (first, last), name)
            yield row


_LONGEST_ROW = 2_000
"""Lines that one row of an export has at most: its longest fields are lists of criteria."""


def _split(lines: list[str], delimiter: str, width: int) -> Iterator[tuple[int, int, list[str] | None]]:
    """Yield for each row of *lines* its first and last line, from 1, and its cells, None where they cannot be told.

    A strict parser ends at the first quote that is not doubled, with all that follows; so the parser begins anew on
    the line behind a row that it does not understand.  Where such a row is one line in which all cells are quoted,
    its cells are told by what stands between them.
    """
    begin = 0
    while begin < len(lines):
        rows = csv.reader((f"{lines[at]}\n" for at in range(begin, len(lines))), delimiter=delimiter, strict=True)
        before = begin
        try:
            for cells in rows:
                last = begin + rows.line_num
                if last - before > _LONGEST_ROW:
                    raise csv.Error("too long")  # a quote that is never closed swallows the rest
                yield before + 1, last, cells
                before = last
            return
        except csv.Error:
            line = lines[before]
            between = f'"{delimiter}"'
            quoted = line.startswith('"') and line.rstrip().endswith('"')
            told = line.strip()[1:-1].split(between) if quoted else []
            yield before + 1, before + 1, [cell.replace('""', '"') for cell in told] if len(told) == width else None
            begin = before + 1


FULL_EXPORT_COLUMNS = tuple(
    """
    TrialID last_refreshed_on SecondaryIDs public_title Scientific_title url Public_Contact_Firstname
    Public_Contact_Lastname Public_Contact_Address Public_Contact_Email Public_Contact_Tel Public_Contact_Affiliation
    Scientific_Contact_Firstname Scientific_Contact_Lastname Scientific_Contact_Address Scientific_Contact_Email
    Scientific_Contact_Tel Scientific_Contact_Affiliation study_type study_design phase Date_registration
    Date_enrollement Target_size Recruitment_status Primary_sponsor Secondary_sponsors Source_Support Countries
    Conditions Interventions Age_min Age_max Gender Inclusion_Criteria Exclusion_Criteria Primary_Outcome
    Secondary_Outcomes Bridging_flag Bridged_type Childs type_enrolment Retrospective_flag results_actual_enrollment
    results_url_link results_summary results_date_posted results_date_first_publication results_baseline_char
    results_participant_flow results_adverse_events results_outcome_measures results_url_protocol results_IPD_plan
    results_IPD_description results_date_completed results_yes_no Ethics_Status Ethics_Approval_Date
    Ethics_Contact_Name Ethics_Contact_Address Ethics_Contact_Phone Ethics_Contact_Email
    """.replace("\n", " ").split()
)
"""Columns of the full export, in the order in which WHO's list of its data fields has them; its file has no row of
names.  The second one has no name of its own: it is the day of the last change."""


class FullExport(CsvExport):
    """The full export as CSV, whose columns are known by their number only."""

    layout = "who-ictrp-full-export"
    title = gettext_noop("WHO ICTRP full export (CSV)")
    short_title = gettext_noop("WHO ICTRP full export")
    description = "Every field of WHO's full export is read, with or without its row of names."
    columns = FULL_EXPORT_COLUMNS

    def recognises(self, document: Document) -> bool:
        """Say whether the first row has the export's number of columns, a trial's number in the first of them."""
        head = document.text[:1_000].lstrip('\ufeff\r\n "')
        number = head.split(",", 1)[0].strip('" ') if "," in head[:60] else ""
        if not number or recognise(number) is None:
            return False
        lines = document.text[:200_000].lstrip("\ufeff").splitlines(keepends=True)
        try:
            first = next(csv.reader(lines), [])
        except csv.Error:
            return False
        return len(first) == len(self.columns)


def _delimiter(line: str) -> str | None:
    """Return what separates the columns of a header row, or None where it is no header of the export."""
    for delimiter in (",", ";", "\t"):
        try:
            names = {canonical_name(name) for name in next(csv.reader([line], delimiter=delimiter), [])}
        except csv.Error:
            continue
        if "trialid" in names and len(names & _CSV_MARKS) >= 3:
            return delimiter
    return None
