"""Levelling: one region between lines is one face, so what the hull leaves standing on it is taken off.

The corners around round legs, for one: straight views leave the legs square, and the view from below shows circles.
They are too fine for the cells on which carving is judged. No other view may lose anything of its silhouette by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np

from patent2tech.figures.model import Side
from patent2tech.shape.cues import Cue
from patent2tech.shape.cuts import Basis, Cut, apply_cuts
from patent2tech.shape.frames import FRAMES, Volume
from patent2tech.shape.hull import Grid, sampled, surface_depth

_LEVEL_SHARE: Final = 0.7
"""Share of a region that must lie at one depth already."""
_LEAST_STANDING: Final = 4
"""Cells of a view that must stand higher."""
_NEAR: Final = 1.5
"""Cells around the level that belong to it."""
_LOST: Final = 2e-3
"""Share of a silhouette that may recede by more than a cell; more is something that stands there."""


def levelled(field: Volume, cues: Mapping[Side, Cue], grid: Grid) -> list[Cut]:
    """Cuts that take off what stands on faces which are level otherwise."""
    cuts: list[Cut] = []
    here = field
    for side, cue in cues.items():
        for label, depth in _levels(here, cue, grid):
            cut = Cut(side, label, depth, Basis.LEVEL, 0.0)
            trial = apply_cuts(here, [cut], cues, grid)
            if _shown_as_before(here, trial, cues, grid):
                here = trial
                cuts.append(cut)
    return cuts


def _levels(field: Volume, cue: Cue, grid: Grid) -> Iterator[tuple[int, float]]:
    """The regions on which something stands, and how deep below the box's face their level is."""
    seen = cue.frame.seen(field)
    deep = seen.shape[2]
    depth = surface_depth(seen)
    regions = sampled(cue.fine, cue.box, depth.shape, order=0).astype(np.int32)
    pitch = grid.extents[cue.frame.out[0]] / deep
    for label in np.unique(regions[regions > 0]):
        there = depth[(regions == label) & (depth < deep)]
        if len(there) < _LEAST_STANDING:
            continue
        level = float(np.bincount(np.round(there).astype(int)).argmax())
        near = np.abs(there - level) <= _NEAR
        if near.mean() > _LEVEL_SHARE and (there < level - _NEAR).sum() >= _LEAST_STANDING:
            yield int(label), float(np.median(there[near])) * pitch


def _shown_as_before(before: Volume, after: Volume, cues: Mapping[Side, Cue], grid: Grid) -> bool:
    """Whether no view's silhouette recedes."""
    for axis in {FRAMES[side].out[0] for side in cues}:
        one, other = before.max(axis), after.max(axis)
        lost = (one > 0) & (other < np.minimum(one, grid.pitch) - grid.pitch)
        if lost.sum() > _LOST * (one > 0).sum():
            return False
    return True
