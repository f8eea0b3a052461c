"""The tables of this room: the ledger of calls that were paid, and the answers that are kept so as to pay once."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from patent2tech.store.tables import Base


class CallRow(Base):
    """One request to a provider. `reserved_usd` counts as spent until `cost_usd` is known, also after a crash."""

    __tablename__ = "llm_calls"
    __table_args__ = (Index(None, "created_at"),)

    purpose: Mapped[str]
    prompt_version: Mapped[str]
    model: Mapped[str]
    server: Mapped[str]
    prompt_hash: Mapped[str]
    attempt: Mapped[int]
    job: Mapped[str | None]
    status: Mapped[str]
    error: Mapped[str | None]
    input_tokens: Mapped[int | None]
    output_tokens: Mapped[int | None]
    reserved_usd: Mapped[Decimal | None]
    cost_usd: Mapped[Decimal | None]
    latency_ms: Mapped[int | None]


class AnswerRow(Base):
    """One answer that was paid for, by the hash of everything that it depends on."""

    __tablename__ = "llm_answers"
    __table_args__ = (UniqueConstraint("key"),)

    key: Mapped[str]
    purpose: Mapped[str]
    model: Mapped[str]
    answer: Mapped[dict[str, Any]] = mapped_column()
