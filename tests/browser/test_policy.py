"""Pages run no script but the site's own files, and ask no other host: the policy in each page says so.

That it holds on every kind of page is seen where each is visited, in ``test_accessibility.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import lxml.html
import pytest
from playwright.sync_api import Page

from tests.browser.conftest import settle
from tests.conftest import ROOT, Project

VIOLATIONS = """
  window.violations = [];
  document.addEventListener("securitypolicyviolation", (event) =>
    window.violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`));
"""

DATA = {"application/json", "application/ld+json"}
"""Types of scripts that are data and never run."""

LOADING = {"script": "src", "link": "href", "img": "src", "iframe": "src", "source": "src", "form": "action"}
"""Elements that load or send something, with the attribute that says where."""

NOT_LOADED = {"canonical", "alternate", "search"}
"""Links in a page's head that a browser does not follow by itself."""


def parsed_pages(project: Project) -> Iterator[tuple[Path, lxml.html.HtmlElement]]:
    """Yield each page of the built site."""
    for path in sorted(project.site.rglob("*.html")):
        yield path, lxml.html.document_fromstring(path.read_bytes())


def test_each_page_carries_the_policy_before_all_it_loads(varied_site: Project) -> None:
    for path, page in parsed_pages(varied_site):
        names = [(element.tag, element.get("http-equiv")) for element in page.find("head")]
        assert names[:2] == [("meta", None), ("meta", "Content-Security-Policy")], path
        policy = page.find("head")[1].get("content")
        assert "default-src 'self'" in policy
        assert "unsafe-inline" not in policy
        assert "'unsafe-eval'" not in policy
        assert "http" not in policy


def test_nothing_that_runs_stands_in_the_text(varied_site: Project) -> None:
    """The theme's own inline scripts stand around the text; the policy allows them by their hashes."""
    for path, page in parsed_pages(varied_site):
        for element in page.iter():
            assert not [name for name, _ in element.items() if name.startswith("on")], path
            assert element.get("style") is None, f"{path}: style on <{element.tag}>"
            assert element.tag != "style", path
        for script in page.iterfind(".//article//script"):
            assert script.get("type") in DATA, path


def test_the_theme_has_few_scripts_inside_its_pages(varied_site: Project) -> None:
    """They are the same on all pages but for the site's root, so that a policy with their hashes is short."""
    for path, page in parsed_pages(varied_site):
        inline = [script for script in page.iter("script") if not script.get("src") and script.get("type") not in DATA]
        assert len(inline) <= 4, path


def test_each_page_loads_from_the_site_alone(varied_site: Project) -> None:
    for path, page in parsed_pages(varied_site):
        for element in page.iter(*LOADING):
            target = element.get(LOADING[element.tag])
            if element.tag == "link" and element.get("rel") in NOT_LOADED:
                continue
            assert not target or not urlsplit(target).netloc, f"{path}: {target}"


def test_style_sheets_load_from_the_site_alone() -> None:
    for path in (ROOT / "content" / "assets" / "stylesheets").glob("*.css"):
        for target in re.findall(r"url\(['\"]?([^'\")]{1,80})", path.read_text(encoding="utf-8")):
            assert target.startswith(("data:", "../")), f"{path}: {target}"


@pytest.mark.browser
def test_the_search_keeps_the_policy(page: Page, served_site: str) -> None:
    """It is what needs most: WebAssembly, and files that are loaded while somebody types."""
    page.add_init_script(VIOLATIONS)
    page.goto(served_site)
    page.locator(".search-box input").press_sequentially("interferon")
    page.wait_for_selector("[role=option]")
    assert page.evaluate("window.violations") == []
    page.goto(f"{served_site}search/?q=interferon&sort=newest")
    page.wait_for_selector("[data-ready]")
    assert page.evaluate("window.violations") == []


@pytest.mark.browser
def test_a_script_that_got_into_a_page_does_not_run(page: Page, served_site: str, problems: list[str]) -> None:
    """Should a document ever break through our escaping, this is what stands behind it."""
    page.route(f"{served_site}about/", lambda route: route.fulfill(body=_with_intruder(route.fetch().text())))
    page.goto(f"{served_site}about/")
    settle(page)
    assert page.evaluate("window.intruder") is None
    assert problems
    assert all("Content Security Policy" in problem for problem in problems)
    problems.clear()


def _with_intruder(html: str) -> str:
    return html.replace("</main>", '<script>window.intruder = 1</script><img src="x:" onerror="intruder = 2"></main>')
