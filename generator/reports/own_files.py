"""What is to be said of a catalog's own files: pages in the place of ours, templates that an upgrade left behind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from generator.model.problem import Problem
from generator.pages.own_templates import template_problems
from generator.storage.output import WriteReport


def own_file_problems(catalog: Path, theme_parts: Path | None, content: Path, report: WriteReport) -> Iterator[Problem]:
    """Yield what is to be said after a build about own files of the catalog in the folder *catalog*."""
    yield from own_template_problems(catalog, theme_parts)
    yield from page_problems(content, report.in_place_of_generated, report.in_place_of_packaged)


def own_template_problems(catalog: Path, theme_parts: Path | None) -> Iterator[Problem]:
    """Yield what is to be said about own templates of the catalog in the folder *catalog*."""
    for problem in template_problems(catalog, theme_parts):
        yield msgspec.structs.replace(problem, path=_named(catalog / problem.path))


def page_problems(content: Path, generated: Iterable[str], packaged: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each own file in the folder *content* that stands where one of ours would.

    *generated* are places of generated files, *packaged* those of pages and assets that come with the package.
    """
    for name in generated:
        message = (
            "this file is your own, so the generated one is not written, and what it would say is missing. "
            "Rename yours, or delete it if an earlier build made it"
        )
        yield Problem(_named(content / name), 1, message, "warning", "own-file")
    for name in packaged:
        message = "this file is your own and takes the place of the packaged one; delete it to have that one again"
        yield Problem(_named(content / name), 1, message, "note", "own-file")


def _named(path: Path) -> str:
    """Return the path of a file that is no document as problems have it: ``./`` and the way from the current folder."""
    try:
        return f"./{path.resolve().relative_to(Path.cwd()).as_posix()}"
    except ValueError:
        return path.resolve().as_posix()
