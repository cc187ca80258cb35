"""The outcome measures."""

from __future__ import annotations

import re

from generator.language.messages import gettext_noop
from generator.readers.layouts.clinicaltrials_gov_classic.page import Page, Row, is_bullet, join_paragraphs
from generator.readers.layouts.clinicaltrials_gov_classic.tables import UNTYPED_OUTCOMES

OUTCOME = re.compile(
    r"(?:(?:[-*•]|\d{1,3}\.)\s+)?(?P<measure>\S(?:.*?\S)??)\s*\[ ?Time Frame: (?P<frame>.*?)(?: \]|(?<! )\](?!.* \]))"
    r"(?:\s*\[ ?Designated as safety issue: (?:Yes|No) ?\])?\s*(?P<description>.*)"
)


def starts_outcome(row: Row) -> bool:
    """Say whether *row* is an outcome with its time frame."""
    return not row.closed and OUTCOME.fullmatch(row.text) is not None


def read_outcomes(page: Page) -> None:
    """Read the outcomes at the cursor; the text after the time frame, and lines below it, describe the outcome.

    An item without a time frame can be an outcome or belong to the description before it: it stays unread.
    """
    while page.more() and not page.ends_free_text(page.row) and not page.row.closed:
        row = page.row
        page.position += 1
        found = OUTCOME.fullmatch(row.text)
        if not found:
            continue
        path = page.draft.item(page.outcome_list)
        page.state(f"{path}.measure", found["measure"], row.number)
        page.state(f"{path}.timeFrame", found["frame"].strip(), row.number)
        below: list[Row] = []
        while page.more() and belongs_to_description(page, page.row):
            below.append(page.row)
            page.position += 1
        text = join_paragraphs([found["description"], *(one.text for one in below)]).strip()
        page.state(f"{path}.description", text, (row.number, below[-1].number if below else row.number))


def belongs_to_description(page: Page, row: Row) -> bool:
    """Say whether *row*, below an outcome, goes on describing it."""
    return not (page.ends_free_text(row) or starts_outcome(row) or row.closed or is_bullet(row.text))


def explain_types(page: Page) -> None:
    """Say why the outcomes have no type, if they have none."""
    if page.draft.value(UNTYPED_OUTCOMES):
        page.draft.absent(
            "protocolSection.outcomesModule.primaryOutcomes",
            "lostByLayout",
            gettext_noop(
                "The page lists all outcomes in one list: the border between primary and secondary outcomes is lost."
            ),
        )
