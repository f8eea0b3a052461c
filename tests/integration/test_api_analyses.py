"""Analyses and questions over HTTP, by rules and with a scripted model, whole and as a stream."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from tests.fake_openai import Behaviour, FakeServer, fake_server
from tests.scripted_models import honest
from tests.unit.api.serving import a_client, an_app

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fastapi.testclient import TestClient

    from patent2tech.library import Library
    from patent2tech.store import Database

NUMBER = "US99900001B2"
FIELDS = {"engine", "model", "lang", "sections", "answer", "coverage", "usage"}


@pytest.fixture(autouse=True)
def _nothing_kept(database: Database) -> None:
    with database.begin() as session:
        session.execute(text("truncate llm_calls, llm_answers, analyses"))


@pytest.fixture
def by_rules(library: Library, database: Database, tmp_path: Path) -> TestClient:
    return _served(library, database, tmp_path)


@pytest.fixture
def with_model(library: Library, database: Database, tmp_path: Path) -> Iterator[tuple[TestClient, FakeServer]]:
    with fake_server(Behaviour(honest)) as server:
        settings = {
            "OPENAI_BASE_URL": server.url,
            "P2T_ANALYSIS_MODEL": "fake",
            "P2T_CONTEXT_TOKENS": 32768,
            "P2T_MODEL_TIMEOUT": 60,
        }
        client = _served(library, database, tmp_path, **settings)
        yield client, server
        client.app.state.services.analysis_model.close()


def _served(library: Library, database: Database, folder: Path, **settings: Any) -> TestClient:
    # Settled analyses are results that can be computed again: no test shall find those of another.
    app = an_app(library, folder, P2T_CACHE_DIR=folder / "derived", **settings)
    app.keep("sample:mechanical")
    app.keep("sample:korean")
    return a_client(app)


def events(response: Any) -> list[tuple[str, Any]]:
    found = []
    for block in response.text.split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if lines:
            found.append((lines["event"], json.loads(lines["data"])))
    return found


def test_an_analysis_by_rules_has_the_fields_of_the_design_and_is_kept(by_rules):
    made = by_rules.post("/api/v1/analyses", json={"number": NUMBER, "question": "How wide is the open slot?"})
    assert made.status_code == 201
    document = made.json()
    assert document.keys() >= FIELDS
    assert document["engine"] == "rules"
    assert document["sections"].keys() == {"concepts", "feasibility", "fields", "commercial"}
    assert document["not_available"] == ["feasibility", "commercial"]
    statement = document["sections"]["concepts"][0]
    assert statement.keys() >= {"text", "kind", "verified", "evidence"}
    assert statement["evidence"][0].keys() >= {"locator", "quote"}
    assert document["coverage"] == {
        "paragraphs_read": 46,
        "paragraphs_total": 46,
        "claims_read": 18,
        "claims_total": 18,
    }
    assert document["usage"]["cost_usd"] == 0
    assert by_rules.get(f"/api/v1/analyses/{document['id']}").json() == document


def test_a_model_analyses_and_the_second_time_nothing_is_asked(with_model):
    client, server = with_model
    first = client.post("/api/v1/analyses", json={"number": NUMBER}).json()
    seen = len(server.requests)
    second = client.post("/api/v1/analyses", json={"number": NUMBER}).json()
    assert first["engine"] == "llm"
    assert first["model"] == "fake"
    assert first["usage"]["cost_usd"] is None
    assert second["usage"]["cached"]
    assert second["usage"]["cost_usd"] == 0
    assert second["sections"] == first["sections"]
    assert len(server.requests) == seen


def test_a_repeated_idempotency_key_gives_the_same_document(with_model):
    client, _ = with_model
    headers = {"Idempotency-Key": "one"}
    first = client.post("/api/v1/analyses", json={"number": NUMBER}, headers=headers).json()
    assert client.post("/api/v1/analyses", json={"number": NUMBER}, headers=headers).json() == first


def test_statements_are_streamed_before_the_document(with_model):
    client, _ = with_model
    response = client.post("/api/v1/analyses", json={"number": NUMBER}, headers={"Accept": "text/event-stream"})
    assert response.headers["content-type"].startswith("text/event-stream")
    told = events(response)
    names = [name for name, _ in told]
    assert names[-1] == "done"
    assert names.count("statement") >= 5
    said = [data["statement"]["text"] for name, data in told if name == "statement"]
    document = told[-1][1]
    kept = [each["text"] for section in document["sections"].values() for each in section]
    assert set(kept) <= set(said)
    assert client.get(f"/api/v1/analyses/{document['id']}").json() == document


def test_a_stream_that_fails_ends_with_a_problem(with_model):
    client, server = with_model
    server.behaviour.fault = "garbage"
    told = events(client.post("/api/v1/analyses", json={"number": NUMBER}, headers={"Accept": "text/event-stream"}))
    assert [name for name, _ in told] == ["error"]
    assert told[0][1]["code"] == "model_unavailable"


def test_what_was_verified_before_a_failure_is_given_with_it(with_model):
    client, server = with_model
    server.behaviour.fault = "half"
    document = client.post("/api/v1/analyses", json={"number": NUMBER}).json()
    assert document["error"]["code"] == "model_unavailable"
    assert sum(len(section) for section in document["sections"].values()) > 0
    assert "analysis.note.partial" in {note["code"] for note in document["notes"]}


def test_a_dead_model_server_is_a_problem(with_model):
    client, server = with_model
    server.behaviour.fault = "500"
    failed = client.post("/api/v1/analyses", json={"number": NUMBER})
    assert failed.status_code == 503
    assert failed.json()["code"] == "model_unavailable"


def test_a_conversation_carries_what_was_said(with_model):
    client, server = with_model
    first = client.post("/api/v1/questions", json={"number": NUMBER, "question": "How thick is the washer?"}).json()
    assert first["answer"]["answered"]
    assert first["conversation"] == first["id"]
    follow = {"number": NUMBER, "question": "What is it made of?", "conversation": first["conversation"]}
    second = client.post("/api/v1/questions", json=follow).json()
    assert second["conversation"] == first["id"]
    assert second["id"] != first["id"]
    assert "Earlier question: How thick is the washer?" in server.prompt()
    assert client.get(f"/api/v1/questions/{second['id']}").json() == second
    unknown = {**follow, "conversation": "00000000-0000-7000-8000-000000000000"}
    assert client.post("/api/v1/questions", json=unknown).status_code == 404


def test_a_question_is_answered_by_rules_and_streamed(by_rules):
    order = {"number": NUMBER, "question": "How wide is the open slot?"}
    told = events(by_rules.post("/api/v1/questions", json=order, headers={"Accept": "text/event-stream"}))
    assert [name for name, _ in told if name == "statement"]
    assert "8.4 mm" in told[-1][1]["answer"]["statements"][0]["text"]


def test_charts_and_comparisons_are_made(by_rules):
    chart = by_rules.post(
        "/api/v1/analyses/charts", json={"number": NUMBER, "claim": 1, "text": "It has a base plate."}
    )
    assert chart.status_code == 201
    assert {row["verdict"] for row in chart.json()["rows"]} >= {"found", "not_found"}
    other = by_rules.post("/api/v1/analyses/charts", json={"number": NUMBER, "claim": 1, "against": "KR102990001B1"})
    assert other.json()["against"] == "KR102990001B1"
    compared = by_rules.post("/api/v1/analyses/comparisons", json={"first": NUMBER, "second": "KR102990001B1"})
    assert compared.status_code == 201
    assert compared.json()["differences"]


@pytest.mark.parametrize(
    ("path", "order", "status"),
    [
        ("analyses", {"number": "US1B1"}, 404),
        ("analyses", {"number": "nonsense"}, 422),
        ("analyses", {"number": NUMBER, "extra": 1}, 422),
        ("analyses", {"number": NUMBER, "question": "x" * 3000}, 422),
        ("questions", {"number": NUMBER, "question": ""}, 422),
        ("questions", {"number": NUMBER, "question": "   "}, 422),
        ("analyses/charts", {"number": NUMBER, "claim": 1}, 422),
        ("analyses/charts", {"number": NUMBER, "claim": 99, "text": "a"}, 422),
        ("analyses/charts", {"number": NUMBER, "claim": 1, "text": " \n "}, 422),
    ],
)
def test_bad_orders_are_problems(by_rules, path, order, status):
    answer = by_rules.post(f"/api/v1/{path}", json=order)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_unknown_documents_are_not_found(by_rules):
    for kind in ("analyses", "questions"):
        assert by_rules.get(f"/api/v1/{kind}/00000000-0000-7000-8000-000000000000").status_code == 404
