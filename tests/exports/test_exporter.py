"""Exporters are found by their entry points, turned on and off, and stand on their own feet."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from generator.exports import exporter as module
from generator.exports.exporter import (
    Exporter,
    ExporterError,
    exporters_for,
    known_exporters,
    run_exporters,
    version_of_exporters,
)
from generator.exports.published import PublishedCatalog, PublishedStudy
from generator.exports.trials_csv import EXPORTER as TRIALS_CSV
from generator.pages.paths import SitePaths
from generator.settings import Settings, SettingsError, read_config_file
from generator.storage.streams import StreamedFiles
from tests.conftest import ROOT
from tests.exports.exported import export
from tests.pages.catalogs import small_catalog

NAMES = {"citations", "fhir", "ictrp", "openapi", "parquet", "sqlite", "tables", "trials-csv"}


def test_the_installed_exporters_are_those_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert set(project["entry-points"]["trial_catalog.exporters"]) == set(known_exporters()) == NAMES


def test_all_are_on_but_that_which_needs_a_package_more() -> None:
    assert {one.name for one in exporters_for(Settings())} == NAMES - {"parquet"}


def test_each_can_be_turned_on_and_off() -> None:
    chosen = exporters_for(Settings(exports={"fhir": False, "parquet": True}))
    assert {one.name for one in chosen} == NAMES - {"fhir"}


def test_a_package_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "find_spec", lambda _: None)
    with pytest.raises(ExporterError, match=r"parquet: the package pyarrow is not installed; run `pip install"):
        exporters_for(Settings(exports={"parquet": True}))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("sqllite: true", "no such export as `sqllite`: did you mean `sqlite`?"),
        ("fhir: maybe", "must be true or false"),
    ],
)
def test_a_mistake_in_the_setting_is_named_with_its_line(line: str, message: str, tmp_path: Path) -> None:
    file = tmp_path / "mkdocs.yml"
    file.write_text(f"plugins:\n  - trial-catalog:\n      exports:\n        {line}\n", "utf-8")
    with pytest.raises(SettingsError) as error:
        read_config_file(file)
    assert f"{file}:3:" in str(error.value)
    assert message in str(error.value)


class Failing:
    """Writes something, and fails at the second study."""

    def __init__(self, _: PublishedCatalog, files: StreamedFiles) -> None:
        self.path = files.path("data/broken.txt")
        self.path.write_text("begun", "utf-8")
        self.studies = 0

    def add(self, study: PublishedStudy) -> None:
        self.studies += 1
        if self.studies == 2:
            raise ZeroDivisionError(study.id)

    def finish(self) -> None:
        raise AssertionError("it failed before")


def test_one_that_fails_leaves_nothing_and_the_others_all(tmp_path: Path) -> None:
    catalog = small_catalog()
    published = PublishedCatalog(catalog, SitePaths(catalog, Settings()), Settings())
    broken = Exporter(name="broken", files=(), open=Failing)
    result = run_exporters([broken, TRIALS_CSV], published, tmp_path)
    assert [problem.path for problem in result.failures] == ["broken"]
    assert "ZeroDivisionError" in result.failures[0].message
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()] == [
        "data/trials.csv"
    ]


def test_a_file_with_the_same_bytes_is_left_alone(tmp_path: Path) -> None:
    export(small_catalog(), tmp_path, None)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    export(small_catalog(), tmp_path, None)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()} == before


PRINT_DIGESTS = """
import hashlib, pathlib, sys
from tests.exports.exported import export
from tests.pages.catalogs import small_catalog
folder = pathlib.Path(sys.argv[1])
export(small_catalog(), folder)
for file in sorted(folder.rglob("*")):
    if file.is_file():
        print(file.relative_to(folder), hashlib.sha256(file.read_bytes()).hexdigest())
"""


def test_the_same_catalog_gives_the_same_bytes_in_every_process(tmp_path: Path) -> None:
    """SQLite and Parquet, too, which other programs write for us."""
    found = []
    for number in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-c", PRINT_DIGESTS, str(tmp_path / number)],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": number},
            capture_output=True,
            text=True,
            check=True,
        )
        found.append(run.stdout.splitlines())
    assert len(found[0]) > 80
    assert found[0] == found[1]


def install(folder: Path, entry_point: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a package beside ours that brings an exporter."""
    (folder / "titles_exporter.py").write_text(
        "from dataclasses import replace\n"
        "from generator.exports.trials_csv import EXPORTER as OTHER\n"
        "EXPORTER = replace(OTHER, name='titles')\n",
        "utf-8",
    )
    about = folder / "titles_exporter-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: titles-exporter\nVersion: 1.0\n", "utf-8")
    (about / "entry_points.txt").write_text(f"[trial_catalog.exporters]\ntitles = {entry_point}\n", "utf-8")
    monkeypatch.syspath_prepend(str(folder))
    importlib.invalidate_caches()


def test_somebody_elses_exporter_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = version_of_exporters()
    install(tmp_path, "titles_exporter:EXPORTER", monkeypatch)
    assert version_of_exporters() != before, "pages and data are made anew"
    assert "titles" in {one.name for one in exporters_for(Settings())}
    assert "titles" not in {one.name for one in exporters_for(Settings(exports={"titles": False}))}


def test_one_that_is_no_exporter_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, "titles_exporter:OTHER", monkeypatch)
    with pytest.raises(ExporterError, match="titles_exporter:OTHER must be an Exporter of that name"):
        exporters_for(Settings())
