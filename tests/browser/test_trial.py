"""A trial's page as a reader uses it: sources in place, criteria to tick, today on the scale of dates."""

from __future__ import annotations

import io
import re

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect
from pypdf import PdfReader

from tests.browser.conftest import settle

pytestmark = pytest.mark.browser

TRIAL = "trials/nct06774235/"
DOCUMENT = "documents/000-46c0a2ab4cdea2e9/"


KEPT = "Object.keys({...sessionStorage, ...localStorage}).filter(key => !key.includes('.__'))"
"""What is kept in the browser, but for what Material keeps of itself."""


def mark_of(page: Page, words: str) -> Locator:
    """The first source mark of the value that holds these words."""
    value = page.get_by_role("main").get_by_role("listitem").filter(has_text=words).first
    return value.locator("sup a").first


def test_the_head_and_related_trials_lead_on(page: Page, served_site: str) -> None:
    """A script makes these links: the pages that they lead to need one."""
    page.goto(served_site + TRIAL)
    head = page.locator(".head-actions").get_by_role("link")
    registries = ["Record in ClinicalTrials.gov ↗", "Record in EU Clinical Trials Information System ↗"]
    expect(head).to_have_text([*registries, "Pocket card", "Compare with other trials", "Connections"])
    asked = ["card/?trial=NCT06774235", "compare/?trials=NCT06774235", "graph/?at=trials/nct06774235"]
    addresses = [link.evaluate("link => link.href") for link in head.all()]
    assert addresses[0] == "https://clinicaltrials.gov/study/NCT06774235"
    assert addresses[2:] == [served_site + address for address in asked]
    related = page.locator(".related").get_by_role("listitem").filter(has_text="CHOCMSC")
    related.get_by_role("link", name="Compare").click()
    expect(page).to_have_url(f"{served_site}compare/?trials=NCT06774235,NCT02883803")


def test_a_source_opens_in_place_by_the_keyboard(page: Page, served_site: str) -> None:
    page.goto(served_site + TRIAL)
    mark = mark_of(page, "326")
    mark.focus()
    page.keyboard.press("Enter")
    expect(mark).to_have_accessible_name("Source: line 27 of the MedDataX page")
    dialog = page.get_by_role("dialog", name=re.compile("Line 27 of MedDataX page of NCT06774235"))
    expect(dialog).to_be_visible()
    expect(dialog.locator("mark")).to_have_text("326 participants")
    expect(dialog.get_by_role("listitem")).to_have_count(7)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(mark).to_be_focused()
    expect(page).to_have_url(served_site + TRIAL)
    page.keyboard.press("Enter")
    dialog.get_by_role("link", name="Open the whole document").click()
    expect(page).to_have_url(f"{served_site}{DOCUMENT}#l27")
    expect(page.locator("#l27")).to_be_in_viewport()


def test_a_mark_shows_that_its_document_is_on_the_way(page: Page, served_site: str) -> None:
    waiting: list[Route] = []
    page.route(f"**/{DOCUMENT}", lambda route: waiting.append(route))
    page.goto(served_site + TRIAL)
    mark = mark_of(page, "326")
    mark.click()
    expect(mark).to_have_attribute("aria-busy", "true")
    while not waiting:
        page.wait_for_timeout(10)
    waiting[0].continue_()
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(mark).not_to_have_attribute("aria-busy", "true")


def test_line_numbers_show_when_asked_for_and_stay(page: Page, served_site: str) -> None:
    page.goto(served_site + TRIAL)
    mark = mark_of(page, "326")
    assert mark.evaluate("mark => getComputedStyle(mark).fontSize") == "0px"
    switch = page.get_by_role("button", name="Show line numbers")
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "true")
    assert mark.evaluate("mark => parseFloat(getComputedStyle(mark).fontSize)") > 8
    page.reload()
    expect(page.get_by_role("button", name="Show line numbers")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Show line numbers").click()
    assert page.evaluate(KEPT) == []


def test_the_document_stands_beside_the_page_when_asked_for(page: Page, served_site: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{served_site}trials/nct02955615/")
    switch = page.get_by_role("button", name="Show the document beside")
    switch.click()
    document = page.get_by_role("complementary", name="The document").frame_locator("iframe")
    expect(document.get_by_role("heading", level=1)).to_be_visible()
    expect(document.get_by_role("banner")).to_be_hidden()  # no site inside the site
    mark = page.locator(".facts--key sup a").last
    line = mark.get_attribute("href").partition("#")[2]  # type: ignore[union-attr]
    mark.click()
    expect(document.locator(f"#{line}")).to_be_in_viewport()
    expect(page.get_by_role("dialog")).to_have_count(0)
    switch.click()
    expect(page.locator(".beside")).to_have_count(0)
    page.set_viewport_size({"width": 900, "height": 900})
    expect(switch).to_be_hidden()


def test_an_excerpt_is_read_no_further_than_its_lines(page: Page, served_site: str) -> None:
    page.goto(f"{served_site}trials/nct02955615/")
    long = 400_000
    page.evaluate(
        """(rest) => {
          window.read = 0;
          window.fetch = async () => {
            const line = (n) => `<li id="l${n}"><code>line ${n}</code></li>`;
            const pieces = [`<h1>Doc</h1><ol>${Array.from({ length: 500 }, (_, n) => line(n + 1)).join("")}`];
            while (pieces.length < 9) pieces.push("x".repeat(rest / 8));
            const stream = new ReadableStream({ pull(out) {
              const piece = pieces.shift();
              window.read += piece ? piece.length : 0;
              piece ? out.enqueue(new TextEncoder().encode(piece)) : out.close();
            } });
            return new Response(stream);
          };
        }""",
        long,
    )
    page.locator(".facts--key sup a").first.click()
    expect(page.get_by_role("dialog").locator("mark").first).to_contain_text("line ")
    assert page.evaluate("window.read") < long


def test_of_a_long_document_the_slices_with_the_lines_are_read(page: Page, served_site: str) -> None:
    """Where the host gives parts of a file, some tens of kilobytes show a line in the middle of megabytes."""
    lines = "".join(f'<li id="l{n}"><code>line {n} {"é" * (n % 97)}</code></li>' for n in range(1, 40_001))
    document = f"<h1>Long document</h1><ol>{lines}</ol>".encode()
    read: list[int] = []

    def answer(route: Route) -> None:
        asked = re.fullmatch(r"bytes=(\d+)-(\d+)", route.request.headers.get("range", ""))
        if asked is None:
            # What the page has read of it when it stops is not told here: the script's own limit is some 120 KB.
            return route.fulfill(body=document, headers={"content-type": "text/html", "accept-ranges": "bytes"})
        first, last = int(asked[1]), min(int(asked[2]), len(document) - 1)
        read.append(last + 1 - first)
        part = {"content-type": "text/html", "content-range": f"bytes {first}-{last}/{len(document)}"}
        return route.fulfill(status=206, body=document[first : last + 1], headers=part)

    page.goto(f"{served_site}trials/nct02955615/")
    page.route("**/documents/**", answer)
    mark = page.locator(".facts--key sup a").first
    for text, shown in (("33333", ["line 33333"]), ("20, 25000–25001, 39999", ["line 20", "line 25000", "line 39999"])):
        address = f"{served_site}documents/long/#l{text.split(',')[0]}"
        mark.evaluate("(mark, [href, text]) => { mark.href = href; mark.textContent = text }", [address, text])
        mark.click()
        marked = page.get_by_role("dialog").locator("mark")
        for line in shown:
            expect(marked.filter(has_text=re.compile(rf"^{line}\b"))).to_have_count(1)
        page.keyboard.press("Escape")
    assert 0 < sum(read) < len(document) / 4


@pytest.mark.parametrize(
    ("today", "badge", "after"),
    [
        ("2026-03-01", "Recruiting", ""),
        ("2026-11-21", "said recruiting in November 2025", ""),
        ("2030-01-01", "said recruiting in November 2025", "should have ended in October 2028"),
    ],
)
def test_a_status_has_its_age_by_the_readers_clock(
    fresh_page: Page, served_site: str, today: str, badge: str, after: str
) -> None:
    page = fresh_page
    page.clock.set_fixed_time(f"{today}T12:00:00Z")
    page.goto(served_site + TRIAL)
    expect(page.get_by_text("Ticked:")).to_be_visible()
    expect(page.locator(".trial-head b").first).to_have_text(badge)
    expect(page.locator(".trial-head .should-have-ended")).to_have_text([after] if after else [])
    expect(page.locator(".sites b").first).to_have_text(badge)
    page.goto(served_site)
    told = page.locator(".fresh li" if not after and badge == "Recruiting" else "details.older li")
    expect(told.filter(has_text="NCT06774235").locator("b")).to_have_text(badge)


def test_a_status_without_a_date_is_not_taken_for_news(page: Page, served_site: str) -> None:
    badge = "said recruiting, undated"
    page.goto(f"{served_site}trials/prev-hap/")
    expect(page.locator(".trial-head b.stale")).to_have_text(badge)
    page.goto(served_site)
    expect(page.locator("details.older li").filter(has_text="PREV-HAP").locator("b.stale")).to_have_text(badge)
    page.goto(f"{served_site}search/?q=PREV-HAP")
    expect(page.locator(".hit", has_text="PREV-HAP").first.locator(".hit__title b.stale")).to_have_text(badge)


def test_several_lines_are_marked_and_the_next_source_replaces_the_last(page: Page, served_site: str) -> None:
    page.goto(served_site + TRIAL)
    page.get_by_text("Source of the criteria").get_by_role("link").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_have_accessible_name(re.compile("Lines 144–180"))
    assert dialog.locator("mark").count() > 10
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_have_count(0)
    mark_of(page, "326").click()
    expect(page.get_by_role("dialog")).to_have_count(1)


def test_without_the_document_the_link_is_followed(page: Page, served_site: str) -> None:
    page.goto(served_site + TRIAL)
    page.route(f"**/{DOCUMENT}", lambda route: route.abort("aborted"), times=1)
    mark_of(page, "326").click()
    expect(page).to_have_url(f"{served_site}{DOCUMENT}#l27")


def test_criteria_are_ticked_counted_and_kept_only_when_asked(page: Page, served_site: str) -> None:
    page.goto(served_site + TRIAL)
    criterion = page.get_by_role("checkbox", name="History of hepatitis C")
    counted = page.get_by_text("Ticked:")
    expect(counted).to_have_text("Ticked: inclusion 0 of 8, exclusion 0 of 24.")
    criterion.focus()
    page.keyboard.press("Space")
    page.get_by_role("checkbox", name="Expected length of stay").check()
    expect(counted).to_have_text("Ticked: inclusion 1 of 8, exclusion 1 of 24.")
    assert page.evaluate(KEPT) == []
    page.reload()
    expect(criterion).not_to_be_checked()
    criterion.check()
    page.get_by_role("checkbox", name="Keep my ticks").check()
    page.reload()
    expect(criterion).to_be_checked()
    page.get_by_role("button", name="Clear").click()
    expect(criterion).not_to_be_checked()
    page.get_by_role("checkbox", name="Keep my ticks").uncheck()
    assert page.evaluate("sessionStorage.length") == 0


@pytest.mark.parametrize(
    ("today", "where", "words"),
    [("2026-07-02", "37.5%", "today"), ("2040-01-01", "100.0%", "today →"), ("2010-01-01", None, "")],
)
def test_today_stands_on_the_scale(
    fresh_page: Page, served_site: str, today: str, where: str | None, words: str
) -> None:
    page = fresh_page
    page.clock.set_fixed_time(f"{today}T12:00:00Z")
    page.goto(served_site + TRIAL)
    expect(page.get_by_text("Ticked:")).to_be_visible()
    line = page.locator(".key-dates line.today")
    if where is None:
        expect(line).to_have_count(0)
        return
    expect(line).to_have_attribute("x1", where)
    expect(page.locator(".key-dates text.today")).to_have_text(words)


def test_all_can_be_read_without_a_script(browser: Browser, served_site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served_site + TRIAL)
    expect(page.get_by_role("listitem").filter(has_text="History of hepatitis C")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text=re.compile("^Start")).last).to_contain_text("July 2025")
    mark_of(page, "326").click()
    expect(page).to_have_url(f"{served_site}{DOCUMENT}#l27")
    context.close()


def test_on_paper_a_trial_takes_four_pages_at_most_and_says_what_is_left_out(page: Page, served_site: str) -> None:
    for trial in ("nct02955615", "nct04133233", "nct06774235"):
        page.goto(f"{served_site}trials/{trial}/")
        settle(page)
        pages = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
        assert len(pages) <= 4
        text = " ".join(" ".join(one.extract_text() for one in pages).split())
        assert "Exclusion criteria" in text
        assert "where the whole record stands" in text
        assert "Left out on paper" in text
        expect(page.locator(".printed-note")).to_have_count(0)
