"""The pieces that a trial's page is made of, as its template prints them."""

from __future__ import annotations

from dataclasses import dataclass

from generator.pages.text.escaping import NOTHING, Markdown


@dataclass(frozen=True)
class Fact:
    """A label and its value, with its labels and sources."""

    label: str
    value: Markdown


@dataclass(frozen=True)
class Facts:
    """Facts with one mark for all, where they stand together in one record."""

    facts: tuple[Fact, ...]
    mark: Markdown = NOTHING


@dataclass(frozen=True)
class Notice:
    """Something to know before reading on."""

    kind: str
    """``warning`` or ``note``."""
    title: str
    body: Markdown
    anchor: str = ""


@dataclass(frozen=True)
class Part:
    """A titled piece of text: an arm, an outcome, an intervention."""

    title: Markdown
    details: tuple[Markdown, ...] = ()
    """Short lines under the title."""
    body: Markdown = NOTHING
    """Blocks."""


@dataclass(frozen=True)
class Group:
    """Parts under one heading, with a remark on them."""

    title: str
    parts: tuple[Part, ...]
    remark: Markdown = NOTHING
    more: tuple[Part, ...] = ()
    """Parts that are folded."""

    @property
    def number(self) -> int:
        """How many parts there are in all."""
        return len(self.parts) + len(self.more)
