"""Atom feeds of what changed: of the catalog, of some kinds of changes, of each trial and of each entity (RFC 4287).

Ids and dates come from the commits, never from the time of the build: the same repository gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import cast
from uuid import UUID, uuid5

from lxml import etree

from generator.language.formats import in_sentence
from generator.language.messages import active_language, gettext
from generator.model.catalog import Catalog
from generator.model.change import Change, ChangeKind, Event, EventRow
from generator.pages.history import ANCHOR, shown_changes
from generator.pages.lists.changes import FEEDS
from generator.pages.paths import PageAddress, SitePaths
from generator.pages.text.changes import excerpts, in_one_line, label_of, value_in_words, with_action
from generator.pages.trial.history import feed_file
from generator.settings import Settings

MOST = 50
"""Entries of a feed, the newest."""

_ATOM = "http://www.w3.org/2005/Atom"
_IDS = UUID("6f0c5c37-41a2-5d0f-9d0b-2a7c1f6f3c11")
"""The space of our ids: what they are made from is the catalog's title, the study and the commit."""
_NAMES = cast("dict[str, str]", {None: _ATOM})
_NEVER = "1970-01-01T00:00:00Z"
"""When a feed without entries was updated: no event says so, and the format asks for a time."""
_NOT_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF], "\ufffd")
"""Characters that XML does not allow."""

Shows = Callable[[Change], bool]


def _opens(change: Change) -> bool:
    return change.pointer.endswith("/overallStatus") and change.new in ("RECRUITING", "ENROLLING_BY_INVITATION")


_SHOWN: dict[str, tuple[ChangeKind, Shows]] = {
    "recruiting.xml": ("status", _opens),
    "results.xml": ("results", lambda change: change.pointer == "/resultsSection" and change.action == "added"),
    "new.xml": ("new", lambda change: change.kind == "new"),
}
"""Name of a feed -> the changes that it is about, and their kind."""


class FeedMaker:
    """Makes the feeds of one catalog."""

    def __init__(self, catalog: Catalog, paths: SitePaths, settings: Settings) -> None:
        """Make feeds of *catalog*, with links to the pages at *paths*."""
        self._catalog = catalog
        self._paths = paths
        self._settings = settings

    def catalog_feeds(self) -> Iterable[tuple[str, bytes]]:
        """Yield the feeds of the catalog, each as its path inside the content folder and its content."""
        page = SitePaths.changes
        for name, title in FEEDS.items():
            rows = (row for row in self._catalog.events() if name not in _SHOWN or self._has(row, *_SHOWN[name]))
            whole = f"{self._settings.title}: {in_sentence(gettext(title))}"
            yield f"{page.url}{name}", self._feed(whole, page, f"{page.url}{name}", self._first(rows))

    def trial_feed(self, study: str) -> tuple[str, bytes] | None:
        """Return the feed of a trial; None where it has no page."""
        page = self._paths.trial(study)
        if page is None:
            return None
        title = self._catalog.title(study) or study
        events = [event for event in self._catalog.events_of_study(study)[:MOST] if self._shown(event)]
        file = feed_file(page.url)
        return file, self._feed(f"{study}: {title}" if title != study else study, page, file, events)

    def entity_feed(self, page: PageAddress, name: str, rows: Iterable[EventRow]) -> tuple[str, bytes]:
        """Return the feed of an entity with a *page*: what changed in its trials."""
        file = feed_file(page.url)
        return file, self._feed(name, page, file, self._first(rows))

    def _has(self, row: EventRow, kind: ChangeKind, shows: Shows) -> bool:
        event = self._event(row) if kind in row.kinds else None
        return event is not None and any(map(shows, event.changes))

    def _event(self, row: EventRow) -> Event | None:
        events = self._catalog.events_of_study(row.study)
        return next((event for event in events if (event.commit, event.time) == (row.commit, row.time)), None)

    def _first(self, rows: Iterable[EventRow]) -> list[Event]:
        found: list[Event] = []
        for row in rows:
            event = self._event(row)
            if event is not None and self._shown(event):
                found.append(event)
            if len(found) == MOST:
                break
        return found

    def _shown(self, event: Event) -> list[Change]:
        return shown_changes(event, self._catalog, contacts=self._settings.contacts, say=gettext)

    def _feed(self, title: str, page: PageAddress, file: str, events: list[Event]) -> bytes:
        feed = etree.Element(f"{{{_ATOM}}}feed", nsmap=_NAMES)
        feed.set("{http://www.w3.org/XML/1998/namespace}lang", active_language().code)
        _put(feed, "id", _id(self._settings.title, file))
        _put(feed, "title", title)
        _put(feed, "updated", max((event.time for event in events), default=_NEVER))
        _put(feed, "link", rel="self", type="application/atom+xml", href=self._url(file, file))
        _put(feed, "link", rel="alternate", type="text/html", href=self._url(page.url, file))
        _put(_put(feed, "author"), "name", self._settings.title)
        for event in events:
            self._entry(feed, event, file)
        etree.indent(feed, " ")
        return etree.tostring(feed, xml_declaration=True, encoding="UTF-8") + b"\n"

    def _entry(self, feed: etree._Element, event: Event, file: str) -> None:
        changes = self._shown(event)
        page = self._paths.trial(event.study)
        entry = _put(feed, "entry")
        _put(entry, "id", _id(self._settings.title, event.study, event.commit))
        _put(entry, "title", f"{event.study}: {in_one_line(changes)}")
        _put(entry, "updated", event.time)
        if page is not None:
            _put(entry, "link", rel="alternate", type="text/html", href=f"{self._url(page.url, file)}#{ANCHOR}")
        for kind in dict.fromkeys(change.kind for change in changes):
            _put(entry, "category", term=kind)
        _put(entry, "content", "\n".join(map(self._line, changes)), type="text")

    def _line(self, change: Change) -> str:
        label = label_of(change)
        old, new = excerpts(*(value_in_words(change, value or "") for value in (change.old, change.new)))
        if change.kind in ("new", "gone"):
            text = label
        elif change.action == "changed":
            text = f"{label}: {old} → {new}"
        else:
            text = f"{with_action(change, label)}: {new if change.action == 'added' else old}"
        return text

    def _url(self, path: str, here: str) -> str:
        """Return the address of *path*, whole where it is known where the site will be, else relative to *here*."""
        if self._settings.site_url:
            return f"{self._settings.site_url}{path}"
        return f"{'../' * here.count('/')}{path}"


def _put(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    made = etree.SubElement(parent, f"{{{_ATOM}}}{name}", {key: _clean(value) for key, value in attributes.items()})
    made.text = _clean(text) if text is not None else None
    return made


def _clean(text: str) -> str:
    return text.translate(_NOT_XML).encode("utf-8", "replace").decode()


def _id(*parts: str) -> str:
    return f"urn:uuid:{uuid5(_IDS, _clean(chr(10).join(parts)))}"
