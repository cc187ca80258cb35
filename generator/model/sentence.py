"""A sentence of ours with what it is about: English in data files, in the site's language on pages."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from generator.model.pointers import Json
from generator.model.registry_words import english_words
from generator.model.structure import FrozenStructure

MARK = "sentence"
"""The name of a sentence's message where it is kept as JSON: no other object has it."""
CODES = frozenset({"status", "type", "phases", "kind"})
"""Names in braces that stand for registries' codes: `kind` for the title of one, the others for words in a sentence."""


class Sentence(FrozenStructure, frozen=True, rename={"message": MARK}):
    """A message with names in braces, and what stands for each name: words, a code, a date, a sentence, or a list.

    ``str()`` gives it in English.  :func:`generator.pages.text.wording.translated` gives it in the site's language.
    """

    message: str
    values: tuple[tuple[str, Value], ...] = ()

    def __str__(self) -> str:
        """Return the sentence in English."""
        values = {name: _in_english(name, value) for name, value in self.values}
        return self.message.format(**values) if values else self.message


Value = str | Sentence | tuple[str, ...]


def _in_english(name: str, value: Value) -> str:
    if isinstance(value, tuple):
        return (", " if name in CODES else " and ").join(_in_english(name, item) for item in value)
    if name not in CODES:
        return str(value)
    words = english_words(str(value))
    return words if name == "kind" else words[:1].lower() + words[1:]


Note = str | Sentence
"""A sentence without values may be written as text."""


def as_sentence(note: Note) -> Sentence:
    """Return *note* as a sentence."""
    return note if isinstance(note, Sentence) else Sentence(message=note)


def in_english(value: Json) -> Json:
    """Return JSON of the model with each sentence as its English text, as data files have it."""
    if isinstance(value, dict):
        if MARK in value:
            return str(msgspec.convert(value, Sentence))
        return {key: in_english(child) if isinstance(child, dict | list) else child for key, child in value.items()}
    if isinstance(value, list):
        return [in_english(child) if isinstance(child, dict | list) else child for child in value]
    return value


def sentence(message: str, **values: str | Sentence | Iterable[str]) -> Sentence:
    """Return a message for translators with its *values*; names of documents stay as documents write them."""
    kept = ((name, value if isinstance(value, str | Sentence) else tuple(value)) for name, value in values.items())
    return Sentence(message=message, values=tuple(kept))


def in_turn(*sentences: Sentence) -> Sentence:
    """Return sentences as one that says them one after the other."""
    named = tuple((f"s{number}", one) for number, one in enumerate(sentences))
    return Sentence(message=" ".join(f"{{{name}}}" for name, _ in named), values=named)
