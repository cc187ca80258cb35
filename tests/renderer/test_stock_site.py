"""The five seeds through Material: the pages and the search index that MkDocs itself gives, as trees and as bytes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from generator.renderer.mkdocs_site import render
from generator.renderer.theme import SOURCE_MAP
from tests.conftest import ROOT, Project, files_of

NEEDS_A_DATE = {"sitemap.xml", "sitemap.xml.gz"}
"""MkDocs writes the day of the build into them; we write none unless there is one to write."""


@pytest.fixture(scope="module")
def stock_site(built_site: Project, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("stock")
    configuration = {
        "INHERIT": str(ROOT / "mkdocs.yml"),
        "docs_dir": str(built_site.content),
        "site_dir": str(folder / "site"),
        "theme": {"custom_dir": str(ROOT / "templates" / "theme")},
    }
    (folder / "mkdocs.yml").write_text(json.dumps(configuration), encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--config-file", str(folder / "mkdocs.yml")],
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        check=True,
        timeout=300,
    )
    # Source maps of the theme's scripts and style sheets are the only files that we leave out.
    return {name: data for name, data in files_of(folder / "site").items() if not name.endswith(SOURCE_MAP)}


@pytest.fixture(scope="module", params=[1, 3], ids=["one process", "three processes"])
def our_site(
    built_site: Project, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("ours")
    report = render(ROOT / "mkdocs.yml", built_site.content, folder / "site", processes=request.param)
    assert report.rendered == report.pages > 100
    return files_of(folder / "site")


def test_the_same_files(our_site: dict[str, bytes], stock_site: dict[str, bytes]) -> None:
    assert sorted(our_site) == sorted(stock_site)
    different = [name for name in stock_site if our_site[name] != stock_site[name]]
    assert set(different) <= NEEDS_A_DATE


def test_the_same_trees(our_site: dict[str, bytes], stock_site: dict[str, bytes]) -> None:
    """Should a library give other bytes one day, this tells whether it matters."""
    for name, page in stock_site.items():
        if name.endswith(".html"):
            assert list(_tree(our_site[name])) == list(_tree(page)), name


def test_the_same_search_index(our_site: dict[str, bytes], stock_site: dict[str, bytes]) -> None:
    name = "search/search_index.json"
    if name not in stock_site:
        pytest.skip("Material's search is not switched on")
    assert json.loads(our_site[name]) == json.loads(stock_site[name])


def test_a_second_rendering_writes_nothing(built_site: Project, tmp_path: Path) -> None:
    render(ROOT / "mkdocs.yml", built_site.content, tmp_path / "site")
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("site/**/*")}
    report = render(ROOT / "mkdocs.yml", built_site.content, tmp_path / "site")
    assert (report.rendered, report.written, report.removed) == (0, 0, 0)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("site/**/*")} == before


def _tree(page: bytes) -> Any:
    for element in lxml.html.document_fromstring(page).iter():
        yield element.tag, sorted(element.items()), _words(element.text), _words(element.tail)


def _words(text: str | None) -> str:
    return " ".join((text or "").split())
