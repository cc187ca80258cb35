"""The commands, thin: options and arguments.  What a command does lies in ``commands``, which is loaded only then."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, get_args

import click

from generator import unchanged
from generator.folders import PROJECT, Folders
from generator.model.kinds import Kind

if TYPE_CHECKING:
    from generator.commands import Built
    from generator.progress import Stages


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


def _commands() -> ModuleType:
    """Return what the commands do, with MkDocs and all that is not needed where nothing changed."""
    commands = import_module("generator.commands")
    commands.print_messages()
    return commands


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
    build_site(Folders(config, seeds, content, site), scheduler)


def build_site(folders: Folders, scheduler: str | None = None, stages: Stages | None = None) -> Built | None:
    """Build the site in *folders* and say what came of it; return that, or nothing where nothing had to be done."""
    started = time.perf_counter()
    before = unchanged.look(folders)
    said = unchanged.nothing_changed(folders, before)
    if said is None:
        built: Built = _commands().build(folders, scheduler, before, stages)
        return built
    first, rest = said
    for text in first:
        click.echo(text)
    click.echo(f"nothing changed since the last build · in all {time.perf_counter() - started:.1f} s")
    for line in rest:
        unchanged.say(line)
    return None


@main.command()
@_folder_options
def generate(config: Path, seeds: Path, content: Path, site: Path) -> None:
    """Only write the pages and data, without rendering them."""
    _commands().generate(Folders(config, seeds, content, site))


@main.command()
@_folder_options
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", help="How to print.")
@click.option("--strict", is_flag=True, help="Warnings are errors.")
def check(config: Path, seeds: Path, content: Path, site: Path, form: str, *, strict: bool) -> None:
    """Read and link everything, write nothing, and print what is wrong as file:line: message.

    Exits with 1 where there are errors, with --strict also for warnings.
    """
    sys.exit(_commands().check(Folders(config, seeds, content, site), form, strict=strict))


@main.command()
@click.argument("document", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def explain(document: Path) -> None:
    """Print DOCUMENT line by line, with what each line became."""
    sys.exit(_commands().explain(document))


@main.command()
@_folder_options
@click.option("--all", "everything", is_flag=True, help="Also entities that are written in one way only.")
@click.option("--kind", type=click.Choice(get_args(Kind)), help="Only names of one kind.")
@click.option("--limit", type=click.IntRange(min=0), default=20, show_default=True, help="Decisions of a kind; 0: all.")
def names(
    config: Path, seeds: Path, content: Path, site: Path, *, everything: bool, kind: Kind | None, limit: int
) -> None:
    """Show which names were joined and why, near misses, and what waits for a decision."""
    folders = Folders(config, seeds, content, site)
    _commands().names(folders, everything=everything, kind=kind, limit=limit)


@main.command()
@_folder_options
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="Host and port to serve at.")
def serve(config: Path, seeds: Path, content: Path, site: Path, address: str) -> None:
    """Serve a live preview: a changed document shows in the browser."""
    host, _, port = address.rpartition(":")
    if not port.isdecimal():
        raise click.UsageError(f"--address {address}: give host and port, such as 127.0.0.1:8000")
    _commands().serve(Folders(config, seeds, content, site), (host or "127.0.0.1", int(port)))
