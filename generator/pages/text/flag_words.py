"""What flags are called and where their rules come from, in the site's language."""

from __future__ import annotations

from generator.language.messages import gettext
from generator.model.catalog_section import Flag
from generator.model.message_codes import MESSAGE_CODES

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
