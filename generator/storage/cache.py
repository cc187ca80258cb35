"""Shelves in one SQLite file: each row has a name, a key that says what it was made from, and what was made.

A row whose key is another one is worth nothing, so nothing that is kept can be wrong for what it is asked for.  One run
holds the file at a time: a second one on the same file waits, also for processes that a killed one left behind, because
those share its lock.  A file that cannot be read is made anew.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO

from generator.storage.databases import form_of, prepare, remove

try:
    import fcntl
except ImportError:  # no forked processes there either, and SQLite locks its file
    fcntl = None  # type: ignore[assignment]

FORMAT = 1
"""Number of the tables' form; another one makes the file worthless."""

_WAIT = 3600.0
"""Seconds to wait for another run."""

_AT_ONCE = 400
"""Rows that are written in one go."""

_OFTEN = 1_000
"""Things after which what was put is made last; without that, the database's journal grows as large as itself."""

Row = tuple[str, bytes, bytes]
"""Name, key and what was made."""


class StoreError(Exception):
    """What is kept cannot be read; throw it away and begin again."""


def digest(*parts: bytes) -> bytes:
    """Return a short digest of *parts*; where one ends and the next begins counts."""
    made = hashlib.blake2b(digest_size=16)
    for part in parts:
        made.update(len(part).to_bytes(8, "little"))
        made.update(part)
    return made.digest()


class Shelf:
    """Rows of one kind."""

    def __init__(self, store: Store, table: str) -> None:
        """Use the table *table* of *store*; called by the store."""
        self._store = store
        self._table = table
        self._waiting: dict[str, Row] = {}

    def get(self, name: str) -> bytes | None:
        """Return what lies under *name*, if anything does."""
        if name in self._waiting:
            return self._waiting[name][2]
        row = self._store.connection.execute(f"SELECT data FROM {self._table} WHERE name = ?", (name,)).fetchone()  # noqa: S608 - our own names
        return row[0] if row else None

    def rows(self) -> Iterator[Row]:
        """Yield all rows, in any order."""
        self.flush()
        yield from self._store.connection.execute(f"SELECT name, key, data FROM {self._table}")  # noqa: S608 - our own names

    def put(self, name: str, key: bytes, data: bytes) -> None:
        """Put *data* under *name*; what lay there goes."""
        self._waiting[name] = (name, key, data)
        if len(self._waiting) >= _AT_ONCE:
            self.flush()

    def drop(self, names: Iterable[str]) -> None:
        """Take away what lies under *names*."""
        self.flush()
        self._store.connection.executemany(f"DELETE FROM {self._table} WHERE name = ?", ((name,) for name in names))  # noqa: S608 - our own names

    def clear(self) -> None:
        """Take everything away."""
        self._waiting.clear()
        self._store.connection.execute(f"DELETE FROM {self._table}")  # noqa: S608 - our own names

    def flush(self) -> None:
        """Hand what waits to the database."""
        if self._waiting:
            self._store.connection.executemany(
                f"INSERT OR REPLACE INTO {self._table} VALUES (?, ?, ?)",  # noqa: S608 - our own names
                self._waiting.values(),
            )
            self._waiting.clear()


class Store:
    """The shelves of one file."""

    NAMES = (
        "files",
        "readings",
        "studies",
        "texts",
        "originals",
        "outlines",
        "mentions",
        "named",
        "names",
        "pages",
        "facts",
        "versions",
        "histories",
    )

    def __init__(self, file: Path | None = None) -> None:
        """Open *file* alone, which need not exist yet; without one, everything is kept in memory until the end."""
        self.file = file
        self._lock: IO[str] | None = None
        self._inherited: sqlite3.Connection | None = None
        self.connection = self._open()
        self._shelves = {name: Shelf(self, name) for name in self.NAMES}

    def __getitem__(self, name: str) -> Shelf:
        """Return the shelf of this name."""
        return self._shelves[name]

    @property
    def lasting(self) -> bool:
        """Whether what is kept outlives this process, and other processes can read it."""
        return self.file is not None

    def commit(self) -> None:
        """Make all that was put so far last; as a whole, or, where the process is killed, not at all."""
        for shelf in self._shelves.values():
            shelf.flush()
        self.connection.commit()

    def breathe(self, done: int) -> None:
        """Make what was put last, now and then: for rows that are right each by itself, of which *done* are done."""
        if done % _OFTEN == 0:
            self.commit()

    def close(self) -> None:
        """Keep what was put and let others have the file."""
        self.commit()
        self.abandon()

    def abandon(self) -> None:
        """Let others have the file, without what was put since the last commit."""
        self.connection.close()
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def throw_away(self) -> None:
        """Begin with nothing: what is kept turned out to be damaged."""
        self.connection.close()
        for shelf in self._shelves.values():
            shelf._waiting.clear()
        if self.file is not None:
            remove(self.file)
        self.connection = self._open()

    def in_forked_process(self) -> None:
        """Use a connection of one's own: SQLite's cannot be shared with the process that forked this one."""
        if self.file is not None:
            self._inherited = self.connection  # closing it would take the other process's locks for its own
            self.connection = sqlite3.connect(self.file, timeout=_WAIT)

    def _open(self) -> sqlite3.Connection:
        if self.file is None:
            return _prepared(sqlite3.connect(":memory:"))
        self.file.parent.mkdir(parents=True, exist_ok=True)
        if self._lock is None:
            self._lock = self.file.with_suffix(".lock").open("w")
            if fcntl is not None:
                fcntl.flock(self._lock, fcntl.LOCK_EX)
        for attempt in range(2):
            connection = sqlite3.connect(self.file, timeout=_WAIT)
            try:
                return _prepared(connection)
            except sqlite3.OperationalError:
                connection.close()
                raise
            except sqlite3.DatabaseError:
                connection.close()
                if attempt:
                    raise
                remove(self.file)
        raise AssertionError("the second attempt returns or raises")


def store_file(cache: Path, content: Path) -> Path:
    """Return the file in the folder *cache* that keeps what was made for the folder *content*."""
    return cache / f"{hashlib.sha256(str(content.resolve()).encode()).hexdigest()[:16]}.sqlite"


def changed(before: Mapping[str, bytes], now: Mapping[str, bytes]) -> Iterator[str]:
    """Yield the names whose values are others than before, came, or went."""
    for name, value in now.items():
        if before.get(name) != value:
            yield name
    for name in before:
        if name not in now:
            yield name


def _prepared(connection: sqlite3.Connection) -> sqlite3.Connection:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    tables = ";".join(f"CREATE TABLE {name} (name TEXT PRIMARY KEY, key BLOB, data BLOB)" for name in Store.NAMES)
    prepare(connection, form_of(FORMAT, tables), tables)
    connection.commit()
    return connection
