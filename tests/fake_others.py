"""Answers in the words of Anthropic and of Google, whole or as a stream of server-sent events."""

from __future__ import annotations

import json
from typing import Any

_JSON = "application/json"
_EVENTS = "text/event-stream"


def answer_of(path: str, body: dict[str, Any], text: str, usage: dict[str, int]) -> tuple[bytes, str] | None:
    """The answer to a request for one of the two, with its kind; `None` where the path is neither's."""
    if path.partition("?")[0].endswith("/messages"):
        if body.get("stream"):
            return "".join(_event(each) for each in _anthropic_events(body["model"], text, usage)).encode(), _EVENTS
        return json.dumps(_message(body["model"], [{"type": "text", "text": text}], "end_turn", usage)).encode(), _JSON
    if ":generateContent" in path:
        return json.dumps(_google(text, usage)).encode(), _JSON
    if ":streamGenerateContent" in path:
        half = len(text) // 2
        parts = [_google(text[:half], usage, None), _google(text[half:], usage)]
        return "".join(f"data: {json.dumps(each)}\r\n\r\n" for each in parts).encode(), _EVENTS
    return None


def _message(model: str, content: list[Any], reason: str | None, usage: dict[str, int]) -> dict[str, Any]:
    used = {"input_tokens": usage["prompt_tokens"], "output_tokens": usage["completion_tokens"]}
    return {
        "id": "msg_1", "type": "message", "role": "assistant", "model": model, "content": content,
        "stop_reason": reason, "stop_sequence": None, "usage": used,
    }  # fmt: skip


def _anthropic_events(model: str, text: str, usage: dict[str, int]) -> list[dict[str, Any]]:
    half = len(text) // 2
    said = [
        {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": each}}
        for each in (text[:half], text[half:])
    ]
    ended = {"stop_reason": "end_turn", "stop_sequence": None}
    return [
        {"type": "message_start", "message": _message(model, [], None, {**usage, "completion_tokens": 1})},
        {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
        *said,
        {"type": "content_block_stop", "index": 0},
        {"type": "message_delta", "delta": ended, "usage": {"output_tokens": usage["completion_tokens"]}},
        {"type": "message_stop"},
    ]


def _event(value: dict[str, Any]) -> str:
    return f"event: {value['type']}\ndata: {json.dumps(value)}\n\n"


def _google(text: str, usage: dict[str, int], reason: str | None = "STOP") -> dict[str, Any]:
    candidate = {"content": {"role": "model", "parts": [{"text": text}]}, "index": 0}
    if reason:
        candidate["finishReason"] = reason
    return {
        "candidates": [candidate],
        "modelVersion": "gemini",
        "responseId": "1",
        "usageMetadata": {
            "promptTokenCount": usage["prompt_tokens"],
            "candidatesTokenCount": usage["completion_tokens"],
            "totalTokenCount": usage["total_tokens"],
        },
    }
