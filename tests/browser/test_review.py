"""The preview's page that asks about names, in a browser: by keys, by buttons without script, in light and dark."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from generator.identity.curated import load_curated
from generator.reports.review_page import PATH, ReviewPage
from tests.browser.conftest import opened_page
from tests.reports.served_review import FIRST, NEXT, OTHER, SECOND, asking, served, trials

pytestmark = pytest.mark.browser

NAMES = (FIRST, SECOND, NEXT, OTHER)


def test_keys_answer_as_in_the_terminal(browser: Browser, tmp_path: Path) -> None:
    with served(ReviewPage(tmp_path, asking(tmp_path, trials(*NAMES)))) as host, opened_page(browser) as page:
        page.goto(f"http://{host}{PATH}")
        page.get_by_label("Why?").fill("skipped, undone")
        page.get_by_label("Why?").press("Enter")
        assert list(tmp_path.iterdir()) == []
        page.get_by_label("Why?").blur()
        page.keyboard.press("k")
        expect(page.get_by_text("Question 2 of 2")).to_be_visible()
        page.keyboard.press("u")
        expect(page.get_by_text("Question 1 of 2")).to_be_visible()
        page.keyboard.press("p")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Written into seeds/names/organizations.yml.")).to_be_visible()
    assert load_curated(tmp_path).entry("organization", FIRST).part_of == (SECOND,)


def test_it_needs_no_script(browser: Browser, tmp_path: Path) -> None:
    with (
        served(ReviewPage(tmp_path, asking(tmp_path, trials(*NAMES)))) as host,
        opened_page(browser, java_script_enabled=False) as page,
    ):
        page.goto(f"http://{host}{PATH}")
        page.get_by_label("Why?").fill("Two houses")
        page.get_by_role("button", name="Different").click()
        expect(page.get_by_text("Written into seeds/names/organizations.yml.")).to_be_visible()
    assert load_curated(tmp_path).entry("organization", FIRST).source.startswith("Two houses (decided on ")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_it_can_be_read(browser: Browser, tmp_path: Path, scheme: str, width: int) -> None:
    with (
        served(ReviewPage(tmp_path, asking(tmp_path, trials(*NAMES)))) as host,
        opened_page(browser, color_scheme=scheme, bypass_csp=True) as page,
    ):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"http://{host}{PATH}")
        page.get_by_role("button", name="Skip").click()
        expect(page.get_by_text("Question 2 of 2")).to_be_visible()
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
