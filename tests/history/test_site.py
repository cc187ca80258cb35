"""A built site announces its feeds to feed readers, by links that lead somewhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from lxml import html

from tests.conftest import ROOT, Project
from tests.history.repositories import new_repository, study

ATOM = "application/atom+xml"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site of a repository with a history, in the project's own look."""
    folder = tmp_path_factory.mktemp("catalog")
    repository = new_repository(folder)
    lamp: dict[str, Any] = {"conditionsModule": {"conditions": ["Fear of the dark"]}}
    hostile = study("NCT90000002")
    hostile["protocolSection"]["identificationModule"]["briefTitle"] = '"><img src=x onerror=alert(1)> & more'
    repository.commit(one__json=study(**lamp), two__json=hostile)
    repository.commit(one__json=study(status="COMPLETED", **lamp))
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    for here, instead in (
        ("      page_folders: [docs]\n", ""),
        ("      - Documentation: docs/index.md\n", ""),
        ("      contacts: true\n", "      contacts: true\n      history: true\n"),
    ):
        assert here in settings
        settings = settings.replace(here, instead)
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
    built = Project(folder).command("build", "--config", str(folder / "mkdocs.yml"), "--strict")
    assert built.returncode == 0, built.stdout + built.stderr
    return folder / "site"


@pytest.mark.parametrize(
    ("page", "feeds"),
    [
        ("", ["changes/feed.xml"]),
        ("changes/", ["changes/feed.xml"]),
        ("trials/", ["changes/feed.xml"]),
        ("trials/nct90000001/", ["changes/feed.xml", "trials/nct90000001/feed.xml"]),
        ("conditions/fear-of-the-dark/", ["changes/feed.xml", "conditions/fear-of-the-dark/feed.xml"]),
        ("changes/list/kind-status/", ["changes/feed.xml"]),
    ],
)
def test_each_page_announces_its_feeds(site: Path, page: str, feeds: list[str]) -> None:
    head = html.fromstring((site / page / "index.html").read_bytes()).find("head")
    assert head is not None
    links = [link for link in head.iter("link") if "alternate" in (link.get("rel") or "").split()]
    found = [link for link in links if link.get("type") == ATOM]
    addresses = [urljoin(f"https://example.org/{page}", link.get("href") or "") for link in found]
    assert addresses == [f"https://example.org/{feed}" for feed in feeds]
    assert all(link.get("title") for link in found)
    for feed in feeds:
        assert (site / feed).is_file()


def test_a_title_in_the_announcement_stays_text(site: Path) -> None:
    head = html.fromstring((site / "trials" / "nct90000002" / "index.html").read_bytes()).find("head")
    assert head is not None
    titles = [link.get("title") or "" for link in head.iter("link") if link.get("type") == ATOM]
    assert titles[-1].startswith('">')
    assert titles[-1].endswith(" & more: changes")
    assert [element.tag for element in head.iter("img")] == []


def test_links_to_feeds_on_the_pages_lead_somewhere(site: Path) -> None:
    for page in ("changes", "trials/nct90000001", "conditions/fear-of-the-dark"):
        tree = html.fromstring((site / page / "index.html").read_bytes())
        found = [href for link in tree.iter("a") if (href := link.get("href") or "").endswith(".xml")]
        assert found
        for href in found:
            assert (site / page / href).is_file(), f"{page} links to {href}"


def test_a_build_without_a_repository_says_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "one.json").write_text(json.dumps(study()), encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: Ours\nplugins:\n  - trial-catalog:\n      history: true\n")
    generated = Project(tmp_path).command("generate", "--config", str(tmp_path / "mkdocs.yml"))
    assert generated.returncode == 0
    assert "history: the documents lie in no git repository" in generated.stderr
