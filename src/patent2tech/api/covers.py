"""Covers: a small image of the drawing that stands for a patent in the list."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageChops

from patent2tech.techpack.sheets import draw_sheets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from patent2tech.library import Library
    from patent2tech.patents import Sheet

COVER_WIDTH_PX: Final = 192
COVER_HEIGHT_PX: Final = 224
"""Twice the size that the list gives it, for dense screens."""

_INK: Final = 1.6


def cover_sheet(sheets: Sequence[Sheet]) -> Sheet | None:
    """The sheet that stands for a patent: the front-page copy, which has the number 0, else the first."""
    kept = [sheet for sheet in sheets if sheet.sha256]
    return min(kept, key=lambda sheet: sheet.number, default=None)


def draw_cover(library: Library, sheet: Sheet) -> bytes | None:
    """The sheet as a small PNG, or `None` when its image cannot be decoded."""
    if sheet.sha256 is None:
        return None
    drawn = draw_sheets([sheet], {sheet.sha256: library.sheet(sheet.sha256)})
    if not drawn.images:
        return None
    # Decoded a second time, and now from bytes of our own making.
    with Image.open(io.BytesIO(drawn.images[0].png), formats=("PNG",)) as image:
        drawing = image.convert("L")
        # Sheets have wide margins, which a small image has no room for.
        drawing = drawing.crop(ImageChops.invert(drawing).getbbox())
        drawing.thumbnail((COVER_WIDTH_PX, COVER_HEIGHT_PX), Image.Resampling.BOX)
        # Thin lines fade to light grey when they shrink.
        small = drawing.point([max(0, round(255 - (255 - grey) * _INK)) for grey in range(256)])
    content = io.BytesIO()
    small.save(content, "PNG", optimize=True)
    return content.getvalue()
