"""Exchange: whether two things of a statement have changed places with each other.

What a thing is known by are the words right beside it. Where those of the one stand by the other in the quotations and
those of the other by the one, the two are exchanged; one such word on either side is not enough where another agrees.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from typing import Final

from patent2tech.analysis.roots import roots
from patent2tech.analysis.wording import STOP_WORDS
from patent2tech.text.sentences import sentences

_TOKEN: Final = re.compile(r"[A-Za-z][A-Za-z'’]*|\d[\w.]*|[,;:.()]")
_EDGES: Final = frozenset(",;:.()")
_LIGHT: Final = STOP_WORDS | frozenset(
    "of have has had use used include includes comprise comprises make makes made".split()
)
_HELPERS: Final = frozenset("is are was were be been being can may must will shall should could might would to".split())
_LEADS: Final = frozenset("a an the its their each every that how whether this these".split())
_ORDINALS: Final = frozenset("first second third fourth fifth".split())
_REACH: Final = 2
"""Words of content on either side of a thing that it is known by."""
_CLEAR: Final = 2
"""Words by which the one thing is nearer than the other, so that it counts."""
_FAR: Final = 8


def exchanged(said: str, quotes: Sequence[str]) -> str | None:
    """Two words of a statement that the quotations have in each other's place."""
    shown = [places for quote in quotes for sentence in sentences(quote) if (places := _places(sentence))]
    for sentence in sentences(said):
        beside = _beside(sentence)
        for one, other in combinations(_things(sentence), 2):
            votes = [_votes(one, other, beside, places) for places in shown if one in places and other in places]
            if votes and all(straight == 0 and mine and theirs for straight, mine, theirs in votes):
                return f"{one} … {other}"
    return None


def _votes(
    one: str, other: str, beside: Mapping[str, frozenset[str]], places: Mapping[str, tuple[int, ...]]
) -> tuple[int, int, int]:
    """How many words agree, and how many of the one thing's and of the other's stand by the other one."""
    straight, crossed = 0, [0, 0]
    for index, (thing, rival) in enumerate(((one, other), (other, one))):
        for word in beside[thing] - {one, other} - beside[rival]:
            if word not in places:
                continue
            near, far = _distance(places[word], places[thing]), _distance(places[word], places[rival])
            if near <= far:
                straight += 1
            elif far + _CLEAR <= near and far <= _FAR:
                crossed[index] += 1
    return straight, crossed[0], crossed[1]


def _distance(some: Sequence[int], others: Sequence[int]) -> int:
    return min(abs(one - other) for one in some for other in others)


@lru_cache(maxsize=512)
def _places(sentence: str) -> dict[str, tuple[int, ...]]:
    """Where a sentence has its words, counted in words of content; an edge of a clause counts as two."""
    found: dict[str, list[int]] = {}
    place = 0
    for token in _TOKEN.findall(sentence):
        if token in _EDGES:
            place += 1
        elif _counts(token):
            place += 1
            found.setdefault(_root(token), []).append(place)
    return {word: tuple(places) for word, places in found.items()}


def _beside(sentence: str) -> dict[str, frozenset[str]]:
    """The words of a sentence, each with those right beside it in its clause."""
    found: dict[str, set[str]] = {}
    for clause in _clauses(sentence):
        for place, word in enumerate(clause):
            found.setdefault(word, set()).update(
                clause[max(0, place - _REACH) : place], clause[place + 1 : place + 1 + _REACH]
            )
    return {word: frozenset(near - {word}) for word, near in found.items()}


def _things(sentence: str) -> list[str]:
    """The words of a sentence that can name things: no deeds, no places in an order."""
    tokens = _TOKEN.findall(sentence)
    found: dict[str, None] = {}
    for place, token in enumerate(tokens):
        low = token.lower()
        if not _counts(token) or low.endswith(("ed", "ing", "ly")) or low in _ORDINALS:
            continue
        before = tokens[place - 1].lower() if place else ""
        behind = tokens[place + 1].lower() if place + 1 < len(tokens) else "."
        deed = low.endswith("s") and not low.endswith("ss") and (behind in _LEADS or _counts(behind))
        if before not in _HELPERS and not deed:
            found[_root(token)] = None
    return list(found)


def _clauses(sentence: str) -> Iterator[list[str]]:
    clause: list[str] = []
    for token in _TOKEN.findall(sentence):
        if token in _EDGES:
            yield clause
            clause = []
        elif _counts(token):
            clause.append(_root(token))
    yield clause


def _counts(token: str) -> bool:
    return not token[0].isdigit() and len(token) > 1 and token.lower() not in _LIGHT


def _root(token: str) -> str:
    return min(roots(token), key=len)
