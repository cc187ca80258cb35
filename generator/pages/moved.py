"""The page at an address that leads on: of a trial or a name that moved, or that has no page of its own."""

from __future__ import annotations

from dataclasses import dataclass

from generator.pages.links import Linker
from generator.pages.paths import PageAddress
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
    return MovedView(
        front_title=front_matter(f"{former} has moved"),
        front_target=front_matter(linker.page.href_to(target)),
        title=escape(f"{former} has moved"),
        target=linker.to(target, "The page is here now"),
    )
