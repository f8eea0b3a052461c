"""Builders of figures: straight views of simple things, drawn line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from patent2tech.figures.model import Projection, SeenFigure, SeenFigures, Side, UprightSheet, View

SCALE = 600
MARGIN = 60
WIDTH = 4

DASH = 14
GAP = 9
"""Pixels of a broken line's dashes and of the gaps between them."""

Shape = tuple[str, float, float, float, float]
"""`rect`, `broken` (a rectangle of broken lines) or `ellipse`, and left, top, right, bottom in longest sides."""


def a_picture(size: tuple[float, float], shapes: Sequence[Shape], scale: float = SCALE) -> np.ndarray:
    width, height = (round(side * scale) + 2 * MARGIN for side in size)
    image = np.full((height, width), 255, np.uint8)
    for kind, *corners in shapes:
        x0, y0, x1, y1 = (round(value * scale) + MARGIN for value in corners)
        if kind == "rect":
            cv2.rectangle(image, (x0, y0), (x1, y1), 0, WIDTH)
        elif kind == "broken":
            for x in range(x0, x1, DASH + GAP):
                for y in (y0, y1):
                    cv2.line(image, (x, y), (min(x + DASH, x1), y), 0, WIDTH)
            for y in range(y0, y1, DASH + GAP):
                for x in (x0, x1):
                    cv2.line(image, (x, y), (x, min(y + DASH, y1)), 0, WIDTH)
        else:
            middle, half = ((x0 + x1) // 2, (y0 + y1) // 2), ((x1 - x0) // 2, (y1 - y0) // 2)
            cv2.ellipse(image, middle, half, 0, 0, 360, 0, WIDTH)
    return image


def a_figure(label: str, side: Side | None, pixels: np.ndarray, **view) -> SeenFigure:
    projection = Projection.ORTHOGRAPHIC if side else Projection.UNKNOWN
    sheet = UprightSheet("D00001.TIF", 1, pixels)
    seen = View(projection, (side,) if side else (), **view)
    return SeenFigure(label, sheet, (0, 0, pixels.shape[1], pixels.shape[0]), pixels, seen, caption=f"view {label}")


def a_set(views: dict[Side, tuple[tuple[float, float], Sequence[Shape]]], **view) -> SeenFigures:
    figures = [a_figure(str(i), side, a_picture(*one), **view) for i, (side, one) in enumerate(views.items(), 1)]
    return SeenFigures((), tuple(figures))


def a_box(width: float = 1.0, height: float = 0.6, depth: float = 0.4) -> SeenFigures:
    return a_set(
        {
            Side.FRONT: ((width, height), [("rect", 0, 0, width, height)]),
            Side.RIGHT: ((depth, height), [("rect", 0, 0, depth, height)]),
            Side.TOP: ((width, depth), [("rect", 0, 0, width, depth)]),
        }
    )


def a_block_on_a_table(full: str = "rect") -> SeenFigures:
    """A block whose lines are full, on a wider table in broken lines; without its own lines it is broken as well."""
    return a_set(
        {
            Side.FRONT: ((1.2, 0.8), [(full, 0.3, 0, 0.9, 0.5), ("broken", 0, 0.5, 1.2, 0.8)]),
            Side.RIGHT: ((0.8, 0.8), [(full, 0.2, 0, 0.6, 0.5), ("broken", 0, 0.5, 0.8, 0.8)]),
            Side.TOP: ((1.2, 0.8), [(full, 0.3, 0.2, 0.9, 0.6), ("broken", 0, 0, 1.2, 0.8)]),
        },
        broken_lines_are_environment=True,
    )


def a_bored_plate() -> SeenFigures:
    hole: Shape = ("ellipse", 0.3, 0.1, 0.7, 0.5)
    plan = [("rect", 0, 0, 1, 0.6), hole]
    return a_set(
        {
            Side.FRONT: ((1, 0.2), [("rect", 0, 0, 1, 0.2)]),
            Side.RIGHT: ((0.6, 0.2), [("rect", 0, 0, 0.6, 0.2)]),
            Side.TOP: ((1, 0.6), plan),
            Side.BOTTOM: ((1, 0.6), plan),
        }
    )


def a_tray() -> SeenFigures:
    return a_set(
        {
            Side.FRONT: ((1, 0.3), [("rect", 0, 0, 1, 0.3)]),
            Side.RIGHT: ((0.7, 0.3), [("rect", 0, 0, 0.7, 0.3)]),
            Side.TOP: ((1, 0.7), [("rect", 0, 0, 1, 0.7), ("rect", 0.06, 0.06, 0.94, 0.64)]),
            Side.BOTTOM: ((1, 0.7), [("rect", 0, 0, 1, 0.7)]),
        }
    )


def a_can() -> SeenFigures:
    return a_set(
        {
            Side.FRONT: ((0.5, 1), [("rect", 0, 0, 0.5, 1)]),
            Side.RIGHT: ((0.5, 1), [("rect", 0, 0, 0.5, 1)]),
            Side.TOP: ((0.5, 0.5), [("ellipse", 0, 0, 0.5, 0.5)]),
        }
    )


def with_figure(seen: SeenFigures, label: str, **changes) -> SeenFigures:
    figures = tuple(replace(one, **changes) if one.label == label else one for one in seen.figures)
    return replace(seen, figures=figures)


def plus(seen: SeenFigures, *figures: SeenFigure) -> SeenFigures:
    return replace(seen, figures=(*seen.figures, *figures))
