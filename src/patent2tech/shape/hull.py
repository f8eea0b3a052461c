"""The hull: the largest solid that fits every silhouette, as a field of distances (positive inside)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from patent2tech.figures.model import Side
from patent2tech.shape.frames import FRAMES, Frame, Volume
from patent2tech.shape.images import Box
from patent2tech.shape.outlines import Outline

Extents = tuple[float, float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Cell centres along x, y, z around the origin; the longest side is 1."""

    axes: tuple[NDArray[np.float64], ...]
    extents: Extents

    @property
    def shape(self) -> tuple[int, int, int]:
        """Cells along x, y, z."""
        return len(self.axes[0]), len(self.axes[1]), len(self.axes[2])

    @property
    def pitch(self) -> float:
        """Size of a cell along the longest axis."""
        axis = max(range(3), key=lambda i: self.extents[i])
        return self.extents[axis] / len(self.axes[axis])


def grid_of(extents: Extents, cells: int, least: int = 12) -> Grid:
    """A grid over a box of these extents."""
    axes = []
    for extent in extents:
        count = max(least, round(cells * extent))
        axes.append((np.arange(count) + 0.5) / count * extent - extent / 2)
    return Grid(tuple(axes), extents)


def picture_size(frame: Frame, extents: Extents) -> tuple[float, float]:
    """Width and height of the thing in a view."""
    return extents[frame.right[0]], extents[frame.up[0]]


def sampled(
    image: NDArray[np.number | np.bool_], box: Box, shape: tuple[int, int], order: int = 1
) -> NDArray[np.float32]:
    """The part of an image in the box, at the centres of rows x columns cells."""
    x0, y0, x1, y1 = box
    down = (y0 + (np.arange(shape[0]) + 0.5) / shape[0] * (y1 - y0) - 0.5).clip(0, image.shape[0] - 1)
    right = (x0 + (np.arange(shape[1]) + 0.5) / shape[1] * (x1 - x0) - 0.5).clip(0, image.shape[1] - 1)
    if not order:
        nearest = np.ix_(np.floor(down + 0.5).astype(int), np.floor(right + 0.5).astype(int))
        return np.asarray(image[nearest], np.float32)
    above, left = down.astype(int), right.astype(int)
    further = np.minimum(above + 1, image.shape[0] - 1), np.minimum(left + 1, image.shape[1] - 1)
    low, across = (down - above)[:, None], right - left
    upper, lower = (
        image[np.ix_(row, left)] * (1 - across) + image[np.ix_(row, further[1])] * across for row in (above, further[0])
    )
    return np.asarray(upper * (1 - low) + lower * low, np.float32)


def hull_field(outlines: Mapping[Side, Outline], grid: Grid) -> Volume:
    """The smallest of all silhouettes' distances, in units of the thing."""
    field = np.full(grid.shape, np.inf, np.float32)
    for side, outline in outlines.items():
        frame = FRAMES[side]
        seen = frame.seen(field)
        unit = picture_size(frame, grid.extents)[0] / (outline.box[2] - outline.box[0])
        distance = sampled(outline.distance, outline.box, seen.shape[:2]) * unit
        np.minimum(seen, distance[:, :, None], out=seen)
    return field


def surface_depth(seen: NDArray[np.float32]) -> NDArray[np.float64]:
    """Depth of the surface in each column, in cells and parts of them; one past the last where there is none."""
    inside = seen > 0
    first = inside.argmax(2)
    after = np.take_along_axis(seen, first[:, :, None], 2)[:, :, 0]
    before = np.take_along_axis(seen, np.maximum(first - 1, 0)[:, :, None], 2)[:, :, 0]
    part = np.where(first > 0, after / np.maximum(after - before, 1e-9), 0.5)
    return np.asarray(np.where(inside.any(2), first + 0.5 - part.clip(0, 1), seen.shape[2]), np.float64)
