"""Countries: which of them a name means.

"Korea, Republic of" and "South Korea" are one country, because ISO 3166 has one entry for both, and "Allemagne" is
Germany in CLDR (:mod:`generator.model.countries`).  What is no country of the standard (a former state, a part of the
United Kingdom) is not forced into one.
"""

from __future__ import annotations

from functools import lru_cache

from generator.identity.cleaning import words
from generator.model.countries import Country, countries, countries_by_code

PARTS_OF_COUNTRIES = {"england": "GB", "scotland": "GB", "wales": "GB", "northern ireland": "GB"}
"""What documents write in a country's place and is a part of one: a page of its own, which belongs to the country."""


@lru_cache(maxsize=16384)
def _key(text: str) -> str:
    return " ".join(word for word in words(text) if word not in ("the", "of", "and"))


@lru_cache(maxsize=1)
def _printed() -> dict[str, Country]:
    return {_key(name): country for country in countries() for name in (country.name, *country.printed)}


@lru_cache(maxsize=1)
def _translated() -> dict[str, Country]:
    """Read only where a name is not among those that registries print: there are many."""
    return {_key(name): country for country in countries() for name in country.translated}


@lru_cache(maxsize=4096)
def country_of(text: str) -> Country | None:
    """Return the country of ISO 3166 that *text* names, or None where the vocabulary does not know it."""
    found = _named(text)
    return found if found is not None and found.code else None


def _named(text: str) -> Country | None:
    key = _key(text)
    return _printed().get(key) or _translated().get(key)


@lru_cache(maxsize=4096)
def is_country(text: str) -> bool:
    """Say whether *text* is the name of a country or a former country."""
    return _named(text) is not None


def stands_for_country(text: str) -> bool:
    """Say whether *text* names a country, a former country or a part of one, such as Scotland."""
    return is_country(text) or _key(text) in PARTS_OF_COUNTRIES


def country_by_code(code: str) -> Country | None:
    """Return the country with this *code*."""
    return countries_by_code().get(code)


@lru_cache(maxsize=4096)
def country_key(text: str) -> str:
    """Return what a country is compared by: its code where the vocabulary knows it, else its words.

    A town of a part of a country is compared by the country: Edinburgh in Scotland is Edinburgh in the United Kingdom.
    """
    key = _key(text)
    country = country_of(text)
    return country.code if country else PARTS_OF_COUNTRIES.get(key, key)


def country_words(text: str) -> str:
    """Return the words of a country's name that count."""
    return _key(text)
