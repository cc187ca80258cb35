"""Where work runs: in processes of this machine, or on a cluster.  Either way a ``concurrent.futures.Executor``.

A process can die: the system ends it when memory is short, a library crashes on a hostile document, a machine of the
cluster goes away.  Work that dies with its process is done again, first beside other work and then alone; only what
kills a process when it runs alone is given up, and it is named.
"""

from __future__ import annotations

import importlib
import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

AHEAD = 2
"""Pieces of work for each process that are under way or wait for it: enough that none idles, few in memory."""

ANSWER_WITHIN = 10.0
"""Seconds for a scheduler to answer."""

_PRELOADED = ["generator.readers.parallel"]
"""What every process of this machine needs, imported once for all of them."""


_NO_GUARD = (
    "no other process can be started.  Each begins by loading the script that runs: whatever that does must stand "
    "below “if __name__ == '__main__':”"
)


class ExecutorError(Exception):
    """Work cannot be done where it was asked for.  The message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Died(Generic[Item]):
    """A piece of work that killed the process that did it, alone and twice."""

    item: Item
    message: str


def cores() -> int:
    """Return how many processes can run at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class LocalExecutor(Executor):
    """Processes of this machine, started when there is something to do, and anew after one of them died."""

    def __init__(self, workers: int | None = None) -> None:
        """Use *workers* processes, or as many as there are cores.

        Raises ExecutorError, as ``submit`` does, where a script that runs starts all anew in each process.
        """
        if getattr(multiprocessing.current_process(), "_inheriting", False):
            raise ExecutorError(_NO_GUARD)
        self.workers = workers or cores()
        self._pool: ProcessPoolExecutor | None = None

    def submit(self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        """Run *fn* in one of the processes; raises what ``ProcessPoolExecutor.submit`` raises."""
        if self._pool is not None:
            with suppress(BrokenExecutor):
                return self._pool.submit(fn, *args, **kwargs)
            self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = self._start()
        return self._pool.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes."""
        if self._pool is not None:
            self._pool.shutdown(wait=wait, cancel_futures=cancel_futures)
            self._pool = None

    def _start(self) -> ProcessPoolExecutor:
        # A fork of this process, with threads of its own by now, could hang; a server without threads forks instead.
        forkserver = "forkserver" in multiprocessing.get_all_start_methods()
        context = multiprocessing.get_context("forkserver" if forkserver else "spawn")
        if forkserver:
            context.set_forkserver_preload(_PRELOADED)
        pool = ProcessPoolExecutor(self.workers, context, _end_with_parent)
        try:
            pool.submit(os.getpid).result()
        except BrokenExecutor as error:
            raise ExecutorError(_NO_GUARD) from error
        return pool


class DaskExecutor(Executor):
    """The workers of a Dask cluster."""

    def __init__(self, scheduler: str) -> None:
        """Connect with the scheduler at this address, such as ``tcp://host:8786``.

        Raises ExecutorError where the extra is not installed, nobody answers, or the cluster has no workers.
        """
        try:
            distributed: Any = importlib.import_module("distributed")
        except ImportError as error:
            raise ExecutorError(
                "--scheduler needs Dask, which is not installed: pip install 'trial-catalog[dask]', here and on the "
                "workers"
            ) from error
        try:
            self._client: Any = distributed.Client(scheduler, timeout=ANSWER_WITHIN, set_as_default=False)
        except (OSError, TimeoutError, ValueError, ImportError) as error:
            raise ExecutorError(
                f"no Dask scheduler answers at {scheduler} within {ANSWER_WITHIN:.0f} seconds ({error}); start one "
                "with “dask scheduler”, and give the address that it prints, such as tcp://host:8786"
            ) from error
        self.workers = sum(self._client.nthreads().values())
        if not self.workers:
            self._client.close()
            raise ExecutorError(
                f"the Dask scheduler at {scheduler} has no workers; start some with: dask worker {scheduler}"
            )
        # Work is never shared by its arguments' values: files may have changed since.
        self._pool: Executor = self._client.get_executor(pure=False)

    def submit(self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        """Run *fn* on one of the workers.  Dask runs it again elsewhere when its worker goes away."""
        return self._pool.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster, which goes on."""
        del cancel_futures  # without waiting, Dask always cancels
        with suppress(CancelledError, OSError):
            self._pool.shutdown(wait=wait)
        self._client.close()


@contextmanager
def open_executor(scheduler: str | None = None, workers: int | None = None) -> Iterator[Executor]:
    """Give an executor until the block ends: of the Dask cluster at *scheduler*, or of *workers* processes here.

    Raises ExecutorError where the cluster cannot be reached.
    """
    executor = DaskExecutor(scheduler) if scheduler else LocalExecutor(workers)
    try:
        yield executor
    except BaseException:
        executor.shutdown(wait=False, cancel_futures=True)
        raise
    executor.shutdown()


def in_order(
    executor: Executor, work: Callable[[Item], Result], items: Iterable[Item]
) -> Iterator[Result | Died[Item]]:
    """Yield what *work* makes of each of *items*, in their order, however many processes share them.

    *work* is a function of a module, and items and results can be pickled.  Only a few items are taken ahead of the
    one whose result is waited for.  An exception that *work* raises is raised here.
    """
    ahead = AHEAD * max(1, getattr(executor, "workers", None) or getattr(executor, "_max_workers", None) or cores())
    waiting: deque[tuple[Item, Future[Result] | None]] = deque()
    source = iter(items)
    exhausted = False
    try:
        while waiting or not exhausted:
            while not exhausted and len(waiting) < ahead:
                try:
                    item = next(source)
                except StopIteration:
                    exhausted = True
                else:
                    waiting.append((item, _submit(executor, work, item)))
            if not waiting:
                return
            item, future = waiting.popleft()
            if (error := _died(future)) is None and future is not None:
                yield future.result()
                continue
            # Whoever killed the process took its neighbours' work along: let theirs end, and do this alone.
            for _, other in waiting:
                if other is not None:
                    other.exception()
            waiting = deque((one, other if _died(other) is None else None) for one, other in waiting)
            future = _submit(executor, work, item)
            error = _died(future)
            if error is None and future is not None:
                yield future.result()
            else:
                yield Died(item, str(error))
            waiting = deque((one, other or _submit(executor, work, one)) for one, other in waiting)
    finally:
        for _, other in waiting:
            if other is not None:
                other.cancel()


def _submit(executor: Executor, work: Callable[[Item], Result], item: Item) -> Future[Result] | None:
    """Submit work; nothing where the processes are broken and their executor does not start others."""
    with suppress(BrokenExecutor):
        return executor.submit(work, item)
    return None


def _died(future: Future[Any] | None) -> BaseException | None:
    """Wait for *future* and return the error that its process died with, if it did."""
    if future is None:
        return BrokenExecutor("the processes are gone")
    try:
        error = future.exception()
    except CancelledError:
        raise ExecutorError("the connection with the scheduler broke off; see what it says, and start again") from None
    if isinstance(error, BrokenExecutor) or type(error).__name__ in ("KilledWorker", "CommClosedError"):
        return error
    return None


def _end_with_parent() -> None:
    """End this process when the one that started it ends, however it ends."""

    def watch() -> None:
        parent = multiprocessing.parent_process()
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
