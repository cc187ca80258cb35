"""The page at an address that leads on: of what moved, has no page of its own, or is gone."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote_plus

from generator.language.messages import gettext, gettext_noop
from generator.model.catalog import Kind
from generator.pages.links import Linker
from generator.pages.paths import PageAddress, SitePaths
from generator.pages.text.escaping import Markdown, escape, front_matter


@dataclass(frozen=True)
class MovedView:
    """A page that leads to another, ready to print."""

    front_title: str
    front_target: str
    title: Markdown
    target: Markdown


def moved_view(former: str, target: PageAddress, linker: Linker) -> MovedView:
    """Return the page at the address of *former* that leads to *target*."""
    title = gettext("{name} has moved").format(name=former)
    return MovedView(
        front_title=front_matter(title),
        front_target=front_matter(linker.page.href_to(target)),
        title=escape(title),
        target=linker.to(target, gettext("The page is here now")),
    )


@dataclass(frozen=True)
class RetiredView:
    """A page at the address of a name that no document has any more, ready to print."""

    front_title: str
    title: Markdown
    search: Markdown
    all_names: Markdown


_LISTS: dict[Kind, tuple[PageAddress, str]] = {
    "organization": (SitePaths.organizations, gettext_noop("All organizations")),
    "person": (SitePaths.people, gettext_noop("All people")),
    "drug": (SitePaths.drugs, gettext_noop("All drugs")),
    "condition": (SitePaths.conditions, gettext_noop("All conditions")),
    "place": (SitePaths.places, gettext_noop("All places")),
}


def retired_view(kind: Kind, former: str, linker: Linker) -> RetiredView:
    """Return the page at the address *former* of an entity that is gone and that no other one has replaced."""
    words = former.replace("-", " ")
    address, name = _LISTS[kind]
    href = f"{linker.page.href_to(SitePaths.search)}?q={quote_plus(words)}"
    title = gettext("No page any more: {name}").format(name=words)
    return RetiredView(
        front_title=front_matter(title),
        title=escape(title),
        search=Markdown(
            gettext('<a href="{address}">Search for these words</a>: text of trials may still have them.').format(
                address=href
            )
        ),
        all_names=linker.to(address, gettext(name)),
    )
