"""Parts text by script: what is written with letters, and what is written in Korean, Japanese and Chinese."""

from __future__ import annotations

import re
from typing import Final

_CJK: Final = "\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"
_RUN: Final = re.compile(f"[{_CJK}]+")
_HANGUL: Final = re.compile(r"[\uac00-\ud7a3]")
_WORD: Final = re.compile(rf"[{_CJK}]+|[^\W_{_CJK}]+")


def has_cjk(text: str) -> bool:
    """Whether anything is written in Korean, Japanese or Chinese."""
    return _RUN.search(text) is not None


def cjk_runs(text: str) -> list[str]:
    """The pieces without anything between that are written so."""
    return _RUN.findall(text)


def has_hangul(text: str) -> bool:
    """Whether anything is Korean."""
    return _HANGUL.search(text) is not None


def without_cjk(text: str) -> str:
    """What is written with letters and digits."""
    return " ".join(_RUN.sub(" ", text).split())


def mostly_cjk(text: str) -> bool:
    """Whether a text belongs to the index of n-grams, which a few Latin abbreviations in it do not change."""
    if text.isascii():
        return not text.strip(" ")
    found = sum(map(len, _RUN.findall(text)))
    return 4 * found >= len(text) - text.count(" ")


def words(text: str) -> list[str]:
    """Words and runs, in order."""
    return _WORD.findall(text)
