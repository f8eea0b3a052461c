"""What is found in figures is found once for the same sheet, text and parts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from patent2tech.figures import annotate, annotating
from patent2tech.figures.model import FigureKind, SeenFigures
from patent2tech.figures.ocr import TextLine
from patent2tech.store.derived import Derived
from tests.unit.figures.drawn import Paper, a_figure

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PARTS = {"110": "reader", "12": "spring"}


def a_chart() -> SeenFigures:
    """Two steps, one of them with a numeral that points at it."""
    paper = Paper(1200, 900)
    for frame in ((400, 100, 800, 220), (400, 500, 800, 620)):
        paper.box(frame)
    paper.arrow([(600, 222), (600, 498)])
    paper.line([(330, 100), (402, 140)])
    words = [("Read value", (480, 130)), ("Write value", (480, 530))]
    lines = tuple(TextLine(text, paper.write(text, *at), 0.99) for text, at in words)
    numeral = TextLine("110", paper.write("110", 250, 60), 0.99)
    figure = a_figure(paper.pixels, caption="FIG. 1 is a flow chart.")
    sheet = replace(figure.sheet, lines=lines, lettering=(numeral, *lines))
    return SeenFigures((sheet,), (replace(figure, sheet=sheet),))


def found(seen: SeenFigures, parts: Mapping[str, str | None], cache: Derived) -> list[object]:
    return [(one.kind, one.numerals, one.chart) for one in annotate(seen, parts, cache=cache).figures]


def test_a_sheet_is_looked_at_once_for_the_same_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache, seen = Derived(tmp_path), a_chart()
    worked = []
    work = annotating._annotated

    def counted(*asked: object) -> object:
        worked.append(asked)
        return work(*asked)  # type: ignore[arg-type]  # handed through as it came

    monkeypatch.setattr(annotating, "_annotated", counted)
    first = found(seen, PARTS, cache)
    (figure,) = annotate(seen, PARTS, cache=cache).figures
    assert len(worked) == 1
    assert figure.kind is FigureKind.FLOW_CHART
    assert [(each.text, each.part) for each in figure.numerals] == [("110", "reader")]
    assert figure.chart is not None
    assert len(figure.chart.edges) == 1
    assert found(seen, PARTS, cache) == first
    assert len(worked) == 1
    found(seen, {"110": "writer"}, cache)
    assert len(worked) == 2


def test_what_was_kept_and_is_damaged_is_found_anew(tmp_path: Path) -> None:
    cache, seen = Derived(tmp_path), a_chart()
    first = found(seen, PARTS, cache)
    for path in tmp_path.rglob("*"):
        if path.is_file():
            path.write_bytes(b"[{]")
    assert found(seen, PARTS, cache) == first
