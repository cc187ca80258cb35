"""Pages from a catalog that is unpacked bit by bit are those from one that is there as a whole."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest

from benchmarks.invention import Inventor
from generator.exports.exporter import known_exporters
from generator.model.catalog import Catalog, StudySummary
from generator.pages import OutputTree, write_pages
from generator.pipeline import flow
from generator.settings import Settings
from generator.studies.results_due import results_due
from tests.conftest import FIVE_SEEDS, SEEDS, files_of
from tests.exports.exported import write_studies

RECORDS = Path(__file__).parents[3] / "shared" / "data"


class _Whole(Catalog):
    """A catalog of whole studies, in whose summaries the rule of results stands as the merging puts it there."""

    def study_summary(self, study: str) -> StudySummary | None:
        found = super().study_summary(study)
        return msgspec.structs.replace(found, results_due=results_due(self.studies[study])) if found else None


def _compare(seeds: Path, folder: Path, settings: Settings) -> int:
    """Write both; lists read outlines in one and whole studies in the other."""
    settings = msgspec.structs.replace(settings, exports=dict.fromkeys(known_exporters(), False))
    made = flow.make_catalog(seeds, folder / "there")
    found = made.catalog
    whole = _Whole(
        studies=dict(found.studies.items()),
        entities=dict(found.entities.items()),
        originals=dict(found.originals.items()),
        former_ids=found.former_ids,
        former_entities=found.former_entities,
        links=found.links,
        documents=dict(found.documents.items()),
        problems=found.problems,
    )
    output = OutputTree(folder / "whole")
    write_pages(whole, output, settings)
    for file, data in write_studies(whole, contacts=settings.contacts).items():
        output.write(file, data)
    output.finish()
    flow.write_content(made, folder / "unpacked", settings, Path("there-is-nothing-here"), processes=1)
    wanted, here = files_of(folder / "whole"), files_of(folder / "unpacked")
    wanted.pop("manifest.json")
    assert not sorted(name for name in wanted if here.get(name) != wanted[name])
    return len(whole.studies)


@pytest.mark.parametrize("settings", [Settings(), Settings(contacts=False, list_limit=3)], ids=["default", "other"])
def test_pages_are_the_same(settings: Settings, tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    for name in FIVE_SEEDS:
        shutil.copyfile(SEEDS / name, seeds / name)
    for name, data in Inventor(12).records():
        (seeds / name).write_bytes(data)
    assert _compare(seeds, tmp_path, settings) == 18


@pytest.mark.records
@pytest.mark.skipif(not RECORDS.is_dir(), reason="the real records are not here")
@pytest.mark.parametrize("folder", ["ctgov-json", "ctis"])
def test_pages_of_real_records_are_the_same(folder: str, tmp_path: Path) -> None:
    assert _compare(RECORDS / folder, tmp_path, Settings())
