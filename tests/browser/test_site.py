"""The built site as a reader meets it: follow links, use the keyboard.

Each test runs at the root of a host and below a path, and fails on any error in the console, any failed request and any
request to another host: the ``page`` fixture sees to that.
"""

from __future__ import annotations

import re
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.conftest import STUDIES

pytestmark = pytest.mark.browser

NUMBER = "NCT02883803"
TITLE = "Treatment of Severe Infections With Mesenchymal Stem Cells"


def heading(page: Page) -> Locator:
    return page.get_by_role("main").get_by_role("heading", level=1)


def follow(page: Page, link: Locator, expected: str) -> None:
    """Click the link, and expect to come to this address."""
    link.click()
    expect(page).to_have_url(expected)


def test_from_the_home_page_to_a_trial_and_on_to_its_people(page: Page, served_site: str) -> None:
    page.goto(served_site)
    expect(heading(page)).to_have_count(1)
    main = page.get_by_role("main")
    follow(page, page.get_by_role("link", name="Find a trial", exact=True), f"{served_site}trials/")
    follow(page, main.get_by_role("link", name=re.compile(TITLE)), f"{served_site}trials/{NUMBER.lower()}/")
    expect(heading(page)).to_contain_text(TITLE)
    expect(main).to_contain_text(NUMBER)
    follow(page, main.get_by_role("link", name="Sébastien GIBOT").first, f"{served_site}people/sebastien-gibot/")
    other = main.get_by_role("link", name=re.compile("Prevention of Secondary Infections by Interferon Gamma"))
    follow(page, other.first, f"{served_site}trials/nct06774235/")
    follow(page, page.get_by_role("link", name="Trial Catalog").first, served_site)


def test_a_value_leads_to_the_line_that_states_it(page: Page, served_site: str) -> None:
    page.goto(f"{served_site}trials/{NUMBER.lower()}/")
    participants = page.get_by_role("main").get_by_role("listitem").filter(has_text="66 (estimated)").first
    participants.locator("sup").get_by_role("link").first.click()
    page.get_by_role("dialog").get_by_role("link", name="Open the whole document").click()
    expect(page).to_have_url(f"{served_site}documents/004-a8ff987fe1f28682/#l20")
    line = page.locator("#l20")
    expect(line).to_be_in_viewport()


def test_the_keyboard_is_enough(page: Page, served_site: str) -> None:
    page.goto(f"{served_site}trials/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    for _ in range(30):
        page.keyboard.press("Tab")
        if re.search("trials/nct[0-9]{8}/$", page.evaluate("document.activeElement.href || ''")):
            break
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(re.escape(served_site) + "trials/nct[0-9]{8}/"))


@pytest.mark.parametrize(("wanted", "shown"), [("light", "default"), ("dark", "slate")])
def test_fits_a_telephone_in_light_and_dark(
    page: Page, served_site: str, wanted: Literal["light", "dark"], shown: str
) -> None:
    page.emulate_media(color_scheme=wanted)
    page.set_viewport_size({"width": 320, "height": 780})
    for address in ("", "trials/", "trials/nct06774235/", "drugs/ilt-101/", "sites/", "documents/", "about/"):
        page.goto(served_site + address)
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", shown)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 320, f"{address} scrolls sideways on a telephone"


def test_the_menu_of_a_telephone(page: Page, served_site: str) -> None:
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto(f"{served_site}trials/nct06774235/")
    navigation = page.get_by_role("navigation", name="Navigation", exact=True)
    browse = navigation.get_by_text("Browse", exact=True).first
    expect(browse).not_to_be_in_viewport()
    menu = page.get_by_role("button", name="Navigation", exact=True)
    menu.focus()
    page.keyboard.press("Enter")
    expect(browse).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(browse).not_to_be_in_viewport()
    expect(menu).to_be_focused()
    menu.click()
    browse.click()
    follow(page, navigation.get_by_role("link", name="Drugs"), f"{served_site}drugs/")


def test_a_page_outside_the_navigation_says_where_it_belongs(page: Page, served_site: str) -> None:
    page.goto(f"{served_site}trials/nct06774235/")
    expect(page.locator(".md-tabs__item--active")).to_have_text("Find a trial")
    expect(page.locator(".md-path")).to_contain_text("Trials")
    follow(page, page.locator(".md-path").get_by_role("link", name="Trials"), f"{served_site}trials/")


def test_the_contents_lead_and_follow(page: Page, served_site: str) -> None:
    page.goto(f"{served_site}trials/nct06774235/")
    contents = page.get_by_role("navigation", name="Table of contents")
    follow(page, contents.get_by_role("link", name="Study design"), f"{served_site}trials/nct06774235/#study-design")
    expect(page.get_by_role("heading", name="Study design")).to_be_in_viewport()
    expect(contents.locator(".md-nav__link--active")).to_have_text("Study design")


def test_back_to_the_top(page: Page, served_site: str) -> None:
    page.goto(f"{served_site}trials/nct06774235/")
    button = page.locator(".md-top")
    expect(button).to_have_attribute("hidden", "")
    page.mouse.wheel(0, 4000)
    expect(page.get_by_role("heading", level=1)).not_to_be_in_viewport()
    page.mouse.wheel(0, -300)
    button.click()
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()


def test_the_reader_chooses_light_or_dark(page: Page, served_site: str) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(served_site)
    shown = page.locator("body")
    choice = page.locator(".md-header label[for^=__palette]:visible")
    for scheme in ("default", "slate"):  # as the system says, then light, then dark
        choice.click()
        expect(shown).to_have_attribute("data-md-color-scheme", scheme)
    page.goto(f"{served_site}trials/")
    expect(shown).to_have_attribute("data-md-color-scheme", "slate")


def test_without_scripts_the_menu_opens_and_the_form_leads_to_the_search(browser: Browser, served_site: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 780})
    page = context.new_page()
    page.goto(served_site)
    page.locator(".md-header label[for=__drawer]").click()
    page.get_by_role("navigation", name="Navigation", exact=True).get_by_text("Find a trial", exact=True).first.click()
    follow(page, page.get_by_role("link", name="Trials", exact=True), f"{served_site}trials/")
    page.goto(served_site)
    field = page.get_by_role("main").get_by_role("searchbox")
    field.fill("interferon gamma")
    field.press("Enter")
    expect(page).to_have_url(f"{served_site}search/?q=interferon+gamma")
    context.close()


@pytest.mark.parametrize("language", ["en-GB", "en-US", "fr-FR"])
def test_dates_have_one_form_in_one_language(browser: Browser, served_site: str, language: str) -> None:
    context = browser.new_context(locale=language)
    page = context.new_page()
    page.goto(f"{served_site}trials/nct06774235/")
    date = page.locator(".trial-head time[datetime='2025-11-20']")
    expect(date).to_have_text("20 November 2025")
    page.goto(served_site)
    expect(page.locator(".rows time").last).to_have_text(re.compile(r"^\d{1,2} [A-Z][a-z]+ \d{4}$"))
    context.close()


def test_the_home_page_searches(page: Page, served_site: str) -> None:
    page.goto(served_site)
    field = page.get_by_role("main").get_by_role("combobox").or_(page.get_by_role("main").get_by_role("searchbox"))
    field.press_sequentially("Gibot")
    option = page.get_by_role("main").get_by_role("option").first
    expect(option).to_contain_text("Sébastien GIBOT")
    option.click()
    expect(page).to_have_url(f"{served_site}people/sebastien-gibot/")


def test_a_missing_page_says_so(page: Page, served_site: str, problems: list[str]) -> None:
    """At the root: below a path, the addresses in this page are right only once SITE_URL is known."""
    if urlsplit(served_site).path != "/":
        return
    page.goto(f"{served_site}trials/nct00000000/")
    expect(page.get_by_role("main")).to_contain_text("This page is not here")
    expect(page).to_have_title(re.compile("^This page is not here"))
    expect(page.get_by_role("main").get_by_role("searchbox")).to_have_value(re.compile("."))
    assert all("trials/nct00000000" in problem for problem in problems)
    problems.clear()


def test_data_lies_beside_the_pages(page: Page, served_site: str) -> None:
    entities = page.request.get(f"{served_site}api/entities.json").json()
    assert entities
    studies = page.request.get(f"{served_site}api/v2/studies.json")
    assert studies.ok
    for study in STUDIES:
        assert page.request.get(f"{served_site}api/v2/studies/{study}.json").json()["protocolSection"]


def test_the_site_works_below_a_path(page: Page, served_below: str) -> None:
    """As GitHub Pages serves the site of a repository."""
    page.goto(served_below)
    page.get_by_role("link", name="Browse", exact=True).first.click()
    expect(page).to_have_url(f"{served_below}conditions/")
    page.goto(f"{served_below}search/?q=NCT06774235")
    page.locator("[data-ready]").get_by_role("link", name="Prevention of Secondary Infections").first.click()
    expect(page).to_have_url(re.compile(f"{re.escape(served_below)}trials/nct06774235/"))
    page.goto(f"{served_below}compare/?trials=NCT06774235,NCT02883803")
    expect(page.get_by_role("table").first).to_contain_text("NCT02883803")
