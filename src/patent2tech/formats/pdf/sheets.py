"""Drawing pages as images: rendered as the offices scan them, in one bit where they are black and white."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pypdfium2
    from PIL import Image

_DPI: Final = 300
_MAX_PIXELS: Final = 12_000_000
_POINTS_PER_INCH: Final = 72
_GREY_SHARE: Final = 0.08
_COLOUR_SHARE: Final = 0.005
_COLOUR: Final = 48
_HALF: Final = 128


def render(page: pypdfium2.PdfPage, dpi: int = _DPI) -> tuple[Image.Image, float]:
    """The page as an image, and how many points a pixel is; a huge page is rendered coarser."""
    width, height = page.get_size()
    scale = min(dpi / _POINTS_PER_INCH, (_MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
    image = page.render(scale=scale, may_draw_forms=False).to_pil()
    return image, 1 / scale


def as_png(image: Image.Image) -> bytes:
    """The image as PNG: one bit when it is black and white, grey when it has no colour."""
    stream = io.BytesIO()
    _plainest(image.convert("RGB")).save(stream, "PNG")
    return stream.getvalue()


def _plainest(image: Image.Image) -> Image.Image:
    from PIL import ImageChops

    red, green, blue = image.resize((max(image.width // 8, 1), max(image.height // 8, 1))).split()
    spread = ImageChops.lighter(ImageChops.difference(red, green), ImageChops.difference(green, blue)).histogram()
    if sum(spread[_COLOUR:]) > sum(spread) * _COLOUR_SHARE:
        return image
    grey = image.convert("L")
    counts = grey.histogram()
    if sum(counts[_HALF // 2 : -_HALF // 2]) > sum(counts) * _GREY_SHARE:
        return grey
    return grey.point([0] * _HALF + [255] * _HALF, mode="1")
