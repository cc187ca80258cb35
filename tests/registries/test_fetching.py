"""Numbers and queries become files: what is asked, what is written, and what is said of what does not work."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from generator.readers.reading import read_file
from generator.registries.client import Client, RequestLimits
from generator.registries.fetching import Fetcher, Outcome
from generator.registries.journal import Journal
from generator.registries.known import registry_called
from generator.registries.record_files import RecordFiles
from tests.registries.server import Registries, isrctn_trial, study

ONE, TWO, THREE = "NCT90000001", "NCT90000002", "NCT90000003"
SWIFT = RequestLimits(pause=0, tries=2, growth=0, longest=1)


def fetched(
    folder: Path, registries: Registries, *numbers: str, since: date | None = None, dry: bool = False
) -> list[Outcome]:
    """Fetch *numbers* into *folder*, with a journal beside it."""
    journal = Journal(None if dry else folder / "journal", "test")
    with Client(SWIFT) as client, journal:
        fetcher = Fetcher(RecordFiles(folder / "seeds"), client, journal, registries.known(), dry=dry)
        return list(fetcher.fetch(numbers, since))


def searched(folder: Path, registries: Registries, name: str, query: str, since: date | None = None) -> list[Outcome]:
    """Fetch what *query* finds in the registry called *name*."""
    known = registries.known()
    registry = registry_called(name, known)
    assert registry is not None
    with Client(SWIFT) as client, Journal(None, "test") as journal:
        fetcher = Fetcher(RecordFiles(folder / "seeds"), client, journal, known)
        return list(fetcher.search(registry, query, since))


def what(outcomes: list[Outcome]) -> list[tuple[str, str]]:
    return [(outcome.what, outcome.number) for outcome in outcomes]


def files(folder: Path) -> list[str]:
    found = folder / "seeds" / "registry"
    return sorted(file.name for file in found.iterdir()) if found.is_dir() else []


def test_each_registry_gives_one_file_a_trial(tmp_path: Path, registries: Registries) -> None:
    registries.studies = {ONE: study(ONE), TWO: study(TWO)}
    registries.ctis = {"2029-599999-11-00": {"ctNumber": "2029-599999-11-00", "ctPublicStatusCode": 4}}
    registries.isrctn = {"99990011": isrctn_trial("99990011")}
    address = "https://www.isrctn.com/ISRCTN99990011"
    outcomes = fetched(tmp_path, registries, ONE, "nct 90000002", "2029-599999-11-00", address, ONE)
    assert {outcome.what for outcome in outcomes} == {"added"}
    assert files(tmp_path) == ["2029-599999-11-00.json", "ISRCTN99990011.xml", f"{ONE}.json", f"{TWO}.json"]
    assert len(registries.asked) == 3, "both of ClinicalTrials.gov in one request"


def test_files_are_what_the_registry_sent_one_value_a_line_and_readers_take_them(
    tmp_path: Path, registries: Registries
) -> None:
    registries.studies = {ONE: study(ONE)}
    part: dict[str, object] = {"authorizedPartI": {"trialDetails": {}}}
    registries.ctis = {"2029-599999-11-00": {"ctNumber": "2029-599999-11-00", "authorizedApplication": part}}
    registries.isrctn = {"99990011": isrctn_trial("99990011")}
    fetched(tmp_path, registries, ONE, "2029-599999-11-00", "ISRCTN99990011")
    folder = tmp_path / "seeds" / "registry"
    text = (folder / f"{ONE}.json").read_text()
    assert json.loads(text) == study(ONE)
    assert '\n   "overallStatus": "RECRUITING",\n' in text
    assert "\n   <title>Lamps</title>\n" in (folder / "ISRCTN99990011.xml").read_text()
    layouts = {file.name: [reading.layout for reading in read_file(file, file.name)] for file in folder.iterdir()}
    assert layouts == {
        f"{ONE}.json": ["clinicaltrials-gov-api-v2"],
        "2029-599999-11-00.json": ["eu-ctis-json"],
        "ISRCTN99990011.xml": ["isrctn-xml"],
    }


def test_a_dry_run_says_what_would_come_and_writes_nothing(tmp_path: Path, registries: Registries) -> None:
    registries.studies = {ONE: study(ONE)}
    assert what(fetched(tmp_path, registries, ONE, dry=True)) == [("added", ONE)]
    assert not list(tmp_path.iterdir())


def test_a_record_that_differs_in_stamps_only_is_not_written(tmp_path: Path, registries: Registries) -> None:
    number, digits = "2029-599999-11-00", "99990011"
    for holder, version in (("2030-01-01", 1), ("2030-01-02", 2)):
        registries.studies = {ONE: study(ONE, holder=holder)}
        registries.ctis = {number: {"ctNumber": number, "publishDate": f"{holder}T03:46:14.147548867", "ctStatus": 4}}
        registries.isrctn = {digits: isrctn_trial(digits, version=version)}
        outcomes = fetched(tmp_path, registries, ONE, number, f"ISRCTN{digits}")
    assert {outcome.what for outcome in outcomes} == {"unchanged"}
    assert registries.known_etags == 0, "the answers differ, the records do not"
    assert "2030-01-01" in (tmp_path / "seeds" / "registry" / f"{ONE}.json").read_text()


def test_a_changed_record_is_written_with_what_was_there_before(tmp_path: Path, registries: Registries) -> None:
    registries.studies = {ONE: study(ONE)}
    fetched(tmp_path, registries, ONE)
    registries.studies = {ONE: study(ONE, "COMPLETED")}
    (outcome,) = fetched(tmp_path, registries, ONE)
    assert (outcome.what, b"RECRUITING" in outcome.before, b"COMPLETED" in outcome.after) == ("changed", True, True)


def test_an_answer_that_still_holds_is_not_sent_again(tmp_path: Path, registries: Registries) -> None:
    registries.studies = {ONE: study(ONE)}
    for _ in range(3):
        outcomes = fetched(tmp_path, registries, ONE)
    assert (what(outcomes), registries.known_etags) == ([("unchanged", ONE)], 2)


def test_a_file_that_is_gone_or_edited_is_fetched_again_whole(tmp_path: Path, registries: Registries) -> None:
    registries.studies = {ONE: study(ONE)}
    fetched(tmp_path, registries, ONE)
    file = tmp_path / "seeds" / "registry" / f"{ONE}.json"
    file.write_text(file.read_text().replace("RECRUITING", "EDITED"))
    assert what(fetched(tmp_path, registries, ONE)) == [("changed", ONE)]
    file.unlink()
    assert what(fetched(tmp_path, registries, ONE)) == [("added", ONE)]


def test_a_query_is_followed_through_all_pages(tmp_path: Path, registries: Registries) -> None:
    registries.studies = {f"NCT9000000{digit}": study(f"NCT9000000{digit}") for digit in range(1, 6)}
    registries.isrctn = {f"9999001{digit}": isrctn_trial(f"9999001{digit}") for digit in range(1, 6)}
    assert len(searched(tmp_path, registries, "clinicaltrials.gov", "Lamps")) == 5
    assert len(searched(tmp_path, registries, "isrctn", "lamps")) == 5
    assert len(files(tmp_path)) == 10
    assert len(registries.asked) == 6


def test_since_leaves_out_what_did_not_change(tmp_path: Path, registries: Registries) -> None:
    registries.studies = {ONE: study(ONE), TWO: study(TWO)}
    fetched(tmp_path, registries, ONE, TWO)
    for number in (ONE, TWO):
        registries.studies[number] = study(number, "COMPLETED")
    module = registries.studies[TWO]["protocolSection"]["statusModule"]
    module["lastUpdatePostDateStruct"]["date"] = "2030-05-02"
    outcomes = fetched(tmp_path, registries, ONE, TWO, since=date(2030, 5, 1))
    assert sorted(what(outcomes)) == [("changed", TWO), ("unchanged", ONE)]
    assert what(searched(tmp_path, registries, "nct", "Lamps", date(2030, 5, 1))) == [("unchanged", TWO)]


@pytest.mark.parametrize(
    ("number", "told"),
    [
        ("NCT91111111", "ClinicalTrials.gov has no trial with this number"),
        ("2029-511111-11-00", "a page of the register's site"),
        ("ISRCTN91111111", "ISRCTN has no trial with this number"),
        ("DRKS00000001", "German Clinical Trials Register has no interface"),
        ("12345", "this is no number of a trial"),
        (f"{ONE} and {TWO}", "this is no number of a trial"),
        ("PMID: 12345678", "this is no number of a trial"),
    ],
)
def test_what_cannot_be_had_is_said(tmp_path: Path, registries: Registries, number: str, told: str) -> None:
    (outcome,) = fetched(tmp_path, registries, number)
    assert outcome.is_error
    assert told in outcome.message
    assert files(tmp_path) == []


def test_a_trial_that_its_registry_took_away_keeps_its_file(tmp_path: Path, registries: Registries) -> None:
    registries.studies = {ONE: study(ONE), TWO: study(TWO)}
    fetched(tmp_path, registries, ONE, TWO)
    del registries.studies[ONE]
    outcomes = fetched(tmp_path, registries, ONE, TWO)
    assert sorted(what(outcomes)) == [("missing", ONE), ("unchanged", TWO)]
    assert files(tmp_path) == [f"{ONE}.json", f"{TWO}.json"]


def test_a_record_whose_number_would_name_another_file_is_refused(tmp_path: Path, registries: Registries) -> None:
    registries.studies = {ONE: study("../../outside")}
    (outcome,) = fetched(tmp_path, registries, ONE)
    assert (outcome.what, "'../../outside'" in outcome.message) == ("failed", True)
    assert [path.name for path in tmp_path.iterdir()] == ["journal"]


def test_an_old_number_brings_the_record_of_the_new_one(tmp_path: Path, registries: Registries) -> None:
    registries.studies = {ONE: study(TWO, nctIdAliases=[ONE])}
    assert what(fetched(tmp_path, registries, ONE)) == [("added", TWO)]


def test_a_busy_server_is_asked_again_after_the_time_that_it_names(tmp_path: Path, registries: Registries) -> None:
    registries.studies = {ONE: study(ONE)}
    registries.failures = [(429, {"Retry-After": "0"}), (503, {})]
    assert what(fetched(tmp_path, registries, ONE)) == [("added", ONE)]
    assert len(registries.asked) == 3


def test_a_server_that_stays_busy_ends_its_own_numbers_only(tmp_path: Path, registries: Registries) -> None:
    registries.isrctn = {"99990011": isrctn_trial("99990011")}
    registries.failures = [(503, {})] * 3
    failed, added = fetched(tmp_path, registries, ONE, "ISRCTN99990011")
    assert (failed.what, added.what) == ("failed", "added")
    assert "overloaded or out of order" in failed.message
    assert "run the command again" in failed.message


def test_a_network_that_is_not_there_is_said(tmp_path: Path) -> None:
    nowhere = Registries(base="http://127.0.0.1:9")
    (outcome,) = fetched(tmp_path, nowhere, ONE)
    assert "127.0.0.1:9 cannot be reached" in outcome.message
    assert "Check the network" in outcome.message


def test_one_request_at_a_time_with_a_name(tmp_path: Path, registries: Registries) -> None:
    registries.isrctn = {f"9999001{digit}": isrctn_trial(f"9999001{digit}") for digit in range(1, 6)}
    fetched(tmp_path, registries, *(f"ISRCTN{digits}" for digits in registries.isrctn))
    assert registries.most_at_once == 1
    (agent,) = registries.agents
    assert agent.startswith("trial-catalog/")


def test_an_interrupted_run_goes_on_where_it_was(tmp_path: Path, registries: Registries) -> None:
    registries.isrctn = {f"9999001{digit}": isrctn_trial(f"9999001{digit}") for digit in range(1, 6)}
    numbers = [f"ISRCTN{digits}" for digits in registries.isrctn]
    registries.stop_after = 2
    assert what(fetched(tmp_path, registries, *numbers))[-1] == ("failed", "ISRCTN")
    registries.stop_after = None
    registries.asked.clear()
    outcomes = fetched(tmp_path, registries, *numbers)
    assert [outcome.what for outcome in outcomes] == ["unchanged"] * 2 + ["added"] * 3
    assert len(registries.asked) == 3
    fetched(tmp_path, registries, *numbers)
    assert registries.known_etags == 5, "a run that ended is not continued"
