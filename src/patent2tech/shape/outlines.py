"""From the picture of a figure to the closed outline of the thing and the lines inside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import cv2
import numpy as np

from patent2tech.figures.model import SeenFigure
from patent2tech.shape.broken import linked
from patent2tech.shape.claimed import claimed_part
from patent2tech.shape.images import (
    Box,
    Grey,
    Mask,
    bounds_of,
    box_of,
    closed,
    filled,
    grown,
    opened,
    shrunk,
    signed_distance,
)
from patent2tech.shape.linework import mark_loose, stroke_width, trace

WORKING_PIXELS: Final = 900
"""Longest side at which a figure is worked on; finer gave no better solids, and took longer."""
_INK: Final = 90
"""Darkness, of 255, of ink down to half size; below that, less is enough, so that lines of 2 pixels stay whole."""
_PAPER_MARGIN: Final = 12
_LEAST_PART: Final = 0.02
"""A piece of the thing has at least this share of its largest piece's area; less is dirt or the hole of a letter."""
_SPECK: Final = 0.004
_GAP: Final = 1
"""Radius that closes breaks of rough lines; a larger one joins the dashes of broken lines."""
_TIP: Final = 1.8
_HALF_PIXEL: Final = 0.5
_BLOT: Final = 2.0
"""Times the usual width at most, up or down, of what is a line."""
_NOTHING: Final = 1e-6
_LEAKS: Final = (2, 4, 7, 11)
"""Radii that close what is left open of broken lines, where a piece hangs on it."""
_LEAKY: Final = 0.93


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Outline:
    """One figure as closed line drawing, at working size.

    `distance` is the signed distance to the contour's centre line, positive inside; `box` is where it is positive, in
    parts of pixels, since a pixel is three per cent of a leg.
    `ink` are the lines of the thing, `loose` the strokes that were taken for something else. `claimed` is the part that
    full lines bound, where broken lines bound another.
    """

    figure: SeenFigure
    ink: Mask
    raw: Mask
    loose: Mask
    distance: Grey
    box: Box
    width: float
    scale: float
    claimed: Mask | None = None
    origin: tuple[float, float] | None = None
    """Where on the sheet the outline's first pixel lies; `None` when it was turned or mirrored."""

    @property
    def inside(self) -> Mask:
        """The silhouette."""
        return self.distance > 0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the silhouette in pixels."""
        x0, y0, x1, y1 = self.box
        return x1 - x0, y1 - y0

    @property
    def pixels(self) -> tuple[slice, slice]:
        """Rows and columns of the pixels inside the box."""
        x0, y0, x1, y1 = box_of(self.inside)
        return slice(y0, y1), slice(x0, x1)


class Outlines:
    """The outlines of figures, each made once, as one attempt at a solid follows another."""

    def __init__(self) -> None:
        self._made: dict[tuple[SeenFigure, bool], Outline | None] = {}
        self._inks: dict[SeenFigure, _Ink | None] = {}

    def of(self, figure: SeenFigure, *, broken: bool = False) -> Outline | None:
        """The outline of a figure, or `None` when its lines enclose nothing; `broken` lines count on request."""
        key = figure, broken
        if key not in self._made:
            if figure not in self._inks:
                self._inks[figure] = _measured(figure)
            ink = self._inks[figure]
            made = None if ink is None else self._of_broken(figure, ink) if broken else _of_full(figure, ink)
            self._made[key] = made
        return self._made[key]

    def _of_broken(self, figure: SeenFigure, ink: _Ink) -> Outline | None:
        joined, dashes = linked(closed(ink.raw, _GAP), ink.width)
        if not dashes.any():
            return self.of(figure)
        made = _with_broken(figure, ink.raw, joined, dashes, (ink.width, ink.scale))
        return None if made is None else replace(made, origin=ink.origin)


@dataclass(frozen=True, slots=True, eq=False)
class _Ink:
    """A figure's ink at working size, its lines' width, its scale, and where it begins on the sheet."""

    raw: Mask
    width: float
    scale: float
    origin: tuple[float, float]


def _measured(figure: SeenFigure) -> _Ink | None:
    raw, scale, origin = _ink_of(figure)
    return _Ink(raw, stroke_width(raw), scale, origin) if raw.sum() >= _PAPER_MARGIN else None


def outline_of(figure: SeenFigure, *, broken: bool = False) -> Outline | None:
    """The outline of a single figure."""
    return Outlines().of(figure, broken=broken)


def _of_full(figure: SeenFigure, ink: _Ink) -> Outline | None:
    whole = closed(_without_specks(ink.raw), _GAP)
    lines = trace(whole, ink.width)
    mark_loose(lines, follow=True)
    kept = lines.kept_ink()
    made = _outline(figure, ink.raw, whole, kept, _body(kept, ink.width), (ink.width, ink.scale))
    return None if made is None else replace(made, origin=ink.origin)


def _with_broken(
    figure: SeenFigure, raw: Mask, joined: Mask, dashes: Mask, measures: tuple[float, float]
) -> Outline | None:
    """The outline of all that full and broken lines show, and the part of it that full lines bound."""
    width, whole = measures[0], _without_specks(joined)
    lines = trace(whole, width)
    mark_loose(lines, follow=False)
    kept = lines.kept_ink()
    inside = _body(kept, width)
    for gap in _LEAKS:
        tight = _largest(shrunk(filled(grown(np.pad(joined, gap), gap)), gap)[gap:-gap, gap:-gap])
        if inside.sum() < _LEAKY * tight.sum():
            inside = tight
    outline = _outline(figure, raw, whole, kept, inside, measures)
    if outline is None:
        return None
    unclaimed = grown(dashes, 1)
    claimed = claimed_part(outline.inside, kept, unclaimed, width)
    # What broken lines show inside the contour is seldom an edge: seams, bounds of the claim, prints.
    return replace(outline, ink=outline.ink & ~unclaimed, claimed=claimed)


def _outline(
    figure: SeenFigure, raw: Mask, whole: Mask, ink: Mask, inside: Mask, measures: tuple[float, float]
) -> Outline | None:
    if not inside.any():
        return None
    width, scale = measures
    distance = _to_middle(inside, ink, width)
    x0, y0, x1, y1 = box_of(distance > 0)
    if x1 - x0 < 1 or y1 - y0 < 1:
        return None
    return Outline(figure, ink & grown(inside, 1), raw, whole & ~ink, distance, bounds_of(distance), width, scale)


def _to_middle(inside: Mask, ink: Mask, width: float) -> Grey:
    """Signed distance to the middle of the contour's line, which is as thick as it is drawn at each place.

    A contour that coincides with an edge is drawn twice and thicker; half of one width for all lines made thin plates
    3 % thicker.
    """
    distance = signed_distance(inside)
    edge = inside & (distance < 1)
    across = cv2.distanceTransform((ink | ~inside).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    plain = edge & (across > width / _BLOT) & (across < width * _BLOT)
    size = 2 * round(2 * width) + 1
    count = cv2.blur(plain.astype(np.float32), (size, size))
    mean = cv2.blur(np.where(plain, across, 0).astype(np.float32), (size, size)) / np.maximum(count, _NOTHING)
    mean[count < _NOTHING] = width
    _, nearest = cv2.distanceTransformWithLabels(
        (~edge).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5, labelType=cv2.DIST_LABEL_PIXEL
    )
    here = np.full(int(nearest.max()) + 1, width, np.float32)
    here[nearest[edge]] = mean[edge]
    return np.asarray(distance - here[nearest] / 2, np.float32)


def with_silhouette(outline: Outline, inside: Mask) -> Outline:
    """The same figure with a smaller silhouette; where its contour stays, it stays in parts of a pixel."""
    distance = np.minimum(outline.distance, signed_distance(inside) + _HALF_PIXEL)
    return replace(outline, distance=distance, box=bounds_of(distance))


def _ink_of(figure: SeenFigure) -> tuple[Mask, float, tuple[float, float]]:
    """The ink at working size with a white margin, without the numerals, the scale, and where it begins."""
    dark = 255 - figure.pixels
    x, y = figure.box[:2]
    for numeral in figure.numerals:
        x0, y0, x1, y1 = numeral.box
        dark[max(0, y0 - y) : max(0, y1 - y), max(0, x0 - x) : max(0, x1 - x)] = 0
    x0, y0, x1, y1 = box_of(dark > _INK)
    dark = dark[y0:y1, x0:x1]
    if not dark.size:
        return np.zeros((1, 1), bool), 1.0, (0.0, 0.0)
    scale = min(1.0, WORKING_PIXELS / max(dark.shape))
    # Both sides at exactly one scale: rounded to whole pixels each, a thin plate became half a per cent thicker.
    whole = np.pad(dark, ((0, round(1 / scale)), (0, round(1 / scale))))
    small = cv2.resize(whole, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    origin = x + x0 - _PAPER_MARGIN / scale, y + y0 - _PAPER_MARGIN / scale
    return np.pad(small > _INK * min(1.0, 2 * scale), _PAPER_MARGIN), scale, origin


def _without_specks(ink: Mask) -> Mask:
    """The ink without isolated dots."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    if count <= 1:
        return ink
    reach = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    keep = reach > max(4, _SPECK * max(ink.shape))
    keep[0] = False
    kept: Mask = keep[labels]
    return kept


def _body(ink: Mask, width: float) -> Mask:
    """What the lines enclose, without stubs of lines on its contour and without what is too small to belong to it."""
    inside = _largest(opened(filled(ink), max(1, round(width * 0.75))))
    if not inside.any():
        return inside
    stubs = inside & ~opened(inside, max(2, round(3 * width)))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(stubs.astype(np.uint8), connectivity=8)
    for i in range(1, count):
        length = float(np.hypot(stats[i, cv2.CC_STAT_WIDTH], stats[i, cv2.CC_STAT_HEIGHT]))
        area = float(stats[i, cv2.CC_STAT_AREA])
        if area > width * width and area / length < _TIP * width and length > 2 * width:
            inside &= labels != i
    return _largest(inside)


def _largest(mask: Mask) -> Mask:
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=4)
    if count <= 1:
        return mask
    area = stats[:, cv2.CC_STAT_AREA].copy()
    area[0] = 0
    large: Mask = (area >= _LEAST_PART * area.max())[labels]
    return large & mask
