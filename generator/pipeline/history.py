"""Versions of documents to the history of each trial: each version is read once, and each step compared once.

What is kept: which trials a version states, by its content and path, and what each step of a trial changed.  All else
lies in a temporary file while the run lasts, one record by one, so that memory does not grow with the versions.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import IO

import msgspec

from generator.history.comparing import compare
from generator.history.lines import Lines, lines_of, with_lines
from generator.history.repository import Blobs, Log, Version, blobs, read_log
from generator.history.states import RecordVersion, State, states_of_trials
from generator.model.change import Change, Event, EventRow
from generator.model.document import Document
from generator.model.record import Record
from generator.model.study import Study
from generator.pipeline.merge import Studies
from generator.pipeline.parallel import read_contents, unpacked
from generator.pipeline.processes import Workers
from generator.pipeline.progress import Advance
from generator.pipeline.read import Readings
from generator.readers.packing import PackingError, pack, unpack
from generator.readers.reader import Reading
from generator.storage.cache import Cache, CacheError, digest
from generator.storage.code_version import code_version
from generator.studies.matching import Match
from generator.studies.merging import merge

_FEW = 8
"""Versions whose lines are remembered: the later one of a step is the earlier one of the next."""


class _Step(msgspec.Struct, array_like=True):
    """What one state of a trial changed."""

    key: bytes
    """What stands for the state before and the state itself."""
    event: Event | None
    """None where nothing that is shown is another."""


_encoder = msgspec.msgpack.Encoder()
_ids = msgspec.msgpack.Decoder(list[str])
_steps = msgspec.msgpack.Decoder(list[_Step])


@dataclass(slots=True)
class History:
    """The history of all trials, still packed."""

    cache: Cache
    digests: dict[str, bytes] = field(default_factory=dict)
    """Trial -> what stands for its history, of those that have one, sorted."""
    rows: list[EventRow] = field(default_factory=list)
    """All events, the newest first."""
    missing: str | None = None
    """What of the history is not there, and why."""

    def events(self, study: str) -> list[Event]:
        """Return what changed in a trial, the newest first.  Raises CacheError where that cannot be read."""
        data = self.cache.get("histories", study)
        if data is None:
            raise CacheError(f"nothing is kept of the history of {study}")
        return _events(_steps.decode(data))


def _events(steps: Iterable[_Step]) -> list[Event]:
    return [step.event for step in steps if step.event is not None][::-1]


def read_history(
    seeds: Path, readings: Readings, studies: Studies, cache: Cache, advance: Advance, executor: Workers | None = None
) -> History:
    """Return the history of the trials whose documents lie in *seeds*.

    *readings* and *studies* are what the documents say today: current versions are not read again.
    """
    log = read_log(seeds)
    made = History(cache, missing=log.missing)
    with ExitStack() as open_things:
        if not log.revisions:
            cache.clear("histories")
            return made
        contents = open_things.enter_context(blobs(seeds))
        scratch = open_things.enter_context(tempfile.TemporaryFile(prefix="trial-catalog-"))
        versions = _Versions(log, readings, contents, cache, _Scratch(scratch))
        versions.read_new(executor, advance)
        states = states_of_trials(log.revisions, versions.ids, studies.former_ids)
        known = [name for name, _, _ in cache.rows("histories")]
        for done, (study, found) in enumerate(sorted(states.items()), start=1):
            kept = cache.get("histories", study)
            steps, data = _history_of(study, found, kept, versions)
            if data != kept:
                cache.put("histories", study, b"", data)
            events = _events(steps)
            if events:
                made.digests[study] = digest(data)
                made.rows += [EventRow(event.time, study, event.commit, event.kinds) for event in events]
            cache.commit_sometimes(done)
        cache.drop("histories", [study for study in known if study not in states])
    made.rows.sort(key=lambda row: (row.time, row.study), reverse=True)
    return made


def _history_of(study: str, states: list[State], known: bytes | None, versions: _Versions) -> tuple[list[_Step], bytes]:
    """Return the steps of a trial, those that are *known* as they were."""
    before = {step.key: step for step in _decoded(known)}
    steps: list[_Step] = []
    last: tuple[State, Study | None] | None = None
    for index, state in enumerate(states):
        earlier = states[index - 1] if index else None
        key = _key(study, earlier, state)
        step = before.get(key)
        if step is None:
            old = last[1] if last is not None and last[0] is earlier else versions.study(study, earlier)
            new = versions.study(study, state)
            last = state, new
            changes = versions.with_lines(_changes(earlier, old, state, new), earlier, state)
            event = Event(study=study, commit=state.commit, time=state.time, changes=changes) if changes else None
            step = _Step(key, event)
        steps.append(step)
    return steps, _encoder.encode(steps)


def _decoded(data: bytes | None) -> list[_Step]:
    try:
        return _steps.decode(data) if data is not None else []
    except msgspec.MsgspecError:
        return []


def _changes(earlier: State | None, old: Study | None, state: State, new: Study | None) -> list[Change]:
    if not state.records:
        return [Change(kind="gone", pointer="", action="removed")]
    if earlier is None or not earlier.records:
        return [] if state.is_border else [Change(kind="new", pointer="", action="added")]
    if old is None or new is None:  # a version that cannot be read says nothing
        return []
    return compare(old, new)


def _key(study: str, earlier: State | None, state: State) -> bytes:
    before = _encoder.encode([(one.path, one.blob, one.index) for one in earlier.records] if earlier else None)
    now = _encoder.encode([(one.path, one.blob, one.index) for one in state.records])
    marks = f"{study} {state.commit} {state.time} {state.is_border}".encode()
    return digest(code_version(), marks, before, now)


class _Scratch:
    """Records in a temporary file."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._places: dict[RecordVersion, tuple[int, int]] = {}
        self._end = 0

    def put(self, name: RecordVersion, layout: str | None, record: Record) -> None:
        """Write a record to the end."""
        document = Document(name.path, "")
        try:
            data = pack([Reading(document, layout, [record])])
        except PackingError:  # such as a number of a hundred digits: not worth more
            return
        self._file.seek(self._end)
        self._file.write(data)
        self._places[name] = self._end, len(data)
        self._end += len(data)

    def get(self, name: RecordVersion) -> Record | None:
        """Return a record, if it was written."""
        place = self._places.get(name)
        if place is None:
            return None
        self._file.seek(place[0])
        return unpack(self._file.read(place[1]))[0].records[0]


class _Versions:
    """All versions of the documents: which trials they state, and their records."""

    def __init__(self, log: Log, readings: Readings, contents: Blobs, cache: Cache, scratch: _Scratch) -> None:
        self._log = log
        self._readings = readings
        self._contents = contents
        self._cache = cache
        self._scratch = scratch
        self._ids: dict[tuple[str, str], list[str]] = {}
        self._read: set[tuple[str, str]] = set()
        """Versions whose records are in the temporary file."""
        self._lines = lru_cache(_FEW)(self._read_lines)
        self._current = self._rows_of_current()

    def _rows_of_current(self) -> dict[tuple[str, str], list[str]]:
        """Return the ids of the records of current documents, by path and blob: these were read already."""
        rows = {row.summary.path: row for row in self._readings.documents}
        found = {}
        for path, blob in self._log.current.items():
            if path in rows:  # a file of several documents, such as an archive, has other paths
                found[path, blob] = [record.id for record in rows[path].records]
        return found

    def ids(self, version: Version) -> list[str]:
        """Return the ids of a version's records, in their order; none where it cannot be read."""
        return self._ids.get((version.path, version.blob), [])

    def read_new(self, executor: Workers | None, advance: Advance) -> None:
        """Find out which trials each version states; read those that no earlier run has read."""
        known = {name: (key, data) for name, key, data in self._cache.rows("versions")}
        wanted: dict[tuple[str, str], Version] = {}
        for revision in self._log.revisions:
            for version in revision.written:
                wanted[version.path, version.blob] = version
        new = []
        for pair, version in wanted.items():
            kept = known.get(_version_name(version))
            if pair in self._current:
                self._ids[pair] = self._current[pair]
            elif kept is not None and kept[0] == code_version():
                self._ids[pair] = _ids.decode(kept[1])
            else:
                new.append(version)
        for done, (version, readings) in enumerate(self._readings_of(new, executor), start=1):
            ids = self._take(version, readings)
            self._cache.put("versions", _version_name(version), code_version(), _encoder.encode(ids))
            self._cache.commit_sometimes(done)
            advance(done, len(new))
        names = {_version_name(version) for version in wanted.values()}
        self._cache.drop("versions", [name for name in known if name not in names])

    def _readings_of(
        self, versions: list[Version], executor: Workers | None
    ) -> Iterator[tuple[Version, list[Reading]]]:
        present: list[Version] = []

        def files() -> Iterator[tuple[str, bytes]]:
            contents = self._contents.contents(version.blob for version in versions)
            for version, content in zip(versions, contents, strict=True):
                if content is None:
                    self._ids[version.path, version.blob] = []
                else:
                    present.append(version)
                    yield version.path, content

        for index, read in enumerate(read_contents(files(), executor)):
            yield present[index], unpacked(read)

    def _take(self, version: Version, readings: list[Reading]) -> list[str]:
        """Write the records of a version to the temporary file, and return their ids."""
        pair = version.path, version.blob
        records = [(reading.layout, record) for reading in readings for record in reading.records]
        for index, (layout, record) in enumerate(records):
            self._scratch.put(RecordVersion(version.path, version.blob, index), layout, record)
        self._read.add(pair)
        self._ids[pair] = [record.id for _, record in records]
        return self._ids[pair]

    def study(self, identifier: str, state: State | None) -> Study | None:
        """Return the trial as *state* has it; None where no version of it can be read."""
        if state is None or not state.records:
            return None
        records = [record for name in state.records if (record := self._record(name)) is not None]
        if not records:
            return None
        try:
            return merge(Match(identifier, records)).study
        except Exception:  # a version that cannot be merged is told of when it is the current one
            return None

    def with_lines(self, changes: list[Change], earlier: State | None, state: State) -> list[Change]:
        """Return *changes* between two states with the very lines of their values."""
        old, new = (self._lines_of(one) for one in (earlier, state))
        return [with_lines(change, old, new) for change in changes]

    def _lines_of(self, state: State | None) -> Callable[[str], Lines]:
        """Return what gives the lines of a document of *state* by its path."""
        found = {one.path: one.blob for one in state.records} if state is not None else {}
        return lambda path: self._lines(found[path]) if path in found else {}

    def _read_lines(self, blob: str) -> Lines:
        content = self._contents.content(blob)
        return lines_of(content.decode("utf-8", "replace")) if content is not None else {}

    def _record(self, name: RecordVersion) -> Record | None:
        pair = name.path, name.blob
        if pair not in self._read:
            version = Version(*pair)
            if pair in self._current:
                self._take(version, [self._readings.reading(name.path)])
            else:
                content = self._contents.content(name.blob)
                found = read_contents([(name.path, content)]) if content is not None else iter(())
                self._take(version, [reading for read in found for reading in unpacked(read)])
        return self._scratch.get(name)


def _version_name(version: Version) -> str:
    return f"{version.blob} {version.path}"
