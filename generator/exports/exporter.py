"""What an exporter is, and which there are: entry points named ``trial_catalog.exporters``.

Ours are named in ``pyproject.toml``; a package of somebody else's names its own there in the same way.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from generator.exports.published import PublishedCatalog, PublishedStudy
from generator.model.data_file import DataFile
from generator.model.problem import Problem, failure
from generator.settings import EXPORTERS, Settings
from generator.storage.streams import StreamedFile, StreamedFiles

OWN = "trial-catalog"
"""The name under which our own package is installed."""


class ExporterError(Exception):
    """An exporter cannot be used.  The message says which, why, and what to do."""


class Export(Protocol):
    """The writing of one catalog in one format.  It is given one study after the other, so that memory stays small."""

    def add(self, study: PublishedStudy) -> None:
        """Write a study; they come sorted by their ids."""

    def finish(self) -> None:
        """Write what comes last, and close all files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exporter:
    """The code for one data format."""

    name: str
    """By which the settings turn it on and off."""
    files: tuple[DataFile, ...]
    """All that it writes, whatever is in the catalog."""
    open: Callable[[PublishedCatalog, StreamedFiles], Export]
    """Begins to write a catalog to files."""
    by_default: bool = True
    needs: str = ""
    """A module that is installed only with the extra of the same name as the exporter."""


class OneFile:
    """The writing of a file in which each study has its own piece."""

    def __init__(
        self,
        files: StreamedFiles,
        name: str,
        piece_of: Callable[[PublishedStudy], bytes],
        before: bytes = b"",
        after: bytes = b"",
    ) -> None:
        """Write the file *name*: what stands *before* all pieces, the pieces, and what stands *after* them."""
        self._open = ExitStack()
        self._file = self._open.enter_context(files.open(name))
        self._piece_of = piece_of
        self._after = after
        self._file.write(before)

    def add(self, study: PublishedStudy) -> None:
        """Write the piece of a study."""
        self._file.write(self._piece_of(study))

    def finish(self) -> None:
        """Write what stands after them, and close the file."""
        self._file.write(self._after)
        self._open.close()


def known_exporters() -> dict[str, Exporter]:
    """Return all exporters by their names.  Raises ExporterError for one that cannot be loaded."""
    return {point.name: _loaded(point) for point in _points()}


def exporters_for(settings: Settings) -> list[Exporter]:
    """Return the exporters that *settings* turn on, sorted by name.

    Raises ExporterError where one cannot be loaded, or lacks a module that it needs.
    """
    chosen = [one for name, one in known_exporters().items() if settings.exports.get(name, one.by_default)]
    for exporter in chosen:
        if exporter.needs and find_spec(exporter.needs) is None:
            raise ExporterError(
                f"exports: {exporter.name}: the package {exporter.needs} is not installed; run "
                f"`pip install {OWN}[{exporter.name}]`, or take `{exporter.name}: true` out of the settings"
            )
    return sorted(chosen, key=lambda exporter: exporter.name)


def version_of_exporters() -> bytes:
    """Return what changes where another exporter is installed, or another version of one."""
    found = [[point.name, point.value, point.dist.version if point.dist else ""] for point in _points()]
    return json.dumps(sorted(found)).encode()


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What a run of exporters left."""

    files: list[StreamedFile]
    failures: list[Problem]


def run_exporters(
    exporters: Iterable[Exporter],
    catalog: PublishedCatalog,
    root: Path,
    may_write: Callable[[str], bool] = lambda _: True,
) -> ExportResult:
    """Write *catalog* below *root* in all formats, looking at each study once; only files that *may_write* allows.

    An exporter that fails leaves no files, and the others are not lost with it.
    """
    running = [_Running(exporter, catalog, root) for exporter in exporters]
    try:
        for one in running:
            one.begin()
        for study in catalog.studies():
            for one in running:
                one.add(study)
        for one in running:
            one.finish(may_write)
    finally:
        for one in running:
            one.files.discard()
    failures = [one.failed for one in running if one.failed is not None]
    return ExportResult([file for one in running for file in one.found], failures)


class _Running:
    """One exporter while it writes."""

    def __init__(self, exporter: Exporter, catalog: PublishedCatalog, root: Path) -> None:
        self._exporter = exporter
        self._catalog = catalog
        self._export: Export | None = None
        self.files = StreamedFiles(root)
        self.found: list[StreamedFile] = []
        self.failed: Problem | None = None

    def begin(self) -> None:
        with self._guarded():
            self._export = self._exporter.open(self._catalog, self.files)

    def add(self, study: PublishedStudy) -> None:
        if self._export is not None:
            try:
                self._export.add(study)
            except OSError:
                raise
            except Exception as error:
                self._give_up(error)

    def finish(self, may_write: Callable[[str], bool]) -> None:
        if self._export is not None:
            with self._guarded():
                self._export.finish()
                self.found = self.files.finish(may_write)

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except OSError:
            raise  # it is the disk that fails, not the exporter
        except Exception as error:
            self._give_up(error)

    def _give_up(self, error: Exception) -> None:
        self._export = None
        self.failed = failure(
            self._exporter.name, 1, f"Writing the data files of the exporter {self._exporter.name}", error
        )


def _points() -> list[EntryPoint]:
    found = list(entry_points(group=EXPORTERS))
    if not any(point.dist is not None and point.dist.name == OWN for point in found):
        raise ExporterError(f"{OWN} is installed from older code that names no exporters; install it again")
    return found


@cache
def _loaded(point: EntryPoint) -> Exporter:
    try:
        found = point.load()
    except Exception as error:
        raise ExporterError(f"the exporter {point.name} ({point.value}) cannot be loaded: {error}") from error
    if not isinstance(found, Exporter) or found.name != point.name:
        raise ExporterError(f"the exporter {point.name}: {point.value} must be an Exporter of that name")
    return found
