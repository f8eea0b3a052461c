"""How exactly things are measured: sides in parts of a pixel, flat faces, roofs, and surfaces that files keep."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from patent2tech.figures.model import SeenFigures, Side
from patent2tech.shape.model import Model, ShapeOptions
from patent2tech.shape.modelling import models_from
from patent2tech.shape.outlines import outline_of
from tests.unit.shape.drawing import MARGIN, a_figure, a_picture, a_set

_LEG, _TOP = 0.1, 0.08


@pytest.mark.parametrize("thick", [3, 4, 7, 8])
def test_a_plate_is_measured_between_the_middles_of_its_lines_however_thick_they_are(thick: int) -> None:
    picture = np.full((200, 1200), 255, np.uint8)
    cv2.rectangle(picture, (50, 50), (1149, 129), 0, thick)
    outline = outline_of(a_figure("1", Side.FRONT, picture))
    pixel = 1 / outline.scale
    assert [side * pixel for side in outline.size] == pytest.approx([1099, 79], abs=1.02 * pixel)


def test_an_arrow_at_the_contour_makes_nothing_thicker() -> None:
    picture = a_picture((1, 0.1), [("rect", 0, 0, 1, 0.1)])
    plain = outline_of(a_figure("1", Side.FRONT, picture)).size
    tip = np.array([[300, MARGIN - 2], [312, MARGIN - 7], [324, MARGIN - 2]])
    cv2.fillPoly(picture, [tip], 0)
    assert outline_of(a_figure("1", Side.FRONT, picture)).size == pytest.approx(plain, abs=0.6)


def test_legs_that_are_circles_from_below_are_round() -> None:
    made = _model(_a_table())
    slab = 1.0 * 0.6 * _TOP
    legs = 4 * np.pi / 4 * _LEG**2 * (0.6 - _TOP)
    assert made.mesh.volume == pytest.approx(slab + legs, rel=0.03)


def test_a_roof_is_assumed_as_thick_as_the_wall_though_a_knob_stands_on_it() -> None:
    made = _model(_a_lid_with_a_knob())
    assert [round(each.depth, 2) for each in made.assumed] == [pytest.approx(0.3 - 0.08, abs=0.02)]


def test_fewer_faces_keep_every_vertex_on_the_surface() -> None:
    made = _model(_a_table())
    assert made.mesh.extents == pytest.approx([1.0, 0.6, 0.6], abs=0.004)
    assert made.mesh.is_watertight
    assert made.mesh.nondegenerate_faces().all()


def _model(seen: SeenFigures) -> Model:
    return models_from(seen, "thing", ShapeOptions(pictures=False))[0]


def _a_table() -> SeenFigures:
    def side(width: float) -> tuple[tuple[float, float], list[tuple[str, float, float, float, float]]]:
        legs = [("rect", x, _TOP, x + _LEG, 0.6) for x in (0.05, width - 0.05 - _LEG)]
        return (width, 0.6), [("rect", 0, 0, width, _TOP), *legs]

    feet = [("ellipse", x, y, x + _LEG, y + _LEG) for x in (0.05, 0.95 - _LEG) for y in (0.05, 0.55 - _LEG)]
    plate = ("rect", 0, 0, 1, 0.6)
    return a_set(
        {
            Side.FRONT: side(1.0),
            Side.RIGHT: side(0.6),
            Side.TOP: ((1, 0.6), [plate]),
            Side.BOTTOM: ((1, 0.6), [plate, *feet]),
        }
    )


def _a_lid_with_a_knob() -> SeenFigures:
    """A box of 1 x 0.3 x 1, open below with walls of 0.08, and a knob of 0.2 on it."""
    side = ((1, 0.5), [("rect", 0, 0.2, 1, 0.5), ("rect", 0.35, 0, 0.65, 0.2)])
    plan = ("rect", 0, 0, 1, 1)
    return a_set(
        {
            Side.FRONT: side,
            Side.RIGHT: side,
            Side.TOP: ((1, 1), [plan, ("ellipse", 0.35, 0.35, 0.65, 0.65)]),
            Side.BOTTOM: ((1, 1), [plan, ("rect", 0.08, 0.08, 0.92, 0.92)]),
        }
    )
