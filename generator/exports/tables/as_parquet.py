"""The tables as Parquet files, one for each: for pandas, R's arrow, DuckDB.  Needs the extra ``parquet``."""

from __future__ import annotations

from typing import Any

from generator.exports.exporter import Exporter
from generator.exports.published import PublishedCatalog
from generator.exports.tables.batches import Batches
from generator.exports.tables.rows import TABLES, Row
from generator.model.data_file import DataFile, Table, Type
from generator.storage.streams import StreamedFiles

FOLDER = "data"

_AT_ONCE = 20_000
"""Rows of one table that are held in memory."""


class ParquetTables(Batches):
    """The writing of a file for each table."""

    def __init__(self, catalog: PublishedCatalog, files: StreamedFiles) -> None:
        """Open all files."""
        import pyarrow
        from pyarrow import parquet

        self._pyarrow = pyarrow
        types: dict[Type, Any] = {
            "string": pyarrow.string(),
            "integer": pyarrow.int64(),
            "number": pyarrow.float64(),
            "boolean": pyarrow.bool_(),
            "array": pyarrow.list_(pyarrow.string()),
        }
        self._schemas = {
            table.name: pyarrow.schema(
                [
                    pyarrow.field(column.name, types[column.type], metadata={"description": column.meaning})
                    for column in table.columns
                ]
            )
            for table in TABLES
        }
        self._writers = {
            name: parquet.ParquetWriter(files.path(f"{FOLDER}/{name}.parquet"), schema, compression="zstd")
            for name, schema in self._schemas.items()
        }

        super().__init__(catalog, _AT_ONCE)

    def finish(self) -> None:
        """Write what waits, and close all files."""
        super().finish()
        for writer in self._writers.values():
            writer.close()

    def _write(self, table: Table, rows: list[Row]) -> None:
        schema = self._schemas[table.name]
        columns = zip(zip(*rows, strict=True), schema, strict=True)
        arrays = [self._pyarrow.array(values, field.type) for values, field in columns]
        self._writers[table.name].write_table(self._pyarrow.Table.from_arrays(arrays, schema=schema))


EXPORTER = Exporter(
    name="parquet",
    files=tuple(
        DataFile(
            f"{FOLDER}/{table.name}.parquet",
            table.title,
            table.meaning,
            "application/vnd.apache.parquet",
            table,
            "Parquet",
        )
        for table in TABLES
    ),
    open=ParquetTables,
    by_default=False,
    needs="pyarrow",
)
