"""The language of a text, by its script."""

from __future__ import annotations

import re
from typing import Final

_SCRIPTS: Final = (
    ("ko", re.compile(r"[가-힣]")),
    ("ja", re.compile(r"[ぁ-ヿ]")),
    ("zh", re.compile(r"[一-鿿]")),
)
_LETTERS: Final = re.compile(r"[^\W\d_]")
_SAMPLE: Final = 20_000
_SHARE: Final = 0.15


def language_of(text: str) -> str:
    """`ko`, `ja` or `zh` where that script makes up a good part of the letters, else `en`."""
    sample = text[:_SAMPLE]
    letters = len(_LETTERS.findall(sample)) or 1
    return next((code for code, script in _SCRIPTS if len(script.findall(sample)) / letters > _SHARE), "en")
