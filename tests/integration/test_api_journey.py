"""Import, list, read, pack and download over HTTP, on the real database."""

from __future__ import annotations

import hashlib
import io
import zipfile
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from patent2tech.reading import PatentRead
from tests.unit.api.serving import a_client, an_app, document, sample

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi.testclient import TestClient

    from patent2tech.library import Library

SAMPLES = {
    "mechanical": "US99900001B2",
    "design": "USD9990001S1",
    "software": "US99900002B2",
    "korean": "KR102990001B1",
}


@pytest.fixture
def client(library: Library, tmp_path: Path) -> TestClient:
    return a_client(an_app(library, tmp_path))


def upload(client: TestClient, name: str, content: bytes, **query: str) -> Any:
    return client.post("/api/v1/patents", files={"file": (name, content)}, params=query)


@pytest.mark.parametrize(("name", "number"), SAMPLES.items())
def test_a_sample_is_imported_listed_read_packed_and_downloaded(client: TestClient, name: str, number: str) -> None:
    imported = upload(client, *sample(name))
    assert imported.status_code == 201
    assert imported.headers["location"] == f"/api/v1/patents/{number}"
    assert imported.json()["kept"] == [{"number": number, "status": "added"}]
    assert imported.json()["rejected"] == []

    listed = client.get("/api/v1/patents").json()
    assert [item["number"] for item in listed["items"]] == [number]
    assert listed["next_cursor"] is None

    patent = client.get(imported.headers["location"], params={"lang": "ko"})
    assert PatentRead.model_validate_json(patent.content).number == number
    assert patent.json()["title"] == listed["items"][0]["title"]

    made = client.post("/api/v1/packs", json={"number": number, "lang": "ko"})
    assert made.status_code == 201
    assert made.json()["parts"]["reading"] is True
    archive = client.get(made.headers["location"])
    assert archive.headers["content-type"] == "application/zip"
    assert archive.headers["content-disposition"] == f'attachment; filename="{number}.zip"'
    assert zipfile.ZipFile(io.BytesIO(archive.content)).testzip() is None


def test_importing_the_same_again_changes_nothing_and_says_so(client: TestClient) -> None:
    upload(client, *sample("design"))
    again = upload(client, *sample("design"))

    assert again.status_code == 200
    assert again.json()["kept"] == [{"number": "USD9990001S1", "status": "unchanged"}]
    assert "location" not in again.headers


def test_concurrent_imports_of_one_file_give_one_patent(client: TestClient) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: upload(client, *sample("korean")), range(8)))

    assert sorted(each.status_code for each in answers) == [200] * 7 + [201]
    assert len(client.get("/api/v1/patents").json()["items"]) == 1


def test_the_good_documents_of_a_file_are_kept_and_the_broken_ones_named(client: TestClient) -> None:
    weekly = (
        document("9000001", "Latch")
        + b'<?xml version="1.0"?>\n<us-patent-grant><broken\n'
        + document("9000002", "Bolt")
    )
    answer = upload(client, "week.xml", weekly)

    assert answer.status_code == 201
    assert [each["number"] for each in answer.json()["kept"]] == ["US9000001B2", "US9000002B2"]
    [rejected] = answer.json()["rejected"]
    assert (rejected["source"], rejected["position"], rejected["code"]) == ("week.xml", 2, "malformed")


@pytest.mark.parametrize("form", ["US99900001B2", "us 99,900,001 b2", "99900001", "US-99900001", "US%2F99900001%2FB2"])
def test_a_patent_is_found_by_any_printed_form_of_its_number(client: TestClient, form: str) -> None:
    upload(client, *sample("mechanical"))

    assert client.get(f"/api/v1/patents/{form}").json()["number"] == "US99900001B2"
    assert client.get(f"/api/v1/patents/{form}/source").status_code == 200
    assert client.get(f"/api/v1/packs/{form}").status_code == 200


def test_messages_come_in_the_language_asked_for(client: TestClient) -> None:
    upload(client, *sample("mechanical"))
    english, korean = (
        client.get("/api/v1/patents/US99900001", params={"lang": lang}).json()["status"] for lang in ("en", "ko")
    )

    assert [each["code"] for each in english["basis"]] == [each["code"] for each in korean["basis"]]
    assert english["basis"] != korean["basis"]


def test_the_source_comes_back_byte_by_byte_as_a_download(client: TestClient) -> None:
    content = document("9000001", "Latch")
    upload(client, "a.xml", content)
    source = client.get("/api/v1/patents/US9000001B2/source")

    assert source.content == content
    assert source.headers["content-type"] == "application/octet-stream"
    assert source.headers["content-disposition"] == 'attachment; filename="US9000001B2.xml"'
    assert source.headers["x-content-type-options"] == "nosniff"


def test_pages_of_the_list_are_stable_while_patents_arrive(client: TestClient) -> None:
    numbers = [f"US90000{each:02}B2" for each in range(7)]
    upload(client, "week.xml", b"".join(document(each[2:-2], "Latch") for each in numbers))
    first = client.get("/api/v1/patents", params={"limit": 3}).json()
    upload(client, "late.xml", document("9100000", "Late"))

    seen = [item["number"] for item in first["items"]]
    cursor = first["next_cursor"]
    while cursor:
        page = client.get("/api/v1/patents", params={"limit": 3, "cursor": cursor}).json()
        seen += [item["number"] for item in page["items"]]
        cursor = page["next_cursor"]
    assert seen == numbers[::-1]


def test_a_pack_is_made_when_first_asked_for_and_the_client_that_has_it_gets_304(client: TestClient) -> None:
    upload(client, *sample("design"))
    first = client.get("/api/v1/packs/USD9990001")
    tag = first.headers["etag"]

    assert tag == f'"{hashlib.sha256(first.content).hexdigest()}"'
    assert client.get("/api/v1/packs/USD9990001", headers={"If-None-Match": f'"other", W/{tag}'}).status_code == 304
    assert client.get("/api/v1/packs/USD9990001", headers={"If-None-Match": '"other"'}).content == first.content


def test_head_tells_what_get_would(client: TestClient) -> None:
    upload(client, *sample("design"))
    for address in ("/", "/healthz", "/api/v1/patents", "/api/v1/packs/USD9990001", "/packs/USD9990001S1/", "/docs"):
        head = client.head(address)
        assert head.status_code == 200, address
        assert head.content == b""


def test_the_service_lives_and_is_ready(client: TestClient) -> None:
    assert client.get("/healthz").json()["status"] == "alive"
    assert client.get("/readyz").json()["status"] == "ready"
