"""The search index: lean texts of the trials to a folder of static files that the browser searches.

Pagefind indexes the lean texts, in shards that bound its memory; a shard whose texts did not change is taken from the
cache.  Beside the shards lie the names by their words, the towns, what hits are sorted by, and the catalog's version.
The same texts give the same bytes: files are named by their content.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import msgspec

from generator.exports.search_names import Name, name_files
from generator.exports.search_records import SearchRecords, catalog_version
from generator.pages.output import replace_file
from generator.renderer.pagefind_files import UnknownFormatError, put_in_order

FOLDER = "pagefind"
"""The index inside the site."""

TRIALS_IN_A_SHARD = 3_400
"""So that Pagefind stays under 1 GB; the browser merges the shards, each of which costs it some 25 KB."""

_FORMAT = b"2"
"""Changes when the same texts are to give other files."""

_KEPT_DAYS = 14
"""Shards in the cache that nobody used for so long are removed: another branch, or other documents."""

_MEMORY = "dirty_decay_ms:0,muzzy_decay_ms:0,narenas:1"
"""Pagefind's allocator gives back at once what it does not need: an eighth less memory at its peak."""

_WANTED = ("pagefind-entry.json", "*.pf_meta", "index/*", "filter/*", "fragment/*")
_PROGRAM = ("pagefind.js", "pagefind-worker.js", "wasm.en.pagefind")
"""What only one shard needs, in which the browser loads the program."""


class SearchIndexError(Exception):
    """The index could not be made; the message says why."""


@dataclass(frozen=True, slots=True)
class SearchReport:
    """What indexing did."""

    trials: int
    shards: int
    renewed: int
    """Shards that Pagefind had to make."""
    written: int
    """Files in the site that are new or other than before."""
    size: int
    """Bytes of the whole index in the site."""


def build_search_index(
    records: SearchRecords,
    site: Path,
    cache: Path,
    pages: Iterable[Name] = (),
    *,
    trials_in_a_shard: int = TRIALS_IN_A_SHARD,
) -> SearchReport:
    """Write the search index of *records* into *site*; shards are kept in the folder *cache*, safe to delete.

    *pages* are pages written by hand that the search can jump to.  Raises SearchIndexError where Pagefind fails.
    """
    paths = records.paths()
    shards = _shards(list(paths), trials_in_a_shard)
    output = _Output(site / FOLDER)
    renewed = 0
    rows: list[list[object]] = []
    for number, urls in enumerate(shards):
        texts = {url: records.html(paths[url], number) for url in urls}
        folder = cache / _key(texts)
        if not (folder / "done").is_file():
            _index(texts, folder)
            renewed += 1
        (folder / "done").touch()
        output.copy(folder / "index", str(number), program=number == 0)
        hashes = msgspec.json.decode((folder / "done.json").read_bytes(), type=dict[str, str])
        rows += ([hashes[url], *records.columns(paths[url])] for url in urls)
    _forget_old(cache)
    names = name_files(records, pages)
    for beginning, content in names.items():
        output.write(f"names/{_file_name(beginning)}", content)
    towns = [[town.id, town.name, town.country, town.latitude, town.longitude] for town in records.towns()]
    output.write("towns.json", _json(towns))
    output.write("order.json", _json(rows))
    catalog = {
        "version": catalog_version(records.catalog),
        "trials": len(paths),
        "shards": len(shards),
        "towns": len(towns),
        "names": list(names),
        "labels": records.labels(),
    }
    output.write("catalog.json", _json(catalog))
    output.finish()
    return SearchReport(len(paths), len(shards), renewed, output.written, output.size)


def _shards(urls: Sequence[str], largest: int) -> list[list[str]]:
    """Spread the pages over shards of about one size; a page stays in its shard as long as their number does."""
    count = max(1, -(-len(urls) // largest))
    shards: list[list[str]] = [[] for _ in range(count)]
    for url in urls:
        shards[int.from_bytes(hashlib.sha256(url.encode()).digest()[:8]) % count].append(url)
    return shards


def _key(texts: dict[str, bytes]) -> str:
    digest = hashlib.sha256(_FORMAT + pagefind_version().encode())
    for url, text in texts.items():
        digest.update(f"\0{url}\0{len(text)}\0".encode() + text)
    return digest.hexdigest()[:32]


def pagefind_version() -> str:
    """Return the version of the program that makes the index."""
    try:
        return version("pagefind-bin")
    except PackageNotFoundError as error:
        raise SearchIndexError("the package pagefind-bin is not installed: pip install 'pagefind[bin]'") from error


def _index(texts: dict[str, bytes], folder: Path) -> None:
    """Run Pagefind over *texts*, and put what it makes into *folder* at once, whatever happens meanwhile."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="making-", dir=folder.parent) as name:
        work = Path(name)
        lean, made = work / "lean", work / "made"
        lean.mkdir()
        made.mkdir()
        for url, text in (texts or {"": _NOTHING}).items():
            file = lean / url / "index.html"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text)
        _run_pagefind(lean, made / "index")
        try:
            put_in_order(made / "index")
        except UnknownFormatError as error:
            raise SearchIndexError(
                f"Pagefind {pagefind_version()} writes other files than expected: {error}"
            ) from error
        hashes = {url: found for found, url in _fragments(made / "index")}
        missing = sorted(texts.keys() - hashes.keys())
        if missing:
            raise SearchIndexError(f"Pagefind left out {len(missing)} pages, such as {missing[0]}")
        (made / "done.json").write_bytes(_json(hashes))
        (made / "done").touch()
        shutil.rmtree(folder, ignore_errors=True)
        try:
            made.rename(folder)
        except OSError:  # another build was faster
            if not (folder / "done").is_file():
                raise


_NOTHING = b'<!doctype html><html lang="en"><body data-pagefind-body><h1>This catalog is empty</h1></body></html>'


def _run_pagefind(lean: Path, index: Path) -> None:
    command = [sys.executable, "-m", "pagefind_bin", "--site", str(lean), "--output-path", str(index)]
    command += ["--force-language", "en", "--silent"]
    result = subprocess.run(  # noqa: S603
        command,
        env={**os.environ, "_RJEM_MALLOC_CONF": _MEMORY},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if result.returncode or not (index / "pagefind-entry.json").is_file():
        said = (result.stderr or result.stdout).strip()[-500:]
        raise SearchIndexError(f"Pagefind ended with {result.returncode}: {said or 'it said nothing'}")


class _Fragment(msgspec.Struct):
    url: str


def _fragments(index: Path) -> Iterable[tuple[str, str]]:
    """Yield name and page of each fragment: by that name the browser knows a hit before it loads it."""
    decoder = msgspec.json.Decoder(_Fragment)
    for file in sorted((index / "fragment").glob("*.pf_fragment")):
        data = gzip.decompress(file.read_bytes())
        yield file.stem, decoder.decode(data[data.index(b"{") :]).url.strip("/") + "/"


class _Output:
    """The index in the site: files are written where their bytes differ, and others removed at the end."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.written = 0
        self.size = 0
        self._kept: set[Path] = set()

    def write(self, name: str, data: bytes) -> None:
        target = self.root / name
        self._kept.add(target)
        self.size += len(data)
        if not (target.is_file() and target.stat().st_size == len(data) and target.read_bytes() == data):
            replace_file(target, data)
            self.written += 1

    def copy(self, index: Path, name: str, *, program: bool) -> None:
        """Copy a shard; what bears the hash of its content in its name needs no second look."""
        wanted = (*_WANTED, *_PROGRAM) if program else _WANTED
        for source in sorted(file for pattern in wanted for file in index.glob(pattern)):
            target = self.root / name / source.relative_to(index)
            size = source.stat().st_size
            if source.suffix == ".pf_fragment" and target.is_file() and target.stat().st_size == size:
                self._kept.add(target)
                self.size += size
            else:
                self.write(target.relative_to(self.root).as_posix(), source.read_bytes())

    def finish(self) -> None:
        if not self.root.is_dir():
            return
        for file in sorted(self.root.rglob("*"), reverse=True):
            if file.is_dir():
                if not any(file.iterdir()):
                    file.rmdir()
            elif file not in self._kept:
                file.unlink()


def _file_name(beginning: str) -> str:
    """Return the name of the file for words with this *beginning*; the browser makes it in the same way."""
    safe = "".join(
        character if character.isascii() and character.isalnum() else f"_{ord(character):x}" for character in beginning
    )
    return f"n-{safe}.json"


def _forget_old(cache: Path) -> None:
    """Remove shards that no build has used for long, and what interrupted builds left."""
    oldest = time.time() - _KEPT_DAYS * 86_400
    for folder in cache.iterdir() if cache.is_dir() else ():
        mark = folder / "done"
        try:
            used = (mark if mark.is_file() else folder).stat().st_mtime
            if used < oldest:
                shutil.rmtree(folder, ignore_errors=True)
        except OSError:
            continue


def _json(value: object) -> bytes:
    return msgspec.json.encode(value) + b"\n"
