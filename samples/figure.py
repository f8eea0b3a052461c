"""One figure of a sheet in pixels: its lines, its numerals with lead lines, its label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from PIL import Image, ImageDraw

from samples.callouts import WHOLE, Callout, sight, tips
from samples.drawing import scene, visible
from samples.hatching import halved, hatch
from samples.lettering import width_of, write
from samples.solids import Floats, Part
from samples.views import View

LINE, THIN = 5, 3
NUMERAL, LABEL = 52, 72
LEAD = 95
"""Pixels between the outline and the numerals."""


@dataclass(frozen=True)
class Figure:
    """Lines in pixels with Y down, and where numerals stand and point."""

    label: str
    lines: Floats
    thin: Floats
    numerals: tuple[tuple[str, tuple[float, float], tuple[float, float]], ...] = ()
    dashed: Floats = field(default_factory=lambda: np.zeros((0, 4)))
    arrows: Floats = field(default_factory=lambda: np.zeros((0, 4)))

    @property
    def box(self) -> tuple[float, float, float, float]:
        """The bounds of everything but the label."""
        points = [self.lines.reshape(-1, 2), self.dashed.reshape(-1, 2), self.arrows.reshape(-1, 2)]
        places = np.array([place for _, place, _ in self.numerals]).reshape(-1, 2)
        half = np.array([NUMERAL, NUMERAL / 2])
        every = np.concatenate([*points, places - half, places + half])
        low, high = every.min(axis=0), every.max(axis=0)
        return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def _spread(wanted: Sequence[float], gap: float) -> list[float]:
    placed = list(wanted)
    order = sorted(range(len(placed)), key=placed.__getitem__)
    for _ in range(200):
        for low, high in pairwise(order):
            short = gap - (placed[high] - placed[low])
            if short > 0.01:
                placed[low] -= short / 2
                placed[high] += short / 2
    return placed


def _labels(
    callouts: Sequence[Callout], targets: Sequence[Floats], lines: Floats
) -> tuple[tuple[str, tuple[float, float], tuple[float, float]], ...]:
    low, high = lines.reshape(-1, 2).min(axis=0), lines.reshape(-1, 2).max(axis=0)
    middle = (low + high) / 2
    placed: dict[int, tuple[float, float]] = {}
    for side in ("left", "right", "above", "below"):
        members = [number for number, callout in enumerate(callouts) if callout.side == side]
        upright = side in ("left", "right")
        along = 1 if upright else 0
        fanned = [float(targets[n][along] + 0.12 * (targets[n][along] - middle[along])) for n in members]
        for number, place in zip(members, _spread(fanned, NUMERAL * (1.5 if upright else 1.9)), strict=True):
            edge = {"left": low[0] - LEAD, "right": high[0] + LEAD, "above": low[1] - LEAD, "below": high[1] + LEAD}
            placed[number] = (float(edge[side]), place) if upright else (place, float(edge[side]))
    return tuple(
        (callout.numeral, placed[number], (float(targets[number][0]), float(targets[number][1])))
        for number, callout in enumerate(callouts)
    )


def _arrow_to(place: tuple[float, float], tip: tuple[float, float]) -> tuple[float, float, float, float]:
    reach = NUMERAL * 0.9 / max(float(np.hypot(tip[0] - place[0], tip[1] - place[1])), 1.0)
    return place[0] + (tip[0] - place[0]) * reach, place[1] + (tip[1] - place[1]) * reach, *tip


def figure(
    label: str,
    parts: Sequence[Part],
    view: View,
    scale: float,
    callouts: Sequence[Callout] = (),
    section: frozenset[str] | None = None,
    axes: Sequence[tuple[tuple[float, float, float], tuple[float, float, float]]] = (),
    cut_mark: str | None = None,
) -> Figure:
    """Draw parts from a direction at `scale` pixels a millimetre.

    `section` names the shafts that stay whole when the parts are cut at Z = 0; `axes` are assembly lines of an
    exploded view; `cut_mark` is the name of a section whose plane is marked on a view from above.
    """
    parts = list(parts) if section is None else halved(parts, section)
    shown = scene(parts, view)
    flip = np.array([scale, -scale])

    def pixels(rows: Floats) -> Floats:
        flat: Floats = (rows.reshape(-1, 2) * flip).reshape(-1, 4)
        return flat

    lines = pixels(visible(shown.edges, shown.faces))
    thin = np.zeros((0, 4))
    if section is not None:
        spread = hatch(parts, section, 22 / scale) @ view.rotation.T
        thin = pixels(visible(spread, shown.faces))
    dashed = np.zeros((0, 4))
    if axes:
        dashed = pixels(visible(np.array(axes, dtype=np.float64) @ view.rotation.T, shown.faces))
    targets = [tip * flip for tip in tips(callouts, parts, view, sight(shown))] if callouts else []
    numerals = list(_labels(callouts, targets, lines))
    whole = [row for row, callout in zip(numerals, callouts, strict=True) if callout.part == WHOLE]
    arrows = np.array([_arrow_to(place, tip) for _, place, tip in whole]).reshape(-1, 4)
    if cut_mark is not None:
        low, high = lines.reshape(-1, 2).min(axis=0), lines.reshape(-1, 2).max(axis=0)
        reach, length = 70.0, 90.0
        marks = [(float(low[0]) - reach, 0.0), (float(high[0]) + reach, 0.0)]
        arrows = np.concatenate([arrows, np.array([[x, y, x, y - length] for x, y in marks])])
        dashed = np.array([[marks[0][0], 0, low[0] - 10, 0], [high[0] + 10, 0, marks[1][0], 0]], dtype=np.float64)
        numerals += [(cut_mark, (x, y - length - 40), (x, y - length)) for x, y in marks]
    return Figure(label, lines, thin, tuple(numerals), dashed, arrows)


def _dash(pen: ImageDraw.ImageDraw, ends: Floats, pattern: Sequence[int] = (40, 12, 8, 12)) -> None:
    start, vector = ends[:2], ends[2:] - ends[:2]
    length = float(np.linalg.norm(vector))
    at, step = 0.0, 0
    while at < length:
        until = min(at + pattern[step % len(pattern)], length)
        if step % 2 == 0:
            a, b = start + vector * at / length, start + vector * until / length
            pen.line([*map(round, a.tolist()), *map(round, b.tolist())], fill=0, width=THIN)
        at, step = until, step + 1


def arrow_head(pen: ImageDraw.ImageDraw, ends: Floats, size: float = 26) -> None:
    """A filled arrow head at the second end of a line."""
    vector = (ends[2:] - ends[:2]) / max(float(np.linalg.norm(ends[2:] - ends[:2])), 1e-9)
    aside = np.array([-vector[1], vector[0]]) * size * 0.35
    back = ends[2:] - vector * size
    pen.polygon([tuple(np.round(point).tolist()) for point in (ends[2:], back + aside, back - aside)], fill=0)


def stroke(pen: ImageDraw.ImageDraw, lines: Floats, width: int) -> None:
    """Lines with round ends, so that corners close."""
    radius = width / 2 - 0.5
    for x1, y1, x2, y2 in np.round(lines).astype(int).tolist():
        pen.line((x1, y1, x2, y2), fill=0, width=width)
        for x, y in ((x1, y1), (x2, y2)):
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=0)


def draw(canvas: Image.Image, drawn: Figure, offset: tuple[float, float]) -> None:
    """Put a figure on a one-bit canvas with its origin at `offset`, the label below."""
    pen = ImageDraw.Draw(canvas)
    shift = np.array([*offset, *offset])
    stroke(pen, drawn.thin + shift, THIN)
    stroke(pen, drawn.lines + shift, LINE)
    for ends in drawn.dashed + shift:
        _dash(pen, ends)
    stroke(pen, drawn.arrows + shift, THIN)
    for ends in drawn.arrows + shift:
        arrow_head(pen, ends)
    for numeral, place, tip in drawn.numerals:
        lead = np.array([*place, *tip]) + shift
        if len(drawn.arrows) == 0 or not (np.abs(drawn.arrows[:, 2:] - tip).sum(axis=1) < 1).any():
            _lead(pen, numeral, lead)
        write(canvas, (lead[0], lead[1]), numeral, NUMERAL)
    if drawn.label:
        x1, _, x2, y2 = drawn.box
        write(canvas, ((x1 + x2) / 2 + offset[0], y2 + LABEL * 1.1 + offset[1]), drawn.label, LABEL)


def _lead(pen: ImageDraw.ImageDraw, numeral: str, ends: Floats) -> None:
    vector = ends[2:] - ends[:2]
    half = np.array([width_of(numeral, NUMERAL) / 2 + 10, NUMERAL / 2 + 4])
    share = float(np.min(half / np.maximum(np.abs(vector), 1e-9)))
    start = ends[:2] + vector * min(share, 0.9)
    stroke(pen, np.array([[*start, *ends[2:]]]), THIN)
