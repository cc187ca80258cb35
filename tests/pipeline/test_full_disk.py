"""A disk that is full, or that may not be written: one sentence says which file, and the last site still stands."""

from __future__ import annotations

import builtins
import errno
import json
import os
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.storage.cache import Cache
from tests.conftest import files_of
from tests.pipeline.test_hostile_documents import record


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalog that is built once.  Tests only copy it."""
    folder = tmp_path_factory.mktemp("built")
    (folder / "seeds").mkdir()
    (folder / "content").mkdir()
    (folder / "mkdocs.yml").write_text("site_name: x\ndocs_dir: content\nplugins: [trial-catalog]\n")
    (folder / "seeds" / "one.json").write_text(json.dumps(record("NCT09990001")))
    assert run(folder).exit_code == 0
    return folder


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    """A catalog that was built, and has one more document now."""
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    (tmp_path / "seeds" / "two.json").write_text(
        json.dumps(record("NCT09990002", conditionsModule={"conditions": ["Oil"]}))
    )
    return tmp_path


def run(folder: Path) -> Result:
    return CliRunner().invoke(main, ["build", "--config", str(folder / "mkdocs.yml")])


def fill_up(patch: pytest.MonkeyPatch, name: str) -> None:
    """Let there be no room for the file whose path ends with *name*, nor for the temporary one beside it."""
    opened = builtins.open
    place, _, last = name.rpartition("/")

    def fail(file: Any, mode: str = "r", *arguments: Any, **options: Any) -> Any:
        folder, _, here = str(file).rpartition("/")
        if "w" in mode and folder.endswith(place) and (here == last or here.startswith(f".{last}.")):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(file))
        return opened(file, mode, *arguments, **options)

    patch.setattr(builtins, "open", fail)


@pytest.mark.parametrize(
    ("name", "then"),
    [
        ("content/trials/nct09990002.md", "the last site still stands"),
        ("content/manifest.json", "the last site still stands"),
        ("content/slugs.json", "the last site still stands"),
        ("site/trials/nct09990002/index.html", "the next build makes the rest"),
        ("site/pagefind/catalog.json", "the next build makes the rest"),
    ],
    ids=["a page", "the manifest", "the slugs", "a page of the site", "the search index"],
)
def test_one_sentence_names_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, then: str) -> None:
    with monkeypatch.context() as patch:
        fill_up(patch, name)
        result = run(folder)
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit), result.exception
    said = [line for line in result.output.splitlines() if line.startswith("Error: ")]
    assert len(said) == 1, result.output
    assert f"{name}: " in said[0]
    assert "No space left" in said[0]
    assert then in said[0]
    assert (folder / "site" / "trials" / "nct09990001" / "index.html").is_file()
    assert not [file for file in files_of(folder) if file.endswith(".part")]
    assert run(folder).exit_code == 0
    assert (folder / "site" / "trials" / "nct09990002" / "index.html").is_file()
    assert "NCT09990002" in (folder / "site" / "trials" / "index.html").read_text()


def test_a_full_cache_is_named_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: Cache) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(Cache, "commit", full)
        result = run(folder)
    assert result.exit_code == 1
    assert "database or disk is full" in result.output
    assert "the last site still stands" in result.output
    assert run(folder).exit_code == 0
