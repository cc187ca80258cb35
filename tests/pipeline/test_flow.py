"""What only the whole way shows: names that change keep their old addresses alive, the owner's tables are listed."""

from __future__ import annotations

import shutil
from pathlib import Path

from generator.pipeline import flow
from generator.settings import Settings
from tests.conftest import ROOT, SEEDS

_USUAL = Settings()


def generate(seeds: Path, content: Path, settings: Settings = _USUAL) -> flow.CatalogBuild:
    made = flow.make_catalog(seeds, content, off=settings.vocabularies_off)
    flow.write_content(made, content, settings, ROOT / "content")
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


def test_the_page_about_the_site_lists_the_tables_of_its_owner(tmp_path: Path) -> None:
    seeds, content = tmp_path / "seeds", tmp_path / "content"
    tables = seeds / "vocabularies"
    tables.mkdir(parents=True)
    (tables / "ours.csv").write_text(
        "# title: Our <b>*houses*</b>\n# version: 2026-05\n# licence: CC0\nid,name\nh1,Hôpital Cochin\n", "utf-8"
    )
    (tables / "plain.csv").write_text("id,name\nh1,Hôpital Cochin\n", "utf-8")
    (tables / "broken.csv").write_text("# title: Broken\nname\nHôpital Cochin\n", "utf-8")
    about = content / "about" / "index.md"
    generate(seeds, content)
    assert "\n\n-   Our &lt;b>&#42;houses&#42;&lt;/b> (2026-05): seeds/vocabularies/ours.csv; CC0\n-   plain: " in (
        about.read_text(encoding="utf-8")
    )
    assert "Broken" not in about.read_text(encoding="utf-8")
    generate(seeds, content, Settings(vocabularies={"ours": False}))
    assert "houses" not in about.read_text(encoding="utf-8")
    assert "-   plain: seeds/vocabularies/plain.csv\n" in about.read_text(encoding="utf-8")
    (tables / "plain.csv").unlink()
    generate(seeds, content, Settings(vocabularies={"ours": False}))
    assert "<!--" not in about.read_text(encoding="utf-8")
