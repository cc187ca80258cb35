"""Registry prose: paragraphs, bullets, numbers and escapes; everything else is text."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.pages.text.escaping import one_line
from generator.pages.text.prose import Block, Listing, Paragraph, parse, parsed, prose
from generator.pages.trial.criteria import number_of, part_criteria
from tests.pages.dialects import DIALECTS, commonmark, python_markdown, read, seen

LINES = st.lists(
    st.one_of(
        st.sampled_from(
            ["", "* a", "* b", "    * nested", "  * half", "1. one", "2. two", "5) five", "- dash", "+ plus"]
        ),
        st.sampled_from(
            ["    code?", "> quote", "# head", "---", "===", "```", "<div>", "| a |", "a *b* c", "\\< 8000"]
        ),
        st.text(alphabet="ab *_-<>[]()\\.1#&;`é\t", max_size=12),
    ),
    max_size=10,
).map("\n".join)


def plain_text(markup: str) -> str:
    """Return *markup* as running text on one line, without its list marks."""
    return " ".join(_words(parse(markup)))


def _words(blocks: list[Block] | tuple[Block, ...]) -> list[str]:
    words: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            words.extend(block.lines)
        else:
            for item in block.items:
                words.extend(_words(item))
    return words


@pytest.mark.parametrize("dialect", DIALECTS)
@given(markup=LINES)
@settings(max_examples=300, deadline=None)
def test_no_word_is_lost_and_no_markup_comes_alive(markup: str, dialect: Callable[[str], str]) -> None:
    found = read(dialect(prose(markup)))
    assert set(found.tags) <= {"p", "ul", "ol", "li", "br"}
    assert not [item for item in found.attributes if item[0] != "start"]
    # List numbers that we print as text are not in the plain text, so only letters are compared.
    letters = re.sub(r"[^a-zé<>\[\]&;`_]", "", plain_text(markup))
    assert re.sub(r"[^a-zé<>\[\]&;`_]", "", "".join(found.text)) == letters


@given(markup=LINES)
@settings(max_examples=300, deadline=None)
def test_both_dialects_show_the_same(markup: str) -> None:
    written = prose(markup)
    assert seen(python_markdown(written)).replace(" ", "") == seen(commonmark(written)).replace(" ", "")


@pytest.mark.parametrize("dialect", DIALECTS)
def test_nested_lists_stay_nested(dialect: Callable[[str], str]) -> None:
    html = dialect(prose("Intro:\n\n* one\n\n  * one a\n  * one b\n* two\n\n1. first\n2. second"))
    flat = re.sub(r"\s+|</?p>|<!--.*?-->", "", html)
    assert flat == (
        "Intro:<ul><li>one<ul><li>onea</li><li>oneb</li></ul></li><li>two</li></ul>"
        "<ol><li>first</li><li>second</li></ol>"
    )


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("mHLA-DR \\< 8000 and \\[ErbB2\\] 10\\^6", "mHLA-DR < 8000 and [ErbB2] 10^6"),
        ("2019. A year", "2019. A year"),
        ("3. three\n4. four", "3. three 4. four"),
        ("1) one\n2) two", "1) one 2) two"),
        ("    indented words", "indented words"),
        ("a\nb", "a b"),
        ("> 18 years", "> 18 years"),
        ("Title\n-----", "Title -----"),
    ],
)
def test_text_is_kept(markup: str, shown: str, dialect: Callable[[str], str]) -> None:
    assert seen(dialect(prose(markup))) == shown


def test_numbers_from_one_are_a_list() -> None:
    (block,) = parse("1. one\n2. two")
    assert isinstance(block, Listing)
    assert prose("1. one\n2. two") == "1.  one\n2.  two"


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_text_can_be_read(markup: str) -> None:
    assert one_line(plain_text(markup)) == plain_text(markup)


def test_criteria_are_parted_at_their_own_headings() -> None:
    criteria = part_criteria("Inclusion Criteria:\n\n* a\n* b\n\nExclusion Criteria:\n\n* c\n\nLast words")
    assert criteria.parted
    assert number_of(criteria.inclusion) == 2
    assert number_of(criteria.exclusion) == 1
    assert len(criteria.exclusion) == 2


@pytest.mark.parametrize(
    "markup",
    [
        "Only words",
        "Before\n\nInclusion Criteria:\n\n* a",
        "Inclusion Criteria:\n\n* a\n\nInclusion Criteria:\n\n* b",
        "Inclusion criteria for group A:\n\n* a",
    ],
)
def test_other_criteria_stay_whole(markup: str) -> None:
    criteria = part_criteria(markup)
    assert not criteria.parted
    assert criteria.whole == tuple(parse(markup))


def test_the_registrys_mark_between_two_lists_is_no_text() -> None:
    two = prose("1. one\n\n<!-- -->\n\n1. other")
    assert two == "1.  one\n\n<!-- -->\n\n1.  other"
    assert plain_text("* one\n\n<!-- -->\n\n* other") == "one other"
    assert "&lt;!-- x -->" in prose("<!-- x -->")


LINES = st.sampled_from(
    [
        "",
        "",
        " ",
        "Inclusion Criteria:",
        "words  and   words ",
        "* item",
        "* item\\",
        "- item",
        "*  item",
        "* 1. item",
        "* <!-- -->",
        "<!-- -->",
        "+ \\> 18",
        "* \\[a\\] \\q &amp;",
        "\\* none",
        "1\\. none",
        "1. one",
        "*",
        "  * inner",
        "    far in",
        "\xa0",
        "* \u3000",
        "# none",
        "> none",
        "***",
    ]
)


def with_looseness(blocks: list[Block] | tuple[Block, ...]) -> list[object]:
    """Return all that blocks say; whether a list is tight is left out when they are compared."""
    return [
        block if isinstance(block, Paragraph) else (block, block.tight, [with_looseness(item) for item in block.items])
        for block in blocks
    ]


@settings(max_examples=600)
@given(st.lists(LINES, max_size=9).map("\n".join))
def test_simple_texts_are_what_the_parser_gives(markup: str) -> None:
    assert with_looseness(parse(markup)) == with_looseness(parsed(markup))
