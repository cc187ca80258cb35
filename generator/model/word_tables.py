"""Tables of words in code: items between semicolons, and words by the value that they stand for."""

from __future__ import annotations

from collections.abc import Mapping


def listed(text: str) -> tuple[str, ...]:
    """Return the items of *text*.

    >>> listed("active; not yet recruiting")
    ('active', 'not yet recruiting')
    """
    return tuple(" ".join(item.split()) for item in text.split(";") if item.strip())


def by_word(words: Mapping[str, str]) -> dict[str, str]:
    """Return word -> value of a table of value -> words.

    >>> by_word({"ALL": "all; both", "MALE": "male"})
    {'all': 'ALL', 'both': 'ALL', 'male': 'MALE'}
    """
    return {word: value for value, text in words.items() for word in listed(text)}
