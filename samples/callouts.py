"""Reference numerals around a figure: each lead line ends on a place where its part is really seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from samples.drawing import Scene
from samples.solids import Floats, Ints, Part, Point
from samples.views import View

Side = Literal["left", "right", "above", "below"]

WHOLE, SPACE = "", "-"

CELLS = 220
"""Columns of the grid on which seen parts are sampled."""


@dataclass(frozen=True, slots=True)
class Callout:
    """A numeral, the part it names, the side of the figure where it stands, and its point where it is a feature.

    A part that is a numeral's whole subject needs no point: the place is chosen where it is widest in sight. The
    part `WHOLE` stands for the device, to which an arrow points, the part `SPACE` for a slot or gap.
    """

    numeral: str
    part: str
    side: Side
    at: Point | None = None


@dataclass(frozen=True)
class Sight:
    """Which part is seen in each cell of a grid over the view, -1 where none is."""

    part: Ints
    origin: Floats
    cell: float

    def owner(self, point: Floats) -> int:
        """The part seen at a point of the view."""
        column, row = np.floor((point - self.origin) / self.cell).astype(int)
        inside = 0 <= row < self.part.shape[0] and 0 <= column < self.part.shape[1]
        return int(self.part[row, column]) if inside else -1


def sight(shown: Scene) -> Sight:
    """Sample which part is in front at every cell centre."""
    low = shown.faces[:, :, :2].min(axis=(0, 1))
    high = shown.faces[:, :, :2].max(axis=(0, 1))
    cell = float((high - low).max()) / CELLS
    shape = np.ceil((high - low) / cell).astype(int)[::-1] + 1
    depth = np.full(tuple(shape), -np.inf)
    part = np.full(tuple(shape), -1)
    first = np.ceil((shown.faces[:, :, :2].min(axis=1) - low) / cell - 0.5).astype(int)
    last = np.floor((shown.faces[:, :, :2].max(axis=1) - low) / cell - 0.5).astype(int) + 1
    for number in np.flatnonzero((first < last).all(axis=1)).tolist():
        triangle, begin, end = shown.faces[number], first[number], last[number]
        xs = low[0] + (np.arange(begin[0], end[0]) + 0.5) * cell
        ys = low[1] + (np.arange(begin[1], end[1]) + 0.5) * cell
        flat = triangle[:, :2]
        a, b, c = flat
        area = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
        x, y = xs[None, :], ys[:, None]
        u = ((x - a[0]) * (c[1] - a[1]) - (y - a[1]) * (c[0] - a[0])) / area
        v = ((b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0])) / area
        z = triangle[0, 2] + u * (triangle[1, 2] - triangle[0, 2]) + v * (triangle[2, 2] - triangle[0, 2])
        rows, columns = slice(begin[1], end[1]), slice(begin[0], end[0])
        nearer = (u >= 0) & (v >= 0) & (u + v <= 1) & (z > depth[rows, columns])
        depth[rows, columns][nearer] = z[nearer]
        part[rows, columns][nearer] = shown.owner[number]
    return Sight(part, low, cell)


def _widest(seen: Sight, number: int, side: Side) -> Floats | None:
    mask = seen.part == number
    if not mask.any():
        return None
    kept = mask
    for _ in range(5):
        inner = kept.copy()
        inner[1:-1, 1:-1] &= kept[:-2, 1:-1] & kept[2:, 1:-1] & kept[1:-1, :-2] & kept[1:-1, 2:]
        inner[[0, -1], :] = False
        inner[:, [0, -1]] = False
        if not inner.any():
            break
        kept = inner
    rows, columns = np.nonzero(kept)
    middle = np.array([columns.mean(), rows.mean()])
    outward = {"left": -columns, "right": columns, "above": rows, "below": -rows}[side]
    aside = np.abs(rows - middle[1]) if side in ("left", "right") else np.abs(columns - middle[0])
    best = int(np.argmax(outward - 0.7 * aside))
    spot: Floats = seen.origin + (np.array([columns[best], rows[best]]) + 0.5) * seen.cell
    return spot


def tips(callouts: Sequence[Callout], parts: Sequence[Part], view: View, seen: Sight) -> list[Floats]:
    """Where the lead lines end, in the view's millimetres; raises where a named part is not in sight there."""
    names = [part.name for part in parts]
    found = []
    for callout in callouts:
        number = -1 if callout.part in (WHOLE, SPACE) else names.index(callout.part)
        if callout.at is None:
            spot = _widest(seen, number, callout.side)
        else:
            spot = (view.rotation @ np.asarray(callout.at, dtype=np.float64))[:2]
            around = [
                seen.owner(spot + np.array(step) * seen.cell) for step in ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1))
            ]
            spot = spot if number == -1 or number in around else None
        if spot is None:
            raise ValueError(f"numeral {callout.numeral}: the {callout.part} is not in sight there")
        found.append(spot)
    return found
