"""The search as a reader meets it: in the header of every page and on its own page.

Each test runs at the root of a host and below a path, and fails on any error in the console, any failed request and any
request to another host: the ``page`` fixture sees to that.
"""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import serve, settle
from tests.conftest import ROOT, STUDIES, Project, new_project

pytestmark = pytest.mark.browser

FOUND_FIRST = {
    "ILT-101": "drugs/ilt-101/",
    "ILT101": "drugs/ilt-101/",
    "imukin": "drugs/interferon-gamma-1b/",
    "NCT02883803": "trials/nct02883803/",
    "nct02883803": "trials/nct02883803/",
    "NCT 0677 4235": "trials/nct06774235/",
    "2024-516780-93-00": "trials/nct06774235/",
    "EU CT 2024 516780 93": "trials/nct06774235/",
    "EUCTR2016-000488-17-FR": "trials/nct02955615/",
    "CHOCMSC": "trials/nct02883803/",
    "PREV-HAP": "trials/prev-hap/",
    "Gibot": "people/sebastien-gibot/",
    "Gibto": "people/sebastien-gibot/",
    "Sebastien Gibot": "people/sebastien-gibot/",
    "Sébastien GIBOT": "people/sebastien-gibot/",
    "Iltoo Pharma": "organizations/iltoo-pharma/",
    "septic shock": "conditions/septic-shock/",
    "Limoges": "places/limoges/",
}
"""What a reader types in the header, and the page that comes first."""

FOUND = {
    "IL-2": "drugs/ilt-101/",
    "interleukin 2": "drugs/ilt-101/",
    "AP-HP": "organizations/assistance-publique-hopitaux-de-paris/",
    "mesenchymal": "drugs/mesenchymal-stem-cells/",
    "interferon gamma": "trials/nct06774235/",
}
"""Words that many pages hold, and a page that is among the first five."""

TRIALS = {
    "imukin": {"nct06774235", "prev-hap", "treat-hap"},
    "ILT101": {"nct02955615", "nct04133233"},
    '"septic shock"': {"nct02883803"},
    "Gibto": {"nct02883803", "nct06774235"},
    "AP-HM": {"nct06774235"},
    "nct 0677 4235": {"nct06774235"},
    "xyzzyqwv": set(),
    "sepsis xyzzyqwv": set(),
}
"""What a reader types on the search page, and the trials that are found."""


def box(page: Page, query: str) -> list[str]:
    """Search in the header, and return the addresses of what is found, the best first."""
    field = page.locator(".search-box input")
    field.click()
    field.fill(query)
    found = page.locator(".search-list")
    expect(found).to_have_attribute("data-ready", query)
    links = found.locator("[role=option]").all()
    return [urljoin(page.url, link.get_attribute("href")) for link in links][:-1]


def search(page: Page, served_site: str, address: str) -> set[str]:
    """Open the search page with this state, and return the trials that are found."""
    page.goto(f"{served_site}search/{address}")
    page.wait_for_selector("[data-ready]")
    return hits(page)


ASK = """address => {
  history.pushState(null, "", address);
  dispatchEvent(new PopStateEvent("popstate"));
}"""


def ask(page: Page, address: str) -> None:
    """Ask the search page that is open for another state, as the browser's buttons do, which loads nothing anew."""
    place = page.locator("[data-search-page]")
    before = place.get_attribute("data-ready") or ""
    page.evaluate(ASK, address)
    expect(place).not_to_have_attribute("data-ready", before)


def hits(page: Page) -> set[str]:
    links = page.locator(".hit__title a").all()
    return {urlsplit(link.get_attribute("href") or "").path.rstrip("/").rpartition("/")[2] for link in links}


def ready(page: Page, *wanted: str) -> None:
    """Wait until the page shows what the address asks for, which holds these words."""
    for part in wanted:
        expect(page.locator("[data-search-page]")).to_have_attribute("data-ready", re.compile(re.escape(part)))


def test_the_header_finds_what_is_meant_first(page: Page, served_site: str) -> None:
    page.goto(f"{served_site}about/")
    wrong = []
    for query, expected in FOUND_FIRST.items():
        first = (box(page, query) or ["nothing"])[0]
        if first != served_site + expected:
            wrong.append(f"{query} finds {first.removeprefix(served_site)}, not {expected}")
    assert not wrong, "\n".join(wrong)


def test_the_header_finds_what_many_pages_hold(page: Page, served_site: str) -> None:
    page.goto(served_site)
    for query, expected in FOUND.items():
        assert served_site + expected in box(page, query)[:5], query


def test_the_header_says_when_it_finds_nothing(page: Page, served_site: str) -> None:
    page.goto(served_site)
    assert box(page, "xyzzyqwv") == []
    expect(page.locator(".search-box [role=status]")).to_have_text("Nothing found")


def test_the_keyboard_is_enough_in_the_header(page: Page, served_site: str) -> None:
    page.goto(f"{served_site}trials/")
    settle(page)
    page.keyboard.press("/")
    field = page.get_by_role("combobox", name="Search")
    expect(field).to_be_focused()
    page.keyboard.type("Gibot")
    expect(page.get_by_role("listbox")).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    first = page.get_by_role("option").first
    expect(first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", first.get_attribute("id") or "")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{served_site}people/sebastien-gibot/")


def test_escape_closes_and_enter_leads_to_all_results(page: Page, served_site: str) -> None:
    page.goto(served_site)
    box(page, "imukin")
    page.keyboard.press("Escape")
    expect(page.locator(".search-list")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{served_site}search/?q=imukin")
    ready(page, "q=imukin")
    assert hits(page) == TRIALS["imukin"]


@pytest.mark.parametrize("query", TRIALS)
def test_the_search_page_finds_the_trials(page: Page, served_site: str, query: str) -> None:
    page.goto(f"{served_site}search/")
    page.wait_for_selector("[data-ready]")
    page.get_by_label("Search for").fill(query)
    expect(page.get_by_role("main").get_by_role("status").first).to_contain_text(re.compile("trials? found"))
    ready(page, "q=")
    assert hits(page) == TRIALS[query]
    number = len(TRIALS[query])
    expected = f"{number} trial{'s' if number > 1 else ''} found" if number else "No trial found"
    expect(page.locator(".search-status")).to_have_text(expected)


def test_hits_say_why_they_match(page: Page, served_site: str) -> None:
    search(page, served_site, "?q=imukin")
    first = page.locator(".hit").first
    expect(first.locator(".hit__why")).to_have_text(
        "“Imukin” is another spelling of Interferon gamma-1b (drug or intervention)"
    )
    expect(first.locator(".hit__excerpt mark").first).to_contain_text("Imukin")
    search(page, served_site, "?q=gibot")
    expect(page.locator(".hit__why").first).to_contain_text("Principal investigator: Sébastien GIBOT")
    search(page, served_site, "?q=EUCTR2016-000488-17-FR")
    expect(page.locator(".hit__why")).to_have_text("Its number: 2016-000488-17")


def test_hits_say_how_old_their_status_is(page: Page, served_site: str) -> None:
    search(page, served_site, "?q=NCT06774235")
    expect(page.locator(".hit__title b")).to_have_text("said recruiting in November 2025")


def test_a_typing_error_is_mended_and_said(page: Page, served_site: str) -> None:
    assert search(page, served_site, "?q=Gibto") == TRIALS["Gibto"]
    notice = page.locator(".search-corrected")
    expect(notice).to_contain_text("results for gibot")
    notice.get_by_role("link").click()
    ready(page, "exactly=1")
    expect(page.locator(".search-status")).to_have_text("No trial found")


def test_the_home_page_asks_for_a_town(page: Page, served_site: str) -> None:
    page.goto(served_site)
    form = page.get_by_role("form", name="Trials near a town")
    form.get_by_label("condition or drug").fill("interferon")
    form.get_by_label("Town", exact=True).fill("Angers")
    form.get_by_role("button", name="Find trials near this town").click()
    ready(page, "q=interferon", "near=Angers")
    assert hits(page) == {"nct06774235"}
    expect(page.locator(".hit__near")).to_contain_text("Angers, in town")


def test_a_search_that_finds_nothing_shows_ways_out(page: Page, served_site: str) -> None:
    assert search(page, served_site, "?q=imukin+xyzzyqwv") == set()
    ways = page.locator(".search-ways-out li")
    expect(ways).to_have_text(["Without “xyzzyqwv”: 3 trials"])
    search(page, served_site, "?q=imukin&sex=FEMALE")
    expect(ways).to_have_text(["Without place and filters: 3 trials"])
    ways.get_by_role("link").click()
    expect(page.locator(".search-status")).to_have_text("3 trials found")
    assert hits(page) == TRIALS["imukin"]


def test_a_word_like_one_of_many_trials_is_asked_about(page: Page, served_site: str) -> None:
    """A document writes "university hospial": the word is there, and another one is meant."""
    assert search(page, served_site, "?q=hospial") == {"nct06774235"}
    similar = page.locator(".search-similar")
    expect(similar).to_have_text("Did you mean hospital (6 trials)?")
    similar.get_by_role("link").click()
    expect(page.locator(".search-status")).to_have_text("6 trials found")


def test_facets_narrow_and_count(page: Page, served_site: str) -> None:
    search(page, served_site, "")
    expect(page.locator(".search-status")).to_have_text("6 trials in this catalog")
    phase = page.locator('[data-facet="phase"]')
    expect(phase.locator("label", has_text="Phase 2").locator(".facet__count")).to_have_text("2 trials")
    page.get_by_role("checkbox", name="Recruiting", exact=False).first.check()
    ready(page, "status=RECRUITING")
    assert page.url == f"{served_site}search/?status=RECRUITING"
    assert "nct06774235" in hits(page)
    expect(phase.locator("label", has_text="Phase 2")).to_have_count(0)
    # Within a facet the choices are alternatives: the others keep their numbers.
    completed = page.locator('[data-facet="status"] label', has_text="Completed")
    expect(completed.locator(".facet__count")).to_have_text("2 trials")
    completed.click()
    ready(page, "status=COMPLETED")
    assert {"nct06774235", "nct02955615", "nct04133233"} <= hits(page)
    page.get_by_role("button", name="Status: Completed").click()
    expect(page).to_have_url(f"{served_site}search/?status=RECRUITING")


def test_facets_of_names_open_when_asked_for(page: Page, served_site: str) -> None:
    search(page, served_site, "?q=ILT101")
    drug = page.locator('[data-facet="drug"]')
    drug.locator("summary").click()
    drug.get_by_role("checkbox", name="ILT-101").check()
    ready(page, "drug=ilt-101")
    assert hits(page) == TRIALS["ILT101"]


def test_the_address_holds_the_whole_search(page: Page, served_site: str) -> None:
    address = "?drug=ilt-101&country=france&from=2017&to=2020&sort=start-old"
    assert search(page, served_site, address) == TRIALS["ILT101"]
    titles = page.locator(".hit__title a").all_inner_texts()
    assert titles[0].startswith("ILT-101 in Patients")  # 2017, before 2020
    expect(page.get_by_role("button", name="Drug or intervention: ILT-101")).to_be_visible()
    expect(page.get_by_label("Order", exact=True)).to_have_value("start-old")
    page.get_by_label("Order", exact=True).select_option("newest")
    ready(page, "sort=newest")
    assert page.locator(".hit__title a").all_inner_texts() == titles[::-1]
    page.go_back()
    ready(page, "sort=start-old")
    assert page.locator(".hit__title a").all_inner_texts() == titles


def test_a_search_can_be_cited_and_tells_what_changed(page: Page, served_site: str) -> None:
    search(page, served_site, "?q=imukin&status=RECRUITING")
    page.get_by_text("Cite or save this search").click()
    text = page.locator(".search-cite__text").inner_text()
    cited = re.search(r"version ([0-9a-f]{10})\. Search for “imukin”; Status: Recruiting: (\d) hits? of 6 trials", text)
    assert cited
    address = text.rpartition(" ")[2]
    assert f"version={cited[1]}&hits={cited[2]}" in address
    page.goto(address)
    page.wait_for_selector("[data-ready]")
    expect(page.locator(".search-changed")).to_have_count(0)
    page.goto(address.replace(cited[1], "0123456789"))
    expect(page.locator(".search-changed")).to_contain_text("version 0123456789")


def test_hits_are_saved_for_reference_managers_and_spreadsheets(page: Page, served_site: str) -> None:
    search(page, served_site, "?sort=newest")
    page.get_by_text("Cite or save this search").click()
    saved: dict[str, Path] = {}
    for ending, button in (("csv", "a table (CSV)"), ("ris", "hits (RIS)"), ("bib", "hits (BibTeX)")):
        with page.expect_download() as download:
            page.get_by_role("button", name=button).click()
        saved[ending] = Path(download.value.path())
        assert download.value.suggested_filename.endswith(f".{ending}")
    rows = list(csv.DictReader(saved["csv"].read_text("utf-8-sig").splitlines()))
    records = rispy.loads(saved["ris"].read_text("utf-8"))
    assert {record["id"] for record in records} == set(STUDIES), "trials with and without a number, no publications"
    assert [record.get("accession_number", "") for record in records] == [row["Registry number"] for row in rows]
    bibtex = parse_string(saved["bib"].read_text("utf-8"))
    assert bibtex.failed_blocks == []
    assert [entry.key for entry in bibtex.entries] == [record["id"] for record in records]


def test_hostile_words_stay_words(page: Page, served_site: str) -> None:
    search(
        page,
        served_site,
        "?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&status=%3Cb%3E&near=%3Cscript%3E&km=-1&page=9999",
    )
    expect(page.locator("[data-search-page] img, [data-search-page] b, [data-search-page] script")).to_have_count(0)


@pytest.mark.parametrize("width", [320, 1440])
def test_the_search_page_fits(page: Page, served_site: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    search(page, served_site, "?q=interferon&drug=interferon-gamma-1b")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    filters = page.locator(".search-facets > summary")
    if width < 960:
        filters.click()
    expect(page.locator('[data-facet="status"]')).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_scripts_the_lists_lead_everywhere(browser: Browser, served_site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served_site}about/")
    page.locator(".search-box input").fill("imukin")
    page.locator(".search-box input").press("Enter")
    expect(page).to_have_url(f"{served_site}search/?q=imukin")
    expect(page.get_by_text("needs JavaScript")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="Drugs").click()
    expect(page).to_have_url(f"{served_site}drugs/")
    context.close()


SITES = """{
  "protocolSection": {
    "identificationModule": {"nctId": "%s", "briefTitle": "%s"},
    "statusModule": {"overallStatus": "%s", "lastUpdatePostDateStruct": {"date": "2025-03-01"}},
    "contactsLocationsModule": {"locations": [%s]}
  }
}"""
SITE = '{"facility": "Clinic of %s", "city": "%s", "country": "France"%s, "geoPoint": {"lat": %s, "lon": %s}}'


@pytest.fixture(scope="module")
def site_of_towns(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Four trials with sites whose place is known, and one without."""
    project: Project = new_project(tmp_path_factory.mktemp("towns"))
    for seed in project.seeds.glob("*.txt"):
        seed.unlink()
    lyon, saint_etienne, paris = ("Lyon", 45.75, 4.85), ("Saint-Étienne", 45.43, 4.39), ("Paris", 48.857, 2.352)

    def write(number: str, title: str, status: str, *sites: tuple[tuple[str, float, float], str]) -> None:
        listed = ", ".join(
            SITE % (town, town, f', "status": "{own}"' if own else "", lat, lon) for (town, lat, lon), own in sites
        )
        text = SITES % (number, title, status, listed)
        Path(project.seeds / f"{number}.json").write_text(text, encoding="utf-8")

    write("NCT00000011", "Far and recruiting", "RECRUITING", (paris, "RECRUITING"))
    write("NCT00000012", "Near and closed", "COMPLETED", (lyon, "COMPLETED"))
    write("NCT00000013", "Near, the site says nothing", "RECRUITING", (lyon, ""))
    write("NCT00000014", "Less near and recruiting", "RECRUITING", (saint_etienne, "RECRUITING"), (paris, "COMPLETED"))
    nowhere = SITES % ("NCT00000015", "Nobody knows where", "RECRUITING", '{"city": "Nulleville", "country": "France"}')
    Path(project.seeds / "NCT00000015.json").write_text(nowhere, encoding="utf-8")
    project.run("build")
    with serve(project.site, "/repository/") as address:
        yield address


def test_sites_near_a_town_come_first_where_they_recruit(fresh_page: Page, site_of_towns: str) -> None:
    page = fresh_page
    page.clock.set_fixed_time("2025-09-01T12:00:00Z")
    page.goto(f"{site_of_towns}search/")
    page.wait_for_selector("[data-ready]")
    page.get_by_label("Near a town").press_sequentially("lyo")
    expect(page.locator("#search-towns option")).to_have_attribute("value", re.compile("^Lyon, "))
    page.get_by_label("Near a town").fill("Lyon, France")
    page.get_by_label("Distance", exact=True).select_option("100")
    ready(page, "near=Lyon", "km=100")
    assert page.locator(".hit__title a").all_inner_texts() == [
        "Less near and recruiting",
        "Near, the site says nothing",
        "Near and closed",
    ]
    assert page.locator(".hit__near").all_inner_texts() == [
        "Saint-Étienne, 50 km: this site says that it recruits",
        "Lyon, in town: the trial recruits; whether this site does is not stated",
        "Lyon, in town: not recruiting here",
    ]
    page.get_by_label("only where it recruits").check()
    ready(page, "open=1")
    expect(page.locator(".search-status")).to_have_text("2 trials found")
    page.clock.set_fixed_time("2026-09-01T12:00:00Z")
    page.reload()
    expect(page.locator(".hit__near").first).to_have_text("Saint-Étienne, 50 km: this site said that it recruits")


@pytest.mark.parametrize(
    ("near", "found"),
    [
        ("Lyon", 2),
        ("lyon, france", 2),
        ("Villeurbanne", 2),
        ("Paris, France", 2),
        ("Parigi", 2),
        ("Franc", 0),
        ("Lyo", 0),
    ],
)
def test_only_the_exact_name_of_a_town_is_one(page: Page, site_of_towns: str, near: str, found: int) -> None:
    page.goto(f"{site_of_towns}search/?near={near}&km=25")
    page.wait_for_selector("[data-ready]")
    expect(page.locator(".hit")).to_have_count(found)
    if not found:
        expect(page.locator(".search-notice")).to_contain_text("No town is named exactly")


def test_of_several_towns_with_one_name_the_reader_is_asked(page: Page, site_of_towns: str) -> None:
    page.goto(f"{site_of_towns}search/?near=Paris&km=25")
    page.wait_for_selector("[data-ready]")
    expect(page.locator(".hit")).to_have_count(0)
    which = page.locator(".search-which")
    expect(which).to_contain_text("Which Paris?")
    expect(which).to_contain_text("Texas, United States")
    which.get_by_role("link", name="France").click()
    ready(page, "France")
    expect(page.locator(".hit")).to_have_count(2)


def test_sites_in_towns_whose_coordinates_nobody_knows_are_told(page: Page, site_of_towns: str) -> None:
    page.goto(f"{site_of_towns}search/?near=Lyon&km=25")
    page.wait_for_selector("[data-ready]")
    notice = page.locator(".search-unplaced")
    expect(notice).to_contain_text("1 trial with sites in towns whose coordinates are not known (Nulleville)")
    notice.get_by_role("link").click()
    ready(page, "city=nulleville")
    expect(page.locator(".hit")).to_have_count(1)


SHARDS = """
import sys
from pathlib import Path
from generator.pipeline import flow
from generator.search import index
from generator.settings import Settings

index.ONE_INDEX, index.IN_A_SHARD = 2, int(sys.argv[3])
content = Path(sys.argv[2]).parent / "content"
records = flow.search_records(flow.make_catalog(Path(sys.argv[1]), content), Settings())
print(index.write_search_index(records, Path(sys.argv[2]), content.parent / ".cache" / "shards").shards)
"""


def test_an_index_in_shards_finds_the_same(page: Page, built_site: Project, tmp_path: Path) -> None:
    queries = [
        "?q=sepsis",
        "?q=a",
        "?q=hopital",
        "?q=interferon+gamma",
        "?q=gibot",
        "?q=Gibto",
        "?q=thrombotic",
        "?q=xyzzyqwv",
    ]
    queries += [
        "?q=nct+0677+4235",
        "?q=EUCTR2016-000488-17-FR",
        "?q=%22septic+shock%22",
        "?q=sepsis+xyzzyqwv",
        "?sort=newest",
    ]
    queries += [
        "?sort=start-old",
        "?q=interleukin&sort=large",
        "?status=COMPLETED",
        "?drug=ilt-101",
        "?near=Limoges&km=250",
    ]
    shutil.copytree(built_site.site, tmp_path / "site")
    made = [sys.executable, "-c", SHARDS, str(built_site.seeds), str(tmp_path / "site"), "2"]
    result = subprocess.run(made, cwd=ROOT, capture_output=True, text=True, check=True)
    assert int(result.stdout) > 1

    def found(address: str) -> list[object]:
        answers: list[object] = []
        search(page, address, "?q=ask")
        for query in queries:
            ask(page, query)
            counts = page.locator('[data-facet="status"] label').all_inner_texts()
            order = (
                page.locator(".hit__title a").all_inner_texts()
                if "sort" in query or "near" in query
                else sorted(hits(page))
            )
            answers.append([query, page.locator(".search-status").inner_text(), counts, order])
        return answers

    with serve(built_site.site) as whole, serve(tmp_path / "site") as parted:
        assert found(parted) == found(whole)
