"""Very large catalogs leave out what would make their site too large; nothing becomes unfindable by it."""

from __future__ import annotations

from pathlib import Path

from msgspec import structs

from generator import building
from generator.pages.paths import SitePaths
from generator.settings import PACKED, VERY_LARGE, Settings
from tests.conftest import SEEDS


def test_what_is_left_to_the_size_of_the_catalog() -> None:
    small = Settings(entity_pages="all", record_lines="whole", study_files="each", list_rows="full")
    large = Settings(entity_pages="shared", record_lines="cited", study_files="each", list_rows="brief")
    assert Settings().for_trials(VERY_LARGE - 1) == small
    assert Settings().for_trials(VERY_LARGE) == large
    assert Settings().for_trials(PACKED) == structs.replace(large, study_files="packed")
    chosen = Settings(entity_pages="all", record_lines="cited", study_files="each", list_rows="full")
    assert chosen.for_trials(VERY_LARGE) == chosen.for_trials(1) == chosen


def test_names_of_one_trial_without_a_page_are_still_searched(tmp_path: Path) -> None:
    made = building.make_catalog(SEEDS, tmp_path)
    settings = Settings(entity_pages="shared")
    paths = SitePaths(made.catalog, settings)
    lonely = [entity for entity in made.catalog.entities.values() if len(entity.studies) == 1]
    shared = [entity for entity in made.catalog.entities.values() if len(entity.studies) > 1]
    assert lonely
    assert shared
    assert all(paths.entity(entity.kind, entity.id) is None for entity in lonely)
    assert all(paths.entity(entity.kind, entity.id) is not None for entity in shared)
    records = building.search_records(made, settings)
    person = next(entity for entity in lonely if entity.kind == "person")
    text = records.text(person.studies[0])
    assert any(person.name in passage.text for passage in text.passages)
    assert not any(person.id in url for url in records.urls.values())
