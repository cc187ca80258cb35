"""Documents read by several processes: nobody can tell, and a document that kills its reader stops no other."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.pipeline import parallel
from generator.pipeline.parallel import read_packed, unpacked
from generator.pipeline.processes import ExecutorError, LocalProcesses, Workers, open_executor
from generator.readers.opening import documents_in
from generator.readers.reading import read_file
from tests.conftest import SEEDS
from tests.pipeline.kept import KeptReadings
from tests.pipeline.test_read import told
from tests.reading import read_seeds

DEADLY = "deadly.txt"


@pytest.fixture(scope="module")
def processes() -> Iterator[Workers]:
    with open_executor(workers=2) as executor:
        yield executor


@pytest.fixture
def seeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The seeds, read in chunks so small that several processes have something to do."""
    monkeypatch.setattr(parallel, "FEWEST_FILES", 2)
    monkeypatch.setattr(parallel, "_FILES", 2)
    folder = tmp_path / "seeds"
    shutil.copytree(SEEDS, folder)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "number.json").write_text(
        '{"protocolSection": {"identificationModule": {"nctId": "NCT01234567"}}, "x": 1%s}' % ("0" * 60)
    )
    return folder


def files(seeds: Path) -> list[tuple[Path, str]]:
    return [(path, name) for name, path in documents_in(seeds).items()]


def test_readings_are_the_same(seeds: Path, processes: LocalProcesses) -> None:
    there = [told(unpacked(read)) for read in read_packed(files(seeds), processes)]
    assert there == [told(list(read_file(path, name))) for path, name in files(seeds)]


def test_what_other_processes_read_is_kept(seeds: Path, tmp_path: Path, processes: LocalProcesses) -> None:
    kept = KeptReadings(tmp_path / "readings")
    plain = told(list(read_seeds(seeds)))
    assert told(kept.read_seeds(seeds, processes)) == plain
    assert kept.reused == 0
    (seeds / "empty.txt").write_text("No longer empty.")
    again = told(kept.read_seeds(seeds, processes))
    assert again == told(list(read_seeds(seeds)))
    assert kept.reused == len(plain) - 2, "the changed one, and one with a number that cannot be packed"


def test_a_document_that_kills_its_reader_is_reported(
    seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (seeds / DEADLY).write_text("Deadly.")
    monkeypatch.setattr(parallel, "_read_chunk", _read_or_die)
    kept = KeptReadings(tmp_path / "readings")
    with open_executor(workers=2) as executor:
        readings = kept.read_seeds(seeds, executor)
    (problem,) = [one for reading in readings if reading.document.path == DEADLY for one in reading.problems]
    assert problem.code == "reader-died"
    assert problem.severity == "error"
    (seeds / DEADLY).unlink()
    others = [reading for reading in readings if reading.document.path != DEADLY]
    assert told(others) == told(list(read_seeds(seeds)))
    (seeds / DEADLY).write_text("Deadly.")
    (again,) = [one for one in kept.read_seeds(seeds) if one.document.path == DEADLY]
    assert [one.code for one in again.problems] == ["unknown-layout"], "the failure of a process is not kept"


_read = parallel._read_chunk


def _read_or_die(chunk: parallel._Chunk) -> object:
    if any(file.name == DEADLY for file in chunk.files):
        os.kill(os.getpid(), signal.SIGKILL)
    return _read(chunk)


def test_a_worker_with_other_code_is_refused() -> None:
    with pytest.raises(ExecutorError, match="another version"):
        parallel._read_chunk(parallel._Chunk(b"other", []))
