"""Hidden edges: in utility patents, dashes inside a view show edges that lie behind its faces.

They tell how deep a recess is, and they show what a missing view from the other side would show. In design patents
broken lines are something else, and nothing here is asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from patent2tech.figures.model import Side
from patent2tech.shape.cues import Cue, cue_of, distance_to
from patent2tech.shape.cuts import Basis, Cut
from patent2tech.shape.frames import FRAMES, OPPOSITE, mirrored
from patent2tech.shape.hull import Grid
from patent2tech.shape.images import Mask, closed, grown, numbered
from patent2tech.shape.outlines import Outline

_LONGEST_DASH: Final = 0.07
"""Of a view's longest side; what hangs loose and is longer is a lead line."""
_LEAST_DASHES: Final = 4
_GAP_PIXELS: Final = 5
"""Half the widest gap between dashes at working size."""
_COVERED: Final = 0.55
"""Share of a hidden edge's length, gaps closed, that must be drawn."""
_LONGEST_COVER: Final = 0.25
"""Of a view's longest side: how far a visible line can cover a hidden one."""
_NEAR: Final = 3
_INNER: Final = 0.08
"""Share of a recess's width left out at both ends, where its walls' lines stand."""
_SNAP: Final = 1.6
"""Cells within which hidden edge and assumption say the same."""
_FACE: Final = 0.03
"""A floor nearer than this share of the thing to its far face is that face's own line."""


def dashes(outline: Outline) -> Mask:
    """The dashed lines inside a view, their gaps closed, without section lines."""
    loose = outline.loose & outline.inside & (outline.distance > outline.width)
    for line in section_lines(outline):
        place = [slice(None), slice(None)]
        place[line.dimension] = slice(max(0, line.at - 2 * _NEAR), line.at + 2 * _NEAR + 1)
        loose[tuple(place)] = False
    count, labels, stats, _ = cv2.connectedComponentsWithStats(loose.astype(np.uint8), connectivity=8)
    reach = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    short = (reach <= _LONGEST_DASH * max(outline.size)) & (reach > outline.width)
    short[0] = False
    # Dashes whose gaps have closed: pieces with long runs along rows and columns, as lead lines hardly ever lie.
    long = np.unique(labels[_straight(loose & ~short[labels], round(_LONGEST_DASH * max(outline.size)))])
    straight = _straight(np.isin(labels, long) & loose, 2 * _GAP_PIXELS)
    if count <= _LEAST_DASHES or not (short.sum() >= _LEAST_DASHES or straight.any()):
        return np.zeros(loose.shape, bool)
    drawn = closed(short[labels] | straight, _GAP_PIXELS)
    return drawn | _covered(drawn, outline)


def _covered(drawn: Mask, outline: Outline) -> Mask:
    """Wider gaps of straight hidden edges, and where one is interrupted as a visible line runs nearly over it."""
    longest = round(_LONGEST_COVER * max(outline.size))
    lines = _straight(drawn, 2 * _GAP_PIXELS).astype(np.uint8)
    near = grown(outline.ink, 2 * _NEAR + 2)
    found = np.zeros(drawn.shape, bool)
    for way in (np.array([0, 1]), np.array([1, 0])):
        along = cv2.morphologyEx(lines, cv2.MORPH_OPEN, np.ones(1 + way * 2 * _GAP_PIXELS, np.uint8))
        # Longer at both ends, since at corners two dashed lines need not meet.
        found |= cv2.dilate(along, np.ones(1 + way * 4 * _GAP_PIXELS, np.uint8)) > 0
        found |= (cv2.morphologyEx(along, cv2.MORPH_CLOSE, np.ones(1 + way * longest, np.uint8)) > 0) & near
    return found


def _straight(loose: Mask, length: int) -> Mask:
    """Runs of a length along rows and columns."""
    ink = loose.astype(np.uint8)
    lying = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, max(3, length)), np.uint8))
    standing = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((max(3, length), 1), np.uint8))
    return np.asarray((lying > 0) | (standing > 0), bool)


@dataclass(frozen=True, slots=True)
class SectionLine:
    """A line along which a section is taken: row (`dimension` 0) or column (1) at which it crosses the view."""

    dimension: int
    at: int


def section_lines(outline: Outline) -> list[SectionLine]:
    """Where straight broken lines cross the whole view and stand out on both of its sides."""
    (y0, y1), (x0, x1) = ((part.start, part.stop) for part in outline.pixels)
    outside = outline.loose & ~grown(outline.inside, 2)
    inside = outline.loose & outline.inside
    found = []
    for dimension, (low, high), before, after, within in (
        (1, (x0, x1), outside[:y0], outside[y1:], inside[y0:y1]),
        (0, (y0, y1), outside[:, :x0].T, outside[:, x1:].T, inside[:, x0:x1].T),
    ):
        ends = np.minimum(_wide(before.sum(0)), _wide(after.sum(0)))
        through = _wide(within.sum(0)) / max(1, within.shape[0])
        here = (ends >= 2 * _NEAR) & (through > _COVERED / 2)
        here[: low + _NEAR] = False
        here[high - _NEAR :] = False
        if here.any():
            best = int(np.argmax(np.where(here, through, 0)))
            found.append(SectionLine(dimension, best))
    return found


def _wide(count: NDArray[np.integer]) -> NDArray[np.float32]:
    return np.asarray(cv2.dilate(count.astype(np.float32)[None], np.ones((1, 3), np.uint8))[0], np.float32)


def unseen_sides(outlines: Mapping[Side, Outline], grid: Grid) -> dict[Side, Cue]:
    """What the views would show that no figure gives, as far as hidden edges in the opposite view tell."""
    cues = {}
    for side, outline in outlines.items():
        other = OPPOSITE[side]
        hidden = _within(dashes(outline), outline)
        if other in outlines or not hidden.any():
            continue
        turned = _mirrored(outline, side, hidden)
        cue = cue_of(other, turned, grid)
        if len(np.unique(cue.regions[cue.regions > 0])) < 2:  # noqa: PLR2004 - nothing is told apart
            continue
        drawn = cue_of(other, _mirrored(outline, side, hidden | outline.ink), grid)
        cues[other] = replace(cue, distance=distance_to(cue.lines | drawn.lines), inferred=True)
    return cues


def _within(hidden: Mask, outline: Outline) -> Mask:
    """The hidden edges that stay clear of the contour: those that run to it open to another side."""
    pieces = numbered(hidden)
    at_contour = np.unique(pieces[outline.distance < 2 * outline.width])
    kept: Mask = hidden & ~np.isin(pieces, at_contour)
    return kept


def _mirrored(outline: Outline, side: Side, ink: Mask) -> Outline:
    distance = np.ascontiguousarray(mirrored(outline.distance, side))
    x0, y0, x1, y1 = outline.box
    height, width = outline.distance.shape
    turned = mirrored(np.arange(height * width).reshape(height, width), side)
    box = (width - x1, y0, width - x0, y1) if turned[0, 0] == width - 1 else (x0, height - y1, x1, height - y0)
    return replace(outline, ink=np.ascontiguousarray(mirrored(ink, side)), distance=distance, box=box)


def depths_by_dashes(
    cuts: Sequence[Cut], cues: Mapping[Side, Cue], outlines: Mapping[Side, Outline], grid: Grid
) -> list[Cut]:
    """Cuts whose depth was open, at the depth at which hidden edges show their floor, or right through."""
    drawn = {side: _Dashed(side, outline, dashes(outline), grid) for side, outline in outlines.items()}
    drawn = {side: view for side, view in drawn.items() if view.mask.any()}
    settled = []
    for cut in cuts:
        views = [view for side, view in drawn.items() if FRAMES[side].out[0] != FRAMES[cut.side].out[0]]
        open_ = cut.basis in {Basis.EQUAL_WALL, Basis.OBLIQUE}
        settled.append(_settled(cut, cues[cut.side], views, grid) if open_ and views else cut)
    return settled


@dataclass(frozen=True, slots=True, eq=False)
class _Dashed:
    """A view with its hidden edges."""

    side: Side
    outline: Outline
    mask: Mask
    grid: Grid

    def column(self, axis: int, at: float) -> float:
        """The pixel, across or down, at which a coordinate of the thing stands."""
        frame, (x0, y0, x1, y1) = FRAMES[self.side], self.outline.box
        share = at / self.grid.extents[axis]
        if frame.right[0] == axis:
            return x0 + (0.5 + frame.right[1] * share) * (x1 - x0)
        return y0 + (0.5 - frame.up[1] * share) * (y1 - y0)

    def along(self, axis: int) -> Mask:
        """The hidden edges with the pixels of an axis as rows."""
        return self.mask.T if FRAMES[self.side].right[0] == axis else self.mask


def _settled(cut: Cut, cue: Cue, views: Sequence[_Dashed], grid: Grid) -> Cut:
    axis, sign = cue.frame.out
    extent = grid.extents[axis]
    best, floor, walls = 0.0, None, 0.0
    for view in views:
        other = next(each for each in range(3) if each not in {axis, FRAMES[view.side].out[0]})
        low, high = sorted(view.column(other, at) for at in _reach(cut, cue, other, grid))
        rows = view.along(axis)
        inner = _INNER * (high - low)
        left, right = max(0, round(low + inner)), max(1, round(high - inner))
        near, far = (view.column(axis, sign * at) for at in (extent / 2, -extent / 2))
        covered = cv2.dilate(rows[:, left:right].astype(np.uint8), np.ones((2 * _NEAR - 1, 1), np.uint8)).mean(1)
        share = (np.arange(len(covered)) + 0.5 - near) / (far - near)
        covered[(share < _FACE) | (share > 1 - _FACE)] = 0
        if covered.max(initial=0) > best:
            best = float(covered.max())
            floor = float(np.median(share[covered > best - _FACE])) * extent
        first, last = sorted((round(near), round(far)))
        beside = [rows[max(0, first) : last, max(0, round(at) - _NEAR) : round(at) + _NEAR + 1] for at in (low, high)]
        walls = max(walls, min(float(side.any(1).mean()) if side.size else 0.0 for side in beside))
    if floor is not None and best > _COVERED:
        if cut.depth is not None and abs(floor - cut.depth) < _SNAP * grid.pitch:
            floor = cut.depth  # a wall's thickness is the finer measure
        return replace(cut, depth=floor, basis=Basis.LINES, open_depths=None)
    if walls > _COVERED:
        return replace(cut, depth=None, shell=None, basis=Basis.THROUGH, open_depths=None)
    return cut


def _reach(cut: Cut, cue: Cue, axis: int, grid: Grid) -> tuple[float, float]:
    """From where to where a cut's region reaches along an axis of the thing."""
    down, right = np.nonzero(cue.fine == cut.region)
    x0, y0, x1, y1 = cue.box
    if cue.frame.right[0] == axis:
        share = cue.frame.right[1] * ((np.array([right.min(), right.max() + 1]) - x0) / (x1 - x0) - 0.5)
    else:
        share = -cue.frame.up[1] * ((np.array([down.min(), down.max() + 1]) - y0) / (y1 - y0) - 0.5)
    return float(share[0] * grid.extents[axis]), float(share[1] * grid.extents[axis])
