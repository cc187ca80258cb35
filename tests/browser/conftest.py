"""A browser, the site served on loopback at the root and below a path, and a page that notes what goes wrong."""

from __future__ import annotations

import http.server
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    WebError,
    expect,
    sync_playwright,
)

from tests.browser.find_browser import FLAGS, LOOPBACK, NoBrowserError, find_browser
from tests.browser.kinds import varied_project
from tests.conftest import ROOT, Project, SiteMaker, new_project

REAL_RECORDS = ROOT.parent / "shared" / "data"
"""Registries' records and printed pages, where they are at hand."""

RECORDS_OF_A_SITE = ("ctgov-json", "ctgov-xml", "ctis", "euctr")
"""The folders there that tests make a site of."""

LARGEST, ONE_IN = 3, 8
"""Of each folder so many of the largest records, and one in so many of all: a site of some 30 trials."""

expect.set_options(timeout=20_000)  # a machine that builds other tests' sites meanwhile may take its time

BELOW = "/repository/"
"""Where GitHub Pages serves the site of a repository."""


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves one folder below a path as GitHub Pages does, its ``404.html`` included."""

    def __init__(self, *arguments: Any, below: str, **keywords: Any) -> None:
        self.below = below
        super().__init__(*arguments, **keywords)

    def translate_path(self, path: str) -> str:
        if not path.startswith(self.below):
            return str(Path(self.directory) / "no such file")
        return super().translate_path(path.removeprefix(self.below.rstrip("/")))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def serve(folder: Path, below: str = "/") -> Iterator[str]:
    """Serve the folder on loopback below the path, and give its address."""
    handler = partial(_Handler, below=below, directory=str(folder))
    with http.server.ThreadingHTTPServer((LOOPBACK, 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://{LOOPBACK}:{server.server_port}{below}"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="session")
def served_site(built_site: Project) -> Iterator[str]:
    """The address of the built site, at the root of a host."""
    with serve(built_site.site) as address:
        yield address


@pytest.fixture(scope="session")
def served_below(built_site: Project) -> Iterator[str]:
    """The address of the built site below a path."""
    with serve(built_site.site, BELOW) as address:
        yield address


@pytest.fixture(scope="session")
def varied_site(build_once: SiteMaker) -> Project:
    """A website with pages of every kind, built once by ``trial-catalog build``.  Tests only read it."""
    return build_once("varied", varied_project)


@pytest.fixture(scope="session")
def real_site(build_once: SiteMaker) -> Project:
    """The five seeds and real records, where they are at hand, as a website, built once.  Tests only read it."""
    if not REAL_RECORDS.is_dir():
        pytest.skip(f"the real records (../{REAL_RECORDS.relative_to(ROOT.parent).as_posix()}) are not here")
    return build_once("real", _real_project)


def _real_project(folder: Path) -> Project:
    project = new_project(folder)
    for name in RECORDS_OF_A_SITE:
        (project.seeds / name).mkdir()
        by_size = sorted((REAL_RECORDS / name).iterdir(), key=lambda path: (-path.stat().st_size, path.name))
        for path in {*by_size[:LARGEST], *by_size[::ONE_IN]}:
            shutil.copy2(path, project.seeds / name)
    return project


@pytest.fixture(scope="session")
def served_real_site(real_site: Project) -> Iterator[str]:
    """The address of the site of real records."""
    with serve(real_site.site) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser that ``make test`` found or installed."""
    try:
        path = find_browser()
    except NoBrowserError as error:
        pytest.fail(str(error), pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


class _Traffic:
    """Counts the requests of a page that have no answer yet."""

    def __init__(self, page: Page) -> None:
        self.open = 0
        page.on("request", self._begin)
        page.on("requestfinished", self._end)
        page.on("requestfailed", self._end)

    def _begin(self, _: Request) -> None:
        self.open += 1

    def _end(self, _: Request) -> None:
        self.open -= 1


_traffic: WeakKeyDictionary[Page, _Traffic] = WeakKeyDictionary()


def open_page(context: BrowserContext) -> Page:
    """Return an empty page of the context for which :func:`settle` can wait."""
    page = context.new_page()
    _traffic[page] = _Traffic(page)
    return page


def settle(page: Page) -> None:
    """Wait until the scripts of a page from :func:`open_page` have nothing to do and nothing to wait for.

    Playwright's ``networkidle`` waits for half a second of silence, which many hundred pages make many minutes.
    """
    quiet = 0
    while quiet < QUIET_LOOKS:
        page.evaluate("() => new Promise(done => setTimeout(done, 10))")
        quiet = 0 if _traffic[page].open > 0 else quiet + 1


QUIET_LOOKS = 3
"""An answer may let a script ask for the next thing, so silence counts when it lasts."""


@contextmanager
def opened_page(browser: Browser, **profile: Any) -> Iterator[Page]:
    """Give a page in a fresh profile with these options; it fails for what a script throws or logs as an error."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, **profile)
    page = open_page(context)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert not wrong


@pytest.fixture
def problems() -> list[str]:
    """What went wrong in the page so far: errors in the console, failed requests, requests to other hosts."""
    return []


@contextmanager
def watched(context: BrowserContext, problems: list[str]) -> Iterator[Page]:
    """Give an empty page of the context; all that goes wrong in it is added to the *problems*.

    It only listens: a route would make every request wait for Python, and turn off the browser's cache.
    """

    def on_request(request: Request) -> None:
        if urlsplit(request.url).hostname not in {None, LOOPBACK}:
            problems.append(f"request to another host: {request.url}")

    def on_console(message: ConsoleMessage) -> None:
        where = str(message.location.get("url"))
        is_icon = where.endswith("/favicon.ico")  # asked for by the browser where a file is opened that is no page
        if message.type == "error" and not is_icon:
            problems.append(f"console: {message.text} ({where})")

    def on_page_error(error: WebError) -> None:
        problems.append(f"error in a script: {error.error}")

    def on_response(response: Response) -> None:
        if response.status >= HTTPStatus.BAD_REQUEST:
            problems.append(f"{response.status}: {response.url}")

    def on_failure(request: Request) -> None:
        is_ours = urlsplit(request.url).hostname == LOOPBACK
        if is_ours and request.failure != "net::ERR_ABORTED":  # left the page before it came
            problems.append(f"{request.failure}: {request.url}")

    listeners: dict[str, Any] = {
        "request": on_request,
        "console": on_console,
        "weberror": on_page_error,
        "response": on_response,
        "requestfailed": on_failure,
    }
    for event, listener in listeners.items():
        context.on(event, listener)  # type: ignore[call-overload]
    yield open_page(context)
    for event, listener in listeners.items():
        context.remove_listener(event, listener)


def new_profile(browser: Browser, **options: Any) -> BrowserContext:
    """Return a fresh profile with these options, or else as most tests have it."""
    usual = {"locale": "en-GB", "service_workers": "block", "viewport": {"width": 1280, "height": 900}}
    context = browser.new_context(**{**usual, **options})
    context.set_default_timeout(15_000)
    return context


@contextmanager
def shared_profile(browser: Browser, **options: Any) -> Iterator[BrowserContext]:
    """Give a profile for several tests, whose first page stays empty and open.

    To start a profile, or another window when the last one is closed, takes longer than what most tests do.
    """
    context = new_profile(browser, **options)
    context.new_page()
    yield context
    context.close()


@pytest.fixture(scope="module")
def profile(browser: Browser) -> Iterator[BrowserContext]:
    """The profile that ``page`` uses in all tests of one file."""
    with shared_profile(browser) as profile:
        yield profile


@pytest.fixture
def page(profile: BrowserContext, problems: list[str]) -> Iterator[Page]:
    """An empty page in a profile where nothing is kept of other tests.  The test fails if anything went wrong in it."""
    first = profile.pages[0]
    with watched(profile, problems) as page:
        yield page
        settle(page)
        for opened in profile.pages[1:]:
            opened.close()
    everything = {"origin": "*", "storageTypes": "all"}
    profile.new_cdp_session(first).send("Storage.clearDataForOrigin", everything)
    profile.clear_cookies()
    assert not problems, "\n".join(problems)


@pytest.fixture
def fresh_page(browser: Browser, problems: list[str]) -> Iterator[Page]:
    """As ``page``, in a profile of its own: for tests that set the clock, the position or what a profile may do."""
    context = new_profile(browser)
    with watched(context, problems) as page:
        yield page
        settle(page)
    context.close()
    assert not problems, "\n".join(problems)
