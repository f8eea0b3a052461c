"""Sloping faces: a ring between two lines of a view that are not alike (a circle, a square) blends one into the other.

Straight silhouettes leave such a thing with the corners of a pyramid. Along the ring every line between the two has one
depth, the deepest at which the hull lies there. The oblique figure decides whether that is what is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from patent2tech.figures.model import Side
from patent2tech.shape.cameras import fit_camera
from patent2tech.shape.cues import Cue, cue_of
from patent2tech.shape.frames import Volume
from patent2tech.shape.hull import Grid, picture_size, sampled, surface_depth
from patent2tech.shape.images import Mask, filled, grown, inside_distance, signed_distance
from patent2tech.shape.outlines import Outline
from patent2tech.shape.seeing import Sight

_LEAST: Final = 0.01
"""Share of the view that ring and core take at least."""
_BANDS: Final = 24
_DEEPEST: Final = 95
"""Percentile of the hull's depths in a band that is taken as the deepest."""
_STEEP: Final = 4
"""Cells that a ring must fall from its inner line to its outer one, and by which the hull must differ along a band."""
_SUDDEN: Final = 0.7
"""Share of the fall that the first and the last quarter of the ring take at most; more is a step, or the contour."""
_LEVEL: Final = 0.6
_RAYS: Final = 360
_STRAIGHT: Final = 1.5
"""Cells off a straight line up to which a slope is straight."""
_BETTER: Final = 0.93
"""The oblique figure must agree better than without the slope by this factor."""


@dataclass(frozen=True, slots=True, eq=False)
class Slope:
    """A ring of a view: where between its lines each pixel lies (0 inner, 1 outer), and how deep each place is.

    `around` is the face outside the ring, which is level at `foot`.
    """

    cue: Cue
    ring: Mask
    place: NDArray[np.float32]
    depths: NDArray[np.float64]
    around: Mask
    foot: float


def find_slopes(outlines: Mapping[Side, Outline], field: Volume, grid: Grid, oblique: Outline) -> list[Slope]:
    """The slopes with which the oblique figure agrees clearly better."""
    trials = [
        slope for side, outline in outlines.items() for slope in _slopes(cue_of(side, outline, grid), field, grid)
    ]
    if not trials:
        return []
    directions = oblique.figure.view.direction
    found: list[Slope] = []
    best = field
    cost = Sight(oblique, fit_camera(oblique, field, grid, directions), grid).cost(field)
    for slope in trials:
        trial = sloped(best, grid, [slope])
        worth = Sight(oblique, fit_camera(oblique, trial, grid, directions), grid).cost(trial)
        if worth < _BETTER * cost:
            found.append(slope)
            best, cost = trial, worth
    return found


def sloped(field: Volume, grid: Grid, slopes: list[Slope]) -> Volume:
    """The field with faces that slope."""
    result = field.copy()
    for slope in slopes:
        cue = slope.cue
        seen = cue.frame.seen(result)
        shape = seen.shape[:2]
        unit = picture_size(cue.frame, grid.extents)[0] / (cue.box[2] - cue.box[0])
        deep, extent = seen.shape[2], grid.extents[cue.frame.out[0]]
        below = ((np.arange(deep) + 0.5) / deep * extent)[None, None, :]
        place = sampled(slope.place, cue.box, shape).clip(0, 1)
        down = np.interp(place, np.linspace(0, 1, len(slope.depths)), slope.depths)
        for mask, depth in ((slope.ring, down), (slope.around, np.full(shape, slope.foot))):
            across = sampled(signed_distance(mask), cue.box, shape) * unit if mask.any() else np.full(shape, -1.0)
            hollow = np.minimum(across[:, :, None], depth[:, :, None] - below)
            np.minimum(seen, -hollow.astype(np.float32), out=seen)
    return result


def _slopes(cue: Cue, field: Volume, grid: Grid) -> list[Slope]:
    found = []
    seen = cue.frame.seen(field)
    deep, extent = seen.shape[2], grid.extents[cue.frame.out[0]]
    depth = surface_depth(seen)
    sizes = np.bincount(cue.fine.ravel())
    sizes[0] = 0
    area = float(sizes.sum())
    for label in np.flatnonzero((sizes > 0) & (sizes >= _LEAST * area)):
        ring = cue.fine == label
        whole = filled(ring)
        core = whole & ~ring
        if core.sum() < _LEAST * area:
            continue
        place = _place(core, whole)
        here = (sampled(ring, cue.box, depth.shape, order=0) > 0) & (depth < deep)
        bands = (sampled(place, cue.box, depth.shape) * _BANDS).astype(int).clip(0, _BANDS - 1)
        levels = [depth[here & (bands == band)] for band in range(_BANDS)]
        if any(len(level) < 3 for level in levels):  # noqa: PLR2004 - too narrow
            continue
        deepest = np.maximum.accumulate([float(np.percentile(level, _DEEPEST)) for level in levels])
        uneven = float(np.mean([np.ptp(np.percentile(level, (5, 95))) for level in levels]))
        fall = deepest[-1] - deepest[0]
        quarter = _BANDS // 4
        step = max(deepest[quarter] - deepest[0], deepest[-1] - deepest[-1 - quarter]) > _SUDDEN * fall
        if fall < _STEEP or step or uneven < _STEEP / 2 or deepest[-1] >= deep:
            continue
        around, foot = _around(cue, whole, depth, float(deepest[-1]))
        scale = extent / deep
        top = min(float(np.percentile(levels[0], 100 - _DEEPEST)), float(deepest[0]))
        found.append(Slope(cue, ring, place, _smooth(np.r_[top, deepest]) * scale, around, foot * scale))
    return found


def _smooth(depths: NDArray[np.float64]) -> NDArray[np.float64]:
    """The depths from the inner line to the outer one, along a straight line where they are hardly off it."""
    straight = np.linspace(depths[0], depths[-1], len(depths))
    if np.abs(depths - straight).max() < _STRAIGHT:
        return straight
    even = np.convolve(np.pad(depths, 2, mode="edge"), np.full(5, 0.2), "valid")
    even[0], even[-1] = depths[0], depths[-1]
    return np.asarray(even, np.float64)


def _place(core: Mask, whole: Mask) -> NDArray[np.float32]:
    """Where between a core and the rim of the whole each pixel lies, 0 to 1.

    The lines that span such a face run between the shortest way and the one away from the middle, so both are asked.
    """
    to_core = cv2.distanceTransform((~core).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    shortest = to_core / np.maximum(to_core + inside_distance(whole), 1)
    middle = np.argwhere(core).mean(0)
    down, right = (part - at for part, at in zip(np.indices(core.shape), middle, strict=True))
    away = np.hypot(down, right)
    around = np.asarray((np.arctan2(down, right) / np.pi + 1) / 2 * (_RAYS - 1), np.intp)
    reach = [np.zeros(_RAYS, np.float32), np.zeros(_RAYS, np.float32)]
    for far, mask in zip(reach, (core, whole), strict=True):
        np.maximum.at(far, around[mask], away[mask])
    inner, outer = (far[around] for far in reach)
    along = ((away - inner) / np.maximum(outer - inner, 1)).clip(0, 1)
    return np.asarray((shortest + along) / 2, np.float32)


def _around(cue: Cue, whole: Mask, depth: NDArray[np.float64], foot: float) -> tuple[Mask, float]:
    """The face around a ring, if most of it is level and no higher than the ring's foot."""
    beside = cue.fine[grown(whole, 3) & ~whole]
    nothing = np.zeros(whole.shape, bool)
    labels, count = np.unique(beside[beside > 0], return_counts=True)
    if not len(labels):
        return nothing, foot
    around = cue.fine == labels[int(np.argmax(count))]
    here = depth[sampled(around, cue.box, depth.shape, order=0) > 0]
    level = float(np.median(here)) if len(here) else 0.0
    even = len(here) and (np.abs(here - level) <= 1).mean() > _LEVEL
    return (around, level) if even and level >= foot - 2 else (nothing, foot)
