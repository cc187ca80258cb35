"""Everybody can use the site: what axe-core finds on every kind of page, and what it cannot find.

Each kind of page is looked at in light and in dark, on a telephone of 320 pixels and on a wide screen.  A visit takes
longer than most looks, so all is looked at in one visit, which begins on the telephone; paper is included.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.conftest import serve, settle, watched
from tests.browser.kinds import pages_by_kind
from tests.browser.test_policy import VIOLATIONS
from tests.conftest import Project

pytestmark = pytest.mark.browser

NARROW, WIDE = 320, 1440
TELEPHONE, SCREEN = ViewportSize(width=NARROW, height=900), ViewportSize(width=WIDE, height=900)

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
"""WCAG 2.0 to 2.2, A and AA, and axe's own on headings and landmarks."""

CONTRAST = "color-contrast"
"""The rule that looks at colours; it takes as long as all others together."""

RUN = """([kind, wanted, without]) => axe.run({
  runOnly: {type: kind, values: wanted},
  rules: Object.fromEntries(without.map(rule => [rule, {enabled: false}])),
  resultTypes: ["violations"],
}).then(found => found.violations.flatMap(({id, help, nodes}) => nodes.map(({target, html, failureSummary}) =>
    `${id}: ${help}: ${target.join(" ")}\\n    ${html.slice(0, 99)}\\n    ${failureSummary.split("\\n")[1] ?? ""}`)))"""

FEWER_ROWS = """() => {
  for (const row of document.querySelectorAll("main :is(li, tr):nth-child(n + 20)")) row.remove();
}"""
"""Rows are alike, and axe takes minutes for the 28,000 lines of an export."""

SIDEWAYS = """() => {
  const root = document.documentElement;
  return root.scrollWidth > root.clientWidth ? root.scrollWidth - root.clientWidth : 0;
}"""

OUTLINE = """() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(e => e.checkVisibility())
  .map(heading => Number(heading.tagName[1]))"""

OPEN_ALL = """() => document.querySelectorAll("details:not([open])").forEach(fold => {
  fold.open = fold.dataset.opened = true;
})"""
CLOSE = """() => document.querySelectorAll("details[data-opened]").forEach(fold => {
  fold.open = false;
})"""

OPEN_FILTERS = "document.querySelector('.search-facets:not([open]) > summary')?.click()"
"""What the search does by itself where the screen is wide when it is opened."""

STOPS = "a[href], button, input, select, textarea, summary, [tabindex='0']"
UNSEEN_FOCUS = """stops => {
  // The keyboard's focus, not the mouse's, shows itself: so it is set the way a browser moves it.  Of the thousands of
  // links in a document's lines, a few are looked at of each look.
  const unseen = [], seen = new Map();
  const look = (stop) => {
    const names = [];
    for (let part = stop; part && names.length < 5; part = part.parentElement) names.push(part.tagName, part.className);
    return names.join(" ");
  };
  const few = (stop) => {
    const number = (seen.get(look(stop)) ?? 0) + 1;
    seen.set(look(stop), number);
    return number <= 5;
  };
  const shown = [...document.querySelectorAll(stops)].filter(e => e.checkVisibility() && e.tabIndex >= 0);
  for (const stop of shown.filter(few)) {
    stop.focus({focusVisible: true, preventScroll: true});
    if (document.activeElement !== stop) continue;
    const style = getComputedStyle(stop);
    if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 1) unseen.push(stop.outerHTML.slice(0, 160));
  }
  return unseen;
}"""


@pytest.fixture(scope="module")
def address(varied_site: Project) -> Iterator[str]:
    """The address of a site with pages of every kind."""
    with serve(varied_site.site) as address:
        yield address


@pytest.fixture
def opened(browser: Browser, problems: list[str]) -> Iterator[Page]:
    """An empty page in a fresh profile that notes what goes wrong."""
    context = browser.new_context(locale="en-GB", viewport=SCREEN, reduced_motion="reduce")
    with watched(context, problems) as page:
        yield page
    context.close()


def kinds(site: Project) -> Iterator[tuple[str, str]]:
    """Yield each kind of page with the address of one, inside the site."""
    yield from pages_by_kind(site.site).items()


def show(page: Page, address: str) -> None:
    """Open a page, and wait for what scripts add to it."""
    page.goto(address)
    settle(page)
    if page.locator("[data-search-page]").count():
        page.wait_for_selector("[data-ready]")


def test_every_kind_of_page(opened: Page, address: str, varied_site: Project, problems: list[str]) -> None:
    """On a telephone and on a wide screen, in light and in dark, with text twice as large, and on paper.

    No page breaks its policy or says an error.  Headings: one of the first level on each page, and none skips a level
    on the way down.
    """
    found: list[str] = []
    opened.add_init_script(VIOLATIONS)
    for kind, page in kinds(varied_site):
        opened.set_viewport_size(TELEPHONE)
        opened.emulate_media(media="screen", color_scheme="light")
        problems.clear()
        show(opened, address + page)
        wrong: list[str] = opened.evaluate("window.violations")
        wrong += [] if kind == "404" else problems
        wrong += [f"telephone: {what}" for what in find_on_a_telephone(opened)]
        opened.set_viewport_size(SCREEN)
        opened.evaluate(OPEN_FILTERS)
        settle(opened)
        levels: list[int] = opened.evaluate(OUTLINE)
        if levels.count(1) != 1 or any(after > before + 1 for before, after in pairwise(levels)):
            wrong.append(f"headings {levels}")
        wrong += [f"focus cannot be seen: {stop}" for stop in opened.evaluate(UNSEEN_FOCUS, STOPS)]
        wrong += find_on_paper(opened, kind)
        wrong += find_in_large_text(opened)
        # Colours do not depend on the width: those of what only a telephone shows are looked at below.
        opened.set_viewport_size(TELEPHONE)
        wrong += [f"telephone: {violation}" for violation in find_violations(opened, without=[CONTRAST])]
        opened.set_viewport_size(SCREEN)
        wrong += violations_now(opened)
        wrong += [f"dark: {violation}" for violation in find_in_dark(opened)]
        found += [f"{kind} ({page}): {what}" for what in wrong]
    assert not found, "\n".join(found)


def find_on_a_telephone(page: Page) -> list[str]:
    """Nothing scrolls sideways but boxes made for it, such as tables, which have a name and take the focus."""
    found = [f"focus cannot be seen: {stop}" for stop in page.evaluate(UNSEEN_FOCUS, STOPS)]
    page.evaluate(OPEN_ALL)
    if more := page.evaluate(SIDEWAYS):
        found.append(f"{more} pixels too wide")
    page.evaluate(CLOSE)
    return found


def find_violations(page: Page, *, without: Sequence[str] = ()) -> list[str]:
    """Return what axe finds on the page, of whose long lists and tables only the first rows are left."""
    page.evaluate(AXE_SCRIPT)
    page.evaluate(FEWER_ROWS)
    return violations_now(page, without=without)


def find_in_dark(page: Page) -> list[str]:
    """Change to dark colours, and return what axe finds then: what the scheme changes is colours."""
    page.emulate_media(color_scheme="dark")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    found: list[str] = page.evaluate(RUN, ["rule", [CONTRAST], []])
    return found


def find_in_large_text(page: Page) -> list[str]:
    """A window of 640 pixels with text of twice the size is a window of 320 pixels: WCAG 1.4.4 and 1.4.10."""
    page.set_viewport_size({"width": 640, "height": 900})
    page.evaluate("document.documentElement.style.fontSize = '2.5em'")
    more = page.evaluate(SIDEWAYS)
    page.evaluate("document.documentElement.style.fontSize = ''")
    return [f"text twice as large: {more} pixels too wide"] if more else []


def find_on_paper(page: Page, kind: str) -> list[str]:
    """No navigation, dark on white even where the screen is dark, and nothing cut off at the edge."""
    # The card is as wide as its paper.
    page.set_viewport_size({"width": 794 if kind.startswith("card") else 680, "height": 960})
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    look: dict[str, Any] = page.evaluate(
        """() => ({
          shown: [".md-header", ".md-sidebar", ".md-top"]
            .filter(part => document.querySelector(part)?.checkVisibility()).length,
          ground: getComputedStyle(document.body).backgroundColor,
          wide: document.documentElement.scrollWidth > innerWidth,
        })"""
    )
    page.emulate_media(media="screen", color_scheme="light")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
    wanted = {"shown": 0, "ground": "rgb(255, 255, 255)", "wide": False}
    return [] if look == wanted else [f"on paper: {look}"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_what_opens(opened: Page, address: str, scheme: Literal["light", "dark"]) -> None:
    """The menu of a telephone, what is folded, and the list below the search field."""
    opened.emulate_media(color_scheme=scheme)
    found: list[str] = []
    opened.set_viewport_size({"width": NARROW, "height": 700})
    show(opened, f"{address}trials/nct06774235/")
    opened.evaluate(AXE_SCRIPT)
    opened.get_by_role("button", name="Navigation", exact=True).click()
    found += violations_now(opened)
    opened.keyboard.press("Escape")
    opened.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    found += violations_now(opened)
    opened.set_viewport_size(SCREEN)
    opened.locator(".search-box input").press_sequentially("interf")
    opened.wait_for_selector("[role=option]")
    found += violations_now(opened)
    assert not found, "\n".join(found)


def violations_now(page: Page, *, without: Sequence[str] = ()) -> list[str]:
    """Return what axe, which runs in the page already, finds as the page is now."""
    found: list[str] = page.evaluate(RUN, ["tag", RULES, list(without)])
    return found
