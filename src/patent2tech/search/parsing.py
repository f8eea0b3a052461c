"""Reads the query language: words, "phrases", -words to leave out, and fields such as `cpc:B25J9/16`."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from patent2tech.patents import NotAPublicationNumber, PublicationNumber
from patent2tech.search.numbers import number_of
from patent2tech.search.query import Filters, Query, Span, Term
from patent2tech.search.refusing import QueryRefused, Unreadable, refusal

MAX_CHARACTERS: Final = 20_000
"""Ten times the longest abstract; a longer text says less the longer it is."""

_TOKEN: Final = re.compile(
    r"""
    (?P<space>\s+)
  | (?P<minus>-(?=["“]|\w*[^\W\d]))?                      # -5 is a number, -spring leaves out
    (?:(?P<field>[A-Za-z]{2,20}):(?=[^\s/]))?             # "note: text" and "http://" are no fields
    (?: ["“](?P<quoted>[^"”]*)["”] | (?P<open>["“]) | (?P<word>[^\s"“”]+) | (?P<stray>”) )
    """,
    re.VERBOSE,
)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_CPC: Final = re.compile(r"[A-HY](?:\d(?:\d(?:[A-Z](?:\d{1,4}(?:/\d{0,6})?)?)?)?)?")
_DATE: Final = re.compile(r"(\d{4})(?:-?(\d{2})(?:-?(\d{2}))?)?")
_FIELDS: Final = {
    "title": "titles",
    "claim": "claims",
    "cpc": "cpc",
    "applicant": "applicants",
    "assignee": "applicants",
    "inventor": "inventors",
    "office": "offices",
    "kind": "kinds",
    "lang": "languages",
    "filed": "filed",
    "published": "published",
    "status": "status",
    "number": "number",
}
FIELDS: Final = tuple(_FIELDS)
"""The names that can stand before a colon."""


def parse_query(text: str) -> Query:
    """Read a query as a person types it.

    Raises:
        QueryRefused: when it cannot be; the message gives the character, counted from 1, where it goes wrong.
    """
    if len(text) > MAX_CHARACTERS:
        raise QueryRefused(refusal("too_long", count=len(text), most=MAX_CHARACTERS))
    if wrong := _CONTROL.search(text):
        raise QueryRefused(refusal("control", value=f"{ord(wrong[0]):04X}"), wrong.start() + 1)
    reader = _Reader()
    position = 0
    while match := _TOKEN.match(text, position):
        if match["space"] is None:
            reader.take(match)
        position = match.end()
    return reader.query(text)


def check_cpc(symbol: str) -> str:
    """The beginning of a CPC symbol without blanks, in capitals.

    Raises:
        Unreadable: when no symbol begins like that.
    """
    normal = re.sub(r"\s", "", symbol).upper()
    if not _CPC.fullmatch(normal):
        raise Unreadable("cpc", symbol)
    return normal


def check_span(text: str) -> Span:
    """A year, month or day, or two of them with `..` between, either of which may be missing.

    Raises:
        Unreadable: when it is none, or ends before it begins.
    """
    first, between, last = text.partition("..")
    if not first and not last:
        raise Unreadable("time")
    span = Span(_day(first, last=False) if first else None, _day(last if between else first, last=True))
    if span.first and span.last and span.last < span.first:
        raise Unreadable("order", text)
    return span


def check_status(text: str) -> Term:
    """A status by its name.

    Raises:
        Unreadable: when there is none of this name.
    """
    try:
        return Term(text.lower())
    except ValueError:
        raise Unreadable("status", text) from None


def read_field(name: str, value: str) -> tuple[str, object]:
    """The filter that a field stands for, and what a value of it means.

    Raises:
        Unreadable: when it means nothing.
    """
    if not value.strip():
        raise Unreadable("no_value", name)
    return (key := _FIELDS[name]), _VALUES[key](value)


def _office(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{2}", text):
        raise Unreadable("office", text)
    return text.upper()


def _kind(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z]\d?", text):
        raise Unreadable("kind", text)
    return text.upper()


def _language(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{2}", text):
        raise Unreadable("language", text)
    return text.lower()


def _number(text: str) -> PublicationNumber:
    try:
        return PublicationNumber.parse(text)
    except NotAPublicationNumber:
        raise Unreadable("number", text) from None


def _folded(text: str) -> str:
    return " ".join(text.lower().split())


_VALUES: Final[dict[str, Callable[[str], object]]] = {
    "titles": _folded,
    "claims": str.strip,
    "cpc": check_cpc,
    "applicants": _folded,
    "inventors": _folded,
    "offices": _office,
    "kinds": _kind,
    "languages": _language,
    "filed": check_span,
    "published": check_span,
    "status": check_status,
    "number": _number,
}


class _Reader:
    """Collects the pieces of one query."""

    def __init__(self) -> None:
        self._words: list[str] = []
        self._phrases: list[str] = []
        self._without: list[str] = []
        self._fields: dict[str, list[object]] = defaultdict(list)

    def take(self, match: re.Match[str]) -> None:
        """Take the next token."""
        at = match.start() + 1
        if match["open"] or match["stray"]:
            raise QueryRefused(refusal("quotation"), match.end())
        name, value = match["field"], (match["quoted"] if match["quoted"] is not None else match["word"])
        if name is not None:
            if match["minus"]:
                raise QueryRefused(refusal("minus", value=name), at)
            self._field(name, value, at)
        elif match["minus"]:
            self._without.append(value.strip())
        elif match["word"] and value.endswith(":") and value[:-1].lower() in _FIELDS:
            raise QueryRefused(refusal("blank", value=value[:-1]), at)
        elif value.strip():
            self._words.append(value.strip())
            if match["quoted"] is not None:
                self._phrases.append(" ".join(value.split()))

    def query(self, text: str) -> Query:
        """The whole question."""
        claims = tuple(map(str, self._fields.pop("claims", ())))
        number = _first_number(self._fields.pop("number", ()))
        spans = {name: values[-1] for name in ("filed", "published") if (values := self._fields.pop(name, []))}
        filters = Filters(**{name: tuple(values) for name, values in self._fields.items()})  # type: ignore[arg-type]
        filters = replace(filters, **spans)  # type: ignore[arg-type] # the readers of values give the right types
        plain = not (self._phrases or self._without or filters or claims)
        return Query(
            text=" ".join(self._words),
            phrases=tuple(self._phrases),
            claims=claims,
            without=tuple(each for each in self._without if each),
            filters=filters,
            number=number or (number_of(text) if plain else None),
        )

    def _field(self, name: str, value: str, at: int) -> None:
        key = _FIELDS.get(name.lower())
        if key is None:
            raise QueryRefused(refusal("field", value=name, names=", ".join(FIELDS)), at)
        try:
            self._fields[key].append(read_field(name.lower(), value)[1])
        except Unreadable as error:
            raise QueryRefused(error.note, at) from None


def _first_number(values: object) -> PublicationNumber | None:
    return next((each for each in values if isinstance(each, PublicationNumber)), None)  # type: ignore[attr-defined]


def _day(text: str, *, last: bool) -> dt.date | None:
    if not text:
        return None
    match = _DATE.fullmatch(text)
    if not match:
        raise Unreadable("date", text)
    year, month, day = (int(each) if each else 0 for each in match.groups())
    try:
        if last and not day:
            month = month or 12
            day = calendar.monthrange(year, month)[1]
        return dt.date(year, month or 1, day or 1)
    except (ValueError, calendar.IllegalMonthError):
        raise Unreadable("day", text) from None
