"""A plain ``mkdocs build --strict`` renders the pages; nothing hostile comes alive, nothing foreign is loaded."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.pages import OutputTree, write_pages
from generator.settings import Settings
from tests.pages.catalogs import HOSTILE
from tests.pages.dialects import ROOT, read
from tests.pages.test_results import catalog_with_results

LOADED = re.compile(r'<(?:script|img|link|iframe|source)\b[^>]*\b(?:src|href)="(https?:)?//(?!localhost)[^"]*"')


@pytest.mark.parametrize("text", ["Some words", HOSTILE])
def test_the_site_builds_and_is_harmless(text: str, tmp_path: Path) -> None:
    content = tmp_path / "content"
    for folder in ("about", "assets", "search"):
        shutil.copytree(ROOT / "content" / folder, content / folder)
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
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
            assert "javascript:alert" not in (value or "") or name in {"content", "title"}, f"{page}: {name}={value}"
        assert "img" not in found.tags or 'src="x"' not in html
        assert "<script>alert" not in html, page
        assert not LOADED.search(html), page
    moved = (site / "trials/prev-hap/index.html").read_text("utf-8")
    assert 'content="0; url=../nct00000001/"' in moved
    assert (site / "404.html").is_file()
    assert not (site / "manifest.json").exists()
