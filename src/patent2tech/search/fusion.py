"""One ranking out of two: by words and by meaning, each measured against the other candidates of the same question.

A score is replaced by its distance from the mean of all candidates in standard deviations, so that neither side wins
by its scale. A candidate that one side did not find counts there as the worst that it found.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import islice
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

MEANING_WEIGHT: Final = 0.4
"""What meaning makes of the score, words the rest; chosen on the even queries of the set `citations`."""

OWN_SCRIPT_WEIGHT: Final = MEANING_WEIGHT / 2
"""The same for a document with text in the question's own script where n-grams index it (Korean, Japanese, Chinese):
they find a word in every form and compound, so that words miss less there. Half, not tuned."""

CANDIDATES: Final = 200
"""So many of the best of each side are ranked."""

_NO_SPREAD: Final = 1e-9


class Ranked(NamedTuple):
    """A document with its score and what it is made of; a rank is `None` where that side did not find it."""

    key: str
    score: float
    words: float | None = None
    words_rank: int | None = None
    meaning: float | None = None
    meaning_rank: int | None = None


def fuse(words: Mapping[str, float], meaning: Mapping[str, float], own: Collection[str] = ()) -> list[Ranked]:
    """The best documents of both sides, each the best first; `own` are in the script of the question."""
    word_ranks, meaning_ranks = _ranks(words), _ranks(meaning)
    keys = list(dict.fromkeys((*islice(words, CANDIDATES), *islice(meaning, CANDIDATES))))
    if not words or not meaning:
        only = words or meaning
        scores = {key: only[key] for key in keys}
    else:
        by_words, by_meaning = _standard(words, keys, lowest=0.0), _standard(meaning, keys, min(meaning.values()))
        weight = np.array([OWN_SCRIPT_WEIGHT if key in own else MEANING_WEIGHT for key in keys])
        mixed = (1 - weight) * by_words + weight * by_meaning
        scores = dict(zip(keys, map(float, mixed), strict=True))
    ranked = (
        Ranked(key, score, words.get(key), word_ranks.get(key), meaning.get(key), meaning_ranks.get(key))
        for key, score in scores.items()
    )
    # The key makes the order of equals the same on every page.
    return sorted(ranked, key=lambda each: (-each.score, each.key))


def _standard(scores: Mapping[str, float], keys: Collection[str], lowest: float) -> NDArray[np.float64]:
    values = np.array([scores.get(key, lowest) for key in keys])
    standard: NDArray[np.float64] = (values - values.mean()) / (values.std() + _NO_SPREAD)
    return standard


def _ranks(scores: Mapping[str, float]) -> dict[str, int]:
    return {key: rank for rank, key in enumerate(scores, 1)}
