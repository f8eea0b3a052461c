"""Letters and digits on the sheets, from the one typeface that ships with the imaging library."""

from __future__ import annotations

from functools import cache
from typing import Literal

from PIL import Image, ImageDraw, ImageFont

Anchor = Literal["lm", "mm", "rm", "mt", "mb", "ms"]

DO_STROKES = (((0.15, 0.1), (0.85, 0.1)), ((0.15, 0.1), (0.15, 0.52)), ((0.15, 0.52), (0.88, 0.52)),
              ((0.5, 0.52), (0.5, 0.9)), ((0.0, 0.9), (1.0, 0.9)))  # fmt: skip
"""The syllable that labels Korean figures, as strokes in a unit square: the typeface has no Hangul."""


@cache
def typeface(size: int) -> ImageFont.FreeTypeFont:
    """The typeface at a size in pixels."""
    font = ImageFont.load_default(size)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise TypeError("the imaging library was built without scalable fonts")
    return font


def write(canvas: Image.Image, at: tuple[float, float], text: str, size: int, anchor: Anchor = "mm") -> None:
    """Put text on a one-bit canvas; text that begins with the syllable for 'figure' is drawn by strokes."""
    pen = ImageDraw.Draw(canvas)
    pen.fontmode = "1"
    if not text.startswith("도 "):
        pen.text((round(at[0]), round(at[1])), text, fill=0, font=typeface(size), anchor=anchor)
        return
    number = text[2:]
    cell = size * 0.9
    left = at[0] - (cell * 1.3 + typeface(size).getlength(number)) / 2
    top = at[1] - cell / 2
    for (x1, y1), (x2, y2) in DO_STROKES:
        ends = (round(left + x1 * cell), round(top + y1 * cell), round(left + x2 * cell), round(top + y2 * cell))
        pen.line(ends, fill=0, width=max(3, size // 11))
    pen.text((round(left + cell * 1.3), round(at[1])), number, fill=0, font=typeface(size), anchor="lm")


def width_of(text: str, size: int) -> float:
    """How wide a line of text will be."""
    return typeface(size).getlength(text)
