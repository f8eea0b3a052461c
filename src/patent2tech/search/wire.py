"""The document that a search gives, the same from every entry point."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from patent2tech.search.query import Mode
from patent2tech.text.notes import Lang

if TYPE_CHECKING:
    from patent2tech.search.quoting import Quote
    from patent2tech.search.results import Hit, Results

_DAY_DIGITS = 8


class _Wire(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class WordsRead(_Wire):
    """What the words of a hit did: the BM25 score, the place in that list alone, and the words that matched."""

    score: float
    rank: int
    terms: tuple[str, ...]


class VectorRead(_Wire):
    """How near a hit's meaning is: the cosine of both vectors, and the place in that list alone."""

    similarity: float
    rank: int


class WhyRead(_Wire):
    """Why a hit is there; null where that side did not find it.

    `second` is how near a second model finds it to the question, null where that has not read it.
    """

    bm25: WordsRead | None
    vector: VectorRead | None
    second: float | None


class PassageRead(_Wire):
    """A quote, verbatim, from the place that the locator names; highlights are from-to places in the quote."""

    locator: str
    quote: str
    highlights: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, quote: Quote) -> PassageRead:
        """The wire form of a quote."""
        return cls(locator=quote.locator, quote=quote.text, highlights=quote.marks)


class HitRead(_Wire):
    """One document."""

    rank: int
    number: str
    title: str
    score: float
    office: str
    kind: str
    language: str
    filed: str | None
    published: str | None
    cpc: tuple[str, ...]
    applicants: tuple[str, ...]
    why: WhyRead
    passages: tuple[PassageRead, ...]

    @classmethod
    def of(cls, hit: Hit) -> HitRead:
        """The wire form of a hit."""
        card, ranked = hit.card, hit.ranked
        words, meaning = None, None
        if ranked.words is not None and ranked.words_rank is not None:
            words = WordsRead(score=round(ranked.words, 4), rank=ranked.words_rank, terms=hit.terms)
        if ranked.meaning is not None and ranked.meaning_rank is not None:
            meaning = VectorRead(similarity=round(ranked.meaning, 4), rank=ranked.meaning_rank)
        return cls(
            rank=hit.rank,
            number=card.number,
            title=card.title,
            score=round(ranked.score, 4),
            office=card.facts.office,
            kind=card.facts.kind,
            language=card.facts.language,
            filed=_iso(card.facts.filed),
            published=_iso(card.facts.published),
            cpc=card.facts.cpc,
            applicants=card.facts.applicants,
            why=WhyRead(bm25=words, vector=meaning, second=None if ranked.second is None else round(ranked.second, 4)),
            passages=tuple(map(PassageRead.of, hit.passages)),
        )


class FacetRead(_Wire):
    """One value and the number of found documents that have it."""

    value: str
    count: int


class SearchRead(_Wire):
    """One page of a search; `more` says that `total` is a lower bound.

    `reranked` of the first hits of the whole list are in the order of a second model too.
    """

    query: str
    mode: Mode
    total: int
    more: bool
    took_ms: float
    hits: tuple[HitRead, ...]
    facets: dict[str, tuple[FacetRead, ...]]
    next_cursor: str | None
    suggestion: str | None
    advice: tuple[str, ...]
    reranked: int

    @classmethod
    def of(cls, results: Results, took_ms: float, lang: Lang) -> SearchRead:
        """The wire form of results."""
        return cls(
            query=results.query,
            mode=results.mode,
            total=results.total,
            more=results.more,
            took_ms=round(took_ms, 1),
            hits=tuple(map(HitRead.of, results.hits)),
            facets={
                name: tuple(FacetRead(**dataclasses.asdict(each)) for each in values)
                for name, values in results.facets.items()
            },
            next_cursor=results.next_cursor,
            suggestion=results.suggestion,
            advice=tuple(note.wording(lang) for note in results.advice),
            reranked=results.reranked,
        )


def _iso(day: int) -> str | None:
    text = str(day)
    return f"{text[:4]}-{text[4:6]}-{text[6:]}" if len(text) == _DAY_DIGITS else None
