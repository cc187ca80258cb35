"""Pages saved as HTML are read like the text that a person sees."""

from __future__ import annotations

import contextlib
import html
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.readers.opening import decode
from generator.readers.reader import ReadError
from generator.readers.reading import read_document
from generator.readers.saved_html import is_html, page_text

LABELLED = Path(__file__).parent / "fixtures" / "meddatax" / "labelled.txt"


def as_html(text: str) -> str:
    """Return *text* as a page in which each paragraph and each item of a list is an element on its own line."""
    lines = ["<!DOCTYPE html>", "<html><head><title>A page</title><style>p { color: red }</style></head><body>"]
    lines.append("<nav><a href='/'>Home of the site</a></nav>")
    for line in text.splitlines():
        stripped = line.strip()
        if stripped.startswith("* "):
            lines.append(f"<ul><li>{html.escape(stripped[2:])}</li></ul>")
        elif stripped:
            lines.append(f"<div><p>{html.escape(stripped)}</p></div>")
    return "\n".join([*lines, "<script>alert(1)</script><footer>The end</footer></body></html>"])


def test_a_saved_page_states_what_its_text_states() -> None:
    text = LABELLED.read_text(encoding="utf-8")
    [expected] = read_document(decode(text.encode(), "page.txt")).records
    document = decode(as_html(text).encode(), "page.html")
    reading = read_document(document)
    [found] = reading.records
    assert found.study.protocol_section.contacts_locations_module == (
        expected.study.protocol_section.contacts_locations_module
    )
    assert found.study.protocol_section.status_module == expected.study.protocol_section.status_module
    assert document.unread() == []


def test_blocks_keep_their_line_of_the_file() -> None:
    page = "<!doctype html>\n<body>\n\n<h1>Title</h1>\n<p>First\n  and second</p>\n\n<p>Third</p>\n</body>"
    assert page_text(page).splitlines() == ["", "", "", "Title", "First and second", "", "", "Third"]


def test_a_page_without_line_breaks_is_still_taken_apart() -> None:
    page = "<html><body><h1>Title</h1><ul><li>One</li><li>Two <b>bold</b></li></ul><p>End<br>Line</p></body></html>"
    assert page_text(page) == "Title\n\n* One\n\n* Two bold\n\nEnd\n\nLine\n"


def test_rows_of_tables_become_pipes() -> None:
    page = "<html><body><table><tr><td>Study Type :</td><td>Interventional</td></tr></table></body></html>"
    assert page_text(page) == "Study Type : | Interventional |\n"


def test_a_page_without_text_says_what_to_do() -> None:
    with pytest.raises(ReadError, match="before its content was loaded"):
        page_text("<!doctype html><html><body><div id='root'></div><script>load()</script></body></html>")


@pytest.mark.parametrize(
    "text", ["<clinical_study>", "NCT ID: <html>", '{"html": 1}', "<?xml version='1.0'?><Trials/>"]
)
def test_other_markup_is_no_html(text: str) -> None:
    assert not is_html(text)


@given(st.text(alphabet="<>/ahpdivtrul \n&;!-", max_size=200))
def test_broken_html_never_crashes(body: str) -> None:
    with contextlib.suppress(ReadError):
        assert page_text(f"<html><body>{body}</body></html>")


def test_words_of_a_cell_do_not_run_into_each_other() -> None:
    rows = "<tr><td>Wool</td><td>Socks<br>of wool<p>worn</p>at night</td><td>wo<b>ol</b></td></tr>"
    text = page_text(f"<!DOCTYPE html><html><body><table>{rows}</table></body></html>")
    assert text.split("\n\n") == ["Wool | Socks", "of wool", "worn", "at night | wool |\n"]


def test_a_saved_tabular_page_is_read_by_its_structure() -> None:
    text = (LABELLED.parents[1] / "tabular_page.html").read_text(encoding="utf-8")
    [record] = read_document(decode(text.encode(), "page.html")).records
    protocol = record.study.protocol_section
    arms = protocol.arms_interventions_module
    assert protocol.identification_module.brief_title == "Example Trial of Two Tablets"
    assert protocol.conditions_module.conditions == ["Heart Disease", "Stroke"]
    assert [(one.name, one.description) for one in arms.interventions] == [
        ("tablet A", "325 mg per day"),
        ("tablet B", "5 mg per day"),
    ]
    assert [one.label for one in arms.arm_groups] == ["arm A", "arm B"]
    assert [one.name for one in protocol.contacts_locations_module.overall_officials] == [
        "Ann Example, M.D.",
        "Bob Sample, PhD",
    ]
    assert len(protocol.references_module.references) == 2
    assert not record.study.catalog_section.contradictions


def test_what_stands_outside_the_content_is_furniture_of_the_site() -> None:
    content = "<h1>Title</h1><span style='display: block'>One</span>Two"
    assert page_text(f"<html><body><div>Menu</div><main>{content}</main></body></html>") == "Title\n\nOne\n\nTwo\n"
