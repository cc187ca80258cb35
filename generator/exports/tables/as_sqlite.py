"""The tables as one SQLite database with keys, indices and full-text search, and its description for Datasette.

The same rows give the same bytes: they are put in the same order into a new file with pages of a fixed size, in one
transaction, and nothing in it says when it was made.
"""

from __future__ import annotations

import sqlite3
from typing import cast

from generator.exports.exporter import Exporter
from generator.exports.published import PublishedCatalog
from generator.exports.studies_json import encode
from generator.exports.tables.batches import Batches
from generator.exports.tables.cells import as_json
from generator.exports.tables.rows import TABLES, Row
from generator.language.messages import gettext_noop
from generator.model.data_file import Column, DataFile, Table, Type
from generator.model.pointers import Json
from generator.storage.streams import StreamedFiles

DATABASE = "data/catalog.sqlite"
METADATA = "data/metadata.json"

_TYPES: dict[Type, str] = {
    "string": "TEXT",
    "integer": "INTEGER",
    "number": "REAL",
    "boolean": "INTEGER",
    "array": "TEXT",
}
_PAGE = 4096
_AT_ONCE = 500


class SqliteTables(Batches):
    """The writing of the database."""

    def __init__(self, catalog: PublishedCatalog, files: StreamedFiles) -> None:
        """Make the database with empty tables."""
        self._database = sqlite3.connect(files.path(DATABASE), isolation_level=None)
        for pragma in (f"page_size = {_PAGE}", "journal_mode = OFF", "synchronous = OFF", "secure_delete = ON"):
            self._database.execute(f"PRAGMA {pragma}")
        self._database.execute("BEGIN")
        for table in TABLES:
            self._database.execute(_creation_of(table))
        self._insert = {
            table.name: f"INSERT INTO {table.name} VALUES ({', '.join('?' * len(table.columns))})"  # noqa: S608 - our own names
            for table in TABLES
        }
        self._lists = {
            table.name: [number for number, column in enumerate(table.columns) if column.type == "array"]
            for table in TABLES
        }
        with files.open(METADATA) as file:
            file.write(encode(datasette_metadata(catalog.settings.title)))
        super().__init__(catalog, _AT_ONCE)

    def finish(self) -> None:
        """Make indices and full-text search, and close the database."""
        super().finish()
        for table in TABLES:
            for column in table.columns:
                if column.refers and column.name != table.key:
                    self._database.execute(f"CREATE INDEX {table.name}_{column.name} ON {table.name} ({column.name})")
            searched = ", ".join(column.name for column in table.columns if column.searched)
            if searched:
                name = f"{table.name}_fts"
                self._database.execute(
                    f'CREATE VIRTUAL TABLE {name} USING fts5({searched}, content="{table.name}", '
                    "tokenize='unicode61 remove_diacritics 2')"
                )
                self._database.execute(f"INSERT INTO {name} ({name}) VALUES ('rebuild')")  # noqa: S608 - our own names
        self._database.execute("COMMIT")
        self._database.close()

    def _write(self, table: Table, rows: list[Row]) -> None:
        lists = self._lists[table.name]
        values = [_with_json(row, lists) for row in rows] if lists else rows
        self._database.executemany(self._insert[table.name], values)


def _with_json(row: Row, lists: list[int]) -> Row:
    """Return *row* with the cells of these numbers as JSON text; the row itself is others' too."""
    found = row.copy()
    for number in lists:
        cell = found[number]
        if isinstance(cell, list):
            found[number] = as_json(cell)
    return found


def _creation_of(table: Table) -> str:
    """Return the statement that makes *table*.

    Rows of short values lie in the order of their keys; long texts and full-text search need rows with numbers.
    """
    columns = [_column(column, table) for column in table.columns]
    numbered = bool(table.items) or any(column.searched for column in table.columns)
    body = ",\n  ".join(columns)
    return f"CREATE TABLE {table.name} (\n  {body}\n)" + ("" if numbered else " WITHOUT ROWID")


def _column(column: Column, table: Table) -> str:
    text = f"{column.name} {_TYPES[column.type]}"
    if column.name == table.key:
        text += " PRIMARY KEY NOT NULL"
    elif column.refers:
        other, _, key = column.refers.partition(".")
        text += f" REFERENCES {other} ({key})"
    return text


def datasette_metadata(title: str) -> Json:
    """Return what Datasette shows of the database: titles, meanings, labels, units."""
    tables: dict[str, Json] = {}
    for table in TABLES:
        entry: dict[str, Json] = {
            "title": table.title,
            "description": table.meaning,
            "columns": {column.name: column.meaning for column in table.columns},
        }
        units = {column.name: column.unit for column in table.columns if column.type == "number" and column.unit}
        if units:
            entry["units"] = cast("Json", units)
        if table.label:
            entry["label_column"] = table.label
        tables[table.name] = entry
    return {"title": title, "databases": {"catalog": {"title": title, "tables": tables}}}


EXPORTER = Exporter(
    name="sqlite",
    files=(
        DataFile(
            DATABASE,
            gettext_noop("Database"),
            gettext_noop("All tables in one SQLite file, with keys, indices and full-text search. Opens in Datasette."),
            "application/vnd.sqlite3",
            group="Tables",
        ),
        DataFile(
            METADATA,
            gettext_noop("Description for Datasette"),
            gettext_noop("What tables and columns mean: datasette catalog.sqlite --metadata metadata.json"),
            "application/json",
            group="Tables",
        ),
    ),
    open=SqliteTables,
)
