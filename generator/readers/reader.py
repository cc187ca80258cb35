"""What every reader offers, and what reading a document gives back."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field

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


class Reader(ABC):
    """The code for one layout.

    A reader is an object that a package names under the entry points ``trial_catalog.readers``: see
    :mod:`generator.readers.known`.  Nothing else knows layouts.
    """

    layout: str
    """Name of the layout in records and in messages, such as ``eu-ctr-text``; one reader each."""
    title: str
    """What pages call a document of this layout, such as ``EU CTIS record (JSON)``."""
    short_title: str | None = None
    """What a sentence calls a document of this layout, such as ``EU CTIS record``; `title` unless given."""
    language: str | None = "en"
    """In which language documents of this layout are written; None where that is not known."""
    rank: int
    """How far it is believed where documents differ, from 0 (first) to 7: see ``studies.precedence``."""
    description: str
    """What is read and what is not, in one to three sentences; the documentation prints it."""
    last_resort: bool = False
    """True for a layout without marks of its own: it counts only where no other reader recognises a document, and of
    several such readers the one with the lower rank counts."""
    marks: tuple[str, ...] = ()
    """Regular expressions for lines that stand only on pages of this layout, damaged ones too: see
    :func:`whole_lines`, :func:`line_starts` and :func:`fields`.  A page with such a line is not read as prose."""

    @abstractmethod
    def recognises(self, document: Document) -> bool:
        """Say whether *document* bears this layout's own marks; file names do not count."""

    @abstractmethod
    def read(self, document: Document) -> list[Record]:
        """Return what *document* states, one record a trial, and account for its lines.

        Raises ReadError where nothing trustworthy can be read.
        """


def whole_lines(*labels: str) -> str:
    """Return a mark for lines that hold one of *labels* (regular expressions) and nothing else."""
    return rf"^\s*(?:{'|'.join(labels)})\s*:?\s*$"


def line_starts(*labels: str) -> str:
    """Return a mark for lines that begin with one of *labels* (regular expressions)."""
    return rf"^(?:{'|'.join(labels)})(?:(?<=\W)|\b)"


def fields(*labels: str) -> str:
    """Return a mark for lines with one of *labels* (regular expressions) and a colon near their beginning."""
    return rf"^.{{0,60}}\b(?:{'|'.join(labels)})\s*:"
