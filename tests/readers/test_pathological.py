"""Texts that are made to be slow to read: each reader takes time that grows with the text, not with its square."""

from pathlib import Path

import pytest

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
