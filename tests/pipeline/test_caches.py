"""Whatever an older version, a fault of the disk or a missing permission left in a cache: a build goes through."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.pipeline import flow
from generator.pipeline.progress import Stages
from tests.conftest import files_of, steady_files_of
from tests.pipeline.test_incremental_content import NO_HAND_WRITTEN, lay_out

Build = Callable[[Path], dict[str, bytes]]
"""Builds in a folder, whose cache lies in its ``cache``, and returns what was built."""


def _content(folder: Path) -> dict[str, bytes]:
    shutil.rmtree(folder / "project", ignore_errors=True)
    place = lay_out(folder / "project", 3)
    with flow.generate(
        place.seeds, place.content, place.settings, NO_HAND_WRITTEN, Stages(quiet=True), kept=folder / "cache"
    ):
        return files_of(place.content)


def _older_form(file: Path) -> None:
    """Give each table the columns of another version, and the database the number of its form."""
    with sqlite3.connect(file) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            connection.execute(f"DROP TABLE {table}")
            connection.execute(f"CREATE TABLE {table} (identifier TEXT, old BLOB)")
            connection.execute(f"INSERT INTO {table} VALUES ('made by', 'another version')")  # noqa: S608
        connection.execute("PRAGMA user_version = 1")
    connection.close()


def _other_columns(file: Path) -> None:
    """Take a column from each table, and leave the number of the form as it is."""
    with sqlite3.connect(file) as connection:
        (form,) = connection.execute("PRAGMA user_version").fetchone()
        _older_form(file)
        connection.execute(f"PRAGMA user_version = {form}")
    connection.close()


def _noise(file: Path) -> None:
    data = file.read_bytes()
    file.write_bytes(data[:4096] + bytes(range(256)) * (len(data) // 256))


def _other_bytes(file: Path) -> None:
    """Change a byte of each value, as a fault of the disk does, so that the tables themselves stay whole."""
    with sqlite3.connect(file) as connection:
        for (kind,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for name, data in connection.execute(f"SELECT name, data FROM {kind}").fetchall():  # noqa: S608
                place = len(data) // 2
                damaged = data[:place] + bytes([(*data[place : place + 1], 0)[0] ^ 1]) + data[place + 1 :]
                connection.execute(f"UPDATE {kind} SET data = ? WHERE name = ?", (damaged, name))  # noqa: S608
    connection.close()


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:5000])


THE_DAY = "1700000000"


@pytest.fixture(autouse=True)
def the_same_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", THE_DAY)


BUILDS = pytest.mark.parametrize("build", [_content], ids=["content"])


@BUILDS
@pytest.mark.parametrize("damage", [_older_form, _other_columns, _noise, _cut, _other_bytes])
def test_what_cannot_be_used_is_made_anew(tmp_path: Path, build: Build, damage: Callable[[Path], None]) -> None:
    wanted = build(tmp_path)
    [file] = (tmp_path / "cache").glob("*.sqlite")
    damage(file)
    assert build(tmp_path) == wanted
    assert build(tmp_path) == wanted


@BUILDS
def test_where_nothing_can_be_kept_nothing_is(tmp_path: Path, build: Build) -> None:
    wanted = build(tmp_path)
    shutil.rmtree(tmp_path / "cache")
    (tmp_path / "cache").write_text("a file stands where the folder should")
    assert build(tmp_path) == wanted


@BUILDS
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written(tmp_path: Path, build: Build) -> None:
    wanted = build(tmp_path)
    (tmp_path / "cache").chmod(0o500)
    try:
        assert build(tmp_path) == wanted
    finally:
        (tmp_path / "cache").chmod(0o700)


def _build(folder: Path) -> dict[str, bytes]:
    """Build the site of the catalog in this folder, and return its files."""
    result = CliRunner().invoke(main, ["build", "--config", str(folder / "mkdocs.yml")])
    assert result.exit_code == 0, result.output
    return steady_files_of(folder / "site")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """The folder of a catalog that is built once, and what was built.  Each test ends with a build of the same."""
    folder = tmp_path_factory.mktemp("built")
    lay_out(folder, 3)
    (folder / "mkdocs.yml").write_text("site_name: x\ndocs_dir: content\nplugins: [trial-catalog]\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", THE_DAY)
        return folder, _build(folder)


@pytest.mark.parametrize("kind", ["texts", "outlines", "readings", "originals", "sites", "facts"])
def test_a_damaged_row_that_is_read_late_is_made_anew(built: tuple[Path, dict[str, bytes]], kind: str) -> None:
    folder, wanted = built
    [file] = (folder / ".cache" / "content").glob("*.sqlite")
    with sqlite3.connect(file) as connection:
        assert connection.execute(f"UPDATE {kind} SET data = zeroblob(length(data))").rowcount  # noqa: S608
    connection.close()
    shutil.rmtree(folder / "site")
    shutil.rmtree(folder / ".cache" / "search")
    assert _build(folder) == wanted
