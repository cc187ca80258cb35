"""What `trial-catalog names` prints: joins with their reasons, near misses kept apart, and what waits for a decision.

A decision needs to know who is who, so each name stands with its trials, its cities and their sponsors, and with the
lines to paste into ``seeds/names/*.yml``.  The ``source:`` there is left empty: whoever decides writes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from textwrap import wrap

from generator.identity.curated import FILES, KINDS, curated_key
from generator.identity.decisions import scalar, spelling_line
from generator.identity.identification import Identification
from generator.identity.review import Question, questions
from generator.identity.site_towns import towns_of_entities
from generator.identity.vocabularies.vocabulary import Vocabulary
from generator.model.catalog import Entity, EntityReference, Kind, Spelling

MOST_WAITING = 20
"""Decisions of one kind that are shown unless more are asked for."""

_WIDTH = 110
_SHOWN_TRIALS = 4
_SHOWN_SOURCES = 3
_TITLES: Mapping[Kind, str] = {
    "organization": "Organizations",
    "person": "Persons",
    "drug": "Drugs",
    "condition": "Conditions",
    "place": "Places",
}


def report_lines(
    identification: Identification,
    *,
    everything: bool,
    kind: Kind | None = None,
    limit: int = MOST_WAITING,
    vocabularies: Sequence[Vocabulary] = (),
) -> Iterator[str]:
    """Yield the report line by line.

    *everything* also shows entities that are written in one way only; *kind* shows one kind only; *limit* is how many
    decisions of each kind are shown, 0 for all, in the order in which the review asks; what *vocabularies* know as two
    is not shown.
    """
    kinds = [one for one in KINDS if kind in (None, one)]
    report = _Report(identification, questions(identification, kinds, vocabularies))
    yield from _headed("Joined: one entity under several names, and why", report.joined(kinds, everything=everything))
    yield from _headed("Kept apart: names that are nearly alike and are not the same", report.kept_apart(kinds))
    yield from _headed("Waiting for a decision: nothing below was joined", report.waiting(kinds, limit))
    yield report.summary(kinds)


def _headed(title: str, lines: Iterator[str]) -> Iterator[str]:
    first = next(lines, None)
    yield title
    yield "=" * len(title)
    yield ""
    if first is None:
        yield "  None."
    else:
        yield first
        yield from lines
    yield ""


class _Report:
    def __init__(self, identification: Identification, questions: Sequence[Question]) -> None:
        self.identification = identification
        self.questions = questions
        self.entities = identification.entities

    def of_kind(self, kind: Kind) -> list[Entity]:
        return [entity for (of, _), entity in self.entities.items() if of == kind]

    def joined(self, kinds: list[Kind], *, everything: bool) -> Iterator[str]:
        for kind in kinds:
            shown = [entity for entity in self.of_kind(kind) if everything or len(entity.spellings) > 1]
            if not shown:
                continue
            yield _TITLES[kind]
            yield "-" * len(_TITLES[kind])
            for entity in shown:
                yield from self._entity(entity)
            yield ""

    def _entity(self, entity: Entity) -> Iterator[str]:
        marks = "".join(f", {scheme} {value}" for scheme, value in entity.identifiers.items())
        yield f"{entity.name}  [{entity.kind}/{entity.id}{marks}{'' if entity.verified else ', unverified'}]"
        yield f"    {self._where(entity)}"
        by_reason: dict[str, list[Spelling]] = {}
        for spelling in entity.spellings:
            by_reason.setdefault(f"{spelling.rule}: {spelling.reason}", []).append(spelling)
        for reason, spellings in by_reason.items():
            for spelling in spellings:
                places = [f"{one.document}:{one.first_line}" for one in spelling.sources[:_SHOWN_SOURCES]]
                more = len(spelling.sources) - _SHOWN_SOURCES
                yield f"    “{spelling.text}”  {', '.join(places)}{f' and {more} more' if more > 0 else ''}"
            yield from _indented(reason, 8)
        for whole in entity.part_of:
            yield from _indented(f"part of {self._name(whole)}: {whole.reason}", 4)

    def kept_apart(self, kinds: list[Kind]) -> Iterator[str]:
        for kind in kinds:
            for entity in self.of_kind(kind):
                for other in entity.not_same_as:
                    if (entity.kind, entity.id) < (other.kind, other.id):
                        yield f"{entity.name}  is not  {self._name(other)}"
                        yield from _indented(str(other.reason), 4)

    def waiting(self, kinds: list[Kind], limit: int) -> Iterator[str]:
        for kind in kinds:
            asked = [question for question in self.questions if question.first.kind == kind]
            if not asked:
                continue
            shown = asked[:limit] if limit else asked
            count = f"{len(shown)} of {len(asked)}" if len(shown) < len(asked) else str(len(asked))
            title = f"{_TITLES[kind]}: {count}"
            yield title
            yield "-" * len(title)
            for question in shown:
                yield from self._decision(question)

    def _decision(self, question: Question) -> Iterator[str]:
        first, second = question.first, question.second
        yield f"{first.name}  ?  {second.name}"
        yield from _indented(str(question.why), 4)
        for entity in (first, second):
            spelled = [one.text for one in entity.spellings if one.text != entity.name][:_SHOWN_SOURCES]
            also = f", also “{'”, “'.join(spelled)}”" if spelled else ""
            yield from _indented(f"{entity.id}{also}: {self._where(entity)}", 4)
        yield f"    The same?  {_place(self.identification, first, second)}"
        yield from (f"      {line}" for line in same_lines(self.identification, first, second))
        yield f"    Two?  seeds/{FILES[first.kind]}:"
        yield from (f"      {line}" for line in different_lines(self.identification, first, second))
        yield ""

    def _where(self, entity: Entity) -> str:
        """Return the context that a decision needs: trials, cities, sponsors."""
        trials = ", ".join(entity.studies[:_SHOWN_TRIALS])
        more = len(entity.studies) - _SHOWN_TRIALS
        pieces = [f"trials {trials}{f' and {more} more' if more > 0 else ''}" if trials else "in no trial by itself"]
        cities = {entity.city} if entity.city else self._cities.get((entity.kind, entity.id), set())
        if cities and entity.kind != "place":
            pieces.append(f"in {_some(cities)}")
        sponsors = {name for study in entity.studies for name in self._sponsors.get(study, ())} - {entity.name}
        if sponsors:
            pieces.append(f"sponsors {_some(sponsors)}")
        return "; ".join(pieces)

    @cached_property
    def _sponsors(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for link in self.identification.links:
            if link.role in ("leadSponsor", "sponsorWithoutRole"):
                found.setdefault(link.study, set()).add(self.entities[link.kind, link.entity].name)
        return found

    @cached_property
    def _cities(self) -> dict[tuple[Kind, str], set[str]]:
        """The cities of the sites beside which an entity is named."""
        towns = towns_of_entities(self.identification)
        return {key: {self.entities["place", town].name for town in found} for key, found in towns.items()}

    def _name(self, reference: EntityReference) -> str:
        return self.entities[reference.kind, reference.id].name

    def summary(self, kinds: list[Kind]) -> str:
        """Return one line of figures."""
        counts = ", ".join(f"{len(self.of_kind(kind))} {_TITLES[kind].lower()}" for kind in kinds)
        several = sum(len(entity.spellings) > 1 for kind in kinds for entity in self.of_kind(kind))
        return f"{counts}; {several} of them under several names; {len(self.questions)} pairs wait for a decision."


def same_lines(identification: Identification, first: Entity, second: Entity) -> list[str]:
    """Return the lines of YAML that make two entities one."""
    one, other = (second, first) if _entry(identification, second) else (first, second)
    known = {curated_key(one.kind, one.name)}
    spellings = [spelling_line(text, other) for text in _texts(other, known)]
    if _entry(identification, one):
        return [f"    - {spelling}" for spelling in spellings]
    own = [spelling_line(text, one) for text in _texts(one, known)]
    listed = [f"    - {spelling}" for spelling in dict.fromkeys([*own, *spellings])]
    return [f"- name: {scalar(one.name)}", *(["  spellings:", *listed] if listed else []), "  source:"]


def different_lines(identification: Identification, first: Entity, second: Entity) -> list[str]:
    """Return the lines of YAML that keep two entities apart for good."""
    lines = []
    for one, other in ((first, second), (second, first)):
        if _entry(identification, one):
            lines.append(f"  not_same_as: [{scalar(other.name)}]  # in the entry “{one.name}”")
        else:
            lines += [f"- name: {scalar(one.name)}", f"  not_same_as: [{scalar(other.name)}]", "  source:"]
    return lines


def _place(identification: Identification, first: Entity, second: Entity) -> str:
    entry = _entry(identification, second) or _entry(identification, first)
    if entry:
        return f"Add under “spellings:” of “{entry[0]}” (seeds/{FILES[first.kind]}, line {entry[1]}):"
    return f"seeds/{FILES[first.kind]}, in the order of names:"


def _entry(identification: Identification, entity: Entity) -> tuple[str, int] | None:
    entry = identification.curated.entries.get((entity.kind, entity.name))
    return (entry.name, entry.line) if entry else None


def _texts(entity: Entity, known: set[str]) -> list[str]:
    """Return the spellings of *entity* that are not the same name for the rules as one in *known*, to which they go."""
    found = []
    for text in (entity.name, *(spelling.text for spelling in entity.spellings)):
        key = curated_key(entity.kind, text)
        if key not in known:
            known.add(key)
            found.append(text)
    return found


def _some(names: set[str]) -> str:
    listed = sorted(names)
    more = len(listed) - _SHOWN_SOURCES
    return ", ".join(listed[:_SHOWN_SOURCES]) + (f" and {more} more" if more > 0 else "")


def _indented(text: str, by: int) -> Iterator[str]:
    yield from wrap(
        text,
        _WIDTH,
        initial_indent=" " * by,
        subsequent_indent=" " * (by + 2),
        break_long_words=False,
        break_on_hyphens=False,
    )
