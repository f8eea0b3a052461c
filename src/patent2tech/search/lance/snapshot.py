"""The reading side: one moment of the index, asked by words, by vectors and by keys."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from patent2tech.errors import OutsideFailure
from patent2tech.search.index import Card, Found, Words
from patent2tech.search.lance import schema
from patent2tech.search.lance.rows import Rows
from patent2tech.search.lance.schema import PASSAGES, PATENTS, SECOND, VECTORS
from patent2tech.search.lance.where import keyed, quoted, where
from patent2tech.search.scripts import has_cjk, without_cjk

if TYPE_CHECKING:
    import pyarrow as pa
    from lancedb.query import FullTextQuery
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
        # The tables of the engine's own loop: one turn of it for a question, where the others take five, 1 ms each.
        self._tables = {name: _asynchronous(table) for name, table in tables.items()}
        self._schemas = {name: table.schema for name, table in tables.items()}
        self._sizes = {name: table.count_rows() for name, table in tables.items()}
        self._no_passages = not self._sizes[PASSAGES]
        self._lookups = dict.fromkeys(tables, 0)
        self._kept: dict[str, Rows] = {}
        self._indexed = any(config.name == VECTOR_INDEX for config in tables[VECTORS].list_indices())

    @property
    def moment(self) -> str:
        """Its name."""
        return self._moment

    def by_words(self, words: Words, scope: Scope, limit: int) -> list[Found]:
        """Documents by their words."""
        found: dict[str, Found] = {}
        for column in _columns_asked(words):
            if (asked := self._asked(PATENTS, words, where(scope), limit, column)) is None:
                continue
            keys, rows = self._with_keys(PATENTS, asked, "_score", *(() if column else ("cjk",)))
            own = [column == "cjk"] * len(keys) if column else rows["cjk"].is_valid().to_pylist()
            for key, score, is_own in zip(keys, *_columns(rows, "_score"), own, strict=True):
                before = found[key].score if key in found else 0.0
                found[key] = Found(key, before + score, own=is_own or (key in found and found[key].own))
        return sorted(found.values(), key=lambda each: -each.score)[:limit]

    def best_passages(self, words: Words, scope: Scope, limit: int) -> Mapping[str, float]:
        """The score of the best claim or paragraph of each document, by its words."""
        best: dict[str, float] = {}
        for column in _columns_asked(words):
            if (asked := self._asked(PASSAGES, words, where(scope), limit, column)) is None:
                continue
            rows = _now(asked.select(["key", "_score"]).to_arrow())
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
            if self._indexed and _now(table.count_rows(condition)) <= _EXACT_ROWS:
                asked = asked.bypass_vector_index()
            asked = asked.where(condition)
        keys, rows = self._with_keys(VECTORS, asked.limit(limit), "_distance")
        best: dict[str, float] = {}
        for key, distance in zip(keys, *_columns(rows, "_distance"), strict=True):
            # Of vectors of length 1; for "cosine" an indexed search gives twice the distance that a plain one gives.
            best.setdefault(key, 1.0 - distance / 2)
        return [Found(key, score) for key, score in best.items()][:limit]

    def nearness(self, vector: Vector, keys: Collection[str]) -> Mapping[str, float]:
        """The cosines of the nearest vectors of these documents."""
        names, rows = self._with_keys(VECTORS, self._those(VECTORS, keys), "vector")
        width = rows.schema.field("vector").type.list_size
        flat = rows["vector"].combine_chunks().flatten().to_numpy(zero_copy_only=False)
        best: dict[str, float] = {}
        for key, score in zip(names, (flat.reshape(-1, width).astype(np.float32) @ vector).tolist(), strict=True):
            best[key] = max(score, best.get(key, score))
        return best

    def second_vectors(self, keys: Collection[str]) -> Mapping[str, Vector]:
        """The vectors of the second model of these documents."""
        if not keys or not self._sizes[SECOND]:
            return {}
        names, rows = self._with_keys(SECOND, self._those(SECOND, keys), "vector")
        flat = rows["vector"].combine_chunks().flatten().to_numpy(zero_copy_only=False)
        return dict(zip(names, flat.reshape(len(names), -1).astype(np.float32), strict=True)) if names else {}

    def by_number(self, serial: str) -> list[Card]:
        """The documents of one serial, the latest first."""
        rows = self._rows(PATENTS, f"serial = {quoted(serial)}", schema.CARD)
        return sorted(schema.cards(rows), key=lambda card: (card.facts.published, card.facts.kind), reverse=True)

    def newest(self, scope: Scope, limit: int) -> list[Found]:
        """Documents that pass the filters, the latest published first."""
        rows = self._rows(PATENTS, where(scope), ("key", "published"))
        # Small tables of numbers: 200,000 rows are sorted in 20 ms.
        latest = rows.sort_by([("published", "descending"), ("key", "ascending")]).slice(0, limit)
        return [Found(key, _NO_MATCH) for key in latest["key"].to_pylist()]

    def cards(self, keys: Collection[str]) -> Mapping[str, Card]:
        """What is shown of these documents."""
        rows = _now(self._those(PATENTS, keys).select(list(schema.CARD)).to_arrow())
        return {card.key: card for card in schema.cards(rows)}

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
        near = _match(f"{word} {_ENDING.sub('', word)}", "en", fuzziness=_WRONG_LETTERS, prefix_length=1)
        asked = self._tables[PATENTS].query().nearest_to_text(near).select(["en", "_score"])
        return [text for text in _now(asked.limit(limit).to_arrow())["en"].to_pylist() if text]

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
        return _now(asked.select([*columns, "_score"]).to_arrow())

    def _asked(self, name: str, words: Words, condition: str | None, limit: int, only: str | None = None) -> Any:
        """A question by words, `None` when it asks nothing of this table."""
        query = _full_text(words, only)
        if query is None or (name == PASSAGES and self._no_passages):
            return None
        asked = self._tables[name].query().nearest_to_text(query).limit(limit)
        return asked if condition is None else asked.where(condition)

    def _with_keys(self, name: str, asked: Any, *columns: str) -> tuple[list[str], pa.Table]:
        """The rows of a question, and the key of each."""
        rows = self._in_memory(name)
        if rows is None:
            found = _now(asked.select(["key", *columns]).to_arrow())
            return found["key"].to_pylist(), found
        found = _now(asked.select(list(columns)).with_row_id().to_arrow())
        return rows.keys(found["_rowid"].to_numpy()), found

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
                found = _now(self._tables[name].query().select(["key"]).with_row_id().to_arrow())
                self._kept[name] = Rows(found["key"].to_pylist(), found["_rowid"].to_numpy())
        return self._kept.get(name)

    def _rows(self, name: str, condition: str | None, columns: Collection[str]) -> pa.Table:
        asked = self._tables[name].query()
        if condition is not None:
            asked = asked.where(condition)
        return _now(asked.select(list(columns)).to_arrow())

    def _empty(self, name: str, columns: tuple[str, ...]) -> pa.Table:
        import pyarrow as pa

        known = self._schemas[name]
        fields = [pa.field("_score", pa.float32()) if each == "_score" else known.field(each) for each in columns]
        return pa.schema(fields).empty_table()


def _columns_asked(words: Words) -> tuple[str | None, ...]:
    """The columns to ask one after the other: a question to both at once scores every match, and not the best alone."""
    if words.without or words.all_of_them:
        return (None,)
    scripts = (any(without_cjk(text) for text, _ in words.groups), any(has_cjk(text) for text, _ in words.groups))
    return tuple(name for name, asked in zip(("en", "cjk"), scripts, strict=True) if asked)


def _full_text(words: Words, only: str | None = None) -> FullTextQuery | None:
    """A question to both columns: words with letters to the one, and a text with any other script to the other."""
    from lancedb.query import BooleanQuery, FullTextOperator, Occur

    operator = FullTextOperator.AND if words.all_of_them else FullTextOperator.OR
    how = Occur.SHOULD
    clauses: list[tuple[Occur, FullTextQuery]] = []
    for text, weight in words.groups:
        if only != "cjk" and (latin := without_cjk(text)):
            clauses.append((how, _match(latin, "en", boost=weight, operator=operator)))
        if only != "en" and has_cjk(text):
            clauses.append((how, _match(text, "cjk", boost=weight, operator=operator)))
    if not clauses:
        return None
    if len(clauses) == 1 and not words.without:
        return clauses[0][1]
    for text in words.without:
        column = "cjk" if has_cjk(text) else "en"
        clauses.append((Occur.MUST_NOT, _match(text, column, operator=FullTextOperator.AND)))
    return BooleanQuery(clauses)


def _match(text: str, column: str, **options: Any) -> FullTextQuery:
    from lancedb import query

    # Its own types take the defaults for missing.
    make: Any = query.MatchQuery
    made: FullTextQuery = make(text, column, **options)
    return made


def _now(work: Any) -> Any:
    from lancedb import background_loop

    loop: Any = background_loop.LOOP
    try:
        return loop.run(work)
    except (RuntimeError, OSError) as error:
        reason = str(error).partition("\n")[0][:200]
        raise OutsideFailure(
            f"the search index did not answer ({reason}): search again, and if that does not help, "
            "make it anew with `patent2tech index rebuild`"
        ) from error


def _asynchronous(table: Any) -> Any:
    return table._table  # noqa: SLF001 - it has no public name


def _columns(rows: pa.Table, *names: str) -> tuple[list[Any], ...]:
    return tuple(rows[name].to_pylist() for name in names)


def _dicts(rows: pa.Table) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = rows.to_pylist()
    return found


def _folded(text: str) -> str:
    return " ".join(text.lower().split())
