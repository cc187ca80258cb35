"""Scripts speak the site's language: messages, plurals, numbers, dates, and the pages' own words that they look for."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.browser

FRENCH = {
    "Search": "Chercher",
    "{n} trial": ["{n} essai", "{n} essais"],
    "{n} hit": ["", ""],
    "Did you mean {query} ({trials})?": "({trials}) {query} ?",
    "from {date}": "du {date}",
    "to {date}": "au {date}",
    "as of {date}": "état : {date}",
}


@pytest.fixture
def french(page: Page, served_site: str) -> str:
    """The address of the site whose scripts have some messages in French."""

    def answer(route: Route) -> None:
        words = f'export const code = "fr"; export const messages = {json.dumps(FRENCH)};'
        plural = "export const form = (n) => Number(n > 1);"
        rest = re.sub(r"export const (?:code|messages|form) =.*?;\n", "", route.fetch().text(), flags=re.DOTALL)
        route.fulfill(body=f"{words}\n{plural}\n{rest}", content_type="text/javascript")

    page.route(f"{served_site}language.js", answer)
    page.goto(f"{served_site}search/")
    return served_site


def test_messages_plurals_numbers_and_dates(page: Page, french: str) -> None:
    assert french
    said = page.evaluate(
        """async () => {
          const {ago, date, gettext, ngettext, number, withElements} = await import("/assets/javascripts/language.js");
          const now = new Date(2021, 5, 10), mark = document.createElement("mark");
          const nodes = withElements(gettext("Did you mean {query} ({trials})?"), {query: mark, trials: "{query}"});
          return {
            messages: [gettext("Search"), gettext("{a} of {b}", {a: "{b}", b: 2}), gettext("toString")],
            plurals: [0, 1, 12345].map((n) => ngettext("{n} trial", "{n} trials", n)),
            empty: [1, 2].map((n) => ngettext("{n} hit", "{n} hits", n)),
            numbers: number(1234567.5),
            dates: ["2019-03-05", "2019-03", "2019", "2019-02-30", "2019-13", "2019-03-05T10:00", "spring"].map(date),
            ages: ["2021-05-11", "2021-05-10", "2021-05", "2019-06-11", "2019", "", null].map((day) => ago(day, now)),
            nodes: nodes.map((node) => (node === mark ? "mark" : node)),
          };
        }"""
    )
    assert said == {
        "messages": ["Chercher", "{b} of 2", "toString"],
        "plurals": ["0 essai", "1 essai", "12\u202f345 essais"],
        "empty": ["1 hit", "2 hits"],
        "numbers": "1\u202f234\u202f567,5",
        "dates": ["5 mars 2019", "mars 2019", "2019", "2019-02-30", "2019-13", "5 mars 2019", "spring"],
        "ages": ["", "il y a 1 mois", "il y a 1 mois", "il y a 1 an", "", "", ""],
        "nodes": ["(", "{query}", ") ", "mark", " ?"],
    }
    expect(page.get_by_role("main").get_by_role("button", name="Chercher")).to_be_visible()


def test_dates_of_rows_are_found_by_the_words_of_the_language(page: Page, french: str) -> None:
    assert french
    row = "NCT1 · du 2019-07 au 2021-01-15 (prévu) · Hôpital du 2019-07 · état : 2018-03-05"
    found = page.evaluate(
        """async (row) => {
          const {writeDates} = await import("/assets/javascripts/dates.js");
          const main = document.createElement("div");
          main.innerHTML = `<div class="rows"><ul><li><small>${row}</small></li></ul></div>`;
          writeDates(main);
          const times = [...main.querySelectorAll("time")];
          return [main.textContent, times.map((time) => [time.dataset.says, time.dateTime])];
        }""",
        row,
    )
    shown = "NCT1 · du juillet 2019 au 15 janvier 2021 (prévu) · Hôpital du 2019-07 · état : 5 mars 2018"
    assert found == [shown, [["from", "2019-07"], ["to", "2021-01-15"], ["as-of", "2018-03-05"]]]
