"""Values of records in API v2's form lead to their own lines, where the record has a value on each line."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from generator.model.document import Document
from generator.model.pointers import leaves
from generator.pages import OutputTree, write_pages
from generator.pages.documents.record_lines import RecordLines, printed_lines
from generator.pipeline.flow import make_catalog
from generator.readers.json_positions import line_spans
from generator.settings import Settings

RECORD: dict[str, Any] = {
    "protocolSection": {
        "identificationModule": {"nctId": "NCT01234567", "briefTitle": 'A "b" {c} \\ [d]', "a/b~c": None},
        "conditionsModule": {"conditions": ["one, two", "}", ""], "keywords": []},
        "outcomesModule": {"primaryOutcomes": [{"measure": "{", "timeFrame": "1: 2,"}, {"measure": "é\n\u2028"}]},
        "designModule": {"enrollmentInfo": {"count": 12, "type": "ACTUAL"}, "phases": ["PHASE2"]},
    },
    "hasResults": False,
}


@pytest.mark.parametrize("indent", [1, 2, 4, "\t"])
def test_lines_are_those_of_the_whole_parser(indent: int | str) -> None:
    document = Document("x.json", json.dumps(RECORD, indent=indent))
    found = printed_lines([line.text for line in document.lines], 1)
    assert found == line_spans(document)


def test_lines_count_from_where_the_record_begins() -> None:
    texts = json.dumps(RECORD, indent=1).split("\n")
    found = printed_lines(texts, 101)
    assert found is not None
    assert found[""] == (101, 100 + len(texts))
    for pointer, value in leaves(RECORD):
        first, last = found[pointer]
        assert first == last
        assert json.dumps(value) in texts[first - 101]


@pytest.mark.parametrize(
    "text", ['{"a": 1}', '{"a":\n1}', '{"a": {"b": 1,\n"c": 2}}', "{\n", "", "{\n}\n{\n}", "[1,\n2]"]
)
def test_a_record_printed_in_another_way_stays_whole(text: str) -> None:
    assert printed_lines(text.split("\n"), 1) is None


OF_X = '<strong id=":1">[ClinicalTrials.gov record of NCT01234567](../documents/x-json.md#l1)</strong>'


def test_only_a_few_records_are_kept() -> None:
    records = RecordLines()
    for number in range(50):
        document = Document(f"{number}.json", json.dumps(RECORD, indent=1))
        assert records.of(document, 1, len(document.lines))
    assert len(records._known) < 10


@pytest.mark.parametrize("indent", [1, None])
def test_marks_on_the_page_lead_to_the_lines(indent: int | None, tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    text = json.dumps(RECORD, indent=indent)
    (tmp_path / "seeds" / "x.json").write_text(text, "utf-8")
    output = OutputTree(tmp_path / "content")
    write_pages(make_catalog(tmp_path / "seeds", tmp_path).catalog, output, Settings())
    page = (tmp_path / "content" / "trials" / "nct01234567.md").read_text("utf-8")
    if indent is None:
        assert "<sup>" not in page
        assert 'all from <a href="#documents">one record</a>' in page
        assert "All that this page states is from one record." in page
        assert OF_X in page
    else:
        line = next(at for at, words in enumerate(text.split("\n"), start=1) if '"count"' in words)
        name = f"Source: lines {line}–{line + 1} of the ClinicalTrials.gov record"
        mark = f'<a href="../../documents/x-json/#l{line}" aria-label="{name}">{line}–{line + 1}</a>'
        assert f"12 (actual)<sup>{mark}</sup>" in page
        assert ">1–" not in page


def test_the_mark_of_a_whole_record_leads_to_its_document_below(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "x.json").write_text(json.dumps(RECORD), "utf-8")
    (seeds / "y.json").write_text(json.dumps(RECORD, indent=1), "utf-8")
    output = OutputTree(tmp_path / "content")
    write_pages(make_catalog(seeds, tmp_path).catalog, output, Settings())
    page = (tmp_path / "content" / "trials" / "nct01234567.md").read_text("utf-8")
    whole = r'<a href="#:1" aria-label="Source: document 1">\[1\]</a>'
    lines = r'<a href="../../documents/y-json/#l\d+" aria-label="Source: lines [^"]* of document 2">2:\d+–\d+</a>'
    assert re.search(rf"12 \(actual\)<sup>{whole} {lines}</sup>", page)
    assert OF_X in page


def test_a_record_in_one_line_has_no_page_where_records_are_cited_only(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "x.json").write_text(json.dumps(RECORD), "utf-8")
    output = OutputTree(tmp_path / "content")
    write_pages(make_catalog(seeds, tmp_path).catalog, output, Settings(record_lines="cited"))
    written = tmp_path / "content"
    assert 'moved_to: "../../trials/nct01234567/"' in (written / "documents" / "x-json.md").read_text("utf-8")
    assert "[ClinicalTrials.gov record of NCT01234567](../trials/nct01234567.md#documents)" in (
        written / "documents" / "index.md"
    ).read_text("utf-8")
    page = (written / "trials" / "nct01234567.md").read_text("utf-8")
    assert '<strong id=":1">ClinicalTrials.gov record of NCT01234567</strong>' in page
    assert 'all from <a href="#documents">one record</a>' in page
