"""What the history of a catalog costs: invented trials in a git repository with several versions of each document.

Usage: python -m benchmarks.history FOLDER [--trials 1000] [--versions 20]

Three runs of ``trial-catalog generate``: without the history, with it the first time, and again with nothing new.
FOLDER is emptied; on a disk in memory nothing of what is measured is the disk's.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import yaml

from benchmarks.catalogs import PROJECT
from benchmarks.invention import Inventor
from benchmarks.measuring import Measure, run

FIRST, WEEK = 1_500_000_000, 7 * 24 * 3600
"""Time of the first commit, in seconds since 1970, and the time between two."""

STATUSES = ("NOT_YET_RECRUITING", "RECRUITING", "ACTIVE_NOT_RECRUITING", "COMPLETED")


def lay_out(folder: Path, trials: int, versions: int) -> None:
    """Write a repository with so many versions of each trial's document: status, enrolment and a contact change."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "seeds").mkdir(parents=True)
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main"], cwd=folder, check=True)
    with subprocess.Popen(["git", "fast-import", "--quiet"], cwd=folder, stdin=subprocess.PIPE) as importer:
        assert importer.stdin is not None
        for piece in _stream(trials, versions):
            importer.stdin.write(piece)
    if importer.returncode:
        raise SystemExit("git fast-import failed")
    subprocess.run(["git", "checkout", "--quiet", "main"], cwd=folder, check=True)


def _stream(trials: int, versions: int) -> Iterator[bytes]:
    records = [(name, msgspec.json.decode(data)) for name, data in Inventor(trials).records()]
    chance = random.Random(7)  # noqa: S311 - numbers, no secrets
    for version in range(versions):
        message = f"Version {version}".encode()
        stamp = FIRST + version * WEEK
        yield b"commit refs/heads/main\ncommitter Team <team@example.org> %d +0000\n" % stamp
        yield b"data %d\n%s\n" % (len(message), message)
        for name, record in records:
            protocol = record["protocolSection"]
            protocol["statusModule"]["overallStatus"] = STATUSES[version * len(STATUSES) // versions]
            protocol["designModule"]["enrollmentInfo"] = {"count": chance.randrange(20, 900), "type": "ESTIMATED"}
            data = json.dumps(record, indent=1).encode()
            yield b"M 100644 inline seeds/%s\ndata %d\n%s\n" % (name.encode(), len(data), data)


def generate(folder: Path, *, history: bool) -> Measure:
    """Write the content of the catalog in *folder*."""
    settings = {"site_name": "Measured", "plugins": [{"trial-catalog": {"history": history}}], "docs_dir": "content"}
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    command = [sys.executable, "-m", "generator", "generate", "--config", folder / "mkdocs.yml"]
    return run(command, folder, {"PYTHONPATH": str(PROJECT)})


def main() -> None:
    """Print what each run took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--trials", type=int, default=1_000)
    parser.add_argument("--versions", type=int, default=20)
    options = parser.parse_args()
    lay_out(options.folder, options.trials, options.versions)
    print(f"{options.trials} trials with {options.versions} versions each")
    for title, history in (("without history", False), ("the first time", True), ("nothing new", True)):
        if history and title == "the first time":
            shutil.rmtree(options.folder / ".cache")
            shutil.rmtree(options.folder / "content")
        took = generate(options.folder, history=history)
        stages = [line for line in took.output.splitlines() if line.startswith(("read", "history"))]
        print(
            f"{title}: {took.seconds:.1f} s, processor {took.processor_seconds:.1f} s, {took.megabytes:.0f} MB;",
            *stages,
        )


if __name__ == "__main__":
    main()
