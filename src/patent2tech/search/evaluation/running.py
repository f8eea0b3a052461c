"""Ranks judged queries in every mode and compares each mode with words alone.

Where there is a second model, `hybrid` is with it and `hybrid_once` without: first the vectors are made that a library
would have after a while.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from patent2tech.search.evaluation.measures import DEPTH, Estimate, estimates, measure
from patent2tech.search.fusion import RERANKED
from patent2tech.search.query import Mode, Query
from patent2tech.search.searching import reads_again

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from patent2tech.search.evaluation.folders import Judged
    from patent2tech.search.index import Document
    from patent2tech.search.searching import Search

ONCE: Final = "hybrid_once"


@dataclass(frozen=True, slots=True)
class Trial:
    """A search over documents for a while; `read_again` makes the vectors of the second model of some of them."""

    search: Search
    read_again: Callable[[Collection[str]], None] | None


TrialOf = Callable[["Sequence[Document]", Callable[[str], None]], AbstractContextManager[Trial]]
"""Makes an index of some documents for a while, and the search on it."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The measures of each mode, and their differences from the keyword mode over the same queries."""

    corpus: int
    queries: int
    model: str
    modes: dict[str, dict[str, Estimate]]
    against_keyword: dict[str, dict[str, Estimate]]

    def document(self) -> dict[str, object]:
        """For JSON."""
        return {
            "corpus": self.corpus,
            "queries": self.queries,
            "model": self.model,
            "modes": _documents(self.modes),
            "against_keyword": _documents(self.against_keyword),
        }


def evaluate(judged: Judged, trial_of: TrialOf, modes: Sequence[Mode], progress: Callable[[str], None]) -> Evaluation:
    """Index the corpus and rank its queries; a document of the query's own name does not count."""
    values: dict[str, NDArray[np.float64]] = {}
    with trial_of(judged.documents, progress) as trial:
        for mode in dict.fromkeys((*modes, Mode.KEYWORD)):
            rankings = _rankings(judged, trial.search, mode, progress)
            if mode is Mode.HYBRID and trial.read_again:
                values[ONCE] = _values(judged, rankings)
                pairs = zip(judged.queries, rankings, strict=True)
                trial.read_again({key for query, keys in pairs if reads_again(query.text) for key in keys[:RERANKED]})
                rankings = _rankings(judged, trial.search, mode, progress)
            values[mode.value] = _values(judged, rankings)
        model = trial.search.model
    wanted = [name for name in values if name in modes or name == ONCE]
    baseline = values[Mode.KEYWORD.value]
    return Evaluation(
        corpus=len(judged.documents),
        queries=len(judged.queries),
        model=model,
        modes={name: estimates(values[name]) for name in wanted},
        against_keyword={name: estimates(values[name] - baseline) for name in wanted if name != Mode.KEYWORD.value},
    )


def _rankings(judged: Judged, search: Search, mode: Mode, progress: Callable[[str], None]) -> list[list[str]]:
    rankings = []
    for done, query in enumerate(judged.queries, 1):
        asked = Query(text=query.text, apart_from=frozenset([query.key]))
        rankings.append([each.key for each in search.ranking(asked, mode, DEPTH)])
        progress(f"{mode}: {done} of {len(judged.queries)} queries")
    return rankings


def _values(judged: Judged, rankings: list[list[str]]) -> NDArray[np.float64]:
    pairs = zip(rankings, judged.queries, strict=True)
    return np.array([measure(keys, query.relevant) for keys, query in pairs])


def _documents(modes: dict[str, dict[str, Estimate]]) -> dict[str, dict[str, dict[str, float]]]:
    return {mode: {name: each.document() for name, each in found.items()} for mode, found in modes.items()}
