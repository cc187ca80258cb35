"""EU Clinical Trials Register: the page of a trial in one member state, saved as HTML or copied as text.

The page has the same fields under the same codes as the text download, in rows of tables: ``A.3 | Full title of the
trial | … |``, or parted by tabs.  Each row is turned into the download's line, and read by its reader; what stands
around the tables is the site's own.  It rests on a shortened page and on the labels of the download.
"""

from __future__ import annotations

import re

from generator.model.document import Document, Line, LineRole
from generator.readers.layouts.eu_ctr import Parser, TextReader

_ROW = re.compile(r"(?P<code>[A-Z](?:\.\d{1,2})+)\s\|\s(?P<label>[^|]{1,300}?)\s\|\s?(?P<value>.*?)\s?\|")
_LABELLED = re.compile(r"(?P<label>[^|]{1,120}?):\s\|\s?(?P<value>.*?)\s?\|")
_GROUP = re.compile(r"(?:B\.)?(?P<kind>Sponsor|D\.IMP|D\.8 Placebo):?\s*(?P<number>\d{1,3})(?: \|)?")
_HEADING = re.compile(r"(?P<text>[A-Z]\. [^|]{3,120}|Summary|MedDRA Classification|D\.8 [^|]{3,80})(?: \|)?")
_START = re.compile(r"^\s*EudraCT Number:(?: \||\t)\s*\d{4}-\d{6}-\d{2}", re.MULTILINE)
_SITE = re.compile(
    r"(?:\* )?(?:Clinical trials(?: for .{0,80})?|Home & Search|Joining a trial|Contacts|About"
    r"|EU Clinical Trials Register"
    r"|The European Union Clinical Trials Register ?allows you to search .{0,300}|Help|Print Download|Print|Download"
    r"|For support, Contact us\.|This website is .{0,200}|EMA Service Desk|Legal notice|Accessibility"
    r"|The status and protocol content of GB trials is no longer updated .{0,600}"
    r"|(?:If you are|Subscribe to this|Query did not match|EudraCT protocol related) .{0,400})(?: \|)?"
)
"""The site's own lines."""


class _PageParser(Parser):
    """Takes the rows of a page for lines of the download."""

    def text_of(self, line: Line) -> str:
        """Return *line* as the download would print it."""
        text = line.stripped
        if "\t" in text:
            text = f"{' | '.join(cell.strip() for cell in text.split(chr(9)))} |"
        if _SITE.fullmatch(text):
            self.close()
            self.document.account(line.number, LineRole.BOILERPLATE, "sentence of the site")
            return ""
        if row := _ROW.fullmatch(text):
            return f"{row['code']} {row['label'].rstrip(':')}: {row['value']}"
        if labelled := _LABELLED.fullmatch(text):
            return f"{labelled['label']}: {labelled['value']}"
        if group := _GROUP.fullmatch(text):
            colon = "" if group["kind"] == "Sponsor" else ":"
            return f"{group['kind']}{colon} {group['number']}"
        heading = _HEADING.fullmatch(text)
        return heading["text"] if heading else text


class PageReader(TextReader):
    """The page of a trial in one member state."""

    layout = "eu-ctr-page"
    title = "EU Clinical Trials Register page"
    rank = 1
    description = "Every field of the protocol is read, saved or copied."
    parser = _PageParser

    def recognises(self, document: Document) -> bool:
        """Say whether the register's first row stands in it, below the heading of its table."""
        return "EudraCT Number:" in document.text and _START.search(document.text) is not None


READER = PageReader()
