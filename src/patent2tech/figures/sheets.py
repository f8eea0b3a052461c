"""Drawing sheets as grey pictures: every page of every file that the patent names, and a note for what is lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from patent2tech.errors import BadInput
from patent2tech.formats.images import TooManyPixels, decode_pages
from patent2tech.text.notes import Note

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy as np
    from numpy.typing import NDArray
    from PIL import Image

    from patent2tech.patents import Sheet

# A page of A4 at 400 dpi; finer scans are made coarser, since nothing in a drawing needs more.
_LONGEST: Final = 4700
_DARK: Final = 128
# Line drawings have from 0.3 to 15 % of ink; more than this is white on black, and all of it a failed scan.
_INVERTED: Final = 0.6
_ALL_BLACK: Final = 0.9995


@dataclass(frozen=True, slots=True, eq=False)
class GreySheet:
    """One page as it was scanned: 0 black to 255 white, ink on a light ground."""

    file: str
    number: int
    pixels: NDArray[np.uint8]


def decode_sheets(sheets: tuple[Sheet, ...], images: Mapping[str, bytes]) -> Iterator[GreySheet | Note]:
    """The pages of a patent's sheets in order; the front-page copy of another sheet is left out."""
    for sheet in sheets:
        content = images.get(sheet.file)
        if content is None and sheet.sha256:
            content = images.get(sheet.sha256)
        if sheet.representative:
            continue
        if content is None:
            yield Note.of("pack.warning.sheet_missing", file=sheet.file)
        else:
            yield from _pages(sheet, content)


def _pages(sheet: Sheet, content: bytes) -> Iterator[GreySheet | Note]:
    for page in _decoded(sheet.file, content):
        if isinstance(page, TooManyPixels):
            yield Note.of("pack.warning.sheet_too_large", file=sheet.file, megapixels=page.megapixels)
        elif isinstance(page, BadInput):
            yield Note.of("pack.warning.sheet_undecodable", file=sheet.file)
        else:
            pixels = _grey(page)
            ink = float((pixels < _DARK).mean())
            if ink == 0:
                yield Note.of("figures.warning.sheet_blank", file=sheet.file)
            elif ink > _ALL_BLACK:
                yield Note.of("figures.warning.sheet_black", file=sheet.file)
            else:
                yield GreySheet(sheet.file, sheet.number, 255 - pixels if ink > _INVERTED else pixels)


def _decoded(name: str, content: bytes) -> Iterator[Image.Image | BadInput]:
    if content[:1024].lstrip().startswith(b"%PDF"):
        from patent2tech.formats.pdf.rendering import rendered_pages

        yield from rendered_pages(name, content)
    else:
        yield from decode_pages(name, content)


def _grey(image: Image.Image) -> NDArray[np.uint8]:
    import cv2
    import numpy as np

    pixels = np.array(image.convert("L"))
    longest = max(pixels.shape)
    if longest > _LONGEST:
        scale = _LONGEST / longest
        size = (max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale)))
        pixels = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
    return pixels
