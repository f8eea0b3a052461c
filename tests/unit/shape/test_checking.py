"""The estimate of quality: every bit of worse evidence lowers it, and none of it can be bought back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from patent2tech.shape.checking import Agreement, Evidence, quality

GOOD = Evidence([0.99, 0.99, 1.0], [0.97, 0.98, 0.95], Agreement(0.97, 0.9, 0.1))


@pytest.mark.parametrize(
    "worse",
    [
        replace(GOOD, silhouettes=[0.99, 0.7, 1.0]),
        replace(GOOD, lines=[0.7, 0.8, 0.8]),
        replace(GOOD, oblique=Agreement(0.97, 0.6, 0.4)),
        replace(GOOD, oblique=Agreement(0.3, 0.9, 0.1)),
        replace(GOOD, oblique=None),
        replace(GOOD, assumed_share=0.7),
        replace(GOOD, shaped_share=0.3),
        replace(GOOD, hollow_share=0.2),
        replace(GOOD, contour_doubt=0.03),
        replace(GOOD, largest_cut=0.9),
        replace(GOOD, residual=0.06),
        replace(GOOD, left_out_share=0.3),
    ],
)
def test_worse_evidence_of_any_kind_gives_less_quality(worse: Evidence) -> None:
    assert quality(worse) < quality(GOOD) - 0.01


def test_a_solid_whose_outlines_and_lines_all_agree_is_trusted() -> None:
    assert quality(GOOD) >= 0.9


def test_an_oblique_figure_of_another_outline_makes_a_model_a_sketch_whatever_else_agrees() -> None:
    assert quality(replace(GOOD, oblique=Agreement(0.2, 0.9, 0.1))) < 0.5


def test_a_view_that_is_not_explained_makes_a_model_a_sketch_whatever_else_agrees() -> None:
    assert quality(replace(GOOD, silhouettes=[0.99, 0.4, 1.0])) < 0.5


def test_a_solid_that_may_be_hollow_from_a_side_that_is_not_shown_is_never_highly_trusted() -> None:
    assert quality(replace(GOOD, silhouettes=[1.0], lines=[1.0], hollow_share=0.6)) < 0.9


def test_a_solid_that_hangs_on_a_depth_which_nothing_proves_is_never_highly_trusted() -> None:
    assert quality(replace(GOOD, silhouettes=[1.0], lines=[1.0], unproven_share=0.6)) < 0.9
