"""Block diagrams, flow charts and graphs: boxes, arrows and their numerals on a one-bit canvas."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

import numpy as np
from PIL import Image, ImageDraw

from samples.figure import LABEL, LINE, NUMERAL, THIN, arrow_head, stroke
from samples.lettering import width_of, write
from samples.sheet import PAGE, Sheet, cropped

TEXT = 40
LINE_HEIGHT = 52
Spot = tuple[float, float]
Turn = Literal["left", "right"]


class Chart:
    """One figure of boxes and arrows; positions are box centres in pixels of the page."""

    def __init__(self) -> None:
        """Start with an empty page."""
        self.canvas = Image.new("1", PAGE, 1)
        self.pen = ImageDraw.Draw(self.canvas)
        self.numerals: list[str] = []

    def lines(self, points: Sequence[Spot], width: int = LINE) -> None:
        """Connected straight lines."""
        rows = [[*start, *end] for start, end in pairwise(points)]
        stroke(self.pen, np.array(rows, dtype=np.float64), width)

    def words(self, centre: Spot, text: str) -> None:
        """Centred lines of text."""
        rows = text.split("\n")
        for number, row in enumerate(rows):
            write(self.canvas, (centre[0], centre[1] + (number - (len(rows) - 1) / 2) * LINE_HEIGHT), row, TEXT)

    def box(self, centre: Spot, size: Spot, text: str = "", numeral: str = "", side: Turn = "right") -> None:
        """A step or module."""
        (x, y), (w, h) = centre, (size[0] / 2, size[1] / 2)
        self.lines([(x - w, y - h), (x + w, y - h), (x + w, y + h), (x - w, y + h), (x - w, y - h)])
        if text:
            self.words(centre, text)
        if numeral:
            self._name((x + w if side == "right" else x - w, y - h * 0.6), numeral, side)

    def decision(self, centre: Spot, size: Spot, text: str, numeral: str, side: Turn = "right") -> None:
        """A branch."""
        (x, y), (w, h) = centre, (size[0] / 2, size[1] / 2)
        self.lines([(x, y - h), (x + w, y), (x, y + h), (x - w, y), (x, y - h)])
        self.words(centre, text)
        self._name((x + w / 2 if side == "right" else x - w / 2, y - h / 2), numeral, side)

    def pill(self, centre: Spot, size: Spot, text: str) -> None:
        """The start or end of a flow."""
        (x, y), (w, h) = centre, (size[0] / 2, size[1] / 2)
        self.pen.rounded_rectangle((x - w, y - h, x + w, y + h), radius=h, outline=0, width=LINE)
        self.words(centre, text)

    def arrow(self, points: Sequence[Spot], label: str = "", both: bool = False) -> None:
        """A connection with a head at its end; the label stands beside its start."""
        self.lines(points, THIN + 1)
        arrow_head(self.pen, np.array([*points[-2], *points[-1]], dtype=np.float64))
        if both:
            arrow_head(self.pen, np.array([*points[1], *points[0]], dtype=np.float64))
        if label:
            (x, y), (x2, _) = points[0], points[1]
            aside = 48 if x2 >= x else -48
            write(self.canvas, (x + aside, y - 32) if x2 != x else (x + 50, y + 30), label, TEXT)

    def _name(self, tip: Spot, numeral: str, side: Turn) -> None:
        self.numerals.append(numeral)
        half = width_of(numeral, NUMERAL) / 2
        away = 1 if side == "right" else -1
        place = (tip[0] + away * (80 + half), tip[1] - 55)
        self.lines([(place[0] - away * (half + 10), place[1] + 8), tip], THIN)
        write(self.canvas, place, numeral, NUMERAL)

    def sheet(self, label: str, at: Spot) -> Sheet:
        """The finished sheet with its figure label."""
        write(self.canvas, at, label, LABEL)
        return Sheet(cropped(self.canvas))
