"""Code: projects written for patents, and the runs of their tests."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Apply."""
    _create(
        "generated_codes",
        _owner("generated_codes", "patent_id", "patents"),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("fingerprint", "status", "language", "framework")),
        sa.Column("model", sa.Text()),
        sa.Column("cost_usd", sa.Numeric()),
        sa.Column("document", JSONB(), nullable=False),
        sa.Column("archive", sa.LargeBinary(), nullable=False),
        sa.UniqueConstraint("patent_id", "fingerprint", name="uq_generated_codes_patent_id_fingerprint"),
    )
    # A ZIP is deflated already; PostgreSQL would try in vain.
    op.execute("alter table generated_codes alter archive set storage external")
    _create(
        "code_runs",
        _owner("code_runs", "code_id", "generated_codes"),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("round", "faults")),
        *(sa.Column(name, sa.Integer()) for name in ("passed", "failed")),
        *(sa.Column(name, sa.Text()) for name in ("fault", "backend")),
        sa.Column("seconds", sa.Numeric()),
        sa.UniqueConstraint("code_id", "round", name="uq_code_runs_code_id_round"),
    )


def _create(table: str, *columns: sa.schema.SchemaItem) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    )


def _owner(table: str, column: str, of: str) -> sa.Column[object]:
    key = sa.ForeignKey(f"{of}.id", name=f"fk_{table}_{column}", ondelete="CASCADE")
    return sa.Column(column, sa.Uuid(), key, nullable=False)


def downgrade() -> None:
    """Undo; the code that was written is lost."""
    op.drop_table("code_runs")
    op.drop_table("generated_codes")
