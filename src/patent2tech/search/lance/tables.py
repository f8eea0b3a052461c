"""The writing side: puts documents and vectors in, takes them out, and keeps the tables quick."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from patent2tech.search.lance import schema
from patent2tech.search.lance.schema import PASSAGES, PATENTS, SECOND, TABLES, VECTORS
from patent2tech.search.lance.snapshot import VECTOR_INDEX, LanceSnapshot
from patent2tech.search.lance.where import keyed
from patent2tech.search.refusing import PageRefused

if TYPE_CHECKING:
    import pyarrow as pa
    from lancedb import DBConnection
    from lancedb.table import Table

    from patent2tech.search.index import Document, Vector

_KEPT_VERSIONS: Final = dt.timedelta(days=1)
"""So long a page of results can be turned."""

_MANY_VECTORS: Final = 5_000
"""Below, all of them are compared: 8 ms of CPU at 5,000 of 512 numbers."""

_KEYS_AT_ONCE: Final = 500
_LOOK_SECONDS: Final = 0.25
"""So long what another process wrote may not show yet; what this one wrote shows at once."""

_UNINDEXED: Final = 0.02
"""This share of rows may wait for the indexes: they are found all the same, only slower and not by wrong spelling."""

_SNAPSHOTS: Final = 8
"""Moments that stay open; each holds little."""


@dataclass(frozen=True, slots=True)
class Made:
    """By what an index was made: the embedding model and the length of its vectors, and which tables hold it."""

    model: str
    dimension: int
    generation: int
    layout: int = schema.LAYOUT


class LanceIndex:
    """One generation of the index."""

    def __init__(self, connection: DBConnection, made: Made) -> None:
        self.made = made
        self._connection = connection
        self._tables: dict[str, Table] = {}
        self._snapshots: dict[str, LanceSnapshot] = {}
        self._turn = threading.Lock()
        self._moment: str | None = None
        self._looked = 0.0

    def create(self) -> None:
        """Make the tables that are missing, with their indexes."""
        present = set(self._connection.list_tables(limit=1000).tables)
        for name in TABLES:
            if self._name(name) in present:
                continue
            table = self._connection.create_table(
                self._name(name), schema=schema.schemas(self.made.dimension)[name], exist_ok=True
            )
            for column, config in schema.indexes(name).items():
                table.create_index(column, config=config)

    def drop(self) -> None:
        """Remove the tables."""
        present = set(self._connection.list_tables(limit=1000).tables)
        for name in TABLES:
            if self._name(name) in present:
                self._connection.drop_table(self._name(name))

    def put(self, documents: Sequence[Document]) -> None:
        """Add or replace documents: passages first, so that a document which is there is whole."""
        if not documents:
            return
        last = {document.key: document for document in documents}
        passages = self._latest(PASSAGES)
        _delete(passages, last)
        _add(passages, schema.passage_rows(last.values(), self.made.dimension))
        rows = schema.patent_rows(list(last.values()), self.made.dimension)
        _merge(self._latest(PATENTS), rows)
        self._moment = None

    def put_vectors(self, vectors: Iterable[tuple[Document, Sequence[Vector]]]) -> None:
        """Give documents their vectors."""
        items = list(vectors)
        table = self._latest(VECTORS)
        _delete(table, {document.key for document, _ in items})
        _add(table, schema.vector_rows(items, self.made.dimension))
        self._moment = None

    def put_second_vectors(self, vectors: Iterable[tuple[Document, Vector]]) -> None:
        """Give documents their vector by the second model."""
        items = list(vectors)
        table = self._latest(SECOND)
        _delete(table, {document.key for document, _ in items})
        _add(table, schema.second_rows(items))
        self._moment = None

    def remove(self, keys: Collection[str]) -> None:
        """Take documents out, what they are found by first."""
        for name in (PATENTS, VECTORS, PASSAGES, SECOND):
            _delete(self._latest(name), keys)
        self._moment = None

    def tidy(self) -> None:
        """Index what was added since, join fragments, and forget versions that nobody turns pages of."""
        for name in TABLES:
            table = self._latest(name)
            table.optimize(cleanup_older_than=_KEPT_VERSIONS)
        vectors = self._latest(VECTORS)
        present = {config.name for config in vectors.list_indices()}
        if VECTOR_INDEX not in present and vectors.count_rows() > _MANY_VECTORS:
            from lancedb.index import HnswSq

            vectors.create_index("vector", config=HnswSq(distance_type="l2"))
        self._moment = None

    def untidy(self) -> bool:
        """Whether many rows are not indexed yet; they are found all the same, only slower."""
        statistics = self._latest(PATENTS).index_stats("key_idx")
        return statistics is not None and statistics.num_unindexed_rows > _UNINDEXED * statistics.num_indexed_rows

    def digests(self) -> Mapping[str, str]:
        """Every document with all its passages by its key."""
        counts = self._pairs(PASSAGES).group_by(["key", "digest"]).aggregate([([], "count_all")])
        pieces = dict(
            zip(zip(*_lists(counts, "key", "digest"), strict=True), *_lists(counts, "count_all"), strict=True)
        )
        rows = zip(*_lists(self._pairs(PATENTS, "pieces"), "key", "digest", "pieces"), strict=True)
        return {key: digest for key, digest, count in rows if pieces.get((key, digest), 0) == count}

    def embedded(self) -> Mapping[str, str]:
        """Every document with vectors by its key."""
        return dict(zip(*_lists(self._pairs(VECTORS), "key", "digest"), strict=True))

    def read_twice(self) -> Mapping[str, str]:
        """Every document with a vector of the second model by its key."""
        return dict(zip(*_lists(self._pairs(SECOND), "key", "digest"), strict=True))

    def loose(self) -> Collection[str]:
        """The keys of documents that have passages."""
        return set(self._pairs(PASSAGES)["key"].unique().to_pylist())

    def snapshot(self, moment: str | None = None) -> LanceSnapshot:
        """The index as it is now, or as it was."""
        with self._turn:
            if moment is None:
                moment = self._now()
            if moment not in self._snapshots:
                if len(self._snapshots) >= _SNAPSHOTS:
                    self._snapshots.pop(next(iter(self._snapshots)))
                self._snapshots[moment] = self._at(moment)
            return self._snapshots[moment]

    def _now(self) -> str:
        """The latest moment, looked for at most some times a second, since each look reads the disk."""
        now = time.monotonic()
        if self._moment is None or now - self._looked > _LOOK_SECONDS:
            versions = [self._latest(name).version for name in TABLES]
            self._moment = ".".join(map(str, (self.made.generation, *versions)))
            self._looked = now
        return self._moment

    def _at(self, moment: str) -> LanceSnapshot:
        try:
            generation, *versions = map(int, moment.split("."))
            if generation != self.made.generation or len(versions) != len(TABLES):
                raise ValueError(moment)
            tables = {name: self._connection.open_table(self._name(name)) for name in TABLES}
            for name, version in zip(TABLES, versions, strict=True):
                tables[name].checkout(version)
        except (ValueError, RuntimeError, OSError):
            raise PageRefused("old_cursor") from None
        return LanceSnapshot(moment, tables)

    def _pairs(self, name: str, *more: str) -> pa.Table:
        return self._latest(name).search().select(["key", "digest", *more]).to_arrow()

    def _latest(self, name: str) -> Table:
        if name not in self._tables:
            self._tables[name] = self._connection.open_table(self._name(name))
        table: Any = self._tables[name]
        table.checkout_latest()
        return self._tables[name]

    def _name(self, table: str) -> str:
        return f"{table}_{self.made.generation}"


def _delete(table: Table, keys: Collection[str]) -> None:
    wanted = sorted(keys)
    for start in range(0, len(wanted), _KEYS_AT_ONCE):
        condition = keyed(wanted[start : start + _KEYS_AT_ONCE])
        # A deletion of nothing would still be a new version.
        if table.count_rows(condition):
            table.delete(condition)


def _add(table: Table, rows: pa.Table) -> None:
    if rows.num_rows:
        table.add(rows)


def _merge(table: Table, rows: pa.Table) -> None:
    keys = rows["key"].to_pylist()
    if any(table.count_rows(keyed(keys[at : at + _KEYS_AT_ONCE])) for at in range(0, len(keys), _KEYS_AT_ONCE)):
        merging: Any = table.merge_insert("key")
        merging.when_matched_update_all().when_not_matched_insert_all().execute(rows)
    else:
        table.add(rows)


def _lists(rows: pa.Table, *names: str) -> list[list[Any]]:
    return [rows[name].to_pylist() for name in names]
