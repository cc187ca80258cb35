"""Same documents, same bytes: wherever, whenever and however often the site is built."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.conftest import Project, new_project, steady_files_of

OTHER_MACHINE = {"PYTHONHASHSEED": "12345", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "COLUMNS": "40"}
"""What differs between machines and must not show: hash order, time zone, locale, the terminal."""

LATER = '''
"""Python imports this module at its start: let its clock be 40 days ahead."""
import datetime, time

now, seconds = datetime.datetime.now, time.time

class Later(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return now(tz) + datetime.timedelta(days=40)

datetime.datetime = Later
time.time = lambda: seconds() + 40 * 86400
'''


@pytest.fixture(scope="module")
def built_again(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The five seeds built a second time: in another folder, in another environment, a month later."""
    folder = tmp_path_factory.mktemp("again")
    (folder / "clock").mkdir()
    (folder / "clock" / "sitecustomize.py").write_text(LATER, encoding="utf-8")
    project = new_project(folder / "in a folder with spaces")
    project.run("build", {**OTHER_MACHINE, "PYTHONPATH": str(folder / "clock")})
    return project


@pytest.mark.parametrize("folder", ["content", "site"])
def test_two_builds_are_byte_identical(built_site: Project, built_again: Project, folder: str) -> None:
    first, second = steady_files_of(built_site.folder / folder), steady_files_of(built_again.folder / folder)
    assert sorted(first) == sorted(second)
    assert not [name for name in first if first[name] != second[name]]


def test_a_second_run_writes_nothing(built_again: Project) -> None:
    """Otherwise the preview would build for ever: it waits for a change in ``content/``."""
    before = _times(built_again.content)
    built_again.run("generate")
    assert _times(built_again.content) == before


def test_what_no_longer_belongs_is_removed(tmp_path: Path) -> None:
    project = new_project(tmp_path)
    project.run("generate")
    assert (project.content / "trials" / "prev-hap.md").is_file()
    handwritten = project.content / "a-page-by-hand.md"
    handwritten.write_text("# By hand\n", encoding="utf-8")
    (project.seeds / "002_865dad56ce9db1c5.txt").unlink()
    project.run("generate")
    assert not (project.content / "trials" / "prev-hap.md").exists()
    assert handwritten.is_file()


def test_git_sees_what_is_written_by_hand_and_nothing_that_is_generated(tmp_path: Path) -> None:
    project = new_project(tmp_path)
    for own in ("about/us.md", "trials/ours [draft].md", "pages/deep/own.md"):
        (project.content / own).parent.mkdir(parents=True, exist_ok=True)
        (project.content / own).write_text("# Ours\n", encoding="utf-8")
    project.run("generate")
    mended = project.content / "about" / "mend.md"
    mended.write_text("# How to reach us\n", encoding="utf-8")
    project.run("generate")
    assert mended.read_text(encoding="utf-8") == "# How to reach us\n"
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    status = ["git", "status", "--porcelain", "--untracked-files=all", "-z", "content"]
    seen = subprocess.run(status, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert sorted(line.removeprefix("?? content/") for line in seen.split("\0") if line) == [
        "about/mend.md",
        "about/us.md",
        "pages/deep/own.md",
        "slugs.json",
        "trials/ours [draft].md",
    ]


def _times(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}
