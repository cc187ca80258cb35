"""XML of unknown origin, parsed without harm: no entities, no document type, no network, bounded depth."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any, cast

from lxml import etree

from generator.model.document import Document
from generator.readers.reader import ReadError

Element = etree._Element

_OPTIONS: dict[str, Any] = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
_DECLARATION = re.compile(r"\A\s{0,99}<\?xml[^>]{0,200}\?>")
_POSITION = re.compile(r", line \d+, column \d+.*", re.DOTALL)
_ROOT = re.compile(r"<(?:!DOCTYPE\s{1,99})?(?:[\w.-]{1,99}:)?([\w.-]{1,99})[\s/>\[]")
_LAST_KNOWN_LINE = 65_535
"""The last line that libxml2 counts for elements that hold others."""


class BrokenXmlError(ReadError):
    """The XML is not well-formed."""

    def __init__(self, line: int, reason: str) -> None:
        """*reason* is what the parser says, without the place."""
        super().__init__(line, f"The XML is broken ({reason}). Download it again", "broken-xml")
        self.reason = reason


def start_of_root(text: str) -> int:
    """Return where the first element or document type of *text* begins, -1 where it is no XML."""
    position = 0
    while True:
        while position < len(text) and (text[position].isspace() or text[position] == "\ufeff"):
            position += 1
        if text.startswith("<?", position):
            end, length = text.find("?>", position), 2
        elif text.startswith("<!--", position):
            end, length = text.find("-->", position), 3
        else:
            return position if text.startswith("<", position) else -1
        if end < 0:
            return -1
        position = end + length


def root_name(text: str) -> str | None:
    """Return the name of the first element of *text*, without its namespace and without parsing; None for no XML."""
    start = start_of_root(text)
    match = _ROOT.match(text, start) if start >= 0 else None
    return match[1] if match else None


def parse(document: Document) -> Element:
    """Return the root element of *document*, comments left out.

    Raises ReadError where the XML is broken or declares a document type.
    """
    content = _checked(document)
    try:
        return etree.fromstring(content, etree.XMLParser(encoding="utf-8", **_OPTIONS))
    except etree.XMLSyntaxError as error:
        raise _broken(document, error) from error


def elements(document: Document, name: str) -> Iterator[Element]:
    """Yield each element of this *name*; it is emptied before the next one is parsed.

    Raises ReadError, also behind whole elements, where the XML is broken or declares a document type.
    """
    content = io.BytesIO(_checked(document))
    try:
        for _, element in etree.iterparse(content, events=("end",), tag=name, **_OPTIONS):
            yield element
            element.clear()
            above = element.getparent()
            while above is not None and element.getprevious() is not None:
                del above[0]
    except etree.XMLSyntaxError as error:
        raise _broken(document, error) from error


def lines_of(element: Element, document: Document) -> tuple[int, int]:
    """Return the lines on which *element* begins and the text before its first child ends.

    Beyond the last line that it counts, libxml2 only knows where an element's text ends.
    """
    last = last_line(document)
    breaks = (element.text or "").count("\n")
    line = cast("int | None", element.sourceline) or 1
    if line > _LAST_KNOWN_LINE and len(element) == 0:
        line -= breaks
    first = max(1, min(line, last))
    return first, min(first + breaks, last)


def last_line(document: Document) -> int:
    """Return the number of the last line of *document*, 1 for an empty one."""
    return document.line_at(max(len(document.text) - 1, 0))


def _checked(document: Document) -> bytes:
    """Return the XML with its declaration blanked, so that lines stay.  Raises ReadError for a document type."""
    text = document.text
    start = start_of_root(text)
    if start >= 0 and text.startswith("<!", start):
        raise ReadError(
            document.line_at(start),
            "The file declares a document type, which no registry's record does and which could define entities; "
            "remove the declaration",
            "document-type",
        )
    plain = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    plain = _DECLARATION.sub(lambda match: "\n" * match[0].count("\n"), plain)
    try:
        return plain.encode()
    except UnicodeEncodeError as error:
        line = document.line_at(error.start)
        raise ReadError(line, "The text holds half a character. Save the file as UTF-8 again", "encoding") from error


def _broken(document: Document, error: etree.XMLSyntaxError) -> BrokenXmlError:
    line = min(max(error.lineno or 1, 1), last_line(document))
    return BrokenXmlError(line, _POSITION.sub("", error.msg or "not well-formed"))
