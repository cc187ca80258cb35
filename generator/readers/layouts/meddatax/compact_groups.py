"""Arms and interventions of a compact page, whose lines have lost every mark of what they are.

The section "Interventions" is a run of blocks, each a name and usually a description.  "Study Groups" is a run of
arms, each a label, usually a description, and some of those same blocks word for word.  What is a name follows
from both sections together:

* a block begins in "Interventions" wherever a stretch copied in "Study Groups" begins, and ends where one ends,
  unless it ends in what may be the label of the next arm ("Placebo");
* sentences are never names, and a phrase that occurs twice in "Interventions" is a description.

Where that leaves more than one way to cut the lines, the cheapest by the costs below is taken if it is the only
cheapest one; else nothing is stated and the lines stay unread.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, product

from generator.model.document import Line
from generator.readers.layouts.meddatax.parts import is_sentence

_LONGEST_HEAD = 40
"""Lines that label and description of one arm may have together."""
_MOST_OPEN_BORDERS = 10
"""Borders that may be undecided before a section is given up: ways to cut double with each."""

_AS_NAME = (0, 4, 12)
"""Cost of taking a line for a name: of one that reads like a name, a phrase, a sentence."""
_AS_DESCRIPTION = (2, 0, 0)
"""Cost of taking a line for the first paragraph of a description."""
_AS_LATER_PARAGRAPH = (4, 1, 0)
"""Cost of taking a line for a later paragraph of a description."""
_BLOCK_WITHOUT_DESCRIPTION = 3
_ARM = 1
_ARM_WITHOUT_BLOCK = 8
_ARM_WITHOUT_DESCRIPTION = 2
_BLOCK_AS_ARM = 10
"""Cost of a whole block, name and description, taken for text of an arm."""
_BLOCK_TWICE_IN_ARM = 16
_BLOCK_IN_NO_ARM = 12

_PHRASE = re.compile(
    r"\b(?:will|would|receives?d?|receiving|given|taken?|administ\w+|once|twice|daily|weekly|monthly|every|per|during|"
    r"orally|subcutaneous(?:ly)?|intravenous(?:ly)?|participants?|patients?|subjects?|dosage|doses? of|injections? of|"
    r"infusion|volume|for \d+|over \d+|is|are|was|were|be|as|based|according)\b|^\d",
    re.IGNORECASE,
)
"""Words of instructions and not of names, and a quantity at the beginning."""


@dataclass(frozen=True, slots=True)
class Block:
    """An intervention: where its name and its description stand in a list of lines."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Arm:
    """An arm: where its label and description stand, and its blocks as (number of the intervention, start, end)."""

    start: int
    end: int
    blocks: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Groups:
    """The two sections taken apart."""

    interventions: tuple[Block, ...]
    arms: tuple[Arm, ...]
    cost: int


def take_apart(groups: Sequence[Line], interventions: Sequence[Line]) -> Groups | None:
    """Return arms and interventions, or None where the lines allow no single reading."""
    group_texts = [line.stripped for line in groups]
    texts = [line.stripped for line in interventions]
    if not texts or not group_texts:
        return None
    certain, excluded = _borders(group_texts, texts)
    open_borders = [index for index in range(1, len(texts)) if index not in certain | excluded]
    if len(open_borders) > _MOST_OPEN_BORDERS:
        # Too many to try: a name below a phrase surely begins a block, a phrase below a name surely does not.
        clear = {index for index in open_borders if bool(_prose(texts[index])) != bool(_prose(texts[index - 1]))}
        certain |= {index for index in clear if not _prose(texts[index])}
        open_borders = [index for index in open_borders if index not in clear][:_MOST_OPEN_BORDERS]
    ways: list[tuple[int, tuple[Block, ...]]] = []
    for choice in product((False, True), repeat=len(open_borders)):
        starts = sorted({0, *certain, *(index for index, chosen in zip(open_borders, choice, strict=True) if chosen)})
        blocks = tuple(Block(start, end) for start, end in pairwise([*starts, len(texts)]))
        ways.append((sum(_block_cost(texts[block.start : block.end]) for block in blocks), blocks))
    found: list[Groups] = []
    for cost, blocks in sorted(ways, key=lambda way: way[0]):
        # Arms cost something too, so costlier blocks cannot win any more.
        if found and cost > found[0].cost:
            break
        best = _cheapest_arms(group_texts, [texts[block.start : block.end] for block in blocks])
        if best is not None:
            found.append(Groups(blocks, best[1], cost + best[0]))
            found.sort(key=lambda groups: groups.cost)
    if not found or (len(found) > 1 and found[0].cost == found[1].cost):
        return None
    return found[0]


def _borders(groups: Sequence[str], texts: Sequence[str]) -> tuple[set[int], set[int]]:
    """Return the indices in *texts* that surely begin a block, and those that surely do not."""
    certain: set[int] = set()
    position = 0
    while position < len(groups):
        size, start = max(
            ((_common(groups, position, texts, start), start) for start in range(len(texts))),
            key=lambda pair: (pair[0], -pair[1]),
        )
        if size > 1:
            certain.add(start)
            if start + size < len(texts) and is_sentence(texts[start + size - 1]):
                certain.add(start + size)
        position += max(size, 1)
    times = Counter(texts)
    excluded = {
        index for index, text in enumerate(texts) if index and (is_sentence(text) or (times[text] > 1 and _prose(text)))
    }
    return {index for index in certain if not is_sentence(texts[index])}, excluded


def _common(groups: Sequence[str], position: int, texts: Sequence[str], start: int) -> int:
    """Return how many lines agree from *position* and *start* on."""
    size = 0
    while (
        position + size < len(groups) and start + size < len(texts) and groups[position + size] == texts[start + size]
    ):
        size += 1
    return size


@lru_cache(maxsize=4096)
def _prose(text: str) -> int:
    """Return 0 for a line that reads like a name, 1 like a phrase of instruction, 2 like a sentence."""
    if is_sentence(text):
        return 2
    return 1 if _PHRASE.search(text) else 0


def _block_cost(block: Sequence[str]) -> int:
    name, *description = block
    cost = _AS_NAME[_prose(name)]
    if not description:
        return cost + _BLOCK_WITHOUT_DESCRIPTION
    cost += _AS_DESCRIPTION[_prose(description[0])]
    return cost + sum(_AS_LATER_PARAGRAPH[_prose(text)] for text in description[1:])


def _cheapest_arms(groups: Sequence[str], blocks: Sequence[Sequence[str]]) -> tuple[int, tuple[Arm, ...]] | None:
    """Cut *groups* into arms at the lowest cost; None where two ways cost the same.

    Works from the end to the start: the best way to read what follows a line does not depend on what stands
    before it, except inside an arm, which is tried as a whole.
    """
    size = len(groups)
    whole = [
        any(len(block) > 1 and list(groups[start : start + len(block)]) == list(block) for block in blocks)
        for start in range(size)
    ]
    runs = [_block_runs(groups, blocks, start) for start in range(size + 1)]
    best: list[tuple[int, tuple[Arm, ...], bool] | None] = [None] * (size + 1)
    best[size] = (0, (), True)
    for start in range(size - 1, -1, -1):
        head_cost = _ARM + _AS_NAME[_prose(groups[start])]
        for head_end in range(start + 1, min(size, start + _LONGEST_HEAD) + 1):
            head_cost += _BLOCK_AS_ARM * whole[head_end - 1]
            if head_end > start + 1:
                prose = _prose(groups[head_end - 1])
                head_cost += (_AS_DESCRIPTION if head_end == start + 2 else _AS_LATER_PARAGRAPH)[prose]
            bare = _ARM_WITHOUT_DESCRIPTION * (head_end == start + 1)
            for end, used, cost in runs[head_end]:
                rest = best[end]
                if rest is None:
                    continue
                total = cost + head_cost + bare + _ARM_WITHOUT_BLOCK * (not used) + rest[0]
                present = best[start]
                if present is None or total < present[0]:
                    best[start] = (total, (Arm(start, head_end, used), *rest[1]), rest[2])
                elif total == present[0]:
                    best[start] = (present[0], present[1], False)
    found = best[0]
    if found is None or not found[2]:
        return None
    arms = found[1]
    missing = len(blocks) - len({number for arm in arms for number, _, _ in arm.blocks})
    return found[0] + _BLOCK_IN_NO_ARM * missing, arms


def _block_runs(
    groups: Sequence[str], blocks: Sequence[Sequence[str]], start: int
) -> list[tuple[int, tuple[tuple[int, int, int], ...], int]]:
    """Return each way to read blocks from *start* on: where it ends, the blocks, and its cost."""
    runs: list[tuple[int, tuple[tuple[int, int, int], ...], int]] = [(start, (), 0)]
    position, cost = start, 0
    used: tuple[tuple[int, int, int], ...] = ()
    while position < len(groups):
        fits = [
            number
            for number, block in enumerate(blocks)
            if list(groups[position : position + len(block)]) == list(block)
        ]
        if not fits:
            break
        number = max(fits, key=lambda fit: (len(blocks[fit]), -fit))
        cost += _BLOCK_TWICE_IN_ARM * any(number == earlier for earlier, _, _ in used)
        end = position + len(blocks[number])
        used = (*used, (number, position, end))
        position = end
        runs.append((position, used, cost))
    return runs
