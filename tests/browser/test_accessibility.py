"""Everybody can use the site: what axe-core finds on every kind of page, and what it cannot find.

Each kind of page is looked at in light and in dark, on a telephone of 320 pixels and on a wide screen.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import open_page, serve, settle
from tests.browser.kinds import pages_by_kind
from tests.conftest import Project

pytestmark = pytest.mark.browser

NARROW, WIDE = 320, 1440

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
"""WCAG 2.0 to 2.2, A and AA, and axe's own on headings and landmarks."""

RUN = """tags => axe.run({runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]}).then(found =>
  found.violations.flatMap(({id, help, nodes}) => nodes.map(({target, html, failureSummary}) =>
    `${id}: ${help}: ${target.join(" ")}\\n    ${html.slice(0, 99)}\\n    ${failureSummary.split("\\n")[1] ?? ""}`)))"""

CONTRAST = RUN.replace('"tag"', '"rule"')

SIDEWAYS = """() => {
  const root = document.documentElement;
  return root.scrollWidth > root.clientWidth ? root.scrollWidth - root.clientWidth : 0;
}"""

OUTLINE = """() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(e => e.checkVisibility())
  .map(heading => Number(heading.tagName[1]))"""

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
def opened(browser: Browser) -> Iterator[Page]:
    """A page in a fresh profile."""
    context = browser.new_context(locale="en-GB", viewport={"width": WIDE, "height": 900}, reduced_motion="reduce")
    yield open_page(context)
    context.close()


def kinds(site: Project) -> Iterator[tuple[str, str]]:
    """Yield each kind of page with the address of one, inside the site."""
    yield from pages_by_kind(site.site).items()


def show(page: Page, address: str, *, whole: bool = True) -> None:
    """Open a page, and wait for what scripts add to it; not *whole*, for what they add at once."""
    page.goto(address)
    if whole:
        settle(page)
    if page.locator("[data-search-page]").count():
        page.wait_for_selector("[data-ready]")


def test_every_kind_of_page_on_a_telephone(opened: Page, address: str, varied_site: Project) -> None:
    """Nothing scrolls sideways but boxes made for it, such as tables, which have a name and take the focus."""
    opened.set_viewport_size({"width": NARROW, "height": 900})
    found: list[str] = []
    for kind, page in kinds(varied_site):
        show(opened, address + page)
        found += [f"{kind} ({page}): {violation}" for violation in find_violations(opened)]
        found += [f"{kind} ({page}): focus cannot be seen: {stop}" for stop in opened.evaluate(UNSEEN_FOCUS, STOPS)]
        opened.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
        if more := opened.evaluate(SIDEWAYS):
            found.append(f"{kind} ({page}): {more} pixels too wide")
    assert not found, "\n".join(found)


def test_every_kind_of_page_on_a_wide_screen(opened: Page, address: str, varied_site: Project) -> None:
    """In light and in dark.  Headings: one of the first level on each page, and none skips a level on the way down."""
    found: list[str] = []
    for kind, page in kinds(varied_site):
        opened.emulate_media(color_scheme="light")
        show(opened, address + page)
        levels: list[int] = opened.evaluate(OUTLINE)
        if levels.count(1) != 1 or any(after > before + 1 for before, after in pairwise(levels)):
            found.append(f"{kind} ({page}): headings {levels}")
        found += [f"{kind} ({page}): {violation}" for violation in find_violations(opened)]
        found += [f"{kind} ({page}), dark: {violation}" for violation in find_in_dark(opened)]
        found += [f"{kind} ({page}): focus cannot be seen: {stop}" for stop in opened.evaluate(UNSEEN_FOCUS, STOPS)]
    assert not found, "\n".join(found)


def find_violations(page: Page) -> list[str]:
    """Return what axe finds on the page."""
    page.evaluate(AXE_SCRIPT)
    return _run(page)


def find_in_dark(page: Page) -> list[str]:
    """Change to dark colours, and return what axe finds then: what the scheme changes is colours."""
    page.emulate_media(color_scheme="dark")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    found: list[str] = page.evaluate(CONTRAST, ["color-contrast"])
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_what_opens(opened: Page, address: str, scheme: Literal["light", "dark"]) -> None:
    """The menu of a telephone, what is folded, and the list below the search field."""
    opened.emulate_media(color_scheme=scheme)
    found: list[str] = []
    opened.set_viewport_size({"width": NARROW, "height": 700})
    show(opened, f"{address}trials/nct06774235/")
    opened.evaluate(AXE_SCRIPT)
    opened.get_by_role("button", name="Navigation", exact=True).click()
    found += _run(opened)
    opened.keyboard.press("Escape")
    opened.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    found += _run(opened)
    opened.set_viewport_size({"width": WIDE, "height": 900})
    opened.locator(".search-box input").press_sequentially("interf")
    opened.wait_for_selector("[role=option]")
    found += _run(opened)
    assert not found, "\n".join(found)


def _run(page: Page) -> list[str]:
    found: list[str] = page.evaluate(RUN, RULES)
    return found


def test_text_can_be_twice_as_large(opened: Page, address: str, varied_site: Project) -> None:
    """A window of 640 pixels with text of twice the size is a window of 320 pixels: WCAG 1.4.4 and 1.4.10."""
    opened.set_viewport_size({"width": 640, "height": 900})
    opened.add_init_script(
        "addEventListener('DOMContentLoaded', () => document.documentElement.style.fontSize = '2.5em')"
    )
    wide: list[str] = []
    for kind, page in kinds(varied_site):
        show(opened, address + page, whole=False)
        if more := opened.evaluate(SIDEWAYS):
            wide.append(f"{kind} ({page}): {more} pixels too wide")
    assert not wide, "\n".join(wide)


def test_on_paper_stands_the_page_alone(opened: Page, address: str, varied_site: Project) -> None:
    """No navigation, dark on white even where the screen is dark, and nothing cut off at the edge."""
    opened.emulate_media(media="print", color_scheme="dark")
    wrong: list[str] = []
    for kind, page in kinds(varied_site):
        # The card is as wide as its paper.
        opened.set_viewport_size({"width": 794 if kind.startswith("card") else 680, "height": 960})
        show(opened, address + page)
        look: dict[str, Any] = opened.evaluate(
            """() => ({
              shown: [".md-header", ".md-sidebar", ".md-top"]
                .filter(part => document.querySelector(part)?.checkVisibility()).length,
              ground: getComputedStyle(document.body).backgroundColor,
              wide: document.documentElement.scrollWidth > innerWidth,
            })"""
        )
        if look != {"shown": 0, "ground": "rgb(255, 255, 255)", "wide": False}:
            wrong.append(f"{kind} ({page}): {look}")
    assert not wrong, "\n".join(wrong)
