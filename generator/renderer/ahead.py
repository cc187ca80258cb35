"""Several processes put the pages of a large catalog into their templates, ahead of MkDocs, which takes one by one.

Templates take most of the time of rendering, and MkDocs renders in one process.  It is given a template that only
prints what another process has made with the real one.  What plugins do with a page's context is done in both.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence

from jinja2 import ChoiceLoader, DictLoader, Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

FEWEST = 400
"""Pages from which on it pays to fork processes."""

_TEMPLATE = "rendered-ahead.html"
_HTML = "rendered_ahead"

Processes = Callable[[Callable[[int], str], Iterable[int]], Generator[str | None]]
"""Does the work with each number in other processes, and yields the results in order; None where a process died."""


class PagesAhead:
    """The HTML of pages, in the order in which MkDocs builds them."""

    def __init__(
        self,
        pages: Sequence[Page],
        files: Sequence[File],
        nav: Navigation,
        env: Environment,
        config: MkDocsConfig,
        processes: Processes,
    ) -> None:
        """Have *pages* rendered ahead: from now on MkDocs finds our template in *env* for each of them."""
        self._pages = pages
        self._files = files
        self._nav = nav
        self._env = env
        self._config = config
        self._templates: list[str | None] = [page.meta.get("template") for page in pages]
        self._places = {id(page): place for place, page in enumerate(pages)}
        self._results = processes(self._render, range(len(pages)))
        """Begins with the first page, when all plugins have done what they do with *env*."""
        self._is_rendering = False
        loaders = [DictLoader({_TEMPLATE: f"{{{{ {_HTML} }}}}"}), *([env.loader] if env.loader else [])]
        env.loader = ChoiceLoader(loaders)
        for page in pages:
            page.meta["template"] = _TEMPLATE

    def context_of(self, page: Page) -> dict[str, str]:
        """Return what our template needs for *page*; nothing for a page that is rendered as usual, or right now."""
        place = self._places.get(id(page))
        if place is None or self._is_rendering:
            return {}
        self._restore(place)
        page.active = False  # a process that is forked now must not take this page for the one that it renders
        html = next(self._results)
        if html is None:
            html = self._render(place)
        page.active = True
        return {_HTML: html}

    def close(self) -> None:
        """End the processes."""
        self._results.close()

    def _render(self, place: int) -> str:
        """Render a page as MkDocs does."""
        page = self._pages[place]
        self._restore(place)
        self._is_rendering = page.active = True
        try:
            context = get_context(self._nav, self._files, self._config, page)
            template = self._env.get_template(self._templates[place] or "main.html")
            context = self._config.plugins.on_page_context(context, page=page, config=self._config, nav=self._nav)
            return template.render(context)
        finally:
            self._is_rendering = page.active = False

    def _restore(self, place: int) -> None:
        """Take our template out of what a page says of itself: themes and plugins look whether it says anything."""
        template = self._templates[place]
        if template is None:
            self._pages[place].meta.pop("template", None)
        else:
            self._pages[place].meta["template"] = template
