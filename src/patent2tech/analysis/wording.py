"""Words of a sentence: which script it is in, which words carry its content, and their stems."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

WORD: Final = re.compile(r"[A-Za-z][A-Za-z'’]*(?:-[A-Za-z]+)*|[가-힣]+")
_HANGUL: Final = re.compile(r"[가-힣]")
_LATIN: Final = re.compile(r"[A-Za-z]")

STOP_WORDS: Final = frozenset(
    "a an the this that these those it its they their them he she we our you your of and or nor but so yet if then "
    "than as is are was were be been being am has have had having do does did done can could may might must shall "
    "should will would to in on at by with from for into onto which who whom whose what when where while there here "
    "also thus hence therefore such same said each every any all some both either neither other another more most "
    "very only just about approximately through during via per not no without never cannot".split()
)
"""English words that prove nothing."""

_SUFFIXES: Final = (
    ("ations", 5), ("ation", 5), ("ments", 5), ("ment", 5), ("ingly", 4), ("edly", 4), ("ness", 5), ("ings", 4),
    ("ing", 3), ("ies", 3), ("ied", 3), ("ers", 4), ("ed", 3), ("er", 4), ("es", 3), ("ly", 4), ("al", 5), ("ion", 4),
    ("ous", 6), ("s", 3),
)  # fmt: skip
"""Endings, and how many letters must stay."""
_PARTICLES: Final = re.compile(
    r"(?<=[가-힣])(?:으로써|으로서|으로부터|로부터|에서는|에서|에게|까지|부터|으로|이며|하고|하며|하여|하는|되는|되어|된다|한다|"
    r"된|한|할|될|이다|입니다|은|는|이|가|을|를|에|의|와|과|로|도|만)$"
)
_KOREAN_STEM: Final = 2
_SHORT: Final = 3
"""Letters; shorter words are their own stems."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word with its place and its stem; `content` tells whether it means something by itself."""

    text: str
    start: int
    end: int
    stem: str
    content: bool


def is_korean(text: str) -> bool:
    """Whether the text is written in Korean, whatever foreign terms it quotes."""
    hangul, latin = len(_HANGUL.findall(text)), len(_LATIN.findall(text))
    return hangul > 0 and hangul * 3 >= latin


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[Word, ...]:
    """The words of a text in order."""
    return tuple(_words(text))


def _words(text: str) -> Iterator[Word]:
    for match in WORD.finditer(text):
        word = match.group()
        yield Word(word, match.start(), match.end(), stem(word), _is_content(word))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """What forms of a word have in common, roughly."""
    if _HANGUL.match(word):
        bare = _PARTICLES.sub("", word)
        return (bare or word)[:_KOREAN_STEM]
    lower = re.sub(r"['’]s?$", "", word.lower())
    for suffix, least in _SUFFIXES:
        if lower.endswith(suffix) and len(lower) - len(suffix) >= least:
            lower = lower.removesuffix(suffix)
            if suffix in {"ies", "ied"}:
                lower += "y"
            break
    if len(lower) > _SHORT and lower[-1] == lower[-2] and lower[-1] not in "aeouls":
        lower = lower[:-1]
    return lower.removesuffix("e") if len(lower) > _SHORT else lower


def _is_content(word: str) -> bool:
    return len(word) > 1 and word.lower() not in STOP_WORDS


@lru_cache(maxsize=4096)
def content_stems(text: str) -> frozenset[str]:
    """The stems of the words that mean something."""
    return frozenset(word.stem for word in words(text) if word.content)
