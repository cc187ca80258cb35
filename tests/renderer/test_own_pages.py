"""Pages in more folders than the content folder: built, linked, found and rendered again like all others."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from tests.conftest import steady_files_of
from tests.test_plugin import lay_out, mkdocs

PAGE = """# Guide

[A trial](../trials/prev-hap.md), [part](#first-steps)

## First `steps`

```
## no heading
```
"""


@pytest.fixture
def catalog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a catalog with pages in ``guides/``, where commands run."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    monkeypatch.delenv("CI", raising=False)
    lay_out(
        tmp_path,
        plugins=[{"trial-catalog": {"page_folders": ["guides"]}}],
        nav=[{"Home": "index.md"}, {"Guide": "guides/guide.md"}],
        not_in_nav="/**",
        exclude_docs="/guides/secret.md\n",
    )
    (tmp_path / "guides" / "images").mkdir(parents=True)
    (tmp_path / "guides" / "guide.md").write_text(PAGE, encoding="utf-8")
    (tmp_path / "guides" / "secret.md").write_text("# Secret\n", encoding="utf-8")
    (tmp_path / "guides" / "images" / "a.svg").write_text("<svg/>", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def build() -> str:
    result = CliRunner().invoke(main, ["build", "--strict"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_they_stand_on_the_site_and_are_rendered_again_alone(catalog: Path) -> None:
    build()
    page = catalog / "site" / "guides" / "guide" / "index.html"
    assert 'href="../../trials/prev-hap/"' in page.read_text(encoding="utf-8")
    assert (catalog / "site" / "guides" / "images" / "a.svg").is_file()
    assert not (catalog / "site" / "guides" / "secret").exists()
    assert "0 pages rendered" in build()
    guide = catalog / "guides" / "guide.md"
    guide.write_text(f"{PAGE}\nNew words.\n", encoding="utf-8")
    assert "1 pages rendered" in build()
    assert "New words." in page.read_text(encoding="utf-8")
    built = mkdocs("build", "--strict", "--site-dir", "clean", folder=catalog)
    assert built.returncode == 0, built.stdout + built.stderr
    assert steady_files_of(catalog / "site") == steady_files_of(catalog / "clean")


def test_the_search_finds_them_and_their_parts(catalog: Path) -> None:
    build()
    names = [
        tuple(name)
        for file in (catalog / "site" / "pagefind" / "names").glob("*.json.gz")
        for name in map(tuple_of, json.loads(gzip.decompress(file.read_bytes()))["names"])
        if name[0] == "page"
    ]
    assert ("Guide", "guides/guide/", "") in [(name[1], name[2], name[5]) for name in names]
    assert ("First steps", "guides/guide/#first-steps", "Guide") in [(name[1], name[2], name[5]) for name in names]
    assert not [name for name in names if str(name[1]) in {"no heading", "Secret"}]


def tuple_of(entry: list[object]) -> tuple[object, ...]:
    """Return a name with the ends that its file leaves out."""
    return (*entry, *("", "", "", 0, [], "")[len(entry) :])


def test_a_folder_that_is_not_there_is_named(catalog: Path) -> None:
    (catalog / "guides").rename(catalog / "elsewhere")
    result = CliRunner().invoke(main, ["build"], catch_exceptions=False)
    assert "there is no folder" in result.output
