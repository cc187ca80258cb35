"""What `trial-catalog names` prints."""

from __future__ import annotations

import pytest

from generator.identity.curated import CuratedNames, parse_curated
from generator.identity.identification import Identification
from generator.identity.report import different_lines, report_lines, same_lines
from generator.model.catalog import Kind
from tests.identity.catalogs import catalog, entity_of, seed_names, seed_studies, site, study


def text(found: Identification, *, everything: bool = False, kind: Kind | None = None, limit: int = 20) -> str:
    return "\n".join(report_lines(found, everything=everything, kind=kind, limit=limit))


def test_joins_stand_with_their_reasons_and_places() -> None:
    found = catalog(study("A", drugs=["IL-2 (ILT-101)"]), study("B", drugs=["ILT 101"], sponsor="Acme Pharma"))
    shown = text(found)
    assert "“ILT 101”  B.txt:1" in shown
    assert "stated-alias: A states “IL-2 (ILT-101)”." in shown
    assert "sponsors Acme Pharma" in shown
    assert "[organization/acme-pharma" not in shown
    assert "[organization/acme-pharma" in text(found, everything=True)


def test_near_misses_are_shown_once() -> None:
    found = catalog(*seed_studies().values(), curated=seed_names())
    shown = text(found, kind="organization")
    assert shown.count("Marseille  is not  Assistance Publique - Hôpitaux de Paris") == 1
    assert "ILT-101" not in shown


def waiting(curated: CuratedNames | None = None) -> Identification:
    return catalog(
        study("A", sponsor="Massachusetts General Hospital"),
        study("B", sponsor="Massachussetts General Hospital"),
        study(
            "C",
            sponsor="X Pharma",
            locations=[site("Clinique: Alpha [A]", "Lyon"), site("Hôpital Un", "Lyon", "Jeanne Quillerou")],
        ),
        study(
            "D",
            sponsor="Y Pharma",
            locations=[site("Clinique: Alphaa [A]", "Lyon"), site("Hôpital Deux", "Nice", "Quillerou Jeanne, MD")],
        ),
        curated=curated,
    )


def test_decisions_have_their_context() -> None:
    shown = text(waiting())
    assert "Massachusetts General Hospital  ?  Massachussetts General Hospital" in shown
    assert "jeanne-quillerou: trials C; in Lyon; sponsors X Pharma" in " ".join(shown.split())
    assert "no second fact says that it is one person" in shown
    assert shown.splitlines()[-1].endswith("pairs wait for a decision.")


def test_few_decisions_are_shown_unless_all_are_asked_for() -> None:
    assert text(waiting(), kind="organization", limit=1).count("The same?") == 1
    assert text(waiting(), kind="organization", limit=0).count("The same?") > 1


@pytest.mark.parametrize("kind", ["organization", "person"])
def test_the_lines_to_paste_do_what_they_say(kind: Kind) -> None:
    found = waiting()
    pairs = [
        (found.entities[kind, one.first], found.entities[kind, one.second])
        for one in found.proposals
        if one.kind == kind
    ]
    if kind == "person":
        one, other = (entity for entity in found.entities.values() if entity.kind == "person")
        pairs = [(one, other)]
    assert pairs
    for first, second in pairs:
        lines = "\n".join(same_lines(found, first, second))
        entries, problems = parse_curated(kind, lines)
        assert [problem.code for problem in problems] == ["missing-source"]
        entries, problems = parse_curated(kind, lines.replace("source:", "source: A letter."))
        assert problems == []
        if kind == "organization":
            entity = entity_of(waiting(CuratedNames(entries)), kind, second.name)
            assert first.name in [spelling.text for spelling in entity.spellings]
        apart = "\n".join(different_lines(found, first, second)).replace("source:", "source: A letter.")
        entries, problems = parse_curated(kind, apart)
        assert {entry.name for entry in entries} == {first.name, second.name}


def test_an_entry_that_there_is_gets_only_the_spelling() -> None:
    entries, _ = parse_curated("organization", "- name: Massachusetts General Hospital\n  source: s\n")
    found = catalog(
        study("A", sponsor="Massachusetts General Hospital"),
        study("B", sponsor="Massachussetts General Hospital"),
        curated=CuratedNames(entries),
    )
    shown = text(found)
    assert (
        "Add under “spellings:” of “Massachusetts General Hospital” (seeds/names/organizations.yml, line 1):" in shown
    )
    assert "          - Massachussetts General Hospital" in shown
