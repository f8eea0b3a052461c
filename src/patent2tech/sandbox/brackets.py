"""Brackets of a source text whose comments and strings are blanks, in languages with round, square and curly ones."""

from __future__ import annotations

from typing import Final

OPENING: Final = {"(": ")", "[": "]", "{": "}"}


def closing(masked: str, opening: int) -> int | None:
    """Where the bracket that opens at a place is closed, or `None`."""
    waiting: list[str] = []
    for position in range(opening, len(masked)):
        letter = masked[position]
        if letter in OPENING:
            waiting.append(OPENING[letter])
        elif letter in ")]}":
            if not waiting or waiting.pop() != letter:
                return None
            if not waiting:
                return position
    return None


def unbalanced(masked: str) -> str | None:
    """The first bracket that closes or opens nothing, in words."""
    waiting: list[tuple[str, int]] = []
    for position, letter in enumerate(masked):
        if letter in OPENING:
            waiting.append((OPENING[letter], position))
        elif letter in ")]}" and (not waiting or waiting.pop()[0] != letter):
            return f"line {_line(masked, position)}: {letter!r} closes nothing"
    return f"line {_line(masked, waiting[-1][1])}: a bracket is never closed" if waiting else None


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
