"""The table of this room: what was analysed, asked, charted and compared, as the documents that were given out."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from patent2tech.store.tables import Base


class AnalysisRow(Base):
    """One document; the questions of a conversation share the id of the first of them."""

    __tablename__ = "analyses"
    __table_args__ = (UniqueConstraint("idempotency_key"), Index(None, "number"), Index(None, "conversation"))

    kind: Mapped[str]
    number: Mapped[str]
    lang: Mapped[str]
    engine: Mapped[str]
    model: Mapped[str | None]
    question: Mapped[str | None]
    conversation: Mapped[uuid.UUID | None]
    idempotency_key: Mapped[str | None]
    document: Mapped[dict[str, Any]] = mapped_column()
