"""What the commands do: they call the pipeline and say what came of it."""

from __future__ import annotations

import logging
import os
import shlex
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import click
from mkdocs.commands import build as mkdocs_build
from mkdocs.commands import serve as mkdocs_serve
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, PluginError
from rapidfuzz import process
from rich.console import Console

from generator.console.review import Review
from generator.console.site_size import in_words, measure, size_warning
from generator.console.starter import Choices, StarterError, lay_out
from generator.exports.exporter import ExporterError
from generator.folders import CONTENT, OWN_TEMPLATES, template_folders
from generator.identity.curated import KINDS
from generator.identity.report import report_lines
from generator.identity.review import Context, questions
from generator.identity.review_session import ReviewSession
from generator.identity.vocabularies.shipped import shipped_without
from generator.model.kinds import Kind
from generator.model.problem import Problem
from generator.pages.own_templates import copied_text, packaged_templates
from generator.pipeline import flow
from generator.pipeline.processes import ExecutorError, Workers, open_executor
from generator.pipeline.progress import Stages
from generator.plugin import TrialCatalogPlugin
from generator.readers.known import all_readers
from generator.readers.line_names import name_lines
from generator.readers.reading import read_file
from generator.reports import printing
from generator.reports.own_files import own_file_problems, own_template_problems, page_problems
from generator.settings import PLUGIN, ConfigFile, Settings, SettingsError, read_config_file
from generator.storage.output import OutputError, WriteReport


@dataclass(frozen=True, slots=True)
class Folders:
    """Where things are for one run."""

    config: Path
    """``mkdocs.yml``."""
    seeds: Path
    content: Path
    site: Path
    file: ConfigFile
    """What ``mkdocs.yml`` says."""

    @property
    def settings(self) -> Settings:
        """The catalog's settings."""
        return self.file.settings


def find_folders(config: Path, seeds: Path | None, content: Path | None, site: Path | None) -> Folders:
    """Return the folders that ``mkdocs.yml`` names, or in their place those that are given.

    Raises ClickException where ``mkdocs.yml`` cannot be read.
    """
    try:
        file = read_config_file(config)
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    return Folders(config, seeds or file.seeds, content or file.content, site or file.site, file)


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did."""

    stages: Stages
    content: WriteReport
    rendered: int
    """Pages."""


def build(
    folders: Folders, *, strict: bool | None, everything: bool, scheduler: str | None, force: bool = False
) -> BuildReport:
    """Generate the pages, render what is newer, make the index, and say what came of it.

    Documents are read on the Dask cluster of a *scheduler*, if one is given.  *strict* makes warnings errors, as
    MkDocs' setting does; None leaves that to the setting.  With *everything*, all pages are rendered anew.  With
    *force*, files that no build put there are removed from the site's folder.  Raises ClickException where the site
    could not be built.
    """
    _check_seeds(folders.seeds)
    folders.content.mkdir(parents=True, exist_ok=True)
    with _mkdocs_messages(), _reporting_errors():
        config = _load(folders, strict=strict)
        plugin = cast("TrialCatalogPlugin", config.plugins[PLUGIN])
        stages = plugin.stages = Stages()
        plugin.scheduler = scheduler
        plugin.force = force
        everything = everything or "CI" in os.environ
        config.plugins.on_startup(command="build", dirty=not everything)
        try:
            plugin.generate(config)
            assert plugin.made is not None  # noqa: S101 - generate made it
            click.echo(printing.account(plugin.made, plugin.report))
            for line in printing.gap_of_history(plugin.made):
                click.echo(line, err=True)
            problems = [*plugin.made.catalog.problems, *_own_problems(folders, plugin.report)]
            with stages.stage("render") as advance:
                plugin.advance = advance
                if everything or not plugin.is_current(config):
                    mkdocs_build.build(config, dirty=not everything)
            stages.seconds["render"] -= stages.seconds.get("search", 0.0)
        finally:
            config.plugins.on_shutdown()
    size = measure(folders.site)
    click.echo(f"{shown(folders.site)}: {in_words(size)}; {plugin.rendered} pages rendered")
    click.echo(stages.account())
    if warning := size_warning(size):
        click.echo(warning, err=True)
    _print_problems(problems, folders)
    return BuildReport(stages, plugin.report, plugin.rendered)


def generate(folders: Folders, scheduler: str | None) -> None:
    """Only write the pages and data, without rendering them; read on a Dask cluster if a *scheduler* is given."""
    _check_seeds(folders.seeds)
    stages = Stages()
    with _reporting_errors(), open_executor(scheduler) as executor, ExitStack() as open_things:
        made, report = open_things.enter_context(
            flow.generate(
                folders.seeds,
                folders.content,
                folders.settings,
                CONTENT,
                stages,
                templates=template_folders(folders.config.resolve().parent),
                executor=executor,
            )
        )
        click.echo(printing.account(made, report))
        for line in printing.gap_of_history(made):
            click.echo(line, err=True)
        click.echo(stages.account())
        _print_problems([*made.catalog.problems, *_own_problems(folders, report)], folders)


def check(folders: Folders, form: str, *, strict: bool) -> bool:
    """Read and link everything and print what is wrong; return whether that is too much."""
    with open_executor() as executor, _catalog(folders, executor) as made:
        generated, packaged = flow.own_files_in(made, folders.content, folders.settings, CONTENT)
        problems = [
            *made.catalog.problems,
            *own_template_problems(folders.config.resolve().parent, folders.file.theme_parts),
            *page_problems(folders.content, generated, packaged),
        ]
        trials = len(made.catalog.studies)
    for line in printing.problem_lines(problems, form, shown(folders.seeds)):
        click.echo(line)
    if form == "text":
        click.echo(f"{made.documents} documents, {trials} trials: {printing.summary(problems)}")
        if problems:
            click.echo(printing.pointer_to_codes())
    failing = {"error", "warning"} if strict else {"error"}
    return any(problem.severity in failing for problem in problems)


def _own_problems(folders: Folders, report: WriteReport) -> Iterator[Problem]:
    return own_file_problems(folders.config.resolve().parent, folders.file.theme_parts, folders.content, report)


def explain(document: Path) -> bool:
    """Print a document line by line, with what each line became; return whether there were errors."""
    with _reporting_errors():
        all_readers()
    failed = False
    for reading in read_file(document, document.name):
        if reading.layout:
            click.echo(printing.printable(f"{reading.document.path}: layout {reading.layout}"))
        name_lines(reading)
        for line in printing.explanation(reading.document):
            click.echo(printing.printable(line))
        for problem in reading.problems:
            said = f"{document}:{problem.line}: {problem.severity}: {problem.message}"
            click.echo(printing.printable(said), err=True)
            failed = failed or problem.severity == "error"
    return failed


def names(folders: Folders, *, everything: bool, kind: Kind | None, limit: int) -> None:
    """Print which names were joined and why, near misses, and what waits for a decision."""
    with _catalog(folders) as made:
        tables = shipped_without(folders.settings.vocabularies_off)
        for line in report_lines(
            made.identification, everything=everything, kind=kind, limit=limit, vocabularies=tables
        ):
            click.echo(printing.printable(line))


def review(folders: Folders, *, kind: Kind | None) -> None:
    """Ask about names in the terminal, and write each answer into the curated names."""
    with _catalog(folders) as made:
        tables = shipped_without(folders.settings.vocabularies_off)
        asked = questions(made.identification, [kind] if kind else KINDS, tables)
        session = ReviewSession(folders.seeds, asked, Context(made.identification, made.catalog.title))
    if not asked:
        click.echo("No name waits for a decision.")
        return
    click.echo(f"{len(asked):,} questions, those first whose answer changes most for readers. Each can be undone.")
    written = Review(session, Console(highlight=False)).run()
    click.echo(f"{written} decisions written. Build the site to see them." if written else "Nothing was written.")


def serve(folders: Folders, address: str | None) -> None:
    """Serve a live preview at *address* (host:port) until interrupted; a changed document shows in the browser."""
    _check_seeds(folders.seeds)
    folders.content.mkdir(parents=True, exist_ok=True)
    with _mkdocs_messages(logging.INFO), _reporting_errors():
        mkdocs_serve.serve(
            str(folders.config),
            build_type="dirty",
            docs_dir=str(folders.content.resolve()),
            plugins=_plugins_of(folders),
            dev_addr=address,
        )


def new(
    directory: Path, title: str | None, url: str | None, language: str | None, *, contacts: bool | None, example: bool
) -> None:
    """Lay out a new catalog in *directory* and print what to do next.  None leaves a choice at its default."""
    given = {"title": title, "url": url, "language": language, "contacts": contacts}
    choices = Choices(example=example, **{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    try:
        written = lay_out(directory, choices)
    except StarterError as error:
        raise click.ClickException(str(error)) from error
    for path in written:
        click.echo(f"  {path.as_posix()}")
    where = "" if directory.resolve() == Path.cwd() else f"cd {shlex.quote(str(directory))} && "
    click.echo(f"The catalog is laid out.  Put documents into {directory / 'seeds'}, and look at it with:")
    click.echo(f"  {where}trial-catalog serve")


def eject(config: Path, name: str | None, *, printed: bool) -> None:
    """Copy the packaged template *name* into the catalog of *config*, or print it; list all where there is no name."""
    known = packaged_templates()
    if name is None:
        for one in known.values():
            click.echo(f"{'theme' if one.is_theme else 'pages'}  {one.name}")
        return
    if name not in known:
        nearest = process.extractOne(name, list(known), score_cutoff=60)
        hint = f"did you mean {nearest[0]}?" if nearest else "trial-catalog eject lists those that there are"
        raise click.ClickException(f"{name}: there is no such template; {hint}")
    text = copied_text(known[name])
    if printed:
        click.echo(text, nl=False)
        return
    file = find_folders(config, None, None, None).file
    catalog = config.resolve().parent
    parts = file.theme_parts or catalog / "overrides"
    target = (parts if known[name].is_theme else catalog / OWN_TEMPLATES) / name
    if target.exists():
        raise click.ClickException(f"{shown(target)}: the catalog has this template already; see it with --print")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8", newline="\n")
    click.echo(f"{shown(target)}: change it as you like; delete it to have the packaged one again.")
    if known[name].is_theme and file.theme_parts is None:
        click.echo(f"Say in {shown(config)}, below `theme:`, `custom_dir: {shown(parts)}`; else it is not used.")


def _load(folders: Folders, *, strict: bool | None) -> MkDocsConfig:
    """Load MkDocs' configuration for these folders."""
    return load_config(
        str(folders.config),
        docs_dir=str(folders.content.resolve()),
        site_dir=str(folders.site.resolve()),
        plugins=_plugins_of(folders),
        strict=strict,
    )


def _plugins_of(folders: Folders) -> dict[str, Any]:
    """Return the plugins that ``mkdocs.yml`` names, ours with the folder of documents that was asked for."""
    plugins = {**folders.file.plugins}
    plugins[PLUGIN] = {**(plugins.get(PLUGIN) or {}), "seeds": str(folders.seeds.resolve())}
    return plugins


class _NotAboutDirtyBuilds(logging.Filter):
    """Leaves out MkDocs' warning that dirty builds may be wrong: the plugin sees to it that ours are not."""

    def filter(self, record: logging.LogRecord) -> bool:
        return "'dirty' build is being performed" not in record.getMessage()


@contextmanager
def _mkdocs_messages(level: int = logging.WARNING) -> Iterator[None]:
    """Print what MkDocs says from this level on."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    log, building_log = logging.getLogger("mkdocs"), logging.getLogger(mkdocs_build.__name__)
    printing = logging.StreamHandler()
    printing.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
    silent = _NotAboutDirtyBuilds()
    before = log.level
    log.setLevel(level)
    log.addHandler(printing)
    building_log.addFilter(silent)
    try:
        yield
    finally:
        log.setLevel(before)
        log.removeHandler(printing)
        building_log.removeFilter(silent)


@contextmanager
def _reporting_errors() -> Iterator[None]:
    """Turn what went wrong into one sentence for the terminal."""
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:
        raise click.ClickException(printing.file_error_sentence(error)) from error
    except (Abort, ConfigurationError, ExecutorError, ExporterError, PluginError, OutputError, ValueError) as error:
        raise click.ClickException(printing.printable(str(error))) from error


@contextmanager
def _catalog(folders: Folders, executor: Workers | None = None) -> Iterator[flow.CatalogBuild]:
    """Give the catalog for as long as the context lasts, without writing pages."""
    _check_seeds(folders.seeds)
    with ExitStack() as open_things:
        try:
            made = open_things.enter_context(
                flow.open_catalog(folders.seeds, folders.content, executor=executor, settings=folders.settings)
            )
        except ValueError as error:
            raise click.ClickException(str(error)) from error
        yield made


def _print_problems(problems: Sequence[Problem], folders: Folders) -> None:
    """Print the first errors of documents, and where to find the rest."""
    for line in printing.error_lines(problems, shown(folders.seeds)):
        click.echo(line, err=True)
    for line in printing.own_file_lines(problems):
        click.echo(line, err=True)
    if problems:
        click.echo(printing.pointer_to_check(problems), err=True)


def _check_seeds(seeds: Path) -> None:
    if not seeds.is_dir():
        raise click.UsageError(f"{seeds}: there is no such folder; put your documents there, or name it with --seeds")


def shown(folder: Path) -> str:
    """Return *folder* as people name it: relative where it is below the current one."""
    try:
        return folder.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return folder.as_posix()
