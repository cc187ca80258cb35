"""The generated pages need nothing of ours: a stock ``mkdocs build --strict`` renders the same site."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, Project, files_of


@pytest.fixture(scope="module")
def stock_site(built_site: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content of the five seeds, rendered by MkDocs itself."""
    folder = tmp_path_factory.mktemp("stock")
    configuration = folder / "mkdocs.yml"
    configuration.write_text(
        # JSON is YAML.  INHERIT resolves paths of this file against its own folder, so the theme's is given in full.
        json.dumps(
            {
                "INHERIT": str(ROOT / "mkdocs.yml"),
                "docs_dir": str(built_site.content),
                "site_dir": str(folder / "site"),
                "theme": {"custom_dir": str(ROOT / "templates" / "theme")},
            }
        ),
        encoding="utf-8",
    )
    result = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", str(configuration)],
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert result.returncode == 0, f"mkdocs build --strict failed:\n{result.stdout}\n{result.stderr}"
    return folder / "site"


def test_renders_the_same_pages(built_site: Project, stock_site: Path) -> None:
    ours = {name: page for name, page in files_of(built_site.site).items() if name.endswith(".html")}
    stock = {name: page for name, page in files_of(stock_site).items() if name.endswith(".html")}
    assert sorted(ours) == sorted(stock)
    assert not [name for name in ours if ours[name] != stock[name]]


def test_leaves_no_markdown_behind(stock_site: Path) -> None:
    """A page that MkDocs does not take for one is copied as it is."""
    assert not list(stock_site.rglob("*.md"))
