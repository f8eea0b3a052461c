from __future__ import annotations

import pytest

from patent2tech.figures.captions import view_of
from patent2tech.figures.model import Projection, Role, SectionPlane, Side
from patent2tech.figures.views import read_views
from patent2tech.patents import Figure, Paragraph, Patent, PatentType, PublicationNumber

ORTHO, PERSP = Projection.ORTHOGRAPHIC, Projection.PERSPECTIVE
F, R, LEFT, RIGHT, T, B = Side.FRONT, Side.REAR, Side.LEFT, Side.RIGHT, Side.TOP, Side.BOTTOM


@pytest.mark.parametrize(
    ("caption", "projection", "direction"),
    [
        ("FIG. 2 is a front elevational view thereof;", ORTHO, (F,)),
        ("FIG. 3 is a back view thereof", ORTHO, (R,)),
        ("FIG. 4 is a left-side elevation view thereof", ORTHO, (LEFT,)),
        ("FIG. 4 is left hand side view of the cap", ORTHO, (LEFT,)),
        ("FIG. 6 is a top plan view thereof", ORTHO, (T,)),
        ("FIG. 7 is a bottom plan view thereof.", ORTHO, (B,)),
        ("FIG. 3 is a bottom thereof", ORTHO, (B,)),
        ("FIG. 6 is a top of the handle of FIG. 1", ORTHO, (T,)),
        ("FIG. 2 is a front elevational of the housing of FIG. 1", ORTHO, (F,)),
        ("FIG. 5 is a back side view thereof", ORTHO, (R,)),
        ("FIG. 3 is a plan view of the fabric", ORTHO, (T,)),
        ("FIG. 2 is a side view thereof", ORTHO, ()),
        ("FIG. 5 is an opposite side view thereof.", ORTHO, ()),
        ("FIG. 8 is an end view thereof", ORTHO, ()),
        ("FIG. 4 shows the left side of the device in elevation", ORTHO, (LEFT,)),
        ("FIG. 4 is a view of the right side of the device", ORTHO, (RIGHT,)),
        ("FIG. 5 is a view from below", ORTHO, (B,)),
        ("FIG. 2 represents a view in perspective of a jacket", PERSP, ()),
        ("FIG. 4 is an illustration of a front side view of a wireless device", ORTHO, (F,)),
        ("FIG. 1 is a perspective view from the front, top and right of a lamp", PERSP, (F, T, RIGHT)),
        ("FIG. 1 is a perspective view of a lamp, taken from the front, top and left side", PERSP, (F, T, LEFT)),
        ("FIG. 1 is a perspective view thereof as seen from the rear and below", PERSP, (R, B)),
        ("FIG. 1 is a top, front and left side perspective view of a mug, showing our new design", PERSP, (T, F, LEFT)),
        ("FIG. 1 is a front left perspective view of a garment with a side pocket at the right", PERSP, (F, LEFT)),
        ("FIG. 1 is an isometric view of a bottom bracket", PERSP, ()),
        ("FIG. 1 is a perspective view of a vehicle front fascia with a rear view mirror", PERSP, ()),
        ("1.1 : Perspective", PERSP, ()),
        ("1.3 : Back", ORTHO, (R,)),
        ("FIG. 7 is a flow chart of the method", Projection.UNKNOWN, ()),
        ("도 1은 본 발명의 사시도", PERSP, ()),
        ("도 2는 밸브의 정면도이다.", ORTHO, (F,)),
        ("도 3은 배면도", ORTHO, (R,)),
        ("도 4는 좌측면도", ORTHO, (LEFT,)),
        ("도 5는 우측면도", ORTHO, (RIGHT,)),
        ("도 6은 평면도", ORTHO, (T,)),
        ("도 7은 저면도", ORTHO, (B,)),
    ],
)
def test_caption_tells_projection_and_side(caption: str, projection: Projection, direction: tuple[Side, ...]) -> None:
    view = view_of(caption)
    assert (view.projection, view.direction) == (projection, direction)


@pytest.mark.parametrize(
    ("caption", "line", "figure"),
    [
        ("FIG. 3 is a cross-sectional view taken along line 3-3 of FIG. 2", "3-3", "2"),
        ("FIG. 9 is a cross section along the line A-A in FIG. 3B;", "A-A", "3B"),
        ("FIG. 5 is a sectional view along lines IV—IV of FIG. 1", "IV-IV", "1"),
        ("FIG. 5 is a vertical section view", None, None),
        ("도 4는 도 2의 A-A선에 따른 단면도이다", "A-A", "2"),
    ],
)
def test_section_names_its_line_and_the_figure_that_shows_it(
    caption: str, line: str | None, figure: str | None
) -> None:
    view = view_of(caption)
    assert view.projection is Projection.SECTION
    assert view.section == SectionPlane(line, figure)


@pytest.mark.parametrize(
    ("caption", "role"),
    [
        ("FIG. 6 is an enlarged view of the encircled portion of FIG. 8", Role.DETAIL),
        ("FIG. 6 is an enlarged perspective view thereof", Role.WHOLE),
        ("FIG. 6 is an exploded perspective view thereof", Role.EXPLODED),
        ("FIG. 6 is a perspective view thereof, shown in use", Role.IN_USE),
        ("FIG. 6 is a perspective view of the stand in a condition of use", Role.IN_USE),
        ("FIG. 6 is a side view, partially broken away, of the pump", Role.PARTIAL),
        ("도 5는 분해사시도이다", Role.EXPLODED),
        ("도 6은 요부 확대도이다", Role.DETAIL),
        ("도 7은 사용상태도이다", Role.IN_USE),
    ],
)
def test_caption_tells_what_a_figure_is_for(caption: str, role: Role) -> None:
    assert view_of(caption).role is role


@pytest.mark.parametrize(
    ("caption", "state"),
    [
        ("FIG. 2 is a perspective view thereof in an open position", "open"),
        ("FIG. 92 is a top perspective view of the housing, shown in a closed configuration", "closed"),
        ("FIG. 3 is a side view, with the lid closed", None),
        ("FIG. 3 is a front view thereof, shown folded;", "folded"),
        ("FIG. 3 is a top view of an open tray", None),
        ("FIG. 3 is a front view of a closed-circuit television", None),
    ],
)
def test_caption_tells_the_state(caption: str, state: str | None) -> None:
    assert view_of(caption).state == state


def test_sides_that_look_the_same_need_no_figure() -> None:
    assert view_of("FIG. 4 is a right side view thereof, the opposite side being identical").also == (LEFT,)
    assert view_of(
        "FIG. 4 is a right view of the part shown in FIG. 1, the left view being a mirror image thereof"
    ).also == (LEFT,)
    front = view_of(
        "FIG. 2 is a front elevational view thereof, the rear elevational view being a mirror image thereof."
    )
    assert (front.direction, front.also) == ((F,), (R,))


def test_figures_that_share_a_caption_each_have_their_side() -> None:
    caption = "FIGS. 3 and 4 are left and right side elevational views thereof"
    assert [view_of(caption, label).direction for label in "34"] == [(LEFT,), (RIGHT,)]
    caption = "FIGS. 1 and 2 are front and rear perspective views of a lamp"
    assert [view_of(caption, label).direction for label in "12"] == [(F,), (R,)]
    assert {view_of(caption, label).projection for label in "12"} == {PERSP}
    caption = "FIGS. 17A and 17B are respectively a plan view and a cross-sectional view of a chip"
    assert [view_of(caption, label).projection for label in ("17A", "17B")] == [ORTHO, Projection.SECTION]


def a_design(*captions: str, note: str = "", kind: PatentType = PatentType.DESIGN) -> tuple[Patent, list[Figure]]:
    figures = [Figure(str(number), caption) for number, caption in enumerate(captions, 1)]
    blocks = (Paragraph("0001", " ".join(captions)), *([Paragraph("0002", note)] if note else []))
    patent = Patent(PublicationNumber("US", "D1", "S1"), "Mug", kind, "en", "test", description=blocks)
    return patent, figures


def test_mirror_image_looks_from_the_other_side() -> None:
    views = read_views(*a_design("FIG. 1 is a right side view of a mug", "FIG. 2 is a mirror image of FIG. 1"))
    assert (views["2"].direction, views["2"].projection, views["2"].mirror_of) == ((LEFT,), ORTHO, "1")


def test_embodiments_are_told_apart() -> None:
    views = read_views(
        *a_design(
            "FIG. 1 is a perspective view of a club head",
            "FIG. 2 is a top view thereof",
            "FIG. 3 is a perspective view of a second embodiment of a club head",
            "FIG. 4 is a top view of the club head of FIG. 3",
            "FIG. 5 is a bottom view of the club head of FIG. 1",
        )
    )
    assert [views[str(number)].embodiment for number in range(1, 6)] == [1, 1, 2, 2, 1]


def test_pieces_that_later_captions_refer_to_are_things_of_their_own() -> None:
    views = read_views(
        *a_design(
            "FIG. 1 is a perspective view of a housing",
            "FIG. 2 is a top view of the housing of FIG. 1",
            "FIG. 3 is a perspective view of a game piece",
            "FIG. 4 is a top view of the game piece of FIG. 3",
            "FIG. 5 is a front view of the game piece of FIG. 3",
            "FIG. 6 is a perspective view of the housing of FIG. 1, shown in a closed configuration",
        )
    )
    assert [views[str(number)].embodiment for number in range(1, 7)] == [1, 1, 2, 2, 2, 1]


def test_broken_lines_are_environment_where_a_design_says_so() -> None:
    note = "The broken lines depict environmental structure and form no part of the claimed design."
    caption = "FIG. 1 is a front view of a mug"
    assert read_views(*a_design(caption, note=note))["1"].broken_lines_are_environment
    assert not read_views(*a_design(caption))["1"].broken_lines_are_environment
    assert not read_views(*a_design(caption, note=note, kind=PatentType.UTILITY))["1"].broken_lines_are_environment
