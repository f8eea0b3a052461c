"""Fitting names: how well two names can be of one part, and whether one says the opposite of the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from patent2tech.analysis.naming import Named
from patent2tech.analysis.opposites import sides_of_word
from patent2tech.analysis.wording import is_korean, words

_SAME_NAME: Final = 0.5


def fit(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """How well two names can be of one part: nothing unless they end alike, else their shared words."""
    if not one or not other or not _ends_alike(one[-1], other[-1]):
        return 0
    shared = set(one) & set(other) or {one[-1]}
    return len(shared) + (_SAME_NAME if set(one) == set(other) else 0)


def _ends_alike(one: str, other: str) -> bool:
    """Whether two last words of names are one; Korean joins words, so there the one may end as the other."""
    return one == other or (is_korean(one) and (one.endswith(other) or other.endswith(one)))


def is_opposed(named: Named, quoted: Sequence[Named]) -> bool:
    """Whether every quotation calls a part the opposite (`lower`, `second`) of what a statement calls it (`upper`)."""
    mine = _apart(named)
    theirs = [_apart(each) for each in quoted]
    turned = {(pair, not side) for pair, side in mine}
    return bool(mine) and all(each & turned and not each & mine for each in theirs)


def _apart(named: Named) -> frozenset[tuple[int, bool]]:
    return frozenset(side for word in words(named.text) for side in sides_of_word(word.text))


def share(one: Named, other: Named) -> bool:
    """Whether two mentions can be of one part."""
    theirs = {other.numeral} if other.numeral else other.keys
    return one.stems == other.stems or bool(one.keys & theirs)
