"""Lead lines: from the free end beside a numeral along the ink to the part that the line touches."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from patent2tech.figures.ink import NEIGHBOURS, solid_ink
from patent2tech.figures.meetings import meeting

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from patent2tech.figures.model import Box, Numeral, Point

    Ink = NDArray[np.bool_]

# Lengths are in pixels at 300 dpi or, where said, in heights of the numeral.
_REACH: Final = (0.75, 1.3)
"""How far from a numeral its line may begin, in heights; the wider ring is tried when the nearer has no end."""
_SHORTEST: Final = 0.5
_BACKWARD: Final = -0.35
"""The cosine of the sharpest angle at which a line may leave its numeral."""

_LONGEST: Final = 3000
_STEP: Final = 2.0
_LOOK: Final = 12
_LOOK_BACK: Final = 14
_LEAST_INK_AHEAD: Final = 4
_SWAY: Final = np.radians(np.arange(-27, 28, 3.0))
_TURN: Final = math.radians(6)
_HAIRLINE: Final = 2.0
_CROSSING_WIDTH: Final = 1.75
_WIDEST_LINE: Final = 14
# An arrowhead is 8 to 16 pixels wide and at most 40 long; its wide end lies within reach when the line gets wider.
_HEAD_REACH: Final = 26
_HEAD_AREA: Final = 500


@dataclass(frozen=True, slots=True)
class _HeadSize:
    """From which thickness on, in pixels and in widths of its line, ink is an arrowhead, and how far off it may be."""

    width: int
    lines: float
    reach: float


# Where lines cross at less than 30 degrees their ink is as thick as a small head: only what ends a line can be one.
_PLAIN_HEAD: Final = _HeadSize(10, 2.7, 18.0)
_LIKELY_HEAD: Final = _HeadSize(9, 2.2, 26.0)


@dataclass(frozen=True, slots=True)
class _End:
    """A free end of a line: where it is, where it goes, and how far it is from the numeral, in heights."""

    at: NDArray[np.float64]
    heading: float
    distance: float


def follow_leads(pixels: NDArray[np.uint8], numerals: Sequence[Numeral]) -> tuple[Numeral, ...]:
    """The numerals with the tip of each one's lead line, where it has one, on an upright grey sheet.

    A line leads from one numeral only: where two could own an end, the nearer does.
    """
    ink = solid_ink(pixels)
    for numeral in numerals:
        x0, y0, x1, y1 = numeral.box
        ink[max(0, y0 - 1) : y1 + 1, max(0, x0 - 1) : x1 + 1] = False
    offers = sorted(
        ((end.distance, index, end) for index, each in enumerate(numerals) for end in _ends(ink, each.box)),
        key=lambda offer: offer[0],
    )
    # A hairline of one pixel has no inside to walk in.
    thickened = cv2.dilate(ink.astype(np.uint8), NEIGHBOURS).astype(bool)
    tips: dict[int, Point] = {}
    taken: list[NDArray[np.float64]] = []
    for _, index, end in offers:
        if index in tips or any(np.hypot(*(end.at - other)) < _STEP * 4 for other in taken):
            continue
        x0, y0, x1, y1 = numerals[index].box
        tip, length = _walk(ink if _line_width(ink, end.at, end.heading) > _HAIRLINE else thickened, end)
        if length < _SHORTEST * (y1 - y0):
            continue
        tips[index] = (round(float(tip[0]), 1), round(float(tip[1]), 1))
        taken += [end.at, tip]
    return tuple(replace(each, tip=tips.get(index, each.tip)) for index, each in enumerate(numerals))


def _ends(ink: Ink, box: Box) -> list[_End]:
    """The free ends of lines around a box, those of the nearer ring if there are any."""
    for reach in _REACH:
        if found := list(_ends_within(ink, box, reach)):
            return found
    return []


def _ends_within(ink: Ink, box: Box, reach: float) -> Iterable[_End]:
    height = box[3] - box[1]
    far = round(height * (reach + 0.6))
    left, top = max(0, box[0] - far), max(0, box[1] - far)
    window = ink[top : box[3] + far, left : box[2] + far]
    if not window.any():
        return
    _, labels = cv2.connectedComponents(window.astype(np.uint8), connectivity=8)
    thin = _thinned(window)
    for y, x in _tips_of(thin):
        at = np.array([x + left, y + top], float)
        distance = _distance(at, box) / height
        on_rim = min(x, y, window.shape[1] - 1 - x, window.shape[0] - 1 - y) <= 1
        if distance > reach or on_rim or _is_underline(labels == labels[y, x], box, (left, top)):
            continue
        run = _run_from(thin, (int(y), int(x)))
        if len(run) < max(5, _SHORTEST * height / 2):
            continue
        back = run[min(len(run) - 1, _LOOK_BACK)]
        heading = math.atan2(back[0] - run[0][0], back[1] - run[0][1])
        away = _away(at, box)
        agreement = math.cos(heading - away)
        if agreement < _BACKWARD:
            continue
        yield _End(at, heading, distance + 0.35 * (1 - agreement))


def _thinned(window: Ink) -> Ink:
    from skimage.morphology import skeletonize

    thin: Ink = skeletonize(window)  # type: ignore[no-untyped-call]  # scikit-image has none here
    return thin


def _tips_of(thin: Ink) -> NDArray[np.intp]:
    """Pixels of a skeleton with one neighbour."""
    neighbours = cv2.filter2D(thin.astype(np.uint8), -1, np.ones((3, 3), np.uint8), borderType=cv2.BORDER_CONSTANT)
    return np.argwhere(thin & (neighbours == 2))  # noqa: PLR2004 - itself and one more


def _run_from(thin: Ink, start: tuple[int, int]) -> list[tuple[int, int]]:
    """The pixels of a skeleton from an end to the next fork."""
    run, seen = [start], {start}
    while len(run) <= 4 * _LOOK_BACK:
        y, x = run[-1]
        ahead = [
            (y + dy, x + dx)
            for dy in (-1, 0, 1)
            for dx in (-1, 0, 1)
            if 0 <= y + dy < thin.shape[0] and 0 <= x + dx < thin.shape[1] and thin[y + dy, x + dx]
        ]
        ahead = [each for each in ahead if each not in seen]
        if not ahead or len(ahead) > 2:  # noqa: PLR2004 - a diagonal step sees two
            break
        seen.update(ahead)
        run.append(min(ahead, key=lambda each: abs(each[0] - y) + abs(each[1] - x)))
    return run


def _is_underline(part: Ink, box: Box, corner: tuple[int, int]) -> bool:
    """Whether a stroke lies below a numeral as its underline, which says that the numeral stands on its part."""
    ys, xs = np.nonzero(part)
    wide, high = int(np.ptp(xs)) + 1, int(np.ptp(ys)) + 1
    height, width = box[3] - box[1], box[2] - box[0]
    below = -_STEP <= ys.min() + corner[1] - box[3] <= 0.5 * height
    middle = abs(xs.mean() + corner[0] - (box[0] + box[2]) / 2) < 0.2 * width
    return bool(below and middle and high <= 0.25 * height and 0.6 * width <= wide <= 1.6 * width)


def _distance(at: NDArray[np.float64], box: Box) -> float:
    return math.hypot(max(box[0] - at[0], 0, at[0] - box[2]), max(box[1] - at[1], 0, at[1] - box[3]))


def _away(at: NDArray[np.float64], box: Box) -> float:
    """The direction from the nearest point of a box to a point outside it."""
    return math.atan2(at[1] - min(max(at[1], box[1]), box[3]), at[0] - min(max(at[0], box[0]), box[2]))


def _walk(ink: Ink, end: _End) -> tuple[NDArray[np.float64], float]:
    """Follow a line from its free end; gives where it stops and how long it is."""
    at, heading, length = end.at.copy(), end.heading, 0.0
    trail = [at]
    width = _line_width(ink, at, heading)
    while length < _LONGEST:
        runs = _ahead(ink, at, heading + _SWAY)
        across, shift = _across(ink, at, heading)
        if across > _CROSSING_WIDTH * width and length > width:
            if (head := _head(ink, at, heading, width, _PLAIN_HEAD)) is not None:
                return head, length + float(np.hypot(*(head - at)))
            met = meeting(ink, trail, heading, width)
            if met.heading is None and (head := _head(ink, at, heading, width, _LIKELY_HEAD)) is not None:
                return head, length + float(np.hypot(*(head - at)))
            length += float(np.hypot(*(met.at - at)))
            trail += list(np.linspace(at, met.at, 2 + int(np.hypot(*(met.at - at)) / _STEP))[1:])
            at = met.at
            if met.heading is None:
                break
            heading = met.heading
            continue
        if runs.max() < _LEAST_INK_AHEAD:
            break
        at = at + shift / 2 * np.array([-math.sin(heading), math.cos(heading)])
        heading += min(max(_turn(runs), -_TURN), _TURN)
        at = at + _STEP * np.array([math.cos(heading), math.sin(heading)])
        trail.append(at)
        length += _STEP
    return at, length


def _head(
    ink: Ink, at: NDArray[np.float64], heading: float, width: float, size: _HeadSize
) -> NDArray[np.float64] | None:
    """The point of an arrowhead that begins here: ink much wider than two lines that lie on each other."""
    left, top = (max(0, round(float(each)) - _HEAD_REACH) for each in at)
    corner = np.array([left, top], float)
    window = ink[top : top + 2 * _HEAD_REACH, left : left + 2 * _HEAD_REACH].astype(np.uint8)
    thick = max(size.width, round(size.lines * width))
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (thick, thick))
    _, labels, stats, middles = cv2.connectedComponentsWithStats(cv2.morphologyEx(window, cv2.MORPH_OPEN, disc))
    ahead = np.array([math.cos(heading), math.sin(heading)])
    ways = [
        (float(np.hypot(*(middle + corner - at))), label)
        for label, middle in enumerate(middles)
        if label and stats[label][cv2.CC_STAT_AREA] <= _HEAD_AREA and (middle + corner - at) @ ahead > -_STEP
    ]
    way, label = min(ways, default=(math.inf, 0))
    if way > size.reach:
        return None
    near = (cv2.dilate((labels == label).astype(np.uint8), disc) > 0) & (window > 0)
    ys, xs = np.nonzero(near)
    point = np.array([xs, ys], float).T + corner
    best: NDArray[np.float64] = point[int(np.argmax((point - at) @ ahead))]
    return best


def _ahead(ink: Ink, at: NDArray[np.float64], headings: NDArray[np.float64]) -> NDArray[np.intp]:
    """How many pixels of ink lie ahead without a gap, for each heading."""
    steps = np.arange(1, _LOOK + 1)
    x = np.rint(at[0] + steps * np.cos(headings)[:, None]).astype(int)
    y = np.rint(at[1] + steps * np.sin(headings)[:, None]).astype(int)
    there = _look_up(ink, x, y)
    return np.where(there.all(1), _LOOK, there.argmin(1))


def _look_up(ink: Ink, x: NDArray[np.int_], y: NDArray[np.int_]) -> Ink:
    inside = (x >= 0) & (y >= 0) & (x < ink.shape[1]) & (y < ink.shape[0])
    found: Ink = inside & ink[np.clip(y, 0, ink.shape[0] - 1), np.clip(x, 0, ink.shape[1] - 1)]
    return found


def _turn(runs: NDArray[np.intp]) -> float:
    """The middle of those headings, nearest to straight ahead, that see most ink."""
    best = np.nonzero(runs >= runs.max() - 1)[0]
    groups = np.split(best, np.nonzero(np.diff(best) > 1)[0] + 1)
    nearest = min(groups, key=lambda group: abs(_SWAY[group]).min())
    return float(_SWAY[nearest].mean())


def _across(ink: Ink, at: NDArray[np.float64], heading: float) -> tuple[float, float]:
    """The width of the ink across the heading, and how far its middle lies to the left."""
    steps = np.arange(_WIDEST_LINE + 1)
    sides = []
    for side in (1, -1):
        x = np.rint(at[0] - side * steps * math.sin(heading)).astype(int)
        y = np.rint(at[1] + side * steps * math.cos(heading)).astype(int)
        there = _look_up(ink, x, y)
        sides.append(len(steps) if there.all() else int(there.argmin()))
    return float(max(1, sum(sides) - 1)), (sides[0] - sides[1]) / 2


def _line_width(ink: Ink, at: NDArray[np.float64], heading: float) -> float:
    """The width of a line near its free end."""
    ahead = [at + step * np.array([math.cos(heading), math.sin(heading)]) for step in (3, 5, 7, 9, 11)]
    return max(1.0, float(np.median([_across(ink, each, heading)[0] for each in ahead])))


def _between(one: float, other: float) -> float:
    """The angle from one heading to another, -pi to pi."""
    return math.remainder(one - other, math.tau)
