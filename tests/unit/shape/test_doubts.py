"""What on a finished solid tells how far it can be trusted: thin things, assumed shapes, sides that are not shown."""

from __future__ import annotations

import cv2
import numpy as np

from patent2tech.figures.model import Side
from patent2tech.shape.cues import cue_of
from patent2tech.shape.cuts import Basis, Cut
from patent2tech.shape.doubts import contour_doubt, hollow_share, shaped_share, unproven_share
from patent2tech.shape.frames import Volume
from patent2tech.shape.hull import Grid, grid_of, hull_field
from patent2tech.shape.outlines import Outline, outline_of
from tests.unit.shape.drawing import a_figure, a_picture

LINE = 4


def an_outline(side: Side, size: tuple[float, float], shapes: list[tuple], *, rough: bool = False) -> Outline:
    picture = a_picture(size, shapes)
    if rough:
        blots = np.random.default_rng(7).random(picture.shape) < 0.25
        near = cv2.erode(picture, np.ones((LINE, LINE), np.uint8)) < 128
        picture = np.where(blots & near, 0, picture).astype(np.uint8)
    outline = outline_of(a_figure("1", side, picture))
    assert outline is not None
    return outline


def a_solid(width: float, height: float, depth: float, *, rough: bool = False) -> tuple[Volume, Grid, dict]:
    sizes = {Side.FRONT: (width, height), Side.RIGHT: (depth, height), Side.TOP: (width, depth)}
    views = {
        side: an_outline(side, size, [("rect", 0, 0, *size)], rough=rough and side is Side.FRONT)
        for side, size in sizes.items()
    }
    grid = grid_of((width, height, depth), 64)
    return hull_field(views, grid), grid, views


def test_an_unsteady_line_leaves_more_in_doubt_of_a_plate_than_of_a_block() -> None:
    block, steady = contour_doubt(*a_solid(1, 0.8, 0.8, rough=True)), contour_doubt(*a_solid(1, 0.8, 0.8))
    plate = contour_doubt(*a_solid(1, 0.8, 0.08, rough=True))
    assert steady < block < plate


def test_a_block_may_be_hollow_from_a_side_that_is_not_shown_and_a_thin_plate_may_not() -> None:
    block, plate = a_solid(1, 0.8, 0.8)[0], a_solid(1, 0.8, 0.05)[0]
    assert hollow_share(block, [Side.BOTTOM]) > 0.6
    assert hollow_share(plate, [Side.BOTTOM]) == 0
    assert hollow_share(block, []) == 0


def test_the_hollow_of_a_bowl_has_an_assumed_shape_and_that_of_a_box_only_an_assumed_depth() -> None:
    box = a_solid(1, 0.5, 1)[0]
    views = {
        Side.FRONT: an_outline(Side.FRONT, (1, 0.5), [("ellipse", 0, 0, 1, 0.5)]),
        Side.TOP: an_outline(Side.TOP, (1, 1), [("ellipse", 0, 0, 1, 1)]),
    }
    bowl = hull_field(views, grid_of((1, 0.5, 1), 64))
    assumed, proven = (Cut(Side.TOP, 1, 0.4, basis, 1.0) for basis in (Basis.EQUAL_WALL, Basis.SECTION))
    assert shaped_share([assumed], [0.8], box) < 0.02
    assert shaped_share([assumed], [0.8], bowl) > 0.1
    assert shaped_share([proven], [0.8], bowl) == 0


def test_a_solid_hangs_on_a_depth_that_nothing_proves_by_what_it_would_win_or_lose_with_another() -> None:
    block, grid, _ = a_solid(1, 0.5, 1)
    lid = an_outline(Side.TOP, (1, 1), [("rect", 0, 0, 1, 1), ("rect", 0.1, 0.1, 0.9, 0.9)])
    cues = {Side.TOP: cue_of(Side.TOP, lid, grid)}
    middle = int(cues[Side.TOP].regions[32, 32])

    def share(basis: Basis, depth: float) -> float:
        return unproven_share(block, [Cut(Side.TOP, middle, depth, basis, 1.0)], cues, grid)

    assert share(Basis.OBLIQUE, 0.05) > 0.5
    assert share(Basis.EQUAL_WALL, 0.45) > 0.5
    assert share(Basis.LINES, 0.05) == 0
