"""The town that a reader searches around travels into the trial's page, and the reader's own position goes nowhere."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.browser.conftest import settle

pytestmark = pytest.mark.browser


def test_the_town_travels_into_the_trials_page(page: Page, served_site: str) -> None:
    page.goto(f"{served_site}search/?q=interferon&near=Angers&km=100")
    page.locator(".hit__title a").first.click()
    expect(page).to_have_url(re.compile(r"/trials/nct06774235/#near=Angers.*&km=100$"))
    near = page.get_by_role("region", name=re.compile("^Sites near Angers"))
    expect(near).to_contain_text(re.compile(r"\d+ sites? within 100 km of Angers"))
    expect(near.get_by_role("listitem").first).to_contain_text("Angers")
    expect(near.locator("a[href^='tel:']").first).to_be_visible()
    expect(near.get_by_text("inferred").first).to_be_visible()
    towns = page.locator(".sites > ul > li").first
    expect(towns).to_contain_text("Angers")
    expect(towns).to_contain_text("in town")


def test_what_is_no_single_number_is_not_dialled_and_what_has_no_date_is_no_news(page: Page, served_site: str) -> None:
    def change(route: Route) -> None:
        text = route.fetch().text()
        assert "+33241353815" in text
        text = text.replace("+33241353815", "02 41 35 38 15 / 02 41 35 38 16").replace(
            '"asOf":"2025-11-20"', '"asOf":null'
        )
        route.fulfill(body=text, content_type="application/json")

    page.route("**/api/v2/studies/NCT06774235.json", change)
    page.goto(f"{served_site}trials/nct06774235/#near=Angers&km=25")
    site = page.get_by_role("region", name=re.compile("^Sites near Angers")).get_by_role("listitem")
    expect(site).to_contain_text("02 41 35 38 15 / 02 41 35 38 16")
    expect(site.locator("a[href^='tel:']")).to_have_count(0)
    expect(site.locator("b.stale")).to_have_text("said recruiting, undated")


def test_without_a_site_nearby_the_nearest_is_named(page: Page, served_site: str) -> None:
    page.goto(f"{served_site}trials/nct06774235/#near=Helsinki%2C+Finland&km=25")
    near = page.get_by_role("region", name=re.compile("^Sites near Helsinki"))
    expect(near).to_contain_text("No site of this trial is known within 25 km of Helsinki")
    expect(near.get_by_role("listitem")).to_have_count(1)


def test_an_address_that_names_no_town_shows_the_page_as_it_is(page: Page, served_site: str) -> None:
    page.goto(f"{served_site}trials/nct06774235/#near=")
    settle(page)
    expect(page.locator(".key-dates .scale")).to_be_attached()
    expect(page.locator(".near-sites")).to_have_count(0)


def test_the_readers_position_is_used_on_request_and_sent_nowhere(fresh_page: Page, served_site: str) -> None:
    page = fresh_page
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 47.4736, "longitude": -0.5542})
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url + (request.post_data or ""))

    page.on("request", note)
    page.goto(f"{served_site}search/?q=interferon")
    page.get_by_role("button", name="Near me").click()
    expect(page.locator(".hit__near").first).to_contain_text("Angers")
    page.locator(".hit__title a").first.click()
    expect(page.get_by_role("region", name=re.compile("^Sites near my position"))).to_contain_text("Angers")
    assert not [url for url in [*asked, page.url] if "47.4" in url or "0.55" in url]


def test_the_home_page_leads_to_what_is_near_the_reader(fresh_page: Page, served_site: str) -> None:
    page = fresh_page
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 47.4736, "longitude": -0.5542})
    page.goto(served_site)
    page.get_by_label("Condition or drug").fill("interferon")
    page.get_by_role("button", name="Near me").click()
    expect(page).to_have_url(re.compile(r"search/\?q=interferon&near=my[+%]"))
    expect(page.locator(".hit").first).to_contain_text("in town")
