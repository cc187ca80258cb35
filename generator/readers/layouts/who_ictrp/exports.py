"""The two formats of an export, taken apart into trials."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import cast

from lxml import etree

from generator.model.document import Document
from generator.model.problem import Problem, Severity, failure
from generator.model.record import Record
from generator.model.registry_numbers import recognise
from generator.readers.layouts.who_ictrp.mapping import Mapping
from generator.readers.layouts.who_ictrp.rows import Row, canonical_name
from generator.readers.reader import Reader, ReadError, line_starts

ROOT = "Trials_downloaded_from_ICTRP"
_LAST_KNOWN_LINE = 65_535
"""The last line that libxml2 counts in its own field."""


def _start_of_root(text: str) -> int:
    """Return where the first element or document type of *text* begins, -1 where it is no XML."""
    position = 0
    while True:
        while position < len(text) and (text[position].isspace() or text[position] == "\ufeff"):
            position += 1
        if text.startswith("<?", position):
            end, length = text.find("?>", position), 2
        elif text.startswith("<!--", position):
            end, length = text.find("-->", position), 3
        else:
            return position if text.startswith("<", position) else -1
        if end < 0:
            return -1
        position = end + length


class XmlExport(Reader):
    """The export as XML."""

    layout = "who-ictrp-xml"
    title = "WHO ICTRP export (XML)"
    rank = 4
    description = "Every field is read, trials of all registries in one file."
    marks = (line_starts("Main ID:", "TrialID"),)

    def recognises(self, document: Document) -> bool:
        """Say whether the root element is the export's."""
        start = _start_of_root(document.text)
        if start >= 0 and document.text.startswith("<!DOCTYPE", start):
            end = document.text.find(">", start)
            return document.text[start:end].split()[1:2] == [ROOT]
        return start >= 0 and re.match(rf"<{ROOT}[\s/>]", document.text[start : start + 100]) is not None

    def read(self, document: Document) -> list[Record]:
        """Return one record a trial.

        Raises ReadError where the XML is broken, declares a document type, or holds no trial.
        """
        document.structured = True
        start = _start_of_root(document.text)
        if start < 0 or document.text.startswith("<!", start):
            raise ReadError(
                document.line_at(max(start, 0)),
                "The export declares a document type, which WHO's exports never do and which could define entities; "
                "remove the declaration",
                "document-type",
            )
        problems: list[Problem] = []
        return _records(document, self.layout, self._rows(document, problems), problems)

    def _rows(self, document: Document, problems: list[Problem]) -> Iterator[Row]:
        content = document.text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace")
        declaration = re.match(rb"\s*<\?xml[^>]*\?>", content)
        if declaration:
            content = b"\n" * declaration[0].count(b"\n") + content[declaration.end() :]
        last_line = _last_line(document)
        count, last = 0, ""
        try:
            events = etree.iterparse(
                io.BytesIO(content),
                events=("end",),
                tag="Trial",
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                huge_tree=False,
            )
            for _, element in events:
                count += 1
                row = Row(min(_first_line(element), last_line))
                nested = ""
                for child in element:
                    if not isinstance(child.tag, str):
                        continue
                    if len(child):
                        name = child[0].tag
                        nested = (
                            f"{child.tag} holds {name if isinstance(name, str) else 'an entity'} where only text "
                            "is expected; this trial is left out"
                        )
                        break
                    first = min(_first_line(child), last_line)
                    raw = child.text or ""
                    row.add(
                        child.tag,
                        raw,
                        (first, min(first + raw.count("\n"), last_line)),
                        f"/{ROOT}/Trial[{count}]/{child.tag}",
                    )
                element.clear()
                parent = element.getparent()
                while parent is not None and element.getprevious() is not None:
                    del parent[0]
                if nested:
                    problems.append(Problem(document.path, row.line, nested, "error", "broken-row"))
                    continue
                last = row.fields["trialid"].one_line if "trialid" in row.fields else ""
                yield row
        except etree.XMLSyntaxError as error:
            line = error.lineno if isinstance(error.lineno, int) and error.lineno > 0 else 1
            if count == 0:
                raise ReadError(min(line, last_line), f"The XML is broken: {error.msg}", "broken-xml") from error
            problems.append(_ends_early(document, min(line, last_line), count, last, content, str(error.msg)))
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


def _ends_early(document: Document, line: int, count: int, last: str, content: bytes, reason: str) -> Problem:
    """Return what is said of an export whose XML breaks off behind whole trials."""
    cut = content.rfind(b"<Trial>") > content.rfind(b"</Trial>")
    number = re.search(rb"<TrialID>\s{0,99}([^<]{1,60})", content[content.rfind(b"<Trial>") :]) if cut else None
    left_out = number[1].decode("utf-8", "replace").strip() if number else "whose number is cut off, too"
    if content.rstrip().endswith(f"</{ROOT}>".encode()):
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


def _last_line(document: Document) -> int:
    return document.line_at(max(len(document.text) - 1, 0))


def _first_line(element: etree._Element) -> int:
    """Return the line on which *element* begins.

    Beyond the last line that it counts, libxml2 only knows where an element's text ends.
    """
    line = cast("int | None", element.sourceline) or 1
    if line > _LAST_KNOWN_LINE and len(element) == 0:
        line -= (element.text or "").count("\n")
    return max(line, 1)


_CSV_MARKS = frozenset(
    {"public_title", "scientific_title", "source_register", "recruitment_status", "date_registration", "web_address"}
)
"""Columns of which an export has at least three, beside the trial's number."""


class CsvExport(Reader):
    """The export as CSV."""

    layout = "who-ictrp-csv"
    title = "WHO ICTRP export (CSV)"
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
        last_line = _last_line(document)
        skipped = next((number for number, line in enumerate(lines) if line.strip()), 0)
        delimiter = "," if self.columns else _delimiter(lines[skipped]) if lines else None
        if delimiter is None:
            raise ReadError(1, "The first row does not name the columns of WHO's export", "no-columns")
        names = list(self.columns)
        if not names:
            names = [name.strip() for name in next(csv.reader(lines[skipped : skipped + 1], delimiter=delimiter))]
            skipped += 1
        for first, last, cells in _split(lines[skipped:], delimiter, len(names)):
            first, last = first + skipped, min(last + skipped, last_line)
            if cells is None:
                message = "The row cannot be taken apart, its quotes do not match; it is left out: correct them"
                problems.append(Problem(document.path, min(first, last_line), message, "error", "broken-csv"))
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
    title = "WHO ICTRP full export (CSV)"
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
