"""Round things: a solid of revolution where the end view is a circle and every profile agrees."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from patent2tech.figures.model import Side
from patent2tech.shape.frames import FRAMES, Volume
from patent2tech.shape.hull import Grid, picture_size
from patent2tech.shape.outlines import Outline

_ROUND: Final = 0.975
"""Overlap of an end view with the circle of its box."""
_SQUARE_BOX: Final = 0.97
_STRAY_INK: Final = 0.25
"""Share of radii at which the end view has ink that is no full circle."""
_ALIKE: Final = 0.9
"""Overlap of all profiles, folded at the axis; without this test a set of stacked plates became a vase."""
_SOME: Final = 0.04
_MOST: Final = 0.7
_ANGLES: Final = 720

ENDS: Final = (
    (0, (Side.RIGHT, Side.LEFT)),
    (1, (Side.TOP, Side.BOTTOM)),
    (2, (Side.FRONT, Side.REAR)),
)


def revolved_axes(outlines: Mapping[Side, Outline]) -> list[int]:
    """Axes whose end views are circles with concentric lines only."""
    found = []
    for axis, ends in ENDS:
        checks = [_circle(outlines[side]) for side in ends if side in outlines]
        if checks and max(c[0] for c in checks) > _ROUND and min(c[1] for c in checks) < _STRAY_INK:
            found.append(axis)
    return found


def revolved_field(outlines: Mapping[Side, Outline], grid: Grid, axis: int) -> Volume | None:
    """The profile of all side views turned about an axis, or `None` when the profiles do not agree."""
    where = np.meshgrid(*grid.axes, indexing="ij", sparse=True)
    across = [i for i in range(3) if i != axis]
    radius = np.hypot(where[across[0]], where[across[1]])
    profiles = []
    for side, outline in outlines.items():
        frame = FRAMES[side]
        if frame.out[0] == axis:
            continue
        width, height = picture_size(frame, grid.extents)
        x0, y0, x1, y1 = outline.box
        unit_x, unit_y = (x1 - x0) / width, (y1 - y0) / height
        upright = frame.up[0] == axis
        along = where[axis] * (frame.up[1] if upright else frame.right[1])
        for fold in (1, -1):
            right = fold * radius if upright else along
            up = along if upright else fold * radius
            rows = (y0 + y1) / 2 - up * unit_y - 0.5
            columns = (x0 + x1) / 2 + right * unit_x - 0.5
            rows, columns = np.broadcast_arrays(rows, columns)
            taken = ndimage.map_coordinates(outline.distance, [rows, columns], order=1, mode="nearest")
            profiles.append((taken / ((unit_x + unit_y) / 2)).astype(np.float32))
    if not profiles:
        return None
    inside = [profile > 0 for profile in profiles]
    alike = np.logical_and.reduce(inside).sum() / max(1, np.logical_or.reduce(inside).sum())
    if alike < _ALIKE:
        return None
    middle: Volume = np.median(profiles, 0).astype(np.float32)
    return middle


def _circle(outline: Outline) -> tuple[float, float]:
    """How well the silhouette fills the ellipse of its box, and how much ink is not on a full circle."""
    width, height = (part.stop - part.start for part in outline.pixels[::-1])
    if min(width, height) / max(width, height) < _SQUARE_BOX:
        return 0.0, 1.0
    inside, ink = outline.inside[outline.pixels], outline.ink[outline.pixels]
    down, right = np.mgrid[:height, :width]
    disc = ((right - width / 2 + 0.5) / (width / 2)) ** 2 + ((down - height / 2 + 0.5) / (height / 2)) ** 2 <= 1
    overlap = float((disc & inside).sum() / (disc | inside).sum())
    return overlap, _stray(ink, width, height)


def _stray(ink: NDArray[np.bool_], width: int, height: int) -> float:
    rings = width // 2
    if rings < 12:  # noqa: PLR2004 - too small for lines inside
        return 0.0
    wide = cv2.dilate(ink.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    angle = np.linspace(0, 2 * np.pi, _ANGLES, endpoint=False)
    radius = (np.arange(4, rings - 4) + 0.5)[:, None] / rings
    columns = (width / 2 * (1 + radius * np.cos(angle))).astype(int).clip(0, width - 1)
    rows = (height / 2 * (1 + radius * np.sin(angle))).astype(int).clip(0, height - 1)
    share = wide[rows, columns].mean(1)
    return float(((share > _SOME) & (share < _MOST)).mean())
