"""Where documents differ the words that differ are marked, and long texts are cut around them."""

from __future__ import annotations

import re

from generator.pages.text.differences import differing
from generator.pages.text.escaping import escape

LONG = (
    "A multicenter, randomized, double-blind, placebo-controlled, parallel-group phase {} study to evaluate safety " * 6
)


def test_the_words_that_differ_are_marked_in_both() -> None:
    one, other = differing(["started in May 2019", "started in July 2019"], escape)
    assert one == "started in <mark>May</mark> 2019"
    assert other == "started in <mark>July</mark> 2019"


def test_values_without_a_common_word_are_not_marked_as_a_whole() -> None:
    assert differing(["12", "15"], escape) == ["12", "15"]


def test_of_long_texts_that_stands_which_differs() -> None:
    one, other = differing([LONG.format(*"222222"), LONG.format(*"222223")], escape)
    assert re.findall("<mark>([^<]*)</mark>", one) == ["2"]
    assert re.findall("<mark>([^<]*)</mark>", other) == ["3"]
    assert one.startswith("… ")
    assert len(one) < 250


def test_the_texts_stay_text() -> None:
    assert differing(["a <b> c", "a * c"], escape)[0] == "a <mark>&lt;b></mark> c"


def test_a_very_long_text_begins_where_the_others_differ() -> None:
    words = ["same"] * 5000
    one, other = differing([" ".join([*words, "left"]), " ".join([*words, "right", *words])], escape)
    assert one.startswith("… same ")
    assert one.endswith(" left")
    assert other.endswith(" …")
    assert " right " in other
    assert len(other) < 3000
