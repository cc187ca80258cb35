"""Names to entities: mentions are kept with their study, entities and links as long as no mention is another one."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Container, Iterable, Iterator, Mapping
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
from generator.model.catalog import Entity, Kind, Link, Mention, Role
from generator.model.catalog_section import CatalogSection
from generator.model.problem import Problem, failure
from generator.model.source import Source
from generator.model.study import Study
from generator.pipeline.merge import Studies, encoder
from generator.pipeline.processes import WorkerDied, can_fork, forked
from generator.pipeline.progress import Advance
from generator.storage.cache import Store, digest
from generator.storage.code_version import code_version


class _Named(msgspec.Struct, array_like=True):
    """What a study's names were taken to be, and on what that depended."""

    digest: bytes
    """Of mentions and evidence."""
    asked: dict[str, bool]
    """Names of other studies that were asked for, as ``kind/key``, and whether they are known beyond doubt."""


class _RejectedName(msgspec.Struct, array_like=True):
    study: str
    pointer: str
    text: str
    reason: str


class _Names(msgspec.Struct, array_like=True):
    mentions: list[Mention]
    rejected: list[_RejectedName]
    evidence: Study
    problems: list[Problem] = []
    """That none of the study's names could be looked at."""


class _Link(msgspec.Struct, array_like=True):
    study: str
    kind: Kind
    entity: str
    role: Role
    pointer: str


class _Result(msgspec.Struct, array_like=True):
    entities: list[Entity]
    links: list[_Link]
    problems: list[Problem]
    comparators: list[_RejectedName]
    rejected: list[_RejectedName]


_named = msgspec.msgpack.Decoder(_Named)
_names = msgspec.msgpack.Decoder(_Names)
_result = msgspec.msgpack.Decoder(_Result)
_RESULT = "result"

_MANY = 2_000
"""Studies from which on their names are identified in a process of its own."""

_CHUNK = 100
"""Studies whose names a process finds at a time."""


class _Asked:
    """A set of names that remembers what it was asked."""

    def __init__(self, kind: str, names: Container[str], asked: dict[str, bool]) -> None:
        self._kind = kind
        self._names = names
        self._asked = asked

    def __contains__(self, name: object) -> bool:
        found = name in self._names
        self._asked[f"{self._kind}/{name}"] = found
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
class _Told:
    """What people say of names: the curated ones, and which vocabularies count."""

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
    store: Store,
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
    told = _Told(seeds, curated, off)
    known = _known_names(studies, told)
    found = _mentions(studies, known, store, advance, processes)
    ledger = SlugLedger.load(slugs)
    mentioned = digest(code_version(), told.digest(), *(part for item in found.items() for part in _bytes(item)))
    key = digest(mentioned, ledger.encode())
    kept = _take(store, key, ledger, curated)
    if kept is not None:
        return kept, key
    packed, slugs_now = _identify_apart(studies, found, told, ledger, store)
    # A ledger that has all slugs mints none: from now on the same names give the same again.
    key = digest(mentioned, slugs_now)
    store.put("names", _RESULT, key, packed)
    return _unpacked(_result.decode(packed), SlugLedger.decode(slugs_now), curated), key


def _bytes(item: tuple[str, bytes]) -> Iterator[bytes]:
    yield item[0].encode()
    yield item[1]


def _known_names(studies: Studies, told: _Told) -> StatedNames:
    drugs: set[str] = set()
    conditions = {condition_key(name) for name in curated_conditions(told.curated)}
    for row in studies.rows.values():
        drugs.update(row.drugs)
        conditions.update(row.conditions)
    tables = told.shipped()
    return StatedNames(KnownNames(drugs, "drug", tables), KnownNames(conditions, "condition", tables))


def _mentions(studies: Studies, known: StatedNames, store: Store, advance: Advance, processes: int) -> dict[str, bytes]:
    """Bring the mentions of all studies up to date, and return a digest of those of each."""
    before: Mapping[str, tuple[bytes, _Named]] = {}
    with suppress(msgspec.MsgspecError):
        before = {name: (key, _named.decode(data)) for name, key, data in store.rows("named")}
    digests: dict[str, bytes] = dict.fromkeys(studies.rows, b"")
    todo: dict[str, bytes] = {}
    for identifier, row in studies.rows.items():
        key = digest(code_version(), row.digest)
        kept = before.get(identifier)
        if kept is not None and kept[0] == key and _answers(known, kept[1].asked):
            digests[identifier] = kept[1].digest
        else:
            todo[identifier] = key
    total = len(digests)
    for done, read in enumerate(_read_all(studies, list(todo), known, store, processes), start=total - len(todo) + 1):
        digests[read.study] = _keep(read, todo[read.study], store)
        advance(done, total)
        store.commit_sometimes(done)
    if not todo:
        advance(total, total)
    gone = [name for name in before if name not in digests]
    store.drop("named", gone)
    store.drop("mentions", gone)
    return digests


@dataclass(frozen=True, slots=True)
class _Read:
    """The names that were found in one study, packed."""

    study: str
    names: bytes
    asked: dict[str, bool]


def _read_all(studies: Studies, todo: list[str], known: StatedNames, store: Store, processes: int) -> Iterator[_Read]:
    """Yield the names in each of the studies *todo*, in any order; of many studies, found by several processes."""

    def read_chunk(chunk: list[str]) -> list[_Read]:
        return [_read(studies, identifier, known) for identifier in chunk]

    left = dict.fromkeys(todo)
    if processes > 1 and len(todo) >= _MANY and can_fork(store):
        chunks = [todo[start : start + _CHUNK] for start in range(0, len(todo), _CHUNK)]
        for done in forked(read_chunk, store, processes, chunks):
            for read in () if isinstance(done, WorkerDied) else done:
                del left[read.study]
                yield read
    for identifier in left:
        yield _read(studies, identifier, known)


def _answers(known: StatedNames, asked: Mapping[str, bool]) -> bool:
    """Say whether all that was *asked* has the same answer now."""
    for question, answer in asked.items():
        kind, _, name = question.partition("/")
        if (name in (known.drugs if kind == "drug" else known.conditions)) is not answer:
            return False
    return True


def _read(studies: Studies, identifier: str, known: StatedNames) -> _Read:
    asked: dict[str, bool] = {}
    study = studies.study(identifier)
    try:
        found = mentions_of(
            study, StatedNames(_Asked("drug", known.drugs, asked), _Asked("condition", known.conditions, asked))
        )
        data = encoder.encode(
            _Names(
                found.mentions,
                [_RejectedName(o.study, o.pointer, o.text, o.reason) for o in found.rejected],
                evidence_of(study),
            )
        )
    except Exception as error:
        data = encoder.encode(_nameless(study, error))
    return _Read(identifier, data, asked)


def _nameless(study: Study, error: Exception) -> _Names:
    """Return what is kept of a study whose names nothing can be made of, because of *error*."""
    section = study.catalog_section
    path = section.documents[0].path if section.documents else section.id or ""
    problem = failure(path, 1, f"Looking for the names in {section.id}", error)
    return _Names([], [], Study(catalog_section=CatalogSection(id=section.id)), [problem])


def _keep(read: _Read, key: bytes, store: Store) -> bytes:
    """Let the store keep what was read under *key*, and return its digest."""
    made = digest(read.names)
    store.put("mentions", read.study, key, read.names)
    store.put("named", read.study, key, encoder.encode(_Named(made, read.asked)))
    return made


def _identify(
    studies: Studies, found: Mapping[str, bytes], told: _Told, ledger: SlugLedger, store: Store
) -> Identification:
    read: dict[str, _Names] = {}
    share = _Shared()
    for identifier in sorted(found):
        data = store.get("mentions", identifier)
        if data is None:
            data = _read(studies, identifier, _known_names(studies, told)).names
        read[identifier] = one = _names.decode(data)
        for mention in one.mentions:
            share.within(mention)
    minted = ledger.encode()
    vocabularies, problems = told.vocabularies()
    try:
        identification = _identified(read, told.curated, ledger, vocabularies)
    except Exception:
        for identifier, one in read.items():
            try:
                _identified({identifier: one}, told.curated, SlugLedger.decode(minted), vocabularies)
            except Exception as error:
                read[identifier] = _nameless(studies.study(identifier), error)
        ledger.restore(minted)
        identification = _identified(read, told.curated, ledger, vocabularies)
    identification.problems.extend(problems)
    return identification


def _identified(
    read: Mapping[str, _Names], curated: CuratedNames, ledger: SlugLedger, vocabularies: list[Vocabulary]
) -> Identification:
    names = Mentions()
    for one in read.values():
        names.mentions.extend(one.mentions)
        names.rejected.extend(_restored(one.rejected))
    evidence = {identifier: one.evidence for identifier, one in read.items()}
    found = identify_names(names, evidence, curated, ledger, vocabularies)
    found.problems.extend(problem for one in read.values() for problem in one.problems)
    return found


class _Shared:
    """Values that are in memory once, however many mentions have them: all mentions of a large catalog are much."""

    def __init__(self) -> None:
        self._texts: dict[str | None, str | None] = {}
        self._sources: dict[tuple[Source, ...], tuple[Source, ...]] = {}

    def within(self, mention: Mention) -> None:
        """Let *mention* have the same objects as those before it, where they are equal."""
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


def _identify_apart(
    studies: Studies, found: Mapping[str, bytes], told: _Told, ledger: SlugLedger, store: Store
) -> tuple[bytes, bytes]:
    """Return the identification, packed, and the ledger afterwards.

    Where there are many studies, another process makes it: all mentions at once are much, and Python would keep the
    memory that they took.
    """

    def identify() -> tuple[bytes, bytes]:
        identification = _identify(studies, found, told, ledger, store)
        return _packed(identification), ledger.encode()

    def identify_there(_: None) -> tuple[bytes, bytes]:
        gc.disable()  # nearly all that is made stays until this process ends
        return identify()

    if len(found) >= _MANY and can_fork(store):
        [made] = forked(identify_there, store, 1, [None])
        if not isinstance(made, WorkerDied):
            return made
    return identify()


def _take(store: Store, key: bytes, ledger: SlugLedger, curated: CuratedNames) -> Identification | None:
    for name, found, data in store.rows("names"):
        if name == _RESULT and found == key:
            with suppress(msgspec.MsgspecError):
                return _unpacked(_result.decode(data), ledger, curated)
    return None


def _packed(identification: Identification) -> bytes:
    return encoder.encode(
        _Result(
            list(identification.entities.values()),
            [_Link(link.study, link.kind, link.entity, link.role, link.pointer) for link in identification.links],
            identification.problems,
            [_RejectedName(one.study, one.pointer, one.text, one.reason) for one in identification.comparators],
            [_RejectedName(one.study, one.pointer, one.text, one.reason) for one in identification.rejected],
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
        comparators=list(_restored(result.comparators)),
        rejected=list(_restored(result.rejected)),
        slugs=ledger,
        curated=curated,
    )


def _restored(kept: Iterable[_RejectedName]) -> Iterator[RejectedName]:
    return (RejectedName(one.study, one.pointer, one.text, one.reason) for one in kept)
