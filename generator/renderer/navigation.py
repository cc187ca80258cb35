"""Where a page stands in the navigation: the way to it, for breadcrumbs and tabs.

Generated pages are not in the navigation (it would grow with the square of the trials).  The way to one ends at the
list that it belongs to, which its folder tells.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mkdocs.structure.nav import Link, Navigation, Section
from mkdocs.structure.pages import Page

_LISTED_IN = {"people": "investigators", "organizations": "sponsors"}
"""Folder of pages -> folder of the list that has them."""

_NOT_ONE_LIST = frozenset({"organizations"})
"""An organization may be a sponsor or a site, so the way to it names the section of the lists and no list."""

Item = Page | Section | Link


@dataclass(frozen=True, slots=True)
class Step:
    """A step on the way to a page."""

    title: str
    url: str
    """Address inside the site, or of another one."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page stands."""

    steps: tuple[Step, ...]
    """From the entry at the top of the navigation to what is right above the page."""
    tab: Item | None
    """The entry at the top."""


class Places:
    """Answers where pages stand in one navigation."""

    def __init__(self, nav: Navigation) -> None:
        """Look through the navigation once."""
        self._lists: dict[str, Page] = {}
        for page in nav.pages:
            self._lists.setdefault(page.url, page)

    def place(self, page: Page) -> Place:
        """Return where *page* stands; nowhere if neither it nor its list is in the navigation."""
        folder = page.url.partition("/")[0]
        listing = None if page.is_homepage else self._lists.get(f"{_LISTED_IN.get(folder, folder)}/")
        if page.url in self._lists or listing is None:
            above: list[Item] = _above(self._lists.get(page.url, page))
            return Place(tuple(map(_step, above)), above[0] if above else self._lists.get(page.url))
        above = _above(listing)
        if folder not in _NOT_ONE_LIST:
            above = [*above, listing]
        return Place(tuple(map(_step, above)), above[0] if above else None)


def first_address(item: Item) -> str:
    """Return the address of an entry: that of a section is its first page's, however deep it lies."""
    if isinstance(item, Section):
        return next((address for child in _items(item.children) if (address := first_address(child))), "")
    return item.url or ""


def _above(page: Page) -> list[Item]:
    return list(reversed([one for one in page.ancestors if isinstance(one, Section)]))


def _step(item: Item) -> Step:
    return Step(str(item.title or ""), first_address(item))


def _items(children: Iterable[object]) -> Iterable[Item]:
    return (child for child in children if isinstance(child, Page | Section | Link))
