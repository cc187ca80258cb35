"""All entities as one file, ``api/entities.json``."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import msgspec

from generator.exports.studies_json import encode, pruned
from generator.model.catalog import Catalog, Entity, Spelling
from generator.model.pointers import Json

ENTITIES = "api/entities.json"

_ABOUT_REACHING_PEOPLE = {"centralContact", "facilityContact"}


def write_entities(catalog: Catalog, url_of: Callable[[Entity], str], *, contacts: bool = True) -> dict[str, bytes]:
    """Return the file's content by its path; *url_of* gives an entity's address inside the site.

    With *contacts* false, people who are known only as contacts are left out.
    """
    entries = [
        _entry(entity, url_of(entity))
        for entity in catalog.entities.values()
        if contacts or not (entity.kind == "person" and set(entity.roles) <= _ABOUT_REACHING_PEOPLE)
    ]
    return {ENTITIES: encode(cast("Json", entries))}


def _entry(entity: Entity, url: str) -> Json:
    entry: dict[str, Json] = {
        "kind": entity.kind,
        "id": entity.id,
        "name": entity.name,
        "url": url,
        "verified": entity.verified,
        "roles": cast("Json", list(entity.roles)),
        "spellings": [_spelling(spelling) for spelling in entity.spellings],
        "studies": cast("Json", list(entity.studies)),
        "partOf": [_reference(reference.kind, reference.id) for reference in entity.part_of],
        "notSameAs": [_reference(reference.kind, reference.id) for reference in entity.not_same_as],
        "possiblySameAs": [_reference(reference.kind, reference.id) for reference in entity.possibly_same_as],
        "related": [_reference(reference.kind, reference.id) for reference in entity.related],
        "identifiers": cast("Json", dict(entity.identifiers)),
        "city": entity.city,
        "country": entity.country,
        "latitude": entity.latitude,
        "longitude": entity.longitude,
        "note": entity.note,
    }
    kept = cast("dict[str, Json]", pruned(entry))
    for name in ("roles", "spellings", "studies", "partOf", "notSameAs"):
        kept.setdefault(name, [])
    return kept


def _spelling(spelling: Spelling) -> Json:
    value = cast("dict[str, Json]", msgspec.to_builtins(spelling))
    value.setdefault("sources", [])
    for source in cast("list[dict[str, Json]]", value["sources"]):
        if not source.get("place", True):
            del source["place"]  # the whole of the lines
    return value


def _reference(kind: str, identifier: str) -> Json:
    return f"{kind}/{identifier}"
