"""A first look at drawing sheets: their format and size, read from the header without decoding them."""

from __future__ import annotations

import io
import warnings
from typing import Final

from patent2tech.errors import Malformed, Unsafe

MAX_PIXELS: Final = 50_000_000
"""About an A4 sheet at 700 dpi; the offices scan at 300 dpi (8.4 million pixels)."""

FORMATS: Final = ("TIFF", "PNG", "JPEG")
IMAGE_SUFFIXES: Final = (".tif", ".tiff", ".png", ".jpg", ".jpeg")


def check_image(name: str, content: bytes) -> None:
    """Refuse an image that is unsafe to decode.

    Raises:
        Malformed: when it is no TIFF, PNG or JPEG.
        Unsafe: when it has more than `MAX_PIXELS` pixels.
    """
    # Pillow loads every format it knows when it meets one that it has not loaded; TIFF is such a one.
    from PIL import Image, TiffImagePlugin, UnidentifiedImageError  # noqa: F401 - loaded for its effect

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=FORMATS) as image:
                width, height = image.size
    except Image.DecompressionBombError:
        raise Unsafe(f"the drawing sheet {name} claims an absurd number of pixels; remove or replace it") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, TypeError, KeyError, OverflowError):
        raise Malformed(f"the drawing sheet {name} is no readable TIFF, PNG or JPEG image") from None
    if width * height > MAX_PIXELS:
        raise Unsafe(f"the drawing sheet {name} claims {width} x {height} pixels, over the limit of 50 million")
