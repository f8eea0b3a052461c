"""Depths that a person gives take the place of those that were found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from patent2tech.figures.model import Side
from patent2tech.shape.cues import Cue
from patent2tech.shape.cuts import Basis, Cut
from patent2tech.shape.model import DepthFix


def corrected_cuts(cuts: list[Cut], fixes: Sequence[DepthFix], cues: Mapping[Side, Cue]) -> list[Cut]:
    """The cuts with a person's depths: a region that is named is cut to that depth and to no other."""
    result = list(cuts)
    for fix in fixes:
        cue = cues.get(fix.side)
        if cue is None:
            continue
        x0, y0, x1, y1 = cue.box
        row = min(max(int(y0 + fix.at[1] * (y1 - y0)), 0), cue.fine.shape[0] - 1)
        column = min(max(int(x0 + fix.at[0] * (x1 - x0)), 0), cue.fine.shape[1] - 1)
        region = int(cue.fine[row, column])
        if not region:
            continue
        result = [cut for cut in result if cut.side is not fix.side or cut.region != region]
        if fix.depth is None or fix.depth > 0:
            result.append(Cut(fix.side, region, fix.depth, Basis.GIVEN, 0.0))
    return result
