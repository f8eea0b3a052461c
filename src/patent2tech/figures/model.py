"""What is seen in the drawings of a patent: figures, how each looks at the thing, and where its numerals point."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from patent2tech.figures.ocr import TextLine
    from patent2tech.text.notes import Note

Box = tuple[int, int, int, int]
"""x0, y0, x1, y1 in pixels of the upright sheet; x1 and y1 are outside."""

Point = tuple[float, float]
"""x, y in pixels of the upright sheet."""


class Projection(StrEnum):
    """How a figure shows the thing."""

    ORTHOGRAPHIC = "orthographic"
    PERSPECTIVE = "perspective"
    SECTION = "section"
    UNKNOWN = "unknown"


class Side(StrEnum):
    """From where the thing is seen."""

    FRONT = "front"
    REAR = "rear"
    LEFT = "left"
    RIGHT = "right"
    TOP = "top"
    BOTTOM = "bottom"


class Role(StrEnum):
    """What a figure is for; only `WHOLE` shows the whole thing, as it is claimed, at one scale."""

    WHOLE = "whole"
    DETAIL = "detail"
    IN_USE = "in_use"
    EXPLODED = "exploded"
    PARTIAL = "partial"


class FigureKind(StrEnum):
    """What kind of picture a figure is."""

    DRAWING = "drawing"
    FLOW_CHART = "flow_chart"
    BLOCK_DIAGRAM = "block_diagram"
    GRAPH = "graph"
    TABLE = "table"
    FORMULA = "formula"
    PHOTO = "photo"
    SCREEN = "screen"


@dataclass(frozen=True, slots=True)
class SectionPlane:
    """The plane of a section: its line as lettered (`3-3`), and the figure on which that line is drawn."""

    line: str | None = None
    figure: str | None = None


@dataclass(frozen=True, slots=True)
class View:
    """How one figure looks at the thing, as its caption says.

    `direction` holds one side for an orthographic view and the sides that are visible for a perspective one; it is
    empty where the caption does not say. `mirror_of` is the label of the figure whose mirror image this is;
    `also` are sides that the caption declares to look the same ('the opposite side being identical' or a mirror
    image), so that they need no figure. `state` is the caption's word for a condition (`open`, `folded`).
    `embodiment` numbers the embodiments of one patent from 1. `broken_lines_are_environment` holds for design patents
    that say so.
    """

    projection: Projection = Projection.UNKNOWN
    direction: tuple[Side, ...] = ()
    section: SectionPlane | None = None
    state: str | None = None
    role: Role = Role.WHOLE
    mirror_of: str | None = None
    also: tuple[Side, ...] = ()
    embodiment: int = 1
    broken_lines_are_environment: bool = False


@dataclass(frozen=True, slots=True)
class Numeral:
    """One reference numeral in a drawing: its box, where its lead line ends, and the name of its part."""

    text: str
    box: Box
    tip: Point | None = None
    part: str | None = None
    confidence: float = 1.0


class NodeShape(StrEnum):
    """The outline of a node of a chart."""

    BOX = "box"
    ROUNDED = "rounded"
    DIAMOND = "diamond"
    ELLIPSE = "ellipse"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ChartNode:
    """A closed outline with text in it; `numeral` is the reference numeral that stands in it or points at it."""

    text: str
    box: Box
    shape: NodeShape = NodeShape.BOX
    numeral: str | None = None


@dataclass(frozen=True, slots=True)
class ChartEdge:
    """A line between two nodes, by their places in the chart.

    `directed` says that an arrowhead was seen at the target. `label` is what is written at the line where it leaves
    the source (`Yes`).
    """

    source: int
    target: int
    directed: bool = True
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A flow chart or block diagram as a graph, its nodes from top to bottom."""

    nodes: tuple[ChartNode, ...]
    edges: tuple[ChartEdge, ...]


@dataclass(frozen=True, slots=True, eq=False)
class UprightSheet:
    """One drawing sheet turned upright: grey values, 0 black to 255 white; `rotation` is what it was turned by.

    `rotation` is in degrees counter-clockwise, 0, 90, 180 or 270; the small skew that was taken out is in `skew`.
    `lines` are the lines of text that were read on it, `lettering` what was read letter by letter, free of the lines
    of the drawing; `None` where that was not looked at.
    """

    file: str
    number: int
    pixels: NDArray[np.uint8]
    rotation: int = 0
    skew: float = 0.0
    lines: tuple[TextLine, ...] = ()
    lettering: tuple[TextLine, ...] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class SeenFigure:
    """One figure found on a sheet.

    `box` holds the drawing with its numerals, without its label. `pixels` is that part of the upright sheet, where
    the label and the ink of neighbouring figures are painted white; numerals and lead lines are still in it.
    `label` is what stands behind `FIG.`; `None` when no label was found. `chart` is there for flow charts and block
    diagrams whose nodes could be told.
    """

    label: str | None
    sheet: UprightSheet
    box: Box
    pixels: NDArray[np.uint8]
    view: View
    kind: FigureKind = FigureKind.DRAWING
    caption: str | None = None
    label_box: Box | None = None
    confidence: float = 1.0
    numerals: tuple[Numeral, ...] = ()
    chart: Chart | None = None


@dataclass(frozen=True, slots=True, eq=False)
class SeenFigures:
    """All figures of one patent in the order of their labels, their sheets, and what could not be seen."""

    sheets: tuple[UprightSheet, ...]
    figures: tuple[SeenFigure, ...]
    warnings: tuple[Note, ...] = ()
