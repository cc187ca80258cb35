"""The theme's templates, with a record of which were read: a page depends on those and on no others."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import jinja2
from mkdocs import localization
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils.templates import script_tag_filter, url_filter

from generator.renderer.fragments import FragmentContext, FragmentEnvironment
from generator.renderer.signatures import digest


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


class _ThemeContext(FragmentContext):
    """A template's variables; notices when the time of the build is asked for."""

    def resolve_or_missing(self, key: str) -> Any:
        """Return a variable."""
        if key == "build_date_utc":
            cast("ThemeEnvironment", self.environment).time_read = True
            self.environment.observer.leak()
        return super().resolve_or_missing(key)


class ThemeEnvironment(FragmentEnvironment):
    """The theme's environment as MkDocs makes it, over a loader that remembers."""

    context_class = _ThemeContext

    def __init__(self, config: MkDocsConfig, compiled: Path) -> None:
        """Read the templates of *config*'s theme; keep them compiled in the folder *compiled*."""
        self.files = TemplateFiles(config.theme.dirs)
        compiled.mkdir(parents=True, exist_ok=True)
        super().__init__(
            loader=self.files, auto_reload=False, bytecode_cache=jinja2.FileSystemBytecodeCache(str(compiled))
        )
        self.filters["url"] = self._url_filter()
        self.filters["script_tag"] = self._script_tag_filter()
        localization.install_translations(self, config.theme.locale, config.theme.dirs)
        self.time_read = False
        """Whether a template asked for the time of the build."""

    def _url_filter(self) -> Callable[..., str]:
        observer = self.observer

        @jinja2.pass_context
        def url(context: Any, value: Any) -> str:
            return observer.address(str(value)) if observer.page is not None else url_filter(context, value)

        return url

    def _script_tag_filter(self) -> Callable[..., str]:
        observer = self.observer

        @jinja2.pass_context
        def script_tag(context: Any, script: Any) -> str:
            observer.leak()
            return script_tag_filter(context, script)

        return script_tag


class ThemeListing:
    """The names of the theme's files, without the thousands of icons that are never copied."""

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
                yield Path(inside, name).as_posix()
