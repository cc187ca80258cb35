"""What only the whole way shows: names that change keep their old addresses alive."""

from __future__ import annotations

import shutil
from pathlib import Path

from generator.pipeline import flow
from generator.settings import Settings
from tests.conftest import ROOT, SEEDS


def generate(seeds: Path, content: Path) -> flow.CatalogBuild:
    made = flow.make_catalog(seeds, content)
    flow.write_content(made, content, Settings(), ROOT / "content")
    return made


def test_a_renamed_slug_leads_from_the_old_address_to_the_new(tmp_path: Path) -> None:
    seeds, content = tmp_path / "seeds", tmp_path / "content"
    shutil.copytree(SEEDS, seeds)
    made = generate(seeds, content)
    [entity] = [found for found in made.catalog.entities_of_kind("drug") if found.name == "Interferon gamma-1b"]
    old = content / "drugs" / f"{entity.id}.md"
    assert old.is_file()
    names = seeds / "names" / "drugs.yml"
    text = names.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.strip().endswith("name: Interferon gamma-1b"))
    names.write_text(text.replace(line, f"{line}\n  slug: gamma-one-b"), encoding="utf-8")
    renamed = generate(seeds, content)
    assert (content / "drugs" / "gamma-one-b.md").is_file()
    assert "gamma-one-b" in old.read_text(encoding="utf-8")
    assert renamed.catalog.former_entities == {("drug", entity.id): "gamma-one-b"}
    assert [problem for problem in renamed.catalog.problems if problem.severity == "error"] == []


def test_adding_a_document_moves_no_address(tmp_path: Path) -> None:
    seeds, content = tmp_path / "seeds", tmp_path / "content"
    shutil.copytree(SEEDS / "names", seeds / "names")
    shutil.copy(SEEDS / "003_b79911ed87769d5b.txt", seeds)
    before = set(generate(seeds, content).catalog.entities)
    shutil.copy(SEEDS / "001_68d710a15b1fec4e.txt", seeds)
    assert before <= set(generate(seeds, content).catalog.entities)
