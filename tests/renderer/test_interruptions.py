"""Killed at any moment, started twice, or with a damaged cache: what comes out next is what a clean build gives."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from generator.renderer.mkdocs_site import render
from generator.renderer.page_rendering import PageRenderer, Rendered
from generator.renderer.render_cache import cache_file
from tests.conftest import ROOT, files_of
from tests.interruptions import interrupt, start
from tests.renderer.sites import Outcome, Site, plain_site, rendered, rendered_by_mkdocs

PAGES = 300
RENDER = """
import sys
from pathlib import Path
from generator.renderer.mkdocs_site import render
folder = Path(sys.argv[1])
print("started", flush=True)
render(folder / "mkdocs.yml", folder / "content", folder / "site", cache=folder / "cache", processes=2)
"""


@pytest.fixture
def large_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    site = plain_site(tmp_path)
    _write_pages(site, "one")
    return site


def _write_pages(site: Site, word: str) -> None:
    for number in range(PAGES):
        others = "\n".join(f"-   [Person {other}]({other}.md#about)" for other in range(0, PAGES, 30))
        site.write(f"content/people/{number}.md", f"# Person {number}\n\n## About\n\nThe {word}.\n\n{others}\n")


def _start(site: Site) -> subprocess.Popen[str]:
    return start("-c", RENDER, str(site.folder))


def _clean(site: Site) -> dict[str, bytes]:
    return rendered_by_mkdocs(site, site.folder / "stock").files


def test_killed_at_any_moment(large_site: Site) -> None:
    chance = random.Random(5)  # noqa: S311
    _start(large_site).communicate()
    for attempt in range(6):
        _write_pages(large_site, f"word of attempt {attempt}")
        gone = large_site.content / "people" / f"{attempt + 1}.md"
        gone.unlink()
        running = _start(large_site)
        interrupt(running, after=chance.uniform(0.0, 0.8), all_of_it=attempt % 2 == 1, wait_for_a_line=True)
        gone.write_text("# Back\n\n## About\n", encoding="utf-8")
        if attempt % 3 == 0:
            (large_site.content / "people" / "bob.md").write_text("# Bob\n", encoding="utf-8")
        else:
            (large_site.content / "people" / "bob.md").unlink(missing_ok=True)
        large_site.render(processes=1)
        assert files_of(large_site.site) == _clean(large_site)


def test_two_at_once(large_site: Site) -> None:
    running = [_start(large_site) for _ in range(3)]
    for process in running:
        process.communicate()
    assert [process.returncode for process in running] == [0, 0, 0]
    assert files_of(large_site.site) == _clean(large_site)
    assert large_site.render().written == 0


def test_two_at_once_with_caches_of_their_own(large_site: Site) -> None:
    with ThreadPoolExecutor() as threads:
        list(
            threads.map(
                lambda name: subprocess.run(
                    [sys.executable, "-c", RENDER.replace('"cache"', f'"{name}"'), str(large_site.folder)],
                    cwd=ROOT,
                    stdout=subprocess.DEVNULL,
                    check=True,
                ),
                ["first", "second"],
            )
        )
    assert files_of(large_site.site) == _clean(large_site)


@pytest.mark.parametrize("damage", ["cut", "noise", "empty", "folder of templates"])
def test_damaged_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    site = plain_site(tmp_path)
    site.render()
    (site.content / "trials" / "second.md").unlink()
    site.write("content/trials/index.md", "# Trials\n")
    cache = cache_file(site.folder / "cache", site.site)
    data = cache.read_bytes()
    if damage == "cut":
        cache.write_bytes(data[: len(data) // 2])
    elif damage == "noise":
        cache.write_bytes(bytes(range(256)) * (len(data) // 256))
    elif damage == "empty":
        cache.write_bytes(b"")
    else:
        shutil.rmtree(site.folder / "cache" / "templates")
    assert rendered(site) == rendered_by_mkdocs(site, site.folder / "stock")


def test_a_process_that_dies_takes_nothing_with_it(large_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    main = os.getpid()
    render_page = PageRenderer.render

    def render_or_die(self: PageRenderer, source: str) -> Rendered:
        if source.endswith("people/77.md") and os.getpid() != main:
            os.kill(os.getpid(), signal.SIGKILL)
        return render_page(self, source)

    monkeypatch.setattr(PageRenderer, "render", render_or_die)
    large_site.render(processes=2)
    assert files_of(large_site.site) == _clean(large_site)


def test_what_is_not_known_is_left_to_mkdocs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A theme that shows other pages' text gets it, and is never out of date."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    site = plain_site(tmp_path)
    site.write("theme/main.html", "{{ nav.homepage.content }}{% for file in pages %}{{ file.page.title }}{% endfor %}")
    for text in ("# One\n", "# Two\n"):
        site.write("content/index.md", text)
        outcome = rendered(site)
        assert outcome == rendered_by_mkdocs(site, tmp_path / "stock")
        assert text[2:5].encode() in outcome.files["trials/first/index.html"]


def test_a_page_that_shows_the_time_is_rendered_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = plain_site(tmp_path)
    site.write("theme/main.html", "{{ build_date_utc.year }} {{ page.update_date }} {{ page.content }}")
    outcomes: list[Outcome] = []
    for moment in ("1000000000", "1700000000"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", moment)
        outcomes.append(rendered(site))
        assert outcomes[-1] == rendered_by_mkdocs(site, tmp_path / "stock")
    assert outcomes[0] != outcomes[1]


def test_others_files_are_kept(tmp_path: Path) -> None:
    site = plain_site(tmp_path)
    site.write("site/pagefind/index.js", "x")
    site.write("site/old.html", "x")
    render(site.folder / "mkdocs.yml", site.content, site.site, cache=tmp_path / "cache", kept=["pagefind"])
    assert (site.site / "pagefind" / "index.js").is_file()
    assert not (site.site / "old.html").exists()
