"""An invented history gives exactly the changes that it has, with their dates, commits and lines."""

from __future__ import annotations

import json
import shutil
from itertools import combinations
from pathlib import Path

import pytest

from generator.history import repository as repositories
from generator.history.comparing import compare
from generator.model.source import Source
from generator.model.study import Study
from generator.pipeline import flow, parallel
from generator.pipeline import history as reading_history
from generator.readers.reading import read_file
from generator.storage.cache import Cache
from tests.history.repositories import ONE, Repository, new_repository, run_git, study, with_sites


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return new_repository(tmp_path / "catalog")


def test_a_status_that_changed_has_its_date_its_commit_and_both_lines(repository: Repository) -> None:
    repository.commit(one__json=study())
    commit = repository.commit(one__json=study(status="COMPLETED", status_module={"whyStopped": "Done"}))
    last, first = repository.events()
    assert (first.time, [change.kind for change in first.changes]) == ("2030-03-01T12:00:00Z", ["new"])
    assert (last.time, last.commit) == ("2030-03-02T12:00:00Z", commit)
    status, reason = last.changes
    assert (status.kind, status.action, status.old, status.new) == ("status", "changed", "RECRUITING", "COMPLETED")
    line = 1 + (repository.seeds / "one.json").read_text().split("\n").index('   "overallStatus": "COMPLETED",')
    for source in (status.old_source, status.new_source):
        assert source is not None
        assert (source.document, source.first_line, source.last_line) == ("one.json", line, line)
    assert (reason.action, reason.new, reason.old_source) == ("added", "Done", None)


def test_sites_come_and_go_by_their_names_in_whatever_order(repository: Repository) -> None:
    repository.commit(one__json=with_sites("Lamp Hospital", "Dark Clinic"))
    repository.commit(one__json=with_sites("New Ward", "Dark Clinic", "Lamp Hospital"))
    repository.commit(one__json=with_sites("New Ward", "Lamp Hospital"))
    assert repository.told() == [
        ["sites removed: Dark Clinic, Lund, Sweden"],
        ["sites added: New Ward, Lund, Sweden"],
        ["new"],
    ]


def test_what_every_version_stamps_is_no_change(repository: Repository) -> None:
    repository.commit(one__json=study())
    later = study(status_module={"lastUpdatePostDateStruct": {"date": "2030-01-01", "type": "ACTUAL"}})
    later["protocolSection"]["statusModule"]["statusVerifiedDate"] = "2030-01"
    later["derivedSection"] = {"miscInfoModule": {"versionHolder": "2030-01-01"}}
    repository.commit(one__json=later)
    assert repository.told() == [["new"]]


def test_dates_and_numbers_come_with_their_type(repository: Repository) -> None:
    for date, count, sort in (("2031-01", 60, "ESTIMATED"), ("2032-06-30", 48, "ACTUAL")):
        repository.commit(
            one__json=study(
                status_module={"completionDateStruct": {"date": date, "type": sort}},
                designModule={"enrollmentInfo": {"count": count, "type": sort}},
            )
        )
    assert repository.told()[0] == [
        "completionDateStruct: 2031-01 (ESTIMATED) → 2032-06-30 (ACTUAL)",
        "enrollmentInfo: 60 (ESTIMATED) → 48 (ACTUAL)",
    ]


def test_results_are_one_change(repository: Repository) -> None:
    repository.commit(one__json=study())
    found = {
        **study(),
        "hasResults": True,
        "resultsSection": {"participantFlowModule": {"recruitmentDetails": "In May"}},
    }
    repository.commit(one__json=found)
    repository.commit(one__json={**found, "resultsSection": {"participantFlowModule": {"recruitmentDetails": "June"}}})
    kinds = [[(change.kind, change.action) for change in event.changes] for event in repository.events()]
    assert kinds[:2] == [[("results", "changed")], [("results", "added")]]


def test_a_document_that_moves_keeps_its_history(repository: Repository) -> None:
    repository.commit_files({"one.json": study()})
    repository.commit_files({"registry/deep/first trial.json": study()}, ("one.json",))
    repository.commit_files({"registry/deep/first trial.json": study(status="COMPLETED")})
    last, _ = repository.events()
    (status,) = last.changes
    assert status.old_source is not None
    assert (status.old, status.old_source.document) == ("RECRUITING", "registry/deep/first trial.json")


def test_a_page_that_gives_way_to_a_record_shows_what_both_state(repository: Repository) -> None:
    repository.commit_files({"page.md": _by_hand("RECRUITING", "2031-01")})
    repository.commit_files(
        {
            "registry/one.json": with_sites(
                "Lamp Hospital",
                status="COMPLETED",
                status_module={"completionDateStruct": {"date": "2031-01-15", "type": "ACTUAL"}},
            )
        },
        ("page.md",),
    )
    last, _ = repository.events()
    (status,) = last.changes
    assert (status.pointer.rpartition("/")[2], status.old, status.new) == ("overallStatus", "RECRUITING", "COMPLETED")
    assert status.old_source is not None
    assert status.new_source is not None
    assert (status.old_source.document, status.new_source.document) == ("page.md", "registry/one.json")


def _by_hand(status: str, completion: str) -> str:
    return (
        f"---\nnctId: {ONE}\nsource: a letter\noverallStatus: {status}\n"
        f"completionDateStruct:\n  date: {completion}\n---\n## Summary\nOf lamps.\n"
    )


def test_another_version_of_our_code_changes_no_trial(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    repository.commit(one__json=study())
    repository.commit(one__json=study(status="COMPLETED"))
    cache = Cache(tmp_path / "kept.sqlite")
    before = repository.events(cache=cache)
    # As if a reader were put right: what earlier code kept counts no more, and all versions are read by today's.
    monkeypatch.setattr(reading_history, "code_version", lambda: b"another version")
    assert repository.events(cache=cache) == before
    cache.close_without_saving()


def test_a_trial_that_goes_and_comes_again(repository: Repository) -> None:
    repository.commit(one__json=study(), two__json=study("NCT90000002"))
    repository.commit("one.json")
    repository.commit(one__json=study(status="COMPLETED"))
    assert repository.told() == [["new"], ["gone"], ["new"]]
    assert repository.told("NCT90000002") == [["new"]]


def test_a_merge_counts_when_it_came(repository: Repository) -> None:
    repository.commit(one__json=study())
    repository.git("checkout", "--quiet", "-b", "other")
    repository.commit(one__json=study(status="SUSPENDED"))
    repository.commit(one__json=study(status="COMPLETED"))
    repository.git("checkout", "--quiet", "-")
    repository.git("merge", "--quiet", "--no-ff", "other", day="2030-04-01T12:00:00Z")
    last, _ = repository.events()
    assert (last.time, [change.new for change in last.changes]) == ("2030-04-01T12:00:00Z", ["COMPLETED"])


def test_a_version_that_cannot_be_read_says_nothing(repository: Repository) -> None:
    repository.commit(one__json=study())
    repository.commit(one__json="{ broken")
    repository.commit(one__json=study(status="COMPLETED"))
    told = repository.told()
    assert told == [["overallStatus: RECRUITING → COMPLETED"], ["new"]]


def test_without_a_repository_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "one.json").write_text(json.dumps(study()))
    catalog = flow.make_catalog(tmp_path / "seeds", tmp_path / "content", history=True).catalog
    assert "no git repository" in (catalog.gap_of_history() or "")
    assert catalog.events() == []


def test_a_repository_without_a_commit_is_said(repository: Repository) -> None:
    (repository.seeds / "one.json").write_text(json.dumps(study()))
    catalog = flow.make_catalog(repository.seeds, repository.folder / "content", history=True).catalog
    assert "no commit yet" in (catalog.gap_of_history() or "")


def test_a_shallow_clone_says_what_is_missing_and_calls_nothing_new(repository: Repository, tmp_path: Path) -> None:
    for status in ("RECRUITING", "SUSPENDED", "COMPLETED"):
        repository.commit(one__json=study(status=status))
    run_git(tmp_path, "clone", "--quiet", "--depth", "2", f"file://{repository.folder}", "shallow")
    clone = Repository(tmp_path / "shallow")
    assert clone.told() == [["overallStatus: SUSPENDED → COMPLETED"]]
    gap = flow.make_catalog(clone.seeds, tmp_path / "content", history=True).catalog.gap_of_history()
    assert gap is not None
    assert "changes before 2030-03-02 are not known" in gap
    assert "fetch-depth: 0" in gap


def test_only_new_versions_are_read_again(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for status in ("RECRUITING", "SUSPENDED", "COMPLETED"):
        repository.commit(one__json=study(status=status))
    read: list[str] = []
    whole = parallel.read_contents

    def counting(files, executor=None):  # type: ignore[no-untyped-def]
        files = list(files)
        read.extend(name for name, _ in files)
        return whole(files, executor)

    monkeypatch.setattr(reading_history, "read_contents", counting)
    cache = Cache(tmp_path / "kept.sqlite")
    assert len(repository.events(cache=cache)) == 3
    assert len(read) == 2, "the current version was read already"
    read.clear()
    assert len(repository.events(cache=cache)) == 3
    assert read == []
    repository.commit(one__json=study(status="TERMINATED"))
    assert len(repository.events(cache=cache)) == 4
    assert len(read) == 1, "only the version that was current before"
    cache.close_without_saving()


def test_changes_that_are_not_committed_are_not_told(repository: Repository) -> None:
    repository.commit(one__json=study())
    (repository.seeds / "one.json").write_text(json.dumps(study(status="COMPLETED")))
    assert repository.told() == [["new"]]


def test_trials_that_are_joined_today_have_one_history(repository: Repository) -> None:
    other = {"id": "2029-599999-11-00", "type": "CTIS"}
    joined = study()
    joined["protocolSection"]["identificationModule"]["secondaryIdInfos"] = [other]
    part = {"authorizedPartI": {"trialDetails": {"clinicalTrialIdentifiers": {"publicTitle": "Lamps"}}}}
    ctis = {"ctNumber": "2029-599999-11-00", "ctPublicStatusCode": 4, "authorizedApplication": part}
    repository.commit(two__json=ctis)
    repository.commit(one__json=joined)
    ctis = {**ctis, "ctPublicStatusCode": 8}
    repository.commit(two__json=ctis)
    assert repository.events("2029-599999-11-00") == []
    assert repository.told()[-1] == ["new"], "the trial came with its first document"


def test_a_source_is_where_the_value_stands(repository: Repository) -> None:
    repository.commit(one__json=with_sites("Lamp Hospital"))
    repository.commit(one__json=with_sites("Lamp Hospital", "New Ward"))
    last, _ = repository.events()
    (site,) = last.changes
    lines = (repository.seeds / "one.json").read_text().split("\n")
    assert isinstance(site.new_source, Source)
    assert "New Ward" in lines[site.new_source.first_line - 1]


def test_a_text_has_its_line_too(repository: Repository) -> None:
    for age in ("60", "65"):
        repository.commit(
            one__json=study(eligibilityModule={"eligibilityCriteria": f"Up to {age} years", "sex": "ALL"})
        )
    last, _ = repository.events()
    (criteria,) = last.changes
    lines = (repository.seeds / "one.json").read_text().split("\n")
    for source in (criteria.old_source, criteria.new_source):
        assert source is not None
        assert "Up to 65 years" in lines[source.first_line - 1]


def test_a_version_that_is_too_large_is_left_out_and_the_next_is_read(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = study(status_module={"whyStopped": "x" * 9000})
    for record in (study(), large, study(status="SUSPENDED"), study(status="COMPLETED")):
        repository.commit(one__json=record)
    monkeypatch.setattr(repositories, "LARGEST_FILE", 5000)
    assert repository.told() == [
        ["overallStatus: SUSPENDED → COMPLETED"],
        ["overallStatus: RECRUITING → SUSPENDED"],
        ["new"],
    ]


def test_git_that_is_not_installed_is_said(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.commit(one__json=study())
    assert shutil.which("git")
    monkeypatch.setenv("PATH", "")
    catalog = flow.make_catalog(repository.seeds, repository.folder / "content", history=True).catalog
    assert "git is not installed" in (catalog.gap_of_history() or "")


RECORDS = Path(__file__).parents[3] / "shared" / "data" / "layouts"


@pytest.mark.records
@pytest.mark.skipif(not RECORDS.is_dir(), reason="the real records are not here")
def test_layouts_of_one_record_differ_in_nothing() -> None:
    layouts: dict[str, dict[str, Study]] = {}
    for file in sorted(path for path in RECORDS.rglob("*") if path.is_file()):
        for reading in read_file(file, file.name):
            for record in reading.records:
                layouts.setdefault(record.id, {})[file.parent.name] = record.study
    assert layouts
    for studies in layouts.values():
        for one, other in combinations(studies.values(), 2):
            assert compare(one, other) == compare(other, one) == []
