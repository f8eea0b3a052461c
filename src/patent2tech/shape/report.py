"""The report of a model for programs: the `shape` document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from patent2tech.shape.model import AssumedDepth, FigureCheck, Model, Status
from patent2tech.text.notes import Lang, Note


def report_of(models: Sequence[Model], lang: Lang = Lang.EN) -> dict[str, Any]:
    """The document of a patent's models; the first embodiment stands at its top, the others under `embodiments`."""
    document = _model(models[0], "", lang)
    document["embodiments"] = [_model(model, f"embodiment-{model.embodiment}/", lang) for model in models[1:]]
    return document


def _model(model: Model, prefix: str, lang: Lang) -> dict[str, Any]:
    made = model.mesh is not None and model.status is not Status.REFUSED
    return {
        "status": model.status.value,
        "embodiment": model.embodiment,
        "reason": _said(model.refusal, lang),
        "frame": "+X right of the front view, +Y up, +Z towards its viewer; longest side 1",
        "views": [_figure(check, lang) for check in model.figures],
        "extents": None if model.extents is None else [round(side, 4) for side in model.extents],
        "extents_residual": None if model.extents_residual is None else round(model.extents_residual, 4),
        "assumed_depths": [_depth(each) for each in model.assumed],
        "depths": [_depth(each) for each in model.depths],
        "missing_views": [side.value for side in model.missing],
        "notes": [_said(note, lang) for note in model.notes],
        "quality": model.quality,
        "quality_in_words": _said(quality_note(model.quality), lang),
        "watertight": bool(model.mesh.is_watertight) if made and model.mesh is not None else None,
        "faces": len(model.mesh.faces) if made and model.mesh is not None else None,
        "files": {kind: f"{prefix}model.{kind}" if made else None for kind in ("glb", "ply", "stl")},
        "renders": [f"{prefix}renders/{name}.png" for name in model.renders]
        + ([f"{prefix}renders/turntable.webp"] if model.turntable else []),
        "seconds": round(model.seconds, 2),
    }


def quality_note(quality: float | None) -> Note | None:
    """What a quality means in words."""
    if quality is None:
        return None
    for least, grade in ((0.9, "high"), (0.75, "good"), (0.5, "fair")):
        if quality >= least:
            return Note.of(f"shape.quality.{grade}")
    return Note.of("shape.quality.low")


def depth_note(depth: AssumedDepth) -> Note:
    """An assumed or measured depth as a sentence."""
    if depth.depth is None:
        return Note.of("shape.depth.through", side=depth.side)
    return Note.of(f"shape.depth.{depth.basis.value}", side=depth.side, depth=f"{depth.depth:.0%}")


def _figure(check: FigureCheck, lang: Lang) -> dict[str, Any]:
    camera = check.camera
    return {
        "figure": check.figure.label,
        "view": check.view,
        "used": check.used,
        "reason": _said(check.reason, lang),
        "silhouette_iou": None if check.silhouette_iou is None else round(check.silhouette_iou, 4),
        "line_score": None if check.line_score is None else round(check.line_score, 4),
        "camera": None
        if camera is None
        else {"azimuth": camera.azimuth, "elevation": camera.elevation, "distance": camera.distance},
    }


def _depth(depth: AssumedDepth) -> dict[str, Any]:
    return {
        "side": depth.side.value,
        "at": list(depth.at),
        "depth": None if depth.depth is None else round(depth.depth, 4),
        "basis": depth.basis.value,
        "share": depth.share,
    }


def _said(note: Note | None, lang: Lang) -> str | None:
    return None if note is None else note.wording(lang)
