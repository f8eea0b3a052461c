"""Whatever goes wrong over HTTP is one kind of document, and nothing of another site gets through."""

from __future__ import annotations

import io
import logging
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from fastapi.testclient import TestClient

from patent2tech.api import create_api
from patent2tech.api.guards import LOCAL_HOSTS
from patent2tech.errors import OutsideFailure
from tests.unit.api.serving import ADDRESS, a_client, an_app, document

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from patent2tech.app import App
    from patent2tech.library import Library

LIMIT = 100_000


@pytest.fixture
def app(library: Library, tmp_path: Path) -> App:
    return an_app(library, tmp_path, MAX_CONTENT_LENGTH=LIMIT)


@pytest.fixture
def client(app: App) -> TestClient:
    return a_client(app)


def problem(answer: Any, status: int, code: str) -> dict[str, Any]:
    """The problem, after what holds for every one of them."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told: dict[str, Any] = answer.json()
    assert set(told) == {"type", "title", "status", "detail", "code", "request_id", "errors"}
    assert (told["status"], told["code"]) == (status, code)
    assert told["request_id"] == answer.headers["x-request-id"]
    assert "Traceback" not in answer.text
    assert 'File "' not in answer.text
    return told


def post(client: TestClient, content: bytes, name: str = "a.xml", **headers: str) -> Any:
    return client.post("/api/v1/patents", files={"file": (name, content)}, headers=headers)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_a_patent"),
        (b"hello", "not_a_patent"),
        (b"\x00\xff" * 50, "not_a_patent"),
        (b"<html><body/></html>", "not_a_patent"),
        (b"<us-patent-grant><a", "malformed"),
        (b"PK\x03\x04 no zip", "malformed"),
    ],
)
def test_a_file_without_a_patent_is_refused_with_its_reason(client: TestClient, content: bytes, code: str) -> None:
    told = problem(post(client, content), 422, code)

    assert [each["code"] for each in told["errors"]] == [code]
    assert told["errors"][0]["source"] == "a.xml"


def test_each_document_of_a_file_with_none_good_is_named(client: TestClient) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for each in range(3):
            archive.writestr(f"{each}.xml", "<us-patent-grant><broken")
    told = problem(post(client, packed.getvalue(), "three.zip"), 422, "nothing_imported")

    assert [each["source"] for each in told["errors"]] == ["0.xml", "1.xml", "2.xml"]
    assert client.get("/api/v1/patents").json()["items"] == []


def test_a_file_name_is_only_a_name(client: TestClient) -> None:
    told = problem(post(client, b"hello", "../../etc/<b>passwd"), 422, "not_a_patent")

    assert told["errors"][0]["source"] == "<b>passwd"


def test_a_body_over_the_limit_is_refused_by_its_stated_length(client: TestClient) -> None:
    told = problem(post(client, b"x" * LIMIT), 413, "too_large")

    assert "MAX_CONTENT_LENGTH" in told["detail"]


def test_a_body_over_the_limit_is_refused_while_it_arrives(client: TestClient) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
        for _ in range(10 * LIMIT // 1000):
            sent += 1000
            yield b"x" * 1000

    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    problem(client.post("/api/v1/patents", content=endless(), headers=headers), 413, "too_large")


def test_a_json_body_has_a_smaller_limit(library: Library, tmp_path: Path) -> None:
    client = a_client(an_app(library, tmp_path))

    problem(client.post("/api/v1/packs", json={"number": "9" * 2_000_000}), 413, "too_large")


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost:80@evil.example", "", "[::2]", "127.0.0.1:8321:1"]
)
def test_another_name_than_ours_is_refused(client: TestClient, host: str) -> None:
    for address in ("/", "/api/v1/patents", "/healthz", "/static/library.js"):
        problem(client.get(address, headers={"Host": host}), 421, "wrong_host")


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1:65535", "[::1]:8321", "[::1]"])
def test_every_name_of_this_machine_is_answered(client: TestClient, host: str) -> None:
    assert client.get("/healthz", headers={"Host": host}).status_code == 200


def test_other_names_can_be_allowed(app: App) -> None:
    api = create_api(app, hosts=LOCAL_HOSTS | {"testserver"})

    assert TestClient(api).get("/healthz").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": ADDRESS},
        {"Origin": "https://evil.example"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "null"},
    ],
)
@pytest.mark.parametrize("address", ["/api/v1/patents", "/api/v1/packs", "/", "/samples"])
def test_a_change_from_another_site_is_refused(client: TestClient, headers: dict[str, str], address: str) -> None:
    problem(client.post(address, files={"file": ("a.xml", document("1", "L"))}, headers=headers), 403, "cross_site")
    assert client.get("/api/v1/patents").json()["items"] == []


@pytest.mark.parametrize(
    "headers",
    [{}, {"Sec-Fetch-Site": "same-origin", "Origin": ADDRESS}, {"Sec-Fetch-Site": "none"}, {"Origin": ADDRESS}],
)
def test_a_change_from_our_own_page_or_a_program_is_done(client: TestClient, headers: dict[str, str]) -> None:
    assert post(client, document("9000001", "Latch"), **headers).status_code == 201


@pytest.mark.parametrize(
    ("method", "address", "allowed"),
    [
        ("PUT", "/api/v1/patents", "GET, HEAD, POST"),
        ("DELETE", "/api/v1/patents/US1", "GET, HEAD"),
        ("POST", "/api/v1/patents/US1/source", "GET, HEAD"),
        ("GET", "/api/v1/packs", "POST"),
        ("PATCH", "/api/v1/packs/US1", "GET, HEAD"),
        ("OPTIONS", "/", "GET, HEAD, POST"),
        ("POST", "/healthz", "GET, HEAD"),
        ("POST", "/openapi.json", "GET, HEAD"),
    ],
)
def test_a_method_that_an_address_lacks_is_answered_with_those_it_has(
    client: TestClient, method: str, address: str, allowed: str
) -> None:
    answer = client.request(method, address)

    problem(answer, 405, "method_not_allowed")
    assert answer.headers["allow"] == allowed


@pytest.mark.parametrize(
    "address", ["/nowhere", "/api/v1", "/api/v2/patents", "/static/../application.py", "/static/x"]
)
def test_an_unknown_address_is_a_problem(client: TestClient, address: str) -> None:
    problem(client.get(address), 404, "no_such_page")


@pytest.mark.parametrize("suffix", ["", "/source"])
def test_an_unknown_patent_is_a_problem_that_says_how_to_import(client: TestClient, suffix: str) -> None:
    told = problem(client.get(f"/api/v1/patents/US8418361B2{suffix}"), 404, "not_found")

    assert "import" in told["detail"]


@pytest.mark.parametrize(
    "address", ["/api/v1/packs/US8418361", "/packs/US8418361", "/packs/US8418361/", "/covers/US8418361"]
)
def test_nothing_is_made_of_an_unknown_patent(client: TestClient, address: str) -> None:
    problem(client.get(address), 404, "not_found")


@pytest.mark.parametrize(
    "number", ["hello", "US", "12-B-34", "%00", "US" + "9" * 3000, "..%2F..%2Fetc%2Fpasswd", "한글"]
)
def test_a_text_that_is_no_number_is_a_problem(client: TestClient, number: str) -> None:
    told = problem(client.get(f"/api/v1/patents/{number}"), 422, "bad_input")

    assert len(told["detail"]) < 200


@pytest.mark.parametrize("query", [{"limit": "0"}, {"limit": "501"}, {"limit": "many"}])
def test_a_wrong_limit_is_a_problem_of_that_field(client: TestClient, query: dict[str, str]) -> None:
    told = problem(client.get("/api/v1/patents", params=query), 422, "invalid_request")

    assert told["errors"][0]["field"] == "query.limit"


def test_a_wrong_cursor_is_a_problem(client: TestClient) -> None:
    problem(client.get("/api/v1/patents", params={"cursor": "x"}), 422, "bad_input")


def test_a_wrong_language_is_a_problem(client: TestClient) -> None:
    post(client, document("9000001", "Latch"))
    told = problem(client.get("/api/v1/patents/US9000001", params={"lang": "xx"}), 422, "invalid_request")

    assert told["errors"][0]["field"] == "query.lang"


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"{}", b'{"number": 1}', b'{"number": "US1", "other": 1}'])
def test_a_wrong_order_of_a_pack_is_a_problem(client: TestClient, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    problem(client.post("/api/v1/packs", content=body, headers=headers), 422, "invalid_request")


def test_an_upload_without_its_field_is_a_problem(client: TestClient) -> None:
    answer = client.post("/api/v1/patents", files={"other": ("a.xml", b"")})

    assert problem(answer, 422, "invalid_request")["errors"][0]["field"] == "body.file"


def test_a_broken_form_is_a_problem(client: TestClient) -> None:
    headers = {"Content-Type": "multipart/form-data"}

    problem(client.post("/api/v1/patents", content=b"--x", headers=headers), 400, "bad_request")


def test_a_database_that_does_not_answer_is_a_problem_and_the_process_still_lives(
    app: App, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(*_: object, **__: object) -> None:
        raise OutsideFailure("the database did not answer")

    monkeypatch.setattr(type(app.library), "list", silent)

    problem(client.get("/readyz"), 503, "outside_failure")
    problem(client.get("/api/v1/patents"), 503, "outside_failure")
    assert client.get("/healthz").status_code == 200


def test_a_defect_tells_the_reader_an_id_and_the_log_the_rest(
    app: App, client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("secret 1234")

    monkeypatch.setattr(type(app.library), "list", broken)
    with caplog.at_level(logging.ERROR):
        answer = client.get("/api/v1/patents")

    told = problem(answer, 500, "defect")
    assert "secret" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert told["request_id"] in caplog.text
    assert "secret 1234" in caplog.text


def test_a_browser_gets_a_page_where_it_asked_for_one(client: TestClient) -> None:
    html = {"Accept": "text/html,*/*;q=0.8"}
    page = client.get("/packs/US8418361/", headers=html, params={"lang": "ko"})

    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")
    assert page.headers["x-request-id"] in page.text
    assert 'lang="ko"' in page.text
    problem(client.get("/api/v1/patents/US8418361", headers=html), 404, "not_found")


def test_every_answer_carries_the_safe_headers(client: TestClient) -> None:
    for address in ("/", "/docs", "/healthz", "/nowhere", "/api/v1/patents", "/static/library.js", "/favicon.ico"):
        headers = client.get(address).headers
        assert headers["x-content-type-options"] == "nosniff", address
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "'unsafe-eval'" not in headers["content-security-policy"]
