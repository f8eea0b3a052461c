"""What views tell beyond their silhouettes: hidden edges, a plan in the oblique figure, faces that slope."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from patent2tech.figures.model import Projection, SeenFigure, SeenFigures, Side, UprightSheet, View
from patent2tech.shape.cameras import Camera
from patent2tech.shape.model import ShapeOptions
from patent2tech.shape.modelling import models_from
from patent2tech.shape.outlines import outline_of
from tests.unit.shape.drawing import MARGIN, SCALE, WIDTH, a_figure, a_picture, a_set, plus, with_figure

_PLAIN = ShapeOptions(pictures=False)
_UTILITY = ShapeOptions(pictures=False, hidden_edges=True)
_OBLIQUE = Camera(24, 30)


def test_a_lead_line_that_ends_on_the_contour_leaves_no_bump() -> None:
    clean = a_picture((1, 0.5), [("rect", 0, 0, 1, 0.5)])
    led = clean.copy()
    cv2.line(led, (MARGIN + 300, 5), (MARGIN + 350, MARGIN), 0, 3)
    sizes = [outline_of(a_figure("1", Side.FRONT, picture)).size for picture in (clean, led)]
    assert sizes[0] == pytest.approx(sizes[1], abs=1)


def test_dashes_in_a_side_view_tell_how_deep_a_recess_is_in_a_utility_patent_only() -> None:
    seen = _with_dashed_floor(_open_box(), depth=0.15)
    told, assumed = (models_from(seen, "box", options)[0] for options in (_UTILITY, _PLAIN))
    assert told.depths[0].depth == pytest.approx(0.15, abs=0.02)
    assert not told.assumed
    assert assumed.assumed[0].depth == pytest.approx(0.5 - 0.1, abs=0.03)


def test_dashes_in_the_top_view_show_the_recess_that_no_bottom_view_shows() -> None:
    seen = _with_dashed_floor(_solid_box(), depth=0.3, from_above=False)
    top = a_picture((1, 0.8), [("rect", 0, 0, 1, 0.8)])
    for start, end in (
        ((0.1, 0.1), (0.9, 0.1)),
        ((0.9, 0.1), (0.9, 0.7)),
        ((0.9, 0.7), (0.1, 0.7)),
        ((0.1, 0.7), (0.1, 0.1)),
    ):
        _dash(top, start, end)
    seen = with_figure(seen, "3", pixels=top)
    mesh = models_from(seen, "box", _UTILITY)[0].mesh
    assert mesh.volume == pytest.approx(1 * 0.5 * 0.8 - 0.8 * 0.6 * 0.3, rel=0.06)


def test_the_upper_face_of_the_oblique_figure_is_the_plan_that_no_figure_gives() -> None:
    around = np.radians(np.arange(6) * 60)
    plan = np.stack([0.5 * np.cos(around), 0.5 * np.sin(around)], 1)
    deep = float(np.ptp(plan[:, 1]))
    seen = a_set(
        {
            Side.FRONT: ((1, 0.4), [("rect", 0, 0, 1, 0.4), ("rect", 0.25, 0, 0.75, 0.4)]),
            Side.RIGHT: ((deep, 0.4), [("rect", 0, 0, deep, 0.4), ("rect", 0, 0, deep / 2, 0.4)]),
        }
    )
    model = models_from(plus(seen, _oblique(_prism(plan, 0.4))), "nut", _PLAIN)[0]
    assert model.mesh.volume == pytest.approx(0.4 * 3 * np.sqrt(3) / 8, rel=0.06)
    assert "shape.note.plan" in {note.code for note in model.notes}


def test_a_face_between_a_rectangle_and_a_circle_slopes() -> None:
    around = np.linspace(0, 2 * np.pi, 64, endpoint=False)
    foot = 0.5 * np.stack([np.cos(around), np.sin(around)], 1)
    head = 0.15 * foot / np.abs(foot).max(1, keepdims=True) * [2, 1]
    quads = [(_ring(head, 0.4)[[i, (i + 1) % 64]], _ring(foot, -0.4)[[(i + 1) % 64, i]]) for i in range(64)]
    mask = _drawn([np.concatenate(quad) for quad in quads] + [_ring(foot, -0.4)], lines=False)
    contours, _ = cv2.findContours((mask == 0).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    picture = np.full(mask.shape, 255, np.uint8)
    cv2.drawContours(picture, contours, -1, 0, WIDTH)
    top = 0.15 * np.array([[2, 1], [-2, 1], [-2, -1], [2, -1]])
    cv2.polylines(picture, [_pixels(_ring(top, 0.4))], True, 0, WIDTH)
    seen = a_set({Side.TOP: ((1, 1), [("ellipse", 0, 0, 1, 1), ("rect", 0.2, 0.35, 0.8, 0.65)])})
    front, right = (_trapezoid(half) for half in (0.3, 0.15))
    seen = plus(seen, a_figure("2", Side.FRONT, front), a_figure("3", Side.RIGHT, right), _oblique(picture))
    model = models_from(seen, "cone", _PLAIN)[0]
    assert "shape.note.sloped" in {note.code for note in model.notes}
    assert model.mesh.volume == pytest.approx(_volume(head, foot), rel=0.06)


def _trapezoid(half: float) -> np.ndarray:
    picture = np.full((round(0.8 * SCALE) + 2 * MARGIN, SCALE + 2 * MARGIN), 255, np.uint8)
    outline = np.array([[0.5 - half, 0], [0.5 + half, 0], [1, 0.8], [0, 0.8]]) * SCALE + MARGIN
    cv2.polylines(picture, [outline.round().astype(np.int32)], True, 0, WIDTH)
    return picture


def _open_box() -> SeenFigures:
    return a_set(
        {
            Side.FRONT: ((1, 0.5), [("rect", 0, 0, 1, 0.5)]),
            Side.RIGHT: ((0.8, 0.5), [("rect", 0, 0, 0.8, 0.5)]),
            Side.TOP: ((1, 0.8), [("rect", 0, 0, 1, 0.8), ("rect", 0.1, 0.1, 0.9, 0.7)]),
        }
    )


def _solid_box() -> SeenFigures:
    return a_set(
        {
            Side.FRONT: ((1, 0.5), [("rect", 0, 0, 1, 0.5)]),
            Side.RIGHT: ((0.8, 0.5), [("rect", 0, 0, 0.8, 0.5)]),
            Side.TOP: ((1, 0.8), [("rect", 0, 0, 1, 0.8)]),
        }
    )


def _with_dashed_floor(seen: SeenFigures, depth: float, *, from_above: bool = True) -> SeenFigures:
    floor, mouth = (depth, 0) if from_above else (0.5 - depth, 0.5)
    for label, low, high in (("1", 0.1, 0.9), ("2", 0.1, 0.7)):
        picture = next(one.pixels for one in seen.figures if one.label == label).copy()
        _dash(picture, (low, floor), (high, floor))
        for wall in (low, high):
            _dash(picture, (wall, mouth), (wall, floor))
        seen = with_figure(seen, label, pixels=picture)
    return seen


def _dash(picture: np.ndarray, start: tuple[float, float], end: tuple[float, float]) -> None:
    first, last = np.array(start) * SCALE + MARGIN, np.array(end) * SCALE + MARGIN
    count = max(3, round(float(np.hypot(*(last - first))) / 16))
    for i in range(count):
        ends = [first + (last - first) * (i + share) / count for share in (0.2, 0.75)]
        cv2.line(picture, *(tuple(each.round().astype(int).tolist()) for each in ends), 0, 2)


def _ring(plan: np.ndarray, height: float) -> np.ndarray:
    return np.stack([plan[:, 0], np.full(len(plan), height), plan[:, 1]], 1)


def _pixels(points: np.ndarray) -> np.ndarray:
    seen = _OBLIQUE.project(points) * [1, -1]
    return (seen * SCALE + 500).round().astype(np.int32)


def _drawn(faces: list[np.ndarray], *, lines: bool = True) -> np.ndarray:
    """Faces from back to front: white with black edges, or all black."""
    picture = np.full((1000, 1000), 255, np.uint8)
    for face in sorted(faces, key=lambda points: float((points @ _OBLIQUE.eye).mean())):
        cv2.fillPoly(picture, [_pixels(face)], 255 if lines else 0)
        if lines:
            cv2.polylines(picture, [_pixels(face)], True, 0, WIDTH)
    return picture


def _prism(plan: np.ndarray, height: float) -> np.ndarray:
    low, high = _ring(plan, -height / 2), _ring(plan, height / 2)
    sides = [np.stack([low[i], low[i - 1], high[i - 1], high[i]]) for i in range(len(plan))]
    facing = [side for side in sides if side.mean(0)[[0, 2]] @ _OBLIQUE.eye[[0, 2]] > 0]
    return _drawn([*facing, high])


def _oblique(picture: np.ndarray) -> SeenFigure:
    view = View(Projection.PERSPECTIVE, (Side.FRONT, Side.RIGHT, Side.TOP))
    return SeenFigure("9", UprightSheet("D00009.TIF", 9, picture), (0, 0, 1000, 1000), picture, view, caption="view 9")


def _volume(head: np.ndarray, foot: np.ndarray) -> float:
    """Between two rings, by slices."""

    def area(plan: np.ndarray) -> float:
        after = np.roll(plan, -1, 0)
        return float(np.abs((plan[:, 0] * after[:, 1] - plan[:, 1] * after[:, 0]).sum()) / 2)

    return float(np.mean([area(head + (foot - head) * share) for share in np.linspace(0, 1, 101)])) * 0.8
