"""The one cache: what was made is kept in one SQLite file by kind and name, with a key that says what it was made from.

A row whose key is another one is worth nothing, so nothing that is kept can be wrong for what it is asked for; each row
has a checksum, so nothing damaged is given back.  One run holds the file at a time: a second one on the same file
waits, also for processes that a killed one left behind, because those share its lock.  A file of another form, or one
that is damaged, is made anew.
"""

from __future__ import annotations

import hashlib
import sqlite3
import weakref
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

try:
    import fcntl
except ImportError:  # no forked processes there either, and SQLite locks its file
    fcntl = None  # type: ignore[assignment]

KINDS = (
    *("files", "readings", "studies", "texts", "originals", "outlines", "mentions", "named", "names"),
    *("pages", "facts", "sites", "versions", "histories"),
)
"""Kinds of what is kept, each in a table of its own."""

_TABLES = ";".join(
    f"CREATE TABLE {kind} (name TEXT PRIMARY KEY, key BLOB, data BLOB, checksum INTEGER)" for kind in KINDS
)
_FORM = zlib.crc32(_TABLES.encode()) & 0x7FFFFFFF
"""Number of the tables' form; it follows from the tables, so nobody can forget to count it up."""

_WAIT = 3600.0
"""Seconds to wait for another run."""

_AT_ONCE = 400
"""Rows that are written in one go."""

_OFTEN = 1_000
"""Things after which what was put is committed; without that, the database's journal grows as large as itself."""

Row = tuple[str, bytes, bytes]
"""Name, key and what was made."""


class CacheError(Exception):
    """What is kept cannot be read; reset the cache and begin again."""


def digest(*parts: bytes) -> bytes:
    """Return a short digest of *parts*; where one ends and the next begins counts."""
    made = hashlib.blake2b(digest_size=16)
    for part in parts:
        made.update(len(part).to_bytes(8, "little"))
        made.update(part)
    return made.digest()


class Cache:
    """What is kept in one file."""

    def __init__(self, file: Path | None = None) -> None:
        """Open *file* alone, which need not exist yet; without one, everything is kept in memory until the end."""
        self.file = file
        self._lock: IO[str] | None = None
        self._inherited: sqlite3.Connection | None = None
        self._waiting: dict[str, dict[str, Row]] = {kind: {} for kind in KINDS}
        self._connection = self._open()

    @property
    def lasting(self) -> bool:
        """Whether what is kept outlives this process, and other processes can read it."""
        return self.file is not None

    def get(self, kind: str, name: str) -> bytes | None:
        """Return what is kept under *name*, if anything is.  Raises CacheError where it is damaged."""
        if name in self._waiting[kind]:
            return self._waiting[kind][name][2]
        query = f"SELECT name, key, data, checksum FROM {kind} WHERE name = ?"  # noqa: S608 - our own names
        row = self._connection.execute(query, (name,)).fetchone()
        return _checked(row)[2] if row else None

    def rows(self, kind: str) -> Iterator[Row]:
        """Yield all rows of a kind, in any order.  Raises CacheError for one that is damaged."""
        self._write(kind)
        yield from map(_checked, self._connection.execute(f"SELECT name, key, data, checksum FROM {kind}"))  # noqa: S608

    def put(self, kind: str, name: str, key: bytes, data: bytes) -> None:
        """Keep *data* under *name*; what was kept there goes."""
        self._waiting[kind][name] = (name, key, data)
        if len(self._waiting[kind]) >= _AT_ONCE:
            self._write(kind)

    def drop(self, kind: str, names: Iterable[str]) -> None:
        """Remove what is kept under *names*."""
        self._write(kind)
        self._connection.executemany(f"DELETE FROM {kind} WHERE name = ?", ((name,) for name in names))  # noqa: S608

    def clear(self, kind: str) -> None:
        """Remove everything of a kind."""
        self._waiting[kind].clear()
        self._connection.execute(f"DELETE FROM {kind}")  # noqa: S608

    def commit(self) -> None:
        """Write all that was put so far to the disk: all of it, or nothing where the process is killed."""
        for kind in KINDS:
            self._write(kind)
        self._connection.commit()

    def commit_sometimes(self, done: int) -> None:
        """Commit now and then: for rows that are right each by itself, of which *done* are done."""
        if done % _OFTEN == 0:
            self.commit()

    def close_without_saving(self) -> None:
        """Let others have the file, without what was put since the last commit."""
        self._connection.close()
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def reset(self) -> None:
        """Begin with nothing: what is kept turned out to be damaged."""
        self._connection.close()
        for rows in self._waiting.values():
            rows.clear()
        if self.file is not None:
            _remove(self.file)
        self._connection = self._open()

    def reconnect_in_fork(self) -> None:
        """Use a connection of one's own: SQLite's cannot be shared with the process that forked this one."""
        if self.file is not None:
            self._inherited = self._connection  # closing it would take the other process's locks for its own
            self._connection = sqlite3.connect(self.file, timeout=_WAIT)

    def _write(self, kind: str) -> None:
        """Hand what waits to the database."""
        waiting = self._waiting[kind]
        if waiting:
            rows = ((name, key, data, _checksum(name, key, data)) for name, key, data in waiting.values())
            self._connection.executemany(f"INSERT OR REPLACE INTO {kind} VALUES (?, ?, ?, ?)", rows)  # noqa: S608
            waiting.clear()

    def _open(self) -> sqlite3.Connection:
        if self.file is None:
            connection = sqlite3.connect(":memory:", check_same_thread=False)
            weakref.finalize(self, connection.close)  # nobody else has what is kept in memory
            return _prepared(connection)
        self.file.parent.mkdir(parents=True, exist_ok=True)
        if self._lock is None:
            self._lock = self.file.with_suffix(".lock").open("w")
            if fcntl is not None:
                fcntl.flock(self._lock, fcntl.LOCK_EX)
        connection = sqlite3.connect(self.file, timeout=_WAIT)
        try:
            return _prepared(connection)
        except sqlite3.DatabaseError as error:
            connection.close()
            if isinstance(error, sqlite3.OperationalError):
                raise
        _remove(self.file)
        return _prepared(sqlite3.connect(self.file, timeout=_WAIT))


def cache_file(folder: Path, content: Path) -> Path:
    """Return the file in *folder* that keeps what was made for the folder *content*."""
    return folder / f"{hashlib.sha256(str(content.resolve()).encode()).hexdigest()[:16]}.sqlite"


def changed(before: Mapping[str, bytes], now: Mapping[str, bytes]) -> Iterator[str]:
    """Yield the names whose values changed, came, or went."""
    for name, value in now.items():
        if before.get(name) != value:
            yield name
    for name in before:
        if name not in now:
            yield name


def _checksum(name: str, key: bytes, data: bytes) -> int:
    return zlib.crc32(data, zlib.crc32(key, zlib.crc32(name.encode())))


def _checked(row: tuple[Any, ...]) -> Row:
    name, key, data, checksum = row
    with suppress(TypeError, AttributeError):
        if _checksum(name, key, data) == checksum:
            return name, key, data
    raise CacheError(f"what is kept of {name} is damaged")


def _prepared(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Set *connection* up, and make the tables anew where they are of another form."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    if connection.execute("PRAGMA user_version").fetchone() != (_FORM,):
        query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        for (table,) in connection.execute(query).fetchall():
            connection.execute(f'DROP TABLE "{table}"')
        for statement in _TABLES.split(";"):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {_FORM}")
    connection.commit()
    return connection


def _remove(file: Path) -> None:
    """Remove a database with what SQLite keeps beside it; it need not be there."""
    for ending in ("", "-wal", "-shm", "-journal"):
        file.with_name(file.name + ending).unlink(missing_ok=True)
