"""`patent2tech shape`: from the figures of one patent to a solid."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from patent2tech.app import App
from patent2tech.cli.output import Console, JsonOption, LangOption, SourceArgument, labelled
from patent2tech.settings import load_settings
from patent2tech.text.notes import Lang, Note, wordings

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
    console.result(document, _lines(document, out, lang))


def _into(folder: Path) -> Stages:
    def keep(name: str, draw: Callable[[], bytes]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(draw())

    return keep


def _lines(document: dict[str, Any], out: Path, lang: Lang) -> list[str]:
    status = Note(f"cli.shape.{document['status']}").wording(lang)
    lines = [labelled("status", lang, status + (f": {document['reason']['text']}" if document["reason"] else ""))]
    if document["quality"] is not None:
        quality = f"{document['quality']:.2f}  {document['quality_in_words']['text']}"
        lines.append(labelled("quality", lang, quality))
    lines += [_view_line(view, lang) for view in document["views"]]
    lines += [labelled("assumed", lang, depth["text"]) for depth in document["assumed_depths"]]
    lines += [labelled("note", lang, note["text"]) for note in document["notes"]]
    if document["missing_views"]:
        lines.append(labelled("missing", lang, ", ".join(_view(side, lang) for side in document["missing_views"])))
    return [*lines, labelled("folder", lang, out)]


def _view_line(view: dict[str, Any], lang: Lang) -> str:
    figure = Note.of("pack.place.figure", label=view["figure"] or "-").wording(lang)
    seen, drawn = view["silhouette_iou"], view["line_score"]
    words = [
        f"  {figure:<9} {_view(view['view'], lang):<12}",
        "" if seen is None else Note.of("cli.shape.silhouette", value=f"{seen:.3f}").wording(lang),
        "" if drawn is None else Note.of("cli.shape.lines", value=f"{drawn:.2f}").wording(lang),
        view["reason"]["text"] if view["reason"] else "",
    ]
    return "  ".join(filter(None, words)).rstrip()


def _view(name: str, lang: Lang) -> str:
    return wordings(lang).get(f"pack.view.{name}", name)
