"""The figures of a patent: its sheets turned upright, taken apart, and each figure matched with its caption."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from patent2tech.figures.heads import running_heads
from patent2tech.figures.labels import Known, Label, find_labels, once
from patent2tech.figures.lettering import kept_lettering
from patent2tech.figures.model import SeenFigure, SeenFigures, View
from patent2tech.figures.ocr import OfflineReader, read_lines
from patent2tech.figures.sheets import GreySheet, decode_sheets
from patent2tech.figures.splitting import Cut, split
from patent2tech.figures.turning import kept_upright
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
_AT_ONCE: Final = 2


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
    known = Known.of(described)
    decoded = list(decode_sheets(patent.sheets, images))
    pages = [one for one in decoded if isinstance(one, GreySheet)]
    sheets: list[UprightSheet] = []
    # Reading lets go of the interpreter, so that threads are enough; more than two would only take memory.
    with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
        for sheet in pool.map(lambda page: _read(page, known, reader, cache), pages):
            sheets.append(sheet)
            progress(f"sheet {len(sheets)}/{len(pages)}")
    texts = [sheet.lines for sheet in sheets]
    labels = once([find_labels(text, known) for text in texts])
    found = [
        _seen(sheet, cut)
        for sheet, text, own in zip(sheets, texts, labels, strict=True)
        for cut in split(sheet.pixels, own, running_heads(text, sheet.pixels.shape[0]))
    ]
    named, inferred = _inferred(found, known.labels)
    figures = _captioned(named, described, read_views(patent, described))
    warnings = [one for one in decoded if isinstance(one, Note)]
    warnings += [Note.of("figures.warning.inferred", label=label) for label in inferred]
    if sheets and (lost := [label for label in known.labels if label not in {figure.label for figure in figures}]):
        warnings.append(Note.of("figures.warning.not_found", labels=", ".join(lost)))
    return SeenFigures(tuple(sheets), tuple(sorted(figures, key=_order)), tuple(warnings))


def _read(page: GreySheet, known: Known, reader: TextReader, cache: Derived | None) -> UprightSheet:
    """A sheet turned upright, with the text on it."""
    sheet = kept_upright(page, known, reader, cache)
    lettering = kept_lettering(sheet.pixels, cache)
    return replace(sheet, lettering=lettering, lines=read_lines(sheet.pixels, reader, cache, before=lettering))


def _captioned(
    figures: Sequence[SeenFigure], described: Sequence[Figure], views: Mapping[str, View]
) -> list[SeenFigure]:
    """The figures with what the text says of their labels."""
    captions = {figure.label: figure.caption for figure in described}
    return [
        replace(one, view=views.get(one.label or "", View()), caption=captions.get(one.label or "")) for one in figures
    ]


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


def _inferred(figures: list[SeenFigure], labels: Sequence[str]) -> tuple[list[SeenFigure], list[str]]:
    """A figure without a label named after the only caption that is left; more than one leaves a choice."""
    seen = {figure.label for figure in figures}
    left = [label for label in labels if label not in seen]
    if len(left) != 1 or [figure.label for figure in figures].count(None) != 1:
        return figures, []
    return [
        figure if figure.label else replace(figure, label=left[0], confidence=min(figure.confidence, _INFERRED))
        for figure in figures
    ], left


def _order(figure: SeenFigure) -> tuple[int, int, str, int]:
    label = figure.label or ""
    numbers = re.findall(r"\d+", label)
    first = int(numbers[0]) if numbers else 10**6
    return first, int(numbers[1]) if len(numbers) > 1 and "." in label else 0, label, figure.sheet.number
