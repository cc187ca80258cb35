"""Generated pages that other processes render while MkDocs builds: each core of the machine does its part.

MkDocs builds one page after the other.  Forked processes know all that it knows by then, so they do for a page what it
would do, with MkDocs' own functions, and give it the whole output.  MkDocs' part is a template that prints it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from generator.pipeline.processes import WorkerDied, can_fork, cores, forked
from generator.renderer.page_html import PageHtml
from generator.storage.cache import Cache

WORTH_IT = 200
"""Pages from which on it pays to start processes."""

_TEMPLATE = "rendered.html"
"""Prints a page that is rendered already."""


def is_worth_it(pages: int, cache: Cache) -> bool:
    """Tell whether other processes, which can read *cache*, should render so many pages."""
    return pages >= WORTH_IT and cores() > 1 and can_fork(cache)


@dataclass(slots=True)
class FinishedPage:
    """The output of a page, and what MkDocs wants to know of it."""

    output: str
    page: PageHtml


class PagesAhead:
    """Gives back pages in the order in which MkDocs builds them."""

    def __init__(self, pages: Iterable[Page], cache: Cache, render: Callable[[Page], FinishedPage]) -> None:
        """Have *render* called for each of *pages* by forked processes, which can read *cache*."""
        self._pages = {page.file.src_uri: page for page in pages}
        self._templates = {name: page.meta.get("template") for name, page in self._pages.items()}
        for page in self._pages.values():
            page.meta["template"] = _TEMPLATE
        self._render = render
        self._left = len(self._pages)
        self._finished = forked(self._work, cache, cores(), list(self._pages))

    def __contains__(self, page: Page) -> bool:
        """Say whether *page* is rendered elsewhere, or was."""
        return page.meta.get("template") == _TEMPLATE

    def take(self, page: Page) -> FinishedPage:
        """Wait for *page*, which is the next one."""
        page.active = False  # so that a process that is forked now has no active page
        found = next(self._finished)
        page.active = True
        self._left -= 1
        if not self._left:
            self.close()
        return self._work(found.item) if isinstance(found, WorkerDied) else found

    def close(self) -> None:
        """End the processes: while they live, they hold what they inherited."""
        self._finished.close()

    def _work(self, name: str) -> FinishedPage:
        page = self._pages[name]
        template = self._templates[name]
        try:
            if template is None:
                del page.meta["template"]
            else:
                page.meta["template"] = template
            return self._render(page)
        finally:
            page.meta["template"] = _TEMPLATE


def build_page(page: Page, files: Sequence[File], *, env: Environment, nav: Navigation, config: MkDocsConfig) -> str:
    """Return what the theme's template makes of *page*, one of *files*, with the context that MkDocs gives it."""
    page.active = True
    try:
        context = get_context(nav, files, config, page)
        context = config.plugins.on_page_context(context, page=page, config=config, nav=nav)
        return env.get_template(page.meta.get("template", "main.html")).render(context)
    finally:
        page.active = False
