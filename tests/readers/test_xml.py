"""XML of unknown origin: what it declares is never followed, and what is broken is told with its line."""

import pytest

from generator.model.document import Document
from generator.readers.reader import ReadError
from generator.readers.xml import elements, lines_of, parse, root_name

BOMB = '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'


def document(text: str) -> Document:
    return Document("a.xml", text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('\ufeff<?xml version="1.0"?>\n<!-- saved -->\n<trial id="1">', "trial"),
        ('<x:trial xmlns:x="urn:x"/>', "trial"),
        (f"<!DOCTYPE trial [{BOMB}]><trial/>", "trial"),
        ("NCT01234567 <trial>", None),
        ("<!-- never closed", None),
        ("", None),
    ],
)
def test_name_of_the_root_is_seen_without_parsing(text: str, name: str | None) -> None:
    assert root_name(text) == name


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (f"\n<!DOCTYPE trial [{BOMB}]>\n<trial>&b;</trial>", "document-type", 2),
        ('<!DOCTYPE trial SYSTEM "file:///etc/passwd">\n<trial/>', "document-type", 1),
        ("<trial>\n<title>\n</trial>", "broken-xml", 3),
        ("<trial>&undeclared;</trial>", "broken-xml", 1),
        ("<trial>" * 300, "broken-xml", 1),
        ("<trial>\n\ud800</trial>", "encoding", 2),
        ("", "broken-xml", 1),
    ],
)
def test_what_is_harmful_or_broken_is_refused_with_its_line(text: str, code: str, line: int) -> None:
    with pytest.raises(ReadError) as raised:
        parse(document(text))
    assert (raised.value.code, raised.value.line) == (code, line)


def test_lines_count_behind_a_declaration_and_with_any_line_ends() -> None:
    text = '<?xml version="1.0"\r\nencoding="latin-1"?>\r\n<trial>\r\n<title>Warm\r\nlight</title></trial>'
    one = document(text)
    (title,) = parse(one)
    assert title.text == "Warm\nlight"
    assert lines_of(title, one) == (4, 5)


def test_comments_part_no_text() -> None:
    assert parse(document("<trial>Warm <!-- very -->light</trial>")).text == "Warm light"


def test_whole_elements_come_before_what_is_broken() -> None:
    trials = elements(document("<trials><trial>1</trial><trial>2</trial><trial>"), "trial")
    assert [next(trials).text, next(trials).text] == ["1", "2"]
    with pytest.raises(ReadError, match="broken"):
        next(trials)
