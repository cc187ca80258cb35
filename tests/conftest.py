"""What many tests need: the five seeds, built once through the public command."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import yaml
from filelock import FileLock

from benchmarks.catalogs import InFolder

# Machines differ in speed, and CI must not fail by chance; new examples are looked for at a developer's desk.
hypothesis.settings.register_profile("project", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("project")

ROOT = Path(__file__).parents[1]
"""The project's folder."""

SEEDS = ROOT / "seeds"

FIVE_SEEDS = (
    "000_46c0a2ab4cdea2e9.txt",
    "001_68d710a15b1fec4e.txt",
    "002_865dad56ce9db1c5.txt",
    "003_b79911ed87769d5b.txt",
    "004_a8ff987fe1f28682.txt",
)
"""The documents that the tests know; others may lie beside them in ``seeds/``."""

STUDIES = ("NCT02883803", "NCT02955615", "NCT04133233", "NCT06774235", "prev-hap", "treat-hap")
"""Ids of the trials in the five seeds."""


LONGEST = (
    "browser/test_accessibility.py",
    "browser/test_extremes.py",
    "renderer/test_incremental_build.py",
    "browser/test_card.py",
    "browser/test_search.py",
    "pipeline/test_incremental_content.py",
    "test_plugin.py",
    "browser/test_compare.py",
    "test_tutorial.py",
)
"""The files of tests that take longest.  Begun first, none of them runs alone at the end while other processes wait."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first; the others stay in their order."""
    places = {ROOT / "tests" / name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path, len(places)))


@dataclass(frozen=True)
class Project(InFolder):
    """The folders of one catalog, apart from the project's own."""

    folder: Path

    def command(
        self, *arguments: str, environment: Mapping[str, str] | None = None, seconds: int = 300
    ) -> subprocess.CompletedProcess[str]:
        """Run ``trial-catalog`` with these arguments in a process of its own, as a user would, for so long at most."""
        variables = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
        return subprocess.run(
            [sys.executable, "-m", "generator", *arguments],
            cwd=ROOT,
            env={**variables, **(environment or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=seconds,
            check=False,
        )

    def build_options(self) -> list[str]:
        """Return the arguments of ``trial-catalog`` that build the site of these folders."""
        return ["build", "--seeds", str(self.seeds), "--content", str(self.content), "--site", str(self.site)]

    def run(self, name: str, environment: Mapping[str, str] | None = None, seconds: int = 300) -> str:
        """Run ``generate`` or ``build`` over these folders, which must go well, and return what it printed."""
        folders = ["--seeds", str(self.seeds), "--content", str(self.content)]
        if name == "build":
            folders += ["--site", str(self.site)]
        result = self.command(name, *folders, environment=environment, seconds=seconds)
        assert result.returncode == 0, f"trial-catalog {name} failed:\n{result.stdout}\n{result.stderr}"
        return result.stdout + result.stderr


def sample_navigation() -> list[dict[str, Any]]:
    """Return the sample's navigation without the documentation, which only stands on its own site."""
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    navigation = yaml.safe_load(text[text.index("\nnav:") : text.index("\nnot_in_nav:")])["nav"]
    return [{title: _without_documentation(to) for title, to in entry.items()} for entry in navigation]


def _without_documentation(target: Any) -> Any:
    return [entry for entry in target if "Documentation" not in entry] if isinstance(target, list) else target


def new_project(folder: Path) -> Project:
    """Lay out the five seeds and the curated names in an empty folder."""
    project = Project(folder)
    project.seeds.mkdir(parents=True, exist_ok=True)
    for name in FIVE_SEEDS:
        shutil.copy2(SEEDS / name, project.seeds / name)
    if (SEEDS / "names").is_dir():
        shutil.copytree(SEEDS / "names", project.seeds / "names")
    return project


def files_of(folder: Path) -> dict[str, bytes]:
    """Return the content of each file in the folder and below, by its path in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


IN_ANY_ORDER = (".pf_meta", ".pf_filter", "pagefind-entry.json")
"""Files in which Pagefind's program writes filters in another order each time (see docs/decisions/0010)."""


def steady_files_of(site: Path) -> dict[str, bytes]:
    """Return the files of a site whose bytes follow from what it was made from: all but those of Pagefind."""
    return {name: data for name, data in files_of(site).items() if not name.endswith(IN_ANY_ORDER)}


SiteMaker = Callable[[str, Callable[[Path], Project]], Project]
"""Takes a name and what lays a project out in a folder, and returns that project with its site."""


@pytest.fixture(scope="session")
def build_once(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> SiteMaker:
    """Builds a site once for all processes of a run, as pytest-xdist's documentation shows it.  Tests only read it."""
    own = tmp_path_factory.getbasetemp()
    shared = own if worker_id == "master" else own.parent

    def build(name: str, lay_out: Callable[[Path], Project]) -> Project:
        folder, built = shared / name, shared / f"{name}.built"
        with FileLock(shared / f"{name}.lock"):
            if not built.exists():
                lay_out(folder).run("build", seconds=1200)
                built.touch()
        return Project(folder)

    return build


@pytest.fixture(scope="session")
def built_site(build_once: SiteMaker) -> Project:
    """The five seeds as a website, built once by ``trial-catalog build``.  Tests only read it."""
    return build_once("five-seeds", new_project)
