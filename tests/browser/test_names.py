"""Lists of names in Chromium: a field, choices and an order, which say how many names they leave."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import opened_page, serve
from tests.conftest import Project, SiteMaker, new_project

pytestmark = pytest.mark.browser

NUMBER = 40
BEGINNINGS = ("Bar", "Kel", "Mor", "Tav", "Vin")
ENDS = ("adir", "belo", "cuno", "dorn", "eska", "fimm", "gord", "hult")
SPONSORS = [f"{begin}{end} Foundation" for begin in BEGINNINGS for end in ENDS]


def many_names(folder: Path) -> Project:
    """Lay out trials of many sponsors: of the first one there are two trials, every fourth trial recruits."""
    project = new_project(folder)
    for number in range(NUMBER):
        sponsor = SPONSORS[number % (NUMBER - 1)]
        record = {
            "protocolSection": {
                "identificationModule": {"nctId": f"NCT000001{number:02}", "briefTitle": f"Trial {number}"},
                "statusModule": {"overallStatus": "RECRUITING" if number % 4 == 0 else "COMPLETED"},
                "sponsorCollaboratorsModule": {
                    "leadSponsor": {"name": sponsor},
                    "collaborators": [{"name": "Helping Hands"}] if number == 1 else [],
                },
            }
        }
        (project.seeds / f"NCT000001{number:02}.json").write_text(json.dumps(record), encoding="utf-8")
    return project


@pytest.fixture
def sponsors(browser: Browser, build_once: SiteMaker) -> Iterator[Page]:
    site = build_once("many-names", many_names).site
    with serve(site) as address, opened_page(browser) as page:
        page.goto(f"{address}sponsors/")
        yield page


def shown(page: Page) -> list[str]:
    return page.locator(".index > ul > li:visible > a").all_text_contents()


def test_names_are_chosen_by_what_is_typed_by_role_and_by_what_recruits(sponsors: Page) -> None:
    everything = shown(sponsors)
    field = sponsors.get_by_role("searchbox", name="Show only names with …")
    field.fill("hand")
    assert shown(sponsors) == ["Helping Hands"]
    expect(sponsors.locator(".names-filter output")).to_have_text(f"1 of {len(everything)}")
    field.fill("")
    sponsors.get_by_label("Role").select_option("Collaborator")
    assert shown(sponsors) == ["Helping Hands"]
    sponsors.get_by_label("Role").select_option("Any role")
    sponsors.get_by_label("with trials said to be recruiting").check()
    few = shown(sponsors)
    assert "Baradir Foundation" in few
    assert "Helping Hands" not in few
    assert len(few) < len(everything)


def test_names_of_most_trials_come_first_when_asked_for(sponsors: Page) -> None:
    as_listed = shown(sponsors)
    sponsors.get_by_label("Order").select_option("Most trials first")
    assert shown(sponsors)[0] == "Baradir Foundation"
    sponsors.get_by_label("Order").select_option("As listed")
    assert shown(sponsors) == as_listed
