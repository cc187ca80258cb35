"""Revisions of documents to the states of each trial: which records stood together at which time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from generator.history.repository import Revision, Version


@dataclass(frozen=True, slots=True, order=True)
class RecordVersion:
    """A record as one version of a document states it."""

    path: str
    blob: str
    index: int
    """Its place among the version's records."""


@dataclass(frozen=True, slots=True)
class State:
    """The records of one trial from a commit on."""

    commit: str
    time: str
    records: tuple[RecordVersion, ...]
    """Sorted; none where the trial's last document went."""
    is_border: bool = False
    """True where it is not known what was before."""


def states_of_trials(
    revisions: Iterable[Revision], ids_in: Callable[[Version], list[str]], study_of: Mapping[str, str]
) -> dict[str, list[State]]:
    """Return the states of each trial, the oldest first.

    *ids_in* gives the ids of a version's records.  *study_of* leads from ids under which records once stood alone to
    the trial that they belong to today: to join them is our reading, and so no change.
    """
    here: dict[str, Version] = {}
    records: dict[str, dict[str, list[RecordVersion]]] = {}
    """Trial -> path -> records."""
    found: dict[str, list[State]] = {}
    for revision in revisions:
        touched: dict[str, None] = {}
        # A version that cannot be read says nothing: what its document said before holds on.
        written = [version for version in revision.written if ids_in(version)]
        for path in (*revision.removed, *(version.path for version in written)):
            before = here.pop(path, None)
            for identifier in ids_in(before) if before is not None else ():
                study = study_of.get(identifier, identifier)
                records.get(study, {}).pop(path, None)
                touched[study] = None
        for version in written:
            here[version.path] = version
            for index, identifier in enumerate(ids_in(version)):
                study = study_of.get(identifier, identifier)
                of_path = records.setdefault(study, {}).setdefault(version.path, [])
                of_path.append(RecordVersion(version.path, version.blob, index))
                touched[study] = None
        for study in touched:
            now = tuple(sorted(one for some in records.get(study, {}).values() for one in some))
            states = found.setdefault(study, [])
            if now != (states[-1].records if states else ()):
                states.append(State(revision.commit, revision.time, now, revision.is_border))
    return found
