"""Work in other processes: in order, a few pieces at a time, and again where a process died."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

import pytest

from generator.pipeline.executors import DaskExecutor, Died, ExecutorError, LocalExecutor, in_order, open_executor
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


def refuse(number: int) -> int:
    raise ValueError(f"no {number}")


@pytest.fixture(scope="module")
def processes() -> Iterator[Executor]:
    with open_executor(workers=2) as executor:
        yield executor


@pytest.mark.parametrize("count", [0, 1, 3, 50])
def test_results_come_in_the_order_of_the_work(processes: Executor, count: int) -> None:
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


def test_what_kills_its_process_is_named_and_the_rest_is_done(processes: Executor) -> None:
    done = list(in_order(processes, double_or_die, range(20)))
    assert [one.item for one in done if isinstance(one, Died)] == list(FATAL)
    assert [one for one in done if not isinstance(one, Died)] == [2 * one for one in range(20) if one not in FATAL]
    assert list(in_order(processes, double, range(3))) == [0, 2, 4]


def test_an_exception_is_raised_here(processes: Executor) -> None:
    with pytest.raises(ValueError, match="no 0"):
        list(in_order(processes, refuse, range(3)))


def test_no_process_is_started_for_nothing() -> None:
    with open_executor() as executor:
        assert isinstance(executor, LocalExecutor)
        assert executor._pool is None


def test_a_script_that_begins_anew_in_each_process_ends_with_the_reason(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "from generator.pipeline.executors import in_order, open_executor\n"
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
    monkeypatch.setattr("generator.pipeline.executors.ANSWER_WITHIN", 0.5)
    for address in ("tcp://127.0.0.1:1", "nonsense://x"):
        with pytest.raises(ExecutorError, match="no Dask scheduler answers"):
            DaskExecutor(address)
