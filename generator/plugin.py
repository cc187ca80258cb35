"""The MkDocs plugin ``trial-catalog``: documents to pages before the build, generated pages rendered, search after it.

It uses MkDocs' documented events only.  With it in ``mkdocs.yml``, ``mkdocs build``, ``serve`` and ``gh-deploy`` do the
whole job; ``trial-catalog build`` runs the same events with progress and an account.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path
from typing import Literal, cast
from urllib.parse import urljoin

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files, get_files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from mkdocs.utils import CountHandler
from mkdocs.utils.templates import TemplateContext

from generator.exports.exporter import ExporterError
from generator.folders import CONTENT, HAND_WRITTEN, TEMPLATES, language_folders, template_folders
from generator.identity.curated import KINDS
from generator.identity.review import Context, Question, questions
from generator.identity.vocabularies.shipped import shipped_without
from generator.language.messages import LanguageError, activate, gettext, ngettext, npgettext, pgettext
from generator.pipeline.flow import (
    DAMAGES,
    SLUGS,
    CatalogBuild,
    addresses_without_content,
    generate,
    last_changes,
    search_records,
)
from generator.pipeline.processes import ExecutorError, open_executor, start_work
from generator.pipeline.progress import Stages
from generator.renderer.build_state import (
    BuildState,
    Plan,
    make_old,
    plan_build,
    read_state,
    reason_for_everything,
    shared_by_all,
    sources_of,
    write_state,
)
from generator.renderer.navigation import Places
from generator.renderer.own_pages import add_page_folders, headings_of
from generator.renderer.page_html import HeadingOptions, PageHtml, render_page
from generator.renderer.pages_ahead import FinishedPage, PagesAhead, build_page, is_worth_it
from generator.renderer.policy import add_policy
from generator.renderer.site_defaults import add_defaults
from generator.renderer.site_folder import (
    CONFIGURATION,
    SiteFolderError,
    begin_site,
    check_site_folder,
    list_site_files,
)
from generator.reports import printing
from generator.reports.own_files import own_file_problems
from generator.reports.review_page import PATH, ReviewPage
from generator.search.index import SearchIndexError, write_search_index
from generator.search.names import Name
from generator.settings import MOVED, PLUGIN, CatalogConfig, Settings, read_config_file, settings_from
from generator.storage.output import MANIFEST, OutputError, WriteReport, gzipped, replace_file

_log = get_plugin_logger(PLUGIN)

_FIRST, _LAST = 100, -100
"""Order among plugins: the text of documents is taken away before another plugin sees it; the policy comes last."""


class TrialCatalogPlugin(BasePlugin[CatalogConfig]):  # type: ignore[no-untyped-call]
    """Generates the catalog's pages and renders them."""

    def __init__(self) -> None:
        """Wait for MkDocs' events."""
        self.stages = Stages(quiet=True)
        self.scheduler: str | None = None
        """Address of the Dask scheduler on whose cluster documents are read; None reads them here."""
        self.made: CatalogBuild | None = None
        """The catalog of the build that is under way."""
        self.report = WriteReport()
        self.advance: Callable[[int, int | None], None] | None = None
        """Told how many pages are rendered, and how many there are."""
        self.rendered = 0
        self.force = False
        """Whether files that no build put there may be removed from the site's folder."""
        self._command = "build"
        self._checked: Path | None = None
        self._written_to: Path | None = None
        self._server: LiveReloadServer | None = None
        self._watched: set[Path] = set()
        self._review: ReviewPage | None = None
        self._nav: Navigation | None = None
        self._places: Places | None = None
        self._dirty = False
        self._shared = b""
        self._state: BuildState | None = None
        self._settings = Settings()
        self._generated: frozenset[str] = frozenset()
        self._sources: dict[str, int] = {}
        """Characters of each generated page's Markdown: all that stands below its metadata."""
        self._late = False
        """Whether generated pages are rendered when they are built, so that MkDocs holds none of them in memory."""
        self._ahead: PagesAhead | None = None
        self._indexed: Callable[[], None] | None = None
        self._headings = HeadingOptions()
        self._files: Files | None = None
        self._counter = CountHandler()
        self._open = ExitStack()

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Take note of what MkDocs was called for."""
        self._command, self._dirty = command, dirty

    def on_shutdown(self) -> None:
        """Close what is open."""
        self._open.close()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the settings and add what every catalog needs; may be called again.

        Raises PluginError for settings in their former place, and where the build would destroy what is not its own.
        """
        if "catalog" in config.extra:
            raise PluginError(f"{config.config_file_path}: {MOVED}")
        self.config.seeds = str(self._catalog_folder(config) / self.config.seeds)
        site_url = config.site_url
        if self._command == "serve":  # MkDocs put the preview's address there; what we write is the same for a build
            site_url = read_config_file(Path(config.config_file_path)).settings.site_url
        self._settings = settings_from(
            self.config,
            config.site_name,
            config.repo_url,
            site_url,
            config.site_author,
            language=config.theme.get("language"),
        )
        self._activate_language(config)
        add_defaults(config)
        self._headings = HeadingOptions.of(config)
        self._check_site_folder(config)
        return config

    def _activate_language(self, config: MkDocsConfig) -> None:
        try:
            activate(self._settings.language, language_folders(template_folders(self._catalog_folder(config))))
        except LanguageError as error:
            raise PluginError(str(error)) from error

    def _check_site_folder(self, config: MkDocsConfig) -> None:
        """Refuse, once, to empty a folder that holds more than a site; a preview has a temporary one."""
        site = Path(config.site_dir)
        if self._command == "serve" or self._checked == site:
            return
        folder = self._catalog_folder(config)
        kept = {
            "the documents": Path(self.config.seeds),
            "the content": Path(config.docs_dir),
            "the catalog's templates": folder / "templates",
            CONFIGURATION: folder,
        }
        if config.theme.custom_dir:
            kept["the theme's parts"] = Path(config.theme.custom_dir)
        try:
            check_site_folder(site, kept, force=self.force)
        except SiteFolderError as error:
            raise PluginError(str(error)) from error
        self._checked = site

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Bring the content up to date, unless :meth:`generate` did; from now on the site is not whole."""
        if self.made is None:
            self.generate(config)
        self._count_warnings()
        if self._command != "serve" and self.made is not None:
            if self._state is None:
                self._state = read_state(self.made.cache, Path(config.site_dir))
            write_state(self.made.cache, Path(config.site_dir), None)
            begin_site(Path(config.site_dir))
            self._written_to = Path(config.site_dir)

    def generate(self, config: MkDocsConfig) -> None:
        """Read the documents and write pages and data into the content folder.

        The catalog stays open until the build ends.  Raises PluginError where that cannot be done.
        """
        self._open.close()
        self.rendered = 0
        self.on_config(config)
        seeds = Path(self.config.seeds)
        if not seeds.is_dir():
            raise PluginError(f"{seeds}: there is no such folder; put your documents there, or set `seeds`")
        try:
            with open_executor(self.scheduler) as executor:
                self.made, self.report = self._open.enter_context(
                    generate(
                        seeds,
                        Path(config.docs_dir),
                        self._settings,
                        CONTENT,
                        self.stages,
                        templates=template_folders(self._catalog_folder(config)),
                        executor=executor,
                    )
                )
        except (ExecutorError, ExporterError, OutputError, ValueError) as error:
            raise PluginError(str(error)) from error
        except (OSError, sqlite3.OperationalError) as error:
            raise PluginError(printing.file_error_sentence(error)) from error
        self._open.callback(self._forget)
        self._generated = frozenset(
            name
            for name in (*self.report.written, *self.report.unchanged)
            if name.endswith(".md") and name.partition("/")[0] not in HAND_WRITTEN
        )
        _log.info(printing.account(self.made, self.report))
        for line in printing.gap_of_history(self.made):
            _log.info(line)
        folder = self._catalog_folder(config)
        parts = Path(config.theme.custom_dir) if config.theme.custom_dir else None
        own = own_file_problems(folder, parts, Path(config.docs_dir), self.report)
        problems = [*self.made.catalog.problems, *own]
        for line in printing.error_lines(problems, self.config.seeds):
            _log.info(line)  # not as errors: --strict is about the pages, and a document never stops the others
        for line in printing.own_file_lines(problems):
            _log.info(line)
        if problems:
            _log.info(printing.pointer_to_check(problems))

    def is_current(self, config: MkDocsConfig) -> bool:
        """Tell, after :meth:`generate`, whether a build would change nothing in the site."""
        files = get_files(config)
        add_page_folders(files, config, self.config.page_folders)
        return self.plan_for(config, files).nothing

    def plan_for(self, config: MkDocsConfig, files: Files) -> Plan:
        """Return what MkDocs' dirty build has to render of *files*."""
        if self._state is None and self._command != "serve" and self.made is not None:
            self._state = read_state(self.made.cache, Path(config.site_dir))
        by_hand = (file.src_uri for file in files.documentation_pages() if file.src_uri not in self._generated)
        return plan_build(config, files, self._state, by_hand)

    @event_priority(_LAST)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages of more folders, and let a dirty build find what has to be rendered again."""
        for name in (MANIFEST, SLUGS):  # notes for the next run; slugs also name people who are contacts only
            if (file := files.get_file_from_path(name)) is not None:
                files.remove(file)
        add_page_folders(files, config, self.config.page_folders)
        self._files = files
        self._shared = shared_by_all(config)
        if self._dirty:
            make_old(self.plan_for(config, files), Path(config.site_dir))
        self._state = None
        self._late = len(config.plugins.events["page_content"]) == 1
        if (made := self.made) is not None:
            index = start_work(
                lambda: self._write_search_index(made, config), made.cache, elsewhere=self._command != "serve"
            )
            self._indexed = self._open.enter_context(index)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Look through the navigation: each page is told where it stands."""
        self._nav, self._places = nav, Places(nav)
        return nav

    @event_priority(_FIRST)
    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Render a generated page, and tell the templates where it stands, for breadcrumbs and tabs."""
        if self._ahead is not None and page in self._ahead:
            finished = self._ahead.take(page)
            finished.page.tell(page, self._files or Files([]), config)
            return cast("TemplateContext", {"rendered_output": finished.output})
        if self._late and page.file.src_uri in self._sources:
            page.content = self._render(page, self._files or Files([]), config)
        if self._places is not None:
            context["catalog_place"] = self._places.place(page)  # type: ignore[typeddict-unknown-key]
        return context

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Give the theme our messages, and a place for the menus that pages share (see ``main.html``)."""
        env.trim_blocks = env.lstrip_blocks = True  # blanks of the theme's templates were a quarter of a small page
        env.add_extension("jinja2.ext.i18n")
        env.globals.update(gettext=gettext, ngettext=ngettext, pgettext=pgettext, npgettext=npgettext)
        env.globals["menus_by_folder"] = dict[tuple[str, str], str]()
        self._ahead = self._render_ahead(env, config, files)
        return env

    @event_priority(_FIRST)
    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Keep a generated page's Markdown for ourselves: no other plugin runs what a document says."""
        if page.file.src_uri not in self._generated:
            return markdown
        self._sources[page.file.src_uri] = len(markdown)
        return ""

    @event_priority(_FIRST)
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Render a generated page now where another plugin wants to see it."""
        return html if self._late or page.file.src_uri not in self._sources else self._render(page, files, config)

    def _render(self, page: Page, files: Files, config: MkDocsConfig) -> str:
        """Return the HTML of a generated page, and give MkDocs what it wants to know of it."""
        rendered = self._render_markdown(page, files)
        rendered.tell(page, files, config)
        return rendered.html

    def _render_markdown(self, page: Page, files: Files) -> PageHtml:
        source = page.file.content_string
        start = len(source) - self._sources.pop(page.file.src_uri)
        rendered = render_page(source[start:], page, files, self._headings)
        page.toc = rendered.toc
        return rendered

    def _render_ahead(self, env: Environment, config: MkDocsConfig, files: Files) -> PagesAhead | None:
        """Let other processes render generated pages, where there are many and no other plugin watches."""
        made, nav = self.made, self._nav
        if made is None or nav is None or self._command == "serve" or reason_for_everything(config):
            return None
        shown = files.documentation_pages()
        pages = [file.page for file in shown if file.page is not None and file.src_uri in self._sources]
        if not is_worth_it(len(pages), made.cache):
            return None

        def render(page: Page) -> FinishedPage:
            rendered = self._render_markdown(page, files)
            page.content = rendered.html
            output = build_page(page, shown, env=env, nav=nav, config=config)
            page.content, page.toc = None, get_toc([])  # nobody looks at them any more
            return FinishedPage(output, replace(rendered, html=""))

        return self._open.enter_context(closing(PagesAhead(pages, made.cache, render)))

    @event_priority(_LAST)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Add the content security policy, but not in the preview, whose own script reloads the page."""
        page.content = None
        self.rendered += 1
        if self.advance is not None:
            self.advance(self.rendered, None)
        return output if self._command == "serve" else add_policy(output)

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Tell the sitemap when each trial was last changed, as its documents say, and which pages only lead on."""
        if template_name == "sitemap.xml" and self.made is not None:
            changes = dict(last_changes(self.made, self._settings))
            unlisted = frozenset(addresses_without_content(self.made, self._settings))
            return cast("TemplateContext", {**context, "last_changes": changes, "unlisted": unlisted})
        return context

    @event_priority(_LAST)
    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Add the policy to the page of missing addresses, too."""
        is_page = template_name.endswith(".html") and self._command != "serve"
        return add_policy(output_content) if is_page else output_content

    @event_priority(_LAST)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the search index, and the note that lets the next build do less."""
        if self.made is None or self._files is None or self._indexed is None:
            return
        with self.stages.stage("search"):
            try:
                self._indexed()
            except DAMAGES:  # of what is read only now, a row can turn out to be damaged
                self.made.cache.reset()
                self.generate(config)
                self._write_search_index(self.made, config)
        _compress_without_time(Path(config.site_dir) / "sitemap.xml")
        state = BuildState(self._shared, sources_of(config, self._files))
        if self._command == "serve":
            self._state = state
            self._watch(config)
            self._renew_review(self.made)
        elif not self._counter.get_counts():  # what was warned of must be said again
            write_state(self.made.cache, Path(config.site_dir), state)
        self._end_site()
        self._open.close()

    def _write_search_index(self, made: CatalogBuild, config: MkDocsConfig) -> None:
        cache = Path(config.docs_dir).resolve().parent / ".cache" / "search"
        pages = [
            Name("page", heading.title, heading.url, 0, (), heading.page)
            for heading in headings_of(self._files or Files([]), self._generated, self._headings.make_slug)
        ]
        try:
            write_search_index(search_records(made, self._settings), Path(config.site_dir), cache, pages)
        except SearchIndexError as error:
            raise PluginError(str(error)) from error

    def on_build_error(self, *, error: Exception) -> None:
        """Close what is open.  Raises PluginError, in one sentence, where a file could not be written."""
        self._open.close()  # first, so that no process writes any more
        self._end_site()
        if isinstance(error, (OSError, sqlite3.OperationalError)):
            raise PluginError(printing.file_error_sentence(error, rendering=True)) from error

    def _end_site(self) -> None:
        if self._written_to is not None:
            list_site_files(self._written_to)
            self._written_to = None

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Watch what the pages are made from, but not the pages that we write; show the page that asks about names."""
        server.unwatch(config.docs_dir)
        self._server = server
        self._watch(config)
        if self._review is not None and (preview := server.get_app()) is not None:
            server.set_app(self._review.before(preview, server.url))
            _log.info("Decide about names at %s", urljoin(server.url, PATH))
        return server

    def _renew_review(self, made: CatalogBuild) -> None:
        """Let the page of the preview ask about *made* from now on; nothing is looked for until somebody opens it."""
        identification, title, off = made.identification, made.catalog.title, self._settings.vocabularies_off

        def asked() -> tuple[list[Question], Context]:
            found = questions(identification, KINDS, shipped_without(off))
            return found, Context(identification, title)

        if self._review is None:
            self._review = ReviewPage(Path(self.config.seeds), asked)
        else:
            self._review.renew(asked)

    def _watch(self, config: MkDocsConfig) -> None:
        """Watch what is there by now: of the content folder only the first level, and what is not generated."""
        content, folder = Path(config.docs_dir), self._catalog_folder(config)
        own = [path for path in content.iterdir() if not self._is_generated(path, content)]
        parts = [Path(config.theme.custom_dir)] if config.theme.custom_dir else []
        pages = [folder / name for name in self.config.page_folders]
        for path in (Path(self.config.seeds), TEMPLATES, folder / "templates", *parts, *pages, *own):
            if path.exists() and path not in self._watched and self._server is not None:
                self._watched.add(path)
                self._server.watch(str(path))
        if content not in self._watched and self._server is not None:
            self._watched.add(content)
            self._server.watch(str(content), recursive=False)

    def _is_generated(self, path: Path, content: Path) -> bool:
        """Tell whether all files at *path* in the content folder are ours."""
        if content not in path.parents or path.name in HAND_WRITTEN:
            return False
        ours = {*self.report.written, *self.report.unchanged, MANIFEST, SLUGS}
        files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
        return all(file.relative_to(content).as_posix() in ours for file in files)

    def _count_warnings(self) -> None:
        self._counter = CountHandler()
        self._counter.setLevel("WARNING")
        for name in ("mkdocs", "generator"):
            logger = logging.getLogger(name)
            logger.addHandler(self._counter)
            self._open.callback(logger.removeHandler, self._counter)

    def _forget(self) -> None:
        self.made = None
        self._sources.clear()
        self._ahead = self._indexed = None

    def _catalog_folder(self, config: MkDocsConfig) -> Path:
        return Path(config.config_file_path).resolve().parent


def _compress_without_time(sitemap: Path) -> None:
    """Write ``sitemap.xml.gz`` anew without the time of the build: the same documents give the same bytes."""
    if sitemap.is_file():
        replace_file(sitemap.with_name("sitemap.xml.gz"), gzipped(sitemap.read_bytes()))
