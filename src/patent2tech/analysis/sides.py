"""What stands on the two sides of a word: what is before what, what goes from where to where, what is more than what.

Each relation of a statement is compared with the relations of its kind in the quotations by the words that both sides
have in common. It is turned around when they agree better crosswise than straight.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from patent2tech.analysis.clauses import denies
from patent2tech.analysis.opposites import sides_of_word
from patent2tech.analysis.roots import roots
from patent2tech.analysis.wording import STOP_WORDS
from patent2tech.text.sentences import sentences

_AFTER: Final = r"(?:after(?! which)|following|subsequent to|once|upon|as soon as)"
_BEFORE: Final = r"(?:before|prior to|until|in advance of)"
_THEN: Final = (
    r"(?:after which|whereupon|and then|then|and subsequently|subsequently|and thereafter|thereafter|followed by)"
)
_OPENING: Final = re.compile(
    rf"^\W*(?P<word>{_AFTER}|{_BEFORE})\s(?P<first>[^,;:]+?)(?:[,:]\s|\s(?=(?:the|a|an|it|they)\s))(?P<second>.+)$",
    re.IGNORECASE,
)
_MIDDLE: Final = re.compile(
    rf"^(?P<first>.+?)[\s,]+(?P<word>{_AFTER}|{_BEFORE}|{_THEN})\s(?P<second>[^,;]+)", re.IGNORECASE
)
_FIRST_LAST: Final = re.compile(rf"^{_AFTER}$", re.IGNORECASE)
_ONWARD: Final = re.compile(rf"^(?:{_BEFORE}|{_THEN})$", re.IGNORECASE)
_FROM_TO: Final = re.compile(
    r"\bfrom\s(?P<a>[^,;:.()]+?)(?:[,(][^;:.]{0,80}?[,)])?\s(?:to|into|toward|towards|onto)\s(?P<b>[^,;:.()]+)",
    re.IGNORECASE,
)
_TO_FROM: Final = re.compile(
    r"\b(?:to|into|toward|towards|onto)\s(?P<b>[^,;:.()]{3,60}?)\sfrom\s(?P<a>[^,;:.()]+)", re.IGNORECASE
)
_THAN: Final = re.compile(
    r"(?P<a>[^,;:]*?)\b(?P<word>(?:more|less)(?:\s[a-z]+)?|fewer|[a-z]{2,}er|better|worse)(?:\s[a-z]+){0,3}?\sthan\s(?P<b>[^,;:]+)",
    re.IGNORECASE,
)
_STOPS: Final = re.compile(
    r"\s(?:in|on|by|with|for|at|when|if|and|so|via|through|which|that|while|because|is|are)\s", re.IGNORECASE
)
_PLACE: Final = (
    r"(?:above|below|beneath|underneath|under|inside|outside|upstream of|downstream of|"
    r"in front of|to the left of|to the right of)"
)
_BESIDE: Final = re.compile(
    rf"(?P<a>[^,;:.]+?)\s(?P<word>{_PLACE})\s(?P<b>(?:the|a|an|each|said)\s[^,;:.]+)", re.IGNORECASE
)
_INVERTED: Final = re.compile(
    rf"^(?:\w+ed\s)?(?P<word>{_PLACE})\s(?P<b>[^,;:]+?),?\s(?:is|are|lies?|stands?|there is)\s(?P<a>[^,;:]+)",
    re.IGNORECASE,
)
_COMPARED: Final = re.compile(
    r"^(?:compared (?:with|to)|in comparison (?:with|to)|relative to)\s(?P<b>[^,]+),\s(?P<a>.+?)\s"
    r"(?P<word>more|less|fewer|better|worse|[a-z]{2,}er)\s",
    re.IGNORECASE,
)
_CAUSE: Final = re.compile(
    r"(?P<a>[^,;:.]+?)\s(?:(?:lead|result|give rise|contribute)s?|led|resulted|gave rise)\s(?:to|in)\s"
    r"(?P<b>[^,;:.]+)",
    re.IGNORECASE,
)
_EFFECT: Final = re.compile(
    r"(?P<b>[^,;:.]+?)\s(?:(?:results?|stems?|arises?) from|(?:is|are) (?:caused by|due to|a result of))\s"
    r"(?P<a>[^,;:.]+)",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[A-Za-z][A-Za-z'’]*")
_LEAST_CROSSED: Final = 2
_CAUSAL: Final = re.compile(
    r"\b(?:lead|led|result|give rise|gave rise|contribut|stem|aris|caused by|due to)", re.IGNORECASE
)
_LONGEST_SENTENCE: Final = 700
_LONGEST: Final = 12
"""Words of a side that count: those nearest to the relation."""


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation of a sentence: its kind, what stands on either side, and the word that expresses it."""

    kind: str
    first: frozenset[str]
    second: frozenset[str]
    word: str
    axis: frozenset[tuple[int, bool]] = frozenset()


def turned_relation(said: str, quotes: Sequence[str]) -> str | None:
    """The word of a relation that the quotations have only the other way round."""
    shown = [relation for quote in quotes for relation in relations(quote)] if relations(said) else []
    for mine in relations(said):
        same = [each for each in shown if each.kind == mine.kind]
        verdicts = [_agreement(mine, each) for each in same]
        if verdicts and min(verdicts) < 0 and max(verdicts) <= 0:
            return mine.word
    return None


def turned_twice(said: str, quotes: Sequence[str]) -> set[str]:
    """Comparatives of a statement that say by the opposite word and with sides exchanged what the quotations say."""
    shown = [relation for quote in quotes for relation in relations(quote)] if relations(said) else []
    return {
        mine.word.lower()
        for mine in relations(said)
        for each in shown
        if mine.kind == each.kind and mine.axis and _opposed(mine, each) and _agreement(mine, each) > 0
    }


def _agreement(mine: Relation, other: Relation) -> int:
    """How much better two relations agree as they are than crosswise; negative where one is the other turned around."""
    first, second = mine.first - mine.second, mine.second - mine.first
    straight = len(first & (other.first - other.second)) + len(second & (other.second - other.first))
    crossed = len(first & (other.second - other.first)) + len(second & (other.first - other.second))
    if mine.kind in {"than", "place"}:
        if not mine.axis & other.axis and not _opposed(mine, other):
            return 0
        return (crossed - straight) if _opposed(mine, other) else (straight - crossed)
    if mine.kind in {"time", "until"} and max(straight, crossed) < _LEAST_CROSSED:
        return 0
    return straight - crossed


def _opposed(one: Relation, other: Relation) -> bool:
    return not one.axis & other.axis and any((pair, not side) in other.axis for pair, side in one.axis)


@lru_cache(maxsize=512)
def relations(text: str) -> tuple[Relation, ...]:
    """The relations of a normalised text."""
    return tuple(_relations(text))


def _relations(text: str) -> Iterator[Relation]:
    for sentence in _bounded(text):
        yield from _times(sentence)
        # A look for the word itself saves patterns that would try every place of a long sentence.
        if re.search(r"\bfrom\b", sentence):
            yield from _ways(sentence)
        if re.search(_PLACE, sentence, re.IGNORECASE):
            yield from _places(sentence)
        if _CAUSAL.search(sentence):
            yield from _causes(sentence)
        yield from _comparisons(sentence)


def _ways(sentence: str) -> Iterator[Relation]:
    for pattern in (_FROM_TO, _TO_FROM):
        for match in pattern.finditer(sentence):
            if (source := _near(match["a"])) and (target := _near(match["b"])):
                yield Relation("way", source, target, "from ... to")


def _causes(sentence: str) -> Iterator[Relation]:
    for pattern in (_CAUSE, _EFFECT):
        for match in pattern.finditer(sentence):
            yield Relation("cause", _content(match["a"], last=True), _content(match["b"]), "cause and effect")


def _comparisons(sentence: str) -> Iterator[Relation]:
    than = _THAN.finditer(sentence) if " than " in sentence else ()
    for match in [*than, *_COMPARED.finditer(sentence)]:
        word = match["word"].lower()
        kept = [root for each in word.split() for root in roots(each)]
        axis = frozenset(side for each in word.split() for side in sides_of_word(each))
        if axis:
            first = _content(match["a"], last=True) - frozenset(kept)
            yield Relation("than", first, _content(match["b"]), match["word"], axis)


def _bounded(text: str) -> Iterator[str]:
    """The sentences of a text, the longest in pieces, since patterns with two open sides take quadratic time."""
    for sentence in sentences(text):
        for piece in [sentence] if len(sentence) <= _LONGEST_SENTENCE else sentence.split(";"):
            yield from (piece[at : at + _LONGEST_SENTENCE] for at in range(0, len(piece), _LONGEST_SENTENCE))


def _times(sentence: str) -> Iterator[Relation]:
    match = _OPENING.match(sentence) or _MIDDLE.match(sentence)
    if match is None:
        return
    first, second = match["first"], match["second"]
    opening = match.re is _OPENING
    onward = bool(_ONWARD.match(match["word"]))
    kind = "time"
    if match["word"].lower() == "until":
        # What does not happen until then happens after it; what does, ends then.
        onward = not denies(second if opening else first)
        kind = "until" if onward else "time"
    if opening:
        # `Before A, B`: B comes first. `After A, B`: A does.
        first, second = (second, first) if onward else (first, second)
    elif not onward:
        first, second = second, first
    yield Relation(kind, _content(first, last=not opening), _content(second), match["word"])


def _places(sentence: str) -> Iterator[Relation]:
    inverted = _INVERTED.match(sentence)
    for match in [inverted] if inverted else _BESIDE.finditer(sentence):
        axis = frozenset(side for each in match["word"].split() for side in sides_of_word(each))
        first, second = _content(match["a"], last=not inverted), _near(match["b"])
        if axis and first and second:
            yield Relation("place", first, second, match["word"], axis)


def _near(text: str) -> frozenset[str]:
    """The words of a phrase up to the next preposition or verb."""
    return _content(_STOPS.split(f" {text} ")[0])


def _content(text: str, *, last: bool = False) -> frozenset[str]:
    found = [word for word in _WORD.findall(text) if len(word) > 1 and word.lower() not in STOP_WORDS]
    nearest = found[-_LONGEST:] if last else found[:_LONGEST]
    return frozenset(min(roots(word), key=len) for word in nearest)
