"""All names of the catalog by their words: jumps, registry numbers, and what mistyped words may mean.

A name is that of a drug, condition, organization, person or place in each of its spellings, a number or acronym of a
trial, or a page written by hand.  The words of titles and keywords stand there too, without a name, so that typing
errors in them are noticed.

All lies in small files of which the browser loads the few that it needs.  Files are cut along the beginnings of words:
as long as everything fits into one file there is one, else one for each first letter, and so on.  A word belongs to the
file with the longest beginning that fits it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from generator.model.catalog import Entity
from generator.model.pointers import Json
from generator.pages.text.escaping import one_line
from generator.search.texts import SearchTexts, TrialText, condensed, number_keys
from generator.search.texts import tokens as words_of

LARGEST = 48_000
"""Bytes of one file (about a quarter on the wire) before it is cut; words that no cut parts may make it larger."""

_DEEPEST = 8
"""Characters by which words are parted at most: trials' numbers are alike in their first five or six."""

_AROUND_A_WORD, _A_NUMBER = 6, 5
"""Bytes of a file, roughly, around a word, and for the number of each entry that it leads to."""

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


class ListedTrial(msgspec.Struct, frozen=True, array_like=True):
    """What names and towns know of a trial."""

    url: str
    title: str
    numbers: list[str]
    acronym: str
    keywords: list[str]
    points: list[tuple[str, float, float]]


def listed(url: str, text: TrialText) -> ListedTrial:
    """Return what names and towns know of the trial with this text, whose page is at *url*."""
    return ListedTrial(url, text.title, text.numbers, text.shown.get("acronym", ""), text.keywords, text.points)


def name_files(texts: SearchTexts, trials: Sequence[ListedTrial], pages: Iterable[Name] = ()) -> dict[str, bytes]:
    """Return the content of each file by the beginning of the words in it, sorted.

    *trials* are those of the catalog, sorted by address; *pages* are written by hand.
    """
    names: list[Name] = []
    words: dict[str, dict[int, None]] = {}

    def add(name: Name, keys: Iterable[str]) -> None:
        for key in keys:
            words.setdefault(key, {})[len(names)] = None
        names.append(name)

    for name, keys in _all_names(texts, trials, pages):
        add(name, keys)
    for word in _vocabulary(trials):
        words.setdefault(word, {})
    rank = sorted(range(len(names)), key=lambda number: (-names[number].trials, number))
    places = {number: place for place, number in enumerate(rank)}
    ordered = {
        word: sorted(found, key=places.__getitem__)[:_MOST_NAMES_OF_A_WORD] for word, found in sorted(words.items())
    }
    return _word_files(ordered, [name.entry for name in names])


def _all_names(
    texts: SearchTexts, trials: Sequence[ListedTrial], pages: Iterable[Name]
) -> Iterator[tuple[Name, dict[str, None]]]:
    for (kind, identifier), url in sorted(texts.urls.items()):
        entity = texts.catalog.entities[kind, identifier]
        others = texts.others(entity)
        title = one_line(entity.name)
        name = Name(kind, title, url, len(entity.studies), tuple(others[:12]), _hint(entity))
        yield name, _keys([entity.name, *others])
    for trial in trials:
        shown = tuple(dict.fromkeys([*trial.numbers, *([trial.acronym] if trial.acronym else [])]))
        name = Name("trial", trial.title, trial.url, 1, shown[:12], "")
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


def _vocabulary(trials: Sequence[ListedTrial]) -> Iterator[str]:
    for trial in trials:
        for text in (trial.title, *trial.keywords):
            for word in words_of(text):
                if len(word) > 3 and not word.isdecimal():
                    yield word


def _word_files(words: Mapping[str, Sequence[int]], entries: Sequence[object]) -> dict[str, bytes]:
    """Return the content of each file by the beginning of the words in it, sorted.

    *words* gives the numbers of the *entries* that each word leads to.  A file is JSON: ``names``, its entries, and
    ``words``, each with the places of its entries in that list.
    """
    written = [msgspec.json.encode(entry) for entry in entries]
    return dict(sorted(_cut("", sorted(words), words, written)))


def file_name(beginning: str) -> str:
    """Return the name of the file for words with this *beginning*; the browser makes it in the same way."""
    safe = (
        character if character.isascii() and character.isalnum() else f"_{ord(character):x}" for character in beginning
    )
    return f"n-{''.join(safe)}.json.gz"


def _cut(
    beginning: str, words: list[str], entries_of: Mapping[str, Sequence[int]], entries: list[bytes]
) -> Iterator[tuple[str, bytes]]:
    """Yield files for these *words*, all of which begin alike."""
    numbers = {number for word in words for number in entries_of[word]}
    size = sum(len(entries[number]) + 1 for number in numbers)
    size += sum(len(word) + _AROUND_A_WORD + _A_NUMBER * len(entries_of[word]) for word in words)
    if size <= LARGEST or len(beginning) >= _DEEPEST or len(words) == 1:
        yield beginning, _file(words, entries_of, entries)
        return
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(word[: len(beginning) + 1], []).append(word)
    for longer, group in groups.items():
        if longer == beginning:
            yield beginning, _file(group, entries_of, entries)
        else:
            yield from _cut(longer, group, entries_of, entries)


def _file(words: list[str], entries_of: Mapping[str, Sequence[int]], entries: list[bytes]) -> bytes:
    places: dict[int, int] = {}
    found = {word: [places.setdefault(number, len(places)) for number in entries_of[word]] for word in words}
    names = b",\n".join(entries[number] for number in places)
    return b'{"names":[' + names + b'],\n"words":' + msgspec.json.encode(found) + b"}\n"
