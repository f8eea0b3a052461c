"""Filters as conditions of SQL, every value of a stranger quoted."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Final

from patent2tech.search.documents import as_number
from patent2tech.search.query import Term

if TYPE_CHECKING:
    from patent2tech.search.index import Scope
    from patent2tech.search.query import Filters, Span

_STATUS: Final = {
    Term.EXPIRED: "(granted AND expires > 0 AND expires < {today})",
    Term.IN_FORCE: "(granted AND expires >= {today})",
    Term.PENDING: "(NOT granted)",
    Term.UNKNOWN: "(granted AND expires = 0)",
}


def where(scope: Scope) -> str | None:
    """The condition of a scope, `None` when everything passes."""
    conditions = list(_conditions(scope.filters, scope.today))
    if scope.keys is not None:
        conditions.append(keyed(scope.keys))
    return " AND ".join(conditions) or None


def keyed(keys: Collection[str]) -> str:
    """Those of these keys."""
    return f"key IN ({', '.join(map(quoted, sorted(keys)))})" if keys else "false"


def quoted(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def _conditions(filters: Filters, today: int) -> Iterator[str]:
    for column, values in (
        ("office", filters.offices),
        ("kind", filters.kinds),
        ("language", filters.languages),
    ):
        if values:
            yield f"{column} IN ({', '.join(map(quoted, values))})"
    if filters.cpc:
        yield _any(f"contains(cpc, {quoted(f' {symbol}')})" for symbol in filters.cpc)
    for column, values in (
        ("applicants", filters.applicants),
        ("inventors", filters.inventors),
        ("title", filters.titles),
    ):
        # Each value narrows: `applicant:samsung applicant:display` is a name with both.
        yield from (f"contains(lower({column}), {quoted(value)})" for value in values)
    if filters.status:
        yield _any(_STATUS[status].format(today=today) for status in filters.status)
    yield from _within("filed", filters.filed)
    yield from _within("published", filters.published)


def _within(column: str, span: Span) -> Iterator[str]:
    if span.first:
        yield f"{column} >= {as_number(span.first)}"
    if span.last:
        # A day that is not known is 0 and within nothing.
        yield f"{column} <= {as_number(span.last)} AND {column} > 0"


def _any(conditions: Iterator[str]) -> str:
    return f"({' OR '.join(conditions)})"
