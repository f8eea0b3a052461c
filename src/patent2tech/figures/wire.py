"""The `figures` document: what every entry point and the pack give out about the figures of one patent."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Self

from pydantic import BaseModel, ConfigDict

from patent2tech.figures.model import Box, Chart, FigureKind, Numeral, Point, SeenFigure, SeenFigures, View
from patent2tech.text.notes import Lang


class _Wire(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SheetRead(_Wire):
    """One sheet; `rotation` is by how many degrees counter-clockwise it was turned to stand upright."""

    file: str
    number: int
    rotation: int
    skew: float
    size: tuple[int, int]


class SectionRead(_Wire):
    """The line of a section and the figure on which it is drawn."""

    line: str | None
    figure: str | None


class ViewRead(_Wire):
    """How a figure looks at the thing."""

    projection: str
    direction: tuple[str, ...]
    section: SectionRead | None
    state: str | None
    role: str
    mirror_of: str | None
    also: tuple[str, ...]
    embodiment: int
    broken_lines_are_environment: bool


class NumeralRead(_Wire):
    """One reference numeral; box and tip in pixels of the upright sheet."""

    text: str
    box: Box
    tip: Point | None
    part: str | None
    confidence: float


class NodeRead(_Wire):
    """A node of a chart."""

    text: str
    box: Box
    shape: str
    numeral: str | None


class EdgeRead(_Wire):
    """A line between two nodes, by their places in `nodes`."""

    source: int
    target: int
    directed: bool
    label: str | None


class ChartRead(_Wire):
    """A flow chart or block diagram as a graph."""

    nodes: tuple[NodeRead, ...]
    edges: tuple[EdgeRead, ...]


class FigureRead(_Wire):
    """One figure; `image` and `overlay` are files beside this document, `box` is in pixels of the upright sheet."""

    label: str | None
    caption: str | None
    view: ViewRead
    kind: FigureKind
    sheet: int
    box: Box
    label_box: Box | None
    image: str | None
    overlay: str | None
    confidence: float
    numerals: tuple[NumeralRead, ...]
    chart: ChartRead | None


class FiguresRead(_Wire):
    """All figures of one patent."""

    sheets: tuple[SheetRead, ...]
    figures: tuple[FigureRead, ...]
    warnings: tuple[dict[str, str], ...]

    @classmethod
    def of(cls, seen: SeenFigures, lang: Lang = Lang.EN, names: Sequence[str] = ()) -> Self:
        """The document; `names` are the file names of the figures in their order, without ending."""
        return cls(
            sheets=tuple(
                SheetRead(
                    file=sheet.file,
                    number=sheet.number,
                    rotation=sheet.rotation,
                    skew=round(sheet.skew, 3),
                    size=(sheet.pixels.shape[1], sheet.pixels.shape[0]),
                )
                for sheet in seen.sheets
            ),
            figures=tuple(
                _figure(figure, name) for figure, name in zip_longest(seen.figures, names[: len(seen.figures)])
            ),
            warnings=tuple({"code": each.code, "text": each.wording(lang)} for each in seen.warnings),
        )


def _figure(figure: SeenFigure, name: str | None) -> FigureRead:
    return FigureRead(
        label=figure.label,
        caption=figure.caption,
        view=_view(figure.view),
        kind=figure.kind,
        sheet=figure.sheet.number,
        box=figure.box,
        label_box=figure.label_box,
        image=f"{name}.png" if name else None,
        overlay=f"{name}.svg" if name else None,
        confidence=round(figure.confidence, 3),
        numerals=tuple(_numeral(each) for each in figure.numerals),
        chart=_chart(figure.chart) if figure.chart else None,
    )


def _view(view: View) -> ViewRead:
    return ViewRead(
        projection=view.projection,
        direction=tuple(str(side) for side in view.direction),
        section=SectionRead(line=view.section.line, figure=view.section.figure) if view.section else None,
        state=view.state,
        role=view.role,
        mirror_of=view.mirror_of,
        also=tuple(str(side) for side in view.also),
        embodiment=view.embodiment,
        broken_lines_are_environment=view.broken_lines_are_environment,
    )


def _numeral(each: Numeral) -> NumeralRead:
    return NumeralRead(text=each.text, box=each.box, tip=each.tip, part=each.part, confidence=round(each.confidence, 3))


def _chart(chart: Chart) -> ChartRead:
    return ChartRead(
        nodes=tuple(NodeRead(text=one.text, box=one.box, shape=one.shape, numeral=one.numeral) for one in chart.nodes),
        edges=tuple(
            EdgeRead(source=one.source, target=one.target, directed=one.directed, label=one.label)
            for one in chart.edges
        ),
    )
