"""What a reader asks: words, phrases and words to leave out, and what the documents must be."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from patent2tech.patents import PublicationNumber


class Mode(StrEnum):
    """How documents are ranked: by their words, by their meaning, or by both."""

    KEYWORD = "keyword"
    SEMANTIC = "semantic"
    HYBRID = "hybrid"


class Term(StrEnum):
    """An estimate of the protection that can be asked for."""

    EXPIRED = "expired"
    IN_FORCE = "in_force"
    PENDING = "pending"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Span:
    """Days from the first to the last, both included; an open end is `None`."""

    first: dt.date | None = None
    last: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Filters:
    """What the documents must be; an empty filter lets everything through, several values of one mean any of them.

    `cpc` are beginnings of symbols without blanks (`B25J`, `B25J9/16`). `applicants`, `inventors` and `titles` are
    found anywhere in the names and titles, without regard to case.
    """

    offices: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    cpc: tuple[str, ...] = ()
    applicants: tuple[str, ...] = ()
    inventors: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    status: tuple[Term, ...] = ()
    filed: Span = Span()
    published: Span = Span()

    def __bool__(self) -> bool:
        """Whether anything is left out."""
        return self != Filters()


@dataclass(frozen=True, slots=True)
class Query:
    """One question.

    `text` are the plain words, also those of the phrases, as they were typed. `phrases` must occur word by word,
    `claims` must occur in one claim, `without` must not occur at all. `number` is set when the whole query is one.
    `apart_from` are keys of documents that are known already.
    """

    text: str = ""
    phrases: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    filters: Filters = field(default_factory=Filters)
    number: PublicationNumber | None = None
    apart_from: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        """Whether anything is asked."""
        return bool(self.text or self.claims or self.filters or self.number or self.without)
