"""Clients of scripted models over HTTP for tests, with their ledger and kept answers in the shared database."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from patent2tech.app import now
from patent2tech.llm.opening import choose, open_embedding_model, open_model
from patent2tech.settings import Settings
from tests.fake_openai import Behaviour, FakeServer, fake_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from patent2tech.llm.client import ModelClient
    from patent2tech.store import Database


def settings_for(server: FakeServer, **settings: object) -> Settings:
    """Settings that name a model at this server."""
    values = {"OPENAI_BASE_URL": server.url, "P2T_ANALYSIS_MODEL": "fake", "P2T_MODEL_TIMEOUT": 60, **settings}
    return Settings(_env_file=None, **values)  # type: ignore[arg-type, call-arg] # by alias


def client_of(server: FakeServer, database: Database, **settings: object) -> ModelClient:
    """A client of the model at this server."""
    made = settings_for(server, **settings)
    choice = choose(made, made.analysis_model)
    assert choice
    return open_model(made, choice, database, now)


@contextmanager
def an_embedding_model(
    database: Database, behaviour: Behaviour, **settings: object
) -> Iterator[tuple[ModelClient, FakeServer]]:
    """A model that makes vectors as told, and the server that it runs on."""
    with fake_server(behaviour) as server:
        client = open_embedding_model(settings_for(server, **settings), "fake", database, now)
        try:
            yield client, server
        finally:
            client.close()


@contextmanager
def a_model(database: Database, behaviour: Behaviour, **settings: object) -> Iterator[tuple[ModelClient, FakeServer]]:
    """A model that behaves as told, and the server that it runs on."""
    with fake_server(behaviour) as server:
        client = client_of(server, database, **settings)
        try:
            yield client, server
        finally:
            client.close()
