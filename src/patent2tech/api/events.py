"""Server-sent events: work in a thread of its own, told as a stream that ends with a document or a problem."""

from __future__ import annotations

import json
import logging
import queue
import threading
from collections.abc import Callable, Iterator
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import StreamingResponse

from patent2tech.errors import P2TError

MEDIA_TYPE: Final = "text/event-stream"
Tell = Callable[[str, object], None]
"""Sends one event: its name, and its data as JSON."""

_KEEP_ALIVE_SECONDS: Final = 15.0
_log = logging.getLogger("patent2tech.api")


def wants_events(request: Request) -> bool:
    """Whether the client asked for a stream."""
    return MEDIA_TYPE in request.headers.get("accept", "")


def event_stream(work: Callable[[Tell], object]) -> StreamingResponse:
    """Stream what the work tells, then `done` with its result, or `error` with a problem.

    The work goes on when the client leaves, so that what was paid for is kept.
    """
    events: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()

    def tell(name: str, data: object) -> None:
        events.put(_event(name, data))

    def run() -> None:
        try:
            tell("done", work(tell))
        except P2TError as error:
            tell("error", _problem(error.status, error.code, str(error)))
        except Exception:  # noqa: BLE001 - a stream has begun, so it has to end with a problem
            _log.exception("a streamed request failed unexpectedly")
            tell("error", _problem(500, "defect", "this is a defect of patent2tech; please report it with the log"))
        finally:
            events.put(None)

    threading.Thread(target=run, name="events", daemon=True).start()
    return StreamingResponse(_drained(events), media_type=MEDIA_TYPE, headers={"Cache-Control": "no-store"})


def _drained(events: queue.SimpleQueue[bytes | None]) -> Iterator[bytes]:
    while True:
        try:
            event = events.get(timeout=_KEEP_ALIVE_SECONDS)
        except queue.Empty:
            yield b": still at work\n\n"
            continue
        if event is None:
            return
        yield event


def _event(name: str, data: object) -> bytes:
    # JSON holds no raw line break, so that no text can end an event and begin another.
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode("utf-8", "replace")


def _problem(status: int, code: str, detail: str) -> dict[str, Any]:
    return {"type": f"urn:patent2tech:problem:{code}", "status": status, "code": code, "detail": detail}
