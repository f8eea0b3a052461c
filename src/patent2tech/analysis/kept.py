"""Kept documents: analyses and questions by their id, conversations by the id of their first question."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from patent2tech.analysis.model import Turn
from patent2tech.errors import NotFound
from patent2tech.store.identity import new_id

if TYPE_CHECKING:
    from patent2tech.store import Database


@dataclass(frozen=True, slots=True)
class KeptDocument:
    """A document with what it is found by."""

    id: uuid.UUID
    kind: str
    number: str
    document: Mapping[str, Any]
    conversation: uuid.UUID | None = None


class KeptAnalyses:
    """The documents in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(
        self,
        kind: str,
        document: Mapping[str, Any],
        *,
        conversation: uuid.UUID | None = None,
        idempotency_key: str | None = None,
    ) -> KeptDocument:
        """Keep a document; a question that begins a conversation gives it its id.

        Raises:
            OutsideFailure: when the database does not answer.
        """
        from patent2tech.analysis.tables import AnalysisRow

        made = new_id()
        answer = document.get("answer")
        if kind == "question":
            conversation = conversation or made
        number = str(document.get("number") or document.get("first"))
        with self._database.begin() as session:
            session.add(
                AnalysisRow(
                    id=made,
                    kind=kind,
                    number=number,
                    lang=str(document["lang"]),
                    engine=str(document["engine"]),
                    model=document["model"],
                    question=answer["question"] if answer else None,
                    conversation=conversation,
                    idempotency_key=idempotency_key,
                    document=dict(document),
                )
            )
        return KeptDocument(made, kind, number, document, conversation)

    def get(self, kind: str, id_: uuid.UUID) -> KeptDocument:
        """The document with this id.

        Raises:
            NotFound: when there is none.
        """
        from sqlalchemy import select

        from patent2tech.analysis.tables import AnalysisRow

        with self._database.begin() as session:
            row = session.scalar(select(AnalysisRow).where(AnalysisRow.id == id_, AnalysisRow.kind == kind))
            if row is None:
                raise NotFound(f"there is no {kind} {id_}; ask anew")
            return KeptDocument(row.id, row.kind, row.number, row.document, row.conversation)

    def made_for(self, kind: str, idempotency_key: str) -> KeptDocument | None:
        """The document that was made for this key before."""
        from sqlalchemy import select

        from patent2tech.analysis.tables import AnalysisRow

        with self._database.begin() as session:
            row = session.scalar(
                select(AnalysisRow).where(AnalysisRow.idempotency_key == idempotency_key, AnalysisRow.kind == kind)
            )
            return None if row is None else KeptDocument(row.id, row.kind, row.number, row.document, row.conversation)

    def turns(self, conversation: uuid.UUID, number: str) -> list[Turn]:
        """What was asked about this patent and verifiably answered before, in order.

        Raises:
            NotFound: when there is no such conversation about that patent.
        """
        from sqlalchemy import select

        from patent2tech.analysis.tables import AnalysisRow

        with self._database.begin() as session:
            rows = session.scalars(
                select(AnalysisRow)
                .where(AnalysisRow.conversation == conversation, AnalysisRow.number == number)
                .order_by(AnalysisRow.id)
            ).all()
        if not rows:
            raise NotFound(f"there is no conversation {conversation} about {number}; ask without it to begin one")
        return [_turn(row.document) for row in rows]


def _turn(document: Mapping[str, Any]) -> Turn:
    answer = document["answer"]
    return Turn(answer["question"], tuple(each["text"] for each in answer["statements"] if each["verified"]))
