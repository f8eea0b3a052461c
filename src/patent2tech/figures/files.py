"""Files of figures: names of our own making, each figure as PNG, and its numerals as an SVG laid over it."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from patent2tech.figures.model import Numeral, SeenFigure

_UNSAFE: Final = re.compile(r"[^a-z0-9]+")
_STYLE: Final = (
    ".n rect{fill:#0b566b;fill-opacity:.08;stroke:#0b566b;stroke-width:2}"
    ".n path{fill:none;stroke:#0b566b;stroke-width:2;stroke-dasharray:6 5}.n circle{fill:#d9480f}"
    ".n:hover rect{fill-opacity:.35}"
)
_ROUND: Final = 6
_RIM: Final = 4


def figure_names(figures: Sequence[SeenFigure]) -> tuple[str, ...]:
    """A file name for each figure, without ending: labels come from a drawing and are not to be trusted with a path."""
    names: list[str] = []
    for figure in figures:
        label = _UNSAFE.sub("-", (figure.label or "").lower()).strip("-")
        name = f"fig-{label}" if label else f"sheet-{figure.sheet.number:02}-figure"
        copies = sum(other == name or other.startswith(f"{name}--") for other in names)
        names.append(f"{name}--{copies + 1}" if copies else name)
    return tuple(names)


def figure_png(figure: SeenFigure) -> bytes:
    """The figure upright and cropped; one bit a pixel where it is black and white."""
    import io

    from PIL import Image

    image = Image.fromarray(figure.pixels)
    histogram = image.histogram()
    if histogram[0] + histogram[255] == image.width * image.height:
        image = image.convert("1", dither=Image.Dither.NONE)
    stream = io.BytesIO()
    image.save(stream, "PNG", optimize=False, compress_level=6)
    return stream.getvalue()


def figure_svg(figure: SeenFigure, name: str) -> bytes:
    """The numerals of a figure over its picture, which lies beside as `NAME.png`; each tells its part on hover."""
    high, wide = figure.pixels.shape
    marks = "".join(_mark(figure, each) for each in figure.numerals)
    title = escape(f"FIG. {figure.label}" if figure.label else name)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}">'
        f"<title>{title}</title><style>{_STYLE}</style>"
        f'<image href="{name}.png" width="{wide}" height="{high}"/>{marks}</svg>\n'
    ).encode()


def _mark(figure: SeenFigure, each: Numeral) -> str:
    left, top = figure.box[:2]
    x0, y0, x1, y1 = each.box
    named = escape(f"{each.text} {each.part}" if each.part else each.text)
    lead = ""
    if each.tip:
        x, y = each.tip[0] - left, each.tip[1] - top
        lead = (
            f'<path d="M{(x0 + x1) / 2 - left:g} {(y0 + y1) / 2 - top:g}L{x:g} {y:g}"/>'
            f'<circle cx="{x:g}" cy="{y:g}" r="{_ROUND}"/>'
        )
    return (
        f'<g class="n" data-numeral="{escape(each.text)}"><title>{named}</title>{lead}'
        f'<rect x="{x0 - left - _RIM}" y="{y0 - top - _RIM}" width="{x1 - x0 + 2 * _RIM}" '
        f'height="{y1 - y0 + 2 * _RIM}" rx="4"/></g>'
    )
