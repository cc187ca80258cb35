"""What a flag says, in the site's language."""

from __future__ import annotations

from generator.language.formats import format_date, format_list, format_number, in_sentence
from generator.language.messages import gettext
from generator.model.catalog_section import Flag
from generator.model.message_codes import MESSAGE_CODES
from generator.pages.text.wording import words
from generator.studies.flag_words import CODES

_DATES = frozenset({"date", "known", "start"})


def flag_message(flag: Flag) -> str:
    """Return what *flag* says, with its codes in words and its dates as people write them."""
    if not flag.sentences:
        return gettext(flag.message)
    values = {name: _in_words(name, value) for name, value in flag.values.items()}
    return " ".join(gettext(sentence).format(**values) for sentence in flag.sentences)


CONTRADICTION = "contradiction"
"""Stands among a trial's flags in the search where documents differ."""


def flag_title(code: str) -> str:
    """Return what flags with a *code* are called; of one that no table has, its code in words."""
    known = MESSAGE_CODES.get(code)
    if code == CONTRADICTION:
        return gettext("Contradiction")
    return gettext(known.title) if known else code.replace("-", " ").capitalize()


def flag_basis(flag: Flag) -> str:
    """Return where the rule of *flag* comes from; nothing where it is not said."""
    return gettext(flag.basis) if flag.basis else ""


def _in_words(name: str, value: str | list[str]) -> str:
    if isinstance(value, list):
        shown = [_in_words(name, item) for item in value]
        return ", ".join(shown) if name in CODES else format_list(shown)
    if name in CODES:
        return words(value) if name == "kind" else in_sentence(words(value))
    if name == "count":
        return format_number(int(value))
    return format_date(value) if name in _DATES else value
