"""Plan views turned on the sheet: a top or bottom view drawn with another side at its foot is turned back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from patent2tech.figures.model import Side
from patent2tech.shape.cues import cue_of
from patent2tech.shape.extents import agree
from patent2tech.shape.frames import Value
from patent2tech.shape.hull import grid_of, hull_field
from patent2tech.shape.outlines import Outline
from patent2tech.shape.scene import Scene

_CELLS: Final = 48
_MISFIT: Final = 0.04
"""Residual of the extents from which a plan view may be turned."""
_SQUARE: Final = 0.05
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
        box=(x0, y0, x1, y1),
    )


def upright_plans(outlines: Mapping[Side, Outline]) -> dict[Side, Outline]:
    """Turn plan views to where their sides and lines agree with the other views."""
    best = dict(outlines)
    for side in (Side.TOP, Side.BOTTOM):
        if side not in best or len(best) < 2:  # noqa: PLR2004 - nothing to agree with
            continue
        width, height = best[side].size
        residual = agree({one: outline.size for one, outline in best.items()}).residual
        if residual < _MISFIT and abs(np.log(width / height)) > _SQUARE:
            continue
        costs = {}
        for quarter in (0, 1, 3):
            trial = {**best, side: turned(best[side], quarter)}
            costs[quarter] = _cost(trial)
        chosen = min(costs, key=lambda quarter: costs[quarter])
        if chosen and costs[chosen] < _BETTER * costs[0]:
            best[side] = turned(best[side], chosen)
    return best


def _cost(outlines: Mapping[Side, Outline]) -> float:
    """How badly sides and lines of all views disagree."""
    agreed = agree({side: outline.size for side, outline in outlines.items()})
    grid = grid_of(agreed.extents, _CELLS, 6)
    solid = hull_field(outlines, grid) > 0
    if not solid.any():
        return np.inf
    scene = Scene(solid, {side: cue_of(side, outline, grid) for side, outline in outlines.items()})
    lost = sum(float(((cue.regions > 0) & (scene.faces[side].solid == 0)).sum()) for side, cue in scene.cues.items())
    return (scene.cost + 3 * lost) * (1 + 10 * agreed.residual)
