"""Slugs: minted once, stored, never recomputed.

An entity's address must not change because a better spelling of its name came in.  So the ledger keeps, for each
slug, the *nodes* of its entity (what its names are compared by, see :mod:`generator.identity.joining`): an entity
keeps the slug under which any of its nodes is known.  A slug is never given to another entity, even when its
entity is gone.  When two entities with slugs become one, one slug stays and the other leads to it; a curated
``slug`` renames, and the old one leads to the new.  Where the rules themselves have changed, an entity is also found
by what earlier versions compared it by, and at last by the slug that one of its spellings gives.  What is not found at
all (its document is gone, or its name is no name after all) keeps its slug, too: its address says so.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast, get_args

import msgspec

from generator.identity.cleaning import fold, words
from generator.model.catalog import Kind
from generator.model.problem import Problem
from generator.storage.output import put_file

KINDS: tuple[Kind, ...] = get_args(Kind)

LONGEST = 80
"""Longest slug in characters; longer names are cut between words."""


@dataclass(frozen=True, slots=True)
class SlugRequest:
    """An entity that needs a slug."""

    kind: Kind
    name: str
    nodes: tuple[str, ...]
    anchor: str
    """The node by which the entity is best known; it decides when a stored entity has become two."""
    former: frozenset[str] = frozenset()
    """What earlier versions compared it by."""
    spellings: tuple[str, ...] = ()
    city: str | None = None
    country: str | None = None
    region: str | None = None
    """Of a town whose name others in the country bear."""
    wanted: str | None = None
    """A slug that a curated entry asks for."""
    where: tuple[str, int] = ("", 1)
    """File and line of the curated entry, for messages."""


class StoredSlug(msgspec.Struct, omit_defaults=True):
    """One slug of the ledger."""

    anchor: str = ""
    nodes: list[str] = []
    moved_to: str | None = None
    """The slug that took its place."""


_PAGE = "page"
"""Stands among the kinds of entities for pages that are not about one."""


class SlugLedger:
    """All slugs ever minted, by kind."""

    def __init__(self, minted: dict[str, dict[str, StoredSlug]] | None = None) -> None:
        """Start from *minted*, slugs by kind; an empty ledger mints everything anew and still deterministically."""
        self._minted = minted or {}
        self.problems: list[Problem] = []

    @classmethod
    def load(cls, path: Path) -> SlugLedger:
        """Read the ledger at *path*; a missing file is an empty ledger.

        Raises ValueError where the file is no ledger: minting all slugs again would break every link to the site.
        """
        if not path.is_file():
            return cls()
        try:
            return cls.decode(path.read_bytes())
        except msgspec.DecodeError as error:
            raise ValueError(
                f"{path.name} is no slug ledger ({error}): restore it from git, or delete it to mint all slugs anew."
            ) from error

    @classmethod
    def decode(cls, data: bytes) -> SlugLedger:
        """Read what :meth:`encode` gives.  Raises msgspec.DecodeError for anything else."""
        return cls(msgspec.json.decode(data, type=dict[str, dict[str, StoredSlug]]))

    def restore(self, data: bytes) -> None:
        """Forget what was minted since :meth:`encode` gave *data*."""
        self._minted = SlugLedger.decode(data)._minted
        self.problems = []

    def save(self, path: Path) -> None:
        """Write the ledger to *path*, sorted, one slug a line-block, only where the bytes differ."""
        put_file(path.parent, path.name, self.encode())

    def encode(self) -> bytes:
        """Return the ledger as sorted, indented JSON."""
        ordered = {
            kind: {slug: self._minted[kind][slug] for slug in sorted(self._minted[kind])}
            for kind in sorted(self._minted)
        }
        return msgspec.json.format(msgspec.json.encode(ordered), indent=1) + b"\n"

    @property
    def pages(self) -> dict[str, str]:
        """Files of pages whose addresses several things wanted, each with the one that has it."""
        return {file: minted.anchor for file, minted in self._minted.get(_PAGE, {}).items()}

    def keep_pages(self, owners: Mapping[str, str]) -> None:
        """Keep which thing has which of the pages that several wanted."""
        if owners:
            self._minted[_PAGE] = {file: StoredSlug(owner) for file, owner in owners.items()}

    def redirects(self) -> dict[tuple[Kind, str], str]:
        """Return the slugs that lead to another one, by kind and old slug; chains are followed to their end."""
        found: dict[tuple[Kind, str], str] = {}
        for kind, slugs in sorted(self._minted.items()):
            for slug in sorted(slugs):
                target = self._last_target(slugs, slug)
                if target != slug:
                    found[cast("Kind", kind), slug] = target
        return found

    def former(self, live: Container[tuple[Kind, str]]) -> dict[tuple[Kind, str], str | None]:
        """Return the slugs that are not among the *live* ones, by kind, each with the live one that it leads to.

        None stands where no entity took its place.
        """
        found: dict[tuple[Kind, str], str | None] = {}
        for kind in KINDS:
            slugs = self._minted.get(kind, {})
            for slug in sorted(slugs):
                if (kind, slug) not in live:
                    end = self._last_target(slugs, slug)
                    found[kind, slug] = end if (kind, end) in live else None
        return found

    def assign(self, claims: Sequence[SlugRequest]) -> list[str]:
        """Give each claim its slug, in the order of *claims*; what is minted or moved stays in this ledger."""
        self.problems = []
        slugs: list[str] = [""] * len(claims)
        order = sorted(range(len(claims)), key=lambda index: (claims[index].kind, claims[index].anchor))
        owners = self._owners()
        rightful = self._owning_claims(claims, owners)
        waiting: list[int] = []
        for index in order:
            claim = claims[index]
            kept = self._stored_slug(claim, owners, rightful, index)
            if kept is None:
                waiting.append(index)
            else:
                slugs[index] = kept
        taken: dict[tuple[str, str], SlugRequest] = {(claims[i].kind, slugs[i]): claims[i] for i in order if slugs[i]}
        # Curated wishes first, so that a name that is only found cannot take them away.
        for index in sorted(waiting, key=lambda index: claims[index].wanted is None):
            slugs[index] = self._mint(claims[index], taken)
            taken[claims[index].kind, slugs[index]] = claims[index]
        for index in order:
            slugs[index] = self._with_wanted_slug(claims[index], slugs[index], taken)
        for index in order:
            minted = self._minted[claims[index].kind][slugs[index]]
            minted.anchor, minted.nodes, minted.moved_to = claims[index].anchor, sorted(claims[index].nodes), None
        self._redirect_lost(claims, slugs)
        return slugs

    def _redirect_lost(self, claims: Sequence[SlugRequest], slugs: Sequence[str]) -> None:
        """Let a slug whose entity no rule finds any more lead to the one entity of which a spelling gives this slug.

        Only where equal names are one whatever else is known: not for what stood in a place.  A person is found in
        the same trial by the same name without a word that was taken for a part of it, such as a degree.
        """
        live = {(claim.kind, slug) for claim, slug in zip(claims, slugs, strict=True)}
        lost = {
            (kind, slug)
            for kind, known in self._minted.items()
            for slug, one in known.items()
            if one.moved_to is None and (kind, slug) not in live and _is_name_enough(kind, one)
        }
        found: dict[tuple[str, str], set[str]] = {}
        for claim, slug in zip(claims, slugs, strict=True):
            for candidate in map(slug_of, claim.spellings):
                if (claim.kind, candidate) in lost:
                    found.setdefault((claim.kind, candidate), set()).add(slug)
        found.update(self._shortened_names(claims, slugs, live))
        for (kind, slug), targets in found.items():
            if len(targets) == 1:
                [self._minted[kind][slug].moved_to] = targets

    def _shortened_names(
        self, claims: Sequence[SlugRequest], slugs: Sequence[str], live: Container[tuple[Kind, str]]
    ) -> dict[tuple[str, str], set[str]]:
        """Return for each lost person those whose name in the same trial is a part of the lost one's."""
        lost = {
            slug: one
            for slug, one in self._minted.get("person", {}).items()
            if one.moved_to is None and ("person", slug) not in live
        }
        trials = {trial for one in lost.values() for _, _, trial in _names_in_trials((*one.nodes, one.anchor))}
        there: dict[tuple[str, str], list[tuple[frozenset[str], str]]] = {}
        for claim, slug in zip(claims, slugs, strict=True):
            if trials and claim.kind == "person":
                for name, initials, trial in _names_in_trials(claim.nodes):
                    if trial in trials:
                        there.setdefault((initials, trial), []).append((name, slug))
        return {
            ("person", slug): {
                other
                for name, initials, trial in _names_in_trials((*one.nodes, one.anchor))
                for part, other in there.get((initials, trial), ())
                if part < name
            }
            for slug, one in lost.items()
        }

    def _owners(self) -> dict[tuple[str, str], list[str]]:
        """Return the live slugs under which each node is known."""
        owners: dict[tuple[str, str], list[str]] = {}
        for kind in sorted(self._minted):
            for slug in sorted(self._minted[kind]):
                one = self._minted[kind][slug]
                if one.moved_to is None:
                    nodes = {*one.nodes, one.anchor}
                    wider = set(map(_current_node, nodes)) if kind == "organization" else set()
                    for node in sorted(nodes | wider):
                        owners.setdefault((kind, node), []).append(slug)
        return owners

    def _owning_claims(
        self, claims: Sequence[SlugRequest], owners: dict[tuple[str, str], list[str]]
    ) -> dict[tuple[str, str], int]:
        """Return which claim keeps a stored slug: the one that holds its anchor, else the first that knows it."""
        candidates: dict[tuple[str, str], list[tuple[bool, str, int]]] = {}
        for index, claim in enumerate(claims):
            for slug in _known(claim, owners):
                holds = self._minted[claim.kind][slug].anchor in claim.nodes
                candidates.setdefault((claim.kind, slug), []).append((not holds, claim.anchor, index))
        return {key: min(found)[2] for key, found in candidates.items()}

    def _stored_slug(
        self,
        claim: SlugRequest,
        owners: dict[tuple[str, str], list[str]],
        rightful: dict[tuple[str, str], int],
        index: int,
    ) -> str | None:
        known = _known(claim, owners)
        mine = sorted(slug for slug in known if rightful.get((claim.kind, slug)) == index)
        if not mine:
            return None
        slugs = self._minted[claim.kind]
        kept = min(mine, key=lambda slug: (slugs[slug].anchor != claim.anchor, -len(slugs[slug].nodes), slug))
        for slug in mine:
            if slug != kept:
                slugs[slug].moved_to = kept
        return kept

    def _mint(self, claim: SlugRequest, taken: Mapping[tuple[str, str], SlugRequest]) -> str:
        known = self._minted.setdefault(claim.kind, {})
        for candidate in _candidates(claim):
            stored = known.get(candidate)
            if stored is None:
                known[candidate] = StoredSlug()
                return candidate
            if stored.moved_to is None and (claim.kind, candidate) not in taken and claim.kind in _TOLD_BY_NAME:
                return candidate  # the same name, which an earlier version compared in another way
        raise AssertionError("numbers never end")

    def _with_wanted_slug(self, claim: SlugRequest, slug: str, taken: dict[tuple[str, str], SlugRequest]) -> str:
        wanted = claim.wanted
        if wanted is None or wanted == slug:
            return slug
        known = self._minted[claim.kind]
        holder = taken.get((claim.kind, wanted))
        if holder is not None and holder is not claim:
            self.problems.append(
                Problem(
                    path=claim.where[0],
                    line=claim.where[1],
                    message=f"“{claim.name}” asks for the address “{wanted}”, which “{holder.name}” has: two entities "
                    "cannot share one; write another slug.",
                    code="slug-of-two",
                )
            )
            return slug
        known[wanted] = StoredSlug()
        known[slug].moved_to = wanted
        taken[claim.kind, wanted] = claim
        return wanted

    @staticmethod
    def _last_target(slugs: dict[str, StoredSlug], slug: str) -> str:
        seen = {slug}
        while (target := slugs[slug].moved_to) is not None and target in slugs and target not in seen:
            seen.add(target)
            slug = target
        return slug


def _names_in_trials(nodes: Iterable[str]) -> Iterator[tuple[frozenset[str], str, str]]:
    """Yield the words of a person's name, the initials and the trial, of each node that is about one trial."""
    for node in nodes:
        name, sign, trial = node.partition("#")
        if sign:
            full, _, initials = name.partition("|")
            yield frozenset(full.split()), initials, trial


def _current_node(node: str) -> str:
    """Return what an organization is compared by now that earlier versions compared by *node*.

    Some names were once compared inside one study only, which stood behind a sign; the numbers of a sponsor's system
    counted; and initials stood apart.
    """
    key, at, place = node.partition("#")[0].partition("@")
    return f"{_INITIALS.sub('', _SYSTEM_NUMBER.sub('', key))}{at}{place}"


_SYSTEM_NUMBER = re.compile(r"^(?:site )?\d{1,6} (?=\S)|(?: site| id)? \d{4,6}$")
_INITIALS = re.compile(r"(?<=\b[a-z]) (?=[a-z]\b)")


def _is_name_enough(kind: str, minted: StoredSlug) -> bool:
    """Say whether an entity of this kind is told from others by its name alone."""
    if kind == "organization":
        return not any("@" in node for node in (*minted.nodes, minted.anchor))
    return kind in _TOLD_BY_NAME


_TOLD_BY_NAME = frozenset({"condition", "drug"})
"""Kinds of which two entities never have one name."""


def _known(claim: SlugRequest, owners: dict[tuple[str, str], list[str]]) -> set[str]:
    """Return the stored slugs under which an entity is known."""
    return {slug for node in (*claim.nodes, *claim.former) for slug in owners.get((claim.kind, node), ())}


def _candidates(claim: SlugRequest) -> Iterable[str]:
    """Yield the slugs that a new entity may have, best first: its name, with its city, with a number."""
    if claim.wanted:
        yield claim.wanted
    plain = slug_of(claim.name) or claim.kind
    yield plain
    # A place is told apart by its region and country, and what stands in a place by the place.
    for place in (claim.region, claim.country) if claim.kind == "place" else (claim.city, claim.country):
        extended = f"{plain}-{slug_of(place)}" if place else ""
        if extended and not plain.endswith(extended.removeprefix(plain)):
            yield extended
    number = 2
    while True:
        yield f"{plain}-{number}"
        number += 1


def slug_of(name: str) -> str:
    """Return *name* as lower-case words of ASCII letters and digits with single hyphens between them."""
    parts = [re.sub(r"[^a-z0-9]", "", word) for word in words(fold(name))]
    slug = ""
    for part in parts:
        if part and len(slug) + len(part) < LONGEST:
            slug = f"{slug}-{part}" if slug else part
        elif part and not slug:
            slug = part[:LONGEST]
    return slug
