"""Trials are ticked in hits and lists, and compared.

Each test runs at the root of a host and below a path, and fails on any error in the console, any failed request and any
request to another host: the ``page`` fixture sees to that.
"""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_accessibility import violations_now

pytestmark = pytest.mark.browser

LUPUS, SEPSIS, GAMMA = "NCT02955615", "NCT02883803", "NCT06774235"


def search(page: Page, served_site: str, address: str = "") -> None:
    page.goto(f"{served_site}search/{address}")
    page.wait_for_selector("[data-search-page][data-ready]")


def box(page: Page, number: str) -> Locator:
    """The box of a trial in the hits."""
    return page.locator(".hit").filter(has_text=number).get_by_role("checkbox", name=re.compile("^Compare"))


def bar(page: Page) -> Locator:
    return page.get_by_role("region", name="Trials to compare")


def test_ticked_hits_are_compared(page: Page, served_site: str) -> None:
    search(page, served_site)
    expect(bar(page)).to_be_hidden()
    box(page, LUPUS).check()
    expect(bar(page)).to_contain_text("1 trial ticked: tick another to compare")
    expect(bar(page).get_by_role("link")).to_have_count(0)
    box(page, GAMMA).check()
    bar(page).get_by_role("link", name="Compare 2 trials").click()
    expect(page).to_have_url(f"{served_site}compare/?trials={LUPUS},{GAMMA}")
    expect(page.get_by_role("columnheader")).to_have_count(3)


def test_ticks_stay_while_the_search_changes(page: Page, served_site: str) -> None:
    search(page, served_site, "?q=imukin")
    box(page, GAMMA).check()
    page.get_by_label("Search for").fill("lupus")
    expect(box(page, LUPUS)).to_be_visible()
    expect(box(page, GAMMA)).to_have_count(0)
    box(page, LUPUS).check()
    page.get_by_label("Search for").fill("")
    expect(box(page, GAMMA)).to_be_checked()
    page.get_by_label("Order", exact=True).select_option("start")
    expect(page.locator("[data-search-page]")).to_have_attribute("data-ready", re.compile("sort=start"))
    expect(box(page, GAMMA)).to_be_checked()
    expect(box(page, SEPSIS)).not_to_be_checked()
    # Also on another page, and where the reader comes back.
    page.goto(f"{served_site}trials/")
    expect(bar(page)).to_contain_text("2 trials ticked")
    box_in_list = page.get_by_role("checkbox", name=re.compile("^Compare Treatment of Severe Infections"))
    box_in_list.check()
    page.go_back()
    expect(box(page, SEPSIS)).to_be_checked()
    expect(bar(page).get_by_role("link", name="Compare 3 trials")).to_be_visible()


def test_the_keyboard_ticks_and_each_step_is_said(page: Page, served_site: str) -> None:
    search(page, served_site)
    said = page.locator(".ticked-place [role=status]")
    for number, words in ((LUPUS, "1 trial ticked: tick another to compare"), (GAMMA, "2 trials ticked")):
        box(page, number).focus()
        page.keyboard.press("Space")
        expect(box(page, number)).to_be_checked()
        expect(said).to_have_text(words)
    bar(page).get_by_role("link").focus()
    page.keyboard.press("Tab")
    expect(bar(page).get_by_role("button", name="Clear all ticks")).to_be_focused()
    bar(page).get_by_role("button", name=f"Remove {LUPUS}").focus()
    page.keyboard.press("Enter")
    expect(box(page, LUPUS)).not_to_be_checked()
    expect(bar(page).get_by_role("button", name=f"Remove {GAMMA}")).to_be_focused()
    bar(page).get_by_role("button", name="Clear all ticks").press("Enter")
    expect(bar(page)).to_be_hidden()
    expect(said).to_have_text("No trial ticked")
    expect(page.locator(".hit").first.get_by_role("checkbox")).to_be_focused()


def test_no_more_than_four(page: Page, served_site: str) -> None:
    search(page, served_site)
    boxes = page.get_by_role("checkbox", name=re.compile("^Compare"))
    for number in range(4):
        boxes.nth(number).check()
    boxes.nth(4).click()
    expect(boxes.nth(4)).not_to_be_checked()
    expect(bar(page)).to_contain_text("4 trials are ticked")
    expect(bar(page).get_by_role("link", name="Compare 4 trials")).to_be_visible()


def test_what_is_kept_may_be_of_somebody_else(page: Page, served_site: str) -> None:
    search(page, served_site)
    for kept in ("no JSON", "{}", '[{"path": 1}, null]', '[{"path": "x", "id": "<img src=x>", "title": "<b>"}]'):
        page.evaluate("kept => sessionStorage.setItem(`compare ${new URL('..', location).pathname}`, kept)", kept)
        search(page, served_site)
        box(page, LUPUS).check()
        expect(bar(page)).to_contain_text(LUPUS)
        expect(bar(page).locator("img, b")).to_have_count(0)
        bar(page).get_by_role("button", name="Clear all ticks").click()


@pytest.mark.parametrize("width", [320, 1440])
def test_the_bar_fits_and_hides_no_focus(page: Page, served_site: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 640})
    search(page, served_site)
    boxes = page.get_by_role("checkbox", name=re.compile("^Compare"))
    for number in range(3):
        boxes.nth(number).check()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    hidden = page.evaluate(
        """() => [...document.querySelectorAll(".hit :is(a, input)")].filter(stop => {
          stop.focus({focusVisible: true});
          const own = stop.getBoundingClientRect(), bar = document.querySelector(".ticked").getBoundingClientRect();
          return own.bottom > bar.top && own.top < bar.bottom;
        }).map(stop => stop.outerHTML)"""
    )
    assert not hidden
    # Tall enough for all of it: what lies half below the header or the bar would be called too small.
    page.set_viewport_size({"width": width, "height": 6000})
    page.evaluate("scrollTo(0, 0)")
    page.evaluate(AXE_SCRIPT)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations_now(page) == []


def test_on_paper_there_is_nothing_to_tick(page: Page, served_site: str) -> None:
    search(page, served_site)
    box(page, LUPUS).check()
    page.emulate_media(media="print")
    expect(bar(page)).to_be_hidden()
    expect(page.locator(".tick").first).to_be_hidden()
