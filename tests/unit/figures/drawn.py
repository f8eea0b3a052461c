"""Small sheets drawn for tests: numerals, lead lines and charts at known places."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from patent2tech.figures.model import Box, FigureKind, SeenFigure, UprightSheet, View

FONT = ImageFont.load_default(46)


class Paper:
    """A white sheet to draw on, at 300 dpi."""

    def __init__(self, width: int = 1200, height: int = 900) -> None:
        self.image = Image.new("L", (width, height), 255)
        self._pen = ImageDraw.Draw(self.image)

    def write(self, text: str, x: int, y: int) -> Box:
        """Letters with their upper left corner at a place; gives the box of their ink."""
        left, top, right, bottom = self._pen.textbbox((x, y), text, font=FONT)
        self._pen.text((x, y), text, font=FONT, fill=0)
        return int(left), int(top), math.ceil(right), math.ceil(bottom)

    def line(self, points: Sequence[tuple[float, float]], width: int = 4) -> None:
        """An open line."""
        self._pen.line(list(points), fill=0, width=width, joint="curve")

    def box(self, frame: Box) -> None:
        """A rectangle."""
        self._pen.rectangle(frame, outline=0, width=5)

    def diamond(self, frame: Box) -> None:
        """A decision."""
        x0, y0, x1, y1 = frame
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        self.line([(x, y0), (x1, y), (x, y1), (x0, y), (x, y0), (x1, y)], 5)

    def arrow(self, points: Sequence[tuple[float, float]]) -> None:
        """A line with a filled head at its last point."""
        self.line(points)
        (x0, y0), (x1, y1) = points[-2:]
        long = math.hypot(x1 - x0, y1 - y0)
        ux, uy = (x1 - x0) / long, (y1 - y0) / long
        self._pen.polygon(
            [(x1, y1), (x1 - 24 * ux - 9 * uy, y1 - 24 * uy + 9 * ux), (x1 - 24 * ux + 9 * uy, y1 - 24 * uy - 9 * ux)],
            fill=0,
        )

    def ring(self, x: int, y: int, radius: int) -> None:
        """A circle."""
        self._pen.ellipse((x - radius, y - radius, x + radius, y + radius), outline=0, width=5)

    @property
    def pixels(self) -> NDArray[np.uint8]:
        """The sheet in black and white."""
        return np.where(np.array(self.image) < 128, 0, 255).astype(np.uint8)


def a_figure(
    pixels: NDArray[np.uint8],
    *,
    label: str | None = "1",
    label_box: Box | None = None,
    kind: FigureKind = FigureKind.DRAWING,
    caption: str | None = None,
) -> SeenFigure:
    """One figure that fills its sheet."""
    high, wide = pixels.shape
    sheet = UprightSheet("D00001.TIF", 1, pixels)
    return SeenFigure(label, sheet, (0, 0, wide, high), pixels, View(), kind, caption, label_box)


def bow(start: tuple[float, float], end: tuple[float, float], height: float) -> Iterable[tuple[float, float]]:
    """Points of an arc between two places."""
    (x0, y0), (x1, y1) = start, end
    long = math.hypot(x1 - x0, y1 - y0)
    for step in range(41):
        t = step / 40
        rise = height * math.sin(math.pi * t)
        yield x0 + (x1 - x0) * t - (y1 - y0) / long * rise, y0 + (y1 - y0) * t + (x1 - x0) / long * rise
