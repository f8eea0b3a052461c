"""What every answer carries: the request's id, and the headers that tell a browser how little to trust it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, Final

from starlette.datastructures import MutableHeaders

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

NOTHING: Final = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
"""The policy of everything that is no page."""

PAGE: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""The policy of our own pages: our own files and nothing inline."""

DOCUMENTATION: Final = PAGE.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
"""The policy of the API's documentation, whose viewer writes styles into its page."""

_SAFE_DEFAULTS: Final = {
    "Content-Security-Policy": NOTHING,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}
_REQUEST_ID: Final = "patent2tech.request_id"


class Envelope:
    """Gives each request an id and each answer the safest headers that it did not choose otherwise."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope[_REQUEST_ID] = uuid.uuid4().hex

        async def enveloped(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-Request-ID"] = scope[_REQUEST_ID]
                for name, value in _SAFE_DEFAULTS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, enveloped)


def request_id(scope: MutableMapping[str, Any]) -> str:
    """The id of the request, as its answer and the log name it."""
    return str(scope.get(_REQUEST_ID, ""))
