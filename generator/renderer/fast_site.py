"""A site rendered as MkDocs renders it, but only what changed, and that in parallel.

The order of things is that of ``mkdocs.commands.build.build``.  What differs:

-   A page is rendered again only where its Markdown file changed, or what all pages have in common: the settings, the
    navigation with its titles, the theme's templates, our own code and the libraries.  Everything else that a template
    could show (another page's text, the list of all pages) is refused to it; a theme that asks for it, and plugins
    that are not known here, are left to MkDocs itself (``BeyondError``).
-   Files are written only where their bytes differ, and what no longer belongs is removed at the end.
-   Links of unchanged pages are checked again only where what they lead to went away.
"""

from __future__ import annotations

import gzip
import io
import logging
import os
import time
from collections.abc import Callable, Collection
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import uuid4

import jinja2
import msgspec
from mkdocs.commands.build import _build_template
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.utils import CountHandler, get_build_timestamp

from generator.renderer import search_entries
from generator.renderer.changes import changed_pages, gone_files, shared_by_all
from generator.renderer.fingerprints import UnknownValueError
from generator.renderer.link_check import pages_with_broken_anchors, warn
from generator.renderer.page_chunks import PageWork, RenderingPlace, variables
from generator.renderer.page_links import decode_anchors
from generator.renderer.page_rendering import Rendered, SitePage, read_with_signature
from generator.renderer.processes import Away, render_pages
from generator.renderer.render_cache import CopyNote, RenderCache
from generator.renderer.site_files import files_below, remove_files, write_if_different
from generator.renderer.site_scan import belongs, decode_levels, encode_levels, patterns_digest
from generator.renderer.site_structure import SiteStructure
from generator.store.files import file_signature
from generator.store.shelves import digest

PLUGINS = frozenset({"material/search"})
"""The plugins whose work on pages is known here."""

STATIC_TEMPLATES = frozenset({"404.html", "sitemap.xml"})
"""The theme's templates that stand alone and need no page's text."""

_templates = msgspec.msgpack.Decoder(dict[str, bytes])


@dataclass(slots=True)
class RenderReport:
    """What a rendering did."""

    pages: int = 0
    rendered: int = 0
    """Pages that went through Markdown and the theme."""
    written: int = 0
    """Files whose bytes were others, or that were not there."""
    removed: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    """By stage."""
    lasting: bool = False
    """Whether the site holds until one of the files changes that it was made from: not where it shows the time."""
    outputs: dict[str, bytes] = field(default_factory=dict)
    """The signatures of the files in the site, as they were left."""
    theme: list[str] = field(default_factory=list)
    """The folders of the theme."""


def why_not(config: MkDocsConfig) -> str | None:
    """Return what in the settings only MkDocs itself can do; None where there is nothing."""
    unknown = [*(name for name in config.plugins if name not in PLUGINS), *config.hooks]
    if unknown:
        return f"the plugins or hooks {', '.join(unknown)}"
    if config.extra_templates:
        return "extra_templates"
    templates = sorted(set(config.theme.static_templates) - STATIC_TEMPLATES)
    if templates:
        return f"the theme's static templates {', '.join(templates)}"
    return None


class FastSite:
    """One rendering of a site."""

    def __init__(
        self,
        config: MkDocsConfig,
        cache: RenderCache,
        compiled: Path,
        *,
        processes: int,
        kept: Collection[str] = (),
        progress: Callable[[int, int], None] | None = None,
        executor: Executor | None = None,
        place: RenderingPlace | None = None,
        meanwhile: Callable[[], None] | None = None,
    ) -> None:
        """Prepare to render with *config* and the notes in *cache*.

        *compiled* is a folder for compiled templates.  Files and folders of the site named in *kept* are others' and
        never removed.  *progress* gets the numbers of pages done and to do.  An *executor* renders the pages where
        one is given, told of this *place*; else *processes* do.  *meanwhile* is called while others render, if any.
        """
        self._config = config
        self._cache = cache
        self._compiled = compiled
        self._processes = processes
        self._executor = executor
        self._place = place
        self._meanwhile = meanwhile
        self._kept = frozenset(kept)
        self._progress = progress
        self._report = RenderReport()
        self._clock = time.perf_counter()
        self._outputs_before = {note.output for note in cache.pages.values()} | cache.copies.keys()
        self._outputs: set[str] = set()
        self._rendered: list[str] = []
        self._copied = False
        self._lost: dict[str, set[str]] = {}

    def build(self) -> RenderReport:
        """Render what changed.

        Raises Abort where there were warnings and the settings are strict, BeyondError where only MkDocs can do it.
        """
        counter = CountHandler()
        counter.setLevel(logging.WARNING)
        log = logging.getLogger("mkdocs")
        log.addHandler(counter)
        try:
            self._build()
        finally:
            log.removeHandler(counter)
        if self._config.strict and (counts := counter.get_counts()):
            found = ", ".join(f"{number} {level.lower()}s" for level, number in counts)
            raise Abort(f"Aborted with {found} in strict mode!")
        return self._report

    def _build(self) -> None:
        self._cache.begin()
        levels: dict[str, int] = {}
        if self._cache.fact("patterns") == patterns_digest(self._config):
            levels = decode_levels(self._cache.fact("levels"))
        structure = SiteStructure(self._config, self._compiled, levels)
        self._config, self._environment = structure.config, structure.environment
        files, nav, pages = structure.files, structure.nav, structure.pages
        base = self._base(nav)
        valid = base is not None and base == self._cache.fact("base")
        self._stage("structure")
        removed = self._forget(set(pages))
        todo = pages
        if valid:
            gone = gone_files(decode_levels(self._cache.fact("levels")), files)
            todo = changed_pages(self._cache, pages, self._config.docs_dir, self._config.site_dir, gone)
        self._stage("changes")
        self._render(structure, todo)
        self._stage("pages")
        self._copy(files)
        self._stage("copies")
        self._stand_alone(files, nav, pages)
        self._search(pages, renew=bool(todo) or removed)
        self._stage("index")
        self._check_links(files)
        self._remove_others()
        self._keep_facts(files, nav, valid=valid)
        self._report_outputs()
        self._cache.finish()
        self._stage("end")

    def _stage(self, name: str) -> None:
        now = time.perf_counter()
        self._report.seconds[name] = now - self._clock
        self._clock = now

    # What all pages have in common

    def _base(self, nav: Navigation) -> bytes | None:
        """Return what stands for all that pages have in common, the templates read last time included."""
        known = self._cache.fact("templates")
        templates = self._environment.files.digests(_templates.decode(known) if known else ())
        try:
            return _base_of(shared_by_all(self._config, nav), templates)
        except UnknownValueError:
            return None

    def _keep_facts(self, files: Files, nav: Navigation, *, valid: bool) -> None:
        known = self._cache.fact("templates") if valid else b""
        templates = {**(_templates.decode(known) if known else {}), **self._environment.files.read}
        self._cache.keep_fact("templates", msgspec.msgpack.encode(templates))
        try:
            base = _base_of(shared_by_all(self._config, nav), templates)
        except UnknownValueError:
            base = b""
        self._cache.keep_fact("base", base)
        for name, value in (("levels", encode_levels(files)), ("patterns", patterns_digest(self._config))):
            if self._cache.fact(name) != value:
                self._cache.keep_fact(name, value)

    # Pages

    def _forget(self, pages: Collection[str]) -> bool:
        """Forget pages that are gone; tell whether there were any."""
        gone = [source for source in self._cache.pages if source not in pages]
        for source in gone:
            self._cache.drop_page(source)
        return bool(gone)

    def _render(self, structure: SiteStructure, todo: list[str]) -> None:
        again = set(todo)
        files, pages = structure.files, structure.pages
        for source in pages:
            output = files.src_uris[source].dest_uri if source in again else self._cache.pages[source].output
            self._outputs.add(output)
        self._report.pages, self._report.rendered = len(pages), len(todo)
        away = self._away(structure) if self._executor is not None else None

        def meanwhile() -> None:
            if self._meanwhile is not None:
                self._meanwhile()
            self._copy(files)

        for number, rendered in enumerate(render_pages(structure.renderer, todo, self._processes, away, meanwhile), 1):
            self._keep(rendered)
            if self._progress is not None:
                self._progress(number, len(todo))

    def _away(self, structure: SiteStructure) -> Away | None:
        """Return who else renders pages; nobody where what all pages have in common cannot be compared."""
        if self._executor is None or self._place is None:
            return None
        try:
            shared = shared_by_all(self._config, structure.nav)
        except UnknownValueError:
            return None
        compiled = self._compiled.resolve()
        levels = compiled.with_name("levels.json")
        write_if_different(str(levels), encode_levels(structure.files))
        work = PageWork(uuid4().hex, self._place, compiled, shared, variables(), levels)
        return Away(self._executor, work)

    def _keep(self, rendered: Rendered) -> None:
        source = rendered.source
        if source in self._cache.pages:
            for _, before in self._cache.details([source]):
                lost = decode_anchors(before.anchors) - decode_anchors(rendered.details.anchors)
                if lost:
                    self._lost[source] = lost
        self._cache.keep_page(source, rendered.note, rendered.details)
        self._rendered.append(source)
        self._report.written += rendered.written

    def _check_links(self, files: Files) -> None:
        broken = pages_with_broken_anchors(self._cache, self._rendered, self._lost)
        warn(broken, files, self._config)
        for source in broken:  # until it is mended, this is to be said each time
            self._cache.keep_page(source, replace(self._cache.pages[source], digest=b""))

    # Other files

    def _copy(self, files: Files) -> None:
        if self._copied:
            return
        self._copied = True
        for file in files:
            if not file.is_documentation_page() and belongs(file):
                self._outputs.add(file.dest_uri)
                self._copy_file(file)

    def _copy_file(self, file: File) -> None:
        source = file.abs_src_path or ""
        signature = file_signature(os.stat(source))  # noqa: PTH116
        if not self._is_there(file.dest_uri, signature):
            signature, data = read_with_signature(source)
            self._write(file.dest_uri, data, signature)

    def _is_there(self, output: str, signature: bytes) -> bool:
        """Tell whether *output* is in the site as it was written last, from what bears this *signature*."""
        note = self._cache.copies.get(output)
        if note is None or note.signature != signature:
            return False
        try:
            status = os.stat(f"{self._config.site_dir}/{output}")  # noqa: PTH116
        except OSError:
            return False
        return file_signature(status) == note.output_signature

    def _write(self, output: str, data: bytes, signature: bytes) -> None:
        path = f"{self._config.site_dir}/{output}"
        self._report.written += write_if_different(path, data)
        self._cache.keep_copy(output, CopyNote(signature, file_signature(os.stat(path))))  # noqa: PTH116

    def _stand_alone(self, files: Files, nav: Navigation, pages: list[str]) -> None:
        """Render the templates that are files of their own, such as the sitemap.

        Pages bear a date only where the environment gives one (SOURCE_DATE_EPOCH): the day of the build is none.
        """
        moment = os.environ.get("SOURCE_DATE_EPOCH")
        base = self._base(nav)
        made_from = digest((moment or "").encode(), base or os.urandom(16), *(page.encode() for page in pages))
        for name in sorted(self._config.theme.static_templates):
            outputs = [name, f"{name}.gz"] if name == "sitemap.xml" else [name]
            if not all(self._is_there(output, made_from) for output in outputs):
                self._render_stand_alone(name, files, nav, made_from, dated=moment is not None)
            self._outputs.update(output for output in outputs if output in self._cache.copies)

    def _render_stand_alone(self, name: str, files: Files, nav: Navigation, made_from: bytes, *, dated: bool) -> None:
        try:
            template = self._environment.get_template(name)
        except jinja2.TemplateNotFound:
            logging.getLogger("mkdocs").warning("Template skipped: '%s' not found in theme directories.", name)
            return
        for file in files.documentation_pages():
            SitePage.of(file, self._config)
        SitePage.undated = not dated
        try:
            output = _build_template(name, template, files, self._config, nav).encode()
        finally:
            SitePage.undated = False
        if not output.strip():
            return
        self._write(name, output, made_from)
        if name == "sitemap.xml":
            packed = io.BytesIO()
            first = [SitePage.of(file, self._config) for file in files.documentation_pages()[:1]]
            moment = get_build_timestamp(pages=first) if dated else 0
            with gzip.GzipFile(f"{name}.gz", "wb", fileobj=packed, mtime=moment) as zipped:
                zipped.write(output)
            self._write(f"{name}.gz", packed.getvalue(), made_from)

    def _search(self, pages: list[str], *, renew: bool) -> None:
        plugin = search_entries.search_plugin(self._config)
        if plugin is None:
            return
        self._outputs.add(search_entries.OUTPUT)
        order = digest(*(page.encode() for page in pages))
        if renew or not self._is_there(search_entries.OUTPUT, order):
            entries = (details.entries for _, details in self._cache.details(pages))
            self._write(search_entries.OUTPUT, search_entries.whole_index(plugin, entries), order)

    def _remove_others(self) -> None:
        """Remove what earlier renderings left and this one did not make.

        Where the last one did not come to its end, or is not known, that is everything else in the site.
        """
        site = Path(self._config.site_dir)
        there = set(files_below(site)) if self._cache.crashed else self._outputs_before
        others = {name for name in there - self._outputs if name.split("/", 1)[0] not in self._kept}
        self._report.removed = remove_files(site, others)
        for name in set(self._cache.copies) - self._outputs:
            self._cache.drop_copy(name)

    def _report_outputs(self) -> None:
        """Say what was left, and whether it lasts."""
        pages = self._cache.pages.values()
        self._report.lasting = bool(self._cache.fact("base")) and all(note.digest for note in pages)
        self._report.outputs = {note.output: note.output_signature for note in pages}
        self._report.outputs.update((output, note.output_signature) for output, note in self._cache.copies.items())
        self._report.theme = [str(folder) for folder in self._config.theme.dirs]


def _base_of(shared: bytes, templates: dict[str, bytes]) -> bytes:
    return digest(shared, *(name.encode() + b"\0" + found for name, found in sorted(templates.items())))
