"""The field's terms on a trial's page: each leads to the glossary, with a short explanation as its title.

Material shows titles as tooltips, to the mouse and to the keyboard; without scripts the browser shows them, and the
link
leads to the whole explanation.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files

GLOSSARY = "../../about/glossary/"
"""The glossary, as seen from a trial's page."""

_LABEL = re.compile(r'^-   \*\*([^*\n]+)\*\* |<b class="[a-z]+"[^>]*>([^<]+)</b>', re.MULTILINE)
"""A fact's label at the start of its line, or a status."""


@dataclass(frozen=True)
class Term:
    """A term of the glossary: the anchor of its heading there, and its explanation in a sentence or two."""

    anchor: str
    words: str


@cache
def known_terms() -> dict[str, Term]:
    """Return the terms by the labels that stand for them on pages: ``terms.tsv``, a short form of the glossary."""
    with (files("generator.pages.text") / "terms.tsv").open(encoding="utf-8") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row["label"]: Term(row["anchor"], row["words"]) for row in rows}


def explain_terms(body: str) -> str:
    """Return the Markdown of a trial's page with each term that it uses as a label explained where it comes first."""
    seen: set[str] = set()

    def explain(match: re.Match[str]) -> str:
        label = match[1] or match[2]
        term = known_terms().get(label)
        if term is None or term.anchor in seen:
            return match[0]
        seen.add(term.anchor)
        link = f'<a class="term" href="{GLOSSARY}#{term.anchor}" title="{escape(term.words)}">{label}</a>'
        return match[0].replace(label, link, 1)

    return _LABEL.sub(explain, body)
