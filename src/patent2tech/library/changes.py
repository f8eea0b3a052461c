"""What changed in the library and is not yet known to those who derive something from it, e.g. the search index.

Every transaction that adds, replaces or deletes a patent leaves a row; whoever has brought its own state up to date
removes the rows that it saw. A kill in between only means that the same change is dealt with once more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, exists, func, select

from patent2tech.library import documents, repository
from patent2tech.library.tables import ChangeRow, PatentRow

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from patent2tech.patents import Patent
    from patent2tech.store import Database


@dataclass(frozen=True, slots=True)
class Change:
    """One change by its own key and that of its patent."""

    key: uuid.UUID
    patent: uuid.UUID


@dataclass(frozen=True, slots=True)
class KeptPatent:
    """A patent with its key in the library, and a digest that is another one when its content is."""

    key: uuid.UUID
    digest: str
    patent: Patent


class Changes:
    """The changes of one library, in the order in which they were committed as far as that is known."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def database(self) -> Database:
        """Where the rows are, for what a reader of changes keeps itself."""
        return self._database

    def any(self) -> bool:
        """Whether something is waiting."""
        with self._database.begin() as session:
            return bool(session.scalar(select(exists().where(ChangeRow.id.is_not(None)))))

    def count(self) -> int:
        """How many patents are waiting."""
        with self._database.begin() as session:
            return session.scalar(select(func.count(func.distinct(ChangeRow.patent_id)))) or 0

    def waiting(self, limit: int) -> list[Change]:
        """The oldest changes."""
        with self._database.begin() as session:
            rows = session.execute(select(ChangeRow.id, ChangeRow.patent_id).order_by(ChangeRow.id).limit(limit))
            return [Change(row.id, row.patent_id) for row in rows]

    def patents(self, keys: Iterable[uuid.UUID]) -> list[KeptPatent]:
        """The patents of these keys that are still there."""
        with self._database.begin() as session:
            rows = repository.whole_documents(session, keys)
        return [KeptPatent(row.id, row.digest, documents.patent(row.document)) for row in rows]

    def digests(self) -> dict[uuid.UUID, str]:
        """Every patent of the library by its key."""
        with self._database.begin() as session:
            return {row.id: row.digest for row in session.execute(select(PatentRow.id, PatentRow.digest))}

    @staticmethod
    def note(session: Session, patents: Iterable[uuid.UUID]) -> None:
        """Say that patents must be dealt with again, inside the caller's transaction."""
        session.add_all(ChangeRow(patent_id=key) for key in patents)

    @staticmethod
    def done(session: Session, changes: Iterable[Change]) -> None:
        """Forget changes that were dealt with, inside the caller's transaction."""
        session.execute(delete(ChangeRow).where(ChangeRow.id.in_([change.key for change in changes])))
