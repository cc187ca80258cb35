"""Decisions are written into files of curated names as a person would write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.identity.curated import load_curated
from generator.identity.decisions import DecisionError, decide
from generator.model.catalog import Entity, Kind, Role, Spelling

WHY = "They share an address (decided on 2026-11-29)."

FILE = """\
# Comments stay.
- name: Alpha Clinic
  spellings: [Clinic Alpha]
  source: >-
    Their own pages
    say so.
- name: Gamma Hospital  # with a remark
  spellings:
    - Hospital Gamma
    - {text: Gamma, city: Nice}
  source: A letter.
"""


def entity(
    name: str, *spellings: str, kind: Kind = "organization", city: str | None = None, role: Role = "site"
) -> Entity:
    return Entity(
        kind=kind,
        id=name.lower().replace(" ", "-"),
        name=name,
        city=city,
        roles=[role],
        spellings=[Spelling(text=text, rule="own") for text in (name, *spellings)],
    )


def written(folder: Path, text: str | None, *decisions: tuple[Entity, Entity, str]) -> str:
    """Return the file of organizations after *decisions*, which must hold no problem."""
    file = folder / "names" / "organizations.yml"
    if text is not None:
        file.parent.mkdir()
        file.write_text(text, encoding="utf-8")
    for first, second, answer in decisions:
        decide(folder, first, second, answer, WHY)  # type: ignore[arg-type]
    assert load_curated(folder).problems == []
    return file.read_text(encoding="utf-8")


def test_the_first_decision_makes_the_file(tmp_path: Path) -> None:
    assert written(tmp_path, None, (entity("Beta Inc"), entity("Beta Incorporated Ltd"), "same")) == (
        f"- name: Beta Inc\n  spellings: [Beta Incorporated Ltd]\n  source: {WHY}\n"
    )


def test_a_hospital_is_written_with_its_town(tmp_path: Path) -> None:
    first, second = entity("Clinique A", city="Lyon"), entity("Klinik A", "Clinic A", city="Lyon")
    assert written(tmp_path, None, (first, second, "same")) == (
        "- name: Clinique A\n"
        "  spellings: [{text: Klinik A, city: Lyon}, {text: Clinic A, city: Lyon}]\n"
        f"  city: Lyon\n  source: {WHY}\n"
    )


def test_an_entry_gets_a_spelling_and_the_rest_of_the_file_stays(tmp_path: Path) -> None:
    text = written(
        tmp_path,
        FILE,
        (entity("Alpha Clinic"), entity("Alpha Centre", role="leadSponsor"), "same"),
        (entity("Gamma Hospital"), entity("Gamma House", role="leadSponsor"), "same"),
    )
    assert text == FILE.replace("[Clinic Alpha]", "[Clinic Alpha, Alpha Centre]").replace(
        "    say so.\n", f"    say so.\n    {WHY}\n"
    ).replace("city: Nice}\n", "city: Nice}\n    - Gamma House\n").replace("A letter.", f"A letter. {WHY}")


def test_new_entries_stand_in_the_order_of_names(tmp_path: Path) -> None:
    text = written(tmp_path, FILE, (entity("Beta Inc"), entity("Delta Inc"), "different"))
    names = [entry.name for entry in load_curated(tmp_path).of_kind("organization")]
    assert names == ["Alpha Clinic", "Beta Inc", "Delta Inc", "Gamma Hospital"]
    assert f"- name: Beta Inc\n  not_same_as: [Delta Inc]\n  source: {WHY}\n" in text


def test_a_part_of_a_whole(tmp_path: Path) -> None:
    text = written(tmp_path, FILE, (entity("Beta Inc"), entity("Hospital Gamma"), "part of"))
    assert "- name: Beta Inc\n  part_of: [Gamma Hospital]\n" in text


def test_what_is_decided_twice_is_written_once(tmp_path: Path) -> None:
    pair = entity("Beta Inc"), entity("Delta Inc")
    once = written(tmp_path, FILE, (*pair, "different"))
    assert written(tmp_path, None, (*pair, "different")) == once


def test_undo_brings_the_file_back(tmp_path: Path) -> None:
    before = written(tmp_path, FILE)
    decide(tmp_path, entity("Beta Inc"), entity("Delta Inc"), "different", WHY).undo()
    assert written(tmp_path, None) == before
    first = decide(tmp_path, entity("A B", kind="person"), entity("A C", kind="person"), "different", WHY)
    assert first.file.is_file()
    first.undo()
    assert not first.file.exists()


def test_names_that_yaml_would_misread_stand_in_quotes(tmp_path: Path) -> None:
    text = written(tmp_path, None, (entity("No: 1 Hospital"), entity("null"), "different"))
    assert '- name: "No: 1 Hospital"' in text
    assert '- name: "null"' in text


def test_two_entries_are_joined_by_hand_and_a_broken_file_is_mended_first(tmp_path: Path) -> None:
    written(tmp_path, FILE)
    with pytest.raises(DecisionError, match=r"organizations.yml:2: “Alpha Clinic” and “Gamma Hospital” \(line 7\)"):
        decide(tmp_path, entity("Alpha Clinic"), entity("Gamma Hospital"), "same", WHY)
    (tmp_path / "names" / "organizations.yml").write_text("- nme: X\n", encoding="utf-8")
    with pytest.raises(DecisionError, match=r"organizations.yml:1: "):
        decide(tmp_path, entity("Beta Inc"), entity("Delta Inc"), "same", WHY)
