"""`patent2tech shape`: from the figures of one patent to a solid."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from patent2tech.app import App
from patent2tech.cli.output import Console, JsonOption, LangOption, SourceArgument
from patent2tech.settings import load_settings
from patent2tech.text.notes import Lang

if TYPE_CHECKING:
    from patent2tech.shape.model import Stages

_STAGES_FOLDER = "stages"


def shape(
    source: SourceArgument,
    out: Annotated[Path, typer.Option("--out", help="Folder that receives the model, its pictures and its report.")],
    guess: Annotated[
        bool, typer.Option("--guess", help="Where no solid can be made, make a relief that is labelled as a guess.")
    ] = False,
    views: Annotated[
        Path | None,
        typer.Option("--views", help="A corrected views.json of an earlier run.", exists=True, dir_okay=False),
    ] = None,
    keep_stages: Annotated[
        bool, typer.Option("--keep-stages", help="Write each stage as a picture under stages/.")
    ] = False,
    lang: LangOption = Lang.EN,
    json: JsonOption = False,
) -> None:
    """Rebuild the solid that a patent's figures show: GLB, PLY, STL, renders, and an honest self-check."""
    from patent2tech.shape.files import files_of, write_files
    from patent2tech.shape.model import Corrections, ShapeOptions, no_stages
    from patent2tech.shape.report import report_of
    from patent2tech.shape.views_file import read_corrections

    console = Console(json=json)
    corrections = read_corrections(views.read_bytes()) if views else Corrections()
    with console.progress(f"shaping {source}") as progress, App(load_settings()) as app:
        options = ShapeOptions(
            guess=guess,
            corrections=corrections,
            stages=_into(out / _STAGES_FOLDER) if keep_stages else no_stages,
            progress=progress,
        )
        models = app.models(source, options)
        write_files(files_of(models, lang), out)
    document = report_of(models, lang)
    console.result(document, _lines(document, out))


def _into(folder: Path) -> Stages:
    def keep(name: str, draw: Callable[[], bytes]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(draw())

    return keep


def _lines(document: dict[str, Any], out: Path) -> list[str]:
    lines = [f"status   {document['status']}" + (f": {document['reason']['text']}" if document["reason"] else "")]
    if document["quality"] is not None:
        lines.append(f"quality  {document['quality']:.2f}  {document['quality_in_words']['text']}")
    for view in document["views"]:
        seen = "" if view["silhouette_iou"] is None else f"  silhouette {view['silhouette_iou']:.3f}"
        drawn = "" if view["line_score"] is None else f"  lines {view['line_score']:.2f}"
        why = view["reason"]["text"] if view["reason"] else ""
        lines.append(f"  FIG. {view['figure'] or '-':<4} {view['view']:<12}{seen}{drawn}  {why}".rstrip())
    lines += [f"assumed  {depth['text']}" for depth in document["assumed_depths"]]
    lines += [f"note     {note['text']}" for note in document["notes"]]
    if document["missing_views"]:
        lines.append(f"missing  {', '.join(document['missing_views'])}")
    return [*lines, f"folder   {out}"]
