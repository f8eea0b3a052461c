"""Names of parts across Korean and English: enough to notice that two were swapped, never enough to prove one right."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from patent2tech.search.translation import Translator

_HANGUL: Final = re.compile(r"[가-힣]+\d?")


@lru_cache(maxsize=1)
def _meanings() -> dict[str, frozenset[str]]:
    text = files("patent2tech.analysis").joinpath("data", "parts_ko_en.txt").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines())
    return {korean: frozenset(english.split()) for korean, english in rows}


def contradicts(
    name: str, right: Iterable[str], others: Mapping[str, Iterable[str]], quoted: Collection[str | None]
) -> bool:
    """Whether a name in the other language fits another part better than its own.

    Where no word of its own names is known in the other language, only the parts that are `quoted` are compared.
    """
    own = tuple(right)
    best = _fit(name, own)
    known = best or any(_is_known(each) for each in own)
    return any(_fit(name, names) > best for numeral, names in others.items() if known or numeral in quoted)


def _is_known(name: str) -> bool:
    return bool(_english_of(name)) if _HANGUL.search(name) else bool(_words(name) & _every_english())


@lru_cache(maxsize=1)
def _every_english() -> frozenset[str]:
    return frozenset().union(*_meanings().values())


def _fit(name: str, names: Iterable[str]) -> int:
    """How many words of a name the other names translate."""
    best = 0
    for other in names:
        korean, english = (name, other) if _HANGUL.search(name) else (other, name)
        best = max(best, len(_english_of(korean) & _words(english)))
    return best


def translated(korean: str, english: str) -> bool:
    """Whether any word of the one text is known to mean a word of the other."""
    wanted = _words(english)
    terms = (words for words, _ in _translator().groups(korean)[1:])
    return any(_words(each) & wanted for each in terms) or any(
        word in korean and meaning & wanted for word, meaning in _meanings().items() if len(word) > 1
    )


@lru_cache(maxsize=8192)
def _english_of(korean: str) -> frozenset[str]:
    """Every English word that the words of a Korean name are known to mean."""
    parts = (meaning for word, meaning in _meanings().items() if word in korean)
    terms = " ".join(words for words, _ in _translator().groups(korean)[1:])
    return frozenset().union(*parts) | _words(terms)


def _words(english: str) -> frozenset[str]:
    return frozenset(word.rstrip("s") for word in re.findall(r"[a-z]+", english.lower()))


@lru_cache(maxsize=1)
def _translator() -> Translator:
    from patent2tech.search.translation import Translator

    return Translator()
