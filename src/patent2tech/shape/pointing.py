"""Pointing: where the lead lines of reference numerals end on the solid. A lead that misses it gives no place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from patent2tech.figures.model import Numeral, Side
from patent2tech.shape.cameras import Fitted
from patent2tech.shape.frames import FRAMES, Volume
from patent2tech.shape.hull import Grid
from patent2tech.shape.model import PartPlace
from patent2tech.shape.outlines import Outline

_NEAR: Final = 3
"""Cells beside the end of a lead within which the solid must begin: leads end on contours."""
_TRUSTED: Final = 0.9
"""Overlap from which an oblique figure tells where on the solid a lead ends."""

Vector = NDArray[np.float64]


def places_of_parts(
    outlines: Mapping[Side, Outline], fits: Sequence[tuple[Outline, Fitted]], field: Volume, grid: Grid
) -> tuple[PartPlace, ...]:
    """The places of all numerals whose leads end on the solid, each figure for itself."""
    places = []
    for side, outline in outlines.items():
        axis, sign = FRAMES[side].out
        for numeral, right, down in _leads(outline):
            at = _met(side, right, down, field, grid)
            if at is not None:
                places.append(_place(numeral, outline, at, np.eye(3)[axis] * sign))
    for outline, fitted in fits:
        for numeral, right, down in _leads(outline) if fitted.overlap >= _TRUSTED else ():
            at = _looked_at(fitted, right, down, field, grid)
            if at is not None:
                places.append(_place(numeral, outline, at, fitted.camera.eye))
    return tuple(places)


def _place(numeral: Numeral, outline: Outline, at: Vector, towards: Vector) -> PartPlace:
    x, y, z = (round(float(value), 4) for value in at)
    a, b, c = (round(float(value), 4) for value in towards)
    return PartPlace(numeral.text, numeral.part, outline.figure.label, (x, y, z), (a, b, c))


def _leads(outline: Outline) -> Iterator[tuple[Numeral, float, float]]:
    """The numerals with a lead, and where it ends as shares of the outline's box, right and down."""
    if outline.origin is None:
        return
    x0, y0, x1, y1 = outline.box
    for numeral in outline.figure.numerals:
        if numeral.tip is None:
            continue
        x, y = ((numeral.tip[i] - outline.origin[i]) * outline.scale for i in (0, 1))
        yield numeral, (x - x0) / (x1 - x0), (y - y0) / (y1 - y0)


def _met(side: Side, right: float, down: float, field: Volume, grid: Grid) -> Vector | None:
    """The first cell of the solid behind a point of a straight view, or just beside it."""
    frame = FRAMES[side]
    seen = frame.seen(field) > 0
    rows, columns = np.nonzero(seen.any(2))
    if not len(rows):
        return None
    away = np.hypot(rows + 0.5 - down * seen.shape[0], columns + 0.5 - right * seen.shape[1])
    best = int(np.argmin(away))
    if away[best] > _NEAR:
        return None
    row, column = rows[best], columns[best]
    number = frame.seen(np.arange(field.size).reshape(field.shape))[row, column, int(seen[row, column].argmax())]
    cell = np.unravel_index(int(number), field.shape)
    at = np.array([axis[i] for axis, i in zip(grid.axes, cell, strict=True)])
    axis, sign = frame.out
    at[axis] += sign * (grid.axes[axis][1] - grid.axes[axis][0]) / 2
    return at


def _looked_at(fitted: Fitted, right: float, down: float, field: Volume, grid: Grid) -> Vector | None:
    """The first point of the solid along the line of sight of an oblique figure."""
    camera, (left, end, bottom, top) = fitted.camera, fitted.bounds
    plane = camera.right * (left + right * (end - left)) + camera.up * (top - down * (top - bottom))
    steps = np.arange(1.2, -1.2, -grid.pitch / 2)[:, None]
    if camera.distance is None:
        points = plane + steps * camera.eye
    else:
        eye = camera.eye * camera.distance
        points = plane + steps * (eye - plane) / camera.distance
    cells = [(points[:, i] - axis[0]) / (axis[1] - axis[0]) for i, axis in enumerate(grid.axes)]
    inside = ndimage.map_coordinates(field, cells, order=1, mode="constant", cval=-1.0) > 0
    return points[int(inside.argmax())] if inside.any() else None
