"""Across Korean and English: known terms find the clauses that speak of the same; denials and numbers must agree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from patent2tech.analysis.clauses import denies, pieces
from patent2tech.analysis.quantities import NumberKind, quantities
from patent2tech.analysis.roots import roots
from patent2tech.analysis.wording import STOP_WORDS, is_korean
from patent2tech.text.sentences import sentences

if TYPE_CHECKING:
    from patent2tech.search.translation import Translator

_WORD: Final = re.compile(r"[A-Za-z]{3,}")
_NEGATIVE: Final = re.compile(r"않|아니|못|없|방지|불가|불필요|무관|비-?|미(?=[가-힣]{2})|차단|제외|배제|생략|뿐")
_ALIKE: Final = 2
_MORE: Final = 2
"""Terms that one sentence has in common with a statement beyond another sentence."""


def denied_across(said: str, quotes: Sequence[str]) -> str | None:
    """What a Korean statement affirms and the clause of its English quotations that speaks of it denies."""
    if not is_korean(said) or _NEGATIVE.search(said):
        return None
    shown = [(piece, _english(piece)) for quote in quotes for piece in pieces(quote)]
    for piece in pieces(said):
        terms = _glossed(piece)
        most = max((len(terms & theirs) for _, theirs in shown), default=0)
        nearest = [text for text, theirs in shown if len(terms & theirs) == most]
        if most >= _ALIKE and all(map(denies, nearest)):
            return piece.strip()[:40]
    return None


def misplaced_across(said: str, quotes: Sequence[str]) -> str | None:
    """A number of a Korean statement that stands in another English sentence than the one that speaks of the same."""
    shown = [(_english(sentence), quantities(sentence)) for quote in quotes for sentence in sentences(quote)]
    if not is_korean(said) or len(shown) < _MORE:
        return None
    for sentence in sentences(said):
        terms = _glossed(sentence)
        words, numbers = max(shown, key=lambda each: len(terms & each[0]))
        for number in quantities(sentence):
            if number.kind is not NumberKind.AMOUNT or number.loose:
                continue
            alike = [
                each for each in numbers if each.unit == number.unit and each.kind is number.kind and not each.loose
            ]
            having = [w for w, n in shown if any((e.value, e.unit) == (number.value, number.unit) for e in n)]
            lacks = alike and all(each.value != number.value for each in alike)
            if lacks and having and all(len(terms & words) >= len(terms & each) + _MORE for each in having):
                return number.text
    return None


@lru_cache(maxsize=512)
def _english(text: str) -> frozenset[str]:
    return _rooted(_WORD.findall(text))


@lru_cache(maxsize=512)
def _glossed(korean: str) -> frozenset[str]:
    """The English words of the known terms of a Korean text."""
    return _rooted(_WORD.findall(" ".join(words for words, _ in _translator().groups(korean)[1:])))


def _rooted(found: Sequence[str]) -> frozenset[str]:
    return frozenset(min(roots(word), key=len) for word in found if word.lower() not in STOP_WORDS)


@lru_cache(maxsize=1)
def _translator() -> Translator:
    from patent2tech.search.translation import Translator

    return Translator()
