"""Counts of what the found documents are: their offices, years, classes, applicants and more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from patent2tech.search.index import Card
from patent2tech.search.query import Term
from patent2tech.search.results import FacetValue

_VALUES: Final = 10
_SUBCLASS: Final = 4
_YEAR: Final = 10_000

FACETS: Final = ("office", "language", "kind", "filed", "cpc", "applicant", "status")


def count_facets(cards: Iterable[Card], today: int) -> dict[str, tuple[FacetValue, ...]]:
    """The most frequent values of each facet; a document with several of one counts for each."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    for card in cards:
        facts = card.facts
        counts["office"][facts.office] += 1
        counts["language"][facts.language] += 1
        counts["kind"][facts.kind] += 1
        counts["status"][term_of(card, today)] += 1
        counts["cpc"].update({symbol[:_SUBCLASS] for symbol in facts.cpc})
        counts["applicant"].update(dict.fromkeys(facts.applicants, 1))
        if facts.filed:
            counts["filed"][str(facts.filed // _YEAR)] += 1
    return {
        name: tuple(
            FacetValue(value, number)
            for value, number in sorted(found.items(), key=lambda each: (-each[1], each[0]))
            if value
        )[:_VALUES]
        for name, found in counts.items()
    }


def term_of(card: Card, today: int) -> Term:
    """The status estimate of a document on a day."""
    if not card.facts.granted:
        return Term.PENDING
    if not card.facts.expires:
        return Term.UNKNOWN
    return Term.EXPIRED if card.facts.expires < today else Term.IN_FORCE
