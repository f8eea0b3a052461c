"""Steps that cost money or time, kept by what they were made from: a run that was killed goes on where it stopped."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from typing import Final, TypeVar

from pydantic import BaseModel, ValidationError

from patent2tech.codegen.prompts import PROMPT_VERSION
from patent2tech.llm import Ask, Budget, LanguageModel, Usage
from patent2tech.store.derived import Derived

T = TypeVar("T", bound=BaseModel)

_KIND: Final = "code-steps-1"


class Steps:
    """Asks the model of one project, once for every step, and sums up what the steps have cost, kept ones included."""

    def __init__(self, model: LanguageModel, kept: Derived, budget: Budget | None) -> None:
        self._model, self._kept, self._budget = model, kept, budget
        self.usage = Usage()

    @property
    def model(self) -> LanguageModel:
        """Who is asked."""
        return self._model

    def ask(self, ask: Ask[T]) -> T:
        """The answer to one step.

        Raises:
            ModelUnavailable, ModelRefused, ContextTooLong, OverBudget, NotConfigured: as the model does.
        """
        key = self._key(ask)
        if kept := self._recall(key, ask.output):
            output, usage = kept
        else:
            answer = self._model.answer(ask, self._budget)
            output, usage = answer.output, answer.usage
            record = {"output": output.model_dump(mode="json"), "usage": _usage_values(usage)}
            self._kept.put(_KIND, key, json.dumps(record).encode())
        self.usage = usage if not self.usage.calls and not self.usage.input_tokens else self.usage + usage
        return output

    def _recall(self, key: str, output: type[T]) -> tuple[T, Usage] | None:
        content = self._kept.get(_KIND, key)
        if content is None:
            return None
        try:
            record = json.loads(content)
            return output.model_validate(record["output"]), _usage_of(record["usage"])
        except (ValueError, KeyError, TypeError, ArithmeticError, ValidationError):
            return None

    def _key(self, ask: Ask[T]) -> str:
        parts = [ask.purpose, PROMPT_VERSION, self._model.name, ask.instructions, ask.prompt, str(ask.attempt)]
        return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()


def _usage_values(usage: Usage) -> dict[str, object]:
    cost = None if usage.cost_usd is None else str(usage.cost_usd)
    return {
        "input_tokens": usage.input_tokens,
        "output_tokens": usage.output_tokens,
        "cost_usd": cost,
        "calls": usage.calls,
        "cached": usage.cached,
    }


def _usage_of(values: dict[str, object]) -> Usage:
    cost = values["cost_usd"]
    return Usage(
        int(str(values["input_tokens"])),
        int(str(values["output_tokens"])),
        None if cost is None else Decimal(str(cost)),
        int(str(values["calls"])),
        bool(values["cached"]),
    )
