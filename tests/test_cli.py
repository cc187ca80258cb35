"""The commands that others rely on."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from tests.conftest import FIVE_SEEDS, SEEDS, STUDIES

PAGE = Path(__file__).parent / "readers" / "fixtures" / "meddatax" / "labelled.txt"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    folder = tmp_path / "seeds"
    folder.mkdir()
    (folder / "page.txt").write_text(PAGE.read_text(encoding="utf-8"), encoding="utf-8")
    return folder


def check(seeds: Path, *options: str) -> Result:
    return run("check", "--seeds", str(seeds), "--content", str(seeds.parent / "content"), *options)


@pytest.mark.parametrize("name", FIVE_SEEDS)
def test_explain_shows_no_unread_line_in_the_five_seeds(name: str) -> None:
    result = run("explain", str(SEEDS / name))
    assert result.exit_code == 0
    assert result.output.rstrip().endswith("; 0 unread")
    text = (SEEDS / name).read_text(encoding="utf-8")
    shown = result.output
    for line in text.splitlines():
        assert line.rstrip() in shown


def test_explain_prints_each_line_beside_what_it_became(seeds: Path) -> None:
    output = run("explain", str(seeds / "page.txt")).output
    assert re.search(r"fact +NCT ID: NCT09900011\n.*→ NCT09900011 protocolSection\.identificationModule\.nctId", output)
    assert re.search(r"heading +Recruitment Status\n", output)


def test_explain_says_which_reader_took_the_document_and_how_much_became_facts(seeds: Path) -> None:
    output = run("explain", str(seeds / "page.txt")).output
    assert re.search(r"page\.txt: taken by the reader meddatax: .*headings", output)
    assert re.search(r"\d+% of its characters became facts; \d+ unread\n$", output)


def test_explain_says_which_other_reader_came_near(tmp_path: Path) -> None:
    fixtures = Path(__file__).parent / "readers" / "fixtures"
    output = run("explain", str(fixtures / "labelled_page" / "copied.txt")).output
    assert "taken by the reader labelled-page: the page has a registry's number" in output
    text = (fixtures / "clinicaltrials_gov_page" / "copied.txt").read_text(encoding="utf-8")
    page = tmp_path / "page.txt"
    page.write_text(text.replace("2019-009999-12 (EudraCT Number)\n", ""), encoding="utf-8")
    assert "came near: labelled-page" in run("explain", str(page)).output


def test_explain_says_of_a_refused_document_who_refused_it_and_who_came_near(tmp_path: Path) -> None:
    fixtures = Path(__file__).parent / "readers" / "fixtures"
    page = tmp_path / "page.txt"
    text = (fixtures / "clinicaltrials_gov_page" / "copied.txt").read_text(encoding="utf-8")
    page.write_text(text.replace("ClinicalTrials.gov ID NCT09990301", ""), encoding="utf-8")
    output = run("explain", str(page)).output
    assert "page.txt: recognised, but refused by the reader clinicaltrials-gov-page" in output
    assert "0% of its characters became facts" in output
    page.write_text("Lamps\n\nAllocation Method: by the moon\n", encoding="utf-8")
    assert "page.txt: came near: meddatax\n" in run("explain", str(page)).output


def test_check_is_silent_about_good_documents(seeds: Path) -> None:
    result = check(seeds)
    assert result.exit_code == 0
    assert "1 documents, 1 trials: 0 errors" in result.output
    assert not (seeds.parent / "content").exists()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.txt", b""),
        ("binary.txt", b"\x00\x01\x02"),
        ("latin.txt", "Créteil\n".encode("latin-1")),
        ("unknown.txt", b"A page about lighthouses.\n"),
        ("truncated.txt", b"Study Results\n"),
    ],
)
def test_check_names_file_and_line_and_fails(seeds: Path, name: str, data: bytes) -> None:
    (seeds / name).write_bytes(data)
    result = check(seeds)
    assert result.exit_code == 1
    [line] = [line for line in result.output.splitlines() if name in line]
    assert re.match(rf".*{name}:\d+: error: .+", line)
    assert "1 trials" in result.output


def test_two_documents_that_disagree_are_one_warning_with_both_places(seeds: Path) -> None:
    text = PAGE.read_text(encoding="utf-8").replace("1,240 participants", "15 participants")
    (seeds / "second.txt").write_text(text, encoding="utf-8")
    result = check(seeds)
    assert result.exit_code == 0
    [line] = [line for line in result.output.splitlines() if "disagree" in line]
    assert re.match(r".*page\.txt:\d+: warning: NCT09900011: documents disagree on enrollment", line)
    assert re.search(r"second\.txt:\d+.* \[documents-disagree\]$", line)
    assert "What each code means: " in result.output
    assert check(seeds, "--strict").exit_code == 1


def test_check_as_json_and_as_github_annotations(seeds: Path) -> None:
    (seeds / "empty.txt").write_bytes(b"")
    [problem] = json.loads(check(seeds, "--format", "json").output)
    assert (problem["line"], problem["severity"], problem["code"]) == (1, "error", "empty")
    assert problem["path"].endswith("seeds/empty.txt")
    [line] = check(seeds, "--format", "github").output.splitlines()
    assert re.match(r"::error file=.*empty\.txt,line=1,title=empty::the file is empty", line)


def test_generate_writes_what_the_contract_says(tmp_path: Path) -> None:
    content = tmp_path / "content"
    result = run("generate", "--seeds", str(SEEDS), "--content", str(content))
    assert result.exit_code == 0
    for study in STUDIES:
        assert json.loads((content / "api" / "v2" / "studies" / f"{study}.json").read_bytes())["catalogSection"]
        assert (content / "trials" / f"{study.lower()}.md").is_file()
    assert {
        entry["id"] for entry in json.loads((content / "api" / "v2" / "studies.json").read_bytes())["studies"]
    } >= set(STUDIES)
    for entity in json.loads((content / "api" / "entities.json").read_bytes()):
        assert entity.keys() >= {
            "kind",
            "id",
            "name",
            "url",
            "verified",
            "roles",
            "spellings",
            "studies",
            "partOf",
            "notSameAs",
        }
        assert (content / f"{entity['url'].rstrip('/')}.md").is_file()


def test_bad_documents_do_not_stop_a_build(seeds: Path) -> None:
    (seeds / "empty.txt").write_bytes(b"")
    content = seeds.parent / "content"
    result = run("generate", "--seeds", str(seeds), "--content", str(content))
    assert result.exit_code == 0
    assert (content / "trials" / "nct09900011.md").is_file()
    assert "empty.txt:1: error" in result.output


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    result = run("check", "--seeds", str(tmp_path / "nowhere"))
    assert result.exit_code == 2
    assert "there is no such folder" in result.output


def test_names_gives_reasons() -> None:
    result = run("names", "--content", "nowhere")
    assert result.exit_code == 0
    assert "ILT-101" in result.output


def test_review_says_that_nothing_waits_and_writes_nothing() -> None:
    before = {file: file.read_bytes() for file in (SEEDS / "names").iterdir()}
    result = run("review", "--content", "nowhere", "--kind", "drug")
    assert result.exit_code == 0
    assert result.output == "No name waits for a decision.\n"
    assert {file: file.read_bytes() for file in (SEEDS / "names").iterdir()} == before
