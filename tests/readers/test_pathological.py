"""Texts that are made to be slow to read: each reader takes time that grows with the text, not with its square."""

from pathlib import Path
from time import process_time

import pytest

from benchmarks.readers import documents
from generator.readers.opening import open_bytes
from generator.readers.reading import read_opened

FIXTURES = Path(__file__).parent / "fixtures"
PAGES = sorted(FIXTURES.glob("meddatax/*.txt")) + sorted(FIXTURES.glob("clinicaltrials_gov_classic/*.txt"))
UNITS = ("x\n", "| a |\n", "* a\n", " ", "(", "a-", "1,", "<!-- a -->", "site ")
LENGTH = 100_000


@pytest.mark.parametrize("unit", UNITS)
def test_text_of_one_thing_over_and_over_comes_to_an_end(unit: str) -> None:
    for head in ("", *(page.read_text(encoding="utf-8") + "\n" for page in PAGES[:4])):
        text = head + unit * (LENGTH // len(unit))
        assert list(read_opened(open_bytes(text.encode(), "a.txt")))


TEXTS = {layout: text for layout, text in documents().items() if text.lstrip("\ufeff \n")[0] not in "{[<"}


def seconds(text: str) -> float:
    """Return the processor time that it takes to read *text*."""
    started = process_time()
    assert list(read_opened(open_bytes(text.encode(), "a.txt")))
    return process_time() - started


@pytest.mark.parametrize("layout", TEXTS)
def test_short_lines_behind_a_document_and_many_copies_take_time_that_grows_with_them(layout: str) -> None:
    text = f"{TEXTS[layout]}\n"
    for unit, count in (("x\n", 3_000), (text, max(4, 100_000 // len(text)))):
        assert seconds(text + unit * count) < 7 * seconds(text + unit * (count // 4)) + 1


def test_a_list_of_thousands_of_lines_is_kept_as_one_field() -> None:
    head = TEXTS["eu-ctr-results-page"].partition("Actual start date")[0]
    text = f"{head.rstrip()}\n" + "".join(f"reason {number}\n" for number in range(4_000))
    (reading,) = read_opened(open_bytes(text.encode(), "a.txt"))
    section = reading.records[0].study.catalog_section
    assert section.objectives == []
    assert section.registry_fields["Main objective of the trial"].endswith("reason 3999")
