"""Towns for a search by distance: those with sites of the catalog, and all of the gazetteer as a centre.

A town is found by its exact name or another name of it, never by a part of one; where several have the name, the
browser asks which is meant.  So the towns of the gazetteer go along: only they tell that there is another London.
"""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median

import msgspec

from generator.identity.countries import country_by_code
from generator.identity.gazetteer import all_towns, town_key
from generator.model.catalog import Catalog, Entity

FILES = 64
"""Files with the gazetteer's towns: a search by place loads one of some 15 KB."""

_DIGITS = 3
"""Of a degree, behind the point: a hundred metres."""


class Town(msgspec.Struct, frozen=True, array_like=True):
    """A town as the browser reads it."""

    id: str
    """Of the catalog's place; of the gazetteer's towns nothing."""
    name: str
    region: str
    country: str
    latitude: float | None
    longitude: float | None
    """Degrees, WGS 84; None where neither a document nor the gazetteer has them."""
    geonames: str
    keys: list[str] = []
    """What its names are compared by: the town's own first."""


def towns_with_sites(catalog: Catalog, points: Iterable[tuple[str, float, float]]) -> list[Town]:
    """Return the towns that have sites, sorted by id, those whose coordinates are not known among them.

    Coordinates come from the places themselves, else from the *points* (id of the place, latitude, longitude) at which
    documents place their sites.
    """
    by_place: dict[str, list[tuple[float, float]]] = {}
    for place, latitude, longitude in points:
        by_place.setdefault(place, []).append((latitude, longitude))
    entities = [entity for entity in catalog.entities_of_kind("place") if "siteCity" in entity.roles]
    entities.sort(key=lambda entity: entity.id)
    wanted = {entity.identifiers.get("geonames") for entity in entities}
    known = {town.geonames: (region, others) for town, region, others in all_towns() if town.geonames in wanted}
    return [_town(entity, by_place.get(entity.id, []), known) for entity in entities]


def _town(entity: Entity, sites: list[tuple[float, float]], known: dict[str, tuple[str, list[str]]]) -> Town:
    geonames = entity.identifiers.get("geonames", "")
    region, others = known.get(geonames, ("", []))
    where = (entity.latitude, entity.longitude)
    if None in where and sites:
        where = (median(site[0] for site in sites), median(site[1] for site in sites))
    latitude, longitude = (None if degrees is None else round(degrees, _DIGITS) for degrees in where)
    names = [entity.name, *(spelling.text.partition(",")[0] for spelling in entity.spellings)]
    keys = list(dict.fromkeys([*map(town_key, names), *others]))
    name, country = (" ".join((text or "").split()) for text in (entity.name, entity.country))
    return Town(entity.id, name, region, country, latitude, longitude, geonames, [key for key in keys if key])


def gazetteer_files() -> dict[str, bytes]:
    """Return files with the towns of the gazetteer, by number: each key of a name with the towns that have it."""
    buckets: list[dict[str, list[Town]]] = [{} for _ in range(FILES)]
    for town, region, others in all_towns():
        country = country_by_code(town.country)
        name = country.name if country else town.country
        entry = Town("", town.name, region, name, town.latitude, town.longitude, town.geonames)
        for key in dict.fromkeys([town_key(town.name), *others]):
            buckets[_bucket(key)].setdefault(key, []).append(entry)
    return {str(number): msgspec.json.encode(towns) for number, towns in enumerate(buckets)}


def _bucket(key: str) -> int:
    """Return the number of the file that holds *key*; the browser computes it in the same way."""
    number = 0
    for character in key:
        number = (number * 31 + ord(character)) % FILES
    return number
