"""What a search gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from patent2tech.search.query import Mode
from patent2tech.text.notes import Note

if TYPE_CHECKING:
    from patent2tech.search.fusion import Ranked
    from patent2tech.search.index import Card
    from patent2tech.search.quoting import Quote


@dataclass(frozen=True, slots=True)
class Hit:
    """One document with its place in the whole list, why it is there, and the passages that show it."""

    rank: int
    card: Card
    ranked: Ranked
    terms: tuple[str, ...]
    passages: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value and how many of the found documents have it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Results:
    """One page of a search.

    `total` counts what was found; it is a lower bound when `more` is set, since no more than some hundreds are ranked.
    `suggestion` is the query with words spelled as documents spell them. `advice` is for a list that is empty, or that
    no word of the query led to. `reranked` says how many of the first hits a second model has put in a new order.
    """

    query: str
    mode: Mode
    total: int
    more: bool
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    next_cursor: str | None = None
    suggestion: str | None = None
    advice: tuple[Note, ...] = ()
    reranked: int = 0
