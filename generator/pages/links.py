"""Links from one page to the others."""

from __future__ import annotations

from generator.language.messages import gettext
from generator.model.catalog import Catalog, Kind
from generator.model.source import Source
from generator.pages.documents.record_lines import RecordLines
from generator.pages.paths import RECORDS, PageAddress, SitePaths
from generator.pages.text.escaping import Markdown, document_text, escape, link, plain
from generator.pages.text.phrases import lines_in_words
from generator.pages.text.wording import short_layout
from generator.settings import Settings


class Linker:
    """Writes the links of one page.  Where a target has no page, its name stands as text."""

    def __init__(
        self,
        page: PageAddress,
        catalog: Catalog,
        paths: SitePaths,
        settings: Settings,
        memory: dict[str, tuple[Markdown, Markdown]] | None = None,
        records: RecordLines | None = None,
        named: dict[str, tuple[tuple[str, ...], ...]] | None = None,
        data_files: frozenset[str] = frozenset(),
    ) -> None:
        """Write links that stand on *page*; *memory*, *records* and *named* keep what pages of the catalog share.

        *data_files* are the paths of the files that exporters write.
        """
        self.page = page
        self.catalog = catalog
        self.paths = paths
        self.settings = settings
        self.memory = memory if memory is not None else {}
        """Id of a trial -> the parts of its row that have no links."""
        self.records = records if records is not None else RecordLines()
        self.data_files = data_files
        self.named = named if named is not None else {}
        """Id of a trial -> the entities that it names, by their sort among neighbours."""

    def text(self, value: str) -> Markdown:
        """Return text of a document, e-mail addresses as the settings say."""
        return document_text(value, show_contacts=self.settings.contacts)

    def to(self, address: PageAddress, words: str, anchor: str = "") -> Markdown:
        """Return a link to a page of the catalog."""
        return link(words, self.page.link_to(address, anchor))

    def trial(self, study: str, words: str | None = None, anchor: str = "") -> Markdown:
        """Return a link to a trial; its number, or *words*."""
        address = self.paths.trial(study)
        shown = escape(plain(words or study))
        return self.to(address, shown, anchor) if address else shown

    def entity(self, kind: Kind, identifier: str, words: str | None = None) -> Markdown:
        """Return a link to an entity; its name, or *words*."""
        address = self.paths.entity(kind, identifier)
        shown = escape(plain(words or self.catalog.name_of(kind, identifier) or identifier))
        return self.to(address, shown) if address else shown

    def document(self, path: str, words: str | None = None, line: int | None = None) -> Markdown:
        """Return a link to a document's page, or to a line of it; its name where it has no other page than this."""
        there = self.paths.line(path, line)
        shown = escape(plain(words or path))
        return self.to(there[0], shown, there[1]) if there and there[0] != self.page else shown

    def document_name(self, path: str) -> str:
        """Return what a document is called in a sentence: its kind and its trial; its path where it is of no trial."""
        about = self.catalog.references_to(path)
        if not about:
            return path
        if len(about) > 1:
            return path
        trial, reference = about[0]
        return gettext("{document} of {trial}").format(document=short_layout(reference.layout), trial=trial)

    def source(self, source: Source) -> Markdown:
        """Return a link to a document's line, with its name: for pages that are about several documents."""
        there = self.paths.line(source.document, source.first_line)
        if there and there[1] == RECORDS:
            return self.to(there[0], escape(source.document), RECORDS)  # a record in one line, which has no page
        lines = lines_in_words(source.first_line, source.last_line)
        shown = escape(f"{self.document_name(source.document)}, {lines}")
        return self.to(there[0], shown, there[1]) if there else shown
