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
        "views": [_figure(check, prefix, lang) for check in model.figures],
        "extents": None if model.extents is None else [round(side, 4) for side in model.extents],
        "extents_residual": None if model.extents_residual is None else round(model.extents_residual, 4),
        "assumed_depths": [_depth(each, lang) for each in model.assumed],
        "depths": [_depth(each, lang) for each in model.depths],
        "missing_views": [side.value for side in model.missing],
        "parts": [
            {"numeral": one.numeral, "name": one.name, "figure": one.figure, "at": one.at, "towards": one.towards}
            for one in model.parts
        ],
        "environment": None
        if model.environment is None
        else {
            "file": f"{prefix}environment.ply",
            "faces": len(model.environment.faces),
            "watertight": bool(model.environment.is_watertight),
        },
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


def picture_name(check: FigureCheck, what: str) -> str:
    """The path of a figure's picture among the files of its model."""
    label = "".join(letter for letter in check.figure.label or "x" if letter.isalnum())
    return f"figures/{label}-{what}.png"


def quality_note(quality: float | None) -> Note | None:
    """What a quality means in words."""
    if quality is None:
        return None
    for least, grade in ((0.9, "high"), (0.75, "good"), (0.5, "fair")):
        if quality >= least:
            return Note.of(f"shape.quality.{grade}")
    return Note.of("shape.quality.low")


def depth_note(side: str, depth: float | None, basis: str) -> Note:
    """An assumed or measured depth as a sentence."""
    if depth is None:
        return Note.of("shape.depth.through", side=side)
    return Note.of(f"shape.depth.{basis}", side=side, depth=f"{depth:.0%}")


def _figure(check: FigureCheck, prefix: str, lang: Lang) -> dict[str, Any]:
    camera = check.camera
    return {
        "figure": check.figure.label,
        "view": check.view,
        "used": check.used,
        "reason": _said(check.reason, lang),
        "drawn": None if check.drawn is None else f"{prefix}{picture_name(check, 'drawn')}",
        "redrawn": None if check.redrawn is None else f"{prefix}{picture_name(check, 'model')}",
        "silhouette_iou": None if check.silhouette_iou is None else round(check.silhouette_iou, 4),
        "line_score": None if check.line_score is None else round(check.line_score, 4),
        "camera": None
        if camera is None
        else {"azimuth": camera.azimuth, "elevation": camera.elevation, "distance": camera.distance},
    }


def _depth(depth: AssumedDepth, lang: Lang) -> dict[str, Any]:
    return {
        "side": depth.side.value,
        "at": list(depth.at),
        "depth": None if depth.depth is None else round(depth.depth, 4),
        "basis": depth.basis.value,
        "text": depth_note(depth.side.value, depth.depth, depth.basis.value).wording(lang),
        "share": depth.share,
    }


def _said(note: Note | None, lang: Lang) -> dict[str, Any] | None:
    """A note as its stable code, its values, and its wording."""
    return None if note is None else {"code": note.code, "values": dict(note.values), "text": note.wording(lang)}


def note_of(said: dict[str, Any] | None) -> Note | None:
    """The note that a report tells."""
    return None if said is None else Note.of(said["code"], **said["values"])
