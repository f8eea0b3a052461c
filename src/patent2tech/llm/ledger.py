"""The ledger: every request to a provider with its tokens, price and time, and the limit on what all may cost."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from patent2tech.llm.budget import over_budget, unknown_price

if TYPE_CHECKING:
    from patent2tech.store import Database

_LOCK: Final = 0x70327410
"""Key of the advisory lock under which money is set aside, so that processes take turns."""
_ERROR_CHARACTERS: Final = 500


@dataclass(frozen=True, slots=True)
class Call:
    """What is known of a request before it is sent."""

    purpose: str
    prompt_version: str
    model: str
    server: str
    prompt_hash: str
    attempt: int
    job: str | None
    highest_usd: Decimal | None


@dataclass(frozen=True, slots=True)
class Result:
    """What is known after it; `spent_usd` is `None` where the price is unknown or the answer got lost on the way."""

    status: str
    input_tokens: int | None = None
    output_tokens: int | None = None
    spent_usd: Decimal | None = None
    latency_ms: int | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Spending:
    """What was spent since a moment: calls, tokens and dollars; `unpriced` calls have no known price."""

    calls: int
    input_tokens: int
    output_tokens: int
    usd: Decimal
    unpriced: int


class Ledger:
    """Writes each request down before it is sent and after it, and refuses what the month's limit does not allow.

    Money that was set aside for a request counts as spent until the request is settled; a crash leaves it counted, as
    nobody knows then what the provider charged.
    """

    def __init__(self, database: Database, limit_usd: Decimal | None, now: Callable[[], dt.datetime]) -> None:
        self._database = database
        self._limit = limit_usd
        self._now = now

    def reserve(self, call: Call) -> uuid.UUID:
        """Write a request down and set its highest price aside.

        Raises:
            OverBudget: when that is more than is left of the month, or its price is unknown.
            OutsideFailure: when the database does not answer.
        """
        from sqlalchemy import text

        from patent2tech.llm.tables import CallRow

        row = CallRow(
            purpose=call.purpose,
            prompt_version=call.prompt_version,
            model=call.model,
            server=call.server,
            prompt_hash=call.prompt_hash,
            attempt=call.attempt,
            job=call.job,
            status="open",
            reserved_usd=call.highest_usd,
        )
        with self._database.begin() as session:
            if self._limit is not None:
                if call.highest_usd is None:
                    raise unknown_price()
                session.execute(text("select pg_advisory_xact_lock(:key, 0)"), {"key": _LOCK})
                spent = session.scalar(
                    text(
                        "select coalesce(sum(coalesce(cost_usd, reserved_usd)), 0)"
                        " from llm_calls where created_at >= :t"
                    ),
                    {"t": self._month()},
                )
                left = self._limit - Decimal(spent or 0)
                if call.highest_usd > left:
                    raise over_budget(call.highest_usd, left, self._limit)
            session.add(row)
            session.flush()
            return row.id

    def settle(self, ticket: uuid.UUID, result: Result) -> None:
        """Write down what came of a request.

        Raises:
            OutsideFailure: when the database does not answer.
        """
        from patent2tech.llm.tables import CallRow

        with self._database.begin() as session:
            row = session.get_one(CallRow, ticket)
            row.status = result.status
            row.error = result.error[:_ERROR_CHARACTERS] if result.error else None
            row.input_tokens = result.input_tokens
            row.output_tokens = result.output_tokens
            row.cost_usd = result.spent_usd
            row.latency_ms = result.latency_ms

    def spending(self) -> Spending:
        """What was spent this month."""
        from sqlalchemy import text

        with self._database.begin() as session:
            row = session.execute(
                text(
                    "select count(*), coalesce(sum(input_tokens), 0), coalesce(sum(output_tokens), 0),"
                    " coalesce(sum(coalesce(cost_usd, reserved_usd)), 0),"
                    " count(*) filter (where coalesce(cost_usd, reserved_usd) is null)"
                    " from llm_calls where created_at >= :t"
                ),
                {"t": self._month()},
            ).one()
        return Spending(int(row[0]), int(row[1]), int(row[2]), Decimal(row[3]), int(row[4]))

    def _month(self) -> dt.datetime:
        return self._now().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
