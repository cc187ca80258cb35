"""The page at an address that a trial has left: it leads on."""

from __future__ import annotations

from dataclasses import dataclass

from generator.pages.escaping import Markdown, escape, front_matter
from generator.pages.links import Linker
from generator.pages.paths import PageAddress


@dataclass(frozen=True)
class MovedView:
    """A page that leads to another, ready to print."""

    front_title: str
    front_target: str
    title: Markdown
    target: Markdown


def moved_view(former: str, target: PageAddress, linker: Linker) -> MovedView:
    """Return the page that stands where the trial *former* was."""
    return MovedView(
        front_title=front_matter(f"{former} has moved"),
        front_target=front_matter(linker.page.href_to(target)),
        title=escape(f"{former} has moved"),
        target=linker.to(target, "This trial's page is here now"),
    )
