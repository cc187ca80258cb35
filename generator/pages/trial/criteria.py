"""Eligibility criteria, parted into inclusion and exclusion where the text parts them itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.pages.text.prose import Block, Listing, Paragraph, parse

_BEFORE = r"(?:(?:key|main|major|general|patient|subject|study)\s+)*"
_INCLUSION = re.compile(_BEFORE + r"inclusion(?:\s+criteria)?\s*:?", re.IGNORECASE)
_EXCLUSION = re.compile(_BEFORE + r"exclusion(?:\s+criteria)?\s*:?", re.IGNORECASE)


@dataclass(frozen=True)
class Criteria:
    """Criteria as blocks; either parted, or whole."""

    inclusion: tuple[Block, ...] = ()
    exclusion: tuple[Block, ...] = ()
    whole: tuple[Block, ...] = ()
    """The whole text, where it does not have one inclusion part and one exclusion part."""

    @property
    def parted(self) -> bool:
        """True where inclusion and exclusion are told apart."""
        return not self.whole


def part_criteria(markup: str) -> Criteria:
    """Part *markup* at its headings for inclusion and exclusion; nothing is left out or moved."""
    blocks = parse(markup)
    marks = [(index, kind) for index, block in enumerate(blocks) if (kind := _kind(block))]
    kinds = [kind for _, kind in marks]
    # Several parts of a kind (one for each cohort, say) and words before the first stay as they stand.
    if not marks or marks[0][0] != 0 or len(set(kinds)) != len(kinds):
        return Criteria(whole=tuple(blocks))
    parts: dict[str, tuple[Block, ...]] = {}
    for position, (index, kind) in enumerate(marks):
        end = marks[position + 1][0] if position + 1 < len(marks) else len(blocks)
        parts[kind] = (*_rest(blocks[index]), *blocks[index + 1 : end])
    return Criteria(parts.get("inclusion", ()), parts.get("exclusion", ()))


def _kind(block: Block) -> str | None:
    if isinstance(block, Paragraph):
        if _INCLUSION.fullmatch(block.lines[0]):
            return "inclusion"
        if _EXCLUSION.fullmatch(block.lines[0]):
            return "exclusion"
    return None


def _rest(block: Block) -> tuple[Block, ...]:
    """Return what a heading's paragraph holds after its first line."""
    assert isinstance(block, Paragraph)  # noqa: S101 - _kind looked
    return (Paragraph(block.lines[1:]),) if len(block.lines) > 1 else ()


def number_of(blocks: tuple[Block, ...]) -> int:
    """Return how many criteria *blocks* hold at their outermost level."""
    return sum(len(block.items) if isinstance(block, Listing) else 0 for block in blocks)
