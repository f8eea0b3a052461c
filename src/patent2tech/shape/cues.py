"""Cues: what the lines inside a silhouette say, on the cells of a grid: regions, line cells, planes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from patent2tech.figures.model import Side
from patent2tech.shape.frames import FRAMES, Frame
from patent2tech.shape.hull import Grid, sampled
from patent2tech.shape.images import Box, Grey, Mask, closed, inside_distance, nearest_labels, thinned
from patent2tech.shape.outlines import Outline
from patent2tech.shape.remembering import remembered

_LEAST_REGION: Final = 2e-4
"""Share of the view's box below which a region is a scrap between strokes."""
_SCRAP_WIDTHS: Final = 1.2
_RUN: Final = 0.06
"""A plane shows as a straight line at least this long, of the view's side."""
_LEAST_RUN: Final = 5
_SHORT_SIDE: Final = 3


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Cue:
    """One view's lines: `fine` labels each pixel of the figure with its region, `regions` each cell of the grid.

    `lines` are the cells with a line in them, `distance` the distance in cells to the nearest; `points` are the lines
    as shares of the box, down and right. `inner` is each pixel's distance to the contour.
    """

    side: Side
    fine: NDArray[np.int32]
    box: Box
    regions: NDArray[np.int32]
    lines: Mask
    distance: Grey
    points: NDArray[np.float64]
    inner: Grey
    inferred: bool = False
    """No figure shows this side; hidden edges of the opposite one tell what is there."""

    @property
    def frame(self) -> Frame:
        """How the view looks."""
        return FRAMES[self.side]


def cue_of(side: Side, outline: Outline, grid: Grid) -> Cue:
    """Read regions and lines of one view."""
    fine, points = regions_of(outline), _points(outline)
    shape = FRAMES[side].seen(np.empty(grid.shape, bool)).shape[:2]
    regions = sampled(fine, outline.box, shape, order=0).astype(np.int32)
    lines = np.zeros(shape, bool)
    cells = [(points[:, i] * shape[i]).astype(int).clip(0, shape[i] - 1) for i in (0, 1)]
    lines[cells[0], cells[1]] = True
    return Cue(side, fine, outline.box, regions, lines, distance_to(lines), points, outline.distance)


@remembered
def regions_of(outline: Outline) -> NDArray[np.int32]:
    """Each pixel of a silhouette with the number of its region between the lines."""
    return _regions(outline.inside, _ink(outline), outline)


@remembered
def _points(outline: Outline) -> NDArray[np.float64]:
    """The middle lines as shares of the box, down and right."""
    x0, y0, x1, y1 = outline.box
    rows, columns = outline.pixels
    top, left = max(0, rows.start - 2), max(0, columns.start - 2)
    down, right = np.nonzero(thinned(_ink(outline)[top : rows.stop + 2, left : columns.stop + 2]))
    return np.stack([(down + top + 0.5 - y0) / (y1 - y0), (right + left + 0.5 - x0) / (x1 - x0)], 1)


def _ink(outline: Outline) -> Mask:
    return closed(outline.ink, 1) | (np.abs(outline.distance) <= outline.width / 2)


def distance_to(lines: Mask) -> Grey:
    """Distance in cells to the nearest line cell."""
    distance = cv2.distanceTransform((~lines).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_3)
    return distance.astype(np.float32)


def planes(cues: Mapping[Side, Cue], grid: Grid) -> tuple[NDArray[np.float64], ...]:
    """For each axis the coordinates at which straight lines of some view show a face."""
    found: tuple[list[float], list[float], list[float]] = ([], [], [])
    for cue in cues.values():
        for dimension, (axis, sign) in enumerate((cue.frame.up, cue.frame.right)):
            downwards = -sign if dimension == 0 else sign
            for share in _runs(cue, dimension):
                found[axis].append(downwards * (share - 0.5) * grid.extents[axis])
    return tuple(_apart(np.array(values), grid.pitch) for values in found)


def _regions(inside: Mask, ink: Mask, outline: Outline) -> NDArray[np.int32]:
    """Label what lies between the lines; scraps and the lines themselves go to the nearest region."""
    open_ = (inside & ~ink).astype(np.uint8)
    count, found, stats, _ = cv2.connectedComponentsWithStats(open_, connectivity=4)
    labels = found.astype(np.int32)
    least = outline.size[0] * outline.size[1] * _LEAST_REGION + 30
    deep = np.zeros(count, np.float32)
    np.maximum.at(deep, labels.ravel(), inside_distance(open_ > 0).ravel())
    scrap = (stats[:, cv2.CC_STAT_AREA] < least) | (deep < _SCRAP_WIDTHS * 1.5)
    scrap[0] = True
    if scrap.all():
        return inside.astype(np.int32)
    labels = np.where(scrap[labels], 0, labels).astype(np.int32)
    return np.where(inside, nearest_labels(labels), 0).astype(np.int32)


def _runs(cue: Cue, dimension: int) -> list[float]:
    """Where straight lines run across a view, as shares of its side."""
    lines = cue.lines if dimension == 0 else cue.lines.T
    along = cue.points[:, dimension]
    thick = lines.copy()
    thick[1:] |= lines[:-1]
    thick[:-1] |= lines[1:]
    length = lines.shape[1]
    longest = np.array([_longest(row) for row in thick])
    count = lines.sum(1)
    good = (longest >= max(_LEAST_RUN, _RUN * length)) & (count >= max(_SHORT_SIDE, _RUN / 2 * length))
    cells = np.minimum((along * len(lines)).astype(int), len(lines) - 1)
    places = []
    for first, last in _stretches(good):
        best = first + int(np.argmax(count[first:last]))
        here = along[cells == best]
        places.append(float(np.median(here)) if len(here) else (best + 0.5) / len(lines))
    return places


def _longest(row: Mask) -> int:
    edges = np.flatnonzero(np.diff(np.r_[0, row.astype(np.int8), 0]))
    return int((edges[1::2] - edges[::2]).max()) if len(edges) else 0


def _stretches(row: Mask) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.r_[0, row.astype(np.int8), 0]))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _apart(values: NDArray[np.float64], least: float) -> NDArray[np.float64]:
    """The values without those that are closer than a cell to the one before, averaged."""
    if not len(values):
        return values
    values = np.sort(values)
    groups = np.split(values, np.flatnonzero(np.diff(values) > least) + 1)
    return np.array([float(np.mean(group)) for group in groups])
