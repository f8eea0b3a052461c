"""Text of strangers made fit to keep: no control characters, no halves of characters, one kind of line end."""

from __future__ import annotations

import re
from typing import Final

_LINE_ENDS: Final = re.compile(r"\r\n?|\x0b|\x0c|\x85|\u2028|\u2029")
_UNFIT: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
_HALVES: Final = re.compile(r"[\ud800-\udfff]")


def clean_text(text: str) -> str:
    """The text without NUL and other control characters, its lines ending in a line feed."""
    return _HALVES.sub("\ufffd", _UNFIT.sub("", _LINE_ENDS.sub("\n", text)))


def one_line(text: str) -> str:
    """The text with its white space collapsed."""
    return " ".join(text.split())
