"""Body and environment: a solid divided into what full lines claim and what broken lines show around it.

Each cell of the surface is asked in the views that see it which of the two it is; what no view sees goes with the
nearest surface.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from patent2tech.figures.model import Side
from patent2tech.shape.frames import FRAMES, Volume
from patent2tech.shape.hull import Grid, sampled
from patent2tech.shape.images import Mask
from patent2tech.shape.outlines import Outline

_LEAST_SHARE: Final = 0.004
"""Share of the volume below which a part is a seam or a scrap."""


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
