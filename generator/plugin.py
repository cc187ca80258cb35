"""The MkDocs plugin ``trial-catalog``: documents to pages before the build, generated pages rendered, search after it.

It uses MkDocs' documented events only.  With it in ``mkdocs.yml``, ``mkdocs build``, ``serve`` and ``gh-deploy`` do the
whole job; ``trial-catalog build`` runs the same events with progress and an account.
"""

from __future__ import annotations

import gzip
import logging
import sqlite3
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Literal

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files, get_files
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler

from generator.console import reporting
from generator.folders import CONTENT, HAND_WRITTEN, TEMPLATES
from generator.pipeline.executors import ExecutorError, open_executor
from generator.pipeline.flow import CatalogBuild, generate, search_records
from generator.pipeline.progress import Stages
from generator.renderer.build_state import (
    BuildState,
    Plan,
    make_old,
    plan_build,
    read_state,
    shared_by_all,
    sources_of,
    state_file,
    write_state,
)
from generator.renderer.page_html import HeadingOptions, render_page
from generator.renderer.policy import add_policy
from generator.search.index import SearchIndexError, write_search_index
from generator.settings import MOVED, PLUGIN, CatalogConfig, Settings, settings_from
from generator.storage.output import OutputError, WriteReport, replace_file

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
        self._command = "build"
        self._dirty = False
        self._shared = b""
        self._state: BuildState | None = None
        self._settings = Settings()
        self._generated: frozenset[str] = frozenset()
        self._sources: dict[str, str] = {}
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
        """Read the settings; may be called again.  Raises PluginError for those in their former place."""
        if "catalog" in config.extra:
            raise PluginError(f"{config.config_file_path}: {MOVED}")
        self.config.seeds = str(Path(config.config_file_path).resolve().parent / self.config.seeds)
        self._settings = settings_from(self.config, config.site_name, config.repo_url)
        self._headings = HeadingOptions.of(config)
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Bring the content up to date, unless :meth:`generate` did; from now on the site is not whole."""
        if self.made is None:
            self.generate(config)
        self._count_warnings()
        if self._command != "serve":
            self._state_file(config).unlink(missing_ok=True)

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
                    generate(seeds, Path(config.docs_dir), self._settings, CONTENT, self.stages, executor=executor)
                )
        except (ExecutorError, OutputError, ValueError) as error:
            raise PluginError(str(error)) from error
        except (OSError, sqlite3.OperationalError) as error:
            raise PluginError(reporting.unwritable(error)) from error
        self._open.callback(self._forget)
        self._generated = frozenset(
            name
            for name in (*self.report.written, *self.report.unchanged)
            if name.endswith(".md") and name.partition("/")[0] not in HAND_WRITTEN
        )
        _log.info(reporting.account(self.made, self.report))
        problems = self.made.catalog.problems
        for line in reporting.error_lines(problems, self.config.seeds):
            _log.error(line)
        if problems:
            _log.info(reporting.pointer_to_check(problems))

    def is_current(self, config: MkDocsConfig) -> bool:
        """Tell, after :meth:`generate`, whether a build would change nothing in the site."""
        return self.plan_for(config, get_files(config)).nothing

    def plan_for(self, config: MkDocsConfig, files: Files) -> Plan:
        """Return what MkDocs' dirty build has to render of *files*."""
        if self._state is None and self._command != "serve":
            self._state = read_state(self._state_file(config))
        by_hand = (file.src_uri for file in files.documentation_pages() if file.src_uri not in self._generated)
        return plan_build(config, files, self._state, by_hand)

    @event_priority(_LAST)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Let a dirty build find what has to be rendered again."""
        self._files = files
        self._shared = shared_by_all(config)
        if self._dirty:
            make_old(self.plan_for(config, files), Path(config.site_dir))
        self._state = None
        return files

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Give the theme a place for the menus that pages share (see ``main.html``), empty in each build."""
        env.globals["menus_by_folder"] = dict[tuple[str, str], str]()
        return env

    @event_priority(_FIRST)
    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Keep a generated page's Markdown for ourselves: no other plugin runs what a document says."""
        if page.file.src_uri not in self._generated:
            return markdown
        self._sources[page.file.src_uri] = markdown
        return ""

    @event_priority(_FIRST)
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Render a generated page."""
        source = self._sources.pop(page.file.src_uri, None)
        if source is None:
            return html
        rendered = render_page(source, page, files, config, self._headings)
        page.toc = rendered.toc
        page.present_anchor_ids = rendered.anchors
        page.links_to_anchors = rendered.links
        return rendered.html

    @event_priority(_LAST)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Add the content security policy, but not in the preview, whose own script reloads the page."""
        self.rendered += 1
        if self.advance is not None:
            self.advance(self.rendered, None)
        return output if self._command == "serve" else add_policy(output)

    @event_priority(_LAST)
    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Add the policy to the page of missing addresses, too."""
        is_page = template_name.endswith(".html") and self._command != "serve"
        return add_policy(output_content) if is_page else output_content

    @event_priority(_LAST)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the search index, and the note that lets the next build do less."""
        if self.made is None or self._files is None:
            return
        with self.stages.stage("search"):
            try:
                write_search_index(
                    search_records(self.made, self._settings), Path(config.site_dir), self._cache(config) / "search"
                )
            except SearchIndexError as error:
                raise PluginError(str(error)) from error
        _compress_without_time(Path(config.site_dir) / "sitemap.xml")
        state = BuildState(self._shared, sources_of(config, self._files))
        if self._command == "serve":
            self._state = state
        elif not self._counter.get_counts():  # what was warned of must be said again
            write_state(self._state_file(config), state)
        self._open.close()

    def on_build_error(self, *, error: Exception) -> None:
        """Close what is open."""
        self._open.close()

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Watch the documents and what is written by hand, but not the pages that we write."""
        content = Path(config.docs_dir)
        server.unwatch(str(content))
        for path in (Path(self.config.seeds), TEMPLATES, *content.iterdir()):
            if path.exists() and not self._is_generated(path, content):
                server.watch(str(path))
        return server

    def _is_generated(self, path: Path, content: Path) -> bool:
        """Tell whether all files at *path* in the content folder are ours."""
        if content not in path.parents or path.name in HAND_WRITTEN:
            return False
        ours = {*self.report.written, *self.report.unchanged, "manifest.json", "slugs.json"}
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

    def _cache(self, config: MkDocsConfig) -> Path:
        return Path(config.docs_dir).resolve().parent / ".cache"

    def _state_file(self, config: MkDocsConfig) -> Path:
        return state_file(self._cache(config) / "render", Path(config.site_dir))


def _compress_without_time(sitemap: Path) -> None:
    """Write ``sitemap.xml.gz`` anew without the time of the build: the same documents give the same bytes."""
    if sitemap.is_file():
        replace_file(sitemap.with_name("sitemap.xml.gz"), gzip.compress(sitemap.read_bytes(), mtime=0))
