"""The reading side: one moment of the index, asked by words, by vectors and by keys."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from patent2tech.search.index import Card, Found, Words
from patent2tech.search.lance import schema
from patent2tech.search.lance.asking import answer, answers, asynchronous, columns_asked, full_text, match, now
from patent2tech.search.lance.rows import Rows
from patent2tech.search.lance.schema import PASSAGES, PATENTS, SECOND, VECTORS
from patent2tech.search.lance.where import keyed, quoted, where

if TYPE_CHECKING:
    import pyarrow as pa
    from lancedb.table import Table

    from patent2tech.search.index import Scope, Vector

VECTOR_INDEX: Final = "vector_idx"
_EXACT_ROWS: Final = 100_000
"""Up to so many rows that pass a filter, all are compared: an index loses much behind a selective filter."""

_EF: Final = 96
_WRONG_LETTERS: Final = 2
_ENDING: Final = re.compile(r"(?<=\w{4})(?:ations?|ions?|ments?|ings?|ers?|ed|es|s|ity|al|ly|e|y)$")
_NO_MATCH: Final = 0.0
_LOOKED_UP: Final = 6
"""So often keys are looked up in the engine's own index before they are kept in memory: while documents arrive every
question may meet another version, which is not worth reading all keys (0.1 s of CPU at 200,000)."""

_MOST_ROWS: Final = 500_000
"""20 MB of keys; a larger table is asked by its own index."""

_VERIFIED: Final = 2_000
"""So many of the best matches are read for a phrase."""


class LanceSnapshot:
    """The three tables at one version each."""

    def __init__(self, moment: str, tables: Mapping[str, Table]) -> None:
        self._moment = moment
        self._tables = {name: asynchronous(table) for name, table in tables.items()}
        self._schemas = {name: table.schema for name, table in tables.items()}
        self._sizes = {name: table.count_rows() for name, table in tables.items()}
        self._no_passages = not self._sizes[PASSAGES]
        self._lookups = dict.fromkeys(tables, 0)
        self._kept: dict[str, Rows] = {}
        self._texts: dict[tuple[str, str], bool] = {}
        self._indexed = any(config.name == VECTOR_INDEX for config in tables[VECTORS].list_indices())

    @property
    def moment(self) -> str:
        """Its name."""
        return self._moment

    def by_words(self, words: Words, scope: Scope, limit: int) -> list[Found]:
        """Documents by their words."""
        found: dict[str, Found] = {}
        each = self._asked_each(PATENTS, words, scope, limit)
        chosen = [self._chosen(PATENTS, asked, "_score", *(() if column else ("cjk",))) for column, asked in each]
        for (column, _), rows in zip(each, answers(chosen), strict=True):
            keys = self._keys(PATENTS, rows)
            own = [column == "cjk"] * len(keys) if column else rows["cjk"].is_valid().to_pylist()
            for key, score, is_own in zip(keys, *_columns(rows, "_score"), own, strict=True):
                before = found[key].score if key in found else 0.0
                found[key] = Found(key, before + score, own=is_own or (key in found and found[key].own))
        return sorted(found.values(), key=lambda each: -each.score)[:limit]

    def best_passages(self, words: Words, scope: Scope, limit: int) -> Mapping[str, float]:
        """The score of the best claim or paragraph of each document, by its words."""
        best: dict[str, float] = {}
        every = [asked.select(["key", "_score"]) for _, asked in self._asked_each(PASSAGES, words, scope, limit)]
        for rows in answers(every):
            for key, score in zip(*_columns(rows, "key", "_score"), strict=True):
                best[key] = max(score, best.get(key, _NO_MATCH))
        return best

    def passages_by_words(self, words: Words, scope: Scope, limit: int, *, claims_only: bool = False) -> list[Found]:
        """Claims and paragraphs by their words."""
        condition = where(scope)
        if claims_only:
            only = f"starts_with(locator, {quoted(schema.CLAIM)})"
            condition = f"{condition} AND {only}" if condition else only
        rows = self._matches(PASSAGES, words, condition, limit, ("key", "locator", "en", "cjk"))
        return [Found(row["key"], row["_score"], row["locator"], row["en"] or row["cjk"]) for row in _dicts(rows)]

    def by_vector(self, vector: Vector, scope: Scope, limit: int) -> list[Found]:
        """Documents by their nearest vector."""
        table, condition = self._tables[VECTORS], where(scope)
        asked = table.query().nearest_to(vector).column("vector").distance_type("l2")
        if self._indexed:
            asked = asked.ef(max(_EF, 2 * limit))
        if condition is not None:
            if self._indexed and now(table.count_rows(condition)) <= _EXACT_ROWS:
                asked = asked.bypass_vector_index()
            asked = asked.where(condition)
        rows = answer(self._chosen(VECTORS, asked.limit(limit), "_distance"))
        best: dict[str, float] = {}
        for key, distance in zip(self._keys(VECTORS, rows), *_columns(rows, "_distance"), strict=True):
            # Of vectors of length 1; for "cosine" an indexed search gives twice the distance that a plain one gives.
            best.setdefault(key, 1.0 - distance / 2)
        return [Found(key, score) for key, score in best.items()][:limit]

    def nearness(self, vector: Vector, keys: Collection[str]) -> Mapping[str, float]:
        """The cosines of the nearest vectors of these documents."""
        rows = answer(self._chosen(VECTORS, self._those(VECTORS, keys), "vector"))
        width = rows.schema.field("vector").type.list_size
        flat = rows["vector"].combine_chunks().flatten().to_numpy(zero_copy_only=False)
        best: dict[str, float] = {}
        scores = (flat.reshape(-1, width).astype(np.float32) @ vector).tolist()
        for key, score in zip(self._keys(VECTORS, rows), scores, strict=True):
            best[key] = max(score, best.get(key, score))
        return best

    def second_vectors(self, keys: Collection[str]) -> Mapping[str, Vector]:
        """The vectors of the second model of these documents."""
        if not keys or not self._sizes[SECOND]:
            return {}
        rows = answer(self._chosen(SECOND, self._those(SECOND, keys), "vector"))
        if not rows.num_rows:
            return {}
        flat = rows["vector"].combine_chunks().flatten().to_numpy(zero_copy_only=False)
        vectors = flat.reshape(rows.num_rows, -1).astype(np.float32)
        return dict(zip(self._keys(SECOND, rows), vectors, strict=True))

    def by_number(self, serial: str) -> list[Card]:
        """The documents of one serial, the latest first."""
        rows = self._rows(PATENTS, f"serial = {quoted(serial)}", schema.CARD)
        cards = schema.cards(*_columns(rows, *schema.CARD))
        return sorted(cards, key=lambda card: (card.facts.published, card.facts.kind), reverse=True)

    def newest(self, scope: Scope, limit: int) -> list[Found]:
        """Documents that pass the filters, the latest published first."""
        rows = self._rows(PATENTS, where(scope), ("key", "published"))
        # Small tables of numbers: 200,000 rows are sorted in 20 ms.
        latest = rows.sort_by([("published", "descending"), ("key", "ascending")]).slice(0, limit)
        return [Found(key, _NO_MATCH) for key in latest["key"].to_pylist()]

    def cards(self, keys: Collection[str]) -> Mapping[str, Card]:
        """What is shown of these documents."""
        rows = answer(self._chosen(PATENTS, self._those(PATENTS, keys), "card"))
        return {card.key: card for card in schema.cards(self._keys(PATENTS, rows), rows["card"].to_pylist())}

    def passages(self, keys: Collection[str]) -> list[Found]:
        """The first passage of each of these documents."""
        if self._no_passages:
            return []
        rows = self._rows(PASSAGES, f"{keyed(keys)} AND position = 0", ("key", "locator", "en", "cjk"))
        return [Found(row["key"], _NO_MATCH, row["locator"], row["en"] or row["cjk"]) for row in _dicts(rows)]

    def holding(self, text: str, scope: Scope, *, claims_only: bool = False) -> frozenset[str]:
        """Documents that hold a text word by word, or all its words in one claim; among the first that match best."""
        words = Words(((text, 1.0),), all_of_them=True)
        condition = where(scope)
        if claims_only:
            found = self.passages_by_words(words, scope, _VERIFIED, claims_only=True)
            return frozenset(each.key for each in found)
        wanted = _folded(text)
        kept: set[str] = set()
        for name in (PATENTS, PASSAGES):
            rows = self._matches(name, words, condition, _VERIFIED, ("key", "en", "cjk"))
            kept.update(
                row["key"] for row in _dicts(rows) if wanted in _folded(f"{row['en'] or ''}\n{row['cjk'] or ''}")
            )
        return frozenset(kept)

    def similar_words(self, word: str, limit: int) -> list[str]:
        """Texts with words spelled nearly like this one."""
        # The engine compares the word as it is with the stems that it keeps.
        near = match(f"{word} {_ENDING.sub('', word)}", "en", fuzziness=_WRONG_LETTERS, prefix_length=1)
        asked = self._tables[PATENTS].query().nearest_to_text(near).select(["en", "_score"])
        return [text for text in answer(asked.limit(limit))["en"].to_pylist() if text]

    def _matches(
        self,
        name: str,
        words: Words,
        condition: str | None,
        limit: int,
        columns: tuple[str, ...],
    ) -> pa.Table:
        asked = self._asked(name, words, condition, limit)
        if asked is None:
            return self._empty(name, (*columns, "_score"))
        return answer(asked.select([*columns, "_score"]))

    def _asked(self, name: str, words: Words, condition: str | None, limit: int, only: str | None = None) -> Any:
        """A question by words, `None` when it asks nothing of this table."""
        if (name == PASSAGES and self._no_passages) or (query := full_text(words, only)) is None:
            return None
        asked = self._tables[name].query().nearest_to_text(query).limit(limit)
        return asked if condition is None else asked.where(condition)

    def _asked_each(self, name: str, words: Words, scope: Scope, limit: int) -> list[tuple[str | None, Any]]:
        """The columns that are to be asked one by one, each with its question."""
        condition = where(scope)
        return [
            (column, asked)
            for column in columns_asked(words)
            if column is None or self._written(name, column)
            if (asked := self._asked(name, words, condition, limit, column)) is not None
        ]

    def _written(self, name: str, column: str) -> bool:
        """Whether any text is in this column: to ask one that is empty costs as much, 1 ms."""
        if (name, column) not in self._texts:
            some = self._tables[name].query().where(f"{column} IS NOT NULL").select(["key"]).limit(1)
            self._texts[name, column] = bool(self._sizes[name]) and answer(some).num_rows > 0
        return self._texts[name, column]

    def _chosen(self, name: str, asked: Any, *columns: str) -> Any:
        """A question for these columns, and for what tells the keys of its rows."""
        if self._in_memory(name) is None:
            return asked.select(["key", *columns])
        return asked.select(list(columns)).with_row_id()

    def _keys(self, name: str, rows: pa.Table) -> list[str]:
        """The key of each row that was asked for so."""
        if "key" in rows.column_names:
            keys: list[str] = rows["key"].to_pylist()
            return keys
        return self._kept[name].keys(rows["_rowid"].to_numpy())

    def _those(self, name: str, keys: Collection[str]) -> Any:
        """A question for all rows of these keys."""
        rows, table = self._in_memory(name), self._tables[name]
        if rows is None or not (found := rows.rows(keys)):
            return table.query().where(keyed(keys))
        return table.take_row_ids(found)

    def _in_memory(self, name: str) -> Rows | None:
        """The keys of a table, once they were looked up some times."""
        if name not in self._kept and self._sizes[name] <= _MOST_ROWS:
            self._lookups[name] += 1
            if self._lookups[name] > _LOOKED_UP:
                found = answer(self._tables[name].query().select(["key"]).with_row_id())
                self._kept[name] = Rows(found["key"].to_pylist(), found["_rowid"].to_numpy())
        return self._kept.get(name)

    def _rows(self, name: str, condition: str | None, columns: Collection[str]) -> pa.Table:
        asked = self._tables[name].query()
        if condition is not None:
            asked = asked.where(condition)
        return answer(asked.select(list(columns)))

    def _empty(self, name: str, columns: tuple[str, ...]) -> pa.Table:
        import pyarrow as pa

        known = self._schemas[name]
        fields = [pa.field("_score", pa.float32()) if each == "_score" else known.field(each) for each in columns]
        return pa.schema(fields).empty_table()


def _columns(rows: pa.Table, *names: str) -> tuple[list[Any], ...]:
    return tuple(rows[name].to_pylist() for name in names)


def _dicts(rows: pa.Table) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = rows.to_pylist()
    return found


def _folded(text: str) -> str:
    return " ".join(text.lower().split())
