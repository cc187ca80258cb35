"""Writes all pages of a catalog."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from jinja2 import TemplateSyntaxError

from generator import folders
from generator.folders import language_folders
from generator.language.messages import activate, gettext
from generator.model.catalog import Catalog, Kind
from generator.model.data_file import DataFile, ExportedFile
from generator.model.study import Study
from generator.pages.data.page import DataView, data_view
from generator.pages.documents.list import document_list_pages
from generator.pages.documents.page import DocumentIndex, document_view
from generator.pages.documents.record_lines import RecordLines
from generator.pages.entities.connections import graph_view
from generator.pages.entities.page import entity_view
from generator.pages.entities.trials import continued_pages
from generator.pages.environment import create_environment
from generator.pages.links import Linker
from generator.pages.lists.changes import changes_pages
from generator.pages.lists.desk import desk_view
from generator.pages.lists.flags import flag_pages
from generator.pages.lists.home import home_view
from generator.pages.lists.list import ENTITY_LISTS, entity_list_pages, trial_list_pages
from generator.pages.moved import moved_view, retired_view
from generator.pages.offline import offline_view
from generator.pages.paths import PageAddress, SitePaths
from generator.pages.text.contacts import contacts_stated
from generator.pages.text.escaping import Markdown, escape
from generator.pages.text.terms import explain_terms
from generator.pages.trial.beside import LONGEST_PAGE, SHORTEST_PART, links_to_parts, part_view
from generator.pages.trial.identifiers import registry_fields_view
from generator.pages.trial.page import TrialView, trial_view
from generator.pages.trial.parts import NOTHING_ELSEWHERE, PARTS
from generator.pages.trial.results import results_view
from generator.settings import Settings
from generator.storage.output import OutputError, OutputTree

TEMPLATES = folders.TEMPLATES / "pages"

_BLANK_LINES = re.compile(r"\n{3,}")


Job = tuple[str, str]
"""A sort of page and the name of the thing that it is about; of lists, the address."""

Made = Iterator[tuple[str, PageAddress, Any]]
"""Template, address and view of each page of a job."""


class PageMaker:
    """Makes the pages of one catalog, job by job.  A job is what is made, and made again, as a whole."""

    def __init__(
        self,
        catalog: Catalog,
        settings: Settings,
        paths: SitePaths,
        cited: Mapping[str, Collection[int]] | None = None,
        templates: Sequence[Path] = (TEMPLATES,),
        data_files: tuple[DataFile, ...] = (),
        exported: Mapping[str, ExportedFile] | None = None,
    ) -> None:
        """Prepare to make the pages of *catalog* at their *paths*.

        *data_files* are those that exporters write, *exported* what is known of them once they are written.  *cited*
        are the lines of documents to which pages lead, else those to which the pages made so far lead.

        From then on this process writes in the language of *settings*, whose messages lie beside the *templates*.
        Raises LanguageError where they cannot be read.
        """
        activate(settings.language, language_folders(templates))
        self.catalog = catalog
        self.settings = settings
        self.paths = paths
        self.records = RecordLines()
        self._data_files = data_files
        self._data_paths = frozenset(file.path for file in data_files)
        self._exported = exported if exported is not None else {}
        self._cited = cited if cited is not None else self.records.cited
        self._environment = create_environment(templates)
        self._own = tuple(folder for folder in templates if folder != TEMPLATES)
        self._memory: dict[str, tuple[Markdown, Markdown]] = {}
        self._named: dict[str, tuple[tuple[str, ...], ...]] = {}
        self._makers: dict[str, Callable[[str], Made]] = {
            "entity": self._entity,
            "flags": lambda _: (("flags.md.j2", page, view) for page, view in flag_pages(self._linker)),
            "offline": lambda _: self._one("offline.md.j2", SitePaths.offline, offline_view),
            "desk": lambda _: self._one("desk.md.j2", SitePaths.desk, desk_view),
            "list": self._list,
            "trials": lambda _: (("list.md.j2", page, view) for page, view in trial_list_pages(self._linker)),
            "moved": self._moved,
            "graph": lambda _: self._one("graph.md.j2", SitePaths.graph, graph_view),
            "changes": lambda _: (("changes.md.j2", page, view) for page, view in changes_pages(self._linker)),
            "home": lambda _: self._one("home.md.j2", SitePaths.home, home_view),
            "document": self._document,
            "documents": self._documents,
            "use": lambda _: self._one("use_data.md.j2", SitePaths.data, self._data),
        }

    def jobs(self) -> Iterator[Job]:
        """Yield the jobs whose pages may lead to lines of documents."""
        for identifier in self.catalog.studies:
            yield "trial", identifier
        for kind, identifier in self.catalog.entities:
            yield "entity", f"{kind}/{identifier}"
        yield "flags", ""
        for plan in ENTITY_LISTS:
            yield "list", plan.address.file
        for name in ("trials", "moved", "graph", "home", "desk", "offline"):
            yield name, ""
        if self.settings.history:
            yield "changes", ""

    def later_jobs(self) -> Iterator[Job]:
        """Yield the jobs that come last: pages of long records show the lines to which other pages lead."""
        for path in self.catalog.documents:
            yield "document", path
        yield "documents", ""

    def last_jobs(self) -> Iterator[Job]:
        """Yield the jobs whose pages tell of the data files."""
        yield "use", ""

    def make(self, job: Job) -> Iterator[tuple[str, str]]:
        """Yield the files of a job, each as its path inside the content folder and its text."""
        sort, name = job
        # Texts repeat what a registry also keeps in fields for contacts.
        hides = sort == "trial" and not self.settings.contacts
        stated = list(contacts_stated(self.catalog.studies[name])) if hides else []
        made = self._trial(name) if sort == "trial" else self._print_all(self._makers[sort](name))
        for page, body in made:
            for value, instead in stated:
                body = body.replace(escape(value), gettext(instead))
            yield page.file, _BLANK_LINES.sub("\n\n", body).rstrip() + "\n"

    def _print_all(self, made: Made) -> Iterator[tuple[PageAddress, str]]:
        for template, page, view in made:
            yield page, self._print(template, view)

    def _print(self, template: str, view: Any) -> str:
        """Print *view*.  Raises OutputError, with file and line, where a template of the catalog's own fails."""
        try:
            return self._environment.get_template(template).render(view=view)
        except Exception as error:
            steps = traceback.extract_tb(error.__traceback__)
            place = next((step for step in reversed(steps) if self._is_own(step.filename)), None)
            if isinstance(error, TemplateSyntaxError) and error.filename:
                place = traceback.FrameSummary(error.filename, error.lineno, template)
            if place is None or not self._is_own(place.filename):
                raise
            raise OutputError(
                f"{place.filename}:{place.lineno}: the template failed ({error}); compare it with the packaged one: "
                f"trial-catalog eject {template} --print"
            ) from error

    def _is_own(self, file: str) -> bool:
        return any(Path(file).is_relative_to(folder) for folder in self._own)

    def _linker(self, page: PageAddress) -> Linker:
        return Linker(
            page, self.catalog, self.paths, self.settings, self._memory, self.records, self._named, self._data_paths
        )

    def _data(self, linker: Linker) -> DataView:
        return data_view(self._data_files, self._exported, linker)

    def _one(self, template: str, page: PageAddress, view: Callable[[Linker], Any]) -> Made:
        yield template, page, view(self._linker(page))

    def _trial(self, identifier: str) -> Iterator[tuple[PageAddress, str]]:
        """Yield the pages of a trial, printed: which of its parts have pages of their own shows when it is."""
        study = self.catalog.studies[identifier]
        page = self.paths.trial(identifier)
        view = None
        parts = [part for part in PARTS if self.paths.beside(identifier, part)]
        while page is not None:
            linker = self._linker(page)
            view = trial_view(study, linker, links_to_parts(study, parts, linker))
            body = explain_terms(self._print("trial.md.j2", view))
            part = self._part_to_move(view) if len(body.encode()) > LONGEST_PAGE else None
            if part is None:
                yield page, body
                break
            parts.append(part)
        for part in parts:
            address = self.paths.part_of_trial(identifier, part)
            elsewhere = view.elsewhere if view else NOTHING_ELSEWHERE
            shown = part_view(part, study, self._linker(address), elsewhere)
            yield address, self._print("trial_part.md.j2", shown)
        yield from self._print_all(self._results_and_fields(study))

    def _part_to_move(self, view: TrialView) -> str | None:
        """Return which part of a trial's long page gets one of its own: the longest, the criteria after all others."""
        lengths = {
            part: len(self._print(f"parts/trial_{part}.md.j2", view)) for part in PARTS if not view.elsewhere[part]
        }
        if "sources" in lengths:
            lengths["sources"] = view.other_marks
        long = (part for part, length in lengths.items() if length > SHORTEST_PART)
        return max(long, key=lambda part: (part != "criteria", lengths[part]), default=None)

    def _results_and_fields(self, study: Study) -> Made:
        identifier = study.catalog_section.id or ""
        beside = self.paths.beside(identifier, "results")
        results = results_view(study, self._linker(beside)) if beside else None
        if beside is not None and results is not None:
            yield "trial_results.md.j2", beside, results
        beside = self.paths.beside(identifier, "fields")
        if beside is not None:
            yield "trial_fields.md.j2", beside, registry_fields_view(study, self._linker(beside))

    def _entity(self, name: str) -> Made:
        kind, _, identifier = name.partition("/")
        entity = self.catalog.entities[cast("Kind", kind), identifier]
        page = self.paths.entity(entity.kind, identifier)
        if page is not None:
            yield "entity.md.j2", page, entity_view(entity, self._linker(page))
            for part, view in continued_pages(entity, self._linker):
                yield "list.md.j2", part, view

    def _list(self, file: str) -> Made:
        plan = next(plan for plan in ENTITY_LISTS if plan.address.file == file)
        for page, view in entity_list_pages(plan, self._linker):
            yield "list.md.j2", page, view

    def _moved(self, _: str) -> Made:
        for former, page, target in self.paths.moved():
            yield "moved.md.j2", page, moved_view(former, target, self._linker(page))
        for kind, former, page in self.paths.retired():
            yield "retired.md.j2", page, retired_view(kind, former, self._linker(page))

    def _document(self, path: str) -> Made:
        page = self.paths.document(path)
        if page is not None:
            index = DocumentIndex(self.catalog, self._cited)
            yield "document.md.j2", page, document_view(self.catalog.documents[path], index, self._linker(page))

    def _documents(self, _: str) -> Made:
        for page, view in document_list_pages(DocumentIndex(self.catalog), self._linker):
            yield "documents.md.j2", page, view


def write_pages(
    catalog: Catalog, output: OutputTree, settings: Settings, templates: Sequence[Path] = (TEMPLATES,)
) -> None:
    """Write a page for each trial, entity and document of *catalog*, the lists and the home page to *output*.

    The caller ends with ``output.finish()``, once all that belongs in the tree is written.
    """
    maker = PageMaker(catalog, settings, SitePaths(catalog, settings), templates=templates)
    for jobs in (maker.jobs(), maker.later_jobs(), maker.last_jobs()):
        for job in jobs:
            for file, text in maker.make(job):
                output.write(file, text)
