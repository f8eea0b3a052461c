"""The border to the index: what is put in, what can be asked, and what comes back.

The index is derived: everything in it can be made again from the library. Its keys are the library's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from patent2tech.search.query import Filters

Vector = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Facts:
    """What filters can ask of a document; days as numbers such as 20150331, 0 where they are not known.

    `expires` is the last day of protection by estimate. `cpc` are symbols without blanks.
    """

    office: str
    kind: str
    language: str
    filed: int = 0
    published: int = 0
    granted: bool = False
    expires: int = 0
    cpc: tuple[str, ...] = ()
    applicants: tuple[str, ...] = ()
    inventors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """One citable text with its locator as it is printed (`claim 1`, `[0023]`)."""

    locator: str
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """One patent as it is indexed; `passages` are its claims and paragraphs in order.

    `digest` is another one when the content is. `serial` finds it by its number.
    """

    key: str
    digest: str
    number: str
    serial: str
    title: str
    abstract: str
    facts: Facts
    passages: tuple[Passage, ...] = ()

    def front(self) -> str:
        """Title and abstract, which say what the patent is about; without an abstract the first passage does."""
        rest = self.abstract or (self.passages[0].text if self.passages else "")
        return f"{self.title}. {rest}" if self.title else rest


@dataclass(frozen=True, slots=True)
class Card:
    """What is shown of a document."""

    key: str
    number: str
    title: str
    abstract: str
    facts: Facts


@dataclass(frozen=True, slots=True)
class Words:
    """Words to look for by BM25, each group with its weight; `without` must not occur.

    More of the words is better, unless `all_of_them` must occur.
    """

    groups: tuple[tuple[str, float], ...]
    without: tuple[str, ...] = ()
    all_of_them: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to look: what the documents must be, on a day, and if given only those of these keys."""

    filters: Filters = field(default_factory=Filters)
    today: int = 0
    keys: frozenset[str] | None = None


class Found(NamedTuple):
    """A document, or one passage of it, with its score; `own` when it has text in the question's Korean or such."""

    key: str
    score: float
    locator: str = ""
    text: str = ""
    own: bool = False


class Snapshot(Protocol):
    """The index as it was at one moment; later changes do not show. May be used by several threads."""

    @property
    def moment(self) -> str:
        """The name of the moment, by which it can be opened again for some days."""
        ...

    def by_words(self, words: Words, scope: Scope, limit: int) -> list[Found]:
        """Documents by BM25 over title, abstract and claims, the best first."""
        ...

    def best_passages(self, words: Words, scope: Scope, limit: int) -> Mapping[str, float]:
        """The BM25 score of the best claim or paragraph of each document, among the best so many of them."""
        ...

    def passages_by_words(self, words: Words, scope: Scope, limit: int, *, claims_only: bool = False) -> list[Found]:
        """Claims and paragraphs by BM25, the best first."""
        ...

    def by_vector(self, vector: Vector, scope: Scope, limit: int) -> list[Found]:
        """Documents by the cosine of their nearest vector, the best first; exact where a filter leaves few."""
        ...

    def nearness(self, vector: Vector, keys: Collection[str]) -> Mapping[str, float]:
        """The cosines of the nearest vectors of those of these documents that have any."""
        ...

    def second_vectors(self, keys: Collection[str]) -> Mapping[str, Vector]:
        """The vectors of the second model of those of these documents that have one yet."""
        ...

    def by_number(self, serial: str) -> list[Card]:
        """The documents of one office and serial, the latest published first."""
        ...

    def newest(self, scope: Scope, limit: int) -> list[Found]:
        """Documents that pass the filters, the latest published first, for questions without words."""
        ...

    def cards(self, keys: Collection[str]) -> Mapping[str, Card]:
        """What is shown of these documents."""
        ...

    def passages(self, keys: Collection[str]) -> list[Found]:
        """The first passage of each of these documents."""
        ...

    def holding(self, text: str, scope: Scope, *, claims_only: bool = False) -> frozenset[str]:
        """Documents that hold a text word by word, or (`claims_only`) all its words in one claim."""
        ...

    def similar_words(self, word: str, limit: int) -> list[str]:
        """Texts that may hold a word spelled nearly like this one."""
        ...


class SearchIndex(Protocol):
    """Keeps documents so that they can be found.

    Only one process writes at a time; the callers see to that. A write is whole or not there; repeating one changes
    nothing. Readers need not wait for a writer.
    """

    def put(self, documents: Sequence[Document]) -> None:
        """Add documents, or replace those of the same keys; they can be found by their words at once."""
        ...

    def put_vectors(self, vectors: Iterable[tuple[Document, Sequence[Vector]]]) -> None:
        """Give documents their vectors, in place of former ones."""
        ...

    def put_second_vectors(self, vectors: Iterable[tuple[Document, Vector]]) -> None:
        """Give documents their vector by the second model, in place of a former one."""
        ...

    def remove(self, keys: Collection[str]) -> None:
        """Take documents out."""
        ...

    def tidy(self) -> None:
        """Bring what was added into the indexes, and join small pieces."""
        ...

    def untidy(self) -> bool:
        """Whether so much was added since that `tidy` is worth its time."""
        ...

    def digests(self) -> Mapping[str, str]:
        """Every document that is there with all its passages, by its key."""
        ...

    def loose(self) -> Collection[str]:
        """The keys of documents that have passages."""
        ...

    def embedded(self) -> Mapping[str, str]:
        """Every document that has vectors by its key, with the digest of what they were made from."""
        ...

    def read_twice(self) -> Mapping[str, str]:
        """Every document that has a vector of the second model by its key, with the digest of what it was made from."""
        ...

    def snapshot(self, moment: str | None = None) -> Snapshot:
        """The index as it is now, or as it was at a moment.

        Raises:
            BadInput: when that moment is too long ago.
        """
        ...
