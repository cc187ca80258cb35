"""The registries' codes in the words of the site's language.  A code that is not known stays as it is written."""

from __future__ import annotations

import re
from dataclasses import replace

from generator.language.formats import format_date, format_list, format_number, in_sentence
from generator.language.messages import gettext, gettext_noop
from generator.model import enumerations
from generator.model.catalog import Kind, Role
from generator.model.registry_words import KINDS, ROLES, Status, english_status, english_words
from generator.model.sentence import CODES, Sentence, Value
from generator.readers.known import reader_of

_PHASES = frozenset(enumerations.PHASES)
_DATES = frozenset({"date", "known", "start"})
"""Names in braces of our sentences that stand for dates."""

RULES = {
    "exact-key": gettext_noop("same name after cleaning"),
    "stated-alias": gettext_noop("a document says so"),
    "vocabulary": gettext_noop("a vocabulary says so"),
    "curated": gettext_noop("confirmed by an editor"),
    "external-id": gettext_noop("same external identifier"),
    "own": "",
}
"""Rules of identity -> why a spelling was joined; messages, as they stand in a table."""


def layout_title(layout: str) -> str:
    """Return what pages call a document of *layout*: its reader's title, or, where none is installed, its own name."""
    reader = reader_of(layout)
    return gettext(reader.title) if reader else layout


def short_layout(layout: str) -> str:
    """Return what a document of this layout is called in a sentence, such as ``ClinicalTrials.gov record``."""
    reader = reader_of(layout)
    return gettext(reader.short_title or reader.title) if reader else gettext("document")


def words(code: str) -> str:
    """Return a code such as ``NON_RANDOMIZED`` in words; anything else unchanged."""
    return gettext(english_words(code))


def status(code: str | None) -> Status:
    """Return how a status is shown; one that is not known is shown as it is written."""
    known = english_status(code)
    return replace(known, label=gettext(known.label))


def phase(phases: list[str]) -> str:
    """Return phases as one phrase, such as ``Phase 2 / Phase 3``; a registry's own words stand as it writes them."""
    return " / ".join(
        words(code) if code in _PHASES else gettext("Other: “{words}”").format(words=code) for code in phases
    )


def camel_case_in_words(key: str) -> str:
    """Return a camelCase name as words: ``whoMasked`` becomes ``who masked``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", key).lower()


def role_name(role: Role) -> str:
    """Return what an entity is to a trial, such as ``Lead sponsor``."""
    return gettext(ROLES[role])


def kind_name(kind: Kind) -> str:
    """Return what an entity is, such as ``Organization``."""
    return gettext(KINDS[kind])


def rule_words(rule: str) -> str:
    """Return why a spelling was joined, such as ``a document says so``; nothing for a name that stands alone."""
    return gettext(RULES[rule]) if RULES[rule] else ""


def translated(sentence: Sentence) -> str:
    """Return a sentence of ours in the site's language, with codes in words and dates as people write them.

    What stands in it of documents stays as documents write it.
    """
    values = {name: _in_words(name, value) for name, value in sentence.values}
    return gettext(sentence.message).format(**values) if values else gettext(sentence.message)


def _in_words(name: str, value: Value) -> str:
    if isinstance(value, Sentence):
        return translated(value)
    if isinstance(value, tuple):
        shown = [_in_words(name, item) for item in value]
        return ", ".join(shown) if name in CODES else format_list(shown)
    if name in CODES:
        return words(value) if name == "kind" else in_sentence(words(value))
    if name == "count":
        return format_number(int(value))
    return format_date(value) if name in _DATES else value
