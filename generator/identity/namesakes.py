"""Namesakes: organizations whose names are equal are one where their places agree or are absent.

Names are equal also where they differ in nothing but blanks ("Jiao Tong", "Jiaotong") or in the order around one comma
("University Hospital, Limoges", "Limoges University Hospital").  Each join is a join with its reason, and a curated
``not_same_as`` undoes it.

Where the catalog knows one place of a name, those who bear it without a place are taken for the one there.  Where it
knows two places that do not agree, those without a place are one with each other and with neither.  So a document that
names a second place parts again what was joined; nothing else does.

A name made only of words for kinds of organizations ("National Cancer Institute") goes to the one place only if each
trial that names it without a place is in that country: another nation has one of that name too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field

from generator.identity.cleaning import clean
from generator.identity.countries import country_key
from generator.identity.joining import Join
from generator.identity.keys import behind_comma_first, city_key, key_without_blanks, organization_key, place_key
from generator.identity.resolution import Relation, Resolution
from generator.model.catalog import Mention
from generator.model.sentence import Sentence, sentence

_SHORTEST = 6
"""Letters of a name that is compared without its blanks."""

_MOST_SHOWN = 8
"""Namesakes that are shown to each other without being joined."""

_DAMAGED = re.compile(r"[^\w\s'’.,;:()\[\]&/+|\"#@!*-]")
"""Signs that stand where a letter was before it was damaged in transit: there a word does not end."""

_KIND_OF_TOWN = re.compile(r"[ -](?:city|shi|ku|gun)$")
"""What some documents add to a town's name and others do not: "Taipei City", "Kawasaki-shi"."""


@dataclass(slots=True)
class _Bearer:
    """All mentions that are compared by one node."""

    node: str
    key: str
    name: str
    """What tells the name from others: its key without blanks, unless it is very short or damaged."""
    text: str
    """The name as the first of them writes it."""
    town: str | None = None
    """Key of the town, as exactly as the mentions state it; None where no town is stated."""
    wide: str | None = None
    """Key of the town without its region, which not every document states."""
    names: frozenset[str] = frozenset()
    """Keys of the names that stand in the town's place: "Tokyo, Chuo-ku" holds two."""
    land: str = ""
    where: str = ""
    """Town and country as written."""
    studies: set[str] = field(default_factory=set)


def join_namesakes(
    resolution: Resolution, names: Sequence[str], is_generic: Callable[[str], bool], trials: Mapping[str, Set[str]]
) -> None:
    """Join the nodes of *resolution* whose names are equal and whose places agree or are absent.

    *names* are those of its mentions, without departments; *is_generic* says whether a name is made only of words
    for kinds of organizations; *trials* are the keys of the countries of each trial.
    """
    for bearers in _by_name(resolution, names):
        _join_orders(resolution, bearers)
        placed = [bearer for bearer in bearers if bearer.town is not None]
        placeless = [bearer for bearer in bearers if bearer.town is None]
        places = _places(resolution, placed)
        if not placeless or not places:
            continue
        first, one_place = placeless[0], places[0][0]
        if len(places) == 1 and _can_be_there(placeless, one_place, trials, strictly=is_generic(first.text)):
            reason = sentence("The same name; the catalog knows it in one place only, {place}.", place=one_place.where)
            resolution.joins.append(Join("exact-key", one_place.node, first.node, reason))
            continue
        reason = sentence(
            "The same name, once without a place and once in a place; "
            "nothing says which of the places is meant, or whether one is."
        )
        for bearer in placed[:_MOST_SHOWN]:
            resolution.relations.append(Relation("possibly", first.node, bearer.node, reason))


def _by_name(resolution: Resolution, names: Sequence[str]) -> Iterable[list[_Bearer]]:
    """Yield the nodes whose names are equal, together; only where there are several, in the order of the nodes."""
    bearers: dict[str, _Bearer] = {}
    turned: set[tuple[str, str]] = set()
    for keyed, name in zip(resolution.keyed_mentions, names, strict=True):
        bearer = bearers.get(keyed.node)
        if bearer is None:
            bearer = bearers[keyed.node] = _bearer(keyed.node, keyed.mention, name)
            other = behind_comma_first(name)
            if other is not None:
                turned.add((bearer.name, _name(organization_key(other), other)))
        bearer.studies.add(keyed.mention.study)
    first: dict[str, str] = {bearer.name: bearer.name for bearer in bearers.values()}
    for name, other in sorted(turned):
        if other in first:
            one, two = sorted((_first(first, name), _first(first, other)))
            first[two] = one
    together: dict[str, list[_Bearer]] = {}
    for node in sorted(bearers):
        together.setdefault(_first(first, bearers[node].name), []).append(bearers[node])
    return (found for found in together.values() if len(found) > 1)


def _first(first: Mapping[str, str], name: str) -> str:
    while first[name] != name:
        name = first[name]
    return name


def _name(key: str, text: str) -> str:
    return key_without_blanks(key) if len(key) >= _SHORTEST and not _DAMAGED.search(text) else key


def _bearer(node: str, mention: Mention, name: str) -> _Bearer:
    text = clean(name)
    key = organization_key(text)
    bearer = _Bearer(node, key, _name(key, text), text)
    town = place_key(mention.city, mention.state, mention.country)
    if town is not None and mention.city:
        bearer.town, bearer.wide = town, place_key(mention.city, None, mention.country)
        parts = (city_key(part) for part in mention.city.split(","))
        bearer.names = frozenset(_KIND_OF_TOWN.sub("", part) for part in parts if part)
        bearer.land = country_key(mention.country) if mention.country else ""
        bearer.where = ", ".join(clean(part) for part in (mention.city, mention.country) if part)
    return bearer


def _join_orders(resolution: Resolution, bearers: list[_Bearer]) -> None:
    """Join those that stand in one place, or in none, under names that differ in blanks or around a comma."""
    first: dict[str | None, _Bearer] = {}
    for bearer in bearers:
        other = first.setdefault(bearer.town, bearer)
        if other is not bearer:
            resolution.joins.append(Join("exact-key", other.node, bearer.node, _same_name(other, bearer)))


def _same_name(one: _Bearer, other: _Bearer) -> Sentence:
    if key_without_blanks(one.key) == key_without_blanks(other.key):
        return sentence("The same name as “{name}”: blanks and hyphens do not count.", name=one.text)
    return sentence("The same words as “{name}”: the comma says in which order they are read.", name=one.text)


def _places(resolution: Resolution, placed: list[_Bearer]) -> list[list[_Bearer]]:
    """Return the places of a name, each with those who stand there; join those whose places agree."""
    places: dict[str, list[_Bearer]] = {}
    for bearer in placed:
        places.setdefault(bearer.town or "", []).append(bearer)
    for alike in (_same_town_without_region, _same_town_otherwise_called, _same_town_without_country):
        for town in sorted(places):
            others = [other for other in sorted(places) if other != town and alike(places[town][0], places[other][0])]
            if len(others) == 1:
                one, other = places[others[0]][0], places[town][0]
                reason = sentence("The same name, and the same place: {place}.", place=one.where)
                resolution.joins.append(Join("exact-key", one.node, other.node, reason))
                places[others[0]] += places.pop(town)
    return [places[town] for town in sorted(places)]


def _same_town_without_region(one: _Bearer, other: _Bearer) -> bool:
    return one.town == one.wide == other.wide


def _same_town_otherwise_called(one: _Bearer, other: _Bearer) -> bool:
    called = one.names <= other.names or other.names <= one.names
    return called and one.land == other.land and bool(one.land) and one.wide != other.wide


def _same_town_without_country(one: _Bearer, other: _Bearer) -> bool:
    return not one.land and one.names == other.names


def _can_be_there(placeless: list[_Bearer], place: _Bearer, trials: Mapping[str, Set[str]], *, strictly: bool) -> bool:
    """Say whether the trials that name an organization without a place allow it to be in that place."""
    if not place.land:
        return not strictly
    studies = {study for bearer in placeless for study in bearer.studies}
    near = [not trials.get(study) or place.land in trials[study] for study in sorted(studies)]
    return all(near) if strictly else any(near)
