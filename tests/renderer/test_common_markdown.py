"""Whatever the quick way does not refuse, it renders as Python-Markdown does, byte for byte."""

from __future__ import annotations

from typing import Any

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs.utils import meta

from generator.pages.escaping import document_text
from generator.renderer.common_markdown import Headings, convert
from generator.renderer.page_content import read_source

OPTIONS = {"toc": {"permalink": "#", "permalink_title": "Link to this section", "toc_depth": "2-3"}}
HEADINGS = Headings("#", "Link to this section", 2, 3)


def stock(source: str) -> tuple[str, Any]:
    converter = markdown.Markdown(extensions=["toc", "tables", "fenced_code", "md_in_html"], extension_configs=OPTIONS)
    return converter.convert(source), converter.toc_tokens


def ours(source: str) -> tuple[str, Any] | None:
    converted = convert(source, HEADINGS, lambda target: target)
    return None if converted is None else (converted.html, converted.toc_tokens)


GENERATED = [
    "# Title\n",
    "Text.\n\n## Same\n\n### Same\n\n## Same\n",
    '<div class="a" markdown>\n\n# Title\n\nText **strong [link](a.md#b) more**.\n\n</div>\n',
    '<div class="a b" markdown>\n\n<div class="c" markdown>\n\n-   One\n\n</div>\n\n</div>\n',
    '-   **Label**<br>\n    [a](b.md)<sup class="src">[1](c.md#l1)</sup>\n-   **Other**<br>\n    value\n',
    "-   One\n\n    Body of one\n\n-   Two\n-   Three\n\nText\n",
    "-   One\n\n    -   Inner\n\n        Deep\n\n    -   Next\n\n-   Two\n",
    "-   One\n    -   Inner\n    -   Next<br>\n        more\n-   Two\n",
    "1.  One<br>\n    more\n2.  Two\n\n    -   Inner\n",
    "-   One\n\n    <!-- -->\n\n    -   Two\n",
    "1.  One\n\n<!-- -->\n\n-   Two\n",
    '<ol class="lines">\n<li id="l1"><code>a &lt; b</code></li>\n<li id="l2"><code></code></li>\n</ol>\n\nText\n',
    "Text & more &amp; &#42;x&#42; > y, `code <&>` and a_b.\n",
    "- One\nlazy\n- Two\n",
    '<details class="fold" markdown>\n<summary>R & D &lt; (4) > 3</summary>\n\n-   One\n\n</details>\n',
    '<div class="a" markdown>\n\n<table>\n<tr><td>a <b lang="x" class="y">b</b></td></tr>\n</table>\n\n</div>\n',
    '<span id="a"></span>Text <a class="b" id="c">here</a>\n',
    "## Heading with [link](a.md), **strong** and <span>tag</span>\n",
]


@pytest.mark.parametrize("source", GENERATED)
def test_what_templates_write(source: str) -> None:
    assert ours(source) == stock(source)


LINES = st.sampled_from(
    [
        "",
        "",
        "",
        "# One",
        "## Two words #",
        "##Two",
        "text",
        "    text",
        "        text",
        "  text",
        "text  ",
        "-   item",
        "-   item<br>",
        "    more of it",
        "    -   inner",
        "        more of inner",
        "        -   deep",
        "1.  first",
        "2. second",
        "    1.  inner first",
        "* star",
        "+ plus",
        "1) no item",
        "> quote",
        "---",
        "===",
        "```",
        "~~~",
        "| a | b |",
        "|---|---|",
        '<div class="a" markdown>',
        "<div markdown>",
        '<div class="b">',
        "</div>",
        '<details class="fold" markdown>',
        "<summary>a **b** & c</summary>",
        "</details>",
        "<table>",
        "<tr><td>x</td><td><i>y</i></td></tr>",
        "</table>",
        '<ol class="lines">',
        "<li>x</li>",
        "</ol>",
        "<!-- -->",
        "    <!-- -->",
        "<span>tag</span>",
        "<br>",
        "<p>paragraph</p>",
        "**strong**",
        "**strong** and **more**",
        "**a [b](c.md) d**",
        "a**b**c",
        "** no **",
        "*em*",
        "_em_ a_b_c",
        "[link](a.md)",
        "![image](a.png)",
        "[a][b]",
        "[a]: b.md",
        "[[x](y.md)]",
        "`code`",
        "`` a`b ``",
        "`a` `b",
        "&amp; & &#42; &x; &",
        "a < b > c",
        "\\*",
        "[TOC]",
        "Term",
        ":   definition",
        '<a href="x.md" id="here">x</a>',
        '<span title="**">**</span>**',
        "http://a.b/c_d_e",
        "é_x_ 5 * 3",
    ]
)


@given(lines=st.lists(LINES, max_size=12))
@settings(max_examples=600)
def test_any_lines(lines: list[str]) -> None:
    source = "\n".join(lines)
    mine = ours(source)
    assert mine is None or mine == stock(source)


FOREIGN = frozenset("=~|[!_\\")
"""What lines begin with that are mostly refused: without them, more of the others are looked at."""


@given(lines=st.lists(st.one_of(st.just(""), LINES.filter(lambda line: line[:1] not in FOREIGN)), max_size=10))
@settings(max_examples=600)
def test_any_lines_that_are_mostly_known(lines: list[str]) -> None:
    test_any_lines.hypothesis.inner_test(lines)  # type: ignore[attr-defined]


FRAMES = [
    "{}\n",
    "## {}\n",
    "-   {}<br>\n    {}\n-   {}\n",
    '-   **{}**<br>\n    <span class="x">{}</span>\n\n    {}\n\n-   {}\n',
    '<div class="x" markdown>\n\n{} [{}](a.md) {}\n\n</div>\n',
    "1.  {}\n    -   {}\n",
]


@given(frame=st.sampled_from(FRAMES), values=st.lists(st.text(max_size=20), min_size=4, max_size=4))
@settings(max_examples=400)
def test_any_escaped_text(frame: str, values: list[str]) -> None:
    source = frame.format(*(document_text(value) for value in values))
    mine = ours(source)
    assert mine is None or mine == stock(source)


@pytest.mark.parametrize(
    "front_matter",
    [
        'title: "A: b # c"\ndescription: "é ≥ 1 "\n',
        'title: "A"\nsearch:\n  exclude: true\n',
        'title: "A"\nsearch:\n  boost: 2\n',
        'title: "A"\nsearch:\n  boost: 0x10\n',
        'title: "A"\ntitle: "B"\n',
        'title: "A \\" B"\n',
        'title: "A\u2028B"\n',
        "title: Plain\nhide:\n  - toc\n",
        'title: "A"\n\ndate: 2024-01-01\n',
        "title: [broken\n",
    ],
)
def test_front_matter_is_read_as_mkdocs_does(front_matter: str) -> None:
    page = f"---\n{front_matter}---\n\n\n# Text\n"
    for source in (page, page.replace("\n", "\r\n"), f"\ufeff{page}"):
        text = source.removeprefix("\ufeff").replace("\r\n", "\n")
        assert read_source(source.encode()) == meta.get_data(text)
