"""A sentence of ours with what it is about: English in data files, in the site's language on pages."""

from __future__ import annotations

import msgspec

from generator.model.pointers import Json
from generator.model.structure import FrozenStructure

MARK = "sentence"
"""The name of a sentence's message where it is kept as JSON: no other object has it."""


class Sentence(FrozenStructure, frozen=True, rename={"message": MARK}):
    """A message with names in braces, and what stands for each name.

    ``str()`` gives it in English.  :func:`generator.language.messages.translate` gives it in the site's language.
    """

    message: str
    values: tuple[tuple[str, str | Sentence], ...] = ()

    def __str__(self) -> str:
        """Return the sentence in English."""
        return self.message.format(**{name: str(value) for name, value in self.values}) if self.values else self.message


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


def sentence(message: str, **values: str | Sentence) -> Sentence:
    """Return a message for translators with its *values*; names of documents stay as documents write them."""
    return Sentence(message=message, values=tuple(values.items()))
