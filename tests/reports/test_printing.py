"""What a document says reaches no terminal raw, and turns nothing around on a page."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.model.problem import Problem
from generator.reports.printing import printable, problem_lines
from tests.conftest import files_of

RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
EVIL = "Evil \u202eproC \x1b]0;owned\x07 \u2067x \x9b31m"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A catalog of hostile documents, also by their names."""
    seeds = tmp_path / "seeds"
    (seeds / "names").mkdir(parents=True)
    record = {
        "protocolSection": {
            "identificationModule": {"nctId": "NCT09990001", "briefTitle": EVIL, "officialTitle": EVIL},
            "statusModule": {"overallStatus": EVIL, "startDateStruct": {"date": EVIL}},
            "sponsorCollaboratorsModule": {"leadSponsor": {"name": "Evil \u202eproC"}},
            "conditionsModule": {"conditions": [EVIL], "keywords": EVIL},
            "descriptionModule": {"briefSummary": EVIL},
        }
    }
    (seeds / "\u202e\x1b[31m.json").write_text(json.dumps(record, ensure_ascii=False))
    (seeds / "other.txt").write_text(f"No layout {EVIL}\n")
    name = EVIL.encode("unicode_escape").decode()
    (seeds / "names" / "organizations.yml").write_text(f'- name: "{name}"\n  odd: 1\n')
    (tmp_path / "mkdocs.yml").write_text("site_name: x\ndocs_dir: content\nplugins: [trial-catalog]\n")
    return tmp_path


@pytest.mark.parametrize(
    "arguments",
    [["check"], ["check", "--format", "json"], ["check", "--format", "github"], ["names", "--all"], ["generate"]],
    ids=" ".join,
)
def test_no_command_prints_what_steers_a_terminal(folder: Path, arguments: list[str]) -> None:
    result = CliRunner().invoke(main, [*arguments, "--config", str(folder / "mkdocs.yml")])
    assert result.exit_code in (0, 1)
    assert "proC" in result.output or arguments == ["generate"]
    assert not RAW.search(result.output)


def test_explain_shows_it_as_what_it_is(folder: Path) -> None:
    for file in sorted((folder / "seeds").glob("*.*")):
        result = CliRunner().invoke(main, ["explain", str(file)])
        assert not RAW.search(result.output)
        assert r"\x1b]0;owned\x07" in result.output


def test_pages_have_no_marks_of_direction(folder: Path) -> None:
    CliRunner().invoke(main, ["generate", "--config", str(folder / "mkdocs.yml")])
    pages = {name: data.decode() for name, data in files_of(folder / "content").items() if name.endswith(".md")}
    assert "proC" in pages["trials/nct09990001.md"]
    assert [name for name, text in pages.items() if RAW.search(text)] == []


def test_json_still_means_the_same() -> None:
    text = "\n".join(problem_lines([Problem("a\u202e.txt", 1, EVIL)], "json", "seeds"))
    assert not RAW.search(text)
    assert json.loads(text)[0]["message"] == EVIL


def test_a_document_cannot_begin_a_line_of_its_own() -> None:
    assert printable("a\nerror: b") == r"a\nerror: b"
