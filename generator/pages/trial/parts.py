"""The pieces that a trial's page is made of, as its template prints them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.language.formats import in_sentence
from generator.language.messages import gettext, gettext_noop
from generator.pages.text.escaping import NOTHING, Markdown, escape

NOT_STATED = gettext_noop("not stated")
NOT_READ = gettext_noop("not read from prose")
"""Of prose nobody can say what it does not state: only what was read of it."""
NOT_IN_THIS_COPY = gettext_noop("not in this copy of the record")

_AS_LABELS = {
    NOT_STATED: gettext_noop("Not stated"),
    NOT_READ: gettext_noop("Not read from prose"),
    NOT_IN_THIS_COPY: gettext_noop("Not in this copy of the record"),
}
"""Reasons as they stand before a list of what is missing; messages."""


PARTS: Mapping[str, str] = {
    "flags": gettext_noop("Flags on this record"),
    "description": gettext_noop("Detailed description"),
    "sites": gettext_noop("Sites"),
    "map": gettext_noop("Map of the sites"),
    "arms": gettext_noop("Arms and interventions"),
    "outcomes": gettext_noop("What is measured"),
    "design": gettext_noop("Study design"),
    "people": gettext_noop("Sponsors and people"),
    "publications": gettext_noop("Publications"),
    "differences": gettext_noop("Where documents differ"),
    "sources": gettext_noop("All sources"),
    "criteria": gettext_noop("Criteria"),
}
"""What can have a page of its own, with its heading, a message; the template ``parts/trial_….md.j2`` prints it."""

NOTHING_ELSEWHERE: Mapping[str, Markdown] = dict.fromkeys(PARTS, NOTHING)
"""The links in place of parts where none has a page of its own."""


class Gap(Markdown):
    """Why a value is missing, in a few words, with nothing more to say of it."""

    __slots__ = ("reason",)

    reason: str
    """Which of the reasons above it is."""

    def __new__(cls, reason: str) -> Gap:
        """Return the words for *reason*, one of the messages above."""
        kind = " absent--lost" if reason == NOT_IN_THIS_COPY else ""
        made = super().__new__(cls, f'<span class="absent{kind}">{gettext(reason)}</span>')
        made.reason = reason
        return made


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


def with_gaps_last(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return *facts* with those that say no more than that a value is missing gathered at the end, by the reason."""
    said: list[Fact] = []
    gaps: dict[str, list[str]] = {}
    for fact in facts:
        if isinstance(fact.value, Gap):
            gaps.setdefault(fact.value.reason, []).append(fact.label)
        else:
            said.append(fact)
    for reason, labels in gaps.items():
        names = ", ".join([labels[0], *map(in_sentence, labels[1:])])
        said.append(Fact(gettext(_AS_LABELS[reason]), escape(names)))
    return tuple(said)


def only_gaps(facts: Iterable[Fact]) -> bool:
    """Say whether *facts* tell nothing but that values are missing."""
    return all(isinstance(fact.value, Gap) for fact in facts)


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
    number: int
    """How many there are in all."""
    parts: tuple[Part, ...]
    remark: Markdown = NOTHING
    more: tuple[Part, ...] = ()
    """Parts that are folded."""
