"""Body and environment: a solid divided into what full lines claim and what broken lines show around it.

Each cell of the surface is asked in the views that see it which of the two it is; what no view sees goes with the
nearest surface.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import trimesh
from numpy.typing import NDArray
from scipy import ndimage

from patent2tech.figures.model import Side
from patent2tech.shape.frames import FRAMES, Volume
from patent2tech.shape.hull import Grid, hull_field, sampled
from patent2tech.shape.images import Mask
from patent2tech.shape.outlines import Outline
from patent2tech.shape.polygons import polygonize

_LEAST_SHARE: Final = 0.004
"""Share of the volume below which a part is a seam or a scrap."""
_LEAST_PIECE: Final = 0.02


def divided(field: Volume, grid: Grid, outlines: Mapping[Side, Outline]) -> tuple[Volume, Volume] | None:
    """Body and environment as fields of distances, or `None` when all is one of them."""
    if all(outline.claimed is None for outline in outlines.values()):
        return None
    solid = field > 0
    votes = _votes(solid, outlines)
    body, around = votes > 0, votes < 0
    if not body.any() or not around.any():
        return None
    lead = (_distance(around) - _distance(body)).astype(np.float32) * (grid.pitch / 2)
    parts = np.minimum(field, lead), np.minimum(field, -lead)
    least = _LEAST_SHARE * solid.sum()
    return None if any((part > 0).sum() < least for part in parts) else parts


def surroundings(
    body: tuple[Volume, Grid, Mapping[Side, Outline]], whole: tuple[Grid, Mapping[Side, Outline]]
) -> trimesh.Trimesh | None:
    """What the whole drawing shows around a body modelled by itself, in the body's frame; `None` if nothing."""
    field, grid, outlines = body
    wide, around = whole
    scale, middle = np.ones(3), np.zeros(3)
    for axis in range(3):
        found = [
            place
            for side, outline in around.items()
            if side in outlines and (place := _place(axis, side, outlines[side], outline, wide)) is not None
        ]
        if not found:
            return None
        length, centre = np.median(found, axis=0)
        scale[axis], middle[axis] = grid.extents[axis] / max(length, 1e-6), centre
    cells = [(wide.axes[i] - middle[i]) * scale[i] for i in range(3)]
    places = [(part - axis[0]) / (axis[1] - axis[0]) for part, axis in zip(cells, grid.axes, strict=True)]
    # The body ends at its box, half a cell behind its last cells' centres.
    x, y, z = np.ix_(*(extent / 2 - np.abs(part) for part, extent in zip(cells, grid.extents, strict=True)))
    inner = np.minimum(_resampled(field, places), np.minimum(np.minimum(x, y), z))
    rest = np.minimum(hull_field(around, wide), -(inner / scale.max()) - wide.pitch).astype(np.float32)
    labels, count = ndimage.label(rest > 0)
    sizes = np.bincount(labels.ravel())
    sizes[0] = 0
    kept = sizes >= max(_LEAST_SHARE * (labels > 0).size, _LEAST_PIECE * sizes.max(initial=0))
    if not count or not kept.any():
        return None
    mesh = polygonize(np.where(kept[labels] | (rest <= 0), rest, -wide.pitch).astype(np.float32), wide)
    if mesh is not None:
        mesh.vertices = (mesh.vertices - middle) * scale
    return mesh


def _resampled(field: Volume, places: list[NDArray[np.float64]]) -> Volume:
    """The field at the places along its axes, in cells; outside of it what is nearest."""
    result = field
    for axis, place in enumerate(places):
        low = np.floor(place).astype(int).clip(0, field.shape[axis] - 2)
        share = (place - low).clip(0, 1).astype(np.float32).reshape([-1 if i == axis else 1 for i in range(3)])
        result = np.take(result, low, axis) * (1 - share) + np.take(result, low + 1, axis) * share
    return result


def _place(axis: int, side: Side, inner: Outline, outer: Outline, wide: Grid) -> tuple[float, float] | None:
    """Length and centre along an axis of what the inner outline bounds, in units of the whole that the outer bounds."""
    if inner.figure.label != outer.figure.label or inner.ink.shape != outer.ink.shape:
        return None
    frame = FRAMES[side]
    if axis not in {frame.right[0], frame.up[0]}:
        return None
    first, sign = (0, frame.right[1]) if axis == frame.right[0] else (1, -frame.up[1])
    low, high = outer.box[first], outer.box[first + 2]
    unit = wide.extents[axis] / (high - low)
    start, end = inner.box[first], inner.box[first + 2]
    return (end - start) * unit, sign * ((start + end) / 2 - (low + high) / 2) * unit


def _votes(solid: Mask, outlines: Mapping[Side, Outline]) -> NDArray[np.int16]:
    """For each cell of the surface how many views claim it, less how many do not."""
    votes = np.zeros(solid.shape, np.int16)
    for side, outline in outlines.items():
        frame = FRAMES[side]
        seen, counted = frame.seen(solid), frame.seen(votes)
        there = seen.any(2)
        depth = seen.argmax(2)
        claimed = outline.claimed if outline.claimed is not None else outline.inside
        part = sampled(claimed, outline.box, there.shape, order=0) > 0
        rows, columns = np.nonzero(there)
        counted[rows, columns, depth[rows, columns]] += np.where(part[rows, columns], 1, -1).astype(np.int16)
    return votes


def _distance(cells: Mask) -> NDArray[np.float64]:
    distance: NDArray[np.float64] = ndimage.distance_transform_edt(~cells)
    return distance
