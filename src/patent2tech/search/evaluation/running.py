"""Ranks judged queries in every mode and compares each mode with words alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from patent2tech.search.evaluation.measures import DEPTH, Estimate, estimates, measure
from patent2tech.search.query import Mode, Query

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from patent2tech.search.evaluation.folders import Judged
    from patent2tech.search.index import Document
    from patent2tech.search.searching import Search

SearchOf = Callable[["Sequence[Document]", Callable[[str], None]], AbstractContextManager["Search"]]
"""Makes an index of some documents for a while, and the search on it."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The measures of each mode, and their differences from the keyword mode over the same queries."""

    corpus: int
    queries: int
    model: str
    modes: dict[Mode, dict[str, Estimate]]
    against_keyword: dict[Mode, dict[str, Estimate]]

    def document(self) -> dict[str, object]:
        """For JSON."""
        return {
            "corpus": self.corpus,
            "queries": self.queries,
            "model": self.model,
            "modes": _documents(self.modes),
            "against_keyword": _documents(self.against_keyword),
        }


def evaluate(judged: Judged, search_of: SearchOf, modes: Sequence[Mode], progress: Callable[[str], None]) -> Evaluation:
    """Index the corpus and rank its queries; a document of the query's own name does not count."""
    values: dict[Mode, NDArray[np.float64]] = {}
    asked = dict.fromkeys((*modes, Mode.KEYWORD))
    with search_of(judged.documents, progress) as search:
        for mode in asked:
            rows = []
            for done, query in enumerate(judged.queries, 1):
                ranked = search.ranking(Query(text=query.text), mode, DEPTH + 1)
                keys = [each.key for each in ranked if each.key != query.key]
                rows.append(measure(keys, query.relevant))
                progress(f"{mode}: {done} of {len(judged.queries)} queries")
            values[mode] = np.array(rows)
        model = search.model
    baseline = values[Mode.KEYWORD]
    return Evaluation(
        corpus=len(judged.documents),
        queries=len(judged.queries),
        model=model,
        modes={mode: estimates(values[mode]) for mode in modes},
        against_keyword={mode: estimates(values[mode] - baseline) for mode in modes if mode is not Mode.KEYWORD},
    )


def _documents(modes: dict[Mode, dict[str, Estimate]]) -> dict[str, dict[str, dict[str, float]]]:
    return {mode: {name: each.document() for name, each in found.items()} for mode, found in modes.items()}
