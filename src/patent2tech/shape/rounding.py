"""Rounded cross-sections: a hull of straight silhouettes is boxy; the oblique figure tells where the thing is round.

Across an axis, the section between two profiles is taken as an ellipse (or a fuller curve) in place of a rectangle. The
solid that an oblique figure shows best is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from patent2tech.figures.model import Side
from patent2tech.shape.cameras import Fitted, fit_camera
from patent2tech.shape.frames import FRAMES, Volume
from patent2tech.shape.hull import Grid, hull_field
from patent2tech.shape.outlines import Outline
from patent2tech.shape.seeing import Sight

_POWERS: Final = (2.0, 3.0)
_KEPT: Final = 0.985
"""Share of the end view's silhouette that a rounded solid must still fill."""
_FILLED: Final = 0.95
"""Share of the widest sections that it must fill: a mug and its handle are round, but not together."""
_BETTER: Final = 0.9
"""The oblique figure must agree better than with the hull by this factor."""
_CONTENT: Final = 0.75
"""Mean cells of disagreement below which the hull is what the oblique figure shows."""
_SAME_PROFILE: Final = 0.95
_RAGGED_WEIGHT: Final = 6.0


@dataclass(frozen=True, slots=True)
class Rounding:
    """About which axis the sections are round, and how full their curve is (2 an ellipse)."""

    axis: int
    power: float


def find_rounding(
    outlines: Mapping[Side, Outline], field: Volume, grid: Grid, oblique: Outline
) -> tuple[Rounding | None, Fitted]:
    """The rounding that the oblique figure shows, and the camera of that figure."""
    directions = oblique.figure.view.direction
    plain = fit_camera(oblique, field, grid, directions)
    best, best_fit, cost = None, plain, oblique_cost(oblique, plain, field, grid)
    needed = _BETTER * cost
    if cost < _CONTENT:
        return None, plain
    for axis in range(3):
        for power in _powers(outlines, grid, axis):
            rounding = Rounding(axis, power)
            rounded = rounded_field(outlines, grid, rounding)
            if rounded is None:
                continue
            trial = np.minimum(field, rounded)
            if not _fills(trial, field, axis, known=any(FRAMES[side].out[0] == axis for side in outlines)):
                continue
            fitted = fit_camera(oblique, trial, grid, directions)
            worth = oblique_cost(oblique, fitted, trial, grid)
            if worth < min(needed, cost):
                best, best_fit, cost = rounding, fitted, worth
    return best, best_fit


def rounded_field(outlines: Mapping[Side, Outline], grid: Grid, rounding: Rounding) -> Volume | None:
    """The solid with round sections across an axis, or `None` when one of its two profiles is missing."""
    axis = rounding.axis
    first, second = (other for other in range(3) if other != axis)
    profiles = {other: _profile(outlines, grid, axis, other) for other in (first, second)}
    if profiles[first] is None or profiles[second] is None:
        return None
    parts: list[tuple[NDArray[np.float64], NDArray[np.float64]]] = []
    for other in (first, second):
        profile = profiles[other]
        assert profile is not None  # noqa: S101 - checked above
        share, half = _shares(profile, grid.axes[other])
        shape = [1, 1, 1]
        shape[axis], shape[other] = share.shape
        if axis > other:
            share, half = share.T, half.T
        parts.append((share.reshape(shape), half.reshape(shape)))
    (across, half_across), (along, half_along) = parts
    radius = (across**rounding.power + along**rounding.power) ** (1 / rounding.power)
    field: Volume = ((1 - radius) * np.minimum(half_across, half_along)).astype(np.float32)
    return field


def _powers(outlines: Mapping[Side, Outline], grid: Grid, axis: int) -> tuple[float, ...]:
    """The curves to try: where both profiles are the same, the thing was turned on a lathe or is square."""
    first, second = (_profile(outlines, grid, axis, other) for other in range(3) if other != axis)
    if first is None or second is None or abs(first.shape[1] - second.shape[1]) > 2:  # noqa: PLR2004 - rounding
        return _POWERS
    columns = min(first.shape[1], second.shape[1])
    one, other = first[:, :columns] > 0, second[:, :columns] > 0
    same = (one & other).sum() / max(1, (one | other).sum()) > _SAME_PROFILE
    return _POWERS[:1] if same else _POWERS


def oblique_cost(oblique: Outline, fitted: Fitted, field: Volume, grid: Grid) -> float:
    """How far lines and silhouette of an oblique figure are from the solid's."""
    return Sight(oblique, fitted, grid).cost(field) + _RAGGED_WEIGHT * (1 - fitted.overlap)


def _fills(trial: Volume, field: Volume, axis: int, *, known: bool) -> bool:
    """Whether a rounded solid still fills its end view; where it is as wide as that, each section must."""
    if not known:
        return True
    before, after = (np.moveaxis(each, axis, 0) > 0 for each in (field, trial))
    end = np.any(before, 0)
    spans = [before.any(other).sum(1) >= _KEPT * np.any(end, other - 1).sum() for other in (1, 2)]
    widest = np.logical_and.reduce(spans)
    return bool(after.any(0).sum() >= _KEPT * end.sum() and after[widest].sum() >= _FILLED * before[widest].sum())


def _profile(outlines: Mapping[Side, Outline], grid: Grid, axis: int, other: int) -> NDArray[np.float32] | None:
    """Distances to the silhouette in the plane of two axes, as axis x other."""
    out = 3 - axis - other
    for side, outline in outlines.items():
        if FRAMES[side].out[0] == out:
            flat: NDArray[np.float32] = np.take(hull_field({side: outline}, grid), 0, axis=out)
            return flat if axis < other else flat.T
    return None


def _shares(
    profile: NDArray[np.float32], places: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """For each place its distance from the middle of its run in half widths, and that half width."""
    share = np.full(profile.shape, 9.0)
    half = np.full(profile.shape, 1e-3)
    step = float(places[1] - places[0])
    for i, row in enumerate(profile):
        edges = np.flatnonzero(np.diff(np.r_[0, (row > 0).astype(np.int8), 0]))
        for low, high in zip(edges[::2], edges[1::2], strict=True):
            left = places[low] - min(float(row[low]), step)
            right = places[high - 1] + min(float(row[high - 1]), step)
            middle, reach = (left + right) / 2, max((right - left) / 2, 1e-6)
            here = np.abs(places - middle) / reach
            nearer = here < share[i]
            share[i][nearer], half[i][nearer] = here[nearer], reach
    return share, half
