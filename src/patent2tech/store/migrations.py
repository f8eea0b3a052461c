"""The history of the database schema, applied with Alembic from inside the package."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from patent2tech.errors import NotConfigured

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection, Engine

SCRIPTS: Final = Path(__file__).parent / "alembic"
_LOCK: Final = 0x70327400
"""First key of the advisory lock under which the schema changes, so that processes starting at once take turns."""


@cache
def head() -> str:
    """The newest revision; a revision file is named by its number, so that no script needs to be loaded."""
    return max(file.name.split("_")[0] for file in (SCRIPTS / "versions").glob("[0-9]*_*.py"))


def is_current(engine: Engine) -> bool:
    """Whether the schema is the newest one; one query, without loading Alembic."""
    with engine.connect() as connection:
        return _revision(connection) == head()


def upgrade(engine: Engine) -> bool:
    """Bring the schema to the newest revision in one transaction and tell whether anything was to do.

    Raises:
        NotConfigured: when a newer version of the program has already changed this database.
    """
    if is_current(engine):
        return False
    from sqlalchemy import text

    with engine.begin() as connection:
        connection.execute(text("select pg_advisory_xact_lock(:key, 0)"), {"key": _LOCK})
        revision = _revision(connection)
        if revision != head():
            _run(connection, revision)
        return revision != head()


def config(connection: Connection) -> Config:
    """Alembic's configuration for this connection, without a file."""
    from alembic.config import Config

    alembic = Config()
    alembic.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    alembic.attributes["connection"] = connection
    return alembic


def _revision(connection: Connection) -> str | None:
    from sqlalchemy import text

    # The catalogue as a table, not `to_regclass`: that answers from a cache which a wait for the lock leaves stale.
    there = "select 1 from pg_class where relname = 'alembic_version' and relnamespace = current_schema()::regnamespace"
    if connection.scalar(text(there)) is None:
        return None
    revision: str | None = connection.scalar(text("select version_num from alembic_version"))
    return revision


def _run(connection: Connection, revision: str | None) -> None:
    from alembic import command

    if revision is not None and revision > head():
        raise NotConfigured(
            f"the database has schema {revision}, made by a newer version of patent2tech; this version knows {head()}: "
            "update patent2tech, or use another database"
        )
    command.upgrade(config(connection), "head")
