"""Damaged documents: cut off, with lines lost, doubled or out of order, with bytes changed, two glued together."""

import json
import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from generator.model.document import Document, LineRole
from generator.model.pointers import leaves
from generator.model.record import Record
from generator.readers.layouts.clinicaltrials_gov_api import READER as API
from generator.readers.layouts.clinicaltrials_gov_xml import READER as XML
from generator.readers.layouts.project_page import READER as PAGE
from generator.readers.reader import Reader, ReadError

HERE = Path(__file__).parent
PAGES = [path.read_text(encoding="utf-8") for path in sorted(HERE.glob("project_pages/*.txt"))]
PAGES += [path.read_text(encoding="utf-8") for path in (HERE.parents[1] / "seeds").glob("002_*")]
XMLS = [path.read_text(encoding="utf-8") for path in sorted(HERE.glob("legacy_xml/*.xml"))]
JSONS = [path.read_text(encoding="utf-8") for path in sorted(HERE.glob("legacy_xml/*.json"))]
JSONS += [json.dumps(json.loads(text)) for text in JSONS] + [
    f'{{"totalCount": 2, "studies": [{text},\n{text}]}}' for text in JSONS
]

ODD = [
    "",
    "\x00",
    "<",
    ">",
    "&",
    '"',
    "}",
    "]",
    ",",
    "NCT09990001",
    "NCT0999000",
    "\ud800",
    "é",
    "\u2028",
    "\r",
    "-",
    "(",
    ")",
    "{",
    " ",
]


@st.composite
def mutated(draw: st.DrawFn, texts: list[str]) -> str:
    text = draw(st.sampled_from(texts))
    for _ in range(draw(st.integers(1, 5))):
        lines = text.split("\n")
        one, other = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        match draw(st.sampled_from(["cut", "lose", "double", "swap", "change", "glue", "lose many"])):
            case "cut":
                text = text[: draw(st.integers(0, len(text)))]
            case "lose":
                text = "\n".join(lines[:one] + lines[one + 1 :])
            case "lose many":
                text = "\n".join(lines[: min(one, other)] + lines[max(one, other) :])
            case "double":
                text = "\n".join([*lines[:one], lines[other], *lines[one:]])
            case "swap":
                lines[one], lines[other] = lines[other], lines[one]
                text = "\n".join(lines)
            case "change":
                place = draw(st.integers(0, len(text)))
                length = draw(st.integers(0, 3))
                text = text[:place] + draw(st.sampled_from(ODD)) + text[place + length :]
            case "glue":
                text = text + draw(st.sampled_from(["", "\n"])) + draw(st.sampled_from(texts))
    return text


def read(reader: Reader, text: str) -> tuple[Document, list[Record]]:
    document = Document("damaged", text)
    if not reader.recognises(document):
        return document, []
    raised: ReadError | None
    try:
        records = reader.read(document)
    except ReadError as error:
        raised = error
    else:
        raised = None
        assert records
    if raised is not None:
        assert 1 <= raised.line <= max(len(document.lines), 1)
        assert raised.message
        return document, []
    for record in records:
        section = record.study.catalog_section
        assert section.id == record.id
        assert re.fullmatch(r"[A-Za-z0-9-]+", record.id)
        for sources in section.sources.values():
            for source in sources:
                assert 1 <= source.first_line <= source.last_line <= len(document.lines)
        msgspec.json.encode(record.study)
    return document, records


several = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@several
@given(mutated(PAGES))
def test_damaged_pages(text: str) -> None:
    document, records = read(PAGE, text.encode(errors="replace").decode())
    if not records:
        return
    told = " ".join(
        str(value)
        for record in records
        for pointer, value in leaves(msgspec.to_builtins(record.study))
        if pointer.startswith(("/protocolSection", "/catalogSection/jointStatements", "/catalogSection/contradictions"))
    )
    told = "".join(told.split())
    for line in document.filled():
        assert line.role in (LineRole.FACT, LineRole.HEADING, LineRole.BOILERPLATE, LineRole.UNREAD)
        if line.role is LineRole.FACT and len(line.text.split()) >= 12:
            bare = re.sub(r"^\s*(?:[-*•·–]\s+|#{1,6}\s+)", "", line.text)
            for sentence in re.split(r"(?<=[.!?])\s+", bare):
                assert "".join(sentence.split()) in told


@several
@given(mutated(XMLS))
def test_damaged_xml(text: str) -> None:
    _, records = read(XML, text)
    if not records:
        return
    (record,) = records
    section = record.study.catalog_section
    read_lines = {
        number
        for sources in section.sources.values()
        for source in sources
        for number in range(source.first_line, source.last_line + 1)
    }
    read_lines |= {number for unread in section.unread for number in range(unread.first_line, unread.last_line + 1)}
    read_lines |= {source.first_line for absence in section.absences.values() for source in absence.sources}
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = re.sub(r"\A\ufeff?\s*<\?xml[^>]*\?>", lambda match: "\n" * match[0].count("\n"), plain)
    known = (
        "download_date",
        "link_text",
        "url",
        "number_of_arms",
        "default_vocab",
        "default_assessment",
        "scope",
        "sub_title",
        "title",
    )
    parser = etree.XMLParser(remove_comments=True, resolve_entities=False)
    elements = [element for element in etree.fromstring(plain.encode(), parser).iter("*") if element.tag not in known]
    said = {(element.tag, element.text) for element in elements if element.sourceline in read_lines}
    for element in elements:
        if element.text and element.text.strip():
            assert (element.tag, element.text) in said
        if element.tail and element.tail.strip():
            assert any(element.tail.strip() in unread.text for unread in section.unread)


@several
@given(mutated(JSONS))
def test_damaged_json(text: str) -> None:
    _, records = read(API, text)
    for record in records:
        (source,) = record.study.catalog_section.sources[""]
        assert record.original is not None
        lines = re.split(r"\r\n|\n|\r", text)
        around = "\n".join(lines[source.first_line - 1 : source.last_line])
        try:
            assert json.loads(around) == record.original or "studies" in around
        except ValueError:
            assert record.id in around


@pytest.mark.parametrize("reader", [PAGE, XML, API], ids=["page", "xml", "json"])
@given(text=st.text())
@settings(max_examples=100, deadline=None)
def test_any_text(reader: Reader, text: str) -> None:
    read(reader, text)
