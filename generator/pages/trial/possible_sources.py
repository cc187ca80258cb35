"""What may state a value that was not read: a registry's own fields, lines that were not understood, prose.

That a document does not state something is itself a statement about the document.  It is made only where no such place
could be it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.language.messages import gettext
from generator.model.catalog_section import CatalogSection
from generator.pages.text.escaping import NOTHING, Markdown

NOT_UNDERSTOOD = "not-understood-by-the-reader"
"""Anchor of the lines that were not understood."""
OWN_FIELDS = "fields-of-the-registry"
"""Anchor of the link to a registry's own fields."""

_NAMES = {
    "phases": r"\bphases?\b",
    "interventions": r"\binterventions?\b",
    "armGroups": r"\barms?\b",
    "primaryOutcomes": r"\bprimary (?:outcome|end ?point)",
    "secondaryOutcomes": r"\bsecondary (?:outcome|end ?point)",
    "outcomesModule": r"\b(?:outcomes?|end ?points?)\b",
    "enrollmentInfo": r"\benrol|\bsample size\b|\bnumber of (?:participants|subjects|patients)\b",
    "startDateStruct": r"\bstart date\b|\bdate of first enrol",
    "completionDateStruct": r"\bcompletion date\b|\bdate (?:of )?complet|\bdate completed\b",
    "minimumAge": r"\bminimum age\b|\bage min",
    "maximumAge": r"\bmaximum age\b|\bage max",
    "sex": r"\bsex\b|\bgender\b",
    "eligibilityCriteria": r"\b(?:in|ex)clusion criteria\b",
    "leadSponsor": r"\b(?:lead|primary) sponsor\b",
    "conditions": r"\b(?:conditions?|diseases?) (?:or|studied|under)\b",
    "overallStatus": r"\brecruitment status\b",
}
"""Step of a pointer -> the words by which a field's name or a line tells that it may hold the value."""
_PATTERNS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _NAMES.items()}
_WORD_BORDER = re.compile(r"(?<=[a-z])(?=[A-Z])|[_/.-]+")
_EMPTY = frozenset({"", "na", "n/a", "nil", "none", "not applicable", "-"})


def possible_source(section: CatalogSection, *pointers: str) -> Markdown:
    """Return in a few words, with a link, what may state one of the values at *pointers*; nothing where nothing may."""
    patterns = list(_patterns(pointers))
    for name, text in section.registry_fields.items():
        told = _WORD_BORDER.sub(" ", name)
        if text.strip().casefold() not in _EMPTY and any(pattern.search(told) for pattern in patterns):
            said = gettext("stated, not taken apart")
            return Markdown(f"[{said}](#{OWN_FIELDS})")
    for item in section.unread:
        if any(pattern.search(item.text) for pattern in patterns):
            said = gettext("not read: see what was not understood")
            return Markdown(f"[{said}](#{NOT_UNDERSTOOD})")
    return NOTHING


def _patterns(pointers: tuple[str, ...]) -> Iterator[re.Pattern[str]]:
    for pointer in pointers:
        for step in reversed(pointer.split("/")):
            if step in _PATTERNS:
                yield _PATTERNS[step]
                break
