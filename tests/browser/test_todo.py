"""The to-do list of one sponsor: on one page, and in a catalog that has too many flags for one page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import serve
from tests.conftest import new_project

pytestmark = pytest.mark.browser

SPONSORS = ("Acme Pharma", "Beta Institute", "Gamma Clinic")
TRIALS, WORDS = 30, 19
"""Trials, a third of them of each sponsor, and numbers in each that have no registry's form: one flag each."""
OF_ONE = TRIALS // len(SPONSORS) * WORDS
OTHER_SPELLING = "Institute of Second Things"
CURATED = f"- name: Beta Institute\n  spellings: [{OTHER_SPELLING}]\n  source: Invented.\n"


@pytest.fixture(scope="module")
def parted_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Three sponsors' trials with 570 flags of one kind, and one of another."""
    project = new_project(tmp_path_factory.mktemp("parted"))
    for file in (*project.seeds.glob("*.txt"), *project.seeds.glob("names/*.yml")):
        file.unlink()
    (project.seeds / "names" / "organizations.yml").write_text(CURATED, encoding="utf-8")
    for number in range(TRIALS):
        numbers = [{"id": f"wrong {number} {word}", "type": "EUDRACT_NUMBER"} for word in range(WORDS)]
        design: dict[str, Any] = {"enrollmentInfo": {"count": 0}} if number == 1 else {}
        sponsor = OTHER_SPELLING if number == SPONSORS.index("Beta Institute") else SPONSORS[number % len(SPONSORS)]
        record = {
            "protocolSection": {
                "identificationModule": {
                    "nctId": f"NCT{number:08}",
                    "briefTitle": f"Trial {number}",
                    "secondaryIdInfos": numbers,
                },
                "statusModule": {"overallStatus": "COMPLETED"},
                "sponsorCollaboratorsModule": {"leadSponsor": {"name": sponsor}},
                "designModule": design,
            }
        }
        (project.seeds / f"NCT{number:08}.json").write_text(json.dumps(record), encoding="utf-8")
    project.run("build")
    with serve(project.site, "/repository/") as address:
        yield address


def flags(page: Page) -> Locator:
    """The flags that are shown."""
    return page.get_by_role("main").locator(".entries > ul > li:visible")


def only(page: Page, sponsor: str, said: str | re.Pattern[str]) -> None:
    """Ask for the flags of this sponsor, and expect this to be said of them."""
    page.get_by_label("Only trials of this sponsor").fill(sponsor)
    expect(page.locator(".todo-filter [role=status]")).to_have_text(said)


def test_the_flags_of_one_sponsor_stand_together_wherever_they_are(page: Page, parted_site: str) -> None:
    page.goto(f"{parted_site}flags/")
    expect(page.get_by_role("link", name=re.compile("page 2"))).to_be_visible()
    only(page, "Beta Institute", f"{OF_ONE + 1} of {TRIALS * WORDS + 1} flags")
    expect(flags(page)).to_have_count(OF_ONE + 1)
    for flag in flags(page).filter(has_not_text="Beta Institute").all():
        pytest.fail(flag.inner_text())
    # The way back to all.
    page.get_by_label("Only trials of this sponsor").fill("")
    expect(page.get_by_role("link", name=re.compile("page 2"))).to_be_visible()
    expect(flags(page)).to_have_count(1)


def test_links_of_fetched_flags_lead_where_they_led(page: Page, parted_site: str) -> None:
    page.goto(f"{parted_site}flags/?sponsor=Gamma+Clinic")
    expect(flags(page)).to_have_count(OF_ONE)
    expect(page.get_by_role("heading", name=re.compile("^Nobody enrolled"))).to_be_hidden()
    flags(page).first.get_by_role("link").first.click()
    expect(page).to_have_url(re.compile(rf"^{re.escape(parted_site)}trials/nct\d+/#flag-\d+$"))
    page.go_back()
    expect(flags(page)).to_have_count(OF_ONE)


def test_another_spelling_finds_the_sponsor_and_says_so(page: Page, parted_site: str) -> None:
    page.goto(f"{parted_site}flags/")
    found = f"{OF_ONE + 1} of {TRIALS * WORDS + 1} flags"
    only(page, "second things", f"{found}: “{OTHER_SPELLING}” is another spelling of Beta Institute")
    only(page, "no such sponsor", f"0 of {TRIALS * WORDS + 1} flags: choose a name from the list")
    expect(flags(page)).to_have_count(0)


def test_a_page_of_one_kind_leads_to_all_kinds_of_the_sponsor(page: Page, parted_site: str) -> None:
    page.goto(f"{parted_site}flags/")
    part = page.get_by_role("main").get_by_role("listitem").filter(has_text="page 1 (200)")
    expect(part).to_contain_text("Acme Pharma to Beta Institute")
    part.get_by_role("link").click()
    only(page, "Beta Institute", f"{OF_ONE} of {TRIALS * WORDS} flags. All kinds")
    page.get_by_role("link", name="All kinds").first.click()
    expect(page).to_have_url(f"{parted_site}flags/?sponsor=Beta+Institute")
    expect(flags(page)).to_have_count(OF_ONE + 1)


def test_other_spellings_are_known_on_one_page_too(page: Page, served_site: str) -> None:
    page.goto(f"{served_site}flags/")
    only(page, "nancy university hospital", re.compile("is another spelling of CHRU de Nancy$"))
    for flag in flags(page).all():
        expect(flag).to_contain_text("CHRU de Nancy")
