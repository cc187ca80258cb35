"""A flag in English, as data files have it, with what pages need to say it in their language."""

from __future__ import annotations

from collections.abc import Mapping

from generator.model.catalog_section import Flag
from generator.model.registry_words import english_words
from generator.model.source import Source

CODES = frozenset({"status", "type", "phases", "kind"})
"""Names in braces that stand for registries' codes: `kind` for the title of one, the others for words in a sentence."""


def make_flag(
    code: str,
    sentences: list[str],
    values: Mapping[str, str | list[str]] | None = None,
    *,
    basis: str,
    sources: list[Source],
    pointers: list[str] | None = None,
    severity: str = "warning",
) -> Flag:
    """Return a flag that says *sentences*, messages for translators, with *values* for the names in their braces."""
    values = dict(values or {})
    english = {name: _in_english(name, value) for name, value in values.items()}
    return Flag(
        code=code,
        message=" ".join(sentence.format(**english) for sentence in sentences),
        severity=severity,
        pointers=pointers or [],
        sources=sources,
        basis=basis,
        sentences=sentences if values else [],
        values=values,
    )


def _in_english(name: str, value: str | list[str]) -> str:
    if isinstance(value, list):
        return (", " if name in CODES else " and ").join(_in_english(name, item) for item in value)
    if name not in CODES:
        return value
    words = english_words(value)
    return words if name == "kind" else words[:1].lower() + words[1:]
