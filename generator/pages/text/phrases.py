"""Titles, statuses and dates, written the same on every page."""

from __future__ import annotations

import re

from generator.model.catalog import title_of
from generator.model.study import Study
from generator.pages.text.escaping import Markdown, document_text
from generator.pages.text.wording import date, status

_YEAR = re.compile(r"\d{4}")


def trial_title(study: Study) -> str:
    """Return the title that a study goes by in lists."""
    return title_of(study)


def status_chip(code: str | None) -> Markdown:
    """Return a status as a small label with a sign, so that its colour is not all that tells."""
    shown = status(code)
    return Markdown(f'<b class="{shown.group}">{document_text(shown.label)}</b>')


def dated_text(value: str) -> Markdown:
    """Return a date as people write it."""
    return document_text(date(value))


def timed(value: str) -> Markdown:
    """Return a date as people write it, with the date as machines read it."""
    shown = date(value)
    return (
        document_text(shown)
        if shown == value
        else Markdown(f'<time datetime="{value[:10]}">{document_text(shown)}</time>')
    )


def iso_date(value: str) -> Markdown:
    """Return a date as machines read it, for lists: a reader's browser writes it as people do, in their language."""
    known = date(value) != value or _YEAR.fullmatch(value)
    return Markdown(value[:10]) if known else document_text(value)
