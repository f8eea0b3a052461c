"""Tables in the code and tables made by the migrations are the same."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from patent2tech.store.tables import Base

for _room in ("library", "llm", "search", "codegen", "analysis"):
    importlib.import_module(f"patent2tech.{_room}.tables")

if TYPE_CHECKING:
    from patent2tech.store import Database


def test_the_migrations_make_exactly_the_tables_of_the_code(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []
