"""What every registry offers: which addresses to ask, and how to take records out of the answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, runtime_checkable


class AnswerError(Exception):
    """An answer is none that this registry gives.  The message says what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request that brings records."""

    url: str
    numbers: tuple[str, ...] = ()
    """The trials that it asks for, by their canonical numbers; empty for a search."""


@dataclass(frozen=True, slots=True)
class FetchedRecord:
    """One record, as the registry sent it."""

    number: str
    """Canonical number of the trial."""
    data: bytes
    """The record, laid out one value a line, so that a diff shows what changed."""
    aliases: frozenset[str] = frozenset()
    """Other numbers by which the registry knows the trial."""


class Registry(Protocol):
    """A registry with a public API.  An object of a module of its own."""

    name: str
    """As pages and messages call it."""
    kind: str
    """The kind of its numbers, see :mod:`generator.model.registry_numbers`."""
    ending: str
    """Of its files, such as ``.json``."""

    def requests(self, numbers: Sequence[str]) -> Iterator[Request]:
        """Yield the requests that bring the records of *numbers*, each number in one of them."""
        ...

    def records(self, body: bytes) -> Iterator[FetchedRecord]:
        """Yield the records of an answer.  Raises AnswerError where it holds none of this registry's."""
        ...

    def without_stamps(self, data: bytes) -> bytes:
        """Return a record without what the server writes anew though nothing changed, only to be compared."""
        ...


@runtime_checkable
class Searchable(Protocol):
    """A registry that can be searched."""

    def search(self, query: str, since: date | None) -> Request:
        """Return the request for the first page of what *query* finds, changed on the day *since* or later."""
        ...

    def next_page(self, request: Request, body: bytes) -> Request | None:
        """Return the request for the page after the one that *request* brought; None after the last."""
        ...


@runtime_checkable
class ListsChanges(Protocol):
    """A registry that says which of many trials changed, in fewer answers than there are trials."""

    def changed_since(self, numbers: Sequence[str], since: date) -> Iterator[Request]:
        """Yield requests that bring those of *numbers* that changed on the day *since* or later, and no others."""
        ...
