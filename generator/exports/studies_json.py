"""Studies as API v2 JSON: a file for each, and the list of all."""

from __future__ import annotations

from typing import cast

import msgspec

from generator.exports.contacts import without_contacts
from generator.model.catalog import Catalog
from generator.model.pointers import Json
from generator.model.sentence import in_english
from generator.model.study import Study
from generator.pages.study_files import STUDIES, study_file
from generator.pages.text.contacts import contacts_stated

LIST = f"{STUDIES}.json"


def study_json(study: Study, original: dict[str, Json] | None = None, *, contacts: bool = True) -> dict[str, Json]:
    """Return *study* as JSON without empty parts; *original* is given back as found, with the catalog's section.

    With *contacts* false, people and how to reach them are left out.
    """
    value = cast("dict[str, Json]", pruned(msgspec.to_builtins(study)) or {})
    section = value.get("catalogSection")
    if isinstance(section, dict):
        section = value["catalogSection"] = cast("dict[str, Json]", in_english(section))
    if isinstance(section, dict) and study.catalog_section.completeness:
        section["completeness"] = _completeness(study)
    if original is not None:
        value = {**original, "catalogSection": value.get("catalogSection", {})}
    return value if contacts else cast("dict[str, Json]", without_contacts(value, tuple(contacts_stated(study))))


def _completeness(study: Study) -> Json:
    """Return the numbers of the data set's 24 items by their state: with names they would be a tenth of the file."""
    by_state: dict[str, Json] = {}
    for item in study.catalog_section.completeness:
        cast("list[Json]", by_state.setdefault(item.state, [])).append(item.number)
    return by_state


def pruned(value: Json) -> Json:
    """Return *value* without empty objects and lists, which state nothing."""
    if isinstance(value, dict):
        kept = {key: pruned(child) for key, child in value.items()}
        return {key: child for key, child in kept.items() if child not in ({}, [], None)}
    if isinstance(value, list):
        return [pruned(child) for child in value]
    return value


def study_data(catalog: Catalog, identifier: str, *, contacts: bool = True) -> bytes:
    """Return the content of the file of one study."""
    return encode(study_json(catalog.studies[identifier], catalog.originals.get(identifier), contacts=contacts))


def list_data(catalog: Catalog, *, contacts: bool = True) -> bytes:
    """Return the content of the list of all studies."""
    entries: list[Json] = [_entry(identifier, study) for identifier, study in catalog.outlines.items()]
    if not contacts:
        entries = [without_contacts(entry) for entry in entries]
    return encode({"totalCount": len(entries), "studies": entries})


def encode(value: Json) -> bytes:
    """Return *value* as JSON text without blanks: indenting would make the files half as large again.

    The sign in e-mail addresses is written as an escape, which means the same in JSON and to no harvester.
    """
    return msgspec.json.encode(value).replace(b"@", rb"\u0040") + b"\n"


def _entry(identifier: str, study: Study) -> Json:
    protocol, section = study.protocol_section, study.catalog_section
    lead = protocol.sponsor_collaborators_module.lead_sponsor
    entry: dict[str, Json] = {
        "id": identifier,
        "nctId": protocol.identification_module.nct_id,
        "briefTitle": protocol.identification_module.brief_title,
        "acronym": protocol.identification_module.acronym,
        "overallStatus": protocol.status_module.overall_status,
        "studyType": protocol.design_module.study_type,
        "phases": list(protocol.design_module.phases),
        "leadSponsor": lead.name if lead else None,
        "conditions": list(protocol.conditions_module.conditions),
        "provisional": section.provisional or None,
        "documents": [document.path for document in section.documents],
        "file": study_file(identifier),
    }
    return pruned(entry)
