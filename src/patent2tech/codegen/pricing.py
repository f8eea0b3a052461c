"""What following a plan may cost, said before it is paid."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from patent2tech.codegen import prompts
from patent2tech.codegen.plan import Plan

if TYPE_CHECKING:
    from patent2tech.codegen.generating import Generation

_TYPICAL_FILE_TOKENS = 1_200
_TYPICAL_TESTS_TOKENS = 1_800


@dataclass(frozen=True, slots=True)
class Estimate:
    """Model calls to come and their price: when the first round passes, and when every round is needed in full.

    A price is `None` where nobody has published one.
    """

    calls_least: int
    calls_most: int
    usd_least: Decimal | None
    usd_most: Decimal | None


def estimate(plan: Plan, generation: Generation) -> Estimate:
    """The estimate for the steps that are still to come when a plan stands."""
    from patent2tech.codegen.generating import FILE_TOKENS

    model, language = generation.steps.model, generation.language
    base = model.count_tokens(
        prompts.instructions("file", language, generation.framework)
        + prompts.specification_text(generation.specification)
        + plan.model_dump_json()
    )
    files = len(plan.files)
    repairs = max(generation.effort.rounds - 1, 0)
    price = getattr(model, "price", None)
    if price is None:
        return Estimate(files + 1, files + 1 + repairs, None, None)
    least = _sum(price, [(base + at * _TYPICAL_FILE_TOKENS, _TYPICAL_FILE_TOKENS) for at in range(files)])
    least += price.of(base + files * _TYPICAL_FILE_TOKENS, _TYPICAL_TESTS_TOKENS)
    most = _sum(price, [(base + at * FILE_TOKENS, FILE_TOKENS) for at in range(files + 1)])
    most += _sum(price, [(base + (files + 2) * FILE_TOKENS, FILE_TOKENS)] * repairs)
    return Estimate(files + 1, files + 1 + repairs, least, most)


def _sum(price: object, calls: list[tuple[int, int]]) -> Decimal:
    return sum((price.of(*call) for call in calls), Decimal(0))  # type: ignore[attr-defined]  # checked by the caller
