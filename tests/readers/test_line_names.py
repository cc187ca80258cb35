"""What ``explain`` shows beside the lines of structured documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.model.document import Document, LineRole
from generator.readers.line_names import name_lines
from generator.readers.reading import read_document
from tests.conftest import FIVE_SEEDS, SEEDS

RECORDS = Path(__file__).parent / "legacy_xml"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("observational.json", '"whyStopped": "Rain"'),
        ("observational.xml", "<why_stopped>Rain</why_stopped>"),
    ],
)
def test_a_line_is_shown_with_what_it_became(name: str, words: str) -> None:
    reading = read_document(Document(name, (RECORDS / name).read_text(encoding="utf-8")))
    assert all(line.role in (LineRole.STRUCTURE, LineRole.BLANK) for line in reading.document.lines)
    name_lines(reading)
    (line,) = [line for line in reading.document.lines if words in line.text]
    assert line.role is LineRole.FACT
    assert "NCT09990011#/protocolSection/statusModule/whyStopped" in line.became


def test_studies_of_a_list_lead_to_their_own_lines() -> None:
    text = (RECORDS / "observational.json").read_text(encoding="utf-8")
    other = text.replace("NCT09990011", "NCT09990013")
    reading = read_document(Document("list.json", f'{{"studies": [{text},\n{other}]}}'))
    name_lines(reading)
    became = [one for line in reading.document.lines if "WALK-02" in line.text for one in line.became]
    pointer = "#/protocolSection/identificationModule/orgStudyIdInfo/id"
    assert became == [f"NCT09990011{pointer}", f"NCT09990013{pointer}"]


def test_lines_of_a_text_are_left_as_their_reader_named_them() -> None:
    document = Document("page.txt", (SEEDS / FIVE_SEEDS[4]).read_text(encoding="utf-8"))
    reading = read_document(document)
    before = [(line.role, list(line.became)) for line in document.lines]
    name_lines(reading)
    assert [(line.role, line.became) for line in document.lines] == before
