"""Opens the index at a folder or on object storage, and knows which generation of it is the one in use."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Final

from patent2tech.errors import OtherModel, OutsideFailure
from patent2tech.search.lance import schema
from patent2tech.search.lance.tables import LanceIndex, Made

if TYPE_CHECKING:
    from collections.abc import Callable

    from lancedb import DBConnection

    from patent2tech.search.embedding import Embedder

_STATE: Final = "state"
_LOOK_SECONDS: Final = 1.0
"""After a rebuild by another process, so long answers may come from the former index, or fail."""

_REBUILD: Final = "`patent2tech index rebuild` makes the index anew and keeps answering from the old one meanwhile"


class IndexPlace:
    """The index in use at a place, opened again when another process has made it anew."""

    def __init__(self, uri: str, embedder: Callable[[], Embedder]) -> None:
        self.uri = uri
        self._embedder = embedder
        self._index: LanceIndex | None = None
        self._looked = 0.0
        self._turn = threading.Lock()

    def __call__(self) -> LanceIndex:
        """The index.

        Raises:
            OtherModel, OutsideFailure: as `open_index`.
        """
        with self._turn:
            now = time.monotonic()
            if self._index is None or (now - self._looked > _LOOK_SECONDS and not _in_use(self.uri, self._index)):
                embedder = self._embedder()
                self._index = open_index(self.uri, embedder.name, embedder.dimension)
            self._looked = now
            return self._index

    def begin_anew(self) -> Rebuilding:
        """A new generation by the embedder that is set."""
        embedder = self._embedder()
        return begin_anew(self.uri, embedder.name, embedder.dimension)

    def forget(self) -> None:
        """Look again at once."""
        self._index = None


def open_index(uri: str, model: str, dimension: int) -> LanceIndex:
    """The index at this place, made if there is none.

    Raises:
        OtherModel: when it was made by another model, or by another version of this program.
        OutsideFailure: when the place cannot be reached.
    """
    connection = _connect(uri)
    found = _state(connection)
    if found is None:
        found = Made(model, dimension, 1)
        index = LanceIndex(connection, found)
        index.create()
        _use(connection, found)
        return index
    if found.layout != schema.LAYOUT:
        raise OtherModel(f"the search index was made by another version of patent2tech: {_REBUILD}")
    if (found.model, found.dimension) != (model, dimension):
        raise OtherModel(
            f"the search index was made with the embedding model {found.model} ({found.dimension} numbers), and "
            f"{model} ({dimension}) is set: {_REBUILD}; or set P2T_EMBEDDING_MODEL={found.model}"
        )
    index = LanceIndex(connection, found)
    # An index of an earlier version has no table for the second model yet.
    index.create()
    return index


def begin_anew(uri: str, model: str, dimension: int) -> Rebuilding:
    """A new generation beside the one in use; one that was begun and not finished is gone on with."""
    connection = _connect(uri)
    found = _state(connection)
    made = Made(model, dimension, found.generation + 1 if found else 1)
    begun = _state(connection, _BEGUN)
    index = LanceIndex(connection, made)
    if begun != made:
        index.drop()
        _use(connection, made, _BEGUN)
    index.create()
    return Rebuilding(connection, index, LanceIndex(connection, found) if found else None)


class Rebuilding:
    """A generation that is being made."""

    def __init__(self, connection: DBConnection, index: LanceIndex, former: LanceIndex | None) -> None:
        self._connection = connection
        self.index = index
        self._former = former

    def finish(self) -> None:
        """From now on the new generation answers; the former goes."""
        _use(self._connection, self.index.made)
        if self._former:
            self._former.drop()


_BEGUN: Final = "begun"


def _in_use(uri: str, index: LanceIndex) -> bool:
    return _state(_connect(uri)) == index.made


def _connect(uri: str) -> DBConnection:
    import lancedb

    try:
        return lancedb.connect(uri)
    except (ValueError, RuntimeError, OSError) as error:
        raise OutsideFailure(f"the search index at {uri} cannot be opened ({error}): correct P2T_INDEX_URI") from error


def _state(connection: DBConnection, name: str = _STATE) -> Made | None:
    if name not in _names(connection):
        return None
    rows = connection.open_table(name).to_arrow().to_pylist()
    return Made(**rows[0]) if rows else None


def _use(connection: DBConnection, made: Made, name: str = _STATE) -> None:
    row = {"model": made.model, "dimension": made.dimension, "generation": made.generation, "layout": made.layout}
    # One commit: a reader sees the row that was there, or this one.
    connection.create_table(name, [row], mode="overwrite" if name in _names(connection) else "create")


def _names(connection: DBConnection) -> set[str]:
    try:
        return set(connection.list_tables(limit=1000).tables)
    except (ValueError, RuntimeError, OSError) as error:
        reason = str(error).partition("\n")[0]
        raise OutsideFailure(
            f"the place of the search index does not answer ({reason}): correct P2T_INDEX_URI and its credentials"
        ) from error
