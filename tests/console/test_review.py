"""`trial-catalog review`: questions in the order of their use, answers as YAML, and undo."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from generator.console.review import Review
from generator.identity.curated import load_curated
from generator.identity.identification import Identification, identify
from generator.identity.review import Context, questions
from generator.identity.review_session import ReviewSession
from generator.identity.slugs import SlugLedger
from generator.identity.vocabularies.shipped import UNII, shipped
from generator.model.study import Study
from tests.identity.catalogs import by_id, catalog, study


def trials() -> list[Study]:
    """Return trials with two pairs of names that are alike; the first is in more trials."""
    return [
        *(study(f"A{number}", sponsor="Acme Pharma Inc") for number in range(3)),
        *(study(f"B{number}", sponsor="Acme Pharmaceutical Inc") for number in range(2)),
        study("C", sponsor="Institute of Lung Care Lodz"),
        study("D", sponsor="Institute of Lung Cares Lodz"),
    ]


def reviewed(seeds: Path, answers: str, identification: Identification | None = None) -> Result:
    found = identification or catalog(*trials())
    asked = questions(found, ["organization"])

    @click.command()
    def ask() -> None:
        context = Context(found, {"A0": "A trial"}.get)
        session = ReviewSession(seeds, asked, context, lambda: date(2026, 11, 29))
        click.echo(f"{Review(session, Console(width=110)).run()} written")

    return CliRunner().invoke(ask, input=answers, catch_exceptions=False)


def test_the_answer_that_changes_most_is_asked_first() -> None:
    names = [(one.first.name, one.second.name) for one in questions(catalog(*trials()), ["organization", "person"])]
    assert names[:2] == [
        ("Acme Pharma Inc", "Acme Pharmaceutical Inc"),
        ("Institute of Lung Care Lodz", "Institute of Lung Cares Lodz"),
    ]
    assert questions(catalog(*trials()), ["drug"]) == []


def test_what_a_vocabulary_knows_as_two_is_not_asked() -> None:
    others = ("Bortezomib", "Aspirin", "Metformin", "Warfarin", "Ketamine", "Lithium", "Caffeine", "Morphine")
    names = ("Esomeprazole", "Omeprazole", *others)
    found = catalog(*(study(f"T{number}", drugs=[name]) for number, name in enumerate(names)))
    assert [(one.first.name, one.second.name) for one in questions(found, ["drug"])] == [("Esomeprazole", "Omeprazole")]
    assert questions(found, ["drug"], [shipped(UNII)]) == []


def test_two_names_stand_side_by_side_with_what_a_decision_needs(tmp_path: Path) -> None:
    output = reviewed(tmp_path, "q\n").output
    assert "1 of 2" in output
    header = next(line for line in output.splitlines() if "Acme Pharmaceutical Inc" in line)
    assert "Acme Pharma Inc" in header
    assert "A0 A trial" in output
    assert "0 written" in output
    assert list(tmp_path.iterdir()) == []


def test_answers_are_written_with_reason_and_date(tmp_path: Path) -> None:
    result = reviewed(tmp_path, "s\nOne company, says its register.\nd\n\nq\n")
    assert "2 written" in result.output
    two = (
        '  source: "“Institute of Lung Care Lodz” and “Institute of Lung Cares Lodz” are two (decided on 2026-11-29)."'
    )
    assert (tmp_path / "names" / "organizations.yml").read_text(encoding="utf-8") == (
        "- name: Acme Pharma Inc\n"
        "  spellings: [Acme Pharmaceutical Inc]\n"
        '  source: "One company, says its register (decided on 2026-11-29)."\n'
        "- name: Institute of Lung Care Lodz\n"
        "  not_same_as: [Institute of Lung Cares Lodz]\n"
        f"{two}\n"
        "- name: Institute of Lung Cares Lodz\n"
        "  not_same_as: [Institute of Lung Care Lodz]\n"
        f"{two}\n"
    )
    curated = load_curated(tmp_path)
    assert curated.problems == []
    again = identify(by_id(trials()), curated, SlugLedger())
    assert questions(again, ["organization"]) == []


def test_part_of_asks_which_is_the_part(tmp_path: Path) -> None:
    reviewed(tmp_path, "p\n2\nIts daughter\nq\n")
    entry = load_curated(tmp_path).entry("organization", "Acme Pharmaceutical Inc")
    assert entry.part_of == ("Acme Pharma Inc",)


@pytest.mark.parametrize("answers", ["s\n\nu\nq\n", "s\n\nk\nu\nu\nq\n", "u\nk\nq\n"])
def test_undo_goes_back_to_the_question_and_its_file(tmp_path: Path, answers: str) -> None:
    result = reviewed(tmp_path, answers)
    assert "0 written" in result.output
    assert not (tmp_path / "names" / "organizations.yml").exists()


def test_a_file_that_is_broken_is_named_and_nothing_is_lost(tmp_path: Path) -> None:
    file = tmp_path / "names" / "organizations.yml"
    file.parent.mkdir()
    file.write_text("- nme: X\n", encoding="utf-8")
    result = reviewed(tmp_path, "s\n\nq\n")
    assert "organizations.yml:1: " in result.output
    assert file.read_text(encoding="utf-8") == "- nme: X\n"
