"""The files of a model: GLB, PLY and STL, pictures, the report and the views that a person can correct."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import trimesh

from patent2tech.shape.model import Model, Status
from patent2tech.shape.report import picture_name, report_of
from patent2tech.shape.views_file import views_document
from patent2tech.text.notes import Lang

REPORT_FILE: Final = "report.json"
VIEWS_FILE: Final = "views.json"
_BODY_COLOUR: Final = [176, 182, 190, 255]
_ENVIRONMENT_COLOUR: Final = [120, 150, 200, 110]
_VERTICES: Final = 34962
_INDICES: Final = 34963


def files_of(models: Sequence[Model], lang: Lang = Lang.EN) -> dict[str, bytes]:
    """All files of the models of one patent by path; the first embodiment has the plain names."""
    files: dict[str, bytes] = {}
    for model in models:
        files.update(_files(model, prefix_of(model, models)))
    files[REPORT_FILE] = (json.dumps(report_of(models, lang), ensure_ascii=False, indent=2) + "\n").encode()
    files[VIEWS_FILE] = (json.dumps(views_document(models), ensure_ascii=False, indent=2) + "\n").encode()
    return files


def write_files(files: dict[str, bytes], folder: Path) -> None:
    """Write the files into a folder, which is made where it does not exist."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def prefix_of(model: Model, models: Sequence[Model]) -> str:
    """What stands before the names of a model's files: nothing for the first, `embodiment-2/` and so on for others."""
    return "" if model is models[0] else f"embodiment-{model.embodiment}/"


def glb_of(model: Model) -> bytes:
    """The model as binary glTF, body and environment as nodes of their own."""
    scene = trimesh.Scene()
    for name, mesh, colour in (
        ("body", model.mesh, _BODY_COLOUR),
        ("environment", model.environment, _ENVIRONMENT_COLOUR),
    ):
        if mesh is not None:
            shown = mesh.copy()
            shown.visual = trimesh.visual.TextureVisuals(material=_material(name, colour))  # type: ignore[no-untyped-call] # trimesh types its functions in part
            scene.add_geometry(shown, node_name=name, geom_name=name)
    content = scene.export(file_type="glb", tree_postprocessor=_told_targets)  # type: ignore[no-untyped-call] # the same
    return bytes(content or b"")


def _files(model: Model, prefix: str) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    if model.mesh is not None and model.status is not Status.REFUSED:
        files[f"{prefix}model.glb"] = glb_of(model)
        files[f"{prefix}model.ply"] = _exported(model.mesh, "ply")
        files[f"{prefix}model.stl"] = _exported(model.mesh, "stl")
    if model.environment is not None:
        files[f"{prefix}environment.ply"] = _exported(model.environment, "ply")
    for name, picture in model.renders.items():
        files[f"{prefix}renders/{name}.png"] = picture
    if model.turntable is not None:
        files[f"{prefix}renders/turntable.webp"] = model.turntable
    for check in model.figures:
        for what, drawn in (("drawn", check.drawn), ("model", check.redrawn)):
            if drawn is not None:
                files[f"{prefix}{picture_name(check, what)}"] = drawn
    return files


def _told_targets(tree: dict[str, Any]) -> None:
    """Say of each buffer view what it holds, which trimesh leaves out and validators ask for."""
    for primitive in (one for mesh in tree["meshes"] for one in mesh["primitives"]):
        tree["bufferViews"][tree["accessors"][primitive["indices"]]["bufferView"]]["target"] = _INDICES
        for accessor in primitive["attributes"].values():
            tree["bufferViews"][tree["accessors"][accessor]["bufferView"]]["target"] = _VERTICES


def _exported(mesh: trimesh.Trimesh, kind: str) -> bytes:
    content = mesh.export(file_type=kind)
    return content if isinstance(content, bytes) else str(content).encode()


def _material(name: str, colour: list[int]) -> trimesh.visual.material.PBRMaterial:
    clear = colour[3] < np.iinfo(np.uint8).max
    return trimesh.visual.material.PBRMaterial(  # type: ignore[no-untyped-call] # the same
        name=name,
        baseColorFactor=colour,
        metallicFactor=0.0,
        roughnessFactor=0.8,
        alphaMode="BLEND" if clear else "OPAQUE",
    )
