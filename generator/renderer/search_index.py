"""The search index: lean texts of the trials to a folder of static files that the browser searches with Pagefind.

The files are those that Pagefind's own program makes of such texts, but for where words are cut apart.  We write them
ourselves, because the program begins anew each time, and takes memory for all texts at once: here only the texts that
changed are taken apart again, and only the files with their words are written again.  Beside the index lie the names
by their words, the towns, what hits are sorted by, and the catalog's version.  The same texts give the same bytes.

What is known from the last time lies in a folder that is safe to delete; one build at a time uses it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from generator.exports.search_names import Name, NamedTrial, name_files, named
from generator.exports.search_records import LeanText, SearchRecords, catalog_version, labels_of
from generator.pages.output import replace_file
from generator.renderer.pagefind_chunks import Word, chunk, cut, entry
from generator.renderer.pagefind_files import Value, encode, packed
from generator.renderer.pagefind_pages import META_FIELDS, Occurrences, index_page, pieces_of
from generator.renderer.pagefind_program import PROGRAM, PagefindWords, SearchIndexError, pagefind_version
from generator.store.databases import form_of, is_held, prepare, remove, writable
from generator.store.shelves import code_version, digest

try:
    import fcntl
except ImportError:  # SQLite locks its file, too
    fcntl = None  # type: ignore[assignment]

__all__ = ["FOLDER", "SearchIndexError", "SearchReport", "build_search_index"]

FOLDER = "pagefind"
"""The index inside the site."""

FORMAT = 3
"""Number of the form of what is kept; another one, or other tables, make it worthless."""

PAGES_AT_ONCE = 1_000
"""Texts that are taken apart before their words are packed."""

MOST_CHANGED = 300
"""Of more changed texts than this, all words are packed again."""

WAIT = 3600.0
"""Seconds to wait for another build."""

_CODE = ("exports", "pages/wording.py", "model", "renderer")
"""The folders and files whose code decides what a text holds."""

_LANGUAGE = "en"
_JOINING = "_\u203f\u2040\u2054\ufe33\ufe34\ufe4d\ufe4e\ufe4f\uff3f"
"""Characters beside letters and digits that words can hold, as Pagefind has them."""

_TABLES = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE pieces (piece TEXT PRIMARY KEY, forms BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE pages (
    url TEXT PRIMARY KEY, stamp BLOB NOT NULL, key BLOB NOT NULL, size INTEGER NOT NULL, word_count INTEGER NOT NULL,
    columns BLOB NOT NULL, facets BLOB NOT NULL, named BLOB NOT NULL, points BLOB NOT NULL, fragment BLOB NOT NULL,
    words BLOB NOT NULL
);
CREATE TABLE words (word TEXT PRIMARY KEY, size INTEGER NOT NULL, entry BLOB NOT NULL, pages BLOB NOT NULL);
CREATE INDEX known_pages ON pages (url, stamp, key);
CREATE INDEX named_pages ON pages (url, size, word_count);
CREATE INDEX sizes ON words (word, size);
CREATE TABLE chunks (first TEXT NOT NULL, last TEXT NOT NULL, words BLOB NOT NULL, hash TEXT NOT NULL);
CREATE TABLE facets (name TEXT PRIMARY KEY, hash TEXT NOT NULL, codes BLOB NOT NULL) WITHOUT ROWID;
"""

_words_encoder = msgspec.msgpack.Encoder()
_words_decoder = msgspec.msgpack.Decoder(list[Occurrences])
_word_encoder = msgspec.msgpack.Encoder()
_word_decoder = msgspec.msgpack.Decoder(Word)
_DAMAGES = (sqlite3.DatabaseError, msgspec.MsgspecError)
"""What is raised where something that was kept cannot be read."""

_facets_decoder = msgspec.json.Decoder(dict[str, list[str]])


@dataclass(frozen=True, slots=True)
class SearchReport:
    """What indexing did."""

    trials: int
    renewed: int
    """Trials whose words were taken apart."""
    written: int
    """Files in the site that are new or other than before."""
    size: int
    """Bytes of the whole index in the site."""


def build_search_index(records: SearchRecords, site: Path, cache: Path, pages: Iterable[Name] = ()) -> SearchReport:
    """Write the search index of *records* into *site*; what is known of it is kept in the folder *cache*.

    *pages* are pages written by hand that the search can jump to.  Raises SearchIndexError where Pagefind fails.
    """
    with writable(cache) as folder:
        try:
            return _build(records, site, folder, pages)
        except _DAMAGES as error:
            if isinstance(error, sqlite3.DatabaseError) and is_held(error):
                raise SearchIndexError(f"another build has what is kept of the index: {error}") from error
            remove(_cache_file(folder, site))
        try:
            return _build(records, site, folder, pages)
        except sqlite3.DatabaseError as error:
            raise SearchIndexError(f"what is kept of the index cannot be written or read: {error}") from error


def _build(records: SearchRecords, site: Path, cache: Path, pages: Iterable[Name]) -> SearchReport:
    with _open(cache, site) as connection, ThreadPoolExecutor(2) as threads:
        index = _Index(connection, _Output(site / FOLDER, threads), cache)
        renewed = index.build(records, tuple(pages))
        connection.commit()
        return SearchReport(len(index.urls), renewed, index.output.written, index.output.size)


@dataclass(slots=True)
class _Changes:
    """What happened to the pages since the last time."""

    renumbered: bool = False
    """Whether pages came or went, so that the others have other numbers."""
    pages: dict[str, bytes] = field(default_factory=dict)
    """The pages that are other than before, with the words that they had, as they are kept."""
    facets: bool = False
    """Whether a page can be filtered by something else."""
    names: bool = False
    """Whether there are other names, or a trial has another title or number, or sites elsewhere."""

    def add(self, url: str, words: bytes) -> None:
        """Note that a page is other than before, when it had these words.  Of many, all pages are looked at anew."""
        self.renumbered = self.renumbered or len(self.pages) >= MOST_CHANGED
        if self.renumbered and self.pages:
            self.pages = dict.fromkeys(self.pages, b"")
        self.pages[url] = b"" if self.renumbered else words


class _Index:
    """One index."""

    def __init__(self, connection: sqlite3.Connection, output: _Output, cache: Path) -> None:
        self.urls: list[str] = []
        self.output = output
        self._connection = connection
        self._program = cache / f"program-{pagefind_version()}"
        self._words = PagefindWords(connection, self._program)
        self._touched: set[str] = set()
        """Words that stand elsewhere than before."""
        self._crashed = self._fact("running") != b"0"
        self._keep_fact("running", b"1")
        connection.commit()
        connection.execute("BEGIN EXCLUSIVE")

    def build(self, records: SearchRecords, pages: tuple[Name, ...]) -> int:
        paths = records.paths()
        self.urls = list(paths)
        changes = self._take_apart(records, paths, pages)
        if changes.renumbered:
            self._pack_all()
        elif changes.pages:
            self._pack_changed(changes)
        chunks = self._write_chunks()
        names = {url: url.rstrip("/").rpartition("/")[2] for url in self.urls}
        self._write_fragments(names, changes)
        filters = self._write_filters(renew=changes.renumbered or changes.facets)
        self._write_entry(names, chunks, filters)
        self._write_others(records, names, pages, changes)
        self.output.finish()
        self._keep_fact("running", b"0")
        return len(changes.pages)

    # Pages

    def _take_apart(self, records: SearchRecords, paths: dict[str, str], pages: tuple[Name, ...]) -> _Changes:
        """Take those texts apart that changed, and forget those that are gone."""
        known = {url: (stamp, key) for url, stamp, key in self._connection.execute("SELECT url, stamp, key FROM pages")}
        stamps = records.stamps
        names = digest(stamps.names, code_version(*_CODE), repr(pages).encode()) if stamps else b""
        same_names = stamps is not None and self._fact("names") == names
        changes = _Changes(renumbered=known.keys() != paths.keys(), names=not same_names)
        gone = [(url,) for url in known.keys() - paths.keys()]
        self._connection.executemany("DELETE FROM pages WHERE url = ?", gone)
        waiting: list[tuple[str, bytes, bytes, LeanText]] = []
        for url, identifier in paths.items():
            stamp = stamps.study(identifier) if stamps else b""
            before = known.get(url)
            if before is not None and same_names and before[0] == stamp:
                continue
            text = records.lean(identifier)
            key = digest(msgspec.msgpack.encode(text))
            if before is not None and before[1] == key:
                self._connection.execute("UPDATE pages SET stamp = ? WHERE url = ?", (stamp, url))
                continue
            waiting.append((url, stamp, key, text))
            if len(waiting) >= PAGES_AT_ONCE:
                self._take_these_apart(waiting, changes)
                waiting = []
        self._take_these_apart(waiting, changes)
        self._keep_fact("names", names)
        self._words.forget()
        self._write_program()
        return changes

    def _write_program(self) -> None:
        if not all((self._program / name).is_file() for name in PROGRAM):
            self._words.learn(())
        for name in PROGRAM:
            self.output.write(name, (self._program / name).read_bytes())

    def _take_these_apart(self, waiting: list[tuple[str, bytes, bytes, LeanText]], changes: _Changes) -> None:
        taken = [pieces_of(text) for _, _, _, text in waiting]
        self._words.learn({piece for pieces in taken for piece in pieces})
        rows: list[tuple[object, ...]] = []
        fragments: list[Future[bytes]] = []
        for (url, stamp, key, text), pieces in zip(waiting, taken, strict=True):
            columns, facets, points = map(msgspec.json.encode, (text.columns, text.facets, text.points))
            trial = msgspec.json.encode(named(text))
            before = self._connection.execute(
                "SELECT words, facets, named, points FROM pages WHERE url = ?", (url,)
            ).fetchone()
            changes.facets = changes.facets or before is None or before[1] != facets
            changes.names = changes.names or before is None or before[2:] != (trial, points)
            changes.add(url, before[0] if before else b"")
            page = index_page(text, pieces, url, self._words.forms)
            fragments.append(self.output.threads.submit(packed, page.fragment))
            words = _words_encoder.encode(page.words)
            rows.append((url, stamp, key, page.word_count, columns, facets, trial, points, words))
        self._connection.executemany(
            "INSERT OR REPLACE INTO pages (url, stamp, key, word_count, columns, facets, named, points, words, "
            "fragment, size) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (*row, fragment, len(fragment))
                for row, fragment in zip(rows, (future.result() for future in fragments), strict=True)
            ),
        )

    def _fact(self, name: str) -> bytes:
        row = self._connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return bytes(row[0]) if row else b""

    def _keep_fact(self, name: str, value: bytes) -> None:
        self._connection.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))

    # Words

    def _pack_all(self) -> None:
        """Pack the words of all pages, with the numbers that the pages have now."""
        self._connection.execute("DELETE FROM words")
        self._connection.execute("DELETE FROM chunks")
        parts: dict[str, list[bytes]] = {}
        for start in range(0, len(self.urls), PAGES_AT_ONCE):
            words: dict[str, Word] = {}
            for number, url in enumerate(self.urls[start : start + PAGES_AT_ONCE], start):
                _put(words, number, self._words_of(url))
            if len(self.urls) <= PAGES_AT_ONCE:
                self._keep_words(words)
                return
            for word, found in words.items():
                parts.setdefault(word, []).append(_word_encoder.encode(found))
        whole: dict[str, Word] = {}
        for word in sorted(parts):
            first, *others = map(_word_decoder.decode, parts.pop(word))
            for other in others:
                first.add(other)
            whole[word] = first
            if len(whole) >= PAGES_AT_ONCE:
                self._keep_words(whole)
                whole = {}
        self._keep_words(whole)

    def _pack_changed(self, changes: _Changes) -> None:
        """Pack those words again that stand elsewhere than before."""
        numbers = {url: number for number, url in enumerate(self.urls)}
        words: dict[str, Word] = {}
        earlier = {url: _words_decoder.decode(found) if found else [] for url, found in changes.pages.items()}
        after = {url: self._words_of(url) for url in changes.pages}
        for occurrences in (*earlier.values(), *after.values()):
            for occurrence in occurrences:
                if occurrence.word not in words:
                    row = self._connection.execute(
                        "SELECT pages FROM words WHERE word = ?", (occurrence.word,)
                    ).fetchone()
                    words[occurrence.word] = _word_decoder.decode(row[0]) if row else Word()
        for url, occurrences in earlier.items():
            for occurrence in occurrences:
                words[occurrence.word].posting(occurrence.variant).drop(numbers[url])
            _put(words, numbers[url], after[url])
        gone = [word for word, found in words.items() if found.is_empty()]
        self._connection.executemany("DELETE FROM words WHERE word = ?", ((word,) for word in gone))
        for word in gone:
            del words[word]
        self._keep_words(words)
        self._touched = {*words, *gone}

    def _word(self, word: str) -> Word:
        row = self._connection.execute("SELECT pages FROM words WHERE word = ?", (word,)).fetchone()
        return _word_decoder.decode(row[0]) if row else Word()

    def _words_of(self, url: str) -> list[Occurrences]:
        (data,) = self._connection.execute("SELECT words FROM pages WHERE url = ?", (url,)).fetchone()
        return _words_decoder.decode(data)

    def _keep_words(self, words: dict[str, Word]) -> None:
        entries = ((word, found, entry(word, found)) for word, found in words.items())
        self._connection.executemany(
            "INSERT OR REPLACE INTO words VALUES (?, ?, ?, ?)",
            ((word, len(data), data, _word_encoder.encode(found)) for word, found, data in entries),
        )

    def _write_chunks(self) -> list[Value]:
        """Write the files of words that are not there yet, and return from where to where each goes, with its name."""
        rows = self._connection.execute("SELECT first, last, words, hash FROM chunks").fetchall()
        known = {(first, last, words): name for first, last, words, name in rows}
        sizes = self._connection.execute("SELECT word, size FROM words ORDER BY word").fetchall()
        made: dict[tuple[str, str, bytes], str] = {}
        for plan in cut(sizes) if sizes else ():
            key = plan.first, plan.last, digest("\n".join(plan.words).encode())
            name = known.get(key)
            if name is None or not self._touched.isdisjoint(plan.words) or not self.output.has(_index_file(name)):
                name = self._write_chunk(plan.words)
            made[key] = name
            self.output.keep(_index_file(name))
        if made != known:
            self._connection.execute("DELETE FROM chunks")
            self._connection.executemany(
                "INSERT INTO chunks VALUES (?, ?, ?, ?)", ((*key, name) for key, name in made.items())
            )
        return [[first, last, name] for (first, last, _), name in sorted(made.items())]

    def _write_chunk(self, words: tuple[str, ...]) -> str:
        rows = (
            self._connection.execute(
                "SELECT entry FROM words WHERE word BETWEEN ? AND ? ORDER BY word", (words[0], words[-1])
            ).fetchall()
            if words
            else []
        )
        if len(rows) != len(words):
            raise sqlite3.DatabaseError("words are not where they were")
        data = chunk([row[0] for row in rows])
        name = _name(data)
        self.output.pack(_index_file(name), data)
        return name

    # What is not of words

    def _write_fragments(self, names: dict[str, str], changes: _Changes) -> None:
        """Write what hits show, in files that are named by their trials: hashes in their place would fill the index.

        After a run that did not come to its end, each file is looked at.
        """
        sizes: dict[str, int] = dict(self._connection.execute("SELECT url, size FROM pages"))
        for url, name in names.items():
            path = f"fragment/{name}.pf_fragment"
            if url not in changes.pages and not self._crashed and self.output.keep_of_size(path, sizes[url]):
                continue
            (data,) = self._connection.execute("SELECT fragment FROM pages WHERE url = ?", (url,)).fetchone()
            self.output.write(path, data)

    def _write_filters(self, *, renew: bool) -> list[Value]:
        """Write the files of what can be filtered by, and return the name of each."""
        known: dict[str, str] = dict(self._connection.execute("SELECT name, hash FROM facets"))
        if renew or not all(self.output.has(_filter_file(name)) for name in known.values()):
            facets: dict[str, dict[str, list[int]]] = {}
            stored: dict[str, bytes] = dict(self._connection.execute("SELECT url, facets FROM pages"))
            for number, url in enumerate(self.urls):
                for facet, values in _facets_decoder.decode(stored[url]).items():
                    there = facets.setdefault(facet, {})
                    for value in values:
                        there.setdefault(value, []).append(number)
            known = {}
            for facet in sorted(facets):
                rows: list[Value] = [[value, list[Value](found)] for value, found in sorted(facets[facet].items())]
                data = encode([facet, rows])
                known[facet] = _name(data)
                self.output.pack(_filter_file(known[facet]), data)
            kept = ((facet, name, msgspec.json.encode(sorted(facets[facet]))) for facet, name in known.items())
            self._connection.execute("DELETE FROM facets")
            self._connection.executemany("INSERT INTO facets VALUES (?, ?, ?)", kept)
        for name in known.values():
            self.output.keep(_filter_file(name))
        return [[facet, name] for facet, name in sorted(known.items())]

    def _write_entry(self, names: dict[str, str], chunks: list[Value], filters: list[Value]) -> None:
        counts: dict[str, int] = dict(self._connection.execute("SELECT url, word_count FROM pages"))
        pages: list[Value] = [[name, counts[url]] for url, name in names.items()]
        data = encode([pagefind_version(), pages, chunks, filters, [], list[Value](META_FIELDS)])
        name = _name(data)
        path = f"pagefind.{name}.pf_meta"
        if not self.output.keep(path):
            self.output.pack(path, data)
        entry = {
            "version": pagefind_version(),
            "languages": {_LANGUAGE: {"hash": name, "wasm": _LANGUAGE, "page_count": len(pages)}},
            "include_characters": [
                "_",
                "\u203f",
                "\u2040",
                "\u2054",
                "\ufe33",
                "\ufe34",
                "\ufe4d",
                "\ufe4e",
                "\ufe4f",
                "\uff3f",
            ],
        }
        self.output.write("pagefind-entry.json", msgspec.json.encode(entry))

    def _write_others(
        self, records: SearchRecords, names: dict[str, str], pages: tuple[Name, ...], changes: _Changes
    ) -> None:
        columns: dict[str, bytes] = dict(self._connection.execute("SELECT url, columns FROM pages"))
        rows = [b'["' + name.encode() + b'",' + columns[url][1:] for url, name in names.items()]
        self.output.write("order.json", b"[" + b",".join(rows) + b"]\n")
        known = _Others() if changes.names or changes.renumbered else self._known_others()
        if not known.files or not all(self.output.keep(file) for file in known.files):
            known = self._names_and_towns(records, pages)
            self._keep_fact("others", msgspec.json.encode(known))
        rows_of_facets = self._connection.execute("SELECT name, codes FROM facets").fetchall()
        facets = {facet: msgspec.json.decode(codes, type=list[str]) for facet, codes in rows_of_facets}
        about = {
            "version": catalog_version(records.catalog),
            "trials": len(self.urls),
            "towns": known.towns,
            "names": known.names,
            "labels": labels_of(facets),
        }
        self.output.write("catalog.json", _json(about))

    def _known_others(self) -> _Others:
        fact = self._fact("others")
        return msgspec.json.decode(fact, type=_Others) if fact else _Others()

    def _names_and_towns(self, records: SearchRecords, pages: tuple[Name, ...]) -> _Others:
        trials: dict[str, bytes] = dict(self._connection.execute("SELECT url, named FROM pages"))
        decode = msgspec.json.Decoder(NamedTrial).decode
        content = name_files(records, {url: decode(trials[url]) for url in self.urls}, pages)
        files = {f"names/{_file_name(beginning)}": data for beginning, data in content.items()}
        points: dict[str, bytes] = dict(self._connection.execute("SELECT url, points FROM pages"))
        decode_points = msgspec.json.Decoder(list[tuple[str, float, float]]).decode
        towns = [
            [town.id, town.name, town.country, town.latitude, town.longitude]
            for town in records.towns(point for url in self.urls for point in decode_points(points[url]))
        ]
        files["towns.json"] = _json(towns)
        for path, data in files.items():
            self.output.write(path, data)
        return _Others(list(files), list(content), len(towns))


class _Others(msgspec.Struct):
    """What else was written."""

    files: list[str] = []
    names: list[str] = []
    towns: int = 0


class _Output:
    """The index in the site: files are written where they are not there as they should be, others removed."""

    def __init__(self, root: Path, threads: ThreadPoolExecutor) -> None:
        self.threads = threads
        self.written = 0
        self.size = 0
        self._root = str(root)
        self._there = dict(_files(self._root))
        self._kept: dict[str, None] = {}
        self._writing: dict[str, Future[int]] = {}

    def has(self, path: str) -> bool:
        """Tell whether a file that is named by its content is there."""
        return path in self._there

    def keep(self, path: str) -> bool:
        """Keep a file that is named by its content; tell whether it is there, or will be."""
        if path in self._there or path in self._writing:
            self._kept[path] = None
            return True
        return False

    def pack(self, path: str, data: bytes) -> None:
        """Compress and write a file that is named by its content, unless it is there."""
        if not self.keep(path):
            self._kept[path] = None
            self._writing[path] = self.threads.submit(self._pack, path, data)

    def keep_of_size(self, path: str, size: int) -> bool:
        """Keep a file of this size; tell whether it is there."""
        if self._there.get(path) != size:
            return False
        self._kept[path] = None
        return True

    def write(self, path: str, data: bytes) -> None:
        """Write a file unless its bytes are these."""
        self._kept[path] = None
        if self._there.get(path) == len(data):
            with open(f"{self._root}/{path}", "rb") as file:  # noqa: PTH123
                if file.read() == data:
                    return
        self._writing[path] = self.threads.submit(self._replace, path, data)

    def finish(self) -> None:
        """Wait until all is written, and remove all else."""
        self.written = len(self._writing)
        self._there.update((path, writing.result()) for path, writing in self._writing.items())
        folders = set()
        for path in self._there.keys() - self._kept.keys():
            file = Path(self._root, path)
            file.unlink(missing_ok=True)
            folders.add(file.parent)
        for folder in sorted(folders, reverse=True):
            with contextlib.suppress(OSError):
                folder.rmdir()  # only an empty one goes
        self.size = sum(self._there[path] for path in self._kept)

    def _pack(self, path: str, data: bytes) -> int:
        return self._replace(path, packed(data))

    def _replace(self, path: str, data: bytes) -> int:
        replace_file(f"{self._root}/{path}", data)
        return len(data)


def _files(root: str) -> Iterator[tuple[str, int]]:
    for place, _, names in os.walk(root):
        inside = os.path.relpath(place, root)
        for name in names:
            path = os.path.join(place, name)  # noqa: PTH118 - tens of thousands of files
            yield (name if inside == "." else f"{inside}/{name}".replace(os.sep, "/")), os.stat(path).st_size  # noqa: PTH116


def _put(words: dict[str, Word], number: int, occurrences: list[Occurrences]) -> None:
    """Note of all *words* where they stand on the page of this *number*."""
    for occurrence in occurrences:
        found = words.get(occurrence.word)
        if found is None:
            found = words[occurrence.word] = Word()
        posting = found.posting(occurrence.variant) if occurrence.variant else found.plain
        if posting.pages and posting.pages[-1] >= number:
            posting.put(number, occurrence.places)
        else:
            posting.pages.append(number)
            posting.places.append(occurrence.places)


@contextlib.contextmanager
def _open(folder: Path, site: Path) -> Iterator[sqlite3.Connection]:
    """Open what is known of the index of *site*, alone."""
    path = _cache_file(folder, site)
    with path.with_suffix(".lock").open("w") as lock:
        if fcntl is not None:
            fcntl.flock(lock, fcntl.LOCK_EX)
        connection = _connect(path)
        with contextlib.closing(connection):
            yield connection


def _cache_file(folder: Path, site: Path) -> Path:
    return folder / f"{hashlib.sha256(str(site.resolve()).encode()).hexdigest()[:16]}.sqlite"


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=WAIT)
    try:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN EXCLUSIVE")
        prepare(connection, form_of(FORMAT, pagefind_version(), _TABLES), _TABLES)
    except BaseException:
        connection.close()
        raise
    return connection


def _name(data: bytes) -> str:
    return f"{_LANGUAGE}_{hashlib.sha256(data).hexdigest()[:10]}"


def _index_file(name: str) -> str:
    return f"index/{name}.pf_index"


def _filter_file(name: str) -> str:
    return f"filter/{name}.pf_filter"


def _file_name(beginning: str) -> str:
    """Return the name of the file for words with this *beginning*; the browser makes it in the same way."""
    safe = "".join(
        character if character.isascii() and character.isalnum() else f"_{ord(character):x}" for character in beginning
    )
    return f"n-{safe}.json"


def _json(value: object) -> bytes:
    return msgspec.json.encode(value) + b"\n"
