"""The output tree writes what differs, removes what it once wrote, and never leaves half a file."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from generator.storage.output import OutputError, OutputTree, gzipped


def write(root: Path, files: dict[str, str | bytes]) -> tuple[list[str], list[str], list[str]]:
    tree = OutputTree(root)
    for path, content in files.items():
        tree.write(path, content)
    report = tree.finish()
    return report.written, report.unchanged, report.removed


def test_same_bytes_are_not_written_again(tmp_path: Path) -> None:
    assert write(tmp_path, {"a/b.md": "x", "c.json": b"y"}) == (["a/b.md", "c.json"], [], [])
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert write(tmp_path, {"a/b.md": "x", "c.json": b"y"}) == ([], ["a/b.md", "c.json"], [])
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before
    assert write(tmp_path, {"a/b.md": "z", "c.json": b"y"}) == (["a/b.md"], ["c.json"], [])


def test_orphans_are_removed_and_hand_written_files_stay(tmp_path: Path) -> None:
    (tmp_path / "about").mkdir()
    (tmp_path / "about/index.md").write_text("mine")
    write(tmp_path, {"trials/a.md": "a", "trials/b.md": "b", "places/c.md": "c"})
    (tmp_path / "trials/mine.md").write_text("mine")
    assert write(tmp_path, {"trials/a.md": "a"})[2] == ["places/c.md", "trials/b.md"]
    assert sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()) == [
        "about/index.md",
        "manifest.json",
        "trials/a.md",
        "trials/mine.md",
    ]
    assert not (tmp_path / "places").exists()


def test_a_crash_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"a.md": "old"})

    def crash(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", crash)
    with pytest.raises(OSError, match="disk full"):
        OutputTree(tmp_path).write("a.md", "new and longer")
    assert (tmp_path / "a.md").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.md", "manifest.json"]


def test_a_crash_before_the_end_removes_nothing(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "a", "b.md": "b"})
    OutputTree(tmp_path).write("a.md", "new")
    assert (tmp_path / "b.md").exists()
    assert write(tmp_path, {"a.md": "new"}) == ([], ["a.md"], ["b.md"])


@pytest.mark.parametrize("path", ["/etc/x", "../x", "a/../../x", "", "a\\b"])
def test_nothing_is_written_outside(path: str, tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        OutputTree(tmp_path).write(path, "x")


def test_two_pages_cannot_share_a_file(tmp_path: Path) -> None:
    tree = OutputTree(tmp_path)
    tree.write("a/Page.md", "x")
    with pytest.raises(OutputError, match="two pages want this file"):
        tree.write("a/page.md", "y")


@pytest.mark.parametrize("manifest", ["", "not json", "[1]", '{"files": ["../../etc/passwd", "/etc/passwd"]}'])
def test_a_damaged_manifest_harms_nothing(manifest: str, tmp_path: Path) -> None:
    root = tmp_path / "content"
    root.mkdir()
    (root / "manifest.json").write_text(manifest)
    assert write(root, {"a.md": "x"}) == (["a.md"], [], [])


def test_a_gzip_file_tells_nothing_but_its_content() -> None:
    packed = gzipped(b"text")
    assert packed[:10] == bytes.fromhex("1f8b 08 00 00000000 02 ff")  # no name, no time, any system
    assert gzip.decompress(packed) == b"text"
