"""What a document says, held against the model's types and ranges: what does not fit is left out and reported."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

import msgspec
from msgspec import inspect

from generator.model.pointers import Json
from generator.model.problem import Problem
from generator.model.record import Record
from generator.model.source import Source
from generator.model.study import Study
from generator.readers.registry_values import date

MOST_MISTAKES = 100
"""A record with more values of unexpected types than this is no record of a trial."""

LARGEST_NUMBER = 10**15
"""No count of people, bytes or events is larger; JSON and JavaScript keep numbers up to here exactly."""

_PATH = re.compile(r" - at `\$(?P<path>[^`]*)`$")
_STEP = re.compile(r"\.(\w+)|\[([0-9]+)\]")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})(?:[T ][0-9:.,Z+-]{1,40})?)?)?")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A value that is not of the model's type."""

    pointer: str
    value: Json
    expectation: str
    """What the model has there, in msgspec's words."""


def typed(values: dict[str, Json]) -> tuple[Study, list[LeftOut]]:
    """Return the study that *values*, an API v2 record, are, and what was left out because its type is another.

    What is left out is taken out of a copy; *values* stay as they are.  Raises msgspec.ValidationError where hardly
    anything fits.
    """
    left_out: list[LeftOut] = []
    copied = False
    while True:
        try:
            return msgspec.convert(values, Study, strict=False), left_out
        except msgspec.ValidationError as error:
            if not copied:
                values, copied = cast("dict[str, Json]", _copied(values)), True
            message = str(error)
            match = _PATH.search(message)
            steps = [name or int(index) for name, index in _STEP.findall(match["path"] if match else "")]
            if not steps or len(left_out) >= MOST_MISTAKES:
                raise
            pointer = "/" + "/".join(map(str, steps))
            left_out.append(LeftOut(pointer, _take_out(values, steps), _PATH.sub("", message).replace("`", "")))


def without(values: dict[str, Json], corrections: list[tuple[str, Json]]) -> dict[str, Json]:
    """Return *values* with each of *corrections* made in turn: another value at a pointer, or, with None, none."""
    if not corrections:
        return values
    values = cast("dict[str, Json]", _copied(values))
    for pointer, value in corrections:
        steps: list[str | int] = [int(step) if step.isdecimal() else step for step in pointer[1:].split("/")]
        if value is None:
            _take_out(values, steps)
        else:
            parent: Any = values
            for step in steps[:-1]:
                parent = parent[step]
            parent[steps[-1]] = value
    return values


def check_values(record: Record) -> dict[str, str]:
    """Put right the dates and numbers of *record* that cannot be what they stand for; each becomes a problem.

    A date in words becomes a date; any other text in a date's place, a negative count and a number beyond
    :data:`LARGEST_NUMBER` become fields of the registry, as they are written.

    Returns the pointer of each value that is no longer in its place, with the one that has it now; ``""`` for none.
    """
    check = _Check(record)
    check.look(record.study, "")
    return check.moved


class _Check:
    def __init__(self, record: Record) -> None:
        self.record = record
        self.moved: dict[str, str] = {}

    def look(self, value: msgspec.Struct, pointer: str) -> None:
        """Go through *value*, which stands at *pointer*."""
        plan = _plan(type(value))
        for field, name in plan.dates:
            text = getattr(value, field)
            if text is not None and not _is_date(text):
                self._correct(value, field, f"{pointer}/{name}", text, date(text))
        for field, name in plan.numbers:
            number = getattr(value, field)
            if number is not None and not 0 <= number <= LARGEST_NUMBER:
                self._correct(value, field, f"{pointer}/{name}", number, None)
        for field, name in plan.inside:
            below = getattr(value, field)
            if isinstance(below, list):
                for index, item in enumerate(below):
                    self.look(item, f"{pointer}/{name}/{index}")
            elif below is not None:
                self.look(below, f"{pointer}/{name}")

    def _correct(self, value: msgspec.Struct, field: str, pointer: str, found: str | int, better: str | None) -> None:
        setattr(value, field, better)
        self.record.corrections.append((pointer, better))
        section = self.record.study.catalog_section
        sources = section.sources.pop(pointer, None) if better is None else section.sources.get(pointer)
        stated = sources or sources_above(section.sources, pointer)
        text = found if isinstance(found, str) else "a number out of range"
        name = pointer[1:].removeprefix("protocolSection/").replace("/", ".")
        if better is None:
            self.moved[pointer] = ""
        if better is None and isinstance(found, str):
            self.moved[pointer] = field_pointer = f"/catalogSection/registryFields/{name}"
            section.registry_fields[name] = found
            section.sources[field_pointer] = stated
        shown = text if len(text) <= 60 else f"{text[:60]}…"
        if better is not None:
            what = f"{name} is “{shown}”; it is read as {better}. Write dates as 2019, 2019-07 or 2019-07-31"
        elif isinstance(found, str):
            what = f"{name} is “{shown}”, which is no date; it is shown as it stands. Write dates as 2019-07-31"
        else:
            what = f"{name} is {text} and is left out; correct it, or save the record again"
        self.record.problems.append(
            Problem(
                path=section.documents[0].path if section.documents else self.record.id,
                line=stated[0].first_line if stated else 1,
                message=what,
                severity="warning",
                code="out-of-range",
            )
        )


def sources_above(sources: dict[str, list[Source]], pointer: str) -> list[Source]:
    """Return the sources of what the value at *pointer* is part of."""
    while pointer:
        pointer = pointer.rpartition("/")[0]
        if pointer in sources:
            return list(sources[pointer])
    return []


@dataclass(frozen=True, slots=True)
class _Plan:
    """The fields of a type that are looked at, each as its names in Python and in JSON."""

    dates: tuple[tuple[str, str], ...]
    numbers: tuple[tuple[str, str], ...]
    inside: tuple[tuple[str, str], ...]


@cache
def _plan(type_: type[msgspec.Struct]) -> _Plan:
    dates, numbers, inside = [], [], []
    for field in cast("inspect.StructType", inspect.type_info(type_)).fields:
        names = field.name, field.encode_name
        kinds = field.type.types if isinstance(field.type, inspect.UnionType) else (field.type,)
        for kind in kinds:
            if isinstance(kind, inspect.StrType) and (field.name.endswith("date") or field.name == "version_holder"):
                dates.append(names)
            elif isinstance(kind, inspect.IntType):
                numbers.append(names)
            elif field.name == "catalog_section":
                continue
            else:
                below = kind.item_type if isinstance(kind, inspect.ListType) else kind
                if isinstance(below, inspect.StructType) and _looks_inside(below.cls):
                    inside.append(names)
    return _Plan(tuple(dates), tuple(numbers), tuple(inside))


def _looks_inside(type_: type[msgspec.Struct]) -> bool:
    plan = _plan(type_)
    return bool(plan.dates or plan.numbers or plan.inside)


def _is_date(text: str) -> bool:
    match = _DATE.fullmatch(text)
    if not match:
        return False
    year, month, day = int(match[1]), int(match[2] or 1), int(match[3] or 1)
    return year >= 1 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def _copied(value: Json) -> Json:
    if isinstance(value, dict):
        return {key: _copied(child) for key, child in value.items()}
    if isinstance(value, list):
        return [_copied(child) for child in value]
    return value


def _take_out(values: dict[str, Json], steps: list[str | int]) -> Json:
    parent: Any = values
    for step in steps[:-1]:
        parent = parent[step]
    return cast("Json", parent.pop(steps[-1]))
