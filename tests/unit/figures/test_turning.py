from __future__ import annotations

import cv2
import numpy as np
import pytest

from patent2tech.figures.labels import Known
from patent2tech.figures.ocr import OfflineReader, TextLine
from patent2tech.figures.sheets import GreySheet
from patent2tech.figures.turning import despeckled, glance, skew_of, turn_of, upright
from tests.unit.figures.drawings import HIGH, WIDE, a_sheet

ONE = Known(("1",))


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_sheet_is_turned_until_its_label_can_be_read(turn: int) -> None:
    drawn = a_sheet(("FIG. 1", (300, 300, 1200, 900)))
    scanned = GreySheet("a.tif", 1, np.ascontiguousarray(np.rot90(drawn, -turn // 90)))
    found = turn_of(scanned, ONE, OfflineReader(), None)
    assert (found.degrees, found.sure) == (turn, True)
    assert upright(scanned, turn).pixels.shape == drawn.shape


class NoReader:
    fingerprint = "none"

    def read(self, *_: object) -> tuple[TextLine, ...]:
        pytest.fail("the label was to be read letter by letter")


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_plain_label_tells_the_turn_at_a_glance(turn: int) -> None:
    scanned = np.ascontiguousarray(np.rot90(a_sheet(("FIG. 1", (300, 300, 1200, 900))), -turn // 90))
    assert turn_of(GreySheet("a.tif", 1, scanned), ONE, NoReader(), None).degrees == turn


def test_a_label_that_the_text_does_not_name_tells_nothing_at_a_glance() -> None:
    assert glance(a_sheet(("FIG. 7", (300, 300, 1200, 900))), ONE) is None


def test_sheet_without_any_text_stays_as_it_is() -> None:
    found = turn_of(GreySheet("a.tif", 1, a_sheet(("", (300, 300, 1200, 900)))), ONE, OfflineReader(), None)
    assert (found.degrees, found.sure) == (0, False)


@pytest.mark.parametrize("skew", [-0.7, -0.3, 0.4, 1.0])
def test_small_skew_is_measured_and_taken_out(skew: float) -> None:
    drawn = a_sheet(("FIG. 1", (300, 300, 1200, 900)))
    matrix = cv2.getRotationMatrix2D((WIDE / 2, HIGH / 2), skew, 1.0)
    scanned = cv2.warpAffine(drawn, matrix, (WIDE, HIGH), borderValue=255)
    assert skew_of(scanned) == pytest.approx(-skew, abs=0.08)
    assert abs(skew_of(upright(GreySheet("a.tif", 1, scanned), 0).pixels)) < 0.08


def test_slanted_drawing_is_not_taken_for_a_skewed_scan() -> None:
    sheet = np.full((HIGH, WIDE), 255, np.uint8)
    for step in range(8):
        cv2.line(sheet, (200, 300 + 150 * step), (1500, 314 + 150 * step), 0, 3)
        cv2.line(sheet, (200 + 160 * step, 300), (200 + 160 * step, 1400), 0, 3)
    assert skew_of(sheet) == 0.0


def test_lone_specks_go_and_dotted_lines_stay() -> None:
    sheet = a_sheet(("", (300, 300, 1200, 900)))
    for x in range(300, 1200, 14):
        cv2.circle(sheet, (x, 1500), 2, 0, -1)
    clean = sheet.copy()
    for x, y in ((50, 60), (1600, 2100), (0, 0), (800, 1800)):
        cv2.circle(sheet, (x, y), 2, 0, -1)
    assert (despeckled(sheet) == clean).all()
