"""What changed, on pages: only pages whose history is another are written again, and words are those of people."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.folders import CONTENT
from generator.model.change import Change
from generator.pages.text.changes import excerpts, in_one_line, label_of, value_in_words
from generator.pipeline import flow
from generator.pipeline.progress import Stages
from generator.settings import Settings
from tests.history.repositories import ONE, Repository, new_repository, run_git, study

TWO = "NCT90000002"
STATUS = "/protocolSection/statusModule"
SITES = "/protocolSection/contactsLocationsModule/locations"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return new_repository(tmp_path / "catalog")


def write(repository: Repository, settings: Settings | None = None) -> set[str]:
    """Bring the content up to date and return the files that were written."""
    content = repository.folder / "content"
    with flow.generate(repository.seeds, content, settings or Settings(history=True), CONTENT, Stages(quiet=True)) as (
        _,
        report,
    ):
        return set(report.written)


def text(repository: Repository, name: str) -> str:
    return (repository.folder / "content" / name).read_text(encoding="utf-8")


def test_a_commit_alone_brings_the_pages_up_to_date(repository: Repository) -> None:
    repository.commit(one__json=study(), two__json=study(TWO))
    write(repository)
    assert write(repository) == set()
    (repository.seeds / "one.json").write_text(text_of(study(status="COMPLETED")))
    assert "not yet" not in text(repository, "trials/nct90000001.md")
    write(repository)
    assert "→ Completed" not in text(repository, "trials/nct90000001.md"), "it is not committed"
    repository.commit(one__json=study(status="COMPLETED"))
    written = write(repository)
    assert {"trials/nct90000001.md", "trials/nct90000001/feed.xml", "changes/index.md", "api/changes.json"} <= written
    assert not any("nct90000002" in name for name in written)


def text_of(record: object) -> str:
    return json.dumps(record, indent=1) + "\n"


def test_the_page_says_since_when_and_how_far_dates_moved(repository: Repository) -> None:
    for status, date in (("RECRUITING", "2031-01"), ("RECRUITING", "2032-01"), ("COMPLETED", "2033-03")):
        dates = {"completionDateStruct": {"date": date, "type": "ESTIMATED"}}
        repository.commit(one__json=study(status=status, status_module=dates))
    write(repository)
    page = text(repository, "trials/nct90000001.md")
    assert 'Completed: so in the documents since <time datetime="2030-03-03">3 March 2030</time>.' in page
    assert "Completion moved 2 times: 26 months later than first planned" in page
    assert "**Recruitment status:** Recruiting <small>(one.json, line 9)</small> → Completed" in page


def test_a_date_that_moved_to_an_earlier_day_is_told_in_words(repository: Repository) -> None:
    for date in ("2031-05", "2031-02"):
        repository.commit(one__json=study(status_module={"completionDateStruct": {"date": date}}))
    write(repository)
    page = text(repository, "trials/nct90000001.md")
    assert "Completion moved once: 3 months earlier than first planned: May 2031 → February 2031." in page


def test_older_changes_are_folded(repository: Repository) -> None:
    for number in range(9):
        repository.commit(one__json=study(status=("RECRUITING", "SUSPENDED")[number % 2]))
    write(repository)
    assert "<summary>Older changes (4)</summary>" in text(repository, "trials/nct90000001.md")


def test_weeks_that_are_too_many_have_pages_of_their_own(repository: Repository) -> None:
    for number in range(9):
        repository.commit(one__json=study(status=("RECRUITING", "SUSPENDED")[number % 2]), two__json=study(TWO))
    write(repository, Settings(history=True, list_limit=3))
    content = repository.folder / "content"
    linked = {path.name for path in (content / "changes" / "list").iterdir()}
    assert "kind-status.md" in linked
    assert "The newest 3 of 8 changes" in text(repository, "changes/list/kind-status.md")
    page = text(repository, "changes/index.md")
    for name in linked:
        assert f"(list/{name})" in page


def test_pages_say_what_of_the_history_is_missing(repository: Repository, tmp_path: Path) -> None:
    for status in ("RECRUITING", "SUSPENDED", "COMPLETED"):
        repository.commit(one__json=study(status=status))
    run_git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{repository.folder}", "shallow")
    clone = Repository(tmp_path / "shallow")
    write(clone)
    for name in ("changes/index.md", "trials/nct90000001.md"):
        assert "this clone of the repository is shallow" in text(clone, name)
    assert "No change is known yet." in text(clone, "changes/index.md")


def test_a_trial_that_went_is_told_without_a_link(repository: Repository) -> None:
    repository.commit(one__json=study(), two__json=study(TWO))
    repository.commit("one.json")
    write(repository)
    page = text(repository, "changes/index.md")
    assert f"-   {ONE}<br>" in page
    assert "no document any more" in page


def test_hostile_values_stay_text(repository: Repository) -> None:
    hostile = '<script>alert(1)</script> {{ 7*7 }} [x](javascript:alert(1)) "> | ` </small>'
    repository.commit(one__json=study())
    repository.commit(one__json=study(status_module={"whyStopped": hostile}))
    write(repository)
    page = text(repository, "trials/nct90000001.md").partition("## History")[2]
    assert "alert(1)" in page
    assert "<script" not in page
    assert "](javascript" not in page
    assert page.count("</small>") == page.count("<small>")


def change(pointer: str, old: str | None, new: str | None, kind: str = "other", item: str | None = None) -> Change:
    action = "changed" if old and new else "added" if new else "removed"
    return Change(kind=kind, pointer=pointer, action=action, item=item, old=old, new=new)  # type: ignore[arg-type]


def test_an_event_is_told_in_one_line() -> None:
    changes = [
        change("/protocolSection/eligibilityModule/maximumAge", "60 Years", "65 Years", "eligibility"),
        change(f"{SITES}/1", None, "Ward", "sites"),
        change(f"{SITES}/2", None, "Clinic", "sites"),
        change(
            "/protocolSection/contactsLocationsModule/locations/0/status", "RECRUITING", "COMPLETED", "sites", "Old"
        ),
        change("/protocolSection/designModule/enrollmentInfo", "60 (ESTIMATED)", "48 (ACTUAL)", "enrollment"),
        change(f"{STATUS}/overallStatus", "RECRUITING", "COMPLETED", "status"),
    ]
    assert in_one_line(changes) == (
        "recruiting → completed, 2 sites added, 1 site changed, enrolment 60 (estimated) → 48 (actual), "
        "eligibility changed"
    )


def test_values_are_in_words() -> None:
    site = change(
        "/protocolSection/contactsLocationsModule/locations/0/status", "RECRUITING", "COMPLETED", "sites", "Ward"
    )
    assert label_of(site) == "site: status (Ward)"
    assert value_in_words(site, "RECRUITING") == "Recruiting"
    dates = change(f"{STATUS}/startDateStruct", "2031-02 (ESTIMATED)", "2031-03-04 (ACTUAL)", "dates")
    assert value_in_words(dates, "2031-03-04 (ACTUAL)") == "4 March 2031 (actual)"


def test_of_long_texts_the_part_that_differs_is_shown() -> None:
    begin, end = "All adults who fear the dark. " * 20, " Nobody who owns a lamp." * 20
    old, new = excerpts(f"{begin}Up to 60 years.{end}", f"{begin}Up to 65 years.{end}")
    assert "60 years" in old
    assert "65 years" in new
    assert max(len(old), len(new)) < 120
    assert (old[0], old[-1]) == ("…", "…")
