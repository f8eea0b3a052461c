"""The tables of this room: vectors by the hash of their text, and patents whose vectors are still to be made."""

from __future__ import annotations

import uuid

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from patent2tech.store.tables import Base


class EmbeddingRow(Base):
    """The vector of one text by one model, as 16-bit floats; lost at no harm but time."""

    __tablename__ = "embeddings"
    __table_args__ = (UniqueConstraint("model", "digest"),)

    model: Mapped[str]
    digest: Mapped[bytes]
    vector: Mapped[bytes]


class VectorsDueRow(Base):
    """One patent whose words are indexed and whose vectors are not."""

    __tablename__ = "vectors_due"

    patent_id: Mapped[uuid.UUID] = mapped_column(index=True)
