"""Measures of a ranking, and what they are worth: intervals by drawing the queries again and again."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

MEASURES: Final = ("R@10", "R@100", "nDCG@10", "MRR", "S@10")
DEPTH: Final = 100
_TOP: Final = 10
_DRAWS: Final = 5_000
_SEED: Final = 20_260_101
_LOW, _HIGH = 2.5, 97.5


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over queries with its 95 % interval."""

    value: float
    low: float
    high: float

    def document(self) -> dict[str, float]:
        """For JSON."""
        return {name: round(value, 4) for name, value in asdict(self).items()}

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


def measure(ranking: Sequence[str], relevant: Mapping[str, float]) -> tuple[float, ...]:
    """The values of `MEASURES` for one query: recall, gain with grades, the first relevant one, and success."""
    found = [place for place, key in enumerate(ranking[:DEPTH]) if key in relevant]
    top = [place for place in found if place < _TOP]
    gain = sum(relevant[ranking[place]] / math.log2(place + 2) for place in top)
    best = sum(
        grade / math.log2(place + 2) for place, grade in enumerate(sorted(relevant.values(), reverse=True)[:_TOP])
    )
    return (
        len(top) / len(relevant),
        len(found) / len(relevant),
        gain / best,
        1 / (found[0] + 1) if found else 0.0,
        float(bool(top)),
    )


def estimates(values: NDArray[np.float64]) -> dict[str, Estimate]:
    """The mean of each measure over queries (rows), with the interval of 5,000 draws of as many queries."""
    chance = np.random.default_rng(_SEED)
    drawn = np.stack([values[chance.integers(0, len(values), len(values))].mean(axis=0) for _ in range(_DRAWS)])
    low, high = np.percentile(drawn, [_LOW, _HIGH], axis=0)
    return {
        name: Estimate(float(mean), float(low[place]), float(high[place]))
        for place, (name, mean) in enumerate(zip(MEASURES, values.mean(axis=0), strict=True))
    }
