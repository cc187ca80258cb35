"""What waits for a decision, as questions: two names, and what each stands for; the most useful answers first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.identity.curated import curated_key
from generator.identity.identification import Identification
from generator.identity.initials import abbreviated, is_short, names_of
from generator.identity.site_towns import towns_of_entities
from generator.identity.vocabularies.vocabulary import Vocabulary
from generator.language.formats import plural
from generator.language.messages import gettext
from generator.model.catalog import Entity, Kind
from generator.model.sentence import Sentence, sentence

_MAY_BE_THE_SAME = 0.9
"""How likely two entities of one name are taken to be one."""

_MAY_BE_SHORT = 0.7
"""How likely a name with initials is taken to be short for a name in full, of the same trial or town."""

_UNCONFIRMED = sentence("The names agree, but no second fact confirms it, so they are not joined.")

_SPONSORING = frozenset({"leadSponsor", "sponsorWithoutRole"})


@dataclass(frozen=True, slots=True)
class Question:
    """Whether two names are one."""

    first: Entity
    second: Entity
    why: Sentence
    weight: float
    """How many more trials readers of the two pages would find together, times how likely that is."""

    @property
    def key(self) -> str:
        """What tells the question from others, in this build and in the next."""
        return f"{self.first.kind}/{self.first.id}/{self.second.id}"


def questions(
    identification: Identification, kinds: Iterable[Kind], vocabularies: Sequence[Vocabulary] = ()
) -> list[Question]:
    """Return the questions about *kinds*, those first whose answer changes most for readers.

    What one of *vocabularies* knows as two concepts is not asked: prednisone is not prednisolone.
    """
    entities = identification.entities
    found: dict[tuple[Kind, str, str], Question] = {}
    wanted = set(kinds)
    for (kind, identifier), entity in entities.items():
        for other in entity.possibly_same_as if kind in wanted else ():
            if identifier < other.id:
                pair = entity, entities[other.kind, other.id]
                found[kind, identifier, other.id] = _question(*pair, other.reason or _UNCONFIRMED, _MAY_BE_THE_SAME)
    for short, full, why in (
        abbreviated(identification, towns_of_entities(identification)) if "person" in wanted else ()
    ):
        first, second = sorted((short, full), key=lambda entity: entity.id)
        found["person", first.id, second.id] = _question(first, second, why, _MAY_BE_SHORT)
    for proposal in identification.proposals:
        if proposal.kind not in wanted:
            continue
        one, two = sorted((proposal.first, proposal.second))
        pair = entities[proposal.kind, one], entities[proposal.kind, two]
        if (proposal.kind, one, two) not in found and not _is_short_for_one(*pair):
            why = sentence("The names are alike ({likeness} of 100).", likeness=f"{proposal.likeness:.0f}")
            found[proposal.kind, one, two] = _question(*pair, why, (proposal.likeness / 100) ** 3)
    curated = {key for key, entity in entities.items() if (entity.kind, entity.name) in identification.curated.entries}
    open_ones = [
        question
        for (kind, one, two), question in found.items()
        if not ((kind, one) in curated and (kind, two) in curated)
        and not any(_are_two(question, vocabulary) for vocabulary in vocabularies if vocabulary.about.kind == kind)
    ]
    return sorted(open_ones, key=lambda one: (-one.weight, one.first.kind, one.first.id, one.second.id))


def _are_two(question: Question, vocabulary: Vocabulary) -> bool:
    """Say whether the names of both mean one concept each in *vocabulary*, and not the same."""
    meant = [
        {identifier for identifier, _ in vocabulary.meanings(curated_key(entity.kind, entity.name))}
        for entity in (question.first, question.second)
    ]
    return all(len(found) == 1 for found in meant) and meant[0] != meant[1]


def _is_short_for_one(first: Entity, second: Entity) -> bool:
    """Say whether one of two persons has initials only, and the other has not: then likeness says nothing."""
    return first.kind == "person" and is_short(names_of(first)) is not is_short(names_of(second))


def _question(first: Entity, second: Entity, why: Sentence, likely: float) -> Question:
    apart = len(set(first.studies) ^ set(second.studies))
    return Question(first, second, why, likely * apart)


_MOST = 4
"""Values of one kind that are shown of a name."""


class Context:
    """What a decision about two names needs to know: their trials, places and sponsors."""

    def __init__(self, identification: Identification, title: Callable[[str], str | None]) -> None:
        """Index the links of *identification* once; *title* gives the title of a trial."""
        self._title = title
        self._entities = identification.entities
        self._sponsors: dict[str, set[str]] = {}
        self._countries: dict[str, set[str]] = {}
        self._people: dict[str, set[str]] = {}
        self._towns = towns_of_entities(identification)
        for link in identification.links:
            name = self._entities[link.kind, link.entity].name
            if link.role in _SPONSORING:
                self._sponsors.setdefault(link.study, set()).add(name)
            elif link.role == "country":
                self._countries.setdefault(link.study, set()).add(name)
            elif link.kind == "person":
                self._people.setdefault(link.study, set()).add(name)

    def side_by_side(self, question: Question) -> Iterator[tuple[str, list[str], list[str]]]:
        """Yield what is known of the two names: a heading, the first values of the one, and those of the other."""
        first, second = (dict(self._facts(entity)) for entity in (question.first, question.second))
        for heading in first | second:
            sides = [_few(side.get(heading, [])) for side in (first, second)]
            if any(sides):
                yield heading, sides[0], sides[1]

    def _facts(self, entity: Entity) -> Iterator[tuple[str, list[str]]]:
        yield gettext("Written"), sorted({one.text for one in entity.spellings})
        yield gettext("Trials"), [*map(self._trial, entity.studies[:_MOST]), *entity.studies[_MOST:]]
        if entity.city:
            yield gettext("Towns"), [", ".join(filter(None, (entity.city, entity.country)))]
        else:
            towns = self._towns.get((entity.kind, entity.id), set()) if entity.kind == "person" else set()
            yield gettext("Towns"), sorted(self._entities["place", town].name for town in towns)
        yield gettext("Countries"), _often(entity.studies, self._countries)
        yield gettext("Sponsors"), [name for name in _often(entity.studies, self._sponsors) if name != entity.name]
        if entity.kind != "person":
            yield gettext("People"), _often(entity.studies, self._people)

    def _trial(self, study: str) -> str:
        return f"{study} {self._title(study) or ''}".strip()


def _few(values: Sequence[str]) -> list[str]:
    more = len(values) - _MOST
    return [*values[:_MOST], *([plural(more, "and {n} more", "and {n} more")] if more > 0 else [])]


def _often(studies: Iterable[str], named: Mapping[str, set[str]]) -> list[str]:
    """Return the names of all *studies*, those of most of them first."""
    counts: dict[str, int] = {}
    for study in studies:
        for name in named.get(study, ()):
            counts[name] = counts.get(name, 0) + 1
    return sorted(counts, key=lambda name: (-counts[name], name))
