"""Drawing sheets made for tests: outlines with labels, as bytes of the formats that offices use."""

from __future__ import annotations

import io
from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from patent2tech.patents import Paragraph, Patent, PatentType, PublicationNumber, Sheet

if TYPE_CHECKING:
    from numpy.typing import NDArray

WIDE, HIGH = 1700, 2200


def a_sheet(*figures: tuple[str, tuple[int, int, int, int]], size: tuple[int, int] = (WIDE, HIGH)) -> NDArray[np.uint8]:
    """A grey sheet; each figure is a box with a cross in it, and its label below."""
    canvas = Image.new("L", size, 255)
    pen = ImageDraw.Draw(canvas)
    for label, (x0, y0, x1, y1) in figures:
        pen.rectangle((x0, y0, x1 - 1, y1 - 1), outline=0, width=4)
        pen.line((x0, y0, x1, y1), fill=0, width=3)
        pen.ellipse((x0 + 40, y0 + 40, x0 + 140, y0 + 140), outline=0, width=3)
        pen.text(((x0 + x1) // 2, y1 + 70), label, fill=0, font=ImageFont.load_default(60), anchor="mm")
    return np.array(canvas)


def tiff(pixels: NDArray[np.uint8], **options: object) -> bytes:
    """One-bit TIFF, group 4."""
    stream = io.BytesIO()
    Image.fromarray(pixels).convert("1").save(stream, "TIFF", compression="group4", **options)
    return stream.getvalue()


def image(pixels: NDArray[np.uint8], kind: str, mode: str = "L", **options: object) -> bytes:
    """Any other format."""
    stream = io.BytesIO()
    Image.fromarray(pixels).convert(mode).save(stream, kind, **options)
    return stream.getvalue()


def a_drawn_patent(*sheets: bytes, captions: tuple[str, ...] = ()) -> tuple[Patent, dict[str, bytes]]:
    """A design with these sheets, and their bytes by name."""
    files = {f"D{number:05}.TIF": content for number, content in enumerate(sheets, 1)}
    named = tuple(
        Sheet(number, file, sha256=sha256(content).hexdigest())
        for number, (file, content) in enumerate(files.items(), 1)
    )
    return (
        Patent(
            PublicationNumber("US", "D1", "S1"),
            "Crate",
            PatentType.DESIGN,
            "en",
            "test",
            description=tuple(Paragraph(f"{number:04}", caption) for number, caption in enumerate(captions, 1)),
            sheets=named,
        ),
        files,
    )
