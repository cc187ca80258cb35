"""The review list: entities whose names are alike, for a person to decide.  Nothing here ever joins.

For each name only those names are compared that share uncommon pieces of three letters with it, so the list is
made in time that grows with the number of names and not with its square.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import nsmallest
from math import log

from rapidfuzz import fuzz

from generator.identity.cleaning import fold, mend_reduced_letters, words
from generator.identity.curated import curated_key
from generator.identity.keys import acronym_key, city_key
from generator.model.catalog import Entity, Kind
from generator.model.structure import FrozenStructure

CANDIDATES = 5
"""How many candidates a name gets; spellings of one candidate that differ in vowels only count once."""


class Proposal(FrozenStructure, frozen=True):
    """Two entities whose names are alike; what a decision needs is for :mod:`generator.identity.report`."""

    kind: Kind
    first: str
    """Id of the entity."""
    second: str
    likeness: float
    """From 0 to 100; it orders the list and means nothing more."""


def propose(entities: Iterable[Entity]) -> list[Proposal]:
    """Return the review list over *entities*, most alike first."""
    found: list[Proposal] = []
    by_kind: dict[Kind, list[Entity]] = {}
    for entity in entities:
        by_kind.setdefault(entity.kind, []).append(entity)
    for kind, of_kind in sorted(by_kind.items()):
        if kind == "place":
            continue
        known = {(one.id, other.id) for one in of_kind for name in _KNOWN for other in getattr(one, name)}
        names = [entity.name for entity in of_kind]
        pairs: dict[tuple[int, int], float] = {}
        for index, candidates in enumerate(similar(names, kind)):
            for other, likeness in candidates:
                pairs[min(index, other), max(index, other)] = likeness
        for (first, second), likeness in pairs.items():
            one, other_entity = of_kind[first], of_kind[second]
            if (one.id, other_entity.id) in known or _elsewhere(one, other_entity):
                continue
            if likeness >= _WORTH_A_LOOK:
                found.append(Proposal(kind=kind, first=one.id, second=other_entity.id, likeness=round(likeness, 1)))
    return sorted(found, key=lambda one: (-one.likeness, one.kind, one.first, one.second))


_WORTH_A_LOOK = 60.0
_KNOWN = ("not_same_as", "part_of", "parts", "broader", "narrower", "related")
"""Relations of two entities that are two."""


def _elsewhere(one: Entity, other: Entity) -> bool:
    """Say whether two organizations stand in different cities: their names are alike as "University Hospital" is."""
    return bool(one.city and other.city) and city_key(one.city or "") != city_key(other.city or "")


def similar(names: Sequence[str], kind: Kind = "organization") -> list[list[tuple[int, float]]]:
    """Return for each name the positions of the names most like it, with their likeness, best first."""
    pieces = [_pieces(name) for name in names]
    spread: Counter[str] = Counter(piece for counted in pieces for piece in counted)
    total = len(names)
    weight = {piece: (log(total / count) + 0.1) ** 2 for piece, count in spread.items()}
    whole = [sum(weight[piece] for piece in counted) or 1.0 for counted in pieces]
    # A piece that stands in more names than this tells nothing and would make the list quadratic.
    limit = max(20, min(200, total // 5))
    holders: dict[str, list[int]] = {}
    for index, counted in enumerate(pieces):
        for piece in counted:
            if 1 < spread[piece] <= limit:
                holders.setdefault(piece, []).append(index)
    plain = [" ".join(words(mend_reduced_letters(name))) for name in names]
    keys = [curated_key(kind, mend_reduced_letters(name)) for name in names]
    acronyms = _acronyms(names)
    skeletons = [_skeleton(name) or name for name in plain]

    def likeness(one: int, other: int) -> float:
        """Half how much of the rarer pieces of the shorter name the other holds, half how alike the letters are."""
        shared = sum(weight[piece] for piece in pieces[one] & pieces[other])
        contained = shared / min(whole[one], whole[other])
        letters = max(fuzz.ratio(keys[one], keys[other]), fuzz.token_sort_ratio(plain[one], plain[other]))
        return 50 * contained + letters / 2

    found = []
    for index, counted in enumerate(pieces):
        score: defaultdict[int, float] = defaultdict(float)
        for piece in counted:
            for other in holders.get(piece, ()):
                score[other] += weight[piece]
        score.pop(index, None)
        nearest = nsmallest(_COMPARED, score.items(), key=lambda item: (-item[1], item[0]))
        ranked = [(other, likeness(index, other)) for other, _ in nearest]
        compared = {other for other, _ in nearest}
        ranked += [(other, _AS_ACRONYM) for other in acronyms.get(index, ()) if other not in compared]
        ranked.sort(key=lambda item: (-item[1], names[item[0]]))
        found.append(_first_candidates(ranked, skeletons))
    return found


def _first_candidates(ranked: list[tuple[int, float]], skeletons: list[str]) -> list[tuple[int, float]]:
    """Return the first candidates; names that differ in vowels only ("fur", "for") are decided on together."""
    kept: list[tuple[int, float]] = []
    shown: set[str] = set()
    for other, likeness in ranked:
        shown.add(skeletons[other])
        if len(shown) > CANDIDATES:
            break
        kept.append((other, likeness))
    return kept


_VOWELS = str.maketrans("", "", "aeiou ")


def _skeleton(plain: str) -> str:
    return plain.translate(_VOWELS)


_COMPARED = 60
"""How many names that share uncommon pieces are compared letter by letter."""

_AS_ACRONYM = 90.0
"""How a name stands in the list that is made of another's initials and shares no letters with it."""


def _pieces(name: str) -> set[str]:
    joined = f" {' '.join(words(fold(mend_reduced_letters(name))))} "
    return {joined[start : start + 3] for start in range(len(joined) - 2)}


def _acronyms(names: Sequence[str]) -> Mapping[int, list[int]]:
    """Return which names are made of the initials of which others."""
    short: dict[str, list[int]] = {}
    for index, name in enumerate(names):
        if (key := acronym_key(name)) and name.isupper():
            short.setdefault(key, []).append(index)
    found: dict[int, list[int]] = {}
    for index, name in enumerate(names):
        initials = "".join(word[0] for word in words(name))
        large = "".join(word[0] for word in words(name) if len(word) > 3)
        for candidate in {initials, large}:
            for other in short.get(candidate, ()) if len(candidate) > 2 else ():
                if other != index:
                    found.setdefault(index, []).append(other)
                    found.setdefault(other, []).append(index)
    return {index: sorted(set(others)) for index, others in found.items()}
