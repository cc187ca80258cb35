"""A digest for each thing that a page can read of a catalog: where it is the same as last time, so is what was read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from generator.model.catalog import MOST_RELATED_STUDIES, map_point_of
from generator.pages.paths import PageAddress, SitePaths
from generator.pages.tracing import (
    ABOUT,
    ALL,
    CITED,
    DOCUMENT,
    DOCUMENT_ADDRESS,
    DOCUMENT_SUMMARY,
    ENTITY,
    ENTITY_HISTORY,
    ENTITY_LINKS,
    EVENTS,
    EXISTS,
    EXPORTED,
    FEW_STUDIES,
    HISTORY,
    MAP_POINT,
    NAME,
    OUTLINE,
    STUDY,
    STUDY_ADDRESS,
    STUDY_LINKS,
    STUDY_SUMMARY,
    TITLE,
    entity_name,
    key_of,
)
from generator.pages.trial.parts import PARTS
from generator.pipeline.stored_catalog import StoredCatalog
from generator.storage.cache import digest

Digests = dict[str, bytes]

_encode = msgspec.msgpack.Encoder().encode
_THERE = b"1"


def digests_of_things(catalog: StoredCatalog, paths: SitePaths) -> Digests:
    """Return the digests of studies and documents, and of what is about all of them."""
    of_history = _of_history(catalog) if catalog.history is not None else ()
    return dict([*_of_studies(catalog, paths), *_of_documents(catalog, paths), *_of_all(catalog, paths), *of_history])


def _of_history(catalog: StoredCatalog) -> Iterator[tuple[str, bytes]]:
    digests = catalog.history.digests if catalog.history is not None else {}
    for study, known in digests.items():
        yield key_of(HISTORY, study), known
    gap = (catalog.gap_of_history() or "").encode()
    yield (
        key_of(ALL, EVENTS),
        digest(gap, *(part for study, known in digests.items() for part in (_bytes(study), known))),
    )
    for (kind, identifier), entity in catalog.entities.items():
        known_of = [digests[study] for study in entity.studies if study in digests]
        if known_of:
            yield key_of(ENTITY_HISTORY, entity_name(kind, identifier)), digest(*known_of)


def _of_studies(catalog: StoredCatalog, paths: SitePaths) -> Iterator[tuple[str, bytes]]:
    rows = catalog.packed.rows
    for identifier, row in rows.items():
        yield key_of(STUDY, identifier), row.digest
        yield key_of(OUTLINE, identifier), row.outline
        yield key_of(TITLE, identifier), digest(_bytes(row.title))
        yield key_of(STUDY_SUMMARY, identifier), digest(_encode(row.summary))
        beside = (paths.beside(identifier, part) for part in ("results", "sites", "fields", "publications"))
        if_long = (paths.part_of_trial(identifier, part) for part in PARTS)
        addresses = (paths.trial(identifier), *beside, *if_long)
        yield key_of(STUDY_ADDRESS, identifier), digest(*map(_file, addresses), paths.study_file(identifier).encode())
        yield key_of(f"{EXISTS} {STUDY}", identifier), _THERE
        yield key_of(f"{EXISTS} {OUTLINE}", identifier), _THERE
    names = digest(*(identifier.encode() for identifier in rows))
    for kind in (STUDY, OUTLINE):
        yield key_of(ALL, f"names of {kind}"), names
    yield key_of(ALL, STUDY), digest(names, *(row.digest for row in rows.values()))
    yield key_of(ALL, OUTLINE), digest(names, *(row.outline for row in rows.values()))
    yield key_of(ALL, "flags"), digest(names, *(row.flags for row in rows.values()))


def _of_documents(catalog: StoredCatalog, paths: SitePaths) -> Iterator[tuple[str, bytes]]:
    names = digest(*(_bytes(path) for path in catalog.by_path))
    for path, row in catalog.by_path.items():
        yield key_of(DOCUMENT, path), row.key
        yield key_of(DOCUMENT_SUMMARY, path), digest(_encode(row.summary))
        about = _encode((catalog.references_to(path), catalog.problems_of(path)))
        yield key_of(ABOUT, path), digest(about)
        there = paths.line(path)
        yield key_of(DOCUMENT_ADDRESS, path), _bytes("#".join((there[0].file, there[1]))) if there else b""
        yield key_of(f"{EXISTS} {DOCUMENT}", path), _THERE
    yield key_of(ALL, f"names of {DOCUMENT}"), names
    yield key_of(ALL, DOCUMENT), digest(names, *(row.key for row in catalog.by_path.values()))


def _of_all(catalog: StoredCatalog, paths: SitePaths) -> Iterator[tuple[str, bytes]]:
    yield key_of(ALL, "totals"), _encode(catalog.totals())
    yield key_of(ALL, "commit"), digest(_encode(catalog.commit))
    yield key_of(ALL, "problems"), digest(_encode(catalog.problems))
    yield key_of(ALL, "former_ids"), digest(_encode(catalog.former_ids))
    former = sorted((kind, name, now) for (kind, name), now in catalog.former_entities.items())
    yield key_of(ALL, "former_entities"), digest(_encode(former))
    moved = [(name, page.file, target.file) for name, page, target in paths.moved()]
    retired = [(kind, former, page.file) for kind, former, page in paths.retired()]
    yield key_of(ALL, "moved"), digest(_encode((moved, retired)))


def digests_of_names(catalog: StoredCatalog, paths: SitePaths) -> Digests:
    """Return the digests of entities and links."""
    return dict([*_of_entities(catalog, paths), *_of_links(catalog)])


def _of_entities(catalog: StoredCatalog, paths: SitePaths) -> Iterator[tuple[str, bytes]]:
    by_kind: dict[str, list[bytes]] = {}
    for (kind, identifier), entity in catalog.entities.items():
        name = entity_name(kind, identifier)
        whole = digest(_encode(entity))
        by_kind.setdefault(kind, []).append(whole)
        yield key_of(ENTITY, name), whole
        yield key_of(NAME, name), digest(_bytes(entity.name), _file(paths.entity(kind, identifier)))
        few = entity.studies if len(entity.studies) <= MOST_RELATED_STUDIES else None
        yield key_of(FEW_STUDIES, name), digest(_encode(few))
        if kind == "place":
            yield key_of(MAP_POINT, identifier), digest(_encode(map_point_of(entity)))
        yield key_of(f"{EXISTS} {ENTITY}", name), _THERE
    names = digest(*(_bytes(entity_name(*key)) for key in catalog.entities))
    yield key_of(ALL, f"names of {ENTITY}"), names
    yield key_of(ALL, ENTITY), digest(names, *(one for found in by_kind.values() for one in found))
    for kind in ("organization", "person", "drug", "condition", "place"):
        yield key_of(ALL, kind), digest(*by_kind.get(kind, ()))


def _of_links(catalog: StoredCatalog) -> Iterator[tuple[str, bytes]]:
    for kind, identifier in catalog.entities:
        links = _encode(catalog.links_of_entity(kind, identifier))
        yield key_of(ENTITY_LINKS, entity_name(kind, identifier)), digest(links)
    every = []
    for identifier in catalog.packed.rows:
        one = digest(_encode(catalog.links_of_study(identifier)))
        every.append(one)
        yield key_of(STUDY_LINKS, identifier), one
    yield key_of(ALL, "links"), digest(*every)
    yield key_of(ALL, STUDY_LINKS), digest(*every)


def digests_of_citations(cited: Mapping[str, Iterable[int]]) -> Digests:
    """Return the digests of the lines of documents to which pages lead."""
    return {key_of(CITED, path): digest(_encode(sorted(lines))) for path, lines in cited.items()}


def digests_of_exports(exported: Mapping[str, bytes]) -> Digests:
    """Return the digests of the data files."""
    return {key_of(EXPORTED, path): made for path, made in exported.items()}


def _file(address: PageAddress | None) -> bytes:
    return address.file.encode() if address is not None else b""


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
