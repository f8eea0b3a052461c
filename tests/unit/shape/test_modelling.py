"""From drawn views to solids, with real images through every stage."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from patent2tech.figures.model import Side
from patent2tech.shape.cuts import Basis
from patent2tech.shape.model import Corrections, DepthFix, Model, ShapeOptions, Status, ViewFix
from patent2tech.shape.modelling import models_from
from tests.unit.shape.drawing import a_bored_plate, a_box, a_can, a_figure, a_picture, a_set, a_tray, plus, with_figure

QUICK = ShapeOptions(pictures=False)


def model(seen, title="Holder", **options) -> Model:
    return models_from(seen, title, ShapeOptions(pictures=False, **options))[0]


def test_three_views_of_a_box_give_a_watertight_box_of_their_proportions() -> None:
    made = model(a_box(1.0, 0.6, 0.4))
    assert made.status is Status.MODEL
    assert made.mesh.is_watertight
    assert made.mesh.extents == pytest.approx([1.0, 0.6, 0.4], abs=0.01)
    assert made.mesh.volume == pytest.approx(0.24, rel=0.03)
    assert made.assumed == ()


def test_figures_drawn_at_different_scales_still_agree() -> None:
    small = a_picture((0.4, 0.6), [("rect", 0, 0, 0.4, 0.6)], scale=350)
    made = model(with_figure(a_box(), "2", pixels=small, box=(0, 0, small.shape[1], small.shape[0])))
    assert made.mesh.extents == pytest.approx([1.0, 0.6, 0.4], abs=0.015)


def test_a_hole_that_both_sides_show_goes_right_through() -> None:
    made = model(a_bored_plate())
    assert made.mesh.euler_number == 0
    assert made.mesh.volume == pytest.approx((0.6 - np.pi * 0.04) * 0.2, rel=0.05)


def test_a_cavity_whose_depth_no_figure_shows_is_named_as_assumed() -> None:
    made = model(a_tray())
    assert [depth.basis for depth in made.assumed] == [Basis.EQUAL_WALL]
    assert made.assumed[0].side is Side.TOP
    assert made.assumed[0].depth == pytest.approx(0.24, abs=0.015)


def test_a_round_end_view_gives_a_solid_of_revolution() -> None:
    made = model(a_can())
    assert made.mesh.volume == pytest.approx(np.pi * 0.25**2, rel=0.03)


def test_a_depth_that_a_person_gives_takes_the_place_of_the_assumed_one() -> None:
    fix = DepthFix(Side.TOP, (0.5, 0.5), 0.1)
    made = model(a_tray(), corrections=Corrections(depths=(fix,)))
    assert made.assumed == ()
    assert made.mesh.volume == pytest.approx(0.7 * 0.3 - 0.88 * 0.58 * 0.1, rel=0.04)


def test_one_straight_view_is_refused_with_what_is_missing() -> None:
    seen = a_box()
    made = model(type(seen)((), seen.figures[:1]))
    assert made.status is Status.REFUSED
    assert made.mesh is None
    assert made.refusal.code == "shape.refused.too_few"
    assert Side.TOP in made.missing


def test_a_refusal_names_the_figures_that_were_left_out_too_with_the_reason() -> None:
    seen = a_box()
    made = model(type(seen)((), (seen.figures[0], a_figure("9", None, seen.figures[1].pixels))))
    assert {check.figure.label: check.reason and check.reason.code for check in made.figures} == {
        "1": None,
        "9": "shape.skipped.unknown",
    }


def test_on_request_one_view_becomes_a_relief_that_is_called_one() -> None:
    seen = a_box()
    made = model(type(seen)((), seen.figures[:1]), guess=True)
    assert made.status is Status.RELIEF
    assert made.quality < 0.2
    assert made.notes[0].code == "shape.note.relief"
    assert made.mesh.is_watertight


def test_views_whose_sides_contradict_each_other_are_refused() -> None:
    wrong = a_picture((0.4, 1.4), [("rect", 0, 0, 0.4, 1.4)])
    made = model(with_figure(a_box(), "2", pixels=wrong, box=(0, 0, wrong.shape[1], wrong.shape[0])))
    assert made.refusal.code == "shape.refused.contradiction"


def test_views_that_have_almost_nothing_in_common_are_refused_with_the_figure_that_is_not_explained() -> None:
    ends = [("rect", 0, 0, 0.4, 0.06), ("rect", 0, 0.54, 0.4, 0.6)]
    seen = a_set({Side.FRONT: ((1, 0.6), [("ellipse", 0, 0, 1, 0.6)]), Side.RIGHT: ((0.4, 0.6), ends)})
    made = model(plus(seen, a_figure("3", Side.TOP, a_picture((1, 0.4), [("rect", 0, 0, 1, 0.4)]))))
    assert made.status is Status.REFUSED
    assert made.mesh is None
    assert made.refusal.code == "shape.refused.no_fit"
    assert dict(made.refusal.values)["figure"] == "1"


def test_of_two_front_views_the_one_that_fits_the_others_is_used() -> None:
    other = a_figure("9", Side.FRONT, a_picture((1, 0.3), [("rect", 0, 0, 1, 0.3)]))
    made = model(plus(a_box(), other))
    assert made.mesh.extents == pytest.approx([1.0, 0.6, 0.4], abs=0.01)
    assert "shape.note.twice" in {note.code for note in made.notes}
    assert next(check.used for check in made.figures if check.figure.label == "9") is False


def test_a_figure_that_encloses_nothing_is_left_out_with_the_reason() -> None:
    blank = np.full((300, 300), 255, np.uint8)
    cv2.line(blank, (20, 20), (280, 280), 0, 4)
    made = model(plus(a_box(), a_figure("7", Side.LEFT, blank)))
    assert made.status is Status.MODEL
    left_out = next(check for check in made.figures if check.figure.label == "7")
    assert left_out.reason.code == "shape.skipped.empty"


def test_captions_that_contradict_the_drawings_are_refused_or_named_and_never_give_a_cube() -> None:
    """The same long picture under five names: as deep as wide, say some; five times as wide as deep, say others."""
    long = a_picture((1, 0.2), [("rect", 0, 0, 1, 0.2)])
    sides = (Side.FRONT, Side.RIGHT, Side.TOP, Side.LEFT, Side.BOTTOM)
    made = model(type(a_box())((), tuple(a_figure(str(i), side, long) for i, side in enumerate(sides, 1))))
    told = {note.code for note in (*made.notes, *filter(None, (made.refusal,)))}
    assert told & {"shape.note.contradicts", "shape.refused.contradiction"}
    assert made.mesh is None or made.mesh.extents.max() > 2 * made.mesh.extents.min()
    assert (made.quality or 0) < 0.9


def test_a_figure_of_another_object_is_left_out_and_named() -> None:
    other = a_picture((0.3, 1.2), [("ellipse", 0, 0, 0.3, 1.2)])
    views = {Side.REAR: ((1.0, 0.6), [("rect", 0, 0, 1.0, 0.6)]), Side.LEFT: ((0.4, 0.6), [("rect", 0, 0, 0.4, 0.6)])}
    more = [a_figure(f"9{i}", side, a_picture(*view)) for i, (side, view) in enumerate(views.items())]
    made = model(plus(a_box(), *more, a_figure("8", Side.BOTTOM, other)))
    assert made.status is Status.MODEL
    assert made.mesh.extents == pytest.approx([1.0, 0.6, 0.4], abs=0.015)
    left_out = next(check for check in made.figures if check.figure.label == "8")
    assert not left_out.used
    assert left_out.reason.code == "shape.skipped.contradicts"


@pytest.mark.parametrize("size", [(1, 1), (3, 3)])
def test_a_figure_of_a_few_pixels_never_becomes_a_solid(size) -> None:
    dot = np.full((80, 80), 255, np.uint8)
    dot[40 : 40 + size[1], 40 : 40 + size[0]] = 0
    figures = [a_figure(str(i), side, dot) for i, side in enumerate((Side.FRONT, Side.TOP, Side.RIGHT))]
    made = model(type(a_box())((), tuple(figures)))
    assert made.status is Status.REFUSED


def test_a_rod_of_1_to_200_keeps_its_proportions_and_warns() -> None:
    thick = 0.05
    views = {
        Side.FRONT: ((10.0, thick), [("rect", 0, 0, 10, thick)]),
        Side.RIGHT: ((thick, thick), [("rect", 0, 0, thick, thick)]),
        Side.TOP: ((10.0, thick), [("rect", 0, 0, 10, thick)]),
    }
    figures = [a_figure(str(i), side, a_picture(*view)) for i, (side, view) in enumerate(views.items())]
    made = model(type(a_box())((), tuple(figures)))
    if made.status is Status.MODEL:
        assert made.mesh.extents[0] / made.mesh.extents[1] > 100
        assert "shape.note.slender" in {note.code for note in made.notes}
    else:
        assert made.refusal is not None


def test_a_screen_design_is_refused_as_flat() -> None:
    made = model(a_box(), title="Display screen with icon")
    assert made.refusal.code == "shape.refused.flat"


def test_a_lead_line_across_the_contour_changes_nothing() -> None:
    plain = model(a_box())
    seen = a_box()
    drawn = seen.figures[0].pixels.copy()
    cv2.line(drawn, (5, 20), (250, 250), 0, 3)
    crossed = model(with_figure(seen, "1", pixels=drawn))
    assert crossed.mesh.volume == pytest.approx(plain.mesh.volume, rel=0.02)


def test_a_plan_view_that_lies_on_its_side_is_turned_upright() -> None:
    seen = a_box()
    turned = np.ascontiguousarray(np.rot90(seen.figures[2].pixels))
    made = model(with_figure(seen, "3", pixels=turned, box=(0, 0, turned.shape[1], turned.shape[0])))
    assert made.mesh.extents == pytest.approx([1.0, 0.6, 0.4], abs=0.015)


def test_embodiments_are_modelled_one_by_one() -> None:
    second = [
        a_figure(f"2{one.label}", one.view.direction[0], one.pixels, embodiment=2) for one in a_box(1, 0.3, 0.3).figures
    ]
    models = models_from(plus(a_box(), *second), "Holder", QUICK)
    assert [each.embodiment for each in models] == [1, 2]
    assert models[1].mesh.extents == pytest.approx([1.0, 0.3, 0.3], abs=0.015)


def test_a_figure_that_a_person_leaves_out_is_not_used() -> None:
    made = model(a_tray(), corrections=Corrections(views=(ViewFix("4", use=False),)))
    assert next(check.used for check in made.figures if check.figure.label == "4") is False


def test_the_same_figures_give_the_same_model() -> None:
    first, second = model(a_tray()), model(a_tray())
    assert np.array_equal(first.mesh.vertices, second.mesh.vertices)
    assert first.quality == second.quality
