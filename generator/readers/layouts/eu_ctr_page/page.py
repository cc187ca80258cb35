"""EU Clinical Trials Register: the page of a trial in one member state, saved as HTML or copied as text.

The page has the same fields under the same codes as the text download, in rows of tables: ``A.3 | Full title of the
trial | … |``, parted by tabs, or, where an extraction has lost the borders, run into each other (``A.3Full title of
the trial…``).  Then the label that belongs to the code (``labels.tsv``) says where the value begins.  Each row is
turned into the download's line, and read by its reader; what stands around the tables is the site's own.  It rests on
a shortened page, on the beginnings of pages, and on the labels of the download.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from generator.language.messages import gettext_noop
from generator.model.document import Document, Line, LineRole
from generator.readers.layouts.eu_ctr import Parser, TextReader

_ROW = re.compile(r"(?P<code>[A-Z](?:\.\d{1,2})+)\s\|\s(?P<label>[^|]{1,300}?)\s\|\s?(?P<value>.*?)\s?\|")
_LABELLED = re.compile(r"(?P<label>[^|]{1,120}?):\s\|\s?(?P<value>.*?)\s?\|")
_GROUP = re.compile(r"(?:B\.)?(?P<kind>Sponsor|D\.IMP|D\.8 Placebo):?\s*(?P<number>\d{1,3})(?: \|)?")
_HEADING = re.compile(r"(?P<text>[A-Z]\. [^|]{3,120}|Summary|MedDRA Classification|D\.8 [^|]{3,80})(?: \|)?")
_START = re.compile(r"^[ \t]*EudraCT Number:(?:(?: \||\t)\s*)?\d{4}-\d{6}-\d{2}", re.MULTILINE)
_RUN_TOGETHER = re.compile(r"(?P<code>[A-Z](?:\.\d{1,2})+)\s*(?P<rest>[A-Z].*)")
_LABELS = Path(__file__).with_name("labels.tsv")
"""Code and label of each field of the form, as the download has them."""
SENTENCES_OF_THE_SITE = (
    r"Clinical trials(?: for .{0,80})?|Home & Search|Joining a trial|Contacts|About|Help|Print(?: Download)?"
    r"|Top of page|Download(?: PDF)?|(?:Flag of the European Union )?EU Clinical Trials Register(?: Help)?"
    r"|(?:< )?Back to search results|For support, Contact us\.|EMA Service Desk|Legal notice|Accessibility"
    r"|The European Union Clinical Trials Register\s{0,3}allows you to search for .{0,300}|This website is .{0,200}"
    r"|(?:interventional clinical trials that were|clinical trials conducted outside|EU/EEA interventional).{0,300}"
    r"|Clinical Trials Information System \(CTIS\)\.|Phase 1 trials conducted solely.{0,400}|Examples: .{0,200}"
    r"|(?:The|This) EU Clinical Trials Register currently displays.{0,400}|How to search.{0,40}|Search [Tt]ips:.{0,400}"
    r"|Advanced [Ss]earch:.{0,80}|The status and protocol content of GB trials is no longer updated .{0,600}"
    r"|(?:If you are|Subscribe to this|Query did not match|EudraCT protocol related) .{0,400}"
)
"""Regular expression for lines that the register prints on each of its pages."""
_SITE = re.compile(
    rf"(?:[*•]\s+)?(?:{SENTENCES_OF_THE_SITE}|Trial results(?: View results)?|Index|Expand All\s+Collapse All"
    r"|[A-Z]\. [A-Z][A-Z ,&/-]{5,90})(?: \|)?"
)


@cache
def _labels() -> dict[str, list[str]]:
    """Return the labels of each code, longer ones first."""
    found: dict[str, list[str]] = {}
    for line in _LABELS.read_text(encoding="utf-8").splitlines():
        code, _, label = line.partition("\t")
        found.setdefault(code, []).append(label)
    return found


def _parted(text: str) -> str | None:
    """Return a row whose cells run into each other as the download's line; None where no label says their border."""
    row = _RUN_TOGETHER.fullmatch(text)
    for label in _labels().get(row["code"], ()) if row else ():
        if row is not None and row["rest"].startswith(label):
            value = row["rest"][len(label) :].lstrip(": ")
            return f"{row['code']} {label.rstrip(':')}: {value}"
    return None


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
        if parted := _parted(text):
            return parted
        if group := _GROUP.fullmatch(text):
            colon = "" if group["kind"] == "Sponsor" else ":"
            return f"{group['kind']}{colon} {group['number']}"
        heading = _HEADING.fullmatch(text)
        return heading["text"] if heading else text


class PageReader(TextReader):
    """The page of a trial in one member state."""

    layout = "eu-ctr-page"
    title = gettext_noop("EU Clinical Trials Register page")
    rank = 1
    description = (
        "Every field of the protocol is read, saved, copied, or extracted as text, where a field's label is known."
    )
    parser = _PageParser

    def recognises(self, document: Document) -> bool:
        """Say whether the register's first row stands in it, below the heading of its table."""
        return "EudraCT Number:" in document.text and _START.search(document.text) is not None


READER = PageReader()
