"""Doubts: what on a finished solid tells how far its figures can be wrong, or silent, without anybody noticing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np

from patent2tech.figures.model import Side
from patent2tech.shape.cues import Cue
from patent2tech.shape.cuts import Basis, Cut, below
from patent2tech.shape.frames import FRAMES, Volume
from patent2tech.shape.hull import Grid
from patent2tech.shape.images import inside_distance, thinned
from patent2tech.shape.outlines import Outline

UNPROVEN: Final = frozenset({Basis.EQUAL_WALL, Basis.OBLIQUE})
"""Depths that are assumed, or that one line of an oblique figure decides, which can be as wrong as an assumption."""
_WALL: Final = 0.03
"""Of the longest side: a hollow that no figure shows leaves a wall at least about as thick."""
_BLOT: Final = 2
"""Times the usual width from which a line is a blot, whatever its size."""


def contour_doubt(field: Volume, grid: Grid, outlines: Mapping[Side, Outline]) -> float:
    """Share of the solid that stands or falls with how steadily its contours were drawn.

    A line that swells and shrinks leaves its middle open by as much, which hardly matters to a block and much to
    the legs of a table.
    """
    surface = float(((field > 0) & (field < grid.pitch)).sum() / max(1, int((field > 0).sum())))
    cells = [_unsteadiness(outline) * _cells_a_pixel(side, outline, field) for side, outline in outlines.items()]
    return surface * float(np.mean(cells)) if cells else 0.0


def hollow_share(field: Volume, unseen: Iterable[Side]) -> float:
    """Share of the solid, at most, that could be a hollow open to a side which no figure shows."""
    solid = max(1, int((field > 0).sum()))
    shares = []
    for side in unseen:
        seen = FRAMES[side].seen(field)
        shares.append(float(((below(seen) > _WALL) & (seen > 0)).sum()) / solid)
    return max(shares, default=0.0)


def unproven_share(field: Volume, cuts: Sequence[Cut], cues: Mapping[Side, Cue], grid: Grid) -> float:
    """Share of the solid that hangs on depths which no line of a straight view and no section proves."""
    solid, staked = max(1, int((field > 0).sum())), 0.0
    for cut in cuts:
        if cut.basis in UNPROVEN:
            axis = FRAMES[cut.side].out[0]
            depth = 1.0 if cut.depth is None else cut.depth / grid.extents[axis]
            staked += int((cues[cut.side].regions == cut.region).sum()) * max(depth, 1 - depth) * grid.shape[axis]
    return staked / solid


def shaped_share(cuts: Sequence[Cut], shares: Sequence[float], hull: Volume) -> float:
    """Share of the views that hollows of unproven depth take, each as far as the outside around it is not straight.

    In a box only the floor's thickness is assumed; a bowl's hollow has a shape, and that is assumed as well.
    """
    assumed = [(cut.side, share) for cut, share in zip(cuts, shares, strict=True) if cut.basis in UNPROVEN]
    return sum(share * (1 - _straightness(hull, side)) for side, share in assumed)


def _straightness(hull: Volume, side: Side) -> float:
    """How much of the block that a view's silhouette makes, pushed straight through, the hull fills."""
    seen = FRAMES[side].seen(hull) > 0
    return float(seen.sum() / max(1, int(seen.any(2).sum()) * seen.shape[2]))


def _unsteadiness(outline: Outline) -> float:
    """Standard deviation of half the width of a figure's lines, in pixels."""
    half = inside_distance(outline.raw)[thinned(outline.raw)]
    return float(np.std(np.minimum(half, _BLOT * np.median(half)))) if len(half) else 0.0


def _cells_a_pixel(side: Side, outline: Outline, field: Volume) -> float:
    return float(FRAMES[side].seen(field).shape[1] / outline.size[0])
