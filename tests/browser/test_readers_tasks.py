"""Five readers do what they came for: on the seeds, and on a larger catalog of real records where those are at hand.

A patient looks for a trial that recruits near home, a research nurse for what is open at her hospital, a consortium's
manager for what is out of date, a librarian for a search that can be repeated, an investigator for herself.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import serve

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Catalog:
    """A site, and what the readers look for in it."""

    address: str
    town: str
    trial: str
    """The title of a trial that recruits in the town."""
    hospital: str
    hospital_trial: str
    sponsor: str
    """A sponsor with something to do."""
    words: str
    """What the librarian searches for; it has several hits."""
    status: str
    status_label: str
    person_typed: str
    """A spelling that is not the name of the person's page."""
    person: str
    person_trials: int


@pytest.fixture(scope="module", params=["built_site", "real_site"])
def catalog(request: pytest.FixtureRequest) -> Iterator[Catalog]:
    """Both catalogs, one after the other; without the real records, only the first."""
    project = request.getfixturevalue(request.param)
    with serve(project.site, "/repository/") as address:
        yield Catalog(
            address=address,
            town="Angers",
            trial="Prevention of Secondary Infections by Interferon Gamma",
            hospital="Angers university hospial",
            hospital_trial="Prevention of Secondary Infections by Interferon Gamma",
            sponsor="CHRU de Nancy",
            words="infection",
            status="RECRUITING",
            status_label="Recruiting",
            person_typed="Sebastien Gibot",
            person="Sébastien GIBOT",
            person_trials=2,
        )


@pytest.fixture
def reader(browser: Browser, problems: list[str]) -> Iterator[Page]:
    """A reader's window.  The test fails where a script does."""
    context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 900}, accept_downloads=True)
    context.set_default_timeout(20_000)
    context.on("weberror", lambda error: problems.append(str(error.error)))
    page = context.new_page()
    yield page
    context.close()
    assert not problems, "\n".join(problems)


def main(page: Page) -> Locator:
    return page.get_by_role("main")


def searched(page: Page, *wanted: str) -> None:
    """Wait until the search page shows what the address asks for."""
    page.wait_for_selector("[data-search-page][data-ready]")
    for part in wanted:
        expect(page.locator("[data-search-page]")).to_have_attribute("data-ready", re.compile(re.escape(part)))


def test_a_patient_finds_a_trial_that_recruits_near_home(reader: Page, catalog: Catalog) -> None:
    page = reader
    page.goto(catalog.address)
    page.goto(f"{catalog.address}search/")
    searched(page)
    page.get_by_label("Near a town").fill(catalog.town)
    page.keyboard.press("Enter")
    searched(page, f"near={catalog.town}")
    page.get_by_label("only where it recruits").check()
    searched(page, "open=1")
    hit = page.locator(".hit").filter(has_text=catalog.trial)
    expect(hit.locator(".hit__near")).to_contain_text(catalog.town)
    expect(hit.locator(".hit__near")).to_contain_text(re.compile("recruit"))
    hit.get_by_role("link").first.click()
    expect(main(page).get_by_role("heading", level=1)).to_contain_text(catalog.trial)
    # How old the status is, by the reader's clock.
    head = page.locator(".trial-head")
    expect(head).to_contain_text(re.compile("recruiting", re.IGNORECASE))
    expect(head.locator(".age").first).to_have_text(re.compile(r"\((?:\d+ (?:months?|years?) ago)\)"))
    # Who may take part, and whom to call.
    expect(main(page).get_by_role("heading", name=re.compile("^Who can take part"))).to_be_visible()
    expect(main(page)).to_contain_text("18 years")
    expect(main(page).get_by_role("heading", name=re.compile("^Inclusion criteria"))).to_be_visible()
    here = main(page).get_by_role("listitem").filter(has_text=catalog.hospital).first
    expect(here).to_contain_text(re.compile(r"\+?\d{8,}"))


def test_a_nurse_opens_her_hospital_and_prints_a_card(reader: Page, catalog: Catalog) -> None:
    page = reader
    page.goto(catalog.address)
    box = page.locator(".md-header").get_by_label("Search").first
    box.click()
    box.press_sequentially(catalog.hospital)
    page.get_by_role("option", name=re.compile(catalog.hospital)).first.click()
    expect(main(page).get_by_role("heading", level=1)).to_contain_text(catalog.hospital)
    expect(
        main(page).get_by_role("heading", name=re.compile("^Said to be open here, and whom to call"))
    ).to_be_visible()
    # What was said long ago, by the reader's clock, is one fold away.
    expect(main(page).locator("details.older > summary").first).to_be_visible()
    for fold in main(page).locator("details.older > summary").all():
        fold.click()
    row = main(page).get_by_role("listitem").filter(has_text=catalog.hospital_trial).first
    expect(row.locator("a[href^='tel:']").first).to_have_text(re.compile(r"\+?\d{8,}"))
    row.get_by_role("link", name="Pocket card").click()
    expect(page.locator("[data-card]")).to_have_attribute("data-ready", re.compile("a4$"))
    card = page.get_by_role("article", name="Pocket card")
    expect(card).to_contain_text("Contact at this site")
    expect(card).to_contain_text(catalog.hospital)
    expect(card.get_by_role("img")).to_be_visible()
    pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1


def test_a_manager_sees_what_her_sponsor_has_to_do(reader: Page, catalog: Catalog) -> None:
    page = reader
    page.goto(catalog.address)
    page.get_by_role("link", name="About", exact=True).first.click()
    page.get_by_role("link", name="To do", exact=True).first.click()
    expect(main(page).get_by_role("heading", level=1)).to_have_text("To do")
    field = page.get_by_label("Only trials of this sponsor")
    field.fill(catalog.sponsor)
    expect(page.get_by_role("status").filter(has_text=re.compile(r"^\d+ of \d+ remarks$"))).to_be_visible()
    remarks = main(page).locator(".entries > ul > li:visible")
    assert remarks.count() > 0
    for remark in remarks.all():
        expect(remark).to_contain_text(catalog.sponsor)
    expect(page).to_have_url(re.compile(r"\?sponsor="))
    # From the flag to the document and its line.
    place = remarks.first.get_by_role("link", name=re.compile(r"lines? \d+"))
    place.first.click()
    page.get_by_role("dialog").get_by_role("link", name="Open the whole document").click()
    expect(page).to_have_url(re.compile(r"/documents/.+#l\d+$"))
    expect(page.locator(f"#{page.url.partition('#')[2]}")).to_be_in_viewport()
    page.go_back()
    expect(field).to_have_value(catalog.sponsor)
    # From the flag to the trial, where it stands with its reason.
    remarks.first.get_by_role("link").first.click()
    expect(page.locator(f"#{page.url.partition('#')[2]}")).to_be_attached()


def test_a_manager_narrows_a_kind_of_flag_in_the_search(reader: Page, catalog: Catalog) -> None:
    """The way of a catalog with so many remarks that one page does not hold them."""
    page = reader
    page.goto(f"{catalog.address}flags/")
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
    page.get_by_text(re.compile("remarks? on this record")).click()
    notice.locator("sup a").first.click()
    page.get_by_role("dialog").get_by_role("link", name="Open the whole document").click()
    expect(page).to_have_url(re.compile(r"/documents/.+#l\d+$"))


def test_a_librarian_repeats_and_cites_a_search(
    reader: Page, browser: Browser, catalog: Catalog, tmp_path: Path
) -> None:
    page = reader
    page.goto(f"{catalog.address}search/")
    searched(page)
    page.get_by_label("Search for").fill(catalog.words)
    page.get_by_label("Search for").press("Enter")
    searched(page, f"q={catalog.words}")
    status = page.locator('[data-facet="status"]')
    if not status.get_by_role("checkbox").count():
        status.locator("summary").click()
    status.get_by_role("checkbox", name=re.compile(f"^{catalog.status_label}")).check()
    searched(page, f"status={catalog.status}")
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
    assert all(row["Status"] == catalog.status_label for row in rows)
    assert all(row["Page"].startswith(catalog.address) for row in rows)


def test_an_investigator_finds_herself_by_another_spelling(reader: Page, catalog: Catalog) -> None:
    page = reader
    page.goto(catalog.address)
    box = page.locator(".md-header").get_by_label("Search").first
    box.click()
    box.press_sequentially(catalog.person_typed)
    page.get_by_role("option", name=re.compile(catalog.person)).first.click()
    expect(main(page).get_by_role("heading", level=1)).to_contain_text(catalog.person)
    trials = {link.get_attribute("href") for link in main(page).locator(".rows > ul > li > p > a").all()} | {
        link.get_attribute("href") for link in main(page).locator(".rows a[href*='trials/']").all()
    }
    assert len({href for href in trials if href and "#" not in href}) >= catalog.person_trials
    spellings = main(page).locator(".spellings > ul > li")
    assert spellings.count() >= 1
    expect(spellings.first).to_contain_text(re.compile(r"lines? \d+"))
    expect(spellings.locator(".tag").first).not_to_be_empty()
