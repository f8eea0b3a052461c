"""The columns of the tables: what is asked of a patent stands beside its words, its passages and its vectors.

Text goes by its script into `en` (stemmed words) or `cjk` (n-grams of two and three, which found Korean patents better
than a morphological analyser at a fiftieth of the cost). The columns that filters ask repeat in all of these, so
that every table is asked once; a list of names is one text with bars between, since a filter looks inside.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from patent2tech.search.index import Card, Document, Facts, Vector
from patent2tech.search.scripts import mostly_cjk

if TYPE_CHECKING:
    from lancedb.index import FTS

LAYOUT: Final = 2
"""Another layout is another index: `index rebuild` makes it."""

PATENTS, PASSAGES, VECTORS, SECOND = "patents", "passages", "vectors", "second"
TABLES: Final = (PATENTS, PASSAGES, VECTORS, SECOND)
CLAIM: Final = "claim "
"""How the locators of claims begin."""

_FACTS: Final = (
    ("office", pa.string()),
    ("kind", pa.string()),
    ("language", pa.string()),
    ("filed", pa.int32()),
    ("published", pa.int32()),
    ("granted", pa.bool_()),
    ("expires", pa.int32()),
    ("cpc", pa.string()),
    ("applicants", pa.string()),
    ("inventors", pa.string()),
    ("title", pa.string()),
)
_KEY: Final = (("key", pa.string()), ("digest", pa.string()))
_NAMES: Final = " | "


@cache
def schemas(dimension: int) -> dict[str, pa.Schema]:
    """The schema of every table."""
    text = (("en", pa.string()), ("cjk", pa.string()))
    return {
        PATENTS: pa.schema(
            [
                *_KEY,
                ("serial", pa.string()),
                ("card", pa.string()),
                ("pieces", pa.int32()),
                *_FACTS,
                *text,
            ]
        ),
        PASSAGES: pa.schema([*_KEY, ("position", pa.int32()), ("locator", pa.string()), *_FACTS, *text]),
        VECTORS: pa.schema([*_KEY, ("vector", pa.list_(pa.float16(), dimension)), *_FACTS]),
        # Asked by keys alone, and the number of numbers is the model's affair.
        SECOND: pa.schema([*_KEY, ("vector", pa.list_(pa.float16()))]),
    }


def indexes(table: str) -> dict[str, Any]:
    """The indexes of a table by their column; that of the vectors comes when they are many."""
    from lancedb.index import Bitmap, BTree

    if table == SECOND:
        return {"key": BTree()}
    scalar = {"key": BTree(), "office": Bitmap(), "filed": BTree(), "published": BTree()}
    if table == VECTORS:
        return scalar
    words = {"en": english(), "cjk": n_grams()}
    return {**scalar, **words, **({"serial": BTree()} if table == PATENTS else {})}


def english() -> FTS:
    """Stemmed words without the most frequent ones."""
    from lancedb.index import FTS

    return FTS()


def n_grams() -> FTS:
    """All pairs and triples of letters that follow each other."""
    from lancedb.index import FTS

    return FTS(base_tokenizer="ngram", ngram_min_length=2, ngram_max_length=3, stem=False, remove_stop_words=False)


def patent_rows(documents: Sequence[Document], dimension: int) -> pa.Table:
    """Rows of `patents`."""
    rows = []
    for each in documents:
        claims = (passage.text for passage in each.passages if passage.locator.startswith(CLAIM))
        rows.append(
            {
                **_identity(each),
                "serial": each.serial,
                "card": json.dumps([each.number, each.title, each.abstract, asdict(each.facts)], ensure_ascii=False),
                "pieces": len(each.passages),
                **facts_columns(each.facts, each.title),
                **_by_script((each.title, each.abstract, *claims)),
            }
        )
    return pa.Table.from_pylist(rows, schemas(dimension)[PATENTS])


def passage_rows(documents: Iterable[Document], dimension: int) -> pa.Table:
    """Rows of `passages`; what those of one document share is made once, and repeated by Arrow."""
    shared: list[dict[str, object]] = []
    whose: list[int] = []
    own: dict[str, list[object]] = {name: [] for name in ("position", "locator", "en", "cjk")}
    for each in documents:
        whose += [len(shared)] * len(each.passages)
        shared.append({**_identity(each), **facts_columns(each.facts, each.title)})
        for position, passage in enumerate(each.passages):
            cjk = mostly_cjk(passage.text)
            own["position"].append(position)
            own["locator"].append(passage.locator)
            own["en"].append(None if cjk else passage.text)
            own["cjk"].append(passage.text if cjk else None)
    schema = schemas(dimension)[PASSAGES]
    repeated = pa.Table.from_pylist(shared, pa.schema([*_KEY, *_FACTS])).take(pa.array(whose, pa.int32()))
    columns = [
        repeated[field.name] if field.name not in own else pa.array(own[field.name], field.type) for field in schema
    ]
    return pa.Table.from_arrays(columns, schema=schema)


def vector_rows(items: Iterable[tuple[Document, Sequence[Vector]]], dimension: int) -> pa.Table:
    """Rows of `vectors`."""
    import numpy as np

    rows = []
    for each, vectors in items:
        common = {**_identity(each), **facts_columns(each.facts, each.title)}
        rows += [{**common, "vector": vector.astype(np.float16)} for vector in vectors]
    return pa.Table.from_pylist(rows, schemas(dimension)[VECTORS])


def second_rows(items: Iterable[tuple[Document, Vector]]) -> pa.Table:
    """Rows of `second`."""
    import numpy as np

    rows = [{**_identity(each), "vector": vector.astype(np.float16)} for each, vector in items]
    return pa.Table.from_pylist(rows, schemas(1)[SECOND])


def facts_columns(facts: Facts, title: str) -> dict[str, object]:
    """The columns that filters ask; names in small letters, symbols with a blank before each."""
    return {
        "office": facts.office,
        "kind": facts.kind,
        "language": facts.language,
        "filed": facts.filed,
        "published": facts.published,
        "granted": facts.granted,
        "expires": facts.expires,
        "cpc": "".join(f" {symbol}" for symbol in facts.cpc),
        "applicants": _NAMES.join(facts.applicants),
        "inventors": _NAMES.join(facts.inventors),
        "title": title,
    }


CARD: Final = ("key", "card")
"""The columns of a card, which is one text: each column is a read of its own for every row."""


def cards(keys: Iterable[str], texts: Iterable[str]) -> Iterator[Card]:
    """What is shown of documents, by their keys and the column `card`."""
    for key, card in zip(keys, texts, strict=True):
        number, title, abstract, facts = json.loads(card)
        lists = {name: tuple(facts[name]) for name in ("cpc", "applicants", "inventors")}
        yield Card(key, number, title, abstract, Facts(**{**facts, **lists}))


def _identity(document: Document) -> dict[str, object]:
    return {"key": document.key, "digest": document.digest}


def _by_script(texts: Iterable[str]) -> dict[str, str]:
    columns: dict[str, list[str]] = {}
    for text in texts:
        if text.strip():
            columns.setdefault("cjk" if mostly_cjk(text) else "en", []).append(text)
    return {name: "\n".join(some) for name, some in columns.items()}
