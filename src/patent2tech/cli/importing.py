"""`patent2tech import`: bring files, folders and archives into the library."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from patent2tech.app import App
from patent2tech.cli.output import Console, JsonOption, LangOption, labelled
from patent2tech.cli.searching import index_progress
from patent2tech.settings import load_settings
from patent2tech.text.notes import Lang, Note

if TYPE_CHECKING:
    from patent2tech.formats import Rejected
    from patent2tech.library.importing import ImportReport, Progress

_NOTHING_KEPT = 3
_MEGABYTE = 1_000_000
_MOST_NAMED = 10


def import_(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files, folders, ZIPs or TARs.")],
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes that parse; all cores by default, 1 for this one alone.")
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Read also what was imported before and is whole.")] = False,
    vectors: Annotated[
        bool, typer.Option("--vectors/--no-vectors", help="Make vectors for search now, or leave that to `serve`.")
    ] = True,
    index: Annotated[
        bool, typer.Option("--index/--no-index", help="Index for search now, or leave that to `search` and `serve`.")
    ] = True,
    lang: LangOption = Lang.EN,
    json: JsonOption = False,
) -> int:
    """Keep every patent of the given files; a broken one is put in quarantine and the others are kept."""
    console = Console(json=json)
    begin = time.monotonic()
    with App(load_settings()) as app:
        with _bar(lang, json=json) as progress:
            report = app.importer.import_paths(paths, progress, workers or _cores(), again=again)
        seconds = time.monotonic() - begin
        if index and any(report.counts.values()):
            with index_progress(json=json) as told:
                app.indexer.update(told, most_vectors=None if vectors else 0)
    console.result(_document(report, lang, seconds), (_totals(report, seconds, lang),))
    for rejected in report.rejected:
        console.notice(labelled("rejected", lang, f"{_place(rejected, lang)}: {rejected.reason}"))
    for source, note in report.notes:
        console.notice(labelled("note", lang, f"{source}: {note.wording(lang)}"))
    kept = any(report.counts.values())
    # Where nothing was kept, the refusal says why already.
    if kept and (unknown := report.unknown.count):
        console.notice(Note.of(f"import.unknown.{'one' if unknown == 1 else 'many'}", **_named(report)).wording(lang))
    return 0 if kept else _NOTHING_KEPT


@contextmanager
def _bar(lang: Lang, *, json: bool) -> Iterator[Callable[[Progress], None]]:
    """Documents, megabytes, rate, errors and time left, on a terminal only."""
    if json or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console as RichConsole
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as RichProgress

    columns = (BarColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
    begin = time.monotonic()
    with RichProgress(*columns, console=RichConsole(stderr=True), transient=True) as bar:
        task = bar.add_task(Note("cli.import.begins").wording(lang), total=None)

        def show(now: Progress) -> None:
            rate = now.documents / max(time.monotonic() - begin, 1e-3)
            text = Note.of(
                "cli.import.progress",
                documents=now.documents,
                megabytes=f"{now.bytes / _MEGABYTE:.0f}",
                rate=f"{rate:.0f}",
                rejected=now.rejected,
            )
            bar.update(task, description=text.wording(lang), completed=now.bytes, total=now.total)

        yield show


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _totals(report: ImportReport, seconds: float, lang: Lang) -> str:
    kept = {str(status): count for status, count in report.counts.items()}
    skipped = report.documents - sum(kept.values()) - report.refusals
    counts = {**kept, "rejected": report.refusals, "skipped": skipped}
    work = Note.of(
        "cli.import.work",
        documents=report.documents,
        megabytes=f"{report.bytes / _MEGABYTE:.1f}",
        seconds=f"{seconds:.1f}",
    )
    told = ", ".join(Note.of(f"cli.import.{what}", number=count).wording(lang) for what, count in counts.items())
    return f"{told} ({work.wording(lang)})"


def _named(report: ImportReport) -> dict[str, object]:
    """How many files were passed by, and the names of some."""
    unknown = report.unknown
    named = ", ".join(unknown.names[:_MOST_NAMED])
    return {"count": unknown.count, "files": named if unknown.count <= _MOST_NAMED else f"{named}, ..."}


def _place(rejected: Rejected, lang: Lang) -> str:
    return Note.of("cli.import.place", source=rejected.source, position=rejected.position).wording(lang)


def _document(report: ImportReport, lang: Lang, seconds: float) -> dict[str, object]:
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
        "unknown": {"count": report.unknown.count, "files": report.unknown.names},
        "seconds": round(seconds, 3),
        "documents": report.documents,
        "bytes": report.bytes,
    }
