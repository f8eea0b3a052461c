"""Meetings of lines: whether a line that runs into others goes on behind them, or ends there."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ink = NDArray[np.bool_]
    Vector = NDArray[np.float64]

# Radii in pixels at 300 dpi: a right-angled crossing shows in the first, one at 5 degrees in the last.
_RADII: Final = (18, 30, 48, 76)
_RIM: Final = 2.0
_DEPTH: Final = 11.0
# The bend, in radians, that the continuation of a line may show over one disc.
_SMOOTH: Final = math.radians(14)
_SMOOTH_ACROSS: Final = math.radians(30)
_STRAIGHT: Final = math.radians(10)
_BEND_WEIGHT: Final = 0.5
_AS_WIDE: Final = 1.25
_ARRIVAL: Final = 14
_SHALLOW: Final = 0.1


@dataclass(frozen=True, slots=True, eq=False)
class Meeting:
    """Where a line is after it met others: behind them with its new heading, or at its end, without one."""

    at: Vector
    heading: float | None


@dataclass(frozen=True, slots=True, eq=False)
class _Branch:
    """A line that leaves a disc: where, in which direction outward, and how wide it is on the rim."""

    at: Vector
    outward: Vector
    width: float


def meeting(ink: Ink, at: Vector, heading: float, width: float) -> Meeting:
    """Follow a line into a meeting.

    The lines that leave a disc around the place are paired by how smoothly two of them join. The line goes on when
    it and a partner fit each other best; it ends when its best continuation fits another better, which is the
    line that it was drawn to, or when nothing leaves the disc.
    """
    ahead = np.array([math.cos(heading), math.sin(heading)])
    centre = at + ahead * width * 0.75
    end = at
    for radius in _RADII:
        part, corner = _part(ink, at, centre, radius)
        if part is None:
            break
        branches = _branches(part, centre - corner, radius, corner)
        came = _incoming(branches, centre, ahead, radius)
        others = [branch for branch in branches if branch is not came]
        if not others:
            return Meeting(_farthest(part, at - corner, ahead) + corner, None)
        back = came or _Branch(centre - ahead * radius, -ahead, width)
        best = min(others, key=lambda branch: _bend(back, branch))
        rivals = [(_bend(best, other), other) for other in others if other is not best]
        rival, partner = min(rivals, key=lambda each: each[0], default=(math.inf, back))
        bend = _bend(back, best)
        if best.width <= _AS_WIDE * width + 1 and bend <= rival and bend <= _allowed(best, others):
            return Meeting(best.at, math.atan2(best.outward[1], best.outward[0]))
        if radius == _RADII[0] or rival < bend <= _SMOOTH:
            end = _touch(at, ahead, best.at, partner.at)
    return Meeting(end, None)


def _allowed(best: _Branch, others: list[_Branch]) -> float:
    """How far the line may bend: further where it clearly crosses one other line."""
    rest = [branch for branch in others if branch is not best]
    crosses = len(rest) == 2 and _bend(*rest) <= _STRAIGHT  # noqa: PLR2004 - the two halves of the other line
    return _SMOOTH_ACROSS if crosses else _SMOOTH


def _part(ink: Ink, at: Vector, centre: Vector, radius: int) -> tuple[Ink | None, Vector]:
    """The ink inside a disc that hangs together with the line, and the corner of its frame."""
    left, top = (max(0, round(float(each)) - radius) for each in centre)
    window = ink[top : round(float(centre[1])) + radius + 1, left : round(float(centre[0])) + radius + 1]
    ys, xs = np.ogrid[: window.shape[0], : window.shape[1]]
    inside = window & (np.hypot(xs + left - centre[0], ys + top - centre[1]) <= radius)
    _, labels = cv2.connectedComponents(inside.astype(np.uint8), connectivity=8)
    x, y = round(float(at[0])) - left, round(float(at[1])) - top
    near = labels[max(0, y - 3) : y + 4, max(0, x - 3) : x + 4]
    own = near[near > 0]
    corner = np.array([left, top], float)
    if not own.size:
        return None, corner
    part: Ink = labels == np.bincount(own).argmax()
    return part, corner


def _branches(part: Ink, centre: Vector, radius: int, corner: Vector) -> list[_Branch]:
    ys, xs = np.ogrid[: part.shape[0], : part.shape[1]]
    away = np.hypot(xs - centre[0], ys - centre[1])
    count, labels = cv2.connectedComponents(
        (part & (away > radius - min(_DEPTH, radius / 2))).astype(np.uint8), connectivity=8
    )
    found = []
    for label in range(1, count):
        y, x = np.nonzero(labels == label)
        distance = away[y, x]
        rim = distance > radius - _RIM
        if not rim.any():
            continue
        outer = np.array([x[rim].mean(), y[rim].mean()])
        inner_ones = distance <= distance.min() + _RIM
        inner = np.array([x[inner_ones].mean(), y[inner_ones].mean()])
        outward = outer - inner
        long = float(np.hypot(*outward))
        outward = outward / long if long > 1 else (outer - centre) / radius
        found.append(_Branch(outer + corner, outward, float(rim.sum()) / _RIM))
    return found


def _incoming(branches: list[_Branch], centre: Vector, ahead: Vector, radius: int) -> _Branch | None:
    """The branch on which the line came."""
    behind = centre - ahead * radius
    near = [branch for branch in branches if np.hypot(*(branch.at - behind)) < max(_ARRIVAL, radius / 2.2)]
    return min(near, key=lambda branch: float(np.hypot(*(branch.at - behind))), default=None)


def _bend(one: _Branch, other: _Branch) -> float:
    """How far two branches are from being one line: nothing for a straight line, little for an even bow."""
    chord = other.at - one.at
    first = _turned(-one.outward, chord)
    second = _turned(chord, other.outward)
    return abs(first - second) + _BEND_WEIGHT * (abs(first) + abs(second))


def _turned(one: Vector, other: Vector) -> float:
    return math.atan2(one[0] * other[1] - one[1] * other[0], float(one @ other))


def _touch(at: Vector, ahead: Vector, one: Vector, other: Vector) -> Vector:
    """Where a line that goes ahead touches the line through two points."""
    along = one - other
    cross = ahead[0] * along[1] - ahead[1] * along[0]
    if abs(cross) < _SHALLOW * np.hypot(*along):
        return at
    gap = one - at
    way = float(np.clip((gap[0] * along[1] - gap[1] * along[0]) / cross, 0, 2 * _ARRIVAL))
    return at + ahead * way


def _farthest(part: Ink, at: Vector, ahead: Vector) -> Vector:
    ys, xs = np.nonzero(part)
    index = int(np.argmax((xs - at[0]) * ahead[0] + (ys - at[1]) * ahead[1]))
    return np.array([xs[index], ys[index]], float)
