"""Studies to catalog entities: the one entry point of the package."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import get_args

from generator.identity.cleaning import clean
from generator.identity.conditions import resolve_conditions
from generator.identity.countries import country_key, country_of
from generator.identity.curated import KINDS, CuratedName, CuratedNames
from generator.identity.drugs import resolve_drugs
from generator.identity.gazetteer import town_key
from generator.identity.joining import CURATED_NODE, Group, SpellingFound, join_mentions, source_order, spelling_quality
from generator.identity.keys import city_key, city_name, organization_key
from generator.identity.mentions import Mentions, RejectedName, StatedNames, identifier, known_names, mentions_of
from generator.identity.organizations import former_nodes, resolve_organizations
from generator.identity.persons import StudyFacts, resolve_persons
from generator.identity.places import COORDINATES, coordinates, resolve_places
from generator.identity.proposals import Proposal, propose
from generator.identity.references import read_authors
from generator.identity.resolution import Relation, Resolution, curated_reason
from generator.identity.slugs import SlugLedger, SlugRequest
from generator.identity.vocabularies.meanings import add_meanings
from generator.identity.vocabularies.vocabulary import KnownNames, Vocabulary
from generator.model.catalog import Entity, EntityReference, Kind, Link, Mention, Role, Spelling
from generator.model.problem import Problem
from generator.model.sentence import Sentence
from generator.model.source import Source
from generator.model.study import Study

_Place = tuple[str, Role, str]
"""Where an entity is named: a study, the role there, and the pointer of the name."""

_ROLE_ORDER: Mapping[str, int] = {role: index for index, role in enumerate(get_args(Role))}


@dataclass
class Identification:
    """Everything that the names of the studies resolve to."""

    entities: dict[tuple[Kind, str], Entity] = field(default_factory=dict)
    """By kind and id, sorted."""
    links: list[Link] = field(default_factory=list)
    """Sorted."""
    problems: list[Problem] = field(default_factory=list)
    """Of curated names and slugs, sorted."""
    comparators: list[RejectedName] = field(default_factory=list)
    """Names of placebo, sham, saline and standard care: they have no page.  Sorted."""
    rejected: list[RejectedName] = field(default_factory=list)
    """Other names that are no entity's: roles, masked sites, classes.  Sorted."""
    slugs: SlugLedger = field(default_factory=SlugLedger)
    """The ledger that was given, with what was minted now; save it."""
    curated: CuratedNames = field(default_factory=CuratedNames)

    @cached_property
    def proposals(self) -> list[Proposal]:
        """The review list: entities whose names are alike, best first.  Made when first asked for."""
        return propose(self.entities.values())


_COMPARATORS = frozenset({"placebo", "sham", "saline", "care"})


def identify(
    studies: Mapping[str, Study], curated: CuratedNames, slugs: SlugLedger, vocabularies: Sequence[Vocabulary] = ()
) -> Identification:
    """Resolve all names of *studies* to entities.

    *studies* are by id; *curated* and *slugs* come from :func:`~generator.identity.curated.load_curated` and
    :meth:`~generator.identity.slugs.SlugLedger.load`; *vocabularies* say what names mean.

    Two things are written: *slugs* keeps what is minted, and each study's ``catalogSection.entities`` is filled anew.
    The result does not depend on the order of *studies*.
    """
    studies = dict(sorted(studies.items()))
    known = known_names(studies.values(), curated_conditions(curated))
    known = StatedNames(
        KnownNames(known.drugs, "drug", vocabularies), KnownNames(known.conditions, "condition", vocabularies)
    )
    names = Mentions()
    for study in studies.values():
        found = mentions_of(study, known)
        names.mentions.extend(found.mentions)
        names.rejected.extend(found.rejected)
    identification = identify_names(names, studies, curated, slugs, vocabularies)
    pointers = entities_at_names(identification.links)
    for study in studies.values():
        study.catalog_section.entities = pointers.get(identifier(study), {})
    return identification


def curated_conditions(curated: CuratedNames) -> list[str]:
    """Return all spellings of curated conditions: they are conditions beyond doubt."""
    return [spelling.text for entry in curated.of_kind("condition") for spelling in entry.spellings]


def identify_names(
    names: Mentions,
    studies: Mapping[str, Study],
    curated: CuratedNames,
    slugs: SlugLedger,
    vocabularies: Sequence[Vocabulary] = (),
) -> Identification:
    """Resolve *names*, the mentions of all *studies* in the order of their ids, to entities.

    Of *studies* only what :func:`~generator.identity.evidence.evidence_of` leaves is read, and nothing is written.
    """
    of_kind: dict[Kind, list[Mention]] = {kind: [] for kind in KINDS}
    for mention in names.mentions:
        of_kind[mention.kind].append(mention)

    resolutions: dict[Kind, Resolution] = {
        "organization": resolve_organizations(of_kind["organization"], curated, _countries(of_kind["place"])),
        "drug": resolve_drugs(of_kind["drug"], studies, curated),
        "condition": resolve_conditions(of_kind["condition"], studies, curated),
        "place": resolve_places(of_kind["place"], curated),
    }
    for resolution in resolutions.values():
        add_meanings(resolution, vocabularies, studies)
    joined = {kind: _JoinedKind(resolution) for kind, resolution in resolutions.items()}
    joined["person"] = _JoinedKind(
        resolve_persons(
            of_kind["person"],
            _study_facts(joined["organization"], joined["drug"]),
            _anchors_by_name(joined["organization"]),
            curated,
        )
    )
    rejected = [*names.rejected, *(one for kind in joined.values() for one in kind.resolution.rejected)]
    return _EntityMaker(studies, curated, slugs, joined, rejected).finish()


def _countries(places: Iterable[Mention]) -> dict[str, set[str]]:
    """Return the keys of the countries that each study names."""
    found: dict[str, set[str]] = {}
    for mention in places:
        if mention.role == "country":
            found.setdefault(mention.study, set()).add(country_key(mention.text))
    return found


def entities_at_names(links: Iterable[Link]) -> dict[str, dict[str, str]]:
    """Return for each study which entity stands at each of its names, as pointer -> ``kind/id``.

    At a city the place goes before a hospital beside it.
    """
    chosen: dict[tuple[str, str], Link] = {}
    for link in links:
        if link.role == "referenceAuthor":
            continue
        key = (link.study, link.pointer)
        known = chosen.get(key)
        if known is None or (link.kind == "place" and known.kind != "place"):
            chosen[key] = link
    pointers: dict[str, dict[str, str]] = {}
    for (name, pointer), link in sorted(chosen.items()):
        pointers.setdefault(name, {})[pointer] = f"{link.kind}/{link.entity}"
    return pointers


class _JoinedKind:
    """The names of one kind, joined to groups."""

    def __init__(self, resolution: Resolution) -> None:
        self.resolution = resolution
        self.groups, self.refused = join_mentions(resolution.keyed_mentions, resolution.joins, resolution.meanings)
        self.group_of: dict[str, int] = {}
        for index, group in enumerate(self.groups):
            for node in (*group.nodes, group.anchor):
                self.group_of[node] = index


def _study_facts(organizations: _JoinedKind, drugs: _JoinedKind) -> dict[str, StudyFacts]:
    facts: dict[str, StudyFacts] = {}
    for joined, roles in ((organizations, _SPONSORING), (drugs, frozenset[Role]({"intervention"}))):
        for group in joined.groups:
            for keyed in group.keyed_mentions:
                if keyed.mention.role in roles:
                    study = facts.setdefault(keyed.mention.study, StudyFacts())
                    (study.sponsors if joined is organizations else study.drugs)[group.anchor] = group.name
    return facts


def _anchors_by_name(organizations: _JoinedKind) -> dict[tuple[str, str], str]:
    return {
        (keyed.mention.study, keyed.mention.text): group.anchor
        for group in organizations.groups
        for keyed in group.keyed_mentions
    }


class _EntityMaker:
    """Turns the groups of all kinds into entities and links."""

    def __init__(
        self,
        studies: Mapping[str, Study],
        curated: CuratedNames,
        ledger: SlugLedger,
        joined: Mapping[Kind, _JoinedKind],
        rejected: list[RejectedName],
    ) -> None:
        self.studies = studies
        self.curated = curated
        self.ledger = ledger
        self.joined = joined
        self.rejected = sorted(set(rejected))
        self.problems = [*curated.problems, *(one for kind in joined.values() for one in kind.resolution.problems)]
        self.entities: dict[tuple[Kind, str], Entity] = {}
        self.by_group: dict[tuple[Kind, int], Entity] = {}
        self.by_entry: dict[tuple[Kind, str], Entity] = {}

    def finish(self) -> Identification:
        self._add_parents()
        self._make_entities()
        links = self._link()
        self._relate()
        self._report_refused()
        self._report_unused()
        return Identification(
            entities=dict(sorted(self.entities.items())),
            links=links,
            problems=sorted(set(self.problems), key=lambda one: (one.path, one.line, one.message)),
            comparators=[one for one in self.rejected if one.reason in _COMPARATORS],
            rejected=[one for one in self.rejected if one.reason not in _COMPARATORS],
            slugs=self.ledger,
            curated=self.curated,
        )

    def _add_parents(self) -> None:
        """Give a curated group that no document names by itself an entity, where a part of it is named."""
        for kind in KINDS:
            joined = self.joined[kind]
            waiting = [group.curated for group in joined.groups if group.curated is not None]
            waiting += [
                relation.second.removeprefix(CURATED_NODE)
                for relation in joined.resolution.relations
                if relation.second.startswith(CURATED_NODE)
            ]
            present = {group.curated for group in joined.groups}
            while waiting:
                name = waiting.pop()
                entry = self.curated.entries.get((kind, name))
                if entry is None:
                    continue
                joined.resolution.used.add(name)
                if name not in present:
                    present.add(name)
                    node = CURATED_NODE + name
                    joined.group_of[node] = len(joined.groups)
                    joined.groups.append(Group(node, (node,), [], curated=name, name=name))
                waiting.extend(parent for parent in entry.part_of if parent not in present)

    def _make_entities(self) -> None:
        keys: list[tuple[Kind, int]] = []
        claims: list[SlugRequest] = []
        for kind in KINDS:
            for index, group in enumerate(self.joined[kind].groups):
                entry = self._entry(kind, group)
                city, country = _place_of(group, entry)
                keys.append((kind, index))
                claims.append(
                    SlugRequest(
                        kind=kind,
                        name=group.name,
                        nodes=group.nodes,
                        anchor=group.anchor,
                        former=former_nodes(group) if kind == "organization" else frozenset(),
                        spellings=tuple(spelling.text for spelling in group.spellings),
                        city=city,
                        country=country,
                        region=_region_of(group) if kind == "place" else None,
                        wanted=entry.slug if entry else None,
                        where=(entry.path, entry.line) if entry else ("", 1),
                    )
                )
        slugs = self.ledger.assign(claims)
        self.problems.extend(self.ledger.problems)
        for key, claim, slug in zip(keys, claims, slugs, strict=True):
            kind, index = key
            group = self.joined[kind].groups[index]
            entity = self._entity(kind, group, slug, claim)
            self.by_group[key] = entity
            self.entities[kind, slug] = entity
            if group.curated is not None:
                self.by_entry[kind, group.curated] = entity

    def _entry(self, kind: Kind, group: Group) -> CuratedName | None:
        return self.curated.entry(kind, group.curated) if group.curated is not None else None

    def _entity(self, kind: Kind, group: Group, slug: str, claim: SlugRequest) -> Entity:
        entry = self._entry(kind, group)
        spellings = list(group.spellings)
        identifiers = dict(entry.identifiers) if entry else {}
        stated: dict[str, str] = {}
        for node in group.nodes:
            stated.update(self.joined[kind].resolution.identifiers.get(node, {}))
        for name, value in sorted(stated.items()):
            if entry and identifiers.get(name, value) != value:
                self.problems.append(
                    Problem(
                        path=entry.path,
                        line=entry.line,
                        message=f"“{entry.name}” has the {name} id {identifiers[name]} here, and documents state "
                        f"{value} for it: one of them is another entity; correct the id or take the spelling out.",
                        code="identifier-conflict",
                    )
                )
            identifiers.setdefault(name, value)
        for meaning in group.meanings:
            identifiers.setdefault(meaning.about.scheme, meaning.concept.identifier)
        if entry:
            told = {spelling.text for spelling in spellings}
            where = Source(document=entry.path, first_line=entry.line, last_line=entry.line, how="curated")
            if entry.name not in told:
                spellings.append(SpellingFound(entry.name, "curated", curated_reason(entry), (where,)))
        note = entry.note if entry else None
        latitude = longitude = origin = None
        if kind == "place":
            latitude, longitude, origin = coordinates(group, self.studies)
            note = " ".join(filter(None, (note, COORDINATES[origin] if origin else None))) or None
        return Entity(
            kind=kind,
            id=slug,
            name=group.name,
            mostly_written=group.written,
            verified=entry is not None or bool(stated) or _confirmed(group),
            spellings=[
                Spelling(text=one.text, rule=one.rule, reason=one.reason, sources=one.sources)
                for one in sorted(spellings, key=lambda one: (one.text.casefold(), one.text))
            ],
            identifiers=dict(sorted(identifiers.items())),
            city=claim.city,
            country=claim.country,
            latitude=latitude,
            longitude=longitude,
            coordinates_from=origin,
            note=note,
        )

    def _link(self) -> list[Link]:
        authors: dict[str, set[_Place]] = {}
        for person, place in self._link_authors():
            authors.setdefault(person, set()).add(place)
        links: dict[str, list[Link]] = {}
        for (kind, index), entity in self.by_group.items():
            places = {
                (keyed.mention.study, keyed.mention.role, keyed.mention.pointer)
                for keyed in self.joined[kind].groups[index].keyed_mentions
            }
            if kind == "person":
                places |= authors.get(entity.id, set())
            entity.studies = sorted({study for study, _, _ in places})
            entity.roles = sorted({role for _, role, _ in places}, key=lambda role: _ROLE_ORDER[role])
            for study, role, pointer in places:
                links.setdefault(study, []).append(
                    Link(study=study, kind=kind, entity=entity.id, role=role, pointer=pointer)
                )
        # To sort the links of one study after another's takes much less time than to sort all at once.
        return [link for study in sorted(links) for link in sorted(links[study])]

    def _link_authors(self) -> Iterator[tuple[str, _Place]]:
        """Add the spellings of authors, and yield the persons' ids with the places where they stand."""
        persons = self.joined["person"]
        position = {id(group): index for index, group in enumerate(persons.groups)}
        for group, mention, reason, is_curated in read_authors(self.studies, persons.groups, self.curated):
            entity = self.by_group["person", position[id(group)]]
            _add_spelling(entity, mention, "curated" if is_curated else "exact-key", reason)
            yield entity.id, (mention.study, "referenceAuthor", mention.pointer)

    def _relate(self) -> None:
        for kind in KINDS:
            joined = self.joined[kind]
            for relation in sorted(set(joined.resolution.relations)):
                first = joined.group_of.get(relation.first)
                second = joined.group_of.get(relation.second)
                if first is not None and second is not None and first != second:
                    self._add_relation(self.by_group[kind, first], self.by_group[kind, second], relation)
            for entry in self.curated.of_kind(kind):
                self._relate_curated(kind, entry)
        for entity in self.entities.values():
            if entity.possibly_same_as:
                known = {(one.kind, one.id) for one in (*entity.not_same_as, *entity.part_of, *entity.parts)}
                entity.possibly_same_as = [one for one in entity.possibly_same_as if (one.kind, one.id) not in known]
            for name in _RELATIONS:
                if references := getattr(entity, name):
                    setattr(entity, name, _once(references))

    def _add_relation(self, first: Entity, second: Entity, relation: Relation) -> None:
        to_second = EntityReference(kind=second.kind, id=second.id, reason=relation.reason)
        to_first = EntityReference(kind=first.kind, id=first.id, reason=relation.reason)
        if relation.type == "part_of":
            first.part_of.append(to_second)
            second.parts.append(to_first)
        elif relation.type == "possibly":
            first.possibly_same_as.append(to_second)
            second.possibly_same_as.append(to_first)
        elif relation.type == "broader":
            first.broader.append(to_second)
            second.narrower.append(to_first)
        else:
            first.related.append(to_second)
            second.related.append(to_first)

    def _relate_curated(self, kind: Kind, entry: CuratedName) -> None:
        entity = self.by_entry.get((kind, entry.name))
        if entity is None:
            return
        reason = curated_reason(entry)
        for names, here, there in (
            (entry.part_of, entity.part_of, "parts"),
            (entry.broader, entity.broader, "narrower"),
            (entry.not_same_as, entity.not_same_as, "not_same_as"),
        ):
            for name in names:
                other = self.by_entry.get((kind, name))
                if other is not None and other is not entity:
                    here.append(EntityReference(kind=kind, id=other.id, reason=reason))
                    getattr(other, there).append(EntityReference(kind=kind, id=entity.id, reason=reason))

    def _report_refused(self) -> None:
        for kind in KINDS:
            for join, first, second in self.joined[kind].refused:
                entry = self.curated.entry(kind, first)
                other = self.curated.entry(kind, second)
                if second in entry.not_same_as or first in other.not_same_as:
                    continue
                self.problems.append(
                    Problem(
                        path=entry.path,
                        line=entry.line,
                        message=f"“{first}” and “{second}” (line {other.line}) are two entries, but a rule would join "
                        f"them: {join.reason} They were kept apart; write not_same_as, or make them one entry.",
                        severity="warning",
                        code="kept-apart",
                    )
                )

    def _report_unused(self) -> None:
        guarding = {
            (kind, other)
            for (kind, name), entry in self.curated.entries.items()
            if name in self.joined[kind].resolution.used
            for other in (*entry.not_same_as, *entry.broader)
        }
        for (kind, name), entry in self.curated.entries.items():
            if name not in self.joined[kind].resolution.used and (kind, name) not in guarding:
                self.problems.append(
                    Problem(
                        path=entry.path,
                        line=entry.line,
                        message=f"No document names “{name}” or a spelling of it: take the entry out, or correct its "
                        "spellings.",
                        severity="note",
                        code="unused-name",
                    )
                )


_RELATIONS = ("part_of", "parts", "broader", "narrower", "not_same_as", "possibly_same_as", "related")


def _place_of(group: Group, entry: CuratedName | None) -> tuple[str | None, str | None]:
    """Return the city and country of a site or city, where all its mentions agree."""
    if entry is not None and (entry.city or entry.country):
        return entry.city, entry.country
    kinds = {keyed.mention.kind for keyed in group.keyed_mentions}
    if kinds == {"place"}:
        placed = [r for r in group.keyed_mentions if r.mention.role != "country" and r.mention.country]
        names = {r.mention.country or "" for r in placed}
        countries = {country.name if (country := country_of(name)) else name for name in names}
        town = any(r.mention.role == "siteCity" for r in group.keyed_mentions)
        return group.name if town else None, min(countries) if countries else None
    if kinds != {"organization"}:
        return None, None
    cities_of_sites = {
        town_key(city_name(r.mention.city)) for r in group.keyed_mentions if r.mention.city and city_key(r.mention.city)
    }
    if len(cities_of_sites) != 1 or _acts_everywhere(group):
        return None, None
    named = max(
        ((clean(r.mention.city), clean(r.mention.country or "")) for r in group.keyed_mentions if r.mention.city),
        key=lambda place: (spelling_quality(place[0]), place),
    )
    return named[0], named[1] or None


def _acts_everywhere(group: Group) -> bool:
    """Say whether it is a company or the like that has a site in one town: a sponsor with a name of one word."""
    return " " not in organization_key(group.name) and any(
        r.mention.role in _SPONSORING and not r.mention.city for r in group.keyed_mentions
    )


_SPONSORING: frozenset[Role] = frozenset({"leadSponsor", "collaborator", "sponsorWithoutRole"})


def _region_of(group: Group) -> str | None:
    """Return the region of a town, where all its mentions state the same one."""
    stated = {r.mention.state for r in group.keyed_mentions if r.mention.role == "siteCity"}
    return min(filter(None, stated)) if len(stated) == 1 and None not in stated and "" not in stated else None


def _confirmed(group: Group) -> bool:
    """Say whether two documents name the entity: each confirms the other.  One page about two trials is one."""
    witnesses = {
        source.document if source else keyed.mention.study
        for keyed in group.keyed_mentions
        for source in keyed.mention.sources or (None,)
    }
    return len(witnesses) > 1


def _add_spelling(entity: Entity, mention: Mention, rule: str, reason: Sentence) -> None:
    for position, spelling in enumerate(entity.spellings):
        if (spelling.text, spelling.rule) == (mention.text, rule):
            sources = tuple(sorted({*spelling.sources, *mention.sources}, key=source_order))
            entity.spellings[position] = Spelling(
                text=spelling.text, rule=spelling.rule, reason=spelling.reason, sources=sources
            )
            return
    entity.spellings.append(Spelling(text=mention.text, rule=rule, reason=reason, sources=mention.sources))
    entity.spellings.sort(key=lambda one: (one.text.casefold(), one.text))


def _once(references: list[EntityReference]) -> list[EntityReference]:
    """Return each reference once, sorted, with its first reason."""
    found: dict[tuple[Kind, str], EntityReference] = {}
    for reference in sorted(references):
        found.setdefault((reference.kind, reference.id), reference)
    return list(found.values())
