"""How the engine is asked: a question by words in its own terms, and its answer."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from patent2tech.errors import OutsideFailure
from patent2tech.search.scripts import has_cjk, without_cjk

if TYPE_CHECKING:
    import pyarrow as pa
    from lancedb.query import FullTextQuery

    from patent2tech.search.index import Words


def asynchronous(table: Any) -> Any:
    """The table of the engine's own loop: one turn of it for a question, where the others take five, 1 ms each."""
    return table._table  # noqa: SLF001 - it has no public name


def answer(asked: Any) -> pa.Table:
    """The rows of a question."""
    return now(_rows(asked))


def answers(asked: list[Any]) -> list[pa.Table]:
    """The rows of several questions, asked together."""
    found: list[pa.Table] = now(_every(asked))
    return found


def now(work: Any) -> Any:
    """What the engine's loop makes of this.

    Raises:
        OutsideFailure: when the engine fails.
    """
    from lancedb import background_loop

    loop: Any = background_loop.LOOP
    try:
        return loop.run(work)
    except (RuntimeError, OSError) as error:
        reason = str(error).partition("\n")[0][:200]
        raise OutsideFailure(
            f"the search index did not answer ({reason}): search again, and if that does not help, "
            "make it anew with `patent2tech index rebuild`"
        ) from error


def columns_asked(words: Words) -> tuple[str | None, ...]:
    """The columns to ask one by one: a question to both at once scores every match, and not the best alone."""
    if words.without or words.all_of_them:
        return (None,)
    scripts = (any(without_cjk(text) for text, _ in words.groups), any(has_cjk(text) for text, _ in words.groups))
    return tuple(name for name, asked in zip(("en", "cjk"), scripts, strict=True) if asked)


def full_text(words: Words, only: str | None = None) -> FullTextQuery | None:
    """A question to both columns: words with letters to the one, and a text with any other script to the other."""
    from lancedb.query import BooleanQuery, FullTextOperator, Occur

    operator = FullTextOperator.AND if words.all_of_them else FullTextOperator.OR
    how = Occur.SHOULD
    clauses: list[tuple[Occur, FullTextQuery]] = []
    for text, weight in words.groups:
        if only != "cjk" and (latin := without_cjk(text)):
            clauses.append((how, match(latin, "en", boost=weight, operator=operator)))
        if only != "en" and has_cjk(text):
            clauses.append((how, match(text, "cjk", boost=weight, operator=operator)))
    if not clauses:
        return None
    if len(clauses) == 1 and not words.without:
        return clauses[0][1]
    for text in words.without:
        column = "cjk" if has_cjk(text) else "en"
        clauses.append((Occur.MUST_NOT, match(text, column, operator=FullTextOperator.AND)))
    return BooleanQuery(clauses)


def match(text: str, column: str, **options: Any) -> FullTextQuery:
    """A question for words of a text in one column."""
    from lancedb import query

    # Its own types take the defaults for missing.
    make: Any = query.MatchQuery
    made: FullTextQuery = make(text, column, **options)
    return made


async def _every(asked: list[Any]) -> list[pa.Table]:
    return list(await asyncio.gather(*map(_rows, asked)))


async def _rows(asked: Any) -> pa.Table:
    from lancedb.query import AsyncQueryBase

    # Asked through its table, a question first reads the schema for columns of blobs: 0.35 ms of CPU each time.
    return await AsyncQueryBase(asked._inner).to_arrow()  # noqa: SLF001 - there is no public way around it
