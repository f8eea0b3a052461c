"""`views.json`: what was understood of each figure, in a form that a person can correct and hand back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from patent2tech.errors import Malformed
from patent2tech.figures.model import Side
from patent2tech.shape.model import Corrections, DepthFix, Model, ViewFix

_Name = Literal["front", "rear", "left", "right", "top", "bottom", "perspective", "section", "unknown"]


class _View(BaseModel):
    model_config = ConfigDict(extra="ignore")

    figure: str
    view: _Name | None = None
    use: bool = True
    turn: Literal[0, 90, 180, 270] = 0
    box: tuple[int, int, int, int] | None = None


class _Depth(BaseModel):
    model_config = ConfigDict(extra="ignore")

    side: Side
    at: tuple[float, float] = Field(description="Right and down in the view, as shares of the silhouette's box.")
    depth: float | None = Field(None, ge=0, le=1, description="In longest sides of the thing; null goes right through.")


class _Document(BaseModel):
    model_config = ConfigDict(extra="ignore")

    views: tuple[_View, ...] = ()
    depths: tuple[_Depth, ...] = ()


def views_document(models: Sequence[Model]) -> dict[str, Any]:
    """What was understood, as a person may correct it."""
    return {
        "views": [
            {
                "figure": check.figure.label,
                "view": check.view,
                "use": check.used,
                "turn": 0,
                "box": list(check.figure.box),
            }
            for model in models
            for check in model.figures
            if check.figure.label
        ],
        "depths": [
            {"side": depth.side.value, "at": list(depth.at), "depth": depth.depth} for depth in models[0].assumed
        ],
    }


def read_corrections(content: bytes | str) -> Corrections:
    """The corrections in a `views.json`.

    Raises:
        Malformed: when it is no such document; the message names the field.
    """
    try:
        document = _Document.model_validate_json(content)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the document"
        raise Malformed(f"views.json cannot be used: {where}: {first['msg']}") from None
    return Corrections(
        tuple(
            ViewFix(view.figure, None if view.view == "unknown" else view.view, view.use, view.turn // 90, view.box)
            for view in document.views
        ),
        tuple(DepthFix(depth.side, depth.at, depth.depth) for depth in document.depths),
    )
