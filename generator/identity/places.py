"""Places: cities, the regions that documents state for them, and countries.

Beyond the shared rules (:mod:`~generator.identity.joining`):

- A city is compared with its country, and with its region where a country has many cities of one name; "Cedex",
  district numbers and postal codes do not count.
- A city that the gazetteer has once in its country, or once in the region that the document states, has a number
  there: "Praha" and "Prague" are one by it.  A name of two cities in one country is never placed by a guess.
- A country is compared by its code in ISO 3166 (:mod:`generator.identity.countries`); England and the like are part
  of their country.
- A city is part of its region where one is stated, else of its country; a region is part of its country.

Coordinates are those that a document states for the city (the ``geoPoint`` of a location), else the gazetteer's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from generator.identity.cleaning import words
from generator.identity.countries import (
    PARTS_OF_COUNTRIES,
    country_by_code,
    country_key,
    country_of,
    country_words,
    stands_for_country,
)
from generator.identity.curated import CuratedNames
from generator.identity.gazetteer import ATTRIBUTION, Town, region_of, town_key
from generator.identity.joining import Group, Join, KeyedMention
from generator.identity.keys import city_key, city_name, placed_town, written_place_key
from generator.identity.resolution import Relation, Resolution
from generator.model.catalog import CoordinatesFrom, Mention
from generator.model.problem import Problem
from generator.model.sentence import sentence
from generator.model.study import GeoPoint, Study


def resolve_places(mentions: Iterable[Mention], curated: CuratedNames) -> Resolution:
    """Turn the mentions of cities, regions and countries into keyed mentions, joins and what is part of what."""
    resolution = Resolution("place")
    for mention in mentions:
        node = node_of(mention)
        if node is None:
            continue
        if mention.role == "country":
            _read_country(resolution, mention, node, curated)
        elif mention.role == "region":
            _read_region(resolution, mention, node)
        else:
            _read_city(resolution, mention, node)
        resolution.claim(curated, mention, node)
    return resolution


def node_of(mention: Mention) -> str | None:
    """Return what the place is compared by."""
    if mention.role == "country":
        return f"={country_words(mention.text)}"
    if mention.role == "region":
        return region_node(mention.text, mention.country)
    return written_place_key(mention.text, mention.state, mention.country)


def country_node(country: str) -> str:
    """Return what all names of a country are joined to; the sign keeps Luxembourg apart from the city of Luxembourg."""
    return f"={country_key(country)}" if country_of(country) else f"={country_words(country)}"


def region_node(region: str, country: str | None) -> str | None:
    """Return what a region is compared by; None where the text names none ("75013", "Cedex 12")."""
    if country is None:
        return None
    region = _without_country(region, country)
    known = region_of(region, country_key(country))
    key = " ".join(words(known.name if known else region))
    if known is None and (
        sum(map(str.isalpha, key)) < _SHORTEST_REGION or any(map(str.isdigit, key)) or "cedex" in key
    ):
        return None
    return f"~{key}|{country_key(country)}"


_SHORTEST_REGION = 4


def _without_country(region: str, country: str) -> str:
    """Return a region's name without its country ("Fukushima, Japan") and without what brackets repeat."""
    region = region.partition("[")[0].strip() or region
    head, comma, tail = region.rpartition(",")
    return head.strip() if comma and country_key(tail) == country_key(country) else region


def _read_country(resolution: Resolution, mention: Mention, node: str, curated: CuratedNames) -> None:
    known = country_of(mention.text)
    resolution.keyed_mentions.append(KeyedMention(mention, node, known.name if known else mention.text))
    if known is None and not stands_for_country(mention.text) and curated.match(mention) is None:
        for source in mention.sources[:1]:
            message = (
                f"“{mention.text}” stands where a country belongs, and no list of countries has it: correct it, or "
                "make it a spelling of the country that is meant in seeds/names/places.yml."
            )
            resolution.problems.append(
                Problem(
                    path=source.document,
                    line=source.first_line,
                    message=message,
                    severity="note",
                    code="unknown-country",
                )
            )
    if known is not None:
        hub = country_node(mention.text)
        reason = sentence(
            "“{name}” and “{other}” are names of one country, {code} in ISO 3166.",
            name=mention.text,
            other=known.name,
            code=known.code,
        )
        resolution.joins.append(Join("external-id", hub, node, reason))
        resolution.identifiers.setdefault(hub, {})["iso3166"] = known.code
    whole = country_by_code(PARTS_OF_COUNTRIES.get(country_words(mention.text), ""))
    if whole is not None:
        reason = sentence("{name} is a part of the {whole}.", name=mention.text, whole=whole.name)
        resolution.relations.append(Relation("part_of", node, country_node(whole.name), reason))


def _read_region(resolution: Resolution, mention: Mention, node: str) -> None:
    country = mention.country or ""
    text = _without_country(mention.text, country)
    known = region_of(text, country_key(country))
    resolution.keyed_mentions.append(KeyedMention(mention, node, known.name if known else text))
    reason = sentence(
        "{study} has a site in “{name}”, {country}.", study=mention.study, name=mention.text, country=country
    )
    resolution.relations.append(Relation("part_of", node, country_node(country), reason))


def _read_city(resolution: Resolution, mention: Mention, node: str) -> None:
    town = placed_town(mention.text, mention.state, mention.country)
    # Of the names that documents write, the one that the gazetteer has is the best known.
    preferred = int(town is not None and town_key(town.name) == town_key(city_name(mention.text)))
    resolution.keyed_mentions.append(KeyedMention(mention, node, city_name(mention.text), preferred))
    if town is not None:
        hub = f"geonames:{town.geonames}"
        country = country_by_code(town.country)
        where = f"{town.name}, {country.name if country else town.country}"
        reason = sentence(
            "“{name}” is a name of {town}, number {number} in GeoNames.",
            name=city_name(mention.text),
            town=where,
            number=town.geonames,
        )
        resolution.joins.append(Join("external-id", hub, node, reason))
        resolution.identifiers.setdefault(hub, {})["geonames"] = town.geonames
    if not mention.country:
        return
    region = region_node(mention.state, mention.country) if mention.state else None
    if region is not None and mention.state and city_key(mention.state) != city_key(mention.text):
        reason = sentence(
            "{study} has a site in “{name}”, {region}, {country}.",
            study=mention.study,
            name=mention.text,
            region=mention.state,
            country=mention.country,
        )
        resolution.relations.append(Relation("part_of", node, region, reason))
    else:
        reason = sentence(
            "{study} has a site in “{name}”, {country}.",
            study=mention.study,
            name=mention.text,
            country=mention.country,
        )
        resolution.relations.append(Relation("part_of", node, country_node(mention.country), reason))


def coordinates(
    group: Group, studies: Mapping[str, Study]
) -> tuple[float | None, float | None, CoordinatesFrom | None]:
    """Return latitude and longitude of a city, and who says so; None where nothing is known.

    What documents state goes first, if all of them mean one spot; then the gazetteer.
    """
    cities = [keyed.mention for keyed in group.keyed_mentions if keyed.mention.role == "siteCity"]
    stated: Counter[tuple[float, float]] = Counter()
    for mention in cities:
        point = _point(mention, studies)
        if point is not None and point.lat is not None and point.lon is not None:
            stated[point.lat, point.lon] += 1
    towns: dict[str, Town] = {}
    for mention in cities:
        town = placed_town(mention.text, mention.state, mention.country)
        if town is not None:
            towns[town.geonames] = town
    if stated:
        often = max(stated.values())
        latitude, longitude = min(point for point, count in stated.items() if count == often)
        if all(abs(lat - latitude) + abs(lon - longitude) < _ONE_SPOT for lat, lon in stated):
            return latitude, longitude, "documents"
        return None, None, None
    if len(towns) == 1:
        [town] = towns.values()
        return town.latitude, town.longitude, "gazetteer"
    return None, None, None


COORDINATES: Mapping[CoordinatesFrom, str] = {
    "documents": "Coordinates as documents state them for sites here.",
    "gazetteer": f"Coordinates from {ATTRIBUTION}.",
}
"""Where coordinates come from, as a sentence for a page."""


_ONE_SPOT = 0.5
"""Degrees; documents that are further apart mean different cities, and then none is placed."""


def _point(mention: Mention, studies: Mapping[str, Study]) -> GeoPoint | None:
    """Return the coordinates that a document states beside the city."""
    base, found, rest = mention.pointer.partition("/locations/")
    index = rest.partition("/")[0]
    study = studies.get(mention.study)
    if not found or study is None or not index.isdecimal() or not base.endswith("contactsLocationsModule"):
        return None
    locations = study.protocol_section.contacts_locations_module.locations
    return locations[int(index)].geo_point if int(index) < len(locations) else None
