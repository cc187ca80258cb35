"""``seeds/`` to records: each document goes to the one reader that recognises it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from generator.model.document import Document
from generator.model.problem import Problem, failure
from generator.readers.checking import check_values
from generator.readers.draft import unread_text
from generator.readers.known import all_readers
from generator.readers.opening import open_bytes, open_file
from generator.readers.reader import Reader, ReadError, Reading
from generator.readers.unknown import unknown_layout

_LONGEST_EXCERPT = 80


def read_file(path: Path, name: str) -> Iterator[Reading]:
    """Yield what was read from the file at *path*, known as *name*: one reading, or one for each archive member."""
    try:
        yield from read_opened(open_file(path, name))
    except Exception as error:
        yield Reading(Document(name, ""), problems=[failure(name, 1, "Opening this file", error)])


def read_content(name: str, data: bytes) -> Iterator[Reading]:
    """Yield what :func:`read_file` yields of a file known as *name* that holds *data*."""
    try:
        yield from read_opened(open_bytes(data, name))
    except Exception as error:
        yield Reading(Document(name, ""), problems=[failure(name, 1, "Opening this file", error)])


def read_opened(documents: Iterable[Document | tuple[str, ReadError]]) -> Iterator[Reading]:
    """Yield what was read from *documents*, each a document or a name with what keeps it from being opened."""
    for opened in documents:
        if isinstance(opened, Document):
            yield read_document(opened)
        else:
            inside, error = opened
            yield Reading(Document(inside, ""), problems=[_problem(inside, error)])


def read_document(document: Document, readers: Sequence[Reader] | None = None) -> Reading:
    """Return what the reader that recognises *document* makes of it, with its problems.

    *readers* are those to choose from: all that are installed, unless others are given.
    """
    readers = all_readers() if readers is None else readers
    try:
        reader = _reader_of(document, readers)
        records = reader.read(document)
        for record in records:
            moved = check_values(record)
            document.move({f"{record.id}#{old}": new and f"{record.id}#{new}" for old, new in moved.items()})
    except ReadError as error:
        return _unread_reading(document, _problem(document.path, error))
    except Exception as error:
        return _unread_reading(document, failure(document.path, 1, "Reading this document", error))
    unread = unread_text(document)
    for record in records:
        section = record.study.catalog_section
        section.unread = [*section.unread, *unread]
    problems = [problem for record in records for problem in record.problems]
    if document.notice:
        problems.append(Problem(document.path, 1, document.notice, "warning", "opened"))
    problems.extend(
        Problem(
            path=document.path,
            line=text.first_line,
            severity="warning",
            code="unread-text",
            message=(
                f"{_count_lines(text.first_line, text.last_line)} not understood: “{_excerpt(text.text)}”. "
                "Nothing is lost: the text is shown on the trial's page. Check whether the document is damaged, "
                "or report the layout"
            ),
        )
        for text in (records[0].study.catalog_section.unread if records else unread)
    )
    return Reading(document, reader.layout, records, problems)


def _unread_reading(document: Document, problem: Problem) -> Reading:
    """Return the reading of a document of which nothing was read: each of its lines counts as unread."""
    return Reading(Document(document.path, document.text, document.sha256), problems=[problem])


def _reader_of(document: Document, readers: Sequence[Reader]) -> Reader:
    """Return the reader that recognises *document*.

    Prose and labelled fields have no marks of their own, so their readers, in their order, count only where no other
    does.  Raises ReadError where none does, or several do.
    """
    found = [reader for reader in readers if not reader.last_resort and reader.recognises(document)]
    if not found:
        found = [reader for reader in readers if reader.last_resort and reader.recognises(document)][:1]
    if not found:
        raise unknown_layout(document)
    if len(found) > 1:
        raise ReadError(
            1,
            f"marks of several layouts in one file: {', '.join(reader.layout for reader in found)}. "
            "Put each page into a file of its own",
            "several-layouts",
        )
    return found[0]


def sorted_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Return *problems* without repetitions, by file and line."""
    return sorted(set(problems), key=lambda problem: (problem.path, problem.line, problem.code, problem.message))


def _problem(path: str, error: ReadError) -> Problem:
    return Problem(path=path, line=error.line, message=error.message, severity="error", code=error.code)


def _count_lines(first: int, last: int) -> str:
    return "this line was" if first == last else f"the lines from here to {last} were"


def _excerpt(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST_EXCERPT else f"{flat[:_LONGEST_EXCERPT].rstrip()}…"
