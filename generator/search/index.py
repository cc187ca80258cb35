"""The search index: lean texts of the trials to a folder of static files that the browser searches with Pagefind.

Pagefind's own program makes the index.  It holds all texts that it indexes in memory and begins anew each time, so a
large catalog has several indexes ("shards") that the browser joins.  A finished shard is kept in the cache folder and
made again only if one of its texts changed, so a site that is built from nothing again costs no indexing.

Where a page has several filters, Pagefind writes them in another order each time: the bytes of ``*.pf_meta``,
``*.pf_filter`` and ``pagefind-entry.json`` differ between two runs over the same texts, what they say does not.

    site/pagefind/0/, 1/ …       what Pagefind writes, a folder for each shard
    site/pagefind/catalog.json   the catalog's version, the shards, labels of codes, the files of names and towns
    site/pagefind/names/         names by their words, see :mod:`generator.search.names`
    site/pagefind/towns.json, towns/   towns with sites, and the gazetteer's, see :mod:`generator.search.towns`
"""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from math import log2
from pathlib import Path
from zlib import crc32

import msgspec

from generator.pages.catalog_version import catalog_version
from generator.search.names import ListedTrial, Name, file_name, listed, name_files
from generator.search.texts import CODES, SearchTexts, as_html, labels_of
from generator.search.towns import gazetteer_files, towns_with_sites
from generator.storage.cache import digest
from generator.storage.code_version import code_version
from generator.storage.output import gzipped, replace_file

try:
    import fcntl
except ImportError:  # two builds at once are then the user's own risk
    fcntl = None  # type: ignore[assignment]

_log = logging.getLogger(__name__)

FOLDER = "pagefind"
"""The folder inside the site that holds all that is written here, and nothing else."""

ONE_INDEX = 2_000
"""Up to so many trials there is one index: the program takes some 0.4 MB of memory a trial, and each further index
costs a reader some 15 KB for the first search."""

IN_A_SHARD = 1_250
"""Trials in a shard of a larger catalog, roughly: eight shards at 10,000 trials, each made with some 0.5 GB."""

_CATALOG = "catalog.json"
_KEPT = "kept.msgpack"
_LOCK = "lock"

_PROGRAM = ("pagefind.js", "wasm.*")
"""What the browser loads to search: from the first shard, for all of them."""

_LITTLE_MEMORY = "dirty_decay_ms:0,muzzy_decay_ms:0,narenas:1"
"""Pagefind's allocator gives back at once what it does not need: an eighth less memory at its peak."""

_UNUSED = (
    "wasm.unknown*",
    "*-ui.*",
    "pagefind-component*",
    "pagefind-modular*",
    "pagefind-highlight*",
    "pagefind-worker*",
    "*.css",
)
"""Parts of Pagefind for pages without a search of their own."""


class SearchIndexError(Exception):
    """The index could not be made; the message says why."""


@dataclass(frozen=True, slots=True)
class SearchReport:
    """What indexing did."""

    trials: int
    shards: int
    made: int
    """Shards that were made anew."""
    size: int
    """Bytes of all that was written into the site."""
    owned: tuple[str, ...] = (f"{FOLDER}/",)
    """The folders below the site that belong to the search: nothing else may remove or write what is in them."""


class _Kept(msgspec.Struct):
    """What a finished part in the cache says of itself; it is written last, so without it the part is not whole."""

    made_from: bytes
    """Stands for the studies, names and code that the part was made from."""
    texts: bytes = b""
    """Stands for the texts in a shard, and for the version of Pagefind."""
    trials: list[ListedTrial] = []
    codes: dict[str, list[str]] = {}
    """The values of the facets in a shard that are codes."""
    beginnings: list[str] = []
    """What the files of names are known by."""
    files: bytes = b""
    """Digest of the part's files: damaged ones are made anew, and never published."""


def write_search_index(texts: SearchTexts, site: Path, cache: Path, pages: Iterable[Name] = ()) -> SearchReport:
    """Write the search of *texts* into *site*; finished parts are kept in the folder *cache*, which is safe to delete.

    *pages* are pages written by hand that the search can jump to.  All that is written lies in the folder ``FOLDER`` of
    the site; what else lies there is removed.  Raises SearchIndexError where Pagefind fails.
    """
    with _writable(cache) as folder, _alone(folder):
        return _write(texts, site / FOLDER, folder, tuple(pages))


@contextmanager
def _writable(folder: Path) -> Iterator[Path]:
    """Give *folder*, made where it is not there, or one that lasts as long as the context where nothing can be kept."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        _log.warning("nothing is kept for the next time: %s", error)
        with tempfile.TemporaryDirectory(prefix="trial-catalog-") as temporary:
            yield Path(temporary)
        return
    yield folder


def _write(texts: SearchTexts, target: Path, cache: Path, pages: tuple[Name, ...]) -> SearchReport:
    trials = texts.paths()
    shards = _shards(trials)
    parts: dict[str, Path] = {}
    kept: list[_Kept] = []
    made = 0
    for number, shard in enumerate(shards):
        place = cache / f"shard-{number}-of-{len(shards)}"
        one, is_new = _make_shard(texts, shard, place, is_first=number == 0)
        made += is_new
        kept.append(one)
        parts[str(number)] = place
    listed_trials = sorted((trial for one in kept for trial in one.trials), key=lambda trial: trial.url)
    sources = digest(_sources(texts, trials), repr(pages).encode(), *(one.texts for one in kept))
    points = [point for trial in listed_trials for point in trial.points]
    towns = towns_with_sites(texts.catalog, points)
    parts["names"], names = _make_files(cache / "names", sources, lambda: name_files(texts, listed_trials, pages))
    parts["towns"], _ = _make_files(cache / "towns", code_version(), gazetteer_files)
    codes: dict[str, set[str]] = defaultdict(set)
    for one in kept:
        for facet, values in one.codes.items():
            codes[facet].update(values)
    about = {
        "version": catalog_version(texts.catalog),
        "trials": len(trials),
        "shards": len(shards),
        "towns": len(towns),
        "names": names.beginnings,
        "labels": labels_of(codes),
    }
    _publish(target, parts, {"towns.json": _json(towns), _CATALOG: _json(about)})
    for gone in {*cache.iterdir()} - {*parts.values(), cache / _LOCK}:
        shutil.rmtree(gone, ignore_errors=True)
    size = sum(file.stat().st_size for file in target.rglob("*") if file.is_file())
    return SearchReport(len(trials), len(shards), made, size)


def _shards(trials: dict[str, str]) -> list[dict[str, str]]:
    """Part *trials*, ids by address: by a hash of the id, so that a trial stays in its shard while others come and go.

    The number of shards is a power of two: it changes, and all are made again, only when a catalog doubles.
    """
    count = 1 if len(trials) <= ONE_INDEX else 2 ** round(log2(len(trials) / IN_A_SHARD))
    shards: list[dict[str, str]] = [{} for _ in range(count)]
    for url, study in trials.items():
        shards[crc32(study.encode()) % count][url] = study
    return [shard for shard in shards if shard]


def _sources(texts: SearchTexts, trials: Mapping[str, str]) -> bytes:
    """Return what stands for all that the texts of *trials* are made from; nothing where that is not known."""
    if texts.digests is None:
        return b""
    studies = [(url, texts.digests.study(study)) for url, study in trials.items()]
    return digest(texts.digests.names, code_version(), pagefind_version().encode(), msgspec.msgpack.encode(studies))


def _make_shard(texts: SearchTexts, trials: dict[str, str], place: Path, *, is_first: bool) -> tuple[_Kept, bool]:
    """Bring the shard in *place* up to date; return what is kept of it, and whether it was made anew."""
    sources = _sources(texts, trials)
    before = _kept(place)
    if before is not None and sources and before.made_from == sources:
        return before, False
    with _making(place) as folder:
        lean = folder / "lean"
        content = [pagefind_version().encode()]
        now = _Kept(sources)
        codes: dict[str, set[str]] = defaultdict(set)
        for url, study in trials.items():
            text = texts.text(study)
            page = as_html(text)
            (lean / url).mkdir(parents=True)
            (lean / url / "index.html").write_bytes(page)
            now.trials.append(listed(url, text))
            content += [page, msgspec.msgpack.encode(now.trials[-1])]
            content = [digest(*content)]
            for facet in CODES.keys() & text.facets.keys():
                codes[facet].update(text.facets[facet])
        now.codes = {facet: sorted(values) for facet, values in codes.items()}
        now.texts = content[0]
        if before is not None and before.texts == now.texts:
            now.files = before.files
            replace_file(place / _KEPT, msgspec.msgpack.encode(now))
            return now, False
        _run_pagefind(lean, folder / "index")
        shutil.rmtree(lean)
        _prune(folder / "index", _UNUSED if is_first else (*_UNUSED, *_PROGRAM))
        _finish(folder, place, now)
    return now, True


def _make_files(place: Path, made_from: bytes, make: Callable[[], dict[str, bytes]]) -> tuple[Path, _Kept]:
    """Bring the files of words in *place* up to date; return where they are, and what is kept of them."""
    before = _kept(place)
    if before is not None and before.made_from == made_from:
        return place, before
    with _making(place) as folder:
        files = make()
        (folder / "index").mkdir()
        for name, content in files.items():
            (folder / "index" / file_name(name)).write_bytes(gzipped(content))
        now = _Kept(made_from, beginnings=list(files))
        _finish(folder, place, now)
    return place, now


def pagefind_version() -> str:
    """Return the version of Pagefind.  Raises SearchIndexError where it is not there."""
    try:
        return version("pagefind-bin")
    except PackageNotFoundError as error:
        raise SearchIndexError("the package pagefind-bin is not installed: pip install 'pagefind[bin]'") from error


def _run_pagefind(lean: Path, index: Path) -> None:
    """Have Pagefind make the index of the pages in *lean*.  Raises SearchIndexError where it fails."""
    command = [sys.executable, "-m", "pagefind_bin", "--site", str(lean), "--output-path", str(index)]
    command += ["--force-language", "en", "--silent"]
    result = subprocess.run(  # noqa: S603
        command,
        env={**os.environ, "_RJEM_MALLOC_CONF": _LITTLE_MEMORY},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if result.returncode or not (index / "pagefind-entry.json").is_file():
        said = (result.stderr or result.stdout).strip()[-500:]
        raise SearchIndexError(f"Pagefind ended with {result.returncode}: {said or 'it said nothing'}")


def _prune(folder: Path, patterns: Iterable[str]) -> None:
    for pattern in patterns:
        for file in folder.glob(pattern):
            file.unlink()


# Parts in the cache, and their copies in the site


def _kept(place: Path) -> _Kept | None:
    """Return what the part in *place* says of itself; nothing where there is no whole one."""
    try:
        kept = msgspec.msgpack.decode((place / _KEPT).read_bytes(), type=_Kept)
        return kept if kept.files == _digest_of(place / "index") else None
    except (OSError, msgspec.MsgspecError):
        return None


def _digest_of(folder: Path) -> bytes:
    """Return what stands for the files in *folder*, their names and bytes."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return digest(*(part for file in files for part in (bytes(file.relative_to(folder)), file.read_bytes())))


@contextmanager
def _making(place: Path) -> Iterator[Path]:
    """Give a folder beside *place* to make something in; it goes in the end, whatever happens."""
    with tempfile.TemporaryDirectory(prefix=".making-", dir=place.parent, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _finish(made: Path, place: Path, kept: _Kept) -> None:
    """Move the part that was *made* to its *place*."""
    (made / "whole").mkdir()
    (made / "index").rename(made / "whole" / "index")
    kept.files = _digest_of(made / "whole" / "index")
    (made / "whole" / _KEPT).write_bytes(msgspec.msgpack.encode(kept))
    shutil.rmtree(place, ignore_errors=True)
    (made / "whole").rename(place)


def _publish(target: Path, parts: Mapping[str, Path], files: Mapping[str, bytes]) -> None:
    """Bring the site's folder up to date.

    The browser reads ``catalog.json`` first: it goes before anything else changes, and comes back last.
    """
    target.mkdir(parents=True, exist_ok=True)
    changed = [name for name, part in parts.items() if _sizes(target / name) != _sizes(part / "index")]
    strange = [path for path in target.iterdir() if path.name not in parts and path.name not in files]
    others = [name for name, data in files.items() if not _holds(target / name, data)]
    if not changed and not strange and not others:
        return
    (target / _CATALOG).unlink(missing_ok=True)
    for path in strange:
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    for name in changed:
        with _making(target / name) as folder:
            shutil.copytree(parts[name] / "index", folder / name, copy_function=shutil.copyfile)
            shutil.rmtree(target / name, ignore_errors=True)
            (folder / name).rename(target / name)
    for name, data in files.items():  # the catalog is the last
        replace_file(target / name, data)


def _holds(file: Path, data: bytes) -> bool:
    try:
        return file.read_bytes() == data
    except OSError:
        return False


def _sizes(folder: Path) -> dict[str, int]:
    """Return the size of each file below *folder*.  Names tell of content: Pagefind makes them from it."""
    return {str(path.relative_to(folder)): path.stat().st_size for path in folder.rglob("*") if path.is_file()}


@contextmanager
def _alone(cache: Path) -> Iterator[None]:
    """Wait until no other build uses the *cache*."""
    with (cache / _LOCK).open("w") as lock:
        if fcntl is not None:
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _json(value: object) -> bytes:
    return msgspec.json.encode(value) + b"\n"
