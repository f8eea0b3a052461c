"""Dimensions: what a number measures, and whether the quotations measure another number so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from patent2tech.analysis.dissecting import SentenceParts
from patent2tech.analysis.quantities import NumberKind, Quantity, equal
from patent2tech.analysis.wording import stem

_ADJECTIVE: Final = re.compile(
    r"[\s-]?[A-Za-zμ°%²³]+[23]?[\s-]+(?:in\s+)?(long|wide|thick|high|deep|tall|length|width|thickness|height|depth|diameter|area|volume|weight)\b"
)
_MEASURED: Final = re.compile(
    r"([A-Za-z]{3,})\s+(?:of|is|was|are|were|=)\s+(?:(?:about|approximately|at least|at most|up to|less than|more than|"
    r"greater than|over|under|only|nearly|around|below|above|between|from)\s+)*$"
)
_KOREAN_DIMENSIONS: Final = frozenset(
    "길이 폭 너비 두께 높이 깊이 직경 외경 내경 반경 지름 각도 온도 압력 무게 속도 간격 피치".split()
)
_RANGE: Final = re.compile(r"\s?[^\s]{0,12}\s?(?:to|and|-|~|내지)\s?(?:about |approximately |약 )?")
_SAME_DIMENSION: Final = {
    "long": "length", "wide": "width", "thick": "thickness", "high": "height", "tall": "height", "deep": "depth",
    "너비": "폭", "지름": "직경",
}  # fmt: skip
_NEAR: Final = 160
"""As many letters hold a noun and all words between it and its number."""


def another_measure(said: SentenceParts, shown: Sequence[SentenceParts]) -> str | None:
    """A number beside one dimension, where every quotation has another number beside that dimension."""
    for number in said.numbers:
        if number.kind is not NumberKind.AMOUNT or not number.unit:
            continue
        dimension = _dimension_of(said, number)
        if dimension is None:
            continue
        beside = [
            each
            for sentence in shown
            for place, each in enumerate(sentence.numbers)
            if each.unit == number.unit
            and dimension in {_dimension_of(sentence, other) for other in _range_of(sentence, place)}
        ]
        if beside and not any(equal(number, each) for each in beside):
            return f"{dimension} … {number.text}"
    return None


def _range_of(sentence: SentenceParts, place: int) -> Iterator[Quantity]:
    """A number with the one that it makes a range with: `20 to 50 mm`."""
    number = sentence.numbers[place]
    yield number
    if place and _RANGE.fullmatch(sentence.text[sentence.numbers[place - 1].end : number.start]):
        yield sentence.numbers[place - 1]
    if place + 1 < len(sentence.numbers):
        behind = sentence.numbers[place + 1]
        if _RANGE.fullmatch(sentence.text[number.end : behind.start]):
            yield behind


def _dimension_of(sentence: SentenceParts, number: Quantity) -> str | None:
    """What a number measures: the adjective behind it (`8 mm thick`), or the noun before it (`a radius of 8 mm`)."""
    if match := _ADJECTIVE.match(sentence.text, number.end):
        return stem(_SAME_DIMENSION.get(match[1].lower(), match[1]))
    if match := _MEASURED.search(sentence.text[max(0, number.start - _NEAR) : number.start]):
        return stem(_SAME_DIMENSION.get(match[1].lower(), match[1]))
    earlier = max((other.end for other in sentence.numbers if other.end <= number.start), default=0)
    near = [word for word in sentence.words if earlier <= word.start < number.start and word.stem in _KOREAN_DIMENSIONS]
    return _SAME_DIMENSION.get(near[-1].stem, near[-1].stem) if near else None
