"""The tables of this room: code that was written for kept patents, and the runs of its tests."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from patent2tech.store.tables import Base


class GeneratedCodeRow(Base):
    """One code project of a patent; `fingerprint` is the order and the model, `document` the `code` document."""

    __tablename__ = "generated_codes"
    __table_args__ = (UniqueConstraint("patent_id", "fingerprint"),)

    patent_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patents.id", ondelete="CASCADE"))
    fingerprint: Mapped[str]
    status: Mapped[str]
    language: Mapped[str]
    framework: Mapped[str]
    model: Mapped[str | None]
    cost_usd: Mapped[Decimal | None]
    document: Mapped[dict[str, Any]]
    archive: Mapped[bytes]


class CodeRunRow(Base):
    """One round of a project: the faults found before the run, and what the run showed if there was one."""

    __tablename__ = "code_runs"
    __table_args__ = (UniqueConstraint("code_id", "round"),)

    code_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("generated_codes.id", ondelete="CASCADE"))
    round: Mapped[int]
    faults: Mapped[int]
    passed: Mapped[int | None]
    failed: Mapped[int | None]
    fault: Mapped[str | None]
    backend: Mapped[str | None]
    seconds: Mapped[Decimal | None]
