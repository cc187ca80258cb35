"""ClinicalTrials.gov API v2 JSON: one study, the API's list answer, a bare list of studies, or JSON Lines."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

import msgspec

from generator.language.messages import gettext_noop
from generator.model.catalog_section import DocumentReference
from generator.model.document import Document
from generator.model.pointers import Json, lookup
from generator.model.problem import Problem
from generator.model.record import Record
from generator.model.sentence import sentence
from generator.model.source import Absence, Source
from generator.model.study import Study
from generator.readers.checking import typed
from generator.readers.json_positions import printed_values
from generator.readers.reader import Reader, ReadError

UNKNOWN_ENROLLMENT = 99_999_999
"""What the registry writes for an enrolment that nobody knows."""

_BEGINNING = re.compile(r"\ufeff?\s*[\[{]")
_LIST_ANSWER = re.compile(r'\ufeff?\s*\{\s*"(?:totalCount|nextPageToken|studies)"\s*:')
_NEXT_PAGE = re.compile(r'"nextPageToken"\s{0,9}:\s{0,9}"[^"]{1,200}"')
_TOTAL = re.compile(r'"totalCount"\s{0,9}:\s{0,9}([0-9]{1,9})')
_FAR = 1_000
_NCT_NUMBER = re.compile(r"NCT[0-9]{8}")
_BYTE = re.compile(r"\(byte (\d+)\)")
_PATH = re.compile(r" - at `\$(?P<path>[^`]*)`$")


_WITH_LINES = re.compile(
    rb"/protocolSection/(?:statusModule/|conditionsModule/conditions/|sponsorCollaboratorsModule/"
    rb"|identificationModule/(?:nctId|acronym|briefTitle|officialTitle|orgStudyIdInfo|secondaryIdInfos|organization)"
    rb"|designModule/(?:studyType|phases|enrollmentInfo)|armsInterventionsModule/interventions/\d+/(?:type|name|otherN)"
    rb"|contactsLocationsModule/(?!locations/\d+/geoPoint))"
)
"""Values that have a source of their own: what flags and names are about."""
_BEHIND_THE_PROTOCOL = b'"resultsSection"'


class _ListAnswer(msgspec.Struct):
    studies: list[msgspec.Raw]


class ClinicalTrialsGovApi(Reader):
    """Reads API v2 JSON."""

    layout = "clinicaltrials-gov-api-v2"
    title = gettext_noop("ClinicalTrials.gov record (JSON)")
    short_title = gettext_noop("ClinicalTrials.gov record")
    rank = 1
    description = "Everything is read, results included: one record, a list, or JSON Lines."

    def recognises(self, document: Document) -> bool:
        """Say whether the text is JSON with the API's own names, be it whole or cut off."""
        text = document.text
        return bool(_BEGINNING.match(text)) and ('"protocolSection"' in text or bool(_LIST_ANSWER.match(text)))

    def read(self, document: Document) -> list[Record]:
        """Return one record for each study, as found and typed."""
        document.structured = True
        records: list[Record] = []
        problems: list[Problem] = []
        with _without_garbage_collection():
            for piece in _pieces(document):
                try:
                    records.append(_record(document, piece))
                except ReadError as error:
                    problems.append(
                        Problem(path=document.path, line=error.line, message=error.message, code=error.code)
                    )
        if not records:
            if problems:
                raise ReadError(problems[0].line, problems[0].message, problems[0].code)
            raise ReadError(1, "There is no study in this list. Remove the file, or export the studies again.", "empty")
        records[0].problems[:0] = [*problems, *_missing_pages(document, len(records))]
        return records


def _missing_pages(document: Document, count: int) -> list[Problem]:
    """Return what is to be said of a list of which the registry has further pages."""
    if not _LIST_ANSWER.match(document.text) or not _NEXT_PAGE.search(_ends(document.text)):
        return []
    total = _TOTAL.search(_ends(document.text))
    of = f" of {int(total[1]):,}" if total else ""
    message = (
        f"This list has {count:,}{of} studies; it ends with the token of a next page. Download the other pages as "
        "well (pageToken), or the whole list as a file"
    )
    return [Problem(document.path, 1, message, "warning", "partial-list")]


def _ends(text: str) -> str:
    """Return the beginning and the end of *text*, where a list has what is said of it as a whole."""
    return f"{text[:_FAR]}\n{text[-_FAR:]}" if len(text) > 2 * _FAR else text


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Keep the garbage collector out: JSON makes trees, which need none, and in large ones it takes half the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


class _Piece(msgspec.Struct):
    """One study's JSON inside the document."""

    json: bytes | msgspec.Raw
    first_line: int
    last_line: int
    place: str | None


class _LineCounter:
    """Counts lines while going through the bytes of a document once, forwards."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._offset = 0
        self._line = 1
        self._returns = b"\r" in data

    def at(self, offset: int) -> int:
        """Return the line of the byte at *offset*, which may not lie before an earlier one."""
        self._line += self._data.count(b"\n", self._offset, offset)
        if self._returns:
            self._line += self._data.count(b"\r", self._offset, offset)
            self._line -= self._data.count(b"\r\n", max(self._offset - 1, 0), offset)
        self._offset = offset
        return self._line


def _pieces(document: Document) -> Iterator[_Piece]:
    try:
        data = document.text.removeprefix("\ufeff").encode()
    except UnicodeEncodeError as error:
        raise ReadError(
            document.line_at(error.start), "The text holds half a character. Save the file as UTF-8 again.", "encoding"
        ) from error
    if _is_json_lines(data):
        number = 0
        for number, line in enumerate(re.split(rb"\r\n|\n|\r", data), start=1):
            if line.strip():
                yield _Piece(line, number, number, None)
        return
    beginning = data.lstrip()[:1]
    lines = _LineCounter(data)
    try:
        if beginning == b"{" and not _LIST_ANSWER.match(document.text):
            start = len(data) - len(data.lstrip())
            yield _Piece(data, lines.at(start), lines.at(len(data.rstrip()) - 1), "")
            return
        if beginning == b"{":
            prefix, raws = "/studies", msgspec.json.decode(data, type=_ListAnswer).studies
        else:
            prefix, raws = "", msgspec.json.decode(data, type=list[msgspec.Raw])
    except (msgspec.MsgspecError, RecursionError) as error:
        raise _malformed(error, data, 1) from error
    offset = 0
    for index, raw in enumerate(raws):
        content = bytes(raw)
        start = data.index(content, offset)
        offset = start + len(content)
        yield _Piece(content, lines.at(start), lines.at(offset - 1), f"{prefix}/{index}")


def _is_json_lines(data: bytes) -> bool:
    first, _, rest = data.strip().replace(b"\r", b"\n").partition(b"\n")
    return first.startswith(b"{") and first.rstrip().endswith(b"}") and rest.lstrip().startswith(b"{")


def _malformed(error: Exception, data: bytes, first_line: int) -> ReadError:
    place = _BYTE.search(str(error))
    line = first_line
    if place:
        line += _LineCounter(data).at(min(int(place[1]), len(data))) - 1
    elif "truncated" in str(error):
        line += _LineCounter(data).at(len(data.rstrip())) - 1
    if isinstance(error, RecursionError):
        return ReadError(line, "The JSON is nested too deeply to be a study. Export the record again.", "malformed")
    reason = _PATH.sub("", str(error)).removeprefix("JSON is malformed: ").rstrip(".")
    return ReadError(line, f"This is not valid JSON of the API ({reason}). Export the record again.", "malformed")


def _record(document: Document, piece: _Piece) -> Record:
    try:
        original = msgspec.json.decode(piece.json)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise _malformed(error, bytes(piece.json), piece.first_line if piece.place != "" else 1) from error
    if not isinstance(original, dict):
        raise ReadError(piece.first_line, "A study is expected here, an object with “protocolSection”.", "no-study")
    problems: list[Problem] = []
    corrections: list[tuple[str, Json]] = []
    study = _typed(cast("dict[str, Json]", original), document, piece, problems, corrections)
    identification = study.protocol_section.identification_module
    number = identification.nct_id or ""
    if not _NCT_NUMBER.fullmatch(number):
        found = f"has “{number}”" if number else "has none"
        raise ReadError(
            piece.first_line,
            f"A study needs an NCT number at protocolSection.identificationModule.nctId, and this one {found}."
            " Export the record again, with this field.",
            "no-number",
        )
    section = study.catalog_section
    section.id = number
    section.sources = {
        "": [Source(document=document.path, first_line=piece.first_line, last_line=piece.last_line, place=piece.place)]
    }
    if piece.last_line > piece.first_line:
        section.sources.update(_own_lines(document, piece, original))
    section.documents = [
        DocumentReference(
            path=document.path,
            layout=ClinicalTrialsGovApi.layout,
            title=identification.brief_title,
            sha256=document.sha256 or None,
            as_of=_as_of(study),
        )
    ]
    enrollment = study.protocol_section.design_module.enrollment_info
    if enrollment is not None and enrollment.count == UNKNOWN_ENROLLMENT:
        enrollment.count = None
        section.absences["/protocolSection/designModule/enrollmentInfo/count"] = Absence(
            reason="notStated",
            note=sentence("The record has 99999999, which the registry writes for an unknown enrolment."),
            sources=section.sources[""],
        )
    return Record(study, cast("dict[str, Json]", original), problems, corrections)


def _own_lines(document: Document, piece: _Piece, original: dict[str, Json]) -> dict[str, list[Source]]:
    """Return the lines of what flags and names are about, where the record has a value to a line.

    The source of the whole record covers everything else; pages find its lines when they are written.
    """
    data = bytes(piece.json)
    start = len(data) - len(data.lstrip())
    end = data.find(_BEHIND_THE_PROTOCOL, start)
    lines = data[start : end if end > 0 else len(data)].replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    sources: dict[str, list[Source]] = {}
    for place, index, value in printed_values(lines):
        if not _WITH_LINES.match(place):
            continue
        pointer = place.decode()
        try:
            same = msgspec.json.decode(value) == lookup(original, pointer)
        except msgspec.MsgspecError:
            same = False
        if not same:
            return {}
        line = piece.first_line + index
        sources[pointer] = [Source(document=document.path, first_line=line, last_line=line)]
    return sources


def _as_of(study: Study) -> str | None:
    """Return the day of the registry's data that the record is from, or else that of its last update."""
    if study.derived_section and study.derived_section.misc_info_module:
        held = study.derived_section.misc_info_module.version_holder
        if held:
            return held
    updated = study.protocol_section.status_module.last_update_post_date_struct
    return updated.date if updated else None


def _typed(
    original: dict[str, Json],
    document: Document,
    piece: _Piece,
    problems: list[Problem],
    corrections: list[tuple[str, Json]],
) -> Study:
    """Return the typed view of *original*; values of unexpected types are left out of it and reported."""
    values = original
    if "catalogSection" in original:
        # A record of a catalog like this one.  What it knows of its own documents is nothing for this catalog.
        values = {key: value for key, value in original.items() if key != "catalogSection"}
    try:
        study, left_out = typed(values)
    except msgspec.ValidationError as error:
        raise ReadError(
            piece.first_line,
            "This study is not laid out as API v2 has it. Export it from ClinicalTrials.gov again.",
            "no-study",
        ) from error
    for one in left_out:
        corrections.append((one.pointer, None))
        if one.value is not None:
            problems.append(
                Problem(
                    path=document.path,
                    line=piece.first_line,
                    message=f"{one.pointer} is not of the API's type ({one.expectation}); it is kept in the record, "
                    "and not shown. Correct the value, or export the record again.",
                    severity="warning",
                    code="unexpected-type",
                )
            )
    return study


READER = ClinicalTrialsGovApi()
