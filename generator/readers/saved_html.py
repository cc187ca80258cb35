"""Pages saved as HTML, turned into the text that a reader of the page sees.

The text has the form of the extractions that the text layouts are read from: a paragraph for each block, ``*`` before
items of lists, cells of a table row between ``|``.  Each block keeps the line on which it begins in the file where
the file has lines; in files without line breaks the text's own lines are counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.etree
import lxml.html

from generator.model.word_tables import listed
from generator.readers.reader import ReadError

_MARK = re.compile(r"<(?:!doctype\s{1,9}html|html)\b", re.IGNORECASE)
_FAR = 100_000
"""Characters in which a page begins: what stands before is blanks and comments."""
_FURNITURE = frozenset({"script", "style", "noscript", "template", "nav", "footer", "svg", "iframe", "form", "button"})
"""Elements that hold no text of the page itself, by HTML's own definition of them."""
_BLOCKS = frozenset(
    listed(
        """
        address; article; aside; blockquote; body; caption; center; dd; details; dialog; dir; div; dl; dt; fieldset;
        figcaption; figure; h1; h2; h3; h4; h5; h6; header; hr; html; li; main; menu; ol; p; pre; section; summary;
        table; tbody; tfoot; thead; tr; ul
        """
    )
)
_BLOCK_STYLE = re.compile(r"\bdisplay\s{0,9}:\s{0,9}(?:block|flex|grid|list-item|table)\b", re.IGNORECASE)
_CONTENT = (".//main", ".//*[@role='main']", ".//*[@id='main-content']", ".//*[@id='main']", ".//*[@id='content']")
"""What a page may mark as its content, the surest first."""
_BULLET_ALONE = re.compile(r"^\* ")
_BLANKS = re.compile(r"\s+")
_BLANK_RUN = re.compile(r"[\s\ufeff]*")


def is_html(text: str) -> bool:
    """Say whether *text* is an HTML page, by the beginning that HTML prescribes."""
    start = 0
    while start < _FAR:
        start = _BLANK_RUN.match(text, start).end()  # type: ignore[union-attr]  # it matches nothing, too
        if not text.startswith("<!--", start):
            return bool(_MARK.match(text, start))
        start = text.find("-->", start) + 3
        if start < 3:
            return False
    return False


def page_text(html: str) -> str:
    """Return what a reader of the page *html* sees, as text.  Raises ReadError where there is nothing to see."""
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = lxml.html.document_fromstring(html.encode("utf-8"), parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(1, f"this HTML page cannot be read ({error}); save the page again", "unreadable") from None
    body = root.find("body")
    blocks = [(line, text) for line, text in _blocks(_content(body if body is not None else root)) if text]
    if not blocks:
        raise ReadError(
            1,
            "this HTML page holds no text: it was probably saved before its content was loaded. "
            "Save it again when it is complete, or copy its text into a .txt file",
            "empty",
        )
    return _on_their_lines(blocks) or "\n\n".join(text for _, text in blocks) + "\n"


def _content(body: lxml.html.HtmlElement) -> lxml.html.HtmlElement:
    """Return the part of *body* that the page marks as its content: menus and heads of the site stand outside it."""
    for path in _CONTENT:
        found = body.xpath(path)
        if len(found) == 1 and (found[0].xpath(".//h1") or len(found[0].text_content()) * 2 > len(body.text_content())):
            part: lxml.html.HtmlElement = found[0]
            return part
    return body


def _on_their_lines(blocks: list[tuple[int, str]]) -> str | None:
    """Return a text in which each block stands on its line of the file, or None where two share a line."""
    lines: list[str] = []
    for line, text in blocks:
        if line <= len(lines):
            return None
        lines.extend([""] * (line - 1 - len(lines)))
        lines.append(text)
    return "\n".join(lines) + "\n"


def _blocks(element: lxml.html.HtmlElement) -> Iterator[tuple[int, str]]:
    """Yield ``(line, text)`` of each block below *element*, in order."""
    line = element.sourceline or 1
    if element.tag == "tr":
        yield from _row(element, line)
        return
    pieces: list[str] = [element.text or ""]
    begin = "* " if element.tag == "li" else ""
    for child in element:
        if not isinstance(child.tag, str) or child.tag in _FURNITURE:
            pieces.append(child.tail or "")
            continue
        if child.tag == "br":
            yield line, _with_mark(begin, pieces)
            begin = ""
            line = child.sourceline or line
            pieces = [child.tail or ""]
        elif _holds_blocks(child):
            yield line, _with_mark(begin, pieces)
            begin = ""
            yield from _blocks(child)
            line = _end_line(child) or line
            pieces = [child.tail or ""]
        else:
            pieces.append(f"{_visible(child)}{child.tail or ''}")
    yield line, _with_mark(begin, pieces)


def _row(element: lxml.html.HtmlElement, line: int) -> Iterator[tuple[int, str]]:
    """Yield a row of a table: cells between ``|``, and what stands in a cell in several blocks on lines of its own."""
    if _is_of_components(element) and any(_holds_blocks(cell) for cell in element if isinstance(cell.tag, str)):
        yield from _cells_as_blocks(element)
        return
    begun = ""
    empty = True
    for cell in element:
        if not isinstance(cell.tag, str):
            continue
        parts = [(at, text) for at, text in _blocks(cell) if text]
        parts = [(at, _BULLET_ALONE.sub("", text)) for at, text in parts] if len(parts) == 1 else parts
        empty = empty and not parts
        if begun and len(parts) > 1 and parts[0][0] > line:
            yield line, begun.rstrip()
            begun = ""
        for at, text in parts[:-1]:
            yield (line if begun else at), f"{begun}{text}"
            begun, line = "", at
        at, text = parts[-1] if parts else (line, "")
        line = line if begun else at
        begun = f"{begun}{text.removesuffix(' |')} | "
    if not empty:
        yield line, begun.rstrip()


def _is_of_components(element: lxml.html.HtmlElement) -> bool:
    """Say whether a program has built the page of components: their elements have a hyphen in their names.

    Such pages put paragraphs and lists into the cells of their tables, whose borders would be lost in one line.
    """
    return any(isinstance(above.tag, str) and "-" in above.tag for above in element.iterancestors())


def _cells_as_blocks(row: lxml.html.HtmlElement) -> Iterator[tuple[int, str]]:
    """Yield the blocks of each cell of *row*; ``|`` ends the last one of a cell."""
    for cell in row:
        if not isinstance(cell.tag, str):
            continue
        blocks = [(line, text) for line, text in _blocks(cell) if text] or [(cell.sourceline or 1, "")]
        yield from blocks[:-1]
        yield blocks[-1][0], f"{blocks[-1][1]} |".strip()


def _holds_blocks(element: lxml.html.HtmlElement) -> bool:
    return _is_block(element) or any(
        isinstance(below.tag, str) and (_is_block(below) or below.tag == "br") for below in element.iterdescendants()
    )


def _is_block(element: lxml.html.HtmlElement) -> bool:
    return element.tag in _BLOCKS or _BLOCK_STYLE.search(element.get("style") or "") is not None


def _end_line(element: lxml.html.HtmlElement) -> int | None:
    last = None
    for below in element.iter():
        last = below.sourceline or last
    return last


def _visible(element: lxml.html.HtmlElement) -> str:
    pieces = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _FURNITURE:
            apart = " " if child.tag == "br" or child.tag in _BLOCKS else ""
            pieces.append(f"{apart}{_visible(child)}{apart}")
        pieces.append(child.tail or "")
    return "".join(pieces)


def _with_mark(mark: str, pieces: list[str]) -> str:
    text = _BLANKS.sub(" ", "".join(pieces)).strip()
    return f"{mark}{text}" if text else ""
