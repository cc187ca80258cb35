"""What the commands do: they call the pipeline and say what came of it."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import click

from generator import building, reporting, unchanged
from generator.executors import ExecutorError, open_executor
from generator.folders import PROJECT, Folders
from generator.model.kinds import Kind
from generator.model.problem import Problem
from generator.pages.output import OutputError, WriteReport
from generator.progress import Stages
from generator.readers.line_names import name_lines
from generator.readers.reading import read_file
from generator.renderer.fast_site import RenderReport
from generator.renderer.mkdocs_site import RenderError, render
from generator.renderer.mkdocs_site import serve as serve_site
from generator.renderer.search_index import FOLDER as SEARCH_FOLDER
from generator.renderer.search_index import SearchIndexError, SearchReport, build_search_index
from generator.settings import Settings, SettingsError, read_settings
from generator.site_size import SiteSize, budget_warning, in_words, size_of

_MOST_ERRORS = 20
"""Errors that a build prints; ``check`` prints them all."""


@dataclass(slots=True)
class Built:
    """What a build did."""

    stages: Stages
    content: WriteReport
    rendering: RenderReport = field(default_factory=RenderReport)
    search: SearchReport | None = None


class _Noticing(logging.Handler):
    """Notices that a warning was logged; prints those of ours, which nobody else prints."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.noticed = False

    def emit(self, record: logging.LogRecord) -> None:
        """Take note of *record*."""
        self.noticed = True
        if record.name.startswith("generator.") and logging.lastResort is not None:
            logging.lastResort.handle(record)


@contextmanager
def _noticing() -> Iterator[_Noticing]:
    handler = _Noticing()
    logs = [logging.getLogger("mkdocs"), logging.getLogger("generator")]
    for log in logs:
        log.addHandler(handler)
    try:
        yield handler
    finally:
        for log in logs:
            log.removeHandler(handler)


def print_messages() -> None:
    """Have MkDocs' messages printed."""
    log = logging.getLogger("mkdocs")
    if not log.handlers:
        printing = logging.StreamHandler()
        printing.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
        log.addHandler(printing)


def build(folders: Folders, scheduler: str | None, before: unchanged.Look, stages: Stages | None = None) -> Built:
    """Generate the pages and render the website, whose inputs were as *before* says when the build began."""
    unchanged.discard(folders)
    stages = stages or Stages()
    with ExitStack() as open_things:
        noticing = open_things.enter_context(_noticing())
        try:
            executor = open_things.enter_context(open_executor(scheduler))
            made, written = open_things.enter_context(_generated(folders, stages, executor))
            built = Built(stages, written)
            _render(folders, executor if scheduler else None, made, built)
        except ExecutorError as error:
            raise click.ClickException(str(error)) from error
        moment = time.time_ns()
        lasting = before.certain and made.lasting and built.rendering.lasting and not noticing.noticed
        with stages.stage("size"):
            site = unchanged.look_at_site(folders, settled_since=moment if lasting else 0)
        size = size_of(site)
        unchanged.say((f"{shown(folders.site)}: {in_words(size)}", False))
        unchanged.say((stages.account(), False))
        rest = list(_findings(made, size, folders))
        for line in rest:
            unchanged.say(line)
        if lasting:
            unchanged.keep(
                folders,
                before,
                site,
                unchanged.Outcome(
                    generated=written.signatures,
                    removed=written.removed,
                    rendered=built.rendering.outputs,
                    theme=built.rendering.theme,
                    moment=moment,
                    first=(_figures(made, written, again=True), f"{shown(folders.site)}: {in_words(size)}"),
                    rest=rest,
                ),
            )
    return built


def generate(folders: Folders) -> None:
    """Only write the pages and data, without rendering them."""
    stages = Stages()
    with open_executor() as executor, _generated(folders, stages, executor) as (made, _):
        click.echo(stages.account())
        for line in _errors(made.catalog.problems, folders.seeds):
            unchanged.say(line)


def check(folders: Folders, form: str, *, strict: bool) -> bool:
    """Read and link everything and print what is wrong; return whether that is too much."""
    _settings(folders.config)
    with open_executor() as executor, _catalog(folders, executor) as made:
        problems = made.catalog.problems
        trials = len(made.catalog.studies)
    for line in reporting.problem_lines(problems, form, shown(folders.seeds)):
        click.echo(line)
    if form == "text":
        click.echo(f"{made.documents} documents, {trials} trials: {reporting.summary(problems)}")
    failing = {"error", "warning"} if strict else {"error"}
    return any(problem.severity in failing for problem in problems)


def explain(document: Path) -> bool:
    """Print a document line by line, with what each line became; return whether there were errors."""
    failed = False
    for reading in read_file(document, document.name):
        if reading.layout:
            click.echo(f"{reading.document.path}: layout {reading.layout}")
        name_lines(reading)
        for line in reporting.explanation(reading.document):
            click.echo(line)
        for problem in reading.problems:
            click.echo(f"{document}:{problem.line}: {problem.severity}: {problem.message}", err=True)
            failed = failed or problem.severity == "error"
    return failed


def names(folders: Folders, *, everything: bool, kind: Kind | None, limit: int) -> None:
    """Print which names were joined and why, near misses, and what waits for a decision."""
    with _catalog(folders) as made:
        for line in made.identification.report(everything=everything, kind=kind, limit=limit):
            click.echo(line)


def serve(folders: Folders, address: tuple[str, int]) -> None:
    """Serve a live preview until interrupted."""
    watched = [
        folders.seeds,
        folders.config,
        PROJECT / "templates",
        *building.hand_written_folders(folders.content),
    ]
    latest: list[building.Made] = []
    open_things = ExitStack()

    def generate_anew() -> None:
        open_things.close()
        made, _ = open_things.enter_context(_generated(folders, Stages()))
        latest[:] = [made]
        for line in _errors(made.catalog.problems, folders.seeds):
            unchanged.say(line)

    def index_anew() -> None:
        _index(latest[0], folders)
        open_things.close()

    try:
        serve_site(
            folders.config,
            folders.content,
            folders.site,
            watched,
            generate_anew,
            address,
            index=index_anew,
            kept={SEARCH_FOLDER},
        )
    except RenderError as error:
        raise click.ClickException(str(error)) from error


@contextmanager
def _generated(
    folders: Folders, stages: Stages, executor: Executor | None = None
) -> Iterator[tuple[building.Made, WriteReport]]:
    """Bring the content up to date, and give the catalog for as long as the context lasts."""
    settings = _settings(folders.config)
    _check_seeds(folders.seeds)
    with ExitStack() as open_things:
        try:
            made, report = open_things.enter_context(
                building.generated(
                    folders.seeds, folders.content, settings, PROJECT / "content", stages, executor=executor
                )
            )
        except (OutputError, ValueError) as error:
            raise click.ClickException(str(error)) from error
        except (OSError, sqlite3.OperationalError) as error:
            raise click.ClickException(_unwritten(error, folders)) from error
        click.echo(_figures(made, report))
        yield made, report


def _unwritten(error: OSError | sqlite3.OperationalError, folders: Folders) -> str:
    """Return, in a sentence, what could not be written, and that the last site still stands."""
    place = error.filename if isinstance(error, OSError) and error.filename else shown(folders.content)
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"{place}: cannot be read or written ({reason}); the last site still stands. Make room, or mend permissions"


def _figures(made: building.Made, report: WriteReport, *, again: bool = False) -> str:
    """Return the account of a run, or that of doing it once *again*."""
    written, removed, known = len(report.written), len(report.removed), made.reused
    unchanged = len(report.unchanged)
    if again:
        written, removed, known, unchanged = 0, 0, made.files, unchanged + written
    return (
        f"{made.documents} documents, {len(made.catalog.studies)} trials, {len(made.catalog.entities)} names; "
        f"pages and data: {written} written, {unchanged} unchanged, {removed} removed; "
        f"files of documents known from before: {known}."
    )


def _findings(made: building.Made, size: SiteSize, folders: Folders) -> Iterator[unchanged.Line]:
    """Yield what is wrong with a site, and with its documents."""
    warning = budget_warning(size, len(made.catalog.studies))
    if warning:
        yield warning, True
    yield from _errors(made.catalog.problems, folders.seeds)


def _render(folders: Folders, executor: Executor | None, made: building.Made, built: Built) -> None:
    """Render the pages, and index them while other processes are at it."""
    taken = 0.0

    def index() -> None:
        nonlocal taken
        started = time.perf_counter()
        built.search = _index(made, folders)
        taken = time.perf_counter() - started

    stages = built.stages
    try:
        with stages.stage("render") as advance:
            built.rendering = render(
                folders.config,
                folders.content,
                folders.site,
                progress=advance,
                own_search=True,
                kept={SEARCH_FOLDER},
                executor=executor,
                meanwhile=index,
            )
    except RenderError as error:
        raise click.ClickException(str(error)) from error
    stages.seconds["render"] -= taken
    stages.seconds["search"] = taken


def _index(made: building.Made, folders: Folders) -> SearchReport:
    records = building.search_records(made, _settings(folders.config))
    try:
        return build_search_index(records, folders.site, folders.cache("search"))
    except SearchIndexError as error:
        raise click.ClickException(str(error)) from error


@contextmanager
def _catalog(folders: Folders, executor: Executor | None = None) -> Iterator[building.Made]:
    """Give the catalog for as long as the context lasts, without writing pages."""
    _check_seeds(folders.seeds)
    with ExitStack() as open_things:
        try:
            made = open_things.enter_context(building.looked_at(folders.seeds, folders.content, executor=executor))
        except ValueError as error:
            raise click.ClickException(str(error)) from error
        yield made


def _check_seeds(seeds: Path) -> None:
    if not seeds.is_dir():
        raise click.UsageError(f"{seeds}: there is no such folder; put your documents there, or name it with --seeds")


def _settings(config: Path) -> Settings:
    try:
        return read_settings(config)
    except SettingsError as error:
        raise click.ClickException(str(error)) from error


def _errors(problems: list[Problem], seeds: Path) -> Iterator[unchanged.Line]:
    """Yield what a build says of *problems*."""
    errors = [problem for problem in problems if problem.severity == "error"]
    for line in reporting.problem_lines(errors[:_MOST_ERRORS], "text", shown(seeds)):
        yield line, True
    if len(errors) > _MOST_ERRORS:
        yield f"… and {len(errors) - _MOST_ERRORS} more errors.", True
    if problems:
        yield f"{reporting.summary(problems)}; trial-catalog check lists them.", True


def shown(folder: Path) -> str:
    """Return *folder* as people name it: relative where it is below the current one."""
    try:
        return folder.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return folder.as_posix()
