"""Feeds are valid Atom, hold what the pages hold, and are the same bytes for the same repository."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import feedparser  # type: ignore[import-untyped]
import msgspec
import pytest
from lxml import etree

from generator.folders import CONTENT
from generator.pipeline import flow
from generator.pipeline.progress import Stages
from generator.settings import Settings
from tests.history.repositories import ONE, Repository, new_repository, study, with_sites

TWO = "NCT90000002"
SETTINGS = Settings(
    title="Lamps", history=True, site_url="https://example.org/lamps/", repository_url="https://example.org/r"
)
VALID = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """Return a repository of two trials with a condition in common."""
    made = new_repository(tmp_path_factory.mktemp("catalog"))
    dark: dict[str, Any] = {"conditionsModule": {"conditions": ["Fear of the dark"]}}
    made.commit_files(
        {"one.json": with_sites("Lamp Hospital", status="NOT_YET_RECRUITING", **dark), "two.json": study(TWO)}
    )
    made.commit_files({"one.json": with_sites("Lamp Hospital", "Ward <b>&amp; ]]>\u0001", **dark)})
    results = {"hasResults": True, "resultsSection": {"participantFlowModule": {"recruitmentDetails": "In May"}}}
    called = {"centralContacts": [{"name": "Ann Wick", "phone": "020 7946 0958", "email": "ann@example.org"}]}
    told = {"eligibilityCriteria": "Ask Ann Wick (ann@example.org, 020 7946 0958) whether you may take part"}
    two = study(TWO, contactsLocationsModule=called, eligibilityModule=told)
    made.commit_files({"two.json": {**two, **results}})
    return made


@pytest.fixture(scope="module")
def without_contact(repository: Repository) -> Repository:
    """Return the repository after the contact was taken out of the record, too."""
    record = json.loads((repository.seeds / "two.json").read_text())
    del record["protocolSection"]["contactsLocationsModule"]
    record["protocolSection"]["eligibilityModule"]["eligibilityCriteria"] = "Ask whether you may take part"
    later = new_repository(repository.folder / "later")
    for name, content in (("two.json", (repository.seeds / "two.json").read_text()), ("two.json", json.dumps(record))):
        later.commit_files({name: content})
    return later


@pytest.fixture(scope="module")
def content(repository: Repository, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(repository, tmp_path_factory.mktemp("content"), SETTINGS)


def written(repository: Repository, folder: Path, settings: Settings) -> Path:
    """Write the catalog's content into *folder*."""
    with flow.generate(repository.seeds, folder, settings, CONTENT, Stages(quiet=True)):
        return folder


def subscribed(file: Path) -> Any:
    feed = feedparser.parse(file.read_bytes())
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def feeds(content: Path) -> list[Path]:
    return [*content.rglob("feed.xml"), *(content / "changes").glob("*.xml")]


def test_each_feed_is_valid(content: Path) -> None:
    assert len(feeds(content)) > 8
    for file in feeds(content):
        assert VALID.validate(etree.parse(file)), f"{file}: {VALID.error_log}"


def test_a_feed_holds_what_its_page_holds(content: Path) -> None:
    feed = subscribed(content / "trials" / "nct90000001" / "feed.xml")
    assert feed.feed.title == f"{ONE}: Lamps of {ONE}"
    page = (content / "trials" / "nct90000001.md").read_text()
    titles = [entry.title for entry in feed.entries]
    assert titles == [f"{ONE}: not yet recruiting → recruiting, 1 site added", f"{ONE}: new trial"]
    for entry in feed.entries:
        words = entry.title.partition(": ")[2]
        assert words[:1].upper() + words[1:] in page
        assert entry.link == "https://example.org/lamps/trials/nct90000001/#history"
        assert entry.updated == f"2030-03-0{2 - feed.entries.index(entry)}T12:00:00Z"
    assert "site added: Ward <b>&amp; ]]>\ufffd, Lund, Sweden" in feed.entries[0].content[0].value


def test_the_catalog_has_a_feed_for_each_kind_that_people_wait_for(content: Path) -> None:
    titles = {
        name: [entry.title.partition(":")[0] for entry in subscribed(content / "changes" / f"{name}.xml").entries]
        for name in ("feed", "recruiting", "results", "new")
    }
    assert titles == {"feed": [TWO, ONE, TWO, ONE], "recruiting": [ONE], "results": [TWO], "new": [TWO, ONE]}


def test_each_name_has_a_feed_of_its_trials(content: Path) -> None:
    feed = subscribed(content / "conditions" / "fear-of-the-dark" / "feed.xml")
    assert {entry.title.partition(":")[0] for entry in feed.entries} == {ONE}


def test_entries_and_bytes_are_the_same_for_the_same_repository(
    repository: Repository, content: Path, tmp_path: Path
) -> None:
    again = written(repository, tmp_path, SETTINGS)
    for file in feeds(content):
        assert (again / file.relative_to(content)).read_bytes() == file.read_bytes()


def test_without_an_address_of_the_site_links_are_relative(repository: Repository, tmp_path: Path) -> None:
    folder = written(repository, tmp_path, msgspec.structs.replace(SETTINGS, site_url=None))
    tree = etree.parse(folder / "trials" / "nct90000001" / "feed.xml")
    links = {link.get("href") for link in tree.iter("{http://www.w3.org/2005/Atom}link")}
    assert links == {
        "../../trials/nct90000001/feed.xml",
        "../../trials/nct90000001/",
        "../../trials/nct90000001/#history",
    }


def test_machines_get_each_value_with_its_places(content: Path) -> None:
    data = json.loads((content / "api" / "changes.json").read_text())
    assert (data["events"], data["eventsHere"]) == (4, 4)
    (status,) = [change for change in data["changes"] if change["kind"] == "status"]
    assert (status["study"], status["old"], status["new"]) == (ONE, "NOT_YET_RECRUITING", "RECRUITING")
    assert (status["oldDocument"], status["newDocument"]) == ("one.json", "one.json")
    rows = list(csv.DictReader(io.StringIO((content / "api" / "changes.csv").read_text())))
    assert [row["kind"] for row in rows] == [change["kind"] for change in data["changes"]]
    assert rows[0].keys() >= {"study", "time", "commit", "old", "new", "oldLine", "newLine"}


@pytest.mark.parametrize("later", [False, True])
def test_without_contacts_none_stands_anywhere(
    repository: Repository, without_contact: Repository, content: Path, tmp_path: Path, later: bool
) -> None:
    assert "Ann Wick" in (content / "api" / "changes.json").read_text()
    catalog = without_contact if later else repository
    hidden = written(catalog, tmp_path, msgspec.structs.replace(SETTINGS, contacts=False))
    assert "not shown" in (hidden / "trials" / "nct90000002.md").read_text()
    for file in hidden.rglob("*"):
        if file.is_file() and file.suffix in (".md", ".xml", ".csv", ".json"):
            text = file.read_text()
            assert "Ann Wick" not in text, file
            assert "ann@example.org" not in text, file
            assert "7946" not in text, file


def test_without_history_there_is_no_feed_and_no_page(repository: Repository, tmp_path: Path) -> None:
    folder = written(repository, tmp_path, Settings())
    assert feeds(folder) == []
    assert not (folder / "changes").exists()
    assert "## History" not in (folder / "trials" / "nct90000001.md").read_text()
