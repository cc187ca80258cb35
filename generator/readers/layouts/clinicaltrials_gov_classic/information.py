"""More information: publications, links, keywords and MeSH terms."""

from __future__ import annotations

import re

from generator.language.messages import gettext_noop
from generator.model.document import LineRole
from generator.model.sentence import Note
from generator.readers.layouts.clinicaltrials_gov_classic.head import mention_other_trials
from generator.readers.layouts.clinicaltrials_gov_classic.page import Page, Row, heading_of, is_sentence, span
from generator.readers.layouts.clinicaltrials_gov_classic.tables import PUBLICATION_TYPES, Section

_REFERENCES = "protocolSection.referencesModule.references"
_LINKS = "protocolSection.referencesModule.seeAlsoLinks"
_KEYWORDS = "protocolSection.conditionsModule.keywords"
_PMID = re.compile(r"(?:PMID:?\s*|pubmed(?:\.ncbi\.nlm\.nih\.gov)?/)(\d{4,9})", re.IGNORECASE)
_LINK = re.compile(r"(?:[-*•]\s+)?\[(?P<label>[^\]]+)\]\((?P<url>https?://[^\s)]+)\)")
_KEYWORDS_HEADING = re.compile(r"Keywords(?: provided by .+)?:?", re.IGNORECASE)
_MESH_HEADING = re.compile(r"Additional relevant MeSH terms:?", re.IGNORECASE)
_MESH_NOTE = gettext_noop(
    "The block stands at the end of the page without its heading, where the site prints MeSH terms."
)


def read_block(page: Page) -> bool:
    """Read the heading at the cursor and what stands under it; return False where there is no such heading."""
    row = page.row
    name = " ".join(row.bare.removesuffix(":").split()).casefold()
    if name in PUBLICATION_TYPES:
        read_references(page, PUBLICATION_TYPES[name])
    elif name == "additional information":
        read_links(page)
    elif _KEYWORDS_HEADING.fullmatch(row.bare):
        read_keywords(page)
    elif _MESH_HEADING.fullmatch(row.bare):
        open_block(page)
        read_terms(page, take_block(page), None)
    else:
        return False
    return True


def open_block(page: Page) -> None:
    """Account for the heading at the cursor."""
    page.known(page.row, LineRole.HEADING, page.row.bare.removesuffix(":"))
    page.enter(Section.INFORMATION)
    page.position += 1


def take_block(page: Page) -> list[Row]:
    """Take the rows up to the next heading, label or sentence."""
    rows: list[Row] = []
    while page.more() and not (
        page.label_at(page.row)
        or heading_of(page.row)
        or is_sentence(page.row)
        or _KEYWORDS_HEADING.fullmatch(page.row.bare)
        or _MESH_HEADING.fullmatch(page.row.bare)
        or " ".join(page.row.bare.removesuffix(":").split()).casefold() in PUBLICATION_TYPES
    ):
        rows.append(page.row)
        page.position += 1
    return rows


def read_references(page: Page, kind: str | None) -> None:
    """Read citations, one a line."""
    open_block(page)
    for row in take_block(page):
        text = re.sub(r"^[-*•]\s+", "", row.bare)
        if not text:
            continue
        path = page.draft.item(_REFERENCES)
        page.state(f"{path}.citation", text, row.number)
        page.state(f"{path}.type", kind, row.number)
        pmid = _PMID.search(text)
        page.state(f"{path}.pmid", pmid[1] if pmid else None, row.number)
        mention_other_trials(page, [row])


def read_links(page: Page) -> None:
    """Read links that kept their addresses; a name without an address leads nowhere and stays unread."""
    open_block(page)
    for row in take_block(page):
        link = _LINK.fullmatch(row.text)
        if link:
            path = page.draft.item(_LINKS)
            page.state(f"{path}.label", link["label"], row.number)
            page.state(f"{path}.url", link["url"], row.number)


def read_keywords(page: Page) -> None:
    """Read keywords, one a line.  In a table row they have lost their borders, and stay unread."""
    open_block(page)
    rows = take_block(page)
    if len(rows) > 1 and not any("|" in row.text for row in rows):
        for row in rows:
            page.append(_KEYWORDS, row.text, row.number)


def read_terms(page: Page, rows: list[Row], note: Note | None) -> None:
    """Put MeSH terms as printed: nothing shows where one ends."""
    filled = [row for row in rows if row.bare]
    if filled:
        text = "\n".join(row.bare for row in filled)
        page.state("catalogSection.meshTerms", text, span(filled), "inferred" if note else "stated", note)


def read_trailing_terms(page: Page) -> bool:
    """Read the block of MeSH terms at the end of the page, whose heading is lost.

    It is one table row of one or two cells with nothing behind it.  Two such rows would be keywords and MeSH terms,
    and nothing says where the one ends: they stay unread.
    """
    if len(page.rows) - page.position > 2 or not page.row.closed:
        return False
    rows = page.rows[page.position :]
    cells = sum(row.text.count("|") for row in rows)
    plain = all(
        row.bare and not row.text.startswith(("-", "*", "(", "#")) and not re.search(r"[.:;?!@]|\d{4}|\bNCT", row.text)
        for row in rows
    )
    if not plain or cells > 2:
        return False
    read_terms(page, rows, _MESH_NOTE)
    page.position = len(page.rows)
    return True
