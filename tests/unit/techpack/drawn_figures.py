"""Figures of the check valve as if they had been seen: two drawings that share numerals, and a flow chart."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

from patent2tech.figures.files import figure_names
from patent2tech.figures.model import (
    Box,
    Chart,
    ChartEdge,
    ChartNode,
    FigureKind,
    NodeShape,
    Numeral,
    Point,
    SeenFigure,
    SeenFigures,
    UprightSheet,
    View,
)
from patent2tech.figures.wire import FiguresRead
from patent2tech.reading.model import Reading
from patent2tech.techpack.contributions import Contribution, PartName
from patent2tech.techpack.figure_section import figure_section
from patent2tech.text.notes import Lang

_SIZE = (900, 700)


def some_figures() -> SeenFigures:
    """FIG. 1 with 10, 20 and an unnamed 99, FIG. 2 with 20 and 22, FIG. 3A as a flow chart."""
    first = _drawing("1", 1, (_numeral("10", 60), _numeral("20", 260), _numeral("99", 460, None)))
    second = _drawing("2", 1, (_numeral("20", 60), _numeral("22", 260)))
    chart = Chart(
        (
            ChartNode("Press the closure shut", (100, 100, 400, 180), NodeShape.BOX, "20"),
            ChartNode("Open?", (100, 300, 400, 420), NodeShape.DIAMOND),
        ),
        (ChartEdge(0, 1), ChartEdge(1, 0, label="No")),
    )
    third = _drawing("3A", 2, (_numeral("20", 60),), FigureKind.FLOW_CHART, chart)
    return SeenFigures((first.sheet, third.sheet), (first, second, third))


def figures_contribution(reading: Reading, seen: SeenFigures | None = None, lang: Lang = Lang.EN) -> Contribution:
    """The part as its maker gives it."""
    seen = some_figures() if seen is None else seen
    names = figure_names(seen.figures)
    document = FiguresRead.of(seen, lang, names)
    return Contribution(
        PartName.FIGURES,
        {"figures/figures.json": document.model_dump_json().encode()},
        section=figure_section(seen, names, reading, lang),
    )


def _numeral(text: str, x: int, name: str | None = "spring", tip: Point | None = (500.0, 500.0)) -> Numeral:
    names = {"10": "body", "20": "spring", "22": "closure", "99": None}
    return Numeral(text, (x, 40, x + 50, 80), tip, names.get(text, name), 0.99)


def _drawing(
    label: str,
    sheet: int,
    numerals: tuple[Numeral, ...],
    kind: FigureKind = FigureKind.DRAWING,
    chart: Chart | None = None,
) -> SeenFigure:
    image = Image.new("L", _SIZE, 255)
    pen = ImageDraw.Draw(image)
    pen.rectangle((300, 300, 700, 600), outline=0, width=4)
    pixels = np.array(image)
    box: Box = (0, 0, *_SIZE)
    upright = UprightSheet(f"D{sheet:05}.TIF", sheet, pixels)
    return SeenFigure(label, upright, box, pixels, View(), kind, numerals=numerals, chart=chart)
