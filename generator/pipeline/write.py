"""A catalog to the content folder: of pages and data, only what changed since the last run is made and written.

For each job (a trial with its pages and its data, an entity, a list) a note is kept of what it read of the catalog,
which files it made, and to which lines of documents these lead.  A job is done again where something that it read
changed, or where a file is no longer as it was left.  Before anything is written, the notes of all jobs that
have to be done again are taken away, in one step: a run that is killed leaves no note that says too much.
"""

from __future__ import annotations

import os
import sqlite3
import zlib
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import cast

import msgspec

from generator.exports.changes_data import changes_files
from generator.exports.citation_file import FILE as CITATION
from generator.exports.citation_file import citation_file
from generator.exports.data_package import PACKAGE, data_package
from generator.exports.desk_data import desk_files
from generator.exports.entities_json import write_entities
from generator.exports.exporter import exporters_for, run_exporters, version_of_exporters
from generator.exports.feeds import FeedMaker
from generator.exports.published import PublishedCatalog
from generator.exports.studies_json import LIST, list_data, study_data
from generator.exports.tasks_json import TASKS, tasks_data
from generator.language.messages import active_language
from generator.model.catalog import Entity, Kind
from generator.model.data_file import ExportedFile
from generator.model.problem import Problem, failure
from generator.pages.documents.page import LONG_RECORD
from generator.pages.figures.preview import FILE as PICTURE
from generator.pages.figures.preview import preview_picture
from generator.pages.offline import offline_files
from generator.pages.paths import PageAddress, SitePaths
from generator.pages.script_words import FILE as LANGUAGE
from generator.pages.script_words import script_words
from generator.pages.tracing import CITED, EXPORTED, Reads, TracedCatalog, TracedMapping, TracedPaths
from generator.pages.writer import TEMPLATES, Job, PageMaker
from generator.pipeline.digests import (
    Digests,
    digests_of_citations,
    digests_of_exports,
    digests_of_names,
    digests_of_things,
)
from generator.pipeline.processes import WorkerDied, can_fork, forked
from generator.pipeline.progress import Advance
from generator.pipeline.stored_catalog import OUTLINES_IN_MEMORY, StoredCatalog
from generator.settings import Settings
from generator.storage.cache import Cache, CacheError, changed, digest
from generator.storage.code_version import code_version
from generator.storage.file_signature import file_signature
from generator.storage.output import OutputError, OutputTree, inside
from generator.storage.streams import digest_of_file

FEWEST_JOBS = 64
"""Jobs from which on it pays to start processes."""

_CHUNK = 40
_SMALL = frozenset({"trial", "entity", "document"})
"""Sorts of jobs that are about one thing."""

_NAMES, _THINGS, _CITATIONS, _BASE = "digests of names", "digests of things", "digests of citations", "base"
_EXPORTS = "digests of exports"
_UNDER_WAY = "under way"
"""Stands among the facts while a run writes, and stays there where it is killed."""

_FAILED_PAGE = b"# This page could not be made\n\nIts making failed. What the build printed names the reason.\n"

_PAGES = {
    "home": SitePaths.home,
    "trials": SitePaths.trials,
    "documents": SitePaths.documents,
    "flags": SitePaths.flags,
    "graph": SitePaths.graph,
    "desk": SitePaths.desk,
    "offline": SitePaths.offline,
}
"""Pages of sorts of jobs that have one."""

_encoder = msgspec.msgpack.Encoder()
_digests = msgspec.msgpack.Decoder(dict[str, bytes])


class MadeFile(msgspec.Struct, array_like=True):
    """A file as a job left it."""

    name: str
    """Inside the content folder."""
    signature: bytes
    digest: bytes
    """Of its bytes: a copy of the folder, as a cache brings it back, has other signatures."""


class JobNote(msgspec.Struct, array_like=True):
    """What is known of a job that was done."""

    files: list[MadeFile]
    reads: bytes
    """Checksums of the keys of all that it read.  Two keys may share one: then it is done once too often."""
    cited: dict[str, list[int]]
    """Lines of long records to which its pages lead."""


_notes = msgspec.msgpack.Decoder(JobNote)


class _DoneJob(msgspec.Struct, array_like=True):
    job: str
    note: JobNote
    written: list[bool]
    failed: list[Problem]
    left: list[str] = []
    """Places of files that people's own files take."""


class ContentMaker:
    """Makes pages and data of a catalog, and notes what they are made from."""

    def __init__(
        self,
        catalog: StoredCatalog,
        paths: SitePaths,
        settings: Settings,
        output: OutputTree,
        templates: Sequence[Path] = (TEMPLATES,),
    ) -> None:
        """Prepare to write to *output*, from the *templates* of the first folder that has each."""
        self._catalog = catalog
        self._output = output
        self._settings = settings
        self._reads = Reads()
        self._traced = TracedCatalog(catalog, self._reads)
        self._paths = TracedPaths(paths, self._reads)
        self.cited: dict[str, Collection[int]] = {}
        cited = TracedMapping(self.cited, self._reads, CITED)
        self.exported: dict[str, ExportedFile] = {}
        self._exporters = exporters_for(settings)
        self._files = tuple(file for exporter in self._exporters for file in exporter.files)
        exported = TracedMapping(self.exported, self._reads, EXPORTED)
        self.pages = PageMaker(
            self._traced, settings, self._paths, cited, templates, data_files=self._files, exported=exported
        )
        self._feeds = FeedMaker(self._traced, self._paths, settings)

    def jobs(self) -> list[Job]:
        """Return the jobs that can be done at once."""
        jobs = self.pages.jobs()
        past: list[Job] = [("data", "changes"), ("data", "feeds")] if self._settings.history else []
        exports = [("export", "all")] if self._exporters else []
        names = ("studies", "entities", "tasks", "desk", "offline", "citation", "picture", "language")
        data: list[Job] = [("data", name) for name in names]
        return [*jobs, *data, *past, *exports]

    def later_jobs(self) -> list[Job]:
        """Return the jobs that need all others' citations."""
        return list(self.pages.later_jobs())

    def last_jobs(self) -> list[Job]:
        """Return the jobs that tell of the data files that are written by then."""
        return [*self.pages.last_jobs(), *([("data", "package")] if self._files else [])]

    def do(self, job: Job) -> _DoneJob:
        """Do one job: make its files, and write those that changed."""
        self._reads.keys = set()
        self.pages.records.take_cited()
        if job[0] == "export":
            return self._export(job)
        files: list[MadeFile] = []
        written: list[bool] = []
        left: list[str] = []
        made, failed = self._made(job)
        root = self._output.root
        for path, content in made:
            name = inside(path, root)
            put = self._output.put(name, content)
            if put is None:
                left.append(name)
                continue
            written.append(put)
            files.append(MadeFile(name, file_signature(os.stat(root / name)), digest(content)))  # noqa: PTH116
        return self._done(job, files, written, failed, left)

    def _export(self, job: Job) -> _DoneJob:
        """Let all exporters write their files."""
        root = self._output.root
        result = run_exporters(self._exporters, self._published(), root, self._output.may_write)
        made = [MadeFile(one.name, file_signature((root / one.name).stat()), one.digest) for one in result.files]
        return self._done(job, made, [one.written for one in result.files], result.failures, [])

    def _published(self) -> PublishedCatalog:
        """Return the catalog for one job: it remembers what it has read, so that another job would note none of it."""
        return PublishedCatalog(self._traced, self._paths, self._settings)

    def _done(
        self, job: Job, files: list[MadeFile], written: list[bool], failed: list[Problem], left: list[str]
    ) -> _DoneJob:
        reads = array("I", sorted(set(map(checksum, self._reads.texts()))))
        return _DoneJob(" ".join(job), JobNote(files, reads.tobytes(), self._citations()), written, failed, left)

    def _made(self, job: Job) -> tuple[list[tuple[str, bytes]], list[Problem]]:
        """Make a job's files; where that fails, pages that say so: links to them lead somewhere, the rest is made."""
        try:
            return list(self._make(job)), []
        except (CacheError, sqlite3.DatabaseError, OSError, OutputError):
            raise
        except Exception as error:
            files = [address.file for address in self._addresses(job) if address is not None]
            path, line = self._place(job)
            problem = failure(path, line, f"Writing {' '.join(job).strip()}", error)
            return [(file, _FAILED_PAGE) for file in files], [problem]

    def _place(self, job: Job) -> tuple[str, int]:
        """Return the document and line that a job about one thing is made from; of others, what they are called."""
        sort, name = job
        if sort == "trial" and (documents := self._catalog.packed.rows[name].references):
            return documents[0].path, 1
        if sort == "entity":
            kind, _, identifier = name.partition("/")
            spellings = self._catalog.entities[cast("Kind", kind), identifier].spellings
            for source in (source for spelling in spellings for source in spelling.sources):
                return source.document, source.first_line
        return name or sort, 1

    def _addresses(self, job: Job) -> list[PageAddress | None]:
        """Return the addresses to which other pages may link."""
        sort, name = job
        if sort == "trial":
            return [self._paths.trial(name), self._paths.beside(name, "results"), self._paths.beside(name, "sites")]
        if sort == "document":
            return [self._paths.document(name)]
        if sort == "entity":
            kind, _, identifier = name.partition("/")
            return [self._paths.entity(cast("Kind", kind), identifier)]
        if sort == "list":
            return [PageAddress(name)]
        return [_PAGES[sort]] if sort in _PAGES else []

    def _make(self, job: Job) -> Iterator[tuple[str, bytes]]:
        sort, name = job
        if sort != "data":
            for path, text in self.pages.make(job):
                yield path, text.encode()
        if sort == "trial":
            yield self._paths.study_file(name), study_data(self._traced, name, contacts=self._settings.contacts)
            if self._settings.history and (feed := self._feeds.trial_feed(name)) is not None:
                yield feed
        elif sort == "entity" and self._settings.history:
            yield from self._entity_feed(name)
        elif job == ("data", "changes"):
            yield from changes_files(self._traced, contacts=self._settings.contacts)
        elif job == ("data", "feeds"):
            yield from self._feeds.catalog_feeds()
        elif job == ("data", "studies"):
            yield LIST, list_data(self._traced, contacts=self._settings.contacts)
        elif job == ("data", "package"):
            exported = TracedMapping(self.exported, self._reads, EXPORTED)
            yield PACKAGE, data_package(self._files, exported, self._output.root, self._published())
        elif job == ("data", "language"):
            yield LANGUAGE, script_words()
        elif job == ("data", "citation"):
            yield CITATION, citation_file(self._traced, self._settings)
        elif job == ("data", "picture"):
            yield PICTURE, preview_picture(self._traced, self._settings.title)
        elif job == ("data", "tasks"):
            yield TASKS, tasks_data(self._traced, self._settings.list_limit)
        elif job == ("data", "desk"):
            yield from desk_files(self._traced, self._paths)
        elif job == ("data", "offline"):
            yield from offline_files(self._traced, self._settings)
        elif job == ("data", "entities"):
            yield from write_entities(self._traced, self._url, contacts=self._settings.contacts).items()

    def _entity_feed(self, name: str) -> Iterator[tuple[str, bytes]]:
        kind, _, identifier = name.partition("/")
        page = self._paths.entity(cast("Kind", kind), identifier)
        if page is not None:
            title = self._traced.name_of(cast("Kind", kind), identifier) or identifier
            rows = self._traced.events_of_entity(cast("Kind", kind), identifier)
            yield self._feeds.entity_feed(page, title, rows)

    def _url(self, entity: Entity) -> str:
        address = self._paths.entity(entity.kind, entity.id)
        return address.url if address else ""

    def _citations(self) -> dict[str, list[int]]:
        cited: dict[str, list[int]] = {}
        for path, lines in self.pages.records.take_cited().items():
            row = self._catalog.by_path.get(path)
            if row is not None and row.summary.structured and row.summary.lines > LONG_RECORD:
                cited[path] = sorted(lines)
        return cited


def checksum(key: str) -> int:
    """Return a short number for a key."""
    return zlib.crc32(key.encode("utf-8", "surrogateescape"))


class ContentWriting:
    """One run that brings the content folder up to date."""

    def __init__(
        self,
        catalog: StoredCatalog,
        names_key: bytes,
        output: OutputTree,
        settings: Settings,
        cache: Cache,
        *,
        processes: int = 1,
        templates: Sequence[Path] = (TEMPLATES,),
        advance: Advance | None = None,
        contested: Mapping[str, str] | None = None,
    ) -> None:
        """Prepare to write *catalog* to *output*; *names_key* stands for all its entities and links.

        *cache* keeps the notes.  *processes* make pages at once where that pays.  *contested* are the pages whose
        addresses were chosen before, each with its owner.
        """
        self._catalog = catalog
        self._output = output
        self._cache = cache
        self._processes = processes if cache.lasting else 1
        self._advance = advance
        self._paths = SitePaths(catalog, settings, contested)
        self._maker = ContentMaker(catalog, self._paths, settings, output, templates)
        self._base = digest(
            code_version(),
            version_of_exporters(),
            _templates_digest(templates),
            active_language().version,
            _encoder.encode(settings),
        )
        self._names_key = digest(names_key, self._base)
        self._notes: dict[str, bytes] = {}
        """Packed: there are many."""
        self._cited: dict[str, set[int]] = {}
        self._exported: dict[str, ExportedFile] = {}
        self._done: set[str] = set()
        self._number = (0, 0)
        self.failures: list[Problem] = []
        """What kept single pages from being made."""

    @property
    def contested(self) -> Mapping[str, str]:
        """The files of pages that several things wanted, each with the one that has it."""
        return self._paths.contested

    def write(self) -> None:
        """Write what changed; the caller finishes the output and commits the cache."""
        self._read_notes()
        jobs, later, last = self._maker.jobs(), self._maker.later_jobs(), self._maker.last_jobs()
        self._number = (0, len(jobs) + len(later) + len(last))
        self._forget({checksum(key) for key in self._what_changed()})
        self._run(jobs)
        self._maker.cited.update(self._cited)
        self._forget(set(map(checksum, self._compare(_CITATIONS, b"", digests_of_citations(self._cited)))))
        self._run(later)
        self._maker.exported.update(self._exported)
        digests = {path: file.digest for path, file in self._exported.items()}
        self._forget(set(map(checksum, self._compare(_EXPORTS, b"", digests_of_exports(digests)))))
        self._run(last)
        self._drop([name for name in self._notes if name not in self._done])
        self._cache.drop("facts", [_UNDER_WAY])

    def _read_notes(self) -> None:
        """Take the notes of the last run; none where other code, templates or settings made its pages."""
        known = {name: key for name, key, _ in self._cache.rows("facts")}
        if known.get(_BASE) != self._base or _UNDER_WAY in known:
            self._output.remove_leftovers()
        self._cache.put("facts", _UNDER_WAY, b"", b"")
        if known.get(_BASE) != self._base:
            self._forget_all()
            return
        self._notes = {name: data for name, _, data in self._cache.rows("pages")}

    def _forget_all(self) -> None:
        self._cache.clear("pages")
        self._cache.clear("facts")
        self._cache.put("facts", _BASE, self._base, b"")
        self._cache.put("facts", _UNDER_WAY, b"", b"")

    # What has to be done again

    def _what_changed(self) -> Iterator[str]:
        yield from self._compare(_THINGS, b"", digests_of_things(self._catalog, self._paths))
        known = {name: key for name, key, _ in self._cache.rows("facts")}
        if known.get(_NAMES) != self._names_key:
            yield from self._compare(_NAMES, self._names_key, digests_of_names(self._catalog, self._paths))

    def _compare(self, name: str, key: bytes, now: Digests) -> list[str]:
        """Return the keys of what changed since the last run, and keep *now* for the next."""
        data = self._cache.get("facts", name)
        before: Digests = _digests.decode(data) if data is not None else {}
        found = list(changed(before, now))
        if found or data is None or key:
            self._cache.put("facts", name, key, _encoder.encode(now))
        return found

    def _forget(self, keys: set[int]) -> None:
        """Take away the notes of all jobs that read what changed, and keep this before anything is written."""
        if keys:
            stale = []
            for name, data in self._notes.items():
                reads = array("I")
                reads.frombytes(_notes.decode(data).reads)
                if not keys.isdisjoint(reads):
                    stale.append(name)
            self._drop(stale)
        self._cache.commit()

    def _drop(self, names: Iterable[str]) -> None:
        names = list(names)
        for name in names:
            self._notes.pop(name, None)
        if names:
            self._cache.drop("pages", names)

    # Doing it

    def _run(self, jobs: list[Job]) -> None:
        todo: list[Job] = []
        for job in jobs:
            name = " ".join(job)
            self._done.add(name)
            data = self._notes.get(name)
            note = _notes.decode(data) if data is not None else None
            if note is not None and self._is_unchanged(name, note):
                self._add_cited(note)
                self._note_exported(job, note)
                for file in note.files:
                    self._output.note(self._output.claim(file.name), file.signature, written=False)
            else:
                self._notes.pop(name, None)
                todo.append(job)
        self._progress(len(jobs) - len(todo))
        for done in self._run_all(todo):
            for file, written in zip(done.note.files, done.written, strict=True):
                self._output.note(self._output.claim(file.name), file.signature, written=written)
            for name in done.left:
                self._output.leave(self._output.claim(name))
            self._add_cited(done.note)
            self._note_exported(cast("Job", tuple(done.job.split(" ", 1))), done.note)
            self.failures.extend(done.failed)
            if done.failed or done.left:
                self._cache.drop("pages", [done.job])  # it is tried again next time
            else:
                self._cache.put("pages", done.job, b"", _encoder.encode(done.note))
            self._progress(1)

    def _add_cited(self, note: JobNote) -> None:
        for path, lines in note.cited.items():
            self._cited.setdefault(path, set()).update(lines)

    def _note_exported(self, job: Job, note: JobNote) -> None:
        """Take note of the data files of a job, for the pages that tell of them."""
        if job[0] == "export":
            for file in note.files:
                size = Path(self._output.folder, file.name).stat().st_size
                self._exported[file.name] = ExportedFile(size, file.digest)

    def _progress(self, more: int) -> None:
        self._number = (self._number[0] + more, self._number[1])
        if self._advance is not None:
            self._advance(*self._number)

    def _is_unchanged(self, job: str, note: JobNote) -> bool:
        """Tell whether the files of a job are there as it left them; new signatures of the same files are noted."""
        root = self._output.folder
        copied = False
        for file in note.files:
            path = f"{root}/{file.name}"
            try:
                mark = file_signature(os.stat(path))  # noqa: PTH116 - there are many files
                if mark != file.signature:
                    if digest_of_file(path) != file.digest:
                        return False
                    file.signature = mark
                    copied = True
            except OSError:
                return False
        if copied:
            self._cache.put("pages", job, b"", _encoder.encode(note))
        return True

    def _run_all(self, jobs: list[Job]) -> Iterator[_DoneJob]:
        """Do *jobs* in any order, in several processes where it pays; what a process leaves is done here."""
        left = {" ".join(job): job for job in jobs}
        if self._processes > 1 and len(jobs) >= FEWEST_JOBS and can_fork(self._cache):
            self._catalog.remember_outlines(OUTLINES_IN_MEMORY)
            for done in _in_parallel(self._maker, self._cache, jobs, self._processes):
                del left[done.job]
                yield done
        for job in left.values():
            yield self._maker.do(job)


def _in_parallel(maker: ContentMaker, cache: Cache, jobs: list[Job], processes: int) -> Iterator[_DoneJob]:
    def do_chunk(chunk: list[Job]) -> bytes:
        return _encoder.encode([maker.do(job) for job in chunk])

    chunks = list(_chunked(jobs))
    for done in forked(do_chunk, cache, min(processes, len(chunks)), chunks):
        if not isinstance(done, WorkerDied):
            yield from _chunks.decode(done)


def _chunked(jobs: list[Job]) -> Iterator[list[Job]]:
    """Yield the jobs in small lists: first, each alone, those that are about everything, which take long and much."""
    yield from ([job] for job in reversed(jobs) if job[0] not in _SMALL)
    chunk: list[Job] = []
    for job in jobs:
        if job[0] in _SMALL:
            chunk.append(job)
            if len(chunk) >= _CHUNK:
                yield chunk
                chunk = []
    if chunk:
        yield chunk


_chunks = msgspec.msgpack.Decoder(list[_DoneJob])


def _templates_digest(folders: Sequence[Path]) -> bytes:
    parts: list[bytes] = []
    for folder in folders:
        parts.append(b"folder")
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                parts += [file.relative_to(folder).as_posix().encode(), file.read_bytes()]
    return digest(*parts)
