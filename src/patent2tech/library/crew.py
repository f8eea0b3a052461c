"""Who does the chunks: this process, a pool of processes, or a Dask cluster, all as `concurrent.futures.Executor`."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import threading
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import ExitStack
from dataclasses import dataclass, field
from multiprocessing import connection
from typing import TYPE_CHECKING, Any, Final, Self

from patent2tech.errors import Malformed, NotConfigured, OutsideFailure
from patent2tech.formats import Rejected
from patent2tech.library.preparing import Prepared, Refused, prepare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType

    from patent2tech.formats.chunks import Chunk
    from patent2tech.patents import PublicationNumber

_WAITING: Final = 1
"""Chunks beyond one for each worker, so that none waits for us; each is held in memory once it is done."""

_CONNECT_SECONDS: Final = 20


@dataclass(slots=True)
class Task:
    """A chunk that is being done, with what earlier parts of it brought."""

    chunk: Chunk
    passed: int = 0
    numbers: list[PublicationNumber] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    skipped: int = 0


class Crew:
    """Workers with a bounded number of chunks in hand; a worker that dies costs at most its own chunk."""

    def __init__(self, workers: int, scheduler: str | None = None) -> None:
        self._scheduler = scheduler
        self._workers = workers
        self._stack = ExitStack()
        self._executor: Executor | None = None
        self._pending: dict[Future[Prepared], Task] = {}

    @property
    def full(self) -> bool:
        """Whether a chunk must be finished before the next is handed out."""
        return len(self._pending) >= (self._workers + _WAITING if self._workers > 1 or self._scheduler else 1)

    @property
    def idle(self) -> bool:
        """Whether nothing is in hand."""
        return not self._pending

    def submit(self, task: Task) -> None:
        """Hand a chunk out."""
        try:
            self._pending[self._running().submit(prepare, task.chunk, task.passed)] = task
        except BrokenExecutor:
            # Found out before the result that tells: `finished` will recover this chunk with the others.
            failed: Future[Prepared] = Future()
            failed.set_exception(BrokenExecutor())
            self._pending[failed] = task

    def finished(self) -> Iterator[tuple[Task, Prepared]]:
        """Wait for at least one chunk, and give what came of it.

        Raises:
            OutsideFailure: when the cluster fails.
        """
        done, _ = wait(self._pending, return_when=FIRST_COMPLETED)
        while done:
            # Not held longer than needed: a result is large.
            future = done.pop()
            try:
                prepared = future.result()
            except BrokenExecutor:
                yield from self._recovered()
                return
            except Exception as error:
                if not self._scheduler:
                    raise
                raise OutsideFailure(
                    f"the cluster at {self._scheduler} failed: {type(error).__name__}: {error}; "
                    "import again to go on from here, or unset P2T_DASK_SCHEDULER"
                ) from error
            yield self._pending.pop(future), prepared

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for future in self._pending:
            future.cancel()
        self._stack.close()

    def _recovered(self) -> Iterator[tuple[Task, Prepared]]:
        """Do each chunk that was in hand when a worker died alone, which shows the one that kills."""
        tasks = list(self._pending.values())
        self._pending.clear()
        self._end()
        for task in tasks:
            try:
                yield task, self._running().submit(prepare, task.chunk, task.passed).result()
            except BrokenExecutor:
                self._end()
                reason = Malformed(
                    f"a process that read documents from number {task.passed + task.chunk.first} on was killed twice, "
                    "perhaps for want of memory: import this file again alone with --workers 1"
                )
                yield task, Prepared(refused=[Refused(Rejected(task.chunk.name, task.chunk.first, reason))])

    def _running(self) -> Executor:
        if self._executor is None:
            if self._scheduler:
                self._executor = self._stack.enter_context(self._cluster(self._scheduler))
            elif self._workers > 1:
                pool = ProcessPoolExecutor(
                    # A fork would inherit the connections and locks of the database, and threads in any state.
                    self._workers, multiprocessing.get_context("spawn"), initializer=_die_with_parent
                )  # fmt: skip
                self._stack.callback(pool.shutdown, wait=True, cancel_futures=True)
                self._executor = pool
            else:
                self._executor = _Here()
        return self._executor

    def _cluster(self, address: str) -> Executor:
        try:
            distributed: Any = importlib.import_module("distributed")
        except ImportError:
            raise NotConfigured(
                "P2T_DASK_SCHEDULER is set and Dask is not installed: install patent2tech[cluster], "
                "or unset it to import with the processes of this machine"
            ) from None
        try:
            client: Any = distributed.Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            raise OutsideFailure(
                f"no Dask scheduler answers at {address}: start it, or correct P2T_DASK_SCHEDULER"
            ) from error
        self._stack.callback(client.close)
        self._workers = max(1, sum(client.ncores().values()))
        # Two equal chunks of different imports are different work.
        executor: Executor = client.get_executor(pure=False)
        return executor

    def _end(self) -> None:
        self._stack.close()
        self._executor = None


class _Here(Executor):
    """Does the work at once, in this process."""

    def submit(self, fn: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        """Do it."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*arguments, **named))
        except Exception as error:  # noqa: BLE001 - it belongs to who asks for the result
            future.set_exception(error)
        return future


def _die_with_parent() -> None:
    """End this worker when the process that started it is gone; its pipes alone would keep it waiting for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_wait_for, args=(parent.sentinel,), daemon=True).start()


def _wait_for(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
