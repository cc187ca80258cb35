"""Without a network: what was opened opens again, a hospital's trials and cards do, and else a page says so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.conftest import BELOW, serve
from tests.conftest import Project

pytestmark = pytest.mark.browser

LIMOGES, GAMMA = "organizations/university-hospital-limoges/", "NCT06774235"


@contextmanager
def network(context: BrowserContext, project: Project) -> Iterator[tuple[Page, str]]:
    """Give a page with a network, below a path as on a project's site; when this ends, there is none any more."""
    with serve(project.site, BELOW) as address:
        page = context.new_page()
        page.goto(address)
        page.evaluate("navigator.serviceWorker.ready")
        page.wait_for_function("navigator.serviceWorker.controller !== null")
        yield page, address


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(15_000)
    yield context
    context.close()


def test_what_was_opened_opens_again_and_else_a_page_says_so(context: BrowserContext, built_site: Project) -> None:
    with network(context, built_site) as (page, address):
        page.goto(f"{address}trials/nct02955615/")
        expect(page.locator("article")).to_have_attribute("data-started", "true")
        page.wait_for_load_state("networkidle")
    page.goto(f"{address}trials/nct02955615/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("ILT-101")
    page.goto(f"{address}trials/nct04133233/")
    expect(page.get_by_role("heading", level=1)).to_have_text("This page is not available offline")
    expect(page.locator("main")).to_contain_text("This is version")
    expect(page.get_by_role("link", name="Try the page again")).to_have_attribute(
        "href", f"{address}trials/nct04133233/"
    )
    expect(page.locator("[data-offline] a")).to_have_count(1)
    expect(page.locator("body")).to_have_css("margin", "0px")


def test_a_hospitals_trials_and_cards_are_kept(context: BrowserContext, built_site: Project) -> None:
    with network(context, built_site) as (page, address):
        page.goto(f"{address}{LIMOGES}")
        page.get_by_role("button", name="for use offline").click()
        expect(page.locator(".keep-offline [role=status]")).to_have_text(
            "Kept in this browser. They open without a network."
        )
    page.goto(f"{address}trials/{GAMMA.lower()}/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto(f"{address}card/?trial={GAMMA}")
    expect(page.locator("[data-card]")).to_contain_text(GAMMA)
    page.goto(f"{address}offline/")
    expect(page.locator("[data-offline] a").first).to_be_visible()


def test_a_preview_keeps_nothing(context: BrowserContext, built_site: Project) -> None:
    with serve(built_site.site, BELOW) as address:
        page = context.new_page()
        tag = '<meta http-equiv="Content-Security-Policy"'

        def without_policy(route: Route) -> None:
            answer = route.fetch()
            route.fulfill(response=answer, body=answer.text().replace(tag, '<meta name="was-a-policy"'))

        page.route("**/*/", without_policy)
        page.goto(f"{address}trials/")
        expect(page.locator("article")).to_have_attribute("data-started", "true")
        page.wait_for_load_state("networkidle")
        assert page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
