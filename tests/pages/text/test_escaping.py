"""Text from documents comes out as exactly that text, under both dialects, wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.pages.text.escaping import (
    Markdown,
    document_text,
    escape,
    external_link,
    front_matter,
    html_text,
    one_line,
    safe_url,
)
from tests.pages.dialects import DIALECTS, read, seen

MARKS = "\\`*_{}[]()<>#+-.!|~=^:\"'$&@%/?;, \n\t0123456789abcxyzé≥"
WORDS = st.sampled_from(
    [
        "[a](javascript:alert(1))",
        "<script>alert(1)</script>",
        "&lt;",
        "&#60;",
        "&amp",
        "R&D",
        "{{ 7*7 }}",
        "{% raw %}",
        "{: .x #y}",
        "a_b_c",
        "__init__",
        "**bold**",
        "10^6/kg",
        "1. one",
        "2) two",
        "- dash",
        "---",
        "===",
        "# title #",
        "C#",
        "| a | b |",
        "|---|",
        "~~gone~~",
        "~~~",
        "```",
        "!!! note",
        '??? "x"',
        "[^1]: foot",
        "*[HTML]: abbr",
        "[TOC]",
        "[[_TOC_]]",
        "http://x.org/a_b_c",
        "<http://x.org>",
        "Term\n:   definition",
        "    code",
        "> quote",
        ":smile:",
        "--8<-- 'x'",
        "\\<",
        "\\",
        "`p|q`",
        "<!-- x -->",
        "&nbsp;",
        "﻿",
        "\u00a0",
        "klzzwxh:0001",
        "wzxhzdk:1",
        "<div markdown>",
        "</div>",
        "]]>",
        "<?php ?>",
        "![x](y)",
        "/// note",
    ]
)
TEXTS = st.one_of(
    st.text(alphabet=MARKS, max_size=40),
    st.text(max_size=30),
    st.lists(WORDS, max_size=4).map(" ".join),
    st.lists(WORDS, max_size=4).map("".join),
)
CONTEXTS: dict[str, Callable[[str], str]] = {
    "paragraph": lambda value: f"{value}\n",
    "after a label": lambda value: f"**Label** {value} <sup>[1](x.md)</sup>\n",
    "heading": lambda value: f"## {value}\n",
    "list item": lambda value: f"-   {value}\n-   {value}\n",
    "table cell": lambda value: f"| a | b |\n|---|---|\n| {value} | x |\n",
    "block of markup": lambda value: f'<div class="x" markdown>\n\n{value}\n\n</div>\n',
    "link": lambda value: f"[{value}](x.md)\n",
    "span": lambda value: f'<span class="x">{value}</span>\n',
}
EXPECTED: dict[str, Callable[[str], str]] = {
    "after a label": lambda value: f"Label {value} 1",
    "list item": lambda value: f"{value} {value}",
    "table cell": lambda value: f"a b {value} x",
}


def spaced(value: str) -> str:
    return re.sub(r"[ \t\n\r]+", " ", value).strip()


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("context", CONTEXTS)
@given(value=TEXTS)
@settings(max_examples=150, deadline=None)
def test_text_comes_out_as_it_went_in(value: str, context: str, dialect: Callable[[str], str]) -> None:
    shown = one_line(value)
    if not shown.strip():
        return
    expected = EXPECTED[context](shown) if context in EXPECTED else shown
    assert seen(dialect(CONTEXTS[context](escape(value)))) == spaced(expected)


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("context", CONTEXTS)
@given(value=TEXTS)
@settings(max_examples=60, deadline=None)
def test_text_brings_no_markup(value: str, context: str, dialect: Callable[[str], str]) -> None:
    harmless = read(dialect(CONTEXTS[context]("word")))
    found = read(dialect(CONTEXTS[context](escape(value) or "word")))
    assert found.tags == harmless.tags
    attributes = [item for item in found.attributes if item[0] != "id"]
    assert attributes == [item for item in harmless.attributes if item[0] != "id"]


def test_readable_text_stays_readable() -> None:
    assert escape("SOFA ≥ 6 (within 96 hours), R & D: 0.5 ml/min, x > 5, ILT-101") == (
        "SOFA ≥ 6 (within 96 hours), R & D: 0.5 ml/min, x > 5, ILT-101"
    )
    assert escape("PaO2/FiO2 <100") == "PaO2/FiO2 &lt;100"
    assert escape("a\nb\r\nc") == "a b c"


def test_control_characters_are_shown_not_dropped() -> None:
    assert escape("a\x02b\x00c\ud800") == "a�b�c�"


@pytest.mark.parametrize("dialect", DIALECTS)
def test_no_e_mail_address_stands_bare(dialect: Callable[[str], str]) -> None:
    html = dialect(document_text("Write to s.gibot@chu-nancy.fr, or *call*."))
    assert seen(html) == "Write to s.gibot (at) chu-nancy.fr, or *call*."
    assert "s.gibot@" not in html
    assert '<span class="mail">s.gibot (at) chu-nancy.fr</span>' in html
    assert "gibot" not in dialect(document_text("Write to s.gibot@chu-nancy.fr", show_contacts=False))
    assert "@" not in html_text("a <b@c.org>")
    assert "@" not in front_matter("a b@c.org")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " data:text/html,x",
        "vbscript:x",
        "//x.org",
        "/x",
        "x.md",
        "java\nscript:alert(1)",
        "http://",
        "file:///etc/passwd",
        "https:x",
        "",
    ],
)
def test_only_known_schemes_become_links(url: str) -> None:
    assert safe_url(url) is None
    assert external_link("x", url) == "x"


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(
    "url",
    ["https://x.org/a_b_(c)?d=1&copy=2#e", "https://x.org/a*b*c[d]\"'<e>`f`|g\\h", "http://x.org/%20a", "mailto:a@b.c"],
)
def test_addresses_cannot_leave_their_link(url: str, dialect: Callable[[str], str]) -> None:
    found = read(dialect(external_link("words", url)))
    assert found.tags == ["p", "a"]
    assert [name for name, _ in found.attributes] == ["href"]
    assert "".join(found.text).strip() == "words"


def test_markdown_is_escaped_once() -> None:
    assert Markdown("*a*") + "*b*" == "*a*&#42;b&#42;"


def test_front_matter_is_yaml_and_safe_html() -> None:
    value = '</title><script>alert("1")</script> \\ : # \x00 \x85 é'
    read_back = yaml.safe_load(f"title: {front_matter(value)}")["title"]
    assert "<" not in read_back
    assert '"' not in read_back
    assert seen(read_back) == one_line(value)
