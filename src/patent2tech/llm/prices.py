"""What a call costs: the operator's own prices first, then those published with genai-prices; otherwise unknown."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

_MILLION: Final = Decimal(1_000_000)
_EMBEDDING: Final = {
    "text-embedding-3-small": Decimal("0.02"),
    "text-embedding-3-large": Decimal("0.13"),
    "text-embedding-ada-002": Decimal("0.10"),
}
"""OpenAI's prices of a million tokens, which genai-prices does not have; at other servers they say nothing."""


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for a million tokens."""

    input_usd: Decimal
    output_usd: Decimal

    def of(self, input_tokens: int, output_tokens: int) -> Decimal:
        """The price of one call."""
        return (self.input_usd * input_tokens + self.output_usd * output_tokens) / _MILLION


@dataclass(frozen=True, slots=True)
class Prices:
    """Prices by model; `own` are the operator's, which hold before any published ones."""

    own: Mapping[str, Price] = field(default_factory=dict)

    def price(self, model: str, provider: str, base_url: str | None = None) -> Price | None:
        """The price of a model, or `None` where nobody published it: never a guess from a similar name elsewhere.

        Published prices may rise with the length of a prompt; the highest step is taken for every length, so that a
        reservation is never too low. What that gives too much is stated too high, never too low.
        """
        if model in self.own:
            return self.own[model]
        if provider == "openai" and base_url is None and model in _EMBEDDING:
            return Price(_EMBEDDING[model], Decimal(0))
        found = _published(model, provider, base_url)
        return None if found is None else found[0]


def context_window(model: str, provider: str, base_url: str | None = None) -> int | None:
    """How many tokens a model takes, where that is published."""
    found = _published(model, provider, base_url)
    return None if found is None else found[1]


def _published(model: str, provider: str, base_url: str | None) -> tuple[Price, int | None] | None:
    from genai_prices import Usage, calc_price

    one = Usage(input_tokens=1_000_000, output_tokens=1_000_000)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            if base_url:
                found = calc_price(one, model, provider_api_url=base_url)
            else:
                found = calc_price(one, model, provider_id=provider)
        except LookupError:
            return None
    if found.input_price is None or found.output_price is None:
        return None
    window = found.model.context_window
    return Price(Decimal(found.input_price), Decimal(found.output_price)), window
