"""Scanned pages read by OCR; its models come with the program."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from patent2tech.formats.pdf.page import Word
from patent2tech.formats.plain.cleaning import clean_text

if TYPE_CHECKING:
    from PIL import Image

_SURE: Final = 0.6


def read_scan(image: Image.Image, points_per_pixel: float) -> tuple[Word, ...]:
    """The lines of text that OCR finds in the image of a page."""
    import numpy as np

    result = _reader()(np.asarray(image.convert("RGB")))
    if result.boxes is None:
        return ()
    return tuple(
        _word(box, text, points_per_pixel)
        for box, text, score in zip(result.boxes, result.txts, result.scores, strict=True)
        if score >= _SURE and clean_text(text).strip()
    )


def _word(box: Any, text: str, scale: float) -> Word:
    across, down = [float(point[0]) * scale for point in box], [float(point[1]) * scale for point in box]
    return Word(clean_text(text).strip(), min(across), min(down), max(across), max(down))


@cache
def _reader() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "error", "Global.use_cls": False})
