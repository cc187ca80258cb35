"""Records of one trial to one study: values chosen by a stated rule, losers kept beside them.

* The most believed record that states a value gives it (see :mod:`generator.studies.precedence`); an empty value
  never replaces a filled one.
* Items of lists that have a name of their own (sites, arms, people …) meet by it, and their details complete one
  another; the most believed record says which items there are.
* Lists that only grow (numbers, references, documents, mentions) are united.
* Every other difference is a contradiction: all values with their sources, and the rule that chose.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast

import msgspec

from generator.model.catalog_section import Contradiction, Statement
from generator.model.pointers import Json, escape, leaves
from generator.model.problem import Problem
from generator.model.record import Record
from generator.model.source import Source
from generator.model.study import Study
from generator.readers.checking import without
from generator.studies.matching import Match
from generator.studies.precedence import in_order, rule_between

ItemKey = Callable[[dict[str, Json]], str]


def _by(*names: str) -> ItemKey:
    return lambda item: "|".join(_plain(item.get(name)) for name in names)


ITEM_KEYS: dict[str, ItemKey] = {
    "secondaryIdInfos": _by("id"),
    "collaborators": _by("name"),
    "armGroups": _by("label"),
    "interventions": _by("name"),
    "primaryOutcomes": _by("measure", "timeFrame"),
    "secondaryOutcomes": _by("measure", "timeFrame"),
    "otherOutcomes": _by("measure", "timeFrame"),
    "overallOfficials": _by("name"),
    "centralContacts": _by("name"),
    "locations": _by("facility", "city", "country"),
    "contacts": _by("name"),
    "references": lambda item: _plain(item.get("pmid") or item.get("citation")),
    "seeAlsoLinks": _by("url"),
    "mentions": _by("id"),
    "jointStatements": _by("text"),
    "sponsorsWithoutRole": _by("name"),
    "outcomesWithoutType": _by("measure", "timeFrame"),
    "contactsWithoutSite": _by("name"),
}
"""Name of a list of objects -> what two of its items have in common when they are the same thing."""

UNITED = {
    "secondaryIdInfos",
    "references",
    "seeAlsoLinks",
    "mentions",
    "jointStatements",
    "nctIdAliases",
    "objectives",
    "otherInterventionNames",
    "countries",
    "unread",
    "otherNames",
}
"""Lists that hold whatever any record states."""

OF_THE_RECORD = {"lastUpdatePostDateStruct", "lastUpdateSubmitDate", "statusVerifiedDate", "versionHolder"}
"""Values about a record's own version: the newest is right, and a difference contradicts nothing."""

CASE_AND_BLANKS = re.compile(r"[\s\\]+")


@dataclass(slots=True)
class Merged:
    """A study from one or more records."""

    study: Study
    original: dict[str, Json] | None = None
    """The API v2 record with its unknown fields, where one of the records was read from one: exactly as found if it
    is the only record, else completed from the others."""
    former_ids: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def merge(match: Match) -> Merged:
    """Return the study that *match*'s records state together."""
    records = in_order(match.records)
    if len(records) == 1:
        return Merged(records[0].study, records[0].original, match.former_ids, list(records[0].problems))
    merging = _Merging(records)
    value = merging.merge_objects("", [(index, _plain_json(record)) for index, record in enumerate(records)])
    study = msgspec.convert(value, Study, strict=False)
    section = study.catalog_section
    section.id = match.id
    section.provisional = all(record.study.catalog_section.provisional for record in records)
    section.documents = [document for record in records for document in record.study.catalog_section.documents]
    section.sources = merging.sources
    stated = {pointer[:end] for pointer in merging.sources for end in _ends_of_steps(pointer)}
    section.absences = {
        pointer: absence
        for record in reversed(records)
        for pointer, absence in record.study.catalog_section.absences.items()
        if pointer not in stated
    }
    section.contradictions = sorted(
        (*merging.contradictions, *(c for record in records for c in record.study.catalog_section.contradictions)),
        key=lambda contradiction: contradiction.pointer,
    )
    section.unread = [text for record in records for text in record.study.catalog_section.unread]
    _drop_resolved(study)
    return Merged(
        study,
        value if any(record.original is not None for record in records) else None,
        match.former_ids,
        [problem for record in records for problem in record.problems]
        + [_disagreement(match.id, contradiction) for contradiction in merging.contradictions],
    )


def _plain_json(record: Record) -> dict[str, Json]:
    value = cast("dict[str, Json]", msgspec.to_builtins(record.study))
    section = cast("dict[str, Json]", value.get("catalogSection") or {})
    if record.original is not None:
        value = {**without(record.original, record.corrections), "catalogSection": section}
    for name in (
        "id",
        "provisional",
        "documents",
        "sources",
        "absences",
        "contradictions",
        "flags",
        "entities",
        "unread",
    ):
        section.pop(name, None)
    return value


class _Merging:
    """Merges the JSON of several records, the most believed first, and notes sources and contradictions."""

    def __init__(self, records: list[Record]) -> None:
        self.records = records
        self.sources: dict[str, list[Source]] = {}
        self.contradictions: list[Contradiction] = []

    def merge_objects(
        self, target: str, parts: list[tuple[int, dict[str, Json]]], pointers: dict[int, str] | None = None
    ) -> dict[str, Json]:
        """Merge *parts*, objects of the records with these indices, into one that stands at *target*.

        *pointers* says where each part stands in its own record, where that is another place.
        """
        pointers = pointers or {index: target for index, _ in parts}
        result: dict[str, Json] = {}
        for name in dict.fromkeys(name for _, part in parts for name in part):
            stated = [(index, part[name]) for index, part in parts if _filled(part.get(name))]
            if not stated:
                continue
            places = {index: f"{pointers[index]}/{escape(name)}" for index, _ in stated}
            here = f"{target}/{escape(name)}"
            first = stated[0][1]
            if isinstance(first, dict):
                objects = [(index, value) for index, value in stated if isinstance(value, dict)]
                result[name] = self.merge_objects(here, objects, places)
            elif isinstance(first, list):
                lists = [(index, value) for index, value in stated if isinstance(value, list)]
                result[name] = self._merge_lists(name, here, lists, places)
            else:
                result[name] = self._choose(name, here, stated, places)
        return result

    def _merge_lists(
        self, name: str, target: str, stated: list[tuple[int, list[Json]]], places: dict[int, str]
    ) -> list[Json]:
        key = ITEM_KEYS.get(name)
        if key is None or not all(isinstance(item, dict) for _, items in stated for item in items):
            return self._merge_plain_lists(name, target, stated, places)
        groups: dict[tuple[str, int], list[tuple[int, dict[str, Json], str]]] = {}
        for index, items in stated:
            seen: dict[str, int] = {}
            for position, item in enumerate(items):
                found = cast("dict[str, Json]", item)
                text = key(found)
                times = seen[text] = seen.get(text, 0) + 1
                groups.setdefault((text, times), []).append((index, found, f"{places[index]}/{position}"))
        if name.endswith("Outcomes"):
            _join_without_time_frame(groups)
        leader = stated[0][0]
        result: list[Json] = []
        left_out: list[tuple[int, dict[str, Json], str]] = []
        for group in groups.values():
            if group[0][0] != leader and name not in UNITED:
                left_out.extend(group[:1])
                continue
            pointers = {index: place for index, _, place in group}
            result.append(
                self.merge_objects(f"{target}/{len(result)}", [(index, item) for index, item, _ in group], pointers)
            )
        if left_out:
            self._note_left_out(name, target, leader, len(result), places[leader], left_out)
        return result

    def _merge_plain_lists(
        self, name: str, target: str, stated: list[tuple[int, list[Json]]], places: dict[int, str]
    ) -> list[Json]:
        leader, first = stated[0]
        result = list(first) if name not in UNITED else []
        for index, items in stated:
            for position, item in enumerate(items):
                found = next((at for at, known in enumerate(result) if _same(known, item)), None)
                if found is None and name in UNITED:
                    result.append(item)
                    found = len(result) - 1
                if found is not None:
                    self._add_sources(f"{target}/{found}", index, f"{places[index]}/{position}")
        different = [
            (index, items) for index, items in stated[1:] if name not in UNITED and not _same(list(items), list(first))
        ]
        if different:
            self._contradict(
                target,
                [(leader, _show(list(first)), places[leader])]
                + [(index, _show(list(items)), places[index]) for index, items in different],
            )
        return result

    def _choose(self, name: str, target: str, stated: list[tuple[int, Json]], places: dict[int, str]) -> Json:
        chosen_index, chosen = stated[0]
        if any(step in OF_THE_RECORD for step in target.split("/")):
            chosen_index, chosen = max(stated, key=lambda pair: str(pair[1]))
            stated = [(index, value) for index, value in stated if value == chosen]
        is_date = name == "date" or name.endswith("Date")
        settled = [(index, value) for index, value in stated if not self._inferred(index, places[index])]
        if settled and self._inferred(chosen_index, places[chosen_index]):
            chosen_index, chosen = settled[0]
        for index, value in settled:
            if is_date and str(value).startswith(f"{chosen}-"):
                chosen_index, chosen = index, value
                break
        if name == "overallStatus" and chosen == _NOBODY_RECRUITED:
            # What says more of the same comes before what WHO prints for all of it.
            more = [(index, value) for index, value in settled if value in _NOT_RECRUITING]
            chosen_index, chosen = more[0] if more else (chosen_index, chosen)
        others: list[tuple[int, str, str]] = []
        for index, value in stated:
            if _agrees(name, value, chosen) or (is_date and str(chosen).startswith(f"{value}-")):
                self._add_sources(target, index, places[index])
            elif not self._inferred(index, places[index]):
                others.append((index, _show(value), places[index]))
        if others:
            self._contradict(target, [(chosen_index, _show(chosen), places[chosen_index]), *others])
        return chosen

    def _inferred(self, index: int, place: str) -> bool:
        """Say whether the value at *place* of a record follows by reasoning only: it contradicts nothing stated."""
        sources = self._sources_of(index, place)
        return bool(sources) and all(source.how == "inferred" for source in sources)

    def _contradict(self, target: str, statements: list[tuple[int, str, str]]) -> None:
        self.contradictions.append(
            Contradiction(
                pointer=target,
                statements=[
                    Statement(value=value, sources=self._sources_of(index, place)) for index, value, place in statements
                ],
                rule=rule_between(self.records[statements[0][0]], self.records[statements[1][0]]),
            )
        )

    def _note_left_out(
        self,
        name: str,
        target: str,
        leader: int,
        kept: int,
        place: str,
        left_out: list[tuple[int, dict[str, Json], str]],
    ) -> None:
        by_record: dict[int, list[tuple[dict[str, Json], str]]] = {}
        for index, item, at in left_out:
            by_record.setdefault(index, []).append((item, at))
        statements = [Statement(value=f"{kept} listed", sources=self._sources_of(leader, place))]
        for index, items in sorted(by_record.items()):
            values = "; ".join(_show_item(name, item) for item, _ in items)
            sources = [source for _, at in items for source in self._sources_of(index, at)]
            statements.append(Statement(value=f"also: {values}", sources=list(dict.fromkeys(sources))))
        rule = rule_between(self.records[leader], self.records[min(by_record)])
        self.contradictions.append(Contradiction(pointer=target, statements=statements, rule=rule))

    def _add_sources(self, target: str, index: int, place: str) -> None:
        known = self.sources.setdefault(target, [])
        known.extend(source for source in self._sources_of(index, place) if source not in known)

    def _sources_of(self, index: int, place: str) -> list[Source]:
        """Return the sources of the value at *place* of the record: its own, those below it, or those above it."""
        sources = self.records[index].study.catalog_section.sources
        if place in sources:
            return list(sources[place])
        below = [source for pointer, found in sources.items() if pointer.startswith(f"{place}/") for source in found]
        if below:
            return list(dict.fromkeys(below))
        while place:
            place = place.rpartition("/")[0]
            if place in sources:
                return list(sources[place])
        return []


def _drop_resolved(study: Study) -> None:
    """Drop what stands without a role or type in one document where another document states the role or type."""
    section, protocol = study.catalog_section, study.protocol_section
    sponsors = protocol.sponsor_collaborators_module
    named = {_plain(sponsor.name) for sponsor in (sponsors.lead_sponsor, *sponsors.collaborators) if sponsor}
    outcomes = protocol.outcomes_module
    typed = {
        _plain(outcome.measure)
        for outcome in (*outcomes.primary_outcomes, *outcomes.secondary_outcomes, *outcomes.other_outcomes)
    }
    eligibility = protocol.eligibility_module
    if all(_plain(sponsor.name) in named for sponsor in section.sponsors_without_role):
        section.sponsors_without_role = []
    if typed and all(_plain(outcome.measure) in typed for outcome in section.outcomes_without_type):
        section.outcomes_without_type = []
    if section.age_limit_without_bound in (eligibility.minimum_age, eligibility.maximum_age):
        section.age_limit_without_bound = None
    for prefix, kept in (
        ("/catalogSection/sponsorsWithoutRole", section.sponsors_without_role),
        ("/catalogSection/outcomesWithoutType", section.outcomes_without_type),
        ("/catalogSection/ageLimitWithoutBound", section.age_limit_without_bound),
    ):
        if not kept:
            section.sources = {at: found for at, found in section.sources.items() if not at.startswith(prefix)}


def _ends_of_steps(pointer: str) -> list[int]:
    """Return where each step of *pointer* ends."""
    return [*(index for index, character in enumerate(pointer) if character == "/" and index), len(pointer)]


def _filled(value: Json) -> bool:
    return value not in (None, "", [], {})


def _plain(value: object) -> str:
    return CASE_AND_BLANKS.sub(" ", str(value or "")).strip().casefold()


_NOBODY_RECRUITED = "NOT_RECRUITING"
"""What WHO's portal prints for every state in which nobody is recruited."""
_NOT_RECRUITING = frozenset(
    {
        "COMPLETED", "TERMINATED", "WITHDRAWN", "SUSPENDED", "ACTIVE_NOT_RECRUITING", "NOT_YET_RECRUITING", "UNKNOWN",
        "NO_LONGER_AVAILABLE", "APPROVED_FOR_MARKETING", "TEMPORARILY_NOT_AVAILABLE", "ENDED", "EXPIRED", "CANCELLED",
    }
)  # fmt: skip
_ITEM_MARK = re.compile(r"(?:[*•·o-]|\(?[0-9]{1,3}[.)]|\(?[a-z][.)])(?=\s|$)", re.IGNORECASE)
_HEADING = re.compile(r"(?:key |main )?(?:in|ex)clusion criteria:?", re.IGNORECASE)


def _agrees(name: str, value: Json, chosen: Json) -> bool:
    """Say whether *value* can be true together with *chosen*, the value of the same field in another document."""
    if name == "overallStatus" and value == _NOBODY_RECRUITED and chosen in _NOT_RECRUITING:
        return True
    if name == "eligibilityCriteria" and isinstance(value, str) and isinstance(chosen, str):
        return _criteria(value) == _criteria(chosen)
    return _same(value, chosen)


def _criteria(text: str) -> list[tuple[str, str]]:
    """Return the text of criteria without what only orders it: heading by heading, words alone."""
    part = ""
    found: dict[str, list[str]] = {}
    for line in text.replace("\\", "").split("\n"):
        bare = line.strip()
        if _HEADING.fullmatch(bare):
            part = bare[:2].casefold()
            continue
        while match := _ITEM_MARK.match(bare):
            bare = bare[match.end() :].lstrip()
        found.setdefault(part, []).append(bare)
    return [(part, " ".join(_TELLING.findall(" ".join(lines).casefold()))) for part, lines in found.items()]


def _join_without_time_frame(groups: dict[tuple[str, int], list[tuple[int, dict[str, Json], str]]]) -> None:
    """Let an outcome without a time frame be one more source of the one outcome with the same measure."""
    for key in [key for key in groups if key[0].endswith("|")]:
        items = groups[key]
        fuller = [
            other
            for other in groups
            if other != key and other[0].rpartition("|")[0] == key[0][:-1] and not other[0].endswith("|")
        ]
        if len(fuller) == 1 and not {index for index, _, _ in groups[fuller[0]]} & {index for index, _, _ in items}:
            groups[fuller[0]] = sorted([*groups[fuller[0]], *items], key=lambda item: item[0])
            del groups[key]


def _same(one: Json, other: Json) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return _plain(one) == _plain(other) or ((tells := _tells(one)) != "" and tells == _tells(other))
    if isinstance(one, list) and isinstance(other, list):
        return sorted(_plain(_show(item)) for item in one) == sorted(_plain(_show(item)) for item in other)
    return one == other


_TELLING = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[<>=≤≥±%/+]|(?<!\w)-(?=\d)")
"""What tells something in a text: numbers, words, signs of comparison, and a minus before a number."""


def _tells(text: str) -> str:
    """Return of *text* what can make it true or false: no blanks between words, no bullets, no signs between them."""
    tokens = _TELLING.findall(text.replace("\\", "").casefold())
    return "".join(f" {token} " if token[0].isdigit() else token for token in tokens)


def _show(value: Json) -> str:
    if isinstance(value, list):
        return ", ".join(_show(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(str(leaf) for _, leaf in leaves(value))
    return {True: "Yes", False: "No"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def _show_item(name: str, item: dict[str, Json]) -> str:
    wanted = {"locations": ("facility", "city", "country"), "armGroups": ("label",), "references": ("citation",)}
    names = wanted.get(name, ("name", "measure", "id", "title", "text"))
    return ", ".join(str(item[key]) for key in names if item.get(key)) or _show(item)


def _disagreement(identifier: str, contradiction: Contradiction) -> Problem:
    chosen, *others = contradiction.statements
    begin = _first_difference(chosen.value, others[0].value) if others else 0
    places = "; ".join(
        f"“{_short(other.value, begin)}” ({other.sources[0].document}:{other.sources[0].first_line})"
        if other.sources
        else f"“{_short(other.value, begin)}”"
        for other in others
    )
    source = chosen.sources[0] if chosen.sources else None
    return Problem(
        path=source.document if source else identifier,
        line=source.first_line if source else 1,
        severity="warning",
        code="documents-disagree",
        message=(
            f"{identifier}: documents disagree on {in_words(contradiction.pointer)}: here "
            f"“{_short(chosen.value, begin)}”, elsewhere {places}. {contradiction.rule} Both stand on the page; remove "
            "the outdated document, or correct it by hand if you know which is right"
        ),
    )


def in_words(pointer: str) -> str:
    """Return the name of the field at *pointer* in words: ``startDateStruct/date`` is the start date."""
    steps = [step for step in pointer.split("/") if step and not step.isdecimal()]
    name = steps[-2] if len(steps) > 1 and steps[-1] in ("date", "count", "type", "name") else (steps or [""])[-1]
    for end in ("Struct", "Info"):
        name = name.removesuffix(end)
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
    return f"{words} ({steps[-1]})" if len(steps) > 1 and steps[-1] in ("type", "name") else words


_EXCERPT = 60
"""Characters of a value that a message shows."""


def _first_difference(one: str, other: str) -> int:
    """Return where two long texts begin to differ, 0 where this shows at their beginning."""
    place = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return place if place > _EXCERPT - 20 else 0


def _short(text: str, begin: int = 0) -> str:
    """Return the part of *text* that shows the difference, which begins at *begin*."""
    start = text.rfind(" ", 0, max(begin - 15, 0)) + 1 if begin else 0
    shown = text[start : start + _EXCERPT].strip()
    return f"{'…' if start else ''}{shown}{'…' if start + _EXCERPT < len(text) else ''}"
