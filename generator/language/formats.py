"""Dates and numbers as the site's language writes them, by Babel and so by Unicode's CLDR."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache

from babel import Locale
from babel.dates import format_date as babel_date
from babel.dates import format_skeleton
from babel.numbers import format_decimal

from generator.language.messages import active_language, gettext, ngettext

_AGE = re.compile(r"(\d{1,9}) (Year|Month|Week|Day|Hour|Minute)s?")
_DATE = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?(?:T.*)?")


def format_number(number: int | float) -> str:
    """Return a number with its digits grouped, such as ``12,345``."""
    return _number(active_language().locale, number)


def format_date(value: str) -> str:
    """Return an ISO date with the precision that it has, such as ``July 2019``; other text unchanged."""
    return _date(active_language().locale, value)


def in_sentence(text: str) -> str:
    """Return a label as it stands inside a sentence: begun with a small letter.

    German labels and those that begin with capitals, such as ``FDA``, stay as they are.
    """
    if active_language().locale.language == "de" or text[1:2].isupper():
        return text
    return text[:1].lower() + text[1:]


def as_label(text: str) -> str:
    """Return the name of a field as it stands alone: begun with a capital letter."""
    return text[:1].upper() + text[1:]


def format_list(names: list[str]) -> str:
    """Return names as a sentence lists them: ``a, b and c``."""
    if len(names) < 2:
        return "".join(names)
    return gettext("{names} and {last}").format(names=", ".join(names[:-1]), last=names[-1])


def plural(number: int, one: str, many: str) -> str:
    """Return the form of a message that goes with *number*, with the number as ``{n}``: ``2 trials``."""
    return ngettext(one, many, number).format(n=format_number(number))


def format_age(value: str) -> str:
    """Return an age as API v2 writes it, such as ``18 Years``, in words; other text unchanged."""
    match = _AGE.fullmatch(value)
    if match is None:
        return value
    number = int(match[1])
    if match[2] == "Year":
        return plural(number, "{n} year", "{n} years")
    if match[2] == "Month":
        return plural(number, "{n} month", "{n} months")
    if match[2] == "Week":
        return plural(number, "{n} week", "{n} weeks")
    if match[2] == "Day":
        return plural(number, "{n} day", "{n} days")
    if match[2] == "Hour":
        return plural(number, "{n} hour", "{n} hours")
    return plural(number, "{n} minute", "{n} minutes")


@lru_cache(maxsize=1 << 12)
def _number(locale: Locale, number: int | float) -> str:
    return format_decimal(number, locale=locale)


@lru_cache(maxsize=1 << 14)
def _date(locale: Locale, value: str) -> str:
    match = _DATE.fullmatch(value)
    if match is None or not 1 <= int(match[2]) <= 12:
        return value
    try:
        day = datetime.date(int(match[1]), int(match[2]), int(match[3] or 1))
    except ValueError:  # no day of the calendar, such as 30 February: as the document has it
        return value
    if match[3]:
        return babel_date(day, "long", locale=locale)
    return format_skeleton("yMMMM", day, locale=locale)
