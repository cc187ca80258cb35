"""SQLite files that keep what was made: one of another form, or damaged, is made anew, and never stops a build."""

from __future__ import annotations

import contextlib
import logging
import os
import sqlite3
import zlib
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

_log = logging.getLogger(__name__)


def form_of(*parts: object) -> int:
    """Return the number by which a file is known that was made in the way that *parts* tell, its tables among them.

    It follows from the tables themselves: nobody can forget to count it up.
    """
    return zlib.crc32(repr(parts).encode()) & 0x7FFFFFFF


def prepare(connection: sqlite3.Connection, form: int, tables: str) -> None:
    """Make *tables*, statements in SQL, where the database is not of this *form*; what lies there then goes."""
    (known,) = connection.execute("PRAGMA user_version").fetchone()
    if known == form:
        return
    for (table,) in connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    ).fetchall():
        connection.execute(f'DROP TABLE "{table}"')
    for statement in tables.split(";"):
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {form}")


def is_held(error: sqlite3.DatabaseError) -> bool:
    """Tell whether another process has the file: then nothing is wrong with it."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def remove(file: Path) -> None:
    """Remove a database with what SQLite keeps beside it; it need not be there."""
    for name in (file.name, f"{file.name}-wal", f"{file.name}-shm", f"{file.name}-journal"):
        file.with_name(name).unlink(missing_ok=True)


@contextlib.contextmanager
def writable(folder: Path) -> Iterator[Path]:
    """Give *folder*, made where it is not there, or one that lasts as long as the context where nothing can be kept."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            pass
        if denied := [file for file in folder.iterdir() if not os.access(file, os.W_OK)]:
            raise PermissionError(f"{denied[0]} cannot be written")
    except OSError as error:
        _log.warning("nothing is kept for the next time: %s", error)
        with TemporaryDirectory(prefix="trial-catalog-") as temporary:
            yield Path(temporary)
        return
    yield folder
