"""Opposites: whether a sentence says `shorter` where its quotations say `longer`, or gives `high` to what is low there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

from patent2tech.analysis.wording import content_stems, is_korean

Side = tuple[int, bool]
_WORD: Final = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*|[가-힣]+")
_CLAUSE: Final = re.compile(
    r"[,;:.()]\s+|[;()]|\s+(?:and|but|or|while|whereas|when|whenever|if|because|so that|such that|than)\s+"
    r"|(?<=[가-힣][고며면])\s+|(?<=지만)\s+|(?<=[가-힣]때)\s+"
)
_BOUND: Final = re.compile(
    r"\bat (?:least|most)\b|\b(?:more|less|greater|higher|lower|larger|smaller|fewer|longer|shorter|above|below)\s+(?:than\s+)?"
    r"(?:or equal to\s+)?(?=(?:about\s+)?\d)|\bor (?:more|less|greater|higher|lower|larger|smaller|above|below)\b"
)
"""Bounds of numbers, which `bounds` compares."""
_DENIAL: Final = re.compile(
    r"\b(?:not|no|never|without|cannot|neither|nor|prevent\w*|avoid\w*|rather|instead|un\w{5,})\b|n't\b|않|없|못|방지|아니"
)


@dataclass(frozen=True, slots=True)
class _Clause:
    """A stretch of a sentence: which sides of opposites it takes, its other content, and the words in order."""

    sides: frozenset[Side]
    content: frozenset[str]
    denies: bool
    words: tuple[str, ...]


def reversed_word(said: str, quotes: Sequence[str], held: Sequence[str] = ()) -> str | None:
    """A word of a statement whose opposite the quotations have in its place; words of `held` (names) are left alone.

    Each clause with such a word is compared with the clause of the quotations that is most like it. One that denies
    something is left to the rules of negation.
    """
    kept = frozenset(word.lower() for name in held for word in _WORD.findall(name))
    shown = [clause for quote in quotes for clause in _clauses(quote, kept)]
    everything = frozenset(side for clause in shown for side in clause.sides)
    across = is_korean(said) is not is_korean(" ".join(quotes))
    for clause in _clauses(said, kept):
        for word in clause.words:
            mine = _sides(word) - _paired(clause)
            theirs = {(pair, not side) for pair, side in mine}
            if clause.denies or not theirs & everything or (across and mine & everything):
                continue
            if _nearer(clause, shown, mine, theirs, across=across):
                return word
    return None


def _paired(clause: _Clause) -> frozenset[Side]:
    """Sides of pairs of which the clause has both, so that it says nothing by one of them."""
    return frozenset(side for side in clause.sides if (side[0], not side[1]) in clause.sides)


def _nearer(
    clause: _Clause, shown: Sequence[_Clause], mine: frozenset[Side], theirs: set[Side], *, across: bool
) -> bool:
    """Whether the clause of the quotations that is most like this one has the opposite and not the word itself."""
    opposed = [each for each in shown if each.sides & theirs and not each.sides & mine]
    others = [each for each in shown if each not in opposed]
    if any(each.denies for each in opposed):
        return False
    if across:
        return True
    most = max(_likeness(clause, each) for each in opposed) if opposed else 0
    rest = max((_likeness(clause, each) for each in others), default=0)
    return most > rest or (most == rest > 0 and not any(each.sides & mine for each in others))


def _likeness(one: _Clause, other: _Clause) -> int:
    """How many words both have in common."""
    return len(one.content & other.content)


def _clauses(text: str, held: frozenset[str]) -> Iterator[_Clause]:
    for piece in _CLAUSE.split(_BOUND.sub(" ", text)):
        words = tuple(word.lower() for word in _WORD.findall(piece or "") if word.lower() not in held)
        if words:
            sides = frozenset(side for word in words for side in _sides(word))
            content = frozenset(stem for stem in content_stems(piece) if not _sides(stem))
            yield _Clause(sides, content, bool(_DENIAL.search(piece)), words)


@lru_cache(maxsize=8192)
def _sides(word: str) -> frozenset[Side]:
    """On which side of which pairs a word stands."""
    if "가" <= word[0] <= "힣":
        return frozenset(side for beginning, side in _table()[1] if word.startswith(beginning))
    return _table()[0].get(word, frozenset())


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, frozenset[Side]], tuple[tuple[str, Side], ...]]:
    """English words with their sides, and beginnings of Korean words with theirs."""
    text = files("patent2tech.analysis").joinpath("data", "opposites.txt").read_text(encoding="utf-8")
    rows = [line.split("|") for line in text.splitlines() if not line.startswith("#")]
    english: dict[str, set[Side]] = {}
    korean: list[tuple[str, Side]] = []
    for pair, row in enumerate(rows):
        for side, forms in enumerate(row):
            for form in forms.split():
                if "가" <= form[0] <= "힣":
                    korean.append((form, (pair, bool(side))))
                else:
                    english.setdefault(form, set()).add((pair, bool(side)))
    return {word: frozenset(sides) for word, sides in english.items()}, tuple(korean)
