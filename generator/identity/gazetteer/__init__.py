"""Towns and their coordinates, from a cut of GeoNames that lies beside this file (see ``README.md`` there).

A town is found by its name, its country and, where a document states it, its region.  Nothing is guessed: a name
that two towns of one country bear finds neither, however large one of them is, unless the region decides.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from generator.identity.cleaning import words

CITIES = "towns.tsv.gz"
"""Regions, an empty line, towns; fields between tabs, names between bars."""

ATTRIBUTION = "GeoNames (geonames.org), CC BY 4.0"

_SHORT_FORMS = {"saint": "st", "sankt": "st", "sainte": "ste"}


@dataclass(frozen=True, slots=True)
class Town:
    """A town of the gazetteer."""

    geonames: str
    """Its number in GeoNames."""
    name: str
    country: str
    """Two letters of ISO 3166."""
    region: str
    """Code of its first-level region in GeoNames; empty where the gazetteer has no regions for the country."""
    latitude: float
    longitude: float
    thousands: int
    """People, in thousands; 0 where they are fewer than a hundred thousand."""


@dataclass(frozen=True, slots=True)
class Region:
    """A first-level region: a state, a province."""

    country: str
    code: str
    name: str


@lru_cache(maxsize=65536)
def town_key(text: str) -> str:
    """Return what a town's name is compared by: its folded words, "Saint" as "St"."""
    return " ".join(_SHORT_FORMS.get(word, word) for word in words(text))


@lru_cache(maxsize=4096)
def region_of(text: str, country: str) -> Region | None:
    """Return the region of *country* (two letters) that *text* names, or None."""
    return _gazetteer().regions.get((country, town_key(text)))


@lru_cache(maxsize=65536)
def town_of(text: str, country: str, region: str | None = None) -> Town | None:
    """Return the one town that *text* can name in *country* (two letters), or None.

    *region* is a region's name as a document states it.  One that the gazetteer knows must agree; beside one that it
    does not know, only the town's own name counts.
    """
    towns = _towns_of(country)
    key = town_key(text)
    named = towns.named.get(key, ())
    candidates = named or towns.otherwise.get(key, ())
    stated = region_of(region, country) if region else None
    if region and stated is None and not named and _gazetteer().has_regions(country):
        return None
    if stated is not None:
        candidates = tuple(town for town in candidates if town.region == stated.code)
        return candidates[0] if len(candidates) == 1 else None
    return candidates[0] if len(candidates) == 1 and key not in towns.shared else None


@lru_cache(maxsize=65536)
def is_shared(text: str, country: str) -> bool:
    """Say whether two towns of *country* are known to bear the name *text*."""
    towns = _towns_of(country)
    key = town_key(text)
    return key in towns.shared or len(towns.named.get(key) or towns.otherwise.get(key, ())) > 1


def all_towns() -> Iterator[tuple[Town, str, list[str]]]:
    """Yield each town with the name of its region (empty where none is known) and the keys of its other names."""
    regions = {(region.country, region.code): region.name for region in _gazetteer().regions.values()}
    for country, lines in _gazetteer().lines.items():
        for line in lines:
            town, _, others = _town(country, line)
            yield town, regions.get((country, town.region), ""), [other.removeprefix("?") for other in others]


@dataclass(slots=True)
class _Gazetteer:
    regions: dict[tuple[str, str], Region] = field(default_factory=dict)
    lines: dict[str, list[str]] = field(default_factory=dict)
    """By country, not yet taken apart."""

    def has_regions(self, country: str) -> bool:
        return any(known == country for known, _ in self.regions)


@dataclass(slots=True)
class _Towns:
    """The towns of one country."""

    named: dict[str, tuple[Town, ...]] = field(default_factory=dict)
    """By key of the name."""
    otherwise: dict[str, tuple[Town, ...]] = field(default_factory=dict)
    """By key of another name."""
    shared: set[str] = field(default_factory=set)
    """Names that another town bears too, though perhaps not in the cut."""


@lru_cache(maxsize=1)
def _gazetteer() -> _Gazetteer:
    """Read the file, once and only where a place is asked for."""
    text = gzip.decompress((Path(__file__).parent / CITIES).read_bytes()).decode()
    head, _, body = text.partition("\n\n")
    found = _Gazetteer()
    for line in head.splitlines():
        country, code, several = line.split("\t")
        names = several.split("|")
        for name in names:
            found.regions[country, town_key(name)] = Region(country, code, names[0])
    for line in body.splitlines():
        country, _, rest = line.partition("\t")
        found.lines.setdefault(country, []).append(rest)
    return found


@lru_cache(maxsize=512)
def _towns_of(country: str) -> _Towns:
    """Take the lines of one country apart, where it is asked for."""
    found = _Towns()
    shared_otherwise: set[str] = set()
    for line in _gazetteer().lines.get(country, ()):
        town, also, others = _town(country, line)
        key = town_key(town.name)
        found.named[key] = (*found.named.get(key, ()), town)
        if also:
            found.shared.add(key)
        for marked in others:
            other = marked.removeprefix("?")
            found.otherwise[other] = (*found.otherwise.get(other, ()), town)
            if other != marked:
                shared_otherwise.add(other)
    # A town's own name goes before what another is called too.
    found.shared |= shared_otherwise - found.named.keys()
    return found


def _town(country: str, line: str) -> tuple[Town, bool, list[str]]:
    """Return the town of a line, whether another town of its country has its name, and the keys of its other names."""
    number, name, region, latitude, longitude, thousands, also, others = line.split("\t")
    town = Town(number, name, country, region, float(latitude), float(longitude), int(thousands or 0))
    return town, bool(also), others.split("|") if others else []
