"""A document that did not change is not read again, and nobody can tell."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from generator.model.document import Line
from generator.pipeline import read as readings_module
from generator.readers.reader import Reading
from generator.storage.cache import cache_file
from tests.conftest import SEEDS
from tests.pipeline.kept import KeptReadings
from tests.reading import read_seeds

RECORDS = Path(__file__).parents[3] / "shared" / "data"


def told(readings: list[Reading]) -> list[Any]:
    """Return all that readings say."""
    return [
        (
            reading.document.path,
            reading.document.text,
            reading.document.sha256,
            reading.document.structured,
            [(line.number, line.text, line.role, line.became) for line in _lines(reading)],
            reading.layout,
            reading.records,
            reading.problems,
        )
        for reading in readings
    ]


def _lines(reading: Reading) -> list[Line]:
    return reading.document.lines


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    folder = tmp_path / "seeds"
    shutil.copytree(SEEDS, folder)
    fixtures = Path(__file__).parents[1] / "readers" / "fixtures"
    for file in sorted(fixtures.rglob("*.*")):
        shutil.copyfile(file, folder / f"{file.parent.name}-{file.name}")
    (folder / "empty.txt").write_bytes(b"")
    return folder


def test_kept_readings_say_the_same(seeds: Path, tmp_path: Path) -> None:
    kept = KeptReadings(tmp_path / "cache" / "readings")
    plain = told(list(read_seeds(seeds)))
    assert told(kept.read_seeds(seeds)) == plain
    assert kept.reused == 0
    assert told(kept.read_seeds(seeds)) == plain
    assert kept.reused == len(plain) > 5


def test_what_changed_is_read_again(seeds: Path, tmp_path: Path) -> None:
    kept = KeptReadings(tmp_path / "readings")
    before = kept.read_seeds(seeds)
    changed = next(path for path in seeds.glob("*.txt") if path.stat().st_size)
    changed.write_bytes(changed.read_bytes().replace(b"e", b"E", 1))
    gone = min(seeds.glob("*-*.txt"))
    gone.unlink()
    assert told(kept.read_seeds(seeds)) == told(list(read_seeds(seeds)))
    assert kept.reused == len(before) - 2


def test_changes_to_readings_are_not_kept(seeds: Path, tmp_path: Path) -> None:
    """Later stages add to the studies that they get."""
    kept = KeptReadings(tmp_path / "readings")
    for _ in range(2):
        for reading in kept.read_seeds(seeds):
            for record in reading.records:
                record.study.protocol_section.identification_module.brief_title = "Changed"
                record.study.catalog_section.flags.clear()
    assert told(kept.read_seeds(seeds)) == told(list(read_seeds(seeds)))


def test_other_code_reads_again(seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = KeptReadings(tmp_path / "readings")
    kept.read_seeds(seeds)
    monkeypatch.setattr(readings_module, "code_version", lambda *_: b"other")
    kept.read_seeds(seeds)
    assert kept.reused == 0


@pytest.mark.parametrize("damage", [b"", b"no database", None])
def test_damage_costs_only_time(seeds: Path, tmp_path: Path, damage: bytes | None) -> None:
    kept = KeptReadings(tmp_path)
    file = cache_file(tmp_path, seeds)
    plain = told(kept.read_seeds(seeds))
    data = file.read_bytes()
    file.write_bytes(data[: len(data) // 2] if damage is None else damage)
    for _ in range(2):
        assert told(kept.read_seeds(seeds)) == plain


def test_where_nothing_can_be_kept(seeds: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    kept = KeptReadings(tmp_path / "file" / "readings")
    assert told(kept.read_seeds(seeds)) == told(list(read_seeds(seeds)))


@pytest.mark.records
@pytest.mark.skipif(not RECORDS.is_dir(), reason="the real records are not here")
@pytest.mark.parametrize(
    "folder", ["ctgov-json", "layouts/meddatax", "layouts/classic", "layouts/record", "ctis", "ictrp"]
)
def test_real_records(folder: str, tmp_path: Path) -> None:
    kept = KeptReadings(tmp_path / "readings")
    plain = told(kept.read_seeds(RECORDS / folder))
    assert told(kept.read_seeds(RECORDS / folder)) == plain
