from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from patent2tech.figures.ocr import ALL_TURNS, OfflineReader, TextLine, read_lines
from patent2tech.store.derived import Derived

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray


def a_drawing(*texts: tuple[str, int, int]) -> NDArray[np.uint8]:
    canvas = Image.new("L", (1400, 1100), 255)
    pen = ImageDraw.Draw(canvas)
    pen.rectangle((300, 250, 900, 700), outline=0, width=4)
    for text, x, y in texts:
        pen.text((x, y), text, fill=0, font=ImageFont.load_default(56))
    return np.array(canvas)


def test_label_and_numerals_are_read_with_their_boxes() -> None:
    lines = OfflineReader().read(a_drawing(("FIG. 3", 520, 850), ("14a", 1050, 300), ("108", 1050, 600)))
    found = {line.text.replace(" ", ""): line for line in lines}
    assert {"FIG.3", "14a", "108"} <= found.keys()
    x0, y0, x1, y1 = found["FIG.3"].box
    assert 490 < x0 < 530
    assert 660 < x1 < 720
    assert 830 < y0 < 875
    assert 890 < y1 < 930


def test_text_at_the_edge_of_a_cropped_sheet_is_read() -> None:
    drawing = a_drawing(("FIG. 3", 520, 850))
    lines = OfflineReader().read(drawing[:906, :])
    assert any(line.text.replace(" ", "") == "FIG.3" for line in lines)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turned_text_says_how_the_sheet_must_be_turned(turn: int) -> None:
    sheet = np.rot90(a_drawing(("FIG. 3", 520, 850), ("Figure 12", 100, 60)), -turn // 90)
    lines = OfflineReader().read(np.ascontiguousarray(sheet), ALL_TURNS)
    assert {line.text.replace(" ", ""): line.turn for line in lines}.items() >= {("FIG.3", turn), ("Figure12", turn)}


def test_an_empty_picture_has_no_text() -> None:
    assert OfflineReader().read(np.full((3000, 2000), 255, np.uint8)) == ()
    assert OfflineReader().read(np.full((5, 1), 255, np.uint8)) == ()


def test_a_numeral_that_was_read_before_is_taken_over_and_a_number_with_a_stop_is_not() -> None:
    before = (TextLine("999", (1053, 616, 1148, 657), 0.99), TextLine("11", (1053, 316, 1105, 357), 0.99))
    texts = {
        line.text for line in OfflineReader().read(a_drawing(("1.1", 1050, 300), ("108", 1050, 600)), before=before)
    }
    assert texts >= {"1.1", "999"}


class CountingReader:
    fingerprint = "counting 1"

    def __init__(self) -> None:
        self.asked = 0

    def read(
        self, pixels: NDArray[np.uint8], turns: Sequence[int] = (0,), before: Sequence[TextLine] = ()
    ) -> tuple[TextLine, ...]:
        del before
        self.asked += 1
        return (TextLine("FIG. 1", (0, 0, *pixels.shape), 0.9, turns[-1]),)


def test_a_sheet_is_read_once_for_the_same_turns(tmp_path: Path) -> None:
    reader, kept = CountingReader(), Derived(tmp_path)
    pixels = a_drawing()
    first = read_lines(pixels, reader, kept)
    assert read_lines(pixels.copy(), reader, kept) == first
    assert reader.asked == 1
    assert read_lines(pixels, reader, kept, ALL_TURNS)[0].turn == 270
    assert reader.asked == 2
    read_lines(255 - pixels, reader, kept)
    assert reader.asked == 3
