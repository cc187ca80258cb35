"""The description of all data files below ``data/`` as a Frictionless data package, ``data/datapackage.json``."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from posixpath import dirname, splitext
from typing import cast

import msgspec

from generator.exports.published import PublishedCatalog
from generator.model.data_file import Column, DataFile, ExportedFile, Table
from generator.model.pointers import Json

PACKAGE = "data/datapackage.json"

_FOLDER = f"{dirname(PACKAGE)}/"
_CHUNK = 1 << 20


def data_package(
    files: Iterable[DataFile], exported: Mapping[str, ExportedFile], root: Path, catalog: PublishedCatalog
) -> bytes:
    """Return the description of those of *files* that stand below *root*."""
    there = [file for file in files if file.path.startswith(_FOLDER) and exported.get(file.path) is not None]
    tables = {file.table.name: _name(file) for file in there if file.table and file.media_type == "text/csv"}
    resources: list[Json] = [_resource(file, exported[file.path], root, tables) for file in there]
    package: dict[str, Json] = {
        "name": re.sub(r"[^a-z0-9._-]+", "-", catalog.settings.title.lower()).strip("-.") or "trial-catalog",
        "title": catalog.settings.title,
        "description": (
            "Clinical trials, read from documents. Each value leads to its document and line by the table of sources."
        ),
        "version": catalog.version,
        "profile": "data-package",
    }
    if catalog.settings.doi:
        package["id"] = f"https://doi.org/{catalog.settings.doi}"
    licence = catalog.settings.licence
    if licence:
        package["licenses"] = [{"path": licence} if "://" in licence else {"name": licence}]
    package["resources"] = resources
    return msgspec.json.format(msgspec.json.encode(package), indent=1) + b"\n"


def _name(file: DataFile) -> str:
    return re.sub(r"[^a-z0-9]+", "-", file.path.removeprefix(_FOLDER).lower())


def _resource(file: DataFile, exported: ExportedFile, root: Path, tables: Mapping[str, str]) -> Json:
    resource: dict[str, Json] = {
        "name": _name(file),
        "path": file.path.removeprefix(_FOLDER),
        "title": file.title,
        "description": file.meaning,
        "mediatype": file.media_type,
        "format": splitext(file.path)[1][1:],
        "bytes": exported.size,
        "hash": f"sha256:{_sha256(root / file.path)}",
    }
    is_table = file.table is not None and file.media_type == "text/csv"
    resource["type"] = "table" if is_table else "file"
    if file.table is not None and is_table:
        resource["profile"] = "tabular-data-resource"
        resource["encoding"] = "utf-8"
        resource["schema"] = _schema(file.table, tables)
    return resource


def _schema(table: Table, tables: Mapping[str, str]) -> Json:
    keys: list[Json] = []
    for column in table.columns:
        other, _, key = column.refers.partition(".")
        if other in tables:
            keys.append({"fields": column.name, "reference": {"resource": tables[other], "fields": key}})
    schema: dict[str, Json] = {
        "fields": [_field(column, table) for column in table.columns],
        "primaryKey": table.key,
        "missingValues": [""],
    }
    if keys:
        schema["foreignKeys"] = keys
    if table.items:
        schema["rows"] = cast("Json", [items.pointer for items in table.items])
    return schema


def _field(column: Column, table: Table) -> Json:
    field: dict[str, Json] = {"name": column.name, "type": column.type, "description": column.meaning}
    if column.unit:
        field["unit"] = column.unit
    if column.at:
        field["pointer"] = column.at
    if column.name == table.key:
        field["constraints"] = {"required": True, "unique": True}
    return field


def _sha256(path: Path) -> str:
    made = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            made.update(chunk)
    return made.hexdigest()
