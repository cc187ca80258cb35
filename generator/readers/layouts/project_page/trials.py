"""Which trials a page in prose names, and which of them are its own."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

from generator.model.registry_numbers import RegistryNumber, find_numbers
from generator.readers.draft import Lines
from generator.readers.layouts.project_page.patterns import (
    ACRONYM,
    BRACKETS,
    CITED_AFTER,
    CITED_BEFORE,
    CODE,
    FAR_BEFORE,
    GENERAL_ABBREVIATIONS,
    HAS_NUMBER,
    INDEFINITE,
    LIST_NAMINGS,
    NAMED_BY_NUMBER,
    NAMINGS,
    NUMBER_IN_BRACKETS,
    REGISTRATIONS,
    SPEAKS_OF_A_NUMBER,
    TRIAL_WORD,
    WORDS_OF_TRIALS,
)
from generator.readers.layouts.project_page.sentences import Sentence

LISTED_BEFORE = re.compile(rf"(?:{ACRONYM})(?:\s+{TRIAL_WORD})?(?:\s*,|\s+and|\s+or|\s*&)\s+(?:the\s+)?$")
"""Before a trial's name: another trial is named with it, so that what follows is not of one of them."""
_NAMED_BEFORE, *_OTHERWISE_NAMED = map(re.compile, NAMINGS)
_NUMBERED = re.compile(NUMBER_IN_BRACKETS)
_LISTED = tuple(map(re.compile, LIST_NAMINGS))
_ACRONYM = re.compile(ACRONYM)
_BRACKETS_BEHIND = re.compile(rf"(?<!\s)\s*{BRACKETS}")


@dataclass(slots=True)
class Trial:
    """One trial that the page names."""

    name: str
    slug: str
    naming_lines: list[Lines] = field(default_factory=list)
    titles: list[tuple[str, Lines]] = field(default_factory=list)
    numbers: list[RegistryNumber] = field(default_factory=list)
    """The numbers that the page gives it, one of each registry; the one of ClinicalTrials.gov first."""
    own: bool = False
    """False while the page names it only as somebody else's."""
    only_number: RegistryNumber | None = None
    """The number by which alone the page names it; its name is that number then."""

    @property
    def id(self) -> str:
        """The registry number that the page gives, or the slug of the name."""
        return self.numbers[0].identifier if self.numbers else self.slug

    pattern: str = field(init=False)
    """A regular expression for this trial as a sentence names it: by its name, or, once known, by a number."""
    bare_pattern: str = field(init=False)
    """The same without brackets behind the name."""
    beginning: str = field(init=False)
    """What the name begins with, however its hyphens are written."""

    def __post_init__(self) -> None:
        """Make the patterns of the name."""
        parts = re.split("[-‑]", self.name)
        self.beginning = parts[0]
        name = "[-‑]".join(map(re.escape, parts))
        brackets = rf"(?:\s*{BRACKETS})?"
        start = rf"(?:[Tt]he\s+)?(?<![\w-]){name}(?![\w-])"
        self.pattern = rf"{start}{brackets}(?: {TRIAL_WORD})?{brackets}"
        self.bare_pattern = rf"{start}(?: {TRIAL_WORD})?"

    def add_number(self, number: RegistryNumber) -> None:
        """Note that *number* is the trial's own, so that sentences may name it by that."""
        self.numbers.append(number)
        self.numbers.sort(key=lambda one: one.kind.name != "nct")
        self.pattern = rf"(?:{self.pattern}|(?:[Tt]he\s+)?(?:{TRIAL_WORD} )?\b{re.escape(number.written)}(?![\w-]))"

    def is_named(self, text: str) -> bool:
        """Say whether *text* names the trial."""
        known = self.beginning in text or any(number.written in text for number in self.numbers)
        return known and re.search(self.pattern, text) is not None


@lru_cache(maxsize=1024)
def numbers_in(text: str) -> tuple[RegistryNumber, ...]:
    """Return the numbers in *text* that registries give to trials."""
    return tuple(number for number in find_numbers(text) if number.primary) if HAS_NUMBER.search(text) else ()


@lru_cache(maxsize=256)
def slug_of(name: str) -> str:
    """Return *name* as part of an address."""
    plain = unicodedata.normalize("NFKD", name.replace("‑", "-")).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def registers(text: str, trial: Trial, number: RegistryNumber) -> bool:
    """Say whether *text* gives *number* to *trial*."""
    written = re.escape(number.written)
    # Without the brackets that a trial's pattern may swallow: they hold the number.
    for pattern in REGISTRATIONS:
        for match in re.finditer(pattern.format(s=trial.bare_pattern, n=written), text):
            if not LISTED_BEFORE.search(text[: match.start()]):
                return True
    return False


def _may_name_a_trial(name: str) -> bool:
    capitals = sum(character.isupper() for character in name)
    letters = sum(character.isalpha() for character in name)
    upper = name.upper().replace("‑", "-")
    bare = re.sub(r"[-\s\d]+$", "", upper)
    if capitals < 3 or capitals * 2 < letters or re.fullmatch(r"[IVXLC]+", bare) or CODE.fullmatch(upper):
        return False
    singular = bare[:-1] if name.endswith("s") else bare
    return not {upper, bare, singular} & GENERAL_ABBREVIATIONS


def trials_of(sentences: list[Sentence]) -> list[Trial]:
    """Return the trials that the sentences name, in order of their first naming, others' trials included."""
    found: dict[str, Trial] = {}
    for sentence in sentences:
        text = sentence.text
        for name, start, stop, title in _namings(text):
            before = text[max(start - FAR_BEFORE, 0) : start]
            if INDEFINITE.search(before) or not _may_name_a_trial(name):
                continue
            trial = found.setdefault(slug_of(name), Trial(name, slug_of(name)))
            if sentence.lines not in trial.naming_lines:
                trial.naming_lines.append(sentence.lines)
            if title:
                trial.titles.append((title, sentence.lines))
            if not CITED_BEFORE.search(before) and not CITED_AFTER.search(text[stop : stop + FAR_BEFORE]):
                trial.own = True
    named = list(found.values())
    return [*named, *_named_by_number(sentences, named)]


def _named_by_number(sentences: list[Sentence], named: list[Trial]) -> list[Trial]:
    """Return the trials that the sentences name by their numbers alone.

    None where a trial with a name has no number: the number may be its own.
    """
    mentions = [(sentence, number) for sentence in sentences for number in numbers_in(sentence.text)]
    given = {
        trial.slug: {number.number for sentence, number in mentions if registers(sentence.text, trial, number)}
        for trial in named
    }
    if any(trial.own and not given[trial.slug] for trial in named):
        return []
    taken = {number for numbers in given.values() for number in numbers}
    found: dict[str, Trial] = {}
    for sentence, number in mentions:
        start = _naming_by(sentence.text, number)
        if number.number in taken or start is None:
            continue
        slug = number.identifier.lower()
        trial = found.setdefault(slug, Trial(number.written, slug, only_number=number))
        if sentence.lines not in trial.naming_lines:
            trial.naming_lines.append(sentence.lines)
        before = sentence.text[max(start - FAR_BEFORE, 0) : start]
        cited = CITED_BEFORE.search(before) or CITED_AFTER.search(sentence.text[number.end : number.end + FAR_BEFORE])
        trial.own = trial.own or cited is None
    return list(found.values())


def _naming_by(text: str, number: RegistryNumber) -> int | None:
    """Return where the words begin that call a trial by *number*, such as "the trial"; None where none do."""
    begin = max(number.start - FAR_BEFORE, 0)
    before = text[begin : number.start]
    for other in numbers_in(text):  # each is as long as before, so that places stay
        if begin <= other.start and other.end <= number.start:
            blank = "#" * (other.end - other.start)
            before = before[: other.start - begin] + blank + before[other.end - begin :]
    by_word, at_the_beginning = NAMED_BY_NUMBER
    if found := by_word.search(before):
        return begin + found.start()
    speaks = SPEAKS_OF_A_NUMBER.match(text[number.end :]) is not None
    return 0 if speaks and at_the_beginning.search(text[: number.start]) else None


@lru_cache(maxsize=256)
def _namings(text: str) -> tuple[tuple[str, int, int, str | None], ...]:
    """Return ``(name, start, end of the naming, the name with its word)`` for each naming in *text*.

    A page's sentences are asked for twice: when it is recognised, and when it is read.
    """
    hits: list[tuple[int, int, str, str | None]] = []
    if WORDS_OF_TRIALS.search(text):
        for match in _NAMED_BEFORE.finditer(text):
            words = _BRACKETS_BEHIND.sub("", match[0])
            hits.append((match.start("name"), match.end(), match["name"], words))
        for pattern in _OTHERWISE_NAMED:
            hits.extend(
                (match.start("name"), match.end("name"), match["name"], None) for match in pattern.finditer(text)
            )
        for pattern in _LISTED:
            for match in pattern.finditer(text):
                hits.extend(
                    (match.start("names") + part.start(), match.end(), part[0], None)
                    for part in _ACRONYM.finditer(match["names"])
                )
    for number in numbers_in(text) if "(" in text else ():
        begin = max(number.start - FAR_BEFORE, 0)
        if found := _NUMBERED.search(text[begin : number.start]):
            hits.append((begin + found.start("name"), begin + found.end("name"), found["name"], None))
    return tuple((name, start, stop, title) for start, stop, name, title in sorted(hits, key=lambda hit: hit[:3]))
