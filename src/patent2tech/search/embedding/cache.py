"""Vectors by the hash of their text in the database, so that no text is embedded twice by one model."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Final

import numpy as np
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from patent2tech.search.tables import EmbeddingRow
from patent2tech.store.identity import new_id

if TYPE_CHECKING:
    from patent2tech.search.embedding.embedder import Embedder
    from patent2tech.search.index import Vector
    from patent2tech.store import Database

_AT_ONCE: Final = 256
"""3 s of the default model: no more than that is lost by a kill."""


class EmbeddingCache:
    """Asks an embedder only for what it was not asked before."""

    def __init__(self, database: Database, embedder: Embedder) -> None:
        self._database = database
        self._embedder = embedder

    @property
    def embedder(self) -> Embedder:
        """Who is asked."""
        return self._embedder

    def passages(self, texts: Sequence[str], progress: Callable[[int], None] = lambda _: None) -> Vector:
        """One row for each text, as 16-bit floats keep them; progress counts texts."""
        if not texts:
            return np.zeros((0, self._embedder.dimension), np.float32)
        rows = []
        for start in range(0, len(texts), _AT_ONCE):
            rows.append(self._some(texts[start : start + _AT_ONCE]))
            progress(min(start + _AT_ONCE, len(texts)))
        return np.concatenate(rows)

    def _some(self, texts: Sequence[str]) -> Vector:
        digests = [sha256(text.encode("utf-8", "surrogatepass")).digest() for text in texts]
        known = dict(self._known(digests))
        missing = {digest: text for digest, text in zip(digests, texts, strict=True) if digest not in known}
        if missing:
            made = self._embedder.passages(list(missing.values())).astype(np.float16)
            new = dict(zip(missing, made, strict=True))
            self._keep(new)
            known.update(new)
        return np.stack([known[digest] for digest in digests]).astype(np.float32)

    def _known(self, digests: list[bytes]) -> Iterator[tuple[bytes, Vector]]:
        query = select(EmbeddingRow.digest, EmbeddingRow.vector).where(
            EmbeddingRow.model == self._embedder.name, EmbeddingRow.digest.in_(digests)
        )
        with self._database.begin() as session:
            rows = session.execute(query).all()
        for row in rows:
            yield row.digest, np.frombuffer(row.vector, np.float16)

    def _keep(self, vectors: dict[bytes, Vector]) -> None:
        model = self._embedder.name
        rows = [
            {"id": new_id(), "model": model, "digest": digest, "vector": vector.tobytes()}
            for digest, vector in vectors.items()
        ]
        with self._database.begin() as session:
            session.execute(insert(EmbeddingRow).on_conflict_do_nothing(), rows)
