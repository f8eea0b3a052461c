"""The OpenAPI document: whole, closed, and true about problems."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.api.serving import a_client, an_app

if TYPE_CHECKING:
    from pathlib import Path

    from patent2tech.library import Library

METHODS = {"get", "post", "put", "patch", "delete"}


@pytest.fixture
def contract(library: Library, tmp_path: Path) -> dict[str, Any]:
    document: dict[str, Any] = a_client(an_app(library, tmp_path)).get("/openapi.json").json()
    return document


def operations(contract: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [
        (f"{method} {path}", operation)
        for path, item in contract["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    ]


def test_the_routes_are_those_that_are_promised(contract: dict[str, Any]) -> None:
    assert contract["openapi"].startswith("3.1")
    assert {name for name, _ in operations(contract)} == {
        "get /api/v1/patents",
        "get /api/v1/search",
        "post /api/v1/patents",
        "get /api/v1/patents/{number}",
        "get /api/v1/patents/{number}/source",
        "post /api/v1/analyses",
        "get /api/v1/analyses/{id}",
        "post /api/v1/analyses/charts",
        "post /api/v1/analyses/comparisons",
        "post /api/v1/questions",
        "get /api/v1/questions/{id}",
        "post /api/v1/packs",
        "get /api/v1/packs/{number}",
        "get /healthz",
        "get /readyz",
    }


def test_every_reference_leads_somewhere(contract: dict[str, Any]) -> None:
    def references(value: Any) -> list[str]:
        if isinstance(value, dict):
            own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
            return own + [found for each in value.values() for found in references(each)]
        return [found for each in value for found in references(each)] if isinstance(value, list) else []

    found = references(contract)
    assert found
    for reference in found:
        place: Any = contract
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]


def test_every_route_declares_its_problems_as_problems(contract: dict[str, Any]) -> None:
    for name, operation in operations(contract):
        assert "default" in operation["responses"], name
        for status, response in operation["responses"].items():
            if status == "default" or status >= "400":
                assert list(response["content"]) == ["application/problem+json"], (name, status)
    assert "HTTPValidationError" not in json.dumps(contract)


def test_every_route_has_a_name_of_its_own_and_says_what_it_does(contract: dict[str, Any]) -> None:
    names = [operation["operationId"] for _, operation in operations(contract)]

    assert len(set(names)) == len(names)
    for name, operation in operations(contract):
        assert operation["description"].endswith("."), name
        for parameter in operation.get("parameters", []):
            assert parameter["description"], (name, parameter["name"])
