"""Every internal link of the built site leads somewhere, at the root of a host and below a path."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.conftest import Project
from tests.links import broken_links, links_of


@pytest.mark.parametrize("below", ["/", "/repository/"])
def test_every_link_leads_somewhere(built_site: Project, below: str) -> None:
    broken = list(broken_links(built_site.site, below))
    assert not broken, f"{len(broken)} broken links\n" + "\n".join(broken[:50])


def test_no_id_stands_twice_on_a_page(built_site: Project) -> None:
    pages = list(built_site.site.rglob("*.html"))
    assert len(pages) > 100
    twice = {}
    for page in pages:
        ids = Counter(re.findall(r'<[a-z][^<>]*?\sid="?([^"\s>]+)', page.read_text("utf-8")))
        if repeated := [name for name, number in ids.items() if number > 1]:
            twice[page.relative_to(built_site.site).as_posix()] = repeated
    assert twice == {}


def test_pages_link_to_each_other(built_site: Project) -> None:
    """The test above would pass on pages without links."""
    home = links_of(built_site.site / "index.html").references
    assert any("trials/" in reference for _, reference in home)
    trial = links_of(built_site.site / "trials" / "nct02883803" / "index.html").references
    for kind in ("organizations", "people", "drugs", "conditions"):
        assert any(f"{kind}/" in reference for _, reference in trial), f"the trial links to no page in {kind}/"


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("missing/", "leads to no file (missing/index.html)"),
        ("other/#nowhere", "leads to no id in other/index.html"),
        ("#nowhere", "leads to no id in index.html"),
        ("/other/", "leaves the site when it is served below /repository/"),
        ("../other/", "leaves the site when it is served below /repository/"),
        ("JavaScript:alert(1)", "is a script"),
        ("other/index.html", None),
        ("other/#here", None),
        ("https://example.org/missing", None),
        ("mailto:someone@example.org", None),
    ],
)
def test_broken_links_are_found(tmp_path: Path, link: str, reason: str | None) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "index.html").write_text('<h1 id="here">Other</h1>', encoding="utf-8")
    (tmp_path / "index.html").write_text(f'<p>\n<a href="{link}">A link</a>', encoding="utf-8")
    expected = [f"index.html:2: {link!r} {reason}"] if reason else []
    assert list(broken_links(tmp_path, "/repository/")) == expected


def test_broken_images_and_styles_are_found(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text('<img srcset="a.png 1x, b.png 2x">', encoding="utf-8")
    (tmp_path / "b.png").touch()
    (tmp_path / "site.css").write_text("@font-face { src: url('c.woff2') }", encoding="utf-8")
    assert list(broken_links(tmp_path)) == [
        "index.html:1: 'a.png' leads to no file (a.png)",
        "site.css: 'c.woff2' leads to no file (c.woff2)",
    ]
