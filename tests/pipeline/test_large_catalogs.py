"""What a setting leaves out of a site stays findable, and its address leads to the trial."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.pages.paths import SitePaths
from generator.pipeline import flow
from generator.settings import Settings
from tests.conftest import SEEDS
from tests.pages.test_pages import pages_of


def test_names_of_one_trial_without_a_page_are_still_searched(tmp_path: Path) -> None:
    made = flow.make_catalog(SEEDS, tmp_path)
    settings = Settings(entity_pages="shared")
    paths = SitePaths(made.catalog, settings)
    lonely = [entity for entity in made.catalog.entities.values() if len(entity.studies) == 1]
    shared = [entity for entity in made.catalog.entities.values() if len(entity.studies) > 1]
    assert lonely
    assert shared
    assert all(paths.entity(entity.kind, entity.id) is None for entity in lonely)
    assert all(paths.entity(entity.kind, entity.id) is not None for entity in shared)
    records = flow.search_records(made, settings)
    person = next(entity for entity in lonely if entity.kind == "person")
    text = records.text(person.studies[0])
    assert any(person.name in passage.text for passage in text.passages)
    assert not any(person.id in url for url in records.urls.values())


@pytest.mark.parametrize(
    "settings", [Settings(entity_pages="shared"), Settings(record_lines="cited")], ids=["entity_pages", "record_lines"]
)
def test_a_page_that_a_setting_removes_leads_to_the_trial(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "seeds").mkdir()
    record = '{"protocolSection":{"identificationModule":{"nctId":"NCT09900001","briefTitle":"One line"}}}'
    (tmp_path / "seeds" / "record.json").write_text(record, encoding="utf-8")
    for seed in SEEDS.glob("*.txt"):
        (tmp_path / "seeds" / seed.name).write_bytes(seed.read_bytes())
    catalog = flow.make_catalog(tmp_path / "seeds", tmp_path).catalog
    everything = pages_of(catalog, tmp_path / "all", Settings())
    fewer = pages_of(catalog, tmp_path / "fewer", settings)
    assert everything.keys() == fewer.keys()
    moved = [page for page in fewer if "template: moved.html" in fewer[page] and "moved.html" not in everything[page]]
    assert moved
    assert all("](../trials/" in fewer[page] for page in moved)
