"""`patent2tech eval`: how good the product is on judged sets."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from patent2tech.app import App
from patent2tech.cli.output import Console, JsonOption
from patent2tech.search import Mode
from patent2tech.settings import load_settings

evaluations = typer.Typer(help="Measure the product on judged sets.", no_args_is_help=True)


@evaluations.callback()
def _about() -> None:
    """Keep `search` a command of its own while it is the only one."""


@evaluations.command("search")
def search(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="corpus.jsonl, queries.jsonl and qrels.tsv (BEIR).")],
    mode: Annotated[list[Mode] | None, typer.Option("--mode", help="Only this mode; may be repeated.")] = None,
    corpus: Annotated[Path | None, typer.Option(help="Another corpus.jsonl than the folder's.")] = None,
    only: Annotated[
        str | None, typer.Option(help="Only odd or even lines of queries.jsonl, or the queries of a language as ko.")
    ] = None,
    model: Annotated[str | None, typer.Option(help="Another embedding model, as P2T_EMBEDDING_MODEL.")] = None,
    json: JsonOption = False,
) -> None:
    """Rank the queries of a BEIR folder by the product's own index and print measures with 95 % intervals."""
    from patent2tech.search.evaluation import MEASURES, evaluate, read_folder

    console = Console(json=json)
    settings = load_settings()
    if model:
        settings = settings.model_copy(update={"embedding_model": model})
    judged = read_folder(folder, corpus, only)
    with console.progress("evaluating") as progress, App(settings) as app:
        found = evaluate(judged, app.search_of, tuple(mode) if mode else tuple(Mode), progress)
    lines = [f"{found.corpus} documents, {found.queries} queries, {found.model}"]
    lines.append("  ".join(["mode".ljust(10), *(name.ljust(21) for name in MEASURES)]))
    for name, measures in found.modes.items():
        lines.append("  ".join([name.ljust(10), *(str(measures[each]).ljust(21) for each in MEASURES)]))
    for name, differences in found.against_keyword.items():
        lines.append("  ".join([f"{name[:6]}-kw".ljust(10), *(str(differences[each]).ljust(21) for each in MEASURES)]))
    console.result(found.document(), lines)
