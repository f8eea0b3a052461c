"""A drawing sheet as offices publish it: figures one below the other, one bit a pixel, 300 dpi, cropped to the ink."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps
from PIL.TiffImagePlugin import ImageFileDirectory_v2

from samples.figure import LABEL, Figure, draw

DPI = 300
PAGE = (2550, 3300)
GAP = 130
MARGIN = 6
IMAGE_DESCRIPTION = 270


@dataclass(frozen=True, slots=True)
class Sheet:
    """One image of a publication; `landscape` sheets are stored turned, as they stand in the paper document."""

    image: Image.Image
    landscape: bool = False

    @property
    def height_mm(self) -> str:
        """The printed height, as the XML states it."""
        return f"{self.image.height / DPI * 25.4:.2f}mm"

    @property
    def width_mm(self) -> str:
        """The printed width, as the XML states it."""
        return f"{self.image.width / DPI * 25.4:.2f}mm"

    def tiff(self, name: str) -> bytes:
        """A TIFF in CCITT Group 4 with the office's description tag."""
        tags = ImageFileDirectory_v2()
        tags[IMAGE_DESCRIPTION] = f"**DRAWING;{name};BW;{'L' if self.landscape else 'P'}"
        buffer = BytesIO()
        self.image.save(buffer, "TIFF", compression="group4", dpi=(DPI, DPI), tiffinfo=tags)
        return buffer.getvalue()


def cropped(canvas: Image.Image) -> Image.Image:
    """Cut away the blank margin, as published sheets come without it."""
    ink = ImageOps.invert(canvas.convert("L")).getbbox()
    if ink is None:
        raise ValueError("the sheet is blank")
    x1, y1, x2, y2 = ink
    return canvas.crop((x1 - MARGIN, y1 - MARGIN, x2 + MARGIN, y2 + MARGIN))


def sheet(figures: Sequence[Figure], landscape: bool = False) -> Sheet:
    """Lay figures out from top to bottom on one page."""
    size = (PAGE[1], PAGE[0]) if landscape else PAGE
    heights = [drawn.box[3] - drawn.box[1] + LABEL * 1.7 for drawn in figures]
    widths = [drawn.box[2] - drawn.box[0] for drawn in figures]
    total = sum(heights) + GAP * (len(figures) - 1)
    if total > size[1] - 200 or max(widths) > size[0] - 200:
        raise ValueError(f"the figures need {max(widths):.0f} x {total:.0f} pixels, the sheet has {size}")
    canvas = Image.new("1", size, 1)
    top = (size[1] - total) / 2
    for drawn, height in zip(figures, heights, strict=True):
        x1, y1, x2, _ = drawn.box
        draw(canvas, drawn, (round(size[0] / 2 - (x1 + x2) / 2), round(top - y1)))
        top += height + GAP
    image = cropped(canvas)
    return Sheet(image.transpose(Image.Transpose.ROTATE_90) if landscape else image, landscape)
