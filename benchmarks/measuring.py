"""Runs a command and says how long it took and how much memory it and its children held at once."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SAMPLED = 0.2
"""Seconds between two looks at the memory."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What a command took."""

    seconds: float
    processor_seconds: float
    """Of all its processes together; of more worth than the seconds where others use the machine too."""
    megabytes: float
    """The most that all its processes held together, shared memory counted once; 0 where the system does not say."""
    output: str


class CommandError(Exception):
    """A measured command failed."""


def run(
    command: Sequence[object],
    folder: Path,
    environment: Mapping[str, str] | None = None,
    patience: float | None = None,
) -> Measure:
    """Run *command* in *folder* to its end, or for *patience* seconds; raises CommandError where it fails."""
    started = time.perf_counter()
    used_before = _processor_seconds()
    process = subprocess.Popen(
        [str(part) for part in command],
        cwd=folder,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    peak = [0.0]
    watch = threading.Thread(target=_watch, args=(process, peak), daemon=True)
    watch.start()
    try:
        output, _ = process.communicate(timeout=patience)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)  # all that it started as well
        process.communicate()
        watch.join()
        raise CommandError(f"{' '.join(map(str, command))} took more than {patience:.0f} s") from None
    except BaseException:
        os.killpg(process.pid, signal.SIGKILL)
        raise
    seconds = time.perf_counter() - started
    watch.join()
    if process.returncode:
        raise CommandError(f"{' '.join(map(str, command))} failed:\n{output[-2000:]}")
    return Measure(seconds, _processor_seconds() - used_before, peak[0], output)


def _processor_seconds() -> float:
    used = os.times()
    return used.children_user + used.children_system


def _watch(process: subprocess.Popen[str], peak: list[float]) -> None:
    while process.poll() is None:
        peak[0] = max(peak[0], sum(_megabytes(pid) for pid in _family(process.pid)))
        time.sleep(SAMPLED)


def _family(pid: int) -> list[int]:
    """Return a process and all that it started, as far as they still run."""
    found = [pid]
    for number in found:
        for children in Path(f"/proc/{number}/task").glob("*/children"):
            try:
                found.extend(int(child) for child in children.read_text().split())
            except OSError:
                continue
    return found


def _megabytes(pid: int) -> float:
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except (OSError, ValueError):
        pass
    return 0.0
