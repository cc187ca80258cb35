"""The commands, thin: they find the folders, call the pipeline and print."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import click

from generator import building, reporting
from generator.model.catalog import Kind
from generator.model.problem import Problem
from generator.pages.output import OutputError
from generator.progress import Stages
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
def build(config: Path, seeds: Path, content: Path, site: Path) -> None:
    """Generate the pages and render the website.

    A document that cannot be read is named and left out; the rest is built.
    """
    stages = Stages()
    made = _generate(Folders(config, seeds, content, site), stages)
    _render(Folders(config, seeds, content, site), stages)
    with stages.stage("search"):
        _index(made, Folders(config, seeds, content, site))
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
    made = _generate(Folders(config, seeds, content, site), stages)
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
    made = _catalog(seeds, content)
    problems = made.catalog.problems
    for line in reporting.problem_lines(problems, form, _shown(seeds)):
        click.echo(line)
    if form == "text":
        click.echo(f"{made.documents} documents, {len(made.catalog.studies)} trials: {reporting.summary(problems)}")
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
    for line in _catalog(seeds, content).identification.report(everything=everything, kind=kind, limit=limit):
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

    def generate_anew() -> None:
        latest[:] = [_generate(folders, Stages())]
        _print_errors(latest[0].catalog.problems, seeds)

    try:
        serve_site(
            config,
            content,
            site,
            watched,
            generate_anew,
            (host or "127.0.0.1", int(port)),
            index=lambda: _index(latest[0], folders),
            kept={SEARCH_FOLDER},
        )
    except RenderError as error:
        raise click.ClickException(str(error)) from error


def _generate(folders: Folders, stages: Stages) -> building.Made:
    settings = _settings(folders.config)
    made = _catalog(folders.seeds, folders.content, stages)
    try:
        with stages.stage("write"):
            report = building.write_content(made, folders.content, settings, PROJECT / "content")
    except OutputError as error:
        raise click.ClickException(str(error)) from error
    click.echo(
        f"{made.documents} documents, {len(made.catalog.studies)} trials, {len(made.catalog.entities)} names; "
        f"pages and data: {len(report.written)} written, {len(report.unchanged)} unchanged, "
        f"{len(report.removed)} removed."
    )
    return made


def _render(folders: Folders, stages: Stages) -> None:
    try:
        with stages.stage("render") as advance:
            render(
                folders.config, folders.content, folders.site, progress=advance, own_search=True, kept={SEARCH_FOLDER}
            )
    except RenderError as error:
        raise click.ClickException(str(error)) from error


def _index(made: building.Made, folders: Folders) -> None:
    records = building.search_records(made, _settings(folders.config))
    try:
        build_search_index(records, folders.site, folders.site.resolve().parent / ".cache" / "search")
    except SearchIndexError as error:
        raise click.ClickException(str(error)) from error


def _catalog(seeds: Path, content: Path, stages: Stages | None = None) -> building.Made:
    if not seeds.is_dir():
        raise click.UsageError(f"{seeds}: there is no such folder; put your documents there, or name it with --seeds")
    try:
        return building.make_catalog(seeds, content, stages)
    except ValueError as error:
        raise click.ClickException(str(error)) from error


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
