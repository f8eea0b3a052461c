"""One ranking out of two: by words and by meaning, each measured against the other candidates of the same question.

A score is replaced by its distance from the mean of all candidates in standard deviations, so that neither side wins
by its scale. A candidate that one side did not find counts there as the worst that it found.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
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

RERANKED: Final = 30
"""So many of the first hits are put in a new order by a second model."""

_SECOND_WEIGHT: Final = 0.5
"""What the second model makes of the new order, the score of both sides the rest."""

_ENOUGH: Final = 2
_NO_SPREAD: Final = 1e-9


class Ranked(NamedTuple):
    """A document with its score and what it is made of; a rank is `None` where that side did not find it.

    `second` is how near the second model finds it to the question, where it was asked.
    """

    key: str
    score: float
    words: float | None = None
    words_rank: int | None = None
    meaning: float | None = None
    meaning_rank: int | None = None
    second: float | None = None


def rerank(ranked: Sequence[Ranked], nearness: Mapping[str, float]) -> list[Ranked]:
    """The same documents with the first of them put in a new order, by their score and by the second model.

    Those that it has not read yet keep their places; the others share the places and the scores that they had.
    """
    read = [place for place, each in enumerate(ranked[:RERANKED]) if each.key in nearness]
    if len(read) < _ENOUGH:
        return list(ranked)
    by_score = _spread(np.array([ranked[place].score for place in read]))
    by_second = _spread(np.array([nearness[ranked[place].key] for place in read]))
    order = np.argsort(-((1 - _SECOND_WEIGHT) * by_score + _SECOND_WEIGHT * by_second), kind="stable")
    new = list(ranked)
    for place, best in zip(read, order, strict=True):
        each = ranked[read[best]]
        new[place] = each._replace(score=ranked[place].score, second=nearness[each.key])
    return new


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
    return _spread(np.array([scores.get(key, lowest) for key in keys]))


def _spread(values: NDArray[np.float64]) -> NDArray[np.float64]:
    standard: NDArray[np.float64] = (values - values.mean()) / (values.std() + _NO_SPREAD)
    return standard


def _ranks(scores: Mapping[str, float]) -> dict[str, int]:
    return {key: rank for rank, key in enumerate(scores, 1)}
