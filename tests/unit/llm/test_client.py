"""The model client against a real HTTP server that answers, fails and charges as told."""

from __future__ import annotations

import json
import threading
import time
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from pydantic import BaseModel
from sqlalchemy import text

from patent2tech.app import now
from patent2tech.errors import ContextTooLong, ModelRefused, ModelUnavailable, OverBudget
from patent2tech.llm import Answer, Ask, SpendingLimit, Usage
from patent2tech.llm.opening import choose, open_model
from patent2tech.settings import Settings
from tests.fake_openai import HANG_SECONDS, Behaviour, FakeServer, fake_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from patent2tech.llm.client import ModelClient
    from patent2tech.store import Database


class Parts(BaseModel):
    """A list of names."""

    names: list[str]


GOOD = json.dumps({"names": [f"part number {number}" for number in range(20)]})


def an_ask(prompt: str = "Name the parts.", **fields) -> Ask[Parts]:
    return Ask("test", "1", "You name parts.", prompt, Parts, fields.pop("max_output_tokens", 500), **fields)


@pytest.fixture(autouse=True)
def _nothing_kept(database: Database) -> None:
    with database.begin() as session:
        session.execute(text("truncate llm_calls, llm_answers"))


@pytest.fixture
def opened(database: Database) -> Iterator[Callable[..., ModelClient]]:
    clients = []

    def open_(server: FakeServer, **settings) -> ModelClient:
        values = {"OPENAI_BASE_URL": server.url, "P2T_ANALYSIS_MODEL": "fake", "P2T_MODEL_TIMEOUT": 60, **settings}
        made = Settings(_env_file=None, **values)
        choice = choose(made, made.analysis_model)
        assert choice
        clients.append(open_model(made, choice, database, now))
        return clients[-1]

    yield open_
    for client in clients:
        client.close()


def test_an_answer_is_validated_and_its_tokens_and_price_are_told(opened):
    behaviour = Behaviour(lambda _: GOOD, input_usd=Decimal(2), output_usd=Decimal(8))
    with fake_server(behaviour) as server:
        answer = opened(server, P2T_MODEL_PRICES={"fake": (2, 8)}).answer(an_ask())
    assert answer.output.names[3] == "part number 3"
    assert answer.model == "fake"
    assert answer.usage == Usage(server.input_tokens, server.output_tokens, server.charged_usd, 1)
    sent = server.requests[0]
    assert sent["response_format"]["type"] == "json_schema"
    assert sent["max_tokens"] == 500
    assert "tools" not in sent


def test_a_price_that_nobody_published_is_unknown_and_not_zero(opened, database):
    with fake_server(Behaviour(lambda _: GOOD)) as server:
        assert opened(server).answer(an_ask()).usage.cost_usd is None
    with database.begin() as session:
        assert session.execute(text("select cost_usd, reserved_usd from llm_calls")).all() == [(None, None)]


def test_the_same_ask_is_paid_once_also_by_another_client_later(opened):
    with fake_server(Behaviour(lambda _: GOOD)) as server:
        first = opened(server).answer(an_ask())
        second = opened(server).answer(an_ask(job="another"))
        streamed = list(opened(server).stream(an_ask()))
        other = opened(server).answer(an_ask(attempt=1))
    assert second.output == first.output
    assert second.usage == Usage(cached=True)
    assert streamed == [second]
    assert not other.usage.cached
    assert len(server.requests) == 2


def test_threads_that_ask_the_same_at_once_pay_once(opened):
    with fake_server(Behaviour(lambda _: GOOD, seconds=0.3)) as server:
        client = opened(server)
        answers: list[Answer[Parts]] = []
        threads = [threading.Thread(target=lambda: answers.append(client.answer(an_ask()))) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(server.requests) == 1
    assert sorted(answer.usage.cached for answer in answers) == [False] + [True] * 5


def test_every_request_is_in_the_ledger_with_what_it_was_for(opened, database):
    with fake_server(Behaviour(lambda _: GOOD)) as server:
        opened(server).answer(an_ask(job="job 7"))
    with database.begin() as session:
        row = session.execute(text("select * from llm_calls")).mappings().one()
    assert (row["purpose"], row["model"], row["job"], row["status"]) == ("test", "fake", "job 7", "done")
    assert row["input_tokens"] == server.input_tokens
    assert row["latency_ms"] > 0
    assert len(row["prompt_hash"]) == 64
    assert row["server"] == server.url.split("/")[2]


def test_parts_of_an_answer_come_before_the_whole(opened):
    with fake_server(Behaviour(lambda _: GOOD)) as server:
        *parts, whole = opened(server).stream(an_ask())
    assert isinstance(whole, Answer)
    counts = [len(part.names) for part in parts]
    assert counts == sorted(counts)
    assert counts[0] < 3
    assert counts[-1] > 15
    assert whole.output.names[: counts[5]] == parts[5].names
    assert whole.usage.input_tokens == server.input_tokens


def test_an_answer_that_does_not_fit_the_schema_is_corrected_once(opened):
    def say(body):
        return '{"names": "bolt"}' if len(body["messages"]) == 2 else GOOD

    with fake_server(Behaviour(say)) as server:
        answer = opened(server).answer(an_ask())
    assert answer.usage.calls == 2
    assert answer.usage.input_tokens == server.input_tokens
    assert "names" in server.requests[1]["messages"][-1]["content"]


def test_a_model_that_keeps_to_no_schema_ends_in_a_typed_error(opened):
    with fake_server(Behaviour(lambda _: "I am a teapot")) as server, pytest.raises(ModelUnavailable, match="schema"):
        opened(server).answer(an_ask())
    assert len(server.requests) == 2


@pytest.mark.parametrize("fault", ["429", "500", "503"])
def test_a_busy_server_is_asked_again(opened, fault):
    with fake_server(Behaviour(lambda _: GOOD, fault=fault, faults=1)) as server:
        assert opened(server).answer(an_ask()).usage.calls == 1
    assert len(server.requests) == 2


def test_the_wait_that_a_server_asks_for_is_kept(opened):
    with fake_server(Behaviour(lambda _: GOOD, fault="429", faults=1, retry_after="2")) as server:
        opened(server).answer(an_ask())
    assert server.times[1] - server.times[0] >= 2


def test_a_wait_longer_than_the_timeout_is_not_begun(opened):
    with fake_server(Behaviour(fault="429", retry_after="3600")) as server:
        begun = time.monotonic()
        with pytest.raises(ModelUnavailable, match="no more requests"):
            opened(server).answer(an_ask())
        # The server asks for an hour.
        assert time.monotonic() - begun < HANG_SECONDS
    assert len(server.requests) == 1


@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize("fault", ["garbage", "close", "hang", "500", "half"])
def test_a_server_that_fails_ends_in_a_typed_error_within_the_timeout(opened, fault, streamed):
    if fault == "half" and not streamed:
        fault = "close"
    with fake_server(Behaviour(lambda _: GOOD, fault=fault)) as server:
        client = opened(server, P2T_MODEL_TIMEOUT=3)
        begun = time.monotonic()
        with pytest.raises(ModelUnavailable):
            _ = list(client.stream(an_ask())) if streamed else client.answer(an_ask())
        assert time.monotonic() - begun < HANG_SECONDS


def test_a_dead_server_ends_in_a_typed_error(opened):
    with fake_server(Behaviour()) as server:
        client = opened(server, P2T_MODEL_TIMEOUT=3)
    with pytest.raises(ModelUnavailable, match="OPENAI_BASE_URL"):
        client.answer(an_ask())


@pytest.mark.parametrize(("fault", "message"), [("401", "key"), ("404", "knows no model"), ("400", "refused")])
def test_a_refusal_is_not_repeated(opened, fault, message):
    with fake_server(Behaviour(fault=fault)) as server, pytest.raises(ModelRefused, match=message):
        opened(server).answer(an_ask())
    assert len(server.requests) == 1


def test_a_prompt_that_the_server_finds_too_long_is_told_apart(opened):
    with fake_server(Behaviour(fault="too_long")) as server, pytest.raises(ContextTooLong):
        opened(server).answer(an_ask())


def test_a_prompt_that_cannot_fit_is_not_sent(opened):
    with fake_server(Behaviour(lambda _: GOOD)) as server, pytest.raises(ContextTooLong, match="4096"):
        opened(server, P2T_CONTEXT_TOKENS=4096).answer(an_ask("word " * 5000))
    assert not server.requests


def test_a_prompt_that_was_silently_cut_is_noticed(opened, database):
    with fake_server(Behaviour(lambda _: GOOD, input_tokens=4096)) as server:
        with pytest.raises(ContextTooLong, match="read only 4096"):
            opened(server, P2T_CONTEXT_TOKENS=32768).answer(an_ask("word " * 8000))
        with database.begin() as session:
            assert session.scalar(text("select count(*) from llm_answers")) == 0


def test_after_some_failures_in_a_row_a_server_is_left_alone(opened):
    with fake_server(Behaviour(fault="500")) as server:
        client = opened(server, P2T_MODEL_TIMEOUT=30)
        for number in range(2):
            with pytest.raises(ModelUnavailable):
                client.answer(an_ask(attempt=number))
        seen = len(server.requests)
        with pytest.raises(ModelUnavailable, match="left alone"):
            client.answer(an_ask(attempt=9))
        assert len(server.requests) == seen


def test_the_months_limit_holds_over_all_clients(opened):
    prices = {"fake": (1000, 1000)}
    behaviour = Behaviour(lambda _: GOOD, input_usd=Decimal(1000), output_usd=Decimal(1000))
    with fake_server(behaviour) as server:
        settings = {"P2T_MODEL_PRICES": prices, "P2T_BUDGET_USD": "1.3"}
        opened(server, **settings).answer(an_ask(max_output_tokens=200))
        with pytest.raises(OverBudget, match="left of the limit"):
            opened(server, **settings).answer(an_ask(max_output_tokens=1200))
    assert len(server.requests) == 1


def test_a_limit_refuses_a_model_of_unknown_price_and_says_what_to_set(opened):
    with fake_server(Behaviour(lambda _: GOOD)) as server:
        with pytest.raises(OverBudget, match="P2T_MODEL_PRICES"):
            opened(server, P2T_BUDGET_USD="5").answer(an_ask())
        with pytest.raises(OverBudget, match="unknown"):
            opened(server).answer(an_ask(), SpendingLimit(Decimal(5)))
    assert not server.requests


def test_what_a_failed_request_may_have_cost_counts_as_spent(opened):
    with fake_server(Behaviour(lambda _: GOOD, fault="half")) as server:
        limit = SpendingLimit(Decimal(100))
        with pytest.raises(ModelUnavailable):
            list(opened(server, P2T_MODEL_PRICES={"fake": (1, 10)}, P2T_MODEL_TIMEOUT=1).stream(an_ask(), limit))
    assert limit.spent_usd > 0


def test_the_key_is_in_no_table_and_no_message(opened, database):
    with fake_server(Behaviour(fault="401")) as server, pytest.raises(ModelRefused) as refused:
        opened(server, OPENAI_API_KEY="sk-canary-123").answer(an_ask())
    assert "canary" not in str(refused.value)
    with database.begin() as session:
        assert "canary" not in str(session.execute(text("select * from llm_calls")).all())
