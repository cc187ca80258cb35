"""Names that are found and joined in processes of their own come out as in one process, whatever befalls these."""

from __future__ import annotations

import multiprocessing
import os
from pathlib import Path

import pytest

from generator.pipeline import flow
from generator.pipeline import identify as names
from generator.pipeline.flow import CatalogBuild
from tests.conftest import SEEDS

FORKED = "fork" in multiprocessing.get_all_start_methods()


def made_with_store(folder: Path) -> CatalogBuild:
    """Return the catalog of the seeds, made with a store on the disk, which other processes can read."""
    with flow.open_store(folder / "kept", folder / "content") as store:
        return flow.make_catalog(SEEDS, folder / "content", store=store)


def assert_the_same(made: CatalogBuild, other: CatalogBuild) -> None:
    """Hold what two runs found against each other, slugs included."""
    assert made.catalog.entities == other.catalog.entities
    assert made.catalog.links == other.catalog.links
    assert made.identification.set_aside == other.identification.set_aside
    assert made.slugs.encode() == other.slugs.encode()


@pytest.mark.skipif(not FORKED, reason="no process can be forked here")
def test_several_processes_find_the_same_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = made_with_store(tmp_path / "alone")
    here, found = os.getpid(), names._read
    monkeypatch.setattr(flow, "cores", lambda: 2)
    monkeypatch.setattr(names, "_MANY", 2)
    monkeypatch.setattr(names, "_CHUNK", 1)

    def read_elsewhere(*given: object) -> object:
        assert os.getpid() != here
        return found(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(names, "_read", read_elsewhere)
    assert_the_same(alone, made_with_store(tmp_path / "several"))


@pytest.mark.skipif(not FORKED, reason="no process can be forked here")
@pytest.mark.parametrize("work", ["_read", "_identify"])
def test_names_are_found_though_a_process_dies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, work: str) -> None:
    alone = made_with_store(tmp_path / "alone")
    here, done = os.getpid(), getattr(names, work)
    monkeypatch.setattr(flow, "cores", lambda: 2)
    monkeypatch.setattr(names, "_MANY", 2)

    def do_or_die(*given: object) -> object:
        if os.getpid() != here:
            (tmp_path / "a process died").touch()
            os._exit(1)
        return done(*given)

    monkeypatch.setattr(names, work, do_or_die)
    assert_the_same(alone, made_with_store(tmp_path / "died"))
    assert (tmp_path / "a process died").exists()
