"""`patent2tech figures`: the figures of a patent, cut out of its sheets, upright and named."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from patent2tech.app import App
from patent2tech.cli.output import Console, JsonOption, LangOption, SourceArgument
from patent2tech.settings import load_settings
from patent2tech.text.notes import Lang

if TYPE_CHECKING:
    from collections.abc import Iterator

    from patent2tech.figures.wire import FigureRead, FiguresRead


def figures(
    source: SourceArgument,
    out: Annotated[Path, typer.Option("--out", help="Folder that receives the pictures and figures.json.")] = Path(
        "figures"
    ),
    lang: LangOption = Lang.EN,
    json: JsonOption = False,
) -> None:
    """Cut the figures out of a patent's drawing sheets: upright, labelled, with view, numerals and part names."""
    from patent2tech.figures.writing import write_figures

    console = Console(json=json)
    with console.progress(f"figures of {source}") as progress, App(load_settings()) as app:
        seen = app.see(*app.drawn(source), progress)
        document = write_figures(seen, out, lang)
    console.result({**document.model_dump(mode="json"), "folder": str(out.resolve())}, list(_summary(document, out)))


def _summary(document: FiguresRead, out: Path) -> Iterator[str]:
    yield f"sheets  {len(document.sheets)}"
    for figure in document.figures:
        yield f"  {figure.label or '?':>5}  {_wording(figure)}"
    yield from (f"warning {warning['text']}" for warning in document.warnings)
    yield f"folder  {out}"


def _wording(figure: FigureRead) -> str:
    view = figure.view
    words = [view.projection, " ".join(view.direction), "" if view.role == "whole" else view.role, view.state or ""]
    count = f"{len(figure.numerals)} numerals" if figure.numerals else ""
    return ", ".join(filter(None, [*words, f"sheet {figure.sheet}", count]))
