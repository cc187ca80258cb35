"""Trials that share something with a trial, and what: the reason stands beside each.

The rule.  Two trials are related through each entity that documents link to both.  An entity counts by what it is,
its *weight* below, divided by the square root of the number of its other trials: a drug that two trials share says
more than a disease that fifty share.  Sites count together at most as much as `MOST_FOR_SITES`, so that two large
trials of one drug maker are not related by their hospitals alone.  Countries and towns never count.  The trials with
the highest sums are shown, equal ones in the order of their ids.

The cost.  Entities with more than `MOST_TRIALS` trials are not looked into, and the rest from the rarest on only
until `MOST_STEPS` trials have been met, so that the work for one trial does not grow with the catalog.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import islice

from generator.language.formats import format_number, in_sentence
from generator.language.messages import gettext, ngettext
from generator.model.catalog import MOST_RELATED_STUDIES, Catalog, Kind, Role
from generator.model.registry_words import ROLES
from generator.pages.links import Linker
from generator.pages.text.escaping import Markdown, escape, join, plain
from generator.pages.text.wording import role_name

WEIGHTS: dict[Kind, float] = {"drug": 3, "condition": 2, "person": 3, "organization": 2}
"""What one shared entity counts for; of an organization that is only a site of both, `SITE`."""

SITE = 0.7
MOST_FOR_SITES = 1.5
LEAST = 0.35
"""A trial with a smaller sum is not shown."""
MOST_TRIALS = MOST_RELATED_STUDIES
MOST_STEPS = 400
MOST_SHOWN = 5
_MOST_NAMED = 3

_SPONSORS: frozenset[Role] = frozenset({"leadSponsor", "collaborator", "sponsorWithoutRole"})
_PERSONS_WORK: frozenset[Role] = frozenset({"referenceAuthor"})
_RANKS = {role: rank for rank, role in enumerate(ROLES)}
_Key = tuple[Kind, str]


@dataclass(frozen=True)
class SharedEntity:
    """An entity of two trials, and what it is to each."""

    kind: Kind
    id: str
    here: Role
    there: Role


@dataclass(frozen=True)
class Shared:
    """Entities that two trials share in the same way."""

    how: str
    """``drug``, ``condition``, ``sponsor``, ``person``, ``site`` or ``organization`` (in different roles)."""
    entities: tuple[SharedEntity, ...]
    """The one that weighs most first."""


@dataclass(frozen=True)
class RelatedTrial:
    """A trial that shares something with another."""

    study: str
    weight: float
    reasons: tuple[Shared, ...]
    """What weighs most first."""


def related_trials(
    study: str, catalog: Catalog, most: int = MOST_SHOWN, *, without: Collection[Role] = ()
) -> list[RelatedTrial]:
    """Return at most *most* trials that share entities with *study*, the closest first.

    What entities are to a trial in one of the roles *without* does not count, and a shared sponsor alone relates none.
    """
    own = _roles(study, catalog, without)
    near: dict[str, list[_Key]] = {}
    weights: dict[_Key, float] = {}
    steps = 0
    for others, key in sorted((_others(key, catalog), key) for key in own):
        if not others:
            continue
        steps += others
        if steps > MOST_STEPS:
            break
        weights[key] = _most(key, catalog)
        for other in catalog.few_studies(*key) or ():
            if other != study:
                near.setdefault(other, []).append(key)
    # What it is to the other trial is looked up only for those that may be shown.
    closest = sorted((-sum(weights[key] for key in keys), other) for other, keys in near.items())
    upper = list(islice((entry for entry in closest if entry[1] in catalog.studies), 2 * most))
    found: list[RelatedTrial] = []
    for _, other in upper:
        theirs = _roles(other, catalog, without, set(near[other]))
        # A person whose work the other trial only cites is no person of it.
        shared = [(_shared(key, own[key], theirs[key]), key) for key in near[other] if key in theirs]
        related = _related(other, shared, catalog) if shared else None
        # Two trials of one sponsor may have nothing to do with each other.
        if related and {reason.how for reason in related.reasons} != {"sponsor"}:
            found.append(related)
    found.sort(key=lambda item: (-item.weight, item.study))
    return [item for item in found[:most] if item.weight >= LEAST]


def _roles(
    study: str, catalog: Catalog, without: Collection[Role], wanted: set[_Key] | None = None
) -> dict[_Key, list[Role]]:
    """Return the entities of a study that can relate it, or those *wanted* of them, with what they are to it."""
    roles: dict[_Key, list[Role]] = {}
    for link in catalog.links_of_study(study):
        key = link.kind, link.entity
        if (
            link.kind in WEIGHTS
            and link.role not in _PERSONS_WORK
            and link.role not in without
            and (wanted is None or key in wanted)
        ):
            known = roles.setdefault(key, [])
            if link.role not in known:
                known.append(link.role)
    return roles


def _others(key: _Key, catalog: Catalog) -> int:
    """Return how many other trials an entity has; 0 where they are too many to look into."""
    studies = catalog.few_studies(*key)
    return len(studies) - 1 if studies else 0


def _most(key: _Key, catalog: Catalog) -> float:
    return float(WEIGHTS[key[0]] / _others(key, catalog) ** 0.5)


def _shared(key: _Key, own: Sequence[Role], theirs: Sequence[Role]) -> SharedEntity:
    """Return what an entity is to both trials: the same where it can be, else what it is first of all."""
    here = sorted(own, key=_RANKS.__getitem__)
    there = sorted(theirs, key=_RANKS.__getitem__)
    both = next((role for role in here if role in there), None)
    return SharedEntity(*key, both or here[0], both or there[0])


def _how(shared: SharedEntity) -> str:
    if shared.kind != "organization":
        return shared.kind
    if shared.here in _SPONSORS and shared.there in _SPONSORS:
        return "sponsor"
    return "site" if shared.here == shared.there == "site" else "organization"


def _related(other: str, shared: list[tuple[SharedEntity, _Key]], catalog: Catalog) -> RelatedTrial:
    groups: dict[str, list[tuple[float, _Key, SharedEntity]]] = {}
    for entity, key in shared:
        how = _how(entity)
        weight = _most(key, catalog) * (SITE / WEIGHTS["organization"] if how == "site" else 1)
        groups.setdefault(how, []).append((-weight, key, entity))
    sums = {how: -sum(weight for weight, _, _ in members) for how, members in groups.items()}
    if "site" in sums:
        sums["site"] = min(sums["site"], MOST_FOR_SITES)
    reasons = tuple(
        Shared(how, tuple(entity for _, _, entity in sorted(groups[how], key=lambda member: member[:2])))
        for how in sorted(groups, key=lambda how: (-sums[how], how))
    )
    return RelatedTrial(other, round(sum(sums.values()), 6), reasons)


def reasons_in_words(related: RelatedTrial, linker: Linker) -> Markdown:
    """Return why a trial is related: "same drug: ILT-101 · 2 shared sites: …".

    The entities are links where the trial's own page names them first.
    """
    return join([_in_words(shared, linker) for shared in related.reasons], " · ")


def _in_words(shared: Shared, linker: Linker) -> Markdown:
    number = len(shared.entities)
    names = join([_named(entity, shared.how, linker) for entity in shared.entities[:_MOST_NAMED]])
    if number > _MOST_NAMED:
        more = gettext("{names}, and {n} more").format(names=names, n=format_number(number - _MOST_NAMED))
        names = Markdown(more)
    return Markdown(_reason(shared.how, number).format(n=format_number(number), names=names))


def _reason(how: str, number: int) -> str:
    """Return the message that says what so many entities are that two trials share."""
    if how == "drug":
        return ngettext("same drug: {names}", "same drugs: {names}", number)
    if how == "condition":
        return ngettext("same condition: {names}", "same conditions: {names}", number)
    if how == "sponsor":
        return ngettext("same sponsor: {names}", "same sponsors: {names}", number)
    if how == "person":
        return ngettext("same person: {names}", "same people: {names}", number)
    if how == "site":
        return ngettext("{n} shared site: {names}", "{n} shared sites: {names}", number)
    return ngettext("same organization: {names}", "same organizations: {names}", number)


def _named(entity: SharedEntity, how: str, linker: Linker) -> Markdown:
    name = escape(plain(linker.catalog.name_of(entity.kind, entity.id) or entity.id))
    if how not in {"person", "organization"}:
        return name
    here, there = (in_sentence(role_name(role)) for role in (entity.here, entity.there))
    if here == there:
        return Markdown(f"{name} ({here})")
    # For translators: what somebody is to the trial of the page, and to the other one.
    return Markdown(gettext("{name} ({here} here, {there} there)").format(name=name, here=here, there=there))
