"""Six kinds of readers do what they came for: on the seeds, and on many real records where those are at hand.

A patient looks for a trial that recruits near home, a research nurse for what is open at her hospital, a consortium's
manager for what is out of date, a librarian for a search that can be repeated, an investigator for herself, a data
scientist for everything.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import serve

pytestmark = pytest.mark.browser

# What the readers look for; both catalogs have the seeds.
GAMMA, GAMMA_TITLE, GAMMA_EU = (
    "NCT06774235",
    "Prevention of Secondary Infections by Interferon Gamma",
    "2024-516780-93-00",
)
HOSPITAL, SILENT_HOSPITAL = "Angers university hospial", "Le mans Hospital"
"""Two sites of that trial; of the second, no document gives a telephone number."""
SPONSOR, PERSON = "CHRU de Nancy", "Sébastien GIBOT"
WORDS, STATUS = "infection", "Recruiting"
"""What the librarian searches for; it has several hits."""
TELEPHONE = re.compile(r"\+?\d{8,}")
MOST_SCROLLING = 1200
"""Pixels from the top of a page within which a patient on a telephone finds a number to call."""


@pytest.fixture(scope="module", params=["built_site", "real_site"])
def catalog(request: pytest.FixtureRequest) -> Iterator[str]:
    """The addresses of both catalogs, one after the other; without the real records, only the first."""
    with serve(request.getfixturevalue(request.param).site, "/repository/") as address:
        yield address


def main(page: Page) -> Locator:
    return page.get_by_role("main").get_by_role("article").first


def searched(page: Page, *wanted: str) -> None:
    """Wait until the search page shows what the address asks for."""
    page.wait_for_selector("[data-search-page][data-ready]")
    for part in wanted:
        expect(page.locator("[data-search-page]")).to_have_attribute("data-ready", re.compile(re.escape(part)))


def ask_near(page: Page, address: str, words: str, town: str) -> None:
    """Ask the home page for trials near a town, with one click and the keyboard."""
    page.goto(address)
    form = page.get_by_role("form", name="Trials near a town")
    form.get_by_label("Condition or drug").click()
    page.keyboard.type(words)
    page.keyboard.press("Tab")
    page.keyboard.type(town)
    page.keyboard.press("Enter")
    searched(page, "near=")


def go_by_menu(page: Page, tab: str, entry: str) -> None:
    """Go from the page to an entry of the menu."""
    page.locator(".md-tabs").get_by_role("link", name=tab, exact=True).click()
    page.locator(".md-sidebar--primary").get_by_role("link", name=entry, exact=True).click()


def choose_in_box(page: Page, address: str, typed: str, option: str | re.Pattern[str]) -> None:
    """Type into the search field of the home page's header, and choose what it offers."""
    page.goto(address)
    box = page.locator(".md-header").get_by_label("Search").first
    box.click()
    box.press_sequentially(typed)
    page.get_by_role("option", name=option).first.click()


def unfold_older(page: Page) -> None:
    """Open what was said long ago, by the reader's clock: it is one fold away."""
    folds = main(page).locator("details.older > summary")
    expect(folds.first).to_be_visible()
    for fold in folds.all():
        fold.click()


def test_a_patient_with_a_telephone_finds_whom_to_call_near_home(page: Page, catalog: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    ask_near(page, catalog, "interferon", "Angers")
    page.locator(".hit").filter(has_text=GAMMA_TITLE).get_by_role("link").first.click()
    number = page.locator(".near-sites a[href^='tel:']").first
    expect(number).to_have_text(TELEPHONE)
    box = number.bounding_box()
    assert box
    assert box["y"] + page.evaluate("scrollY") < MOST_SCROLLING
    # Who knows no town finds somebody to call nearly as soon.
    page.goto(f"{catalog}trials/{GAMMA.lower()}/")
    box = page.locator(".facts--key").get_by_text("Whom to call").bounding_box()
    assert box
    assert box["y"] < MOST_SCROLLING + 200


def test_a_patient_sees_what_recruits_near_a_town(page: Page, catalog: str) -> None:
    ask_near(page, catalog, "", "Angers")
    page.get_by_label("only where it recruits").check()
    searched(page, "open=1")
    hit = page.locator(".hit").filter(has_text=GAMMA_TITLE)
    expect(hit.locator(".hit__near")).to_contain_text("Angers")
    expect(hit.locator(".hit__near")).to_contain_text(re.compile("recruit"))
    hit.get_by_role("link").first.click()
    expect(main(page).get_by_role("heading", level=1)).to_contain_text(GAMMA_TITLE)
    # How old the status is, by the reader's clock.
    head = page.locator(".trial-head")
    expect(head).to_contain_text(re.compile("recruiting", re.IGNORECASE))
    expect(head.locator(".age").first).to_have_text(re.compile(r"\((?:\d+ (?:months?|years?) ago)\)"))
    # Who may take part, and whom to call.
    expect(main(page).get_by_role("heading", name=re.compile("^Who can take part"))).to_be_visible()
    expect(main(page)).to_contain_text("18 years")
    expect(main(page).get_by_role("heading", name=re.compile("^Inclusion criteria"))).to_be_visible()
    expect(main(page).get_by_role("listitem").filter(has_text=HOSPITAL).first).to_contain_text(TELEPHONE)


def test_a_patient_whose_town_has_no_site_is_led_farther(page: Page, catalog: str) -> None:
    ask_near(page, catalog, "interferon gamma", "Perpignan")
    status = page.locator(".search-status")
    expect(status).to_have_text("No trial found")
    page.get_by_role("link", name=re.compile(r"^Within \d+ km$")).click()
    searched(page, "km=")
    expect(page.locator(".hit").filter(has_text=GAMMA_TITLE)).to_be_visible()
    expect(page.get_by_label("Distance")).not_to_have_value("50")
    # Several towns have the name: nothing is guessed.
    ask_near(page, catalog, "interferon", "London")
    expect(status).to_have_text("Choose the town first")
    page.locator(".search-which").get_by_role("link", name=re.compile("United Kingdom")).click()
    searched(page, "United+Kingdom")
    expect(page.locator(".search-which")).to_have_count(0)


def test_a_nurse_opens_her_hospital_and_prints_a_card(page: Page, catalog: str) -> None:
    choose_in_box(page, catalog, HOSPITAL, re.compile(HOSPITAL))
    expect(main(page).get_by_role("heading", level=1)).to_contain_text(HOSPITAL)
    expect(
        main(page).get_by_role("heading", name=re.compile("^Said to be open here, and whom to call"))
    ).to_be_visible()
    unfold_older(page)
    row = main(page).get_by_role("listitem").filter(has_text=GAMMA_TITLE).first
    expect(row.locator("a[href^='tel:']").first).to_have_text(TELEPHONE)
    row.get_by_role("link", name="Pocket card").click()
    expect(page.locator("[data-card]")).to_have_attribute("data-ready", re.compile("a4$"))
    card = page.get_by_role("article", name="Pocket card")
    expect(card).to_contain_text("Contact at this site")
    expect(card).to_contain_text(HOSPITAL)
    expect(card.get_by_role("img")).to_be_visible()
    pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1


def test_a_nurse_has_a_number_to_call_where_her_hospital_gives_none(page: Page, catalog: str) -> None:
    choose_in_box(page, catalog, SILENT_HOSPITAL, re.compile(SILENT_HOSPITAL))
    expect(main(page).get_by_role("heading", level=1)).to_contain_text(SILENT_HOSPITAL)
    unfold_older(page)
    main(page).get_by_role("link", name="Pocket card").first.click()
    contact = page.locator(".card__contact")
    expect(contact).to_contain_text(SILENT_HOSPITAL)
    expect(contact).to_contain_text("At another site, ")
    expect(contact).to_contain_text(TELEPHONE)


def test_a_manager_sees_what_her_sponsor_has_to_do(page: Page, catalog: str) -> None:
    page.goto(catalog)
    go_by_menu(page, "About", "Manager’s desk")
    page.get_by_label("Sponsor or hospital").fill(SPONSOR)
    expect(page.locator(".desk__status")).to_contain_text(SPONSOR)
    rows = page.locator(".desk__table tbody tr")
    expect(rows.filter(has_text="NCT02883803")).to_contain_text(re.compile(r"for \d+ years"))
    go_by_menu(page, "About", "To do")
    expect(main(page).get_by_role("heading", level=1)).to_have_text("To do")
    field = page.get_by_label("Only trials of this sponsor")
    field.fill(SPONSOR)
    expect(page.get_by_role("status").filter(has_text=re.compile(r"^\d+ of \d+ flags$"))).to_be_visible()
    flags = main(page).locator(".entries > ul > li:visible")
    assert flags.count() > 0
    for flag in flags.all():
        expect(flag).to_contain_text(SPONSOR)
    expect(page).to_have_url(re.compile(r"\?sponsor="))
    # From the flag to the document and its line.
    place = flags.first.get_by_role("link", name=re.compile(r"lines? \d+"))
    place.first.click()
    page.get_by_role("dialog").get_by_role("link", name="Open the whole document").click()
    expect(page).to_have_url(re.compile(r"/documents/.+#l\d+$"))
    expect(page.locator(f"#{page.url.partition('#')[2]}")).to_be_in_viewport()
    page.go_back()
    expect(field).to_have_value(SPONSOR)
    # From the flag to the trial, where it stands with its reason.
    flags.first.get_by_role("link").first.click()
    expect(page.locator(f"#{page.url.partition('#')[2]}")).to_be_attached()


def test_a_manager_narrows_a_kind_of_flag_in_the_search(page: Page, catalog: str) -> None:
    """The way of a catalog with so many flags that one page does not hold them."""
    page.goto(f"{catalog}flags/")
    task = main(page).locator(".task").filter(has_text="add the document that has the results")
    task.get_by_role("link", name=re.compile("Narrow them by sponsor")).click()
    searched(page, "flag=results-overdue")
    sponsor = page.locator('[data-facet="sponsor"]')
    if not sponsor.get_attribute("open"):
        sponsor.locator("summary").click()
    expect(sponsor.get_by_role("checkbox").first).to_be_visible()
    if (narrow := sponsor.get_by_label("Narrow sponsor")).count():  # a long list
        narrow.fill("Iltoo")
    sponsor.get_by_role("checkbox", name=re.compile("Iltoo Pharma")).check()
    searched(page, "flag=results-overdue", "sponsor=")
    page.locator(".hit__title a").first.click()
    # Before the scripts of the page are there, the mark leads to the document itself.
    expect(main(page).get_by_role("link", name="Pocket card")).to_be_visible()
    notice = main(page).locator(".notice").filter(has_text="the registry has no results")
    page.get_by_text(re.compile("flags? on this record")).click()
    notice.locator("sup a").first.click()
    page.get_by_role("dialog").get_by_role("link", name="Open the whole document").click()
    expect(page).to_have_url(re.compile(r"/documents/.+#l\d+$"))


def test_a_librarian_repeats_and_cites_a_search(page: Page, browser: Browser, catalog: str, tmp_path: Path) -> None:
    page.goto(f"{catalog}search/")
    searched(page)
    page.get_by_label("Search for").fill(WORDS)
    page.get_by_label("Search for").press("Enter")
    searched(page, f"q={WORDS}")
    status = page.locator('[data-facet="status"]')
    if not status.get_by_role("checkbox").count():
        status.locator("summary").click()
    status.get_by_role("checkbox", name=re.compile(f"^{STATUS}")).check()
    searched(page, f"status={STATUS.upper()}")
    page.get_by_label("Order", exact=True).select_option("start")
    searched(page, "sort=start")
    titles, found = page.locator(".hit__title a").all_inner_texts(), page.locator(".search-status").inner_text()
    assert titles
    page.get_by_text("Cite or save this search").click()
    cited = page.locator(".search-cite__text").inner_text()
    version = re.search(r"version ([0-9a-f]{10})", cited)
    assert version
    hits = re.search(r": ([\d,]+) hits? of", cited)
    assert hits
    assert found.startswith(hits[1])
    # Somebody else opens the address, somewhere else.
    other = browser.new_page()
    other.goto(cited.rpartition(" ")[2])
    searched(other, "sort=start")
    assert other.locator(".hit__title a").all_inner_texts() == titles
    assert other.locator(".search-status").inner_text() == found
    assert other.locator(".search-changed").count() == 0
    other.get_by_text("Cite or save this search").click()
    assert f"version {version[1]}" in other.locator(".search-cite__text").inner_text()
    other.close()
    # The hits as a table, each row with where it comes from.
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the hits as a table (CSV)").click()
    file = tmp_path / "hits.csv"
    download.value.save_as(file)
    with file.open(encoding="utf-8-sig", newline="") as text:
        rows = list(csv.DictReader(text))
    assert len(rows) == int(hits[1].replace(",", ""))
    assert [row["Title"] for row in rows[: len(titles)]] == titles
    assert {row["Catalog version"] for row in rows} == {version[1]}
    assert all(row["Status"] == STATUS for row in rows)
    assert all(row["Page"].startswith(catalog) for row in rows)


def test_a_librarian_finds_a_trial_by_its_number(page: Page, catalog: str) -> None:
    choose_in_box(page, catalog, GAMMA_EU.replace("-", " "), re.compile(GAMMA_TITLE))
    expect(main(page).get_by_role("heading", level=1)).to_contain_text(GAMMA_TITLE)
    expect(main(page)).to_contain_text(GAMMA_EU)


def test_a_librarian_finds_a_sponsors_trials_by_one_filter(page: Page, catalog: str) -> None:
    page.goto(catalog)
    go_by_menu(page, "Find a trial", "Search")
    searched(page)
    sponsor = page.locator('[data-facet="sponsor"]')
    sponsor.locator("summary").click()
    expect(sponsor.get_by_role("checkbox").first).to_be_visible()
    if (narrow := sponsor.get_by_label("Narrow sponsor")).count():  # a long list
        narrow.fill(SPONSOR)
    # One sponsor is one choice, and its number is that of its trials.
    choice = sponsor.locator("label").filter(has_text=SPONSOR)
    expect(choice).to_have_count(1)
    number = re.search(r"(\d+)\s+trials?", choice.inner_text())
    assert number
    choice.get_by_role("checkbox").check()
    searched(page, "sponsor=")
    expect(page.locator(".search-status")).to_have_text(re.compile(rf"^{number[1]} trials? found"))
    expect(page.locator(".hit__facts").first).to_contain_text(SPONSOR)


def test_a_manager_compares_two_trials(page: Page, catalog: str) -> None:
    page.goto(f"{catalog}search/?q=ILT-101")
    searched(page)
    boxes = page.locator(".hit").get_by_role("checkbox", name=re.compile("^Compare"))
    titles = page.locator(".hit__title a").all_inner_texts()[:2]
    for number in range(2):
        boxes.nth(number).check()
    page.get_by_role("link", name="Compare 2 trials").click()
    for title in titles:
        expect(main(page).get_by_role("link", name=title).first).to_be_visible()
    row = main(page).get_by_role("row").filter(has=page.get_by_role("rowheader", name=re.compile("^Results")))
    expect(row.first.get_by_role("cell").first).not_to_be_empty()


def test_an_investigator_finds_herself_by_another_spelling(page: Page, catalog: str) -> None:
    # A spelling that is not the name of her page.
    choose_in_box(page, catalog, "Sebastien Gibot", re.compile(PERSON))
    expect(main(page).get_by_role("heading", level=1)).to_contain_text(PERSON)
    trials = {link.get_attribute("href") for link in main(page).locator(".rows > ul > li > p > a").all()} | {
        link.get_attribute("href") for link in main(page).locator(".rows a[href*='trials/']").all()
    }
    assert len({href for href in trials if href and "#" not in href}) >= 2
    spellings = main(page).locator(".spellings > ul > li")
    assert spellings.count() >= 1
    expect(spellings.first).to_contain_text(re.compile(r"lines? \d+"))
    expect(spellings.locator(".tag").first).not_to_be_empty()
    main(page).get_by_role("link", name=re.compile("^Connections")).first.click()
    expect(main(page).get_by_role("heading", level=1)).to_contain_text("Connections")


def test_an_investigator_finds_herself_by_browsing(page: Page, catalog: str) -> None:
    """By the family name: on a long list, its letter leads to it."""
    page.goto(catalog)
    go_by_menu(page, "Browse", "Investigators")
    if (letter := main(page).get_by_role("link", name=re.compile(r"^G \("))).count():
        letter.click()
    main(page).get_by_role("link", name=PERSON).first.click()
    expect(main(page).get_by_role("heading", level=1)).to_contain_text(PERSON)


def test_a_data_scientist_takes_everything(page: Page, catalog: str) -> None:
    page.goto(catalog)
    trials = int(main(page).locator(".figures li").first.locator("strong").inner_text().replace(",", ""))
    go_by_menu(page, "About", "Use this data")
    with page.expect_download() as download:
        main(page).locator("a[href='trials.csv']").first.click()
    with download.value.path().open(encoding="utf-8-sig", newline="") as text:
        assert len(list(csv.DictReader(text))) == trials
    expect(main(page).get_by_role("link", name="datapackage.json").first).to_be_visible()


def test_a_data_scientist_takes_one_record(page: Page, catalog: str) -> None:
    page.goto(f"{catalog}trials/{GAMMA.lower()}/")
    main(page).get_by_role("link", name="This record as JSON").click()
    page.wait_for_url(re.compile(rf"/{GAMMA}\.json$"))
    record = json.loads(page.locator("pre").inner_text())
    assert record["protocolSection"]["identificationModule"]["nctId"] == GAMMA
