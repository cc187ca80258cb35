"""Which records are about the same trial.

Records meet by their number, then by a number that one of them states as the trial's own in another registry.
A provisional trial, known by a name only, joins the one registered trial that carries that name as its acronym.
Titles and protocol numbers never join.

One registry gives a trial one number.  Where stated numbers would bring two numbers of one registry together
(an extension that names the first trial's number, say), they join nothing and are left for a person to judge.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

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
    by_id: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        by_id[record.id].append(record)
    numbers = {identifier: recognise(identifier) for identifier in by_id}
    edges = sorted(set(_stated_edges(by_id, numbers)))
    problems: list[Problem] = []
    dared: list[_Edge] = []
    for members, inside in _components(by_id, edges):
        if _one_number_per_registry(members, numbers, by_id):
            dared.extend(inside)
        else:
            problems.extend(_undecided(edge, members) for edge in inside)
    dared.extend(_acronym_edges(by_id, dared))
    matches = []
    for members, inside in _components(by_id, dared):
        chosen = min(members, key=lambda identifier: _preference(identifier, numbers[identifier]))
        matches.append(
            Match(
                id=chosen,
                records=[record for member in members for record in by_id[member]],
                former_ids=[member for member in members if member != chosen],
                reasons=sorted({edge.reason for edge in inside}),
            )
        )
    return sorted(matches, key=lambda found: found.id), sorted(problems)


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


def _stated_edges(by_id: dict[str, list[Record]], numbers: dict[str, RegistryNumber | None]) -> Iterator[_Edge]:
    by_key: dict[str, set[str]] = defaultdict(set)
    for identifier, number in numbers.items():
        if number:
            by_key[number.join_key].add(identifier)
    for identifier, found in by_id.items():
        for record in found:
            for number, pointer in stated_numbers(record):
                for other in by_key.get(number.join_key, ()):
                    if other != identifier:
                        section = record.study.catalog_section
                        sources = section.sources.get(pointer) or section.sources.get("") or []
                        document = sources[0].document if sources else section.documents[0].path
                        low, high = sorted((identifier, other))
                        yield _Edge(
                            low,
                            high,
                            f"{document} states {number.number} as a number of {identifier}.",
                            document,
                            sources[0].first_line if sources else 1,
                        )


def _acronym_edges(by_id: dict[str, list[Record]], dared: list[_Edge]) -> Iterator[_Edge]:
    """Yield an edge from each provisional trial to the registered one with its acronym, if there is exactly one."""
    root = {member: members[0] for members, _ in _components(by_id, dared) for member in members}
    carriers: dict[str, set[str]] = defaultdict(set)
    provisional: dict[str, set[str]] = defaultdict(set)
    for identifier, found in by_id.items():
        for record in found:
            acronym = (record.study.protocol_section.identification_module.acronym or "").casefold()
            if acronym:
                (provisional[identifier] if record.study.catalog_section.provisional else carriers[acronym]).add(
                    acronym if record.study.catalog_section.provisional else root[identifier]
                )
    for identifier, acronyms in sorted(provisional.items()):
        registered = {carrier for acronym in acronyms for carrier in carriers.get(acronym, ())}
        if len(registered) == 1:
            other = registered.pop()
            document = by_id[identifier][0].study.catalog_section.documents[0].path
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


def _one_number_per_registry(
    members: list[str], numbers: dict[str, RegistryNumber | None], by_id: dict[str, list[Record]]
) -> bool:
    """Say whether no registry gives two numbers to *members*, but for numbers stated as aliases of one record."""
    aliases = {
        alias
        for member in members
        for record in by_id[member]
        for alias in record.study.protocol_section.identification_module.nct_id_aliases
    }
    keys: dict[str, set[str]] = defaultdict(set)
    for member in members:
        number = numbers[member]
        if number and member not in aliases:
            keys[number.kind.name].add(number.join_key)
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


def _preference(identifier: str, number: RegistryNumber | None) -> tuple[int, str]:
    if number is None:
        return len(PREFERRED_KINDS) + 1, identifier
    name = number.kind.name
    return PREFERRED_KINDS.index(name) if name in PREFERRED_KINDS else len(PREFERRED_KINDS), identifier
