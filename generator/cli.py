"""The commands, thin: they find the folders, call the pipeline and print."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import click

from generator import building, reporting
from generator.executors import ExecutorError, open_executor
from generator.model.catalog import Kind
from generator.model.problem import Problem
from generator.pages.output import OutputError
from generator.progress import Stages
from generator.readers.line_names import name_lines
from generator.readers.reading import read_file
from generator.renderer.mkdocs_site import RenderError, render
from generator.renderer.mkdocs_site import serve as serve_site
from generator.renderer.search_index import FOLDER as SEARCH_FOLDER
from generator.renderer.search_index import SearchIndexError, build_search_index
from generator.settings import Settings, SettingsError, read_settings
from generator.site_size import budget_warning, in_words, measure

PROJECT = Path(__file__).parents[1]
"""The checkout: where ``mkdocs.yml``, ``seeds/`` and the hand-written pages are, unless options say otherwise."""

_MOST_ERRORS = 20
"""Errors that a build prints; ``check`` prints them all."""


@dataclass(frozen=True, slots=True)
class Folders:
    """Where things are for one run."""

    config: Path
    seeds: Path
    content: Path
    site: Path


def _folder_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for name, what in (
        ("site", "Folder that the website is rendered into."),
        ("content", "Folder that the Markdown pages are written into."),
        ("seeds", "Folder of the documents."),
    ):
        command = click.option(
            f"--{name}", type=click.Path(path_type=Path, file_okay=False), default=PROJECT / name, help=what
        )(command)
    return click.option(
        "--config",
        type=click.Path(path_type=Path, dir_okay=False, exists=True),
        default=PROJECT / "mkdocs.yml",
        help="MkDocs' configuration, with the catalog's settings under extra.catalog.",
    )(command)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="trial-catalog")
def main() -> None:
    """Turn trial documents into a cross-linked, searchable static website."""
    log = logging.getLogger("mkdocs")
    if not log.handlers:
        printing = logging.StreamHandler()
        printing.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
        log.addHandler(printing)


@main.command()
@_folder_options
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Read and render on the Dask cluster with this scheduler (extra trial-catalog[dask]), such as "
    "tcp://host:8786.  Its workers must see the folders of content and site under the same names.",
)
def build(config: Path, seeds: Path, content: Path, site: Path, scheduler: str | None) -> None:
    """Generate the pages and render the website.

    A document that cannot be read is named and left out; the rest is built.
    """
    stages = Stages()
    folders = Folders(config, seeds, content, site)
    with ExitStack() as open_things:
        try:
            executor = open_things.enter_context(open_executor(scheduler))
            made = open_things.enter_context(_generated(folders, stages, executor))
            _render(folders, stages, executor if scheduler else None, made)
        except ExecutorError as error:
            raise click.ClickException(str(error)) from error
        size = measure(site)
        click.echo(f"{_shown(site)}: {in_words(size)}")
        click.echo(stages.account())
        warning = budget_warning(size, len(made.catalog.studies))
        if warning:
            click.echo(warning, err=True)
        _print_errors(made.catalog.problems, seeds)


@main.command()
@_folder_options
def generate(config: Path, seeds: Path, content: Path, site: Path) -> None:
    """Only write the pages and data, without rendering them."""
    stages = Stages()
    with open_executor() as executor, _generated(Folders(config, seeds, content, site), stages, executor) as made:
        click.echo(stages.account())
        _print_errors(made.catalog.problems, seeds)


@main.command()
@_folder_options
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", help="How to print.")
@click.option("--strict", is_flag=True, help="Warnings are errors.")
def check(config: Path, seeds: Path, content: Path, site: Path, form: str, *, strict: bool) -> None:
    """Read and link everything, write nothing, and print what is wrong as file:line: message.

    Exits with 1 where there are errors, with --strict also for warnings.
    """
    del site
    _settings(config)
    with open_executor() as executor, _catalog(seeds, content, executor) as made:
        problems = made.catalog.problems
        trials = len(made.catalog.studies)
    for line in reporting.problem_lines(problems, form, _shown(seeds)):
        click.echo(line)
    if form == "text":
        click.echo(f"{made.documents} documents, {trials} trials: {reporting.summary(problems)}")
    failing = {"error", "warning"} if strict else {"error"}
    sys.exit(any(problem.severity in failing for problem in problems))


@main.command()
@click.argument("document", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def explain(document: Path) -> None:
    """Print DOCUMENT line by line, with what each line became."""
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
    sys.exit(failed)


@main.command()
@_folder_options
@click.option("--all", "everything", is_flag=True, help="Also entities that are written in one way only.")
@click.option("--kind", type=click.Choice(get_args(Kind)), help="Only names of one kind.")
@click.option("--limit", type=click.IntRange(min=0), default=20, show_default=True, help="Decisions of a kind; 0: all.")
def names(
    config: Path, seeds: Path, content: Path, site: Path, *, everything: bool, kind: Kind | None, limit: int
) -> None:
    """Show which names were joined and why, near misses, and what waits for a decision."""
    del config, site
    with _catalog(seeds, content) as made:
        for line in made.identification.report(everything=everything, kind=kind, limit=limit):
            click.echo(line)


@main.command()
@_folder_options
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="Host and port to serve at.")
def serve(config: Path, seeds: Path, content: Path, site: Path, address: str) -> None:
    """Serve a live preview: a changed document shows in the browser."""
    folders = Folders(config, seeds, content, site)
    host, _, port = address.rpartition(":")
    if not port.isdecimal():
        raise click.UsageError(f"--address {address}: give host and port, such as 127.0.0.1:8000")
    watched = [seeds, config, PROJECT / "templates", *building.hand_written_folders(content)]
    latest: list[building.Made] = []
    open_things = ExitStack()

    def generate_anew() -> None:
        open_things.close()
        latest[:] = [open_things.enter_context(_generated(folders, Stages()))]
        _print_errors(latest[0].catalog.problems, seeds)

    def index_anew() -> None:
        _index(latest[0], folders)
        open_things.close()

    try:
        serve_site(
            config,
            content,
            site,
            watched,
            generate_anew,
            (host or "127.0.0.1", int(port)),
            index=index_anew,
            kept={SEARCH_FOLDER},
        )
    except RenderError as error:
        raise click.ClickException(str(error)) from error


@contextmanager
def _generated(folders: Folders, stages: Stages, executor: Executor | None = None) -> Iterator[building.Made]:
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
        click.echo(
            f"{made.documents} documents, {len(made.catalog.studies)} trials, {len(made.catalog.entities)} names; "
            f"pages and data: {len(report.written)} written, {len(report.unchanged)} unchanged, "
            f"{len(report.removed)} removed; files of documents known from before: {made.reused}."
        )
        yield made


def _render(folders: Folders, stages: Stages, executor: Executor | None, made: building.Made) -> None:
    """Render the pages, and index them while other processes are at it."""
    taken = 0.0

    def index() -> None:
        nonlocal taken
        started = time.perf_counter()
        _index(made, folders)
        taken = time.perf_counter() - started

    try:
        with stages.stage("render") as advance:
            render(
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


def _index(made: building.Made, folders: Folders) -> None:
    records = building.search_records(made, _settings(folders.config))
    try:
        build_search_index(records, folders.site, folders.site.resolve().parent / ".cache" / "search")
    except SearchIndexError as error:
        raise click.ClickException(str(error)) from error


@contextmanager
def _catalog(seeds: Path, content: Path, executor: Executor | None = None) -> Iterator[building.Made]:
    """Give the catalog for as long as the context lasts, without writing pages."""
    _check_seeds(seeds)
    with ExitStack() as open_things:
        try:
            made = open_things.enter_context(building.looked_at(seeds, content, executor=executor))
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


def _print_errors(problems: list[Problem], seeds: Path) -> None:
    errors = [problem for problem in problems if problem.severity == "error"]
    for line in reporting.problem_lines(errors[:_MOST_ERRORS], "text", _shown(seeds)):
        click.echo(line, err=True)
    if len(errors) > _MOST_ERRORS:
        click.echo(f"… and {len(errors) - _MOST_ERRORS} more errors.", err=True)
    if problems:
        click.echo(f"{reporting.summary(problems)}; trial-catalog check lists them.", err=True)


def _shown(folder: Path) -> str:
    """Return *folder* as people name it: relative where it is below the current one."""
    try:
        return folder.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return folder.as_posix()
