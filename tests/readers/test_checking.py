"""What a document says is held against the model's types and ranges, and a failure stays in its document."""

import json
from pathlib import Path
from typing import cast

import msgspec
import pytest

from generator.model.document import Document, LineRole
from generator.model.pointers import Json, lookup
from generator.model.record import Record
from generator.model.study import Study
from generator.readers.checking import typed
from generator.readers.known import all_readers
from generator.readers.reader import Reader, Reading
from generator.readers.reading import read_document
from generator.studies.matching import match
from generator.studies.merging import Merged, merge


def _read(text: str, path: str = "a.json") -> Reading:
    return read_document(Document(path, text))


def _study(**modules: object) -> str:
    identification = {"nctId": "NCT01234567", "briefTitle": "A trial"}
    return json.dumps({"protocolSection": {"identificationModule": identification, **modules}})


def _at(study: Study, pointer: str) -> Json:
    return lookup(cast("Json", msgspec.to_builtins(study)), f"/protocolSection/{pointer}")


def _merged(*texts: str) -> Merged:
    records: list[Record] = []
    for index, text in enumerate(texts):
        records += _read(text, f"{index}.json").records
    (found,), _ = match(records)
    return merge(found)


def test_date_in_words_becomes_a_date() -> None:
    reading = _read(_study(statusModule={"startDateStruct": {"date": "June 2019"}}))
    assert _at(reading.records[0].study, "statusModule/startDateStruct/date") == "2019-06"
    assert ["read as 2019-06" in problem.message for problem in reading.problems] == [True]


@pytest.mark.parametrize("text", ["soon", "2019-13-01", "2019-02-30", "٢٠١٩-٠٦", "0000-01-01", "x" * 5000])
def test_text_in_place_of_a_date_is_kept_as_text(text: str) -> None:
    reading = _read(_study(statusModule={"completionDateStruct": {"date": text}}))
    study = reading.records[0].study
    assert _at(study, "statusModule/completionDateStruct/date") is None
    assert study.catalog_section.registry_fields == {"statusModule.completionDateStruct.date": text}
    assert reading.problems[0].line == 1


@pytest.mark.parametrize("count", [-1, 10**16, 10**30])
def test_count_out_of_range_is_left_out(count: int) -> None:
    reading = _read(_study(designModule={"enrollmentInfo": {"count": count}}))
    assert _at(reading.records[0].study, "designModule/enrollmentInfo/count") is None
    assert len(reading.problems) == 1


def test_mistyped_field_does_not_hide_the_other_records() -> None:
    wrong = _study(conditionsModule={"conditions": "Sepsis"}, statusModule={"startDateStruct": {"date": "soon"}})
    right = _study(conditionsModule={"conditions": ["Sepsis"]}, statusModule={"startDateStruct": {"date": "2019"}})
    study = _merged(wrong, right).study
    assert _at(study, "conditionsModule/conditions") == ["Sepsis"]
    assert _at(study, "statusModule/startDateStruct/date") == "2019"


def test_what_is_left_out_is_not_taken_out_of_the_record() -> None:
    values = {"protocolSection": {"conditionsModule": {"conditions": "Sepsis", "keywords": ["a", 3]}}}
    study, left_out = typed(cast("dict[str, Json]", values))
    assert study.protocol_section.conditions_module.keywords == ["a"]
    assert {one.pointer for one in left_out} == {
        "/protocolSection/conditionsModule/conditions",
        "/protocolSection/conditionsModule/keywords/1",
    }
    assert lookup(cast("Json", values), "/protocolSection/conditionsModule/conditions") == "Sepsis"


class _Failing(Reader):
    """A reader with a fault."""

    layout = "failing"
    title = "A reader with a fault"
    rank = 7
    description = "Nothing is read."

    def recognises(self, document: Document) -> bool:
        """Take every document."""
        return document.text != ""

    def read(self, document: Document) -> list[Record]:
        """Fail."""
        raise KeyError(document.path)


def test_failure_of_a_reader_is_a_problem_of_its_document() -> None:
    reading = read_document(Document("a.txt", "one\ntwo\n"), [_Failing(), all_readers()[-1]])
    assert [(problem.path, problem.line, problem.severity) for problem in reading.problems] == [("a.txt", 1, "error")]
    assert len(reading.document.unread()) == 2


def test_number_of_thousands_of_digits_costs_only_its_document() -> None:
    page = "---\nnctId: NCT01234567\nsource: me\nenrollmentInfo:\n  count: " + "9" * 4301 + "\n---\n"
    assert _read(page, "a.md").problems


def test_lines_of_a_number_out_of_range_are_shown_as_unread() -> None:
    fixture = Path(__file__).parent / "fixtures" / "meddatax" / "observational.txt"
    page = fixture.read_text(encoding="utf-8").replace("12 participants", f"{'9' * 17} participants")
    (record,) = _read(page, "page.txt").records
    assert _at(record.study, "designModule/enrollmentInfo/count") is None
    assert any("9" * 17 in text.text for text in record.study.catalog_section.unread)


def test_line_of_a_date_that_is_none_became_a_field_of_the_registry() -> None:
    document = Document("page.txt", "2019-13-40\n")
    document.account(1, LineRole.FACT, "X#/a")
    document.move({"X#/a": "X#/b"})
    assert (document.lines[0].role, document.lines[0].became) == (LineRole.FACT, ["X#/b"])


def test_digits_of_other_scripts_make_no_number() -> None:
    reading = _read(json.dumps({"protocolSection": {"identificationModule": {"nctId": "NCT٠١٢٣٤٥٦٧"}}}))
    assert not reading.records
    assert reading.problems[0].code == "no-number"


def test_comments_before_a_page_take_no_time() -> None:
    reading = _read("<!-- a -->" * 20_000 + "x", "page.txt")
    assert not reading.records
    assert reading.problems
