"""What the commands ``add`` and ``update`` do: they fetch records, and say what came and what changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from generator.console.commands import Folders, shown
from generator.history.comparing import compare
from generator.model.catalog import title_of
from generator.model.registry_numbers import find_numbers
from generator.model.study import Study
from generator.pages.text.changes import in_one_line
from generator.pipeline.missing_records import known_from_pages_only, was_read
from generator.readers.reading import read_content
from generator.registries.client import Client, RequestLimits
from generator.registries.fetching import Fetcher, Outcome
from generator.registries.journal import Journal
from generator.registries.known import registries, registry_called
from generator.registries.record_files import FOLDER, RecordFiles
from generator.storage.cache import digest
from generator.storage.output import replace_file

LONGEST_SUBJECT = 72
"""Characters of the first line of a commit's message."""


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """The options that both commands have."""

    since: date | None = None
    dry: bool = False
    message: Path | None = None
    """File for the message of a commit of what came."""
    limits: RequestLimits | None = None


def add(
    folders: Folders, numbers: Sequence[str], query: str | None, registry: str, file: Path | None, options: FetchOptions
) -> bool:
    """Fetch the records of *numbers*, of those in *file* and of those that *query* finds; return whether any failed.

    Raises ClickException where there is nothing to fetch, or the registry cannot be searched.
    """
    asked = [*numbers, *(_numbers_in(file) if file is not None else ())]
    if not asked and not query:
        raise click.UsageError("name trials by their numbers, or give --query or --file")
    task = f"add {digest(*(number.encode() for number in sorted(asked))).hex()} {options.since}"
    with _open_fetcher(folders, task, options) as fetcher:
        outcomes = _print_outcomes(fetcher.fetch(asked, options.since))
        if query:
            found = registry_called(registry, registries())
            if found is None:
                names = ", ".join(one.name for one in registries())
                raise click.UsageError(f"--registry {registry}: not known; records come from {names}")
            try:
                outcomes += _print_outcomes(fetcher.search(found, query, options.since))
            except ValueError as error:
                raise click.ClickException(str(error)) from error
    return _summarise(outcomes, folders, options)


def update(folders: Folders, options: FetchOptions, *, adopt: bool) -> bool:
    """Fetch again what was fetched before; return whether any failed.

    With *adopt*, also the records of trials that the catalog knows only from saved pages; else say how many there are,
    where a build has read them already.
    """
    with _open_fetcher(folders, f"update {options.since} {adopt}", options) as fetcher:
        known = fetcher.known_numbers()
        pages: list[str] = []
        if folders.seeds.is_dir() and (adopt or was_read(folders.content)):
            numbers = known_from_pages_only(folders.seeds, folders.content)
            pages = [number.number for number in numbers if fetcher.has_api(number)]
        outcomes = _print_outcomes(fetcher.fetch(known, options.since))
        if adopt:
            outcomes += _print_outcomes(fetcher.fetch(pages))
        elif pages:
            trials = "1 trial is" if len(pages) == 1 else f"{len(pages):,} trials are"
            click.echo(f"{trials} known from saved pages only; --adopt fetches the registries' records of them.")
    failed = _summarise(outcomes, folders, options)
    return failed and any(outcome.what == "failed" for outcome in outcomes)


@contextmanager
def _open_fetcher(folders: Folders, task: str, options: FetchOptions) -> Iterator[Fetcher]:
    known = registries()
    if not known:
        raise click.ClickException(
            "no registry is known; install trial-catalog again, so that its entry points are found"
        )
    files = RecordFiles(folders.seeds)
    if not options.dry:
        files.remove_leftovers()
    cache = folders.content.resolve().parent / ".cache"
    journal = Journal(None if options.dry else cache / "registries.jsonl", task)
    with Client(options.limits, folders.settings.repository_url) as client, journal:
        yield Fetcher(files, client, journal, known, dry=options.dry)


def _numbers_in(file: Path) -> Iterator[str]:
    """Yield the numbers of trials in the text of *file*, whatever stands around them.

    Raises ClickException where there are none.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise click.ClickException(f"{file}: cannot be read as text ({error}); save it as UTF-8") from error
    found = [number.number for number in find_numbers(text) if number.primary]
    if not found:
        raise click.ClickException(f"{file}:1: no number of a trial stands in this file; write one a line")
    yield from found


def _print_outcomes(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Print each outcome as soon as it is known, and return them all."""
    found = []
    for outcome in outcomes:
        found.append(outcome)
        if outcome.is_error:
            click.echo(f"{outcome.number}: {outcome.message}", err=True)
        elif outcome.what != "unchanged":
            click.echo(in_words(outcome))
    return found


def in_words(outcome: Outcome) -> str:
    """Return what an added or changed record says, in one line: ``NCT01234567: recruiting → completed``."""
    after = _study(outcome, outcome.after)
    if outcome.what == "added":
        title = title_of(after) if after is not None else "its record"
        return f"{outcome.number}: added, {title}"
    before = _study(outcome, outcome.before)
    changes = compare(before, after) if before is not None and after is not None else []
    return f"{outcome.number}: {in_one_line(changes) or 'the record changed in what is not compared'}"


def _study(outcome: Outcome, data: bytes) -> Study | None:
    name = f"{FOLDER}/{outcome.number}{outcome.registry.ending if outcome.registry else ''}"
    return next((record.study for reading in read_content(name, data) for record in reading.records), None)


def _summarise(outcomes: Sequence[Outcome], folders: Folders, options: FetchOptions) -> bool:
    """Print how many records came, write the message of the commit, and return whether any failed."""
    counts = Counter(outcome.what for outcome in outcomes)
    failed = sum(outcome.is_error for outcome in outcomes)
    folder = shown(folders.seeds / FOLDER)
    told = f"{counts['added']} added, {counts['changed']} changed, {counts['unchanged']} unchanged"
    click.echo(f"{folder}: {'would be ' if options.dry else ''}{told}{f', {failed} not fetched' if failed else ''}.")
    if options.message is not None and not options.dry:
        replace_file(options.message, commit_message(outcomes).encode())
    return failed > 0


def commit_message(outcomes: Iterable[Outcome]) -> str:
    """Return the message of a commit that holds these *outcomes*; empty where nothing came."""
    lines = [in_words(outcome) for outcome in outcomes if outcome.what in ("added", "changed")]
    if not lines:
        return ""
    if len(lines) == 1 and len(lines[0]) <= LONGEST_SUBJECT:
        return f"{lines[0]}\n"
    numbers = [line.partition(":")[0] for line in lines]
    trials = "1 trial" if len(lines) == 1 else f"{len(lines):,} trials"
    subject = f"Update {trials}: {', '.join(numbers)}"
    if len(subject) > LONGEST_SUBJECT:
        subject = f"Update {trials}"
    return "\n".join([subject, "", *lines]) + "\n"
