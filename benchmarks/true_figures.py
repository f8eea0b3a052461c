"""Figures of a benchmark package as its truth gives them: for work on shapes apart from the reading of sheets."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from patent2tech.figures.model import (
    Projection,
    Role,
    SectionPlane,
    SeenFigure,
    SeenFigures,
    Side,
    UprightSheet,
    View,
)

_MARGIN = 4
_ROLES = {"detail": Role.DETAIL, "in_use": Role.IN_USE}
_SIDES = {side.value: side for side in Side}


def true_figures(package: Path) -> SeenFigures:
    """The figures of a package with their true boxes and views; numerals and lead lines are still in them."""
    truth = json.loads((package.parent / "truth" / f"{package.stem}.json").read_text())
    with zipfile.ZipFile(package) as archive:
        figures = tuple(_figure(one, truth, _sheet(archive, truth, one["sheet"])) for one in truth["figures"])
    return SeenFigures((), figures)


def _sheet(archive: zipfile.ZipFile, truth: dict[str, Any], number: int) -> NDArray[np.uint8]:
    document = truth["document"]
    content = archive.read(f"{document}/{document}-D{number:05d}.TIF")
    return np.array(Image.open(io.BytesIO(content)).convert("L"))


def _figure(one: dict[str, Any], truth: dict[str, Any], sheet: NDArray[np.uint8]) -> SeenFigure:
    boxes = np.array([one["drawing_bbox"], one["bbox"]])
    x0, y0 = np.maximum(boxes[:, :2].min(0) - _MARGIN, 0)
    x1, y1 = boxes[:, 2:].max(0) + _MARGIN
    for other in truth["figures"]:
        if other["sheet"] == one["sheet"]:
            _erase(sheet, other["label_bbox"])
            if other is not one:
                _erase(sheet, other["drawing_bbox"])
    pixels = np.ascontiguousarray(np.rot90(sheet[y0:y1, x0:x1], -one["sheet_turn_deg"] // 90))
    box = (0, 0, pixels.shape[1], pixels.shape[0])
    upright = UprightSheet(str(one["sheet"]), one["sheet"], pixels)
    return SeenFigure(str(one["figure"]), upright, box, pixels, _view(one), caption=one["caption"])


def _erase(sheet: NDArray[np.uint8], box: list[int]) -> None:
    x0, y0, x1, y1 = box
    sheet[max(0, y0) : y1, max(0, x0) : x1] = 255


def _view(one: dict[str, Any]) -> View:
    caption, name = one["caption"], one["view"]
    role = _ROLES.get(one["kind"], Role.WHOLE)
    if one["kind"] == "section":
        return View(Projection.SECTION, section=SectionPlane("3-3", "2"))
    if name in _SIDES:
        _, _, tail = caption.partition(",")
        also = tuple(side for word, side in _SIDES.items() if word in tail.replace("back", "rear").split("being")[0])
        return View(Projection.ORTHOGRAPHIC, (_SIDES[name],), role=role, also=also if "mirror image" in tail else ())
    return View(Projection.PERSPECTIVE, tuple(side for word, side in _SIDES.items() if word in caption), role=role)
