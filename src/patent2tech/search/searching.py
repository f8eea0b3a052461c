"""The journey from a question to its hits: words and meaning, fused, filtered, each hit with its proof."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final

from patent2tech.errors import BadInput, NotFound
from patent2tech.search.cursors import Cursor, question_of
from patent2tech.search.documents import as_number
from patent2tech.search.facets import count_facets
from patent2tech.search.fusion import CANDIDATES, RERANKED, Ranked, fuse, rerank
from patent2tech.search.index import Scope, Words
from patent2tech.search.query import Filters, Mode, Query
from patent2tech.search.quoting import Sought, best_quotes, rarity
from patent2tech.search.refusing import PageRefused, QueryRefused, refusal
from patent2tech.search.results import FacetValue, Hit, Results
from patent2tech.search.scripts import has_cjk
from patent2tech.search.suggesting import suggest
from patent2tech.text.notes import Note

if TYPE_CHECKING:
    import datetime as dt

    from patent2tech.patents import PublicationNumber
    from patent2tech.search.embedding import Embedder
    from patent2tech.search.index import Card, SearchIndex, Snapshot
    from patent2tech.search.translation import Translator

MAX_PAGE: Final = 100
_PASSAGE_SHARE: Final = 0.5
"""What the best paragraph or claim of a document adds to the score of its title, abstract and claims together."""

_QUOTED_PASSAGES: Final = 12
_FEW: Final = 3
_SHORT_QUERY: Final = 8
"""Words; each that no shown text has is asked for by itself, 1 ms of the engine."""

_VECTORS_KEPT: Final = 64
_LONG_QUESTION, _LONG_QUESTION_LETTERS = 60, 600
"""Words, and characters where words are not divided."""

_LONGEST_LIKENESS: Final = 4_000
"""Characters of title and abstract."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked of a search besides the question."""

    mode: Mode = Mode.HYBRID
    limit: int = 10
    cursor: str | None = None
    facets: bool = False


class Search:
    """Answers questions from one index; may be used by several threads."""

    def __init__(
        self,
        index: Callable[[], SearchIndex],
        embedder: Embedder,
        translator: Translator,
        today: Callable[[], dt.date],
        second: Embedder | None = None,
    ) -> None:
        self._index = index
        self._embedder = embedder
        # The next page asks the same question.
        self._vector = lru_cache(_VECTORS_KEPT)(embedder.query)
        self._second_vector = lru_cache(_VECTORS_KEPT)(second.query) if second else None
        self._translator = translator
        self._today = today

    @property
    def model(self) -> str:
        """The embedding model's id."""
        return self._embedder.name

    def search(self, query: Query, ask: Ask = Ask(), typed: str = "") -> Results:
        """One page of hits; `typed` is the question in the reader's words.

        Raises:
            QueryRefused: when nothing is asked.
            BadInput: when the limit cannot be.
            PageRefused: when the cursor cannot be.
        """
        if not 1 <= ask.limit <= MAX_PAGE:
            raise BadInput(f"a page has from 1 to {MAX_PAGE} hits, not {ask.limit}")
        if not query:
            raise QueryRefused(refusal("empty"), 1)
        if query.without and not (query.text or query.claims or query.filters):
            raise QueryRefused(refusal("only_without"), 1)
        cursor = Cursor.parse(ask.cursor) if ask.cursor else None
        question = question_of(query, ask.mode)
        if cursor and cursor.question != question:
            raise PageRefused("other_cursor")
        snapshot = self._index().snapshot(cursor.moment if cursor else None)
        if query.number is not None and (cards := snapshot.by_number(f"{query.number.country}{query.number.serial}")):
            wanted = [card for card in cards if not query.number.kind or card.facts.kind == query.number.kind] or cards
            return self._numbered(wanted, query, ask, typed)
        ranked = self._ranked(snapshot, query, ask.mode)
        offset = cursor.offset if cursor else 0
        page = ranked[offset : offset + ask.limit]
        rest = len(ranked) > offset + ask.limit
        hits, seen = self._hits(snapshot, query, page, offset)
        return Results(
            query=typed or query.text,
            mode=ask.mode,
            total=len(ranked),
            more=len(ranked) >= CANDIDATES,
            hits=hits,
            facets=self._facets(snapshot, ranked) if ask.facets else {},
            next_cursor=str(Cursor(snapshot.moment, offset + ask.limit, question)) if rest else None,
            suggestion=self._suggestion(snapshot, query, ask, ranked, seen),
            advice=_advice(query, ranked, ask.mode),
            reranked=sum(each.second is not None for each in ranked[:RERANKED]),
        )

    def ranking(self, query: Query, mode: Mode, limit: int) -> list[Ranked]:
        """The ranked documents alone, for evaluation."""
        return self._ranked(self._index().snapshot(), query, mode)[:limit]

    def like(self, number: PublicationNumber, ask: Ask = Ask(), filters: Filters | None = None) -> Results:
        """Documents like one that is indexed, itself and its other publications left out.

        Raises:
            NotFound: when the index has none of this number.
        """
        cards = self._index().snapshot().by_number(f"{number.country}{number.serial}")
        if not cards:
            raise NotFound(f"the search index has no {number}: import it with `patent2tech import FILE`")
        text = f"{cards[0].title}. {cards[0].abstract}"
        query = Query(
            text=text[:_LONGEST_LIKENESS],
            filters=filters or Filters(),
            apart_from=frozenset(card.key for card in cards),
        )
        return self.search(query, ask, typed=str(number))

    def _ranked(self, snapshot: Snapshot, query: Query, mode: Mode) -> list[Ranked]:
        scope = self._scope(snapshot, query)
        if not query.text:
            newest = snapshot.newest(scope, CANDIDATES)
            return [Ranked(found.key, found.score) for found in newest if found.key not in query.apart_from]
        words = Words(self._translator.groups(query.text), query.without)
        by_words, own = ({}, frozenset()) if mode is Mode.SEMANTIC else self._by_words(snapshot, words, scope)
        by_meaning: Mapping[str, float] = {}
        if mode is not Mode.KEYWORD:
            by_meaning = self._by_meaning(snapshot, query, scope)
        if by_words and by_meaning:
            by_meaning = {**by_meaning, **self._nearness(snapshot, query, by_words, by_meaning)}
        fused = fuse(by_words, by_meaning, own if has_cjk(query.text) else ())
        ranked = [each for each in fused if each.key not in query.apart_from]
        return self._reranked(snapshot, query, ranked) if by_words and by_meaning else ranked

    def _reranked(self, snapshot: Snapshot, query: Query, ranked: list[Ranked]) -> list[Ranked]:
        """The first of them in the order of the second model too, as far as it has read them."""
        if self._second_vector is None or not reads_again(query.text):
            return ranked
        read = snapshot.second_vectors([each.key for each in ranked[:RERANKED]])
        if not read:
            return ranked
        vector = self._second_vector(query.text)
        return rerank(ranked, {key: float(each @ vector) for key, each in read.items()})

    def _scope(self, snapshot: Snapshot, query: Query) -> Scope:
        scope = Scope(query.filters, as_number(self._today()))
        for text, claims_only in (*((each, False) for each in query.phrases), *((each, True) for each in query.claims)):
            scope = replace(scope, keys=snapshot.holding(text, scope, claims_only=claims_only))
        return scope

    def _by_words(self, snapshot: Snapshot, words: Words, scope: Scope) -> tuple[dict[str, float], frozenset[str]]:
        every = snapshot.by_words(words, scope, CANDIDATES)
        scores = {found.key: found.score for found in every}
        own = frozenset(found.key for found in every if found.own)
        best = snapshot.best_passages(words, scope, CANDIDATES)
        for key, score in best.items():
            scores[key] = scores.get(key, 0.0) + _PASSAGE_SHARE * score
        if best:
            scores = dict(sorted(scores.items(), key=lambda each: (-each[1], each[0])))
        return scores, own

    def _by_meaning(self, snapshot: Snapshot, query: Query, scope: Scope) -> dict[str, float]:
        vector = self._vector(query.text)
        scores = {found.key: found.score for found in snapshot.by_vector(vector, scope, CANDIDATES)}
        for text in query.without:
            among = replace(scope, keys=frozenset(scores))
            every = Words(((text, 1.0),), all_of_them=True)
            for found in snapshot.by_words(every, among, len(scores)):
                scores.pop(found.key, None)
        return scores

    def _nearness(
        self, snapshot: Snapshot, query: Query, by_words: Mapping[str, float], by_meaning: Mapping[str, float]
    ) -> dict[str, float]:
        """How near the meaning of those is that only their words found."""
        missing = [key for key in islice(by_words, CANDIDATES) if key not in by_meaning]
        nearness = snapshot.nearness(self._vector(query.text), missing) if missing else {}
        return dict(sorted(nearness.items(), key=lambda each: (-each[1], each[0])))

    def _hits(
        self, snapshot: Snapshot, query: Query, page: list[Ranked], offset: int
    ) -> tuple[tuple[Hit, ...], Collection[str]]:
        """The hits of a page, and the stems of the sought words that their texts have."""
        if not page:
            return (), ()
        cards = snapshot.cards([ranked.key for ranked in page])
        groups = self._translator.groups(query.text)
        sought = Sought([*(text for text, _ in groups), *query.claims])
        passages = self._passages(snapshot, [ranked.key for ranked in page], Words(groups), query)
        candidates = {card.key: _citable(card, passages.get(card.key, [])) for card in cards.values()}
        weights = rarity((text for some in candidates.values() for _, text in some), sought)
        hits = []
        for place, ranked in enumerate(page, offset + 1):
            if (card := cards.get(ranked.key)) is None:
                continue
            quotes = best_quotes(candidates[card.key], sought, weights)
            terms = tuple(dict.fromkeys(term for quote in quotes for term in quote.terms))
            hits.append(Hit(place, card, ranked, terms, quotes))
        return tuple(hits), weights.keys()

    def _passages(
        self, snapshot: Snapshot, keys: list[str], words: Words, query: Query
    ) -> dict[str, list[tuple[str, str]]]:
        scope = Scope(keys=frozenset(keys))
        if query.claims:
            words = replace(words, groups=(*words.groups, *((text, 1.0) for text in query.claims)))
        found: dict[str, list[tuple[str, str]]] = {}
        if words.groups:
            for each in snapshot.passages_by_words(words, scope, _QUOTED_PASSAGES * len(keys)):
                found.setdefault(each.key, []).append((each.locator, each.text))
        if bare := [key for key in keys if key not in found]:
            for each in snapshot.passages(bare):
                found[each.key] = [(each.locator, each.text)]
        return found

    def _numbered(self, cards: list[Card], query: Query, ask: Ask, typed: str) -> Results:
        hits = tuple(
            Hit(rank, card, Ranked(card.key, 1.0), (), best_quotes(_citable(card, []), Sought(()), {}))
            for rank, card in enumerate(cards[: ask.limit], 1)
        )
        return Results(typed or str(query.number), ask.mode, len(hits), more=False, hits=hits)

    def _facets(self, snapshot: Snapshot, ranked: list[Ranked]) -> dict[str, tuple[FacetValue, ...]]:
        cards = snapshot.cards([each.key for each in ranked])
        return count_facets(cards.values(), as_number(self._today()))

    def _suggestion(
        self, snapshot: Snapshot, query: Query, ask: Ask, ranked: list[Ranked], seen: Collection[str]
    ) -> str | None:
        """The query spelled as documents spell it: where few match, or where a short query has a word that none has."""
        if not query.text or ask.mode is Mode.SEMANTIC or ask.cursor:
            return None
        matched = sum(each.words is not None for each in ranked)
        if matched >= _FEW and len(query.text.split()) > _SHORT_QUERY:
            return None
        return suggest(query.text, snapshot, seen)


def reads_again(question: str) -> bool:
    """Whether the second model takes part: by a text as long as an abstract it finds no more."""
    return len(question) <= _LONG_QUESTION_LETTERS and len(question.split()) <= _LONG_QUESTION


def _citable(card: Card, passages: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """What can be quoted; the title is shown anyway and proves little."""
    every = [("abstract", card.abstract), *passages]
    found = [(locator, text) for locator, text in every if text.strip()]
    return found if len(found) > 1 or not card.title else [*found, ("title", card.title)]


def _advice(query: Query, ranked: list[Ranked], mode: Mode) -> tuple[Note, ...]:
    if ranked:
        by_meaning_alone = mode is Mode.HYBRID and query.text and all(each.words is None for each in ranked)
        return (Note.of("search.advice.meaning_alone"),) if by_meaning_alone else ()
    notes = []
    if query.filters != Filters():
        notes.append(Note.of("search.advice.filters"))
    if query.phrases:
        notes.append(Note.of("search.advice.phrases"))
    if query.without:
        notes.append(Note.of("search.advice.without"))
    if query.claims:
        notes.append(Note.of("search.advice.claims"))
    return tuple(notes) or (Note.of("search.advice.other_words"),)
