"""What a data file of the catalog holds, told once: its readers, its descriptions and the data page all use this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Type = Literal["string", "integer", "number", "boolean", "array"]
"""Type of a column's values, in the words of Frictionless; an ``array`` is written as JSON text."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    name: str
    meaning: str
    """In a sentence that can stand on a page."""
    type: Type = "string"
    at: str = ""
    """Where the value stands: a JSON pointer below the row's item, or, after ``/``, in the whole study."""
    how: Literal["value", "number", "parts", "holds", "constant", "entity", "key", "parent", "made"] = "value"
    """How it comes from there: the ``value`` itself; the ``number`` that a text is, if it is one; a list's ``parts``
    joined by ``/``; whether a list ``holds`` the word in `word`; a ``constant`` of the row's list; the ``entity`` that
    the name there stands for; the row's own ``key``; the key of its ``parent``'s row; or ``made`` by the table's own
    function."""
    up: int = 0
    """How many lists further out the item is from which `at` leads: 1 for the item in whose list the row's stands."""
    depth: int = 1
    """Of a ``parent``: how many lists deep it stands in the study."""
    word: str = ""
    unit: str = ""
    refers: str = ""
    """Table and column whose values these are, as ``studies.study_id``."""
    searched: bool = False
    """Whether full-text search looks into it."""


@dataclass(frozen=True, slots=True)
class Items:
    """A list of a study whose items are rows, or a part of it that is one row."""

    pointer: str
    """With ``*`` in the place of each number: ``/protocolSection/conditionsModule/conditions/*``."""
    label: str = ""
    """What stands for this list in the rows' keys, where a table has several."""
    constants: tuple[tuple[str, str | bool], ...] = ()
    """Columns that have the same value in all rows of this list."""
    scalar: str = ""
    """The column that has the item itself, where other lists of the table have objects and this one has none."""
    fields: tuple[tuple[str, str], ...] = ()
    """Columns whose values stand under another name in this list's items, with that name."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table: the same in every format."""

    name: str
    title: str
    meaning: str
    columns: tuple[Column, ...]
    key: str = "id"
    """The column whose values are all different."""
    items: tuple[Items, ...] = ()
    """Where its rows stand in a study; none where its rows are made otherwise."""
    label: str = ""
    """The column that stands for a row where one is named."""

    def column(self, name: str) -> Column:
        """Return the column of this name.  Raises KeyError where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class DataFile:
    """One file that an exporter writes."""

    path: str
    """Inside the site, with forward slashes."""
    title: str
    meaning: str
    """In a sentence or two that can stand on a page."""
    media_type: str
    table: Table | None = None
    """The table that it holds, if it holds one."""
    group: str = ""
    """Heading under which pages list it."""


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A data file that stands in the content folder."""

    size: int
    """In bytes."""
    digest: bytes
    """Stands for its bytes."""
