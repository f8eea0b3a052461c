"""Broken lines of design patents: what they bound is kept, as a part of its own."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import cv2
import numpy as np
import pytest
import trimesh

from patent2tech.figures.model import Projection, SeenFigures, Side, View
from patent2tech.shape.broken import linked
from patent2tech.shape.files import files_of
from patent2tech.shape.images import filled
from patent2tech.shape.model import Model, ShapeOptions, Status
from patent2tech.shape.modelling import models_from
from tests.unit.shape.drawing import a_block_on_a_table, a_box, a_figure, a_picture, a_set, plus

LINE = 2


def model(seen: SeenFigures) -> Model:
    return models_from(seen, "Block", ShapeOptions(pictures=False))[0]


def test_the_dashes_of_a_circle_are_linked_to_one_closed_line() -> None:
    ink = np.zeros((300, 300), np.uint8)
    for start in range(0, 360, 15):
        cv2.ellipse(ink, (150, 150), (110, 110), 0, start, start + 9, 1, LINE)
    whole, dashes = linked(ink > 0, LINE)
    assert filled(ink > 0).sum() < 4000
    assert filled(whole).sum() == pytest.approx(np.pi * 110**2, rel=0.03)
    assert dashes.sum() > 0.5 * whole.sum()


def test_strokes_of_shading_side_by_side_are_no_broken_line() -> None:
    ink = np.zeros((200, 300), np.uint8)
    for x in range(30, 270, 8):
        cv2.line(ink, (x, 60), (x, 140), 1, LINE)
    whole, dashes = linked(ink > 0, LINE)
    assert not dashes.any()
    assert whole.sum() < 1.1 * ink.sum()


def test_a_claimed_block_keeps_its_size_and_its_table_is_a_part_of_its_own() -> None:
    made = model(a_block_on_a_table())
    assert made.status is Status.MODEL
    assert made.environment is not None
    assert made.mesh.is_watertight
    assert made.environment.is_watertight
    assert made.mesh.extents / made.mesh.extents.max() == pytest.approx([1, 5 / 6, 4 / 6], abs=0.02)
    assert made.environment.extents[0] == pytest.approx(2.0, abs=0.1)
    assert made.environment.bounds[1][1] < made.mesh.bounds[0][1] + 0.05
    assert "shape.note.environment" in {note.code for note in made.notes}


def test_full_lines_that_close_only_with_broken_ones_are_modelled_with_what_is_around_them() -> None:
    views = {
        Side.FRONT: ((1.0, 0.6), [("rect", 0, 0, 0.5, 0.6), ("broken", 0.5, 0, 1.0, 0.6)]),
        Side.TOP: ((1.0, 0.4), [("broken", 0, 0, 1.0, 0.4)]),
        Side.RIGHT: ((0.4, 0.6), [("broken", 0, 0, 0.4, 0.6)]),
    }
    made = model(a_set(views, broken_lines_are_environment=True))
    assert made.status is Status.MODEL
    assert made.environment is not None
    both = trimesh.util.concatenate([made.mesh, made.environment])
    assert both.extents == pytest.approx([1.0, 0.6, 0.4], abs=0.02)


def test_what_broken_lines_show_is_left_out_where_they_may_mean_hidden_edges() -> None:
    seen = a_block_on_a_table()
    hidden = replace(
        seen,
        figures=tuple(replace(one, view=replace(one.view, broken_lines_are_environment=False)) for one in seen.figures),
    )
    made = model(hidden)
    assert made.environment is None
    assert made.mesh.extents / made.mesh.extents.max() == pytest.approx([1, 5 / 6, 4 / 6], abs=0.02)


def test_the_environment_is_a_node_of_the_scene_and_a_file_of_the_report() -> None:
    files = files_of(models_from(a_block_on_a_table(), "Block", ShapeOptions(pictures=False)))
    scene = trimesh.load_scene(io.BytesIO(files["model.glb"]), file_type="glb")
    assert set(scene.geometry) == {"body", "environment"}
    report = json.loads(files["report.json"])
    assert report["environment"]["file"] in files
    assert report["environment"]["watertight"]


def test_side_views_that_do_not_say_which_are_placed_where_they_agree() -> None:
    wedge = a_picture((0.4, 0.6), [("rect", 0, 0.3, 0.4, 0.6), ("rect", 0, 0, 0.2, 0.3)])
    front_shapes = [("rect", 0, 0, 1.0, 0.3), ("rect", 0, 0.3, 1.0, 0.6)]
    plan = [("rect", 0, 0, 1.0, 0.2), ("rect", 0, 0.2, 1.0, 0.4)]
    seen = a_set({Side.FRONT: ((1.0, 0.6), front_shapes), Side.TOP: ((1.0, 0.4), plan)})
    side = replace(a_figure("3", None, wedge), caption="FIG. 3 is a side view thereof")
    side = replace(side, view=View(Projection.ORTHOGRAPHIC))
    made = model(plus(seen, side))
    placed = next(check for check in made.figures if check.figure.label == "3")
    assert placed.used
    assert placed.view in {"left", "right"}
    assert "shape.note.side" in {note.code for note in made.notes}


@pytest.mark.parametrize("mixed_up", [False, True])
def test_left_and_right_that_are_mixed_up_are_put_right_and_named(*, mixed_up: bool) -> None:
    """A high block on the left at the rear, and a low one on the right in front."""
    seen_from_left = [("rect", 0, 0, 0.2, 0.6), ("rect", 0.2, 0.3, 0.4, 0.6)]
    seen_from_right = [("rect", 0.2, 0, 0.4, 0.6), ("rect", 0, 0.3, 0.2, 0.6)]
    sides = (seen_from_right, seen_from_left) if mixed_up else (seen_from_left, seen_from_right)
    views = {
        Side.FRONT: ((1.0, 0.6), [("rect", 0, 0, 0.5, 0.6), ("rect", 0.5, 0.3, 1.0, 0.6)]),
        Side.LEFT: ((0.4, 0.6), sides[0]),
        Side.RIGHT: ((0.4, 0.6), sides[1]),
        Side.TOP: ((1.0, 0.4), [("rect", 0, 0, 0.5, 0.2), ("rect", 0.5, 0.2, 1.0, 0.4)]),
    }
    made = model(a_set(views))
    assert min(check.silhouette_iou for check in made.figures if check.used) > 0.9
    assert ("shape.note.other_way" in {note.code for note in made.notes}) is mixed_up


def test_a_box_says_nothing_of_an_environment() -> None:
    assert model(a_box()).environment is None
