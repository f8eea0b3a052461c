"""Closed outlines in a figure: what may be the nodes of a chart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from patent2tech.figures.ink import solid_ink
from patent2tech.figures.model import NodeShape

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from patent2tech.figures.model import Box

# Pixels at 300 dpi. A node holds at least one letter; one that fills the figure is its frame.
_SMALLEST: Final = (60, 40)
_FRAME_SHARE: Final = 0.7
_STRAIGHT_SIDES: Final = 0.02


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """A closed outline in a figure, in pixels of the sheet."""

    contour: NDArray[np.int32]
    box: Box
    shape: NodeShape

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside."""
        return cv2.pointPolygonTest(self.contour, (float(x), float(y)), measureDist=False) >= 0


def find_outlines(pixels: NDArray[np.uint8], box: Box) -> tuple[Outline, ...]:
    """Closed outlines within a box of a sheet that are as large as a node, the innermost where they lie in each other.

    They are the white regions that ink encloses, whatever is written in them.
    """
    left, top, right, bottom = box
    ink = solid_ink(pixels[top:bottom, left:right])
    count, labels, stats, _ = cv2.connectedComponentsWithStats((~ink).astype(np.uint8), connectivity=4)
    found = []
    for label in range(1, count):
        x, y, wide, high, _ = stats[label].tolist()
        if wide < _SMALLEST[0] or high < _SMALLEST[1] or x == 0 or y == 0:
            continue
        if x + wide >= ink.shape[1] or y + high >= ink.shape[0] or wide * high > _FRAME_SHARE * ink.size:
            continue
        region = (labels[y : y + high, x : x + wide] == label).astype(np.uint8)
        contours, _ = cv2.findContours(region, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        contour = max(contours, key=cv2.contourArea) + np.array([x + left, y + top])
        shape = _shape(contour, wide, high)
        if shape is not None:
            found.append(Outline(contour, (x + left, y + top, x + left + wide, y + top + high), shape))
    return tuple(found)


def _shape(contour: NDArray[np.int32], wide: int, high: int) -> NodeShape | None:
    """The form of an outline by its area in its box and its corners; `None` for what no chart uses."""
    hull = cv2.convexHull(contour)
    area = cv2.contourArea(hull)
    filled = area / (wide * high)
    if cv2.contourArea(contour) < 0.85 * area:
        return None
    corners = len(cv2.approxPolyDP(hull, _STRAIGHT_SIDES * cv2.arcLength(hull, closed=True), closed=True))
    if filled > 0.97:  # noqa: PLR2004 - measured on drawn boxes: 0.98 to 1
        return NodeShape.BOX
    if filled > 0.86:  # noqa: PLR2004 - a stadium has at least 0.785 + half of its straight part
        return NodeShape.ROUNDED
    if corners == 4 and 0.45 <= filled <= 0.6:  # noqa: PLR2004 - a diamond fills half of its box
        return NodeShape.DIAMOND
    if 0.74 <= filled <= 0.86 and corners > 4:  # noqa: PLR2004 - an ellipse fills pi / 4
        return NodeShape.ELLIPSE
    return NodeShape.OTHER if filled >= 0.45 and corners <= 8 else None  # noqa: PLR2004
