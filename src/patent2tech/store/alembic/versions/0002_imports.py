"""Imports: sources in the database, earlier documents, what was imported and what could not be."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_FILL_APPLICATION = """
    update patents set application =
    nullif(regexp_replace(upper(document->>'application_number'), '[^0-9A-Z]', '', 'g'), '')
"""


def upgrade() -> None:
    """Apply."""
    op.drop_table("passages")
    op.add_column("patents", sa.Column("application", sa.Text()))
    op.execute(_FILL_APPLICATION)
    op.create_index("ix_patents_country_application", "patents", ["country", "application"])
    _create(
        "sources",
        _patent_id("sources"),
        *_texts("sha256"),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.UniqueConstraint("patent_id", "sha256", name="uq_sources_patent_id_sha256"),
    )
    # It is deflated already; PostgreSQL would try in vain.
    op.execute("alter table sources alter content set storage external")
    _create(
        "earlier_documents",
        _patent_id("earlier_documents"),
        *_texts("source_sha256", "title"),
    )
    for column in ("patent_id", "source_sha256"):
        op.create_index(f"ix_earlier_documents_{column}", "earlier_documents", [column])
    _create(
        "imports",
        *_texts("fingerprint", "source"),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("numbers", sa.ARRAY(sa.Text()), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("skipped", "rejected")),
        sa.UniqueConstraint("fingerprint", name="uq_imports_fingerprint"),
    )
    _create(
        "quarantine",
        *_texts("file", "fingerprint", "source"),
        sa.Column("position", sa.Integer(), nullable=False),
        *_texts("code", "reason"),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary()),
    )
    op.execute("alter table quarantine alter content set storage external")
    op.create_index("ix_quarantine_file", "quarantine", ["file"])


def downgrade() -> None:
    """Undo; sources that are in the database only are lost."""
    for table in ("quarantine", "imports", "earlier_documents", "sources"):
        op.drop_table(table)
    op.drop_index("ix_patents_country_application", "patents")
    op.drop_column("patents", "application")
    op.create_table(
        "passages",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_passages"),
        _patent_id("passages"),
        sa.Column("position", sa.Integer(), nullable=False),
        *_texts("locator", "place"),
        sa.Column("section", sa.Text()),
        *_texts("text"),
        sa.UniqueConstraint("patent_id", "position", name="uq_passages_patent_id_position"),
    )


def _create(table: str, *columns: Any) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        *columns,
    )


def _patent_id(table: str) -> sa.Column[Any]:
    return sa.Column(
        "patent_id",
        sa.Uuid(),
        sa.ForeignKey("patents.id", name=f"fk_{table}_patent_id", ondelete="CASCADE"),
        nullable=False,
    )


def _texts(*names: str) -> tuple[sa.Column[Any], ...]:
    return tuple(sa.Column(name, sa.Text(), nullable=False) for name in names)
