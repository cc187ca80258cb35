"""All names of the catalog by their words, in small files of which the browser loads the few that it needs.

A name is that of a drug, condition, organization, person or place in each of its spellings, a number or acronym of a
trial, or a page written by hand.  The words of titles and keywords stand there too, without a name, so that typing
errors in them are noticed.

Files are cut along the beginnings of words: as long as everything fits into one file there is one, else one for each
first letter, and so on.  A word belongs to the file with the longest beginning that fits it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import msgspec

from generator.exports.search_records import LeanText, SearchRecords, condensed, number_keys
from generator.exports.search_records import tokens as words_of
from generator.model.catalog import Entity
from generator.model.pointers import Json

LARGEST = 48_000
"""Bytes of one file (about a quarter on the wire) before it is cut; words that no cut parts may make it larger."""

_DEEPEST = 8
"""Characters by which words are parted at most: trials' numbers are alike in their first five or six."""
_MOST_NAMES_OF_A_WORD = 40
"""Names that one word leads to: the ones with the most trials.  Behind "hospital", other words must tell."""

_NO_NEWS = frozenset({"the", "and", "for", "with", "from", "des", "les", "und", "der", "die", "non", "not", "versus"})


@dataclass(frozen=True, slots=True)
class Name:
    """One thing that can be jumped to."""

    kind: str
    title: str
    url: str
    trials: int
    others: tuple[str, ...]
    """Other spellings; of a trial, its numbers."""
    hint: str
    """What tells it apart from others of its name: a place, a status."""

    @property
    def entry(self) -> list[Json]:
        """The name as it stands in a file, without empty ends."""
        entry: list[Json] = [self.kind, self.title, self.url, self.trials, list(self.others), self.hint]
        while not entry[-1]:
            entry.pop()
        return entry


class NamedTrial(msgspec.Struct, frozen=True, array_like=True):
    """What names know of a trial."""

    title: str
    numbers: list[str]
    acronym: str
    keywords: list[str]


def named(text: LeanText) -> NamedTrial:
    """Return what names know of the trial that has this lean text."""
    return NamedTrial(text.title, text.numbers, text.shown.get("acronym", ""), text.keywords)


def name_files(
    records: SearchRecords, trials: Mapping[str, NamedTrial], pages: Iterable[Name] = ()
) -> dict[str, bytes]:
    """Return the content of each file by the beginning of the words in it, sorted.

    *trials* are those of the catalog by the addresses of their pages, sorted; *pages* are written by hand.
    """
    names: list[Name] = []
    words: dict[str, dict[int, None]] = {}

    def add(name: Name, keys: Iterable[str]) -> None:
        for key in keys:
            words.setdefault(key, {})[len(names)] = None
        names.append(name)

    for name, keys in _all_names(records, trials, pages):
        add(name, keys)
    for word in _vocabulary(trials):
        words.setdefault(word, {})
    rank = sorted(range(len(names)), key=lambda number: (-names[number].trials, number))
    places = {number: place for place, number in enumerate(rank)}
    ordered = {
        word: sorted(found, key=places.__getitem__)[:_MOST_NAMES_OF_A_WORD] for word, found in sorted(words.items())
    }
    entries = [msgspec.json.encode(name.entry) for name in names]
    return dict(sorted(_cut("", list(ordered), ordered, entries)))


def _all_names(
    records: SearchRecords, trials: Mapping[str, NamedTrial], pages: Iterable[Name]
) -> Iterator[tuple[Name, dict[str, None]]]:
    for (kind, identifier), url in sorted(records.urls.items()):
        entity = records.catalog.entities[kind, identifier]
        others = records.others(entity)
        title = " ".join(entity.name.split())
        name = Name(kind, title, url, len(entity.studies), tuple(others[:12]), _hint(entity))
        yield name, _keys([entity.name, *others])
    for url, trial in trials.items():
        shown = tuple(dict.fromkeys([*trial.numbers, *([trial.acronym] if trial.acronym else [])]))
        name = Name("trial", trial.title, url, 1, shown[:12], "")
        keys = dict.fromkeys(key for number in trial.numbers for key in number_keys(number))
        yield name, {**keys, **_keys([trial.acronym, *(number for number in trial.numbers if not number.isdecimal())])}
    for page in pages:
        yield page, _keys([page.title])


def _keys(spellings: Iterable[str]) -> dict[str, None]:
    """Return the words by which a name is found: each, and codes closed up."""
    found: dict[str, None] = {}
    for spelling in spellings:
        words = words_of(spelling)
        found.update(dict.fromkeys(word for word in words if len(word) > 1 and word not in _NO_NEWS))
        whole = condensed(spelling)
        if 2 <= len(words) <= 4 and len(whole) <= 24 and any(character.isdecimal() for character in whole):
            found[whole] = None
    return found


def _hint(entity: Entity) -> str:
    return ", ".join(dict.fromkeys(part for part in (entity.city, entity.country) if part and part != entity.name))


def _vocabulary(trials: Mapping[str, NamedTrial]) -> Iterator[str]:
    for trial in trials.values():
        for text in (trial.title, *trial.keywords):
            for word in words_of(text):
                if len(word) > 3 and not word.isdecimal():
                    yield word


def _cut(
    beginning: str, words: list[str], names_of: dict[str, list[int]], entries: list[bytes]
) -> Iterator[tuple[str, bytes]]:
    """Yield files for these *words*, all of which begin alike."""
    numbers = list(dict.fromkeys(number for word in words for number in names_of[word]))
    size = sum(len(entries[number]) + 1 for number in numbers) + sum(
        len(word) + 6 + 5 * len(names_of[word]) for word in words
    )
    if size <= LARGEST or len(beginning) >= _DEEPEST or len(words) == 1:
        yield beginning, _file(words, numbers, names_of, entries)
        return
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(word[: len(beginning) + 1], []).append(word)
    for longer, group in groups.items():
        if longer == beginning:
            inside = list(dict.fromkeys(number for word in group for number in names_of[word]))
            yield beginning, _file(group, inside, names_of, entries)
        else:
            yield from _cut(longer, group, names_of, entries)


def _file(words: list[str], numbers: list[int], names_of: dict[str, list[int]], entries: list[bytes]) -> bytes:
    place = {number: index for index, number in enumerate(numbers)}
    found = {word: [place[number] for number in names_of[word]] for word in words}
    return (
        b'{"names":['
        + b",\n".join(entries[number] for number in numbers)
        + b'],\n"words":'
        + (msgspec.json.encode(found) + b"}\n")
    )
