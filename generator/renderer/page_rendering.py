"""One page through Markdown and the theme into its file: what the processes that render in parallel do."""

from __future__ import annotations

import logging
import os
import time
from dataclasses import dataclass
from typing import Any, NoReturn, cast

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_build_date

from generator.renderer.page_content import PageConverter, read_source
from generator.renderer.page_links import encode_anchors, encode_links
from generator.renderer.render_cache import UNSETTLED, PageDetails, PageNote
from generator.renderer.search_entries import page_entries, search_plugin
from generator.renderer.site_files import write_with_status
from generator.renderer.theme import ThemeEnvironment
from generator.store.files import file_signature, is_settled
from generator.store.shelves import digest


class BeyondError(Exception):
    """Only MkDocs itself can do this, with all pages in its hands at once."""


class _NotHere:
    """In place of what a template can only be given when all pages are at hand."""

    def _refuse(self, *_: Any) -> NoReturn:
        raise BeyondError("a template asks for another page's text or for the list of pages")

    __bool__ = __str__ = __len__ = __iter__ = __getitem__ = __contains__ = __html__ = _refuse

    def __getattr__(self, name: str) -> Any:
        self._refuse()


_NOT_HERE: Any = _NotHere()


class SitePage(Page):
    """A page that holds its text only while it is rendered itself."""

    time_read = False
    """Whether any page's date was asked for."""
    undated = False
    """Whether pages have no date: the time of the build is none of theirs."""

    def __init__(self, title: str | None, file: File, config: MkDocsConfig) -> None:
        """Make an empty page."""
        super().__init__(title, file, config)
        self.clear()
        self.meta = _NOT_HERE

    @classmethod
    def of(cls, file: File, config: MkDocsConfig) -> SitePage:
        """Return the page of *file*, which MkDocs may have made already."""
        page = file.page
        if isinstance(page, cls):
            return page
        if page is None:
            return cls(None, file, config)
        page.__class__ = cls
        return cast("SitePage", page)

    @property
    def update_date(self) -> str:
        """The date of the build, as MkDocs gives it."""
        SitePage.time_read = True
        return "" if SitePage.undated else get_build_date()

    @update_date.setter
    def update_date(self, value: str) -> None:
        """Accept what MkDocs sets."""

    def clear(self) -> None:
        """Let go of the text."""
        self.markdown = self.content = self.toc = _NOT_HERE


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page that was rendered."""

    source: str
    note: PageNote
    details: PageDetails
    written: bool
    """Whether the file in the site was another one, or was not there."""
    lasting: bool
    """Whether it holds until something that it depends on changes: not where it shows the time, or was warned of."""


class _Noticing(logging.Handler):
    """Notices that there was something to say."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.noticed = False

    def emit(self, record: logging.LogRecord) -> None:
        """Take note, print nothing."""
        del record
        self.noticed = True


class PageRenderer:
    """Renders pages, one at a time."""

    def __init__(self, config: MkDocsConfig, files: Files, nav: Navigation, environment: ThemeEnvironment) -> None:
        """Render with these."""
        self.config = config
        self.environment = environment
        self._nav = nav
        self._files = files
        self._converter = PageConverter(config, files)
        self._search = search_plugin(config)
        self._noticing = _Noticing()

    def fill(self, file: File) -> None:
        """Find out the title and the front matter of the page of *file*, which the navigation shows."""
        page = SitePage.of(file, self.config)
        data = file.content_bytes
        _, page.meta = read_source(data)
        page.clear()
        if "title" in page.__dict__ or "title" in page.meta:
            return
        # Without a title in the settings or in the front matter, the first heading is one.
        log = logging.getLogger("mkdocs.structure.pages")
        log.disabled = True  # what there is to say of its links is said when it is rendered
        try:
            self._converter.fill(page, data)
        finally:
            log.disabled = False

    def render(self, source: str) -> Rendered:
        """Render the page that the Markdown file *source* holds into the site.  Warnings go to MkDocs' log."""
        file = self._files.src_uris[source]
        page = SitePage.of(file, self.config)
        signature, data = read_with_signature(file.abs_src_path or "")
        SitePage.time_read = self.environment.time_read = self._noticing.noticed = False
        log = logging.getLogger("mkdocs")
        log.addHandler(self._noticing)
        self.config._current_page = page
        try:
            facts = self._converter.fill(page, data)
            entries = page_entries(self._search, page) if self._search is not None else b""
            output = self._through_theme(page)
        finally:
            self.config._current_page = None
            log.removeHandler(self._noticing)
            page.clear()
        written, status = write_with_status(file.abs_dest_path, output)
        lasting = not (SitePage.time_read or self.environment.time_read or self._noticing.noticed)
        note = PageNote(
            signature,
            digest(data) if lasting else b"",
            file.dest_uri,
            file_signature(status),
            digest(output),
        )
        details = PageDetails(encode_anchors(facts.anchors), encode_links(facts.links), entries)
        return Rendered(source, note, details, written, lasting)

    def _through_theme(self, page: Page) -> bytes:
        template = self.environment.get_template(page.meta.get("template", "main.html"))
        page.active = True
        self.environment.addresses.begin(page)
        try:
            output = template.render(self.environment.addresses.context(self._nav, _NOT_HERE, self.config, page))
        finally:
            page.active = False
            self.environment.addresses.begin(None)
        if not output.strip():
            raise BeyondError(f"{page.file.src_uri} comes out empty")
        return output.encode("utf-8", errors="xmlcharrefreplace")


def read_with_signature(path: str) -> tuple[bytes, bytes]:
    """Return a file's signature and its bytes; no signature where the file is so new that it would say little."""
    now = time.time_ns()
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123
        status = os.fstat(file.fileno())
        return file_signature(status) if is_settled(status, now) else UNSETTLED, file.readall()
