"""Pages that other processes render are those that MkDocs renders itself."""

from __future__ import annotations

import multiprocessing
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from mkdocs.structure.pages import Page

from generator.cli import main
from generator.folders import OWN_TEMPLATES, TEMPLATES
from generator.pipeline.processes import cores
from generator.renderer import pages_ahead
from generator.renderer.pages_ahead import FinishedPage, PagesAhead
from tests.conftest import steady_files_of
from tests.test_plugin import lay_out

NEVER = 1_000_000


@pytest.fixture
def catalog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a catalog whose home page has a link that leads nowhere, where commands run."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    monkeypatch.delenv("CI", raising=False)
    lay_out(tmp_path)
    home = tmp_path / OWN_TEMPLATES / "home.md.j2"
    home.parent.mkdir(parents=True)
    shutil.copy(TEMPLATES / "pages" / home.name, home)
    with home.open("a", encoding="utf-8") as template:
        template.write("\n\n[A page](that-is-not-there.md)\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def build(catalog: Path, monkeypatch: pytest.MonkeyPatch, *, ahead_from: int) -> tuple[str, int, dict[str, bytes]]:
    """Build with so many pages as the least that others render; return output, pages that they did, and the site."""
    handed_out = 0
    take = PagesAhead.take

    def count(self: PagesAhead, page: Page) -> FinishedPage:
        nonlocal handed_out
        handed_out += 1
        return take(self, page)

    with monkeypatch.context() as patch:
        patch.setattr(PagesAhead, "take", count)
        patch.setattr(pages_ahead, "WORTH_IT", ahead_from)
        result = CliRunner().invoke(main, ["build", "--clean", "--strict"])
    assert result.exit_code == 1, result.output
    return result.output, handed_out, steady_files_of(catalog / "site")


def test_the_site_and_the_warnings_are_the_same(catalog: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if cores() < 2 or "fork" not in multiprocessing.get_all_start_methods():
        pytest.skip("no process can be forked here, or there is one core")
    output, handed_out, alone = build(catalog, monkeypatch, ahead_from=NEVER)
    assert handed_out == 0
    assert output.count("that-is-not-there.md") == 1
    output, handed_out, together = build(catalog, monkeypatch, ahead_from=1)
    assert handed_out > 100
    assert output.count("that-is-not-there.md") == 1
    assert together == alone
