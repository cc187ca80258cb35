"""The theme's templates, with a record of which were read: a page depends on those and on no others."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import jinja2
from jinja2.runtime import Context
from mkdocs import localization
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext, script_tag_filter, url_filter

from generator.store.shelves import digest

SOURCE_MAP = ".map"


class TemplateChangedError(Exception):
    """A template changed in the middle of a rendering."""


class TemplateFiles(jinja2.FileSystemLoader):
    """Reads templates from the theme's folders, and remembers the digest of each that was asked for."""

    def __init__(self, folders: list[str]) -> None:
        """Look in *folders*, in this order."""
        super().__init__(folders)
        self.read: dict[str, bytes] = {}
        """For each template, by its name, the digest of its text; of a template that is not there, nothing."""

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return the text of a template, and remember it."""
        try:
            found = super().get_source(environment, template)
        except jinja2.TemplateNotFound:
            self.read[template] = b""
            raise
        self.read[template] = digest(found[0].encode())
        return found

    def add(self, read: Mapping[str, bytes]) -> None:
        """Add what another process read."""
        for name, found in read.items():
            if self.read.setdefault(name, found) != found:
                raise TemplateChangedError(f"the template {name} changed while it was used")

    def digests(self, names: Iterable[str]) -> dict[str, bytes]:
        """Return what ``read`` would hold of these templates now."""
        found: dict[str, bytes] = {}
        for name in names:
            try:
                found[name] = digest(super().get_source(None, name)[0].encode())  # type: ignore[arg-type]
            except jinja2.TemplateNotFound:
                found[name] = b""
        return found


class _ThemeContext(Context):
    """A template's variables; notices when the time of the build is asked for."""

    def resolve_or_missing(self, key: str) -> Any:
        """Return a variable."""
        if key == "build_date_utc":
            cast("ThemeEnvironment", self.environment).time_read = True
        return super().resolve_or_missing(key)


class Addresses:
    """What MkDocs gives a template that depends on where a page stands: most of it is the same in a whole folder."""

    def __init__(self) -> None:
        """Begin with no page."""
        self._page: Page | None = None
        self._folder: str | None = None
        self._shared: dict[str, TemplateContext] = {}

    def begin(self, page: Page | None) -> None:
        """Begin with *page*, or with a template that is no page's."""
        self._page = page
        self._folder = None
        if page is not None and page.url.endswith("/"):
            parent, slash, _ = page.url[:-1].rpartition("/")
            self._folder = parent + slash

    def context(self, nav: Navigation, files: Any, config: MkDocsConfig, page: Page) -> TemplateContext:
        """Return the variables of the template of *page*, which was begun with; *files* is what it gets as such."""
        used = (*config.extra_css, *map(str, config.extra_javascript))
        if self._folder is None or any(path.startswith(page.url) for path in used):
            return get_context(nav, files, config, page)
        shared = self._shared.get(self._folder)
        if shared is None:
            shared = self._shared[self._folder] = get_context(nav, files, config, page)
        context = shared.copy()
        context["page"] = page
        return context

    def url(self) -> Callable[[Context, str], str]:
        """Return the filter ``url``, which gives what MkDocs' own gives."""
        return self._remembered(url_filter)

    def script_tag(self) -> Callable[[Context, Any], str]:
        """Return the filter ``script_tag``, which gives what MkDocs' own gives."""
        return self._remembered(script_tag_filter)

    def _remembered(self, filtered: Callable[..., str]) -> Callable[[Context, Any], str]:
        found: dict[tuple[str, str], tuple[object, str]] = {}

        @jinja2.pass_context
        def remembered(context: Context, value: Any) -> str:
            page, folder, path = self._page, self._folder, str(value)
            if page is None or folder is None or path.startswith(page.url):
                return filtered(context, value)
            known = found.get((folder, path))
            if known is None or (known[0] is not value and known[0] != value):
                known = found[folder, path] = value, filtered(context, value)
            return known[1]

        return remembered


class ThemeEnvironment(jinja2.Environment):
    """The theme's environment as MkDocs makes it, over a loader that remembers."""

    context_class = _ThemeContext

    def __init__(self, config: MkDocsConfig, compiled: Path) -> None:
        """Read the templates of *config*'s theme; keep them compiled in the folder *compiled*."""
        self.files = TemplateFiles(config.theme.dirs)
        compiled.mkdir(parents=True, exist_ok=True)
        super().__init__(
            loader=self.files, auto_reload=False, bytecode_cache=jinja2.FileSystemBytecodeCache(str(compiled))
        )
        self.addresses = Addresses()
        self.filters["url"] = self.addresses.url()
        self.filters["script_tag"] = self.addresses.script_tag()
        localization.install_translations(self, config.theme.locale, config.theme.dirs)
        self.time_read = False
        """Whether a template asked for the time of the build."""


class ThemeListing:
    """The names of the theme's files, without the thousands of icons that are never copied.

    Left out are source maps as well, a megabyte that nobody loads who does not look for errors in the theme's scripts.
    """

    def __init__(self, folders: list[str]) -> None:
        """List these folders."""
        self._folders = folders

    def list_templates(self, filter_func: Callable[[str], bool]) -> list[str]:
        """Return the names that *filter_func* lets pass; hidden folders it never does."""
        names = {name for folder in self._folders for name in self._names(folder)}
        return sorted(filter(filter_func, names))

    def _names(self, folder: str) -> Iterator[str]:
        for place, folders, files in os.walk(folder):
            folders[:] = [name for name in folders if not name.startswith(".")]
            inside = os.path.relpath(place, folder)
            for name in files:
                if not name.endswith(SOURCE_MAP):
                    yield Path(inside, name).as_posix()
