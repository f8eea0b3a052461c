"""Pairs of numbered parts: whether a statement joins two parts of one name that its quotations join to others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations
from typing import Final

from patent2tech.analysis.clauses import pieces
from patent2tech.analysis.naming import Names

_OPEN: Final = re.compile(r"[()（）]")


def paired_otherwise(said: str, quotes: Sequence[str], names: Names) -> str | None:
    """Two parts of one name that a clause of a statement joins, and whose quotations join each to another part."""
    shown = [found for quote in quotes for piece in pieces(_OPEN.sub(" ", quote)) if (found := _numbered(piece, names))]
    for piece in pieces(_OPEN.sub(" ", said)):
        for one, other in combinations(sorted(_numbered(piece, names)), 2):
            either = [each for each in shown if each & {one, other}]
            # Each clause that has one of them has it with a third.
            parted = all(len(each & {one, other}) == 1 and len(each) > 1 for each in either)
            if parted and {one, other} <= frozenset().union(*either) and _of_one_name(one, other, said, names):
                return f"{one} … {other}"
    return None


def _numbered(text: str, names: Names) -> frozenset[str]:
    return frozenset(each.numeral for each in names.mentions(text) if each.numeral)


def _of_one_name(one: str, other: str, text: str, names: Names) -> bool:
    called = {each.numeral: each.stems for each in names.mentions(text)}
    return called.get(one) == called.get(other)
