import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from generator.model.document import Document
from generator.model.pointers import lookup
from generator.model.record import Record
from generator.readers.layouts.clinicaltrials_gov_api import READER as API
from generator.readers.reader import ReadError
from generator.readers.reading import read_document

REAL = Path(__file__).parents[2] / ".." / "shared" / "data"


def study(number: str | None = "NCT09990001", **modules: Any) -> dict[str, Any]:
    identification: dict[str, Any] = {"briefTitle": f"Lamps at night {number}", "acronym": "LAMPS"}
    if number is not None:
        identification["nctId"] = number
    return {"protocolSection": {"identificationModule": identification, **modules}, "hasResults": False}


def document(text: str) -> Document:
    return Document("records/study.json", text)


def read(content: Any) -> list[Record]:
    found = document(content if isinstance(content, str) else json.dumps(content, indent=1))
    assert API.recognises(found)
    records = API.read(found)
    assert found.unread() == []
    return records


def lines(record: Record) -> tuple[int, int, str | None]:
    (source,) = record.study.catalog_section.sources[""]
    return source.first_line, source.last_line, source.place


def test_a_study_is_kept_as_found_and_typed() -> None:
    content = study(
        statusModule={"overallStatus": "SOMETHING_NEW", "startDateStruct": {"date": "2024-03", "type": "ACTUAL"}},
        designModule={"enrollmentInfo": {"count": 40, "type": "ACTUAL"}, "aNewField": {"deep": [1, 2.5, None]}},
        aNewModule={"x": "y"},
    )
    (record,) = read(content)
    assert record.original == content
    assert record.id == "NCT09990001"
    status = record.study.protocol_section.status_module
    assert status.overall_status == "SOMETHING_NEW"
    assert status.start_date_struct is not None
    assert status.start_date_struct.date == "2024-03"
    assert record.problems == []
    assert lines(record) == (1, len(json.dumps(content, indent=1).splitlines()), "")
    (reference,) = record.study.catalog_section.documents
    assert reference.layout == "clinicaltrials-gov-api-v2"
    assert reference.title == "Lamps at night NCT09990001"


def test_the_lists_of_the_api() -> None:
    first, second = study("NCT09990001"), study("NCT09990002")
    answer = {"totalCount": 2, "studies": [first, second], "nextPageToken": "abc"}
    for content, prefix in ((answer, "/studies"), ([first, second], "")):
        records = read(content)
        assert [record.id for record in records] == ["NCT09990001", "NCT09990002"]
        text = json.dumps(content, indent=1).splitlines()
        for index, record in enumerate(records):
            start, end, place = lines(record)
            assert place == f"{prefix}/{index}"
            assert text[start - 1].strip() == "{"
            assert text[end - 1].strip().rstrip(",") == "}"
            assert json.loads("\n".join(text[start - 1 : end]).rstrip(",")) == record.original


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_json_lines(ending: str) -> None:
    studies = [study(f"NCT0999000{number}") for number in range(3)]
    records = read(ending.join([json.dumps(studies[0]), json.dumps(studies[1]), "", json.dumps(studies[2]), ""]))
    assert [record.original for record in records] == studies
    assert [lines(record)[:2] for record in records] == [(1, 1), (2, 2), (4, 4)]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_editors_count_them(ending: str) -> None:
    text = json.dumps([study(), study("NCT09990002")], indent=1).replace("\n", ending)
    found = document(text)
    for record in API.read(found):
        start, end, _ = lines(record)
        assert found.line(start).stripped == "{"
        assert found.line(end).stripped.rstrip(",") == "}"


def test_a_value_of_an_unexpected_type_is_kept_and_reported() -> None:
    content = study(
        conditionsModule={"conditions": ["Sleep", 7, "Night work"], "keywords": None},
        designModule={"enrollmentInfo": {"count": "many"}, "phases": "PHASE1"},
        eligibilityModule={"healthyVolunteers": "yes", "minimumAge": "18 Years"},
    )
    (record,) = read(content)
    assert record.original == content
    protocol = record.study.protocol_section
    assert protocol.conditions_module.conditions == ["Sleep", "Night work"]
    assert protocol.eligibility_module.minimum_age == "18 Years"
    assert protocol.design_module.phases == []
    reported = sorted(problem.message.split(" ", 1)[0] for problem in record.problems)
    assert reported == [
        "/protocolSection/conditionsModule/conditions/1",
        "/protocolSection/designModule/enrollmentInfo/count",
        "/protocolSection/designModule/phases",
        "/protocolSection/eligibilityModule/healthyVolunteers",
    ]
    assert {problem.severity for problem in record.problems} == {"warning"}


def test_a_study_without_a_number_does_not_stop_the_others() -> None:
    (record,) = read([study(None), study("NCT09990002"), study("NCT1"), 5])
    assert record.id == "NCT09990002"
    assert [problem.line for problem in record.problems] == [2, 21, 31]
    assert all(problem.severity == "error" for problem in record.problems)


def test_partial_records_are_records() -> None:
    (record,) = read({"protocolSection": {"identificationModule": {"nctId": "NCT09990001"}}})
    assert record.study.protocol_section.status_module.overall_status is None


def test_an_unknown_enrolment_is_none() -> None:
    (record,) = read(study(designModule={"enrollmentInfo": {"count": 99999999, "type": "ESTIMATED"}}))
    enrollment = record.study.protocol_section.design_module.enrollment_info
    assert enrollment is not None
    assert enrollment.count is None
    assert "/protocolSection/designModule/enrollmentInfo/count" in record.study.catalog_section.absences


def test_what_another_catalog_knew_is_not_taken_over() -> None:
    content = {**study(), "catalogSection": {"id": "../evil", "sources": {"/x": []}, "flags": []}}
    (record,) = read(content)
    assert record.original == content
    assert record.id == "NCT09990001"
    assert "/x" not in record.study.catalog_section.sources


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('{"protocolSection": {\n"identificationModule": {\n"nctId": "NCT09990001"', 3),
        ('{"protocolSection": {\n"identificationModule": {,}}}', 2),
        ('{"studies": []}', 1),
        ('{"studies": [', 1),
        ('{"studies": 5}', 1),
        ('{"protocolSection": {"identificationModule": {}}}', 1),
        ('\n\n{"protocolSection": {"identificationModule": {"nctId": "nct1"}}}', 3),
        ('{"protocolSection": ' * 100_000, 1),
        ('{"protocolSection": ' + "[" * 100_000 + "]" * 100_000 + "}", 1),
        ('{"protocolSection": 5}', 1),
        ('["protocolSection"]', 1),
        ('{"protocolSection": "\\ud800"}', 1),
        ('{"protocolSection": "\ud800"}', 1),
        ('{"protocolSection": 1e999999}', 1),
        ('{"protocolSection": {"identificationModule": {"nctId": "NCT09990001"}}} trailing', 1),
    ],
)
def test_what_cannot_be_read_says_where_and_what_to_do(text: str, line: int) -> None:
    found = document(text)
    assert API.recognises(found)
    with pytest.raises(ReadError) as raised:
        API.read(found)
    assert raised.value.line == line
    assert raised.value.message


@pytest.mark.parametrize("text", ["", "{}", "[]", "protocolSection", '{"protocol": {}}', "NCT ID: NCT09990001", "<a/>"])
def test_other_texts_are_not_taken(text: str) -> None:
    assert not API.recognises(document(text))


@pytest.mark.records
def test_real_records_come_back_identical() -> None:
    paths = sorted([*REAL.glob("ctgov-json/*.json"), *REAL.glob("layouts/record/*.json")])
    if not paths:
        pytest.skip("the real records, ../shared/data, are not here")
    for path in paths:
        (record,) = read(path.read_text(encoding="utf-8"))
        original = json.loads(path.read_text(encoding="utf-8"))
        assert record.original == original
        assert record.problems == []
        typed = msgspec.to_builtins(record.study)
        assert_within(typed["protocolSection"], original["protocolSection"])


def assert_within(typed: Any, original: Any) -> None:
    """Everything typed is in the original, and nothing of it was lost on the way."""
    if isinstance(original, dict):
        for key, value in original.items():
            if value not in ([], {}, None) and "_" not in key:  # the API has no such name, somebody added it
                assert key in typed, key
                assert_within(typed[key], value)
    elif isinstance(original, list):
        assert len(typed) == len(original)
        for one, other in zip(typed, original, strict=True):
            assert_within(one, other)
    elif original != 99999999:
        assert typed == original


def test_what_flags_and_names_are_about_leads_to_its_own_line() -> None:
    content = study(
        statusModule={"overallStatus": "COMPLETED", "startDateStruct": {"date": "2024-03"}},
        sponsorCollaboratorsModule={
            "leadSponsor": {"name": 'Lamp "Works" {'},
            "collaborators": [{"name": "Shade [A]"}],
        },
        conditionsModule={"conditions": ["Night", 'Fear: of "the" dark']},
        contactsLocationsModule={"locations": [{"facility": "Tower", "geoPoint": {"lat": 1.5, "lon": 2}}]},
        outcomesModule={"primaryOutcomes": [{"measure": "Light"}]},
    )
    for text in (json.dumps(content, indent=2), json.dumps({"studies": [content, content]}, indent="\t")):
        for record in read(text):
            sources = record.study.catalog_section.sources
            whole = lines(record)
            stated = {pointer: found[0].first_line for pointer, found in sources.items() if pointer}
            assert {pointer.rpartition("Module/")[2] for pointer in stated} == {
                "nctId",
                "briefTitle",
                "acronym",
                "overallStatus",
                "startDateStruct/date",
                "leadSponsor/name",
                "collaborators/0/name",
                "conditions/0",
                "conditions/1",
                "locations/0/facility",
            }
            for pointer, line in stated.items():
                assert whole[0] <= line <= whole[1]
                assert json.dumps(lookup(content, pointer)) in text.splitlines()[line - 1]


def test_a_record_in_one_line_or_printed_otherwise_has_one_source() -> None:
    for text in (json.dumps(study()), json.dumps(study()).replace("{", "{\n")):
        (record,) = read(text)
        assert list(record.study.catalog_section.sources) == [""]


@pytest.mark.parametrize("before", ['"totalCount": 1200, ', ""])
def test_a_page_of_a_list_says_that_there_are_others(before: str) -> None:
    study = '{"protocolSection": {"identificationModule": {"nctId": "NCT09990001"}}}'
    text = f'{{{before}"studies": [{study}], "nextPageToken": "abc"}}'
    reading = read_document(Document("page.json", text))
    [problem] = [one for one in reading.problems if one.code == "partial-list"]
    assert ("1 of 1,200 studies" if before else "1 studies") in problem.message
    whole = read_document(Document("page.json", f'{{{before}"studies": [{study}]}}'))
    assert not [one for one in whole.problems if one.code == "partial-list"]
