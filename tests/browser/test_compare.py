"""The comparison of trials, and the words and criteria that it shares with the pages.

Each test runs at the root of a host and below a path, and fails on any error in the console, any failed request and any
request to another host: the ``page`` fixture sees to that.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from generator.language.formats import format_date
from generator.model.registry_words import STATUSES
from generator.pages.text.prose import Block, Listing, Paragraph
from generator.pages.text.wording import status, words
from generator.pages.trial.criteria import part_criteria
from tests.browser.conftest import serve, settle
from tests.conftest import ROOT, Project, new_project

pytestmark = pytest.mark.browser

LUPUS, BIPOLAR, SEPSIS, GAMMA = "NCT02955615", "NCT04133233", "NCT02883803", "NCT06774235"
REAL_RECORDS = ROOT.parent / "shared" / "data" / "layouts" / "record"


def compare(page: Page, served_site: str, *trials: str, more: str = "") -> Locator:
    """Open the comparison of these trials, and return its table."""
    page.goto(f"{served_site}compare/?trials={','.join(trials)}{more}")
    expect(page.locator("[data-compare]")).to_have_attribute("data-ready", re.compile(".*"))
    return page.get_by_role("table", name="Comparison of")


def row(table: Locator, label: str) -> Locator:
    """The row of the table with this label."""
    return table.get_by_role("row").filter(has=table.page.get_by_role("rowheader", name=re.compile(f"^{label}")))


def test_rows_say_what_is_the_same_and_what_differs(page: Page, served_site: str) -> None:
    table = compare(page, served_site, LUPUS, SEPSIS)
    expect(table.get_by_role("columnheader").nth(1)).to_contain_text("ILT-101 in Patients With Active Moderate")
    expect(table.get_by_role("columnheader").nth(2)).to_contain_text("CHOCMSC")
    phase = row(table, "Phase")
    expect(phase.get_by_role("rowheader")).to_have_text("Phase differs")
    assert [cell.inner_text().split("\n")[0].rstrip(" ↗") for cell in phase.get_by_role("cell").all()] == [
        "Phase 2",
        "Not applicable",
    ]
    expect(row(table, "Allocation").get_by_role("rowheader")).to_have_text("Allocation same")
    expect(row(table, "Primary completion").get_by_role("rowheader")).to_contain_text("not stated by all")
    expect(row(table, "Primary completion").get_by_role("cell").first).to_contain_text("not in this copy of the record")
    expect(page.locator(".compare__status")).to_contain_text(re.compile(r"2 trials: \d+ rows differ, \d+ are the same"))


def test_a_value_leads_to_its_section_on_the_trials_page(page: Page, served_site: str) -> None:
    table = compare(page, served_site, LUPUS, GAMMA)
    wrong = []
    hrefs = {link.get_attribute("href") or "" for link in table.locator(".compare__source").all()}
    for href in sorted(hrefs):
        address, _, anchor = href.partition("#")
        text = page.request.get(address).text()
        if f'id="{anchor}"' not in text:
            wrong.append(href)
    assert hrefs
    assert not wrong


def test_what_is_the_same_can_be_hidden_and_the_address_says_so(page: Page, served_site: str) -> None:
    table = compare(page, served_site, LUPUS, SEPSIS)
    page.get_by_role("checkbox", name="Hide what is the same").check()
    expect(page).to_have_url(f"{served_site}compare/?trials={LUPUS},{SEPSIS}&hide=same")
    expect(row(table, "Allocation")).to_be_hidden()
    expect(row(table, "Phase")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Hide what is the same")).to_be_focused()
    page.go_back()
    expect(row(table, "Allocation")).to_be_visible()


def test_similar_criteria_stand_side_by_side_with_their_own_words_marked(page: Page, served_site: str) -> None:
    table = compare(page, served_site, SEPSIS, GAMMA)
    pair = table.get_by_role("row").filter(has_text="under legal protection").first
    expect(pair).to_be_visible()
    together = table.locator("tr.compare__criteria").filter(has_text="social security").first
    cells = together.get_by_role("cell").all()
    assert "Affiliation to social security" in cells[0].inner_text()
    assert "affiliated to the social security" in cells[1].inner_text()
    own = [mark.inner_text() for mark in together.locator("mark.own").all()]
    assert "Affiliation" in own
    assert not any("social security" in text for text in own)
    expect(row(table, "Other inclusion criteria").get_by_role("rowheader")).to_contain_text("no similar one")


def test_every_criterion_of_both_trials_is_shown(page: Page, served_site: str, built_site: Project) -> None:
    table = compare(page, served_site, SEPSIS, GAMMA)
    shown = re.sub(r"\s+", " ", " ".join(table.all_inner_texts()))
    for trial in (SEPSIS, GAMMA):
        record = json.loads((built_site.site / "api/v2/studies" / f"{trial}.json").read_text(encoding="utf-8"))
        criteria = part_criteria(record["protocolSection"]["eligibilityModule"]["eligibilityCriteria"])
        for line in _lines([*criteria.inclusion, *criteria.exclusion]):
            assert line in shown


def test_names_that_are_one_entity_do_not_differ(page: Page, served_site: str) -> None:
    table = compare(page, served_site, LUPUS, BIPOLAR, GAMMA)
    interventions = row(table, "Interventions")
    marked = [mark.inner_text() for mark in interventions.locator("mark.own").all()]
    assert not any(text.startswith(("ILT-101", "ILT101")) for text in marked)


def test_trials_are_added_by_words_and_by_number_and_taken_away(page: Page, served_site: str) -> None:
    compare(page, served_site, LUPUS)
    expect(page.locator(".compare__status")).to_have_text("One trial. Add another to see how they differ.")
    field = page.get_by_role("combobox", name="Add a trial")
    field.press_sequentially("septic")
    option = page.get_by_role("option", name=re.compile("Treatment of Severe Infections"))
    expect(option).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{served_site}compare/?trials={LUPUS},{SEPSIS}")
    expect(page.get_by_role("combobox", name="Add a trial")).to_be_focused()
    page.get_by_role("combobox", name="Add a trial").fill("nct 0677 4235")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{served_site}compare/?trials={LUPUS},{SEPSIS},{GAMMA}")
    expect(page.get_by_role("columnheader")).to_have_count(4)
    page.get_by_role("button", name="Remove NCT02955615").click()
    expect(page).to_have_url(f"{served_site}compare/?trials={SEPSIS},{GAMMA}")
    page.get_by_role("combobox", name="Add a trial").fill("PREV-HAP")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{served_site}compare/?trials={SEPSIS},{GAMMA},prev-hap")


def test_a_trial_added_before_the_last_one_is_shown_takes_nothing_away(page: Page, served_site: str) -> None:
    """Of a slow connection, the first record is still on its way when the next trial is named."""
    compare(page, served_site, LUPUS)
    field = page.get_by_role("combobox", name="Add a trial")
    held: list[Route] = []
    page.route(f"**/studies/{SEPSIS}.json", lambda route: held.append(route))
    for trial in (SEPSIS, GAMMA):
        field.fill(trial)
        page.keyboard.press("Enter")
        expect(field).to_have_value("")
    expect(page).to_have_url(f"{served_site}compare/?trials={LUPUS},{SEPSIS},{GAMMA}")
    expect(page.get_by_role("columnheader")).to_have_count(2)
    field.press_sequentially("bip")
    for route in held:
        route.continue_()
    expect(page.get_by_role("columnheader")).to_have_count(4)
    expect(field).to_have_value("bip")
    expect(field).to_be_focused()


def test_a_number_of_any_registry_in_the_address_is_understood(page: Page, served_site: str) -> None:
    table = compare(page, served_site, "nct02955615", "2024-516780-93-00", "PREV-HAP")
    expect(table.get_by_role("columnheader")).to_have_count(4)
    expect(page.locator("[data-compare]")).to_have_attribute("data-ready", f"{LUPUS},{GAMMA},prev-hap")
    # What was followed is said; another way of writing an id is none.
    notices = page.locator(".compare__notice")
    expect(notices).to_have_text([f"“2024-516780-93-00” is another number of {GAMMA}."])


def test_two_numbers_of_one_trial_are_one_column(page: Page, served_site: str) -> None:
    table = compare(page, served_site, SEPSIS, "CHOCMSC", GAMMA)
    expect(table.get_by_role("columnheader")).to_have_count(3)
    expect(page.locator(".compare__notice")).to_have_text([f"“CHOCMSC” is the acronym of {SEPSIS}."])


def test_what_is_not_shown_stays_in_the_address_and_is_named(page: Page, served_site: str) -> None:
    asked = (LUPUS, "NCT99999999", BIPOLAR, SEPSIS, GAMMA, "prev-hap")
    table = compare(page, served_site, *asked)
    expect(table.get_by_role("columnheader")).to_have_count(5)
    notices = page.locator(".compare__notice")
    left_out = "Only the first 4 trials of the address are compared; left out: prev-hap."
    expect(notices).to_have_text([left_out, "This catalog has no trial “NCT99999999”."])
    page.get_by_role("button", name=f"Remove {LUPUS}").click()
    expect(page).to_have_url(f"{served_site}compare/?trials={BIPOLAR},{SEPSIS},{GAMMA},prev-hap,NCT99999999")
    expect(table.get_by_role("columnheader")).to_have_count(5)
    expect(notices).to_have_text(["This catalog has no trial “NCT99999999”."])


@pytest.fixture(scope="module")
def namesakes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Two trials with one acronym."""
    project = new_project(tmp_path_factory.mktemp("namesakes"))
    for file in (*project.seeds.glob("*.txt"), *project.seeds.glob("names/*.yml")):
        file.unlink()
    for number in ("NCT00000021", "NCT00000022"):
        names = {"nctId": number, "briefTitle": f"Title of {number}", "acronym": "TWICE"}
        record = {"protocolSection": {"identificationModule": names}}
        (project.seeds / f"{number}.json").write_text(json.dumps(record), encoding="utf-8")
    project.run("build")
    with serve(project.site) as address:
        yield address


def test_a_name_of_several_trials_offers_them(page: Page, namesakes: str) -> None:
    page.goto(f"{namesakes}compare/?trials=NCT00000021,twice")
    offer = page.get_by_role("alert")
    expect(offer).to_contain_text("Several trials are called “twice”:")
    offer.get_by_role("link", name=re.compile("^NCT00000022")).click()
    expect(page.locator("[data-compare]")).to_have_attribute("data-ready", "NCT00000021,NCT00000022")
    page.goto(f"{namesakes}card/?trial=TWICE")
    page.get_by_role("link", name=re.compile("^NCT00000021: Title")).click()
    expect(page.locator("[data-card]")).to_have_attribute("data-ready", re.compile("^NCT00000021"))


def test_what_is_said_of_two_trials_together_is_not_said_of_one(page: Page, served_site: str) -> None:
    table = compare(page, served_site, "prev-hap", "treat-hap")
    participants = row(table, "Participants")
    expect(participants.get_by_role("cell").first).to_contain_text("not stated for this trial alone")
    assert "600" not in participants.inner_text()


def test_a_responsible_party_is_called_so(page: Page, served_site: str) -> None:
    table = compare(page, served_site, SEPSIS, LUPUS)
    party = row(table, "Responsible party").get_by_role("cell")
    expect(party.first).to_contain_text("Central Hospital, Nancy, France (in which capacity not stated)")
    expect(party.last).to_contain_text("Sponsor")


def test_signs_that_nobody_sees_turn_nothing_around(page: Page, served_site: str) -> None:
    def with_signs(route: Route) -> None:
        record = route.fetch().json()
        record["protocolSection"]["identificationModule"]["briefTitle"] = "Safe\u202e \u2066title\u0007"
        route.fulfill(json=record)

    page.route(f"**/studies/{LUPUS}.json", with_signs)
    table = compare(page, served_site, LUPUS)
    expect(table.get_by_role("columnheader").nth(1)).to_contain_text("Safe title\ufffd")
    page.goto(f"{served_site}card/?trial={LUPUS}")
    expect(page.locator("[data-card]")).to_contain_text("Safe title\ufffd")


def test_unknown_and_hostile_trials_are_named_and_left_out(page: Page, served_site: str, problems: list[str]) -> None:
    table = compare(page, served_site, LUPUS, "NCT99999999", "..%2F..%2Findex", "%3Cimg%20src=x%20onerror=alert(1)%3E")
    expect(table.get_by_role("columnheader")).to_have_count(2)
    expect(page.get_by_role("alert").first).to_have_text("This catalog has no trial “NCT99999999”.")
    expect(page.locator("[data-compare] img")).to_have_count(0)
    settle(page)
    assert all("404" in problem for problem in problems)
    problems.clear()


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_four_trials_fit_every_screen(page: Page, served_site: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    table = compare(page, served_site, LUPUS, BIPOLAR, SEPSIS, GAMMA)
    expect(row(table, "Phase").get_by_role("cell").nth(3)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_paper_only_the_comparison_stands(page: Page, served_site: str) -> None:
    table = compare(page, served_site, LUPUS, GAMMA)
    page.emulate_media(media="print")
    expect(page.get_by_role("combobox", name="Add a trial")).to_be_hidden()
    expect(page.get_by_role("banner")).to_be_hidden()
    expect(row(table, "Phase")).to_be_visible()


def test_without_scripts_the_lists_lead_on(browser: Browser, served_site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served_site}compare/?trials={LUPUS},{GAMMA}")
    expect(page.get_by_text("needs JavaScript")).to_be_visible()
    page.get_by_role("article").get_by_role("link", name="Trials").click()
    expect(page).to_have_url(f"{served_site}trials/")
    context.close()


# What is written once for the pages and once for the browser says the same.


def test_codes_are_said_as_on_the_pages(page: Page, served_site: str) -> None:
    page.goto(served_site)
    codes = ["NA", "PHASE1", "EARLY_PHASE1", "RANDOMIZED", "NON_RANDOMIZED", "PARALLEL", "CROSSOVER", "ECT", "INDUSTRY"]
    codes += ["OUTCOMES_ASSESSOR", "SUB_INVESTIGATOR", "OLDER_ADULT", "Phase II", "ACTIVE_COMPARATOR", "EUDRACT_NUMBER"]
    codes += ["NIH", "QUADRUPLE", "NONE"]
    states: list[str | None] = [*STATUSES, "NEW_ONE", None]
    dates = ["2019-07", "2019-07-04", "2019", "2019-13", "July 2019", "2020-02-01T10:00"]
    said = page.evaluate(
        """async ([codes, states, dates]) => {
          const said = await import(new URL("assets/javascripts/study/words.js", location.href));
          return [codes.map(said.words), states.map(said.status), dates.map(said.date)];
        }""",
        [codes, states, dates],
    )
    assert said[0] == [words(code) for code in codes]
    assert said[1] == [{"label": status(code).label, "look": status(code).group} for code in states]
    assert said[2] == [format_date(value) for value in dates]


MADE = (
    "Inclusion Criteria:\n\n* a\n* b\n  - c\n  - d\n\nExclusion Criteria:\n\n1. e\n2. f\n\n   g",
    "Inclusion Criteria:\n\n   -  a\n\n          -  b\n             on\n\n        Exclusion Criteria:\n\n     -  c",
    "Key inclusion criteria\n1) a\n2) b\n\nExclusion Criteria:\n\nNone",
    "* one\n\n  * two\n\n    * three\n\nlast",
    "Age \\< 18, weight \\> 40 kg\n3. not a list\n1. a list",
    "Men:\n\nInclusion Criteria:\n\n* a\n\nWomen:\n\nInclusion Criteria:\n\n* b",
    "-\n\n- a\n-   \tb\n\n      c",
    "",
)


def _real_criteria() -> Iterator[str]:
    for file in sorted(REAL_RECORDS.glob("*.json")):
        text = json.loads(file.read_text(encoding="utf-8"))["protocolSection"]["eligibilityModule"]
        yield text.get("eligibilityCriteria", "")


@pytest.mark.parametrize("which", ["made", "real"])
def test_criteria_are_parted_as_on_the_pages(page: Page, served_site: str, which: str) -> None:
    texts = list(MADE) if which == "made" else list(_real_criteria())
    if not texts:
        pytest.skip(f"{REAL_RECORDS.relative_to(ROOT.parent)} is not here")
    page.goto(served_site)
    parted = page.evaluate(
        """async texts => {
          const {partCriteria} = await import(new URL("assets/javascripts/study/criteria.js", location.href));
          const plain = blocks => blocks.map(block => block.lines ?? block.items.map(plain));
          return texts.map(text => Object.values(partCriteria(text)).map(plain));
        }""",
        texts,
    )
    for text, found in zip(texts, parted, strict=True):
        criteria = part_criteria(text)
        expected = [_plain(part) for part in (criteria.inclusion, criteria.exclusion, criteria.whole)]
        assert found == expected, text


def _plain(blocks: tuple[Block, ...]) -> list[Any]:
    return [
        list(block.lines) if isinstance(block, Paragraph) else [_plain(item) for item in block.items]
        for block in blocks
    ]


def _lines(blocks: list[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Listing):
            for item in block.items:
                yield from _lines(list(item))
        else:
            yield from block.lines
