"""The figures of a patent: its sheets turned upright, taken apart, and each figure matched with its caption."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from patent2tech.figures.labels import Label, find_labels
from patent2tech.figures.model import SeenFigure, SeenFigures, View
from patent2tech.figures.ocr import OfflineReader, read_lines
from patent2tech.figures.sheets import GreySheet, decode_sheets
from patent2tech.figures.splitting import Cut, split
from patent2tech.figures.turning import turn_of, upright
from patent2tech.figures.views import read_views
from patent2tech.text.notes import Note

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from patent2tech.figures.model import UprightSheet
    from patent2tech.figures.ocr import TextReader
    from patent2tech.patents import Figure, Patent
    from patent2tech.store.derived import Derived

_INFERRED: Final = 0.4
_SHRINK: Final = 4


def _silent(_: str) -> None:
    """No progress is shown."""


def see(
    patent: Patent,
    described: Sequence[Figure],
    images: Mapping[str, bytes],
    progress: Callable[[str], None] = _silent,
    cache: Derived | None = None,
    reader: TextReader | None = None,
) -> SeenFigures:
    """Find the figures on a patent's sheets and tell from their captions how each looks at the thing.

    `described` are the figures that the text names, with captions (`reading` finds them); `images` holds the bytes of
    the sheets by file name or hash. A sheet that cannot be read is named in the warnings, the others still come out.
    """
    reader = reader or OfflineReader()
    known = {figure.label for figure in described}
    decoded = list(decode_sheets(patent.sheets, images))
    warnings = [one for one in decoded if isinstance(one, Note)]
    pages = [one for one in decoded if isinstance(one, GreySheet)]
    found: list[SeenFigure] = []
    sheets = []
    for index, page in enumerate(pages, 1):
        progress(f"sheet {index}/{len(pages)}")
        sheet = upright(page, turn_of(page, known, reader, cache).degrees)
        labels = find_labels(read_lines(sheet.pixels, reader, cache), known)
        sheets.append(sheet)
        found += [_seen(sheet, cut) for cut in split(sheet.pixels, labels)]
    captions = {figure.label: figure for figure in described}
    views = read_views(patent, described)
    named = _inferred(_once(found), [figure.label for figure in described])
    figures = [
        replace(
            one,
            view=views.get(one.label or "", View()),
            caption=captions[one.label].caption if one.label in captions else None,
        )
        for one in named
    ]
    return SeenFigures(tuple(sheets), tuple(sorted(figures, key=_order)), tuple(warnings))


def _seen(sheet: UprightSheet, cut: Cut) -> SeenFigure:
    label: Label | None = cut.label
    return SeenFigure(
        label=label.text if label else None,
        sheet=sheet,
        box=cut.box,
        pixels=_alone(sheet.pixels, cut),
        view=View(),
        label_box=label.box if label else None,
        confidence=round(cut.confidence * (label.confidence if label else _INFERRED), 3),
    )


def _alone(pixels: NDArray[np.uint8], cut: Cut) -> NDArray[np.uint8]:
    """The figure's part of the sheet, with everything that is not of the figure painted white."""
    import cv2
    import numpy as np

    x0, y0, x1, y1 = cut.box
    mask = cv2.dilate(cut.mask.astype(np.uint8), np.ones((3, 3), np.uint8))
    own = np.repeat(np.repeat(mask, _SHRINK, axis=0), _SHRINK, axis=1)[y0:y1, x0:x1]
    return np.where(own > 0, pixels[y0:y1, x0:x1], 255).astype(np.uint8)


def _once(figures: list[SeenFigure]) -> list[SeenFigure]:
    """Of several figures with one label the surest keeps it."""
    best: dict[str, SeenFigure] = {}
    for figure in figures:
        if figure.label and (figure.label not in best or figure.confidence > best[figure.label].confidence):
            best[figure.label] = figure
    return [
        figure if not figure.label or best[figure.label] is figure else replace(figure, label=None)
        for figure in figures
    ]


def _inferred(figures: list[SeenFigure], labels: Sequence[str]) -> list[SeenFigure]:
    """Figures without a label named after the captions that are left, where their order leaves no choice."""
    seen = {figure.label for figure in figures}
    left = [label for label in labels if label not in seen]
    nameless = [index for index, figure in enumerate(figures) if figure.label is None]
    if not left or len(left) != len(nameless):
        return figures
    named = dict(zip(nameless, left, strict=True))
    return [
        replace(figure, label=named[index], confidence=min(figure.confidence, _INFERRED)) if index in named else figure
        for index, figure in enumerate(figures)
    ]


def _order(figure: SeenFigure) -> tuple[int, int, str, int]:
    label = figure.label or ""
    numbers = re.findall(r"\d+", label)
    first = int(numbers[0]) if numbers else 10**6
    return first, int(numbers[1]) if len(numbers) > 1 and "." in label else 0, label, figure.sheet.number
