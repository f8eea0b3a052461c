"""Cuts: regions of a view that are taken away down to a depth, and how a field looks after them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from patent2tech.figures.model import Side
from patent2tech.shape.cues import Cue
from patent2tech.shape.frames import FRAMES, Volume
from patent2tech.shape.hull import Grid, picture_size, sampled
from patent2tech.shape.images import signed_distance
from patent2tech.shape.remembering import remembered


class Basis(StrEnum):
    """Why a cut is as deep as it is."""

    LINES = "lines"
    LEVEL = "level"
    THROUGH = "through"
    OBLIQUE = "oblique"
    SECTION = "section"
    EQUAL_WALL = "equal_wall"
    GIVEN = "given"


@dataclass(frozen=True, slots=True)
class Cut:
    """A region of a view that is taken away down to a depth below the box's face; `None` is right through.

    `open_depths` is the range of depths that the lines of the straight views do not tell apart.
    """

    side: Side
    region: int
    depth: float | None
    basis: Basis
    gain: float
    open_depths: tuple[float, float] | None = None
    shell: float | None = None
    """The wall that a hollow leaves all around, where its floor follows the outside."""


def apply_cuts(field_: Volume, cuts: Sequence[Cut], cues: Mapping[Side, Cue], grid: Grid) -> Volume:
    """Make the same cuts, sharply, in a field of distances."""
    result = field_.copy()
    for cut in cuts:
        cue, frame = cues[cut.side], FRAMES[cut.side]
        seen = frame.seen(result)
        unit = picture_size(frame, grid.extents)[0] / (cue.box[2] - cue.box[0])
        across = _across(cue, cut.region, seen.shape[:2]) * unit
        deep = seen.shape[2]
        extent = grid.extents[frame.out[0]]
        places = (np.arange(deep) + 0.5) / deep * extent
        down = np.full(deep, 1.0, np.float32) if cut.depth is None else (cut.depth - places).astype(np.float32)
        hollow = np.minimum(across[:, :, None], down[None, None, :])
        if cut.shell is not None:
            np.minimum(hollow, below(frame.seen(field_)) - cut.shell, out=hollow)
        np.minimum(seen, -hollow, out=seen)
    return result


def _across(cue: Cue, region: int, shape: tuple[int, int]) -> NDArray[np.float32]:
    """Distance of each cell to the border of a region in pixels, positive inside."""
    known = _distances(cue)
    if (region, shape) not in known:
        known[region, shape] = sampled(signed_distance(cue.fine == region), cue.box, shape)
    return known[region, shape]


@remembered
def _distances(_: Cue) -> dict[tuple[int, tuple[int, int]], NDArray[np.float32]]:
    """What `_across` found so far: the same regions are cut again and again, to other depths."""
    return {}


def below(seen: NDArray[np.float32]) -> NDArray[np.float32]:
    """Distance to all faces but the near one: what a column has further away it keeps towards the viewer."""
    kept: NDArray[np.float32] = np.maximum.accumulate(seen[:, :, ::-1], axis=2)[:, :, ::-1]
    return kept
