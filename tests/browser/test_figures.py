"""What scripts add to pictures and lists: filters for trials, dots that lead on, the walk through the graph."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import opened_page, serve
from tests.conftest import Project, new_project

pytestmark = pytest.mark.browser

TRIALS = (
    ("RECRUITING", "PHASE2", "2024-03", "Delta"),
    ("RECRUITING", "PHASE3", "2021-05", "Alpha"),
    ("COMPLETED", "PHASE2", "2015-01", "Echo"),
    ("COMPLETED", "PHASE2", "2018-09", "Bravo"),
    ("COMPLETED", "PHASE3", "2019-02", "Foxtrot"),
    ("TERMINATED", "PHASE1", "2015-11", "Charlie"),
)
PILL = "drugs/testamab/"


@pytest.fixture(scope="module")
def pill_site(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The five seeds and six trials of one drug, built once."""
    project = new_project(tmp_path_factory.mktemp("one-drug"))
    for number, (status, phase, start, title) in enumerate(TRIALS, start=1):
        _write(project.seeds, f"NCT0000010{number}", status, phase, start, title)
    project.run("build")
    return project


def _write(seeds: Path, number: str, status: str, phase: str, start: str, title: str) -> None:
    record = {
        "protocolSection": {
            "identificationModule": {"nctId": number, "briefTitle": title},
            "statusModule": {"overallStatus": status, "startDateStruct": {"date": start, "type": "ACTUAL"}},
            "sponsorCollaboratorsModule": {"leadSponsor": {"name": "Sponsor of All", "class": "INDUSTRY"}},
            "conditionsModule": {"conditions": ["Testing sickness"]},
            "designModule": {"studyType": "INTERVENTIONAL", "phases": [phase]},
            "armsInterventionsModule": {"interventions": [{"type": "DRUG", "name": "Testamab"}]},
            "contactsLocationsModule": {
                "locations": [{"facility": "Clinic of Lyon", "city": "Lyon", "country": "France", "status": status}]
            },
        }
    }
    (seeds / f"{number}.json").write_text(json.dumps(record), encoding="utf-8")


@pytest.fixture(scope="module")
def address(pill_site: Project) -> Iterator[str]:
    with serve(pill_site.site, "/repository/") as address:
        yield address


@pytest.fixture
def opened(browser: Browser) -> Iterator[Page]:
    with opened_page(browser, locale="en-GB") as page:
        yield page


def shown(page: Page) -> list[str]:
    """Return the titles of the rows that can be seen."""
    rows = page.locator(".rows > ul > li:visible > p > a, .rows > ul > li:visible > a")
    return rows.all_inner_texts()


def test_the_trials_of_a_drug_are_filtered_and_sorted_and_the_address_says_so(opened: Page, address: str) -> None:
    opened.goto(address + PILL)
    filters = opened.get_by_role("form", name="Filter the trials of this page")
    expect(filters).to_be_visible()
    assert len(shown(opened)) == len(TRIALS)
    filters.get_by_label("Phase").select_option("Phase 2")
    assert set(shown(opened)) == {"Delta", "Echo", "Bravo"}
    expect(filters.get_by_role("status")).to_have_text("3 of 6 rows")
    filters.get_by_label("Order").select_option("newest")
    assert shown(opened) == ["Delta", "Bravo", "Echo"]
    filters.get_by_label("Status").select_option("Completed")
    assert shown(opened) == ["Bravo", "Echo"]
    assert "phase=Phase+2" in opened.url
    opened.reload()
    expect(filters).to_be_visible()  # by its script, which comes after the page
    assert shown(opened) == ["Bravo", "Echo"]
    filters.get_by_label("Start").select_option("2015")
    assert shown(opened) == ["Echo"]


def test_without_a_script_all_trials_stand_there(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + PILL)
    assert len(shown(page)) == len(TRIALS)
    expect(page.locator(".row-filter")).to_have_count(0)
    expect(page.locator("figure.map svg circle").first).to_be_visible()
    page.goto(f"{address}graph/")
    expect(page.get_by_role("main")).to_contain_text("Without it, the same neighbours stand on each page")
    context.close()


def test_a_map_is_shown_where_most_places_are_and_moves_by_buttons_keys_and_pointer(opened: Page, address: str) -> None:
    opened.goto(f"{address}drugs/ilt-101/")
    figure = opened.locator("figure.map").first
    picture = figure.locator("svg")
    buttons = figure.get_by_role("group", name="Zoom of the map")

    def part() -> list[float]:
        return [float(number) for number in (picture.get_attribute("viewBox") or "").split()]

    expect(buttons.get_by_role("status")).to_have_text(re.compile(r"dots? outside"))
    near = part()
    whole_map = buttons.get_by_role("button", name="Whole map")
    whole_map.press("Enter")
    expect(whole_map).to_have_attribute("aria-disabled", "true")
    expect(buttons.get_by_role("status")).to_be_empty()
    whole = part()
    assert whole[2] > 2 * near[2]
    closer = buttons.get_by_role("button", name="Zoom in")
    closer.press("Enter")
    zoomed = part()
    assert zoomed[2] < whole[2]
    assert zoomed[0] < near[0] < near[0] + near[2] < zoomed[0] + zoomed[2]  # towards where most are
    closer.press("ArrowLeft")
    moved = part()
    assert moved[0] < zoomed[0]
    assert moved[2:] == zoomed[2:]
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    assert box is not None
    opened.mouse.move(box["x"] + 200, box["y"] + 200)
    opened.mouse.down()
    opened.mouse.move(box["x"] + 100, box["y"] + 200, steps=4)
    opened.mouse.up()
    assert part()[0] > moved[0]
    expect(opened).to_have_url(f"{address}drugs/ilt-101/")


def test_a_dot_leads_to_its_town(opened: Page, address: str) -> None:
    opened.goto(f"{address}drugs/ilt-101/")
    opened.get_by_role("button", name="Whole map").first.click()
    opened.locator("figure.map .has-page", has_text="Mexico City").first.click()
    expect(opened).to_have_url(f"{address}places/mexico-city/")


def test_the_outlines_are_drawn_from_their_own_file(opened: Page, address: str) -> None:
    with opened.expect_response(re.compile(r"world\.svg$")) as answer:
        opened.goto(address + PILL)
    assert answer.value.ok
    box = opened.evaluate("document.querySelector('figure.map use').getBBox().width")
    assert box > 1000


def test_one_walks_through_the_graph_by_keyboard_and_back(opened: Page, address: str) -> None:
    opened.goto(address + PILL)
    opened.get_by_role("link", name="Connections from here").press("Enter")
    expect(opened).to_have_url(f"{address}graph/?at=drugs/testamab")
    middle = opened.get_by_role("heading", level=2).first
    expect(middle).to_have_text("Testamab")
    expect(opened.locator(".graph__field > svg path").first).to_be_attached()
    # From the drug to a trial, by the tabulator and the enter key alone.
    middle.focus()
    for _ in range(30):
        opened.keyboard.press("Tab")
        if opened.evaluate("document.activeElement.textContent").startswith("Delta"):
            break
    opened.keyboard.press("Enter")
    expect(middle).to_have_text("Delta")
    expect(middle).to_be_focused()
    expect(opened).to_have_url(f"{address}graph/?at=trials/nct00000101")
    # From the trial to who leads it; the way walked so far stands above.
    opened.locator(".graph__field").get_by_role("link", name="Sponsor of All").press("Enter")
    expect(middle).to_have_text("Sponsor of All")
    walked = opened.get_by_role("navigation", name="Walked so far")
    expect(walked.get_by_role("link")).to_have_text(["Testamab", "Delta"])
    opened.go_back()
    expect(middle).to_have_text("Delta")
    opened.go_forward()
    expect(middle).to_have_text("Sponsor of All")
    opened.get_by_role("link", name="Read its page").click()
    expect(opened).to_have_url(f"{address}organizations/sponsor-of-all/")


def test_the_graph_says_when_there_is_nothing_of_a_name(opened: Page, address: str) -> None:
    opened.goto(f"{address}graph/?at=../../etc")
    expect(opened.get_by_role("alert")).to_contain_text("nothing of this name")
    opened.get_by_role("link", name="Testamab").first.click()
    expect(opened.get_by_role("heading", level=2).first).to_have_text("Testamab")


def test_the_graph_fits_a_telephone(opened: Page, address: str) -> None:
    opened.set_viewport_size({"width": 320, "height": 700})
    opened.goto(f"{address}graph/?at=drugs/testamab")
    expect(opened.get_by_role("heading", level=2).first).to_have_text("Testamab")
    assert opened.evaluate("document.documentElement.scrollWidth") <= 320
