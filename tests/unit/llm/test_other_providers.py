"""Anthropic and Google over HTTP, by servers that speak as they do: answers, streams, prices, and how they fail."""

from __future__ import annotations

import json
from contextlib import contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from pydantic import BaseModel
from sqlalchemy import text

from patent2tech.app import now
from patent2tech.errors import ModelRefused, ModelUnavailable
from patent2tech.llm import Answer, Ask, Usage
from patent2tech.llm.opening import open_model
from patent2tech.llm.providers import Choice
from patent2tech.settings import Settings
from tests.fake_openai import Behaviour, FakeServer, fake_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from patent2tech.llm.client import ModelClient
    from patent2tech.store import Database

PROVIDERS = [("anthropic", "claude-sonnet-4-6"), ("google", "gemini-2.5-flash")]
GOOD = json.dumps({"names": [f"part number {number}" for number in range(9)]})


class Parts(BaseModel):
    """A list of names."""

    names: list[str]


ASK = Ask("test", "1", "You name parts.", "Name the parts.", Parts, 500)


@pytest.fixture(autouse=True)
def _nothing_kept(database: Database) -> None:
    with database.begin() as session:
        session.execute(text("truncate llm_calls, llm_answers"))


@contextmanager
def a_model(
    database: Database, provider: str, name: str, behaviour: Behaviour
) -> Iterator[tuple[ModelClient, FakeServer]]:
    with fake_server(behaviour) as server:
        made = Settings(_env_file=None, P2T_MODEL_PRICES={name: (2, 8)}, P2T_MODEL_TIMEOUT=60)
        address = server.url.removesuffix("/v1")
        client = open_model(made, Choice(provider, name, "key", address), database, now)
        try:
            yield client, server
        finally:
            client.close()


@pytest.mark.parametrize(("provider", "name"), PROVIDERS)
def test_an_answer_is_validated_and_its_tokens_and_price_stand_in_the_ledger(database, provider, name):
    behaviour = Behaviour(lambda _: GOOD, input_usd=Decimal(2), output_usd=Decimal(8))
    with a_model(database, provider, name, behaviour) as (model, server):
        answer = model.answer(ASK)
        again = model.answer(ASK)
    assert answer.output.names[3] == "part number 3"
    assert answer.usage == Usage(server.input_tokens, server.output_tokens, server.charged_usd, 1)
    assert again.usage == Usage(cached=True)
    assert len(server.requests) == 1
    assert "tools" not in server.requests[0]
    with database.begin() as session:
        row = session.execute(text("select model, status, input_tokens, output_tokens, cost_usd from llm_calls")).one()
    assert tuple(row) == (name, "done", server.input_tokens, server.output_tokens, server.charged_usd)


@pytest.mark.parametrize(("provider", "name"), PROVIDERS)
def test_a_stream_gives_parts_and_then_the_whole_with_its_usage(database, provider, name):
    with a_model(database, provider, name, Behaviour(lambda _: GOOD)) as (model, server):
        *parts, whole = model.stream(ASK)
    assert isinstance(whole, Answer)
    assert whole.output.names[-1] == "part number 8"
    assert (whole.usage.input_tokens, whole.usage.output_tokens) == (server.input_tokens, server.output_tokens)
    assert parts
    assert len(parts[0].names) < 9


@pytest.mark.parametrize(("provider", "name"), PROVIDERS)
@pytest.mark.parametrize(
    ("fault", "error"),
    [("401", ModelRefused), ("400", ModelRefused), ("garbage", ModelUnavailable), ("close", ModelUnavailable)],
)
@pytest.mark.parametrize("streamed", [False, True])
def test_a_failing_server_is_told_as_one_of_our_errors(database, provider, name, fault, error, streamed):
    with (
        a_model(database, provider, name, Behaviour(lambda _: GOOD, fault=fault)) as (model, server),
        pytest.raises(error, match=name),
    ):
        _ = list(model.stream(ASK)) if streamed else model.answer(ASK)
    assert len(server.requests) == 1 or error is ModelUnavailable


@pytest.mark.parametrize(("provider", "name"), PROVIDERS)
@pytest.mark.parametrize("fault", ["429", "500"])
def test_a_busy_server_is_asked_again_by_us_and_each_request_is_written_down(database, provider, name, fault):
    behaviour = Behaviour(lambda _: GOOD, fault=fault, faults=1, retry_after="0")
    with a_model(database, provider, name, behaviour) as (model, server):
        assert model.answer(ASK).output.names
    assert len(server.requests) == 2
    with database.begin() as session:
        statuses = session.scalars(text("select status from llm_calls order by created_at")).all()
    assert statuses == ["failed", "done"]


@pytest.mark.parametrize(("provider", "name"), PROVIDERS)
def test_an_answer_that_does_not_fit_is_corrected_once(database, provider, name):
    said = iter(['{"names": 5}', GOOD])
    with a_model(database, provider, name, Behaviour(lambda _: next(said))) as (model, server):
        assert len(model.answer(ASK).output.names) == 9
    assert len(server.requests) == 2
