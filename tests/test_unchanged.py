"""A build in which nothing changed opens nothing; whatever did change, it builds as if there were no stamp."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import unchanged
from generator.folders import PROJECT, Folders
from generator.store.files import CLOCK_STEP
from generator.store.trees import look_at
from tests.conftest import FIVE_SEEDS, ROOT, Project, files_of, new_project
from tests.interruptions import interrupt, start

SAID = "nothing changed since the last build"


def settled(folder: Path) -> Project:
    """Return a project with two documents that were not changed just now."""
    project = new_project(folder)
    for name in FIVE_SEEDS[2:]:
        (project.seeds / name).unlink()
    settle()
    return project


def settle() -> None:
    """Wait until a change would show in a file's times."""
    time.sleep(2 * CLOCK_STEP / 1e9)


def folders_of(project: Project) -> Folders:
    return Folders(PROJECT / "mkdocs.yml", project.seeds, project.content, project.site)


def is_unchanged(project: Project) -> bool:
    """Tell whether a build would find that there is nothing to do."""
    folders = folders_of(project)
    return unchanged.nothing_changed(folders, unchanged.look(folders)) is not None


@pytest.fixture(scope="module")
def any_project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return settled(tmp_path_factory.mktemp("unchanged"))


@pytest.fixture
def project(any_project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project of which the last build left a stamp."""
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    if not is_unchanged(any_project):
        settle()
        any_project.run("build")
        assert is_unchanged(any_project)
    return any_project


def test_it_says_what_the_last_build_said(tmp_path: Path) -> None:
    project = settled(tmp_path)
    (project.seeds / "unknown.txt").write_text("A page about lighthouses.\n", encoding="utf-8")
    settle()
    first = project.run("build").splitlines()
    second = project.run("build").splitlines()
    assert any(SAID in line for line in second)
    assert second[0].startswith("3 documents, 2 trials, ")
    assert "; pages and data: 0 written, " in second[0]
    assert second[0].endswith("files of documents known from before: 3.")
    rest = [line for line in second[1:] if SAID not in line]
    assert [line for line in rest if line not in first] == []
    assert any("unknown.txt:1: error:" in line for line in rest)


def test_neither_mkdocs_nor_the_model_is_loaded() -> None:
    code = "import sys, generator.cli; print([name for name in ('mkdocs', 'msgspec', 'jinja2') if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True).stdout == "[]\n"


def edit_document(project: Project) -> None:
    file = project.seeds / FIVE_SEEDS[0]
    file.write_bytes(file.read_bytes().replace(b"the", b"teh", 1))


def edit_in_place_and_turn_back_the_clock(project: Project) -> None:
    file = project.seeds / FIVE_SEEDS[0]
    status = file.stat()
    with file.open("r+b") as content:
        data = content.read()
        content.seek(0)
        content.write(data.replace(b"a", b"e", 1))
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))


def add_document(project: Project) -> None:
    shutil.copy(PROJECT / "seeds" / FIVE_SEEDS[2], project.seeds / "another.txt")


def curate(project: Project) -> None:
    (project.seeds / "names" / "more.yml").write_text("[]\n", encoding="utf-8")


def edit_page(project: Project) -> None:
    file = project.site / "index.html"
    file.write_bytes(file.read_bytes() + b"<!-- -->")


def remove_page(project: Project) -> None:
    (project.site / "trials" / "index.html").unlink()


def remove_part_of_the_index(project: Project) -> None:
    next((project.site / "pagefind" / "0" / "fragment").iterdir()).unlink()


def edit_generated_markdown(project: Project) -> None:
    (project.content / "index.md").write_text("# Other\n", encoding="utf-8")


def remove_generated_data(project: Project) -> None:
    (project.content / "api" / "entities.json").unlink()


def add_page(project: Project) -> None:
    (project.content / "about" / "us.md").write_text("# Us\n", encoding="utf-8")


def edit_slugs(project: Project) -> None:
    file = project.content / "slugs.json"
    file.write_bytes(file.read_bytes() + b"\n")


def remove_cache(project: Project) -> None:
    shutil.rmtree(project.folder / ".cache" / "render")


CHANGES = (
    edit_document,
    edit_in_place_and_turn_back_the_clock,
    add_document,
    curate,
    edit_page,
    remove_page,
    remove_part_of_the_index,
    edit_generated_markdown,
    remove_generated_data,
    add_page,
    edit_slugs,
    remove_cache,
)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_whatever_changed_is_built(project: Project, change: Callable[[Project], None]) -> None:
    change(project)
    assert not is_unchanged(project)


def test_the_environment_counts(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("SITE_URL", "https://elsewhere.example/trials/")
        assert not is_unchanged(project)
    assert is_unchanged(project)


def test_a_damaged_stamp_is_none(project: Project) -> None:
    [stamp] = (project.folder / ".cache" / "build").iterdir()
    for data in (b"", b"[]", b"{}", b"\xff", stamp.read_bytes()[:100]):
        stamp.write_bytes(data)
        assert not is_unchanged(project)


def test_an_input_changed_a_moment_ago_leaves_no_stamp(tmp_path: Path) -> None:
    folders = Folders(tmp_path / "mkdocs.yml", tmp_path / "seeds", tmp_path / "content", tmp_path / "site")
    folders.seeds.mkdir()
    folders.config.write_text("site_name: x\n", encoding="utf-8")
    settle()
    (folders.seeds / "new.txt").write_text("new", encoding="utf-8")
    assert not unchanged.look(folders).certain
    settle()
    assert unchanged.look(folders).certain


def test_inherited_settings_and_the_variables_that_they_name_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = Folders(tmp_path / "a" / "mkdocs.yml", tmp_path / "seeds", tmp_path / "content", tmp_path / "site")
    folders.config.parent.mkdir()
    folders.config.write_text('INHERIT: "../base.yml"  # the base\n', encoding="utf-8")
    base = tmp_path / "base.yml"
    base.write_text("site_name: !ENV [NAME_OF_MY_SITE, x]\n", encoding="utf-8")
    seen = {unchanged.look(folders).inputs}
    monkeypatch.setenv("NAME_OF_MY_SITE", "mine")
    seen.add(unchanged.look(folders).inputs)
    monkeypatch.setenv("ANOTHER_NAME", "mine")
    seen.add(unchanged.look(folders).inputs)
    base.write_text("site_name: !ENV [NAME_OF_MY_SITE, y]\n", encoding="utf-8")
    seen.add(unchanged.look(folders).inputs)
    assert len(seen) == 3  # the other variable is nobody's business
    base.unlink()
    assert not unchanged.look(folders).certain


def test_a_folder_behind_a_link_is_not_seen(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "here").mkdir()
    assert look_at(str(tmp_path / "here")).whole
    (tmp_path / "here" / "link").symlink_to(tmp_path / "elsewhere")
    assert not look_at(str(tmp_path / "here")).whole


def test_what_is_changed_while_the_build_is_at_work_is_built_the_next_time(tmp_path: Path) -> None:
    project = settled(tmp_path)
    project.run("build")
    chance = random.Random(7)  # noqa: S311
    for change in (edit_document, remove_page, edit_generated_markdown):
        edit_document(project)
        settle()
        running = start("-m", "generator", *project.build_options())
        time.sleep(chance.uniform(0.2, 2.0))
        change(project)
        running.communicate()
        project.run("build")
        assert files_of(project.site) == clean(project)


def test_killed_at_any_moment(tmp_path: Path) -> None:
    project = settled(tmp_path)
    project.run("build")
    chance = random.Random(8)  # noqa: S311
    for attempt in range(3):
        edit_document(project)
        settle()
        running = start("-m", "generator", *project.build_options())
        interrupt(running, after=chance.uniform(0.3, 2.5), all_of_it=attempt % 2 == 0)
        project.run("build")
        assert files_of(project.site) == clean(project)
        assert SAID in project.run("build")


def test_two_at_once(tmp_path: Path) -> None:
    project = settled(tmp_path)
    running = [start("-m", "generator", *project.build_options()) for _ in range(3)]
    for process in running:
        process.communicate()
    assert [process.returncode for process in running] == [0, 0, 0]
    assert files_of(project.site) == clean(project)
    project.run("build")
    assert SAID in project.run("build")


def clean(project: Project) -> dict[str, bytes]:
    """Return the site that a build from nothing gives."""
    other = Project(project.folder / "clean")
    shutil.rmtree(other.folder, ignore_errors=True)
    shutil.copytree(project.seeds, other.seeds)
    shutil.copytree(project.content, other.content)
    other.run("build")
    return files_of(other.site)
