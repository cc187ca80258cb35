"""Processes that are ended in the middle of their work."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.conftest import ROOT


def start(*arguments: str, folder: Path = ROOT) -> subprocess.Popen[str]:
    """Start Python with these arguments in *folder*, in a session of its own."""
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )


def interrupt(running: subprocess.Popen[str], *, after: float, all_of_it: bool, wait_for_a_line: bool = False) -> None:
    """Kill a process some seconds *after* now, or after it printed a line.

    Without *all_of_it* only the process itself is killed: those that it started are left behind.
    """
    assert running.stdout is not None
    if wait_for_a_line:
        running.stdout.readline()
    time.sleep(after)
    if all_of_it:
        os.killpg(running.pid, signal.SIGKILL)
    else:
        running.kill()
    running.wait()
    running.stdout.close()
