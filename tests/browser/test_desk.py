"""The manager's desk: one table by the reader's clock, for the whole catalog, a sponsor or a hospital."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

pytestmark = pytest.mark.browser

DESK: dict[str, Any] = {
    "items": ["Primary registry and number", "Date of registration"],
    "sponsors": [["Acme Pharma", "organizations/acme/", [0, 1, 3]], ["Beta Institute", "", [2]]],
    "hospitals": [["Clinic of Lyon", "", [0, 2]]],
    "trials": [
        ["NCT1", "Old and open", "trials/nct1/", "Recruiting", "open", "2019-03-05", "", "", 0, []],
        ["NCT2", "Overdue", "trials/nct2/", "Completed", "done", "2020-01-01", "2019-05-01", "2020-05-01", 0, [2]],
        ["NCT3", "Old and finished", "trials/nct3/", "Completed", "done", "2001-01-01", "", "", 0, []],
        ["NCT4", "Documents differ", "trials/nct4/", "Completed", "done", "2020-01-01", "", "", 3, []],
    ],
}


def open_desk(page: Page, served_site: str, asked: str = "") -> Locator:
    """Open the desk of these four trials, and return the rows of its table."""

    def answer(route: Route) -> None:
        route.fulfill(json=DESK)

    page.route("**/desk/trials.json", answer)
    page.goto(f"{served_site}desk/{asked}")
    return page.locator(".desk__table tbody tr")


def test_what_is_old_due_or_contradicted_is_listed_and_nothing_else(page: Page, served_site: str) -> None:
    rows = open_desk(page, served_site)
    expect(rows).to_have_count(3)
    expect(rows.first).to_contain_text("Old and open")
    expect(rows.first).to_contain_text("said recruiting in March 2019")
    expect(page.locator(".desk")).not_to_contain_text("Old and finished")
    page.get_by_role("button", name="Results would be due").click()
    expect(rows.first).to_contain_text("Overdue")
    expect(rows.first).to_contain_text("days ago")
    expect(rows.first).to_contain_text("1 May 2020, if the rule applies")
    expect(page.get_by_role("columnheader", name="Results would be due")).to_have_attribute("aria-sort", "descending")


def test_one_sponsor_or_hospital_has_a_desk_with_an_address(page: Page, served_site: str) -> None:
    rows = open_desk(page, served_site)
    page.get_by_label("Sponsor or hospital").fill("clinic of lyon")
    expect(rows).to_have_count(1)
    expect(page).to_have_url(f"{served_site}desk/?of=clinic+of+lyon")
    rows = open_desk(page, served_site, "?of=Acme+Pharma&only=late")
    expect(rows).to_have_count(1)
    with page.expect_download() as told:
        page.get_by_role("button", name="These rows as CSV").click()
    table = told.value.path().read_text(encoding="utf-8-sig")
    assert '"NCT2","Overdue","Acme Pharma"' in table
    assert "NCT4" not in table
