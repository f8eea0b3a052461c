"""Whole numbers in documents, which may be absent, broken or absurdly long."""

from __future__ import annotations

from typing import Final

_MOST_DIGITS: Final = 9
"""More than any count or number in a patent, and few enough for a database integer."""


def whole_number(text: str | None) -> int | None:
    """The number that the text states in ASCII digits, `None` when it states none of up to nine digits."""
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else None
