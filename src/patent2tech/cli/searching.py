"""`patent2tech search` and `patent2tech index`: find patents and the passages that prove it, and keep the index."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from patent2tech.app import App
from patent2tech.cli.output import Console, JsonOption, LangOption
from patent2tech.search import Ask, Mode, Query, parse_query
from patent2tech.search.narrowing import narrowed
from patent2tech.search.refusing import QueryRefused, refusal
from patent2tech.search.wire import SearchRead
from patent2tech.search.wording import counted, facet_value, place, why
from patent2tech.settings import load_settings
from patent2tech.text.notes import Lang, Note

if TYPE_CHECKING:
    from patent2tech.patents import PublicationNumber
    from patent2tech.search.indexing import Drift, IndexProgress

ModeOption = Annotated[Mode, typer.Option("--mode", help="Rank by words, by meaning, or by both.")]

index = typer.Typer(help="Keep the search index.", no_args_is_help=True)
_DRIFT = 1
_VECTORS_BEFORE_AN_ANSWER = 256
"""4 s of the built-in model."""


def search(
    query: Annotated[str, typer.Argument(metavar="QUERY", help='Words, "a phrase", -word, cpc:B25J, or a number.')],
    office: Annotated[list[str] | None, typer.Option(help="Only this office, as US or KR; may be repeated.")] = None,
    cpc: Annotated[
        list[str] | None, typer.Option(help="Only symbols that begin so, as B25J9; may be repeated.")
    ] = None,
    first: Annotated[str | None, typer.Option("--from", metavar="DATE", help="Filed on this day or later.")] = None,
    last: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Filed on this day or earlier.")] = None,
    status: Annotated[
        list[str] | None, typer.Option(help="Only expired, in_force, pending or unknown, by estimate.")
    ] = None,
    kind: Annotated[list[str] | None, typer.Option(help="Only this kind code, as B2.")] = None,
    language: Annotated[list[str] | None, typer.Option(help="Only documents in this language, as ko.")] = None,
    applicant: Annotated[list[str] | None, typer.Option(help="Only applicants or assignees of this name.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=100, help="The most hits.")] = 10,
    mode: ModeOption = Mode.HYBRID,
    cursor: Annotated[str | None, typer.Option(help="`next_cursor` of the page before.")] = None,
    facets: Annotated[bool, typer.Option("--facets", help="Count offices, years, classes and more.")] = False,
    like: Annotated[bool, typer.Option("--like", help="QUERY is a number: find patents like that one.")] = False,
    lang: LangOption = Lang.EN,
    json: JsonOption = False,
) -> None:
    """Find patents by words and by meaning; each hit shows why it is there and its two best passages."""
    console = Console(json=json)
    fields = {
        "office": office,
        "cpc": cpc,
        "kind": kind,
        "lang": language,
        "applicant": applicant,
        "status": status,
        "filed": [f"{first or ''}..{last or ''}"] if first or last else None,
    }
    asked = narrowed(parse_query(query), {name: values for name, values in fields.items() if values})
    begin = time.perf_counter()
    with index_progress(json=json) as progress, App(load_settings()) as app:
        app.indexer.update(progress, wait=False, most_vectors=_VECTORS_BEFORE_AN_ANSWER)
        ask = Ask(mode, limit, cursor, facets)
        begin = time.perf_counter()
        found = app.search.like(_number(asked), ask, asked.filters) if like else app.search.search(asked, ask, query)
        took = (time.perf_counter() - begin) * 1000
        read = SearchRead.of(found, took, lang)
    if json:
        console.raw_json(read.model_dump_json(indent=2))
    else:
        console.result(None, list(_lines(read, lang)))
        for note in (*_hints(read, lang), *read.advice):
            console.notice(note)


@index.command("update")
def update(lang: LangOption = Lang.EN, json: JsonOption = False) -> None:
    """Index what was imported since, and let the second model read what it has not; the latter may take hours.

    An import indexes itself unless it is told not to or was interrupted, and a server does both in the background.
    """
    console = Console(json=json)
    with App(load_settings()) as app:
        with index_progress(json=json) as progress:
            count = app.indexer.update(progress)
        with console.progress("reading again") as tell:
            read = app.indexer.read_again(lambda done, total: tell(f"{done} of {total} patents"))
    notes = (Note.of("cli.index.indexed", number=count), Note.of("cli.index.read_again", number=read))
    console.result({"patents": count, "read_again": read}, [note.wording(lang) for note in notes])


@index.command("rebuild")
def rebuild(lang: LangOption = Lang.EN, json: JsonOption = False) -> None:
    """Make the index anew from the library, with the embedding model that is set; goes on where it was interrupted."""
    console = Console(json=json)
    begin = time.perf_counter()
    with index_progress(json=json) as progress, App(load_settings()) as app:
        count = app.rebuild_index(progress)
    seconds = round(time.perf_counter() - begin, 3)
    told = Note.of("cli.index.rebuilt", number=count, seconds=f"{seconds:.1f}")
    console.result({"patents": count, "seconds": seconds}, (told.wording(lang),))


@index.command("check")
def check(
    dry: Annotated[bool, typer.Option("--dry-run", help="Only tell what differs, and change nothing.")] = False,
    lang: LangOption = Lang.EN,
    json: JsonOption = False,
) -> int:
    """Compare the index with the library and mend what differs."""
    console = Console(json=json)
    with index_progress(json=json) as progress, App(load_settings()) as app:
        found = app.indexer.check() if dry else app.indexer.mend(progress)
    counts = _counts(found)
    mended = bool(found.patents) and not dry
    told = [Note.of("cli.index.differs", **counts) if any(counts.values()) else Note("cli.index.nothing")]
    told += [Note("cli.index.mended")] if mended else []
    console.result({**counts, "mended": mended}, ("; ".join(note.wording(lang) for note in told),))
    return _DRIFT if dry and found.patents else 0


@contextmanager
def index_progress(*, json: bool) -> Iterator[Callable[[IndexProgress], None]]:
    """Patents whose words and vectors are done, on a terminal only."""
    if json or not sys.stderr.isatty():
        yield lambda _: None
        return
    with Console(json=json).progress("indexing") as tell:
        yield lambda now: tell(f"words {now.words}, vectors {now.vectors} of {now.total} patents")


def _number(asked: Query) -> PublicationNumber:
    if asked.number is None:
        raise QueryRefused(refusal("like"), 1)
    return asked.number


def _counts(found: Drift) -> dict[str, int]:
    return {
        "missing": len(found.missing),
        "outdated": len(found.outdated),
        "orphans": len(found.orphans),
        "without_vectors": len(found.without_vectors),
    }


def _lines(read: SearchRead, lang: Lang) -> Iterator[str]:
    for hit in read.hits:
        yield f"{hit.rank:>3}  {hit.number}  {hit.title}"
        if reason := why(hit.why, lang):
            yield f"     {reason}"
        for passage in hit.passages:
            yield f"     {place(passage.locator, lang)}: {_marked(passage.quote, passage.highlights)}"
    for name, values in read.facets.items():
        if values:
            told = ", ".join(f"{facet_value(name, each.value, lang)} ({each.count})" for each in values)
            yield f"{Note(f'web.search.facet.{name}').wording(lang)}: {told}"


def _marked(quote: str, places: tuple[tuple[int, int], ...]) -> str:
    for start, end in reversed(places):
        quote = f"{quote[:start]}*{quote[start:end]}*{quote[end:]}"
    return " ".join(quote.split())


def _hints(read: SearchRead, lang: Lang) -> Iterator[str]:
    yield f"{counted(read, lang)} ({read.took_ms:.0f} ms)"
    if read.suggestion:
        yield f"{Note('web.search.suggestion').wording(lang)} {read.suggestion}"
    if read.next_cursor:
        yield f"{Note('web.search.next').wording(lang)}: --cursor {read.next_cursor}"
