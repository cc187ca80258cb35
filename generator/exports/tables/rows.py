"""The rows of each table, made as its description says.

A study is looked at as JSON, in the names of API v2, so that a column's pointer is all there is to say of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from generator.exports.published import PublishedCatalog, PublishedStudy
from generator.exports.tables import of_names, of_results, of_studies
from generator.exports.tables.cells import Cell, readable
from generator.model.catalog import Entity, EntityReference
from generator.model.data_file import Column, Items, Table
from generator.model.pointers import escape, lookup, steps

Row = list[Cell]
Rows = tuple[Table, list[Row]]

TABLES_OF_STUDIES: tuple[Table, ...] = (*of_studies.TABLES, *of_results.TABLES_OF_RESULTS)
"""All whose rows stand in studies."""

TABLES: tuple[Table, ...] = (*of_names.TABLES_OF_NAMES, *TABLES_OF_STUDIES, *of_names.TABLES_OF_ORIGIN)
"""All tables; one to which others refer comes before them."""


def rows_of_names(catalog: PublishedCatalog) -> Iterator[Rows]:
    """Yield the rows of the tables about names, some at a time."""
    for table in of_names.TABLES_OF_NAMES:
        make = _OF_ENTITIES[table.name]
        for entity in catalog.entities():
            rows = [list(map(readable, row)) for row in make(entity, catalog)]
            if rows:
                yield table, rows


def rows_of_study(study: PublishedStudy, catalog: PublishedCatalog) -> list[Rows]:
    """Return the rows of one study; made once for all formats, so nobody may change them."""
    if study.rows is None:
        found = [(plan.table, rows) for plan in _PLANS if (rows := plan.rows(study))]
        found += _rows_of_origin(study, catalog)
        study.rows = found
    return cast("list[Rows]", study.rows)


@dataclass(frozen=True, slots=True)
class _Place:
    """An item of a list while its row is made."""

    study: PublishedStudy
    pointer: str
    numbers: tuple[int, ...]
    key: str
    name: str
    """The item's name where the list is an object."""
    item: Any
    outer: tuple[Any, ...] = ()
    """The items in whose lists it stands, the nearest first."""


_Getter = Callable[[_Place], Cell]


class _Plan:
    """How the rows of one table are made."""

    def __init__(self, table: Table) -> None:
        self.table = table
        several = len(table.items) > 1
        self._lists = [
            (
                _steps_of(items),
                items.label if several else "",
                [_getter(column, table, items) for column in table.columns],
            )
            for items in table.items
        ]

    def rows(self, study: PublishedStudy) -> list[Row]:
        """Return the rows of one study."""
        return [
            [readable(get(place)) for get in getters]
            for way, label, getters in self._lists
            for place in _places(study, study.record, way, label, ())
        ]


def _steps_of(items: Items) -> tuple[tuple[str, ...], ...]:
    """Return the steps before, between and after the stars."""
    return tuple(tuple(part.split("/")[1:]) for part in items.pointer.replace("/*", "*").split("*"))


def _places(
    study: PublishedStudy,
    value: Any,
    way: tuple[tuple[str, ...], ...],
    label: str,
    numbers: tuple[int, ...],
    pointer: str = "",
    outer: tuple[Any, ...] = (),
) -> Iterator[_Place]:
    first, *rest = way
    for step in first:
        value = value.get(step) if isinstance(value, dict) else None
        if value is None:
            return
    if first:
        pointer = f"{pointer}/{'/'.join(first)}"
    if not rest:
        if value is not None:
            key = ":".join([study.id, *([label] if label else ()), *map(str, numbers)])
            yield _Place(study, pointer, numbers, key, "", value, outer)
        return
    if rest == [()]:
        named = value.items() if isinstance(value, dict) else (("", item) for item in value)
        stem = f"{study.id}:{label}:" if label else f"{study.id}:"
        for number in numbers:
            stem += f"{number}:"
        for number, (name, item) in enumerate(named):
            step = escape(name) if name else str(number)
            yield _Place(study, f"{pointer}/{step}", (*numbers, number), f"{stem}{number}", name, item, outer)
        return
    for number, item in enumerate(value):
        yield from _places(study, item, tuple(rest), label, (*numbers, number), f"{pointer}/{number}", (item, *outer))


def _getter(column: Column, table: Table, items: Items) -> _Getter:
    made = _MADE.get((table.name, column.name))
    if column.how == "made" and made is not None:
        return made
    if column.how == "key":
        return lambda place: place.key
    if column.how == "constant":
        value = dict(items.constants).get(column.name)
        return lambda _: value
    if column.how == "parent":
        depth = column.depth
        return lambda place: (
            ":".join([place.study.id, *map(str, place.numbers[:depth])]) if len(place.numbers) > depth else None
        )
    if column.how == "entity":
        below = f"/{column.at}" if column.at else ""
        return lambda place: place.study.entities.get(place.pointer + below)
    if items.scalar:
        if column.name == items.scalar:
            return lambda place: cast("Cell", place.item)
        if not column.at.startswith("/"):
            return lambda _: None
    read = _reader(dict(items.fields).get(column.name, column.at), column.up)
    if column.how == "number":
        return lambda place: _number(read(place))
    if column.how == "parts":
        return lambda place: "/".join(cast("list[str]", read(place) or [])) or None
    if column.how == "holds":
        return lambda place: True if column.word in cast("list[str]", read(place) or []) else None
    if column.how == "value":
        return read
    raise ValueError(f"{table.name}.{column.name}: nothing makes this column")


def _reader(at: str, up: int) -> _Getter:
    if up:
        return lambda place: cast("Cell", place.outer[up - 1].get(at))
    if not at:
        return lambda place: cast("Cell", place.item)
    if at == "/catalogSection/id":
        return lambda place: place.study.id
    if at == "/protocolSection/identificationModule/nctId":
        return lambda place: place.study.nct_id
    way = steps(at) if at.startswith("/") else at.split("/")
    whole = at.startswith("/")
    if not whole and len(way) == 1:
        step = way[0]
        return lambda place: cast("Cell", place.item.get(step))

    def read(place: _Place) -> Cell:
        value: Any = place.study.record if whole else place.item
        for step in way:
            value = value.get(step)
            if value is None:
                return None
        return cast("Cell", value)

    return read


def _number(text: Cell) -> Cell:
    """Return the number that a text is, if it is one that a number can hold as it stands."""
    if not isinstance(text, str) or not _NUMBER.fullmatch(text):
        return None
    return float(text.replace(",", ""))


_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,15})?", re.ASCII)


def _group_of(part: str, groups_of: Callable[[_Place], list[dict[str, Any]]], depth: int = 0) -> _Getter:
    """Return what finds the key of the group that an item names, among the groups of this *part* of the results."""

    def group(place: _Place) -> Cell:
        item = place.item
        code = item if isinstance(item, str) else item.get("groupId")
        for number, one in enumerate(groups_of(place)):
            if one.get("id") == code:
                return ":".join([place.study.id, part, *map(str, place.numbers[:depth]), str(number)])
        return None

    return group


def _groups_below(module: str, name: str = "groups") -> Callable[[_Place], list[dict[str, Any]]]:
    return lambda place: cast("list[dict[str, Any]]", place.study.record["resultsSection"][module].get(name, []))


def _groups_of_outcome(place: _Place) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", place.outer[-1].get("groups", []))


_FLOW = _group_of("flow", _groups_below("participantFlowModule"))
_BASELINE = _group_of("baseline", _groups_below("baselineCharacteristicsModule"))
_OUTCOME = _group_of("outcome", _groups_of_outcome, depth=1)
_EVENT = _group_of("event", _groups_below("adverseEventsModule", "eventGroups"))


def _arm_of(place: _Place) -> Cell:
    """Return the key of the arm that the item names."""
    module = place.study.record["protocolSection"]["armsInterventionsModule"]
    for number, arm in enumerate(module.get("armGroups", ())):
        if arm.get("label") == place.item:
            return f"{place.study.id}:{number}"
    return None


def _items_stated(place: _Place) -> Cell:
    items = place.study.section.get("completeness")
    return sum(item["state"] == "stated" for item in items) if items else None


_MADE: dict[tuple[str, str], _Getter] = {
    ("studies", "page"): lambda place: place.study.page,
    ("studies", "provisional"): lambda place: bool(place.study.record.get("catalogSection", {}).get("provisional")),
    ("studies", "items_stated"): _items_stated,
    ("design_group_interventions", "design_group_id"): _arm_of,
    **{(name, "result_group_id"): _FLOW for name in ("milestones", "drop_withdrawals")},
    **{(name, "result_group_id"): _BASELINE for name in ("baseline_counts", "baseline_measurements")},
    **{
        (name, "result_group_id"): _OUTCOME
        for name in ("outcome_counts", "outcome_measurements", "outcome_analysis_groups")
    },
    ("reported_events", "result_group_id"): _EVENT,
    ("reported_event_totals", "result_group_id"): lambda place: f"{place.study.id}:event:{place.numbers[-1]}",
    ("registry_fields", "name"): lambda place: place.name,
    ("flags", "severity"): lambda place: cast("Cell", place.item.get("severity", "warning")),
}

_PLANS = [_Plan(table) for table in TABLES_OF_STUDIES]


# Names


def _entity(entity: Entity, catalog: PublishedCatalog) -> Iterator[Row]:
    yield [
        f"{entity.kind}/{entity.id}",
        entity.kind,
        entity.name,
        entity.verified,
        list(entity.roles),
        len(entity.studies),
        entity.city,
        entity.country,
        entity.latitude,
        entity.longitude,
        entity.note,
        catalog.entity_page(entity),
    ]


def _spellings(entity: Entity, _: PublishedCatalog) -> Iterator[Row]:
    whole = f"{entity.kind}/{entity.id}"
    for number, spelling in enumerate(entity.spellings):
        yield [
            f"{whole}:{number}",
            whole,
            spelling.text,
            spelling.rule,
            str(spelling.reason) if spelling.reason else None,
        ]


def _relations(entity: Entity, catalog: PublishedCatalog) -> Iterator[Row]:
    whole = f"{entity.kind}/{entity.id}"
    lists: tuple[tuple[str, list[EntityReference]], ...] = (
        ("part_of", entity.part_of),
        ("broader", entity.broader),
        ("not_same_as", entity.not_same_as),
        ("possibly_same_as", entity.possibly_same_as),
        ("related", entity.related),
    )
    for relation, others in lists:
        for number, other in enumerate(others):
            if catalog.shows(other.kind, other.id):
                yield [
                    f"{whole}:{relation}:{number}",
                    whole,
                    relation,
                    f"{other.kind}/{other.id}",
                    str(other.reason) if other.reason else None,
                ]


def _identifiers(entity: Entity, _: PublishedCatalog) -> Iterator[Row]:
    whole = f"{entity.kind}/{entity.id}"
    for scheme, identifier in sorted(entity.identifiers.items()):
        yield [f"{whole}:{scheme}", whole, scheme, identifier]


_OF_ENTITIES: Mapping[str, Callable[[Entity, PublishedCatalog], Iterator[Row]]] = {
    "entities": _entity,
    "entity_spellings": _spellings,
    "entity_relations": _relations,
    "entity_identifiers": _identifiers,
}


# Origin


def _rows_of_origin(study: PublishedStudy, catalog: PublishedCatalog) -> Iterator[Rows]:
    made = (_mentions(study, catalog), _sources(study), _absences(study), _contradictions(study))
    for table, rows in zip(of_names.TABLES_OF_ORIGIN, made, strict=True):
        found = [[f"{study.id}:{number}", study.id, *map(readable, row)] for number, row in enumerate(rows)]
        if found:
            yield table, found


def _mentions(study: PublishedStudy, catalog: PublishedCatalog) -> Iterator[Row]:
    for link in study.links:
        entity = f"{link.kind}/{link.entity}"
        spelling = None
        if link.role != "referenceAuthor":
            text = lookup(study.record, link.pointer)
            number = catalog.spellings.get(entity, {}).get(text) if isinstance(text, str) else None
            spelling = f"{entity}:{number}" if number is not None else None
        yield [entity, spelling, link.role, link.pointer]


def _sources(study: PublishedStudy) -> Iterator[Row]:
    for pointer, sources in study.section.get("sources", {}).items():
        for source in sources:
            yield [
                pointer,
                source["document"],
                source["firstLine"],
                source["lastLine"],
                source.get("how", "stated"),
                source.get("place"),
                source.get("note"),
            ]


def _absences(study: PublishedStudy) -> Iterator[Row]:
    for pointer, absence in study.section.get("absences", {}).items():
        yield [pointer, absence["reason"], absence.get("note")]


def _contradictions(study: PublishedStudy) -> Iterator[Row]:
    for contradiction in study.section.get("contradictions", ()):
        for number, statement in enumerate(contradiction.get("statements", ())):
            first: dict[str, Any] = next(iter(statement.get("sources", ())), {})
            yield [
                contradiction["pointer"],
                statement["value"],
                number == 0,
                first.get("document"),
                first.get("firstLine"),
                first.get("lastLine"),
                contradiction.get("rule"),
            ]
