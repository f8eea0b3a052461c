from __future__ import annotations

import cv2
import numpy as np
import pytest

from patent2tech.figures.labels import Label
from patent2tech.figures.model import Box
from patent2tech.figures.splitting import split
from tests.unit.figures.drawings import a_sheet


def a_label(text: str, box: Box) -> Label:
    return Label(text, box, 1.0)


def near(found: Box, drawn: Box) -> bool:
    return all(abs(one - other) <= 6 for one, other in zip(found, drawn, strict=True))


UPPER, LOWER = (300, 200, 1300, 800), (500, 1200, 1100, 1800)


@pytest.mark.parametrize("rows", [(840, 1840), (120, 1130)], ids=["below", "above"])
def test_figures_above_each_other_take_the_labels_on_the_same_side(rows: tuple[int, int]) -> None:
    sheet = a_sheet(("", UPPER), ("", LOWER))
    labels = [a_label(name, (700, row, 900, row + 50)) for name, row in zip("12", rows, strict=True)]
    for label in labels:
        x0, y0, x1, y1 = label.box
        sheet[y0:y1, x0:x1] = 0
    found = {cut.label.text: cut.box for cut in split(sheet, labels) if cut.label}
    assert near(found["1"], UPPER)
    assert near(found["2"], LOWER)


def test_figures_beside_each_other_whose_boxes_overlap_are_told_apart() -> None:
    sheet = np.full((1500, 1500), 255, np.uint8)
    cv2.polylines(sheet, [np.array([(100, 100), (900, 100), (100, 900)])], True, 0, 4)
    cv2.polylines(sheet, [np.array([(1000, 300), (1000, 1100), (300, 1100)])], True, 0, 4)
    labels = [a_label("1", (150, 920, 350, 970)), a_label("2", (600, 1130, 800, 1180))]
    found = {cut.label.text: cut for cut in split(sheet, labels) if cut.label}
    assert near(found["1"].box, (98, 98, 904, 904))
    assert near(found["2"].box, (296, 296, 1003, 1103))
    assert not (found["1"].mask & found["2"].mask).any()


def test_parts_of_an_exploded_view_stay_together() -> None:
    sheet = np.full((2000, 1500), 255, np.uint8)
    for step in range(5):
        cv2.rectangle(sheet, (200, 100 + 300 * step), (500, 280 + 300 * step), 0, 4)
        cv2.rectangle(sheet, (900, 100 + 300 * step), (1300, 250 + 300 * step), 0, 4)
    labels = [a_label("1", (280, 1600, 420, 1650)), a_label("2", (1020, 1600, 1180, 1650))]
    found = {cut.label.text: cut.box for cut in split(sheet, labels) if cut.label}
    assert near(found["1"], (198, 98, 503, 1483))
    assert near(found["2"], (898, 98, 1303, 1453))


def test_dirt_beside_a_figure_does_not_widen_it() -> None:
    sheet = a_sheet(("", UPPER))
    for x in (40, 60, 1600):
        cv2.circle(sheet, (x, 2000), 2, 0, -1)
    (cut,) = split(sheet, [a_label("1", (700, 840, 900, 890))])
    assert near(cut.box, UPPER)


def test_without_a_label_all_ink_is_one_figure() -> None:
    (cut,) = split(a_sheet(("", UPPER), ("", LOWER)), [])
    assert cut.label is None
    assert near(cut.box, (300, 200, 1300, 1800))


def test_blank_sheet_has_no_figures() -> None:
    assert split(np.full((500, 400), 255, np.uint8), []) == ()
