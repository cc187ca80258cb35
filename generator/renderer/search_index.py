"""The search index: lean texts of the trials to a folder of static files that the browser searches with Pagefind.

The files are those that Pagefind's own program makes of such texts, but for where words are cut apart, and two things
that make them smaller: pages have their number of words roughly, and facets tell pages by steps.  We write them
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
import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import msgspec

from generator.exports.search_names import Name, NamedTrial, name_files, named
from generator.exports.search_records import SIGN, LeanText, SearchRecords, Stamps, catalog_version, labels_of
from generator.garbage import little_garbage
from generator.pages.output import replace_file
from generator.renderer.pagefind_chunks import STEPS, Posting, chunk, cut, word_of
from generator.renderer.pagefind_files import Value, encode, packed, unpacked
from generator.renderer.pagefind_pages import META_FIELDS, Pieces, index_page, pieces_in, pieces_of
from generator.renderer.pagefind_program import (
    BEHIND_VARIANTS,
    PROGRAM,
    VARIANT,
    PagefindWords,
    SearchIndexError,
    pagefind_version,
    words_in,
)
from generator.store.compression import gzipped
from generator.store.databases import form_of, is_held, prepare, remove, writable
from generator.store.shelves import digest
from generator.store.versions import code_version

try:
    import fcntl
except ImportError:  # SQLite locks its file, too
    fcntl = None  # type: ignore[assignment]

__all__ = ["FOLDER", "SearchIndexError", "SearchReport", "build_search_index"]

FOLDER = "pagefind"
"""The index inside the site."""

FORMAT = 4
"""Number of the form of what is kept; another one, or other tables, make it worthless."""

PAGES_AT_ONCE = 1_000
"""Texts that are taken apart before their words are packed."""

INDEXED_AT_ONCE = 250
"""Of these, texts whose words are packed together."""

MOST_CHANGED = 300
"""Of more changed texts than this, all words are packed again."""

WAIT = 3600.0
"""Seconds to wait for another build."""

_AROUND = 8
"""Bytes of a file, roughly, that a word takes beside itself and its pages."""

_COUNTED = 4
"""Bits of the number of a page's words that are kept."""

_LANGUAGE = "en"
_JOINING = "_\u203f\u2040\u2054\ufe33\ufe34\ufe4d\ufe4e\ufe4f\uff3f"
"""Characters beside letters and digits that words can hold, as Pagefind has them."""

_TABLES = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE pieces (piece TEXT PRIMARY KEY, forms BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE pages (
    url TEXT PRIMARY KEY, stamp BLOB NOT NULL, key BLOB NOT NULL, size INTEGER NOT NULL, word_count INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE details (
    url TEXT PRIMARY KEY, columns BLOB NOT NULL, facets BLOB NOT NULL, named BLOB NOT NULL, points BLOB NOT NULL
);
CREATE TABLE fragments (url TEXT PRIMARY KEY, fragment BLOB NOT NULL);
CREATE TABLE words (word TEXT PRIMARY KEY, pages BLOB NOT NULL, rows BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE chunks (first TEXT NOT NULL, last TEXT NOT NULL, words BLOB NOT NULL, hash TEXT NOT NULL);
CREATE TABLE facets (name TEXT PRIMARY KEY, hash TEXT NOT NULL, codes BLOB NOT NULL) WITHOUT ROWID;
"""

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
    with _open(cache, site) as connection, ThreadPoolExecutor(2) as threads, little_garbage(frozen=True):
        index = _Index(connection, _Output(site / FOLDER, threads), cache)
        renewed = index.build(records, tuple(pages))
        connection.commit()
        return SearchReport(len(index.urls), renewed, index.output.written, index.output.size)


@dataclass(slots=True)
class _Changes:
    """What happened to the pages since the last time."""

    before: list[str]
    """The addresses of the pages that there were, sorted."""
    renumbered: bool = False
    """Whether pages came or went, so that the others have other numbers."""
    pages: set[str] = field(default_factory=set)
    """The pages that are other than before."""
    facets: bool = False
    """Whether a page can be filtered by something else."""
    names: bool = False
    """Whether there are other names, or a trial has another title or number, or sites elsewhere."""
    words: dict[str, Posting | tuple[int, bytes]] = field(default_factory=dict)
    """Where words stand on those pages; of a word on one page, the page's number and where."""
    words_before: set[str] = field(default_factory=set)
    """The words that those pages had, where they are few."""

    @property
    def many(self) -> bool:
        """Whether it is less work to look at all words than to look up those of the pages."""
        return self.renumbered or len(self.pages) > MOST_CHANGED

    def add(self, standing: Mapping[str, list[tuple[int, bytes]]]) -> None:
        """Note where words stand on pages that come after all that were noted."""
        for word, places in standing.items():
            found = self.words.get(word)
            if found is None and len(places) == 1:
                self.words[word] = places[0]
                continue
            if not isinstance(found, Posting):
                places = [found, *places] if found else places
                found = self.words[word] = Posting()
            found.extend(places)


class _Text(NamedTuple):
    """A text that is taken apart."""

    number: int
    url: str
    stamp: bytes
    key: bytes
    text: LeanText
    is_new: bool


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
        made_from = self._made_from(records, paths, pages)
        if made_from and not self._crashed and self._fact("made") == made_from + self.output.digest():
            self._keep_fact("running", b"0")
            return 0
        changes = self._take_apart(records, paths, pages)
        if changes.many:
            self._pack_all(changes)
        elif changes.pages:
            self._pack_changed(changes)
        changes.words.clear()
        self._words.forget()
        chunks = self._write_chunks()
        names = {url: _trial_name(url) for url in self.urls}
        self._write_fragments(names)
        filters = self._write_filters(renew=changes.renumbered or changes.facets)
        self._write_entry(names, chunks, filters)
        self._write_others(records, names, pages, changes)
        self.output.finish()
        self._keep_fact("made", made_from + self.output.digest())
        self._keep_fact("running", b"0")
        return len(changes.pages)

    def _made_from(self, records: SearchRecords, paths: dict[str, str], pages: tuple[Name, ...]) -> bytes:
        """Return what stands for all that the index is made from; nothing where that is not known."""
        stamps = records.stamps
        if stamps is None:
            return b""
        documents = sorted(set(records.catalog.digests()))
        texts = [(url, stamps.study(study)) for url, study in paths.items()]
        return digest(self._names_key(stamps, pages), *map(msgspec.msgpack.encode, (documents, texts)))

    def _names_key(self, stamps: Stamps, pages: tuple[Name, ...]) -> bytes:
        return digest(stamps.names, code_version(), repr(pages).encode())

    # Pages

    def _take_apart(self, records: SearchRecords, paths: dict[str, str], pages: tuple[Name, ...]) -> _Changes:
        """Take those texts apart that changed, and forget those that are gone."""
        known = {url: (stamp, key) for url, stamp, key in self._connection.execute("SELECT url, stamp, key FROM pages")}
        stamps = records.stamps
        names = self._names_key(stamps, pages) if stamps else b""
        same_names = stamps is not None and self._fact("names") == names
        changes = _Changes(sorted(known), renumbered=known.keys() != paths.keys(), names=not same_names)
        gone = [(url,) for url in known.keys() - paths.keys()]
        for table in ("pages", "details", "fragments"):
            self._connection.executemany(f"DELETE FROM {table} WHERE url = ?", gone)  # noqa: S608 - our own names
        waiting: list[_Text] = []
        for number, (url, identifier) in enumerate(paths.items()):
            stamp = stamps.study(identifier) if stamps else b""
            before = known.get(url)
            if before is not None and same_names and before[0] == stamp:
                continue
            text = records.lean(identifier)
            key = digest(msgspec.msgpack.encode(text))
            if before is not None and before[1] == key:
                self._connection.execute("UPDATE pages SET stamp = ? WHERE url = ?", (stamp, url))
                continue
            waiting.append(_Text(number, url, stamp, key, text, is_new=before is None))
            if len(waiting) >= PAGES_AT_ONCE:
                self._take_these_apart(waiting, changes)
                waiting = []
        self._take_these_apart(waiting, changes)
        self._keep_fact("names", names)
        self._write_program()
        return changes

    def _write_program(self) -> None:
        if not all((self._program / name).is_file() for name in PROGRAM):
            self._words.learn(())
        for name in PROGRAM:
            self.output.write(name, (self._program / name).read_bytes())

    def _take_these_apart(self, waiting: list[_Text], changes: _Changes) -> None:
        if not waiting:
            return
        taken = [pieces_of(page.text) for page in waiting]
        self._words.learn({SIGN, *(piece for pieces in taken for piece in pieces)})
        taken.reverse()
        for start in range(0, len(waiting), INDEXED_AT_ONCE):
            some = waiting[start : start + INDEXED_AT_ONCE]
            self._index_these([(page, taken.pop()) for page in some], changes)  # what is done takes no memory

    def _index_these(self, pages: list[tuple[_Text, Pieces]], changes: _Changes) -> None:
        notes: list[tuple[object, ...]] = []
        details: list[tuple[object, ...]] = []
        fragments: list[tuple[str, bytes]] = []
        standing: defaultdict[str, list[tuple[int, bytes]]] = defaultdict(list)
        for (number, url, stamp, key, text, is_new), pieces in pages:
            columns, facets, points = map(msgspec.json.encode, (text.columns, text.facets, text.points))
            trial = msgspec.json.encode(named(text))
            before = None if is_new else self._details(url)
            changes.facets = changes.facets or before is None or before[0] != facets
            changes.names = changes.names or before is None or before[1:] != (trial, points)
            changes.pages.add(url)
            if before is not None and not changes.many:
                changes.words_before |= self._words_before(url)
            page = index_page(text, pieces, url, number, self._words.forms, standing)
            fragment = packed(page.fragment)
            self.output.write_at_once(_fragment_file(_trial_name(url)), fragment)
            notes.append((url, stamp, key, len(fragment), page.word_count))
            details.append((url, columns, facets, trial, points))
            fragments.append((url, fragment))
        changes.add(standing)
        for table, rows in (("pages", notes), ("details", details), ("fragments", fragments)):
            marks = ", ".join("?" * len(rows[0]))
            self._connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", rows)  # noqa: S608 - our own names

    def _details(self, url: str) -> tuple[bytes, bytes, bytes] | None:
        """Return facets, names and points of the page as they are kept."""
        found: tuple[bytes, bytes, bytes] | None = self._connection.execute(
            "SELECT facets, named, points FROM details WHERE url = ?", (url,)
        ).fetchone()
        return found

    def _words_before(self, url: str) -> set[str]:
        (fragment,) = self._connection.execute("SELECT fragment FROM fragments WHERE url = ?", (url,)).fetchone()
        pieces = pieces_in(unpacked(fragment))
        self._words.learn(pieces)
        return {word for piece in pieces for word in words_in(self._words.forms[piece])}

    def _fact(self, name: str) -> bytes:
        row = self._connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return bytes(row[0]) if row else b""

    def _keep_fact(self, name: str, value: bytes) -> None:
        self._connection.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))

    # Words

    def _pack_all(self, changes: _Changes) -> None:
        """Pack the words of all pages, with the numbers that the pages have now."""
        numbers = {url: number for number, url in enumerate(self.urls) if url not in changes.pages}
        moved = [numbers.get(url, -1) for url in changes.before]
        found = changes.words
        for word, *kept in self._connection.execute("SELECT word, pages, rows FROM words") if numbers else ():
            posting = Posting(*kept)
            posting.move(moved)
            if posting.pages:
                new = found.get(word)
                if new is not None:
                    posting.add([new] if isinstance(new, tuple) else new)
                found[word] = posting
        self._connection.execute("DELETE FROM words")
        self._connection.execute("DELETE FROM chunks")
        self._keep_words((word, found[word]) for word in sorted(found))

    def _pack_changed(self, changes: _Changes) -> None:
        """Pack those words again that stand elsewhere than before."""
        changed = {number for number, url in enumerate(self.urls) if url in changes.pages}
        kept: list[tuple[str, Posting]] = []
        gone: list[tuple[str]] = []
        for word in sorted(changes.words_before | changes.words.keys()):
            row = self._connection.execute("SELECT pages, rows FROM words WHERE word = ?", (word,)).fetchone()
            posting = Posting(*row) if row else Posting()
            new = changes.words.get(word)
            now = dict([new] if isinstance(new, tuple) else new or ())
            there = [posting.put(page, where) for page, where in now.items()]
            there += [posting.drop(page) for page in changed - now.keys()]
            if any(there):
                self._touched.add(word_of(word))
                if posting.pages:
                    kept.append((word, posting))
                else:
                    gone.append((word,))
        self._connection.executemany("DELETE FROM words WHERE word = ?", gone)
        self._keep_words(kept)

    def _keep_words(self, words: Iterable[tuple[str, Posting | tuple[int, bytes]]]) -> None:
        self._connection.executemany("INSERT OR REPLACE INTO words VALUES (?, ?, ?)", map(_kept, words))

    def _write_chunks(self) -> list[Value]:
        """Write the files of words that are not there yet, and return from where to where each goes, with its name."""
        rows = self._connection.execute("SELECT first, last, words, hash FROM chunks").fetchall()
        known = {(first, last, words): name for first, last, words, name in rows}
        sizes = self._sizes()
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

    def _sizes(self) -> list[tuple[str, int]]:
        """Return the sorted words with what each takes in a file, roughly."""
        sizes: dict[str, int] = {}
        for key, size in self._connection.execute("SELECT word, length(rows) FROM words ORDER BY word"):
            word = word_of(key) if VARIANT in key else key
            sizes[word] = sizes.get(word, 0) + len(key) + size + _AROUND
        return list(sizes.items())

    def _write_chunk(self, words: tuple[str, ...]) -> str:
        rows: list[tuple[str, int, bytes]] = []
        if words:
            query = "SELECT word, length(pages) / 8, rows FROM words WHERE word >= ? AND word < ? ORDER BY word"
            ends = words[0], f"{words[-1]}{BEHIND_VARIANTS}"
            rows = self._connection.execute(query, ends).fetchall()
        if {word_of(key) for key, _, _ in rows} != set(words):
            raise sqlite3.DatabaseError("words are not where they were")
        data = chunk(rows)
        name = _hash(data)
        self.output.pack(_index_file(name), data)
        return name

    # What is not of words

    def _write_fragments(self, names: dict[str, str]) -> None:
        """Write what hits show, in files that are named by their trials: hashes in their place would fill the index.

        After a run that did not come to its end, each file is looked at.
        """
        sizes: dict[str, int] = dict(self._connection.execute("SELECT url, size FROM pages"))
        for url, name in names.items():
            path = _fragment_file(name)
            if self.output.is_kept(path) or (not self._crashed and self.output.keep_of_size(path, sizes[url])):
                continue
            (data,) = self._connection.execute("SELECT fragment FROM fragments WHERE url = ?", (url,)).fetchone()
            self.output.write(path, data)

    def _write_filters(self, *, renew: bool) -> list[Value]:
        """Write the files of what can be filtered by, and return the name of each."""
        known: dict[str, str] = dict(self._connection.execute("SELECT name, hash FROM facets"))
        if renew or not all(self.output.has(_filter_file(name)) for name in known.values()):
            facets: dict[str, dict[str, list[int]]] = {}
            stored: dict[str, bytes] = dict(self._connection.execute("SELECT url, facets FROM details"))
            for number, url in enumerate(self.urls):
                for facet, values in _facets_decoder.decode(stored[url]).items():
                    there = facets.setdefault(facet, {})
                    for value in values:
                        there.setdefault(value, []).append(number)
            known = {}
            for facet in sorted(facets):
                rows: list[Value] = [[value, _steps(found)] for value, found in sorted(facets[facet].items())]
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
        pages: list[Value] = [[name, roughly(counts[url])] for url, name in names.items()]
        data = encode([pagefind_version(), pages, chunks, filters, [], list[Value](META_FIELDS)])
        name = _name(data)
        path = f"pagefind.{name}.pf_meta"
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
        columns: dict[str, bytes] = dict(self._connection.execute("SELECT url, columns FROM details"))
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
        trials: dict[str, bytes] = dict(self._connection.execute("SELECT url, named FROM details"))
        decode = msgspec.json.Decoder(NamedTrial).decode
        content = name_files(records, {url: decode(trials[url]) for url in self.urls}, pages)
        files = {f"names/{_file_name(beginning)}": gzipped(data) for beginning, data in content.items()}
        points: dict[str, bytes] = dict(self._connection.execute("SELECT url, points FROM details"))
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
        self._root = str(root)
        self._there = dict(_files(self._root))
        self._kept: dict[str, None] = {}
        self._writing: dict[str, Future[int]] = {}

    @property
    def size(self) -> int:
        """Bytes of all files that are there."""
        return sum(self._there.values())

    def digest(self) -> bytes:
        """Return what stands for the files that are there, by their names and sizes."""
        return digest(msgspec.msgpack.encode(sorted(self._there.items())))

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

    def is_kept(self, path: str) -> bool:
        """Tell whether a file is as it should be, or will be."""
        return path in self._kept

    def write_at_once(self, path: str, data: bytes) -> None:
        """Do as ``write``; one that was not there may be left half written by a run that does not come to its end."""
        if path in self._there:
            self.write(path, data)
            return
        self._kept[path] = None
        place = f"{self._root}/{path}"
        try:
            file = open(place, "wb", buffering=0)  # noqa: PTH123, SIM115 - closed below; done ten thousands of times
        except FileNotFoundError:
            Path(place).parent.mkdir(parents=True, exist_ok=True)
            file = open(place, "wb", buffering=0)  # noqa: PTH123, SIM115
        with file:
            file.write(data)
        self._there[path] = len(data)
        self.written += 1

    def finish(self) -> None:
        """Wait until all is written, and remove all else."""
        self.written += len(self._writing)
        self._there.update((path, writing.result()) for path, writing in self._writing.items())
        folders = set()
        for path in self._there.keys() - self._kept.keys():
            file = Path(self._root, path)
            file.unlink(missing_ok=True)
            del self._there[path]
            folders.add(file.parent)
        for folder in sorted(folders, reverse=True):
            with contextlib.suppress(OSError):
                folder.rmdir()  # only an empty one goes

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


def _kept(found: tuple[str, Posting | tuple[int, bytes]]) -> tuple[str, bytes, bytes]:
    """Return where a word stands as it is kept."""
    word, posting = found
    if isinstance(posting, tuple):
        number, where = posting
        row = STEPS[number] + where
        return word, _one_page(number, len(row)), row
    return word, posting.kept_pages, bytes(posting.rows)


_one_page = struct.Struct("=II").pack


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
    return f"{_LANGUAGE}_{_hash(data)}"


def _hash(data: bytes) -> str:
    """Return the name of a file of words: there are thousands, and a search loads the names of all."""
    return hashlib.sha256(data).hexdigest()[:10]


def _index_file(name: str) -> str:
    return f"index/{name}.pf_index"


def _fragment_file(name: str) -> str:
    return f"fragment/{name}.pf_fragment"


def _trial_name(url: str) -> str:
    return url.rstrip("/").rpartition("/")[2]


def _steps(numbers: list[int]) -> list[Value]:
    """Return how far it is from each number to the next."""
    return [number - before for before, number in zip([0, *numbers], numbers, strict=False)]


def roughly(count: int) -> int:
    """Return a number of words of which only the first bits are kept: how well a hit fits hardly depends on the others.

    They would be a seventh of what a search loads first.
    """
    left_out = max(count.bit_length() - _COUNTED, 0)
    return (count + (1 << left_out >> 1)) >> left_out << left_out


def _filter_file(name: str) -> str:
    return f"filter/{name}.pf_filter"


def _file_name(beginning: str) -> str:
    """Return the name of the file for words with this *beginning*; the browser makes it in the same way."""
    safe = "".join(
        character if character.isascii() and character.isalnum() else f"_{ord(character):x}" for character in beginning
    )
    return f"n-{safe}.json.gz"


def _json(value: object) -> bytes:
    return msgspec.json.encode(value) + b"\n"
