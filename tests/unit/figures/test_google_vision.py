"""Google Cloud Vision is asked as its reference says, by a service account, and its answer becomes lines of text."""

from __future__ import annotations

import base64
import io
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.auth import jwt
from PIL import Image

from patent2tech.app import App
from patent2tech.errors import NotConfigured, OutsideFailure
from patent2tech.figures.google_vision import GoogleVisionReader
from patent2tech.figures.ocr import ALL_TURNS, OfflineReader
from patent2tech.settings import Settings

PIXELS = np.full((300, 400), 255, np.uint8)


@dataclass
class StandIn:
    """Answers like the Vision API: with these statuses in turn, then with this answer."""

    public_key: str
    answer: dict[str, Any]
    statuses: list[int] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    url: str = ""


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture
def credentials(tmp_path: Path, key: rsa.RSAPrivateKey) -> Path:
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = tmp_path / "account.json"
    account = {
        "type": "service_account",
        "client_email": "reader@example.iam.gserviceaccount.com",
        "private_key_id": "1",
        "private_key": private.decode(),
        "token_uri": "https://oauth2.googleapis.com/token",
    }
    path.write_text(json.dumps(account), encoding="utf-8")
    return path


@contextmanager
def serving(stand_in: StandIn) -> Iterator[StandIn]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            token = self.headers["Authorization"].removeprefix("Bearer ")
            claims = jwt.decode(token, certs=stand_in.public_key, audience="https://vision.googleapis.com/")
            stand_in.requests.append({"path": self.path, "claims": claims, **body})
            content = json.dumps({"responses": [stand_in.answer]}).encode()
            self.send_response(stand_in.statuses.pop(0) if stand_in.statuses else 200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    stand_in.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield stand_in
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def a_stand_in(key: rsa.RSAPrivateKey, answer: dict[str, Any], statuses: list[int] | None = None) -> StandIn:
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return StandIn(public.decode(), answer, statuses or [])


def a_word(text: str, corners: list[tuple[int, int]], end: str | None = None) -> dict[str, Any]:
    symbols: list[dict[str, Any]] = [{"text": letter} for letter in text]
    if end:
        symbols[-1]["property"] = {"detectedBreak": {"type": end}}
    # The API leaves zeros out.
    vertices = [{name: value for name, value in zip("xy", corner, strict=True) if value} for corner in corners]
    return {"symbols": symbols, "boundingBox": {"vertices": vertices}, "confidence": 0.9}


def an_answer(*words: dict[str, Any]) -> dict[str, Any]:
    return {"fullTextAnnotation": {"pages": [{"blocks": [{"paragraphs": [{"words": list(words)}]}]}]}}


def square(x: int, y: int, wide: int, high: int) -> list[tuple[int, int]]:
    return [(x, y), (x + wide, y), (x + wide, y + high), (x, y + high)]


def test_words_become_lines_up_to_the_break(credentials: Path, key: rsa.RSAPrivateKey) -> None:
    answer = an_answer(
        a_word("FIG.", square(0, 10, 80, 30), "SPACE"),
        a_word("1", square(90, 10, 10, 30), "LINE_BREAK"),
        a_word("14a", square(40, 200, 60, 30), "EOL_SURE_SPACE"),
    )
    with serving(a_stand_in(key, answer)) as server:
        lines = GoogleVisionReader(credentials, server.url).read(PIXELS)
    assert [(line.text, line.box, line.turn) for line in lines] == [
        ("FIG. 1", (0, 10, 101, 41), 0),
        ("14a", (40, 200, 101, 231), 0),
    ]


def test_the_request_is_signed_and_holds_the_very_picture(credentials: Path, key: rsa.RSAPrivateKey) -> None:
    with serving(a_stand_in(key, {})) as server:
        assert GoogleVisionReader(credentials, server.url).read(PIXELS) == ()
    [request] = server.requests
    assert request["path"] == "/v1/images:annotate"
    assert request["claims"]["iss"] == "reader@example.iam.gserviceaccount.com"
    sent = request["requests"][0]
    assert sent["features"] == [{"type": "DOCUMENT_TEXT_DETECTION"}]
    with Image.open(io.BytesIO(base64.b64decode(sent["image"]["content"]))) as picture:
        assert np.array_equal(np.array(picture), PIXELS)


@pytest.mark.parametrize(
    ("corners", "turn"),
    [
        ([(100, 50), (100, 150), (70, 150), (70, 50)], 90),
        ([(150, 80), (50, 80), (50, 50), (150, 50)], 180),
        ([(70, 150), (70, 50), (100, 50), (100, 150)], 270),
    ],
)
def test_turned_words_tell_their_turn(
    credentials: Path, key: rsa.RSAPrivateKey, corners: list[tuple[int, int]], turn: int
) -> None:
    with serving(a_stand_in(key, an_answer(a_word("102", corners)))) as server:
        reader = GoogleVisionReader(credentials, server.url)
        assert [line.turn for line in reader.read(PIXELS, ALL_TURNS)] == [turn]
        assert reader.read(PIXELS) == ()


def test_a_busy_service_is_asked_again(credentials: Path, key: rsa.RSAPrivateKey) -> None:
    answer = an_answer(a_word("12", square(10, 10, 30, 30)))
    with serving(a_stand_in(key, answer, [503, 429])) as server:
        assert [line.text for line in GoogleVisionReader(credentials, server.url).read(PIXELS)] == ["12"]
    assert len(server.requests) == 3


@pytest.mark.parametrize(
    ("statuses", "answer", "error"),
    [
        ([500, 500, 500], {}, OutsideFailure),
        ([404], {}, OutsideFailure),
        ([403], {}, NotConfigured),
        ([], {"error": {"code": 8, "message": "quota"}}, OutsideFailure),
    ],
)
def test_a_refusal_says_what_to_do(
    credentials: Path, key: rsa.RSAPrivateKey, statuses: list[int], answer: dict[str, Any], error: type[Exception]
) -> None:
    with serving(a_stand_in(key, answer, statuses)) as server, pytest.raises(error, match="P2T_OCR=offline"):
        GoogleVisionReader(credentials, server.url).read(PIXELS)


def test_an_unreachable_service_is_an_outside_failure(credentials: Path) -> None:
    with pytest.raises(OutsideFailure, match="P2T_OCR=offline"):
        GoogleVisionReader(credentials, "http://127.0.0.1:9").read(PIXELS)


@pytest.mark.parametrize("content", [None, "no json", "{}"])
def test_wrong_credentials_are_named(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "account.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(NotConfigured, match=r"GOOGLE_APPLICATION_CREDENTIALS.*account\.json"):
        GoogleVisionReader(path, "http://127.0.0.1:9").read(PIXELS)


def test_nothing_is_sent_anywhere_unless_it_was_chosen(tmp_path: Path, credentials: Path) -> None:
    offline = Settings(_env_file=None, P2T_DATA_DIR=tmp_path, GOOGLE_APPLICATION_CREDENTIALS=credentials)
    assert isinstance(App(offline).reader, OfflineReader)
    chosen = Settings(
        _env_file=None, P2T_DATA_DIR=tmp_path, P2T_OCR="google", GOOGLE_APPLICATION_CREDENTIALS=credentials
    )
    assert App(chosen).reader == GoogleVisionReader(credentials)
    with pytest.raises(NotConfigured, match="GOOGLE_APPLICATION_CREDENTIALS"):
        _ = App(Settings(_env_file=None, P2T_DATA_DIR=tmp_path, P2T_OCR="google")).reader
