"""Numbers and queries to files: what to ask whom, and what came of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from generator.model.registry_numbers import RegistryNumber, find_numbers, recognise
from generator.registries.client import Client, UnreachableError
from generator.registries.journal import Journal
from generator.registries.record_files import RecordFiles
from generator.registries.registry import AnswerError, FetchedRecord, ListsChanges, Registry, Request, Searchable

What = Literal["added", "changed", "unchanged", "missing", "unsupported", "failed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one number, or of one request."""

    what: What
    number: str
    """The number, or the address where a request failed as a whole."""
    message: str = ""
    """For what did not work: what is wrong and what to do."""
    registry: Registry | None = None
    before: bytes = b""
    after: bytes = b""
    """The record as it was and as it came, of what was added or changed."""

    @property
    def is_error(self) -> bool:
        """Whether something did not come that was asked for."""
        return self.what in ("missing", "unsupported", "failed")


_NO_NUMBER = "this is no number of a trial in a registry, or more than one; check how it is written"


class Fetcher:
    """Fetches records of one catalog."""

    def __init__(
        self, files: RecordFiles, client: Client, journal: Journal, registries: Sequence[Registry], *, dry: bool = False
    ) -> None:
        """Fetch from *registries* by *client* into *files*; *dry* writes nothing."""
        self._files = files
        self._client = client
        self._journal = journal
        self._by_kind = {registry.kind: registry for registry in registries}
        self._dry = dry

    def known_numbers(self) -> list[str]:
        """Return the numbers whose records were fetched before."""
        return [number.number for number in self._files.numbers(self._by_kind)]

    def has_api(self, number: RegistryNumber) -> bool:
        """Say whether records can be fetched for numbers of this kind."""
        return number.kind.name in self._by_kind

    def fetch(self, texts: Iterable[str], since: date | None = None) -> Iterator[Outcome]:
        """Fetch the records of the numbers in *texts*, each a number with whatever stands around it, as in an address.

        With *since*, only those come that changed on that day or later, where the registry can say so.

        Yields what came of each, as soon as it is known.  A registry that cannot be reached ends its own numbers only.
        """
        wanted: dict[str, list[str]] = defaultdict(list)
        for text in texts:
            found = [number for number in find_numbers(text) if number.primary]
            number = found[0] if len(found) == 1 else None
            if number is None:
                yield Outcome("unsupported", text, _NO_NUMBER)
            elif number.number not in wanted[number.kind.name]:
                wanted[number.kind.name].append(number.number)
                if not self.has_api(number):
                    yield Outcome("unsupported", number.number, self._no_api(number))
        for kind, numbers in wanted.items():
            registry = self._by_kind.get(kind)
            if registry is not None and numbers:
                yield from self._from_registry(registry, numbers, since)

    def search(self, registry: Registry, query: str, since: date | None = None) -> Iterator[Outcome]:
        """Fetch all records that *query* finds in *registry*, page by page.

        Raises ValueError for a registry that cannot be searched.
        """
        if not isinstance(registry, Searchable):
            raise ValueError(f"{registry.name} cannot be searched from here; name the trials by their numbers")
        request: Request | None = registry.search(query, since)
        while request is not None:
            try:
                answer = self._client.get(request.url)
                if answer.status != 200:
                    raise AnswerError("the registry does not take this query; check its syntax")
                records = _records(registry, answer.body)
                following = registry.next_page(request, answer.body)
            except (UnreachableError, AnswerError) as error:
                yield Outcome("failed", registry.name, _continue(str(error)))
                return
            for record in records:
                yield self._keep(registry, record)
            request = following

    def _from_registry(self, registry: Registry, numbers: list[str], since: date | None) -> Iterator[Outcome]:
        partial = since is not None and isinstance(registry, ListsChanges)
        if since is not None and isinstance(registry, ListsChanges):
            requests = registry.changed_since(numbers, since)
        else:
            requests = registry.requests(numbers)
        for request in requests:
            if self._journal.is_done(request.url):
                yield from (Outcome("unchanged", number) for number in request.numbers)
                continue
            try:
                yield from self._one(registry, request, partial=partial)
            except UnreachableError as error:
                self._journal.leave_open()
                yield Outcome("failed", registry.name, _continue(str(error)))
                return

    def _one(self, registry: Registry, request: Request, *, partial: bool) -> Iterator[Outcome]:
        """Send one request; *partial* where its answer leaves out what did not change."""
        before = self._files.state_of(registry, request.numbers)
        answer = self._client.get(request.url, self._journal.etag(request.url, before) if before else None)
        if answer.status == 304:
            self._journal.note(request.url, answer.etag or self._journal.etag(request.url, before), before)
            yield from (Outcome("unchanged", number) for number in request.numbers)
            return
        if answer.status != 200 and len(request.numbers) > 1:
            yield from self._each(registry, request.numbers, partial=partial)
            return
        try:
            records = _records(registry, answer.body) if answer.status == 200 else []
        except AnswerError as error:
            yield from (Outcome("failed", number, f"{registry.name}: {error}") for number in request.numbers)
            return
        found: set[str] = set()
        for record in records:
            yield self._keep(registry, record)
            found |= {record.number, *record.aliases}
        for number in request.numbers:
            if number not in found:
                yield Outcome("unchanged", number) if partial else self._missing(registry, number)
        if not self._dry:
            self._journal.note(request.url, answer.etag, self._files.state_of(registry, request.numbers))

    def _each(self, registry: Registry, numbers: Sequence[str], *, partial: bool) -> Iterator[Outcome]:
        """Ask for each number by itself, where a registry takes one of many amiss."""
        for number in numbers:
            for request in registry.requests([number]):
                yield from self._one(registry, request, partial=partial)

    def _keep(self, registry: Registry, record: FetchedRecord) -> Outcome:
        before = self._files.put(registry, record, dry=self._dry)
        if before is None:
            return Outcome("unchanged", record.number)
        return Outcome("changed" if before else "added", record.number, "", registry, before, record.data)

    def _missing(self, registry: Registry, number: str) -> Outcome:
        kept = " Its file stays as it is" if self._files.read(registry, number) is not None else ""
        return Outcome("missing", number, f"{registry.name} has no trial with this number; check it.{kept}")

    def _no_api(self, number: RegistryNumber) -> str:
        known = ", ".join(registry.name for registry in self._by_kind.values())
        where = f" ({number.url})" if number.url else ""
        return (
            f"{number.kind.registry} has no interface that records can be fetched from; save the trial's page{where} "
            f"into the folder of documents. Records come from: {known}"
        )


def _records(registry: Registry, body: bytes) -> list[FetchedRecord]:
    """Return the records of an answer.  Raises AnswerError also for numbers of another kind: they name our files."""
    records = list(registry.records(body))
    for record in records:
        number = recognise(record.number)
        if number is None or number.kind.name != registry.kind or number.number != record.number:
            raise AnswerError(f"the answer has a record whose number is none of this registry: {record.number[:40]!r}")
    return records


def _continue(message: str) -> str:
    return f"{message}. What came before is kept; run the command again to go on"
