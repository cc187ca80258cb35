"""How far a long command is, and how long each stage took: bars on a terminal, lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

Advance = Callable[[int, int | None], None]
"""Says how many things are done, and how many there are in all, where that is known."""

_SHOWN_FROM = 0.05
"""Seconds below which a stage is not worth a place in the account."""


class Stages:
    """The stages of one command, in order, with their seconds."""

    def __init__(self, *, quiet: bool = False) -> None:
        """Show bars on standard error if that is a terminal; *quiet* shows nothing and only takes the time."""
        self._console = Console(file=sys.stderr)
        self._quiet = quiet
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[Advance]:
        """Run one stage called *name* (a verb, such as ``read``), and yield what tells how far it is."""
        started = time.perf_counter()
        try:
            if self._quiet or not self._console.is_terminal:
                yield _nothing
            else:
                with self._bars() as bars:
                    task = bars.add_task(name, total=None)

                    def advance(done: int, total: int | None = None) -> None:
                        bars.update(task, completed=done, total=total)

                    yield advance
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - started
        if not self._quiet and not self._console.is_terminal:
            self._console.print(f"{name}: {self.seconds[name]:.1f} s", highlight=False)

    def account(self) -> str:
        """Return the seconds of each stage that took noticeable time, in one line."""
        parts = [f"{name} {seconds:.1f} s" for name, seconds in self.seconds.items() if seconds >= _SHOWN_FROM]
        return " · ".join([*parts, f"in all {sum(self.seconds.values()):.1f} s"])

    def _bars(self) -> Progress:
        return Progress(
            TextColumn("{task.description:>9}"),
            BarColumn(),
            TaskProgressColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=self._console,
            transient=True,
        )


def _nothing(done: int, total: int | None = None) -> None:
    del done, total
