"""Numbers in context: whether a bound is turned around (`at least` for `at most`), or values are exchanged."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise, permutations
from typing import Final

from patent2tech.analysis.quantities import NumberKind, Quantity, equal, quantities
from patent2tech.analysis.units import is_unit
from patent2tech.analysis.wording import STOP_WORDS, WORD, content_stems, stem
from patent2tech.text.sentences import sentences

_LOWER_BEFORE: Final = re.compile(
    r"(?:\bat least|\b(?:not|no) (?:less|lower|smaller|fewer) than|\b(?:more|greater|higher|larger|longer) than"
    r"(?: or equal to)?|\bexceed(?:s|ing)?|\babove|\bover|\bminimum (?:of|value of)|[≥≧⩾>]|최소)\s*(?:about |약 )?$"
)
_UPPER_BEFORE: Final = re.compile(
    r"(?:\bat most|\b(?:not|no) (?:more|greater|higher|larger) than|\b(?:less|lower|smaller|fewer|shorter) than"
    r"(?: or equal to)?|\bup to|\bbelow|\bunder|\bmaximum (?:of|value of)|[≤≦⩽<]|최대)\s*(?:about |약 )?$"
)
_MEASURE: Final = r"\s?[-A-Za-z°℃%μΩÅ가-힣/²³]{0,12}\.?"
_LOWER_BEHIND: Final = re.compile(
    rf"^(?:{_MEASURE}\s*(?:or|and) (?:more|greater|higher|above|larger|longer|over)\b|{_MEASURE}?\s?(?:이상|초과))"
)
_UPPER_BEHIND: Final = re.compile(
    rf"^(?:{_MEASURE}\s*(?:or|and) (?:less|lower|below|smaller|shorter|under|fewer)\b|{_MEASURE}?\s?(?:이하|미만))"
)
_STRETCH: Final = re.compile(
    r"(?<=[a-z)%])\.\s+(?=[A-Z])|,\s+|;\s*|\s(?:and|or|while|whereas|but)\s|(?<=[가-힣][고며])\s|\s(?:및|또는)\s"
)

_LEAST_MORE: Final = 2
"""Words that one sentence has in common with a statement beyond another sentence."""
_WORDS_OF_A_UNIT: Final = 2
_COUNTED: Final = re.compile(
    r"\b(?:Examples?|Embodiments?|Tables?|Steps?|Claims?|Fig(?:ure)?s?\.?|Nos?\.|Compounds?|Formulae?|Samples?|Tests?)\s$"
    r"|(?:실시\s?예|비교\s?예|표|단계|청구항|도)\s?$",
    re.IGNORECASE,
)
"""What stands before a number that counts examples and measures nothing."""
_CLAUSE: Final = re.compile(r"[,;]\s+(?!\d)(?:while|whereas|but|and|which)?|\s(?:while|whereas|but)\s|(?<=[a-z)])\.\s")
_LABELS: Final = re.compile(
    r"\b([A-Za-z]{2,})(?: \(?\d[\dA-Za-z]{0,4}\)?)?,? and (?:the |its |an? |of the |of )*([A-Za-z]{2,})"
)
_COUNTING: Final = re.compile(
    r"(?:\s?(?:to|-|~)\s?\d+)?\s(?:parts|times|drops|cycles|turns|layers|revolutions)\b|(?<=\d\.\d)"
)
"""What stands behind a number without a unit that measures something all the same."""
_TO: Final = re.compile(r"\s?\S{0,8}\s?(?:to|-|~|내지|에서)\s?(?:about |약 )?")
_RANGE_ENDS: Final = ("from", "to")
_NOT: Final = re.compile(r"\bnot (?:of |by |to |at |about )?$")
_RANGE_BEHIND: Final = re.compile(r"\s?[^\s\d,]{0,6}\s?(?:to|-|~|내지)\s?(?:about )?\d")
_RANGE_BEFORE: Final = re.compile(r"\d\s?[^\s\d,]{0,6}\s?(?:to|-|~|내지)\s?(?:about )?$")
_SUBJECT: Final = re.compile(
    r"((?:The |An? )?(?:[a-z-]+ ){1,4})(?:is|are|was|were|has|have|had|contained|comprised?s?|contains)\s",
    re.IGNORECASE,
)
_LABELLED: Final = re.compile(
    r"(?:Comparative )?(?:Example|Sample|Compound|Experiment|Embodiment|Specimen|Test)s? (?:No\. ?)?\d+"
    r"|(?:실시\s?예|비교\s?예|시료|샘플|화합물|시험\s?예)\s?\d+"
)
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
    shown = [(sentence, n) for quote in quotes for sentence in sentences(quote) for n in quantities(sentence)]
    for sentence in _CLAUSE.split(said):
        content = content_stems(sentence)
        for number in quantities(sentence):
            likeness = {each: len(content & content_stems(each)) for each, n in shown if equal(n, number)}
            # Where several sentences have the number, the one that speaks most of the same things counts.
            nearest = [each for each, alike in likeness.items() if alike == max(likeness.values())]
            theirs = {_bound(each, n) for each, n in shown if each in nearest and equal(n, number)}
            mine = _bound(sentence, number)
            if mine and theirs and mine not in theirs and None not in theirs:
                return number.text
    return None


def denied_number(said: str, quotes: Sequence[str]) -> str | None:
    """A number of a statement that its quotations have only as what something is not."""
    shown = [
        (n, bool(_NOT.search(quote[max(0, n.start - _NEAR) : n.start]))) for quote in quotes for n in quantities(quote)
    ]
    for number in quantities(said):
        denied = [no for each, no in shown if equal(each, number)]
        if number.unit and denied and all(denied) and not _NOT.search(said[: number.start]):
            return None if " from " in said else number.text
    return None


def misplaced_number(said: str, quotes: Sequence[str]) -> str | None:
    """A number of a statement that another sentence of its quotations has than the one that speaks of the same.

    That one has all of the statement's words that the other has, two more at least, and other numbers of the unit.
    """
    shown = [sentence for quote in quotes for sentence in sentences(quote)]
    for sentence in sentences(said) if len(shown) > 1 else ():
        content = content_stems(sentence)
        covered = [(content & content_stems(each), quantities(each)) for each in shown]
        words, numbers = max(covered, key=lambda each: len(each[0]))
        for number in quantities(sentence):
            if number.kind is not NumberKind.AMOUNT or number.loose or not number.unit:
                continue
            having = [theirs for theirs, found in covered if any(equal(each, number) for each in found)]
            rival = any(each.unit == number.unit and not equal(each, number) for each in numbers if not each.loose)
            if (
                having
                and rival
                and all(theirs < words and len(theirs) + _LEAST_MORE <= len(words) for theirs in having)
            ):
                return number.text
    return None


def exchanged_value(said: str, quotes: Sequence[str]) -> str | None:
    """A number that a statement gives to what the quotations give another number of its unit.

    What tells two numbers apart are words that stand by the one and not by the other; every place of the number must
    speak against it.
    """
    shown = [stretch for quote in quotes for stretch in _stretches(quote)]
    for mine in _stretches(said):
        right = [each for each in shown if equal(each.number, mine.number)]
        others = [e for e in shown if e.number.unit == mine.number.unit and not equal(e.number, mine.number)]
        if right and others and all(_anothers(mine, each, others) for each in right):
            return mine.number.text
    return None


def crossed_values(said: str, quotes: Sequence[str]) -> str | None:
    """Two numbers of a statement whose labels stand in the other order in a row or table of the quotations.

    `A and B are 2 mm and 3 mm, respectively`: the numbers stand side by side, and what they belong to does elsewhere.
    """
    stretches = list(_stretches(said))
    for index, one in enumerate(stretches):
        for other in stretches[index + 1 :]:
            mine, theirs = one.words - other.words, other.words - one.words
            if not one.number.unit or one.number.unit != other.number.unit or not (mine and theirs):
                continue
            orders = [order for quote in quotes if (order := _order(quote, one.number, other.number, mine, theirs))]
            if orders and max(orders) < 0:
                return one.number.text
    return None


def crossed_lists(said: str, quotes: Sequence[str]) -> str | None:
    """Two numbers side by side whose labels, side by side too, the quotations list in the other order."""
    mine = _joined_labels(said)
    numbers = _joined_numbers(said)
    for quote in quotes if mine and numbers else ():
        labels, shown = _joined_labels(quote), _joined_numbers(quote)
        for one, other in numbers:
            same, turned = (one, other) in shown, (other, one) in shown
            if same is turned:
                continue
            kept, crossed = bool(mine & labels), any((b, a) in labels for a, b in mine)
            if kept is not crossed and crossed is same:
                return f"{one[0].normalize()} {one[1]}"
    return None


def crossed_pairs(said: str, quotes: Sequence[str]) -> str | None:
    """Two numbers of a stretch of a statement that the quotations have each with another: `87 % at 220 °C`."""
    shown = [numbers for quote in quotes for piece in _STRETCH.split(quote) if (numbers := _measures(piece))]
    for piece in _STRETCH.split(said):
        for one, other in permutations(_measures(piece), 2):
            if one[1] == other[1] or any({one, other} <= each for each in shown):
                continue
            first = [each for each in shown if one in each and any(u == other[1] for _, u in each)]
            second = [each for each in shown if other in each and any(u == one[1] for _, u in each)]
            if first and second:
                return f"{one[0].normalize():f} {one[1]}"
    return None


def _measures(piece: str) -> frozenset[tuple[Decimal, str]]:
    return frozenset((n.value, n.unit) for n in quantities(piece) if n.kind is NumberKind.AMOUNT and n.unit)


def _joined_labels(text: str) -> set[tuple[str, str]]:
    return {(stem(m[1]), stem(m[2])) for m in _LABELS.finditer(text) if m[1].lower() not in STOP_WORDS}


def _joined_numbers(text: str) -> set[tuple[tuple[Decimal, str], tuple[Decimal, str]]]:
    found = [each for each in quantities(text) if each.kind is NumberKind.AMOUNT and each.unit]
    return {
        ((a.value, a.unit), (b.value, b.unit))
        for a, b in pairwise(found)
        if a.unit == b.unit and len(_tokens(text[a.end : b.start])) <= 1 and " and " in text[a.end : b.start] + " "
    }


def _order(quote: str, one: Quantity, other: Quantity, mine: frozenset[str], theirs: frozenset[str]) -> int:
    """1 where numbers that stand side by side have their labels in the same order, -1 in the other, else 0."""
    found = [each for each in quantities(quote) if each.kind is NumberKind.AMOUNT]
    if any(sum(equal(each, number) for each in found) != 1 for number in (one, other)):
        return 0
    pairs = [
        (a, b)
        for a, b in pairwise(found)
        if {equal(a, one), equal(b, one)} == {equal(a, other), equal(b, other)} == {True, False}
    ]
    for first, second in pairs:
        between = _tokens(quote[first.end : second.start])
        places: dict[bool, int] = {}
        for match in WORD.finditer(quote[: first.start]):
            for is_mine, labels in ((True, mine), (False, theirs)):
                if stem(match.group()) in labels:
                    places.setdefault(is_mine, match.start())
        if len(between) <= _WORDS_OF_A_UNIT and len(places) == len((mine, theirs)):
            return 1 if (places[True] < places[False]) is equal(first, one) else -1
    return 0


def _anothers(mine: _Stretch, right: _Stretch, others: Sequence[_Stretch]) -> bool:
    for other in others:
        labels = {word for word in mine.words if word[-1].isdigit()}
        if (
            labels & (other.words - right.words)
            and not labels & right.words
            and any(w[-1].isdigit() for w in right.words)
        ):
            return True
        if mine.words & (other.words - right.words) and not mine.words & (right.words - other.words):
            return True
    return False


def _stretches(text: str) -> Iterator[_Stretch]:
    """The amounts of a text with the words of their stretch and of the subject of their sentence."""
    for sentence in sentences(text):
        match = _SUBJECT.match(sentence)
        subject = _tokens(match[1]) if match else frozenset()
        for stretch in _of_sentence(sentence):
            yield replace(stretch, words=stretch.words | subject)


def _of_sentence(text: str) -> Iterator[_Stretch]:
    """The amounts of a sentence; a stretch that begins with its number goes on with the last."""
    inherited: frozenset[str] = frozenset()
    start = 0
    for end in [*(match.start() for match in _STRETCH.finditer(text)), len(text)]:
        piece = text[start:end]
        numbers = [
            n
            for n in quantities(piece)
            if n.kind is NumberKind.AMOUNT
            and (n.unit or _COUNTING.match(piece, n.end))
            and not _COUNTED.search(piece[: n.start])
        ]
        words = _tokens(piece)
        if numbers:
            alone = not _tokens(piece[: numbers[0].start]) and not _OF.match(piece, numbers[0].end)
            words = words | inherited if alone else words
        ranged = len(numbers) == len(_RANGE_ENDS) and _TO.fullmatch(piece[numbers[0].end : numbers[1].start])
        if ranged or len({each.unit for each in numbers}) == len(numbers):
            for number in numbers:
                yield _Stretch(number, words)
        # What stands behind a number belongs to it alone.
        before = _tokens(piece[: numbers[0].start]) if numbers else words
        inherited = before or inherited
        start = end


def _tokens(text: str) -> frozenset[str]:
    """The words of a stretch, with symbols such as `K` and `Na` as they are written."""
    found = [
        m.group() for m in WORD.finditer(text) if not (is_unit(m.group()) and text[: m.start()].rstrip()[-1:].isdigit())
    ]
    labels = {"".join(match.group().lower().split()) for match in _LABELLED.finditer(text)}
    plain = (
        word if word.isupper() else stem(word) for word in found if word.isupper() or word.lower() not in STOP_WORDS
    )
    return frozenset({*plain, *labels}) - {"A"}


def _bound(text: str, number: Quantity) -> str | None:
    before, behind = text[max(0, number.start - _NEAR) : number.start], text[number.end : number.end + _NEAR]
    if _RANGE_BEHIND.match(behind):
        return "least"
    if _RANGE_BEFORE.search(before):
        return "most"
    if _LOWER_BEFORE.search(before) or _LOWER_BEHIND.match(behind):
        return "least"
    if _UPPER_BEFORE.search(before) or _UPPER_BEHIND.match(behind):
        return "most"
    return None
