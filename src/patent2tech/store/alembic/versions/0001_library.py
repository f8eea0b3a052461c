"""The library: patents, their passages, sheets, figures, parts and citations, and packs."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "patents",
        *_identity("patents"),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        *_texts("country", "serial", "kind", "title", "type", "language", "source_format"),
        sa.Column("filing", sa.Text()),
        sa.Column("filing_date", sa.Date()),
        sa.Column("publication", sa.Text()),
        sa.Column("publication_date", sa.Date()),
        sa.Column("grant", sa.Text()),
        sa.Column("grant_date", sa.Date()),
        sa.Column("cpc", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("document", postgresql.JSONB(), nullable=False),
        *_texts("source_sha256", "digest"),
        sa.UniqueConstraint("country", "serial", "kind", name="uq_patents_country_serial_kind"),
    )
    op.create_index("ix_patents_source_sha256", "patents", ["source_sha256"])
    _create_part("passages", *_texts("locator", "place"), sa.Column("section", sa.Text()), *_texts("text"))
    _create_part(
        "sheets",
        sa.Column("number", sa.Integer(), nullable=False),
        *_texts("file"),
        sa.Column("orientation", sa.Text()),
        sa.Column("sha256", sa.Text()),
    )
    op.create_index("ix_sheets_sha256", "sheets", ["sha256"])
    _create_part(
        "figures",
        *_texts("label"),
        sa.Column("caption", sa.Text()),
        sa.Column("locator", sa.Text()),
        sa.Column("views", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("sheet", sa.Integer()),
    )
    _create_part(
        "parts",
        *_texts("numeral"),
        *(sa.Column(name, sa.ARRAY(sa.Text()), nullable=False) for name in ("names", "locators", "figures")),
    )
    _create_part(
        "citations",
        *_texts("text"),
        *(sa.Column(name, sa.Text()) for name in ("country", "serial", "kind", "date", "category")),
    )
    op.create_index("ix_citations_country_serial", "citations", ["country", "serial"])
    op.create_table("packs", *_identity("packs"), _patent_id("packs"), *_texts("sha256"))
    op.create_index("ix_packs_patent_id", "packs", ["patent_id"])
    op.create_index("ix_packs_sha256", "packs", ["sha256"])


def downgrade() -> None:
    """Undo."""
    for table in ("packs", "citations", "parts", "figures", "sheets", "passages", "patents"):
        op.drop_table(table)


def _create_part(table: str, *columns: sa.Column[Any]) -> None:
    op.create_table(
        table,
        *_identity(table),
        _patent_id(table),
        sa.Column("position", sa.Integer(), nullable=False),
        *columns,
        sa.UniqueConstraint("patent_id", "position", name=f"uq_{table}_patent_id_position"),
    )


def _identity(table: str) -> tuple[sa.Column[Any], sa.Column[Any], sa.PrimaryKeyConstraint]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
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
