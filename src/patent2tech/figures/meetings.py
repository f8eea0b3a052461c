"""Meetings of lines: whether a line that runs into others goes on behind them, or ends there."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    Ink = NDArray[np.bool_]
    Vector = NDArray[np.float64]

# Radii in pixels at 300 dpi: a right-angled crossing shows in the first, one at 5 degrees in the last.
_RADII: Final = (18, 30, 48, 76, 120)
_RIM: Final = 2.0
_DEPTH: Final = 11.0
# The bend, in radians, that the continuation of a line may show over one disc.
_SMOOTH: Final = math.radians(14)
_SMOOTH_ACROSS: Final = math.radians(45)
_STRAIGHT: Final = math.radians(12)
_LONELY: Final = math.radians(40)
_MOST_BRANCHES: Final = 6
# What lines that differ in width by more than this cost when they are taken for one.
_SAME_WIDTH: Final = 0.2
_WIDTH_WEIGHT: Final = math.radians(30)
_BEND_WEIGHT: Final = 0.5
_ARRIVAL: Final = 14
# In widths of the line: lines that lie farther apart than this on the rim of a disc are two.
_APART: Final = 2.0
_BEFORE: Final = 5
_SCRAP: Final = 0.5
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


def meeting(ink: Ink, trail: Sequence[Vector], heading: float, width: float) -> Meeting:
    """Follow a line into a meeting; `trail` is the way that it came, its last point being where it met others.

    The lines that leave a disc around the place are paired so that all pairs together join as smoothly as possible.
    The line goes on when a partner is left for it, and ends when the others fit each other better, which are the line
    that it was drawn to, or when nothing leaves the disc.
    """
    at = trail[-1]
    ahead = np.array([math.cos(heading), math.sin(heading)])
    centre = at + ahead * width * 0.75
    end = at
    for radius in _RADII:
        part, corner = _part(ink, at, centre, radius)
        entry = _entry(trail, centre, radius)
        if part is None or (entry is None and radius > _RADII[0]):
            break
        branches = _branches(part, centre - corner, radius, corner)
        came = _incoming(branches, centre - ahead * radius if entry is None else trail[entry], radius)
        others = [branch for branch in branches if branch is not came and branch.width > _SCRAP * width]
        if not others:
            return Meeting(_farthest(part, at - corner, ahead) + corner, None)
        pairing = _paired(_back(trail, centre, ahead, width), others)
        if pairing.goes_on:
            outward = pairing.nearest.outward
            return Meeting(pairing.nearest.at, math.atan2(outward[1], outward[0]))
        if radius == _RADII[0] or pairing.bend <= _SMOOTH:
            end = _touch(at, ahead, *pairing.line)
        if pairing.straight and radius >= _RADII[2] and radius * math.sin(min(pairing.bend, 1.5)) > _APART * width:
            break
    return Meeting(end, None)


def _entry(trail: Sequence[Vector], centre: Vector, radius: float) -> int | None:
    """Where a trail came into a disc; `None` when it began inside."""
    return next(
        (place for place in range(len(trail) - 1, -1, -1) if np.hypot(*(trail[place] - centre)) >= radius - _RIM), None
    )


def _back(trail: Sequence[Vector], centre: Vector, ahead: Vector, width: float) -> _Branch:
    """The line as it came, a short way before the meeting, whatever lies beside it there."""
    place = _entry(trail, centre, _RADII[0])
    if place is None or place < _BEFORE:
        return _Branch(centre - ahead * _RADII[0], -ahead, width)
    outward = trail[place - _BEFORE] - trail[place]
    return _Branch(trail[place], outward / max(1e-6, float(np.hypot(*outward))), width)


@dataclass(frozen=True, slots=True, eq=False)
class _Pairing:
    """How a line and the branches of a disc join.

    It `goes_on` in the `nearest` one or ends; `bend` is how far these two are from being one line. `line` holds two
    points of the line that passes there otherwise, and whether that one is `straight`.
    """

    goes_on: bool
    nearest: _Branch
    bend: float
    line: tuple[Vector, Vector]
    straight: bool


def _paired(back: _Branch, others: list[_Branch]) -> _Pairing:
    """The smoothest pairing of all the lines that meet."""
    others = sorted(others, key=lambda branch: _bend(back, branch))[:_MOST_BRANCHES]
    ends = [back, *others]
    cost = {(i, j): _bend(ends[i], ends[j]) + _unlike(ends[i], ends[j]) for i, j in combinations(range(len(ends)), 2)}
    pairs = min(_pairings(tuple(range(len(ends)))), key=lambda pairs: _total(pairs, cost, len(ends)))
    own = next((pair for pair in pairs if pair[0] == 0), None)
    rest = [pair for pair in pairs if pair[0] != 0]
    passing = min(rest, key=cost.__getitem__) if rest else _passing(cost, len(ends))
    nearest = ends[own[1]] if own else others[0]
    bend = _bend(back, nearest)
    straight = passing[0] != 0 and cost[passing] <= _STRAIGHT
    goes_on = False
    if own:
        paired = {each for pair in pairs for each in pair}
        half = any(cost[min(own[1], i), max(own[1], i)] <= _STRAIGHT for i in range(1, len(ends)) if i not in paired)
        crosses = straight and _between(back.at, nearest.at, (ends[passing[0]].at, ends[passing[1]].at))
        goes_on = not half and cost[own] <= (_SMOOTH_ACROSS if crosses else _SMOOTH)
    return _Pairing(goes_on, nearest, bend, (ends[passing[0]].at, ends[passing[1]].at), straight)


def _between(one: Vector, other: Vector, line: tuple[Vector, Vector]) -> bool:
    """Whether two points lie on both sides of a line, and the ends of the line on both sides of them."""

    def side(at: Vector, start: Vector, end: Vector) -> float:
        return float((end[0] - start[0]) * (at[1] - start[1]) - (end[1] - start[1]) * (at[0] - start[0]))

    return side(one, *line) * side(other, *line) < 0 and side(line[0], one, other) * side(line[1], one, other) < 0


def _passing(cost: Mapping[tuple[int, int], float], count: int) -> tuple[int, int]:
    """The branch that the line would go on in, and what fits this best."""
    partners = [(1, other) for other in range(2, count)]
    return min(partners, key=cost.__getitem__, default=(0, 1))


def _pairings(left: tuple[int, ...]) -> Iterable[tuple[tuple[int, int], ...]]:
    """Every way to pair some of these."""
    if len(left) < 2:  # noqa: PLR2004 - a pair
        yield ()
        return
    first, *others = left
    yield from _pairings(tuple(others))
    for other in others:
        for pairs in _pairings(tuple(each for each in others if each != other)):
            yield ((first, other), *pairs)


def _total(pairs: tuple[tuple[int, int], ...], cost: Mapping[tuple[int, int], float], count: int) -> float:
    return sum(cost[pair] for pair in pairs) + _LONELY * (count - 2 * len(pairs))


def _unlike(one: _Branch, other: _Branch) -> float:
    """What it costs, in radians, that two lines are not of one width."""
    return _WIDTH_WEIGHT * max(0.0, abs(math.log(max(one.width, 1.0) / max(other.width, 1.0))) - _SAME_WIDTH)


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


def _incoming(branches: list[_Branch], entry: Vector, radius: int) -> _Branch | None:
    """The branch on which the line came."""
    near = [branch for branch in branches if np.hypot(*(branch.at - entry)) < max(_ARRIVAL, radius / 4)]
    return min(near, key=lambda branch: float(np.hypot(*(branch.at - entry))), default=None)


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
