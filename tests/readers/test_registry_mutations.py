"""Damaged exports: whatever happens to a document, its reader gives records that lead to lines, or a ReadError."""

import contextlib
import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.model.document import Document, LineRole
from generator.readers.layouts import (
    anzctr,
    clinicaltrials_gov_csv,
    clinicaltrials_gov_page,
    drks,
    drks_page,
    eu_ctis,
    eu_ctis_search,
    eu_ctr,
    eu_ctr_page,
    hand_written,
    isrctn,
    isrctn_page,
    who_exchange,
)
from generator.readers.layouts.who_ictrp import CSV_READER, XML_READER
from generator.readers.reader import Reader, ReadError
from tests.readers.test_eu_ctis import new_layout, old_layout
from tests.readers.test_eu_ctr import INTRODUCTION, section
from tests.readers.test_eu_ctr_page import page
from tests.readers.test_hand_written import CORRECTION, OWN
from tests.readers.test_who_ictrp import AMERICAN, CHINESE, table, xml

FIXTURES = Path(__file__).parent / "fixtures"


def fixture(name: str) -> str:
    return (FIXTURES / name).read_text(encoding="utf-8")


SAMPLES: list[tuple[Reader, str]] = [
    (isrctn.READER, fixture("isrctn/one.xml")),
    (drks.READER, fixture("drks/one.json")),
    (isrctn_page.READER, fixture("isrctn_page/copied.txt")),
    (drks_page.READER, fixture("drks_page/copied.txt")),
    (eu_ctis_search.JSON_READER, fixture("eu_ctis_search/answer.json")),
    (eu_ctis_search.CSV_READER, fixture("eu_ctis_search/download.csv")),
    (anzctr.READER, fixture("anzctr/one.xml")),
    (who_exchange.READER, fixture("who_exchange/two.xml")),
    (clinicaltrials_gov_page.READER, fixture("clinicaltrials_gov_page/copied.txt")),
    (clinicaltrials_gov_csv.READER, fixture("clinicaltrials_gov_csv/today.csv")),
    (clinicaltrials_gov_csv.READER, fixture("clinicaltrials_gov_csv/former.csv")),
    (XML_READER, xml(CHINESE, AMERICAN).text),
    (CSV_READER, table(CHINESE, AMERICAN).text),
    (eu_ctis.READER, json.dumps([new_layout(), old_layout()], indent=1)),
    (eu_ctr_page.READER, page(section(), "text")),
    (eu_ctr.READER, INTRODUCTION + section() + section("ES", "Spain - AEMPS", count="41")),
    (hand_written.READER, CORRECTION),
    (hand_written.READER, OWN),
]

PIECES = (
    "&foo;",
    "<",
    ">",
    '"',
    "'",
    "\n",
    "\r",
    "\r\n",
    "\x85",
    "\u2028",
    ";",
    ":",
    "1. ",
    "2. ",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "null",
    "0",
    "99999999",
    "NCT09990002",
    "---",
    "- ",
    "*a",
    "&a ",
    "!!x ",
    "\t",
    "Yes",
    "No",
    "<br>",
    "&#10;",
    "\ud800",
    "\ufeff",
    "A.3 ",
    "E.5.1 x: y",
    "Sponsor 2",
    "D.IMP: 1",
    "Summary",
    "EudraCT Number: 2020-000001-11",
    "-1",
    "1e999",
    "[[[[",
)


@st.composite
def damaged(draw: st.DrawFn) -> tuple[Reader, str]:
    """A sample in which some pieces were put in, cut out, moved or repeated."""
    reader, text = draw(st.sampled_from(SAMPLES))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 400)))
        kind = draw(st.sampled_from(("put", "cut", "move", "repeat", "line")))
        if kind == "put":
            text = text[:start] + draw(st.sampled_from(PIECES)) + text[start:]
        elif kind == "cut":
            text = text[:start] + text[end:]
        elif kind == "repeat":
            text = text[:end] + text[start:end] + text[end:]
        elif kind == "move":
            rest = text[:start] + text[end:]
            place = draw(st.integers(0, len(rest)))
            text = rest[:place] + text[start:end] + rest[place:]
        else:
            lines = text.split("\n")
            one, other = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
            lines[one], lines[other] = lines[other], lines[one]
            text = "\n".join(lines)
    return reader, text


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(damaged())
def test_a_damaged_document_gives_records_or_an_error_with_a_line(sample: tuple[Reader, str]) -> None:
    reader, text = sample
    document = Document("damaged", text)
    reader.recognises(document)
    try:
        records, refused = reader.read(document), None
    except ReadError as error:
        records, refused = [], error
    if refused:
        assert 1 <= refused.line <= max(1, len(document.lines))
        assert refused.message
        return
    assert records
    for record in records:
        assert re.fullmatch(r"[A-Za-z0-9._-]+", record.id)
        for pointer, sources in record.study.catalog_section.sources.items():
            assert sources, pointer
            assert all(1 <= source.first_line <= source.last_line <= len(document.lines) for source in sources)
        assert all(1 <= problem.line <= len(document.lines) for problem in record.problems)
    if not document.structured:
        assert all(line.stripped == "" for line in document.lines if line.role is LineRole.BLANK)


LARGE = 3_000


@pytest.mark.parametrize(
    ("reader", "make"),
    [
        (XML_READER, lambda number: xml(*[{**CHINESE, "TrialID": f"ChiCTR29{one:08}"} for one in range(number)]).text),
        (
            CSV_READER,
            lambda number: table(*[{**AMERICAN, "TrialID": f"NCT{one + 1:08}"} for one in range(number)]).text,
        ),
        (eu_ctis.READER, lambda number: json.dumps([new_layout(number=one) for one in range(number // 10)])),
        (eu_ctr.READER, lambda number: section() * (number // 10)),
        (
            hand_written.READER,
            lambda number: OWN.replace("countries: [France, Japan]", "conditions:\n" + "- Fear\n" * number),
        ),
    ],
    ids=["who-ictrp-xml", "who-ictrp-csv", "eu-ctis-json", "eu-ctr-text", "hand-written"],
)
def test_time_grows_with_the_size_and_not_with_its_square(reader: Reader, make: object) -> None:
    assert callable(make)
    seconds = []
    for size in (LARGE // 4, LARGE):
        document = Document("large", make(size))
        start = time.process_time()
        reader.read(document)
        seconds.append(time.process_time() - start)
    assert seconds[1] < 10 * seconds[0] + 1


@pytest.mark.parametrize(
    ("reader", "text"),
    [
        (XML_READER, xml({**CHINESE, "Primary_outcome": "a. Timepoint: " * 50_000, "Source_Register": "IRCT"}).text),
        (XML_READER, xml({**CHINESE, "Condition": "(" * 200_000, "Intervention": ":;" * 200_000}).text),
        (XML_READER, xml({**CHINESE, "Study_design": "allocation: " * 50_000, "Phase": "phase 1 " * 50_000}).text),
        (XML_READER, xml({**CHINESE, "Public_title": " " * 1_000_000 + "x"}).text),
        (XML_READER, "<Trials_downloaded_from_ICTRP>" + "<Trial>" * 200 + "<TrialID>"),
        (eu_ctr.READER, section().replace("1. Afraid of the dark", "A.3.1 " * 100_000)),
        (eu_ctr.READER, section().replace("1. Afraid of the dark", "x\n" * 50_000)),
        (
            hand_written.READER,
            OWN.replace("countries: [France, Japan]", "\n".join(f"x{one}: 1" for one in range(5_000))),
        ),
    ],
)
def test_no_text_makes_a_reader_hang(reader: Reader, text: str) -> None:
    document = Document("hostile", text)
    start = time.process_time()
    with contextlib.suppress(ReadError):
        reader.read(document)
    assert time.process_time() - start < 20
