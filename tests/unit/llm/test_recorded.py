"""Recorded exchanges: what was said on the wire once is understood the same way, without any server.

The cassettes were recorded against the tests' own server; `P2T_RECORD=1` records them anew.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import vcr
from pydantic import BaseModel
from sqlalchemy import text

from patent2tech.app import now
from patent2tech.errors import ContextTooLong, ModelRefused
from patent2tech.llm import Answer, Ask
from patent2tech.llm.opening import choose, open_model
from patent2tech.settings import Settings
from tests.fake_openai import Behaviour, fake_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from patent2tech.llm.client import ModelClient
    from patent2tech.store import Database

CASSETTES = Path(__file__).parent / "cassettes"
ADDRESS = "http://127.0.0.1:18999/v1"
RECORDING = bool(os.environ.get("P2T_RECORD"))
KEY = "sk-recorded-canary"


class Parts(BaseModel):
    """Names of parts."""

    names: list[str]


ASK = Ask("recorded", "1", "You name parts.", "A valve has a body and a spring.", Parts, 200)
GOOD = json.dumps({"names": ["body", "spring"]})


@pytest.fixture
def replayed(database: Database) -> Iterator[Callable[..., ModelClient]]:
    """A client whose exchanges come from a cassette."""
    with database.begin() as session:
        session.execute(text("truncate llm_calls, llm_answers"))
    clients: list[ModelClient] = []

    def open_(**settings: object) -> ModelClient:
        values = {"OPENAI_BASE_URL": ADDRESS, "OPENAI_API_KEY": KEY, "P2T_ANALYSIS_MODEL": "fake", **settings}
        made = Settings(_env_file=None, **values)  # type: ignore[arg-type, call-arg] # by alias
        choice = choose(made, made.analysis_model)
        assert choice
        clients.append(open_model(made, choice, database, now))
        return clients[-1]

    yield open_
    for client in clients:
        client.close()


def exchanges(name: str, behaviour: Behaviour, work: Callable[[], object]) -> object:
    """Replay a cassette, or record it."""
    recorder = vcr.VCR(
        cassette_library_dir=str(CASSETTES),
        record_mode="all" if RECORDING else "none",
        filter_headers=["authorization"],
        match_on=["method", "path", "body"],
    )
    if not RECORDING:
        with recorder.use_cassette(f"{name}.yaml"):
            return work()
    with fake_server(behaviour, port=18999), recorder.use_cassette(f"{name}.yaml"):
        return work()


def test_an_answer(replayed):
    answer = exchanges("answer", Behaviour(lambda _: GOOD), lambda: replayed().answer(ASK))
    assert answer.output.names == ["body", "spring"]
    assert answer.usage.input_tokens > 10
    assert answer.usage.output_tokens > 5


def test_a_streamed_answer(replayed):
    *parts, whole = exchanges("stream", Behaviour(lambda _: GOOD), lambda: list(replayed().stream(ASK)))
    assert isinstance(whole, Answer)
    assert whole.output.names == ["body", "spring"]
    assert parts


def test_a_correction(replayed):
    def say(body):
        return '{"names": 3}' if len(body["messages"]) == 2 else GOOD

    answer = exchanges("correction", Behaviour(say), lambda: replayed().answer(ASK))
    assert answer.usage.calls == 2


def test_a_busy_server(replayed):
    behaviour = Behaviour(lambda _: GOOD, fault="429", faults=1, retry_after="0")
    assert exchanges("busy", behaviour, lambda: replayed().answer(ASK)).output.names == ["body", "spring"]


@pytest.mark.parametrize(("fault", "error"), [("401", ModelRefused), ("too_long", ContextTooLong)])
def test_a_refusal(replayed, fault, error):
    with pytest.raises(error):
        exchanges(f"refusal_{fault}", Behaviour(fault=fault), lambda: replayed().answer(ASK))


def test_no_cassette_holds_the_key():
    recorded = sorted(CASSETTES.glob("*.yaml"))
    assert len(recorded) >= 6
    assert not any("canary" in each.read_text(encoding="utf-8") for each in recorded)
