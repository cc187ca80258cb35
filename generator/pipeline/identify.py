"""Names to entities: mentions are kept with their study, entities and links as long as no mention is another one."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Container, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from generator.identity.curated import CuratedNames, load_curated
from generator.identity.evidence import evidence_of
from generator.identity.identification import Identification, curated_conditions, identify_names
from generator.identity.keys import condition_key
from generator.identity.mentions import Mentions, RejectedName, StatedNames, mentions_of
from generator.identity.slugs import SlugLedger
from generator.identity.vocabularies.own import digest_of_own, load_own
from generator.identity.vocabularies.shipped import shipped_without
from generator.identity.vocabularies.vocabulary import KnownNames, Vocabulary
from generator.model.catalog import Entity, Link, Mention
from generator.model.catalog_section import CatalogSection
from generator.model.problem import Problem, failure
from generator.model.source import Source
from generator.model.study import Study
from generator.pipeline.merge import Studies, encoder
from generator.pipeline.processes import WorkerDied, can_fork, forked
from generator.pipeline.progress import Advance
from generator.storage.cache import Cache, digest
from generator.storage.code_version import code_version


class _NamesNote(msgspec.Struct, array_like=True):
    """What the names that were found in a study depend on, beside the study."""

    digest: bytes
    """Of mentions and evidence."""
    lookups: dict[str, bool]
    """Names that were looked up among those of other studies, as ``kind/key``, and whether they are known."""


class _Names(msgspec.Struct, array_like=True):
    mentions: list[Mention]
    rejected: list[RejectedName]
    evidence: Study
    problems: list[Problem] = []
    """That the study's names could not be found."""


class _Result(msgspec.Struct, array_like=True):
    entities: list[Entity]
    links: list[Link]
    problems: list[Problem]
    comparators: list[RejectedName]
    rejected: list[RejectedName]


_names_note = msgspec.msgpack.Decoder(_NamesNote)
_names = msgspec.msgpack.Decoder(_Names)
_result = msgspec.msgpack.Decoder(_Result)
_RESULT = "result"

_MANY = 2_000
"""Studies from which on their names are identified in a process of its own."""

_CHUNK = 100
"""Studies whose names a process finds at a time."""


class _RecordedLookups:
    """A set of names that records which names are looked up in it, and whether they are there."""

    def __init__(self, kind: str, names: Container[str], lookups: dict[str, bool]) -> None:
        self._kind = kind
        self._names = names
        self._lookups = lookups

    def __contains__(self, name: object) -> bool:
        found = name in self._names
        self._lookups[f"{self._kind}/{name}"] = found
        return found


def curated_digest(seeds: Path) -> bytes:
    """Return what stands for the files of curated names below *seeds*."""
    made = hashlib.blake2b(digest_size=16)
    folder = seeds / "names"
    for file in sorted(folder.iterdir()) if folder.is_dir() else []:
        with suppress(OSError):  # whoever reads the names says what is wrong with the file
            if file.is_file():
                made.update(f"{file.name}\0".encode("utf-8", "surrogateescape"))
                made.update(hashlib.blake2b(file.read_bytes()).digest())
    return made.digest()


@dataclass(frozen=True, slots=True)
class _NameSettings:
    """What the catalog's owner decides about names: the curated ones, and which vocabularies count."""

    seeds: Path
    curated: CuratedNames
    off: frozenset[str]
    """Names of the vocabularies that are switched off."""

    def digest(self) -> bytes:
        return digest(curated_digest(self.seeds), digest_of_own(self.seeds), "\n".join(sorted(self.off)).encode())

    def vocabularies(self) -> tuple[list[Vocabulary], list[Problem]]:
        """Return the vocabularies that count, those of the catalog's owner first, and what is wrong with them."""
        own, problems = load_own(self.seeds)
        return [*(one for one in own if one.about.name not in self.off), *self.shipped()], problems

    def shipped(self) -> list[Vocabulary]:
        """Return the vocabularies of the package that count."""
        return shipped_without(self.off)


def resolve(
    studies: Studies,
    seeds: Path,
    slugs: Path,
    cache: Cache,
    advance: Advance,
    *,
    processes: int = 1,
    off: frozenset[str] = frozenset(),
) -> tuple[Identification, bytes]:
    """Return what the names of *studies* resolve to, with the curated names of *seeds* and the ledger in *slugs*.

    Also returns a digest of all that this is made from.  In large catalogs *processes* find the names in the studies.
    Vocabularies whose names are in *off* are not used.
    """
    curated = load_curated(seeds)
    settings = _NameSettings(seeds, curated, off)
    known = _known_names(studies, settings)
    found = _mentions(studies, known, cache, advance, processes)
    ledger = SlugLedger.load(slugs)
    mentioned = digest(code_version(), settings.digest(), *(part for item in found.items() for part in _bytes(item)))
    key = digest(mentioned, ledger.encode())
    kept = _cached_result(cache, key, ledger, curated)
    if kept is not None:
        return kept, key
    packed, slugs_now = _identify_in_process(studies, found, settings, ledger, cache)
    # A ledger that has all slugs mints none: from now on the same names give the same again.
    key = digest(mentioned, slugs_now)
    cache.put("names", _RESULT, key, packed)
    return _unpacked(_result.decode(packed), SlugLedger.decode(slugs_now), curated), key


def _bytes(item: tuple[str, bytes]) -> Iterator[bytes]:
    yield item[0].encode()
    yield item[1]


def _known_names(studies: Studies, settings: _NameSettings) -> StatedNames:
    drugs: set[str] = set()
    conditions = {condition_key(name) for name in curated_conditions(settings.curated)}
    for row in studies.rows.values():
        drugs.update(row.drugs)
        conditions.update(row.conditions)
    tables = settings.shipped()
    return StatedNames(KnownNames(drugs, "drug", tables), KnownNames(conditions, "condition", tables))


def _mentions(studies: Studies, known: StatedNames, cache: Cache, advance: Advance, processes: int) -> dict[str, bytes]:
    """Bring the mentions of all studies up to date, and return a digest of those of each."""
    before: Mapping[str, tuple[bytes, _NamesNote]] = {}
    with suppress(msgspec.MsgspecError):
        before = {name: (key, _names_note.decode(data)) for name, key, data in cache.rows("named")}
    digests: dict[str, bytes] = dict.fromkeys(studies.rows, b"")
    todo: dict[str, bytes] = {}
    for identifier, row in studies.rows.items():
        key = digest(code_version(), row.digest)
        kept = before.get(identifier)
        if kept is not None and kept[0] == key and _gives_same_answers(known, kept[1].lookups):
            digests[identifier] = kept[1].digest
        else:
            todo[identifier] = key
    total = len(digests)
    for done, read in enumerate(
        _find_all_names(studies, list(todo), known, cache, processes), start=total - len(todo) + 1
    ):
        digests[read.study] = _cache_names(read, todo[read.study], cache)
        advance(done, total)
        cache.commit_sometimes(done)
    if not todo:
        advance(total, total)
    gone = [name for name in before if name not in digests]
    cache.drop("named", gone)
    cache.drop("mentions", gone)
    return digests


@dataclass(frozen=True, slots=True)
class _FoundNames:
    """The names that were found in one study, packed."""

    study: str
    names: bytes
    lookups: dict[str, bool]


def _find_all_names(
    studies: Studies, todo: list[str], known: StatedNames, cache: Cache, processes: int
) -> Iterator[_FoundNames]:
    """Yield the names in each of the studies *todo*, in any order; of many studies, found by several processes."""

    def read_chunk(chunk: list[str]) -> list[_FoundNames]:
        return [_find_names(studies, identifier, known) for identifier in chunk]

    left = dict.fromkeys(todo)
    if processes > 1 and len(todo) >= _MANY and can_fork(cache):
        chunks = [todo[start : start + _CHUNK] for start in range(0, len(todo), _CHUNK)]
        for done in forked(read_chunk, cache, processes, chunks):
            for read in () if isinstance(done, WorkerDied) else done:
                del left[read.study]
                yield read
    for identifier in left:
        yield _find_names(studies, identifier, known)


def _gives_same_answers(known: StatedNames, lookups: Mapping[str, bool]) -> bool:
    """Say whether all *lookups* would give the same now."""
    for question, answer in lookups.items():
        kind, _, name = question.partition("/")
        if (name in (known.drugs if kind == "drug" else known.conditions)) is not answer:
            return False
    return True


def _find_names(studies: Studies, identifier: str, known: StatedNames) -> _FoundNames:
    lookups: dict[str, bool] = {}
    study = studies.study(identifier)
    try:
        found = mentions_of(
            study,
            StatedNames(
                _RecordedLookups("drug", known.drugs, lookups), _RecordedLookups("condition", known.conditions, lookups)
            ),
        )
        data = encoder.encode(_Names(found.mentions, found.rejected, evidence_of(study)))
    except Exception as error:
        data = encoder.encode(_without_names(study, error))
    return _FoundNames(identifier, data, lookups)


def _without_names(study: Study, error: Exception) -> _Names:
    """Return what is kept of a study whose names cannot be found because of *error*."""
    section = study.catalog_section
    path = section.documents[0].path if section.documents else section.id or ""
    problem = failure(path, 1, f"Looking for the names in {section.id}", error)
    return _Names([], [], Study(catalog_section=CatalogSection(id=section.id)), [problem])


def _cache_names(read: _FoundNames, key: bytes, cache: Cache) -> bytes:
    """Keep the names of a study under *key*, and return their digest."""
    made = digest(read.names)
    cache.put("mentions", read.study, key, read.names)
    cache.put("named", read.study, key, encoder.encode(_NamesNote(made, read.lookups)))
    return made


def _identify(
    studies: Studies, found: Mapping[str, bytes], settings: _NameSettings, ledger: SlugLedger, cache: Cache
) -> Identification:
    read: dict[str, _Names] = {}
    shared = _SharedValues()
    for identifier in sorted(found):
        data = cache.get("mentions", identifier)
        if data is None:
            data = _find_names(studies, identifier, _known_names(studies, settings)).names
        read[identifier] = one = _names.decode(data)
        for mention in one.mentions:
            shared.share(mention)
    minted = ledger.encode()
    vocabularies, problems = settings.vocabularies()
    try:
        identification = _identified(read, settings.curated, ledger, vocabularies)
    except Exception:
        for identifier, one in read.items():
            try:
                _identified({identifier: one}, settings.curated, SlugLedger.decode(minted), vocabularies)
            except Exception as error:
                read[identifier] = _without_names(studies.study(identifier), error)
        ledger.restore(minted)
        identification = _identified(read, settings.curated, ledger, vocabularies)
    identification.problems.extend(problems)
    return identification


def _identified(
    read: Mapping[str, _Names], curated: CuratedNames, ledger: SlugLedger, vocabularies: list[Vocabulary]
) -> Identification:
    names = Mentions()
    for one in read.values():
        names.mentions.extend(one.mentions)
        names.rejected.extend(one.rejected)
    evidence = {identifier: one.evidence for identifier, one in read.items()}
    found = identify_names(names, evidence, curated, ledger, vocabularies)
    found.problems.extend(problem for one in read.values() for problem in one.problems)
    return found


class _SharedValues:
    """Keeps equal values once in memory: all mentions of a large catalog take much."""

    def __init__(self) -> None:
        self._texts: dict[str | None, str | None] = {}
        self._sources: dict[tuple[Source, ...], tuple[Source, ...]] = {}

    def share(self, mention: Mention) -> None:
        """Give *mention* the same objects as mentions before it, where they are equal."""
        share = self._texts.setdefault
        put = msgspec.structs.force_setattr  # a mention never changes: it is given what equals what it has
        put(mention, "text", share(mention.text, mention.text))
        put(mention, "study", share(mention.study, mention.study))
        put(mention, "pointer", share(mention.pointer, mention.pointer))
        put(mention, "city", share(mention.city, mention.city))
        put(mention, "state", share(mention.state, mention.state))
        put(mention, "country", share(mention.country, mention.country))
        put(mention, "affiliation", share(mention.affiliation, mention.affiliation))
        put(mention, "sources", self._sources.setdefault(mention.sources, mention.sources))


def _identify_in_process(
    studies: Studies, found: Mapping[str, bytes], settings: _NameSettings, ledger: SlugLedger, cache: Cache
) -> tuple[bytes, bytes]:
    """Return the identification, packed, and the ledger afterwards.

    Where there are many studies, another process makes it: all mentions at once take much memory, and Python would not
    give it back.
    """

    def identify() -> tuple[bytes, bytes]:
        identification = _identify(studies, found, settings, ledger, cache)
        return _packed(identification), ledger.encode()

    def identify_and_leave(_: None) -> tuple[bytes, bytes]:
        gc.disable()  # nearly all that is made stays until this process ends
        return identify()

    if len(found) >= _MANY and can_fork(cache):
        [made] = forked(identify_and_leave, cache, 1, [None])
        if not isinstance(made, WorkerDied):
            return made
    return identify()


def _cached_result(cache: Cache, key: bytes, ledger: SlugLedger, curated: CuratedNames) -> Identification | None:
    for name, found, data in cache.rows("names"):
        if name == _RESULT and found == key:
            with suppress(msgspec.MsgspecError):
                return _unpacked(_result.decode(data), ledger, curated)
    return None


def _packed(identification: Identification) -> bytes:
    return encoder.encode(
        _Result(
            list(identification.entities.values()),
            identification.links,
            identification.problems,
            identification.comparators,
            identification.rejected,
        )
    )


def _unpacked(result: _Result, ledger: SlugLedger, curated: CuratedNames) -> Identification:
    # The same few ids and pointers stand in very many links: each is kept once.
    share: dict[str, str] = {}
    links = [
        Link(
            study=share.setdefault(link.study, link.study),
            kind=link.kind,
            entity=share.setdefault(link.entity, link.entity),
            role=link.role,
            pointer=share.setdefault(link.pointer, link.pointer),
        )
        for link in result.links
    ]
    for entity in result.entities:
        entity.studies = [share.setdefault(study, study) for study in entity.studies]
    return Identification(
        entities={(entity.kind, entity.id): entity for entity in result.entities},
        links=links,
        problems=result.problems,
        comparators=result.comparators,
        rejected=result.rejected,
        slugs=ledger,
        curated=curated,
    )
