"""A site in French, from `new` to the built pages: our words are French, addresses those of the English site."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Project, new_project


@pytest.fixture(scope="module")
def french(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a new French catalog that holds the five seeds, built strictly."""
    folder = tmp_path_factory.mktemp("french") / "catalog"
    run = [sys.executable, "-m", "generator"]
    subprocess.run([*run, "new", str(folder), "--language", "fr", "--title", "Essais", "--url", ""], check=True)
    new_project(folder)
    built = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stdout + built.stderr
    return folder / "site"


def read(site: Path, page: str) -> str:
    return (site / page / "index.html").read_text("utf-8")


def test_pages_navigation_and_hand_written_pages_are_french(french: Path) -> None:
    trial = read(french, "trials/nct06774235")
    assert '<html lang="fr"' in trial
    for words in ("En bref", "Trouver un essai", "23 centres", "9 juillet 2025", "déduit", "18 ans"):
        assert words in trial
    assert "Glossaire" in read(french, "about/glossary")
    assert "Qui nous sommes" in read(french, "about/us")


def test_what_documents_say_is_marked_as_english(french: Path) -> None:
    trial = read(french, "trials/nct06774235")
    assert '<span lang="en">Prevention of Secondary Infections' in trial
    assert re.search(r'<div lang="en"\s*>\s*<p>The goal of this clinical trial', trial)


def test_addresses_and_data_are_those_of_the_english_site(french: Path, built_site: Project) -> None:
    english = {page.relative_to(built_site.site) for page in (built_site.site / "trials").rglob("*.html")}
    assert {page.relative_to(french) for page in (french / "trials").rglob("*.html")} >= english
    study = "api/v2/studies/NCT06774235.json"
    assert (french / study).read_bytes() == (built_site.site / study).read_bytes()
    anchors = r'\bid="(sites-and-contacts|what-is-missing-and-why|documents)"'
    assert set(re.findall(anchors, read(french, "trials/nct06774235"))) == set(
        re.findall(anchors, read(built_site.site, "trials/nct06774235"))
    )
