"""What Material's documentation says of ``theme`` holds here: another palette, logo, language and features."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import serve, settle
from tests.conftest import ROOT

pytestmark = pytest.mark.browser

CONFIGURATION = f"""
INHERIT: {ROOT / "mkdocs.yml"}
docs_dir: content
site_dir: site
site_url: https://example.org/
repo_url: https://example.org/owner/catalog
repo_name: owner/catalog
theme:
  name: material
  language: fr
  font: false
  logo: assets/images/favicon.svg
  icon: {{repo: material/git}}
  palette: {{scheme: slate, primary: teal, accent: lime}}
  features: [navigation.tabs, navigation.path, navigation.instant, navigation.top, content.tooltips]
nav:
  - Accueil: index.md
  - Trials: [trials/index.md, about/index.md]
not_in_nav: "*"
plugins: [trial-catalog]
extra_css: [assets/stylesheets/still.css]
"""

TRIAL = """# A Trial

<div class="trial-head"><p><b class="open">Recruiting</b></p></div>

## Summary

[All](index.md) and <a class="term" href="../../about/" title="How far a treatment has come.">Phase</a>

"""

CONTRAST = """selector => {
  const context = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const luminance = (colour) => {
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].map(part => part / 255)
      .map(part => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  let ground = document.querySelector(selector);
  const ink = luminance(getComputedStyle(ground).color);
  while (getComputedStyle(ground).backgroundColor === "rgba(0, 0, 0, 0)") ground = ground.parentElement;
  const paper = luminance(getComputedStyle(ground).backgroundColor);
  return (Math.max(ink, paper) + .05) / (Math.min(ink, paper) + .05);
}"""
"""The contrast of an element's text with the ground that it stands on: WCAG 2.2, "contrast ratio"."""

PRIMARIES = (
    *("red", "pink", "purple", "deep-purple", "indigo", "blue", "light-blue", "cyan", "teal", "green", "light-green"),
    *("lime", "yellow", "amber", "orange", "deep-orange", "brown", "grey", "blue-grey", "black", "white"),
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site with four own pages and another theme configuration, made by ``mkdocs build``."""
    folder = tmp_path_factory.mktemp("theme")
    (folder / "seeds").mkdir()
    shutil.copytree(ROOT / "content" / "assets", folder / "content" / "assets")
    for page, text in {
        "index.md": "# Home\n\n[A trial](trials/one.md)\n",
        "trials/index.md": "# Trials\n",
        "trials/one.md": TRIAL,
        "about/index.md": "# About\n",
        "assets/stylesheets/still.css": "* { transition: none !important }\n",
    }.items():
        path = folder / "content" / page
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "mkdocs.yml").write_text(CONFIGURATION, encoding="utf-8")
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "--quiet"], cwd=folder, check=True)
    with serve(folder / "site") as address:
        # Material compares links with the site map, and its port only becomes known here.
        sitemap = folder / "site" / "sitemap.xml"
        sitemap.write_text(sitemap.read_text("utf-8").replace("https://example.org/", address), "utf-8")
        yield address


def test_palette_logo_language_and_features(page: Page, address: str) -> None:
    page.goto(f"{address}trials/one/")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    expect(page.locator(".md-header")).to_have_css("background-color", "rgb(0, 148, 133)")
    expect(page.locator(".md-header .md-logo img")).to_have_attribute("src", re.compile("assets/images/favicon.svg$"))
    expect(page.locator(".md-path")).to_contain_text("Accueil")
    expect(page.locator(".md-tabs__item--active")).to_have_text("Trials")
    expect(page.get_by_role("navigation", name="Table des matières")).to_be_visible()
    expect(page.locator(".md-source").first).to_contain_text("catalog")
    # Our own parts are dark, and links have the palette's hue.
    assert page.locator("b.open").evaluate("chip => getComputedStyle(chip).colorScheme") == "dark"
    assert page.evaluate(CONTRAST, "b.open") >= 4.5


def test_instant_navigation_starts_our_scripts_on_the_next_page(page: Page, address: str) -> None:
    page.goto(address)
    settle(page)  # Material takes the links in its site map, once that is there
    page.evaluate("window.stays = true")
    page.get_by_role("main").get_by_role("link", name="A trial").click()
    expect(page.get_by_role("heading", name="A Trial", exact=True)).to_be_visible()
    expect(page.locator("article h2 .headerlink")).to_have_count(1)
    assert page.evaluate("window.stays") is True


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_every_palette_can_be_read(page: Page, address: str, scheme: str) -> None:
    """WCAG AA, 4.5 to 1, for links, tabs and the site's name in each of Material's primary colours."""
    page.goto(f"{address}trials/one/")
    wrong = []
    for primary in PRIMARIES:
        page.evaluate(
            """([scheme, primary]) => {
              Object.assign(document.body.dataset,
                {mdColorScheme: scheme, mdColorPrimary: primary, mdColorAccent: primary});
            }""",
            [scheme, primary],
        )
        for part in ("article p > a", ".md-header__title", ".md-tabs__item--active a", ".md-path__link", "b.open"):
            contrast = page.evaluate(CONTRAST, part)
            if contrast < 4.5:
                wrong.append(f"{primary}: {part}: {contrast:.2f}")
    assert not wrong, "\n".join(wrong)
