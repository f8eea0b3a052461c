"""Numbers of a sentence as values with units, whatever way they are written: `2.50 mm`, `0.25 cm`, `two`, `두 개`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Final

from patent2tech.analysis.units import unit_at


class NumberKind(StrEnum):
    """What a number counts as: an amount, a place in an order (`second`, `제2`), or a label (`12a`, `S101`)."""

    AMOUNT = "amount"
    ORDINAL = "ordinal"
    LABEL = "label"


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number of a text; `unit` is the name of a base unit in which `value` is given, empty without one.

    `loose` numbers are often no numbers at all (`one of them`, `both sides`): they prove, but need no proof.
    """

    text: str
    start: int
    end: int
    kind: NumberKind
    value: Decimal
    unit: str = ""
    loose: bool = False


_SMALL: Final = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_WORDS: Final = {
    **{word: number for number, word in enumerate(f"{_SMALL} seventeen eighteen nineteen".split())},
    **{
        word: 10 * number
        for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
    },
    "hundred": 100,
    "thousand": 1000,
    "dozen": 12,
    "pair": 2,
    "twice": 2,
}
_LOOSE_WORDS: Final[dict[str, int | Decimal]] = {
    "one": 1,
    "single": 1,
    "both": 2,
    "double": 2,
    "dual": 2,
    "half": Decimal("0.5"),
    "zero": 0,
    "couple": 2,
}
_ORDINALS: Final = {
    word: number
    for number, word in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split(), 1)
}
_KOREAN: Final = {
    "두": 2,
    "세": 3,
    "네": 4,
    "다섯": 5,
    "여섯": 6,
    "일곱": 7,
    "여덟": 8,
    "아홉": 9,
    "열": 10,
    "둘": 2,
    "셋": 3,
    "넷": 4,
}
_KOREAN_FIRST: Final = {"첫": 1, **_KOREAN}
_COUNTERS: Final = "개|쌍|가지|단계|번|곳|장|종|층|조|방향|축|배|줄|면|단|갈래|명|대|군데|시간|차례"
_NUMBER: Final = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d])|\d+(?:\.\d+)?|(?<![\d\w])\.\d+"
_TOKEN: Final = re.compile(
    r"(?P<ordinal_ko>제\s?(?P<o1>\d{1,3})(?![\d.]))"
    rf"|(?P<ordinal_ko_word>(?P<o2>첫|두|세|네|다섯|여섯|일곱|여덟|아홉|열)\s?번\s?째|(?P<o3>첫|둘|셋|넷|다섯)째)"
    rf"|(?P<korean_pair>한\s?쌍)"
    rf"|(?P<korean>(?<![가-힣])(?P<k1>두|세|네|다섯|여섯|일곱|여덟|아홉|열)\s?(?:{_COUNTERS})(?!째))"
    r"|(?P<korean_alone>(?<![가-힣])(?P<k2>둘|셋|넷)(?=[은는이가을를의로 ,.]|$))"
    r"|(?P<ordinal>\b(?P<o4>\d{1,3})(?:st|nd|rd|th)\b)"
    r"|(?P<fraction>(?<![\w/.])(?:(?P<whole>\d+)[\s-])?(?P<above>\d{1,3})/(?P<below>[1-9]\d{0,2})(?![\w/]))"
    rf"|(?P<power>(?:{_NUMBER})\s?[×x]\s?10(?:\^?(?P<e1>[-\u207b]?[\d⁰¹²³⁴⁵⁶⁷⁸⁹]+))|(?:\d+(?:\.\d+)?)(?P<e2>[⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+))"
    r"|(?P<label>(?<![\w.])(?:[A-Za-z]{1,3}-?|[A-Za-z]{4,12})\d{1,5}[A-Za-z]{0,2}'{0,2}(?!\w)|(?<![\w.])\d{1,5}[A-Za-z]{1,2}'{0,2}(?![A-Za-z0-9])|(?<![\w.])\d{1,5}'{1,2})"
    rf"|(?P<number>(?P<sign>(?<![\w)\]])[-−±])?(?:{_NUMBER}))"
    r"|(?P<vulgar>[½¼¾⅓⅔⅛⅜⅝⅞])"
    r"|(?P<word>\b[A-Za-z]+(?:-[A-Za-z]+)?\b)"
)
_SUPERSCRIPTS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_JOINED: Final = re.compile(
    r"\s*(?:to|through|and|or|,|-|–|—|~|∼|내지|및|또는|에서|부터|와|과|이상|초과|,\s*and)\s*"
    r"(?:about |approximately |up to |at most |약 )?"
)
_DECIMAL_COMMA: Final = re.compile(r"(?<![\d.,])(\d+),(\d{1,2})(?![\d,])(?=\s?[a-zA-Zµμ%°℃])")
_POWER_OF_LENGTH: Final = re.compile(r"(?<=[\d\s])([cm]?m)(\^?)([23])(?!\w)")
_EXPONENT_LIMIT: Final = 30
_NEAR: Final = 20
"""As many letters before a word are looked at, so that many words take linear time."""


@lru_cache(maxsize=4096)
def quantities(text: str) -> tuple[Quantity, ...]:
    """All numbers of a normalised text in order; in `5 to 10 mm` the first has the unit of the second."""
    text = _POWER_OF_LENGTH.sub(_raised, _DECIMAL_COMMA.sub(r"\1.\2", text))
    found = list(_numbers(text))
    units = [unit_at(text, each.end) if each.kind is NumberKind.AMOUNT else None for each in found]
    for index in range(len(found) - 2, -1, -1):
        here, behind = found[index], found[index + 1]
        if here.kind is NumberKind.AMOUNT and units[index] is None and _JOINED.fullmatch(text[here.end : behind.start]):
            units[index] = units[index + 1]
    return tuple(
        replace(each, value=each.value * unit.factor, unit=unit.name) if unit else each
        for each, unit in zip(found, units, strict=True)
    )


def equal(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers are of one kind, value and unit; labels, whether they are written alike."""
    if one.kind is not other.kind:
        return False
    return (
        one.text == other.text if one.kind is NumberKind.LABEL else (one.value, one.unit) == (other.value, other.unit)
    )


def _raised(match: re.Match[str]) -> str:
    """`cm2` and `cm^2` as `cm²`, at the same length so that places stay where they are."""
    return f"{match[1]}{'²' if match[3] == '2' else '³'}{' ' * len(match[2])}"


def _numbers(text: str) -> Iterator[Quantity]:
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        made = _made(match, text)
        if made is not None and kind:
            yield made


def _made(match: re.Match[str], text: str) -> Quantity | None:
    got = match.groupdict()
    if got["word"]:
        return _of_word(match, text)
    if ordinal := got["o1"] or got["o4"] or got["o2"] or got["o3"]:
        return _quantity(match, NumberKind.ORDINAL, Decimal(_KOREAN_FIRST.get(ordinal, ordinal)))
    if got["korean_pair"]:
        return _quantity(match, NumberKind.AMOUNT, Decimal(2))
    if count := got["k1"] or got["k2"]:
        end = match.start() + len(count)
        return replace(_quantity(match, NumberKind.AMOUNT, Decimal(_KOREAN[count])), end=end)
    if got["label"]:
        return _of_label(match, text)
    value = _value(got, match.group())
    return None if value is None else _quantity(match, NumberKind.AMOUNT, value)


def _value(got: dict[str, str | None], text: str) -> Decimal | None:
    if got["vulgar"]:
        return Decimal(str(unicodedata.numeric(text)))
    if got["fraction"]:
        return Decimal(got["whole"] or 0) + Decimal(got["above"] or 0) / Decimal(got["below"] or 1)
    try:
        if got["power"]:
            return _power(text, got["e1"], got["e2"])
        return Decimal(text.replace(",", "").replace("−", "-").removeprefix("±"))
    except ArithmeticError:
        return None


def _power(text: str, scientific: str | None, raised: str | None) -> Decimal | None:
    """The value of `2×10^-3` or `10²`."""
    exponent = int((scientific or raised or "0").translate(_SUPERSCRIPTS))
    if abs(exponent) > _EXPONENT_LIMIT:
        return None
    if raised:
        return Decimal(text.removesuffix(raised)) ** exponent
    return Decimal(re.split(r"\s?[×x]", text, maxsplit=1)[0].replace(",", "")) * Decimal(10) ** exponent


def _of_word(match: re.Match[str], text: str) -> Quantity | None:
    word = match.group().lower()
    if word in _ORDINALS and not (word == "second" and _is_time(text, match.start())):
        return _quantity(match, NumberKind.ORDINAL, Decimal(_ORDINALS[word]))
    if word in _LOOSE_WORDS:
        return replace(_quantity(match, NumberKind.AMOUNT, Decimal(_LOOSE_WORDS[word])), loose=True)
    tens, _, ones = word.partition("-")
    if ones and tens in _WORDS and ones in _WORDS:
        return _quantity(match, NumberKind.AMOUNT, Decimal(_WORDS[tens] + _WORDS[ones]))
    if not ones and word in _WORDS:
        return _quantity(match, NumberKind.AMOUNT, Decimal(_WORDS[word]))
    return None


def _of_label(match: re.Match[str], text: str) -> Quantity:
    """`12a` and `S101` are labels; `108mm` is a length that was written without a space."""
    digits = re.match(r"\d+", match.group())
    if digits and len(match.group()) > digits.end() + 1 and unit_at(text, match.start() + digits.end()):
        number = _quantity(match, NumberKind.AMOUNT, Decimal(digits.group()))
        return replace(number, end=match.start() + digits.end())
    return _quantity(match, NumberKind.LABEL, Decimal(0))


def _is_time(text: str, start: int) -> bool:
    return bool(re.search(r"(?:\bper|\ba|/|\d)\s*$", text[max(0, start - _NEAR) : start]))


def _quantity(match: re.Match[str], kind: NumberKind, value: Decimal) -> Quantity:
    return Quantity(match.group(), match.start(), match.end(), kind, value)
