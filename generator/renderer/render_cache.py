"""What the last rendering of a site did, kept in one SQLite file, so that the next one need not do it again.

The file is safe to delete at any time.  One rendering holds it at a time: a second one of the same site waits, also for
processes that a killed one left behind, because those share its lock on a file.  What a rendering notes becomes visible
as a whole at its end; after a crash the next one finds the notes of the last rendering that went well, and the mark
that another one began.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.store.databases import form_of, is_held, prepare, remove

try:
    import fcntl
except ImportError:  # no forked processes there either, and SQLite locks its file
    fcntl = None  # type: ignore[assignment]

FORMAT = 1
"""Number of the form of what lies in the tables; another one, or other tables, make the file worthless."""

WAIT = 3600.0
"""Seconds to wait for another rendering of the same site."""

_AT_ONCE = 400
"""Rows that are written in one go."""

_TABLES = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE pages (
    source TEXT PRIMARY KEY, signature BLOB NOT NULL, digest BLOB NOT NULL,
    output TEXT NOT NULL, output_signature BLOB NOT NULL, output_digest BLOB NOT NULL
);
CREATE TABLE details (
    source TEXT PRIMARY KEY, anchors BLOB NOT NULL, links BLOB NOT NULL, entries BLOB NOT NULL
);
CREATE TABLE copies (
    output TEXT PRIMARY KEY, signature BLOB NOT NULL, output_signature BLOB NOT NULL
);
"""
UNSETTLED = b""
"""In place of a signature: the file was so new that its times may not show the next change."""


@dataclass(frozen=True, slots=True)
class PageNote:
    """What is known of a page that was rendered."""

    signature: bytes
    """Of the Markdown file."""
    digest: bytes
    """Of the Markdown file's bytes; nothing where the page is to be rendered again in any case."""
    output: str
    """The HTML file inside the site."""
    output_signature: bytes
    output_digest: bytes


@dataclass(frozen=True, slots=True)
class PageDetails:
    """What others need of a page that was rendered; encoded by the one who wrote it."""

    anchors: bytes
    links: bytes
    entries: bytes


@dataclass(frozen=True, slots=True)
class CopyNote:
    """What is known of a file that was copied or made as a whole."""

    signature: bytes
    """Of the file that it is a copy of, or a digest of what it was made from."""
    output_signature: bytes


class RenderCache:
    """The notes of one site's last rendering."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Use an open, locked connection; see ``open_cache``."""
        self._connection = connection
        self._waiting: dict[str, list[tuple[str | bytes, ...]]] = {"pages": [], "details": []}
        """Rows that are not handed to the database yet."""
        self.crashed = self.fact("running") != b"0"
        """Whether the last rendering did not come to its end, or there was none: the site may hold anything."""
        self.pages: dict[str, PageNote] = {
            row[0]: PageNote(*row[1:]) for row in connection.execute("SELECT * FROM pages")
        }
        self.copies: dict[str, CopyNote] = {
            row[0]: CopyNote(*row[1:]) for row in connection.execute("SELECT * FROM copies")
        }

    def begin(self) -> None:
        """Mark that a rendering is under way."""
        self.keep_fact("running", b"1")
        self._connection.commit()

    def finish(self) -> None:
        """Make all that was noted visible to the next rendering."""
        self.keep_fact("running", b"0")
        self._hand_over()
        self._connection.commit()

    def fact(self, name: str) -> bytes:
        """Return what was kept under *name*; nothing where nothing was."""
        row = self._connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return row[0] if row else b""

    def keep_fact(self, name: str, value: bytes) -> None:
        """Keep *value* under *name*."""
        self._connection.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))

    def details(self, sources: Iterable[str] | None = None) -> Iterator[tuple[str, PageDetails]]:
        """Yield the details of these pages, or of all."""
        self._hand_over()
        if sources is None:
            for row in self._connection.execute("SELECT * FROM details"):
                yield row[0], PageDetails(*row[1:])
            return
        for source in sources:
            for row in self._connection.execute("SELECT * FROM details WHERE source = ?", (source,)):
                yield row[0], PageDetails(*row[1:])

    def keep_page(self, source: str, note: PageNote, details: PageDetails | None = None) -> None:
        """Note a page; without *details* those of the last time hold."""
        self.pages[source] = note
        self._waiting["pages"].append(
            (source, note.signature, note.digest, note.output, note.output_signature, note.output_digest)
        )
        if details is not None:
            self._waiting["details"].append((source, details.anchors, details.links, details.entries))
        if len(self._waiting["pages"]) >= _AT_ONCE:
            self._hand_over()

    def _hand_over(self) -> None:
        for table, rows in self._waiting.items():
            if rows:
                marks = ", ".join("?" * len(rows[0]))
                self._connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", rows)  # noqa: S608 - our own names
                rows.clear()

    def drop_page(self, source: str) -> None:
        """Forget a page."""
        if self.pages.pop(source, None) is not None:
            self._hand_over()
            self._connection.execute("DELETE FROM pages WHERE source = ?", (source,))
            self._connection.execute("DELETE FROM details WHERE source = ?", (source,))

    def keep_copy(self, output: str, note: CopyNote) -> None:
        """Note a file that was copied or made."""
        if self.copies.get(output) != note:
            self.copies[output] = note
            self._connection.execute(
                "INSERT OR REPLACE INTO copies VALUES (?, ?, ?)", (output, note.signature, note.output_signature)
            )

    def drop_copy(self, output: str) -> None:
        """Forget a file that was copied or made."""
        if self.copies.pop(output, None) is not None:
            self._connection.execute("DELETE FROM copies WHERE output = ?", (output,))


@contextlib.contextmanager
def open_cache(folder: Path, site: Path) -> Iterator[RenderCache]:
    """Open the notes on *site* in *folder*, alone; a file that cannot be read is made anew."""
    folder.mkdir(parents=True, exist_ok=True)
    path = cache_file(folder, site)
    with path.with_suffix(".lock").open("w") as lock:
        if fcntl is not None:
            fcntl.flock(lock, fcntl.LOCK_EX)
        connection = _connect(path)
        try:
            yield RenderCache(connection)
        finally:
            connection.close()


def cache_file(folder: Path, site: Path) -> Path:
    """Return the file in *folder* that holds the notes on *site*."""
    name = hashlib.sha256(str(site.resolve()).encode()).hexdigest()[:16]
    return folder / f"{name}.sqlite"


def _connect(path: Path) -> sqlite3.Connection:
    for attempt in range(2):
        connection = sqlite3.connect(path, timeout=WAIT)
        try:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("BEGIN EXCLUSIVE")
            prepare(connection, form_of(FORMAT, _TABLES), _TABLES)
            connection.commit()
            connection.execute("BEGIN EXCLUSIVE")
            return connection
        except sqlite3.DatabaseError as error:
            connection.close()
            if attempt or is_held(error):
                raise
            remove(path)
    raise AssertionError("the second attempt returns or raises")
