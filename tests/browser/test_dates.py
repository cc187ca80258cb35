"""Dates in pictures: the dates of a trial on one scale, the trials of a name as bars; and the list of sections."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import opened_page, serve
from tests.conftest import Project, new_project

pytestmark = pytest.mark.browser

TRIAL = "trials/nct00000201/"
PILL = "drugs/testamab/"
COURSES: tuple[dict[str, object], ...] = (
    {
        "studyFirstSubmitDate": "2018-03-02",
        "startDateStruct": {"date": "2018-07", "type": "ACTUAL"},
        "primaryCompletionDateStruct": {"date": "2020-02-29", "type": "ESTIMATED"},
        "completionDateStruct": {"date": "2021-01-15"},
    },
    {"startDateStruct": {"date": "2019-07"}, "completionDateStruct": {"date": "2021-03-04", "type": "ACTUAL"}},
    {"startDateStruct": {"date": "2021-02-03"}},
    {"startDateStruct": {"date": "0209-05"}, "completionDateStruct": {"date": "2022"}},
    {"overallStatus": "COMPLETED"},
)


@pytest.fixture(scope="module")
def dated_site(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Five trials of one drug, with more and less dates, built once."""
    project = new_project(tmp_path_factory.mktemp("dates"))
    for number, status in enumerate(COURSES, start=201):
        record = {
            "protocolSection": {
                "identificationModule": {"nctId": f"NCT00000{number}", "briefTitle": f"Trial {number}"},
                "statusModule": {"overallStatus": "RECRUITING", **status},
                "designModule": {"studyType": "INTERVENTIONAL"},
                "armsInterventionsModule": {"interventions": [{"type": "DRUG", "name": "Testamab"}]},
            }
        }
        (project.seeds / f"{number}.json").write_text(json.dumps(record), encoding="utf-8")
    project.run("build")
    return project


@pytest.fixture(scope="module")
def address(dated_site: Project) -> Iterator[str]:
    with serve(dated_site.site, "/repository/") as address:
        yield address


@pytest.fixture
def opened(browser: Browser) -> Iterator[Page]:
    with opened_page(browser, locale="en-US") as page:
        yield page


def test_stated_estimated_untold_and_derived_dates_differ_by_more_than_colour(opened: Page, address: str) -> None:
    opened.goto(address + TRIAL)
    items = opened.locator(".key-dates > li:not(.scale)")
    expect(items.first.locator("svg")).to_be_visible()
    drawn = items.evaluate_all(
        """items => items.map(item => [item.querySelector("strong").textContent, item.className,
             ["circle", "rect", "line"].filter(shape => item.querySelector(`svg ${shape}`)).join(" ")])"""
    )
    assert drawn == [
        ["First submitted", "", "circle"],
        ["Start", "", "circle"],
        ["Primary completion", "estimated", "circle line"],
        ["Completion", "untold", "circle line"],
        ["Results expected by", "derived", "rect"],
    ]
    assert opened.locator(".key-dates svg:not([aria-hidden=true])").count() == opened.locator(".scale svg").count()
    places = opened.locator(".key-dates > li circle").evaluate_all(
        "all => all.map(one => parseFloat(one.getAttribute('cx')))"
    )
    assert places == sorted(places)
    assert all(0 <= place <= 100 for place in places)


def test_the_trials_of_a_name_are_drawn_from_their_rows(opened: Page, address: str) -> None:
    opened.goto(address + PILL)
    figure = opened.locator("h2#when + figure")
    expect(figure.get_by_role("listitem")).to_have_count(4)
    told = figure.locator("li").evaluate_all(
        "items => items.map(item => [item.firstChild.textContent, item.lastChild.textContent])"
    )
    assert told == [
        ["NCT00000201", "from July 2018 to 15 January 2021"],
        ["NCT00000202", "from July 2019 to 4 March 2021"],
        ["NCT00000203", "from 3 February 2021"],
        ["NCT00000204", "from May 209 to 2022"],
    ]
    expect(figure.locator("figcaption")).to_contain_text("1 trial states no dates.")
    years = figure.locator(".spans__years span").all_inner_texts()
    assert (years[0], years[-1]) == ("2018", "2023")  # a slip in a year leaves room for the others


def test_without_a_script_dates_stand_in_rows_and_no_empty_list_is_offered(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + PILL)
    expect(page.locator("main li", has_text="NCT00000201").locator("small")).to_contain_text("from 2018-07")
    page.set_viewport_size({"width": 400, "height": 800})
    expect(page.locator(".md-header .contents, .md-toc")).to_have_count(0)
    context.close()
