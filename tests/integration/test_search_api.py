"""Searching over HTTP and on the page: hits, pages, filters, and what is wrong told in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.unit.api.serving import a_client, an_app, sample

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fastapi.testclient import TestClient

    from patent2tech.app import App
    from patent2tech.library import Library


@pytest.fixture
def app(library: Library, tmp_path: Path) -> Iterator[App]:
    made = an_app(library, tmp_path)
    yield made
    made.indexing.close()


@pytest.fixture
def client(app: App) -> TestClient:
    made = a_client(app)
    for name in ("mechanical", "software", "korean"):
        file, content = sample(name)
        assert made.post("/api/v1/patents", files={"file": (file, content)}).status_code == 201
    app.indexer.update()
    return made


def test_what_was_uploaded_is_found_with_its_proof(client: TestClient) -> None:
    found = client.get("/api/v1/search", params={"q": "cam lever that clamps a tube", "facets": "true"}).json()
    first = found["hits"][0]
    assert first["number"] == "US99900001B2"
    assert first["why"]["bm25"]["rank"] == 1
    assert "cam" in first["why"]["bm25"]["terms"]
    assert len(first["passages"]) == 2
    assert {each["value"] for each in found["facets"]["office"]} == {"US", "KR"}


def test_a_korean_question_finds_the_english_patent_by_translated_words(client: TestClient) -> None:
    found = client.get("/api/v1/search", params={"q": "캠 레버로 튜브를 고정하는 클램프", "mode": "keyword"}).json()
    assert found["hits"][0]["number"] == "US99900001B2"


def test_filters_pages_and_likeness(client: TestClient) -> None:
    only = client.get("/api/v1/search", params={"q": "valve", "office": "KR"}).json()
    assert [hit["number"] for hit in only["hits"]] == ["KR102990001B1"]
    page = client.get("/api/v1/search", params={"q": "clamp sensor 밸브", "limit": 1}).json()
    seen = [page["hits"][0]["number"]]
    while page["next_cursor"]:
        page = client.get(
            "/api/v1/search", params={"q": "clamp sensor 밸브", "limit": 1, "cursor": page["next_cursor"]}
        ).json()
        seen.append(page["hits"][0]["number"])
    assert len(seen) == len(set(seen)) == 3
    like = client.get("/api/v1/search", params={"like": "US99900001"}).json()
    assert "US99900001B2" not in {hit["number"] for hit in like["hits"]}


@pytest.mark.parametrize(
    "q",
    ['"cam lever', "a" * 25_000, "foo:bar", "filed:2020-02-31", "a\x00b", "", "cpc:robot", "-only", "status:maybe"],
)
def test_a_question_that_cannot_be_is_a_problem_with_its_place(client: TestClient, q: str) -> None:
    answer = client.get("/api/v1/search?q=" + quote(q))
    assert answer.status_code == 422
    assert answer.json()["code"] == "bad_query"
    page = client.get("/search?q=" + quote(q), headers={"Accept": "text/html"})
    assert page.status_code == 422
    assert 'role="alert"' in page.text


@pytest.mark.parametrize(
    ("q", "told"),
    [
        ('"cam lever', "따옴표의 짝이 없습니다"),
        ("foo:bar", "'foo'(이)라는 항목이 없습니다"),
        ("filed:2020-02-31", "없는 날짜입니다"),
        ("a\x00b", "제어 문자 U+0000"),
        ("a" * 25_000, "검색어가 25000자인데"),
    ],
)
def test_a_question_that_cannot_be_is_refused_in_the_language_of_its_reader(
    client: TestClient, q: str, told: str
) -> None:
    address = "/api/v1/search?q=" + quote(q)
    for korean in (
        client.get(address + "&lang=ko"),
        client.get(address, headers={"Accept-Language": "ko-KR,ko;q=0.9,en;q=0.5"}),
    ):
        assert korean.status_code == 422
        assert told in korean.json()["detail"]
    for english in (client.get(address), client.get(address + "&lang=en", headers={"Accept-Language": "ko"})):
        assert english.json()["detail"].isascii()
    cursor = client.get("/api/v1/search", params={"q": "x", "cursor": "nonsense", "lang": "ko"}).json()
    assert "커서가 아닙니다" in cursor["detail"]


def test_another_number_than_one_is_refused_and_an_unknown_one_not_found(client: TestClient) -> None:
    assert client.get("/api/v1/search", params={"like": "latch"}).status_code == 422
    assert client.get("/api/v1/search", params={"like": "US7"}).status_code == 404
    assert client.get("/api/v1/search", params={"q": "x", "cursor": "nonsense"}).status_code == 422


@pytest.mark.parametrize(("lang", "words"), [("en", "More like this"), ("ko", "비슷한 특허")])
def test_the_page_shows_marked_quotes_that_lead_to_their_places(client: TestClient, lang: str, words: str) -> None:
    page = client.get("/search", params={"q": '"cam lever"', "lang": lang}).text
    assert "<mark>cam</mark>" in page
    assert "/packs/US99900001B2/#" in page
    assert words in page
    assert "<script>alert" not in client.get("/search", params={"q": "<script>alert(1)</script>", "lang": lang}).text


@pytest.mark.parametrize(
    ("lang", "refusal"),
    [("en", "there is no field"), ("ko", "항목이 없습니다. 쓸 수 있는 항목")],
)
def test_the_page_refuses_what_cannot_be_asked_in_the_language_of_its_reader(
    client: TestClient, lang: str, refusal: str
) -> None:
    page = client.get("/search", params={"q": "latch colour:red", "lang": lang})
    assert page.status_code == 422
    assert refusal in page.text


def test_the_page_names_places_in_the_language_of_its_reader(client: TestClient) -> None:
    page = client.get("/search", params={"q": 'claim:"cam lever"', "lang": "ko"}).text
    assert re.search(r"(요약|청구항 \d+)</a>", page)
    assert "존속 중" in page


def test_the_library_page_has_a_form_that_searches_without_a_script(client: TestClient) -> None:
    assert '<form action="/search"' in client.get("/").text
