"""Which records are about the same trial.

Records meet by their number, then by a number that one of them states as the trial's own in another registry.
A provisional trial, known by a name only, joins the one registered trial that carries that name as its acronym.
Titles and protocol numbers never join.

One registry gives a trial one number.  Where stated numbers would bring two numbers of one registry together
(an extension that names the first trial's number, say), they join nothing and are left for a person to judge.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from generator.model.problem import Problem
from generator.model.record import Record
from generator.model.registry_numbers import RegistryNumber, recognise

PREFERRED_KINDS = ("nct", "eu-ct", "eudract", "isrctn")
"""Kinds of numbers, the one that becomes the study's id first; other kinds follow."""


@dataclass(slots=True)
class Match:
    """The records of one trial."""

    id: str
    records: list[Record] = field(default_factory=list)
    former_ids: list[str] = field(default_factory=list)
    """Ids under which some of the records would stand alone, and whose addresses lead to this study."""
    reasons: list[str] = field(default_factory=list)
    """Why records with different ids are one trial, as sentences."""


class StatedNumber(msgspec.Struct, frozen=True, array_like=True):
    """A number that a record states as its trial's own, and where."""

    number: str
    join_key: str
    document: str
    line: int


class RecordFacts(msgspec.Struct, array_like=True):
    """All that matching needs to know of a record."""

    id: str
    provisional: bool
    acronym: str
    document: str
    """The first document that the record comes from."""
    kind: str | None
    """Of the number that the id is; None where it is none."""
    join_key: str
    stated: list[StatedNumber]
    aliases: list[str]


@dataclass(slots=True)
class Group:
    """The records of one trial, by their place among all."""

    id: str
    members: list[int]
    former_ids: list[str]
    reasons: list[str]


@dataclass(frozen=True, slots=True, order=True)
class _Edge:
    one: str
    other: str
    reason: str
    document: str
    line: int


def match(records: Iterable[Record]) -> tuple[list[Match], list[Problem]]:
    """Group *records* by trial, sorted by id; with a problem for each group that was not dared.

    The result does not depend on the order of the records.
    """
    records = list(records)
    groups, problems = match_facts([facts_of(record) for record in records])
    matches = [
        Match(group.id, [records[index] for index in group.members], group.former_ids, group.reasons)
        for group in groups
    ]
    return matches, problems


def facts_of(record: Record) -> RecordFacts:
    """Return what matching needs to know of *record*."""
    section, module = record.study.catalog_section, record.study.protocol_section.identification_module
    own = recognise(record.id)
    first = section.documents[0].path if section.documents else ""
    stated = []
    for number, pointer in stated_numbers(record):
        sources = section.sources.get(pointer) or section.sources.get("") or []
        document, line = (sources[0].document, sources[0].first_line) if sources else (first, 1)
        stated.append(StatedNumber(number.number, number.join_key, document, line))
    return RecordFacts(
        id=record.id,
        provisional=section.provisional,
        acronym=(module.acronym or "").casefold(),
        document=first,
        kind=own.kind.name if own else None,
        join_key=own.join_key if own else "",
        stated=stated,
        aliases=list(module.nct_id_aliases),
    )


def match_facts(facts: Sequence[RecordFacts]) -> tuple[list[Group], list[Problem]]:
    """Group the records with these *facts*, as :func:`match` does."""
    by_id: dict[str, list[int]] = defaultdict(list)
    for index, one in enumerate(facts):
        by_id[one.id].append(index)
    edges = sorted(set(_stated_edges(by_id, facts)))
    problems: list[Problem] = []
    dared: list[_Edge] = []
    for members, inside in _components(by_id, edges):
        if not inside:
            continue
        if _one_number_per_registry(members, by_id, facts):
            dared.extend(inside)
        else:
            problems.extend(_undecided(edge, members) for edge in inside)
    dared.extend(_acronym_edges(by_id, dared, facts))
    groups = []
    for members, inside in _components(by_id, dared):
        chosen = min(members, key=lambda identifier: _preference(facts[by_id[identifier][0]]))
        groups.append(
            Group(
                id=chosen,
                members=[index for member in members for index in by_id[member]],
                former_ids=[member for member in members if member != chosen],
                reasons=sorted({edge.reason for edge in inside}),
            )
        )
    return sorted(groups, key=lambda found: found.id), sorted(problems)


def stated_numbers(record: Record) -> Iterator[tuple[RegistryNumber, str]]:
    """Yield the numbers that *record* states as its trial's own in any registry, each with its pointer."""
    module = record.study.protocol_section.identification_module
    pointer = "/protocolSection/identificationModule"
    texts = [(module.nct_id, f"{pointer}/nctId")]
    texts += [(alias, f"{pointer}/nctIdAliases/{index}") for index, alias in enumerate(module.nct_id_aliases)]
    texts += [
        (info.id, f"{pointer}/secondaryIdInfos/{index}/id") for index, info in enumerate(module.secondary_id_infos)
    ]
    for text, place in texts:
        number = recognise(text) if text else None
        if number and number.primary:
            yield number, place


def _stated_edges(by_id: dict[str, list[int]], facts: Sequence[RecordFacts]) -> Iterator[_Edge]:
    by_key: dict[str, set[str]] = defaultdict(set)
    for identifier, found in by_id.items():
        if facts[found[0]].kind:
            by_key[facts[found[0]].join_key].add(identifier)
    for one in facts:
        for stated in one.stated:
            for other in by_key.get(stated.join_key, ()):
                if other != one.id:
                    low, high = sorted((one.id, other))
                    reason = f"{stated.document} states {stated.number} as a number of {one.id}."
                    yield _Edge(low, high, reason, stated.document, stated.line)


def _acronym_edges(by_id: dict[str, list[int]], dared: list[_Edge], facts: Sequence[RecordFacts]) -> Iterator[_Edge]:
    """Yield an edge from each provisional trial to the registered one with its acronym, if there is exactly one."""
    provisional: dict[str, set[str]] = defaultdict(set)
    for one in facts:
        if one.acronym and one.provisional:
            provisional[one.id].add(one.acronym)
    if not provisional:
        return
    root = {member: members[0] for members, _ in _components(by_id, dared) for member in members}
    carriers: dict[str, set[str]] = defaultdict(set)
    for one in facts:
        if one.acronym and not one.provisional:
            carriers[one.acronym].add(root[one.id])
    for identifier, acronyms in sorted(provisional.items()):
        registered = {carrier for acronym in acronyms for carrier in carriers.get(acronym, ())}
        if len(registered) == 1:
            other = registered.pop()
            document = facts[by_id[identifier][0]].document
            low, high = sorted((identifier, other))
            yield _Edge(low, high, f"{other} carries the acronym of {identifier}.", document, 1)


def _components(ids: Iterable[str], edges: Iterable[_Edge]) -> list[tuple[list[str], list[_Edge]]]:
    """Return the ids that *edges* connect, each group sorted and with its edges, groups sorted."""
    parent = {identifier: identifier for identifier in ids}

    def root(identifier: str) -> str:
        while parent[identifier] != identifier:
            parent[identifier] = parent[parent[identifier]]
            identifier = parent[identifier]
        return identifier

    edges = list(edges)
    for edge in edges:
        low, high = sorted((root(edge.one), root(edge.other)))
        parent[high] = low
    members: dict[str, list[str]] = defaultdict(list)
    inside: dict[str, list[_Edge]] = defaultdict(list)
    for identifier in sorted(parent):
        members[root(identifier)].append(identifier)
    for edge in edges:
        inside[root(edge.one)].append(edge)
    return [(group, inside.get(first, [])) for first, group in sorted(members.items())]


def _one_number_per_registry(members: list[str], by_id: dict[str, list[int]], facts: Sequence[RecordFacts]) -> bool:
    """Say whether no registry gives two numbers to *members*, but for numbers stated as aliases of one record."""
    aliases = {alias for member in members for index in by_id[member] for alias in facts[index].aliases}
    keys: dict[str, set[str]] = defaultdict(set)
    for member in members:
        one = facts[by_id[member][0]]
        if one.kind and member not in aliases:
            keys[one.kind].add(one.join_key)
    return all(len(found) == 1 for found in keys.values())


def _undecided(edge: _Edge, members: list[str]) -> Problem:
    return Problem(
        path=edge.document,
        line=edge.line,
        severity="note",
        code="numbers-of-several-trials",
        message=(
            f"{edge.reason} Together with other statements this would make one trial of {', '.join(members)}, which "
            "have different numbers in one registry, so nothing was joined. If two of them are one trial, say so in "
            "a hand-written correction"
        ),
    )


def _preference(one: RecordFacts) -> tuple[int, str]:
    if one.kind is None:
        return len(PREFERRED_KINDS) + 1, one.id
    return PREFERRED_KINDS.index(one.kind) if one.kind in PREFERRED_KINDS else len(PREFERRED_KINDS), one.id
