"""A breaker: after some failures in a row a server is left alone for a while, and then tried by one call."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Final

from patent2tech.errors import ModelUnavailable

FAILURES: Final = 5
"""In a row, after which the server is left alone."""
REST_SECONDS: Final = 30.0


class Breaker:
    """Counts the failures of one server."""

    def __init__(self, server: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._server = server
        self._clock = clock
        self._turn = threading.Lock()
        self._failures = 0
        self._until = 0.0

    def check(self) -> None:
        """Let a call pass.

        Raises:
            ModelUnavailable: while the server rests.
        """
        with self._turn:
            if self._failures < FAILURES:
                return
            left = self._until - self._clock()
            if left > 0:
                raise ModelUnavailable(
                    f"the model server {self._server} failed {self._failures} times in a row and is left alone for "
                    f"{left:.0f} more seconds; `patent2tech doctor` tells what is wrong"
                )
            # One call finds out; the others wait for what it finds.
            self._until = self._clock() + REST_SECONDS

    def failed(self) -> None:
        """Note a failure of the server, not of the request."""
        with self._turn:
            self._failures += 1
            if self._failures >= FAILURES:
                self._until = self._clock() + REST_SECONDS

    def worked(self) -> None:
        """Note an answer."""
        with self._turn:
            self._failures = 0
