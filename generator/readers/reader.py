"""What every reader offers, and what reading a document gives back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from generator.model.document import Document
from generator.model.problem import Problem
from generator.model.record import Record


class ReadError(Exception):
    """A document cannot be read.  Carries the line and what to do about it."""

    def __init__(self, line: int, message: str, code: str = "unreadable") -> None:
        """*line* is counted from 1; *message* says what is wrong and what to do."""
        super().__init__(message)
        self.line = line
        self.message = message
        self.code = code


@dataclass(slots=True)
class Reading:
    """What was read from one document."""

    document: Document
    layout: str | None = None
    """Name of the reader that took it; None where none did."""
    records: list[Record] = field(default_factory=list)
    """One record for each trial that the document is about."""
    problems: list[Problem] = field(default_factory=list)


class Reader(Protocol):
    """The code for one layout.  A reader is a module-level object in a file of its own."""

    layout: str
    """Name of the layout in records and in messages, such as ``eu-ctr-text``; one reader each."""
    title: str
    """What pages call a document of this layout, such as ``EU CTIS record (JSON)``."""
    rank: int
    """How far it is believed where documents differ, from 0 (first) to 7: see ``studies.precedence``."""

    def recognises(self, document: Document) -> bool:
        """Say whether *document* bears this layout's own marks; file names do not count."""
        ...

    def read(self, document: Document) -> list[Record]:
        """Return what *document* states, one record a trial, and account for its lines.

        Raises ReadError where nothing trustworthy can be read.
        """
        ...
