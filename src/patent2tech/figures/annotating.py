"""What stands in the figures that were found: kind, numerals with lead lines and part names, the graph of a chart."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from patent2tech.figures.annotations import annotation_key, keep_annotations, kept_annotations
from patent2tech.figures.charts import read_chart
from patent2tech.figures.kinds import tell_kind
from patent2tech.figures.leads import follow_leads
from patent2tech.figures.lettering import kept_lettering
from patent2tech.figures.model import FigureKind
from patent2tech.figures.numerals import read_numerals
from patent2tech.figures.outlines import find_outlines

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from patent2tech.figures.model import SeenFigure, SeenFigures, UprightSheet
    from patent2tech.figures.ocr import TextLine
    from patent2tech.figures.outlines import Outline
    from patent2tech.store.derived import Derived

_AT_ONCE: Final = 2
"""Sheets at a time: reading and filtering let go of the interpreter, and more would only take memory."""

_CHARTS: Final = frozenset({FigureKind.FLOW_CHART, FigureKind.BLOCK_DIAGRAM})


def _silent(_: str) -> None:
    """No progress is shown."""


def annotate(
    seen: SeenFigures,
    parts: Mapping[str, str | None],
    progress: Callable[[str], None] = _silent,
    cache: Derived | None = None,
) -> SeenFigures:
    """The figures with their kind, their numerals and, for charts, their graph.

    `parts` are the names of the patent's parts by numeral. What the sheets' text was read as is taken from them. What
    was found is kept in `cache` for the same sheet, figures and parts.
    """
    owners = [[figure for figure in seen.figures if figure.sheet is sheet] for sheet in seen.sheets]
    done: dict[int, SeenFigure] = {}
    with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
        for number, annotated in enumerate(
            pool.map(lambda sheet, own: _on_sheet(sheet, own, parts, cache), seen.sheets, owners), 1
        ):
            done |= {id(old): new for old, new in zip(owners[number - 1], annotated, strict=True)}
            progress(f"numerals {number}/{len(seen.sheets)}")
    return replace(seen, figures=tuple(done.get(id(figure), figure) for figure in seen.figures))


def _on_sheet(
    sheet: UprightSheet,
    figures: Sequence[SeenFigure],
    parts: Mapping[str, str | None],
    cache: Derived | None,
) -> list[SeenFigure]:
    if not figures:
        return []
    if cache is None:
        return _annotated(sheet, figures, parts, None)
    key = annotation_key(sheet, figures, parts)
    if (kept := kept_annotations(cache, key)) is not None:
        return [one.added_to(figure) for one, figure in zip(kept, figures, strict=True)]
    annotated = _annotated(sheet, figures, parts, cache)
    keep_annotations(cache, key, annotated)
    return annotated


def _annotated(
    sheet: UprightSheet,
    figures: Sequence[SeenFigure],
    parts: Mapping[str, str | None],
    cache: Derived | None,
) -> list[SeenFigure]:
    lettering = kept_lettering(sheet.pixels, cache) if sheet.lettering is None else sheet.lettering
    outlines = [find_outlines(sheet.pixels, figure.box) for figure in figures]
    figures = [
        replace(figure, kind=tell_kind(sheet.pixels, figure.box, figure.caption, ones, lettering))
        for figure, ones in zip(figures, outlines, strict=True)
    ]
    found = read_numerals(figures, [*lettering, *sheet.lines], parts)
    # All numerals of a sheet together: what leads to one of them leads to no other.
    led = iter(follow_leads(sheet.pixels, [each for numerals in found for each in numerals]))
    figures = [
        replace(figure, numerals=tuple(next(led) for _ in numerals))
        for figure, numerals in zip(figures, found, strict=True)
    ]
    return [_charted(figure, ones, sheet.lines or lettering) for figure, ones in zip(figures, outlines, strict=True)]


def _charted(figure: SeenFigure, outlines: Sequence[Outline], lines: Sequence[TextLine]) -> SeenFigure:
    if figure.kind not in _CHARTS:
        return figure
    left, top, right, bottom = figure.box
    own = [
        line
        for line in lines
        if left <= line.box[0] and line.box[2] <= right and top <= line.box[1] and line.box[3] <= bottom
    ]
    return replace(figure, chart=read_chart(figure.sheet.pixels, figure.box, outlines, own, figure.numerals))
