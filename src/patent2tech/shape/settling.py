"""Settling depths: where straight views leave a depth open, the oblique figure decides, if it shows the bottom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from patent2tech.figures.model import Side
from patent2tech.shape.cues import Cue
from patent2tech.shape.cuts import Basis, Cut, apply_cuts
from patent2tech.shape.frames import FRAMES, Volume
from patent2tech.shape.hull import Grid
from patent2tech.shape.seeing import Sight

_CLEARLY: Final = 0.93
"""The oblique figure must agree better than with the assumed depth by this factor."""
_THINNEST_FLOOR: Final = 0.5
"""Share of the wall that a floor has at least; below it a vanishing line would be taken for a deep floor."""
_SNAP: Final = 1.6
_SAMPLES: Final = 11
_MOST_CELLS: Final = 50_000_000
"""Cells compared with the oblique figure at most; about 2.5 s, and unlike time the same on any machine."""
_LOOKS_TO_SETTLE: Final = 25


def settle(field: Volume, cuts: Sequence[Cut], cues: Mapping[Side, Cue], grid: Grid, sight: Sight) -> list[Cut]:
    """Cuts whose depth was open, at the depth at which the oblique figure's lines agree best."""
    settled = list(cuts)
    most = _MOST_CELLS // (field.size * _LOOKS_TO_SETTLE) + 1
    for i in [i for i, cut in enumerate(cuts) if cut.open_depths is not None][:most]:
        cut = cuts[i]
        rest = apply_cuts(field, settled[:i] + settled[i + 1 :], cues, grid)
        settled[i] = _best(rest, cut, cues, grid, sight)
    return settled


def doubted(field: Volume, cuts: Sequence[Cut], cues: Mapping[Side, Cue], grid: Grid, sight: Sight) -> list[Cut]:
    """The cuts but for those without which the lines of the oblique figure agree clearly better.

    Lines where faces only bend can be mistaken for steps; the oblique figure shows neither the step nor its wall.
    """
    kept = list(cuts)
    doubtful = [cut for cut in cuts if cut.basis in {Basis.LINES, Basis.LEVEL}]
    cost = sight.cost(apply_cuts(field, kept, cues, grid)) if kept else 0.0
    for cut in sorted(doubtful, key=lambda each: each.gain)[: _MOST_CELLS // field.size + 1]:
        rest = [each for each in kept if each is not cut]
        without = sight.cost(apply_cuts(field, rest, cues, grid))
        if without < _CLEARLY * cost:
            kept, cost = rest, without
    return kept


def _best(rest: Volume, cut: Cut, cues: Mapping[Side, Cue], grid: Grid, sight: Sight) -> Cut:
    def cost(depth: float) -> float:
        return sight.cost(apply_cuts(rest, [replace(cut, depth=depth)], cues, grid))

    assert cut.open_depths is not None  # noqa: S101 - only open cuts come here
    low, high = cut.open_depths
    extent = grid.extents[FRAMES[cut.side].out[0]]
    chosen = cut.depth if cut.depth is not None else extent
    if cut.depth is not None:
        high = min(high, extent - _THINNEST_FLOOR * (extent - chosen))
    assumed = cost(chosen)
    costs = {float(depth): cost(float(depth)) for depth in np.linspace(low, high, _SAMPLES)}
    best = min(costs, key=lambda depth: costs[depth])
    step = (high - low) / (_SAMPLES - 1)
    while step > grid.pitch / 2:
        step /= 2
        for depth in (best - step, best + step):
            if low <= depth <= high:
                costs[depth] = cost(depth)
        best = min(costs, key=lambda depth: costs[depth])
    through = cost(2 * extent)
    if through < _CLEARLY * min(assumed, costs[best]):
        return replace(cut, depth=None, basis=Basis.OBLIQUE)
    if abs(best - chosen) < _SNAP * grid.pitch:
        return cut  # the two agree, and a wall's thickness is measured more finely than an oblique line's place
    if costs[best] < _CLEARLY * assumed and np.ptp(list(costs.values())) > 0:
        return replace(cut, depth=best, basis=Basis.OBLIQUE)
    return cut
