"""Organizations: sponsors, collaborators, affiliations and sites are one kind, and one page each.

Beyond the shared rules (:mod:`~generator.identity.joining`):

- A name is compared with its place, as far as documents state one: "Hôpital Européen" in Marseille is not one in
  Paris.  A site whose own name says its city ("Nancy University Hospital" in Nancy) is also compared by its name alone.
- Equal names whose places agree or are absent are one (:mod:`~generator.identity.namesakes`).
- A name that only says what kind of organization it is ("University Hospital") names none without a place and stays
  text.
- "AP-HP" is the organization that a document calls "... (AP-HP)" where that stands in the same study, or where
  the site's city stands in the full name.  Fewer than six letters are too few to join on their own.
- "APHP - Cochin" is a hospital that is part of AP-HP, not AP-HP.  "Faculty of X, University Y" is part of Y.
- A department of a hospital is no organization of its own: "Department of X, Hospital Y" names Y, and so does
  "Universitätsklinikum Y, Klinik für X".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from functools import lru_cache

import msgspec

from generator.identity.cleaning import clean, mend_reduced_letters, without_lost_letters, words
from generator.identity.curated import CuratedNames
from generator.identity.joining import CURATED_NODE, Group, Join, KeyedMention
from generator.identity.keys import (
    acronym_key,
    city_key,
    mentions_organization,
    organization_key,
    organization_name,
    owner,
    place_behind,
    place_key,
    stated_acronym,
)
from generator.identity.namesakes import join_namesakes
from generator.identity.resolution import Relation, Resolution, quoted_study
from generator.identity.word_lists import CITIES_OF_ONE_NAME, FIELDS, KIND_WORDS, SCOPE_WORDS
from generator.model.catalog import Mention
from generator.model.sentence import Sentence, sentence

_GROUP_AND_HOSPITAL = re.compile(r"^(?P<group>[A-Z][A-Za-z]*(?:-[A-Za-z]+)?)\s+-\s+(?P<hospital>\S.*)$")
_DEPARTMENT = re.compile(
    r"^(?:department|dept|division|section|unit|service|servicio|servizio|servei|abteilung|"
    r"klinik (?:und poliklinik )?fur|"
    r"institut fur|clinic (?:of|for)|faculty|school|institute of|laboratory|center for|centre for|"
    r"dipartimento|departement|departamento|pole|unite)\b"
)


@lru_cache(maxsize=65536)
def is_generic(text: str) -> bool:
    """Say whether an organization's name says only what kind of organization it is."""
    parts = organization_key(text).split()
    return all(part in KIND_WORDS or part.isdigit() or len(part) == 1 for part in parts)


@lru_cache(maxsize=65536)
def fits_many_organizations(text: str) -> bool:
    """Say whether a name without a place can be any of many: "University Hospital", "Cancer Center".

    "National Cancer Institute", "Children's Oncology Group" are made of such words too, and yet are names: they say
    for whom there is one.  So is a name with a short form of its own.
    """
    parts = organization_key(text).split()
    if stated_acronym(text)[1] or not all(
        part in _NAME_NO_ORGANIZATION or part.isdigit() or len(part) == 1 for part in parts
    ):
        return False
    return len(parts) < _FEWEST_WORDS_OF_A_NAME or SCOPE_WORDS.isdisjoint(parts)


_FEWEST_WORDS_OF_A_NAME = 3
_NAME_NO_ORGANIZATION = KIND_WORDS | FIELDS


def resolve_organizations(
    mentions: Iterable[Mention], curated: CuratedNames, countries: Mapping[str, Set[str]] | None = None
) -> Resolution:
    """Turn the mentions of organizations into keyed mentions and joins, and say what is part of what.

    *countries* are the keys of the countries of each trial.
    """
    resolution = Resolution("organization")
    mentions = [
        mention
        for mention in mentions
        if not _can_be_any(mention)
        or curated.match(mention) is not None
        or resolution.reject(mention, "kind of organization")
    ]
    inner = [mention if curated.match(mention) is not None else _without_department(mention) for mention in mentions]
    stated = _StatedAcronyms(inner)
    for mention, named in zip(mentions, inner, strict=True):
        node = node_of(named)
        resolution.keyed_mentions.append(KeyedMention(mention, node, organization_name(named.text)))
        resolution.claim(curated, named, node)
        _join_own_city(resolution, named, node)
        _join_university_hospital(resolution, named, node)
        _join_acronym(resolution, named, node, stated)
    known = {keyed.node for keyed in resolution.keyed_mentions}
    seen: set[tuple[str, str]] = set()
    for named, keyed in zip(inner, resolution.keyed_mentions, strict=True):
        if (named.text, keyed.node) not in seen:  # what these two say is the same for the same text and node
            seen.add((named.text, keyed.node))
            _join_lost_letters(resolution, named, known)
            _join_place_behind(resolution, named, keyed.node, known)
        _part_of_group(resolution, named, curated, stated)
        _part_of_hospital(resolution, named, known)
        _part_of_owner(resolution, named, known)
    join_namesakes(resolution, [named.text for named in inner], is_generic, countries or {})
    return resolution


def _without_department(mention: Mention) -> Mention:
    hospital = hospital_of_department(mention.text)
    return mention if hospital is None else msgspec.structs.replace(mention, text=hospital)


@lru_cache(maxsize=65536)
def hospital_of_department(text: str) -> str | None:
    """Return the hospital whose department *text* names, or None where it names none.

    "Department of X, Hospital Y", "Hospital Y, Department of X" and "Universitätsklinikum Y Klinik für X" name Y.
    """
    text = clean(text)
    if len(text) > _LONGEST:
        return None
    segments = [segment.strip() for segment in _DEPARTMENT_BEGINS.sub(", ", text).split(",") if segment.strip()]
    departments = [bool(_IN_HOSPITAL.match(_plain(segment))) for segment in segments]
    first = next((i for i, one in enumerate(segments) if not departments[i] and _HOSPITAL.search(_plain(one))), None)
    if first is None or not any(departments):
        return None
    last = next((i for i in range(first + 1, len(segments)) if departments[i]), len(segments))
    # What stands around goes on with a department's name ("Kopf- und Halschirurgie") or says who heads it.
    around = [*segments[:first], *segments[last:]]
    if (first and not departments[0]) or any(_names_hospital(segment) for segment in around):
        return None
    hospital = ", ".join(segments[first:last])
    return None if is_generic(hospital) or hospital.count("(") != hospital.count(")") else hospital


def _names_hospital(segment: str) -> bool:
    return not _IN_HOSPITAL.match(_plain(segment)) and mentions_organization(mend_reduced_letters(segment))


_LONGEST = 250


def _plain(text: str) -> str:
    return " ".join(words(mend_reduced_letters(text)))


_IN_HOSPITAL = re.compile(
    r"(?:department|dept|division|abteilung|lehrstuhl|frauenklinik|kinderklinik|neurologische klinik|"
    r"(?:universitats)?klinik(?: und poliklinik)? f(?:u|o)?r|institut f(?:u|o)?r)\b|[\w ]{1,60} department(?: of|$)"
)
_DEPARTMENT_BEGINS = re.compile(
    r"(?<=\w) (?=(?:Klinik(?: und Poliklinik)? f\S{0,6}r|Institut f\S{0,6}r|Abteilung) )|"
    r"(?<=\w) (?=Universit\S{0,8}tsklinik(?:um)? \w+$)"
)
_HOSPITAL = re.compile(
    r"hospital\b|hospitalet\b|klinikum\b|^universitatsklinik\b|uniklinik\b|spital\b|\bhopital\b|\bospedale\b|\bchu\b|"
    r"\bcentre hospitalier\b|ziekenhuis\b|sjukhus\b|sykehus\b"
)


def _can_be_any(mention: Mention) -> bool:
    return fits_many_organizations(mention.text) and (mention.city is None or city_key(mention.city) is None)


def node_of(mention: Mention) -> str:
    """Return what *mention* is compared by: its name, with its place for sites and addresses."""
    key = organization_key(mention.text)
    place = place_key(mention.city, mention.state, mention.country)
    return key if place is None else f"{key}@{place}"


def former_nodes(group: Group) -> frozenset[str]:
    """Return what the organization was compared by before regions counted, and while departments had pages.

    Its slugs are stored under that.
    """
    mentions = [keyed.mention for keyed in group.keyed_mentions]
    return frozenset(
        f"{organization_key(mention.text)}@{place}"
        for mention in mentions
        if mention.state and (place := place_key(mention.city, None, mention.country)) is not None
    ) | {node_of(mention) for mention in mentions if hospital_of_department(mention.text) is not None}


def _join_own_city(resolution: Resolution, mention: Mention, node: str) -> None:
    """Compare a site by its name alone where the name itself says the city."""
    city = city_key(mention.city) if mention.city else None
    key = organization_key(mention.text)
    if city is None or city.replace(" ", "-") in CITIES_OF_ONE_NAME or node == key:
        return
    if f" {city} " in f" {key} " and len(key) > len(city) + 3 and set(key.split()) - set(city.split()):
        reason = sentence(
            "The same name, which itself says the city of the site, {city}.", city=clean(mention.city or "")
        )
        resolution.joins.append(Join("exact-key", key, node, reason))


def _join_university_hospital(resolution: Resolution, mention: Mention, node: str) -> None:
    """Join "University Hospital, Ghent" to the site "Ghent University Hospital" in Ghent.

    Only where nothing but the city stands beside the two words, and a site there confirms that it is the city: the
    order of words matters elsewhere ("University of York" is not "York University").
    """
    city = city_key(mention.city) if mention.city else None
    if city is None or city.replace(" ", "-") in CITIES_OF_ONE_NAME:
        return
    orders = (f"{city} university hospital", f"university hospital {city}")
    key = organization_key(mention.text)
    if key in orders:
        other = orders[1 - orders.index(key)]
        reason = sentence(
            "The same words, and the site stands in the city that they name, {city}.", city=clean(mention.city or "")
        )
        resolution.joins.append(Join("exact-key", other, node, reason))


def _join_lost_letters(resolution: Resolution, mention: Mention, known: set[str]) -> None:
    """Join names that are one but for what transit does to letters.

    "Universittsklinikum Freiburg" lost its accented letter, and "Universitaetsklinikum" spells it out.  Short names
    are left alone: a short word that loses a letter can become another one.
    """
    node = node_of(mention)
    key = organization_key(mention.text)
    if len(key) < _LONG_ENOUGH:
        return
    for text in sorted(without_lost_letters(mention.text)):
        other = node.replace(key, organization_key(text), 1)
        if other in known and other != node:
            reason = sentence(
                "The same name as “{name}”, with its accented letters lost in transit.", name=clean(mention.text)
            )
            resolution.joins.append(Join("exact-key", node, other, reason))
    plain = node.replace(key, _SPELLED_OUT.sub(r"\1", key), 1)
    if plain in known and plain != node:
        reason = sentence("The same name as “{name}”, in which ä, ö and ü are spelled out.", name=clean(mention.text))
        resolution.joins.append(Join("exact-key", plain, node, reason))


_SPELLED_OUT = re.compile(r"([aou])e(?=[a-z])")


def _join_place_behind(resolution: Resolution, mention: Mention, node: str, known: set[str]) -> None:
    """Join "X - Bauru, SP, Brazil" to "X" where X has words enough to be one hospital and no other."""
    key = organization_key(mention.text)
    own_words = [part for part in key.split() if part not in KIND_WORDS and len(part) > 1]
    if place_behind(mention.text) and key != node and key in known and len(own_words) >= _ENOUGH_OWN_WORDS:
        reason = sentence("The same name, and “{name}” only adds the place.", name=clean(mention.text))
        resolution.joins.append(Join("exact-key", key, node, reason))


_ENOUGH_OWN_WORDS = 3
_LONG_ENOUGH = 16


_LONG_ACRONYM = 6


class _StatedAcronyms:
    """The acronyms that documents state: "Assistance Publique Hôpitaux de Paris (AP-HP)"."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self.full: dict[str, list[tuple[str, str, Mention]]] = {}
        """By acronym: the node and key of the full name, and the mention that states it."""
        self.cities: dict[tuple[str, str], dict[str, str]] = {}
        """By study and acronym: the cities of the sites that the study names by it, by their keys, as written."""
        seen: set[tuple[str, str, str]] = set()
        for mention in sorted(mentions, key=lambda mention: (mention.text, mention.study, mention.pointer)):
            full, acronym = stated_acronym(mention.text)
            if acronym:
                key = acronym_key(acronym) or ""
                entry = (key, node_of(mention), mention.study)
                if entry not in seen:
                    seen.add(entry)
                    self.full.setdefault(key, []).append((node_of(mention), organization_key(full), mention))
            short = _acronym_or_group(mention.text)
            city = city_key(mention.city) if mention.city else None
            if short and city:
                self.cities.setdefault((mention.study, short), {}).setdefault(city, clean(mention.city or ""))

    def meant_by(self, short: str, mention: Mention) -> list[tuple[str, Sentence]]:
        """Return the nodes that *short* stands for in this mention, each with the reason."""
        found = []
        for node, key, statement in self.full.get(short, ()):
            stated = {"study": quoted_study(statement.study), "name": statement.text}
            cities = self.cities.get((mention.study, short), {})
            near = sorted(name for city, name in cities.items() if f" {city} " in f" {key} ")
            if statement.study == mention.study:
                why = sentence("{study} states “{name}”, and the short name stands in the same trial.", **stated)
                found.append((node, why))
            elif near:
                why = sentence(
                    "{study} states “{name}”, and the site's city, {city}, stands in that name.", **stated, city=near[0]
                )
                found.append((node, why))
            elif len(short) >= _LONG_ACRONYM:
                why = sentence(
                    "{study} states “{name}”; a short name of so many letters is one organization's.", **stated
                )
                found.append((node, why))
        return found


@lru_cache(maxsize=65536)
def _acronym_or_group(text: str) -> str | None:
    group, short = _group_before_hospital(text)
    return short if group else acronym_key(text)


@lru_cache(maxsize=65536)
def _group_before_hospital(text: str) -> tuple[str | None, str | None]:
    """Return the short name before the dash of "APHP - Cochin", as written and as a key."""
    match = _GROUP_AND_HOSPITAL.match(clean(text))
    return (match["group"], acronym_key(match["group"])) if match else (None, None)


@lru_cache(maxsize=65536)
def _hospitals_of_department(text: str) -> tuple[str, ...]:
    """Return what the hospitals of "Department of X, Hospital Y, Town" can be called, the longest first."""
    segments = [segment.strip() for segment in clean(text).split(",")]
    if len(segments) < 2 or not _DEPARTMENT.match(" ".join(words(segments[0]))):
        return ()
    hospitals = (", ".join(segments[start:]) for start in range(1, len(segments)))
    return tuple(hospital for hospital in hospitals if not is_generic(hospital))


def _join_acronym(resolution: Resolution, mention: Mention, node: str, stated: _StatedAcronyms) -> None:
    acronym = stated_acronym(mention.text)[1]
    if acronym and (key := acronym_key(acronym)):
        # The short name is a spelling of its own, under which the organization can be looked for.
        reason = sentence("{study} states “{name}”.", study=quoted_study(mention.study), name=mention.text)
        resolution.joins.append(Join("stated-alias", node, f"{key}^{node}", reason, acronym, mention.sources))
        return
    short = acronym_key(mention.text)
    for full, reason in stated.meant_by(short, mention) if short else ():
        resolution.joins.append(Join("stated-alias", full, node, reason))


def _part_of_group(resolution: Resolution, mention: Mention, curated: CuratedNames, stated: _StatedAcronyms) -> None:
    """Read "APHP - Cochin": the hospital is part of the group whose short name stands before the dash."""
    group, short = _group_before_hospital(mention.text)
    if group is None or short is None:
        return
    entry = curated.match(mention, group)
    if entry is not None:
        reason = sentence(
            "{study} writes “{name}”: the group stands before the dash.",
            study=quoted_study(mention.study),
            name=mention.text,
        )
        resolution.relations.append(Relation("part_of", node_of(mention), CURATED_NODE + entry.name, reason))
        resolution.used.add(entry.name)
        return
    for node, why in stated.meant_by(short, mention):
        reason = sentence(
            "{study} writes “{name}”; {why}", study=quoted_study(mention.study), name=mention.text, why=why
        )
        resolution.relations.append(Relation("part_of", node_of(mention), node, reason))


def _part_of_hospital(resolution: Resolution, mention: Mention, known: set[str]) -> None:
    """Read "Department of X, Hospital Y": part of Y where Y is known by that name, in that place."""
    hospitals = _hospitals_of_department(mention.text)
    place = place_key(mention.city, mention.state, mention.country) if hospitals else None
    for hospital in hospitals:
        key = organization_key(hospital)
        node = f"{key}@{place}" if place and f"{key}@{place}" in known else key
        if node in known and node != node_of(mention):
            reason = sentence(
                "{study} writes “{name}”: a department, then its organization.",
                study=quoted_study(mention.study),
                name=mention.text,
            )
            resolution.relations.append(Relation("part_of", node_of(mention), node, reason))
            return


def _part_of_owner(resolution: Resolution, mention: Mention, known: set[str]) -> None:
    name = owner(mention.text)
    if name and organization_key(name) in known and organization_key(name) != node_of(mention):
        reason = sentence("{study} writes “{name}”.", study=quoted_study(mention.study), name=mention.text)
        resolution.relations.append(Relation("part_of", node_of(mention), organization_key(name), reason))
