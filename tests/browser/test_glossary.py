"""The field's terms, explained where they stand: each once on a page, by touch and by the keyboard, with its source."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.pages.text.terms import TERMS
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
    anchors = set(page.locator("h3[id]").evaluate_all("headings => headings.map(heading => heading.id)"))
    assert {term.anchor for term in TERMS} <= anchors


def test_a_term_is_explained_beside_its_label_by_the_keyboard(page: Page, served_site: str) -> None:
    page.goto(served_site + TRIAL)
    term = page.get_by_role("main").get_by_role("link", name="Masking", exact=True)
    term.focus()
    expect(
        page.locator(".md-tooltip2", has_text="Who is kept from knowing which participant gets what")
    ).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{served_site}about/glossary/#masking")


def test_each_term_is_explained_once(page: Page, served_site: str) -> None:
    page.goto(served_site + TRIAL)
    names = page.locator("a.term").all_inner_texts()
    assert len(names) == len(set(names))
    assert {"Masking", "Phase", "Start"} <= set(names)
    assert len(names) <= 24


def test_without_scripts_the_page_leads_to_the_glossary(browser: Browser, served_site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served_site + TRIAL)
    page.get_by_role("link", name="What the terms mean").click()
    expect(page).to_have_url(f"{served_site}about/glossary/")
    expect(page.get_by_role("heading", name="Primary completion")).to_be_visible()
    context.close()
