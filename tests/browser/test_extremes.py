"""What a catalog of real records has of pages that are long, short or oddly named is fit for everybody, too.

Of each kind of page the largest and the one with the longest name, on a telephone of 320 pixels.
Where the real records are not at hand, nothing is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import watched
from tests.browser.kinds import extreme_pages
from tests.browser.test_accessibility import NARROW, OUTLINE, SIDEWAYS, find_violations, show
from tests.conftest import Project

pytestmark = pytest.mark.browser


@pytest.fixture
def opened(browser: Browser, problems: list[str]) -> Iterator[Page]:
    """An empty page in a fresh profile that notes what goes wrong."""
    context = browser.new_context(locale="en-GB", reduced_motion="reduce", service_workers="block")
    context.set_default_timeout(60_000)
    with watched(context, problems) as page:
        yield page
    context.close()


def test_extreme_pages_are_accessible(
    opened: Page, served_real_site: str, real_site: Project, problems: list[str]
) -> None:
    opened.set_viewport_size({"width": NARROW, "height": 900})
    found: list[str] = []
    for kind, page in extreme_pages(real_site.site).items():
        show(opened, served_real_site + page)
        if more := opened.evaluate(SIDEWAYS):
            found.append(f"{kind} ({page}): {more} pixels too wide")
        if not kind.endswith("largest"):  # a long name can only be too wide
            continue
        if opened.evaluate(OUTLINE).count(1) != 1:
            found.append(f"{kind} ({page}): not one heading of the first level")
        found += [f"{kind} ({page}): {violation}" for violation in find_violations(opened)]
    assert not problems, "\n".join(problems)
    assert not found, "\n".join(found)
