from __future__ import annotations

import pytest

from patent2tech.figures.heads import running_heads
from patent2tech.figures.ocr import TextLine

HIGH = 3300


def a_line(text: str, y: int, x: int = 200) -> TextLine:
    return TextLine(text, (x, y, x + 300, y + 50), 0.9)


@pytest.mark.parametrize(
    "texts",
    [
        ("U.S. Patent", "Aug. 15, 2000", "Sheet 1 of 4", "6,103,599"),
        ("WO 2011/050748", "1/5", "PCT/KR2010/007401"),
        ("EP 2 400 812 A1",),
        ("Patent Application Publication", "Jun. 26, 2025 Sheet 3 of 14", "US 2025/0204297 A1"),
    ],
)
def test_heads_of_published_sheets_are_no_part_of_a_figure(texts: tuple[str, ...]) -> None:
    heads = [a_line(text, 120, 200 + 500 * place) for place, text in enumerate(texts)]
    figure = [a_line("12", 900), a_line("FIG. 1", 2000)]
    assert running_heads([*heads, *figure], HIGH) == tuple(line.box for line in heads)


def test_what_stands_beside_a_head_goes_with_it_and_a_numeral_alone_stays() -> None:
    assert len(running_heads([a_line("1/5", 120), a_line("Smith", 130, 900)], HIGH)) == 2
    assert running_heads([a_line("112", 60), a_line("FIG. 1", 3240)], HIGH) == ()


def test_a_foot_is_found_at_the_bottom() -> None:
    assert len(running_heads([a_line("SUBSTITUTE SHEET (RULE 26)", 3220)], HIGH)) == 1


def test_page_number_is_told_from_a_numeral_by_the_head_of_its_page() -> None:
    foot = a_line("17", 3220)
    assert running_heads([a_line("EP 2 400 812 A1", 120), foot], HIGH)[-1] == foot.box
    assert running_heads([foot], HIGH) == ()
