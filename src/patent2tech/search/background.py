"""Indexing beside everything else, in a thread of a server."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from patent2tech.errors import P2TError

if TYPE_CHECKING:
    from collections.abc import Callable

    from patent2tech.search.indexing import Indexer

_log = logging.getLogger(__name__)


class BackgroundIndexing:
    """Takes over what changed whenever it is told that something did; `close` lets it finish the batch at hand."""

    def __init__(self, indexer: Callable[[], Indexer]) -> None:
        self._indexer = indexer
        self._news = threading.Event()
        self._closed = False
        self._turn = threading.Lock()
        self._thread: threading.Thread | None = None

    def notice(self) -> None:
        """Say that something changed."""
        self._news.set()
        with self._turn:
            if self._thread is None and not self._closed:
                self._thread = threading.Thread(target=self._work, name="indexing", daemon=True)
                self._thread.start()

    def close(self) -> None:
        """Stop, after the batch at hand."""
        self._closed = True
        self._news.set()
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        while not self._closed:
            self._news.wait()
            self._news.clear()
            if self._closed:
                return
            try:
                indexer = self._indexer()
                indexer.update(stop=lambda: self._closed)
                # What arrives meanwhile comes first.
                indexer.read_again(stop=lambda: self._closed or self._news.is_set())
            except P2TError as error:
                _log.error("indexing stopped and goes on with the next import: %s", error)
            except Exception:  # noqa: BLE001 - a thread has nobody above it; the next import tries again
                _log.exception("indexing stopped unexpectedly and goes on with the next import")
