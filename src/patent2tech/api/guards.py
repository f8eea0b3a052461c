"""Guards before the application: who may ask, from where, and how much; pure ASGI, so that no answer is buffered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException

from patent2tech.api.problems import answer

if TYPE_CHECKING:
    from collections.abc import Collection

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOCAL_HOSTS: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})
"""The names by which a browser on this machine calls it."""

_HOST: Final = re.compile(r"(?P<name>\[[0-9a-fA-F:.]+\]|[^:\[\]@/\s]+)(?::\d{1,5})?", re.ASCII)
_SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_SMALL_BODY_BYTES: Final = 1024 * 1024
_SHOWN_CHARACTERS: Final = 80


class HostGuard:
    """Refuses other names than ours, so that no foreign name can be pointed at this machine (DNS rebinding)."""

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self._app, self._hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "http":
            host = Headers(scope=scope).get("host", "")
            match = _HOST.fullmatch(host)
            if not match or match["name"].lower() not in self._hosts:
                named = ", ".join(sorted(self._hosts))
                detail = f"this server answers to {named} only, not to {host[:_SHOWN_CHARACTERS]!r}"
                await answer(scope, 421, "wrong_host", detail)(scope, receive, send)
                return
        await self._app(scope, receive, send)


class CrossSiteGuard:
    """Refuses changes that a page of another site asks for in the reader's name.

    Browsers say where a request comes from in `Sec-Fetch-Site` and, for changes, in `Origin`; programs say neither.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "http" and scope["method"] not in _SAFE_METHODS and not _is_own(Headers(scope=scope)):
            detail = "this request came from a page of another site; only this program's own pages may change anything"
            await answer(scope, 403, "cross_site", detail)(scope, receive, send)
            return
        await self._app(scope, receive, send)


class BodyGuard:
    """Refuses bodies over the limit: by their stated length before they are read, and while they arrive."""

    def __init__(self, app: ASGIApp, max_upload_bytes: int) -> None:
        self._app, self._max_upload_bytes = app, max_upload_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        upload = headers.get("content-type", "").lower().startswith("multipart/form-data")
        limit = self._max_upload_bytes if upload else min(_SMALL_BODY_BYTES, self._max_upload_bytes)
        detail = f"the request is over the limit of {limit:,} bytes"
        if upload:
            detail += "; split the file, or raise MAX_CONTENT_LENGTH and start the server again"
        stated = headers.get("content-length", "")
        if stated.isdecimal() and int(stated[:20]) > limit:
            await answer(scope, 413, "too_large", detail)(scope, receive, send)
            return
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                raise HTTPException(413, detail)
            return message

        await self._app(scope, counted, send)


class HeadAsGet:
    """Answers HEAD as GET without its body, for every route."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def bodiless(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        await self._app({**scope, "method": "GET"}, receive, bodiless)


def _is_own(headers: Headers) -> bool:
    if site := headers.get("sec-fetch-site"):
        return site in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host")
