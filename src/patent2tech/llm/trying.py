"""Trying a model: one small question, or one vector, asked anew each time."""

from __future__ import annotations

import time
from typing import Final

from pydantic import BaseModel

from patent2tech.llm.protocol import Ask, LanguageModel

_OUTPUT_TOKENS: Final = 200


class Echo(BaseModel):
    """One word."""

    word: str


def try_model(model: LanguageModel) -> float:
    """Ask for a word in schema mode, and give the seconds that it took.

    Raises:
        P2TError: when the model does not answer, or not in the schema.
    """
    begun = time.monotonic()
    model.answer(
        Ask("doctor", "1", "You repeat words.", 'Repeat the word "valve".', Echo, _OUTPUT_TOKENS, time.time_ns())
    )
    return time.monotonic() - begun


def try_vectors(model: LanguageModel) -> float:
    """Ask for a vector, and give the seconds that it took.

    Raises:
        P2TError: when the model does not answer, or not with a vector.
    """
    begun = time.monotonic()
    model.embed([f"valve {time.time_ns()}"], "doctor")
    return time.monotonic() - begun
