"""Filters that come beside a query, as options of a command or parameters of a request, in the words of its fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from patent2tech.search.parsing import read_field
from patent2tech.search.query import Query, Span
from patent2tech.search.refusing import QueryRefused, Unreadable


def narrowed(query: Query, values: Mapping[str, Sequence[str]]) -> Query:
    """A query with more filters, which its own do not lift.

    Raises:
        QueryRefused: when a value cannot be; the message names the field.
    """
    filters = query.filters
    for name, texts in values.items():
        for text in texts:
            try:
                key, value = read_field(name, text)
            except Unreadable as error:
                raise QueryRefused(error.note, name=name) from None
            present = getattr(filters, key)
            joined: Any = {key: value if isinstance(value, Span) else (*present, value)}
            filters = replace(filters, **joined)
    return replace(query, filters=filters)
