"""A limit on spending in memory, for one job: reserved before a call, settled after it, safe for many threads."""

from __future__ import annotations

import threading
from decimal import Decimal

from patent2tech.errors import OverBudget


class SpendingLimit:
    """Never lets reserved and spent money together go over `limit_usd`.

    A call of unknown price cannot be held under a limit and is refused.
    """

    def __init__(self, limit_usd: Decimal) -> None:
        self.limit_usd = limit_usd
        self._turn = threading.Lock()
        self._spent = Decimal(0)
        self._open: dict[object, Decimal] = {}

    @property
    def spent_usd(self) -> Decimal:
        """What settled calls have cost."""
        with self._turn:
            return self._spent

    def reserve(self, highest_usd: Decimal | None) -> object:
        """Set the highest price of a call aside and give the ticket for it.

        Raises:
            OverBudget: when that is more than is left, or unknown.
        """
        if highest_usd is None:
            raise unknown_price()
        with self._turn:
            left = self.limit_usd - self._spent - sum(self._open.values())
            if highest_usd > left:
                raise over_budget(highest_usd, left, self.limit_usd)
            ticket = object()
            self._open[ticket] = highest_usd
            return ticket

    def settle(self, ticket: object, spent_usd: Decimal | None) -> None:
        """Give back what a call did not spend; an unknown amount counts as all that was set aside."""
        with self._turn:
            reserved = self._open.pop(ticket)
            self._spent += reserved if spent_usd is None else spent_usd


def over_budget(highest: Decimal, left: Decimal, limit: Decimal) -> OverBudget:
    """The refusal, in words."""
    return OverBudget(
        f"the next model call could cost up to ${highest:.4f}, and ${max(left, Decimal(0)):.4f} is left of the limit "
        f"of ${limit:.4f}: raise the limit, or choose a cheaper model"
    )


def unknown_price() -> OverBudget:
    """The refusal of a call whose price nobody knows, in words."""
    return OverBudget(
        "the price of this model is unknown, so no limit in dollars can be held: give it in P2T_MODEL_PRICES "
        '(for a model of your own {"name": [0, 0]}), or remove the limit'
    )
