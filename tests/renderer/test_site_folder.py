"""No layout of folders lets a build destroy what is not its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from generator.cli import main
from generator.renderer.site_folder import (
    CONFIGURATION,
    SiteFolderError,
    begin_site,
    check_site_folder,
    list_site_files,
)
from tests.conftest import files_of
from tests.test_plugin import lay_out, mkdocs

FOLDERS = st.sampled_from([".", "a", "a/b", "a/b/c", "site", "a/site", "docs", "../outside"])


@given(site=FOLDERS, seeds=FOLDERS, content=FOLDERS, config=FOLDERS)
def test_a_site_never_lies_over_or_in_what_people_keep(site: str, seeds: str, content: str, config: str) -> None:
    root = Path("/nowhere/project")
    kept = {"the documents": root / seeds, "the content": root / content, CONFIGURATION: root / config}
    place = (root / site).resolve()
    over = any(path.resolve().is_relative_to(place) for path in kept.values())
    inside = any(place.is_relative_to((root / one).resolve()) for one in (seeds, content))
    if over or inside:
        with pytest.raises(SiteFolderError, match="choose another folder"):
            check_site_folder(root / site, kept, force=True)
    else:
        check_site_folder(root / site, kept)


@given(
    ours=st.sets(st.sampled_from(["a.html", "b/c.html", "b/d/e", "pagefind/x"])),
    theirs=st.sets(st.sampled_from(["notes.txt", "b/own.txt", "seeds/x.txt", "b/d/.hidden"])),
    listed=st.booleans(),
)
def test_files_that_no_build_listed_are_refused(
    tmp_path_factory: pytest.TempPathFactory, ours: set[str], theirs: set[str], listed: bool
) -> None:
    site = tmp_path_factory.mktemp("site")
    write(site, ours)
    if listed:
        begin_site(site)
        list_site_files(site)
    write(site, theirs)
    if theirs or (ours and not listed):
        with pytest.raises(SiteFolderError, match="files that no build has put there"):
            check_site_folder(site, {})
        check_site_folder(site, {}, force=True)
    else:
        check_site_folder(site, {})


def test_a_repository_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    with pytest.raises(SiteFolderError, match="repository"):
        check_site_folder(tmp_path, {})
    with pytest.raises(SiteFolderError, match="repository's own data"):
        check_site_folder(tmp_path / ".git" / "site", {}, force=True)


def test_what_a_killed_build_left_is_no_strangers(tmp_path: Path) -> None:
    begin_site(tmp_path / "site")
    write(tmp_path / "site", {"half.html"})
    check_site_folder(tmp_path / "site", {})


@pytest.mark.parametrize("place", [".", "seeds", "seeds/site", "content", "content/site", "..", "notes"])
@pytest.mark.parametrize("command", ["mkdocs", "trial-catalog"])
def test_commands_refuse_and_touch_nothing(place: str, command: str, tmp_path: Path) -> None:
    """What stands in the folders afterwards is what stood there before."""
    folder = tmp_path / "home" / "catalog"
    config = lay_out(folder)
    write(folder, {"notes/diary.txt", "content/own.md"})
    before = files_of(tmp_path)
    if command == "mkdocs" and place == "notes":  # one run of the command itself is enough
        result = mkdocs("build", "--site-dir", place, folder=folder)
        code, output = result.returncode, result.stdout + result.stderr
    else:
        options = [f"--{name}={folder / name}" for name in ("seeds", "content")]
        done = CliRunner().invoke(main, ["build", "--config", str(config), *options, "--site", str(folder / place)])
        code, output = done.exit_code, done.output
    assert code != 0
    assert "site" in output
    after = files_of(tmp_path)
    assert {name: after.get(name) for name in before} == before


def write(folder: Path, names: set[str]) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, encoding="utf-8")
