"""Over real records: no two entities of one kind have equal names and places that agree."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest

from generator.identity.curated import CuratedNames
from generator.identity.identification import Identification, identify
from generator.identity.slugs import SlugLedger
from generator.model.catalog import Entity
from generator.pipeline.merge import merge_readings
from generator.pipeline.read import read
from generator.storage.cache import Cache

DATA = Path(__file__).parents[3] / "shared" / "data"


def identified(folder: Path) -> Identification:
    """Return what the names of all documents below *folder* are."""
    cache = Cache()
    studies = merge_readings(read(folder, cache, lambda *_: None, None), cache, lambda *_: None)
    found = {identifier: studies.study(identifier) for identifier in studies.rows}
    return identify(found, CuratedNames(), SlugLedger())


def plain(text: str) -> str:
    """Return *text* without case, accents and signs: written anew here, so that no rule judges itself."""
    folded = unicodedata.normalize("NFKD", text.replace("ø", "o").replace("ß", "ss").replace("ł", "l"))
    letters = "".join(letter for letter in folded if not unicodedata.combining(letter)).casefold()
    return " ".join(re.findall(r"[^\W_]+", re.sub(r"['’]|\((?:r|tm)\)|[®™]", "", letters)))


def names(entity: Entity) -> Iterator[str]:
    yield plain(entity.name)
    head, comma, tail = entity.name.partition(",")
    if comma and "," not in tail:
        yield plain(f"{tail} {head}")


def agree(one: Entity, other: Entity) -> bool:
    """Say whether the places of two entities of one name can be one, as far as both have a place."""
    if not one.city or not other.city:
        # A name without a place is kept from those of two places, and shown to them.
        return other.id not in {reference.id for reference in one.possibly_same_as}
    return plain(one.city) == plain(other.city) and plain(one.country or "") == plain(other.country or "")


@pytest.mark.records
@pytest.mark.skipif(not DATA.is_dir(), reason="the real records, ../shared/data, are not here")
@pytest.mark.parametrize("folder", ["ctgov-xml", "ictrp"])
def test_no_two_pages_for_one_name(folder: str) -> None:
    found = identified(DATA / folder)
    twice = []
    for kind in ("organization", "condition", "drug"):
        bearers: dict[str, set[str]] = defaultdict(set)
        entities = {entity.id: entity for entity in found.entities.values() if entity.kind == kind}
        for entity in entities.values():
            for name in names(entity):
                bearers[name].add(entity.id)
        pairs = {pair for ids in bearers.values() for pair in combinations(sorted(ids), 2)}
        twice += [pair for pair in sorted(pairs) if agree(entities[pair[0]], entities[pair[1]])]
    assert twice == []
    organizations = [entity.name for entity in found.entities.values() if entity.kind == "organization"]
    no_names = r"(?i)redacted|investigat\w+ (?:site|#)|selected site|\bID ?#|1-8\d\d-|^(?:NA|Cancelled)$"
    assert [name for name in organizations if re.search(no_names, name)] == []
