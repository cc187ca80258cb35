"""Two readings of one trial, value by value: what was added, removed and changed.

Only what documents state is compared, and only where both sides could state it:

* Values about a record's own version (last verified, last posted …) change with every version and are left out, and so
  is what a registry works out itself (coordinates of towns, classes of terms).
* Items of lists that have a name of their own (sites, arms, people …) meet by it, as they do in merging: a list in
  another order is no change.
* Another layout says more, or less, about the same trial.  So a value counts as added or removed only where a document
  of its layout stood before and after, and between two layouts only `COMPARABLE` values are compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

import msgspec

from generator.history.kinds import kind_of
from generator.model.change import CONTACT_PARTS, Action, Change
from generator.model.pointers import Json, escape
from generator.model.source import Source
from generator.model.study import Study
from generator.studies.merging import ITEM_KEYS, OF_THE_RECORD

_SECTIONS = ("protocolSection", "documentSection")
_STATED = (
    "sponsorsWithoutRole",
    "responsibleParty",
    "outcomesWithoutType",
    "contactsWithoutSite",
    "otherInterventionNames",
    "ageLimitWithoutBound",
    "countries",
    "registryFields",
    "objectives",
)
"""What of the catalog's own section a document states of the trial."""

_STATUS = "/protocolSection/statusModule"
COMPARABLE = (
    f"{_STATUS}/overallStatus",
    f"{_STATUS}/whyStopped",
    f"{_STATUS}/startDateStruct",
    f"{_STATUS}/primaryCompletionDateStruct",
    f"{_STATUS}/completionDateStruct",
    "/protocolSection/designModule/enrollmentInfo",
    "/protocolSection/sponsorCollaboratorsModule/leadSponsor/name",
)
"""Values that every layout writes in the same way, so that a difference between two layouts is one of the trial."""

_LEFT_OUT = OF_THE_RECORD | {"geoPoint", "nctIdAliases"}
_TYPE = re.compile(r" \([A-Z_]+\)$")
_REACHED_BY = ("phone", "phoneExt", "email")
_NAMES_OF_ITEMS = ("facility", "name", "label", "measure", "title", "id", "citation", "url", "term", "text", "filename")


def compare(before: Study, after: Study) -> list[Change]:
    """Return what differs between two readings of one trial, in the order of the later one's values."""
    return list(_Comparison(_Side.of(before), _Side.of(after)).changes())


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the readings."""

    sections: dict[str, Json]
    sources: dict[str, list[Source]]
    layouts: dict[str, str]
    """Of its documents, by path."""
    results: Json

    @classmethod
    def of(cls, study: Study) -> _Side:
        value = cast("dict[str, Json]", msgspec.to_builtins(study))
        own = cast("dict[str, Json]", value.get("catalogSection") or {})
        sections = {name: value[name] for name in _SECTIONS if name in value}
        sections["catalogSection"] = {name: own[name] for name in _STATED if name in own}
        section = study.catalog_section
        layouts = {document.path: document.layout for document in section.documents}
        return cls(sections, section.sources, layouts, value.get("resultsSection"))

    def source(self, pointer: str) -> Source | None:
        """Return where the value at *pointer* stands: in its own place, its parts', or the nearest that covers it."""
        for inner in (pointer, f"{pointer}/date", f"{pointer}/count"):
            if inner in self.sources:
                return self.sources[inner][0]
        below = next((found for place, found in self.sources.items() if place.startswith(f"{pointer}/")), None)
        if below:
            return below[0]
        while pointer:
            pointer = pointer.rpartition("/")[0]
            if self.sources.get(pointer):
                return self.sources[pointer][0]
        return None

    def layout(self, source: Source | None) -> str | None:
        """Return the layout of a source's document."""
        return self.layouts.get(source.document) if source else None


@dataclass(frozen=True, slots=True)
class _Comparison:
    before: _Side
    after: _Side

    def changes(self) -> Iterator[Change]:
        yield from self._objects("", self.before.sections, "", self.after.sections, None)
        yield from self._results()

    def _results(self) -> Iterator[Change]:
        """Yield one change for all results: each number of a table is no change that anybody follows."""
        old, new = self.before.results, self.after.results
        pointer = "/resultsSection"
        if bool(old) != bool(new):
            yield from self._one(pointer if old else None, pointer if new else None, None, None, None)
        elif old != new and isinstance(old, dict) and isinstance(new, dict):
            names = sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))
            if self._same_layout(pointer, pointer):
                yield self._change("changed", pointer, pointer, ", ".join(names), None, None)

    def _values(self, here: str, old: Json, there: str, new: Json, item: str | None) -> Iterator[Change]:
        """Compare the value *old* at *here* in the earlier reading with *new* at *there* in the later one."""
        old, new = _whole(old), _whole(new)
        if old == new:
            return
        if isinstance(old, dict) and isinstance(new, dict):
            yield from self._objects(here, old, there, new, item)
        elif isinstance(old, list) and isinstance(new, list):
            yield from self._lists(here, old, there, new, item)
        elif _is_empty(old) or _is_empty(new):
            yield from self._one_sided(here, old, there, new, item)
        elif not isinstance(old, dict | list) and not isinstance(new, dict | list):
            yield from self._one(here, there, item, _text(old), _text(new))

    def _objects(
        self, here: str, old: dict[str, Json], there: str, new: dict[str, Json], item: str | None
    ) -> Iterator[Change]:
        for name in dict.fromkeys([*new, *old]):
            if name not in _LEFT_OUT:
                step = escape(name)
                yield from self._values(f"{here}/{step}", old.get(name), f"{there}/{step}", new.get(name), item)

    def _lists(self, here: str, old: list[Json], there: str, new: list[Json], item: str | None) -> Iterator[Change]:
        olds, news = _by_key(here, old), _by_key(there, new)
        for key, place in news.items():
            value = new[place]
            pointer = f"{there}/{place}"
            if key not in olds:
                yield from self._one(None, pointer, item, None, _name_of(value))
            elif isinstance(value, dict):
                inner = item if here.endswith("/contacts") and item else _short_name_of(value)
                yield from self._values(f"{here}/{olds[key]}", old[olds[key]], pointer, value, inner)
        for key, place in olds.items():
            if key not in news:
                yield from self._one(f"{here}/{place}", None, item, _name_of(old[place]), None)

    def _one_sided(self, here: str, old: Json, there: str, new: Json, item: str | None) -> Iterator[Change]:
        """Compare a value with none: each scalar and each item of a list is a change of its own."""
        came = _is_empty(old)
        value, pointer = (new, there) if came else (old, here)
        if isinstance(value, dict):
            for name, child in value.items():
                inside = f"{pointer}/{escape(name)}"
                if name in _LEFT_OUT or _is_empty(child):
                    continue
                if came:
                    yield from self._values(inside, None, inside, child, item)
                else:
                    yield from self._values(inside, child, inside, None, item)
        elif isinstance(value, list):
            for place, child in enumerate(value):
                yield from self._came_or_went(f"{pointer}/{place}", item, _name_of(child), came=came)
        else:
            yield from self._came_or_went(pointer, item, _text(value), came=came)

    def _came_or_went(self, pointer: str, item: str | None, text: str, *, came: bool) -> Iterator[Change]:
        if came:
            yield from self._one(None, pointer, item, None, text)
        else:
            yield from self._one(pointer, None, item, text, None)

    def _one(
        self, here: str | None, there: str | None, item: str | None, old: str | None, new: str | None
    ) -> Iterator[Change]:
        """Yield a change, if it is one of the trial and not of the layouts of its documents."""
        if here is not None and there is not None:
            if self._same_layout(here, there):
                if _plain(old) != _plain(new):
                    yield self._change("changed", here, there, item, old, new)
            elif there in COMPARABLE and not _agree(old, new):
                yield self._change("changed", here, there, item, old, new)
        elif there is not None:
            if self.after.layout(self.after.source(there)) in self.before.layouts.values():
                yield self._change("added", None, there, item, old, new)
        elif here is not None and self.before.layout(self.before.source(here)) in self.after.layouts.values():
            yield self._change("removed", here, None, item, old, new)

    def _same_layout(self, here: str, there: str) -> bool:
        return self.before.layout(self.before.source(here)) == self.after.layout(self.after.source(there))

    def _change(
        self, action: Action, here: str | None, there: str | None, item: str | None, old: str | None, new: str | None
    ) -> Change:
        pointer = there or here or ""
        return Change(
            kind=kind_of(pointer),
            pointer=pointer,
            action=action,
            item=item,
            old=old,
            new=new,
            old_source=self.before.source(here) if here is not None else None,
            new_source=self.after.source(there) if there is not None else None,
        )


def _whole(value: Json) -> Json:
    """Return a date with its type, or a number of participants with its type, as one value: ``2026-05 (ESTIMATED)``."""
    if isinstance(value, dict) and value and set(value) <= {"date", "type"} | {"count", "type"}:
        stated = value.get("date", value.get("count"))
        if stated is None:
            return None
        return f"{stated} ({value['type']})" if value.get("type") else str(stated)
    return value


def _by_key(pointer: str, items: list[Json]) -> dict[tuple[str, int], int]:
    """Return the places of *items*, by what two of them have in common when they are the same thing."""
    key = ITEM_KEYS.get(pointer.rpartition("/")[2])
    found: dict[tuple[str, int], int] = {}
    seen: dict[str, int] = {}
    for place, item in enumerate(items):
        if isinstance(item, dict):
            text = key(item) if key else _name_of(item)
        else:
            text = _plain(_text(item))
        seen[text] = seen.get(text, 0) + 1
        found[text, seen[text]] = place
    return found


def _name_of(value: Json) -> str:
    """Return what an item is called; of a site, with its town; of a contact, with all by which it is reached."""
    if not isinstance(value, dict):
        return _text(value)
    if any(name in value for name in _REACHED_BY):
        return CONTACT_PARTS.join(_text(value[name]) for name in ("name", *_REACHED_BY) if value.get(name))
    names = [value[name] for name in _NAMES_OF_ITEMS if isinstance(value.get(name), str)][:1]
    if "city" in value or "country" in value:
        names += [value[name] for name in ("city", "country") if isinstance(value.get(name), str)]
    return ", ".join(map(str, names)) or msgspec.json.encode(value).decode()[:200]


def _short_name_of(value: dict[str, Json]) -> str:
    """Return what the values of an item belong to: of a contact, its name alone."""
    name = value.get("name")
    return name if isinstance(name, str) else _name_of(value)


def _is_empty(value: Json) -> bool:
    return value is None or value in ("", [], {})


def _text(value: Json) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _plain(text: str | None) -> str:
    return " ".join((text or "").split())


def _agree(old: str | None, new: str | None) -> bool:
    """Say whether two layouts state the same: one of them may state a date less exactly, or leave out its type."""
    one, other = (_TYPE.sub("", _plain(text)).casefold() for text in (old, new))
    return one.startswith(other) or other.startswith(one)
