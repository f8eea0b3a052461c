"""Names of parts across Korean and English: enough to notice that two were swapped, never enough to prove one right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Final

_HANGUL: Final = re.compile(r"[가-힣]+\d?")


@lru_cache(maxsize=1)
def _meanings() -> dict[str, frozenset[str]]:
    text = files("patent2tech.analysis").joinpath("data", "parts_ko_en.txt").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines())
    return {korean: frozenset(english.split()) for korean, english in rows}


def contradicts(name: str, right: Iterable[str], others: Mapping[str, Iterable[str]]) -> bool:
    """Whether a name in the other language fits another part, and this one not at all."""
    return _fit(name, right) == 0 and any(_fit(name, names) > 0 for names in others.values())


def _fit(name: str, names: Iterable[str]) -> int:
    """How many words of a name the other names translate."""
    best = 0
    for other in names:
        korean, english = (name, other) if _HANGUL.search(name) else (other, name)
        wanted = {word.rstrip("s") for word in re.findall(r"[a-z]+", english.lower())}
        known = [meaning for word, meaning in _meanings().items() if word in korean]
        if known:
            best = max(best, sum(bool(meaning & wanted) for meaning in known))
    return best


def translated(korean: str, english: str) -> bool:
    """Whether any word of the one text is known to mean a word of the other."""
    wanted = {word.rstrip("s") for word in re.findall(r"[a-z]+", english.lower())}
    return any(word in korean and meaning & wanted for word, meaning in _meanings().items() if len(word) > 1)
