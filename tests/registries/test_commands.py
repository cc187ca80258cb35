"""``trial-catalog add`` and ``update``, against registries on this machine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.console import fetching
from generator.registries import client, known
from tests.conftest import ROOT
from tests.interruptions import start
from tests.registries.server import Registries, isrctn_trial, study

ONE, TWO, THREE = "NCT90000001", "NCT90000002", "NCT90000003"


@pytest.fixture
def catalog(tmp_path: Path, registries: Registries, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lay out an empty catalog whose commands ask the registries on this machine."""
    (tmp_path / "mkdocs.yml").write_text("site_name: Ours\ndocs_dir: content\nplugins: [trial-catalog]\n")
    monkeypatch.setattr(fetching, "registries", registries.known)
    monkeypatch.setattr(client, "RequestLimits", lambda: client_limits)
    return tmp_path


client_limits = client.RequestLimits(pause=0, tries=2, growth=0, longest=1)


def run(catalog: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--config", str(catalog / "mkdocs.yml")])


def names(catalog: Path) -> list[str]:
    return sorted(path.name for path in (catalog / "seeds" / "registry").iterdir())


def test_add_fetches_numbers_a_file_and_a_query(catalog: Path, registries: Registries) -> None:
    registries.studies = {number: study(number) for number in (ONE, TWO, THREE)}
    registries.isrctn = {"99990011": isrctn_trial("99990011")}
    (catalog / "numbers.txt").write_text(f"# Ours\n{TWO}  the second one\nISRCTN99990011\n")
    result = run(catalog, "add", ONE, "--file", str(catalog / "numbers.txt"), "--query", f"Lamps of {THREE}")
    assert result.exit_code == 0, result.output
    assert f"{ONE}: added, Lamps of {ONE}" in result.output
    assert "4 added, 0 changed, 0 unchanged." in result.output
    assert names(catalog) == ["ISRCTN99990011.xml", f"{ONE}.json", f"{TWO}.json", f"{THREE}.json"]


def test_add_says_what_did_not_come_and_fails(catalog: Path, registries: Registries) -> None:
    registries.studies = {ONE: study(ONE)}
    result = run(catalog, "add", ONE, "NCT91111111", "DRKS00000001")
    assert result.exit_code == 1
    assert "NCT91111111: ClinicalTrials.gov has no trial with this number" in result.output
    assert "1 added, 0 changed, 0 unchanged, 2 not fetched." in result.output


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("add",), "name trials by their numbers"),
        (("add", "--query", "x", "--registry", "nowhere"), "records come from ClinicalTrials.gov"),
        (("add", "--query", "x", "--registry", "eu-ct"), "cannot be searched from here"),
    ],
)
def test_add_says_what_it_needs(catalog: Path, arguments: tuple[str, ...], told: str) -> None:
    result = run(catalog, *arguments)
    assert result.exit_code
    assert told in result.output


def test_a_dry_run_writes_nothing(catalog: Path, registries: Registries) -> None:
    registries.studies = {ONE: study(ONE)}
    result = run(catalog, "add", ONE, "--dry-run")
    assert "would be 1 added" in result.output
    assert [path.name for path in catalog.iterdir()] == ["mkdocs.yml"]


def test_update_says_what_changed_also_for_a_commit(catalog: Path, registries: Registries) -> None:
    registries.studies = {ONE: study(ONE), TWO: study(TWO)}
    run(catalog, "add", ONE, TWO)
    message = catalog / "message"
    result = run(catalog, "update", "--commit-message", str(message))
    assert (result.exit_code, message.read_text()) == (0, "")
    registries.studies[ONE] = study(ONE, "COMPLETED", holder="2030-02-02")
    sites = registries.studies[ONE]["protocolSection"]["contactsLocationsModule"]["locations"]
    sites += [{"facility": "New Ward", "city": "Lund"}, {"facility": "Old Ward", "city": "Lund"}]
    result = run(catalog, "update", "--commit-message", str(message))
    assert result.exit_code == 0
    assert "0 added, 1 changed, 1 unchanged." in result.output
    assert message.read_text() == f"{ONE}: recruiting → completed, 2 sites added\n"


def test_the_message_of_several_changes_lists_them(catalog: Path, registries: Registries) -> None:
    registries.studies = {ONE: study(ONE), TWO: study(TWO)}
    run(catalog, "add", ONE)
    registries.studies[ONE] = study(ONE, "SUSPENDED")
    message = catalog / "message"
    run(catalog, "add", ONE, TWO, "--commit-message", str(message))
    assert message.read_text().splitlines() == [
        f"Update 2 trials: {ONE}, {TWO}",
        "",
        f"{ONE}: recruiting → suspended",
        f"{TWO}: added, Lamps of {TWO}",
    ]


def test_update_offers_the_records_of_trials_known_from_pages(catalog: Path, registries: Registries) -> None:
    page = "---\nnctId: {}\nsource: a letter\noverallStatus: RECRUITING\n---\n## Summary\nOf lamps.\n"
    (catalog / "seeds").mkdir()
    (catalog / "seeds" / "page.md").write_text(page.format(TWO))
    registries.studies = {ONE: study(ONE), TWO: study(TWO)}
    run(catalog, "add", ONE)
    run(catalog, "generate")
    result = run(catalog, "update")
    assert "1 trial is known from saved pages only; --adopt fetches" in result.output
    assert names(catalog) == [f"{ONE}.json"]
    result = run(catalog, "update", "--adopt")
    assert f"{TWO}: added" in result.output
    assert "known from saved pages only" not in run(catalog, "update").output


def test_update_goes_on_without_a_trial_that_its_registry_took_away(catalog: Path, registries: Registries) -> None:
    registries.studies = {ONE: study(ONE)}
    run(catalog, "add", ONE)
    registries.studies.clear()
    result = run(catalog, "update")
    assert result.exit_code == 0
    assert "Its file stays as it is" in result.output
    assert names(catalog) == [f"{ONE}.json"]


def test_update_fails_where_a_registry_does_not_answer(catalog: Path, registries: Registries) -> None:
    registries.studies = {ONE: study(ONE)}
    run(catalog, "add", ONE)
    registries.failures = [(503, {})] * 9
    result = run(catalog, "update")
    assert result.exit_code == 1
    assert "What came before is kept" in result.output


_SLOW_ADD = """
import sys
from generator.cli import main
from generator.console import fetching
from generator.registries.isrctn import Isrctn
fetching.registries = lambda: [Isrctn(sys.argv[1] + "/isrctn")]
main(["add", *sys.argv[3:], "--config", sys.argv[2]])
"""


def test_a_run_that_is_killed_leaves_nothing_half_written(catalog: Path, registries: Registries) -> None:
    registries.isrctn = {f"9999001{digit}": isrctn_trial(f"9999001{digit}", "Lamps " * 9999) for digit in range(1, 9)}
    numbers = [f"ISRCTN{digits}" for digits in registries.isrctn]
    running = start("-c", _SLOW_ADD, registries.base, str(catalog / "mkdocs.yml"), *numbers)
    assert running.stdout is not None
    running.stdout.readline()
    running.kill()
    running.wait()
    running.stdout.close()
    written = names(catalog)
    assert 0 < len(written) < len(numbers)
    whole = isrctn_trial("99990011", "Lamps " * 9999).count("Lamps")
    for name in written:
        if not name.startswith("."):
            assert (catalog / "seeds" / "registry" / name).read_text().count("Lamps") == whole
    result = run(catalog, "add", *numbers)
    assert result.exit_code == 0
    assert names(catalog) == [f"{number}.xml" for number in numbers]


def test_ours_are_found_by_entry_points() -> None:
    assert [registry.name for registry in known.registries()] == [
        "ClinicalTrials.gov",
        "EU Clinical Trials Information System",
        "ISRCTN",
    ]


def test_a_package_without_its_entry_points_is_said(catalog: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "registries", list)
    assert "install trial-catalog again" in run(catalog, "add", ONE).output


def test_help_asks_no_registry() -> None:
    told = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "generator", "update", "--help"],
        cwd=ROOT,
        env=os.environ,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "--adopt" in told.stdout
    assert "generator.registries" not in told.stderr
