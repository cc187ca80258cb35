"""The measured aims: joins on the list of sponsors, and time in proportion to the names."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LIST = ROOT.parent / "shared" / "data" / "names" / "sponsors.tsv"


@pytest.mark.records
@pytest.mark.skipif(not LIST.is_file(), reason="the list of sponsors lies outside the project and is not here")
def test_names_of_sponsors() -> None:
    printed = subprocess.run(
        [sys.executable, "benchmarks/identity_names.py", str(LIST)],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    figures = {line.rpartition(" ")[0]: line.rpartition(" ")[2] for line in printed.splitlines()}
    precision, recall = (
        float(word)
        for word in next(line for line in printed.splitlines() if line.startswith("precision")).split()[1::2]
    )
    assert precision >= 0.97
    assert recall >= 0.40
    judged = next(float(value) for name, value in figures.items() if name.startswith("with the list's own slips"))
    assert judged >= 0.99
    listed = next(float(value) for name, value in figures.items() if name.startswith("of those that no rule joins"))
    assert listed >= 0.70
