"""Spelling: words that no document has, replaced by nearly equal ones that documents have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from typing import TYPE_CHECKING, Final

from patent2tech.search.index import Scope, Words
from patent2tech.search.quoting import STOP_WORDS, stem_of

if TYPE_CHECKING:
    from patent2tech.search.index import Snapshot

_WORD: Final = re.compile(r"[A-Za-z]{4,40}")
_WORDS_TRIED: Final = 8
_TEXTS_READ: Final = 40
_LONG_WORD: Final = 5


def suggest(text: str, snapshot: Snapshot, seen: Collection[str]) -> str | None:
    """The query with its unknown words corrected, or `None` when there is nothing to correct.

    Words whose stems are `seen` in documents are known.
    """
    replaced: dict[str, str] = {}
    for word in dict.fromkeys(match[0] for match in list(_WORD.finditer(text))[:_WORDS_TRIED]):
        if word.lower() in STOP_WORDS or stem_of(word) in seen or snapshot.by_words(Words(((word, 1.0),)), Scope(), 1):
            continue
        found = _nearest(word.lower(), snapshot.similar_words(word.lower(), _TEXTS_READ))
        if found is not None and found != word.lower():
            replaced[word] = found
    if not replaced:
        return None
    return re.sub(_WORD, lambda match: replaced.get(match[0], match[0]), text)


def _nearest(word: str, texts: list[str]) -> str | None:
    counts = Counter(each.lower() for text in texts for each in _WORD.findall(text))
    allowed = 2 if len(word) >= _LONG_WORD else 1
    near = [
        (distance, -count, each) for each, count in counts.items() if (distance := _distance(word, each)) <= allowed
    ]
    return min(near)[2] if near else None


def _distance(one: str, other: str) -> int:
    """How many letters must be added, removed, changed, or swapped with their neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        former, row = row, [place]
        for column, another in enumerate(other, 1):
            cost = min(row[-1] + 1, former[column] + 1, former[column - 1] + (letter != another))
            if before and column > 1 and letter == other[column - 2] and one[place - 2] == another:
                cost = min(cost, before[column - 2] + 1)
            row.append(cost)
        before = former
    return row[-1]
