"""Records to studies, each put into the cache as soon as it is whole: in memory there is one at a time."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from generator.identity.mentions import stated_names
from generator.model.catalog import (
    PartSizes,
    StudySummary,
    Totals,
    part_sizes_of,
    study_summary_of,
    title_of,
    totals_of,
)
from generator.model.catalog_section import DocumentReference
from generator.model.outline import outline_of
from generator.model.problem import Problem, failure
from generator.model.study import Study
from generator.pipeline.progress import Advance
from generator.pipeline.read import DocumentRow, Readings, records_of
from generator.storage.cache import Cache, CacheError, digest
from generator.storage.code_version import code_version
from generator.studies.completeness import completeness_of
from generator.studies.cross_registration import cross_registration_flags
from generator.studies.flags import flags_of
from generator.studies.matching import Group, Match, match_facts
from generator.studies.merging import merge
from generator.studies.results_due import results_due

encoder = msgspec.msgpack.Encoder()
_studies = msgspec.msgpack.Decoder(Study)
_studies_in_json = msgspec.json.Decoder(Study)


class StudyRow(msgspec.Struct, array_like=True):
    """What is known of a study without unpacking it."""

    digest: bytes
    """Of the whole study, and of the record as found."""
    outline: bytes
    """Digest of the outline."""
    flags: bytes
    """Digest of the flags; empty where there are none."""
    title: str
    summary: StudySummary
    problems: list[Problem]
    part_sizes: PartSizes
    totals: Totals
    references: list[DocumentReference]
    """Without digests: what they say of documents stays the same where these changed in something else."""
    original: bool
    """Whether it has a record as found."""
    drugs: list[str]
    conditions: list[str]
    """Names that the study states beyond doubt, by key."""


_rows = msgspec.msgpack.Decoder(StudyRow)


class Studies:
    """All studies of a catalog, still packed."""

    def __init__(self, cache: Cache) -> None:
        """Prepare to take studies from *cache*."""
        self.cache = cache
        self.rows: dict[str, StudyRow] = {}
        """By id, sorted."""
        self.former_ids: dict[str, str] = {}
        self.problems: list[Problem] = []
        """Of matching."""

    def study(self, identifier: str) -> Study:
        """Return a study, without the entities at its names."""
        return _study_from(zlib.decompress, self._kept("texts", identifier))

    def outline(self, identifier: str) -> Study:
        """Return the outline of a study."""
        return _study_from(bytes, self._kept("outlines", identifier))

    def original(self, identifier: str) -> dict[str, Any]:
        """Return the record of a study as found."""
        found: dict[str, Any] = msgspec.json.decode(zlib.decompress(self._kept("originals", identifier)))
        return found

    def _kept(self, kind: str, identifier: str) -> bytes:
        data = self.cache.get(kind, identifier)
        if data is None:
            raise CacheError(f"nothing is kept of {identifier} among {kind}")
        return data


def _study_from(unpack: Callable[[bytes], bytes], data: bytes) -> Study:
    try:
        data = unpack(data)
        return (_studies_in_json if data.startswith(b"{") else _studies).decode(data)
    except (msgspec.MsgspecError, zlib.error) as error:
        raise CacheError(str(error)) from error


def merge_readings(readings: Readings, cache: Cache, advance: Advance) -> Studies:
    """Return the studies that the records of *readings* make; those whose records did not change as they were."""
    made = Studies(cache)
    places = list(records_of(readings.documents))
    groups, made.problems, places = _match(places)
    known = _known(cache)
    for done, group in enumerate(groups, start=1):
        members = [places[index] for index in group.members]
        key = _key(group, members)
        before = known.get(group.id)
        if before is not None and before[0] == key:
            row = before[1]
        else:
            merged = _merge(group, members, readings, key, cache)
            if isinstance(merged, Problem):
                made.problems.append(merged)
                continue
            row = merged
        made.rows[group.id] = row
        made.former_ids.update(dict.fromkeys(group.former_ids, group.id))
        advance(done, len(groups))
        cache.commit_sometimes(done)
    gone = [identifier for identifier in known if identifier not in made.rows]
    for kind in ("studies", "texts", "outlines", "originals"):
        cache.drop(kind, gone)
    return made


Place = tuple[DocumentRow, int]
"""A record: its document, and which of the document's it is."""


def _match(places: list[Place]) -> tuple[list[Group], list[Problem], list[Place]]:
    """Match the records at *places*; those that make it fail are left out, each with a problem.

    Returns the groups, whose members are numbers of the places that are returned last.
    """
    try:
        return *match_facts([document.records[index] for document, index in places]), places
    except Exception:
        failed: list[Problem] = []
        good: list[Place] = []
        for document, index in places:
            try:
                match_facts([document.records[index]])
            except Exception as error:
                failed.append(failure(document.summary.path, 1, "Matching a trial of this document", error))
            else:
                good.append((document, index))
        if not failed:
            raise
        groups, problems = match_facts([document.records[index] for document, index in good])
        return groups, [*failed, *problems], good


def _known(cache: Cache) -> Mapping[str, tuple[bytes, StudyRow]]:
    try:
        return {name: (key, _rows.decode(data)) for name, key, data in cache.rows("studies")}
    except msgspec.MsgspecError:
        return {}


def _key(group: Group, members: list[Place]) -> bytes:
    parts = [group.id.encode(), *(former.encode() for former in group.former_ids)]
    for document, index in members:
        parts += [document.key, document.summary.path.encode("utf-8", "surrogateescape"), str(index).encode()]
    return digest(code_version(), *parts)


def _merge(group: Group, members: list[Place], readings: Readings, key: bytes, cache: Cache) -> StudyRow | Problem:
    """Merge the records of one trial and put the study into the cache; return the problem that keeps it from that.

    A trial never stops the others: only what the cache itself raises goes on.
    """
    records = [readings.record(document.summary.path, index) for document, index in members]
    try:
        made = _merged_study(Match(group.id, records, group.former_ids, group.reasons))
    except Exception as error:
        source = next((record.study.catalog_section.sources.get("") for record in records), None)
        line = source[0].first_line if source else 1
        return failure(members[0][0].summary.path, line, f"Merging what the documents say of {group.id}", error)
    for kind, data in made.kept.items():
        cache.put(kind, group.id, key, data)
    cache.put("studies", group.id, key, encoder.encode(made.row))
    return made.row


@dataclass(frozen=True, slots=True)
class _MergedStudy:
    """A study as it goes into the cache."""

    row: StudyRow
    kept: dict[str, bytes]
    """Its parts by kind."""


def _merged_study(found: Match) -> _MergedStudy:
    merged = merge(found)
    study = merged.study
    section = study.catalog_section
    section.flags = [*section.flags, *flags_of(study), *cross_registration_flags(found)]
    section.completeness = completeness_of(study)
    text = _packed(study)
    original = msgspec.json.encode(merged.original) if merged.original is not None else b""
    seen_in_lists = outline_of(study)
    outline = _packed(seen_in_lists)
    drugs, conditions = stated_names(study)
    row = StudyRow(
        digest=digest(text, original),
        outline=digest(outline),
        flags=digest(encoder.encode(section.flags)) if section.flags else b"",
        title=title_of(study),
        summary=msgspec.structs.replace(study_summary_of(study), results_due=results_due(study)),
        problems=merged.problems,
        part_sizes=part_sizes_of(study),
        totals=totals_of(study),
        references=seen_in_lists.catalog_section.documents,
        original=merged.original is not None,
        drugs=sorted(drugs),
        conditions=sorted(conditions),
    )
    kept = {"texts": zlib.compress(text, 1), "outlines": outline}  # outlines are unpacked again and again
    if merged.original is not None:
        kept["originals"] = zlib.compress(original, 1)
    encoder.encode(row)
    return _MergedStudy(row, kept)


def _packed(study: Study) -> bytes:
    """Return *study* as bytes; as JSON where it has a number that is too large for the shorter form."""
    try:
        return encoder.encode(study)
    except OverflowError:
        return msgspec.json.encode(study)
