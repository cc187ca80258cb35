"""What the commands print: problems, documents line by line, and how names were joined."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.metadata import metadata

import msgspec

from generator.model.document import Document, LineRole
from generator.model.problem import Problem
from generator.pipeline.flow import CatalogBuild
from generator.readers.known import all_readers
from generator.readers.reader import Reader
from generator.storage.output import WriteReport

_GITHUB_LEVELS = {"error": "error", "warning": "warning", "note": "notice"}


_NOT_SHOWN = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What commands a terminal, ends a line, or turns around what stands beside it."""


def printable(line: str) -> str:
    """Return a line that holds text of documents so that it does nothing to a terminal.

    What cannot be shown stands as in the source text of a program, an escape as a backslash and ``x1b``.
    """
    return _NOT_SHOWN.sub(lambda match: match[0].encode("unicode_escape").decode(), line)


def problem_lines(problems: Iterable[Problem], form: str, folder: str) -> Iterator[str]:
    """Yield *problems* as lines to print.

    *form* is ``text`` (``file:line: severity: message [code]``), ``json`` (one array) or ``github`` (workflow commands,
    which GitHub shows on the line of the file).  *folder* stands before each document's path; a path that begins with a
    slash or ``./`` is that of another file and stays.
    """
    if form == "json":
        found = [
            {
                "path": _path(folder, problem),
                "line": problem.line,
                "severity": problem.severity,
                "code": problem.code,
                "message": problem.message,
            }
            for problem in problems
        ]
        written = msgspec.json.format(msgspec.json.encode(found), indent=1).decode()
        yield _NOT_SHOWN.sub(lambda match: match[0] if match[0] == "\n" else f"\\u{ord(match[0]):04x}", written)
        return
    for problem in problems:
        path = _path(folder, problem)
        if form == "github":
            level = _GITHUB_LEVELS[problem.severity]
            place = f"file={_property(path)},line={problem.line},title={_property(problem.code or level)}"
            yield printable(f"::{level} {place}::{_data(problem.message)}")
        else:
            code = f" [{problem.code}]" if problem.code else ""
            yield printable(f"{path}:{problem.line}: {problem.severity}: {problem.message}{code}")


def _path(folder: str, problem: Problem) -> str:
    if problem.path.startswith(("/", "./")):
        return problem.path.removeprefix("./")
    return f"{folder}/{problem.path}"


def _data(text: str) -> str:
    """Escape *text* for the message of a GitHub workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape *text* for a property of a GitHub workflow command."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def summary(problems: Iterable[Problem]) -> str:
    """Return how many errors, warnings and notes there are, in words."""
    counts = Counter(problem.severity for problem in problems)
    return ", ".join(
        f"{counts[severity]} {severity}{'' if counts[severity] == 1 else 's'}"
        for severity in ("error", "warning", "note")
    )


OWN_FILES = frozenset({"own-file", "changed-template", "unused-template"})
"""Codes of problems of the catalog's own pages and templates."""

MOST_ERRORS = 20
"""Errors that a build prints; ``check`` prints them all."""


def error_lines(problems: Iterable[Problem], folder: str) -> Iterator[str]:
    """Yield what a build says of *problems*: the first errors."""
    errors = [problem for problem in problems if problem.severity == "error"]
    yield from problem_lines(errors[:MOST_ERRORS], "text", folder)
    if len(errors) > MOST_ERRORS:
        yield f"… and {len(errors) - MOST_ERRORS} more errors."


def own_file_lines(problems: Iterable[Problem]) -> Iterator[str]:
    """Yield what a build says of the catalog's own files that keep a generated page from being written, or are old."""
    warnings = [one for one in problems if one.code in OWN_FILES and one.severity == "warning"]
    yield from problem_lines(warnings[:MOST_ERRORS], "text", "")
    if len(warnings) > MOST_ERRORS:
        yield f"… and {len(warnings) - MOST_ERRORS} more of your own files."


def pointer_to_check(problems: Iterable[Problem]) -> str:
    """Return how many problems there are, and which command lists them."""
    return f"{summary(problems)}; trial-catalog check lists them."


def pointer_to_codes() -> str:
    """Return where the codes of messages are explained."""
    urls = (entry.partition(", ") for entry in metadata("trial-catalog").get_all("Project-URL") or ())
    documentation = next((url for name, _, url in urls if name == "Documentation"), "docs")
    return f"What each code means: {documentation}/reference/messages.md"


_STILL_THERE = "the last site still stands"


def file_error_sentence(error: OSError | sqlite3.OperationalError, *, rendering: bool = False) -> str:
    """Return, in a sentence, what could not be read or written, and what becomes of the site."""
    place = error.filename if isinstance(error, OSError) and error.filename else "the folder of content, site or cache"
    site = "what stands in the site stays, and the next build makes the rest" if rendering else _STILL_THERE
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"{place}: cannot be read or written ({reason}); {site}. Make room, or correct permissions"


def account(made: CatalogBuild, report: WriteReport) -> str:
    """Return what a run found and wrote, in one line."""
    return (
        f"{made.documents} documents, {len(made.catalog.studies)} trials, {len(made.catalog.entities)} names; "
        f"pages and data: {len(report.written)} written, {len(report.unchanged)} unchanged, "
        f"{len(report.removed)} removed; files of documents known from before: {made.reused}."
    )


def gap_of_history(made: CatalogBuild) -> list[str]:
    """Return what of the history is not known, as a line to print; nothing where all is, or nobody asked."""
    gap = made.catalog.gap_of_history()
    return [f"history: {gap}."] if gap else []


def explanation(document: Document) -> Iterator[str]:
    """Yield *document* line by line, each with what it became; then which reader took it, and the counts."""
    width = len(str(len(document.lines)))
    for line in document.lines:
        became = ", ".join(readable(pointer) for pointer in line.became)
        yield f"{line.number:>{width}} {line.role.value:<11} {line.text.rstrip()}"
        if became:
            yield f"{'':>{width}} {'':<11} → {became}"
    yield from _readers_of(document)
    counts = Counter(line.role for line in document.lines)
    parts = ", ".join(f"{counts[role]} {role.value}" for role in LineRole if counts[role])
    share = _share_of_facts(document)
    told = f"; {share:.0%} of its characters became facts" if share is not None else ""
    yield f"{document.path}: {len(document.lines)} lines: {parts}{told}; {counts[LineRole.UNREAD]} unread"


def _readers_of(document: Document) -> Iterator[str]:
    """Yield which reader took or refused *document* and by what it knew it, and which others came near.

    Near is a reader that would have taken it where that one were not, or whose pages have a line that it has.
    """
    taking = [reader for reader in all_readers() if _recognises(reader, document)]
    own = [reader for reader in taking if not reader.last_resort]
    chosen = (own or taking)[:1]
    refused = all(line.role in (LineRole.UNREAD, LineRole.BLANK) for line in document.lines)
    for reader in chosen:
        verb = "recognised, but refused" if refused else "taken"
        yield f"{document.path}: {verb} by the reader {reader.layout}: {_marks_of(reader)}"
    near = [reader.layout for reader in taking if reader not in chosen]
    if not chosen:
        near = [reader.layout for reader in all_readers() if _bears_marks(reader, document)]
    if near:
        yield f"{document.path}: came near: {', '.join(near)}"


def _bears_marks(reader: Reader, document: Document) -> bool:
    """Say whether *document* has a line that only pages of the layout of *reader* have."""
    return any(re.search(mark, document.text, re.MULTILINE) for mark in reader.marks)


def _recognises(reader: Reader, document: Document) -> bool:
    """Say whether *reader* recognises *document* as it was before it was read."""
    return reader.recognises(Document(document.path, document.text, document.sha256))


def _marks_of(reader: Reader) -> str:
    """Return by what *reader* recognises a document, as its own words have it."""
    told = (getattr(type(reader).recognises, "__doc__", None) or "it bears the marks of the layout").split("\n\n")[0]
    return " ".join(told.split()).removeprefix("Say whether ").rstrip(".")


def _share_of_facts(document: Document) -> float | None:
    """Return the share of the characters that stand in lines which fed facts; None for an empty document."""
    whole = sum(len(line.stripped) for line in document.lines)
    facts = sum(len(line.stripped) for line in document.lines if line.role is LineRole.FACT)
    return facts / whole if whole else None


def readable(pointer: str) -> str:
    """Return what a line became in the form that people write: dots instead of slashes."""
    study, border, place = pointer.partition("#/")
    return f"{study} {place.replace('/', '.')}" if border else pointer
