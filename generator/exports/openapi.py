"""A description of the JSON below ``api/``, from which clients can be generated: ``api/openapi.json``.

Its schemas are made from the model's own types, so they cannot differ from what is written.  Addresses and answers are
those of ClinicalTrials.gov's API v2 where a host of files can give them; ``catalogSection`` is the catalog's own.
"""

from __future__ import annotations

from typing import Any, cast

import msgspec

from generator.exports.entities_json import ENTITIES
from generator.exports.exporter import Exporter, OneFile
from generator.exports.published import PublishedCatalog
from generator.exports.studies_json import LIST, encode
from generator.language.messages import gettext_noop
from generator.model.catalog import Spelling
from generator.model.data_file import DataFile
from generator.model.pointers import Json
from generator.model.sentence import Sentence
from generator.model.structure import Structure
from generator.model.study import Study
from generator.pages.study_files import STUDIES
from generator.storage.streams import StreamedFiles

FILE = "api/openapi.json"

_HERE = "api/"


class StudyInList(Structure):
    """What the list of all studies says of one."""

    id: str
    file: str
    """Path of the study's own file below the site's root."""
    nct_id: str | None = None
    brief_title: str | None = None
    acronym: str | None = None
    overall_status: str | None = None
    study_type: str | None = None
    phases: list[str] = []
    lead_sponsor: str | None = None
    conditions: list[str] = []
    provisional: bool = False
    documents: list[str] = []


class StudyList(Structure):
    """The list of all studies."""

    total_count: int
    studies: list[StudyInList] = []


class EntityInList(Structure):
    """An organization, person, drug, condition or place."""

    kind: str
    id: str
    name: str
    url: str
    """Of its page below the site's root; empty where it has none."""
    verified: bool
    roles: list[str]
    spellings: list[Spelling]
    studies: list[str]
    part_of: list[str]
    """Each as ``kind/id``; so are those below."""
    not_same_as: list[str]
    broader: list[str] = []
    narrower: list[str] = []
    mostly_written: str | None = None
    """What documents mostly write, where the name is a vocabulary's."""
    possibly_same_as: list[str] = []
    related: list[str] = []
    identifiers: dict[str, str] = {}
    city: str | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    note: str | None = None


def _as_texts(value: Any) -> Any:
    """Return a schema in which sentences of ours are the texts that data files have in their place."""
    if isinstance(value, dict):
        if value.get("$ref", "").endswith(f"/{Sentence.__name__}"):
            return {"type": "string"}
        return {key: _as_texts(child) for key, child in value.items()}
    return [_as_texts(child) for child in value] if isinstance(value, list) else value


def description(title: str, version: str) -> Json:
    """Return the description of the API of the catalog with this title and version."""
    (study, listed, entities), components = msgspec.json.schema_components(
        [Study, StudyList, list[EntityInList]], ref_template="#/components/schemas/{name}"
    )
    del components[Sentence.__name__]
    components = _as_texts(components)
    paths = {
        f"/{STUDIES.removeprefix(_HERE)}/{{id}}.json": _get(
            "One study, in the form of ClinicalTrials.gov's API v2",
            "getStudy",
            study,
            [
                {
                    "name": "id",
                    "in": "path",
                    "required": True,
                    "description": "Number in its registry, or the name of a trial without one.",
                    "schema": {"type": "string"},
                }
            ],
        ),
        f"/{LIST.removeprefix(_HERE)}": _get("All studies in brief", "listStudies", listed),
        f"/{ENTITIES.removeprefix(_HERE)}": _get(
            "All organizations, people, drugs, conditions and places", "listEntities", entities
        ),
    }
    return cast(
        "Json",
        {
            "openapi": "3.1.0",
            "info": {
                "title": title,
                "version": version,
                "description": "Files, not a service: there are no parameters for searching, and no limits.",
            },
            "servers": [{"url": "."}],
            "paths": paths,
            "components": {"schemas": components},
        },
    )


def _get(
    summary: str, name: str, schema: dict[str, Any], parameters: list[dict[str, Any]] | None = None
) -> dict[str, Any]:
    answers: dict[str, Any] = {"200": {"description": summary, "content": {"application/json": {"schema": schema}}}}
    if parameters:
        answers["404"] = {"description": "There is none of this id."}
    operation: dict[str, Any] = {"operationId": name, "summary": summary, "responses": answers}
    if parameters:
        operation["parameters"] = parameters
    return {"get": operation}


def begin(catalog: PublishedCatalog, files: StreamedFiles) -> OneFile:
    """Write the description, to which no study adds anything."""
    return OneFile(files, FILE, lambda _: b"", encode(description(catalog.settings.title, catalog.version)))


EXPORTER = Exporter(
    name="openapi",
    files=(
        DataFile(
            FILE,
            gettext_noop("OpenAPI description"),
            gettext_noop("Describes the JSON files of trials and names, so that clients can be generated."),
            "application/vnd.oai.openapi+json",
            group="JSON",
        ),
    ),
    open=begin,
)
