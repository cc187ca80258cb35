"""Lists of names and trials in Chromium: what is chosen from them, in which order, and their pages of 25 entries."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import opened_page, serve, settle
from tests.browser.test_layout_shift import GOOD, MEASURE
from tests.conftest import Project, SiteMaker, new_project

pytestmark = pytest.mark.browser

NUMBER = 40
BEGINNINGS = ("Bar", "Kel", "Mor", "Tav", "Vin")
ENDS = ("adir", "belo", "cuno", "dorn", "eska", "fimm", "gord", "hult")
ALL_NAMES = NUMBER + 4
"""With those of the five seeds."""
SPONSORS = [f"{begin}{end} Foundation" for begin in BEGINNINGS for end in ENDS]


WITH_SITES = 2
"""The number of the trial that has very many sites."""


def sites() -> list[dict[str, object]]:
    """Return 70 sites of one trial in France, one of them in Lyon, and two in Italy."""
    found: list[dict[str, object]] = [
        {"facility": f"Clinic {number}", "city": f"Town {number}", "country": "France"} for number in range(70)
    ]
    found[55] |= {"city": "Lyon", "geoPoint": {"lat": 45.75, "lon": 4.85}}
    found += [{"facility": f"Ospedale {number}", "city": f"Città {number}", "country": "Italy"} for number in range(2)]
    return found


def many_names(folder: Path) -> Project:
    """Lay out trials of many sponsors: of the first one there are two trials, every fourth trial recruits."""
    project = new_project(folder)
    for number in range(NUMBER):
        sponsor = SPONSORS[number % (NUMBER - 1)]
        record: dict[str, dict[str, Any]] = {
            "protocolSection": {
                "identificationModule": {"nctId": f"NCT000001{number:02}", "briefTitle": f"Trial {number}"},
                "statusModule": {"overallStatus": "RECRUITING" if number % 4 == 0 else "COMPLETED"},
                "sponsorCollaboratorsModule": {
                    "leadSponsor": {"name": sponsor},
                    "collaborators": [{"name": "Helping Hands"}] if number == 1 else [],
                },
            }
        }
        if number == WITH_SITES:
            record["protocolSection"]["contactsLocationsModule"] = {"locations": sites()}
        (project.seeds / f"NCT000001{number:02}.json").write_text(json.dumps(record), encoding="utf-8")
    return project


@pytest.fixture
def address(build_once: SiteMaker) -> Iterator[str]:
    with serve(build_once("many-names", many_names).site) as address:
        yield address


@pytest.fixture
def sponsors(browser: Browser, address: str) -> Iterator[Page]:
    with opened_page(browser) as page:
        page.goto(f"{address}sponsors/")
        yield page


ON_A_PAGE = 25


def shown(page: Page) -> list[str]:
    return page.locator(".index > ul > li:visible > a").all_text_contents()


def test_names_are_chosen_by_what_is_typed_by_role_and_by_what_recruits(sponsors: Page) -> None:
    field = sponsors.get_by_role("searchbox", name="Show only names with …")
    field.fill("hand")
    assert shown(sponsors) == ["Helping Hands"]
    expect(sponsors.locator(".names-filter output")).to_have_text(f"1 of {ALL_NAMES}")
    field.fill("")
    sponsors.get_by_label("Role").select_option("Collaborator")
    assert shown(sponsors) == ["Helping Hands"]
    sponsors.get_by_label("Role").select_option("Any role")
    sponsors.get_by_label("with trials said to be recruiting").check()
    few = shown(sponsors)
    assert "Baradir Foundation" in few
    assert "Helping Hands" not in few
    assert len(few) < ON_A_PAGE


def test_names_of_most_trials_come_first_when_asked_for(sponsors: Page) -> None:
    as_listed = shown(sponsors)
    sponsors.get_by_label("Order").select_option("Most trials first")
    assert shown(sponsors)[0] == "Baradir Foundation"
    sponsors.get_by_label("Order").select_option("As listed")
    assert shown(sponsors) == as_listed


def test_a_long_list_has_pages_which_the_address_and_the_way_back_know(sponsors: Page) -> None:
    pages = sponsors.get_by_role("group", name="Pages of this list")
    expect(pages.get_by_role("status")).to_have_text(f"1–25 of {ALL_NAMES}")
    first = shown(sponsors)
    assert len(first) == ON_A_PAGE
    pages.get_by_role("link", name="Next").press("Enter")
    expect(pages.get_by_role("status")).to_have_text(f"26–{ALL_NAMES} of {ALL_NAMES}")
    second = shown(sponsors)
    assert sorted(first + second) == sorted({*first, *second})
    assert len(first + second) == ALL_NAMES
    expect(sponsors.get_by_role("link", name=second[0])).to_be_focused()
    expect(sponsors.get_by_role("link", name=second[0])).to_be_in_viewport()
    sponsors.reload()
    expect(pages.get_by_role("status")).to_have_text(f"26–{ALL_NAMES} of {ALL_NAMES}")
    assert shown(sponsors) == second
    sponsors.go_back()
    expect(pages.get_by_role("status")).to_have_text(f"1–25 of {ALL_NAMES}")
    assert shown(sponsors) == first
    sponsors.go_forward()
    sponsors.get_by_label("Order").select_option("Most trials first")  # another order begins with its first page
    assert "page=" not in sponsors.url
    assert len(shown(sponsors)) == ON_A_PAGE
    sponsors.emulate_media(media="print")
    assert len(shown(sponsors)) == ALL_NAMES
    expect(pages).to_be_hidden()


def test_an_anchor_opens_the_page_of_the_list_that_it_stands_on(browser: Browser, address: str) -> None:
    def with_anchor(route: Route) -> None:
        answer = route.fetch()
        last = answer.text().rindex("<small data-trials")
        route.fulfill(response=answer, body=f'{answer.text()[:last]}<span id="last"></span>{answer.text()[last:]}')

    with opened_page(browser) as page:
        page.route("**/sponsors/", with_anchor)
        page.goto(f"{address}sponsors/#last")
        expect(page.locator(".list-pages output")).to_have_text(f"26–{ALL_NAMES} of {ALL_NAMES}")
        expect(page.locator(".index > ul > li:visible").last).to_be_in_viewport()


def test_without_a_script_a_long_list_stands_there_whole(browser: Browser, address: str) -> None:
    with opened_page(browser, java_script_enabled=False) as page:
        page.goto(f"{address}sponsors/")
        assert len(shown(page)) == ALL_NAMES


@pytest.mark.parametrize("path", ["sponsors/", "sponsors/?page=2", "trials/", "trials/?page=2"])
def test_pages_of_lists_do_not_jump(browser: Browser, address: str, path: str) -> None:
    with opened_page(browser) as page:
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto(address + path)
        settle(page)
        expect(page.locator(".list-pages output")).not_to_be_empty()
        assert page.evaluate(MEASURE) < GOOD


def test_a_filter_of_many_values_is_narrowed_by_what_is_typed(browser: Browser, address: str) -> None:
    with opened_page(browser) as page:
        page.goto(f"{address}search/")
        sponsors = page.locator("[data-facet=sponsor]")
        sponsors.locator("summary").click()
        field = sponsors.get_by_role("searchbox", name="Narrow sponsor")
        field.press_sequentially("found adir")
        expect(field).to_be_focused()
        labels = sponsors.locator(".facet__label")
        expect(labels).to_have_text([f"{begin}adir Foundation" for begin in BEGINNINGS])
        field.fill("nobody of this name")
        expect(sponsors.get_by_role("status")).to_have_text("None in these results.")
        field.fill("")
        sponsors.get_by_role("button", name="Show all").click()
        expect(labels.filter(has_text="Foundation")).to_have_count(len(set(SPONSORS[: NUMBER - 1])))


def test_the_sites_of_a_trial_have_pages_a_filter_and_the_order_of_the_distance(browser: Browser, address: str) -> None:
    with opened_page(browser) as page:
        page.goto(f"{address}trials/nct000001{WITH_SITES:02}-sites/")
        page.get_by_text("France (70)").click()
        seen = page.locator(".sites > ul > li:visible")
        expect(seen).to_have_count(ON_A_PAGE)
        page.get_by_role("link", name="Next").click()
        expect(seen.first).to_contain_text("Clinic 25")
        page.get_by_role("searchbox", name="Show only sites with …").fill("ospedale")
        expect(seen).to_have_text([re.compile("Ospedale 0"), re.compile("Ospedale 1")])
        expect(page.get_by_text("France (70)")).to_be_hidden()
        page.get_by_role("searchbox", name="Show only sites with …").fill("")

        page.goto(f"{address}trials/nct000001{WITH_SITES:02}-sites/#near=Lyon&km=50")
        page.reload()
        expect(page.locator(".near-sites")).to_contain_text("1 site within 50 km of Lyon")
        expect(seen).to_have_count(ON_A_PAGE)
        expect(seen.first).to_contain_text("Clinic 55")
