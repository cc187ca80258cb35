"""Pages rendered by any executor: the same files, whatever happens to those who do the work."""

from __future__ import annotations

import os
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from generator.renderer.mkdocs_site import render
from tests.conftest import files_of
from tests.renderer.sites import Site, plain_site, rendered_by_mkdocs

PAGES = 300


class FailingExecutor(Executor):
    """Never does what it is asked to do."""

    asked = 0

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ARG002
        self.asked += 1
        future: Future[Any] = Future()
        if self.asked % 2:
            future.set_exception(OSError("gone"))
        else:
            future.cancel()
            future.set_running_or_notify_cancel()
        return future


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    site = plain_site(tmp_path)
    for number in range(PAGES):
        link = f"[Person {number // 2}]({number // 2}.md#about)"
        site.write(f"content/people/{number}.md", f"# Person {number}\n\n## About\n\n{link}\n")
    return site


def _render(site: Site, executor: Executor) -> None:
    report = render(site.folder / "mkdocs.yml", site.content, site.site, cache=site.folder / "cache", executor=executor)
    assert report.rendered == report.pages > PAGES
    assert files_of(site.site) == rendered_by_mkdocs(site, site.folder / "stock").files
    assert site.render().written == 0


def test_processes_that_share_nothing(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    with ProcessPoolExecutor(2, get_context("spawn")) as executor:
        executor.submit(os.getpid).result()
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "1600000000")  # what they began with is not what holds now
        _render(site, executor)
        site.write("theme/words.html", "{% macro say(key) %}changed{% endmacro %}")
        site.config["site_name"] = "Another name"
        site.write_config()
        _render(site, executor)


def test_threads(site: Site) -> None:
    with ThreadPoolExecutor(3) as executor:
        _render(site, executor)


def test_work_that_does_not_come_back_is_done_here(site: Site) -> None:
    executor = FailingExecutor()
    _render(site, executor)
    assert executor.asked > 1
