"""Work in other processes: fresh ones of this machine, forked ones that know all that this one knows, or a cluster's.

Each process of this machine has one pipe, and does one piece of work after the other; this process waits for all pipes
at once, without a thread, so nothing can race.  A process can die: the system ends it when memory is short, or a
library crashes on a hostile document.  Its pipe tells which piece it was at.  That piece is done again, alone; only
what kills a process when it runs alone is given up, and it is named.  Where processes cannot be forked, see
:func:`can_fork`, the caller does the work itself.
"""

from __future__ import annotations

import gc
import importlib
import multiprocessing
import os
import pickle
import signal
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from generator.storage.cache import Cache

Item = TypeVar("Item")
Result = TypeVar("Result")

AHEAD = 2
"""Pieces of work for each process that are under way or wait for it: enough that none idles, few in memory."""

ANSWER_WITHIN = 10.0
"""Seconds for a scheduler to answer."""

_PRELOADED = ["trial_catalog", "generator.pipeline.parallel"]
"""What every fresh process of this machine needs, imported once for all of them."""

_SHORT = 4096
"""Bytes of a piece of work that may be sent to a process at work: so few that any pipe takes them at once."""

_MOST_FAILED_STARTS = 3

_GARBAGE = 50_000
"""New objects between two looks for garbage in a forked process; its work makes many, nearly all gone by themselves."""

_LOOK = 0.2
"""Seconds between two looks whether the main process is still there."""

_NO_GUARD = (
    "no other process can be started.  Each begins by loading the script that runs: whatever that does must stand "
    "below “if __name__ == '__main__':”"
)


class ExecutorError(Exception):
    """Work cannot be done where it was asked for.  The message says why and what to do."""


@dataclass(frozen=True, slots=True)
class WorkerDied(Generic[Item]):
    """A piece of work that killed the process that did it, alone and twice."""

    item: Item
    message: str


def cores() -> int:
    """Return how many processes can run at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def can_fork(cache: Cache) -> bool:
    """Say whether processes can be forked here, and can read what *cache* keeps."""
    return cache.lasting and "fork" in multiprocessing.get_all_start_methods()


@dataclass(slots=True, eq=False)
class _Worker:
    """A process, and what it was given to do."""

    process: BaseProcess
    connection: Connection
    doing: deque[tuple[int, bytes]] = field(default_factory=deque)
    ready: bool = False


class LocalProcesses:
    """Processes of this machine, started when there is something to do, and anew after one of them died."""

    def __init__(self, workers: int | None = None) -> None:
        """Use *workers* processes, or as many as there are cores.

        Raises ExecutorError where a script that runs starts all anew in each process.
        """
        if getattr(multiprocessing.current_process(), "_inheriting", False):
            raise ExecutorError(_NO_GUARD)
        self.workers = workers or cores()
        self._running: list[_Worker] = []
        self._failed_starts = 0

    def in_order(self, work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result | WorkerDied[Item]]:
        """Yield what *work* makes of each of *items*, as :func:`in_order` says."""
        yield from _Run(self, work, items).results()

    def close(self) -> None:
        """End the processes."""
        for worker in list(self._running):
            self.drop(worker)

    def free_worker(self, size: int, *, alone: bool) -> _Worker | None:
        """Return a process that can be given a piece of work of *size* bytes; None where all have enough to do."""
        idle = next((worker for worker in self._running if not worker.doing), None)
        if idle is not None or alone:
            return idle or self._start()
        if len(self._running) < self.workers:
            return self._start()
        if size > _SHORT:
            return None
        busy = (worker for worker in self._running if len(worker.doing) < AHEAD)
        return next((worker for worker in busy if all(len(data) <= _SHORT for _, data in worker.doing)), None)

    def receive(self) -> Iterator[tuple[_Worker, Any]]:
        """Wait, and yield what processes at work have sent; None for a process that died."""
        busy = {worker.connection: worker for worker in self._running if worker.doing}
        for connection in wait(list(busy)):
            worker = busy[connection]  # type: ignore[index]
            try:
                message = worker.connection.recv()
            except (EOFError, OSError, pickle.UnpicklingError):
                message = None
            if message is None and not worker.ready:
                self._failed_starts += 1
                if self._failed_starts >= _MOST_FAILED_STARTS:
                    raise ExecutorError(_NO_GUARD)
            if message == _READY:
                worker.ready = True
                self._failed_starts = 0
                continue
            yield worker, message

    def drop(self, worker: _Worker) -> None:
        """End a process, whatever it is doing."""
        self._running.remove(worker)
        worker.connection.close()
        worker.process.kill()
        worker.process.join()
        worker.process.close()

    def drop_busy(self) -> None:
        """End the processes whose results nobody waits for any more."""
        for worker in [one for one in self._running if one.doing]:
            self.drop(worker)

    def _start(self) -> _Worker:
        context = self._context()
        here, there = context.Pipe()
        process = context.Process(target=_serve, args=(there, *self._arguments()), daemon=True)
        process.start()
        there.close()
        worker = _Worker(process, here)
        self._running.append(worker)
        return worker

    def _context(self) -> Any:
        # A fork of this process, with threads of its own by now, could hang; a server without threads forks instead.
        forkserver = "forkserver" in multiprocessing.get_all_start_methods()
        context = multiprocessing.get_context("forkserver" if forkserver else "spawn")
        if forkserver:
            context.set_forkserver_preload(_PRELOADED)
        return context

    def _arguments(self) -> tuple[Any, ...]:
        return (_end_with_parent, None, ())


Workers = Executor | LocalProcesses
"""Whatever work can be handed to: see :func:`in_order`."""


class _ForkedProcesses(LocalProcesses):
    """Processes that are forked for one function, which need not be a module's, and know all that this one knows."""

    def __init__(self, work: Callable[[Any], Any], cache: Cache, workers: int, pieces: int | None = None) -> None:
        super().__init__(workers)
        self._work = work
        self._cache = cache
        self._pieces = pieces

    def _context(self) -> Any:
        return multiprocessing.get_context("fork")

    def _arguments(self) -> tuple[Any, ...]:
        parent, cache = os.getpid(), self._cache
        others = [worker.connection for worker in self._running]
        return (lambda: _begin_forked(parent, cache), self._work, others, self._pieces)


class _Run(Generic[Item, Result]):
    """One row of items on its way through processes."""

    def __init__(self, processes: LocalProcesses, work: Callable[[Item], Result] | None, items: Iterable[Item]) -> None:
        self._processes = processes
        self._work = work
        self._source = iter(items)
        self._taken = 0
        self._items: dict[int, Item] = {}
        """What is not done yet."""
        self._results: dict[int, Result | WorkerDied[Item]] = {}
        self._errors: dict[int, BaseException] = {}
        """Raised in the order of the items, so that of several errors always the first one is told."""
        self._again: deque[tuple[int, bytes]] = deque()
        """What the death of a process took along."""
        self._suspects: deque[tuple[int, bytes]] = deque()
        """What a process died of: each is done again when nothing else is."""
        self._alone: int | None = None
        self._next = 0

    def begin(self) -> None:
        """Hand out the first items, before anybody waits for results."""
        self._hand_out(AHEAD * self._processes.workers)

    def results(self) -> Iterator[Result | WorkerDied[Item]]:
        ahead = AHEAD * self._processes.workers
        try:
            while True:
                while self._next in self._results:
                    self._next += 1
                    yield self._results.pop(self._next - 1)
                if self._next in self._errors:
                    raise self._errors[self._next]
                self._hand_out(self._next + ahead)
                if not self._items:
                    return
                for worker, message in self._processes.receive():
                    if message is None:
                        self._count_death(worker)
                    else:
                        self._take(worker, *message)
        finally:
            self._processes.drop_busy()

    def _hand_out(self, bound: int) -> None:
        """Give work to all processes that can take some; of new items only those below the index *bound*."""
        while self._alone is None:
            piece = self._next_piece(bound)
            if piece is None:
                break
            worker = self._processes.free_worker(len(piece[1]), alone=False)
            if worker is None:
                self._again.appendleft(piece)
                return
            self._give(worker, piece)
        if self._alone is None and self._suspects and len(self._items) == len(self._suspects):
            piece = self._suspects.popleft()
            self._alone = piece[0]
            worker = self._processes.free_worker(len(piece[1]), alone=True)
            if worker is not None:
                self._give(worker, piece)

    def _next_piece(self, bound: int) -> tuple[int, bytes] | None:
        if self._again:
            return self._again.popleft()
        if self._taken >= bound:
            return None
        for item in self._source:
            index = self._taken
            self._taken += 1
            self._items[index] = item
            return index, pickle.dumps((self._work, item))
        return None

    def _give(self, worker: _Worker, piece: tuple[int, bytes]) -> None:
        worker.doing.append(piece)
        with suppress(OSError):  # a process that died tells so by its pipe
            worker.connection.send_bytes(piece[1])

    def _take(self, worker: _Worker, done: bool, value: Any) -> None:
        index, _ = worker.doing.popleft()
        del self._items[index]
        if index == self._alone:
            self._alone = None
        if done:
            self._results[index] = value
        else:
            self._errors[index] = value

    def _count_death(self, worker: _Worker) -> None:
        """Find out what a process died of: what it was doing; the rest is done elsewhere."""
        doing, started = list(worker.doing), worker.ready
        self._processes.drop(worker)
        if not started:
            self._again.extend(doing)
            if doing and doing[0][0] == self._alone:
                self._alone = None
            return
        index = doing[0][0]
        if index == self._alone:
            self._alone = None
            self._results[index] = WorkerDied(self._items.pop(index), "its process died, also when it ran alone")
        else:
            self._suspects.append(doing[0])
        self._again.extend(doing[1:])


_READY = "ready"


def _serve(
    connection: Connection,
    begin: Callable[[], None],
    work: Callable[[Any], Any] | None,
    inherited: Iterable[Connection],
    pieces: int | None = None,
) -> None:
    """Do what comes through *connection*, one piece after the other, until it is closed; this runs in the process.

    What comes is a function and its argument, or only the argument where *work* was given at the fork.  After so many
    *pieces* the process ends, so that nothing holds its memory.
    """
    for other in inherited:
        other.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the main process decides
    begin()
    with suppress(EOFError, OSError):
        connection.send(_READY)
        for _ in count() if pieces is None else range(pieces):
            named, item = connection.recv()
            try:
                answer = pickle.dumps((True, (work or named)(item)), pickle.HIGHEST_PROTOCOL)
            except BaseException as error:  # whatever it is, the main process raises it
                answer = _packed_error(error)
            connection.send_bytes(answer)


def _packed_error(error: BaseException) -> bytes:
    error.add_note("In another process:\n" + "".join(traceback.format_exception(error)))
    try:
        packed = pickle.dumps((False, error))
        pickle.loads(packed)  # noqa: S301 - our own, packed one line above
    except Exception:
        packed = pickle.dumps((False, RuntimeError(f"{type(error).__name__}: {error}")))
    return packed


def forked(
    work: Callable[[Item], Result], cache: Cache, processes: int, items: Iterable[Item]
) -> Generator[Result | WorkerDied[Item]]:
    """Yield what *work* makes of each of *items* in so many processes that are forked for it, in their order.

    Items and results are pickled; whatever else *work* needs is there.  What killed its process is given back as
    WorkerDied, to be done here.  Ask :func:`can_fork` before.
    """
    cache.commit()
    pool = _ForkedProcesses(work, cache, processes)
    try:
        yield from _Run[Item, Result](pool, None, items).results()
    finally:
        pool.close()


@contextmanager
def start_work(work: Callable[[], Result], cache: Cache, *, elsewhere: bool) -> Iterator[Callable[[], Result]]:
    """Begin *work* in a process that is forked for it, and give what waits for its result.

    Not *elsewhere*, and where no process can be forked or it died, waiting for the result does the work here.  The
    result is pickled.  The process ends with the context.
    """
    if not elsewhere or not can_fork(cache):
        yield work
        return
    cache.commit()
    pool = _ForkedProcesses(lambda _: work(), cache, 1, pieces=1)
    run = _Run[None, Result](pool, None, [None])
    run.begin()

    def result() -> Result:
        try:
            found = next(run.results())
        finally:
            pool.close()
        return work() if isinstance(found, WorkerDied) else found

    try:
        yield result
    finally:
        pool.close()


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
def open_executor(scheduler: str | None = None, workers: int | None = None) -> Iterator[Workers]:
    """Give, until the block ends, the Dask cluster at *scheduler*, or *workers* processes of this machine.

    Raises ExecutorError where the cluster cannot be reached.
    """
    if scheduler is None:
        processes = LocalProcesses(workers)
        try:
            yield processes
        finally:
            processes.close()
        return
    executor = DaskExecutor(scheduler)
    try:
        yield executor
    except BaseException:
        executor.shutdown(wait=False, cancel_futures=True)
        raise
    executor.shutdown()


def in_order(
    executor: Workers, work: Callable[[Item], Result], items: Iterable[Item]
) -> Iterator[Result | WorkerDied[Item]]:
    """Yield what *work* makes of each of *items*, in their order, however many processes share them.

    *work* is a function of a module, and items and results can be pickled.  Only a few items are taken ahead of the
    one whose result is waited for.  An exception that *work* raises is raised here.
    """
    if isinstance(executor, LocalProcesses):
        yield from executor.in_order(work, items)
        return
    ahead = AHEAD * max(1, getattr(executor, "workers", None) or getattr(executor, "_max_workers", None) or cores())
    waiting: deque[tuple[Item, Future[Result]]] = deque()
    source = iter(items)
    try:
        while True:
            while len(waiting) < ahead:
                try:
                    item = next(source)
                except StopIteration:
                    break
                waiting.append((item, executor.submit(work, item)))
            if not waiting:
                return
            item, future = waiting.popleft()
            error = _died(future)
            if error is not None:  # its neighbours may be to blame: let theirs end, and do this alone
                for _, other in waiting:
                    _died(other)
                future = executor.submit(work, item)
                error = _died(future)
            yield future.result() if error is None else WorkerDied(item, str(error))
    finally:
        for _, other in waiting:
            other.cancel()


def _died(future: Future[Any]) -> BaseException | None:
    """Wait for *future* and return the error that its process died with, if it did."""
    try:
        error = future.exception()
    except CancelledError:
        raise ExecutorError("the connection with the scheduler broke off; see what it says, and start again") from None
    if isinstance(error, BrokenExecutor) or type(error).__name__ in ("KilledWorker", "CommClosedError"):
        return error
    return None


def _begin_forked(parent: int, cache: Cache) -> None:
    """Prepare this process, which *parent* forked while it had *cache* open; it ends when *parent* does.

    Otherwise what a killed run left behind would hold the cache's lock for ever.
    """
    gc.freeze()  # what the main process had is not looked through again and again
    gc.set_threshold(_GARBAGE)
    cache.reconnect_in_fork()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_LOOK)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when the one that started it ends, however it ends."""

    def watch() -> None:
        parent = multiprocessing.parent_process()
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
