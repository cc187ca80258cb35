"""The commands, thin: options and arguments.  What a command does lies in ``commands``, which is loaded only then."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any, get_args

import click

from generator.model.kinds import Kind


def _folder_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for name, what in (
        ("site", "Folder that the website is rendered into."),
        ("content", "Folder that the Markdown pages are written into."),
        ("seeds", "Folder of the documents."),
    ):
        command = click.option(
            f"--{name}",
            type=click.Path(path_type=Path, file_okay=False),
            help=f"{what}  [default: as the configuration says]",
        )(command)
    return click.option(
        "--config",
        type=click.Path(path_type=Path, dir_okay=False),
        default=Path("mkdocs.yml"),
        show_default=True,
        help="MkDocs' configuration, with the catalog's settings as options of the plugin trial-catalog.",
    )(command)


_scheduler_option = click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Read the documents on the Dask cluster with this scheduler (extra trial-catalog[dask]), such as "
    "tcp://host:8786.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="trial-catalog")
def main() -> None:
    """Turn trial documents into a cross-linked, searchable static website."""


def _commands() -> Any:
    """Return what the commands do, with MkDocs and all that ``--help`` does not need."""
    return import_module("generator.console.commands")


def _folders(config: Path, seeds: Path | None, content: Path | None, site: Path | None) -> Any:
    return _commands().find_folders(config, seeds, content, site)


@main.command()
@_folder_options
@click.option("--strict/--no-strict", default=None, help="Warnings are errors.  [default: as the configuration says]")
@click.option("--clean", is_flag=True, help="Render all pages anew, not only those that are newer.")
@click.option("--force", is_flag=True, help="Remove files from the site's folder that no build put there.")
@_scheduler_option
def build(
    config: Path,
    seeds: Path | None,
    content: Path | None,
    site: Path | None,
    scheduler: str | None,
    *,
    strict: bool | None,
    clean: bool,
    force: bool,
) -> None:
    """Generate the pages, render what is newer, and make the search index.

    A document that cannot be read is named and left out; the rest is built.
    """
    folders = _folders(config, seeds, content, site)
    _commands().build(folders, strict=strict, everything=clean, scheduler=scheduler, force=force)


@main.command()
@_folder_options
@_scheduler_option
def generate(config: Path, seeds: Path | None, content: Path | None, site: Path | None, scheduler: str | None) -> None:
    """Only write the pages and data, without rendering them."""
    _commands().generate(_folders(config, seeds, content, site), scheduler)


@main.command()
@_folder_options
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", help="How to print.")
@click.option("--strict", is_flag=True, help="Warnings are errors.")
def check(
    config: Path, seeds: Path | None, content: Path | None, site: Path | None, form: str, *, strict: bool
) -> None:
    """Read and link everything, write nothing, and print what is wrong as file:line: message.

    Exits with 1 where there are errors, with --strict also for warnings.
    """
    sys.exit(_commands().check(_folders(config, seeds, content, site), form, strict=strict))


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
    config: Path,
    seeds: Path | None,
    content: Path | None,
    site: Path | None,
    *,
    everything: bool,
    kind: Kind | None,
    limit: int,
) -> None:
    """Show which names were joined and why, near misses, and what waits for a decision."""
    _commands().names(_folders(config, seeds, content, site), everything=everything, kind=kind, limit=limit)


@main.command()
@_folder_options
@click.option("--kind", type=click.Choice(get_args(Kind)), help="Only names of one kind.")
def review(config: Path, seeds: Path | None, content: Path | None, site: Path | None, *, kind: Kind | None) -> None:
    """Decide about names that may be one: two side by side, the answer written into seeds/names/."""
    _commands().review(_folders(config, seeds, content, site), kind=kind)


@main.command()
@_folder_options
@click.option("--address", help="Host and port to serve at.  [default: as the configuration says]")
def serve(config: Path, seeds: Path | None, content: Path | None, site: Path | None, address: str | None) -> None:
    """Serve a live preview: a changed document shows in the browser.

    A page beside the site asks about names, as `trial-catalog review` does.
    """
    if address is not None and not address.rpartition(":")[2].isdecimal():
        raise click.UsageError(f"--address {address}: give host and port, such as 127.0.0.1:8000")
    _commands().serve(_folders(config, seeds, content, site), address)


@main.command()
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--title", help="Name of the catalog.  [default: Our clinical trials]")
@click.option("--url", help="Address where the site will be, such as https://trials.example.org/.  [default: none]")
@click.option("--language", help="Language of the site's own words, as a code such as en or fr.  [default: en]")
@click.option("--contacts/--no-contacts", default=None, help="Whether contacts' names and numbers are shown.")
@click.option("--example", is_flag=True, help="Begin with two invented trials.")
def new(
    directory: Path, title: str | None, url: str | None, language: str | None, *, contacts: bool | None, example: bool
) -> None:
    """Lay out a new catalog in DIR: settings, folders, and a workflow that publishes it.

    On a terminal, asks for what the options do not say.  Never overwrites a file.
    """
    if sys.stdin.isatty():
        title = title or click.prompt("Name of the catalog", "Our clinical trials")
        url = click.prompt("Address of the site (may be empty)", "", show_default=False) if url is None else url
        language = language or click.prompt("Language of the theme's own words", "en")
        contacts = click.confirm("Show names and numbers of contacts?", default=True) if contacts is None else contacts
    _commands().new(directory, title, url, language, contacts=contacts, example=example)


@main.command()
@click.argument("template", required=False)
@click.option("--print", "printed", is_flag=True, help="Print the packaged template, and write nothing.")
@click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("mkdocs.yml"),
    show_default=True,
    help="MkDocs' configuration of the catalog.",
)
def eject(template: str | None, config: Path, *, printed: bool) -> None:
    """Copy TEMPLATE into the catalog, to be changed there; without TEMPLATE, list all.

    A page's template goes to templates/pages/, a part of the theme to theme.custom_dir.
    """
    _commands().eject(config, template, printed=printed)


def _fetching_options(command: Callable[..., Any]) -> Callable[..., Any]:
    options = (
        click.option(
            "--config",
            type=click.Path(path_type=Path, dir_okay=False),
            default=Path("mkdocs.yml"),
            show_default=True,
            help="MkDocs' configuration, which says where the documents are.",
        ),
        click.option(
            "--seeds",
            type=click.Path(path_type=Path, file_okay=False),
            help="Folder of the documents; records go into registry/ inside it.  [default: as the configuration says]",
        ),
        click.option(
            "--since",
            type=click.DateTime(["%Y-%m-%d"]),
            help="Only what changed in the registry on this day or later, where the registry can say so.",
        ),
        click.option("--dry-run", "dry", is_flag=True, help="Say what would come, and write nothing."),
        click.option(
            "--commit-message",
            "message",
            type=click.Path(path_type=Path, dir_okay=False),
            help="File to write the message of a commit of what came into; it is empty where nothing came.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def _fetching() -> Any:
    """Return what the commands that ask registries do, with what the others do not need."""
    return import_module("generator.console.fetching")


@main.command()
@click.argument("numbers", nargs=-1)
@click.option("--query", help="All trials that this finds, in the registry's own syntax.")
@click.option("--registry", default="ClinicalTrials.gov", show_default=True, help="Which registry --query asks.")
@click.option(
    "--file", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="A text with numbers of trials in it."
)
@_fetching_options
def add(
    numbers: tuple[str, ...],
    query: str | None,
    registry: str,
    file: Path | None,
    config: Path,
    seeds: Path | None,
    since: datetime | None,
    message: Path | None,
    *,
    dry: bool,
) -> None:
    """Fetch the registries' records of trials: by their NUMBERS (NCT…, 2024-…-00, ISRCTN…), a file or a query.

    Exits with 1 where something that was asked for did not come.
    """
    options = _fetching().FetchOptions(since.date() if since else None, dry, message)
    sys.exit(_fetching().add(_folders(config, seeds, None, None), numbers, query, registry, file, options))


@main.command()
@click.option("--adopt", is_flag=True, help="Also fetch records of trials that are known from saved pages only.")
@_fetching_options
def update(
    config: Path, seeds: Path | None, since: datetime | None, message: Path | None, *, adopt: bool, dry: bool
) -> None:
    """Fetch again the records that add brought, and write those that changed.

    Exits with 1 where a registry could not be asked.
    """
    options = _fetching().FetchOptions(since.date() if since else None, dry, message)
    sys.exit(_fetching().update(_folders(config, seeds, None, None), options, adopt=adopt))
