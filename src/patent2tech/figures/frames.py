"""Frames: large rectangles around nodes of a chart, taken out of the ink so that no line seems to end at them."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from patent2tech.figures.model import Box

_SHORTEST: Final = 120
_CORNER: Final = 10
_BESIDE: Final = 5
_MOST_RUNS: Final = 80


def without_frames(ink: NDArray[np.uint8], nodes: Sequence[Box]) -> NDArray[np.uint8]:
    """The ink without the sides of rectangles that hold nodes; what crosses a side stays whole."""
    across, down = _runs(ink, (_SHORTEST, 1)), _runs(ink, (1, _SHORTEST))
    if len(across) > _MOST_RUNS or len(down) > _MOST_RUNS:
        return ink
    cleared = ink.copy()
    for top, bottom in combinations(sorted(across, key=lambda run: run[1]), 2):
        if abs(top[0] - bottom[0]) > _CORNER or abs(top[2] - bottom[2]) > _CORNER:
            continue
        sides = [_side(down, x, top[1], bottom[3]) for x in (top[0], top[2])]
        frame = (top[0], top[1], top[2], bottom[3])
        if None in sides or not _holds(frame, nodes):
            continue
        for run in (top, bottom):
            _clear(ink, cleared, run)
        for side in sides:
            if side is not None:
                _clear(ink.T, cleared.T, (side[1], side[0], side[3], side[2]))
    return cleared


def _runs(ink: NDArray[np.uint8], size: tuple[int, int]) -> list[Box]:
    opened = cv2.morphologyEx(ink, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, size))
    _, _, stats, _ = cv2.connectedComponentsWithStats(opened, connectivity=8)
    return [(x, y, x + wide, y + high) for x, y, wide, high, _ in stats[1:].tolist()]


def _side(runs: Sequence[Box], x: int, top: int, bottom: int) -> Box | None:
    for run in runs:
        if (
            abs((run[0] + run[2]) / 2 - x) <= _CORNER
            and abs(run[1] - top) <= _CORNER
            and abs(run[3] - bottom) <= _CORNER
        ):
            return run
    return None


def _holds(frame: Box, nodes: Sequence[Box]) -> bool:
    """Whether a node lies in a frame with room on every side, and none is the frame itself."""
    inside = [
        node
        for node in nodes
        if frame[0] + _CORNER < node[0]
        and frame[1] + _CORNER < node[1]
        and node[2] < frame[2] - _CORNER
        and node[3] < frame[3] - _CORNER
    ]
    same = any(all(abs(a - b) <= _CORNER for a, b in zip(frame, node, strict=True)) for node in nodes)
    return bool(inside) and not same


def _clear(ink: NDArray[np.uint8], cleared: NDArray[np.uint8], run: Box) -> None:
    """Take a lying run of ink away, except where ink stands right above and below it."""
    x0, y0, x1, y1 = run
    above = ink[max(0, y0 - _BESIDE) : max(1, y0 - 1), x0:x1].all(axis=0)
    below = ink[y1 + 1 : y1 + _BESIDE, x0:x1].all(axis=0)
    crossed = above & below
    band = cleared[y0 : y1 + 1, x0:x1]
    band[:, ~crossed] = 0
