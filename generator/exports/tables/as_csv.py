"""The tables as files of comma-separated values, one for each."""

from __future__ import annotations

import csv
import io
from contextlib import ExitStack
from typing import Any

from generator.exports.exporter import Exporter
from generator.exports.published import PublishedCatalog
from generator.exports.tables.batches import Batches
from generator.exports.tables.cells import written
from generator.exports.tables.rows import TABLES, Row
from generator.model.data_file import DataFile, Table
from generator.storage.streams import StreamedFiles

FOLDER = "data/tables"
MEDIA_TYPE = "text/csv"

_AT_ONCE = 200


class CsvTables(Batches):
    """The writing of a file for each table."""

    def __init__(self, catalog: PublishedCatalog, files: StreamedFiles) -> None:
        """Open all files, each with the names of its columns in the first line."""
        self._open = ExitStack()
        self._writers: dict[str, Any] = {}
        for table in TABLES:
            file = self._open.enter_context(files.open(f"{FOLDER}/{table.name}.csv"))
            text = self._open.enter_context(io.TextIOWrapper(file, "utf-8", errors="replace", newline=""))
            writer = self._writers[table.name] = csv.writer(text)
            writer.writerow([column.name for column in table.columns])
        super().__init__(catalog, _AT_ONCE)

    def finish(self) -> None:
        """Close all files."""
        super().finish()
        self._open.close()

    def _write(self, table: Table, rows: list[Row]) -> None:
        self._writers[table.name].writerows([list(map(written, row)) for row in rows])


EXPORTER = Exporter(
    name="tables",
    files=tuple(
        DataFile(f"{FOLDER}/{table.name}.csv", table.title, table.meaning, MEDIA_TYPE, table, "Tables")
        for table in TABLES
    ),
    open=CsvTables,
)
