"""Opposites: whether a sentence says `shorter` where its quotations say `longer`, or `high` of what is low there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Final

from patent2tech.analysis.clauses import Clause, clauses
from patent2tech.analysis.korean import begins
from patent2tech.analysis.roots import roots
from patent2tech.analysis.wording import is_korean, stem

Side = tuple[int, bool]
_WORD: Final = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*|[가-힣]+")
_PREFIX: Final = re.compile(r"(?:un|non-?|dis|de)(?=[a-z]{4})")
_DENIED: Final = re.compile(r"\b(?:not|no|never|without|cannot|free)\b")
_SHORT: Final = 4
_DENIAL: Final = re.compile(r"\b(?:prevent\w*|avoid\w*|rather|instead|un\w{5,})\b|방지")
"""Beside plain negation; what follows may be meant the other way round."""


def reversed_word(said: str, quotes: Sequence[str], held: Sequence[str] = ()) -> str | None:
    """A word of a statement whose opposite the quotations have in its place; words of `held` (names) are left alone.

    Each clause with such a word is compared with the clause of the quotations that is most like it. One that denies
    something is left to the rules of negation.
    """
    kept = frozenset(word.lower() for name in held for word in _WORD.findall(name))
    if undone := _undone(said, quotes):
        return undone
    shown = [(clause, _sides_of(clause, kept)) for quote in quotes for clause in clauses(quote)]
    everything = frozenset(side for _, sides in shown for side in sides)
    across = is_korean(said) is not is_korean(" ".join(quotes))
    for clause in clauses(said):
        if _denies(clause):
            continue
        sides = _sides_of(clause, kept)
        both = {(pair, side) for pair, side in sides if (pair, not side) in sides}
        for word in _words(clause, kept):
            mine = _sides(word) - both
            if word.endswith("s") and (turned := _other_deed(mine, quotes)) is not None:
                if turned:
                    return word
                continue
            theirs = {(pair, not side) for pair, side in mine}
            if theirs & everything and not (across and mine & everything) and _turned(clause, shown, mine, theirs):
                return word
    return None


def _undone(said: str, quotes: Sequence[str]) -> str | None:
    """A word of a statement that its quotations have only with a prefix that takes it back: `winding`, `unwinding`."""
    quoted = {word.lower() for quote in quotes for word in _WORD.findall(quote)}
    prefixed = {root: word for word in quoted for root in _taken_back(word)}
    plain = frozenset().union(*(roots(word) for word in quoted))
    for word in _WORD.findall(said):
        taken = roots(word) & prefixed.keys() if len(word) > _SHORT and not roots(word) & plain else None
        if taken and not any(_DENIED.search(each) for each in (said, *quotes)):
            return f"{word} … {prefixed[min(taken)]}"
    return None


@lru_cache(maxsize=8192)
def _taken_back(word: str) -> frozenset[str]:
    match = _PREFIX.match(word)
    return roots(word[match.end() :]) if match else frozenset()


def _other_deed(mine: frozenset[Side], quotes: Sequence[str]) -> bool | None:
    """Whether the quotations do the opposite of a verb on these sides, where both occur in them.

    `encrypts` where one decrypts an encrypted key. `None` where that does not decide.
    """
    found = [(quote, each.lower()) for quote in quotes for each in _WORD.findall(quote) if _sides(each.lower())]
    theirs = {(pair, not side) for pair, side in mine}
    same = [_attributive(*each) for each in found if _sides(each[1]) & mine]
    opposed = [_attributive(*each) for each in found if _sides(each[1]) & theirs]
    if not same or not opposed or all(same) is all(opposed):
        return None
    return all(same)


def _turned(
    clause: Clause, shown: Sequence[tuple[Clause, frozenset[Side]]], mine: frozenset[Side], theirs: set[Side]
) -> bool:
    """Whether the clause of the quotations that is most like this one has the opposite and not the word itself."""
    opposed = [each for each, sides in shown if sides & theirs and not sides & mine]
    if not opposed or any(_denies(each) for each in opposed):
        return False
    if is_korean(clause.text) is not is_korean(opposed[0].text):
        return True
    own = [(each, sides) for each, sides in shown if sides & mine]
    rivals = own or [(each, sides) for each, sides in shown if each not in opposed]
    every = [clause, *(each for each, _ in shown)]
    apart = frozenset(stem(word) for each in every for word in _words(each) if _sides(word))
    most = max(len((clause.content & each.content) - apart) for each in opposed)
    rest = max((len((clause.content & each.content) - apart) for each, _ in rivals), default=0)
    return most > rest or (most == rest > 0 and not own)


def _denies(clause: Clause) -> bool:
    return clause.denies or bool(_DENIAL.search(clause.text))


def _attributive(text: str, word: str) -> bool:
    """Whether a participle only describes a noun where it stands: `the encrypted key`."""
    return word.endswith("ed") and bool(re.search(rf"\b(?:the|an?|its|said|each) {word} [a-z]", text, re.IGNORECASE))


def _words(clause: Clause, held: frozenset[str] = frozenset()) -> list[str]:
    return [word for found in _WORD.findall(clause.text) if (word := found.lower()) not in held]


def _sides_of(clause: Clause, held: frozenset[str]) -> frozenset[Side]:
    return frozenset(side for word in _words(clause, held) for side in _sides(word))


def sides_of_word(word: str) -> frozenset[Side]:
    """On which side of which pairs a word stands, in whatever case it is written."""
    return _sides(word.lower())


@lru_cache(maxsize=8192)
def _sides(word: str) -> frozenset[Side]:
    """On which side of which pairs a word stands."""
    english, korean = _table()
    if "가" <= word[0] <= "힣":
        return frozenset(side for beginning, side in korean if begins(word, beginning))
    if word in english:
        return english[word]
    # `rapidly` stands where `rapid` does.
    return english.get(word.removesuffix("ly"), frozenset()) if word.endswith("ly") else frozenset()


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, frozenset[Side]], tuple[tuple[str, Side], ...]]:
    """English words with their sides, and beginnings of Korean words with theirs."""
    text = files("patent2tech.analysis").joinpath("data", "opposites.txt").read_text(encoding="utf-8")
    english: dict[str, frozenset[Side]] = {}
    korean: list[tuple[str, Side]] = []
    for pair, row in enumerate(line for line in text.splitlines() if line and not line.startswith("#")):
        for second, forms in enumerate(row.split("|")):
            side = (pair, bool(second))
            for form in forms.split():
                if "가" <= form[0] <= "힣":
                    korean.append((form, side))
                else:
                    english[form] = english.get(form, frozenset()) | {side}
    return english, tuple(korean)
