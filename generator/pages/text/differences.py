"""What documents say differently, with the words marked in which they differ."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

from generator.pages.text.escaping import Markdown

_WORD = re.compile(r"\S+")
_AROUND = 8
"""Words that are shown on each side of a difference in a long text."""
_LONG = 40
"""Texts of no more words than this are shown whole."""
_MOST_WORDS = 4000
"""Longer texts are shown from their first difference on, without marks: to compare all words takes too long."""
_MOST_SHOWN = 300
"""Words of one text that are shown; its mark leads to all."""


def differing(texts: Sequence[str], escape: Callable[[str], Markdown]) -> list[Markdown]:
    """Return *texts*, each with the words marked that the first has not; of the first, those that another has not.

    Long texts are shortened to what stands around their differences.
    """
    words = [_WORD.findall(text) for text in texts]
    if len(texts) < 2:
        return [escape(text) for text in texts]
    if max(map(len, words)) > _MOST_WORDS:
        same = next(
            (at for at, here in enumerate(zip(*words, strict=False)) if len(set(here)) > 1), min(map(len, words))
        )
        return [_from(own, max(0, same - _AROUND), escape) for own in words]
    marks: list[set[int]] = [set() for _ in texts]
    for number in range(1, len(texts)):
        matcher = SequenceMatcher(None, words[0], words[number], autojunk=False)
        for change, first, last, start, end in matcher.get_opcodes():
            if change != "equal":
                marks[0].update(range(first, last))
                marks[number].update(range(start, end))
    return [_marked(own, marked, escape) for own, marked in zip(words, marks, strict=True)]


def _marked(words: list[str], marked: set[int], escape: Callable[[str], Markdown]) -> Markdown:
    near = {at + step for at in marked for step in range(-_AROUND, _AROUND + 1)}
    shown = [at for at in range(len(words)) if len(words) <= _LONG or at in near or (not marked and at < _LONG)]
    pieces: list[str] = []
    last = -1
    for run in _runs(shown[:_MOST_SHOWN], marked):
        if run[0] != last + 1:
            pieces.append("…")
        text = escape(" ".join(words[run[0] : run[-1] + 1]))
        pieces.append(f"<mark>{text}</mark>" if run[0] in marked and len(marked) < len(words) else text)
        last = run[-1]
    if words and last != len(words) - 1:
        pieces.append("…")
    return Markdown(" ".join(pieces))


def _from(words: list[str], start: int, escape: Callable[[str], Markdown]) -> Markdown:
    """Return the words from *start* on, as many as are shown."""
    shown = words[start : start + _MOST_SHOWN]
    before, after = "… " if start else "", " …" if start + len(shown) < len(words) else ""
    return Markdown(f"{before}{escape(' '.join(shown))}{after}")


def _runs(shown: list[int], marked: set[int]) -> list[list[int]]:
    """Return neighbouring places together, as far as all or none of them are marked."""
    runs: list[list[int]] = []
    for at in shown:
        if runs and runs[-1][-1] == at - 1 and (at in marked) == (runs[-1][-1] in marked):
            runs[-1].append(at)
        else:
            runs.append([at])
    return runs
