"""Catalogs that are written in all formats, as the tests of formats need them."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generator.exports.exporter import known_exporters, run_exporters
from generator.exports.published import PublishedCatalog
from generator.exports.studies_json import LIST, list_data, study_data
from generator.exports.tables.cells import Cell
from generator.model.catalog import Catalog
from generator.model.data_file import Table, Type
from generator.pages.paths import SitePaths
from generator.pages.study_files import study_file
from generator.settings import Settings


def export(catalog: Catalog, folder: Path, settings: Settings | None = None, *names: str) -> PublishedCatalog:
    """Write *catalog* below *folder* in the formats of these names, else in all, and return what was written of it."""
    settings = settings or Settings()
    published = PublishedCatalog(catalog, SitePaths(catalog, settings), settings)
    chosen = [one for name, one in known_exporters().items() if not names or name in names]
    result = run_exporters(chosen, published, folder)
    assert result.failures == []
    wanted = {file.path for one in chosen for file in one.files}
    assert wanted == {file.name for file in result.files}, (
        "an exporter writes all files that it describes, and no others"
    )
    return published


def rows_of(file: Path, table: Table) -> Iterator[dict[str, Cell]]:
    """Yield the rows of a CSV file of *table*, with the values that its cells stand for."""
    with file.open(encoding="utf-8", newline="") as text:
        for row in csv.DictReader(text):
            yield {column.name: read_back(row[column.name], column.type) for column in table.columns}


def json_of(file: Path) -> Any:
    """Return what a JSON file holds."""
    return json.loads(file.read_bytes())


def write_studies(catalog: Catalog, *, contacts: bool = True) -> dict[str, bytes]:
    """Return the content of each study's file and of the list, by path inside the content folder."""
    files = {
        study_file(identifier): study_data(catalog, identifier, contacts=contacts) for identifier in catalog.studies
    }
    return {**files, LIST: list_data(catalog, contacts=contacts)}


_GUARDED = re.compile(r"''*[=+\-@\t\r\n]")


def read_back(text: str, type_: Type) -> Cell:
    """Return the value that stands as *text* in a file; an empty one is no value."""
    if text == "":
        return None
    if type_ == "string":
        return text[1:] if _GUARDED.match(text) else text
    if type_ == "boolean":
        return text == "true"
    if type_ == "array":
        found: list[Any] = json.loads(text)
        return found
    return int(text) if type_ == "integer" else float(text)
