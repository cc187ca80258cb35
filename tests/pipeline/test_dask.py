"""A build on a real Dask cluster, a scheduler and two workers on this machine, of which one is killed at work."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.pipeline import parallel
from tests.conftest import ROOT, Project, files_of, new_project, steady_files_of

pytest.importorskip("distributed")

MARK = "DEATH_MARK"
"""The variable that names the file which the worker that dies leaves behind."""

PATIENCE = 30.0
"""Seconds for the cluster to start."""

_read_chunk = parallel._read_chunk


def read_or_die_once(chunk: parallel._Chunk) -> object:
    """Kill the worker in the middle of its work, the first time that it is not the first chunk's."""
    if not chunk.files[0].name.startswith("000"):
        _die_once()
    return _read_chunk(chunk)


def _die_once() -> None:
    try:
        Path(os.environ[MARK]).touch(exist_ok=False)
    except FileExistsError:
        return
    os.kill(os.getpid(), signal.SIGKILL)


def _start(module: str, *arguments: str, folder: Path) -> subprocess.Popen[bytes]:
    with (folder / "log.txt").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", module, "--scheduler-file", str(folder / "scheduler.json"), *arguments],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), MARK: str(folder / "died"), "PYTHONWARNINGS": "ignore"},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a scheduler, and its two workers."""
    folder = tmp_path / "cluster"
    folder.mkdir()
    local = ["--host", "127.0.0.1", "--dashboard-address", "127.0.0.1:0"]
    with ExitStack() as stack:

        def start(*arguments: str) -> subprocess.Popen[bytes]:
            process = stack.enter_context(_start(*arguments, folder=folder))
            stack.callback(process.kill)
            return process

        start("distributed.cli.dask_scheduler", "--port", "0", *local)
        alone = ["--nthreads", "1", "--no-nanny", "--local-directory", str(folder), *local]
        workers = [start("distributed.cli.dask_worker", *alone) for _ in range(2)]
        until = time.monotonic() + PATIENCE
        while (folder / "log.txt").read_text().count("Registered to") < len(workers):
            assert time.monotonic() < until, (folder / "log.txt").read_text()
            time.sleep(0.05)
        yield json.loads((folder / "scheduler.json").read_text())["address"], workers


def test_nothing_is_lost_when_a_worker_is_killed(
    built_site: Project,
    cluster: tuple[str, list[subprocess.Popen[bytes]]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address, workers = cluster
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setattr(parallel, "_FILES", 1)
    monkeypatch.setattr(parallel, "_read_chunk", read_or_die_once)
    project = new_project(tmp_path / "project")
    folders = {"--seeds": project.seeds, "--content": project.content, "--site": project.site}
    options = [part for name, folder in folders.items() for part in (name, str(folder))]

    built = CliRunner().invoke(main, ["build", "--scheduler", address, *options], catch_exceptions=False)

    assert built.exit_code == 0, built.output
    assert (tmp_path / "cluster" / "died").exists()
    assert sorted(worker.poll() is not None for worker in workers) == [False, True], "one worker was killed at work"
    assert files_of(project.content) == files_of(built_site.content)
    assert steady_files_of(project.site) == steady_files_of(built_site.site)
