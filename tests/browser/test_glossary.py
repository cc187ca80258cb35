"""The field's terms, explained where they stand: each once on a page, by touch and by the keyboard, with its source."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import ROOT

pytestmark = pytest.mark.browser

TRIAL = "trials/nct06774235/"
GLOSSARY = ROOT / "content" / "about" / "glossary.md"
PUBLIC = ("clinicaltrials.gov", "ecfr.gov", "ich.org", "who.int", "eur-lex.europa.eu")
"""Where the sources of the terms are public."""


def _entries() -> Iterator[tuple[str, str]]:
    text = GLOSSARY.read_text(encoding="utf-8")
    for part in re.split(r"^### ", text, flags=re.MULTILINE)[1:]:
        name, _, body = part.partition("\n")
        yield name, re.split(r"^## ", body, flags=re.MULTILINE)[0]


def test_every_term_cites_a_public_source() -> None:
    entries = dict(_entries())
    assert len(entries) > 40
    for name, body in entries.items():
        sources = re.findall(r"\]\(https://(?:www\.)?([^/)]+)", body)
        assert sources, name
        assert all(source.endswith(PUBLIC) for source in sources), name
        assert len(body.split("<small>")[0].strip()) > 20, name


def test_every_label_leads_to_a_term_that_is_there(page: Page, served_site: str) -> None:
    page.goto(f"{served_site}about/glossary/")
    wrong = page.evaluate(
        """async () => {
          const {TERMS, STATUSES} = await import(new URL("../../assets/javascripts/glossary/terms.js", location.href));
          return Object.values({...TERMS, ...STATUSES}).filter(anchor => !document.querySelector(`h3[id="${anchor}"]`));
        }"""
    )
    assert wrong == []


def test_a_term_opens_beside_its_label_by_the_keyboard(page: Page, served_site: str) -> None:
    page.goto(served_site + TRIAL)
    term = page.get_by_role("main").get_by_role("button", name="Masking", exact=True)
    term.focus()
    page.keyboard.press("Enter")
    box = page.get_by_role("dialog", name="Masking")
    expect(box).to_be_visible()
    expect(box).to_contain_text("Who is kept from knowing which participant gets what")
    expect(box.get_by_role("link", name="ClinicalTrials.gov data elements")).to_have_attribute(
        "href", "https://clinicaltrials.gov/policy/protocol-definitions"
    )
    page.keyboard.press("Escape")
    expect(box).to_have_count(0)
    expect(term).to_be_focused()
    page.keyboard.press("Enter")
    box.get_by_role("link", name="All terms").click()
    expect(page).to_have_url(f"{served_site}about/glossary/#masking")


def test_each_term_is_marked_once_and_the_glossary_is_fetched_once(page: Page, served_site: str) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url) if "about/glossary" in request.url else None)
    page.goto(served_site + TRIAL)
    terms = page.locator(".term")
    expect(terms.first).to_be_visible()
    assert fetched == []
    names = terms.all_inner_texts()
    assert len(names) == len(set(names))
    assert "Recruiting" in names
    for name in ("Phase", "Start"):
        page.get_by_role("main").get_by_role("button", name=name, exact=True).click()
        expect(page.get_by_role("dialog", name=name)).to_be_visible()
        page.keyboard.press("Escape")
    assert len(fetched) == 1


@pytest.mark.parametrize("width", [320, 1440])
def test_the_words_fit_the_screen(page: Page, served_site: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(served_site + TRIAL)
    page.get_by_role("main").get_by_role("button", name="Completion", exact=True).click()
    box = page.locator(".term-box").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["y"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["y"] + box["height"] <= 800
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_scripts_the_page_leads_to_the_glossary(browser: Browser, served_site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served_site + TRIAL)
    page.get_by_role("link", name="What the terms mean").click()
    expect(page).to_have_url(f"{served_site}about/glossary/")
    expect(page.get_by_role("heading", name="Primary completion")).to_be_visible()
    context.close()
