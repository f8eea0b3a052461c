"""`patent2tech pack`: one command from a patent file to a tech pack."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from patent2tech.app import App
from patent2tech.cli.output import Console, JsonOption, LangOption, SourceArgument, labelled
from patent2tech.settings import load_settings
from patent2tech.text.notes import Lang


def pack(
    source: SourceArgument,
    out: Annotated[Path, typer.Option("--out", help="Folder that receives the pack's folder and ZIP.")] = Path("packs"),
    language: Annotated[str, typer.Option("--language", help="Language of the code.")] = "python",
    framework: Annotated[str, typer.Option("--framework", help="Framework of the code.")] = "none",
    question: Annotated[
        str | None, typer.Option("--question", help="A question that the pack's analysis answers.")
    ] = None,
    lang: LangOption = Lang.EN,
    json: JsonOption = False,
) -> None:
    """Make the tech pack of one patent: a folder, a ZIP and a page that opens offline."""
    from patent2tech.codegen.languages import language_of
    from patent2tech.techpack import Wishes, write_pack

    language_of(language, framework)
    console = Console(json=json)
    with console.progress(f"packing {source}") as progress, App(load_settings()) as app:
        number = app.keep(source)
        wishes = Wishes(lang, question, language, framework)
        made = app.packer.pack(number, wishes, Path(source).name, progress)
        written = write_pack(made, out)
    parts = {str(name): part.present for name, part in made.manifest.parts.items()}
    console.result(
        {
            "number": made.name,
            "title": made.manifest.title,
            "folder": str(written.folder.resolve()),
            "zip": str(written.zip.resolve()),
            "page": str((written.folder / "index.html").resolve()),
            "parts": parts,
        },
        (
            f"{made.name}  {made.manifest.title}",
            labelled("page", lang, written.folder / "index.html"),
            labelled("folder", lang, written.folder),
            labelled("zip", lang, written.zip),
        ),
    )
