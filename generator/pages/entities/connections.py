"""The links into the graph of who shares what, and the page on which one walks through it."""

from __future__ import annotations

from dataclasses import dataclass

from generator.language.formats import plural
from generator.language.messages import gettext, gettext_noop
from generator.model.catalog import Entity, Kind
from generator.pages.links import Linker
from generator.pages.paths import PageAddress, SitePaths
from generator.pages.text.escaping import Markdown, escape, front_matter, plain

_MOST_OF_A_KIND = 8
_KINDS: tuple[tuple[Kind, str], ...] = (
    ("organization", gettext_noop("Organizations")),
    ("drug", gettext_noop("Drugs and interventions")),
    ("condition", gettext_noop("Conditions")),
    ("person", gettext_noop("People")),
    ("place", gettext_noop("Places")),
)


@dataclass(frozen=True)
class StartingEntities:
    """Entities of one kind from which a reader can start."""

    label: str
    links: tuple[Markdown, ...]


@dataclass(frozen=True)
class GraphView:
    """The page of the graph, ready to print."""

    front_title: str
    front_description: str
    starting_entities: tuple[StartingEntities, ...]


def _walk(linker: Linker, page: PageAddress) -> str:
    return f"{linker.page.href_to(SitePaths.graph)}?at={page.url.rstrip('/')}"


def graph_view(linker: Linker) -> GraphView:
    """Return the page of the graph: what it is, and where to begin."""
    return GraphView(
        front_title=front_matter(gettext("Connections")),
        front_description=front_matter(gettext("Who shares what: from trial to drug, sponsor, person and place")),
        starting_entities=tuple(
            StartingEntities(gettext(label), links)
            for kind, label in _KINDS
            if (links := tuple(_most_connected(kind, linker)))
        ),
    )


def _most_connected(kind: Kind, linker: Linker) -> list[Markdown]:
    """Return links to the entities of a kind that are in most trials."""
    known: list[tuple[int, str, Entity, PageAddress]] = [
        (-len(entity.studies), entity.id, entity, address)
        for entity in linker.catalog.entities_of_kind(kind)
        if (address := linker.paths.entity(kind, entity.id)) is not None
    ]
    found = []
    for number, _, entity, address in sorted(known, key=lambda entry: entry[:2])[:_MOST_OF_A_KIND]:
        name = escape(plain(entity.name))
        trials = escape(plural(-number, "{n} trial", "{n} trials"))
        found.append(Markdown(f'<a href="{_walk(linker, address)}">{name}</a> ({trials})'))
    return found
