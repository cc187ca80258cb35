"""Who works with whom on what: the entities that share most trials with an entity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from generator.language.formats import format_number, plural
from generator.language.messages import gettext, gettext_noop
from generator.model.catalog import Entity, Kind, Role
from generator.pages.links import Linker
from generator.pages.paths import CONTACT_ROLES
from generator.pages.text.escaping import Markdown, escape, join

MOST = 5
"""Neighbours that are named of each sort."""

MOST_ONCE = 3
"""Of more than so many, those that share but one trial are only counted: any few of them would be chosen by nothing."""

_SORTS: tuple[tuple[str, frozenset[Role]], ...] = (
    (
        gettext_noop("Sponsors and responsible parties"),
        frozenset({"leadSponsor", "collaborator", "sponsorWithoutRole", "responsibleParty"}),
    ),
    (gettext_noop("Drugs and interventions"), frozenset({"intervention"})),
    (gettext_noop("Conditions"), frozenset({"condition"})),
    (
        gettext_noop("People"),
        frozenset(
            {
                "principalInvestigator",
                "subInvestigator",
                "studyChair",
                "studyDirector",
                "official",
                "centralContact",
                "facilityContact",
                "responsibleParty",
            }
        ),
    ),
    (gettext_noop("Hospitals and other sites"), frozenset({"site"})),
    (gettext_noop("Countries"), frozenset({"country"})),
)
_LEAST = (1, 1, 1, 2, 2, 2)
"""Trials that a neighbour of each sort must share: what is worked on counts from the first."""

_KIND_OF_SORT: tuple[Kind, ...] = ("organization", "drug", "condition", "person", "organization", "place")
_SORT_OF: dict[tuple[Kind, Role], int] = {
    (_KIND_OF_SORT[index], role): index for index, (_, roles) in enumerate(_SORTS) for role in roles
}


@dataclass(frozen=True)
class Neighbours:
    """Entities of one sort, the one that shares most trials first."""

    label: str
    links: Markdown


def neighbours(entity: Entity, studies: Iterable[str], linker: Linker) -> tuple[Neighbours, ...]:
    """Return the entities that share most of *studies* with *entity*, by sort."""
    shared: list[Counter[str]] = [Counter() for _ in _SORTS]
    of_itself = {entity.id, *(item.id for item in (*entity.part_of, *entity.parts) if item.kind == entity.kind)}
    for study in studies:
        for counts, named in zip(shared, _named(study, linker), strict=True):
            counts.update(named)
    found = []
    for (label, _), kind, least, counts in zip(_SORTS, _KIND_OF_SORT, _LEAST, shared, strict=True):
        if kind == entity.kind == "place":
            continue
        ranked = sorted(
            (
                (-number, other)
                for other, number in counts.items()
                if number >= least and not (kind == entity.kind and other in of_itself)
            ),
        )
        often = sum(number < -1 for number, _ in ranked)
        shown = ranked if len(ranked) <= MOST_ONCE else ranked[: min(MOST, often)]
        links = [
            Markdown(f"{linker.entity(kind, other)} ({format_number(-number)})")
            for number, other in shown
            if linker.paths.entity(kind, other)
        ]
        if links:
            more = len(ranked) - len(shown)
            if more > 0:
                links.append(escape(plural(more, "and {n} more", "and {n} more")))
            found.append(Neighbours(gettext(label), join(links, " · ")))
    return tuple(found)


def _named(study: str, linker: Linker) -> tuple[tuple[str, ...], ...]:
    """Return the entities that a study names, by sort, each once."""
    links = linker.catalog.links_of_study(study)
    found = linker.named.get(study)
    if found is None:
        hidden = frozenset() if linker.settings.contacts else CONTACT_ROLES
        named: tuple[dict[str, None], ...] = tuple({} for _ in _SORTS)
        for link in links:
            sort = _SORT_OF.get((link.kind, link.role))
            if sort is not None and link.role not in hidden:
                named[sort][link.entity] = None
        found = linker.named[study] = tuple(map(tuple, named))
    return found
