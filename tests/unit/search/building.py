"""What the tests of search are made of: the real embedder once, an index in a folder, and documents in a line."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING

from patent2tech.library.changes import Changes
from patent2tech.search import Search
from patent2tech.search.embedding import Embedder, choose_embedder
from patent2tech.search.embedding.cache import EmbeddingCache
from patent2tech.search.index import Document, Facts, Passage
from patent2tech.search.indexing import Indexer
from patent2tech.search.lance import IndexPlace, LanceIndex, open_index
from patent2tech.search.translation import Translator

if TYPE_CHECKING:
    from pathlib import Path

    from patent2tech.store import Database

TODAY = dt.date(2026, 11, 26)


@cache
def embedder() -> Embedder:
    return choose_embedder("use-multilingual-v3")


def a_document(key: str, title: str, abstract: str = "", *claims: str, digest: str = "1", **facts: object) -> Document:
    known = {"office": "US", "kind": "B2", "language": "en", **facts}
    passages = tuple(Passage(f"claim {number}", text) for number, text in enumerate(claims, 1))
    return Document(key, digest, f"US{key}B2", f"US{key}", title, abstract, Facts(**known), passages)  # type: ignore[arg-type]


def an_index(folder: Path, *documents: Document) -> LanceIndex:
    index = open_index(str(folder), embedder().name, embedder().dimension)
    put(index, *documents)
    index.tidy()
    return index


def put(index: LanceIndex, *documents: Document) -> None:
    index.put(documents)
    fronts = embedder().passages([document.front() or document.number for document in documents]) if documents else []
    index.put_vectors((document, [vector]) for document, vector in zip(documents, fronts, strict=True))


def a_search(index: LanceIndex) -> Search:
    return Search(lambda: index, embedder(), Translator(), lambda: TODAY)


def an_indexer(database: Database, folder: Path) -> Indexer:
    place = IndexPlace(str(folder), embedder)
    return Indexer(Changes(database), place, EmbeddingCache(database, embedder()), lambda _: None)
