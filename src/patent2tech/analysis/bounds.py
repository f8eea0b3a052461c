"""Numbers in context: whether a bound is turned around (`at least` for `at most`), or values are exchanged."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from patent2tech.analysis.quantities import NumberKind, Quantity, quantities
from patent2tech.analysis.wording import STOP_WORDS, WORD, stem

_LOWER_BEFORE: Final = re.compile(
    r"(?:\bat least|\b(?:not|no) (?:less|lower|smaller|fewer) than|\b(?:more|greater|higher|larger|longer) than"
    r"(?: or equal to)?|\bexceed(?:s|ing)?|\babove|\bover|\bminimum (?:of|value of)|[≥≧⩾>]|최소)\s*(?:about |약 )?$"
)
_UPPER_BEFORE: Final = re.compile(
    r"(?:\bat most|\b(?:not|no) (?:more|greater|higher|larger) than|\b(?:less|lower|smaller|fewer|shorter) than"
    r"(?: or equal to)?|\bup to|\bbelow|\bunder|\bmaximum (?:of|value of)|[≤≦⩽<]|최대)\s*(?:about |약 )?$"
)
_MEASURE: Final = r"\s?[A-Za-z°℃%μΩÅ가-힣/²³]{0,12}\.?"
_LOWER_BEHIND: Final = re.compile(
    rf"^(?:{_MEASURE}\s*(?:or|and) (?:more|greater|higher|above|larger|longer|over)\b|{_MEASURE}?\s?(?:이상|초과))"
)
_UPPER_BEHIND: Final = re.compile(
    rf"^(?:{_MEASURE}\s*(?:or|and) (?:less|lower|below|smaller|shorter|under|fewer)\b|{_MEASURE}?\s?(?:이하|미만))"
)
_STRETCH: Final = re.compile(r",\s+|;\s*|\s(?:and|or|while|whereas|but)\s|(?<=[가-힣][고며])\s|\s(?:및|또는)\s")

_OF: Final = re.compile(r"\s?[^\s,]{0,14}\s+of\s")
_NEAR: Final = 80
"""As many letters hold the longest bound; looking through all that stands before a number takes quadratic time."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The words around one number, up to the next comma or `and`."""

    number: Quantity
    words: frozenset[str]


def turned_bound(said: str, quotes: Sequence[str]) -> str | None:
    """A number that a statement bounds from the other side than every quotation that bounds it."""
    shown = [(number, _bound(quote, number)) for quote in quotes for number in quantities(quote)]
    for number in quantities(said):
        mine = _bound(said, number)
        theirs = {bound for each, bound in shown if _equal(each, number)}
        if mine and theirs and mine not in theirs and None not in theirs:
            return number.text
    return None


def exchanged_value(said: str, quotes: Sequence[str]) -> str | None:
    """A number that a statement gives to what the quotations give another number of its unit.

    What tells two numbers apart are words that stand by the one and not by the other; every place of the number must
    speak against it.
    """
    shown = [stretch for quote in quotes for stretch in _stretches(quote)]
    for mine in _stretches(said):
        right = [each for each in shown if _equal(each.number, mine.number)]
        others = [e for e in shown if e.number.unit == mine.number.unit and not _equal(e.number, mine.number)]
        if right and others and all(_anothers(mine, each, others) for each in right):
            return mine.number.text
    return None


def _anothers(mine: _Stretch, right: _Stretch, others: Sequence[_Stretch]) -> bool:
    for other in others:
        if mine.words & (other.words - right.words) and not mine.words & (right.words - other.words):
            return True
    return False


def _stretches(text: str) -> Iterator[_Stretch]:
    """The amounts of a text with the words of their stretch; one that begins with its number goes on with the last."""
    inherited: frozenset[str] = frozenset()
    start = 0
    for end in [*(match.start() for match in _STRETCH.finditer(text)), len(text)]:
        piece = text[start:end]
        numbers = [n for n in quantities(piece) if n.kind is NumberKind.AMOUNT and not n.loose]
        words = _tokens(piece)
        if numbers:
            alone = not _tokens(piece[: numbers[0].start]) and not _OF.match(piece, numbers[0].end)
            words = words | inherited if alone else words
        if len(numbers) == 1:
            yield _Stretch(numbers[0], words)
        inherited = words or inherited
        start = end


def _tokens(text: str) -> frozenset[str]:
    """The words of a stretch, with symbols such as `K` and `Na` as they are written."""
    found = (match.group() for match in WORD.finditer(text))
    return frozenset(
        word if word.isupper() else stem(word) for word in found if word.isupper() or word.lower() not in STOP_WORDS
    ) - {"A"}


def _bound(text: str, number: Quantity) -> str | None:
    before, behind = text[max(0, number.start - _NEAR) : number.start], text[number.end : number.end + _NEAR]
    if _LOWER_BEFORE.search(before) or _LOWER_BEHIND.match(behind):
        return "least"
    if _UPPER_BEFORE.search(before) or _UPPER_BEHIND.match(behind):
        return "most"
    return None


def _equal(one: Quantity, other: Quantity) -> bool:
    return one.kind is other.kind and (one.value, one.unit) == (other.value, other.unit)
