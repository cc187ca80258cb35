"""Scripts write numbers of things and dates in the site's language; what a document says stays as it is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.conftest import serve
from tests.conftest import new_project

pytestmark = pytest.mark.browser

SITES, PEOPLE = 1_200, 12_345
TITLE = "A Trial at 1,500 sites (1,500)"
CRITERIA = "Inclusion Criteria:\n\n* Lives at over 1,000 meters\n* Platelets over 100,000 per µl"
LANGUAGES = {"de": ".", "en": ",", "fr": "\u202f"}
"""Languages of the site's scripts, and what stands between their thousands."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A trial with many people at many sites, and another of its sponsor."""
    project = new_project(tmp_path_factory.mktemp("numbers"))
    for file in (*project.seeds.glob("*.txt"), *project.seeds.glob("names/*.yml")):
        file.unlink()
    towns = ("Lyon", "Paris")
    record = {
        "protocolSection": {
            "identificationModule": {"nctId": "NCT00001234", "briefTitle": TITLE},
            "statusModule": {"overallStatus": "RECRUITING", "startDateStruct": {"date": "2024-05-06"}},
            "designModule": {"enrollmentInfo": {"count": PEOPLE, "type": "ESTIMATED"}},
            "conditionsModule": {"conditions": ["1,200 sites disease"]},
            "sponsorCollaboratorsModule": {"leadSponsor": {"name": "Acme"}},
            "eligibilityModule": {"eligibilityCriteria": CRITERIA, "minimumAge": "18 Years"},
            "contactsLocationsModule": {
                "locations": [
                    {"facility": f"Clinic {number}", "city": towns[number % 2], "country": "France"}
                    for number in range(SITES)
                ]
            },
        }
    }
    (project.seeds / "many.json").write_text(json.dumps(record), encoding="utf-8")
    record["protocolSection"]["identificationModule"] = {"nctId": "NCT00001235", "briefTitle": "Another"}
    record["protocolSection"].pop("contactsLocationsModule")
    (project.seeds / "other.json").write_text(json.dumps(record), encoding="utf-8")
    project.run("build")
    with serve(project.site) as address:
        yield address


def in_language(browser: Browser, language: str) -> BrowserContext:
    """Open a window, of a reader of another language, to whom the site's scripts speak this one."""

    def answer(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=response.text().replace('code = "en"', f'code = "{language}"', 1))

    context = browser.new_context(locale="pt-BR")
    context.route(re.compile(r"\d/language\.js$"), answer)
    return context


@pytest.fixture(params=LANGUAGES)
def reader(request: pytest.FixtureRequest, browser: Browser) -> Iterator[tuple[Page, str]]:
    """A reader's window, and what stands between thousands in its language."""
    context = in_language(browser, request.param)
    yield context.new_page(), LANGUAGES[request.param]
    context.unroute_all(behavior="ignoreErrors")
    context.close()


def test_numbers_of_the_search_and_the_comparison(reader: tuple[Page, str], site: str) -> None:
    page, separator = reader
    page.goto(f"{site}search/?q=another")
    expect(page.locator(".hit__facts").first).to_contain_text(f"12{separator}345 participants")
    page.goto(f"{site}compare/?trials=NCT00001234,NCT00001235")
    cells = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=re.compile("^Participants")))
    expect(cells.get_by_role("cell").first).to_contain_text(f"12{separator}345 (estimated)", ignore_case=True)
    sites = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=re.compile("^Number of sites")))
    expect(sites.get_by_role("cell").first).to_contain_text(f"1{separator}200")


def test_dates_of_the_comparison(browser: Browser, site: str) -> None:
    context = in_language(browser, "de")
    page = context.new_page()
    page.goto(f"{site}compare/?trials=NCT00001234")
    start = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Start", exact=True))
    expect(start.get_by_role("cell")).to_contain_text("6. Mai 2024")
    context.unroute_all(behavior="ignoreErrors")
    context.close()


def test_numbers_of_documents_stay_as_written(reader: tuple[Page, str], site: str) -> None:
    page, _ = reader
    page.goto(f"{site}compare/?trials=NCT00001234")
    table = page.get_by_role("table", name=re.compile("^Comparison"))
    expect(table).to_contain_text("over 1,000 meters")
    expect(table).to_contain_text("1,200 sites disease")
    expect(table).to_contain_text(TITLE)
