"""Answers that a browser may keep and has to ask about: an entity tag, and 304 when it still holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.responses import Response

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

REVALIDATE: Final = "no-cache"
FOREVER: Final = "public, max-age=31536000, immutable"
"""For addresses that change with their content."""


def cached(
    request: Request,
    content: bytes,
    media_type: str,
    sha256: str,
    headers: Mapping[str, str] | None = None,
    control: str = REVALIDATE,
) -> Response:
    """The content, or 304 when the client has it.

    A 304 replaces headers of the copy that the client has, so both carry the same ones.
    """
    common = {**(headers or {}), "ETag": f'"{sha256}"', "Cache-Control": control}
    if is_known(request, sha256):
        return Response(None, 304, common)
    return Response(content, 200, common, media_type)


def is_known(request: Request, sha256: str) -> bool:
    """Whether the client says that it has the content of this hash."""
    known = [each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")]
    return f'"{sha256}"' in known or "*" in known
