"""`patent2tech import`: bring files, folders and ZIPs into the library."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from patent2tech.app import App
from patent2tech.cli.output import Console, JsonOption, LangOption
from patent2tech.settings import load_settings
from patent2tech.text.notes import Lang

if TYPE_CHECKING:
    from patent2tech.formats import Rejected
    from patent2tech.library.importing import ImportReport

_NOTHING_KEPT = 3


def import_(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files, folders or ZIPs.")],
    lang: LangOption = Lang.EN,
    json: JsonOption = False,
) -> int:
    """Keep every patent of the given files; a broken one is reported and the others are kept."""
    console = Console(json=json)
    with console.progress("importing") as progress, App(load_settings()) as app:
        report = app.importer.import_paths(
            paths, lambda each: progress(f"{each.kept} kept, {each.rejected} rejected: {each.source}")
        )
    console.result(_document(report, lang), (_totals(report),))
    for rejected in report.rejected:
        console.notice(f"rejected  {_place(rejected)}: {rejected.reason}")
    for source, note in report.notes:
        console.notice(f"note      {source}: {note.wording(lang)}")
    return 0 if report.kept else _NOTHING_KEPT


def _totals(report: ImportReport) -> str:
    counts = ", ".join(f"{count} {status}" for status, count in report.counts.items())
    return f"{counts}, {len(report.rejected)} rejected, {len(report.skipped)} skipped"


def _place(rejected: Rejected) -> str:
    return f"{rejected.source} document {rejected.position}"


def _document(report: ImportReport, lang: Lang) -> dict[str, object]:
    return {
        "kept": [{"number": str(kept.number), "status": kept.status} for kept in report.kept],
        "rejected": [
            {
                "source": rejected.source,
                "document": rejected.position,
                "code": rejected.reason.code,
                "reason": str(rejected.reason),
            }
            for rejected in report.rejected
        ],
        "skipped": [{"source": each.source, "document": each.position, "what": each.what} for each in report.skipped],
        "notes": [{"source": source, "code": note.code, "text": note.wording(lang)} for source, note in report.notes],
    }
