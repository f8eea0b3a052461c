"""Views that look from elsewhere than they say: plan views turned on the sheet, left and right mixed up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from patent2tech.figures.model import Side
from patent2tech.shape.cues import cue_of
from patent2tech.shape.extents import agree
from patent2tech.shape.frames import FRAMES, OPPOSITE, Value
from patent2tech.shape.hull import grid_of, hull_field, sampled
from patent2tech.shape.images import Mask, bounds_of, grown
from patent2tech.shape.outlines import Outline
from patent2tech.shape.scene import Scene

_CELLS: Final = 48
_HALF: Final = 100
"""Of 255: a thin line stays whole when it is turned."""
_MISFIT: Final = 0.04
"""Residual of the extents from which a plan view may be turned."""
_SQUARE: Final = 0.05
_UNFILLED: Final = 0.06
"""Share of a silhouette that the hull leaves empty, from which views are tried the other way round."""
_FILLED: Final = 0.5
_ALIKE: Final = 0.01
_INSIDE: Final = 0.6
_WAYS: Final = tuple(
    sides + plans
    for sides in ((), (Side.LEFT, Side.RIGHT), (Side.LEFT,), (Side.RIGHT,))
    for plans in ((), (Side.TOP,), (Side.BOTTOM,), (Side.TOP, Side.BOTTOM))
    if sides + plans
)
_BETTER: Final = 0.9
"""A turned view must lower the cost of the lines to this share."""


def turned(outline: Outline, quarter: int) -> Outline:
    """The outline turned anticlockwise by quarters."""
    height, width = outline.ink.shape
    x0, y0, x1, y1 = outline.box
    for _ in range(quarter % 4):
        x0, y0, x1, y1 = y0, width - x1, y1, width - x0
        height, width = width, height

    def turn(image: NDArray[Value]) -> NDArray[Value]:
        return np.ascontiguousarray(np.rot90(image, quarter))

    return replace(
        outline,
        ink=turn(outline.ink),
        raw=turn(outline.raw),
        loose=turn(outline.loose),
        distance=turn(outline.distance),
        claimed=None if outline.claimed is None else turn(outline.claimed),
        origin=None if quarter % 4 else outline.origin,
        box=(x0, y0, x1, y1),
    )


def rolled(outline: Outline, degrees: float) -> Outline:
    """The outline turned anticlockwise by an angle, on a sheet as large as that takes."""
    height, width = outline.ink.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    c, s = np.abs(turn[0, :2])
    size = int(np.ceil(width * c + height * s)), int(np.ceil(width * s + height * c))
    turn[:, 2] += (size[0] - width) / 2, (size[1] - height) / 2

    def mask(image: Mask) -> Mask:
        return cv2.warpAffine(image.astype(np.uint8) * 255, turn, size, flags=cv2.INTER_LINEAR) > _HALF

    distance = cv2.warpAffine(outline.distance, turn, size, flags=cv2.INTER_LINEAR, borderValue=-float(max(size)))
    return replace(
        outline,
        ink=mask(outline.ink),
        raw=mask(outline.raw),
        loose=mask(outline.loose),
        distance=np.asarray(distance, np.float32),
        box=bounds_of(np.asarray(distance, np.float32)),
        claimed=None if outline.claimed is None else mask(outline.claimed),
        origin=None,
    )


def upright_plans(outlines: Mapping[Side, Outline]) -> dict[Side, Outline]:
    """Turn plan views to where their sides and lines agree with the other views; both at once, as they lie alike."""
    plans = [side for side in (Side.TOP, Side.BOTTOM) if side in outlines]
    if not plans or len(outlines) < 2 or not any(_may_lie(outlines, side) for side in plans):  # noqa: PLR2004 - nothing to agree with
        return dict(outlines)
    ways = {side: [outlines[side], turned(outlines[side], 1), turned(outlines[side], 3)] for side in plans}
    trials = [
        {**outlines, **dict(zip(plans, lying, strict=True))} for lying in product(*(ways[side] for side in plans))
    ]
    residuals = [agree({one: outline.size for one, outline in trial.items()}).residual for trial in trials]
    likely = [i for i, residual in enumerate(residuals) if residual < min(residuals) + _MISFIT]
    costs = {i: disagreement(trials[i]) for i in {0, *likely}}
    best = min(costs, key=lambda i: costs[i])
    return trials[best] if best and costs[best] < _BETTER * costs[0] else dict(outlines)


def _may_lie(outlines: Mapping[Side, Outline], side: Side) -> bool:
    """Whether a plan view does not fit the others as it is, or is too square to tell."""
    width, height = outlines[side].size
    residual = agree({one: outline.size for one, outline in outlines.items()}).residual
    return residual >= _MISFIT or abs(np.log(width / height)) <= _SQUARE


def exchanged(outlines: Mapping[Side, Outline]) -> tuple[dict[Side, Outline], tuple[Side, ...]]:
    """The views with those put right that show the other way round, and which; none where all agree as they are.

    Left and right are mixed up in captions, and a plan view may be drawn with the rear at its foot. The solid that all
    silhouettes leave tells: it fills each of them only if they look from where they say.
    """
    before = _unfilled(outlines)
    if before < _UNFILLED:
        return dict(outlines), ()
    trials = [(_changed(outlines, way), way) for way in _WAYS if all(side in outlines for side in way)]
    costs = [_unfilled(trial) for trial, _ in trials]
    if not costs or min(costs) > _FILLED * before:
        return dict(outlines), ()
    good = [trial for trial, cost in zip(trials, costs, strict=True) if cost < min(costs) + _ALIKE]
    return min(good, key=lambda trial: disagreement(trial[0])) if len(good) > 1 else good[0]


def _changed(outlines: Mapping[Side, Outline], way: tuple[Side, ...]) -> dict[Side, Outline]:
    """Left and right exchanged, and plan views turned by a half, as far as the way names them."""
    new = dict(outlines)
    for side in way:
        if side in {Side.TOP, Side.BOTTOM}:
            new[side] = turned(outlines[side], 2)
        else:
            new.pop(side)
    new.update({OPPOSITE[side]: outlines[side] for side in way if side in {Side.LEFT, Side.RIGHT}})
    return new


def _unfilled(outlines: Mapping[Side, Outline]) -> float:
    """Share of the silhouettes, at worst, that the solid of all of them leaves empty."""
    agreed = agree({side: outline.size for side, outline in outlines.items()})
    grid = grid_of(agreed.extents, _CELLS, 6)
    solid = hull_field(outlines, grid) > 0
    worst = 0.0
    for side, outline in outlines.items():
        there = sampled(outline.inside, outline.box, FRAMES[side].seen(solid).shape[:2]) > _INSIDE
        # What is thinner than a cell is not missed.
        filled_ = grown(np.asarray(FRAMES[side].seen(solid).any(2)), 1)
        worst = max(worst, float((there & ~filled_).sum() / max(1, there.sum())))
    return worst


def disagreement(outlines: Mapping[Side, Outline]) -> float:
    """How badly sides and lines of all views disagree."""
    agreed = agree({side: outline.size for side, outline in outlines.items()})
    grid = grid_of(agreed.extents, _CELLS, 6)
    solid = hull_field(outlines, grid) > 0
    if not solid.any():
        return np.inf
    scene = Scene(solid, {side: cue_of(side, outline, grid) for side, outline in outlines.items()})
    lost = sum(float(((cue.regions > 0) & (scene.faces[side].solid == 0)).sum()) for side, cue in scene.cues.items())
    return (1 + scene.cost + 3 * lost) * (1 + 10 * agreed.residual)
