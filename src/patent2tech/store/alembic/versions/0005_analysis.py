"""Models: the ledger of paid calls, the answers that are kept, and the analyses made with them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0005"
down_revision = "0003"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "llm_calls",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("purpose", "prompt_version", "model", "server")),
        sa.Column("prompt_hash", sa.Text(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("job", sa.Text()),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("error", sa.Text()),
        *(sa.Column(name, sa.Integer()) for name in ("input_tokens", "output_tokens")),
        *(sa.Column(name, sa.Numeric()) for name in ("reserved_usd", "cost_usd")),
        sa.Column("latency_ms", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="pk_llm_calls"),
    )
    op.create_index("ix_llm_calls_created_at", "llm_calls", ["created_at"])
    op.create_table(
        "llm_answers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("key", "purpose", "model")),
        sa.Column("answer", JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_llm_answers"),
        sa.UniqueConstraint("key", name="uq_llm_answers_key"),
    )
    op.create_table(
        "analyses",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("kind", "number", "lang", "engine")),
        *(sa.Column(name, sa.Text()) for name in ("model", "question")),
        sa.Column("conversation", sa.Uuid()),
        sa.Column("idempotency_key", sa.Text()),
        sa.Column("document", JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_analyses"),
        sa.UniqueConstraint("idempotency_key", name="uq_analyses_idempotency_key"),
    )
    for column in ("number", "conversation"):
        op.create_index(f"ix_analyses_{column}", "analyses", [column])


def downgrade() -> None:
    """Undo; the record of what was spent is lost."""
    op.drop_table("analyses")
    op.drop_table("llm_answers")
    op.drop_table("llm_calls")
