"""Real design patents: figures beside the model made of them, as pictures to look at, with status and quality.

    python -m benchmarks.designs OUT [FOLDER] [--only USD0913943,USD0927652]

FOLDER holds one folder per patent (`../shared/data/design_patents_impact`). OUT gets `NUMBER.png` and `NUMBER.glb` of
each model, and `rows.jsonl`. The drawings belong to others, so the pictures stay where the caller puts them.
"""

from __future__ import annotations

import argparse
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw

from patent2tech.app import one_patent
from patent2tech.figures import see
from patent2tech.reading import figures_and_parts
from patent2tech.settings import Settings
from patent2tech.shape.files import glb_of
from patent2tech.shape.model import FigureCheck, Model, ShapeOptions
from patent2tech.shape.modelling import models_from
from patent2tech.store.derived import Derived
from patent2tech.text.notes import Lang

DESIGNS = Path(__file__).resolve().parents[2] / "shared" / "data" / "design_patents_impact"
_TILE = 230
_LINE = 15


def contact_sheet(title: str, model: Model) -> Image.Image:
    """Each figure as drawn, as cleaned and as the model shows it; below, the model from eight sides."""
    rows = [[_figure_tile(check), _tile(check.drawn), _tile(check.redrawn)] for check in model.figures]
    renders = [_tile(picture) for picture in model.renders.values()]
    columns = max(3, min(9, len(renders)))
    across = columns // 3
    figure_rows = -(-len(rows) // across)
    height = _LINE * 4 + figure_rows * (_TILE + _LINE) + (_TILE if renders else 0)
    sheet = Image.new("L", (columns * _TILE, height), 255)
    pen = ImageDraw.Draw(sheet)
    said = model.refusal.wording(Lang.EN) if model.refusal else ""
    notes = " ".join(note.wording(Lang.EN) for note in model.notes)
    quality = "-" if model.quality is None else f"{model.quality:.2f}"
    pen.text((4, 2), f"{title}  embodiment {model.embodiment}: {model.status.value} {quality} {said}", 0)
    pen.text((4, 2 + _LINE), notes[:260], 0)
    for i, (check, tiles) in enumerate(zip(model.figures, rows, strict=True)):
        x, y = (i % across) * 3 * _TILE, 3 * _LINE + (i // across) * (_TILE + _LINE)
        for j, tile in enumerate(tiles):
            sheet.paste(tile, (x + j * _TILE, y + _LINE))
        pen.text((x + 4, y + 1), _words(check), 0)
    for i, tile in enumerate(renders):
        sheet.paste(tile, (i * _TILE, height - _TILE))
    return sheet


def rows_of(number: str, models: Sequence[Model]) -> list[dict[str, Any]]:
    """What is measured of each model of a patent."""
    return [
        {
            "number": number,
            "embodiment": model.embodiment,
            "status": model.status.value,
            "reason": model.refusal.code if model.refusal else None,
            "quality": model.quality,
            "watertight": None if model.mesh is None else bool(model.mesh.is_watertight),
            "seconds": round(model.seconds, 1),
            "residual": model.extents_residual,
            "missing": len(model.missing),
            "depths": [(each.basis.value, each.share) for each in model.depths],
            "environment": None if model.environment is None else bool(model.environment.is_watertight),
            "notes": [note.code for note in model.notes],
            "figures": [
                (one.figure.label, one.view, one.used, one.silhouette_iou, one.line_score) for one in model.figures
            ],
        }
        for model in models
    ]


def keep(out: Path, number: str, title: str, models: Sequence[Model]) -> None:
    """Write the picture and the mesh of each model, and its row."""
    out.mkdir(parents=True, exist_ok=True)
    for model in models:
        name = number if len(models) == 1 else f"{number}-{model.embodiment}"
        contact_sheet(f"{number} {title}", model).save(out / f"{name}.png")
        if model.mesh is not None:
            (out / f"{name}.glb").write_bytes(glb_of(model))
    with (out / "rows.jsonl").open("a") as sink:
        for each in rows_of(number, models):
            sink.write(json.dumps(each) + "\n")


def _words(check: FigureCheck) -> str:
    if not check.used:
        why = check.reason.wording(Lang.EN) if check.reason else ""
        return f"{check.figure.label} {check.view}: left out. {why}"[:110]
    agreed = "" if check.silhouette_iou is None else f" outline {check.silhouette_iou:.2f} lines {check.line_score:.2f}"
    camera = check.camera
    seen = "" if camera is None else f" from {camera.azimuth:.0f} {camera.elevation:.0f}"
    return f"{check.figure.label} {check.view}{agreed}{seen}"


def _figure_tile(check: FigureCheck) -> Image.Image:
    return _fitted(Image.fromarray(check.figure.pixels))


def _tile(png: bytes | None) -> Image.Image:
    if png is None:
        return Image.new("L", (_TILE, _TILE), 245)
    with Image.open(io.BytesIO(png)) as image:
        return _fitted(image.convert("L"))


def _fitted(image: Image.Image) -> Image.Image:
    """The picture in a tile, lines kept dark."""
    while max(image.size) > 2 * _TILE:
        array = np.asarray(image)
        array = np.pad(array, ((0, array.shape[0] % 2), (0, array.shape[1] % 2)), constant_values=255)
        pairs = array.reshape(array.shape[0] // 2, 2, array.shape[1] // 2, 2).astype(np.float32)
        image = Image.fromarray(((pairs.min((1, 3)) + pairs.mean((1, 3))) / 2).astype(np.uint8))
    image.thumbnail((_TILE - 6, _TILE - 6), Image.Resampling.BOX)
    tile = Image.new("L", (_TILE, _TILE), 255)
    tile.paste(image, ((_TILE - image.width) // 2, (_TILE - image.height) // 2))
    return tile


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("folder", type=Path, nargs="?", default=DESIGNS)
    parser.add_argument("--only", default="")
    given = parser.parse_args()
    only = [name for name in given.only.split(",") if name]
    settings = Settings()
    cache = Derived(settings.cache_dir or settings.data_dir / "derived")
    for folder in sorted(each for each in given.folder.iterdir() if each.is_dir()):
        number = folder.name.split("-")[0]
        if only and number not in only:
            continue
        parsed = one_patent(folder)
        seen = see(parsed.patent, figures_and_parts(parsed.patent)[0], parsed.sheets, cache=cache)
        models = models_from(seen, parsed.patent.title, ShapeOptions())
        keep(given.out, number, parsed.patent.title, models)
        for each in rows_of(number, models):
            quality = "-" if each["quality"] is None else f"{each['quality']:.2f}"
            print(f"{number} {each['embodiment']} {each['status']:<8} {quality:>5} {each['reason'] or ''}", flush=True)


if __name__ == "__main__":
    main()
