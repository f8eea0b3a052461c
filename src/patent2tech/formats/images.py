"""Images of drawing sheets, which nobody vouches for: looked at by their header, decoded within limits."""

from __future__ import annotations

import io
import re
import struct
import warnings
from typing import TYPE_CHECKING, Final

from patent2tech.errors import BadInput, Malformed, Unsafe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL import Image

MAX_PIXELS: Final = 50_000_000
"""About an A4 sheet at 700 dpi; the offices scan at 300 dpi (8.4 million pixels)."""

MAX_PAGES: Final = 200
"""Most images in one file that are decoded; the longest patents have more sheets, but one file for each."""

FORMATS: Final = ("TIFF", "PNG", "JPEG")
IMAGE_SUFFIXES: Final = (".tif", ".tiff", ".png", ".jpg", ".jpeg")

_ORIENTATION_TAG: Final = 274
# What undoes the mirroring that Pillow applies to a TIFF: flips from left to right and from top to bottom, and over
# the two diagonals (PIL.Image.Transpose).
_MIRRORED: Final = {2: 0, 4: 1, 5: 5, 7: 6}
# What Pillow and the libraries behind it were seen to raise on mutated files.
_FAILURES: Final = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    EOFError,
    OverflowError,
    RuntimeError,
    MemoryError,
    AttributeError,
    struct.error,
    Warning,  # where warnings are errors, those of the decoders about broken files are among these
)


class TooManyPixels(Unsafe):
    """An image claims more pixels than are decoded."""

    def __init__(self, name: str, pixels: int) -> None:
        self.megapixels = pixels // 1_000_000
        super().__init__(
            f"the drawing sheet {name} claims {self.megapixels} million pixels, over the limit of 50 million"
        )


def check_image(name: str, content: bytes) -> None:
    """Refuse an image that is unsafe to decode.

    Raises:
        Malformed: when it is no TIFF, PNG or JPEG.
        Unsafe: when it has more than `MAX_PIXELS` pixels.
    """
    _opened(name, content).close()


def decode_image(name: str, content: bytes) -> Image.Image:
    """The first image of a file, decoded, in one bit, grey or RGB.

    Raises:
        Malformed: when it is no TIFF, PNG or JPEG, or broken.
        Unsafe: when it has more than `MAX_PIXELS` pixels.
    """
    first = next(decode_pages(name, content))
    if isinstance(first, BadInput):
        raise first
    return first


def decode_pages(name: str, content: bytes) -> Iterator[Image.Image | BadInput]:
    """Every image of a file in turn, decoded, in one bit, grey or RGB; in place of a broken one why it is broken.

    A mirror image that a TIFF states is not made: no drawing is meant to be mirrored.
    """
    try:
        opened = _opened(name, content)
    except BadInput as error:
        yield error
        return
    with opened:
        for page in range(MAX_PAGES):
            try:
                opened.seek(page)
            except EOFError:
                return
            except _FAILURES:
                yield _broken(name)
                return
            yield _decoded(name, opened)


def _opened(name: str, content: bytes) -> Image.Image:
    # Pillow loads every format it knows when it meets one that it has not loaded; TIFF is such a one.
    from PIL import Image, TiffImagePlugin, UnidentifiedImageError  # noqa: F401 - loaded for its effect

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content), formats=FORMATS)
    except Image.DecompressionBombError as error:
        # Pillow refuses the most absurd sizes by itself, and tells them in its message alone.
        claimed = re.search(r"\d+", str(error))
        raise TooManyPixels(name, int(claimed[0]) if claimed else MAX_PIXELS) from None
    except (UnidentifiedImageError, *_FAILURES):
        raise _broken(name) from None
    width, height = image.size
    if width * height > MAX_PIXELS:
        image.close()
        raise TooManyPixels(name, width * height)
    return image


def _decoded(name: str, image: Image.Image) -> Image.Image | BadInput:
    from PIL import Image

    width, height = image.size
    if width * height > MAX_PIXELS:
        return TooManyPixels(name, width * height)
    try:
        stated = image.getexif().get(_ORIENTATION_TAG)
        image.load()
        plain = image.copy() if image.mode in {"1", "L", "RGB"} else _on_white(image)
        return (
            plain.transpose(Image.Transpose(_MIRRORED[stated]))
            if image.format == "TIFF" and stated in _MIRRORED
            else plain
        )
    except _FAILURES:
        return _broken(name)


def _on_white(image: Image.Image) -> Image.Image:
    """An image of another mode as RGB; what is transparent is paper."""
    from PIL import Image

    if "A" not in image.getbands() and "transparency" not in image.info:
        return image.convert("RGB")
    layered = image.convert("RGBA")
    paper = Image.new("RGB", image.size, "white")
    paper.paste(layered, mask=layered.getchannel("A"))
    return paper


def _broken(name: str) -> Malformed:
    return Malformed(f"the drawing sheet {name} is no readable TIFF, PNG or JPEG image")
