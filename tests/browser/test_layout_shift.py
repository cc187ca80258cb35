"""Nothing jumps while a page loads: the layout shift of pages with scripts, as Chromium measures it, is below 0.1."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import open_page, serve, settle
from tests.browser.kinds import ASKING, pages_by_kind
from tests.conftest import Project

GOOD = 0.1
"""By https://web.dev/articles/cls."""

SCRIPTED = ("home", "trials", "trials/*", "organizations/*", "flags", "search", *ASKING)
"""Kinds of pages to which scripts add what moves something; of the others none does."""

ON_WIDE_WINDOWS = ("trials/*", "flags, of a sponsor")
"""Kinds of pages on which what scripts add takes other room on a wide window than on a telephone."""

MEASURE = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 50);
})"""


@pytest.mark.browser
def test_no_page_jumps_while_it_loads(browser: Browser, varied_site: Project) -> None:
    context = browser.new_context(service_workers="block")
    shifts = {}
    with serve(varied_site.site) as address:
        kinds = pages_by_kind(varied_site.site)
        for kind, width in [*((kind, 390) for kind in SCRIPTED), *((kind, 1280) for kind in ON_WIDE_WINDOWS)]:
            page = open_page(context)
            page.set_viewport_size({"width": width, "height": 850})
            page.goto(address + kinds[kind])
            settle(page)
            shifts[kind, width] = round(page.evaluate(MEASURE), 3)
            page.close()
    context.close()
    assert {kind: shift for kind, shift in shifts.items() if shift >= GOOD} == {}
