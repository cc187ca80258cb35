"""The whole way, arrow by arrow: seeds to records, studies, catalog, content."""

from __future__ import annotations

import re
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from generator.exports.citation_file import FILE as CITATION
from generator.exports.desk_data import DESK, DESK_TABLE
from generator.exports.entities_json import ENTITIES
from generator.exports.studies_json import LIST
from generator.exports.tasks_json import TASKS
from generator.folders import HAND_WRITTEN, LANGUAGES
from generator.history.repository import read_commit
from generator.identity.identification import Identification
from generator.identity.slugs import SlugLedger
from generator.identity.vocabularies.own import about_own
from generator.identity.vocabularies.vocabulary import About
from generator.language.messages import active_language
from generator.model.catalog import Entity
from generator.pages.figures.preview import FILE as PICTURE
from generator.pages.offline import APP, WORKER
from generator.pages.own_vocabularies import list_vocabularies
from generator.pages.paths import SitePaths
from generator.pages.script_words import FILE as LANGUAGE_MODULE
from generator.pages.writer import TEMPLATES
from generator.pipeline.garbage_collection import seldom_garbage_collection
from generator.pipeline.history import read_history
from generator.pipeline.identify import resolve
from generator.pipeline.merge import merge_readings
from generator.pipeline.processes import Workers, cores
from generator.pipeline.progress import Advance, Stages
from generator.pipeline.read import read
from generator.pipeline.stored_catalog import StoredCatalog
from generator.pipeline.write import ContentWriting
from generator.readers.known import all_readers
from generator.search.texts import Digests, SearchTexts
from generator.settings import Settings
from generator.storage.cache import Cache, CacheError, cache_file, digest
from generator.storage.file_signature import file_signature
from generator.storage.output import OutputTree, WriteReport

SLUGS = "slugs.json"
"""The stored slugs inside the content folder; kept in git, so that addresses outlive renamings."""


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

DAMAGES = (sqlite3.DatabaseError, msgspec.MsgspecError, zlib.error, CacheError)
"""What is raised where something that was kept cannot be read."""


@dataclass(slots=True)
class CatalogBuild:
    """A catalog and what was needed to make it."""

    catalog: StoredCatalog
    identification: Identification
    slugs: SlugLedger
    documents: int
    """Number of documents found, readable or not."""
    cache: Cache
    """Where the catalog lies packed: it can be looked at until the cache is closed."""
    names_key: bytes
    """What stands for all entities and links."""
    files: int
    """Files that hold documents."""
    reused: int
    """Files that needed no reading."""
    own_vocabularies: list[About]
    """What the vocabularies of the catalog's owner say of themselves, those that count."""
    lasting: bool
    """Whether the same files would be read like this again: not where one could not be opened."""


@contextmanager
def open_cache(folder: Path, content: Path) -> Iterator[Cache]:
    """Open what the last run left in *folder* of what it made for *content*; waits while another run has it open.

    What turns out to be damaged is thrown away.  Where nothing can be kept, nothing is, and the run does without.
    """
    try:
        cache = Cache(cache_file(folder, content))
    except (OSError, sqlite3.OperationalError):
        with TemporaryDirectory(prefix="trial-catalog-") as temporary, open_cache(Path(temporary), content) as cache:
            yield cache
        return
    try:
        yield cache
        cache.commit()
    except DAMAGES:
        cache.reset()
        raise
    finally:
        cache.close_without_saving()


@contextmanager
def open_catalog(
    seeds: Path,
    content: Path,
    *,
    kept: Path | None = None,
    executor: Workers | None = None,
    settings: Settings | None = None,
) -> Iterator[CatalogBuild]:
    """Give the catalog of *seeds* for as long as the context lasts, without writing anything that would stay.

    What a build left in the folder *kept* (else ``.cache/content`` beside *content*) is used, and brought up to date.
    Of *settings* those count that say what a catalog is made of.
    """
    off = (settings or Settings()).vocabularies_off
    folder = kept or content.resolve().parent / ".cache" / "content"
    with ExitStack() as open_things:
        if not cache_file(folder, content).is_file():
            folder = Path(open_things.enter_context(TemporaryDirectory(prefix="trial-catalog-")))
        cache = open_things.enter_context(open_cache(folder, content))
        try:
            made = make_catalog(seeds, content, cache=cache, executor=executor, off=off)
        except DAMAGES:
            cache.reset()
            made = make_catalog(seeds, content, cache=cache, executor=executor, off=off)
        yield made


@contextmanager
def generate(
    seeds: Path,
    content: Path,
    settings: Settings,
    hand_written: Path,
    stages: Stages,
    *,
    templates: Sequence[Path] = (TEMPLATES,),
    kept: Path | None = None,
    executor: Workers | None = None,
) -> Iterator[tuple[CatalogBuild, WriteReport]]:
    """Bring *content* up to date with *seeds*, and give the catalog for as long as the context lasts.

    What an earlier run left in the folder *kept* (else ``.cache/content`` beside *content*) is used again; it is safe
    to delete.  See :func:`make_catalog` and :func:`write_content` for the rest.
    """

    def generate() -> tuple[CatalogBuild, WriteReport]:
        made = make_catalog(
            seeds, content, stages, cache, executor, history=settings.history, off=settings.vocabularies_off
        )
        made.catalog.commit = read_commit(seeds)
        with stages.stage("write") as advance:
            return made, write_content(made, content, settings, hand_written, templates=templates, advance=advance)

    with open_cache(kept or content.resolve().parent / ".cache" / "content", content) as cache:
        try:
            found = generate()
        except DAMAGES:
            cache.reset()
            found = generate()
        yield found


def make_catalog(
    seeds: Path,
    content: Path,
    stages: Stages | None = None,
    cache: Cache | None = None,
    executor: Workers | None = None,
    *,
    history: bool = False,
    off: frozenset[str] = frozenset(),
) -> CatalogBuild:
    """Return the catalog of all documents below *seeds*, with the slugs stored in *content*.  Writes no page.

    *stages* is told how far the work is.  What *cache* has of an earlier run is not done again; without one, the
    catalog lies in memory.  Documents are read by *executor*, where there is one and it pays.  With *history*, their
    earlier versions are read from the repository, too.  Vocabularies whose names are in *off* are not used.

    Raises ReaderError where a reader that is installed cannot be used.
    """
    all_readers()
    stages = stages or Stages(quiet=True)
    cache = cache or Cache()
    with seldom_garbage_collection():
        with stages.stage("read") as advance:
            readings = read(seeds, cache, advance, executor)
            cache.commit()
        with stages.stage("merge") as advance:
            studies = merge_readings(readings, cache, advance)
            cache.commit()
        past = None
        if history:
            with stages.stage("history") as advance:
                past = read_history(seeds, readings, studies, cache, advance, executor)
                cache.commit()
        with stages.stage("identify") as advance:
            identification, names_key = resolve(
                studies, seeds, content / SLUGS, cache, advance, processes=cores(), off=off
            )
            catalog = StoredCatalog(readings, studies, identification, past)
            cache.commit()
    return CatalogBuild(
        catalog=catalog,
        identification=identification,
        slugs=identification.slugs,
        documents=len(readings.documents),
        cache=cache,
        names_key=names_key,
        files=readings.files,
        reused=readings.reused,
        own_vocabularies=[about for about in about_own(seeds) if about.name not in off],
        lasting=readings.lasting,
    )


def write_content(
    made: CatalogBuild,
    content: Path,
    settings: Settings,
    hand_written: Path,
    *,
    templates: Sequence[Path] = (TEMPLATES,),
    processes: int | None = None,
    advance: Advance | None = None,
) -> WriteReport:
    """Write pages and data of the catalog into *content*; touch only what differs, remove what no longer belongs.

    *hand_written* is the folder of the hand-written pages; they are copied where *content* is another one and has none
    of the same name, so that what lies there is a whole site.  A file in *content* that no earlier run wrote is
    somebody's own and stays, also where a generated page would stand: the report names it.

    Of two *templates* of one name, that of the first folder is used.  Pages are made by as many *processes* as there
    are cores, unless a number is given; *advance* is told how far it is.
    """
    output = OutputTree(content)
    writing = ContentWriting(
        made.catalog,
        made.names_key,
        output,
        settings,
        made.cache,
        processes=cores() if processes is None else processes,
        templates=templates,
        advance=advance,
        contested=made.slugs.pages,
    )
    if content.resolve() != hand_written.resolve():
        for name, file in hand_written_files(hand_written, settings.language):
            output.copy(name, list_vocabularies(file.read_bytes(), made.own_vocabularies))
    with seldom_garbage_collection(frozen=True):
        writing.write()
    made.catalog.problems.extend(writing.failures)
    made.slugs.keep_pages(writing.contested)
    made.slugs.save(content / SLUGS)
    if not output.is_by_hand(".gitignore"):
        output.write(".gitignore", output.ignored_by_git())
    report = output.finish()
    report.signatures[SLUGS] = file_signature((content / SLUGS).stat())
    made.cache.commit()
    return report


def own_files_in(
    made: CatalogBuild, content: Path, settings: Settings, hand_written: Path
) -> tuple[list[str], list[str]]:
    """Return which files of people's own stand in *content* where a generated file would, and where a packaged one.

    Without writing: what a build reports, except for the parts of long lists.
    """
    output = OutputTree(content)
    paths = SitePaths(made.catalog, settings)
    packaged: list[str] = []
    if content.resolve() != hand_written.resolve():
        names = (name for name, _ in hand_written_files(hand_written, settings.language))
        packaged.extend(name for name in names if output.is_by_hand(name) or output.is_edited(name))
    pages = {page.file for page in paths.pages() if page.file.partition("/")[0] not in HAND_WRITTEN}
    data = {LIST, TASKS, ENTITIES, DESK, DESK_TABLE, WORKER, APP, CITATION, PICTURE, LANGUAGE_MODULE}
    data.update(paths.study_file(study) for study in made.catalog.studies)
    return sorted(name for name in pages | data if output.is_by_hand(name)), sorted(packaged)


def search_records(made: CatalogBuild, settings: Settings) -> SearchTexts:
    """Return what the search of the catalog's site is made from."""
    paths = SitePaths(made.catalog, settings, made.slugs.pages)

    def url_of(entity: Entity) -> str | None:
        address = paths.entity(entity.kind, entity.id)
        return address.url if address else None

    def trial_url(study: str) -> str | None:
        address = paths.trial(study)
        return address.url if address else None

    rows = made.catalog.packed.rows
    digests = Digests(
        digest(made.names_key, active_language().version, msgspec.json.encode(settings)),
        lambda study: rows[study].digest,
    )

    return SearchTexts(made.catalog, url_of, trial_url, digests, contacts=settings.contacts)


def last_changes(made: CatalogBuild, settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield the address of each trial's page below the site's root, with the newest day that its documents give."""
    paths = SitePaths(made.catalog, settings)
    for identifier, row in made.catalog.packed.rows.items():
        address = paths.trial(identifier)
        dates = [document.as_of for document in row.references if document.as_of and _DAY.fullmatch(document.as_of)]
        if address is not None and dates:
            yield address.url, max(dates)


def addresses_without_content(made: CatalogBuild, settings: Settings) -> Iterator[str]:
    """Yield the addresses below the site's root of pages that only lead to others, or say that something is gone."""
    paths = SitePaths(made.catalog, settings, made.slugs.pages)
    yield from (page.url for _, page, _ in paths.moved())
    yield from (page.url for _, _, page in paths.retired())


def hand_written_files(content: Path, language: str) -> Iterator[tuple[str, Path]]:
    """Yield the files in *content* that people write: names inside it, and the file, in *language* where there is one.

    The packaged pages of a language stand in its folder below ``templates/languages/``.
    """
    codes = dict.fromkeys((language, language.partition("-")[0]))
    for folder in HAND_WRITTEN:
        for file in sorted((content / folder).rglob("*")):
            if file.is_file():
                name = file.relative_to(content).as_posix()
                places = (TEMPLATES.with_name(LANGUAGES) / code / "content" / name for code in codes)
                yield name, next((place for place in places if place.is_file()), file)
