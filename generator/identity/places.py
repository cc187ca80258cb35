"""Places: cities with their country, and countries.

On top of the shared ladder: a city is compared with its country, and with its state where a country has many
cities of one name; "Cedex", district numbers and postal codes do not count.  Common other names of countries are
brought together by a table (:func:`generator.identity.keys.country_key`).
"""

from __future__ import annotations

from collections.abc import Iterable

from generator.identity.curated import CuratedNames
from generator.identity.keys import city_name, country_key, place_key
from generator.identity.ladder import Reading
from generator.identity.resolution import Relation, Resolution
from generator.model.catalog import Mention


def resolve_places(mentions: Iterable[Mention], curated: CuratedNames) -> Resolution:
    """Turn the mentions of cities and countries into readings; a city is part of its country."""
    resolution = Resolution("place")
    for mention in mentions:
        node = node_of(mention)
        if node is None:
            continue
        display = city_name(mention.text) if mention.role == "siteCity" else mention.text
        resolution.readings.append(Reading(mention, node, display))
        if mention.role == "siteCity" and mention.country:
            country = country_node(mention.country)
            reason = f"{mention.study} has a site in “{mention.text}”, {mention.country}."
            resolution.relations.append(Relation("part_of", node, country, reason))
        resolution.claim(curated, mention, node)
    return resolution


def node_of(mention: Mention) -> str | None:
    """Return what the place is compared by."""
    if mention.role == "country":
        return country_node(mention.text)
    return place_key(mention.text, mention.state, mention.country)


def country_node(country: str) -> str:
    """Return what a country is compared by; the bar keeps Luxembourg apart from the city of Luxembourg."""
    return f"|{country_key(country)}"
