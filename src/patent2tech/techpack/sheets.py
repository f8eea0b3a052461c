"""Drawing sheets: untrusted image files to PNG for the pack and to small images for the page."""

from __future__ import annotations

import base64
import io
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from PIL import Image

from patent2tech.errors import BadInput
from patent2tech.formats.images import TooManyPixels, decode_image
from patent2tech.patents import Sheet
from patent2tech.techpack.png import line_art_png, sixteen_greys_png
from patent2tech.text.notes import Note

PAGE_WIDTH_PX = 1400
COVER_WIDTH_PX = 800

# zlib levels, measured on 24 sheets of 300 dpi: level 9 takes 6 times as long as 6 and saves a tenth of the bytes.
_FULL_LEVEL = 6
_PAGE_LEVEL = 3
_JPEG_QUALITY = 85


@dataclass(frozen=True, slots=True)
class SheetImage:
    """One sheet as the pack shows it: `path` and `png` in full size, `uri` small enough to live in the page."""

    number: int
    file: str
    path: str
    png: bytes
    uri: str
    width: int
    height: int
    line_art: bool

    @property
    def representative(self) -> bool:
        """Whether this is the front-page copy."""
        return self.number == 0


@dataclass(frozen=True, slots=True)
class DrawnSheets:
    """The sheets that could be drawn, and a note for each one that was left out."""

    images: tuple[SheetImage, ...]
    left_out: tuple[Note, ...]


def draw_sheets(sheets: Sequence[Sheet], images: Mapping[str, bytes]) -> DrawnSheets:
    """Decode every sheet whose bytes are in `images`, by hash or by file name.

    One that cannot be decoded is named, never fatal.
    """
    jobs = list(zip(_paths(sheets), sheets, strict=True))
    # Decoding, scaling and deflating all let go of the interpreter, so threads are enough.
    with ThreadPoolExecutor(max_workers=min(8, os.cpu_count() or 1)) as pool:
        drawn = list(pool.map(lambda job: _draw(job[1], job[0], _bytes_of(job[1], images)), jobs))
    return DrawnSheets(
        images=tuple(one for one in drawn if isinstance(one, SheetImage)),
        left_out=tuple(one for one in drawn if isinstance(one, Note)),
    )


def _paths(sheets: Sequence[Sheet]) -> list[str]:
    """File names of our own making: the document's names are not to be trusted with a path."""
    seen: dict[int, int] = {}
    paths = []
    for sheet in sheets:
        seen[sheet.number] = seen.get(sheet.number, 0) + 1
        copy = f"-{seen[sheet.number]}" if seen[sheet.number] > 1 else ""
        paths.append(f"figures/sheet-{sheet.number:02}{copy}.png")
    return paths


def _bytes_of(sheet: Sheet, images: Mapping[str, bytes]) -> bytes | None:
    by_hash = images.get(sheet.sha256) if sheet.sha256 else None
    return images.get(sheet.file) if by_hash is None else by_hash


def _draw(sheet: Sheet, path: str, content: bytes | None) -> SheetImage | Note | None:
    if content is None:
        # A sheet that never came with the document is among the warnings of the reading.
        return Note.of("pack.warning.sheet_missing", file=sheet.file) if sheet.sha256 else None
    try:
        image = decode_image(sheet.file, content)
    except TooManyPixels as error:
        return Note.of("pack.warning.sheet_too_large", file=sheet.file, megapixels=error.megapixels)
    except BadInput:
        return Note.of("pack.warning.sheet_undecodable", file=sheet.file)
    png = _full_png(image)
    uri = _page_uri(image, png, COVER_WIDTH_PX if sheet.representative else PAGE_WIDTH_PX)
    return SheetImage(sheet.number, sheet.file, path, png, uri, *image.size, line_art=image.mode == "1")


def _full_png(image: Image.Image) -> bytes:
    if image.mode == "1":
        return line_art_png(image, _FULL_LEVEL)
    buffer = io.BytesIO()
    # Comments, profiles and positions of the source stay out of the pack.
    image.info.clear()
    image.save(buffer, "PNG", compress_level=_FULL_LEVEL)
    return buffer.getvalue()


def _page_uri(image: Image.Image, png: bytes, width: int) -> str:
    if image.mode == "1":
        fits = image.width <= width
        return _data_uri(
            "image/png", png if fits else sixteen_greys_png(_shrunk(image.convert("L"), width), _PAGE_LEVEL)
        )
    buffer = io.BytesIO()
    _shrunk(image, width).save(buffer, "JPEG", quality=_JPEG_QUALITY)
    return _data_uri("image/jpeg", buffer.getvalue())


def _shrunk(image: Image.Image, width: int) -> Image.Image:
    if image.width <= width:
        return image
    return image.resize((width, max(1, round(image.height * width / image.width))), Image.Resampling.BOX)


def _data_uri(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"
