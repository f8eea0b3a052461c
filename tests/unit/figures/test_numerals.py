"""Numerals are read from their letters, believed against the parts list, and kept out of labels and tables."""

from __future__ import annotations

from patent2tech.figures.lettering import find_lettering, read_lettering
from patent2tech.figures.model import FigureKind, Numeral
from patent2tech.figures.numerals import read_numerals
from patent2tech.figures.ocr import TextLine
from tests.unit.figures.drawn import Paper, a_figure

PARTS = {"12": "spring", "14a": "first arm", "22'": "other lever", "102": "housing", "105": "lid"}


def a_line(text: str, x: int = 100, confidence: float = 0.99, height: int = 36) -> TextLine:
    return TextLine(text, (x, 100, x + 25 * len(text), 100 + height), confidence)


def texts(*lines: TextLine, kind: FigureKind = FigureKind.DRAWING) -> list[str]:
    figure = a_figure(Paper().pixels, kind=kind)
    return [each.text for each in read_numerals([figure], lines, PARTS)[0]]


def test_numerals_between_lines_are_read_with_letters_and_primes() -> None:
    paper = Paper()
    places = {text: paper.write(text, 80 + 250 * index, 60) for index, text in enumerate(["12", "14a", "22'", "102"])}
    paper.ring(500, 500, 200)
    paper.line([(100, 140), (450, 480)])
    found = read_numerals([a_figure(paper.pixels)], read_lettering(paper.pixels), PARTS)[0]
    assert {each.text: each.part for each in found} == {text: PARTS[text] for text in places}
    for each in found:
        assert all(abs(one - other) <= 8 for one, other in zip(each.box, places[each.text], strict=True))


def test_a_line_that_runs_through_the_space_of_a_numeral_is_not_read_with_it() -> None:
    paper = Paper()
    box = paper.write("102", 200, 200)
    paper.line([(150, box[3] + 6), (600, box[3] + 6)])
    rows = find_lettering(paper.pixels)
    assert len(rows) == 1
    assert rows[0].box[3] <= box[3] + 1


def test_a_look_alike_is_corrected_only_towards_a_known_part() -> None:
    sure = a_line("102", 600)
    assert texts(a_line("l2"), a_line("1O5", 300), sure) == ["12", "105", "102"]
    assert texts(a_line("lO", 300), sure) == ["102"]


def test_an_unknown_numeral_is_kept_only_when_it_is_sure_and_of_the_size_of_the_others() -> None:
    known = a_line("102", 500)
    assert texts(a_line("88"), known) == ["88", "102"]
    assert texts(a_line("88", confidence=0.7), known) == ["102"]
    assert texts(a_line("88", height=60), known) == ["102"]


def test_numbers_in_tables_and_along_axes_are_no_numerals() -> None:
    row = [a_line(text, 100 + 200 * index) for index, text in enumerate(["12", "102", "105", "12", "105"])]
    assert texts(*row) == ["12", "102", "105", "12", "105"]
    assert texts(*row, kind=FigureKind.TABLE) == []
    assert texts(*row, kind=FigureKind.GRAPH) == []


def test_the_number_of_the_figure_itself_is_no_numeral() -> None:
    line = a_line("12")
    figure = a_figure(Paper().pixels, label="12", label_box=line.box)
    assert read_numerals([figure], [line], PARTS) == ((),)


def test_a_sheet_full_of_strokes_gives_no_numerals() -> None:
    paper = Paper()
    for x in range(40, 1160, 24):
        for y in range(40, 860, 60):
            paper.line([(x, y), (x, y + 36)])
    assert read_numerals([a_figure(paper.pixels)], read_lettering(paper.pixels), PARTS) == ((),)


def test_an_empty_sheet_gives_nothing() -> None:
    pixels = Paper().pixels
    assert read_lettering(pixels) == ()
    assert read_numerals([a_figure(pixels)], (), {}) == ((),)
    assert Numeral("1", (0, 0, 1, 1)).tip is None
