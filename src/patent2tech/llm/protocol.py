"""The border to language models: what is asked, what comes back, and what it cost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, Protocol, TypeVar

from pydantic import BaseModel

T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Usage:
    """What some calls used: tokens, US dollars (`None` where a price is unknown, never 0), and the calls themselves.

    `cached` says that no provider was asked at all.
    """

    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: Decimal | None = Decimal(0)
    calls: int = 0
    cached: bool = False

    def __add__(self, other: Usage) -> Usage:
        """Both together; one unknown price makes the sum unknown."""
        known = self.cost_usd is not None and other.cost_usd is not None
        return Usage(
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            (self.cost_usd or Decimal(0)) + (other.cost_usd or Decimal(0)) if known else None,
            self.calls + other.calls,
            self.cached and other.cached,
        )


@dataclass(frozen=True, slots=True)
class Ask(Generic[T]):
    """One question to a model, answered as a value of `output` (JSON schema mode, validated).

    `purpose` names the step for the ledger (`analysis.concepts`, `code.plan`) and `prompt_version` the prompt's
    version; both are part of the cache's key. `instructions` are ours; `prompt` may hold untrusted text, marked as
    data by its author. `attempt` tells repeated asks of the same text apart. `job` names for the ledger the work that
    this belongs to.
    """

    purpose: str
    prompt_version: str
    instructions: str
    prompt: str
    output: type[T]
    max_output_tokens: int
    attempt: int = 0
    job: str | None = None


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """What a model answered, which model it was, and what this cost."""

    output: T
    model: str
    usage: Usage


@dataclass(frozen=True, slots=True)
class Embedded:
    """The vectors of some texts, in their order, as the model gives them; which model it was, and what this cost."""

    vectors: tuple[tuple[float, ...], ...]
    model: str
    usage: Usage


class Budget(Protocol):
    """A limit on spending that holds for concurrent calls: reserved before a call, settled after it.

    `reserve` raises `OverBudget` when the highest possible price of a call is over what is left.
    """

    def reserve(self, highest_usd: Decimal | None) -> object:
        """Set the highest price of a call aside and give the ticket for it."""
        ...

    def settle(self, ticket: object, spent_usd: Decimal | None) -> None:
        """Give back what a call did not spend."""
        ...


class LanguageModel(Protocol):
    """Asks one configured model.

    `answer`, `stream` and `embed` SHALL return a stored answer for what was asked before (no second payment), SHALL
    end within the configured timeout, and raise only `ModelUnavailable`, `ModelRefused`, `ContextTooLong`,
    `OverBudget` or `NotConfigured`. They may be called from several threads.
    """

    @property
    def name(self) -> str:
        """The model's id as the provider knows it."""
        ...

    @property
    def context_tokens(self) -> int:
        """How many tokens of prompt and answer it takes together."""
        ...

    def answer(self, ask: Ask[T], budget: Budget | None = None) -> Answer[T]:
        """The validated answer."""
        ...

    def stream(self, ask: Ask[T], budget: Budget | None = None) -> Iterator[T | Answer[T]]:
        """Ever longer valid parts of the answer, and at last the whole with its usage."""
        ...

    def embed(
        self, texts: Sequence[str], purpose: str, budget: Budget | None = None, job: str | None = None
    ) -> Embedded:
        """The vectors of some texts; a model that makes none raises `NotConfigured`."""
        ...

    def count_tokens(self, text: str) -> int:
        """About how many tokens a text is for this model, rather too many, and always the same for the same text."""
        ...
