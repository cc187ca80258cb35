"""Whatever changed, and however a build ended: ``trial-catalog build`` leaves what a clean ``mkdocs build`` gives."""

from __future__ import annotations

import os
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from mkdocs.__main__ import cli

from generator.cli import main
from tests.conftest import steady_files_of
from tests.interruptions import interrupt, start
from tests.test_plugin import lay_out

BUILD = ["build", "--config", "mkdocs.yml"]
RENDERED = re.compile(r"(\d+) pages rendered")


@pytest.fixture
def catalog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a catalog with a theme of its own, where commands run."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    monkeypatch.delenv("CI", raising=False)
    shutil.copytree(Path("templates") / "theme", tmp_path / "theme")
    lay_out(tmp_path, theme={"name": "material", "custom_dir": "theme"}, not_in_nav="/**")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def build() -> int:
    """Build here, and return how many pages were rendered."""
    result = CliRunner().invoke(main, BUILD, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    found = RENDERED.search(result.output)
    assert found
    return int(found[1])


def clean_site(folder: Path) -> dict[str, bytes]:
    """Return what a clean ``mkdocs build`` of the same catalog gives."""
    arguments = ["build", "--config-file", str(folder / "mkdocs.yml"), "--site-dir", str(folder / "clean")]
    built = CliRunner().invoke(cli, arguments, catch_exceptions=False)
    assert built.exit_code == 0, built.output
    return steady_files_of(folder / "clean")


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def edit_document(folder: Path) -> None:
    change(folder / "seeds" / "000_46c0a2ab4cdea2e9.txt", "326 participants", "327 participants")


def remove_document(folder: Path) -> None:
    (folder / "seeds" / "002_865dad56ce9db1c5.txt").unlink()


def curate_a_name(folder: Path) -> None:
    text = "- name: Anybody\n  spellings: [David Klatzmann]\n  slug: anybody\n  source: a test\n"
    people = folder / "seeds" / "names" / "people.yml"
    people.write_text(text, encoding="utf-8")


def change_a_setting(folder: Path) -> None:
    change(folder / "mkdocs.yml", "trial-catalog: {}", "trial-catalog: {contacts: false}")


def change_the_theme(folder: Path) -> None:
    change(folder / "theme" / "partials" / "footer.html", "</footer>", "<p>Changed</p></footer>")


def change_the_navigation(folder: Path) -> None:
    with (folder / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("nav:\n  - Start: index.md\n  - Trials: trials/index.md\n")


def write_a_page(folder: Path, trial: str = "nct06774235") -> None:
    (folder / "content" / "about" / "us.md").write_text(f"# Us\n\n[A trial](../trials/{trial}.md)\n", encoding="utf-8")


def change_a_page_within_a_tick(folder: Path) -> None:
    page = folder / "content" / "about" / "mend.md"
    page.write_text("# Other\n", encoding="utf-8")
    rendered = (folder / "site" / "about" / "mend" / "index.html").stat()
    os.utime(page, ns=(rendered.st_atime_ns, rendered.st_mtime_ns))


def lose_a_rendered_page(folder: Path) -> None:
    (folder / "site" / "trials" / "prev-hap" / "index.html").unlink()


CHANGES: tuple[Callable[[Path], None], ...] = (
    edit_document,
    change_a_page_within_a_tick,
    write_a_page,
    remove_document,
    curate_a_name,
    change_the_theme,
    change_a_setting,
    change_the_navigation,
)


def test_after_each_change_the_site_is_that_of_a_clean_build(catalog: Path) -> None:
    everything = build()
    few = (lose_a_rendered_page, edit_document), (change_a_page_within_a_tick, write_a_page)
    """Each of two for which few pages are rendered, and others for each: none hides that the other is overlooked."""
    for changes in (*few, *((change,) for change in CHANGES[3:])):
        for apply in changes:
            apply(catalog)
        names = ", ".join(apply.__name__ for apply in changes)
        rendered = build()
        assert steady_files_of(catalog / "site") == clean_site(catalog), names
        if changes in few:
            assert 0 < rendered < everything / 2, names
        before = {path: path.stat().st_mtime_ns for path in (catalog / "site").rglob("*")}
        assert build() == 0, names
        assert {path: path.stat().st_mtime_ns for path in (catalog / "site").rglob("*")} == before, names


def test_a_page_of_a_removed_document_is_removed_and_links_to_it_are_reported(catalog: Path) -> None:
    build()
    write_a_page(catalog, "treat-hap")
    build()
    remove_document(catalog)
    result = CliRunner().invoke(main, [*BUILD, "--strict"], catch_exceptions=False)
    assert result.exit_code == 1
    assert not (catalog / "site" / "trials" / "treat-hap").exists()
    # What was reported once is reported again, although nothing changed since.
    assert CliRunner().invoke(main, [*BUILD, "--strict"], catch_exceptions=False).exit_code == 1


def test_killed_at_any_moment(catalog: Path) -> None:
    chance = random.Random(7)  # noqa: S311 - moments, no secrets
    build()
    for number, apply in enumerate(CHANGES[:4]):
        apply(catalog)
        running = start("-m", "generator", *BUILD, folder=catalog)
        interrupt(running, after=chance.uniform(0.8, 2.2), all_of_it=number % 2 == 1)
        build()
        assert steady_files_of(catalog / "site") == clean_site(catalog), apply.__name__
