"""Broken lines: dashes linked to the lines that they stand for, so that what they show is closed like the rest.

In a design patent they are visible things that are not claimed, or the bounds of what is claimed (37 CFR 1.152).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree

from patent2tech.shape.images import Mask, grown
from patent2tech.shape.linework import Linework, Stroke, trace

_LONGEST_DASH: Final = 70
_LONGEST_GAP: Final = 26.0
"""Pixels at working size; longer pieces are lines, and wider gaps are not those of a broken line."""
_LOST_DASH: Final = 36.0
"""Widest gap within a line that is known to be broken: that of a dash which is not there."""
_GAP_TO_DASH: Final = 1.6
_AHEAD: Final = 0.45
_STRAIGHT_AHEAD: Final = 0.7
"""Cosine between where a dash points and where the next one begins; dashes meet at corners too, wide gaps do not."""
_NEAR: Final = 3.0
_LOOK_BACK: Final = 9
_POINTS_NOWHERE: Final = 0.5
_FACING_OF_DOTS: Final = 0.7
_DOT: Final = 2
"""Pixels up to which a dash may be as wide as long, so that where it points says nothing."""
_FEWEST: Final = 5
"""Links that a broken line has at least; fewer are breaks of a full line, or strokes of shading in a row."""

Point = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class _End:
    """A free end of a stroke and where it points."""

    stroke: int
    point: Point
    heading: Point
    reach: float
    ahead: float


def linked(ink: Mask, width: float) -> tuple[Mask, Mask]:
    """The ink with the gaps of its broken lines filled, and which of it are broken lines."""
    lines = trace(ink, width)
    ends = [end for label, stroke in lines.strokes.items() for end in _ends(label, stroke, lines)]
    whole, dashes = _joined(lines, ends)
    if not dashes.any():
        return whole, dashes
    lines = trace(whole, width)
    near = grown(dashes, 2)
    ends = [
        _End(end.stroke, end.point, end.heading, _LOST_DASH, _STRAIGHT_AHEAD)
        for label, stroke in lines.strokes.items()
        for end in _ends(label, stroke, lines, _LONGEST_DASH * 1000)
        if near[round(end.point[0]), round(end.point[1])]
    ]
    whole, more = _joined(lines, ends, 1)
    return whole, dashes | more


def _joined(lines: Linework, ends: list[_End], fewest: int = _FEWEST) -> tuple[Mask, Mask]:
    """The ink with its ends linked, and the dashes with their links where there are enough in a row."""
    pairs = _matched(ends)
    met = {index for pair in pairs for index in pair}
    links = [(ends[one].stroke, ends[one].point, ends[other].point) for one, other in pairs]
    links += _landings([end for i, end in enumerate(ends) if i not in met], lines)
    rows = _rows(lines.strokes, [(ends[one].stroke, ends[other].stroke) for one, other in pairs])
    whole, dashes = lines.ink.astype(np.uint8), np.zeros(lines.ink.shape, np.uint8)
    thickness = max(1, round(lines.width))
    for stroke, start, end in links:
        cv2.line(whole, _xy(start), _xy(end), 1, thickness)
        if rows[stroke] >= fewest:
            cv2.line(dashes, _xy(start), _xy(end), 1, thickness)
    for label, dash in lines.strokes.items():
        if rows[label] >= fewest and len(dash.pixels) <= _LONGEST_DASH:
            dashes[dash.pixels[:, 0], dash.pixels[:, 1]] = 1
    return whole > 0, dashes > 0


def _ends(label: int, stroke: Stroke, lines: Linework, longest: int = _LONGEST_DASH) -> list[_End]:
    """The free ends of a stroke; those of long strokes only wait to be reached."""
    free = sum(node < 0 for node in (stroke.start, stroke.end))
    ends = []
    for tip in _tips(stroke, lines, free) if free else []:
        near = stroke.pixels[np.abs(stroke.pixels - tip).max(1) <= _LOOK_BACK].astype(float)
        away = tip - near.mean(0)
        size = float(np.hypot(*away))
        length = len(stroke.pixels)
        heading = away / size if size > _POINTS_NOWHERE and length > _DOT else np.zeros(2)
        reach = min(_LONGEST_GAP, _GAP_TO_DASH * length + _NEAR) if length <= longest else 0.0
        ends.append(_End(label, tip.astype(float), heading, reach, _AHEAD))
    return ends


def _tips(stroke: Stroke, lines: Linework, free: int) -> list[NDArray[np.intp]]:
    """The pixels at the free ends of a stroke: the farthest from its crossing, or the two farthest from each other."""
    pixels = stroke.pixels
    if free == 1:
        centre = lines.centres[max(stroke.start, stroke.end)]
        return [pixels[np.argmax(((pixels - centre) ** 2).sum(1))]]
    first = pixels[np.argmax(((pixels - pixels[0]) ** 2).sum(1))]
    return [first, pixels[np.argmax(((pixels - first) ** 2).sum(1))]]


def _matched(ends: list[_End]) -> list[tuple[int, int]]:
    """Pairs of ends that face each other, the closest first, each end once."""
    if not ends:
        return []
    points, headings = np.array([end.point for end in ends]), np.array([end.heading for end in ends])
    strokes, reaches = np.array([end.stroke for end in ends]), np.array([end.reach for end in ends])
    ahead = np.array([end.ahead for end in ends])
    one, other = KDTree(points).query_pairs(float(reaches.max()), output_type="ndarray").T
    away = points[other] - points[one]
    distance = np.hypot(away[:, 0], away[:, 1])
    near = (strokes[one] != strokes[other]) & (distance <= np.maximum(reaches[one], reaches[other]))
    one, other, away, distance = one[near], other[near], away[near], distance[near]
    first, second = _facing(headings[one], away, distance), _facing(headings[other], -away, distance)
    facing = np.minimum(first, second) >= np.maximum(ahead[one], ahead[other])
    cost = distance * (3 - (first + second))
    good = np.flatnonzero((distance <= _NEAR) | facing)
    used: set[int] = set()
    pairs = []
    for _, i, j in sorted(zip(cost[good].tolist(), one[good].tolist(), other[good].tolist(), strict=True)):
        if i not in used and j not in used:
            used |= {i, j}
            pairs.append((i, j))
    return pairs


def _facing(headings: Point, away: Point, distance: Point) -> Point:
    """Cosines between where ends point and where they shall be linked to; halfway for dots, which point nowhere."""
    cosine = (headings * away).sum(1) / np.maximum(distance, 1.0)
    return np.where(headings.any(1), cosine, _FACING_OF_DOTS)


def _landings(ends: list[_End], lines: Linework) -> list[tuple[int, Point, Point]]:
    """Where the last dash of a broken line runs into another line."""
    skeleton = np.argwhere(lines.skeleton)
    if not len(skeleton):
        return []
    owner = np.zeros(lines.skeleton.shape, np.int32)
    for label, stroke in lines.strokes.items():
        owner[stroke.pixels[:, 0], stroke.pixels[:, 1]] = label
    tree = KDTree(skeleton)
    found = []
    for end in ends:
        near = skeleton[tree.query_ball_point(end.point, end.reach)]
        near = near[owner[near[:, 0], near[:, 1]] != end.stroke]
        away = near - end.point
        distance = np.hypot(away[:, 0], away[:, 1])
        ahead = (away @ end.heading) / np.maximum(distance, 1)
        good = (ahead >= end.ahead) | (distance <= _NEAR)
        if good.any():
            cost = np.where(good, distance * (2 - ahead), np.inf)
            found.append((end.stroke, end.point, near[int(np.argmin(cost))].astype(float)))
    return found


def _rows(strokes: Iterable[int], links: list[tuple[int, int]]) -> dict[int, int]:
    """How many links the row of dashes has that each stroke belongs to."""
    above = {label: label for label in strokes}

    def first(label: int) -> int:
        while above[label] != label:
            above[label] = above[above[label]]
            label = above[label]
        return label

    for one, other in links:
        above[first(one)] = first(other)
    count = Counter(first(one) for one, _ in links)
    return {label: count[first(label)] for label in above}


def _xy(point: Point) -> tuple[int, int]:
    return round(float(point[1])), round(float(point[0]))
