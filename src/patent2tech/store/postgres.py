"""Opens the database: any PostgreSQL server by its URL, or the embedded one in the data folder."""

from __future__ import annotations

import atexit
import contextlib
import os
import re
from typing import TYPE_CHECKING, Any, Final, Self

from patent2tech.errors import NotConfigured, OutsideFailure
from patent2tech.store.cluster import Cluster
from patent2tech.store.migrations import upgrade

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import TracebackType

    from psycopg import Connection
    from sqlalchemy import URL, Engine
    from sqlalchemy.orm import Session

_SCHEMES: Final = re.compile(r"^(?:postgres|postgresql)(?:\+\w+)?://", re.IGNORECASE)
_CONNECT_SECONDS: Final = 10
_SCHEMA_IS_OLD: Final = ("42P01", "42703")
"""PostgreSQL's codes for a table and a column that are not there."""


class Database:
    """An open database; `close` it, or use it in a `with` statement."""

    def __init__(self, engine: Engine, url: str, cluster: Cluster | None = None) -> None:
        self.engine = engine
        self.url = url
        self._cluster = cluster
        self._process = os.getpid()
        atexit.register(self.close)

    @property
    def embedded(self) -> bool:
        """Whether the server is our own."""
        return self._cluster is not None

    @contextlib.contextmanager
    def begin(self) -> Iterator[Session]:
        """One transaction: committed at the end of the block, rolled back when the block raises.

        Raises:
            OutsideFailure: when the server does not answer, or stops answering on the way.
            NotConfigured: when its schema is older than this program.
        """
        from sqlalchemy.orm import Session

        with self.failures_in_words(), Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    def close(self) -> None:
        """Give all connections back; the last user of the embedded server lets it shut down."""
        atexit.unregister(self.close)
        # A forked child shares our connections and our lock on the embedded server and must not give them up for us.
        ours = os.getpid() == self._process
        self.engine.dispose(close=ours)
        if self._cluster and ours:
            self._cluster.leave()

    def stop(self) -> None:
        """Close, and shut the embedded server down for everyone, returning when it is gone."""
        self.close()
        if self._cluster:
            self._cluster.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextlib.contextmanager
    def failures_in_words(self) -> Iterator[None]:
        """Turn what the driver raises in the block into errors of ours, where the user can do something about it."""
        from sqlalchemy import exc

        try:
            yield
        except (exc.OperationalError, exc.InterfaceError, exc.TimeoutError) as error:
            raise _failure(self.engine.url, error) from error
        except exc.DBAPIError as error:
            if error.connection_invalidated:
                raise _failure(self.engine.url, error) from error
            if getattr(error.orig, "sqlstate", None) in _SCHEMA_IS_OLD:
                raise NotConfigured(
                    "the database lacks tables of this version of patent2tech: "
                    "bring its schema up to date with `patent2tech doctor --fix`"
                ) from error
            raise


def open_database(url: str | None, data_dir: Path) -> Database:
    """Open the server at `url`, or without one the embedded server in `data_dir/postgres` with its schema up to date.

    The schema of a server at a URL is left alone; `patent2tech.store.upgrade` changes it when an operator says so.

    Raises:
        NotConfigured: when the URL cannot be read, or the embedded server cannot run on this system.
        OutsideFailure: when the server does not start or does not answer.
    """
    if url:
        return _open_server(url)
    cluster = Cluster(data_dir.resolve() / "postgres")
    try:
        _join_while_importing(cluster)
        engine = _engine(_server_url(cluster.server.url), creator=lambda: _connect(cluster))
        database = Database(engine, cluster.server.url, cluster)
    except BaseException:
        cluster.leave()
        raise
    try:
        with database.failures_in_words():
            upgrade(engine)
    except BaseException:
        database.close()
        raise
    return database


def _open_server(text: str) -> Database:
    url = _server_url(text)
    database = Database(_engine(url), text)
    try:
        with database.begin() as session:
            session.connection()
    except BaseException:
        database.close()
        raise
    return database


def _join_while_importing(cluster: Cluster) -> None:
    """Let the server start while the libraries load: the first takes a process, the second us, 0.3 s and more each."""
    # Before the thread, which needs it too: one import of it at a time.
    from concurrent.futures import ThreadPoolExecutor

    import psycopg  # noqa: F401 - heavy

    with ThreadPoolExecutor(1) as pool:
        joining = pool.submit(cluster.join)

        if not cluster.server.exists:
            import alembic.command  # noqa: F401 - heavy, and needed for a new database only
        joining.result()


def _server_url(text: str) -> URL:
    from sqlalchemy import exc, make_url

    normal, known = _SCHEMES.subn("postgresql+psycopg://", text.strip())
    try:
        if known:
            return make_url(normal)
    except (exc.ArgumentError, ValueError):
        pass
    # The value may hold a password, so it is not repeated.
    raise NotConfigured(
        "DATABASE_URL is not of the form postgresql://user:password@host:5432/name; "
        "correct it, or remove it to use the embedded database"
    )


def _engine(url: URL, creator: Callable[[], Connection[Any]] | None = None) -> Engine:
    from sqlalchemy import create_engine

    # A server that was restarted must cost no caller an error: each connection is tried before it is lent.
    if creator is not None:
        return create_engine(url, pool_pre_ping=True, creator=creator)
    arguments = {"connect_timeout": _CONNECT_SECONDS, "application_name": "patent2tech"}
    return create_engine(url, pool_pre_ping=True, connect_args=arguments)


def _connect(cluster: Cluster) -> Connection[Any]:
    import psycopg

    try:
        return psycopg.connect(cluster.server.conninfo, application_name="patent2tech")
    except psycopg.OperationalError:
        cluster.revive()
        return psycopg.connect(cluster.server.conninfo, application_name="patent2tech")


def _failure(url: URL, error: Exception) -> OutsideFailure:
    reason = next(iter(str(getattr(error, "orig", None) or error).strip().splitlines()), type(error).__name__)
    server = f"{url.host}:{url.port or 5432}" if url.host else "the data folder"
    return OutsideFailure(f"the database at {server} did not answer ({reason}): start it, or correct DATABASE_URL")
