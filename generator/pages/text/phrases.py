"""Titles, statuses and dates, written the same on every page."""

from __future__ import annotations

import re
from typing import TypeGuard

from markdown.extensions.toc import slugify

from generator.language.formats import format_date, format_number
from generator.language.messages import gettext, ngettext
from generator.model.catalog import title_of
from generator.model.study import Study
from generator.pages.text.escaping import Markdown, document_text
from generator.pages.text.wording import status

_YEAR = re.compile(r"\d{4}")
_DATE = re.compile(r"(?<![\w-])\d{4}-\d{2}(?:-\d{2})?(?![\w-])")
_QUOTED = re.compile(r"(“[^”]*”|«[^»]*»|„[^“]*“)")
_TELEPHONE = re.compile(r"(\+?[\d().-]+(?: [\d().-]+)*) ?(?:(?:ext\.?|x) ?(\d{1,6}))?", re.IGNORECASE)
_LEAST_DIGITS, _MOST_DIGITS = 7, 16
"""Shorter ones are extensions or a hospital's own; longer ones are two numbers (ITU-T E.164 allows 15 and a plus)."""


def trial_title(study: Study) -> str:
    """Return the title that a study goes by in lists."""
    return title_of(study)


def status_chip(code: str | None, as_of: str | None = None, end: str | None = None) -> Markdown:
    """Return a status as a small label with a sign, so that its colour is not all that tells.

    *as_of* is the date of the statement, empty where it has none, and *end* the completion that is stated: by them and
    the reader's clock a script says how old the status is.  In lists both stand in the row itself, and *as_of* is None.
    """
    shown = status(code)
    told = f' data-said="{(as_of or "")[:10]}"' if as_of == "" or _is_dated(as_of) else ""
    if _is_dated(end):
        told += f' data-end="{end[:10]}"'
    return Markdown(f'<b class="{shown.group}"{told}>{document_text(shown.label)}</b>')


def _is_dated(value: str | None) -> TypeGuard[str]:
    return value is not None and (format_date(value) != value or _YEAR.fullmatch(value) is not None)


def heading(message: str) -> Markdown:
    """Return a heading of ours in the site's language; its English anchor leads to it in every language."""
    text = gettext(message)
    return Markdown(text if text == message else f'<span id="{slugify(message, "-")}"></span>{text}')


def lines_in_words(first: int, last: int) -> str:
    """Return which lines of a document are meant: ``line 3``, ``lines 3–5``."""
    if first == last:
        return gettext("line {line}").format(line=first)
    return gettext("lines {first}–{last}").format(first=first, last=last)


def and_more(names: str, more: int) -> str:
    """Return *names* that are joined already with the number of those that are left out: ``a, b and 3 more``."""
    if more <= 0:
        return names
    return ngettext("{names} and {n} more", "{names} and {n} more", more).format(names=names, n=format_number(more))


def quoted(words: str) -> str:
    """Return words of a document in the quotation marks of the site's language."""
    return gettext("“{words}”").format(words=words)


def telephone(text: str) -> Markdown:
    """Return a telephone number as a link that dials it; text that holds no single number stays as it is."""
    match = _TELEPHONE.fullmatch(" ".join(text.split()))
    if match is None:
        return document_text(text)
    digits = re.sub(r"\(0\)|[^\d+]", "", match[1])
    if not _LEAST_DIGITS <= len(digits) <= _MOST_DIGITS:
        return document_text(text)
    extension = f";ext={match[2]}" if match[2] else ""
    return Markdown(f'<a href="tel:{digits}{extension}">{document_text(text)}</a>')


def dated_text(value: str) -> Markdown:
    """Return a date as people write it."""
    return document_text(format_date(value))


def dates_in_words(text: str) -> str:
    """Return a sentence of ours with its dates as people write them; what is quoted from a document stays."""
    return "".join(
        piece if piece.startswith(("“", "«", "„")) else _DATE.sub(lambda found: format_date(found[0]), piece)
        for piece in _QUOTED.split(text)
    )


def timed(value: str) -> Markdown:
    """Return a date as people write it, with the date as machines read it."""
    shown = format_date(value)
    return (
        document_text(shown)
        if shown == value
        else Markdown(f'<time datetime="{value[:10]}">{document_text(shown)}</time>')
    )


def iso_date(value: str) -> Markdown:
    """Return a date as machines read it, for lists: a reader's browser writes it as people do, in their language."""
    known = format_date(value) != value or _YEAR.fullmatch(value)
    return Markdown(value[:10]) if known else document_text(value)
