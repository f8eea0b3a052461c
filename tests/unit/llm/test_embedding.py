"""Vectors over HTTP: kept and paid once, in order, within money and time, whatever the server does."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
import pytest
from sqlalchemy import text

from patent2tech.app import App
from patent2tech.errors import ModelRefused, ModelUnavailable, NotConfigured, OverBudget
from patent2tech.llm import SpendingLimit, Usage
from patent2tech.llm.prices import Prices
from tests.fake_openai import Behaviour, fake_server
from tests.models import an_embedding_model, settings_for

if TYPE_CHECKING:
    from patent2tech.store import Database

CENT = Decimal("0.01")


@pytest.fixture(autouse=True)
def _nothing_kept(database: Database) -> None:
    with database.begin() as session:
        session.execute(text("truncate llm_calls, llm_answers"))


def calls(database: Database) -> list[tuple]:
    with database.begin() as session:
        rows = session.execute(text("select purpose, model, job, status, input_tokens, cost_usd from llm_calls"))
        return [tuple(row) for row in rows]


def test_vectors_come_in_the_order_of_their_texts_with_their_price(database):
    behaviour = Behaviour(input_usd=Decimal(5))
    with an_embedding_model(database, behaviour, P2T_MODEL_PRICES={"fake": (5, 0)}) as (model, server):
        made = model.embed(["aaa", "eee", "aio"], "test", job="job 7")
    assert made.vectors == ((3, 0, 0, 0, 0, 1), (0, 3, 0, 0, 0, 1), (1, 0, 1, 1, 0, 1))
    assert made.usage == Usage(server.input_tokens, 0, server.charged_usd, 1)
    assert calls(database) == [("test", "fake", "job 7", "done", server.input_tokens, server.charged_usd)]
    assert server.requests[0]["encoding_format"] == "float"


def test_a_text_is_paid_once_also_by_another_client_and_among_others(database):
    with an_embedding_model(database, Behaviour()) as (model, server):
        first = model.embed(["aaa", "eee"], "test")
        again = model.embed(["eee", "aaa", "eee"], "another purpose")
        more = model.embed(["eee", "ooo", "aaa"], "test")
        assert [each["input"] for each in server.requests] == [["aaa", "eee"], ["ooo"]]
        assert again.vectors == (first.vectors[1], first.vectors[0], first.vectors[1])
        assert again.usage == Usage(cached=True)
        assert not more.usage.cached


def test_many_texts_are_asked_for_in_batches_and_none_of_none(database):
    with an_embedding_model(database, Behaviour()) as (model, server):
        assert len(model.embed([f"text {number}" for number in range(150)], "test").vectors) == 150
        assert [len(each["input"]) for each in server.requests] == [64, 64, 22]
        assert model.embed([], "test").vectors == ()
        assert len(server.requests) == 3


@pytest.mark.parametrize("monthly", [False, True])
@pytest.mark.parametrize("fault", ["", "500", "close", "half"])
def test_no_concurrent_calls_spend_more_than_a_cent(database, monthly, fault):
    behaviour = Behaviour(input_usd=Decimal(50), fault=fault, faults=2)
    limit = None if monthly else SpendingLimit(CENT)
    terms = {"P2T_BUDGET_USD": str(CENT)} if monthly else {}
    prices = {"fake": (50, 0)}
    with an_embedding_model(database, behaviour, P2T_MODEL_PRICES=prices, **terms) as (model, server):

        def ask(number: int) -> str:
            try:
                model.embed([f"{number} " + "text " * 20], "test", limit)
            except OverBudget:
                return "over"
            except ModelUnavailable:
                return "failed"
            return "answered"

        with ThreadPoolExecutor(6) as pool:
            outcomes = list(pool.map(ask, range(16)))
        assert server.charged_usd <= CENT
        if limit:
            assert server.charged_usd <= limit.spent_usd <= CENT
        assert "over" in outcomes


def test_a_busy_server_is_asked_again_and_each_request_is_in_the_ledger(database, caplog):
    caplog.set_level("INFO")
    with an_embedding_model(database, Behaviour(fault="429", faults=1, retry_after="0")) as (model, server):
        assert len(model.embed(["aaa"], "test").vectors) == 1
        assert len(server.requests) == 2
    assert [row[3] for row in calls(database)] == ["failed", "done"]
    # Not shown by default, and with what it was in fields.
    (record,) = [each for each in caplog.records if "retry" in each.message]
    assert (record.levelname, record.retry) == ("INFO", 1)
    assert "429" in record.cause
    assert not any(each.levelno > record.levelno for each in caplog.records)


@pytest.mark.parametrize(
    ("behaviour", "error"),
    [
        (Behaviour(fault="401"), ModelRefused),
        (Behaviour(fault="400"), ModelRefused),
        (Behaviour(fault="garbage"), ModelUnavailable),
        (Behaviour(fault="close"), ModelUnavailable),
        (Behaviour(fault="half"), ModelUnavailable),
        (Behaviour(seconds=3), ModelUnavailable),
        (Behaviour(vector=lambda _: []), ModelUnavailable),
        (Behaviour(vector=lambda _: [float("nan")]), ModelUnavailable),
        (Behaviour(vector=lambda _: ["a word"]), ModelUnavailable),
        (Behaviour(vector=lambda text: [1.0] * len(text)), ModelUnavailable),
    ],
)
def test_a_server_that_fails_is_told_as_one_of_our_errors_and_nothing_is_kept(database, behaviour, error):
    with (
        # A refusal must come before the time is up, however busy the machine is.
        an_embedding_model(database, behaviour, P2T_MODEL_TIMEOUT=60 if error is ModelRefused else 1) as (model, _),
        pytest.raises(error, match=r"fake|127\.0\.0\.1"),
    ):
        model.embed(["a", "two"], "test")
    with database.begin() as session:
        assert session.scalar(text("select count(*) from llm_answers")) == 0


def test_a_dead_server_is_unavailable(database):
    with an_embedding_model(database, Behaviour(), P2T_MODEL_TIMEOUT=1) as (model, _):
        pass
    with pytest.raises(ModelUnavailable):
        model.embed(["aaa"], "test")
    model.close()


def test_threads_that_ask_the_same_at_once_pay_once(database):
    with an_embedding_model(database, Behaviour(seconds=0.2)) as (model, server):
        threads = [threading.Thread(target=model.embed, args=(["aaa"], "test")) for _ in range(5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(server.requests) == 1


def test_prices_of_openais_embedding_models_are_known_and_those_of_others_are_not():
    assert Prices().price("text-embedding-3-small", "openai").of(1_000_000, 0) == Decimal("0.02")
    assert Prices().price("text-embedding-3-small", "openai", "http://127.0.0.1:1/v1") is None


def test_a_model_of_a_provider_without_vectors_says_what_to_set(database):
    from patent2tech.app import now
    from patent2tech.llm.opening import open_model
    from patent2tech.llm.providers import Choice
    from patent2tech.settings import Settings

    model = open_model(Settings(_env_file=None), Choice("anthropic", "claude-sonnet-4-5", "key"), database, now)
    with pytest.raises(NotConfigured, match="P2T_EMBEDDING_MODEL"):
        model.embed(["aaa"], "test")


def test_search_asks_its_embedding_model_over_the_ledger_and_the_limit(database, tmp_path, monkeypatch):
    with fake_server(Behaviour(input_usd=Decimal(5))) as server:
        made = settings_for(
            server, P2T_EMBEDDING_MODEL="openai:fake", P2T_DATA_DIR=str(tmp_path), P2T_MODEL_PRICES={"fake": (5, 0)}
        )
        app = App(made)
        monkeypatch.setitem(app.__dict__, "database", database)
        embedder = app.embedder
        assert (embedder.name, embedder.dimension) == ("openai:fake", 6)
        vector = embedder.query("A valve opens.")
        assert np.isclose(np.linalg.norm(vector), 1)
        app.embedding_model.close()
    assert {row[:2] for row in calls(database)} == {("search.embed", "fake")}
    assert sum(row[5] for row in calls(database)) == server.charged_usd
