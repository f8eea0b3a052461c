"""Requests to one server: sent again while it is busy, within time and money, each written down."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from decimal import Decimal
from hashlib import sha256
from typing import Final, TypeVar

import stamina
from stamina.instrumentation import RetryDetails, set_on_retry_hooks

from patent2tech.llm.breaker import Breaker
from patent2tech.llm.failures import is_the_servers_fault, never_arrived, retry_after, worth_another_try
from patent2tech.llm.ledger import Call, Ledger, Result
from patent2tech.llm.prices import Price
from patent2tech.llm.protocol import Budget, Usage

Y = TypeVar("Y")
R = TypeVar("R")

ATTEMPTS: Final = 4
"""Requests for one ask at most, when the server is busy or broken."""
_WAIT_SECONDS: Final = 0.5
_LONGEST_WAIT_SECONDS: Final = 20.0
_LOG: Final = logging.getLogger("patent2tech.llm")


def _note_retry(details: RetryDetails) -> None:
    """Write down that a request will be sent again; what comes of it in the end is told to the user anyhow."""
    _LOG.info(
        "retry %d in %.1f s",
        details.retry_num,
        details.wait_for,
        extra={"retry": details.retry_num, "wait_s": details.wait_for, "cause": repr(details.caused_by)},
    )


# The library's own hook warns on standard error, where a program that reads our JSON expects nothing.
set_on_retry_hooks([_note_retry])


@dataclass(frozen=True, slots=True)
class Terms:
    """How a model may be asked; a price of `None` is unknown, `seconds` hold for one ask with all its retries."""

    server: str
    context_tokens: int
    price: Price | None
    seconds: float = 120.0


@dataclass(frozen=True, slots=True)
class Errand:
    """What a request is for, what it says, and the highest price that it can have."""

    purpose: str
    version: str
    said: str
    highest_usd: Decimal | None
    job: str | None = None
    budget: Budget | None = None


class Meter:
    """Sends the requests of one model."""

    def __init__(self, model: str, terms: Terms, ledger: Ledger) -> None:
        self._model = model
        self._terms = terms
        self._ledger = ledger
        self._breaker = Breaker(terms.server)

    def retried(self, deadline: float, attempt: Callable[[int], Generator[Y, None, R]]) -> Generator[Y, None, R]:
        """What an attempt gives, made again while the server is busy or broken and there is time."""

        def wait(error: Exception) -> bool | float:
            left = deadline - time.monotonic()
            if not worth_another_try(error) or left <= _WAIT_SECONDS:
                return False
            asked = retry_after(error)
            return True if asked is None else asked if asked < left else False

        tries = stamina.retry_context(
            wait,
            attempts=ATTEMPTS,
            timeout=None,
            wait_initial=_WAIT_SECONDS,
            wait_max=_LONGEST_WAIT_SECONDS,
        )
        for each in tries:
            with each:
                self._breaker.check()
                return (yield from attempt(each.num))
        raise AssertionError

    def metered(
        self,
        errand: Errand,
        number: int,
        sending: Generator[Y, None, R],
        used: Callable[[R], Result],
        check: Callable[[R], None],
    ) -> Generator[Y, None, tuple[R, Usage]]:
        """One request: money set aside before it, written down and settled after it, whatever happens.

        `used` says what an answer used; `check` raises where it is none, though it must be paid.
        """
        ticket = errand.budget.reserve(errand.highest_usd) if errand.budget else None
        begun = time.monotonic()
        result = Result("failed", spent_usd=Decimal(0))
        line = None
        try:
            line = self._ledger.reserve(self._call(errand, number))
            result = Result("lost")
            answer = yield from sending
            result = used(answer)
            self._breaker.worked()
            check(answer)
        except GeneratorExit:
            raise
        except BaseException as error:
            if isinstance(error, Exception):
                result = self._failed(error, result)
            raise
        else:
            return answer, Usage(result.input_tokens or 0, result.output_tokens or 0, result.spent_usd, 1)
        finally:
            result = replace(result, latency_ms=round((time.monotonic() - begun) * 1000))
            try:
                if line is not None:
                    self._ledger.settle(line, result)
            finally:
                if errand.budget and ticket is not None:
                    errand.budget.settle(ticket, result.spent_usd)

    def _failed(self, error: Exception, result: Result) -> Result:
        if result.status == "lost" and is_the_servers_fault(error):
            self._breaker.failed()
        if result.status == "lost" and never_arrived(error):
            result = Result("failed", spent_usd=Decimal(0))
        return replace(result, error=f"{type(error).__name__}: {error}")

    def _call(self, errand: Errand, number: int) -> Call:
        digest, server = sha256(errand.said.encode("utf-8", "replace")).hexdigest(), self._terms.server
        return Call(errand.purpose, errand.version, self._model, server, digest, number, errand.job, errand.highest_usd)
