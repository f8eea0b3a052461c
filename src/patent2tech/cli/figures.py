"""`patent2tech figures`: the figures of a patent, cut out of its sheets, upright and named."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from patent2tech.app import App
from patent2tech.cli.output import Console, JsonOption, LangOption, SourceArgument, labelled
from patent2tech.figures.model import Role
from patent2tech.settings import load_settings
from patent2tech.text.notes import Lang, Note

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
    read = {**document.model_dump(mode="json"), "folder": str(out.resolve())}
    console.result(read, list(_summary(document, out, lang)))


def _summary(document: FiguresRead, out: Path, lang: Lang) -> Iterator[str]:
    yield labelled("sheets", lang, len(document.sheets))
    for figure in document.figures:
        yield f"  {figure.label or '?':>5}  {_wording(figure, lang)}"
    yield from (labelled("warning", lang, warning["text"]) for warning in document.warnings)
    yield labelled("folder", lang, out)


def _wording(figure: FigureRead, lang: Lang) -> str:
    view, count = figure.view, len(figure.numerals)
    words = [
        Note(f"cli.projection.{view.projection}").wording(lang),
        " ".join(Note(f"pack.view.{side}").wording(lang) for side in view.direction),
        "" if view.role == Role.WHOLE else Note(f"cli.role.{view.role}").wording(lang),
        view.state or "",
        Note.of("cli.figures.sheet", number=figure.sheet).wording(lang),
        Note.of("cli.figures.numerals", number=count).wording(lang) if count else "",
    ]
    return ", ".join(filter(None, words))
