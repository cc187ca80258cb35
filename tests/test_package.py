"""What is installed from the wheel works without the source: a new catalog, MkDocs' own command, the same bytes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT, Project, files_of, new_project, steady_files_of

Run = Callable[..., subprocess.CompletedProcess[str]]


def hatchling(target: str, source: Path, folder: Path) -> Path:
    """Build a ``wheel`` or an ``sdist`` of *source*."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", str(folder)]
    subprocess.run(command, cwd=source, check=True, capture_output=True, text=True)
    (built,) = folder.glob("*.whl" if target == "wheel" else "*.tar.gz")
    return built


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("hatchling")
    return hatchling("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs programs of a fresh environment in which the wheel is installed, and our dependencies, but not the source.

    Another project's package ``generator`` is there as well.
    """
    folder = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    install = ["-m", "pip", "--python", str(programs / "python"), "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([sys.executable, *install, "--disable-pip-version-check", str(wheel)], check=True)
    [site] = folder.glob("**/site-packages")
    # A folder on the path: its .pth files, of which one leads to the source, are not followed.
    (site / "dependencies.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    (site / "generator.py").write_text("raise RuntimeError('this is another project')\n", encoding="utf-8")
    inherited = {key: value for key, value in os.environ.items() if key not in {"PYTHONPATH", "SOURCE_DATE_EPOCH"}}

    def run(program: str, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
        command = [str(programs / "python"), "-m", program] if program == "mkdocs" else [str(programs / program)]
        done = subprocess.run(
            [*command, *arguments],
            cwd=folder,
            env={**inherited, "NO_MKDOCS_2_WARNING": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, f"{program} {arguments}:\n{done.stdout}\n{done.stderr}"
        return done

    return run


def test_from_nothing_to_a_site_with_own_pages_templates_and_theme(installed: Run, tmp_path: Path) -> None:
    installed("trial-catalog", "new", "demo", "--example", "--title", "Trials of the hill", folder=tmp_path)
    demo = tmp_path / "demo"
    installed("trial-catalog", "build", folder=demo)
    first = (demo / "site" / "trials" / "exercise-at-home" / "index.html").read_text(encoding="utf-8")
    assert "Hospital of the Hill" in first
    assert "Trials of the hill" in first

    installed("trial-catalog", "eject", "home.md.j2", folder=demo)
    home = demo / "templates" / "pages" / "home.md.j2"
    before = home.read_text("utf-8")
    assert 'heading("Recruiting")' in before
    home.write_text(before.replace('{{ heading("Recruiting") }}', "Open on the hill"), encoding="utf-8")
    (demo / "overrides").mkdir()
    announcement = '{% extends "base.html" %}{% block announce %}Seen on every page{% endblock %}\n'
    (demo / "overrides" / "main.html").write_text(announcement, encoding="utf-8")
    (demo / "content" / "images").mkdir()
    (demo / "content" / "images" / "hill.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    (demo / "content" / "about" / "mend.md").write_text("# Write to the hill\n", encoding="utf-8")
    settings = (demo / "mkdocs.yml").read_text(encoding="utf-8")
    for old, new in (
        ("# custom_dir:", "custom_dir:"),
        ("assets/images/logo.svg", "images/hill.svg"),
        ("language: en", "language: fr"),
        ("primary: teal", "primary: deep purple"),
    ):
        assert old in settings
        settings = settings.replace(old, new)
    (demo / "mkdocs.yml").write_text(settings, encoding="utf-8")
    installed("mkdocs", "build", "--strict", folder=demo)
    page = (demo / "site" / "index.html").read_text(encoding="utf-8")
    for seen in ("Open on the hill", "Seen on every page", "images/hill.svg", 'lang="fr"', "deep-purple"):
        assert seen in page
    assert "Signaler une erreur" in page, "our footer stays where main.html is somebody's own"
    assert "Write to the hill" in (demo / "site" / "about" / "mend" / "index.html").read_text(encoding="utf-8")
    assert "Who we are" in (demo / "site" / "about" / "us" / "index.html").read_text(encoding="utf-8")
    assert not (demo / "site" / "docs").exists()


def test_the_seeds_give_the_same_bytes_as_from_the_source(installed: Run, built_site: Project, tmp_path: Path) -> None:
    project = new_project(tmp_path)
    shutil.copy2(ROOT / "mkdocs.yml", tmp_path)
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    installed("trial-catalog", "build", folder=tmp_path)
    assert files_of(project.content) == files_of(built_site.content)
    assert steady_files_of(project.site) == steady_files_of(built_site.site)


def test_nothing_is_forgotten_and_one_name_is_taken(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        licences = {name.rpartition("/")[2] for name in names if ".dist-info/licenses/" in name}
    assert {name.partition("/")[0] for name in names if ".dist-info/" not in name} == {
        "trial_catalog",
        "trial_catalog.pth",
    }
    assert licences == {"LICENSE", "GeoNames.md", "MeSH.md", "Natural-Earth.md", "UNII.md"}
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "generator", "templates", "content"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("the source is no git repository")
    ours = {name for name in listed.stdout.split("\n") if name and (ROOT / name).is_file()} - {"content/slugs.json"}
    assert {f"trial_catalog/{name}" for name in ours} <= names
    assert {"trial_catalog/py.typed", "trial_catalog/generator/py.typed"} <= names


def test_a_wheel_from_the_sdist_is_the_same(wheel: Path, tmp_path: Path) -> None:
    sdist = hatchling("sdist", ROOT, tmp_path / "sdist")
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path / "source", filter="data")
    [source] = (tmp_path / "source").iterdir()
    again = hatchling("wheel", source, tmp_path / "again")
    with zipfile.ZipFile(wheel) as one, zipfile.ZipFile(again) as other:
        assert {name: one.getinfo(name).CRC for name in one.namelist()} == {
            name: other.getinfo(name).CRC for name in other.namelist()
        }
