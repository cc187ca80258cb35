"""Countries: their codes in ISO 3166 and the names under which documents write them, from one table beside this file.

Names in other languages come from CLDR (see ``README.md`` there); what registries write otherwise is kept by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

TABLE = "countries.tsv"
"""Code, name, names that registries print, names in other languages; fields between tabs, names between bars."""

_SHORTEST_PRINTED = 4


@dataclass(frozen=True, slots=True)
class Country:
    """A country of ISO 3166, or a former one without a code."""

    code: str
    """Two letters; empty for a former country."""
    name: str
    """The name that is shown."""
    printed: tuple[str, ...] = ()
    """Other names under which registries print it."""
    translated: tuple[str, ...] = ()
    """Its names in other languages that no other country has."""


@lru_cache(maxsize=1)
def countries() -> tuple[Country, ...]:
    """Return all countries, those of ISO 3166 in the order of their codes, then former ones."""
    text = (Path(__file__).parent / TABLE).read_text(encoding="utf-8")
    found = []
    for line in text.splitlines():
        code, name, printed, translated = line.split("\t")
        found.append(Country(code, name, _names(printed), _names(translated)))
    return tuple(found)


@lru_cache(maxsize=1)
def countries_by_code() -> dict[str, Country]:
    """Return the countries of ISO 3166 by their code."""
    return {country.code: country for country in countries() if country.code}


@lru_cache(maxsize=1)
def printed_names() -> frozenset[str]:
    """Return the names that registries print, letter for letter, without short forms such as "UK"."""
    names = (name for country in countries() for name in (country.name, *country.printed))
    return frozenset(name for name in names if len(name.replace(".", "")) >= _SHORTEST_PRINTED)


def _names(field: str) -> tuple[str, ...]:
    return tuple(field.split("|")) if field else ()
