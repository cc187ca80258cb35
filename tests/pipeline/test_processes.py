"""Work in other processes: in order, a few pieces at a time, and again where a process died."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from generator.pipeline.flow import open_cache
from generator.pipeline.processes import (
    DaskExecutor,
    ExecutorError,
    LocalProcesses,
    WorkerDied,
    Workers,
    can_fork,
    forked,
    in_order,
    open_executor,
)
from tests.conftest import ROOT

FATAL = (7, 11)

FINDING = {**os.environ, "PYTHONPATH": str(ROOT)}
"""An environment in which a script elsewhere finds our package."""


def double(number: int) -> int:
    return 2 * number


def double_or_die(number: int) -> int:
    if number in FATAL:
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def refuse_odd(number: int) -> int:
    if number == 1:
        time.sleep(0.02)  # the third is refused before
    if number % 2:
        raise ValueError(f"no {number}")
    return number


@pytest.fixture(scope="module")
def processes() -> Iterator[Workers]:
    with open_executor(workers=2) as executor:
        yield executor


@pytest.mark.parametrize("count", [0, 1, 3, 50])
def test_results_come_in_the_order_of_the_work(processes: LocalProcesses, count: int) -> None:
    assert list(in_order(processes, double, range(count))) == [2 * number for number in range(count)]


def test_only_a_few_pieces_are_taken_ahead() -> None:
    taken = []

    def numbers() -> Iterator[int]:
        for number in range(1_000):
            taken.append(number)
            yield number

    with ThreadPoolExecutor(2) as threads:
        results = in_order(threads, double, numbers())
        assert [next(results) for _ in range(3)] == [0, 2, 4]
        assert len(taken) <= 3 + 4
        results.close()  # type: ignore[attr-defined]


def test_what_kills_its_process_is_named_and_the_rest_is_done(processes: LocalProcesses) -> None:
    done = list(in_order(processes, double_or_die, range(20)))
    assert [one.item for one in done if isinstance(one, WorkerDied)] == list(FATAL)
    assert [one for one in done if not isinstance(one, WorkerDied)] == [
        2 * one for one in range(20) if one not in FATAL
    ]
    assert list(in_order(processes, double, range(3))) == [0, 2, 4]


def test_the_first_exception_is_raised_here_in_the_order_of_the_work(processes: LocalProcesses) -> None:
    for _ in range(3):
        with pytest.raises(ValueError, match="no 1"):
            list(in_order(processes, refuse_odd, range(6)))
    assert list(in_order(processes, double, range(3))) == [0, 2, 4]


def test_no_process_is_started_for_nothing() -> None:
    with open_executor() as executor:
        assert isinstance(executor, LocalProcesses)
        assert executor._running == []


def test_a_script_that_begins_anew_in_each_process_ends_with_the_reason(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "from generator.pipeline.processes import in_order, open_executor\n"
        "with open_executor(workers=2) as executor:\n"
        "    print(list(in_order(executor, abs, range(3))))\n",
        encoding="utf-8",
    )
    ended = subprocess.run([sys.executable, script], cwd=ROOT, env=FINDING, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 1
    assert ended.stderr.strip().endswith("below “if __name__ == '__main__':”")


def test_without_the_extra_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ExecutorError, match=r"trial-catalog\[dask\]"), open_executor("tcp://127.0.0.1:1"):
        pass


def test_a_scheduler_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("generator.pipeline.processes.ANSWER_WITHIN", 0.5)
    for address in ("tcp://127.0.0.1:1", "nonsense://x"):
        with pytest.raises(ExecutorError, match="no Dask scheduler answers"):
            DaskExecutor(address)


DYING = """
import os, signal
from pathlib import Path
from generator.pipeline.processes import WorkerDied, in_order, open_executor

def die_often(number):
    # At the first try of each fifth number, and at every try of each fiftieth.
    mark = Path(os.environ["DEATHS"]) / str(number)
    if number % 50 == 0 or (number % 5 == 0 and not mark.exists()):
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number

if __name__ == "__main__":
    with open_executor(workers=3) as executor:
        done = list(in_order(executor, die_often, range(1, 451)))
    gone = [one.item for one in done if isinstance(one, WorkerDied)]
    assert gone == list(range(50, 451, 50)), gone
    assert [one for one in done if not isinstance(one, WorkerDied)] == [n for n in range(1, 451) if n % 50]
    print("done")
"""


def test_a_hundred_deaths_neither_hang_nor_lose_anything(tmp_path: Path) -> None:
    """In a process of its own: what hangs at its end would hang these tests."""
    (tmp_path / "script.py").write_text(DYING, encoding="utf-8")
    (tmp_path / "deaths").mkdir()
    environment = {**FINDING, "DEATHS": str(tmp_path / "deaths")}
    command = [sys.executable, str(tmp_path / "script.py")]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=240)
    assert (ended.returncode, ended.stdout) == (0, "done\n"), ended.stderr
    assert len(list((tmp_path / "deaths").iterdir())) == 90


def test_forked_processes_know_what_this_one_knows_and_may_die(tmp_path: Path) -> None:
    known = {"secret": 40}

    def add(number: int) -> int:
        if number in FATAL:
            os.kill(os.getpid(), signal.SIGKILL)
        return known["secret"] + number

    with open_cache(tmp_path / "cache", tmp_path) as cache:
        if not can_fork(cache):
            pytest.skip("no process can be forked here")
        done = list(forked(add, cache, 2, range(20)))
    assert done == [
        40 + number if number not in FATAL else WorkerDied(number, "its process died, also when it ran alone")
        for number in range(20)
    ]


def test_where_nothing_can_be_forked_the_caller_does_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("multiprocessing.get_all_start_methods", lambda: ["spawn"])
    with open_cache(tmp_path / "cache", tmp_path) as cache:
        assert not can_fork(cache)


def test_processes_are_spawned_where_no_server_can_fork_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("multiprocessing.get_all_start_methods", lambda: ["spawn"])
    with open_executor(workers=1) as executor:
        assert list(in_order(executor, double, [1, 2])) == [2, 4]


def test_who_stops_early_gets_no_result_of_before(processes: LocalProcesses) -> None:
    early = in_order(processes, double, range(100))
    assert next(early) == 0
    early.close()  # type: ignore[attr-defined]
    assert list(in_order(processes, double, range(100, 105))) == [200, 202, 204, 206, 208]


def lengthen(text: str) -> str:
    return text * 2


def test_long_texts_go_both_ways(processes: LocalProcesses) -> None:
    texts = [str(number) * 500_000 for number in range(8)]
    assert [len(str(one)) for one in in_order(processes, lengthen, texts)] == [1_000_000] * 8
