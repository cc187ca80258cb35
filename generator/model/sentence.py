"""A sentence of ours with what it is about: English in data files, in the site's language on pages."""

from __future__ import annotations

from generator.model.structure import FrozenStructure


class Sentence(FrozenStructure, frozen=True):
    """A message with names in braces, and what stands for each name.

    ``str()`` gives it in English.  :func:`generator.language.messages.translate` gives it in the site's language.
    """

    message: str
    values: tuple[tuple[str, str | Sentence], ...] = ()

    def __str__(self) -> str:
        """Return the sentence in English."""
        return self.message.format(**{name: str(value) for name, value in self.values}) if self.values else self.message


def sentence(message: str, **values: str | Sentence) -> Sentence:
    """Return a message for translators with its *values*; names of documents stay as documents write them."""
    return Sentence(message=message, values=tuple(values.items()))
