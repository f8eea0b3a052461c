"""The client over pydantic-ai's own test models: any model of that library is a model of ours."""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from pydantic import BaseModel
from pydantic_ai.messages import ModelResponse, TextPart, ThinkingPart
from pydantic_ai.models.function import FunctionModel
from pydantic_ai.models.test import TestModel
from sqlalchemy import text

from patent2tech.app import now
from patent2tech.errors import ModelUnavailable, NotConfigured
from patent2tech.llm import Answer, Ask
from patent2tech.llm.answers import Answers
from patent2tech.llm.client import ModelClient, Terms
from patent2tech.llm.counting import at_least, at_most, estimate
from patent2tech.llm.ledger import Ledger
from patent2tech.llm.opening import choose
from patent2tech.llm.prices import Price, Prices, context_window
from patent2tech.settings import Settings

if TYPE_CHECKING:
    from patent2tech.store import Database


class Parts(BaseModel):
    """Names of parts."""

    names: list[str]


ASK = Ask("test", "1", "You name parts.", "A valve has a body.", Parts, 200)


@pytest.fixture(autouse=True)
def _nothing_kept(database: Database) -> None:
    with database.begin() as session:
        session.execute(text("truncate llm_calls, llm_answers"))


def a_client(model, database: Database) -> ModelClient:
    terms = Terms("nowhere", 8192, Price(Decimal(1), Decimal(2)), 5)
    return ModelClient(model, terms, Ledger(database, None, now), Answers(database))


def test_the_librarys_test_model_answers(database):
    client = a_client(TestModel(custom_output_text='{"names": ["body"]}'), database)
    assert client.answer(ASK).output.names == ["body"]
    client.close()


def test_a_model_of_functions_is_asked_in_schema_mode_without_tools(database):
    seen = []

    def function(messages, info):
        seen.append(info)
        return ModelResponse(parts=[ThinkingPart("hm"), TextPart('```json\n{"names": ["seat"]}\n```')])

    client = a_client(FunctionModel(function), database)
    assert client.answer(ASK).output.names == ["seat"]
    client.close()
    assert seen[0].output_tools == []
    assert seen[0].function_tools == []
    assert seen[0].model_request_parameters.output_object.json_schema["required"] == ["names"]


def test_text_that_is_no_json_is_given_up(database):
    client = a_client(TestModel(custom_output_text="I do not know"), database)
    with pytest.raises(ModelUnavailable):
        client.answer(ASK)
    client.close()


def test_an_answer_with_characters_that_no_database_holds_is_kept_without_them(database):
    answer = json.dumps({"names": ["a\x00b", "c\\u0000"]})
    client = a_client(TestModel(custom_output_text=answer), database)
    client.answer(ASK)
    again = client.answer(ASK)
    client.close()
    assert isinstance(again, Answer)
    assert again.output.names == ["ab", "c\\u0000"]


CLAUDE = {"P2T_ANALYSIS_MODEL": "anthropic:claude-sonnet-4-5"}
GEMINI = {"P2T_ANALYSIS_MODEL": "google:gemini-2.5-flash"}
OWN = {"OPENAI_BASE_URL": "http://u:p@host:1234/v1"}


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, None),
        ({"OPENAI_API_KEY": "k"}, ("openai", "gpt-4.1-mini", "api.openai.com")),
        ({"OPENAI_API_KEY": "k", "P2T_ANALYSIS_MODEL": "gpt-5"}, ("openai", "gpt-5", "api.openai.com")),
        (OWN, None),
        ({**OWN, "P2T_ANALYSIS_MODEL": "llama3:8b"}, ("openai", "llama3:8b", "host:1234")),
        (CLAUDE, None),
        ({"ANTHROPIC_API_KEY": "k", **CLAUDE}, ("anthropic", "claude-sonnet-4-5", "api.anthropic.com")),
        ({"GOOGLE_API_KEY": "k", **GEMINI}, ("google", "gemini-2.5-flash", "generativelanguage.googleapis.com")),
    ],
)  # fmt: skip
def test_the_settings_choose_the_model(settings, expected):
    made = Settings(_env_file=None, **settings)
    choice = choose(made, made.analysis_model)
    assert (choice and (choice.provider, choice.model, choice.server)) == expected


@pytest.mark.parametrize("model", ["anthropic:claude-sonnet-4-5", "google:gemini-2.5-flash"])
def test_a_provider_whose_packages_are_missing_says_what_to_install(model, monkeypatch):
    from patent2tech.llm.providers import client_of

    keys = {"ANTHROPIC_API_KEY": "k", "GOOGLE_API_KEY": "k", "P2T_ANALYSIS_MODEL": model}
    made = Settings(_env_file=None, **keys)
    choice = choose(made, made.analysis_model)
    assert client_of(choice)[0].model_name == model.partition(":")[2]
    library = {"anthropic": "anthropic", "google": "google.genai"}[choice.provider]
    monkeypatch.setitem(sys.modules, library, None)
    monkeypatch.delitem(sys.modules, f"pydantic_ai.models.{choice.provider}", raising=False)
    with pytest.raises(NotConfigured, match="install patent2tech"):
        client_of(choice)


def test_prices_are_published_overridden_or_unknown():
    published = Prices().price("gpt-4.1-mini", "openai")
    assert published == Price(Decimal("0.4"), Decimal("1.6"))
    assert published.of(1_000_000, 500_000) == Decimal("1.2")
    assert Prices({"gpt-4.1-mini": Price(Decimal(9), Decimal(9))}).price("gpt-4.1-mini", "openai").input_usd == 9
    assert Prices().price("my-own-model", "openai") is None
    assert Prices().price("gpt-4.1-mini", "openai", "http://127.0.0.1:8000/v1") is None
    assert context_window("gpt-4.1-mini", "openai") > 100_000
    assert context_window("my-own-model", "openai") is None


@pytest.mark.parametrize(
    "text_", ["A check valve 12 has a body.", "체크 밸브(12)는 몸체를 가진다.", "", "x" * 500, "한" * 300]
)
def test_the_bounds_of_a_count_hold_around_the_estimate(text_):
    assert at_least(text_) <= max(estimate(text_), 1)
    assert estimate(text_) <= at_most(text_) + 1
