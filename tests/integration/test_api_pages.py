"""The pages without a browser: what they say, what they escape, what they allow."""

from __future__ import annotations

import re
from hashlib import sha256
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from patent2tech.api.headers import PAGE
from tests.unit.api.serving import a_client, an_app, document, sample

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fastapi.testclient import TestClient

    from patent2tech.library import Library
    from patent2tech.patents import Patent

HOSTILE = "<script>alert(1)</script> \" onmouseover='alert(2)' </h3><img src=x onerror=alert(3)> {{ 7*7 }} \u202ecba"


class Tags(HTMLParser):
    """All start tags with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.fixture
def client(library: Library, tmp_path: Path) -> TestClient:
    return a_client(an_app(library, tmp_path))


def test_an_empty_library_teaches_how_to_begin(client: TestClient) -> None:
    page = client.get("/").text

    assert "patent2tech pack sample:mechanical" in page
    assert client.post("/samples?lang=ko").headers["location"] == "/?lang=ko"
    assert client.get("/", params={"lang": "ko"}).text.count('<li class="patent"') == 4


@pytest.mark.parametrize(
    ("query", "header", "expected"),
    [({}, "ko-KR,ko", "ko"), ({"lang": "en"}, "ko", "en"), ({"lang": "ko"}, "en", "ko")],
)
def test_the_page_speaks_the_language_that_was_chosen(
    client: TestClient, query: dict[str, str], header: str, expected: str
) -> None:
    page = client.get("/", params=query, headers={"Accept-Language": header}).text

    assert f'<html lang="{expected}"' in page
    assert ("특허 목록" in page) == (expected == "ko")


def test_a_script_in_a_title_is_text(client: TestClient, library: Library, a_patent: Callable[..., Patent]) -> None:
    library.keep(a_patent("US9000001B2", title=HOSTILE), b"<x/>")
    for address in ("/", "/packs/US9000001B2/"):
        page = client.get(address).text
        tags = Tags(page).found
        assert "&lt;script&gt;alert(1)" in page
        assert "\u202e" not in page
        assert not any(name.startswith("on") for _, attributes in tags for name in attributes)
        assert not any(attributes.get("src") == "x" for _, attributes in tags)
        assert "{{ 7*7 }}" in page


def test_the_library_page_runs_nothing_inline_and_loads_nothing_from_elsewhere(client: TestClient) -> None:
    client.post("/samples")
    answer = client.get("/")

    assert answer.headers["content-security-policy"] == PAGE
    for tag, attributes in Tags(answer.text).found:
        assert tag != "style"
        assert "style" not in attributes
        assert tag != "script" or attributes.get("src")
        for name in ("src", "href", "action"):
            assert not re.match(r"[a-z]+:|//", attributes.get(name) or "", re.IGNORECASE)


def test_a_form_without_script_is_answered_with_the_page(client: TestClient) -> None:
    files = [("file", ("a.xml", document("9000001", "Latch"))), ("file", ("<b>.xml", b"hello"))]
    answer = client.post("/", files=files, params={"lang": "en"}, headers={"Accept": "text/html"})

    assert answer.status_code == 200
    assert "1 patent added" in answer.text
    assert "&lt;b&gt;.xml" in answer.text
    assert "This is no patent document" in answer.text
    failed = client.post("/", files={"file": ("a.xml", b"hello")}, headers={"Accept": "text/html"})
    assert failed.status_code == 422
    assert 'class="outcome bad"' in failed.text
    nothing = client.post("/", files={"file": ("", b"")}, headers={"Accept": "text/html"})
    assert nothing.status_code == 422
    assert nothing.headers["content-type"].startswith("text/html")


def test_a_long_list_goes_on_by_a_link(client: TestClient) -> None:
    client.post(
        "/api/v1/patents", files={"file": ("w.xml", b"".join(document(str(9000000 + n), "L") for n in range(60)))}
    )
    first = client.get("/").text
    more = re.search(r'href="(/\?cursor=[^"]+)" data-more', first)

    assert more
    second = client.get(more[1].replace("&amp;", "&")).text
    assert (first.count('<li class="patent"'), second.count('<li class="patent"')) == (50, 10)
    assert "60 patents" in second
    assert "data-more" not in second


def test_a_pack_is_served_out_of_its_zip(client: TestClient) -> None:
    client.post("/api/v1/patents", files={"file": sample("mechanical")})
    for other in ("/packs/US99900001B2", "/packs/99900001/", "/packs/us99900001/"):
        assert client.get(other).headers["location"] == "/packs/US99900001B2/"
    page = client.get("/packs/US99900001B2/")

    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "script-src 'sha256-" in page.headers["content-security-policy"]
    assert page.content == client.get("/packs/US99900001B2/index.html").content
    manifest = client.get("/packs/US99900001B2/manifest.json").json()
    for part in manifest["parts"].values():
        for file in part["files"]:
            got = client.get(f"/packs/US99900001B2/{file['path']}")
            assert len(got.content) == file["size"]
            assert got.headers["content-security-policy"].endswith("sandbox")
    drawing = client.get("/packs/US99900001B2/figures/sheet-01.png")
    assert drawing.headers["content-type"] == "image/png"


def test_a_page_that_the_browser_has_is_not_sent_again_and_keeps_its_policy(client: TestClient) -> None:
    client.post("/api/v1/patents", files={"file": sample("design")})
    page = client.get("/packs/USD9990001S1/")
    again = client.get("/packs/USD9990001S1/", headers={"If-None-Match": page.headers["etag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["content-security-policy"] == page.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["nothing", "..%2f..%2fsecret", "figures/", "%00", "manifest.json/x"])
def test_what_a_pack_does_not_hold_is_not_found(client: TestClient, path: str) -> None:
    client.post("/api/v1/patents", files={"file": sample("design")})

    assert client.get(f"/packs/USD9990001S1/{path}").status_code == 404


def test_a_cover_is_small_and_cached_and_a_patent_without_drawings_has_a_blank_one(
    client: TestClient, library: Library, a_patent: Callable[..., Patent]
) -> None:
    client.post("/api/v1/patents", files={"file": sample("mechanical")})
    image = b"no image"
    library.keep(a_patent("US9000001B2", sheets=(image,)), b"<x/>", {sha256(image).hexdigest(): image})
    library.keep(a_patent("US9000002B2"), b"<x/>")
    cover = client.get("/covers/US99900001B2")

    assert cover.headers["content-type"] == "image/png"
    assert len(cover.content) < 30_000
    assert client.get("/covers/US99900001B2", headers={"If-None-Match": cover.headers["etag"]}).status_code == 304
    for blank in ("US9000001B2", "US9000002B2"):
        assert client.get(f"/covers/{blank}").headers["content-type"] == "image/svg+xml"


def test_static_files_may_be_kept_for_ever_at_their_versioned_address_only(client: TestClient) -> None:
    address = re.search(r'href="(/static/library\.css\?v=[0-9a-f]+)"', client.get("/").text)

    assert address
    assert "immutable" in client.get(address[1]).headers["cache-control"]
    assert client.get("/static/library.css?v=old").headers["cache-control"] == "no-cache"


def test_the_documentation_needs_no_other_place(client: TestClient) -> None:
    page = client.get("/docs")

    assert not re.search(r"https?://", page.text)
    assert "script-src 'self';" in page.headers["content-security-policy"]
    for tag, attributes in Tags(page.text).found:
        if address := attributes.get("src" if tag == "script" else "href"):
            assert client.get(address).status_code == 200
