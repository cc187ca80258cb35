"""Whatever lies in the content folder and is in no manifest is somebody's own: it stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.storage.output import UNFINISHED, OutputTree
from tests.conftest import files_of

NAMES = st.sampled_from(["index.md", "about/index.md", "trials/a.md", "trials/b.md", "trials/list/c.md", "x.json"])
TREES = st.dictionaries(NAMES, st.sampled_from(["one", "two", ""]), max_size=6)


def run(root: Path, generated: dict[str, str], packaged: dict[str, str] | None = None) -> OutputTree:
    tree = OutputTree(root)
    for name, text in (packaged or {}).items():
        tree.copy(name, text.encode())
    for name, text in generated.items():
        if name not in (packaged or {}):
            tree.write(name, text)
    return tree


def texts(root: Path) -> dict[str, str]:
    return {name: data.decode() for name, data in files_of(root).items() if name != "manifest.json"}


@given(own=TREES, runs=st.lists(st.tuples(TREES, TREES), max_size=3))
def test_own_files_survive_all_runs(
    tmp_path_factory: pytest.TempPathFactory, own: dict[str, str], runs: list[tuple[dict[str, str], dict[str, str]]]
) -> None:
    root = tmp_path_factory.mktemp("content")
    for name, text in own.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    for generated, packaged in runs:
        report = run(root, generated, packaged).finish()
        assert texts(root) == {**generated, **packaged, **own}
        assert set(report.in_place_of_packaged) == own.keys() & packaged.keys()
        assert set(report.in_place_of_generated) == own.keys() & (generated.keys() - packaged.keys())


@given(edited=st.sets(NAMES), later=TREES)
def test_a_packaged_page_that_somebody_edits_is_theirs(
    tmp_path_factory: pytest.TempPathFactory, edited: set[str], later: dict[str, str]
) -> None:
    root = tmp_path_factory.mktemp("content")
    first = dict.fromkeys(("index.md", "about/index.md", "trials/a.md"), "as it came")
    run(root, {}, first).finish()
    mine = dict.fromkeys(edited & first.keys(), "edited")
    for name, text in mine.items():
        (root / name).write_text(text, encoding="utf-8")
    for _ in range(2):
        run(root, {}, later).finish()
        assert texts(root) == {**later, **mine}


def test_what_a_killed_run_wrote_is_not_taken_for_somebodys_own(tmp_path: Path) -> None:
    run(tmp_path, {"trials/a.md": "a"}).finish()
    run(tmp_path, {"trials/a.md": "a", "trials/b.md": "half"})
    assert (tmp_path / UNFINISHED).is_file()
    report = run(tmp_path, {"trials/b.md": "whole"}).finish()
    assert texts(tmp_path) == {"trials/b.md": "whole"}
    assert report.in_place_of_generated == []


def test_a_file_where_a_folder_is_needed_stays(tmp_path: Path) -> None:
    (tmp_path / "trials").write_text("mine")
    report = run(tmp_path, {"trials/a.md": "a", "index.md": "i"}).finish()
    assert texts(tmp_path) == {"trials": "mine", "index.md": "i"}
    assert report.in_place_of_generated == ["trials/a.md"]


def test_a_folder_where_a_file_is_needed_stays(tmp_path: Path) -> None:
    (tmp_path / "index.md").mkdir()
    (tmp_path / "index.md" / "mine.txt").write_text("mine")
    run(tmp_path, {"index.md": "i"}).finish()
    assert texts(tmp_path) == {"index.md/mine.txt": "mine"}


def test_a_link_that_leads_nowhere_stays(tmp_path: Path) -> None:
    (tmp_path / "index.md").symlink_to(tmp_path / "elsewhere.md")
    run(tmp_path, {"index.md": "i"}).finish()
    assert (tmp_path / "index.md").is_symlink()
    assert not (tmp_path / "elsewhere.md").exists()
