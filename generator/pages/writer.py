"""Writes all pages of a catalog."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from generator.model.catalog import Catalog
from generator.pages.document_view import DocumentIndex, document_list_view, document_view
from generator.pages.entity_view import continued_pages, entity_view
from generator.pages.environment import create_environment
from generator.pages.escaping import Markdown
from generator.pages.flags_view import flag_pages
from generator.pages.home_view import home_view
from generator.pages.links import Linker
from generator.pages.list_view import ENTITY_LISTS, entity_list_pages, trial_list_pages
from generator.pages.moved_view import moved_view
from generator.pages.output import OutputTree
from generator.pages.paths import PageAddress, SitePaths
from generator.pages.record_lines import RecordLines
from generator.pages.results_view import results_view
from generator.pages.trial_view import sites_view, trial_view
from generator.settings import Settings

TEMPLATES = Path(__file__).parents[2] / "templates" / "pages"

_BLANK_LINES = re.compile(r"\n{3,}")


def write_pages(catalog: Catalog, output: OutputTree, settings: Settings, templates: Path = TEMPLATES) -> None:
    """Write a page for each trial, entity and document of *catalog*, the lists and the home page to *output*.

    The caller ends with ``output.finish()``, once all that belongs in the tree is written.
    """
    environment = create_environment(templates)
    paths = SitePaths(catalog, settings)

    memory: dict[str, tuple[Markdown, Markdown]] = {}
    records = RecordLines()

    def linker_of(page: PageAddress) -> Linker:
        return Linker(page, catalog, paths, settings, memory, records)

    def write(template: str, page: PageAddress, view: Any) -> None:
        body = environment.get_template(template).render(view=view)
        output.write(page.file, _BLANK_LINES.sub("\n\n", body).rstrip() + "\n")

    for identifier, study in catalog.studies.items():
        page = paths.trial(identifier)
        if page is not None:
            write("trial.md.j2", page, trial_view(study, linker_of(page)))
        beside = paths.beside(identifier, "results")
        results = results_view(study, linker_of(beside)) if beside else None
        if beside is not None and results is not None:
            write("trial_results.md.j2", beside, results)
        beside = paths.beside(identifier, "sites")
        if beside is not None:
            write("trial_sites.md.j2", beside, sites_view(study, linker_of(beside)))
    for (kind, identifier), entity in catalog.entities.items():
        page = paths.entity(kind, identifier)
        if page is not None:
            write("entity.md.j2", page, entity_view(entity, linker_of(page)))
            for part, view in continued_pages(entity, linker_of):
                write("list.md.j2", part, view)
    for page, flags in flag_pages(linker_of):
        write("flags.md.j2", page, flags)
    # Documents come last: of long records they show the lines to which other pages lead.
    index = DocumentIndex(catalog, records.cited)
    for path, document in catalog.documents.items():
        page = paths.document(path)
        if page is not None:
            write("document.md.j2", page, document_view(document, index, linker_of(page)))
    for plan in ENTITY_LISTS:
        for page, view in entity_list_pages(plan, linker_of):
            write("list.md.j2", page, view)
    for page, view in trial_list_pages(linker_of):
        write("list.md.j2", page, view)
    for former, page, target in paths.moved():
        write("moved.md.j2", page, moved_view(former, target, linker_of(page)))
    write("documents.md.j2", SitePaths.documents, document_list_view(index, linker_of(SitePaths.documents)))
    write("home.md.j2", SitePaths.home, home_view(linker_of(SitePaths.home)))
