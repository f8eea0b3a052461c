"""Keeps the index like the library: takes over what changed, makes it anew, and compares both sides.

Words come first, in the import's own flow; vectors follow, since making one takes as long as indexing the words of ten
patents. Every step is noted in the database only after the index has it, so that a kill means one repetition.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final, Protocol

from sqlalchemy import delete, select, text

from patent2tech.library.changes import Change, Changes
from patent2tech.search.documents import Expiry, document_of
from patent2tech.search.embedding.windows import windows
from patent2tech.search.tables import VectorsDueRow
from patent2tech.store.identity import new_id

if TYPE_CHECKING:
    import uuid

    from sqlalchemy import Connection

    from patent2tech.search.embedding.cache import EmbeddingCache
    from patent2tech.search.index import Document, SearchIndex, Vector

_WRITER: Final = 0x70327403
"""First key of the advisory lock of the one process that writes."""

_PATENTS_AT_ONCE: Final = 256
_VECTORS_AT_ONCE: Final = 128
_UNTIDY_PATENTS: Final = 200
_READ_AT_ONCE: Final = 256
"""By the second model, for one commit: half a minute."""

_READ_BETWEEN_STOPS: Final = 2
_UNTIDY_READ: Final = 2_560


@dataclass(frozen=True, slots=True)
class IndexProgress:
    """How far an update is: patents whose words, and whose vectors, are done, of so many."""

    words: int
    vectors: int
    total: int


@dataclass(frozen=True, slots=True)
class Drift:
    """How library and index differ beyond what is waiting to be indexed: keys of patents."""

    missing: tuple[uuid.UUID, ...] = ()
    outdated: tuple[uuid.UUID, ...] = ()
    orphans: tuple[uuid.UUID, ...] = ()
    without_vectors: tuple[uuid.UUID, ...] = ()

    @property
    def patents(self) -> tuple[uuid.UUID, ...]:
        """All of them."""
        return tuple(dict.fromkeys((*self.missing, *self.outdated, *self.orphans, *self.without_vectors)))


class Rebuilding(Protocol):
    """A new index beside the one in use."""

    @property
    def index(self) -> SearchIndex:
        """Where to write."""
        ...

    def finish(self) -> None:
        """Put it in use and remove the former."""
        ...


class Indexer:
    """Writes one index from one library."""

    def __init__(
        self,
        changes: Changes,
        index: Callable[[], SearchIndex],
        cache: EmbeddingCache,
        expiry: Expiry,
        second: EmbeddingCache | None = None,
    ) -> None:
        self._changes = changes
        self._opened = index
        self._cache = cache
        self._expiry = expiry
        self._second = second

    @property
    def _index(self) -> SearchIndex:
        return self._opened()

    def update(
        self,
        progress: Callable[[IndexProgress], None] = lambda _: None,
        *,
        wait: bool = True,
        most_vectors: int | None = None,
        stop: Callable[[], bool] = lambda: False,
    ) -> int:
        """Take over what changed and give the number of patents; without `wait` only if nobody else is at it.

        `most_vectors` leaves the vectors of further patents to a later update, and `stop` leaves everything.
        """
        if not self.waiting():
            return 0
        with self._alone(wait=wait) as alone:
            return self._take_over(progress, most_vectors, stop) if alone else 0

    def read_again(
        self, progress: Callable[[int, int], None] = lambda _, __: None, stop: Callable[[], bool] = lambda: False
    ) -> int:
        """Make the vectors of the second model that are missing, and give their number; `progress` counts patents.

        It takes hours where `update` takes minutes, so that others may write between its steps.
        """
        if self._second is None:
            return 0
        done, bare = 0, self._read_once()
        for keys in _some(bare, _READ_AT_ONCE):
            kept = self._changes.patents(keys)
            documents = [document_of(each, self._expiry) for each in kept]
            vectors: list[Vector] = []
            for start in range(0, len(documents), _READ_BETWEEN_STOPS):
                if stop():
                    return done
                some = documents[start : start + _READ_BETWEEN_STOPS]
                vectors += list(self._second.passages([windows(document)[0] for document in some]))
                progress(done + len(vectors), len(bare))
            with self._alone(wait=True):
                self._index.put_second_vectors(zip(documents, vectors, strict=True))
                done += len(keys)
                if done % _UNTIDY_READ < len(keys) or done == len(bare):
                    self._index.tidy()
        return done

    def _read_once(self) -> list[uuid.UUID]:
        import uuid

        read = self._index.read_twice()
        return [uuid.UUID(hex=key) for key, digest in self._index.embedded().items() if read.get(key) != digest]

    def waiting(self) -> bool:
        """Whether there is anything to take over."""
        return self._changes.any() or bool(self._due_count())

    def rebuild(
        self, anew: Callable[[], Rebuilding], progress: Callable[[IndexProgress], None] = lambda _: None
    ) -> int:
        """Make another index from the library and put it in use; one that was interrupted is gone on with."""
        with self._alone(wait=True):
            rebuilding = anew()
            other = Indexer(self._changes, lambda: rebuilding.index, self._cache, self._expiry, self._second)
            count = other._fill(progress)
            rebuilding.finish()
            other._take_over(progress)
        return count

    def check(self) -> Drift:
        """Compare both sides, while nobody writes the index."""
        with self._alone(wait=True):
            return self._compare()

    def mend(self, progress: Callable[[IndexProgress], None] = lambda _: None) -> Drift:
        """Compare both sides, index again what differs, and give what differed."""
        with self._alone(wait=True):
            found = self._compare()
            with self._changes.database.begin() as session:
                Changes.note(session, found.patents)
            self._take_over(progress)
        return found

    def _take_over(
        self,
        progress: Callable[[IndexProgress], None],
        most_vectors: int | None = None,
        stop: Callable[[], bool] = lambda: False,
    ) -> int:
        total, done = self._changes.count(), 0
        while not stop() and (changes := self._changes.waiting(_PATENTS_AT_ONCE)):
            self._put(changes)
            done += len({change.patent for change in changes})
            progress(IndexProgress(done, 0, max(total, done)))
        if done >= _UNTIDY_PATENTS:
            self._index.tidy()
        embedded = self._embed(progress, most_vectors, stop)
        if embedded >= _UNTIDY_PATENTS or self._index.untidy():
            self._index.tidy()
        return done

    def _put(self, changes: Sequence[Change]) -> None:
        keys = {change.patent for change in changes}
        documents = [document_of(kept, self._expiry) for kept in self._changes.patents(keys)]
        present = {document.key for document in documents}
        self._index.put(documents)
        self._index.remove([key.hex for key in keys if key.hex not in present])
        with self._changes.database.begin() as session:
            session.add_all(VectorsDueRow(id=new_id(), patent_id=key) for key in keys if key.hex in present)
            Changes.done(session, changes)

    def _embed(self, progress: Callable[[IndexProgress], None], most: int | None, stop: Callable[[], bool]) -> int:
        done, total = 0, self._due_count()
        while (most is None or done < most) and not stop() and (due := self._due()):
            kept = self._changes.patents({patent for _, patent in due})
            self._put_vectors([document_of(each, self._expiry) for each in kept])
            with self._changes.database.begin() as session:
                session.execute(delete(VectorsDueRow).where(VectorsDueRow.id.in_([key for key, _ in due])))
            done += len(due)
            progress(IndexProgress(total, done, max(total, done)))
        return done

    def _put_vectors(self, documents: Sequence[Document]) -> None:
        pieces = [windows(document) for document in documents]
        matrix = iter(self._cache.passages([piece for some in pieces for piece in some]))
        self._index.put_vectors(
            (document, list(islice(matrix, len(some)))) for document, some in zip(documents, pieces, strict=True)
        )

    def _fill(self, progress: Callable[[IndexProgress], None]) -> int:
        wanted, there, embedded = self._changes.digests(), self._index.digests(), self._index.embedded()
        missing = [key for key, digest in wanted.items() if there.get(key.hex) != digest]
        bare = [key for key, digest in wanted.items() if embedded.get(key.hex) != digest]
        words = 0
        for keys in _some(missing, _PATENTS_AT_ONCE):
            self._index.put([document_of(kept, self._expiry) for kept in self._changes.patents(keys)])
            words += len(keys)
            progress(IndexProgress(words, 0, len(missing)))
        if missing:
            self._index.tidy()
        done = 0
        for keys in _some(bare, _VECTORS_AT_ONCE):
            self._put_vectors([document_of(kept, self._expiry) for kept in self._changes.patents(keys)])
            done += len(keys)
            progress(IndexProgress(len(missing), done, len(bare)))
        self._index.tidy()
        return len(wanted)

    def _compare(self) -> Drift:
        import uuid

        there, embedded, read = self._index.digests(), self._index.embedded(), self._index.read_twice()
        with self._changes.database.begin() as session:
            due = set(session.scalars(select(VectorsDueRow.patent_id)))
        wanted = self._changes.digests()
        waiting = {change.patent for change in self._changes.waiting(10**9)}
        settled = {key: digest for key, digest in wanted.items() if key not in waiting}
        known = {uuid.UUID(hex=key) for key in (*there, *embedded, *read, *self._index.loose())}
        return Drift(
            missing=tuple(key for key in settled if key.hex not in there),
            outdated=tuple(key for key, digest in settled.items() if there.get(key.hex, digest) != digest),
            orphans=tuple(sorted(known - wanted.keys() - waiting)),
            without_vectors=tuple(
                key
                for key, digest in settled.items()
                if key not in due and key.hex in there and embedded.get(key.hex) != digest
            ),
        )

    def _due(self) -> list[tuple[uuid.UUID, uuid.UUID]]:
        with self._changes.database.begin() as session:
            query = select(VectorsDueRow.id, VectorsDueRow.patent_id).order_by(VectorsDueRow.id)
            return [(row.id, row.patent_id) for row in session.execute(query.limit(_VECTORS_AT_ONCE))]

    def _due_count(self) -> int:
        with self._changes.database.begin() as session:
            return session.scalar(text("select count(*) from vectors_due")) or 0

    @contextlib.contextmanager
    def _alone(self, *, wait: bool) -> Iterator[bool]:
        """Be the only writer, by a lock that the database takes back whatever happens to this process."""
        database = self._changes.database
        with database.failures_in_words(), database.engine.connect() as opened:
            connection = opened.execution_options(isolation_level="AUTOCOMMIT")
            if not _lock(connection, wait=wait):
                yield False
                return
            try:
                yield True
            finally:
                connection.execute(text("select pg_advisory_unlock(:key, 0)"), {"key": _WRITER})


def _lock(connection: Connection, *, wait: bool) -> bool:
    if wait:
        connection.execute(text("select pg_advisory_lock(:key, 0)"), {"key": _WRITER})
        return True
    return bool(connection.scalar(text("select pg_try_advisory_lock(:key, 0)"), {"key": _WRITER}))


def _some(keys: Sequence[uuid.UUID], size: int) -> Iterator[Sequence[uuid.UUID]]:
    return (keys[start : start + size] for start in range(0, len(keys), size))
