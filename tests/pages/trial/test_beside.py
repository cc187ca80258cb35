"""Parts of a trial that get pages of their own where its page would be too long."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.model.catalog_section import DocumentReference, Flag
from generator.model.document import Document
from generator.model.sentence import sentence
from generator.model.source import Source
from generator.model.study import ArmGroup, Outcome, Study
from generator.pages import OutputTree, write_pages
from generator.pages.links import Linker
from generator.pages.trial.beside import LONGEST_PAGE, links_to_parts, part_view
from generator.pages.trial.page import trial_view
from generator.pages.trial.pointers import ARMS, ELIGIBILITY
from generator.settings import Settings
from tests.pages.trial.pages import NUMBER, catalog_of, linker_of, study_of


def pages_of(study: Study, folder: Path) -> dict[str, str]:
    output = OutputTree(folder)
    write_pages(catalog_of(study), output, Settings())
    output.finish()
    return {path.name: path.read_text("utf-8") for path in folder.glob("trials/*.md")}


def long_study() -> Study:
    """Return a study with long outcomes, arms, criteria and a description."""
    words = "Words that say much and tell little. " * 20
    study = study_of()
    protocol = study.protocol_section
    protocol.outcomes_module.primary_outcomes = [Outcome(measure=f"Primary {n}", description=words) for n in range(2)]
    protocol.outcomes_module.secondary_outcomes = [
        Outcome(measure=f"Secondary {n}", description=words) for n in range(40)
    ]
    protocol.arms_interventions_module.arm_groups = [ArmGroup(label=f"Arm {n}", description=words) for n in range(9)]
    protocol.eligibility_module.eligibility_criteria = "Inclusion Criteria:\n\n" + "* One must be well.\n" * 400
    protocol.description_module.detailed_description = words * 20
    return study


def test_the_longest_parts_of_a_long_page_get_pages_of_their_own(tmp_path: Path) -> None:
    pages = pages_of(long_study(), tmp_path)
    page = pages["nct00000001.md"]
    beside = {name.removeprefix("nct00000001-")[:-3] for name in pages if name.startswith("nct00000001-")}
    assert beside == {"outcomes"}
    assert len(page.encode()) <= LONGEST_PAGE
    assert "## What is measured\n" in page
    assert "[All 42 outcomes](nct00000001-outcomes.md)" in page
    assert "Primary 1" in page
    assert "Secondary" not in page
    assert "#### Secondary" not in pages["nct00000001-outcomes.md"]
    assert all(f"Secondary {n}" in pages["nct00000001-outcomes.md"] for n in range(40))
    assert "Arm 8" in page
    assert "One must be well" in page


def test_criteria_leave_the_page_of_a_trial_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.pages.writer.LONGEST_PAGE", 16_000)
    pages = pages_of(long_study(), tmp_path)
    assert "One must be well" in pages["nct00000001.md"]
    monkeypatch.setattr("generator.pages.writer.LONGEST_PAGE", 5_000)
    pages = pages_of(long_study(), tmp_path)
    assert "[Criteria: see its own page](nct00000001-criteria.md)" in pages["nct00000001.md"]
    assert pages["nct00000001-criteria.md"].count("One must be well") == 400


def test_where_sources_have_their_own_page_one_stands_beside_each_value() -> None:
    study = study_of()
    documents = [f"{name}.txt" for name in "abcd"]
    study.catalog_section.documents = [DocumentReference(path=path, layout="meddatax") for path in documents]
    study.protocol_section.arms_interventions_module.arm_groups = [ArmGroup(label="One arm")]
    study.catalog_section.sources = {
        f"{ARMS}/armGroups/0": [Source(document=path, first_line=3, last_line=3) for path in documents]
    }
    catalog = catalog_of(study)
    catalog.documents = {path: Document(path, "one\ntwo\nthree\n") for path in documents}
    linker = linker_of(catalog)
    assert [trial_view(study, linker).arms[0].title.count(f"line 3 of document {n}") for n in range(1, 5)] == [1] * 4

    elsewhere = links_to_parts(study, ["sources"], linker)
    title = trial_view(study, linker, elsewhere).arms[0].title
    assert title.count("Source: line 3 of document 1") == 1
    assert '<a href="../nct00000001-sources/#s0" aria-label="3 more sources">+3</a>' in title
    beside = Linker(linker.paths.part_of_trial(NUMBER, "sources"), catalog, linker.paths, linker.settings)
    (listed,) = part_view("sources", study, beside, elsewhere).trial.sources
    assert 'id="s0"' in listed.value
    assert all(f"Source: line 3 of document {n}" in listed.value for n in range(1, 5))


def test_the_page_of_all_sources_keeps_those_of_two_values_apart() -> None:
    study = study_of()
    documents = ["a.txt", "b.txt"]
    study.catalog_section.documents = [DocumentReference(path=path, layout="meddatax") for path in documents]
    study.protocol_section.eligibility_module.minimum_age = "18 Years"
    study.protocol_section.eligibility_module.sex = "ALL"
    study.catalog_section.sources = {
        f"{ELIGIBILITY}/{field}": [Source(document=path, first_line=line, last_line=line) for path in documents]
        for field, line in (("minimumAge", 1), ("sex", 3))
    }
    catalog = catalog_of(study)
    catalog.documents = {path: Document(path, "one\ntwo\nthree\n") for path in documents}
    linker = linker_of(catalog)
    elsewhere = links_to_parts(study, ["sources"], linker)
    beside = Linker(linker.paths.part_of_trial(NUMBER, "sources"), catalog, linker.paths, linker.settings)
    listed = {fact.label: fact.value for fact in part_view("sources", study, beside, elsewhere).trial.sources}
    assert re.findall(r"line (\d)", listed["Minimum age"]) == ["1", "1"]
    assert re.findall(r"line (\d)", listed["Sex"]) == ["3", "3"]
    anchors = re.findall(r'id="(s\d+)"', "".join(listed.values()))
    assert len(anchors) == len(set(anchors)) == len(listed)


def test_marks_still_lead_to_flags_that_have_their_own_page() -> None:
    study = study_of()
    study.catalog_section.flags = [Flag(code="x", message=sentence("Doubtful."))]
    link = links_to_parts(study, ["flags"], linker_of(catalog_of(study)))["flags"]
    assert link == '<span id="flag-1"></span>[1 flag on this record](nct00000001-flags.md)'
