"""Agreed extents: width, height and depth of the thing from the boxes of all views, each at a scale of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from patent2tech.figures.model import Side
from patent2tech.shape.frames import FRAMES

_ROUNDS: Final = 20
_FLOOR: Final = 1e-3
"""Residual (0.1 %) below which all sides count alike."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """The extents with the longest 1, how far each view is from them, and pixels per unit of each view."""

    extents: tuple[float, float, float]
    residuals: Mapping[Side, float]
    scales: Mapping[Side, float]
    known: tuple[bool, bool, bool]
    total: float
    """All disagreements together: few views share one among them, which makes each of them small."""

    @property
    def residual(self) -> float:
        """The largest disagreement, as a share of a side."""
        return max(self.residuals.values(), default=0.0)


def agree(sizes: Mapping[Side, tuple[float, float]]) -> Agreed:
    """Solve for three extents and one scale per view by reweighted least squares of logarithms."""
    sides = list(sizes)
    rows, values, lengths = [], [], []
    for i, side in enumerate(sides):
        for axis, size in zip((FRAMES[side].right[0], FRAMES[side].up[0]), sizes[side], strict=True):
            row = np.zeros(3 + len(sides))
            row[axis] = row[3 + i] = 1
            rows.append(row)
            values.append(np.log(max(size, 1e-6)))
            lengths.append(size / max(*sizes[side], 1e-6))
    known = tuple(bool(np.array(rows)[:, axis].any()) for axis in range(3))
    gauge = np.zeros(3 + len(sides))
    gauge[3:] = 1
    matrix, wanted = np.array([*rows, gauge]), np.array([*values, 0.0])
    certain = np.array([*lengths, 1.0])  # a pixel is more of a short side
    weights = certain.copy()
    solution: NDArray[np.floating] = np.zeros(3 + len(sides))
    rest: NDArray[np.float64] = np.abs(wanted)
    for _ in range(_ROUNDS):
        solution = np.linalg.lstsq(matrix * weights[:, None], wanted * weights, rcond=None)[0]
        rest = np.abs(matrix @ solution - wanted)
        weights = certain / np.sqrt(np.maximum(rest, _FLOOR) / _FLOOR)
        weights[-1] = 10
    extents = [float(side) for side in np.exp(solution[:3])]
    longest = max(extents[axis] for axis in range(3) if known[axis])
    final = tuple(extents[axis] / longest if known[axis] else 1.0 for axis in range(3))
    return Agreed(
        (final[0], final[1], final[2]),
        {side: float(rest[2 * i : 2 * i + 2].max()) for i, side in enumerate(sides)},
        {side: float(np.exp(solution[3 + i]) * longest) for i, side in enumerate(sides)},
        (known[0], known[1], known[2]),
        float(rest[:-1].sum()),
    )
