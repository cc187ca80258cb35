"""Rows of many tables at once, some waiting in memory until writing them pays."""

from __future__ import annotations

from collections.abc import Iterable

from generator.exports.published import PublishedCatalog, PublishedStudy
from generator.exports.tables.rows import TABLES, Row, Rows, rows_of_names, rows_of_study
from generator.model.data_file import Table


class Batches:
    """The base of formats that write many rows of one table at a time."""

    def __init__(self, catalog: PublishedCatalog, most: int) -> None:
        """Write what *catalog* has, as soon as *most* rows of a table wait; first those about names."""
        self._catalog = catalog
        self._most = most
        self._waiting: dict[str, list[Row]] = {table.name: [] for table in TABLES}
        self._take(rows_of_names(catalog))

    def add(self, study: PublishedStudy) -> None:
        """Write the rows of a study, or let them wait."""
        self._take(rows_of_study(study, self._catalog))

    def finish(self) -> None:
        """Write what waits."""
        for table in TABLES:
            if self._waiting[table.name]:
                self._write(table, self._waiting[table.name])

    def _write(self, table: Table, rows: list[Row]) -> None:
        """Write *rows* of *table*."""
        raise NotImplementedError

    def _take(self, found: Iterable[Rows]) -> None:
        for table, rows in found:
            waiting = self._waiting[table.name]
            waiting.extend(rows)
            if len(waiting) >= self._most:
                self._write(table, waiting)
                self._waiting[table.name] = []
