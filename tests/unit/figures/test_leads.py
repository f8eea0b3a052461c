"""Lead lines are followed from their numeral through what they cross to what they touch."""

from __future__ import annotations

import math

import pytest

from patent2tech.figures.leads import follow_leads
from patent2tech.figures.model import Numeral, Point
from tests.unit.figures.drawn import Paper, bow


def tip_on(paper: Paper, text: str = "12", at: tuple[int, int] = (100, 100)) -> Point | None:
    numeral = Numeral(text, paper.write(text, *at))
    return follow_leads(paper.pixels, [numeral])[0].tip


def near(tip: Point | None, target: tuple[float, float], within: float = 12) -> bool:
    return tip is not None and math.dist(tip, target) <= within


def test_a_straight_line_ends_in_the_open() -> None:
    paper = Paper()
    paper.line([(165, 130), (500, 420)])
    assert near(tip_on(paper), (500, 420))


def test_a_line_ends_at_the_outline_that_it_touches() -> None:
    paper = Paper()
    paper.box((500, 100, 900, 700))
    paper.line([(165, 130), (502, 300)])
    assert near(tip_on(paper), (502, 300))


def test_a_line_goes_on_behind_an_outline_that_it_crosses() -> None:
    paper = Paper()
    paper.box((400, 60, 1000, 700))
    paper.line([(165, 130), (700, 420)])
    assert near(tip_on(paper), (700, 420))


def test_an_arc_is_followed_across_two_lines() -> None:
    paper = Paper()
    paper.line([(300, 50), (300, 800)])
    paper.line([(420, 50), (420, 800)])
    paper.line(list(bow((165, 130), (640, 480), 70)))
    assert near(tip_on(paper), (640, 480))


def test_a_wave_is_followed_across_a_thicker_line() -> None:
    paper = Paper()
    paper.line([(300, 40), (300, 600)], 6)
    wave = [(170 + 2 * step, 160 + 55 * math.sin(step / 21)) for step in range(131)]
    paper.line(wave, 3)
    assert near(tip_on(paper), wave[-1])


def test_a_line_does_not_run_on_along_an_outline_that_it_touches_at_a_flat_angle() -> None:
    paper = Paper()
    paper.line([(250, 200), (1150, 200)], 6)
    paper.line([(165, 130), (515, 202)], 3)
    assert near(tip_on(paper), (505, 200), 30)


def test_a_line_ends_on_the_ring_that_it_touches() -> None:
    paper = Paper()
    paper.ring(600, 400, 90)
    paper.line([(165, 130), (523, 353)], 3)
    assert near(tip_on(paper), (523, 353), 8)


def test_a_small_arrowhead_on_an_outline_is_reached_with_its_point() -> None:
    paper = Paper()
    paper.line([(60, 420), (1150, 420)], 6)
    paper.arrow([(170, 140), (330, 420)])
    assert near(tip_on(paper), (330, 420), 8)


def test_an_arrow_points_with_its_head() -> None:
    paper = Paper()
    paper.arrow([(165, 130), (400, 330)])
    assert near(tip_on(paper), (400, 330))


def test_a_hairline_is_followed_as_well() -> None:
    paper = Paper()
    paper.line([(165, 130), (600, 300)], width=1)
    assert near(tip_on(paper), (600, 300))


def test_a_line_of_dots_printed_in_grey_is_one_line() -> None:
    paper = Paper()
    paper.line([(165, 130), (600, 300)], width=5)
    numeral = Numeral("12", paper.write("12", 100, 100))
    pixels = paper.pixels
    pixels[::3, ::3] = 255
    assert near(follow_leads(pixels, [numeral])[0].tip, (600, 300))


def test_an_underlined_numeral_has_no_lead_line() -> None:
    paper = Paper()
    box = paper.write("12", 100, 100)
    paper.line([(box[0], box[3] + 8), (box[2], box[3] + 8)])
    assert follow_leads(paper.pixels, [Numeral("12", box)])[0].tip is None


def test_a_numeral_without_a_line_has_no_tip() -> None:
    paper = Paper()
    paper.box((60, 60, 900, 700))
    assert tip_on(paper, at=(300, 300)) is None


def test_a_line_between_two_numerals_leads_from_one_of_them_only() -> None:
    paper = Paper()
    first = Numeral("12", paper.write("12", 100, 100))
    second = Numeral("14", paper.write("14", 100, 190))
    paper.line([(170, 128), (600, 300)])
    found = follow_leads(paper.pixels, [first, second])
    assert near(found[0].tip, (600, 300))
    assert found[1].tip is None


@pytest.mark.parametrize("at", [(0, 0), (1140, 850)])
def test_a_numeral_at_the_rim_of_the_sheet_does_no_harm(at: tuple[int, int]) -> None:
    assert tip_on(Paper(), at=at) is None
