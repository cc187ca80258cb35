"""A plain ``mkdocs build --strict`` renders the pages; nothing hostile comes alive, nothing foreign is loaded."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.folders import HAND_WRITTEN
from generator.pages import OutputTree, write_pages
from generator.settings import Settings
from tests.conftest import sample_navigation
from tests.pages.catalogs import HOSTILE
from tests.pages.dialects import ROOT, read
from tests.pages.trial.test_results import catalog_with_results

TEXTS = {"content", "title", "aria-label", "alt", "placeholder"}
"""Attributes that hold words for people and lead nowhere."""

LOADED = re.compile(r'<(?:script|img|link|iframe|source)\b[^>]*\b(?:src|href)="(https?:)?//(?!localhost)[^"]*"')


@pytest.mark.parametrize("text", ["Some words", HOSTILE])
def test_the_site_builds_and_is_harmless(text: str, tmp_path: Path) -> None:
    content = tmp_path / "content"
    for folder in HAND_WRITTEN:
        shutil.copytree(ROOT / "content" / folder, content / folder)
    # Without the plugin: what lies in the content folder is all that MkDocs needs.
    settings: dict[str, object] = {
        "INHERIT": str(ROOT / "mkdocs.yml"),
        "plugins": [],
        "nav": sample_navigation(),
        "docs_dir": "content",
        "not_in_nav": "/**",
        "exclude_docs": "/manifest.json",
        "site_dir": "site",
    }
    settings["theme"] = {"name": "material", "custom_dir": str(ROOT / "templates" / "theme")}
    (tmp_path / "mkdocs.yml").write_text(json.dumps(settings), encoding="utf-8")
    catalog = catalog_with_results(text)
    catalog.former_ids = {"prev-hap": "NCT00000001"}
    output = OutputTree(content)
    write_pages(catalog, output, Settings())
    output.finish()
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    site = tmp_path / "site"
    for page in site.rglob("*.html"):
        html = page.read_text("utf-8")
        found = read(html)
        for name, value in found.attributes:
            assert not name.startswith("on"), f"{page}: {name}={value}"
            assert "javascript:alert" not in (value or "") or name in TEXTS, f"{page}: {name}={value}"
        assert "img" not in found.tags or 'src="x"' not in html
        assert "<script>alert" not in html, page
        assert not LOADED.search(html), page
    moved = (site / "trials/prev-hap/index.html").read_text("utf-8")
    assert 'content="0; url=../nct00000001/"' in moved
    assert (site / "404.html").is_file()
    assert not (site / "manifest.json").exists()
    assert not list(site.rglob("*.md")), "what MkDocs does not take for a page is copied as it is"
