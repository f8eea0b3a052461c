"""One event loop in a thread of its own, in which the requests of all threads run."""

from __future__ import annotations

import asyncio
import inspect
import queue
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Generator
from typing import Any, TypeVar

T = TypeVar("T")


class Loop:
    """Runs coroutines for threads; started with the first one, a daemon so that it never keeps the program alive."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def run(self, work: Coroutine[Any, Any, T], seconds: float) -> T:
        """The result of a coroutine, which is cancelled when it takes longer.

        Raises:
            TimeoutError: when it took longer.
        """
        return asyncio.run_coroutine_threadsafe(_within(work, seconds), self._running()).result()

    def iterate(self, work: AsyncIterator[T], seconds: float) -> Generator[T, None, None]:
        """The items of an asynchronous iterator as they come; closing this early cancels it.

        Raises:
            TimeoutError: when all of it took longer.
        """
        items: queue.SimpleQueue[tuple[T] | None] = queue.SimpleQueue()

        async def drain() -> None:
            try:
                async for item in work:
                    items.put((item,))
            finally:
                items.put(None)

        future = asyncio.run_coroutine_threadsafe(_within(drain(), seconds), self._running())
        try:
            while (item := items.get()) is not None:
                yield item[0]
            future.result()
        finally:
            future.cancel()

    def close(self, last: Callable[[], object] | None = None) -> None:
        """Stop: what still runs is cancelled, and `last` (a function or a coroutine function) is called in the loop."""
        with self._turn:
            loop, thread, self._loop, self._thread = self._loop, self._thread, None, None
        if loop is None or thread is None:
            return
        asyncio.run_coroutine_threadsafe(_end(last), loop).result(5)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
        loop.close()

    def _running(self) -> asyncio.AbstractEventLoop:
        with self._turn:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(target=self._loop.run_forever, name="llm", daemon=True)
                self._thread.start()
            return self._loop


async def _within(work: Coroutine[Any, Any, T], seconds: float) -> T:
    async with asyncio.timeout(seconds):
        return await work


async def _end(last: Callable[[], object] | None) -> None:
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    ending = last() if last else None
    if inspect.isawaitable(ending):
        await ending
