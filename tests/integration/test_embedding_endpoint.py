"""An index by the vectors of another server: OpenAI's embeddings API, with the numbers of a real model."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from patent2tech.errors import ModelRefused, ModelUnavailable, OtherModel
from patent2tech.library import Entry
from patent2tech.search import Ask, Mode, parse_query
from tests.unit.api.serving import an_app
from tests.unit.search.building import embedder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from patent2tech.app import App
    from patent2tech.library import Library
    from patent2tech.patents import Patent

_KEY = "sk-test"
_LENGTH = 3.0
"""OpenAI's vectors have length 1, those of other servers any."""


@dataclass
class Embedding:
    """Where the server is, and every text that it was asked for."""

    url: str
    texts: list[str] = field(default_factory=list)


class _Handler(BaseHTTPRequestHandler):
    # One connection for each request, so that a server that stopped is gone for all.
    protocol_version = "HTTP/1.0"
    asked: list[str]

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.headers["Authorization"] != f"Bearer {_KEY}":
            self._answer(401, {"error": {"message": "no such key"}})
            return
        texts = [asked["input"]] if isinstance(asked["input"], str) else asked["input"]
        self.asked.extend(texts)
        rows = [
            {"object": "embedding", "index": place, "embedding": (_LENGTH * vector).tolist()}
            for place, vector in enumerate(embedder().passages(texts))
        ]
        usage = {"prompt_tokens": len(texts), "total_tokens": len(texts)}
        # The last first: the place of a vector is its index, not its line.
        self._answer(200, {"object": "list", "data": rows[::-1], "model": asked["model"], "usage": usage})

    def _answer(self, status: int, document: object) -> None:
        body = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def an_embedding_server() -> Iterator[Embedding]:
    """A server on a free port."""
    texts: list[str] = []
    handler = type("Handler", (_Handler,), {"asked": texts})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield Embedding(f"http://127.0.0.1:{server.server_port}/v1", texts)
        server.shutdown()
        thread.join()


def an_app_by_server(library: Library, folder: Path, url: str, key: str = _KEY) -> App:
    """Services whose embedder is the one that the settings name."""
    names = {"P2T_EMBEDDING_MODEL": "openai:use", "OPENAI_BASE_URL": url, "OPENAI_API_KEY": key}
    app = an_app(library, folder, **names)
    del app.embedder
    return app


def found(app: App, typed: str) -> list[str]:
    return [hit.card.number for hit in app.search.search(parse_query(typed), Ask(Mode.SEMANTIC)).hits]


def test_an_index_moves_to_the_model_of_a_server_and_asks_for_no_text_twice(
    library: Library, tmp_path: Path, a_patent: Callable[..., Patent]
) -> None:
    library.keep_many(
        [Entry(a_patent("US1B2", title="Door latch"), b"1"), Entry(a_patent("US2B2", title="Water pump"), b"2")]
    )
    an_app(library, tmp_path).indexer.update()
    with an_embedding_server() as server:
        app = an_app_by_server(library, tmp_path, server.url)
        with pytest.raises(OtherModel, match="patent2tech index rebuild"):
            found(app, "a pump for water")
        assert app.rebuild_index(lambda _: None) == 2
        assert found(app, "a pump for water") == ["US2B2", "US1B2"]
        assert found(app, "문의 걸쇠") == ["US1B2", "US2B2"]
        fronts = [text for text in server.texts if "spring" in text]
        assert len(fronts) == 2
        library.keep(a_patent("US1B2", title="Door latch", claims=3), b"3")
        app.indexer.update()
        assert [text for text in server.texts if "spring" in text] == fronts
        assert app.indexer.check().patents == ()


def test_a_server_that_refuses_or_is_gone_is_told_in_words_and_nothing_is_lost(
    library: Library, tmp_path: Path, a_patent: Callable[..., Patent]
) -> None:
    library.keep(a_patent("US1B2"), b"1")
    with an_embedding_server() as server:
        with pytest.raises(ModelRefused, match="OPENAI_API_KEY"):
            an_app_by_server(library, tmp_path, server.url, "sk-wrong").indexer.update()
        app = an_app_by_server(library, tmp_path, server.url)
        assert app.embedder.dimension == embedder().dimension
    with pytest.raises(ModelUnavailable, match="OPENAI_BASE_URL"):
        app.indexer.update()
    with an_embedding_server() as server:
        again = an_app_by_server(library, tmp_path, server.url)
        again.indexer.update()
        assert found(again, "latch") == ["US1B2"]
        assert again.indexer.check().patents == ()
