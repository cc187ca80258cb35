"""Names that are found and joined in processes of their own come out as in one process, whatever befalls these."""

from __future__ import annotations

import json
import multiprocessing
import os
from pathlib import Path

import pytest

from generator.pipeline import flow
from generator.pipeline import identify as names
from generator.pipeline.flow import CatalogBuild
from tests.conftest import SEEDS

FORKED = "fork" in multiprocessing.get_all_start_methods()


def made_with_cache(folder: Path) -> CatalogBuild:
    """Return the catalog of the seeds, made with a cache on the disk, which other processes can read."""
    with flow.open_cache(folder / "kept", folder / "content") as cache:
        return flow.make_catalog(SEEDS, folder / "content", cache=cache)


def assert_the_same(made: CatalogBuild, other: CatalogBuild) -> None:
    """Hold what two runs found against each other, slugs included."""
    assert made.catalog.entities == other.catalog.entities
    assert made.catalog.links == other.catalog.links
    assert made.identification.rejected == other.identification.rejected
    assert made.slugs.encode() == other.slugs.encode()


@pytest.mark.skipif(not FORKED, reason="no process can be forked here")
def test_several_processes_find_the_same_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = made_with_cache(tmp_path / "alone")
    here, found = os.getpid(), names._find_names
    monkeypatch.setattr(flow, "cores", lambda: 2)
    monkeypatch.setattr(names, "_MANY", 2)
    monkeypatch.setattr(names, "_CHUNK", 1)

    def read_elsewhere(*given: object) -> object:
        assert os.getpid() != here
        return found(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(names, "_find_names", read_elsewhere)
    assert_the_same(alone, made_with_cache(tmp_path / "several"))


@pytest.mark.skipif(not FORKED, reason="no process can be forked here")
@pytest.mark.parametrize("work", ["_find_names", "_identify"])
def test_names_are_found_though_a_process_dies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, work: str) -> None:
    alone = made_with_cache(tmp_path / "alone")
    here, done = os.getpid(), getattr(names, work)
    monkeypatch.setattr(flow, "cores", lambda: 2)
    monkeypatch.setattr(names, "_MANY", 2)

    def do_or_die(*given: object) -> object:
        if os.getpid() != here:
            (tmp_path / "a process died").touch()
            os._exit(1)
        return done(*given)

    monkeypatch.setattr(names, work, do_or_die)
    assert_the_same(alone, made_with_cache(tmp_path / "died"))
    assert (tmp_path / "a process died").exists()


def with_drugs(seeds: Path, **drugs: str) -> Path:
    """Write a record for each trial with its one drug."""
    seeds.mkdir()
    for number, drug in drugs.items():
        record = {
            "identificationModule": {"nctId": number, "briefTitle": number},
            "armsInterventionsModule": {"interventions": [{"type": "DRUG", "name": drug}]},
        }
        (seeds / f"{number}.json").write_text(json.dumps({"protocolSection": record}), encoding="utf-8")
    return seeds


def drugs_of(made: CatalogBuild) -> set[str]:
    return {entity.name for entity in made.catalog.entities_of_kind("drug")}


def test_what_is_kept_is_never_used_with_other_vocabularies(tmp_path: Path) -> None:
    seeds = with_drugs(tmp_path / "seeds", NCT00000001="Velcade", NCT00000002="bortezomib", NCT00000003="XY-1")
    with flow.open_cache(tmp_path / "kept", tmp_path / "content") as cache:

        def drugs(off: frozenset[str] = frozenset()) -> set[str]:
            return drugs_of(flow.make_catalog(seeds, tmp_path / "content", cache=cache, off=off))

        assert drugs() == {"Bortezomib", "XY-1"}
        assert drugs(frozenset({"unii"})) == {"Velcade", "bortezomib", "XY-1"}
        (seeds / "vocabularies").mkdir()
        ours = seeds / "vocabularies" / "ours.csv"
        ours.write_text("# kind: drug\nid,name,codes\n1,Velcade,XY-1\n", encoding="utf-8")
        assert drugs(frozenset({"unii"})) == {"Velcade", "bortezomib"}
        ours.write_text("# kind: drug\nid,title\n", encoding="utf-8")
        made = flow.make_catalog(seeds, tmp_path / "content", cache=cache)
        assert [problem.path for problem in made.catalog.problems if problem.code == "vocabulary-file"] == [
            "vocabularies/ours.csv"
        ]
