"""A real HTTP server that speaks as an OpenAI-compatible one, counts what it charges, and misbehaves on request."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.fake_others import answer_of

Script = Callable[[dict[str, Any]], str]
HANG_SECONDS = 120


@dataclass
class Behaviour:
    """What the server does with a request: `fault` names a way to fail, `faults` fails that often and then works."""

    say: Script = lambda _: "{}"
    fault: str = ""
    faults: int = 10**9
    retry_after: str | None = None
    input_tokens: int | None = None
    seconds: float = 0.0
    input_usd: Decimal = Decimal(0)
    output_usd: Decimal = Decimal(0)
    vector: Callable[[str], list[Any]] = lambda text: [float(text.count(letter)) for letter in "aeiou"] + [1.0]


@dataclass
class FakeServer:
    """What the server saw and charged."""

    url: str
    behaviour: Behaviour
    requests: list[dict[str, Any]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    input_tokens: int = 0
    output_tokens: int = 0
    charged_usd: Decimal = Decimal(0)
    turn: threading.Lock = field(default_factory=threading.Lock)

    def prompt(self, index: int = -1) -> str:
        """Everything that one request said."""
        return "\n".join(str(each["content"]) for each in self.requests[index]["messages"])


def tokens_of(text: str) -> int:
    """The server's own vocabulary: a token for each four bytes."""
    return -(-len(text.encode()) // 4)


class _Handler(BaseHTTPRequestHandler):
    """One request; the server carries what was told."""

    protocol_version = "HTTP/1.1"
    server: _Server

    @property
    def served(self) -> FakeServer:
        return self.server.served

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self._json(200, {"object": "list", "data": [{"id": "fake", "object": "model"}]})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        served, behaviour = self.served, self.served.behaviour
        with served.turn:
            served.requests.append(body)
            served.times.append(time.monotonic())
            failing = behaviour.fault and len(served.requests) <= behaviour.faults
        time.sleep(behaviour.seconds)
        if failing and self._fail(behaviour.fault):
            return
        if self.path.endswith("/embeddings"):
            self._embed(body)
            return
        text = behaviour.say(body)
        usage = self._charge(body, text)
        if other := answer_of(self.path, body, text, usage):
            self._bytes(200, other[0], other[1])
        elif body.get("stream"):
            self._stream(text, usage, broken=bool(failing) and behaviour.fault == "half")
        else:
            self._json(200, _completion(body, text, usage))

    def _fail(self, fault: str) -> bool:
        if fault.isdigit():
            self._json(int(fault), {"error": {"message": f"fault {fault}", "type": "fault"}})
        elif fault == "garbage":
            self._bytes(200, b"<html>\xff\x00 no model here</html>", "text/html")
        elif fault == "close":
            self.close_connection = True
            self.connection.close()
        elif fault == "hang":
            time.sleep(HANG_SECONDS)
        elif fault == "too_long":
            self._json(400, {"error": {"code": 400, "message": "too long", "type": "exceed_context_size_error"}})
        else:
            return False
        return True

    def _embed(self, body: dict[str, Any]) -> None:
        """Vectors that tell the letters of each text, in the opposite order of the texts."""
        served, behaviour = self.served, self.served.behaviour
        taken = tokens_of("".join(body["input"])) if behaviour.input_tokens is None else behaviour.input_tokens
        with served.turn:
            served.input_tokens += taken
            served.charged_usd += behaviour.input_usd * taken / 1_000_000
        vectors = map(behaviour.vector, body["input"])
        rows = [{"object": "embedding", "index": n, "embedding": each} for n, each in enumerate(vectors)]
        usage = {"prompt_tokens": taken, "total_tokens": taken}
        answer = json.dumps({"object": "list", "data": rows[::-1], "model": body["model"], "usage": usage}).encode()
        if behaviour.fault == "half":
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer[: len(answer) // 2])
            self.close_connection = True
            self.connection.close()
        else:
            self._bytes(200, answer, "application/json")

    def _charge(self, body: dict[str, Any], text: str) -> dict[str, int]:
        prompt = json.dumps(body.get("messages") or body["contents"], ensure_ascii=False)
        served, behaviour = self.served, self.served.behaviour
        taken = tokens_of(prompt) if behaviour.input_tokens is None else behaviour.input_tokens
        given = min(tokens_of(text), body.get("max_tokens") or body.get("max_completion_tokens") or 10**9)
        with served.turn:
            served.input_tokens += taken
            served.output_tokens += given
            served.charged_usd += (behaviour.input_usd * taken + behaviour.output_usd * given) / 1_000_000
        return {"prompt_tokens": taken, "completion_tokens": given, "total_tokens": taken + given}

    def _stream(self, text: str, usage: dict[str, int], *, broken: bool) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        pieces = [text[at : at + 40] for at in range(0, len(text), 40)]
        for piece in pieces[: len(pieces) // 2] if broken else pieces:
            self._event(_chunk({"role": "assistant", "content": piece}))
        if broken:
            self.close_connection = True
            self.connection.close()
            return
        self._event(_chunk({}, "stop"))
        self._event({**_chunk({}), "choices": [], "usage": usage})
        self._chunked(b"data: [DONE]\n\n")
        self._chunked(b"")

    def _event(self, value: dict[str, Any]) -> None:
        self._chunked(b"data: " + json.dumps(value).encode() + b"\n\n")

    def _chunked(self, content: bytes) -> None:
        self.wfile.write(f"{len(content):x}\r\n".encode() + content + b"\r\n")
        self.wfile.flush()

    def _json(self, status: int, value: object) -> None:
        self._bytes(status, json.dumps(value).encode(), "application/json")

    def _bytes(self, status: int, content: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        if self.served.behaviour.retry_after and status != 200:
            self.send_header("Retry-After", self.served.behaviour.retry_after)
        self.end_headers()
        self.wfile.write(content)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    served: FakeServer

    def handle_error(self, *_: object) -> None:
        """A client that went away is none."""


@contextmanager
def fake_server(behaviour: Behaviour, port: int = 0) -> Iterator[FakeServer]:
    """Serve until the block ends."""
    server = _Server(("127.0.0.1", port), _Handler)
    server.served = FakeServer(f"http://127.0.0.1:{server.server_address[1]}/v1", behaviour)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield server.served
    finally:
        server.shutdown()
        server.server_close()


def _completion(body: dict[str, Any], text: str, usage: dict[str, int]) -> dict[str, Any]:
    message = {"role": "assistant", "content": text}
    return {
        "id": "1",
        "object": "chat.completion",
        "created": 1,
        "model": body["model"],
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        "usage": usage,
    }


def _chunk(delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "fake", "choices": [choice]}
