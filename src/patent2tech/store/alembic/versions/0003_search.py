"""Search: what changed in the library, whose vectors are due, and vectors by the hash of their text."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Apply; what the library holds already is still to be indexed."""
    for table in ("changes", "vectors_due"):
        _create(table, sa.Column("patent_id", sa.Uuid(), nullable=False))
        op.create_index(f"ix_{table}_patent_id", table, ["patent_id"])
    _create(
        "embeddings",
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.UniqueConstraint("model", "digest", name="uq_embeddings_model_digest"),
    )
    op.execute("insert into changes (id, patent_id) select id, id from patents")


def downgrade() -> None:
    """Undo."""
    for table in ("embeddings", "vectors_due", "changes"):
        op.drop_table(table)


def _create(table: str, *columns: Any) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        *columns,
    )
