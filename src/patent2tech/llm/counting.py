"""Counting tokens without the model's own vocabulary: an estimate that learns, and two bounds that always hold.

An estimate must not be too low, or a prompt overflows. The weights below were fitted on patents in English and Korean
against the tokenizer of SmolLM2 (a byte-level BPE of 49,152 tokens, small for today, so that others need fewer); a
model that needs more tells so with its first answer, and the estimate follows.
"""

from __future__ import annotations

import re
import threading
from typing import Final

_PIECES: Final = re.compile(r"[A-Za-z]+|\d+|[가-힣]+|[^\sA-Za-z\d가-힣]")
_LETTERS_PER_TOKEN: Final = 6
"""Words longer than this are cut again."""
_TOKENS_PER_SYLLABLE: Final = 2.0
_LEARN_FROM: Final = 200
"""Tokens; shorter prompts say more about the server's template than about the vocabulary."""


def estimate(text: str) -> int:
    """About how many tokens a text is; rather too many than too few."""
    total = 0.0
    for piece in _PIECES.findall(text):
        first = piece[0]
        if first.isascii() and first.isalpha():
            total += -(-len(piece) // _LETTERS_PER_TOKEN)
        elif first.isdigit():
            total += len(piece)
        elif "가" <= first <= "힣":
            total += len(piece) * _TOKENS_PER_SYLLABLE
        else:
            total += 1 if first.isascii() else len(first.encode("utf-8", "replace"))
    return round(total + text.count("\n") * 0.5)


def at_most(text: str) -> int:
    """More tokens than any byte-level vocabulary makes of the text: one for each byte."""
    return len(text.encode("utf-8", "replace"))


def at_least(text: str) -> int:
    """Fewer tokens than any usual vocabulary makes of the text: none reaches over white space."""
    return len(text.split())


class TokenCounter:
    """The estimate for one model, raised when its server reports more."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._factor = 1.0

    def count(self, text: str) -> int:
        """About how many tokens the text is for this model."""
        return round(estimate(text) * self._factor)

    def learn(self, text: str, tokens: int) -> None:
        """Take in how many tokens the server counted for a text."""
        guess = estimate(text)
        if guess < _LEARN_FROM:
            return
        with self._turn:
            self._factor = max(self._factor, tokens / guess)
