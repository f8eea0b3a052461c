"""Section views: hatching shows where there is material in one plane, which gives true depths and hidden hollows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from patent2tech.figures.model import Side
from patent2tech.shape.cues import Cue
from patent2tech.shape.cuts import Basis, Cut, apply_cuts
from patent2tech.shape.frames import FRAMES, Volume
from patent2tech.shape.hull import Grid, picture_size, sampled
from patent2tech.shape.images import (
    Box,
    Mask,
    box_of,
    closed,
    filled,
    grown,
    inside_distance,
    numbered,
    opened,
    signed_distance,
)
from patent2tech.shape.outlines import Outline

_HATCH_PIXELS: Final = 13
"""Half the widest gap between hatch lines at working size."""
_CELLS: Final = 6
"""Hatched faces have at least this many strips between their lines."""
_ASPECT: Final = 0.12
_FITS: Final = 0.8
"""Overlap of the section's outline with the solid's slice from which its plane is known."""
_PLACES: Final = 21
_CENTRAL: Final = 0.02
"""How much better, in overlap, a plane off the middle must fit than one through it."""
_SAMPLES: Final = 15
_VOID_SHARE: Final = 0.004
_BETTER: Final = 0.8
_SNAP: Final = 1.6
"""Cells within which section and assumption say the same, and the assumption is the finer measure."""


@dataclass(frozen=True, slots=True, eq=False)
class Section:
    """A plane across an axis at a coordinate, seen from a side, and the material in it as the figure shows it."""

    outline: Outline
    side: Side
    at: float
    material: Mask
    box: Box
    overlap: float

    @property
    def axis(self) -> int:
        """The axis across which the plane lies."""
        return FRAMES[self.side].out[0]

    def shown(self, grid: Grid) -> Mask:
        """The material on the cells of a grid's slice."""
        shape = FRAMES[self.side].seen(np.empty(grid.shape, bool)).shape[:2]
        return sampled(self.material, self.box, shape) > 0.5  # noqa: PLR2004 - half covered

    def slice_of(self, field: Volume, grid: Grid) -> Mask:
        """The solid's material in the plane."""
        seen = FRAMES[self.side].seen(field)
        return np.asarray(seen[:, :, self.index(grid)] > 0)

    def index(self, grid: Grid) -> int:
        """The depth index of the plane in the side's view."""
        axis, sign = FRAMES[self.side].out
        count, extent = grid.shape[axis], grid.extents[axis]
        return int(np.clip((0.5 - sign * self.at / extent) * count, 0, count - 1))

    def mismatch(self, field: Volume, grid: Grid) -> float:
        """Share of the plane in which solid and figure differ."""
        return float((self.slice_of(field, grid) ^ self.shown(grid)).mean())


def locate(outline: Outline, field: Volume, grid: Grid) -> Section | None:
    """Find the plane of a section figure and the material in it, or `None` when it does not fit the solid."""
    material = hatched(outline)
    if material is None:
        return None
    best: Section | None = None
    for side, frame in FRAMES.items():
        width, height = picture_size(frame, grid.extents)
        if abs(np.log(outline.size[0] / outline.size[1] * height / width)) > _ASPECT:
            continue
        axis = frame.out[0]
        for share in np.linspace(-0.4, 0.4, _PLACES):
            trial = Section(outline, side, float(share * grid.extents[axis]), material, outline.box, 0.0)
            overlap = _fit(trial.shown(grid), filled(trial.slice_of(field, grid))) - _CENTRAL * abs(float(share))
            if best is None or overlap > best.overlap:
                best = replace(trial, overlap=overlap)
    return best if best is not None and best.overlap > _FITS else None


def _fit(shown: Mask, there: Mask) -> float:
    """How well material fits a slice of the hull: it lies within it, and reaches as far."""
    within = float((shown & there).sum() / max(1, shown.sum()))
    one, other = box_of(shown), box_of(there)
    left, top, right, bottom = (
        max(one[0], other[0]),
        max(one[1], other[1]),
        min(one[2], other[2]),
        min(one[3], other[3]),
    )
    common = max(0, right - left) * max(0, bottom - top)
    area = [(x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in (one, other)]
    return within * common / max(1, sum(area) - common)


def hatched(outline: Outline) -> Mask | None:
    """Where a figure is hatched: many narrow strips between parallel lines; `None` where it is not."""
    white = outline.inside & ~outline.raw
    count, labels, stats, _ = cv2.connectedComponentsWithStats(white.astype(np.uint8), connectivity=4)
    deep = np.zeros(count, np.float32)
    np.maximum.at(deep, labels.ravel().astype(np.intp), inside_distance(white).ravel())
    area = stats[:, cv2.CC_STAT_AREA]
    strip = (deep <= _HATCH_PIXELS) & (area > _CELLS)
    strip[0] = False
    if strip.sum() < _CELLS:
        return None
    strips: Mask = strip[labels]
    material = closed(strips, max(2, round(outline.width * 1.2))) & outline.inside
    material = opened(material, 2)
    return material if material.any() else None


def depths_by_section(
    field: Volume, cuts: Sequence[Cut], cues: Mapping[Side, Cue], grid: Grid, section: Section
) -> list[Cut]:
    """Cuts whose depth was open, at the depth that the section shows."""
    settled = list(cuts)
    for i, cut in enumerate(settled):
        if cut.basis not in {Basis.EQUAL_WALL, Basis.OBLIQUE} or FRAMES[cut.side].out[0] == section.axis:
            continue
        rest = apply_cuts(field, settled[:i] + settled[i + 1 :], cues, grid)
        extent = grid.extents[FRAMES[cut.side].out[0]]
        before = section.mismatch(apply_cuts(rest, [cut], cues, grid), grid)
        without = section.mismatch(rest, grid)
        depths: list[float | None] = [*np.linspace(0.04, 0.98, _SAMPLES) * extent, None]
        wrong = {
            depth: section.mismatch(apply_cuts(rest, [replace(cut, depth=depth)], cues, grid), grid) for depth in depths
        }
        best = min(wrong, key=lambda depth: wrong[depth])
        if best is not None:
            step = extent / _SAMPLES / 2
            for _ in range(3):
                for depth in (best - step, best + step):
                    wrong[depth] = section.mismatch(apply_cuts(rest, [replace(cut, depth=depth)], cues, grid), grid)
                best = min(wrong, key=lambda depth: wrong[depth])
                step /= 2
                if best is None:
                    break
        if best is not None and cut.depth is not None and abs(best - cut.depth) < _SNAP * grid.pitch:
            settled[i] = replace(cut, basis=Basis.SECTION, open_depths=None)
        elif wrong[best] < min(before, without) or (wrong[best] <= before < without):
            settled[i] = replace(
                cut, depth=None if best is None else float(best), basis=Basis.SECTION, open_depths=None
            )
    return settled


def hollowed(field: Volume, grid: Grid, section: Section, round_axes: Sequence[int]) -> Volume | None:
    """The field without the hollows that only the section shows, or `None` when it shows none.

    About an axis of revolution a hollow is turned; else it reaches to both sides as far as leaves the wall that it has
    in the plane.
    """
    slice_, shown = section.slice_of(field, grid), section.shown(grid)
    void = _enclosed(opened(slice_ & ~shown, 1), slice_)
    if void.mean() < _VOID_SHARE:
        return None
    frame = FRAMES[section.side]
    unit = picture_size(frame, grid.extents)[0] / void.shape[1]
    inside = signed_distance(void) * unit
    turned = [axis for axis in round_axes if axis != section.axis]
    if turned:
        return np.minimum(field, -_turned(inside, grid, section, turned[0]))
    wall = _wall(slice_, void) * unit
    result = field.copy()
    seen = frame.seen(result)
    reach = frame.seen(field) - wall
    np.minimum(seen, -np.minimum(inside[:, :, None], reach), out=seen)
    before, after = section.mismatch(field, grid), section.mismatch(result, grid)
    return result if after < _BETTER * before else None


def _enclosed(void: Mask, slice_: Mask) -> Mask:
    """The pieces that lie wholly inside the slice; an open recess is what carving is for."""
    pieces = numbered(void)
    outside = grown(~np.pad(slice_, 1), 2)[1:-1, 1:-1]
    open_ = np.unique(pieces[outside])
    kept: Mask = void & ~np.isin(pieces, open_)
    return kept


def _turned(inside: NDArray[np.float32], grid: Grid, section: Section, axis: int) -> Volume:
    """A hollow in a plane through an axis, turned about it."""
    from scipy import ndimage

    frame = FRAMES[section.side]
    where = np.meshgrid(*grid.axes, indexing="ij", sparse=True)
    across = [i for i in range(3) if i != axis]
    radius = np.hypot(where[across[0]], where[across[1]])
    rows, columns = inside.shape
    width, height = picture_size(frame, grid.extents)
    deepest: Volume | None = None
    for fold in (1, -1):
        upright = frame.up[0] == axis
        along = where[axis] * (frame.up[1] if upright else frame.right[1])
        right, up = (fold * radius, along) if upright else (along, fold * radius)
        down = (0.5 - up / height) * rows - 0.5
        over = (0.5 + right / width) * columns - 0.5
        down, over = np.broadcast_arrays(down, over)
        taken = ndimage.map_coordinates(inside, [down, over], order=1, mode="nearest").astype(np.float32)
        deepest = taken if deepest is None else np.maximum(deepest, taken)
    assert deepest is not None  # noqa: S101 - two folds were taken
    return deepest


def _wall(slice_: Mask, void: Mask) -> float:
    """Median thickness in cells between a hollow and the outside."""
    distance = inside_distance(filled(slice_))
    rim = void & ~(cv2.erode(void.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0)
    return float(np.median(distance[rim])) if rim.any() else 2.0
