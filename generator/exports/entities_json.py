"""All entities as one file, ``api/entities.json``."""

from __future__ import annotations

from collections.abc import Callable, Container
from typing import cast

import msgspec

from generator.exports.studies_json import encode, pruned
from generator.model.catalog import Catalog, Entity, EntityReference, Kind, Spelling
from generator.model.pointers import Json
from generator.model.sentence import in_english
from generator.pages.paths import is_only_contact
from generator.pages.text.contacts import without_contacts

ENTITIES = "api/entities.json"


def write_entities(catalog: Catalog, url_of: Callable[[Entity], str], *, contacts: bool = True) -> dict[str, bytes]:
    """Return the file's content by its path; *url_of* gives an entity's address inside the site.

    With *contacts* false, people who are known only as contacts are left out, and telephone numbers and addresses
    that stand in names.
    """
    hidden = set() if contacts else {key for key, entity in catalog.entities.items() if is_only_contact(entity)}
    entries = [_entry(entity, url_of(entity), hidden) for key, entity in catalog.entities.items() if key not in hidden]
    if not contacts:
        entries = [_in_texts(entry) for entry in entries]
    return {ENTITIES: encode(cast("Json", entries))}


def _entry(entity: Entity, url: str, hidden: Container[tuple[Kind, str]]) -> Json:
    def references(listed: list[EntityReference]) -> Json:
        return [f"{one.kind}/{one.id}" for one in listed if (one.kind, one.id) not in hidden]

    entry: dict[str, Json] = {
        "kind": entity.kind,
        "id": entity.id,
        "name": entity.name,
        "mostlyWritten": entity.mostly_written,
        "url": url,
        "verified": entity.verified,
        "roles": cast("Json", list(entity.roles)),
        "spellings": [_spelling(spelling) for spelling in entity.spellings],
        "studies": cast("Json", list(entity.studies)),
        "partOf": references(entity.part_of),
        "broader": references(entity.broader),
        "narrower": references(entity.narrower),
        "notSameAs": references(entity.not_same_as),
        "possiblySameAs": references(entity.possibly_same_as),
        "related": references(entity.related),
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


def _in_texts(value: Json) -> Json:
    """Return *value* with its texts as :func:`without_contacts` leaves them."""
    if isinstance(value, dict):
        return {key: _in_texts(child) for key, child in value.items()}
    if isinstance(value, list):
        return [_in_texts(child) for child in value]
    return without_contacts(value) if isinstance(value, str) else value


def _spelling(spelling: Spelling) -> Json:
    value = cast("dict[str, Json]", in_english(msgspec.to_builtins(spelling)))
    value.setdefault("sources", [])
    for source in cast("list[dict[str, Json]]", value["sources"]):
        if not source.get("place", True):
            del source["place"]  # the whole of the lines
    return value
