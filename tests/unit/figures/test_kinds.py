"""The kind of a figure is what its caption says, or what is seen where the caption says nothing."""

from __future__ import annotations

import numpy as np
import pytest

from patent2tech.figures.kinds import tell_kind
from patent2tech.figures.model import FigureKind
from patent2tech.figures.ocr import TextLine
from patent2tech.figures.outlines import find_outlines
from tests.unit.figures.drawn import Paper


def kind_of(paper: Paper, caption: str | None = None, lines: tuple[TextLine, ...] = ()) -> FigureKind:
    box = (0, 0, *paper.image.size)
    return tell_kind(paper.pixels, box, caption, find_outlines(paper.pixels, box), lines)


@pytest.mark.parametrize(
    ("caption", "kind"),
    [
        ("FIG. 7 is a flow chart of a method of cooling", FigureKind.FLOW_CHART),
        ("FIG. 7 is a flow diagram showing a process", FigureKind.FLOW_CHART),
        ("도 3은 제어 방법을 나타낸 흐름도이다", FigureKind.FLOW_CHART),
        ("FIG. 2 is a block diagram of the controller", FigureKind.BLOCK_DIAGRAM),
        ("도 1은 제어부의 블록도이다", FigureKind.BLOCK_DIAGRAM),
        ("FIG. 9 is a graph of pressure against time", FigureKind.GRAPH),
        ("FIG. 9 shows an XRD pattern of the powder", FigureKind.GRAPH),
        ("FIG. 4 is a screen shot of the application", FigureKind.SCREEN),
        ("FIG. 5 is a table of test results", FigureKind.TABLE),
        ("FIG. 5 shows a chemical structure of the compound", FigureKind.FORMULA),
        ("FIG. 1 is a perspective view of a graph plotter", FigureKind.DRAWING),
        ("FIG. 1 is a front view of a table", FigureKind.DRAWING),
        ("FIG. 2 is a front elevational view of the table of FIG. 1", FigureKind.DRAWING),
        ("FIG. 5 is a right view thereof", FigureKind.DRAWING),
        ("FIG. 3 is a photograph of the sample", FigureKind.DRAWING),
    ],
)
def test_a_caption_names_the_kind(caption: str, kind: FigureKind) -> None:
    paper = Paper()
    paper.ring(500, 400, 200)
    assert kind_of(paper, caption) is kind


def test_grey_values_all_over_make_a_photograph() -> None:
    paper = Paper()
    box = (0, 0, *paper.image.size)
    grey = np.tile(np.linspace(60, 200, box[2]).astype(np.uint8), (box[3], 1))
    assert tell_kind(grey, box, None, (), ()) is FigureKind.PHOTO


def test_ruled_cells_with_text_make_a_table() -> None:
    paper = Paper()
    lines = []
    for row in range(4):
        for column in range(3):
            x, y = 100 + 300 * column, 100 + 120 * row
            paper.box((x, y, x + 300, y + 120))
            lines.append(TextLine("value", paper.write("value", x + 80, y + 30), 0.9))
    assert kind_of(paper, None, tuple(lines)) is FigureKind.TABLE


def test_axes_with_numbers_make_a_graph() -> None:
    paper = Paper()
    paper.line([(150, 50), (150, 750), (1100, 750)])
    paper.line([(150, 700), (400, 500), (700, 450), (1000, 100)])
    lines = [TextLine(str(n), paper.write(str(n), 150 + 150 * n, 770), 0.9) for n in range(1, 7)]
    lines += [TextLine(str(n), paper.write(str(n), 90, 740 - 100 * n), 0.9) for n in range(1, 7)]
    assert kind_of(paper, None, tuple(lines)) is FigureKind.GRAPH


def test_a_thing_with_a_labelled_box_is_still_a_drawing() -> None:
    paper = Paper()
    for radius in range(60, 300, 30):
        paper.ring(400, 400, radius)
    paper.box((850, 100, 1150, 220))
    line = TextLine("Controller", paper.write("Controller", 880, 130), 0.9)
    assert kind_of(paper, None, (line,)) is FigureKind.DRAWING
